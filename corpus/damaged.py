"""Tables of tasks whose cells a scan has mixed line by line: their rows as tasks, each field with its certainty.

What is read without enough certainty (``corpus.certainty.LEAST``) is not stated: an unreadable deadline, a lead left
empty with a note. The words of titles and products bear restored accents; a task's range gives the lines as received.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from statistics import fmean

from rapidfuzz import fuzz

from corpus.accents import Language
from corpus.agencies import Agencies
from corpus.certainty import LEAST
from corpus.damaged_agreement import Draft, agree
from corpus.damaged_columns import Columns, Prior
from corpus.damaged_fields import Reader
from corpus.damaged_header import DamagedTable, find_damaged, roles_in_order
from corpus.damaged_rows import Lines, RawRow, other_readings, read_rows
from corpus.damaged_search import NOISE, line_dealt
from corpus.damaged_sections import Block, blocks_of
from corpus.damaged_terms import PHRASES
from corpus.damaged_words import Word, unglued, words_of
from corpus.manifest import read_manifest
from corpus.paragraphs import Line
from corpus.records import AgencyMention, Deadline, DeadlineKind, Quality, Span, Task
from corpus.task_table import TOLD, TableContext

_SHIPPED = Path(__file__).with_name("documents")
_NUMBERED_SHARE, _STATED_SHARE = 0.5, 0.3  # of the rows of a table that is one
_DONE_SHARE = 0.75  # of a table's lines that a person has read
_POINT = re.compile(r"(?:^|[\s|])[-–] ?(?=[^\W\d_])")
_OF_SEVERAL = 0.55  # what is left of a product's certainty in a row of several points, of which it may have lost one
LOST_NUMBER = 0.65
"""How certain a number is that does not stand in its row but follows from those around it."""


@dataclass(frozen=True)
class Known:
    """What damaged words are held against: the bodies, and the clean texts of the office."""

    agencies: Agencies
    texts: Sequence[str]
    language: Language
    prior: Prior

    @classmethod
    def of(cls, agencies: Agencies, texts: Iterable[str]) -> Known:
        """From the bodies that are known and clean texts."""
        held = list(texts)
        names = [name for agency in agencies for name in (agency.name, *agency.aliases)]
        lines = [line for text in held for line in text.splitlines()]
        return cls(
            agencies, held, Language([*names, *chain.from_iterable(PHRASES.values()), *held]), Prior(agencies, lines)
        )


@lru_cache(maxsize=2)
def known_from_shipped(agencies: Agencies) -> Known:
    """From the clean documents that ship."""
    entries = read_manifest(_SHIPPED) if _SHIPPED.is_dir() else []
    files = [_SHIPPED / entry.file for entry in entries if entry.quality is Quality.CLEAN]
    return Known.of(agencies, [file.read_text(encoding="utf-8") for file in files if file.is_file()])


def damaged_tasks(
    lines: Sequence[Line],
    context: Callable[[int], TableContext],
    known: Callable[[], Known],
    done: Sequence[Span] = (),
    first: int = 0,
) -> list[Task]:
    """The tasks of the damaged tables among lines; ``first`` is the ordinal of the first one.

    ``context`` tells where a table stands that begins at a character; ``known`` is asked only where there is one.
    Tables that stand almost wholly in the ranges ``done`` (in order) are left out: a person has read them.
    """
    tasks: list[Task] = []
    for table in find_damaged(lines):
        if not _is_done(table, done):
            tasks += _tasks_of(table, context(table.header[0].start), known(), first + len(tasks))
    return tasks


def _is_done(table: DamagedTable, done: Sequence[Span]) -> bool:
    starts = [span.start for span in done]
    places = (bisect_right(starts, line.start) - 1 for line in table.body)
    held = sum(at >= 0 and line.start < done[at].end for at, line in zip(places, table.body, strict=True))
    return held >= _DONE_SHARE * len(table.body)


def _tasks_of(table: DamagedTable, context: TableContext, known: Known, first: int) -> list[Task]:
    words = unglued([words_of(line) for line in table.body], known.prior.pairs())
    roles = roles_in_order(table, words, known.prior.columns(sorted(table.roles)))
    columns = known.prior.columns(roles)
    blocks = blocks_of(words, [line.raw for line in table.body], lambda line: _is_title(line, roles, columns))
    found, columns = read_rows(
        [words[block.first : block.last] for block in blocks], roles, lambda cells: known.prior.columns(roles, cells)
    )
    reader = Reader([row for rows in found for row in rows], columns, known.agencies, known.language)
    held = ((block, row) for block, rows in zip(blocks, found, strict=True) for row in rows)
    places = (
        (block, row, _Place(table, words, roles, columns, context, first + i)) for i, (block, row) in enumerate(held)
    )
    drafts = [(_draft(row, block, reader, place), row, block, place) for block, row, place in places]
    agree([draft for draft, *_ in drafts], roles)
    tasks = [_task(draft, reader, row, block, place) for draft, row, block, place in drafts]
    return tasks if _is_table(tasks) else []


def _is_table(tasks: Sequence[Task]) -> bool:
    """Whether enough of the rows bear their number, or say who or when, for the lines to be a table at all."""
    numbered = sum(task.certainty["number"] > LOST_NUMBER for task in tasks)
    stated = sum(bool(task.lead) or task.deadline.kind is not DeadlineKind.UNREADABLE for task in tasks)
    return numbered >= _NUMBERED_SHARE * len(tasks) or stated >= _STATED_SHARE * len(tasks)


def _is_title(line: Sequence[Word], roles: Sequence[str], columns: Columns) -> bool:
    return all(role in ("title", NOISE) for role, _ in line_dealt(line, roles, columns)[0])


@dataclass(frozen=True)
class _Place:
    table: DamagedTable
    words: Lines
    roles: Sequence[str]
    columns: Columns
    context: TableContext
    ordinal: int


def _draft(row: RawRow, block: Block, reader: Reader, place: _Place) -> Draft:
    """A row as it was read, each field with its certainty as far as the row alone tells it."""
    title, product = (reader.words(row, role) for role in ("title", "product"))
    leader = reader.leader(row)
    lead, coordinate = (reader.bodies(row, role) for role in ("lead", "coordinate"))
    deadline = reader.deadline(row, product.text, place.context.year)
    steady = _steadiness(row, block, reader, place)
    fields = {"number": 1.0 if row.read else LOST_NUMBER, "title": title.certainty, "lead": lead[1],
              "coordinate": coordinate[1], "product": product.certainty, "deadline": deadline[1],
              "leader": leader.certainty}  # fmt: skip
    fields = {name: value * steady.get(name, 1.0) for name, value in fields.items()}
    if _has_points(row, block, place):
        fields["product"] *= _OF_SEVERAL
    certainty = _certainties(fields, row, place)
    return Draft(title.text, product.text, leader.text, lead[0], coordinate[0], deadline[0], certainty)


def _task(draft: Draft, reader: Reader, row: RawRow, block: Block, place: _Place) -> Task:
    certainty = {name: round(value, 2) for name, value in draft.certainty.items()}
    lines = _lines_of(row, block, place)
    return Task(
        document=place.context.document,
        ordinal=place.ordinal,
        table=place.context.label,
        section=block.number,
        section_title=reader.line(block.title) or None,
        number=str(row.number),
        title=draft.title,
        lead=draft.lead if certainty["lead"] >= LEAST else (),
        coordinate=draft.coordinate if certainty.get("coordinate", 0.0) >= LEAST else (),
        leader=draft.leader if certainty.get("leader", 0.0) >= LEAST else None,
        product=draft.product,
        deadline=_stated(draft.deadline, certainty["deadline"]),
        span=Span(start=lines[0].start, end=lines[-1].end),
        confidence=min(certainty.values()),
        certainty=certainty,
        notes=tuple(_notes(certainty, place.roles)),
    )


def _lines_of(row: RawRow, block: Block, place: _Place) -> Sequence[Line]:
    return place.table.body[block.first + row.first : block.first + row.last + 1]


def _has_points(row: RawRow, block: Block, place: _Place) -> bool:
    """Whether the product is one of several points: it begins with a dash, or the row's lines have more than one."""
    lines = _lines_of(row, block, place)
    first = row.words("product")[:1]
    points = [line.start + point.end() for line in lines for point in _POINT.finditer(line.raw)]
    return len(points) > 1 or any(word.span.start in points or word.text[0] in "-–" for word in first)


def _steadiness(row: RawRow, block: Block, reader: Reader, place: _Place) -> dict[str, float]:
    """By field the share (0 to 1) of readings that lean a little another way and still say the same."""
    lines = place.words[block.first : block.last]
    others = other_readings(row, lines, place.roles, place.columns)
    year = place.context.year
    found = {
        role: fmean(_alike(reader.bodies(row, role)[0], reader.bodies(other, role)[0]) for other in others)
        for role in ("lead", "coordinate")
        if role in place.roles
    }
    for role in ("title", "product"):
        if role in place.roles:
            own = reader.words(row, role).text
            found[role] = min(_letters_alike(own, reader.words(other, role).text) for other in others)
    if "deadline" in place.roles:
        day = reader.deadline(row, "", year)[0]
        found["deadline"] = fmean(_same_day(day, reader.deadline(other, "", year)[0]) for other in others)
    return found


def _alike(one: Sequence[AgencyMention], other: Sequence[AgencyMention]) -> bool:
    return [mention.agency_id for mention in one] == [mention.agency_id for mention in other]


def _letters_alike(one: str, other: str) -> float:
    """How alike two cells are (0 to 1): a word more or less costs a short one much and a long one little."""
    return float(fuzz.ratio(one, other)) / 100


def _same_day(one: Deadline, other: Deadline) -> bool:
    return (one.kind, one.due, one.tentative) == (other.kind, other.due, other.tentative)


def _certainties(fields: dict[str, float], row: RawRow, place: _Place) -> dict[str, float]:
    """The certainty of each column that the table has, no more than that of the characters in it."""
    known = place.context.certainty
    return (
        {
            name: min(value, known.of([word.span for word in row.words(name)]))
            for name, value in fields.items()
            if name == "number" or name in place.roles
        }
        | ({} if "lead" in place.roles else {"lead": 0.0})
        | ({} if "deadline" in place.roles else {"deadline": 0.0})
    )


def _stated(deadline: Deadline, certainty: float) -> Deadline:
    if certainty >= LEAST:
        return deadline
    return Deadline(text=deadline.text, kind=DeadlineKind.UNREADABLE)


def _notes(certainty: dict[str, float], roles: Sequence[str]) -> Iterator[str]:
    yield from (f"unreadable:{name}" for name, value in certainty.items() if value < LEAST and name != "number")
    yield from (f"column_missing:{role}" for role in TOLD if role != "number" and role not in roles)
