"""The arrows between the rooms, what may not be imported on the way of a question, and every sentence said."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from prompts import knows

ROOT = Path(__file__).parents[1]
# Room: the rooms that it may import from, besides itself (DESIGN, "Rooms").
ARROWS = {
    "prompts": set(),
    "corpus": set(),
    "retrieval": {"corpus", "prompts"},
    "connectors": {"corpus", "prompts"},
    "assistant": {"corpus", "prompts", "retrieval", "connectors"},
    "eval": {"corpus", "prompts", "retrieval", "connectors", "assistant"},
}  # type: dict[str, set[str]]
HEAVY = ("torch", "sentence_transformers", "transformers", "chromadb", "langchain", "onnxruntime", "sklearn", "pandas")
SENTENCE_FILES = tuple(
    "answers calendar cli compare endings errors eval explain feedback index keeping lists people privacy progress "
    "review rights service".split()
)


def modules() -> list[Path]:
    return sorted(file for room in ARROWS for file in (ROOT / room).rglob("*.py"))


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def imported(tree: ast.AST) -> Iterator[str]:
    """The full names of the modules that are imported anywhere below a node."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide the arrow"
            yield node.module or ""


def at_the_top(tree: ast.Module) -> Iterator[str]:
    """The modules that importing this one imports: not those inside functions or under TYPE_CHECKING."""
    open_nodes: list[ast.AST] = list(tree.body)
    while open_nodes:
        node = open_nodes.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            open_nodes.extend(node.orelse)
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from imported(node)
        open_nodes.extend(ast.iter_child_nodes(node))


def names(file: Path) -> str:
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("file", modules(), ids=names)
def test_no_arrow_runs_up(file: Path) -> None:
    room = file.relative_to(ROOT).parts[0]
    reached = {name.split(".")[0] for name in imported(tree_of(file))} & {*ARROWS, "tests"}
    assert reached - {room} <= ARROWS[room]


@pytest.mark.parametrize("file", modules(), ids=names)
def test_no_heavy_library_at_the_top_of_a_module(file: Path) -> None:
    heavy = [name for name in at_the_top(tree_of(file)) if name.split(".")[0].startswith(HEAVY)]
    assert heavy == []


def test_stores_are_opened_in_the_wiring_only() -> None:
    opened = [
        names(file)
        for file in modules()
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Store", "Store.open", "database.Store.open")
    ]
    assert set(opened) == {"assistant/wiring.py"}


def test_no_circle_of_imports() -> None:
    names_of = {
        ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file for file in modules()
    }
    arrows = {name: {n for n in at_the_top(tree_of(file)) if n in names_of} for name, file in names_of.items()}
    while free := {name for name, reached in arrows.items() if not reached & arrows.keys()}:
        arrows = {name: reached for name, reached in arrows.items() if name not in free}
    assert arrows == {}, "these import one another in a circle"


def test_importing_the_command_line_imports_no_library_that_its_help_does_not_need() -> None:
    code = "import sys, assistant.cli; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT, timeout=60
    )
    unwanted = {"tantivy", "sqlalchemy", "rich", "rapidfuzz", "yaml", "pytest", *HEAVY}
    assert set(done.stdout.split()) & unwanted == set()


# --- sentences -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Macro:
    """What a sentence takes: all values, and those that it uses and so must be given."""

    takes: frozenset[str]
    needs: frozenset[str]


@cache
def macros() -> dict[str, Macro]:
    found: dict[str, Macro] = {}
    for file in sorted((ROOT / "prompts").glob("*.j2")):
        for node in Environment().parse(file.read_text(encoding="utf-8")).find_all(nodes.Macro):
            arguments = [argument.name for argument in node.args]
            required = set(arguments[: len(arguments) - len(node.defaults)])
            used = {name.name for part in node.body for name in part.find_all(nodes.Name)}
            found[f"{file.stem}.{node.name}"] = Macro(frozenset(arguments), frozenset(required & used))
    return found


@dataclass(frozen=True)
class Said:
    """A place in code where a sentence is named; ``values`` is None where they cannot be told."""

    where: str
    sentence: str
    values: frozenset[str] | None


def said() -> list[Said]:
    """Every say("…", …), and every fault or doubt that is raised with a code."""
    found: list[Said] = []
    for file in modules():
        codes = _codes(tree_of(file))
        for node in ast.walk(tree_of(file)):
            if isinstance(node, ast.Call) and node.args:
                found += [Said(f"{names(file)}:{node.lineno}", s, _values(node)) for s in _sentences(node, codes)]
    return found


def _codes(tree: ast.Module) -> list[str]:
    """The texts that are given to a variable named code, also by ``a if … else b``."""
    values = [n.value for n in ast.walk(tree) if isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == "code"]
    ends = [
        end for value in values for end in ((value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,))
    ]
    return [end.value for end in ends if isinstance(end, ast.Constant) and isinstance(end.value, str)]


def _sentences(call: ast.Call, codes: list[str]) -> list[str]:
    function, first = ast.unparse(call.func), call.args[0]
    literal = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None
    if function == "say":
        return [literal] if literal else []
    if function not in ("CorpusError", "ListError", "StoreError", "Doubt", "EmbeddingError", "VectorError"):
        return []
    if literal:
        return [f"errors.{literal}"]
    return [f"errors.{code}" for code in codes] if ast.unparse(first) == "code" else []


def _values(call: ast.Call) -> frozenset[str] | None:
    if ast.unparse(call.func) != "Doubt":
        given = [keyword.arg for keyword in call.keywords]
        return None if None in given else frozenset(name for name in given if name)
    details = call.args[1]
    if not isinstance(details, ast.Dict):
        return None
    return frozenset(str(key.value) for key in details.keys if isinstance(key, ast.Constant))


SAID = said()


def test_sentences_are_found_at_all() -> None:
    assert len(SAID) > 60
    assert {"errors.file_not_utf8", "errors.column_missing", "errors.store_unusable"} <= {
        item.sentence for item in SAID
    }


@pytest.mark.parametrize("item", SAID, ids=lambda item: f"{item.where} {item.sentence}")
def test_every_sentence_named_in_code_exists_and_gets_its_values(item: Said) -> None:
    assert item.sentence in macros()
    assert knows(item.sentence)
    if item.values is not None:
        macro = macros()[item.sentence]
        assert item.values <= macro.takes, "a value that the sentence does not take is an error when it is said"
        assert macro.needs <= item.values, "a value that is missing is an error when it is said"


def test_every_literal_that_looks_like_a_sentence_exists() -> None:
    """Names that are handed on before they are said: _table("cli.task_columns")."""
    for file in modules():
        if "ForeignKey" in file.read_text(encoding="utf-8"):  # names columns: "people.id"
            continue
        for node in ast.walk(tree_of(file)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                head, _, tail = node.value.partition(".")
                if head in SENTENCE_FILES and tail.isidentifier():
                    assert node.value in macros(), f"{names(file)}:{node.lineno} {node.value}"


@pytest.mark.parametrize("reason", ["unclear_empty", "unclear_script", "unclear_long", "chat_greeting", "refuse_rules"])
def test_prepared_endings_exist(reason: str) -> None:
    assert knows(f"endings.{reason}")


def test_a_sentence_that_is_not_there_is_not_known() -> None:
    assert not knows("errors.khong_co")


@pytest.mark.parametrize("file", [f for f in modules() if f.parts[-2] != "prompts"], ids=names)
def test_code_holds_no_vietnamese_sentence_for_people(file: Path) -> None:
    """Data (names, patterns) may be Vietnamese; what is written to a screen or into a reply stands in prompts/."""
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in (
            "print",
            "_print",
            "_to_stderr",
            "sys.stdout.write",
        ):
            for part in ast.walk(node):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    assert part.value.isascii(), f"{names(file)}:{node.lineno}"


@pytest.mark.parametrize("file", sorted((ROOT / "prompts").glob("*.j2")), ids=lambda file: file.name)
def test_nothing_stands_outside_the_sentences_of_a_file(file: Path) -> None:
    """What does is in no reply: a slip of the keyboard, or what a merge has left."""
    if file.name.endswith(".html.j2"):
        return
    macro = r"\{%-? macro .*?\{%-? endmacro -?%\}|\{#.*?#\}|\{%-? (?:import|from|set) .*?%\}"
    assert re.sub(macro, "", file.read_text(encoding="utf-8"), flags=re.DOTALL).strip() == ""
