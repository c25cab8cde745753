"""``troly review``: what was read unsurely, with the lines it was read from, and how a person sets it right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.commands import ready_library
from assistant.faults import sentence_of
from assistant.index_commands import refresh_meaning
from assistant.ingest import read_again
from assistant.library import Library
from assistant.settings import Settings
from assistant.terminal import complain, write, write_json
from connectors.database import TaskFilter
from corpus.certainty import unsure_fields
from corpus.errors import CorpusError
from corpus.records import Task
from corpus.review_files import corrected
from corpus.reviews import FIELDS, SHIPPED, lines_of_span, place_of, reviews_of
from prompts import say

_ILLEGIBLE = "?"


@dataclass(frozen=True)
class Correction:
    """What a person says of one row: fields by name, those that nobody can read, who says so and why."""

    fields: dict[str, str]
    illegible: tuple[str, ...]
    by: str
    why: str


def run_review(settings: Settings, document: str | None, *, as_json: bool) -> None:
    """Lists what is doubtful, of one document or all."""
    library = ready_library(settings)
    documents = [_known(library, document)] if document else [d.id for d in library.store.documents()]
    rows = [row for name in documents for row in _doubtful(library, name)]
    problems = [line for name in documents for line in _problems(library, settings.reviews, name)]
    if as_json:
        write_json({"doubtful": rows, "problems": problems})
        return
    for row in rows:
        write(say("review.doubtful", row=row, fields=[_shown(f) for f in row["fields"]], lines=row["lines"]) + "\n")
    for sentence in problems:
        complain(sentence)
    write(say("review.total", rows=len(rows), fields=sum(len(row["fields"]) for row in rows)))


def run_correct(
    settings: Settings, document: str, row: str, correction: Correction | None, today: dt.date, *, as_json: bool
) -> None:
    """Corrects one row: asks field by field where nothing is said, keeps the review and reads the document again."""
    library = ready_library(settings)
    task = _task(library, _known(library, document), row)
    said = correction or _asked(task, library.store.text_of(document) or "")
    if not said.fields and not said.illegible:
        write(say("review.nothing_changed"))
        return
    text = library.store.text_of(document) or ""
    path = corrected(
        settings.reviews, task, text, said.fields, said.illegible,
        by=said.by, why=said.why, when=today, what=say("review.what", document=document),
    )  # fmt: skip
    result = read_again(document, library.store, library.agencies, settings.reviews)
    library.shelf()
    refresh_meaning(settings, library)
    for doubt in result.doubts:
        if doubt.code.startswith("review_"):
            complain(say(f"errors.{doubt.code}", **doubt.details))
    if as_json:
        write_json({"review": str(path), "document": document, "number": task.number})
    else:
        write(say("review.kept", path=path, document=document, number=task.number))


def _shown(field: dict[str, Any]) -> dict[str, Any]:
    return {**field, "label": say("review.field", name=field["field"]), "percent": round(100 * field["confidence"])}


def correction_of(sets: Sequence[str], illegible: Sequence[str], by: str | None, why: str | None) -> Correction | None:
    """What the options of the command say of a row, None where they say nothing.

    Raises CorpusError: review_set_bad, review_needs_both.
    """
    if not sets and not illegible:
        return None
    fields: dict[str, str] = {}
    for value in sets:
        name, equals, words = value.partition("=")
        if not equals or name.strip() not in FIELDS or not words.strip():
            raise CorpusError("review_set_bad", value=value, fields=FIELDS)
        fields[name.strip()] = words.strip()
    unknown = next((name for name in illegible if name not in FIELDS), None)
    if unknown is not None:
        raise CorpusError("review_set_bad", value=unknown, fields=FIELDS)
    if not by or not why:
        raise CorpusError("review_needs_both")
    return Correction(fields, tuple(illegible), by, why)


def _known(library: Library, document: str) -> str:
    known = [d.id for d in library.store.documents()]
    if document not in known:
        raise CorpusError("unknown_document", id=document, known=known)
    return document


def _task(library: Library, document: str, row: str) -> Task:
    section, _, number = row.rpartition("/")
    wanted = TaskFilter(documents=(document,), number=number, section=section or None)
    found = library.store.tasks(wanted)
    if len(found) != 1:
        raise CorpusError("review_row_unknown", document=document, number=row)
    return found[0]


def _doubtful(library: Library, document: str) -> Iterator[dict[str, Any]]:
    text: str | None = None
    for task in library.store.tasks(TaskFilter(documents=(document,))):
        unsure = unsure_fields(task)
        if not unsure:
            continue
        text = text if text is not None else library.store.text_of(document) or ""
        yield {
            "document": document,
            "section": task.section,
            "number": task.number,
            "title": task.title,
            "origin": str(task.origin),
            "fields": [{"field": n, "read": read_value(task, n), "confidence": v} for n, v in unsure.items()],
            "lines": _lines(task, text),
        }


def read_value(task: Task, name: str) -> str:
    """What a task says in a field, as words."""
    if name in ("lead", "coordinate"):
        return "; ".join(mention.name for mention in getattr(task, name))
    return task.deadline.text if name == "deadline" else getattr(task, name) or ""


def _lines(task: Task, text: str) -> list[dict[str, Any]]:
    first, last = lines_of_span(task.span, text)
    lines = text.split("\n")[first - 1 : last]
    return [{"number": first + i, "text": line.strip()} for i, line in enumerate(lines) if line.strip()]


def _problems(library: Library, own: Path, document: str) -> Iterator[str]:
    """What stands in the way of a document's reviews: files that cannot be used, rows whose lines have changed."""
    lines = (library.store.text_of(document) or "").split("\n")
    for review in reviews_of(document, [SHIPPED, own]):
        if isinstance(review, CorpusError):
            yield sentence_of(review)
            continue
        for row in review.rows:
            if place_of(row, lines) is None:
                details = {"file": document, "document": document, "number": row.number, "lines": row.lines}
                yield say("errors.review_outdated", **details)


def _asked(task: Task, text: str) -> Correction:
    """What the person at the terminal says of a row, field by field."""
    for line in _lines(task, text):
        write(f"  {line['number']} | {line['text']}")
    fields: dict[str, str] = {}
    illegible: list[str] = []
    for name in FIELDS:
        answer = _input(say("review.ask_field", label=say("review.field", name=name), read=read_value(task, name)))
        if answer == _ILLEGIBLE:
            illegible.append(name)
        elif answer:
            fields[name] = answer
    if not fields and not illegible:
        return Correction({}, (), "", "")
    return Correction(fields, tuple(illegible), _must(say("review.ask_by")), _must(say("review.ask_why")))


def _must(question: str) -> str:
    answer = ""
    while not answer:
        answer = _input(question)
    return answer


def _input(question: str) -> str:
    try:
        return input(question).strip()
    except EOFError:
        raise CorpusError("review_needs_both") from None
