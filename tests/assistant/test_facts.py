"""Facts of a revision: worked out once, kept, read back the same; a question then reads no other record."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from assistant.assistant import Assistant, Turn
from assistant.facts import Facts, derive, keep, kept
from assistant.ingest import ingest
from assistant.library import Library
from assistant.settings import Settings
from assistant.wiring import BUNDLED_DOCUMENTS, assistant_in_memory, library_in
from connectors.database import Store
from corpus.agencies import load_agencies

TODAY = dt.date(2026, 11, 21)
QUESTIONS = (
    "nhiệm vụ 18 kế hoạch 158 ai chủ trì",
    "phong vhxh chu tri nhung viec nao",
    "kinh phí thực hiện kế hoạch lấy từ đâu",
    "tphcm co viec gi",
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(data=tmp_path_factory.mktemp("office"))
    library = library_in(settings)
    assert all(result.error is None for result in ingest([BUNDLED_DOCUMENTS], library.store, library.agencies))
    library.shelf()
    return settings


def replies(library: Library) -> list[str]:
    assistant = Assistant(library)
    return [
        assistant.reply(Turn(question, TODAY)).model_copy(update={"elapsed_ms": 0}).model_dump_json()
        for question in QUESTIONS
    ]


def test_parts_come_back_as_they_were_kept(tmp_path: Path) -> None:
    parts = {"one": b"\x00\nabc", "none": b"", "words": "đất".encode()}
    keep(parts, tmp_path / "facts")
    back = kept(tmp_path / "facts")
    assert back is not None
    assert {name: back[name] for name in parts} == parts


def test_a_file_that_is_cut_short_is_as_none(tmp_path: Path) -> None:
    keep({"one": b"abcdef"}, tmp_path / "facts")
    (tmp_path / "facts").write_bytes((tmp_path / "facts").read_bytes()[:-1])
    assert kept(tmp_path / "facts") is None
    assert kept(tmp_path / "nothing") is None


def test_a_start_from_kept_facts_answers_as_a_fresh_one(office: Settings) -> None:
    fresh = assistant_in_memory(BUNDLED_DOCUMENTS).library
    assert replies(library_in(office)) == replies(fresh)


def test_a_start_reads_no_task(office: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_: object) -> None:
        raise AssertionError("records were read")

    library = library_in(office)
    for reading in ("tasks", "passages", "passages_of", "text_of"):
        monkeypatch.setattr(Store, reading, read)
    catalogue = library.shelf().catalogue
    assert sum(card.tasks for card in catalogue.cards) == catalogue.tasks > 0


def test_facts_of_another_form_are_worked_out_anew(office: Settings) -> None:
    expected = replies(library_in(office))
    place = next(office.index.glob("facts-*"))
    sound = place.read_bytes()
    keep({"catalogue": b'{"cards": [[1, 2]]}'}, place)
    assert replies(library_in(office)) == expected
    assert place.read_bytes() == sound


def test_facts_of_an_older_revision_are_removed(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    library = library_in(settings)
    sources = sorted(BUNDLED_DOCUMENTS.glob("*.txt"))[:2]
    for source in sources:
        assert all(result.error is None for result in ingest([source], library.store, library.agencies))
        library.shelf()
    assert len(list(settings.index.glob("facts-*"))) == 1
    assert len(library.shelf().catalogue.cards) == 2


def test_catalogue_finds_documents_by_what_they_are_called() -> None:
    store = assistant_in_memory(BUNDLED_DOCUMENTS).library.store
    agencies = load_agencies()
    catalogue = Facts(derive(store, agencies)).catalogue(1, agencies)
    assert [card.id for card in catalogue.by_figure["158"]] == ["nhi-chieu-158"]
    assert [card.id for card in catalogue.by_place["nhi chieu"]] == ["nhi-chieu-158"]
    assert all("nam" in card.title_words for card in catalogue.titled_with("nam"))
    assert (
        catalogue.newest(catalogue.ids, 2)
        == sorted(catalogue.ids, key=lambda d: (catalogue.by_id[d].date, catalogue.position[d]), reverse=True)[:2]
    )
