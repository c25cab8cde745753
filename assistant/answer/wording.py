"""Values as officers read them: names of documents, dates, deadlines, places. Sentences stand in prompts/."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from assistant.catalogue import Card
from assistant.reply import Citation
from corpus.certainty import unsure_fields
from corpus.due import next_due
from corpus.markup import clean
from corpus.records import ATTACHED_KINDS, Deadline, DeadlineKind, Document, Passage, Span, Task
from corpus.vietnamese import fold
from prompts import say

SHORT_TITLE = 140
_OF_OFFICE = re.compile(
    r"(?i),\s*(?:ubnd|hđnd|ủy ban|uỷ ban|sở|bộ|phường|xã|đặc khu|thị trấn|quận|huyện|tỉnh|thành phố|tp)\b.*$"
)

_WORDS = re.compile(r"[^\W_]+")


def day(date: dt.date) -> str:
    """A date as dd/mm/yyyy."""
    return date.strftime("%d/%m/%Y")


def document_name(card: Card) -> str:
    """What a document is called in a sentence: "Kế hoạch 158/KH-UBND của UBND phường Nhị Chiểu"."""
    document = card.document
    issuer = _OF_OFFICE.sub("", re.sub(r"\s*\([^)]*\)", "", document.issuer or "")).strip()
    return say(
        "answers.document_name",
        kind=document.kind,
        number=document.number,
        label=_annex_label(document),
        issuer=issuer,
    )


def _annex_label(document: Document) -> str | None:
    if fold(document.kind or "") != "phu luc":
        return None
    match = re.match(r"(?i)phụ lục( [IVX\d]+)?\b", document.title or "")
    return match[0] if match and match[1] else "Phụ lục"


def shorten(text: str, limit: int = SHORT_TITLE) -> str:
    """The text cut at a word before ``limit`` characters, with an ellipsis where something was cut."""
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0].rstrip(",;:.- ") + "…"


def task_title(task: Task, limit: int | None = None) -> str:
    """What a task is called: its title, cut at ``limit`` characters; one that was not read for certain says so."""
    title = task.title if limit is None else shorten(task.title, limit)
    return say("answers.unsure_title", title=title.rstrip(".")) if "title" in unsure_fields(task) else title


def task_locator(task: Task) -> str:
    """The place of a task in words: "Phụ lục, STT 18"."""
    return say("answers.citation_task", table=task.table, section=task.section, number=task.number, page=task.page)


def passage_locator(passage: Passage) -> str:
    """The place of a passage in words: "mục II.4.a"."""
    return say("answers.citation_passage", part=_part(passage), path=passage.path, role=passage.role, page=passage.page)


def _part(passage: Passage) -> str:
    """The annex or attached regulation in which a passage stands: "Phụ lục II", "Quy chế"."""
    first = passage.headings[0] if passage.headings else ""
    folded = fold(first)
    if folded.startswith("phu luc"):
        return "Phụ lục" + first[len("phụ lục") :].upper()
    return first.capitalize() if folded in ATTACHED_KINDS else ""


def task_values(task: Task, card: Card, today: dt.date) -> dict[str, Any]:
    """A task's values for the sentences of prompts/."""
    return {
        "number": task.number,
        "section": task.section,
        "title": task_title(task),
        "short_title": task_title(task, SHORT_TITLE),
        "lead": [mention.name for mention in task.lead],
        "coordinate": [mention.name for mention in task.coordinate],
        "product": task.product,
        "leader": task.leader,
        "remark": task.remark,
        "absent": [role for role in ("lead", "coordinate", "product", "deadline") if lacks_column(task, role)],
        "unreadable": [note.partition(":")[2] for note in task.notes if note.startswith("unreadable:")],
        "deadline": {**deadline_values(task.deadline, today), "from_product": _days_in_product(task)},
        "document": document_name(card),
        "source": _source(task, card),
    }


def lacks_column(task: Task, role: str) -> bool:
    """Whether the table of a task has no column for a role at all, which is another thing than an empty cell."""
    return f"column_missing:{role}" in task.notes


def _days_in_product(task: Task) -> str:
    """The words of the product cell from which the days of a recurring deadline come, or ""."""
    if task.deadline.recurrence is None or re.search(r"\d{1,2}[/.]\d{1,2}|ngày \d", task.deadline.text):
        return ""
    match = re.search(r"(?i)(?:trước|chậm nhất|đến|vào) (?:hết )?ngày [^;()]{3,60}", f"{task.product}; {task.remark}")
    return shorten(match[0], 60) if match else ""


def _source(task: Task, card: Card) -> str:
    """Where a task stands, with its document, the annex named once."""
    name, locator = document_name(card), task_locator(task)
    if task.table and name.startswith(task.table):
        locator = locator.removeprefix(task.table).lstrip(", ")
    return f"{name}, {locator}"


def deadline_values(deadline: Deadline, today: dt.date) -> dict[str, Any]:
    """A deadline's values for the sentences of prompts/, with the days left on ``today``."""
    following = next_due(deadline, today)
    dated = deadline.kind is DeadlineKind.DATE and deadline.due is not None and not deadline.tentative
    return {
        "text": deadline.text,
        "kind": str(deadline.kind),
        "due": day(deadline.due) if deadline.due else None,
        "show_due": deadline.due is not None and not _says(deadline.text, deadline.due),
        "left": say("answers.days_left", n=(deadline.due - today).days) if dated and deadline.due else None,
        "next_due": day(following) if following else None,
        "tentative": deadline.tentative,
        "offset_days": deadline.offset_days,
        "working_days": deadline.working_days,
        "days": [f"{d}/{m}" for m, d in deadline.recurrence.days] if deadline.recurrence else [],
        "milestones": [{"due": day(m.due), "inferred": m.inferred} for m in deadline.milestones],
    }


def _says(text: str, date: dt.date) -> bool:
    """Whether the words themselves give the date, so that it need not be said twice."""
    return bool(re.search(rf"(?<!\d)0?{date.day}[/.-]0?{date.month}[/.-]{date.year}", text))


def cite_task(task: Task, text: str) -> Citation:
    """The whole row as a citation: it holds the agencies and the deadline that the answer names."""
    return _cite(task.document, task_locator(task), task.span, text)


def duty_locator(duty: Task) -> str:
    """The place of a duty that stands in prose: "mục IV.1.b"."""
    return say("answers.citation_passage", part="", path=duty.number, role="body", page=duty.page)


def cite_duty(duty: Task, text: str) -> Citation:
    """The sentence of a duty as a citation."""
    return _cite(duty.document, duty_locator(duty), duty.span, text)


def cite_passage(passage: Passage, text: str, span: Span | None = None) -> Citation:
    """A passage, or the part of it at ``span``, as a citation."""
    return _cite(passage.document, passage_locator(passage), span or passage.span, text)


def cite_heading(passage: Passage, text: str) -> Citation | None:
    """The heading right above a passage, which often names who is meant; None where its words are not found."""
    wanted = _WORDS.findall(passage.headings[-1]) if passage.headings else []
    if not wanted:
        return None
    pattern = re.compile(r"[\W_]+".join(map(re.escape, wanted)))
    above = list(pattern.finditer(text, 0, passage.span.start))
    if not above:
        return None
    span = Span(start=above[-1].start(), end=above[-1].end())
    return _cite(passage.document, passage_locator(passage), span, text)


def cite_mark(document: Document, span: Span, text: str) -> Citation:
    """A place at the head of a document as a citation."""
    return _cite(document.id, say("answers.citation_head"), span, text)


def cite_relation(document: str, span: Span, text: str) -> Citation:
    """The place where a document says what it does to another one as a citation."""
    return _cite(document, say("answers.citation_relation"), span, text)


def _cite(document: str, locator: str, span: Span, text: str) -> Citation:
    return Citation(
        document=document, locator=locator, quote=text[span.start : span.end], start=span.start, end=span.end
    )


def readable(quote: str) -> str:
    """A quotation without mark-up, for the eye; the citation keeps the words as received."""
    return clean(quote)
