"""The cases in eval/cases: a question or a conversation, and what a right reply to its last turn has.

A case file is a YAML list. A file that lies in ``eval/cases`` asks about the documents that ship, one in a
folder ``eval/cases/NAME`` about those in ``eval/documents/NAME``; other folders of cases are laid out alike.
What a case expects of documents must stand in them: a task, a document or a quotation that does not exist is
a fault of the case.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BeforeValidator, Field, ValidationError

from assistant.reply import Status
from assistant.wiring import BUNDLED_DOCUMENTS
from connectors.database import Store
from corpus.errors import CorpusError
from corpus.records import Record, Task
from corpus.vietnamese import nfc
from prompts import say

CASES = Path(__file__).with_name("cases")
DOCUMENTS = Path(__file__).with_name("documents")
TAGS = CASES / "tags.yaml"
SHIPPED = "shipped"
TODAY = dt.date(2026, 11, 21)


def _one_or_many(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _date_as_written(value: object) -> object:
    """A day as YAML reads it; a number is none, though pydantic would take it for seconds."""
    if isinstance(value, dt.date | str | type(None)):
        return TODAY if value is None else value
    raise ValueError("a day is written YYYY-MM-DD")


Text = Annotated[str, Field(min_length=1)]
Wordings = Annotated[tuple[Text, ...], BeforeValidator(_one_or_many), Field(min_length=1)]


class Case(Record):
    """One case. Its fields are explained in docs/evaluation.md.

    ``tasks`` names the tasks that the reply is about as ``document/section/number``, all of them (None: not
    judged); ``facts`` holds for each fact its accepted wordings.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    turns: Annotated[tuple[str, ...], Field(min_length=1)]
    status: Annotated[tuple[Status, ...], BeforeValidator(_one_or_many), Field(min_length=1)]
    tags: Annotated[tuple[str, ...], Field(min_length=1)]
    unit: Text | None = None
    today: Annotated[dt.date, BeforeValidator(_date_as_written)] = TODAY
    tasks: tuple[Text, ...] | None = None
    tasks_optional: tuple[Text, ...] = ()
    facts: tuple[Wordings, ...] = ()
    documents: tuple[Text, ...] = ()
    quotes: tuple[Text, ...] = ()
    forbidden: tuple[Text, ...] = ()
    note: str = ""

    @property
    def kind(self) -> str:
        """What is asked: its first tag."""
        return self.tags[0]


@dataclass(frozen=True)
class Suite:
    """Cases that are asked of one set of documents."""

    name: str
    documents: Path
    cases: tuple[Case, ...]


@dataclass(frozen=True)
class Problem:
    """What is wrong with a case: in which file, at which line (from 1), in which field."""

    file: str
    line: int
    case: str
    field: str
    reason: str

    def sentence(self) -> str:
        """The problem in words."""
        return say("eval.problem", file=self.file, line=self.line, case=self.case, field=self.field, reason=self.reason)


class CaseError(CorpusError):
    """Cases that cannot be used; ``problems`` names every one."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("cases_bad", problems=[problem.sentence() for problem in self.problems])


@dataclass(frozen=True)
class _Placed:
    """A case and the YAML node that it was read from."""

    case: Case
    file: str
    node: yaml.MappingNode

    def problem(self, field: str, reason: str, index: int | None = None) -> Problem:
        loc = (field,) if index is None else (field, index)
        return Problem(self.file, _line_of(self.node, loc), self.case.id, field, reason)


@cache
def tag_labels() -> Mapping[str, str]:
    """Every tag with the words that reports show, kinds first."""
    raw = yaml.safe_load(TAGS.read_text(encoding="utf-8"))
    return {**raw["kinds"], **raw["others"]}


@cache
def kinds() -> frozenset[str]:
    """The tags that can be the first of a case."""
    return frozenset(yaml.safe_load(TAGS.read_text(encoding="utf-8"))["kinds"])


def load_suites(folder: Path = CASES, documents: Path | None = None) -> list[Suite]:
    """All cases below a folder, a suite for each set of documents.

    ``documents`` is what the cases right in the folder ask about (None: the documents that ship). Raises
    CaseError that names every problem; what only the documents can tell is checked by ``check_against``.
    """
    if not folder.is_dir():
        raise CorpusError("file_missing", file=str(folder))
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    suites = []
    for name, files in _files(folder).items():
        placed = [p for file in files for p in _read(file, folder, problems)]
        problems += _repeated(placed, seen)
        asked = (documents or BUNDLED_DOCUMENTS) if name == SHIPPED else folder.parent / DOCUMENTS.name / name
        suites.append(Suite(name, asked, tuple(p.case for p in placed)))
    if problems:
        raise CaseError(problems)
    if not any(suite.cases for suite in suites):
        raise CorpusError("cases_none", folder=str(folder))
    return suites


def check_against(suite: Suite, store: Store, folder: Path = CASES) -> list[Problem]:
    """What cases of a suite expect though it does not stand in the documents of the store."""
    tasks = {task_key(task) for task in store.tasks()}
    texts = {document.id: _flat(store.text_of(document.id) or "") for document in store.documents()}
    placed = [p for file in _files(folder)[suite.name] for p in _read(file, folder, [])]
    return [problem for p in placed for problem in _unfounded(p, tasks, texts)]


def task_key(task: Task) -> str:
    """A task as cases name it: document/section/number."""
    return f"{task.document}/{task.section or ''}/{task.number}"


def _files(folder: Path) -> dict[str, list[Path]]:
    """The case files by suite."""
    files: dict[str, list[Path]] = {}
    for path in sorted(folder.rglob("*.yaml")):
        parts = path.relative_to(folder).parts
        if len(parts) <= 2 and path.name != TAGS.name:
            files.setdefault(SHIPPED if len(parts) == 1 else parts[0], []).append(path)
    return files


def _read(path: Path, folder: Path, problems: list[Problem]) -> Iterator[_Placed]:
    """The cases of a file; what is wrong is added to ``problems``."""
    name = path.relative_to(folder).as_posix()
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        problems.append(Problem(name, mark.line + 1 if mark else 1, "", "", say("eval.not_yaml")))
        return
    if root is None:
        return
    if not isinstance(root, yaml.SequenceNode):
        problems.append(Problem(name, 1, "", "", say("eval.not_a_list")))
        return
    for node in root.value:
        if (placed := _case(node, name, problems)) is not None:
            yield placed


def _case(node: yaml.Node, file: str, problems: list[Problem]) -> _Placed | None:
    if not isinstance(node, yaml.MappingNode):
        problems.append(Problem(file, node.start_mark.line + 1, "", "", say("eval.not_a_case")))
        return None
    raw = _plain(node)
    name = str(raw.get("id", ""))
    try:
        placed = _Placed(Case.model_validate(raw), file, node)
    except ValidationError as error:
        for fault in error.errors():
            loc = fault["loc"]
            field = str(loc[0]) if loc else ""
            problems.append(Problem(file, _line_of(node, loc), name, field, _reason(fault["type"], loc)))
        return None
    problems += _bad_tags(placed)
    return placed


def _plain(node: yaml.MappingNode) -> dict[str, Any]:
    """The values of a node, texts in NFC; a value that YAML cannot read ("2026-13-01") as it is written."""
    raw: dict[str, Any] = {}
    for key, value in node.value:
        loader = yaml.SafeLoader("")
        try:
            read = loader.construct_object(value, deep=True)
        except (yaml.YAMLError, ValueError):
            read = getattr(value, "value", None)
        finally:
            loader.dispose()
        raw[str(key.value)] = read if key.value == "turns" else _in_nfc(read)
    return raw


def _in_nfc(value: object) -> object:
    if isinstance(value, str):
        return nfc(value)
    return [_in_nfc(item) for item in value] if isinstance(value, list) else value


def _reason(fault: str, loc: tuple[int | str, ...]) -> str:
    if loc == ("draft",):
        return say("eval.still_draft")
    known = {"missing": "eval.field_missing", "extra_forbidden": "eval.field_unknown", "enum": "eval.status_unknown"}
    if fault == "enum":
        return say(known[fault], known=[str(status) for status in Status])
    if fault.startswith("date") or loc[:1] == ("today",):
        return say("eval.field_no_day")
    return say(known.get(fault, "eval.field_bad"))


def _bad_tags(placed: _Placed) -> Iterator[Problem]:
    for i, tag in enumerate(placed.case.tags):
        if tag not in tag_labels():
            yield placed.problem("tags", say("eval.tag_unknown", tag=tag), i)
    if placed.case.kind in tag_labels() and placed.case.kind not in kinds():
        yield placed.problem("tags", say("eval.tag_no_kind", tag=placed.case.kind, known=sorted(kinds())))


def _repeated(placed: Iterable[_Placed], seen: dict[str, str]) -> Iterator[Problem]:
    for p in placed:
        if p.case.id in seen:
            yield p.problem("id", say("eval.id_repeated", other=seen[p.case.id]))
        seen.setdefault(p.case.id, p.file)


def _unfounded(placed: _Placed, tasks: set[str], texts: Mapping[str, str]) -> Iterator[Problem]:
    case = placed.case
    for i, key in enumerate(case.tasks or ()):
        if key not in tasks:
            yield placed.problem("tasks", say("eval.no_such_task", task=key), i)
    for i, names in enumerate(case.documents):
        for name in names.split("|"):
            if name not in texts:
                yield placed.problem("documents", say("eval.no_such_document", document=name), i)
    for i, words in enumerate(case.quotes):
        if not any(_flat(words) in text for text in texts.values()):
            yield placed.problem("quotes", say("eval.no_such_quote", quote=words), i)


def _flat(text: str) -> str:
    return " ".join(nfc(text).split())


def _line_of(node: yaml.Node, loc: Iterable[int | str]) -> int:
    """The line (from 1) of the value at a place below a node, or of the nearest thing above it."""
    line = node.start_mark.line
    for step in loc:
        below = _below(node, step)
        if below is None:
            break
        line, node = below
    return line + 1


def _below(node: yaml.Node, step: int | str) -> tuple[int, yaml.Node] | None:
    """The line of a step and the node it leads to."""
    if isinstance(node, yaml.MappingNode):
        return next(((k.start_mark.line, v) for k, v in node.value if k.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        child = node.value[step]
        return child.start_mark.line, child
    return None


def matches_any(key: str, patterns: Iterable[str]) -> bool:
    """Whether a task key fits one of the patterns, "*" standing for anything."""
    return any(re.fullmatch(re.escape(p).replace(r"\*", ".*"), key) for p in patterns)
