"""Another embedding model, new documents: built by one process beside what serves, which serves until then."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from assistant import meaning
from assistant.index_commands import _refreshed
from assistant.ingest import ingest
from assistant.library import Library
from assistant.meaning import OfficeMeaning, read_serving
from assistant.renewal import alone, is_behind
from assistant.service.upkeep import Upkeep
from assistant.settings import Settings
from assistant.wiring import library_in
from tests.assistant.learned import static
from tests.assistant.test_serve_command import running
from tests.command import RunTroly
from tests.retrieval.meaning import small_transformer

QUESTION = "họp chuyên môn tối đa mấy ngày"
LONGEST_S = 120


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of sentence-transformers in a folder."""
    folder = tmp_path_factory.mktemp("mo-hinh") / "nho"
    small_transformer(folder)
    return folder


@pytest.fixture
def data(learned_data: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(learned_data, tmp_path / "kho"))


@pytest.fixture
def library(data: Path) -> Iterator[Library]:
    opened = library_in(static(data))
    yield opened
    opened.store.close()


def model_of(data: Path) -> str:
    serving = read_serving(static(data))
    assert serving is not None
    return serving.model


def until(met: Callable[[], bool]) -> None:
    end = time.monotonic() + LONGEST_S
    while not met():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)


def new_document(folder: Path, library: Library, name: str = "cho") -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.txt").write_text(f"THÔNG BÁO\n\nI. CHUNG\n\n1. Sửa mái {name}.\n", encoding="utf-8")
    assert [r.error for r in ingest([folder / f"{name}.txt"], library.store, library.agencies)] == [None]


# --- the service -----------------------------------------------------------------------------------------


def test_a_service_follows_another_model_while_the_old_one_answers(data: Path, small: Path) -> None:
    old = model_of(data)
    with running(data, {"TROLY_EMBEDDINGS": str(small), "TROLY_WEB_RATE": "100000"}) as (process, address):
        answers = []

        def has_followed() -> bool:
            answers.append(httpx.post(f"{address}/api/v1/chat", json={"turns": [QUESTION]}, timeout=30).json())
            return model_of(data) != old

        until(has_followed)
        assert model_of(data).startswith("nho-")
        answers.append(httpx.post(f"{address}/api/v1/chat", json={"turns": [QUESTION]}, timeout=30).json())
        process.terminate()
        assert process.wait(40) == 0
    assert {answer["status"] for answer in answers} == {"answered"}
    assert not (data / "troly.log").exists() or "words alone" not in (data / "troly.log").read_text(encoding="utf-8")


def test_what_a_service_cannot_build_stands_in_the_log_and_it_answers_on(data: Path) -> None:
    old = model_of(data)
    with running(data, {"TROLY_EMBEDDINGS": str(data / "khong-co"), "HF_HUB_OFFLINE": "1"}) as (_, address):
        log = data / "troly.log"
        until(lambda: log.exists() and "khong-co" in log.read_text(encoding="utf-8"))
        reply = httpx.post(f"{address}/api/v1/chat", json={"turns": [QUESTION]}, timeout=30).json()
    assert (reply["status"], model_of(data)) == ("answered", old)


# --- when it looks ---------------------------------------------------------------------------------------


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def writing(place: Path) -> tuple[str, ...]:
    """A build that builds nothing, but is seen to have run."""
    return (sys.executable, "-c", f"open({str(place)!r}, 'a').write('x')")


def test_nothing_is_built_where_all_is_up_to_date(data: Path, library: Library, tmp_path: Path) -> None:
    upkeep = Upkeep(static(data), lambda: library, build=writing(tmp_path / "runs"))
    assert not upkeep.look()
    assert not (tmp_path / "runs").exists()


def test_new_documents_are_first_left_to_who_takes_them_in(data: Path, library: Library, tmp_path: Path) -> None:
    clock, runs = Clock(), tmp_path / "runs"
    upkeep = Upkeep(static(data), lambda: library, build=writing(runs), clock=clock)
    new_document(tmp_path / "moi", library)
    upkeep.look()
    clock.now += 100
    new_document(tmp_path / "moi", library, "cau")
    upkeep.look()
    clock.now += 100
    upkeep.look()
    assert not runs.exists(), "something came in 100 seconds ago"
    clock.now += 30
    upkeep.look()
    assert runs.read_text() == "x"


def test_a_build_that_fails_is_not_tried_at_every_look(data: Path, library: Library, tmp_path: Path) -> None:
    clock, runs = Clock(), tmp_path / "runs"
    settings = static(data, embeddings=str(tmp_path / "khong-co"))
    upkeep = Upkeep(settings, lambda: library, build=writing(runs), clock=clock)
    tried = []
    for _ in range(24):
        upkeep.look()
        tried.append(len(runs.read_text()))
        clock.now += 300
    assert tried[:8] == [1, 1, 2, 2, 2, 2, 3, 3]
    assert tried[-1] == 4, "each pause is twice as long"


def test_the_end_of_the_service_ends_the_build(data: Path, library: Library, tmp_path: Path) -> None:
    place = tmp_path / "pid"
    build = (
        sys.executable,
        "-c",
        f"import os, time; open({str(place)!r}, 'w').write(str(os.getpid())); time.sleep(600)",
    )
    settings = static(data, embeddings=str(tmp_path / "khong-co"))
    with Upkeep(settings, lambda: library, build=build):
        until(lambda: place.exists() and bool(place.read_text()))
    state = subprocess.run(["ps", "-o", "stat=", "-p", place.read_text()], capture_output=True, text=True, check=False)
    assert state.stdout.strip() in ("", "Z")


def test_what_nobody_foresaw_is_logged_without_its_words_and_it_looks_again(
    data: Path, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    looks: list[int] = []

    def failing() -> Library:
        looks.append(1)
        if len(looks) == 1:
            raise RuntimeError("Nguyễn Thị Hoa")
        return library

    with Upkeep(static(data), failing, look_s=0.01):
        until(lambda: len(looks) > 2)
    assert "RuntimeError" in caplog.text
    assert "Hoa" not in caplog.text


# --- one at a time ---------------------------------------------------------------------------------------


def test_two_do_not_build_at_once(call_troly: RunTroly, data: Path, tmp_path: Path) -> None:
    (tmp_path / "cho.txt").write_text("THÔNG BÁO\n\nI. CHUNG\n\n1. Sửa mái chợ.\n", encoding="utf-8")
    env = {"TROLY_EMBEDDINGS": "static"}
    with alone(static(data)):
        for command in ("rebuild", "refresh"):
            ran = call_troly("index", command, data=data, env=env)
            assert (ran.rc, len(ran.stderr.strip().splitlines())) == (2, 1)
            assert ran.stderr.startswith("Một tiến trình khác đang dựng chỉ mục nghĩa")
        ran = call_troly("ingest", tmp_path / "cho.txt", "--json", data=data, env=env)
        assert (ran.rc, ran.json[0]["outcome"]) == (0, "added")
        assert "Một tiến trình khác" in ran.stderr
        assert "đang được dựng" in str(call_troly("doctor", data=data, env={"TROLY_EMBEDDINGS": "x"}).stdout)
    assert call_troly("index", "refresh", "--json", data=data, env=env).json["meaning"]["revision"] > 0


def test_what_comes_in_during_a_build_is_taken_in_too(
    data: Path, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_document(tmp_path / "moi", library)
    first = meaning.open_chroma
    came: list[str] = []

    def opened(settings: Settings) -> object:
        if not came:
            came.append("cau")
            new_document(tmp_path / "moi", library, "cau")
        return first(settings)

    monkeypatch.setattr("assistant.renewal.open_chroma", opened)
    serving = _refreshed(static(data), library)
    assert serving is not None
    assert serving.revision == library.store.revision()
    assert OfficeMeaning(static(data)).near("sửa mái", "passage", 3, (), ["cau"]) is not None


# --- what serves -----------------------------------------------------------------------------------------


def test_a_prefix_is_part_of_the_setting_and_the_old_one_serves_with_its_own(
    call_troly: RunTroly, data: Path, small: Path, caplog: pytest.LogCaptureFixture
) -> None:
    env = {"TROLY_EMBEDDINGS": str(small), "TROLY_EMBEDDINGS_QUESTION_PREFIX": "query: "}
    assert call_troly("index", "refresh", data=data, env=env).rc == 0
    serving = read_serving(static(data))
    assert serving is not None
    same = static(data, embeddings=str(small), embeddings_question_prefix="query: ")
    other = static(data, embeddings=str(small), embeddings_question_prefix="hỏi: ")
    now = (serving.entries, serving.revision)
    assert (is_behind(same, *now), is_behind(other, *now), is_behind(static(data), *now)) == (False, True, True)
    assert OfficeMeaning(other).near(QUESTION, "passage", 5, (), None) is not None, caplog.text


def test_a_folder_with_another_content_is_no_longer_the_model(
    call_troly: RunTroly, data: Path, small: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = shutil.copytree(small, tmp_path / "nho")
    settings = static(data, embeddings=str(folder))
    assert call_troly("index", "refresh", data=data, env={"TROLY_EMBEDDINGS": str(folder)}).rc == 0
    assert OfficeMeaning(settings).near(QUESTION, "passage", 5, (), None) is not None
    (folder / "README.md").write_text("another model\n", encoding="utf-8")
    assert OfficeMeaning(settings).near(QUESTION, "passage", 5, (), None) is None
    assert "model_changed" in caplog.text
    serving = read_serving(settings)
    assert serving is not None
    assert is_behind(settings, serving.entries, serving.revision)


def test_questions_go_on_with_the_old_model_until_the_new_one_is_open(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = OfficeMeaning(static(data))
    before = office.near(QUESTION, "passage", 5, (), None)
    assert before is not None
    may_open, opened = threading.Event(), meaning.open_embedder

    def slow(settings: Settings, serving: meaning.Serving) -> object:
        assert may_open.wait(LONGEST_S)
        opened(settings, serving)
        return Silent()

    monkeypatch.setattr(meaning, "open_embedder", slow)
    place = data / "index" / "meaning.json"
    place.write_text(json.dumps(json.loads(place.read_text(encoding="utf-8"))), encoding="utf-8")
    for _ in range(3):
        assert office.near(QUESTION, "passage", 5, (), None) == before
    may_open.set()
    until(lambda: office.near(QUESTION, "passage", 5, (), None) is None)


class Silent:
    """A model that knows no word."""

    name, dimensions = "silent", 128

    def question(self, text: str) -> object:
        import numpy as np

        return np.zeros(self.dimensions, dtype=np.float32)
