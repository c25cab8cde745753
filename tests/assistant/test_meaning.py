"""Finding by meaning in an office: what serves, what an ingest and a rebuild do, and what is broken or away."""

from __future__ import annotations

import json
import logging
import shutil
import socket
import sqlite3
from pathlib import Path

import pytest

from assistant.index_commands import office_of, refresh_meaning
from assistant.ingest import ingest
from assistant.meaning import OfficeMeaning, read_serving
from assistant.renewal import FEWEST, is_wanted
from assistant.settings import Settings, SettingsError, read_settings
from assistant.wiring import library_in
from connectors.schema import METADATA
from retrieval.search import Near, fused, likeness
from retrieval.words import Entry, WordHit, WordIndex, build_index
from tests.assistant.learned import static
from tests.command import RunTroly
from tests.conftest import DOCUMENTS
from tests.retrieval.meaning import small_transformer

QUESTION = "họp chuyên môn tối đa mấy ngày"
STATIC = {"TROLY_EMBEDDINGS": "static"}


@pytest.fixture
def data(learned_data: Path, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    return Path(shutil.copytree(learned_data, tmp_path / "kho"))


def near(settings: Settings) -> object:
    return OfficeMeaning(settings).near(QUESTION, "passage", 5, (), None)


def finding(ran_json: list[dict[str, object]]) -> dict[str, object]:
    return next(row for row in ran_json if row["name"] == "meaning")


def test_an_ingest_learns_a_model_and_keeps_vectors_of_all(data: Path) -> None:
    serving = read_serving(static(data))
    assert serving is not None
    library = library_in(static(data))
    assert serving.entries == len(office_of(library).entries) > 300
    assert serving.revision == library.store.revision()
    near = OfficeMeaning(static(data)).near(QUESTION, "passage", 5, (), None)
    assert near is not None
    assert len(near.cosines) == 5


def test_small_offices_are_searched_by_words_unless_they_say_otherwise(filled_data: Path) -> None:
    settings = Settings(data=filled_data, unit=None)
    assert read_serving(settings) is None
    assert (is_wanted(settings, FEWEST - 1), is_wanted(settings, FEWEST)) == (False, True)
    assert is_wanted(static(filled_data), 1)
    assert not is_wanted(Settings(data=filled_data, embeddings="none"), 10**6)


def test_nothing_new_changes_nothing(data: Path) -> None:
    before = (data / "index" / "meaning.json").stat().st_mtime_ns
    assert refresh_meaning(static(data), library_in(static(data))) == read_serving(static(data))
    assert (data / "index" / "meaning.json").stat().st_mtime_ns == before


def test_a_new_document_is_embedded_by_the_model_that_serves(data: Path, tmp_path: Path) -> None:
    before = read_serving(static(data))
    assert before is not None
    folder = tmp_path / "moi"
    folder.mkdir()
    (folder / "cho.txt").write_text("THÔNG BÁO\n\nI. CHUNG\n\n1. Sửa mái chợ trước mùa mưa.\n", encoding="utf-8")
    library = library_in(static(data))
    assert [r.error for r in ingest([folder], library.store, library.agencies)] == [None]
    after = refresh_meaning(static(data), library)
    assert after is not None
    assert after.model == before.model
    assert after.entries > before.entries
    near = OfficeMeaning(static(data)).near("sửa mái chợ", "passage", 3, (), ["cho"])
    assert near is not None
    assert near.cosines
    library.store.remove("cho")
    gone = refresh_meaning(static(data), library)
    assert gone is not None
    assert gone.entries == before.entries
    assert {place.name for place in (data / "index").glob("vectors-*")} == {gone.copy_name}


def test_the_same_answer_by_words_and_by_meaning(run_troly: RunTroly, data: Path) -> None:
    replies = [
        run_troly("ask", QUESTION, "--json", "--today", "2026-11-21", data=data, env=env).json
        for env in (STATIC, {"TROLY_EMBEDDINGS": "none"})
    ]
    assert replies[0]["citations"] == replies[1]["citations"] != []


def test_a_question_loads_no_heavy_library(data: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys, datetime as dt\n"
        "from pathlib import Path\n"
        "from assistant.settings import Settings\n"
        "from assistant.wiring import open_assistant\n"
        "from assistant.assistant import Turn\n"
        f"settings = Settings(data=Path({str(data)!r}), embeddings='static')\n"
        f"open_assistant(settings).reply(Turn({QUESTION!r}, dt.date(2026, 11, 21)))\n"
        "assert 'numpy' in sys.modules, 'meaning was not asked'\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=DOCUMENTS.parents[1]
    )
    unwanted = {"torch", "sentence_transformers", "transformers", "chromadb", "langchain", "langchain_core", "scipy"}
    assert set(done.stdout.split()) & unwanted == set()


# --- the doctor, damage, rebuilding ----------------------------------------------------------------------


def test_the_doctor_finds_meaning_well(call_troly: RunTroly, data: Path) -> None:
    ran = call_troly("doctor", "--json", data=data, env=STATIC)
    assert ran.rc == 0
    assert finding(ran.json)["good"] is True


def test_a_damaged_chroma_is_named_answered_without_and_rebuilt(call_troly: RunTroly, data: Path) -> None:
    (data / "chroma" / "chroma.sqlite3").write_bytes(b"no database" * 900)
    ran = call_troly("doctor", "--json", data=data, env=STATIC)
    assert ran.rc == 1
    assert "troly index rebuild" in str(finding(ran.json)["text"])
    assert call_troly("ask", QUESTION, "--json", data=data, env=STATIC).json["status"] == "answered"
    rebuilt = call_troly("index", "rebuild", "--json", data=data, env=STATIC)
    assert rebuilt.rc == 0, rebuilt.stderr
    assert rebuilt.json["meaning"]["entries"] > 300
    assert finding(call_troly("doctor", "--json", data=data, env=STATIC).json)["good"] is True


def test_an_ingest_goes_well_though_chroma_is_damaged(call_troly: RunTroly, data: Path, tmp_path: Path) -> None:
    (data / "chroma" / "chroma.sqlite3").write_bytes(b"no database" * 900)
    (tmp_path / "cho.txt").write_text("THÔNG BÁO\n\nI. CHUNG\n\n1. Sửa mái chợ.\n", encoding="utf-8")
    ran = call_troly("ingest", tmp_path / "cho.txt", "--json", data=data, env=STATIC)
    assert ran.rc == 0
    assert ran.json[0]["outcome"] == "added"
    assert "troly index rebuild" in ran.stderr


@pytest.mark.parametrize("broken", ["copy", "model"])
def test_where_vectors_are_broken_words_answer_and_the_log_says_so(
    data: Path, broken: str, caplog: pytest.LogCaptureFixture
) -> None:
    name = "vectors-*/vectors.npy" if broken == "copy" else "*/weights.npy"
    (file,) = (data / ("index" if broken == "copy" else "models")).glob(name)
    file.write_bytes(b"\x00damaged")
    with caplog.at_level(logging.WARNING):
        assert near(static(data)) is None
    assert "words alone" in caplog.text


def test_a_server_that_is_away(run_troly: RunTroly, data: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
    serving = json.loads((data / "index" / "meaning.json").read_text(encoding="utf-8"))
    (data / "index" / "meaning.json").write_text(json.dumps({**serving, "server": address, "copy_name": None}))
    env = {**STATIC, "TROLY_CHROMA": address}
    assert run_troly("ask", QUESTION, "--json", data=data, env=env).json["status"] == "answered"
    ran = run_troly("doctor", "--json", data=data, env=env)
    assert ran.rc == 1
    assert address in str(finding(ran.json)["text"])
    assert "words alone" in (data / "troly.log").read_text(encoding="utf-8")


def test_a_server_that_is_away_is_not_asked_at_every_question(data: Path, caplog: pytest.LogCaptureFixture) -> None:
    now = [100.0]
    (file,) = (data / "index").glob("vectors-*/vectors.npy")
    file.write_bytes(b"")
    meaning = OfficeMeaning(static(data), lambda: now[0])
    for moment in (100.0, 110.0, 129.0, 131.0):
        now[0] = moment
        assert meaning.near(QUESTION, "passage", 5, (), None) is None
    assert caplog.text.count("words alone") == 2


def test_a_model_that_cannot_be_loaded_is_named_with_what_to_do(call_troly: RunTroly, data: Path) -> None:
    env = {"TROLY_EMBEDDINGS": str(data / "khong-co"), "HF_HUB_OFFLINE": "1"}
    ran = call_troly("index", "rebuild", data=data, env=env)
    assert ran.rc == 2
    assert "khong-co" in ran.stderr
    assert "TROLY_EMBEDDINGS" in ran.stderr
    assert read_serving(static(data)) is not None, "what served before serves on"
    assert finding(call_troly("doctor", "--json", data=data, env=env).json)["good"] is False


def test_a_folder_of_sentence_transformers_serves(call_troly: RunTroly, data: Path, tmp_path: Path) -> None:
    small_transformer(tmp_path / "nho")
    env = {"TROLY_EMBEDDINGS": str(tmp_path / "nho"), "TROLY_EMBEDDINGS_QUESTION_PREFIX": "query: "}
    ran = call_troly("index", "rebuild", "--json", data=data, env=env)
    assert ran.rc == 0, ran.stderr
    assert ran.json["meaning"]["model"].startswith("nho-")
    assert not list((data / "models").iterdir()), "the model that no longer serves is gone"
    assert call_troly("ask", QUESTION, "--json", data=data, env=env).json["status"] == "answered"
    assert finding(call_troly("doctor", "--json", data=data, env=env).json)["good"] is True
    other = call_troly("doctor", "--json", data=data, env=STATIC)
    assert finding(other.json)["good"] is False


def test_turning_it_off_removes_what_there_was(call_troly: RunTroly, data: Path) -> None:
    env = {"TROLY_EMBEDDINGS": "none"}
    assert call_troly("index", "rebuild", data=data, env=env).rc == 0
    assert read_serving(static(data)) is None
    assert not (data / "chroma").exists()
    assert finding(call_troly("doctor", "--json", data=data, env=env).json)["good"] is True


@pytest.mark.parametrize("name", ["TROLY_CHROMA", "TROLY_EMBEDDINGS", "TROLY_EMBEDDINGS_MAX_LENGTH"])
def test_a_setting_that_cannot_be_used_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "" if name == "TROLY_EMBEDDINGS" else "ở nhà")
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert caught.value.details == {"name": name}


# --- fusion ----------------------------------------------------------------------------------------------


def test_words_order_alone_where_meaning_says_nothing() -> None:
    hits = fused([WordHit("a", 9.0), WordHit("b", 6.0)], None)
    assert [(h.key, h.score, h.meaning) for h in hits] == [("a", 9.0, None), ("b", 6.0, None)]


def test_meaning_moves_what_words_find_alike_and_adds_what_they_do_not_find() -> None:
    hits = fused([WordHit("a", 10.0), WordHit("b", 9.5)], {"a": 0.1, "b": 0.5, "c": 0.9}, weight=0.5)
    assert [(h.key, round(h.score, 6), h.words) for h in hits] == [("b", 12.0, 9.5), ("a", 10.5, 10.0), ("c", 4.5, 0.0)]


ROADS = ["sua", "duong", "binh", "lac"]


@pytest.fixture
def roads() -> WordIndex:
    bodies = {"a": "sửa đường ở Bình Lạc", "b": "sửa đường ở An Phú", "c": "sửa đường ở An Hòa", "d": "họp giao ban"}
    return build_index(None, [Entry(key, "", "passage", body) for key, body in bodies.items()])


def test_what_a_model_does_not_know_counts_for_who_holds_it(roads: WordIndex) -> None:
    """Of a name that one entry holds the model knows nothing; to it, the others look more alike."""
    cosines = {"a": 0.1, "b": 0.6, "d": 0.0}
    near = Near(cosines, ["binh", "lac", "binh_lac"])
    found = likeness(roads, ROADS, near, ["a", "b", "c"], "passage")
    assert found["a"] > found["b"] > found["c"] == found["d"] == 0
    assert found["b"] < 0.6 * 0.5, "the cosine counts by the share of the question that the model knows"


def test_the_less_a_model_knows_the_more_counts_what_an_entry_holds(roads: WordIndex) -> None:
    words, pair = {"binh", "lac"}, {"binh_lac"}
    little = likeness(roads, ROADS, Near({}, [*pair]), ["a"], "passage")["a"]
    much = likeness(roads, ROADS, Near({}, [*pair, *words]), ["a"], "passage")["a"]
    assert 0 < 3 * little < much


def test_what_no_entry_holds_is_no_lack_of_the_model(roads: WordIndex) -> None:
    cosines = {"a": 0.1, "b": 0.6}
    for unknown in ([], ["khong", "co"]):
        assert likeness(roads, ROADS, Near(cosines, unknown), ["a"], "passage") == cosines
    assert likeness(roads, ["xyzzy"], Near(cosines, ["xyzzy"]), [], "passage") == cosines


def test_an_entry_holds_what_stands_in_it_or_above_it() -> None:
    index = build_index(
        None,
        [
            Entry("d\t1", "d", "passage", "sửa đường ở Bình Lạc"),
            Entry("d\t2", "d", "passage", "sửa đường", "Bình Lạc"),
            Entry("d\t3", "d", "passage", "sửa cầu ở Lạc An"),
            Entry("d\t3", "d", "task", "sửa đường ở Bình Lạc"),
        ],
    )
    weights = {"binh": 2.0, "lac": 1.0, "binh_lac": 0.5, "khong": 9.0}
    found = index.held(weights, ["d\t1", "d\t2", "d\t3", "d\t9"], "passage")
    assert found == {"d\t1": 3.5, "d\t2": 3.5, "d\t3": 1.0}
    assert index.held(weights, ["d\t1"], "task") == {}
    assert index.held({}, ["d\t1"], "passage") == index.held(weights, [], "passage") == {}


def test_without_words_meaning_orders_alone() -> None:
    assert [h.key for h in fused([], {"a": 0.2, "b": 0.7})] == ["b", "a"]


def test_the_database_holds_no_vectors(data: Path) -> None:
    """Vectors are derived: what needs a backup stays small."""
    with sqlite3.connect(data / "troly.sqlite3") as database:
        tables = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    database.close()
    assert tables - {"alembic_version", "sqlite_sequence"} == set(METADATA.tables)
    assert not any("vector" in name or "embedding" in name for name in METADATA.tables)
