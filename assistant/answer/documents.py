"""Answers about what a document says of itself: number, date, signer, grounds, recipients, how many tasks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer.session import Session
from assistant.answer.tasks import no_such_document
from assistant.answer.wording import cite_mark, cite_passage, day, readable
from assistant.reply import Choice, Citation, Reply, Status
from assistant.understand.query import DocumentField, Query
from corpus.records import Document, Passage
from prompts import say

_MAX_DOCUMENTS = 4
_MAX_HELD = 40  # documents that are listed
_BLANK = re.compile(r"(?i)số\s*:?\s*/|ngày\s+tháng")  # "Quyết định số /QĐ-UBND ngày  tháng 4"
_POST = re.compile(
    r"(?:PHÓ )?(?:CHỦ TỊCH|GIÁM ĐỐC|CHÁNH VĂN PHÒNG|TRƯỞNG (?:BAN|PHÒNG)|BÍ THƯ|(?:CỤC|VỤ|HIỆU) TRƯỞNG)(?!\w)"
)


def answer_document(query: Query, session: Session) -> Reply:
    """Tells what the documents meant say of themselves; asks back which where too many are meant."""
    if query.unknown_document and not query.documents:
        return no_such_document(query.unknown_document, session)
    if DocumentField.HELD in query.fields:
        return _held(session)
    documents = query.documents or tuple(session.shelf.catalogue.by_id)
    if not query.documents and len(documents) > 1:
        return _ask_which(query, session, documents)
    texts: list[str] = []
    citations: list[Citation] = []
    for document_id in documents[:_MAX_DOCUMENTS]:
        for field in query.fields:
            text, cited = _tell(session.card(document_id).document, field, session)
            texts.append(text)
            citations += cited
    return Reply(status=Status.ANSWERED, text="\n".join(texts), citations=tuple(dict.fromkeys(citations)))


def _held(session: Session) -> Reply:
    """Which documents the assistant holds."""
    catalogue = session.shelf.catalogue
    cards = catalogue.cards
    if len(cards) > _MAX_HELD:
        cards = tuple(catalogue.by_id[document] for document in catalogue.newest(catalogue.ids, _MAX_HELD))
    rows = [{"name": session.name(c.document.id), "title": c.document.title, "tasks": c.tasks} for c in cards]
    return Reply(
        status=Status.ANSWERED, text=say("answers.documents_held", rows=rows, more=len(catalogue.cards) - len(cards))
    )


def _ask_which(query: Query, session: Session, documents: Sequence[str]) -> Reply:
    words = ", ".join(say("answers.field_words", name=str(field)) for field in query.fields)
    choices = tuple(Choice(label=session.name(d), say=f"{words}: {session.name(d)}") for d in documents[:5])
    text = "\n".join(
        [say("answers.which_document"), say("answers.numbered_choices", labels=[c.label for c in choices])]
    )
    return Reply(status=Status.CLARIFY, text=text, choices=choices)


def _tell(document: Document, field: DocumentField, session: Session) -> tuple[str, list[Citation]]:
    if field is DocumentField.BASIS:
        return _basis(document, session)
    if field is DocumentField.RECIPIENTS:
        return _recipients(document, session)
    if field is DocumentField.TASKS:
        return _tasks(document, session), []
    if field is DocumentField.ALL:
        return _summary(document, session)
    return _stated(document, field, session)


def _stated(document: Document, field: DocumentField, session: Session) -> tuple[str, list[Citation]]:
    """A value that the head of the document states, or the blank that stands in its place."""
    mark = document.marks.get(str(field))
    text = session.text_of(document.id)
    blank = readable(text[mark.start : mark.end]) if mark else ""
    words = say(
        "answers.document_field",
        field=str(field),
        document=session.name(document.id),
        value=_value(document, field),
        blank=blank,
        post=_post(document, session) if field is DocumentField.SIGNER else "",
    )
    return words, [cite_mark(document, mark, text)] if mark else []


def _post(document: Document, session: Session) -> str:
    """In what post the signer signed, as it stands above the name; "" where it cannot be read."""
    signed = [p.text for p in session.shelf.records.passages_of(document.id, roles=["signature"])]
    found = [match[0] for text in signed for match in _POST.finditer(text)]
    return readable(found[-1]).lower() if found else ""


def _value(document: Document, field: DocumentField) -> str | None:
    value = getattr(document, str(field))
    return day(value) if field is DocumentField.DATE and value else value


def _basis(document: Document, session: Session) -> tuple[str, list[Citation]]:
    name = session.name(document.id)
    text = session.text_of(document.id)
    if not document.based_on:
        grounds = [cite_passage(p, text) for p in session.shelf.records.passages_of(document.id, roles=["basis"])]
        if not grounds:
            return say("answers.document_no_basis", document=name), []
        return say("answers.document_basis", document=name, items=[_named(readable(c.quote)) for c in grounds]), grounds
    items = [say("answers.basis", words=b.text, blank=_BLANK.search(b.text) is not None) for b in document.based_on]
    passages = session.shelf.records.passages_of(document.id, roles=["basis", "annex"])
    holding = [p for p in passages if any(_holds(p, basis.span.start) for basis in document.based_on)]
    return say("answers.document_basis", document=name, items=items), [cite_passage(p, text) for p in holding]


def _named(ground: str) -> str:
    """What a ground names, without the words that lead to it and the sign that ends it."""
    return re.sub(r"^(?:-\s*)?Căn cứ\s+", "", ground).rstrip(" ;,.")


def _holds(passage: Passage, place: int) -> bool:
    return passage.span.start <= place < passage.span.end


def _recipients(document: Document, session: Session) -> tuple[str, list[Citation]]:
    name = session.name(document.id)
    passages = session.shelf.records.passages_of(document.id, roles=["recipients"])
    if not passages:
        return say("answers.document_no_recipients", document=name), []
    citations = [cite_passage(p, session.text_of(document.id)) for p in passages]
    lines = [readable(line) for citation in citations for line in citation.quote.splitlines()]
    quote = "\n".join(line for line in lines if len(line) > 2 and not re.match(r"(?i)n[oơ]i nh", line))
    return say("answers.document_recipients", document=name, quote=quote), citations


def _tasks(document: Document, session: Session) -> str:
    card = session.card(document.id)
    return say(
        "answers.document_tasks",
        document=session.name(document.id),
        read=card.tasks,
        declared=document.declared_tasks,
    )


def _summary(document: Document, session: Session) -> tuple[str, list[Citation]]:
    text = session.text_of(document.id)
    words = say(
        "answers.document_summary",
        document=session.name(document.id),
        title=document.title,
        number=document.number,
        date=day(document.date) if document.date else None,
        issuer=document.issuer,
        signer=document.signer,
        tasks=session.card(document.id).tasks or document.declared_tasks or 0,
    )
    marks = [document.marks[name] for name in ("number", "date", "title") if name in document.marks]
    return words, [cite_mark(document, mark, text) for mark in marks]
