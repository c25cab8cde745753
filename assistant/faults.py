"""What went wrong, in the one sentence that a person reads."""

from __future__ import annotations

import logging
import re

from typer.exceptions import TyperException

from assistant.settings import SettingsError
from connectors.database import StoreError
from corpus.agencies import AgencyFileError
from corpus.errors import CorpusError
from prompts import say
from retrieval.embeddings import EmbeddingError
from retrieval.vectors import VectorError

_LOG = logging.getLogger(__name__)


def _usage_problem(error: TyperException) -> str:
    """What is wrong with how a command was typed."""
    name = getattr(error, "option_name", None)
    if name:
        return say("errors.usage_no_such_option", name=name)
    parameter = getattr(error, "param", None)
    if parameter is not None and type(error).__name__ == "MissingParameter":
        return say("errors.usage_missing", name=max(parameter.opts, key=len))
    command = re.search(r"No such command ['\"](.+?)['\"]", str(error))
    return say("errors.usage_no_such_command", name=command[1]) if command else say("errors.usage_other")


def sentence_of(error: BaseException) -> str:
    """The sentence for an error; an unforeseen one is logged with its trace and said in general words."""
    if isinstance(error, CorpusError | StoreError | SettingsError | EmbeddingError | VectorError):
        return say(f"errors.{error.code}", **error.details)
    if isinstance(error, AgencyFileError):
        return say("errors.agencies_bad", file=error.path.name, entry=error.entry, field=error.field)
    if isinstance(error, TyperException):
        return say("errors.usage", problem=_usage_problem(error))
    _LOG.error("unexpected error", exc_info=error)
    return say("errors.unexpected")
