"""``troly doctor``: does the installation hold together, and what to do where it does not."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from assistant.faults import sentence_of
from assistant.index_commands import office_of
from assistant.library import Library
from assistant.meaning import (
    open_chroma,
    open_embedder,
    open_vectors,
    read_serving,
    serves_setting,
)
from assistant.renewal import FEWEST, is_building, is_wanted
from assistant.settings import AUTO, NO_EMBEDDINGS, Settings
from assistant.wiring import open_library
from corpus.records import Passage, Task
from prompts import say
from retrieval.embeddings import EmbeddingError
from retrieval.vectors import VectorError


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    name: str
    good: bool
    words: str


def run_doctor(settings: Settings, *, as_json: bool) -> bool:
    """Prints the findings; True where all are good."""
    findings = list(examine(settings))
    if as_json:
        rows = [{"name": f.name, "good": f.good, "text": f.words} for f in findings]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
    else:
        lines = [say("cli.doctor_line", name=f.words, good=f.good) for f in findings]
        sys.stdout.write("\n".join(lines) + "\n")
    return all(finding.good for finding in findings)


def examine(settings: Settings) -> Iterator[Finding]:
    """Looks at settings, database, index and the places of all citations."""
    yield Finding("data", True, say("cli.doctor_settings", data=str(settings.data)))
    yield _examine_ocr()
    library = open_library(settings)
    sound = library.store.is_sound()
    yield Finding("integrity", sound, say("cli.doctor_integrity", good=sound))
    if not sound:
        return
    counts = library.store.counts()
    if not counts:
        yield Finding("documents", False, say("cli.doctor_empty"))
        return
    tasks, passages = (sum(count[i] for count in counts.values()) for i in (0, 1))
    words = say("cli.doctor_store", documents=len(counts), tasks=tasks, passages=passages)
    yield Finding("documents", True, words)
    size = library.shelf().index.size
    yield Finding("index", size == tasks + passages, say("cli.doctor_index", entries=size, expected=tasks + passages))
    yield _examine_meaning(settings, library)
    bad = _bad_places(library)
    yield Finding("citations", bad == 0, say("cli.doctor_citations", bad=bad))


def _examine_ocr() -> Finding:
    """Whether scans can be read; an office without scans needs nothing, so its lack is no fault."""
    from corpus.readers.engine import program

    return Finding("ocr", True, say("cli.doctor_ocr", program=program()))


def _examine_meaning(settings: Settings, library: Library) -> Finding:
    """What finds by meaning: the model loads, the vectors are there, all of them."""
    name = "meaning"
    if settings.embeddings == NO_EMBEDDINGS:
        return Finding(name, True, say("cli.doctor_meaning_off"))
    expected, serving = len(office_of(library).entries), read_serving(settings)
    if serving is None:
        if settings.embeddings == AUTO and not is_wanted(settings, expected):
            return Finding(name, True, say("cli.doctor_meaning_small", entries=expected, fewest=FEWEST))
        return _unless_building(settings, say("cli.doctor_meaning_none"))
    if not serves_setting(settings, serving):
        return _unless_building(settings, say("cli.doctor_meaning_other", setting=settings.embeddings))
    try:
        open_embedder(settings, serving)
        with closing(open_chroma(settings)) as chroma:
            sizes = {open_vectors(settings, serving).size, chroma.open(serving.model).size}
    except (EmbeddingError, VectorError) as error:
        return Finding(name, False, sentence_of(error))
    size = expected if sizes == {expected} else min(sizes)
    words = say("cli.doctor_meaning", model=serving.model, entries=size, expected=expected, server=serving.server or "")
    return Finding(name, sizes == {expected}, words)


def _unless_building(settings: Settings, words: str) -> Finding:
    """A lack, but for what is being made at this moment."""
    if is_building(settings):
        return Finding("meaning", True, say("cli.doctor_meaning_building"))
    return Finding("meaning", False, words)


def _bad_places(library: Library) -> int:
    """How many ranges lie outside their document or hold nothing."""
    texts = {document: library.store.text_of(document) or "" for document in library.store.counts()}
    records: list[Passage | Task] = [*library.store.passages(), *library.store.tasks()]
    return sum(not texts[record.document][record.span.start : record.span.end].strip() for record in records)
