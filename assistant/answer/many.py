"""More than anybody reads: how much there is, and back the question which document is meant."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.answer.session import Session
from assistant.reply import Choice, Reply, Status
from prompts import say

MAX_CHOICES = 5


def too_many_tasks(spread: Mapping[str, int], session: Session) -> Reply:
    """Says how many tasks in how many documents a question touches, and asks back which document is meant."""
    head = say("answers.too_many", tasks=sum(spread.values()), documents=len(spread))
    return ask_which_document(head, spread, session)


def ask_which_document(head: str, spread: Mapping[str, int], session: Session) -> Reply:
    """Asks back which document is meant: offered are those with most tasks, of as many the newest."""
    newest = session.shelf.catalogue.newest(spread, len(spread))
    offered = sorted(newest, key=lambda document: -spread[document])[:MAX_CHOICES]
    choices = tuple(_choice(document, spread[document], session) for document in offered)
    labels = say("answers.numbered_choices", labels=[choice.label for choice in choices])
    return Reply(status=Status.CLARIFY, text=f"{head}\n{labels}", choices=choices)


def _choice(document: str, tasks: int, session: Session) -> Choice:
    name = session.name(document)
    return Choice(
        label=say("answers.choice_document", document=name, tasks=tasks),
        say=say("answers.asked_of_document", asked=session.asked.strip().rstrip("?!. "), document=name),
    )
