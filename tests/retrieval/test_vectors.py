"""Stored vectors: the copy that questions read, Chroma embedded and as a server, and what is damaged or away."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from retrieval.chroma import ChromaStore, Synced, clear
from retrieval.vectors import Item, VectorError, VectorFile, Vectors, write_vectors
from tests.retrieval.meaning import Letters, items, no_step

QUESTIONS = ("tiểu thương ở sạp hàng", "báo cáo trước ngày 15 về mực nước", "lop hoc", "cây xanh trên vỉa hè")
SERVER_LIMIT_S = 60


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ChromaStore]:
    with closing(ChromaStore(tmp_path / "chroma")) as made:
        made.sync(Letters(), items(), no_step)
        yield made


@pytest.fixture
def copied(store: ChromaStore, tmp_path: Path) -> VectorFile:
    assert store.copy("letters-1", tmp_path / "vectors") == len(items())
    return VectorFile(tmp_path / "vectors")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real ``chroma run``."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        str(Path(sys.executable).with_name("chroma")), "run", "--host", "127.0.0.1", "--port", str(port),
        "--path", str(tmp_path_factory.mktemp("server")),
    ]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + SERVER_LIMIT_S
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert process.poll() is None and time.monotonic() < until, "chroma run does not start"
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def expected(question: str, limit: int, documents: tuple[str, ...] | None = None) -> dict[str, float]:
    """What must be found, worked out over all vectors."""
    letters = Letters()
    known = [item for item in items() if documents is None or item.document in documents]
    cosines = letters.passages([item.text for item in known]) @ letters.question(question)
    best = np.argsort(-cosines, kind="stable")[:limit]
    return {known[i].key: float(cosines[i]) for i in best}


def assert_finds(vectors: Vectors, question: str, limit: int = 5, documents: tuple[str, ...] | None = None) -> None:
    found = vectors.near(Letters().question(question), "passage", limit, documents=documents)
    assert sorted(found.values(), reverse=True) == pytest.approx(
        list(expected(question, limit, documents).values()), abs=1e-4
    )
    everything = expected(question, len(items()), documents)
    assert all(everything[key] == pytest.approx(cosine, abs=1e-4) for key, cosine in found.items())


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_copy_finds_the_nearest(copied: VectorFile, question: str) -> None:
    assert_finds(copied, question)
    assert_finds(copied, question, 3, ("cho", "cay"))


def test_embedded_chroma_and_a_server_find_the_same(store: ChromaStore, server: str, copied: VectorFile) -> None:
    with closing(ChromaStore(server)) as remote:
        assert remote.sync(Letters(), items(), no_step) == Synced(len(items()), 0, 0)
        assert_find_the_same(store, remote, copied)


def assert_find_the_same(store: ChromaStore, remote: ChromaStore, copied: VectorFile) -> None:
    for question in QUESTIONS:
        vector = Letters().question(question)
        for documents in (None, ["ho", "truong"]):
            found = [
                vectors.near(vector, "passage", 6, documents=documents)
                for vectors in (store.open("letters-1"), remote.open("letters-1"), copied)
            ]
            ranked = [sorted((-round(cosine, 4), key) for key, cosine in near.items()) for near in found]
            assert ranked[0] == ranked[1] == ranked[2]
            assert_finds(remote.open("letters-1"), question, 6, tuple(documents) if documents else None)


def test_of_many_the_likely_ones_are_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """3,000 rows around thirty centres: their signs lead to the same ten as measuring all, in each document."""
    chance = np.random.default_rng(7)
    centres = chance.normal(size=(30, 200))
    rows = (centres[np.arange(3000) % 30] + 0.5 * chance.normal(size=(3000, 200))).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    named = [("passage" if i % 7 else "task", f"d{i // 1500}", f"d{i // 1500}\t{i}") for i in range(3000)]
    write_vectors(tmp_path / "v", named, rows)
    vectors = VectorFile(tmp_path / "v")
    for vector in rows[:20]:
        for documents in (None, ["d1"]):
            monkeypatch.setattr("retrieval.vectors.EXACT", 10_000)
            exact = vectors.near(vector, "passage", 10, keys=["d0\t1"], documents=documents)
            monkeypatch.setattr("retrieval.vectors.EXACT", 0)
            monkeypatch.setattr("retrieval.vectors.LIKELY", 200)
            found = vectors.near(vector, "passage", 10, keys=["d0\t1"], documents=documents)
            assert len(found.keys() & exact.keys()) >= len(exact) - 1
            assert all(found[key] == pytest.approx(exact[key], abs=1e-5) for key in found.keys() & exact.keys())
            assert "d0\t1" in found


def test_what_is_named_is_measured_though_it_is_far(copied: VectorFile, store: ChromaStore) -> None:
    vector = Letters().question(QUESTIONS[0])
    farthest = list(expected(QUESTIONS[0], len(items())).items())[-1]
    for vectors in (copied, store.open("letters-1")):
        found = vectors.near(vector, "passage", 2, keys=[farthest[0], "khong\t9"])
        assert len(found) == 3
        assert found[farthest[0]] == pytest.approx(farthest[1], abs=1e-4)


def test_no_group_and_no_document(copied: VectorFile, store: ChromaStore) -> None:
    vector = Letters().question(QUESTIONS[0])
    for vectors in (copied, store.open("letters-1")):
        assert vectors.near(vector, "task", 5) == {}
        assert vectors.near(vector, "passage", 5, documents=[]) == {}
        assert vectors.near(vector, "passage", 5, documents=["khong"]) == {}


def test_only_what_changed_is_embedded_again(store: ChromaStore) -> None:
    letters, known = Letters(), items()
    assert store.sync(letters, known, no_step) == Synced(0, 0, len(known))
    assert letters.embedded == []
    changed = [replace(known[0], text="Chợ đã dời đi nơi khác"), *known[2:], Item("task", "x\t0", "x", "Việc mới")]
    assert store.sync(letters, changed, no_step) == Synced(2, 1, len(known) - 2)
    assert letters.embedded == ["Chợ đã dời đi nơi khác", "Việc mới"]
    assert store.open("letters-1").size == len(known)


def test_who_may_see_it_is_no_reason_to_keep_the_old_metadata(store: ChromaStore) -> None:
    known = items()
    known[0] = replace(known[0], access="internal")
    assert store.sync(Letters(), known, no_step).embedded == 1
    got = store.open("letters-1").collection.get(ids=[known[0].id], include=["metadatas"])
    assert {"access": "internal", "document": "cho", "issuer": "UBND phường"}.items() <= got["metadatas"][0].items()


def test_a_model_has_a_collection_of_its_own(store: ChromaStore) -> None:
    other = Letters()
    other.name = "letters-2"
    store.sync(other, items()[:3], no_step)
    assert store.collections() == ["letters-1", "letters-2"]
    assert (store.open("letters-1").size, store.open("letters-2").size) == (len(items()), 3)
    store.forget("letters-1")
    store.forget("letters-1")
    assert store.collections() == ["letters-2"]
    with pytest.raises(VectorError, match="vectors_missing"):
        store.open("letters-1")


def test_offices_on_one_server_do_not_meet(server: str) -> None:
    with closing(ChromaStore(server, "an-lac")) as one, closing(ChromaStore(server, "bac-son")) as two:
        one.sync(Letters(), items(), no_step)
        two.sync(Letters(), items()[:2], no_step)
        assert (one.open("letters-1").size, two.open("letters-1").size) == (len(items()), 2)


def test_a_server_links_anew_what_a_folder_hardly_linked(server: str) -> None:
    """As where ``chroma run`` serves the folder that was searched through a copy before."""
    links = {"space": "cosine", "ef_construction": 10, "max_neighbors": 4}
    with closing(ChromaStore(server, "thu-muc")) as remote:
        remote._client.create_collection(
            "thu-muc-letters-1", embedding_function=None, configuration={"hnsw": dict(links)}
        )
        remote.sync(Letters(), items(), no_step)
        collection = remote.open("letters-1").collection
        assert collection.configuration_json["hnsw"]["max_neighbors"] > links["max_neighbors"]
        assert collection.count() == len(items())
        assert remote.sync(Letters(), items(), no_step).kept == len(items()), "and only once"


# --- damaged, away, empty --------------------------------------------------------------------------------


def test_a_server_that_is_away_is_named() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
    with pytest.raises(VectorError) as caught:
        ChromaStore(address)
    assert (caught.value.code, caught.value.details) == ("vectors_away", {"server": address})


def test_a_damaged_chroma_folder_is_named_and_can_be_cleared(tmp_path: Path) -> None:
    place = tmp_path / "chroma"
    place.mkdir()
    (place / "chroma.sqlite3").write_bytes(b"no database at all" * 500)
    with pytest.raises(VectorError) as caught:
        ChromaStore(place).sync(Letters(), items(), no_step)
    assert (caught.value.code, caught.value.details) == ("vectors_damaged", {"folder": str(place)})
    clear(place)
    assert not place.exists()


def test_a_folder_that_is_not_chromas_is_not_cleared(tmp_path: Path) -> None:
    (tmp_path / "luong.xlsx").write_bytes(b"x")
    clear(tmp_path)
    assert (tmp_path / "luong.xlsx").exists()


@pytest.mark.parametrize(
    "name", ["head.json", "vectors.npy", "signs.npy", "ids.txt", "ends.npy", "hashes.npy", "rows.npy"]
)
def test_a_damaged_copy_is_named(copied: VectorFile, tmp_path: Path, name: str) -> None:
    assert copied.size
    for damage in (b"", b"\x00damaged"):
        (tmp_path / "vectors" / name).write_bytes(damage)
        with pytest.raises(VectorError, match="vectors_unreadable"):
            VectorFile(tmp_path / "vectors")


def test_a_copy_of_nothing(tmp_path: Path) -> None:
    write_vectors(tmp_path / "v", [], np.zeros((0, 26), dtype=np.float32))
    empty = VectorFile(tmp_path / "v")
    assert empty.size == 0
    assert empty.near(Letters().question("chợ"), "passage", 5, keys=["cho\t0"]) == {}
