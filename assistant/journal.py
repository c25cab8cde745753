"""The journal: what was asked and answered, kept only where an office turns it on, without persons' data.

It is what the evaluation learns from: ``troly eval add`` turns its conversations into draft cases.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import secrets
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from assistant.office import Office
from assistant.privacy import without_persons
from assistant.reply import Reply, Status
from connectors.engine import StoreError
from corpus.errors import CorpusError
from corpus.records import Record

if TYPE_CHECKING:
    from assistant.assistant import Conversation, Turn

_LOG = logging.getLogger(__name__)
_MOST_BYTES = 20 * 1024 * 1024


class Entry(Record):
    """One turn. ``today`` is the day of asking in Vietnam; no hour and no person is kept."""

    conversation: str
    today: dt.date
    unit: str | None = None
    question: str
    status: Status
    reply: str


class Journal:
    """Adds turns to a file; when it has grown large it takes the place of the one before it.

    The people of ``office`` are taken out by their names, and the questions that found no answer counted there.
    """

    def __init__(self, path: Path, office: Office | None = None) -> None:
        self.path = path
        self._office = office
        self._lock = threading.Lock()  # a service keeps turns of several threads

    def keep(self, turn: Turn, conversation: Conversation, reply: Reply) -> None:
        """Adds a turn. A journal that cannot be written is logged and stops nobody."""
        try:
            names = [person.name for person in self._office.people.all()] if self._office else []
            if self._office and reply.status is Status.NOT_FOUND:
                self._office.unanswered.note(without_persons(turn.text, names), turn.now)
        except StoreError as error:
            _LOG.warning("journal not written: %s", error.code)
            return
        conversation.id = conversation.id or secrets.token_hex(6)
        entry = Entry(
            conversation=conversation.id,
            today=turn.today,
            unit=without_persons(turn.unit, names) if turn.unit else None,
            question=without_persons(turn.text, names),
            status=reply.status,
            reply=without_persons(reply.text, names),
        )
        try:
            with self._lock:
                self._add(entry.model_dump_json() + "\n")
        except OSError as error:
            _LOG.warning("journal not written: %s", error.strerror)

    def _add(self, line: str) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if self.path.is_file() and self.path.stat().st_size > _MOST_BYTES:
            self.path.replace(self.path.with_suffix(".1.jsonl"))
        with os.fdopen(
            os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8"
        ) as file:
            file.write(line)


def read_journal(path: Path) -> Iterator[Entry]:
    """The turns of a journal in the order they came. Raises CorpusError that names the line at fault."""
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):  # U+2028 ends no line
        if not line.strip():
            continue
        try:
            yield Entry.model_validate(json.loads(line))
        except (ValueError, ValidationError) as error:
            raise CorpusError("journal_bad_line", file=path.name, line=number) from error
