"""The assistant: a turn of a conversation in, a reply out."""

from __future__ import annotations

import datetime as dt
import logging
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.answer.compose import compose
from assistant.answer.guess import LIKELY
from assistant.answer.merge import merged, say_more
from assistant.answer.session import Session
from assistant.by_words import as_report
from assistant.conversation import follow
from assistant.explanation import Explanation
from assistant.feedback import judged_in_chat
from assistant.library import Library, Shelf
from assistant.office import Office
from assistant.reply import Reply, Status
from assistant.rights import TERMINAL, Action, Asker, denial
from assistant.several import perhaps_several, pieces_asked, several
from assistant.state import State
from assistant.told import of_task_told
from assistant.told_prose import SHORT, nearest_told, of_prose_told
from assistant.topics import holds_new
from assistant.traces import trace_of
from assistant.understand.progress.updates import sounds_reported
from assistant.understand.query import Ask, Query
from assistant.understand.reading import Context
from assistant.understand.understand import understand
from assistant.who import linked
from connectors.database import StoreError
from corpus.records import Access
from prompts import say

if TYPE_CHECKING:
    from assistant.journal import Journal

_SHORT = 5  # words of a piece of a message that hardly names anything itself
_HEAD = 2  # words of a topic that name the thing itself
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Turn:
    """A message with who asks, on which day (Vietnam) and when (UTC).

    ``unit`` is through whose eyes to look, that of the asker where it is None; it gives no right to anything.
    """

    text: str
    today: dt.date
    unit: str | None = None
    asker: Asker = TERMINAL
    now: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))

    @property
    def eyes(self) -> str | None:
        """The unit through whose eyes the message looks."""
        return self.unit or (self.asker.person.unit.name if self.asker.person else None)


@dataclass
class Conversation:
    """What was said so far; one per chat. ``id`` is given by the journal, where there is one."""

    state: State = field(default_factory=State)
    id: str = ""


class Assistant:
    """Answers turns from a library, and notes them in a journal where there is one.

    ``guess_from``: see ``Session``.
    """

    def __init__(self, library: Library, journal: Journal | None = None, guess_from: float | None = None) -> None:
        self.library = library
        self.office = Office.of(library.store.engine)
        self.journal = journal
        self.guess_from = guess_from

    def reply(self, turn: Turn, conversation: Conversation | None = None) -> Reply:
        """Answers one turn. Never raises: what goes wrong inside is logged and said kindly."""
        started = time.perf_counter()
        conversation = conversation or Conversation()
        try:
            return self.replied(turn, conversation)
        except StoreError as error:
            _LOG.error("store: %s", error.code)
            reply = Reply(status=Status.NOT_FOUND, text=say(f"errors.{error.code}", **error.details))
        except Exception as error:  # noqa: BLE001 - the edge of a turn: logged, then a prepared reply
            _LOG.error("a turn failed: %s", trace_of(error))
            reply = Reply(status=Status.NOT_FOUND, text=say("endings.failed"))
        return self._finished(turn, conversation, reply, started)

    def replied(self, turn: Turn, conversation: Conversation) -> Reply:
        """Answers one turn as ``reply`` does, but what goes wrong inside is raised: a service says it by a status."""
        started = time.perf_counter()
        return self._finished(turn, conversation, self.answer(turn, conversation), started)

    def _finished(self, turn: Turn, conversation: Conversation, reply: Reply, started: float) -> Reply:
        """The reply with its time, noted in the journal."""
        elapsed = (time.perf_counter() - started) * 1000
        if self.journal is not None:
            self.journal.keep(turn, conversation, reply)
        return reply.model_copy(update={"elapsed_ms": round(elapsed, 2)})

    def answer(self, turn: Turn, conversation: Conversation) -> Reply:
        """Answers one turn, not timed and not noted in the journal. What goes wrong inside is raised."""
        joined = linked(turn.text, turn.asker, self.office, turn.now) if turn.asker.account else None
        judged = joined or judged_in_chat(turn, conversation.state, self.office)
        return judged or self.explain(turn, conversation).reply

    def explain(self, turn: Turn, conversation: Conversation) -> Explanation:
        """Answers one turn and tells each step of the way. What goes wrong inside is raised."""
        library = self.library if denial(turn.asker, Action.SEE_INTERNAL) is None else self.library.public()
        shelf = library.shelf()
        context = Context(shelf.catalogue, turn.today, turn.eyes, shelf.speller, shelf.index.knows)
        session = Session(
            library.store, shelf, turn.today, self.office, turn.asker, turn.now, turn.text, self.guess_from
        )
        steps = _Steps(context, session, conversation.state)
        reply = steps.answer_all(turn.text)
        conversation.state = steps.state.having_said(conversation.state.exchanges, turn.text, reply.text)
        self._note_internal(reply, shelf, turn)
        return Explanation(
            turn.text, context, steps.query, session, reply, steps.understand_ms, steps.answer_ms, steps.parts
        )

    def _note_internal(self, reply: Reply, shelf: Shelf, turn: Turn) -> None:
        """Puts into the audit log of which internal documents, and of the progress of whose tasks, a reply tells.

        Raises StoreError where that fails: then nothing is told.
        """
        told = {*(task.document for task in reply.tasks), *(citation.document for citation in reply.citations)}
        internal = {d for d in told if shelf.catalogue.by_id[d].document.access is Access.INTERNAL}
        progress = {task.document for task in reply.tasks if task.progress is not None}
        for action, documents in (("read", internal), ("read_progress", progress)):
            if documents and reply.status is not Status.DONE:  # what was just recorded has its own line
                about, by = " ".join(sorted(documents)), turn.asker.id
                self.office.audit.note(action, by=by, channel=turn.asker.channel, now=turn.now, about=about)


class _Steps:
    """The steps from question to reply, for each question of a turn; the later ones in the light of the earlier."""

    def __init__(self, context: Context, session: Session, state: State) -> None:
        self.context, self.session, self.state = context, session, state
        self.query = Query(ask=Ask.UNCLEAR)
        self.parts: tuple[str, ...] = ()
        self.understand_ms = self.answer_ms = 0.0

    def answer_all(self, text: str) -> Reply:
        """Answers a message, each of its questions where it holds several."""
        before = self.state
        parts = several(text, self.context)
        if len(parts) > 1:
            return self._answer_each(parts)
        reply = self._answer(text)
        parts = perhaps_several(text, self.query, self.context)
        if len(parts) == 1:
            return self._piece_by_piece(text, before, reply)
        apart = _Steps(self.context, self.session, before)
        replies = [apart._surely(part) for part in parts]
        if not say_more(replies, reply):
            return self._piece_by_piece(text, before, reply)
        self.state = before
        return self._answer_each(parts)

    def _piece_by_piece(self, text: str, before: State, whole: Reply) -> Reply:
        """What the pieces of a message find, each with the topic of the first, where the message as one finds nothing;
        the reply to the whole where the first of them finds nothing either."""
        pieces = pieces_asked(text)
        if whole.status is not Status.NOT_FOUND or self.query.ask is not Ask.FIND or len(pieces) == 1:
            return whole
        steps = _Steps(self.context, self.session, before)
        replies = [steps._surely(pieces[0])]
        if replies[0].status is not Status.ANSWERED:
            return whole
        topic = steps.query.topic
        for piece in pieces[1:]:
            reply, steps.state = self._of_piece(piece, topic, steps.state)
            replies.append(reply)
        if 2 * sum(reply.status is Status.ANSWERED for reply in replies) < len(replies):
            return whole
        reply = merged(pieces, replies)
        self.parts, self.query = pieces, steps.query
        self.state = steps.state.with_all_told(reply)
        return reply

    def _of_piece(self, piece: str, topic: str, state: State) -> tuple[Reply, State]:
        """What a piece finds that goes on from a topic: a short one with the thing that the topic names first ("đăng ký
        trước mấy ngày" of the hall), a longer one alone, then with all of the topic."""
        head = " ".join(topic.split()[:_HEAD])
        with_head, with_topic = f"{piece} {head}", f"{topic} {piece}"
        short = len(piece.split()) <= _SHORT
        for words in (with_head, piece, with_topic) if short else (piece, with_topic, with_head):
            steps = _Steps(self.context, self.session, state)
            reply = steps._surely(words)
            if reply.status is Status.ANSWERED:
                return reply, steps.state
        return reply, state

    def _answer_each(self, parts: tuple[str, ...]) -> Reply:
        self.parts = parts
        replies, pending = [], self.state.pending[:0]
        for part in parts:
            replies.append(self._answer(part))
            pending += self.state.pending
            self.state = self.state.model_copy(update={"pending": ()})
        reply = merged(parts, replies)
        self.state = self.state.with_all_told(reply).model_copy(update={"pending": pending})
        return reply

    def _surely(self, text: str) -> Reply:
        """Answers a piece of a message; what is only nearest to it counts as not found."""
        reply = self._answer(text)
        guess = self.session.guess
        unsure = guess is not None and guess.likelihood < LIKELY and reply.status is Status.ANSWERED
        return reply.model_copy(update={"status": Status.NOT_FOUND}) if unsure else reply

    def _answer(self, text: str) -> Reply:
        started = time.perf_counter()
        self.session.asked, self.session.guess = text, None
        self.query = as_report(follow(text, self.context, self.state), self.session)
        understood = time.perf_counter()
        reply = self._composed()
        reply = self._with_lapsed(self._with_unrecorded(reply, text))
        self.state = self.state.after(self.query, reply, self.session.pending)
        self.session.pending = ()
        self.understand_ms += (understood - started) * 1000
        self.answer_ms += (time.perf_counter() - understood) * 1000
        return reply

    def _with_unrecorded(self, reply: Reply, text: str) -> Reply:
        """The reply, with a word that nothing was recorded where the message may have been meant as a report."""
        person, query = self.session.asker.person, self.query
        if person is None or query.attributes or query.progress or len(reply.tasks) != 1:
            return reply
        by_number = query.ask is Ask.TASK and not (query.whether or query.compared or query.agreement)
        by_words = query.ask is Ask.FIND and query.perhaps is not None
        if not (by_words or (by_number and sounds_reported(text, self.context))):
            return reply
        note = say("progress.not_recorded", number=reply.tasks[0].number)
        return reply.model_copy(update={"text": "\n\n".join([reply.text, note])})

    def _with_lapsed(self, reply: Reply) -> Reply:
        """The reply, with a word on what was waiting for a yes where the message is about something else."""
        update = self.query.update
        if (update is not None and (update.amends or update.agreed is not None)) or self.query.ask in (
            Ask.CHAT,
            Ask.REFUSE,
        ):
            return reply
        anew = {step.task for step in self.session.pending}
        lapsed = [step.task.number for step in self.state.pending if step.task not in anew]
        if not lapsed:
            return reply
        numbers = list(dict.fromkeys(lapsed))
        return reply.model_copy(update={"text": "\n\n".join([reply.text, say("progress.lapsed", numbers=numbers)])})

    def _composed(self) -> Reply:
        """The reply to the query; to the other way to read a follow-up where this one finds nothing that fits."""
        reply = compose(self.query, self.session)
        other = self.query.instead
        if other is None or _fits(reply, self.query):
            return self._of_told(reply)
        otherwise = compose(other, self.session)
        if not _fits(otherwise, other) and (reply.status is Status.ANSWERED or other.refines):
            return self._of_told(reply)
        self.query = other
        return self._of_told(otherwise)

    def _of_told(self, reply: Reply) -> Reply:
        """The reply; where nothing was found, what the task told of before says, if the message may be about it; where
        prose was quoted before that says it, that prose."""
        short = len(self.session.asked.split()) <= SHORT
        if short and self.state.places and self.query.ask is Ask.FIND:
            alone = understand(self.session.asked, self.context)
            told = of_prose_told(alone, reply, self.state, self.session)
            if told is not None:
                return told
        if told := nearest_told(self.query, reply, self.state, self.session):
            return told
        about = of_task_told(self.session.asked, self.query, self.state) if reply.status is Status.NOT_FOUND else None
        if about is None:
            return reply
        self.query = about
        return compose(about, self.session)


def _fits(reply: Reply, query: Query) -> bool:
    """Whether a reply tells something, and what a follow-up named anew is in it."""
    told = (*(task.title for task in reply.tasks), *(citation.quote for citation in reply.citations))
    return reply.status in (Status.ANSWERED, Status.CLARIFY) and holds_new(query, told)
