"""Vectors in Chroma: in the data folder, or on a server that several machines share.

One collection belongs to one embedding model and version. Items keep their ids, so that only what is new or changed
is embedded again. Whatever Chroma raises becomes a VectorError here.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit
from urllib.request import urlopen

from retrieval.embeddings import Embedder
from retrieval.vectors import Item, VectorError, id_of, write_vectors

if TYPE_CHECKING:
    from retrieval.embeddings import Matrix

_BATCH = 1000
_MORE = 2  # times as many as are wanted, since some are of the other group
_ANSWER_S, _REQUEST_S = 3.0, 60.0
# How Chroma links neighbours: a server is asked for them; of a folder questions read a copy (retrieval/vectors.py), so
# that it need not spend minutes on links that nobody follows.
_LINKED = {"space": "cosine", "ef_construction": 200, "ef_search": 200, "max_neighbors": 32}
_HARDLY_LINKED = {"space": "cosine", "ef_construction": 10, "ef_search": 200, "max_neighbors": 4}
_OWN = "chroma.sqlite3"
Step = Callable[[int, int], None]
T = TypeVar("T")


@dataclass(frozen=True)
class Synced:
    """What bringing a collection up to date took: items embedded, removed, left as they were."""

    embedded: int
    removed: int
    kept: int


class ChromaStore:
    """A Chroma to keep collections in: ``place`` is a folder or the address of a server (http://host:8000).

    ``prefix`` stands before the names of collections, so that offices can share a server.
    Raises VectorError: "vectors_away" where a server does not answer, "vectors_damaged" where a folder cannot be read.
    """

    def __init__(self, place: Path | str, prefix: str = "troly") -> None:
        self.place = place
        self._prefix = prefix
        with self._said():
            self._client = _client(place)

    def collections(self) -> list[str]:
        """The names of the models that have vectors here."""
        head = f"{self._prefix}-"
        with self._said():
            names = [collection.name for collection in self._client.list_collections()]
        return sorted(name.removeprefix(head) for name in names if name.startswith(head))

    def open(self, model: str) -> ChromaVectors:
        """The vectors of a model. Raises VectorError: "vectors_missing" where there are none."""
        import chromadb.errors

        with self._said():
            try:
                collection = self._client.get_collection(f"{self._prefix}-{model}", embedding_function=None)
            except chromadb.errors.NotFoundError:
                raise VectorError("vectors_missing", model=model) from None
            return ChromaVectors(self, collection)

    def sync(self, embedder: Embedder, items: Iterable[Item], step: Step) -> Synced:
        """Brings the collection of a model up to date; ``step``: items embedded, of how many."""
        with self._said():
            collection = self._collection(embedder.name)
            held = {name: data.get("digest") for name, data in _metadata(collection)}
            wanted = {item.id: item for item in items}
            gone = [name for name in held if name not in wanted]
            for names in _pieces(gone):
                collection.delete(ids=list(names))
            changed = [item for name, item in wanted.items() if held.get(name) != _digest(item)]
            done = 0
            for piece in _pieces(changed):
                collection.upsert(
                    ids=[item.id for item in piece],
                    embeddings=embedder.passages([item.text for item in piece]),
                    metadatas=[_data(item) for item in piece],
                )
                done += len(piece)
                step(done, len(changed))
        return Synced(len(changed), len(gone), len(wanted) - len(changed))

    def _collection(self, model: str) -> Any:
        """The collection of a model; made anew where a server got it from a folder, linked as for a copy."""
        name = f"{self._prefix}-{model}"
        links = _HARDLY_LINKED if isinstance(self.place, Path) else _LINKED
        wanted: Any = {"embedding_function": None, "configuration": {"hnsw": dict(links)}}
        collection = self._client.get_or_create_collection(name, **wanted)
        if links["max_neighbors"] <= collection.configuration_json["hnsw"]["max_neighbors"]:
            return collection
        self._client.delete_collection(name)
        return self._client.create_collection(name, **wanted)

    def copy(self, model: str, folder: Path) -> int:
        """Writes the vectors of a model as a file that questions read; gives how many there are."""
        import numpy as np

        collection = self.open(model).collection
        named: list[tuple[str, str, str]] = []
        with self._said():
            total = collection.count()
            vectors = np.zeros((total, 1), dtype=np.float32)
            for start in range(0, total, _BATCH):
                got = collection.get(limit=_BATCH, offset=start, include=["embeddings", "metadatas"])
                rows = np.asarray(got["embeddings"], dtype=np.float32)
                if not named:
                    vectors = np.zeros((total, rows.shape[1]), dtype=np.float32)
                vectors[start : start + len(rows)] = rows
                named += [
                    (data["group"], data["document"], name.partition("\t")[2])
                    for name, data in zip(got["ids"], got["metadatas"], strict=True)
                ]
        write_vectors(folder, named, vectors)
        return len(named)

    def forget(self, model: str) -> None:
        """Deletes the vectors of a model, if there are any."""
        import chromadb.errors

        with self._said(), contextlib.suppress(chromadb.errors.NotFoundError):
            self._client.delete_collection(f"{self._prefix}-{model}")

    def close(self) -> None:
        """Lets go of files and connections."""
        sessions = _sessions(self._client)
        with contextlib.suppress(Exception):
            self._client.close()
        for session in sessions:
            session.close()

    @contextlib.contextmanager
    def _said(self) -> Iterator[None]:
        """Turns what Chroma raises into a VectorError."""
        try:
            yield
        except VectorError:
            raise
        except BaseException as error:
            if not isinstance(error, Exception) and type(error).__name__ != "PanicException":  # of Chroma's Rust
                raise
            if isinstance(self.place, Path):
                raise VectorError("vectors_damaged", folder=str(self.place)) from error
            raise VectorError("vectors_away", server=self.place) from error


class ChromaVectors:
    """The vectors of one model, asked where Chroma keeps them; approximate above a few thousand."""

    def __init__(self, store: ChromaStore, collection: Any) -> None:
        self._store = store
        self.collection = collection

    @property
    def size(self) -> int:
        with self._store._said():
            return int(self.collection.count())

    def near(
        self,
        vector: Matrix,
        group: str,
        limit: int,
        *,
        keys: Iterable[str] = (),
        documents: Sequence[str] | None = None,
    ) -> dict[str, float]:
        with self._store._said():
            found: dict[str, float] = {}
            if documents is None:  # a filter makes Chroma look at every item, so it is left to the last
                found = dict(list(self._asked(vector, group, _MORE * limit, None).items())[:limit])
            if documents or (documents is None and len(found) < limit):
                where: dict[str, Any] = {"group": group}
                if documents:
                    where = {"$and": [where, {"document": {"$in": list(documents)}}]}
                found = self._asked(vector, group, limit, where)
            named = [id_of(group, key) for key in keys if key not in found]
            if named:
                more = self.collection.get(ids=named, include=["embeddings"])
                for name, row in zip(more["ids"], more["embeddings"], strict=True):
                    found[name.partition("\t")[2]] = float(row @ vector)
        return found

    def _asked(self, vector: Matrix, group: str, limit: int, where: dict[str, Any] | None) -> dict[str, float]:
        """The cosines, by key, of those of the ``limit`` nearest that are of a group, nearest first."""
        got = self.collection.query(query_embeddings=[vector], n_results=limit, where=where, include=["distances"])
        named = (
            (name.partition("\t"), distance) for name, distance in zip(got["ids"][0], got["distances"][0], strict=True)
        )
        return {key: 1 - float(distance) for (held, _, key), distance in named if held == group}


def clear(place: Path) -> None:
    """Deletes a Chroma folder, damaged or not, and nothing that is not Chroma's."""
    if place.is_dir() and ((place / _OWN).exists() or not any(place.iterdir())):
        shutil.rmtree(place, ignore_errors=True)


def _client(place: Path | str) -> Any:
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if isinstance(place, Path):
        place.mkdir(parents=True, exist_ok=True)
        return chromadb.PersistentClient(path=str(place), settings=settings)
    with urlopen(f"{place.rstrip('/')}/api/v2/heartbeat", timeout=_ANSWER_S):  # Chroma's own client waits for ever
        parts = urlsplit(place)
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    client = chromadb.HttpClient(host=parts.hostname or "localhost", port=port, ssl=secure, settings=settings)
    for session in _sessions(client):
        session.timeout = _REQUEST_S
    return client


def _sessions(client: Any) -> list[Any]:
    """The HTTP connections of a client, which Chroma neither limits in time nor closes; none for a folder."""
    servers = (getattr(part, "_server", None) for part in (client, getattr(client, "_admin_client", None)))
    return [session for server in servers if (session := getattr(server, "_session", None)) is not None]


def _metadata(collection: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for start in range(0, collection.count(), _BATCH):
        got = collection.get(limit=_BATCH, offset=start, include=["metadatas"])
        yield from zip(got["ids"], got["metadatas"], strict=True)


def _pieces(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), _BATCH):
        yield values[start : start + _BATCH]


def _data(item: Item) -> dict[str, str]:
    return {
        "group": item.group,
        "document": item.document,
        "issuer": item.issuer,
        "access": item.access,
        "digest": _digest(item),
    }


def _digest(item: Item) -> str:
    """What tells whether an item has changed: its words or what it can be restricted to."""
    words = "\0".join((item.text, item.document, item.issuer, item.access))
    return hashlib.blake2b(words.encode("utf-8"), digest_size=12).hexdigest()
