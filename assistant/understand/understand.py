"""Understanding: from the words of a question to one ``Query``, by rules over folded text.

Names (documents, agencies, places, sections) are matched against what the store really holds, so that a
new document is understood with no new code. What names and question words leave over is the topic.
"""

from __future__ import annotations

from assistant.understand.agreement import Agreement, find_agreement
from assistant.understand.base import base_query
from assistant.understand.bodies import agency_refs
from assistant.understand.compare import asks_who, compared_bodies, find_comparison, without_frame
from assistant.understand.confirm import (
    asked_of_all,
)
from assistant.understand.events import Event, find_event
from assistant.understand.guard import guard
from assistant.understand.lexicon import (
    COORDINATING,
    DOCUMENT_KINDS,
    GENERIC_WORK,
    HELD,
    LEADING,
    SHARED_LEAD,
)
from assistant.understand.listing import PAIR, is_given_to_all, is_of_unknown_office, list_query, listed_as
from assistant.understand.own_bodies import own_match
from assistant.understand.progress.questions import find_progress_question
from assistant.understand.progress.shorthand import written_out
from assistant.understand.progress.updates import find_update
from assistant.understand.query import (
    About,
    AgencyRef,
    Ask,
    Comparison,
    DocumentField,
    Query,
    Things,
    Update,
)
from assistant.understand.question import MAX_CHARS, Question, clean_question, read_question
from assistant.understand.reading import Context, Reading, meant, read
from assistant.understand.searching import cited_query, cites, find_query
from assistant.understand.topic import as_typed, beyond_titles, topic_fields, topic_of

_OF_ONE_TASK = frozenset({About.HISTORY, About.ASSIGNEE})
_LIKE_REPORTS = frozenset({"refuse_progress", "refuse_destroy"})
_FEW = 2
_A_RULE = 3  # words of a topic that name a rule rather than somebody's tasks


def understand(text: str, context: Context) -> Query:
    """Reads a message into a query. Never raises on any text."""
    reason = unusable(text)
    question = read_question("" if reason else text, context.speller)
    reason = reason or guard(question)
    update = _reported(text, question, reason, context)
    if update is not None and not any(step.words for step in update.steps):
        return _update_query(update, text, context)
    query = _asked(question, reason, context)
    return query if update is None else query.model_copy(update={"perhaps": update})


def _asked(question: Question, reason: str | None, context: Context) -> Query:
    """What a message asks that reports nothing."""
    if reason is not None:
        kind = {"refuse": Ask.REFUSE, "chat": Ask.CHAT}.get(reason.split("_")[0], Ask.UNCLEAR)
        return Query(ask=kind, reason=reason)
    reading = read(question, context)
    compared = find_comparison(reading)
    asked = find_progress_question(reading)
    if compared is not None and not (asked and reading.numbers.tasks and asked.about in _OF_ONE_TASK):
        return _compared(reading, compared)
    query = _decide(reading)
    return query if asked is None else query.model_copy(update={"progress": asked})


def _reported(text: str, question: Question, reason: str | None, context: Context) -> Update | None:
    """What a message reports. A refusal goes before it, but for what only looks like an order to change a plan."""
    if reason is not None and reason.startswith(("unclear_", "refuse_")) and reason not in _LIKE_REPORTS:
        return None
    return find_update(text, question, context)


def _update_query(update: Update, text: str, context: Context) -> Query:
    """A report with the documents in which its tasks are looked for."""
    base = base_query(read(read_question(written_out(text), context.speller), context))
    return Query(
        ask=Ask.UPDATE,
        documents=base.documents,
        documents_from=base.documents_from,
        unknown_document=base.unknown_document,
        update=update,
    )


def _compared(reading: Reading, compared: Comparison) -> Query:
    """A comparison, with the query that answers where it finds nothing to compare."""
    if compared.things is Things.TASKS:
        query = _decide(reading)
        return query if query.ask is Ask.DOCUMENT else query.model_copy(update={"compared": compared})
    if compared.things is Things.LISTED:
        reading = without_frame(reading)
        line = reading.line()
        refs = agency_refs(reading, line)
        if refs is None:
            return _unknown_body(reading)
        query = list_query(base_query(reading), reading, Ask.LIST, refs, line)
        if compared.without:
            query = query.model_copy(update={"period": None})
        return query.model_copy(update={"compared": compared})
    bodies = compared_bodies(reading, agency_refs(reading, reading.line()) or ())
    if compared.things is Things.BODIES and len(bodies) < PAIR and not asks_who(reading):
        return _decide(reading)
    documents = tuple(reading.named.scores) if compared.things is Things.DOCUMENTS else base_query(reading).documents
    changes = {"compared": compared, "agencies": bodies, "documents": documents, "period": reading.period}
    return _decide(reading).model_copy(update=changes)


def unusable(text: str) -> str | None:
    """Why a message is no question at all: the name of the prepared reply, or None where it may be one."""
    if len(text) > MAX_CHARS and len(clean_question(text)) > MAX_CHARS:
        return "unclear_long"
    question = read_question(text)
    if not question.tokens:
        return "unclear_empty"
    return None if question.has_letters else "unclear_script"


def _decide(reading: Reading) -> Query:
    """Chooses what is asked from what was found."""
    line = reading.line()
    refs = agency_refs(reading, line)
    if refs is None and _asks_rule(reading, line):
        refs = ()
    if refs is None:
        return _unknown_body(reading)
    base = base_query(reading)
    if event := find_event(reading.question.line, reading.context.today):
        return _event_query(base, reading, event)
    if agreement := find_agreement(reading):
        return _agreement_query(base, reading, agreement)
    if reading.numbers.tasks and not _means_place(reading):
        base = _of_a_cited_plan(base, reading)
        base = base.model_copy(update={"all_by": asked_of_all(reading, refs)})
        return base.model_copy(update={"ask": Ask.TASK, "agencies": refs, "period": reading.period})
    if reading.numbers.place:
        return base.model_copy(update={"ask": Ask.PLACE})
    if cites(reading):
        return cited_query(base, reading)
    if whole := asked_of_all(reading, refs):
        return _all_query(base, reading, whole, line)
    listed = listed_as(reading, line, refs)
    if HELD.search(line) and not refs and len(topic_of(reading, keep_agencies=True, also=(HELD,))) <= 1:
        return base.model_copy(update={"ask": Ask.DOCUMENT, "fields": (DocumentField.HELD,)})
    if (
        reading.fields
        and not (listed and (refs or reading.numbers.section))
        and len(beyond_titles(reading)) <= _most_beyond(reading)
    ):
        return base.model_copy(update={"ask": Ask.DOCUMENT})
    if listed is None and GENERIC_WORK.search(line) and (refs or reading.period or reading.kinds):
        listed = Ask.LIST if not topic_of(reading, keep_agencies=False, listing=True) else None
    if listed is not None and is_of_unknown_office(reading):
        return _unknown_body(reading)
    if listed is not None or SHARED_LEAD.search(line) or is_given_to_all(reading, line):
        return list_query(_of_a_cited_plan(base, reading), reading, listed or Ask.LIST, refs, line)
    return find_query(base, reading, refs)


def _asks_rule(reading: Reading, line: str) -> bool:
    """Whether a question of somebody whose body is not known asks what holds for all of its kind ("phòng mình phải trả
    lại văn bản trong bao lâu"), not for that body's own tasks. The words for the body are then no topic."""
    own = own_match(reading)
    if reading.context.unit is not None or own is None or reading.numbers.tasks:
        return False
    reading.taken |= reading.question.tokens_in(*own.span())
    listed = LEADING.search(line) or COORDINATING.search(line) or listed_as(reading, line, ())
    return not listed and len(topic_of(reading, keep_agencies=True)) >= _A_RULE


def _of_a_cited_plan(base: Query, reading: Reading) -> Query:
    """The query without a document where the tasks of a plan are wanted that is not held here, only cited."""
    if reading.named.cited is None or reading.named.ids:
        return base
    return base.model_copy(update={"documents": (), "documents_from": "", "unknown_document": reading.named.cited})


def _most_beyond(reading: Reading) -> int:
    """How many words may be left over in a question on a document itself: none where nothing names a document."""
    return _FEW if reading.named.ids or DOCUMENT_KINDS.search(reading.question.line) else 0


def _agreement_query(base: Query, reading: Reading, agreement: Agreement) -> Query:
    """The work on which a plan and its annex are held against each other; all of it where none is named."""
    topic = [i for i in topic_of(reading, keep_agencies=True) if i not in agreement.tokens]
    ask = Ask.TASK if base.tasks else Ask.FIND
    changes = {"ask": ask, "doubted": True, "agreement": agreement.asked, "topic": as_typed(reading, topic)}
    return base.model_copy(update={**changes, **topic_fields(reading, topic), "expects": ()})


def _unknown_body(reading: Reading) -> Query:
    """A question about the person's own body where that is not known, or where the documents are not for it."""
    unit = reading.context.unit
    if unit is None:
        return Query(ask=Ask.UNCLEAR, reason="unclear_unit")
    return Query(ask=Ask.UNCLEAR, reason="outside_unit", topic=unit.split(",")[0].strip(), documents=meant(reading))


def _event_query(base: Query, reading: Reading, event: Event) -> Query:
    """What is asked to follow from an event, by number or by words; those of the event itself where it says no more."""
    reading.taken |= reading.question.tokens_in(*event.span)
    topic = topic_of(reading, keep_agencies=True)
    asked = reading.question.tokens_in(event.after, len(reading.question.line))
    kept = [i for i in topic if i in asked]
    kept = kept if len(kept) >= _FEW else topic
    fields = {**topic_fields(reading, kept), "expects": (), "topic": as_typed(reading, kept)}
    reason = "" if kept or base.tasks else "unclear_attribute"
    return base.model_copy(update={"ask": Ask.EVENT, "event": event.day, "reason": reason, **fields})


def _means_place(reading: Reading) -> bool:
    """Whether "mục IV.1" is a place of the outline: the documents meant have no such section in a table."""
    if not reading.numbers.place:
        return False
    catalogue = reading.context.catalogue
    documents = catalogue.family(meant(reading))
    if not documents:
        return not any(ref.section in catalogue.section_numbers for ref in reading.numbers.tasks)
    known = catalogue.numbered_sections
    return not any((document, ref.section) in known for document in documents for ref in reading.numbers.tasks)


def _all_query(base: Query, reading: Reading, whole: AgencyRef, line: str) -> Query:
    """All that a question describes, and whether one body leads it all."""
    query = list_query(base, reading, Ask.LIST, (), line)
    if not (query.documents or query.section or query.period or query.listed_words):
        return find_query(base, reading, (whole,))
    return query.model_copy(update={"all_by": whole, "whether": True})
