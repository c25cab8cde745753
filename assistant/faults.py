"""What went wrong, in the one sentence that a person reads."""

from __future__ import annotations

import logging

from assistant.settings import SettingsError
from connectors.database import StoreError
from corpus.agencies import AgencyFileError
from corpus.errors import CorpusError
from prompts import say

_LOG = logging.getLogger(__name__)


def sentence_of(error: BaseException) -> str:
    """The sentence for an error; an unforeseen one is logged with its trace and said in general words."""
    if isinstance(error, CorpusError | StoreError | SettingsError):
        return say(f"errors.{error.code}", **error.details)
    if isinstance(error, AgencyFileError):
        return say("errors.agencies_bad", problem=str(error))
    _LOG.error("unexpected error", exc_info=error)
    return say("errors.unexpected")
