"""From life to cases: conversations that were held, or a CSV that an officer filled in, as drafts for review.

A draft carries ``draft: true``, by which the loader refuses it: whoever reviews it corrects what the assistant
answered into what it should answer, and takes that line out.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.assistant import Assistant, Conversation, Turn
from assistant.explanation import Explanation
from assistant.journal import read_journal
from assistant.privacy import without_persons
from assistant.understand.query import Ask
from corpus.errors import CorpusError
from corpus.vietnamese import fold
from eval.case import TODAY
from eval.judging import told_tasks

_COLUMNS = {
    "question": ("cau hoi", "noi dung hoi"),
    "unit": ("don vi", "don vi hoi", "nguoi hoi"),
    "today": ("ngay hoi", "ngay"),
    "facts": ("phai noi", "cau tra loi dung", "tra loi dung", "dap an"),
    "documents": ("van ban",),
    "forbidden": ("khong duoc noi",),
    "note": ("ghi chu",),
}
_KINDS = {
    Ask.TASK: "number",
    Ask.FIND: "words",
    Ask.PLACE: "prose",
    Ask.LIST: "list",
    Ask.COUNT: "count",
    Ask.DOCUMENT: "document",
    Ask.CHAT: "chat",
    Ask.REFUSE: "refusal",
}
_QUOTE = 120
_CSV = ".csv"


@dataclass(frozen=True)
class Held:
    """A conversation to make a case of, and what an officer wrote about its right answer."""

    turns: tuple[str, ...]
    unit: str | None = None
    today: dt.date = TODAY
    facts: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    note: str = ""


def read_held(path: Path) -> list[Held]:
    """The conversations in a journal (.jsonl) or a table (.csv). Raises CorpusError that names line and column."""
    if not path.is_file():
        raise CorpusError("file_missing", file=str(path))
    try:
        return list(_from_csv(path) if path.suffix.lower() == _CSV else _from_journal(path))
    except UnicodeDecodeError as error:
        raise CorpusError("file_not_utf8", file=path.name) from error


def _from_journal(path: Path) -> Iterator[Held]:
    """A conversation for each id, its turns in order; the day and unit of its last turn."""
    turns: dict[str, list[Any]] = {}
    for entry in read_journal(path):
        turns.setdefault(entry.conversation, []).append(entry)
    for entries in turns.values():
        last = entries[-1]
        yield Held(tuple(entry.question for entry in entries), last.unit, last.today)


def _from_csv(path: Path) -> Iterator[Held]:
    text = path.read_text(encoding="utf-8-sig")
    rows = csv.reader(io.StringIO(text), delimiter=_delimiter(text))
    header = next(rows, [])
    columns = _columns(header, path.name)
    for row in rows:
        cells = {name: row[i].strip() for name, i in columns.items() if i < len(row) and row[i].strip()}
        if "question" in cells:
            try:
                yield _held(cells)
            except ValueError as error:
                raise CorpusError(
                    "csv_bad_value",
                    file=path.name,
                    line=rows.line_num,
                    column=header[columns["today"]].strip(),
                    value=cells["today"],
                ) from error


def _delimiter(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max(",;\t", key=head.count)


def _columns(header: Sequence[str], file: str) -> dict[str, int]:
    """The place of each known column."""
    names = [" ".join(fold(cell).split()) for cell in header]
    columns = {key: names.index(n) for key, known in _COLUMNS.items() for n in reversed(known) if n in names}
    if "question" not in columns:
        raise CorpusError("csv_no_question", file=file)
    return columns


def _held(cells: dict[str, str]) -> Held:
    """A row as a conversation: turns are divided by line breaks in the cell, several facts by ";".

    Raises ValueError where the day is none.
    """
    return Held(
        turns=tuple(filter(None, (turn.strip() for turn in cells["question"].splitlines()))),
        unit=cells.get("unit"),
        today=_day(cells["today"]) if "today" in cells else TODAY,
        facts=_parts(cells.get("facts", "")),
        documents=_parts(cells.get("documents", "")),
        forbidden=_parts(cells.get("forbidden", "")),
        note=cells.get("note", ""),
    )


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _day(written: str) -> dt.date:
    """A day as 2026-11-21 or 21/11/2026."""
    if match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", written):
        return dt.date(int(match[3]), int(match[2]), int(match[1]))
    return dt.date.fromisoformat(written)


def drafts(held: Iterable[Held], assistant: Assistant, prefix: str) -> Iterator[dict[str, Any]]:
    """A draft case for each conversation, ids counted from "prefix-001"; persons' names and numbers are gone.

    Expectations that the officer did not give are what the assistant answers today, to be corrected.
    """
    for number, conversation in enumerate(held, 1):
        turns = tuple(map(without_persons, conversation.turns))
        talk = Conversation()
        for turn in turns:
            explanation = assistant.explain(Turn(turn, conversation.today, conversation.unit), talk)
        yield _draft(f"{prefix}-{number:03}", turns, conversation, explanation)


def _draft(name: str, turns: tuple[str, ...], held: Held, explanation: Explanation) -> dict[str, Any]:
    reply = explanation.reply
    tags = [_KINDS.get(explanation.query.ask, "words")] + (["conversation"] if len(turns) > 1 else [])
    draft: dict[str, Any] = {
        "id": name,
        "draft": True,
        "note": without_persons(held.note),
        "unit": without_persons(held.unit) if held.unit else None,
        "today": held.today if held.today != TODAY else None,
        "turns": list(turns),
        "status": str(reply.status),
        "tasks": told_tasks(reply),
        "facts": [[without_persons(fact)] for fact in held.facts],
        "documents": list(held.documents) or list(dict.fromkeys(c.document for c in reply.citations)),
        "quotes": [] if reply.tasks else [_short(citation.quote) for citation in reply.citations[:1]],
        "forbidden": list(map(without_persons, held.forbidden)),
        "tags": tags,
    }
    return {key: value for key, value in draft.items() if value or key == "draft"}


def _short(quote: str) -> str:
    """The beginning of a quotation, whole words."""
    flat = " ".join(quote.split())
    return flat if len(flat) <= _QUOTE else flat[:_QUOTE].rsplit(" ", 1)[0]


def as_yaml(cases: Iterable[dict[str, Any]]) -> str:
    """Draft cases as a case file."""
    dumped = (
        yaml.safe_dump([case], allow_unicode=True, sort_keys=False, width=110, default_flow_style=None)
        for case in cases
    )
    return "\n".join(dumped)
