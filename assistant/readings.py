"""Readings of internal documents, for the audit log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from assistant.office import Office
from assistant.rights import Asker
from corpus.records import Access, Document


def note_readings(office: Office, asker: Asker, documents: Iterable[Document], now: dt.datetime) -> None:
    """Puts into the audit log which internal documents an asker is about to read. Raises StoreError: then nothing is
    to be shown."""
    internal = {document.id for document in documents if document.access is Access.INTERNAL}
    if internal:
        about = " ".join(sorted(internal))
        office.audit.note("read", by=asker.id, channel=asker.channel, now=now, about=about)
