"""What a search asks of stored vectors, and the file in which a question reads them.

Chroma (``retrieval/chroma.py``) keeps the vectors; a copy of them lies beside it as plain arrays, sorted by group and
document, so that a question maps what it needs into memory and need not load Chroma (docs/adr/0010). Up to EXACT rows
are multiplied; of more, the signs of the numbers choose those that are (32 bytes a row instead of 1 KB).
"""

from __future__ import annotations

import contextlib
import mmap
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from corpus.records import Record
from retrieval.static import hashed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from retrieval.embeddings import Matrix

FORMAT = 2
EXACT = 30_000  # rows of which every one is multiplied: about 5 ms
LIKELY = 4_000  # rows that are multiplied of more than that
_WORD = 64  # signs in a number
_BLOCK = 50_000  # rows that are written at once
_SAMPLED = 16  # of so many rows one tells how like the likely ones are
_CACHED = 16_384  # rows of which the signs are compared at once
_HEAD, _VECTORS, _SIGNS, _IDS, _ENDS, _HASHES, _ROWS = (
    "head.json",
    "vectors.npy",
    "signs.npy",
    "ids.txt",
    "ends.npy",
    "hashes.npy",
    "rows.npy",
)


class VectorError(RuntimeError):
    """Stored vectors that cannot be read or written; ``code`` names the sentence in prompts/."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(f"{code}: {details}")
        self.code = code
        self.details = details


@dataclass(frozen=True)
class Item:
    """Something that has a vector: what it is found by, and what a search may be restricted to."""

    group: str
    key: str
    document: str
    text: str
    issuer: str = ""
    access: str = "public"

    @property
    def id(self) -> str:
        """Its name among all vectors, the same as long as it stands at its place in its document."""
        return id_of(self.group, self.key)


def id_of(group: str, key: str) -> str:
    """The name of an item among all vectors."""
    return f"{group}\t{key}"


class Vectors(Protocol):
    """Vectors that are ready to be asked."""

    @property
    def size(self) -> int: ...

    def near(
        self,
        vector: Matrix,
        group: str,
        limit: int,
        *,
        keys: Iterable[str] = (),
        documents: Sequence[str] | None = None,
    ) -> dict[str, float]:
        """The cosines, by key, of the ``limit`` nearest items of a group (in some documents) and of those named.

        Raises VectorError where they cannot be read.
        """
        ...


class Block(Record):
    """The rows ``[start, end)`` that belong to one document of one group."""

    group: str
    document: str
    start: int
    end: int


class _Head(Record):
    format: int
    blocks: tuple[Block, ...]


class VectorFile:
    """Vectors in a folder, read where they lie; exact up to EXACT rows, above nearly (docs/performance.md).

    Raises VectorError where there are none that can be read.
    """

    def __init__(self, folder: Path) -> None:
        import numpy as np

        try:
            head = _Head.model_validate_json((folder / _HEAD).read_text(encoding="utf-8"))
            self._vectors: Matrix = np.load(folder / _VECTORS, mmap_mode="r")
            self._signs: NDArray[np.uint64] = np.load(folder / _SIGNS, mmap_mode="r")
            self._ends: NDArray[np.int64] = np.load(folder / _ENDS, mmap_mode="r")
            self._hashes: NDArray[np.uint64] = np.load(folder / _HASHES, mmap_mode="r")
            self._rows: NDArray[np.int64] = np.load(folder / _ROWS, mmap_mode="r")
            self._ids = _mapped(folder / _IDS)
        except (OSError, ValueError, EOFError) as error:
            raise VectorError("vectors_unreadable", folder=folder.name) from error
        parts = (self._ends, self._hashes, self._rows, self._signs.T)
        words = -(-self._vectors.shape[1] // _WORD)
        same = len(self._signs) == words and all(len(part) == len(self._vectors) for part in parts)
        if head.format != FORMAT or not same or (len(self._ends) and int(self._ends[-1]) != len(self._ids)):
            raise VectorError("vectors_unreadable", folder=folder.name)
        self._blocks = head.blocks
        self._whole: dict[str, list[slice]] = {}

    @property
    def size(self) -> int:
        return len(self._vectors)

    def near(
        self,
        vector: Matrix,
        group: str,
        limit: int,
        *,
        keys: Iterable[str] = (),
        documents: Sequence[str] | None = None,
    ) -> dict[str, float]:
        import numpy as np

        rows = self._likely(vector, self._stretches(group, documents), max(LIKELY, limit))
        cosines = np.concatenate([self._vectors[piece] @ vector for piece in rows] or [np.zeros(0)])
        numbers = np.concatenate([_numbers(piece) for piece in rows] or [np.zeros(0, dtype=np.int64)])
        best = np.argpartition(-cosines, limit)[:limit] if len(cosines) > limit else np.arange(len(cosines))
        found = dict(zip(self._keys(numbers[best]), cosines[best].tolist(), strict=True))
        others = [key for key in keys if key not in found]
        if others:
            held, places = self._rows_of([id_of(group, key) for key in others])
            found |= {
                others[i]: cosine for i, cosine in zip(held, (self._vectors[places] @ vector).tolist(), strict=True)
            }
        return found

    def _likely(self, vector: Matrix, pieces: Sequence[slice], limit: int) -> list[slice | NDArray[np.int64]]:
        """Rows that are worth a multiplication: all of few, of many those whose signs are most like the vector's."""
        import numpy as np

        if sum(piece.stop - piece.start for piece in pieces) <= max(EXACT, limit):
            return list(pieces)
        wanted = _signs_of(vector[None, :])[:, 0]
        unlike = np.concatenate([_differing(self._signs[:, piece], wanted) for piece in pieces])
        sample = unlike[::_SAMPLED]
        chosen = np.flatnonzero(unlike <= np.partition(sample, limit // _SAMPLED)[limit // _SAMPLED])
        starts, stops = (np.array(edge) for edge in zip(*((piece.start, piece.stop) for piece in pieces), strict=True))
        ends = np.cumsum(stops - starts)
        place = np.searchsorted(ends, chosen, side="right")
        return [chosen - ends[place] + stops[place]]

    def _stretches(self, group: str, documents: Sequence[str] | None) -> list[slice]:
        """The rows of a group in as few pieces as there are."""
        if documents is None:
            if group not in self._whole:
                self._whole[group] = self._pieces(group, None)
            return self._whole[group]
        return self._pieces(group, documents)

    def _pieces(self, group: str, documents: Sequence[str] | None) -> list[slice]:
        wanted = None if documents is None else frozenset(documents)
        pieces: list[slice] = []
        for block in self._blocks:
            if block.group != group or (wanted is not None and block.document not in wanted):
                continue
            if pieces and pieces[-1].stop == block.start:
                pieces[-1] = slice(pieces[-1].start, block.end)
            else:
                pieces.append(slice(block.start, block.end))
        return pieces

    def _keys(self, rows: NDArray[np.int64]) -> list[str]:
        ends = self._ends[rows].tolist()
        starts = [self._ends[row - 1].item() if row else 0 for row in rows.tolist()]
        names = (self._ids[start:end].decode("utf-8") for start, end in zip(starts, ends, strict=True))
        return [name.partition("\t")[2] for name in names]

    def _rows_of(self, names: Sequence[str]) -> tuple[list[int], NDArray[np.int64]]:
        """Which of some names have vectors, and the rows of these."""
        import numpy as np

        wanted = np.array([hashed(name) for name in names], dtype=np.uint64)
        places = np.minimum(np.searchsorted(self._hashes, wanted), max(len(self._hashes) - 1, 0))
        held = np.flatnonzero(self._hashes[places] == wanted) if len(self._hashes) else np.zeros(0, dtype=np.int64)
        return held.tolist(), self._rows[places[held]] if len(held) else np.zeros(0, dtype=np.int64)


def _numbers(rows: slice | NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers of rows."""
    import numpy as np

    return np.arange(rows.start, rows.stop) if isinstance(rows, slice) else rows


def _signs_of(vectors: Matrix) -> NDArray[np.uint64]:
    """The signs of vectors as bits, 64 numbers a word: [words, len(vectors)]."""
    import numpy as np

    bits = np.packbits(vectors > 0, axis=1)
    missing = -bits.shape[1] % 8
    return np.ascontiguousarray(np.pad(bits, ((0, 0), (0, missing))).view(np.uint64).T)


def _differing(signs: NDArray[np.uint64], wanted: NDArray[np.uint64]) -> NDArray[np.uint16]:
    """How many signs of each row are not those wanted; few means a small angle (Charikar 2002)."""
    import numpy as np

    unlike = np.zeros(signs.shape[1], dtype=np.uint16)
    for start in range(0, len(unlike), _CACHED):  # a piece that stays in the cache of a core
        piece = unlike[start : start + _CACHED]
        for row, word in zip(signs[:, start : start + _CACHED], wanted, strict=True):
            piece += np.bitwise_count(row ^ word)
    return unlike


def _mapped(path: Path) -> mmap.mmap | bytes:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if path.stat().st_size else b""


def write_vectors(folder: Path, items: Iterable[tuple[str, str, str]], vectors: Matrix) -> None:
    """Writes vectors into ``folder``, in place of what stood there; ``items``: group, document and key of each row."""
    import numpy as np

    named = sorted((group, document, key, i) for i, (group, document, key) in enumerate(items))
    order = [i for *_, i in named]
    ids = [id_of(group, key).encode("utf-8") for group, _, key, _ in named]
    hashes = np.array([hashed(name.decode("utf-8")) for name in ids], dtype=np.uint64)
    by_hash = np.argsort(hashes)
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".vectors-", dir=folder.parent))
    try:
        _write_in_order(work, vectors, order)
        np.save(work / _ENDS, np.cumsum([len(name) for name in ids], dtype=np.int64))
        np.save(work / _HASHES, hashes[by_hash])
        np.save(work / _ROWS, by_hash.astype(np.int64))
        (work / _IDS).write_bytes(b"".join(ids))
        head = _Head(format=FORMAT, blocks=tuple(_blocks(named)))
        (work / _HEAD).write_text(head.model_dump_json(), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        with contextlib.suppress(OSError):  # another process was faster with the same content
            work.rename(folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _write_in_order(folder: Path, vectors: Matrix, order: Sequence[int]) -> None:
    """Writes rows and their signs in an order, a block after the other, so that no second copy of all is held."""
    from numpy.lib.format import open_memmap

    rows = open_memmap(folder / _VECTORS, mode="w+", dtype="float32", shape=vectors.shape)
    words = -(-vectors.shape[1] // _WORD)
    signs = open_memmap(folder / _SIGNS, mode="w+", dtype="uint64", shape=(words, len(vectors)))
    for start in range(0, len(order), _BLOCK):
        block = vectors[order[start : start + _BLOCK]]
        rows[start : start + len(block)] = block
        signs[:, start : start + len(block)] = _signs_of(block)


def _blocks(named: Sequence[tuple[str, str, str, int]]) -> Iterable[Block]:
    start = 0
    for (group, document), rows in groupby(named, key=lambda row: row[:2]):
        end = start + sum(1 for _ in rows)
        yield Block(group=group, document=document, start=start, end=end)
        start = end
