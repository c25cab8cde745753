"""What rows of a list say of which tasks: rows that go in, and those that do not with the reason."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence

from connectors.lists import MARK, Bad, Listed, RawRow, ReadList
from connectors.lists_matching import Match, Plans, plain
from connectors.lists_values import StateRead, are_shares, is_marked, read_day, read_percent, read_state
from corpus.agencies import Agencies
from corpus.progress import TaskKey, TaskState
from corpus.records import Record, Task
from corpus.vietnamese import fold, squeeze, words

_LONGEST_REF = 128  # characters; of the column of the database
_LONGEST_NOTE = 2000  # characters; of a change
_TOLD = ("state", "percent", "asked", "assignee", "note", "lead", "deadline", "due")
_SAME = ("state", "open", "percent", "asked_due", "assignee", "note", "lead_ids", "due")
Step = Callable[[int, int], None]


class Sorted(Record):
    """The rows of a list: those that go in, those that name no task of a plan, and all that do not go in; ``unread``
    name a task of a plan, but what they say of it does not go in."""

    listed: tuple[Listed, ...]
    strange: tuple[Listed, ...]
    unread: tuple[Listed, ...]
    bad: tuple[Bad, ...]


class _Fault(Exception):
    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code, self.details = code, details


def sort_rows(
    read: ReadList, plans: Plans, agencies: Agencies, bodies: Sequence[str], years: dict[str, int | None], step: Step
) -> Sorted:
    """Sorts the rows of a list. ``bodies`` are names of bodies that agencies do not know, such as units of the office;
    ``years`` gives by document the year for days without one."""
    reader = _Reader(read, plans, agencies, bodies, years)
    listed: list[Listed] = []
    strange: list[Listed] = []
    unread: list[Listed] = []
    bad: list[Bad] = []
    for i, row in enumerate(read.rows):
        match = plans.match(row)
        try:
            said = reader.listed(row, match)
        except _Fault as fault:
            bad.append(Bad(line=row.line, sheet=row.sheet, code=fault.code, details=fault.details))
            unread += (
                [Listed(ref=_ref(row, match.task), line=row.line, sheet=row.sheet, task=match.task)]
                if match.task
                else []
            )
            continue
        if match.fault and not row.gone:
            details = {"number": said.number, "title": said.title} if match.fault != "empty" else {}
            bad.append(Bad(line=row.line, sheet=row.sheet, code=match.fault, details=details))
        if match.task is not None:
            listed.append(said)
        elif match.fault == "not_in_plan" or (row.gone and row.ref):
            strange.append(said)
        if i % 500 == 0:
            step(i, len(read.rows))
    once, twice, repeated = _once(listed)
    bad = sorted([*bad, *repeated], key=lambda b: (b.sheet, b.line))
    unread += twice
    return Sorted(listed=tuple(once), strange=tuple(strange), unread=tuple(unread), bad=tuple(bad))


def _once(rows: Sequence[Listed]) -> tuple[list[Listed], list[Listed], list[Bad]]:
    """Each task once: of rows that mean one task and say the same the first goes in, of others none."""
    by_task: dict[TaskKey | None, list[Listed]] = defaultdict(list)
    for row in rows:
        by_task[row.task].append(row)
    good: list[Listed] = []
    twice: list[Listed] = []
    bad: list[Bad] = []
    for same in by_task.values():
        agree = all(getattr(row, field) == getattr(same[0], field) for row in same for field in _SAME)
        (good if agree else twice).append(same[0])
        for row in same[agree:] if len(same) > 1 else ():
            others = [other.line for other in same if other is not row]
            details = {"number": row.number, "others": others}
            bad.append(Bad(line=row.line, sheet=row.sheet, code="repeated" if agree else "twice", details=details))
    return good, [Listed(ref=r.ref, line=r.line, sheet=r.sheet, task=r.task) for r in twice], bad


class _Reader:
    def __init__(
        self, read: ReadList, plans: Plans, agencies: Agencies, bodies: Sequence[str], years: dict[str, int | None]
    ) -> None:
        self._plans, self._agencies, self._years = plans, agencies, years
        self._shares = are_shares([row.cells["percent"] for row in read.rows if "percent" in row.cells])
        self._bodies = {plain(body) for body in bodies}
        for task in plans.tasks.values():
            self._bodies |= {plain(mention.text) for mention in (*task.lead, *task.coordinate)}

    def listed(self, row: RawRow, match: Match) -> Listed:
        """What a row says. Raises _Fault."""
        cells = row.cells
        if "over" in cells:
            raise _Fault("cells_over", value=cells["over"])
        task = self._plans.tasks.get(match.task) if match.task is not None else None
        year = self._years.get(match.task.document) if match.task is not None else None
        state, percent = self._standing(cells)
        lead, ids = self._lead(cells.get("lead", ""), task)
        seen = cells.get("seen", "")
        return Listed(
            ref=_ref(row, match.task),
            line=row.line,
            sheet=row.sheet,
            task=match.task,
            document=cells.get("document", ""),
            number=cells.get("number", "")[:100] or (task.number if task else ""),
            title=squeeze(cells.get("title", "")) or (task.title if task else ""),
            lead=lead,
            lead_ids=ids,
            deadline=cells.get("deadline", ""),
            due=self._due(cells, task, year),
            state=state.state if state else None,
            open=state is not None and state.state is None,
            percent=percent,
            asked_due=self._asked(cells.get("asked", ""), year),
            assignee=squeeze(cells.get("assignee", "")),
            note=self._note(cells),
            said=tuple(role for role in _TOLD if cells.get(role) or (seen and role in ("note",))),
            seen=int(seen) if seen.isdigit() and len(seen) < 15 else None,
            gone=row.gone,
        )

    def _standing(self, cells: dict[str, str]) -> tuple[StateRead | None, int | None]:
        marked = [role.removeprefix(MARK) for role, cell in cells.items() if role.startswith(MARK) and is_marked(cell)]
        if len(marked) > 1:
            raise _Fault("states_marked")
        written = cells.get("state", "").strip(" -–")
        state = StateRead(state=TaskState(marked[0])) if marked else read_state(written) if written else None
        if written and state is None:
            raise _Fault("state_unknown", value=written)
        if state is None and cells.get("result"):
            state = read_state(cells["result"])
        percent = self._percent(cells.get("percent", "")) if cells.get("percent", "").strip(" -–") else None
        percent = state.percent if percent is None and state else percent
        done = state is not None and state.state is TaskState.DONE
        begun = state is not None and state.state is TaskState.NOT_STARTED
        if percent is not None and not cells.get("seen") and ((done and percent < 100) or (begun and percent > 0)):
            raise _Fault("state_and_percent", value=written or cells.get("result", ""), percent=percent)
        return state, percent

    def _percent(self, cell: str) -> int:
        percent = read_percent(cell, self._shares)
        if percent is None:
            raise _Fault("percent_unreadable", value=cell)
        if not 0 <= percent <= 100:
            raise _Fault("percent_range", value=cell)
        return percent

    def _lead(self, cell: str, task: Task | None) -> tuple[str, tuple[str, ...]]:
        """Who leads, as written and by id. Raises _Fault "agency_unknown" for a body that neither the agencies nor
        the plans name."""
        written = squeeze(cell)
        if not written or (task is not None and plain(written) == plain(" ".join(m.text for m in task.lead))):
            return written, tuple(mention.agency_id for mention in task.lead) if task and written else ()
        mentions = self._agencies.split(cell)
        for mention in mentions:
            if mention.score == 0.0 and not mention.collective and plain(mention.text) not in self._bodies:
                raise _Fault("agency_unknown", value=mention.text)
        return written, tuple(mention.agency_id for mention in mentions)

    def _due(self, cells: dict[str, str], task: Task | None, year: int | None) -> dt.date | None:
        """The last day that a row names; where its words are the plan's, the plan's own."""
        words, plan = cells.get("deadline", ""), task.deadline if task else None
        due = plan.due if plan else None
        if words and not (plan and plain(words) == plain(plan.text)):
            read = read_day(words, year)
            if not read.understood:
                raise _Fault("day_unreadable", value=words)
            due = read.due
        elif not words:
            due = None
        if last := cells.get("due", ""):
            read = read_day(last, year)
            if not read.understood:
                raise _Fault("day_unreadable", value=last)
            changed = plan is None or read.due != plan.due
            due = read.due if changed or not words else due
        return due

    def _asked(self, cell: str, year: int | None) -> dt.date | None:
        if not cell.strip(" -–"):
            return None
        read = read_day(cell, year)
        if read.due is None:
            raise _Fault("day_unreadable", value=cell)
        return read.due

    def _note(self, cells: dict[str, str]) -> str:
        result, note = cells.get("result", ""), cells.get("note", "")
        told = [] if not result or (read_state(result) and len(words(result)) <= 4) else [result]
        note = "\n".join([*told, *([note] if note else [])])
        if len(note) > _LONGEST_NOTE:
            raise _Fault("note_long", most=_LONGEST_NOTE)
        return note


def _ref(row: RawRow, task: TaskKey | None) -> str:
    """By what a row is known again in its list."""
    name = row.ref or (f"{task.document}|{task.row}" if task else "")
    if not name:
        cells = row.cells
        name = "?" + "|".join(fold(cells.get(role, "")) for role in ("code", "document", "section", "number", "title"))
    return name if len(name) <= _LONGEST_REF and not name.startswith("?") else hashlib.sha256(name.encode()).hexdigest()
