"""Rows of an assignment table into task records: sections, numbers that restart, empty cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.agencies import Agencies
from corpus.deadlines import read_deadline
from corpus.outline import find_label
from corpus.records import AgencyMention, Task
from corpus.tables import Row, Table, clean_number, is_section_number
from corpus.vietnamese import fold

COMMUNES = ("phường", "xã", "đặc khu")
EXPECTED = ("number", "title", "lead", "deadline")


@dataclass(frozen=True)
class TableContext:
    """Where a table stands: its document, the name of the annex, the year of the plan (for bare months).

    ``commune`` is what the issuer's commune is called: "phường", "xã" or "đặc khu".
    """

    document: str
    label: str
    year: int | None
    commune: str = "phường"


@dataclass(frozen=True)
class _Section:
    number: str | None
    title: str | None


def missing_columns(table: Table) -> list[str]:
    """The roles that an assignment table should have and this one lacks."""
    return [role for role in EXPECTED if table.column(role) is None]


def tasks_of(table: Table, context: TableContext, agencies: Agencies, first: int = 0) -> Iterator[Task]:
    """The tasks of a table in order; ``first`` is the ordinal of the first one in its document."""
    section = _Section(None, None)
    ordinal = first
    for i, row in enumerate(table.rows):
        following = table.rows[i + 1] if i + 1 < len(table.rows) else None
        heading = _section_of(row, following, table)
        if heading is not None:
            section = heading
            continue
        yield _task(row, table, context, agencies, section, ordinal, ordinal - first + 1)
        ordinal += 1


def _section_of(row: Row, following: Row | None, table: Table) -> _Section | None:
    """The section that a row opens, or None where the row is a task."""
    number, title = table.column("number"), table.column("title")
    words = [i for i in row.filled if i != number]
    if len(words) > 1 or (words and words[0] not in (title, number) and title in row.filled):
        return None
    own = clean_number(row.cell(number)) if number is not None else None
    heading = row.cell(words[0]) if words else ""
    if own and is_section_number(own):
        return _Section(own, heading or None)
    if not heading:
        return None if own else _Section(None, None)
    if own is None:
        label = find_label(heading)
        numbered = label is not None and label.kind in ("roman", "capital")
        return _Section(
            label.value if label and numbered else None, heading[label.length :] if label and numbered else heading
        )
    below = clean_number(following.cell(number)) if following is not None and number is not None else None
    return _Section(own, heading) if below and below.startswith(f"{own}.") else None


def _task(
    row: Row,
    table: Table,
    context: TableContext,
    agencies: Agencies,
    section: _Section,
    ordinal: int,
    place: int,
) -> Task:
    def cell(role: str) -> str:
        index = table.column(role)
        return row.cell(index) if index is not None else ""

    number = clean_number(cell("number"))
    notes = [] if number else ["number_missing"]
    notes += [f"column_missing:{role}" for role in missing_columns(table)]
    return Task(
        document=context.document,
        ordinal=ordinal,
        table=context.label,
        section=section.number,
        section_title=section.title,
        number=number or str(place),
        title=cell("title"),
        lead=_named_here(agencies.split(cell("lead")), context.commune),
        coordinate=_named_here(agencies.split(cell("coordinate")), context.commune),
        leader=cell("leader") or None,
        product=cell("product"),
        remark=cell("note"),
        deadline=read_deadline(cell("deadline"), product=f"{cell('product')}; {cell('note')}", year=context.year),
        span=row.span,
        notes=tuple(notes),
    )


def _named_here(mentions: Iterable[AgencyMention], commune: str) -> tuple[AgencyMention, ...]:
    """Bodies of a commune under the name that they bear there: "Công an xã" in a xã, not "Công an phường"."""
    return tuple(_named(mention, commune) for mention in mentions)


def _named(mention: AgencyMention, commune: str) -> AgencyMention:
    if mention.collective or not mention.name.endswith(COMMUNES[0]):
        return mention
    written = next((word for word in COMMUNES if fold(mention.text).endswith(fold(word))), commune)
    return mention.model_copy(update={"name": mention.name.removesuffix(COMMUNES[0]) + written})


def looks_like_task_table_text(text: str) -> bool:
    """Whether a line holds the header of an assignment table that lost its cells (a scan, a bad paste)."""
    words = fold(text)
    heads = ("nhiem vu", "chu tri", "phoi hop", "thoi gian", "thoi han", "san pham", "noi dung", "don vi")
    return len(words) < 300 and sum(head in words for head in heads) >= 4
