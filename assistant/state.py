"""What a conversation remembers: a small record of the last turn, the last list and the topics before."""

from __future__ import annotations

from assistant.reply import Choice, Reply, Status, TaskView
from assistant.understand.query import Ask, Attribute, Planned, Query, TaskRef
from corpus.records import Record

MAX_KEPT = 50  # tasks
_MAX_TOPICS = 8
_MAX_EXCHANGES, _MAX_QUESTION, _MAX_REPLY = 3, 300, 900  # answers, characters


class Topic(Record):
    """What was spoken of in one turn: the words of its topic and the tasks that the reply told of."""

    words: tuple[str, ...] = ()
    tasks: tuple[TaskView, ...] = ()


class Exchange(Record):
    """A message and its answer, cut to what tells which they were; ``number`` counts the answers of a conversation."""

    number: int
    question: str
    reply: str
    useful: bool | None = None  # what was said of it, where that was said by its number


class State(Record):
    """The end of the last turn: its query, the tasks that it told of, the choices that it offered.

    ``listed`` holds the tasks of the last list, in its order, where they are not those just told of (``in_list`` gives
    them in either case), ``listing`` the query of the last list of a body's
    tasks; ``topics`` what was spoken of before; ``pending`` the changes that wait for a yes;
    ``asked`` all that was asked of the tasks just told of, in this turn and right before;
    ``exchanges`` the words of the last answers, for who says that one is wrong; ``quoted`` the documents from which the
    last answer quoted prose, ``places`` where it did (document, start and end in its text).
    """

    query: Query | None = None
    tasks: tuple[TaskView, ...] = ()
    choices: tuple[Choice, ...] = ()
    listed: tuple[TaskView, ...] = ()
    topics: tuple[Topic, ...] = ()
    listing: Query | None = None
    pending: tuple[Planned, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    asked: tuple[Attribute, ...] = ()
    quoted: tuple[str, ...] = ()
    places: tuple[tuple[str, int, int], ...] = ()

    @property
    def in_list(self) -> tuple[TaskView, ...]:
        """The tasks of the last list, or those just told of, in their order."""
        return self.listed or self.tasks

    def after(self, query: Query, reply: Reply, pending: tuple[Planned, ...] = ()) -> State:
        """The state after a reply; small talk, refusals and questions not understood leave it as it was."""
        if query.ask is Ask.UPDATE:
            return self._after_update(reply, pending)
        open_ = query.reason.startswith(("unclear_", "outside_")) and reply.status is not Status.ANSWERED
        if reply.status in (Status.CHAT, Status.REFUSED) or open_:
            return self
        tasks = reply.tasks[:MAX_KEPT]
        if reply.status is Status.NOT_FOUND and query.ask is Ask.FIND and not tasks:
            tasks = self.tasks if len(self.tasks) == 1 else ()  # what was told of is still spoken of
        query = query.model_copy(update={"instead": None})
        same = bool(tasks) and tasks == self.tasks
        asked = tuple(dict.fromkeys((*(self.asked if same else ()), *query.attributes)))
        of_body = query.ask in (Ask.LIST, Ask.COUNT) and bool(query.agencies)
        return State(
            query=query,
            tasks=tasks,
            choices=reply.choices if _is_numbered(query, reply) else (),
            listed=() if query.ask in (Ask.LIST, Ask.COUNT) or len(tasks) > 1 else self._last_list(),
            topics=(*self.topics, Topic(words=query.words, tasks=tasks[:_MAX_TOPICS]))[-_MAX_TOPICS:],
            listing=query if of_body else self.listing,
            asked=asked,
            quoted=tuple(dict.fromkeys(c.document for c in reply.citations)) if not reply.tasks else (),
            places=tuple((c.document, c.start, c.end) for c in reply.citations) if _is_prose(query, reply) else (),
        )

    def _after_update(self, reply: Reply, pending: tuple[Planned, ...]) -> State:
        """The state after a report: its tasks are those told of, what was asked before stays."""
        told = reply.tasks[:MAX_KEPT]
        topics = (*self.topics, Topic(tasks=told[:_MAX_TOPICS]))[-_MAX_TOPICS:] if told else self.topics
        query = self.query
        if told:
            refs = (TaskRef(number=task.number, section=task.section, document=task.document) for task in told)
            documents = tuple(dict.fromkeys(task.document for task in told))
            query = Query(ask=Ask.TASK, tasks=tuple(refs), documents=documents, documents_from="context")
        changes = {"query": query, "tasks": told or self.tasks, "choices": reply.choices, "topics": topics}
        return self.model_copy(update={**changes, "listed": self._last_list(), "pending": pending})

    def with_all_told(self, reply: Reply) -> State:
        """The state after a message of several questions: what is told of are the tasks of all its answers."""
        tasks = reply.tasks[:MAX_KEPT]
        listed = () if len(tasks) > 1 else self._last_list()
        return self.model_copy(update={"tasks": tasks, "choices": reply.choices, "listed": listed})

    def having_said(self, before: tuple[Exchange, ...], question: str, reply: str) -> State:
        """The state after an answer, whose words are kept with those before it."""
        number = before[-1].number + 1 if before else 1
        latest = Exchange(number=number, question=_cut(question, _MAX_QUESTION), reply=_cut(reply, _MAX_REPLY))
        return self.model_copy(update={"exchanges": (*before, latest)[-_MAX_EXCHANGES:]})

    def _last_list(self) -> tuple[TaskView, ...]:
        """What stays of the last list once a single task is told of."""
        return self.listed or (self.tasks if len(self.tasks) > 1 else ())


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _is_prose(query: Query, reply: Reply) -> bool:
    """Whether a reply told by words what some prose says."""
    return reply.status is Status.ANSWERED and query.ask is Ask.FIND and not reply.tasks


def _is_numbered(query: Query, reply: Reply) -> bool:
    """Whether the choices of a reply stand in its text by number; others are only suggestions for the next question."""
    return reply.status is Status.CLARIFY or (len(reply.tasks) > 1 and query.ask not in (Ask.LIST, Ask.COUNT))
