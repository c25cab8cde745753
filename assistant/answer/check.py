"""The last step before a reply leaves: every quotation stands in its source."""

from __future__ import annotations

import logging

from assistant.answer.session import Session
from assistant.reply import Reply, Status
from prompts import say

_LOG = logging.getLogger(__name__)


def checked(reply: Reply, session: Session) -> Reply:
    """The reply if all its quotations stand where they say; else an apology, and an error in the log."""
    for citation in reply.citations:
        text = session.text_of(citation.document)
        if not citation.quote or citation.quote != text[citation.start : citation.end]:
            _LOG.error("quotation not in %s at %d-%d", citation.document, citation.start, citation.end)
            return Reply(status=Status.NOT_FOUND, text=say("endings.failed"))
    return reply
