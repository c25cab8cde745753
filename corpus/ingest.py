"""A file into records: the document, its passages and its tasks, with doubts said aloud."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from corpus.agencies import Agencies
from corpus.cells import MIN_CELLS
from corpus.certainty import unsure_fields
from corpus.damaged_places import may_be_damaged
from corpus.duties import duties_of
from corpus.errors import CorpusError
from corpus.letterhead import Letterhead, based_on, read_letterhead, year_of
from corpus.manifest import ManifestEntry
from corpus.markup import clean
from corpus.paragraphs import Line, Paragraph, is_annex_line, lines_of, paragraphs_of
from corpus.passages import passages_of
from corpus.readers import read
from corpus.reading import Certainty, Doubt, Reading
from corpus.records import Access, Document, Passage, Quality, Span, Task
from corpus.relations import relations_of
from corpus.reviewing import Page, reviewed, transcribed
from corpus.reviews import SHIPPED, folders_of, reviews_of
from corpus.secrecy import degree_of_secrecy, is_internal
from corpus.sources import Source
from corpus.tables import CellLines, Table, clean_number, read_tables, section_label
from corpus.task_table import COMMUNES, TableContext, missing_columns, tasks_of
from corpus.vietnamese import nfc, words
from corpus.vocabulary import usual_damage

Placed = TypeVar("Placed", Passage, Task)
_STRAY_WORDS = 3  # a line of so few words between two pages of a table is no prose
_SECTION_TITLE = 200  # characters
_OCR_DAMAGE = 0.06


@dataclass(frozen=True)
class ReadDocument:
    """All that one file gave."""

    document: Document
    text: str
    passages: tuple[Passage, ...]
    tasks: tuple[Task, ...]
    duties: tuple[Task, ...] = ()  # of the prose, beside the rows of the tables
    doubts: tuple[Doubt, ...] = ()


def read_source(source: Source, agencies: Agencies, reviews: Path | None = None) -> ReadDocument:
    """Reads one file into records; ``reviews`` is the office's folder of reviews, which goes before those that ship.

    Raises CorpusError where the file cannot be used.
    """
    reading = checked(read(source.path), source.path.name)
    return records_of(reading, source.entry, agencies, folders_of(reviews))


def checked(reading: Reading, file: str) -> Reading:
    """The reading, where it may be kept. Raises CorpusError document_secret for a document under a mark of secrecy."""
    degree = degree_of_secrecy(reading)
    if degree is not None:
        raise CorpusError("document_secret", file=file, degree=degree)
    if not any(char.isalnum() for char in reading.text):
        raise CorpusError("file_empty", file=file)
    return reading


def records_of(
    reading: Reading, entry: ManifestEntry, agencies: Agencies, reviews: Sequence[Path] = (SHIPPED,)
) -> ReadDocument:
    """The records that a text gives, whatever format it came from.

    ``reviews`` are the folders of reviews that are laid over what the program reads, one after the other.
    """
    text = reading.text
    lines = lines_of(text)
    groups = _table_groups(lines)
    tables, left = read_tables(groups, text)
    celled = {line.start for group in groups for line in group.lines} - {line.start for line in left}
    paragraphs = paragraphs_of([line for line in lines if line.start not in celled], text)
    passages = passages_of(paragraphs, text, entry.id)
    letterhead = read_letterhead(text, paragraphs, passages)
    document = _document(entry, reading, letterhead, passages)
    certainty = Certainty(reading.unsure)
    about = TableContext(entry.id, "", year_of(text, letterhead), _commune(document), certainty)
    tasks = _tasks(tables, paragraphs, about, agencies)
    prose = [line for line in lines if line.start not in celled]
    found = list(reviews_of(entry.id, reviews))
    tasks += _damaged(prose, paragraphs, about, agencies, transcribed(found, text), first=len(tasks))
    page = Page(entry.id, entry.file, text.split("\n"), agencies, about.commune, about.year)
    seen = reviewed(tasks, found, page)
    doubts = (*reading.doubts, *_doubts(document, tables, seen.tasks, passages), *seen.doubts)
    duties = [] if document.quality is Quality.OCR else duties_of(passages, text, about, agencies)
    placed = (_paged(passages, reading), _paged(seen.tasks, reading), _paged(duties, reading))
    return ReadDocument(document, text, *placed, doubts)


def _paged(records: Sequence[Placed], reading: Reading) -> tuple[Placed, ...]:
    """The records with the pages on which they begin, where the file has any."""
    if not reading.pages:
        return tuple(records)
    return tuple(r.model_copy(update={"page": reading.page_of(r.span.start)}) for r in records)


def _damaged(
    lines: list[Line],
    paragraphs: list[Paragraph],
    about: TableContext,
    agencies: Agencies,
    done: list[Span],
    first: int,
) -> list[Task]:
    """The tasks of tables whose cells a scan has mixed line by line; ``done`` is what a person has read of them."""
    if not may_be_damaged(lines):
        return []
    from corpus.damaged import damaged_tasks, known_from_shipped

    def context(start: int) -> TableContext:
        return replace(about, label=_label_above(start, paragraphs))

    return damaged_tasks(lines, context, lambda: known_from_shipped(agencies), done, first)


def _table_groups(lines: list[Line]) -> list[CellLines]:
    """The runs of lines of cells; a line of two cells belongs to the run before it where it bears a number."""
    groups: list[CellLines] = []
    run: list[Line] = []
    prose = False
    for place, line in enumerate(lines):
        if len(line.cells) >= MIN_CELLS or (run and len(line.cells) > 1 and clean_number(line.cells[0])):
            run.append(line)
            continue
        if run and _heads_rows(lines[place : place + 2]):
            run.append(line)
            continue
        if run:
            groups.append(CellLines(run, prose))
            run, prose = [], False
        prose = prose or len(line.raw.split()) > _STRAY_WORDS or is_annex_line(clean(line.raw))
    return [*groups, CellLines(run, prose)] if run else groups


def _heads_rows(lines: list[Line]) -> bool:
    """Whether a line alone is the title of a section of a table: numbered, with a numbered row below it."""
    if len(lines) < 2 or len(lines[1].cells) < MIN_CELLS or not clean_number(clean(lines[1].cells[0])):
        return False
    words = clean(lines[0].raw)
    return len(words) <= _SECTION_TITLE and section_label(words) is not None


def _commune(document: Document) -> str:
    """What the issuer's commune is called, "phường" where the issuer is none or unknown."""
    found = words(document.issuer or "")
    return next((name for name in COMMUNES[1:] if words(name)[0] in found), COMMUNES[0])


def _tasks(tables: list[Table], paragraphs: list[Paragraph], about: TableContext, agencies: Agencies) -> list[Task]:
    tasks: list[Task] = []
    for table in tables:
        context = replace(about, label=_table_label(table, paragraphs))
        tasks.extend(tasks_of(table, context, agencies, first=len(tasks)))
    return tasks


def _table_label(table: Table, paragraphs: list[Paragraph]) -> str:
    """The annex in which a table stands, as its own title writes it: "Phụ lục", "Phụ lục II"; else empty."""
    return _label_above(table.header.start, paragraphs)


def _label_above(start: int, paragraphs: list[Paragraph]) -> str:
    before = [p for p in paragraphs if p.span.end <= start and is_annex_line(p.text)]
    if not before:
        return ""
    title = before[-1].text.strip(" .:]|[")
    return "Phụ lục" + nfc(title)[len("phụ lục") :].upper()


def _document(entry: ManifestEntry, reading: Reading, letterhead: Letterhead, passages: list[Passage]) -> Document:
    text, read_values = reading.text, letterhead.values
    stated = entry.model_fields_set

    def value(name: str) -> object:
        return getattr(entry, name) if name in stated else read_values.get(name)

    number = value("number")
    return Document.model_validate(
        {
            "id": entry.id,
            "file": entry.file,
            **{name: value(name) for name in ("kind", "number", "issuer", "date", "title", "signer")},
            "annex_of": entry.annex_of,
            "access": entry.access if "access" in stated or not is_internal(reading) else Access.INTERNAL,
            "quality": entry.quality if "quality" in stated else reading.quality or _quality(passages),
            "sha256": hashlib.sha256(text.encode("utf-8")).hexdigest(),
            "declared_tasks": entry.tasks,
            "based_on": based_on(passages, text, str(number) if number else None),
            "relations": relations_of(passages, text, str(number) if number else None),
            "marks": letterhead.marks,
            "pages": len(reading.pages),
        }
    )


def _quality(passages: list[Passage]) -> Quality:
    return Quality.OCR if usual_damage([p.text for p in passages]) > _OCR_DAMAGE else Quality.CLEAN


def _missing(table: Table, tasks: Sequence[Task]) -> list[str]:
    """The columns that a table lacks; who leads may stand in the titles of its sections."""
    unled = any("column_missing:lead" in task.notes for task in tasks)
    return [role for role in missing_columns(table) if role != "lead" or unled]


def _doubts(
    document: Document, tables: Sequence[Table], tasks: Sequence[Task], passages: Sequence[Passage]
) -> list[Doubt]:
    doubts = [
        Doubt("column_missing", {"file": document.file, "columns": missing})
        for table in tables
        if table.rows and (missing := _missing(table, tasks))
    ]
    ragged = sum(table.ragged for table in tables)
    if ragged:
        doubts.append(Doubt("rows_ragged", {"file": document.file, "count": ragged}))
    if any(p.role == "debris" for p in passages) and not tasks:
        doubts.append(Doubt("table_unreadable", {"file": document.file}))
    elif document.declared_tasks is not None and document.declared_tasks != len(tasks):
        details = {"file": document.file, "declared": document.declared_tasks, "read": len(tasks)}
        doubts.append(Doubt("task_count_differs", details))
    unsure = sum(bool(unsure_fields(task)) for task in tasks)
    if unsure:
        doubts.append(Doubt("fields_unsure", {"file": document.file, "id": document.id, "count": unsure}))
    unreadable = [task.number for task in tasks if task.deadline.kind == "unreadable" and task.deadline.text]
    if unreadable:
        doubts.append(Doubt("deadlines_unreadable", {"file": document.file, "numbers": unreadable}))
    return doubts
