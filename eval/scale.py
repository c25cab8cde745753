"""``make bench-scale``: search at 10,000 and more passages, over a corpus that is generated here.

Passages are written from the administrative Vietnamese of the documents at hand: sentence patterns are cut out of them
and their phrases are put together anew, bodies, places, figures and dates drawn at random, so that no text is a copy
and words have the frequencies that they have in plans. Some passages hold a planted fact; a question asks for it in
part of its words, in another order. Everything is seeded.

    python -m eval.scale 10000 100000
"""

from __future__ import annotations

import multiprocessing
import os
import platform
import random
import re
import resource
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import mkdtemp
from typing import TypeVar

from assistant.wiring import BUNDLED_DOCUMENTS
from retrieval.chroma import ChromaStore
from retrieval.pairs import MOST_PAIRS
from retrieval.search import VectorMeaning, search
from retrieval.static import StaticModel
from retrieval.tokens import syllables
from retrieval.training import train
from retrieval.vectors import Item, VectorFile
from retrieval.words import Entry, WordIndex, build_index, open_index

SIZES = (10_000, 100_000)
SEED = 7
PLANTED = 200
SEARCHES = 400
TRAINED_ON = 5_000  # passages; the text is of one kind, more would only take longer
GROUP = "passage"
T = TypeVar("T")
WORDS, MODELS, VECTORS = "words", "models", "vectors"
_LIMIT = 10
_PER_DOCUMENT = 60
_PHRASE = re.compile(r"[^.;:,!?()\"“”|\t\n]+")
_FEWEST, _MOST = 3, 14  # syllables of a phrase
_UPPER = re.compile(r"^\W*[A-ZĐÂÊÔƠƯ]")
_OPENERS = (
    "Đề nghị {body} {phrase}",
    "Giao {body} chủ trì, phối hợp với {other} {phrase}",
    "{body} có trách nhiệm {phrase}",
    "Trước ngày {day} tháng {month} năm {year}, {body} {phrase}",
    "Phấn đấu đến năm {year} đạt {figure}% {phrase}",
    "Trong quý {quarter}/{year}, {phrase}",
    "Đối với {place}, {phrase}",
)
_BODIES = ("Phòng", "Trung tâm", "Ban quản lý", "Tổ công tác", "Văn phòng", "Hội", "Đội", "Công an", "Trạm")
_PLACES = ("phường", "xã", "tổ dân phố", "thôn", "khu phố", "cụm", "ấp")


@dataclass(frozen=True)
class Planted:
    """A question and the key of the passage that answers it."""

    question: str
    key: str


@dataclass(frozen=True)
class Corpus:
    entries: list[Entry]
    planted: list[Planted]


def phrases(folder: Path = BUNDLED_DOCUMENTS) -> list[str]:
    """The phrases of the documents in a folder, in the order in which they stand there, each once."""
    found: dict[str, None] = {}
    for path in sorted(folder.glob("*.txt")):
        for match in _PHRASE.finditer(path.read_text(encoding="utf-8")):
            words = match[0].strip(" *_#-+").split()
            if _FEWEST <= len(words) <= _MOST and not any(char.isdigit() for char in match[0]):
                found[" ".join(words)] = None
    return list(found)


def generate(size: int, seed: int = SEED) -> Corpus:
    """A corpus of ``size`` passages with ``PLANTED`` questions; the same size and seed give the same corpus."""
    chance = random.Random(f"{seed}/{size}")
    writer = _Writer(chance, phrases())
    planted_at = set(chance.sample(range(size), PLANTED))
    entries: list[Entry] = []
    planted: list[Planted] = []
    heading = ""
    for number in range(size):
        if number % 6 == 0:
            heading = f"{chance.choice('IVX')}.{chance.randint(1, 20)}. {writer.phrase().capitalize()}"
        key = f"d{number // _PER_DOCUMENT:06d}\t{number % _PER_DOCUMENT}"
        sentences = [writer.sentence() for _ in range(chance.randint(1, 4))]
        if number in planted_at:
            fact, question = writer.fact()
            sentences.insert(chance.randint(0, len(sentences)), fact)
            planted.append(Planted(question, key))
        entries.append(Entry(key, key.partition("\t")[0], GROUP, " ".join(sentences), heading))
    return Corpus(entries, planted)


class _Writer:
    """Writes sentences out of phrases: halves of two that share a word are joined, as a speaker goes on."""

    def __init__(self, chance: random.Random, known: Sequence[str]) -> None:
        self._chance = chance
        self._known = [phrase for phrase in known if not _UPPER.match(phrase[1:2])]
        self._after: dict[str, list[list[str]]] = {}
        for phrase in self._known:
            words = phrase.split()
            for i, word in enumerate(words[:-1]):
                self._after.setdefault(word.lower(), []).append(words[i + 1 :])
        self._syllables = sorted({word for phrase in self._known for word in phrase.lower().split() if word.isalpha()})

    def phrase(self) -> str:
        """A phrase that goes on as another one does from a word that both hold."""
        words = self._chance.choice(self._known).split()
        for _ in range(2):
            at = self._chance.randrange(1, len(words))
            going_on = self._after.get(words[at].lower())
            if going_on:
                words = [*words[: at + 1], *self._chance.choice(going_on)]
        phrase = " ".join(words[:18])
        return phrase[0].lower() + phrase[1:]

    def name(self) -> str:
        """A name of two syllables that the documents hold, rarely side by side."""
        return " ".join(self._chance.choice(self._syllables).capitalize() for _ in range(2))

    def sentence(self) -> str:
        chance = self._chance
        text = chance.choice(_OPENERS).format(
            body=f"{chance.choice(_BODIES)} {self.name()}",
            other=f"{chance.choice(_BODIES)} {self.name()}",
            place=f"{chance.choice(_PLACES)} {self.name()}",
            phrase=f"{self.phrase()} {self.phrase()}",
            day=chance.randint(1, 28),
            month=chance.randint(1, 12),
            quarter=chance.choice(("I", "II", "III", "IV")),
            year=chance.randint(2024, 2032),
            figure=chance.randint(5, 100),
        )
        return text[0].upper() + text[1:] + "."

    def fact(self) -> tuple[str, str]:
        """A sentence that says one thing, and a question for it in some of its words, in another order."""
        body, place, act = f"{self._chance.choice(_BODIES)} {self.name()}", self.name(), self.phrase()
        fact = f"{body} {act} tại {place}, hoàn thành trước ngày {self._chance.randint(1, 28)} hằng tháng."
        words = act.split()
        kept = [word for word in words if self._chance.random() < 0.6] or words
        return fact, f"ở {place} thì {' '.join(kept)} do ai làm, bao giờ xong"


def main(sizes: Sequence[int]) -> None:
    """Measures each size in a folder of its own, and prints a line for each figure."""
    _write(f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores, pairs {MOST_PAIRS:,}")
    for size in sizes:
        folder = Path(mkdtemp(prefix="troly-scale-"))
        try:
            for name, value in measured(size, folder):
                _write(f"{size:>9,}  {name:<44}{value}")
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def measured(size: int, folder: Path) -> Iterator[tuple[str, str]]:
    """The figures of one size, each as soon as it is known."""
    corpus, seconds = _timed(lambda: generate(size))
    texts = sum(len(entry.body) for entry in corpus.entries)
    yield "generated", f"{seconds:.0f} s, {texts / 2**20:.0f} MB of text"
    _, seconds = _timed(lambda: build_index(folder / WORDS, corpus.entries))
    yield "word index", f"{seconds:.1f} s, {_megabytes(folder / WORDS):.0f} MB on disk"
    sample = corpus.entries[:TRAINED_ON]
    model, seconds = _timed(lambda: train(sample, folder / MODELS, lambda _done, _total: None))
    yield "training", f"{seconds:.0f} s, {model.card.terms:,} terms, {_megabytes(folder / MODELS):.0f} MB on disk"
    items = [Item(e.group, e.key, e.document, f"{e.heading} {e.body}") for e in corpus.entries]
    with closing(ChromaStore(folder / "chroma")) as store:
        _, seconds = _timed(lambda: store.sync(model, items, lambda _done, _total: None))
        yield "vectors into Chroma", f"{seconds:.0f} s, {_megabytes(folder / 'chroma'):.0f} MB on disk"
        _, seconds = _timed(lambda: store.copy(model.name, folder / VECTORS))
        yield "copy that questions read", f"{seconds:.0f} s, {_megabytes(folder / VECTORS):.0f} MB on disk"
    yield "peak memory of all of this", f"{_peak_megabytes():.0f} MB"
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:  # a process that only answers
        yield from pool.submit(searched, folder, corpus.planted).result()


def searched(folder: Path, planted: Sequence[Planted]) -> list[tuple[str, str]]:
    """The figures of searching what lies in a folder, with the memory that this process then takes."""
    index = open_index(folder / WORDS)
    assert index is not None
    model = StaticModel(next((folder / MODELS).iterdir()))
    meaning = VectorMeaning(model, VectorFile(folder / VECTORS))
    figures = [_searched("words", planted, index, None), _searched("both", planted, index, meaning)]
    return [*figures, ("peak memory of a process that searches", _memory())]


def _searched(
    name: str, planted: Sequence[Planted], index: WordIndex, meaning: VectorMeaning | None
) -> tuple[str, str]:
    asked = (list(planted) * (1 + SEARCHES // len(planted)))[:SEARCHES]
    times: list[float] = []
    found: dict[Planted, bool] = {}
    for p in [*asked[:5], *asked]:
        started = time.perf_counter()
        hits = search(index, meaning, syllables(p.question), p.question, GROUP, _LIMIT)
        times.append((time.perf_counter() - started) * 1000)
        found[p] = p.key in {hit.key for hit in hits}
    times = times[5:]
    p95 = quantiles(times, n=20, method="inclusive")[-1]
    share = sum(found.values()) / len(found)
    return f"search by {name}", f"p50 {median(times):.1f} ms, p95 {p95:.1f} ms, R@10 {share:.3f}"


def _memory() -> str:
    """The peak memory of this process; of Linux also what is its own and no page of a file that it maps."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return f"{_peak_megabytes():.0f} MB"
    lines = dict(line.split(":", 1) for line in status.read_text(encoding="utf-8").splitlines())
    peak, own = (int(lines[name].split()[0]) / 1024 for name in ("VmHWM", "RssAnon"))
    return f"{peak:.0f} MB, {own:.0f} MB without the files that it maps"


def _timed(act: Callable[[], T]) -> tuple[T, float]:
    started = time.perf_counter()
    return act(), time.perf_counter() - started


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20


def _peak_megabytes() -> float:
    unit = 2**20 if platform.system() == "Darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main([int(size.replace(",", "").replace("_", "")) for size in sys.argv[1:]] or SIZES)
