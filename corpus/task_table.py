"""Rows of an assignment table into task records: sections, numbers that restart, empty cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from corpus.agencies import Agencies
from corpus.deadlines import read_deadline
from corpus.marked_columns import marked_columns
from corpus.reading import Certainty
from corpus.records import AgencyMention, Task
from corpus.tables import Row, Table, clean_number, is_section_number, section_label
from corpus.vietnamese import fold

COMMUNES = ("phường", "xã", "đặc khu")
EXPECTED = ("number", "title", "lead", "deadline")
TOLD = (*EXPECTED, "coordinate", "product")  # columns whose lack is noted in the tasks
_SURE_FIELDS = ("number", "title", "lead", "coordinate", "leader", "product", "deadline")
_DITTOED = ("lead", "coordinate", "leader", "product", "deadline")
_DITTO = re.compile(
    r"^(?:[-–(/]*\s*n\.?t\.?\s*[-–)/]*|-?//-?|[\"“”″〃']{1,2}|-\"-|\(?nhu (?:tren|dong tren|muc tren)\)?)\.?$"
)
_BULLET = re.compile(r"[-–+•]\s*\w")
_DASH = re.compile(r"^[-–—./…x]{1,3}$")
_CERTAIN_NAME = 95.0  # score of a section's title that names who leads what stands under it
_ROLE_LABEL = re.compile(r"(?:(?:don vi|co quan)\s+)?\b(?P<role>chu tri|phoi hop)(?:\s+(?:thuc hien|voi))?\s*:\s*")


@dataclass(frozen=True)
class TableContext:
    """Where a table stands: its document, the name of the annex, the year of the plan (for bare months).

    ``commune`` is what the issuer's commune is called: "phường", "xã" or "đặc khu".
    """

    document: str
    label: str
    year: int | None
    commune: str = "phường"
    certainty: Certainty = field(default_factory=Certainty)


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
    marked = marked_columns(table, agencies)
    above: dict[str, str] = {}
    ordinal = first
    for i, row in enumerate(table.rows):
        following = table.rows[i + 1] if i + 1 < len(table.rows) else None
        heading = _section_of(row, following, table)
        if heading is not None:
            section = heading
            continue
        cells = {**_cells(row, table, above), **(marked.cells(row) if marked else {})}
        yield _task(cells, row, table, context, agencies, section, ordinal, ordinal - first + 1)
        above = cells
        ordinal += 1


def _cells(row: Row, table: Table, above: Mapping[str, str]) -> dict[str, str]:
    """The cells of a row by role: ditto marks give way to the cell above, a lone dash to nothing.

    A number and the group that span several rows, or stand above items of a list, hold for all of them.
    """
    cells = {column.role: row.cell(column.index) for column in table.columns if column.role != "other"}
    if cells.get("note"):
        cells["note"] = _note(cells["note"], next(c.header for c in table.columns if c.role == "note"))
    for role in _DITTOED:
        words = fold(cells.get(role, "")).strip()
        if _DITTO.match(words):
            cells[role] = above.get(role, "")
        elif _DASH.match(words):
            cells[role] = ""
    if not cells.get("number") and (not cells.get("group", "-") or _BULLET.match(cells.get("title", ""))):
        cells |= {role: above[role] for role in ("group", "number") if role in above}
    if parted := _parted(cells.get("lead", "")):
        cells["lead"] = parted.get("chu tri", "")
        cells["coordinate"] = cells.get("coordinate") or parted.get("phoi hop", "")
    return cells


def _note(words: str, header: str) -> str:
    """A remark with the header of its column, unless that only says "Ghi chú": "Kinh phí (triệu đồng): 900"."""
    return words if fold(header).strip(" .:") == "ghi chu" else f"{header}: {words}"


def _parted(cell: str) -> dict[str, str]:
    """A cell that names both roles, "Chủ trì: …; Phối hợp: …", by role; empty where it does not."""
    marks = list(_ROLE_LABEL.finditer(fold(cell)))
    ends = [mark.start() for mark in marks[1:]] + [len(cell)] * bool(marks)
    return {mark["role"]: cell[mark.end() : end].strip(" ;,.-–") for mark, end in zip(marks, ends, strict=True)}


def _section_of(row: Row, following: Row | None, table: Table) -> _Section | None:
    """The section that a row opens, or None where the row is a task."""
    number, title = table.column("number"), table.column("title")
    words = [i for i in row.filled if i != number]
    if len(words) > 1 or (words and words[0] not in (title, number) and title in row.filled):
        return None
    first = row.cell(number) if number is not None else ""
    own, heading = clean_number(first), row.cell(words[0]) if words else ""
    if first and own is None:
        heading = f"{first} {heading}".strip()
    if own and is_section_number(own):
        return _Section(own, heading or None)
    if not heading:
        return None if own else _Section(None, None)
    if own is None:
        label = section_label(heading)
        return _Section(label.value, heading[label.length :].strip() or None) if label else _Section(None, heading)
    below = clean_number(following.cell(number)) if following is not None and number is not None else None
    return _Section(own, heading) if below and _stands_under(below, own) else None


def _stands_under(number: str, own: str) -> bool:
    """Whether a row's number counts below another one's: "1.1" or "a" below "1", as the first of its kind."""
    return number.startswith(f"{own}.") or (number == "a" and own[-1].isdigit())


def _task(
    cells: Mapping[str, str],
    row: Row,
    table: Table,
    context: TableContext,
    agencies: Agencies,
    section: _Section,
    ordinal: int,
    place: int,
) -> Task:
    def cell(role: str) -> str:
        return cells.get(role, "")

    number = clean_number(cell("number"))
    if "lead" not in cells and (body := agencies.match(section.title or "")) and body.score >= _CERTAIN_NAME:
        cells = {**cells, "lead": section.title or ""}
    certainty = _certainty(row, table, context.certainty)
    notes = [] if number else ["number_missing"]
    notes += [f"column_missing:{role}" for role in TOLD if role not in cells]
    return Task(
        document=context.document,
        ordinal=ordinal,
        table=context.label,
        section=section.number,
        section_title=section.title or cell("group") or None,
        number=number or str(place),
        title=cell("title"),
        lead=named_here(agencies.split(cell("lead")), context.commune),
        coordinate=named_here(agencies.split(cell("coordinate")), context.commune),
        leader=cell("leader") or None,
        product=cell("product"),
        remark=cell("note"),
        deadline=read_deadline(cell("deadline"), product=f"{cell('product')}; {cell('note')}", year=context.year),
        span=row.span,
        confidence=min(certainty.values(), default=1.0),
        certainty=certainty,
        notes=tuple(notes),
    )


def _certainty(row: Row, table: Table, known: Certainty) -> dict[str, float]:
    """By field how certain its words are, of those that are not wholly so."""
    found = {c.role: known.of(row.spans[c.index]) for c in table.columns if c.role in _SURE_FIELDS}
    return {role: value for role, value in found.items() if value < 1.0}


_OF_CITY = re.compile(r"(?i)thành phố$")
_OF_PROVINCE = re.compile(r"^(?!.*\bthanh pho\b).*\btinh\b")


def named_here(mentions: Iterable[AgencyMention], commune: str) -> tuple[AgencyMention, ...]:
    """Bodies of a commune or a province under the name that they bear there: "Công an xã" in a xã, not "Công an
    phường"; "Công an tỉnh" where that is written, not "Công an thành phố"."""
    return tuple(_named(mention, commune) for mention in mentions)


def _named(mention: AgencyMention, commune: str) -> AgencyMention:
    if not mention.collective and _OF_CITY.search(mention.name) and _OF_PROVINCE.search(fold(mention.text)):
        return mention.model_copy(update={"name": _OF_CITY.sub("tỉnh", mention.name)})
    if mention.collective or not mention.name.endswith(COMMUNES[0]):
        return mention
    written = next((word for word in COMMUNES if fold(mention.text).endswith(fold(word))), commune)
    return mention.model_copy(update={"name": mention.name.removesuffix(COMMUNES[0]) + written})


def looks_like_task_table_text(text: str) -> bool:
    """Whether a line holds the header of an assignment table that lost its cells (a scan, a bad paste)."""
    words = fold(text)
    heads = ("nhiem vu", "chu tri", "phoi hop", "thoi gian", "thoi han", "san pham", "noi dung", "don vi")
    return len(words) < 300 and sum(head in words for head in heads) >= 4
