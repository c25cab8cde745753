"""``troly ingest``: files are taken in, and a table says of each what was understood and what was not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.faults import sentence_of
from assistant.index_commands import refresh_meaning
from assistant.ingest import Outcome, Result, ingest
from assistant.library import Library
from assistant.settings import Settings
from assistant.terminal import complain, new_table, progress, write_json, write_table
from assistant.wiring import BUNDLED_DOCUMENTS, open_library
from corpus.errors import CorpusError
from prompts import say

if TYPE_CHECKING:
    from rich.table import Table

_SHOWN_STRANGERS = 5
_LOOK_MS = 1000
_STORED = (Outcome.ADDED, Outcome.REPLACED)


def run_ingest(settings: Settings, paths: Sequence[Path], *, as_json: bool) -> bool:
    """Takes in files and shows what became of each; False where one failed or lacks a column."""
    library = open_library(settings)
    return _take_in(settings, library, paths or [BUNDLED_DOCUMENTS], as_json=as_json)


def run_watch(settings: Settings, folders: Sequence[Path], *, as_json: bool) -> None:
    """Takes in folders, then each file that comes or changes there, until it is stopped.

    Raises CorpusError where a path is no folder.
    """
    from watchfiles import Change, watch

    for folder in folders or [Path()]:
        if not folder.is_dir():
            raise CorpusError("watch_no_folder", path=str(folder))
    library = open_library(settings)
    wanted = list(folders or [Path()])
    looks = watch(*wanted, raise_interrupt=True, yield_on_timeout=True, rust_timeout=_LOOK_MS)
    next(looks)  # from here on nothing that comes is missed: what is there already is read while changes are noted
    _take_in(settings, library, wanted, as_json=as_json)
    complain(say("cli.watching", folders=[str(folder) for folder in wanted]))
    for changes in looks:
        gone = sorted(Path(path).name for change, path in changes if change is Change.deleted)
        changed = list(_to_read({Path(path) for change, path in changes if change is not Change.deleted}))
        if changed:
            _take_in(settings, library, changed, as_json=as_json)
        if gone:
            complain(say("cli.watched_gone", files=gone))


def _to_read(changed: Iterable[Path]) -> Iterator[Path]:
    """What is to be taken in anew: documents that changed, and the folder whose manifest did."""
    from corpus.manifest import MANIFEST_NAME
    from corpus.sources import is_document

    for path in sorted(changed):
        if path.name == MANIFEST_NAME:
            yield path.parent
        elif path.is_file() and is_document(path):
            yield path


def _take_in(settings: Settings, library: Library, paths: Sequence[Path], *, as_json: bool) -> bool:
    for path in paths:
        _tell_strangers(path)
    with progress(say("cli.reading")) as bar:
        results = list(ingest(paths, library.store, library.agencies, settings.reviews, bar))
    if any(result.outcome in _STORED for result in results):
        library.shelf()
        refresh_meaning(settings, library)
    if as_json:
        write_json([_as_json(result) for result in results])
    elif any(result.outcome is not Outcome.FAILED for result in results):
        write_table(_table(results))
    for result in results:
        for sentence in _sentences(result):
            complain(sentence)
    return not any(_is_bad(result) for result in results)


def _tell_strangers(path: Path) -> None:
    from corpus.sources import strangers_in

    names = strangers_in(path) if path.is_dir() else []
    if names:
        complain(say("cli.strangers", files=names[:_SHOWN_STRANGERS], more=max(0, len(names) - _SHOWN_STRANGERS)))


def _is_bad(result: Result) -> bool:
    return result.outcome is Outcome.FAILED or any(d.code == "column_missing" for d in result.doubts)


def _sentences(result: Result) -> Iterator[str]:
    if result.error is not None:
        yield sentence_of(result.error)
    if result.outcome is Outcome.SAME:
        yield say("cli.same_as", file=result.file, id=result.document)
    for doubt in result.doubts:
        yield say(f"errors.{doubt.code}", **doubt.details)


def _as_json(result: Result) -> dict[str, Any]:
    return {
        "file": result.file,
        "outcome": str(result.outcome),
        "document": result.document,
        "pages": result.pages,
        "tasks": result.tasks,
        "passages": result.passages,
        "seconds": round(result.seconds, 3),
        "notes": list(_sentences(result)),
    }


def _table(results: Sequence[Result]) -> Table:
    table = new_table("cli.ingest_columns")
    for result in results:
        counts = (result.pages or "", result.passages, result.tasks, len(result.doubts) or "")
        outcome = say("cli.outcome", name=str(result.outcome))
        table.add_row(result.file, outcome, *map(str, counts), f"{result.seconds:.1f}")
    return table
