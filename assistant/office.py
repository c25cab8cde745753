"""What the office keeps beside its documents: its people, what was done, and the log of that."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine

from connectors.audit import AuditLog
from connectors.conversations import ConversationStore, UnansweredStore
from connectors.feedback import FeedbackStore
from connectors.overview import Overview
from connectors.people import PeopleStore
from connectors.progress import ProgressStore


@dataclass(frozen=True)
class Office:
    """The parts of the task database that are not read from documents."""

    people: PeopleStore
    progress: ProgressStore
    audit: AuditLog
    conversations: ConversationStore
    unanswered: UnansweredStore
    overview: Overview
    feedback: FeedbackStore

    @classmethod
    def of(cls, engine: Engine) -> Office:
        return cls(
            PeopleStore(engine),
            ProgressStore(engine),
            AuditLog(engine),
            ConversationStore(engine),
            UnansweredStore(engine),
            Overview(engine),
            FeedbackStore(engine),
        )
