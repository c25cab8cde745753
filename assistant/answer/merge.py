"""One reply out of those to the questions of one message."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.reply import Reply, Status
from prompts import say

_MOST_TASKS = 3  # that the answer to a part of a message tells of
_ORDER = (Status.ANSWERED, Status.DONE, Status.CLARIFY, Status.NOT_FOUND)


def merged(questions: Sequence[str], replies: Sequence[Reply]) -> Reply:
    """The replies one after another, their tasks and citations each once; what was not found says what it was.

    The status is that of the best of them: what is known is said though another part is not.
    """
    texts = [
        say("answers.part_open", question=question, text=reply.text) if reply.status in _ORDER[2:] else reply.text
        for question, reply in zip(questions, replies, strict=True)
    ]
    status = next((s for s in _ORDER if any(reply.status is s for reply in replies)), replies[-1].status)
    return Reply(
        status=status,
        text="\n\n".join(texts),
        tasks=tuple({(t.document, t.section, t.number): t for reply in replies for t in reply.tasks}.values()),
        citations=tuple(dict.fromkeys(citation for reply in replies for citation in reply.citations)),
        choices=next((reply.choices for reply in replies if reply.status is Status.CLARIFY), replies[-1].choices),
    )


def say_more(apart: Sequence[Reply], whole: Reply) -> bool:
    """Whether the answers to the parts of a message tell of tasks of their own, more than the answer to it as one."""
    told = [{(t.document, t.section, t.number) for t in reply.tasks} for reply in apart]
    known = {(t.document, t.section, t.number) for t in whole.tasks}
    plain = all(reply.status is Status.ANSWERED and 0 < len(reply.tasks) <= _MOST_TASKS for reply in apart)
    return plain and sum(map(len, told)) == len(set().union(*told)) and not set().union(*told) <= known
