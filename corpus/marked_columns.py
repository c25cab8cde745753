"""Tables with a column for each body, in which marks say who leads a task ("x", "CT") and who helps ("PH")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.agencies import Agencies
from corpus.tables import Row, Table
from corpus.vietnamese import fold

_LEADS = frozenset({"ct", "c", "chu tri", "c.tri", "chinh"})
_HELPS = frozenset({"ph", "p", "phoi hop", "p.hop", "ho tro"})
_CROSSES = frozenset({"x", "xx", "v", "+", "*", "●", "•", "✓", "✔", "√", "×", "☑", "■", "o"})
_FEWEST = 2  # columns, of which so many name bodies that are known


@dataclass(frozen=True)
class Marked:
    """The columns of a table that are bodies: their places with the bodies as written."""

    bodies: Mapping[int, str]

    def cells(self, row: Row) -> dict[str, str]:
        """The lead and the bodies that help, as cells of a row. Beside "CT" a cross means one that helps."""
        said = {body: _mark(row.cell(place)) for place, body in self.bodies.items()}
        leads = [body for body, mark in said.items() if mark in _LEADS]
        crossed = [body for body, mark in said.items() if mark in _CROSSES]
        helps = [body for body, mark in said.items() if mark in _HELPS or (leads and mark in _CROSSES)]
        found = {"lead": "; ".join(leads or crossed)}
        return {**found, "coordinate": "; ".join(helps)} if helps else found


def marked_columns(table: Table, agencies: Agencies) -> Marked | None:
    """The columns of a table that are bodies, None where it has none: where no other column says who leads."""
    if table.column("lead") is not None:
        return None
    bodies = {c.index: c.header for c in table.columns if c.role == "other" and c.header and _is_marks(table, c.index)}
    known = sum(agencies.match(header) is not None for header in bodies.values())
    return Marked(bodies) if known >= _FEWEST else None


def _is_marks(table: Table, place: int) -> bool:
    """Whether a column holds nothing but marks, in rows that are tasks."""
    said = {_mark(row.cell(place)) for row in table.rows if len(row.filled) > 1}
    return said <= _LEADS | _HELPS | _CROSSES | {"", "-", "–"}


def _mark(cell: str) -> str:
    return fold(cell).strip(" .()").strip()
