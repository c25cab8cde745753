"""Taking files in: only what changed is read anew, one bad file stops no other, ids stay with their file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from assistant import ingest as ingesting
from assistant.faults import sentence_of
from assistant.ingest import Outcome, Result, ensure_documents, ingest, refresh
from connectors.database import Store
from corpus.agencies import Agencies
from corpus.errors import CorpusError
from corpus.ingest import ReadDocument, records_of
from corpus.manifest import ManifestEntry
from corpus.reading import Reading
from tests.conftest import DOCUMENTS
from tests.corpus.reading import table

HEADER = "STT | Nhiệm vụ | Chủ trì | Phối hợp | Sản phẩm | Thời hạn"
ONE = "1 | Xây dựng kế hoạch | Phòng Văn hóa - Xã hội | | Kế hoạch | Quý I/2027"
TWO = "2 | Tổ chức hội nghị | Văn phòng HĐND và UBND | | Hội nghị | Tháng 3/2027"


@pytest.fixture
def store() -> Iterator[Store]:
    opened = Store.open(None)
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "van-ban"
    made.mkdir()
    (made / "ke-hoach.txt").write_text(table(HEADER, ONE, TWO), encoding="utf-8")
    (made / "thong-bao.txt").write_text("THÔNG BÁO\n\nI. CHUNG\n\n1. Nghỉ tết.\n", encoding="utf-8")
    return made


def outcomes(results: list[Result]) -> list[tuple[str, str]]:
    return [(result.file, str(result.outcome)) for result in results]


def test_a_folder_is_taken_in(store: Store, folder: Path, agencies: Agencies) -> None:
    results = list(ingest([folder], store, agencies))
    assert [(r.file, r.outcome, r.document, r.tasks) for r in results] == [
        ("ke-hoach.txt", Outcome.ADDED, "ke-hoach", 2),
        ("thong-bao.txt", Outcome.ADDED, "thong-bao", 0),
    ]
    assert [t.number for t in store.tasks()] == ["1", "2"]
    assert store.text_of("ke-hoach") == table(HEADER, ONE, TWO)


def test_taking_in_twice_changes_nothing(store: Store, folder: Path, agencies: Agencies) -> None:
    list(ingest([folder], store, agencies))
    before = (store.revision(), store.documents(), store.passages(), store.tasks())
    results = list(ingest([folder], store, agencies))
    assert {result.outcome for result in results} == {Outcome.UNCHANGED}
    assert (store.revision(), store.documents(), store.passages(), store.tasks()) == before


def test_what_newer_readers_read_alike_is_read_anew_once(
    store: Store, folder: Path, agencies: Agencies, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise a scan would go through OCR at every ingest after an update."""
    list(ingest([folder], store, agencies))
    monkeypatch.setattr(ingesting, "READER_VERSION", "mới")
    assert {result.outcome for result in ingest([folder], store, agencies)} == {Outcome.UNCHANGED}
    received = store.received("ke-hoach")
    assert received is not None
    assert received.reader == "mới"


def test_the_same_file_named_twice_in_one_call(store: Store, folder: Path, agencies: Agencies) -> None:
    file = folder / "ke-hoach.txt"
    assert outcomes(list(ingest([file, file], store, agencies))) == [
        ("ke-hoach.txt", "added"),
        ("ke-hoach.txt", "unchanged"),
    ]


def test_a_changed_file_replaces_its_own_records_only(store: Store, folder: Path, agencies: Agencies) -> None:
    list(ingest([folder], store, agencies))
    others = store.passages_of("thong-bao")
    (folder / "ke-hoach.txt").write_text(table(HEADER, TWO.replace("2", "1", 1)), encoding="utf-8")
    results = list(ingest([folder], store, agencies))
    assert outcomes(results) == [("ke-hoach.txt", "replaced"), ("thong-bao.txt", "unchanged")]
    assert [t.title for t in store.tasks()] == ["Tổ chức hội nghị"]
    assert store.passages_of("thong-bao") == others
    assert [d.id for d in store.documents()] == ["ke-hoach", "thong-bao"]


def test_a_changed_manifest_entry_is_a_change(store: Store, folder: Path, agencies: Agencies) -> None:
    (folder / "manifest.yaml").write_text("- {id: kh, file: ke-hoach.txt, signer: An}\n", encoding="utf-8")
    list(ingest([folder], store, agencies))
    (folder / "manifest.yaml").write_text("- {id: kh, file: ke-hoach.txt, signer: Bình}\n", encoding="utf-8")
    assert outcomes(list(ingest([folder], store, agencies)))[0] == ("ke-hoach.txt", "replaced")
    assert {d.id: d.signer for d in store.documents()}["kh"] == "Bình"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("anh.txt", b"\x89PNG\r\n\x00\x00", "file_damaged"),
        ("may.txt", b"MZ\x90\x00\x03", "file_not_text"),
        ("rong.txt", b"\n\n", "file_empty"),
        ("cu.txt", "résumé ý".encode("latin-1"), "file_not_utf8"),
    ],
)
def test_a_bad_file_stops_no_other(
    store: Store, folder: Path, agencies: Agencies, name: str, data: bytes, code: str
) -> None:
    (folder / name).write_bytes(data)
    results = {result.file: result for result in ingest([folder], store, agencies)}
    error = results[name].error
    assert results[name].outcome is Outcome.FAILED
    assert isinstance(error, CorpusError)
    assert error.code == code
    assert {f for f, r in results.items() if r.outcome is Outcome.ADDED} == {"ke-hoach.txt", "thong-bao.txt"}
    assert {d.id for d in store.documents()} == {"ke-hoach", "thong-bao"}


def test_a_file_gone_bad_leaves_its_old_records(store: Store, folder: Path, agencies: Agencies) -> None:
    list(ingest([folder], store, agencies))
    (folder / "ke-hoach.txt").write_bytes(b"\x00\x00")
    results = list(ingest([folder], store, agencies))
    assert outcomes(results)[0] == ("ke-hoach.txt", "failed")
    assert [t.number for t in store.tasks()] == ["1", "2"]


def test_manifest_entry_without_its_file_stops_no_other(store: Store, folder: Path, agencies: Agencies) -> None:
    (folder / "manifest.yaml").write_text(
        "- {id: mat, file: mat.txt}\n- {id: kh, file: ke-hoach.txt}\n", encoding="utf-8"
    )
    assert outcomes(list(ingest([folder], store, agencies))) == [
        ("mat.txt", "failed"),
        ("ke-hoach.txt", "added"),
        ("thong-bao.txt", "added"),
    ]


def test_paths_that_are_bad_stop_no_other(store: Store, folder: Path, tmp_path: Path, agencies: Agencies) -> None:
    empty = tmp_path / "trong"
    empty.mkdir()
    results = list(ingest([tmp_path / "khong-co.txt", empty, folder], store, agencies))
    assert [result.outcome for result in results] == [Outcome.FAILED, Outcome.FAILED, Outcome.ADDED, Outcome.ADDED]


def test_same_id_from_another_file_is_refused(store: Store, folder: Path, tmp_path: Path, agencies: Agencies) -> None:
    list(ingest([folder], store, agencies))
    other = tmp_path / "khac"
    other.mkdir()
    (other / "moi.txt").write_text("Nội dung khác.\n", encoding="utf-8")
    (other / "manifest.yaml").write_text("- {id: ke-hoach, file: moi.txt}\n", encoding="utf-8")
    before = (store.revision(), store.text_of("ke-hoach"))
    (result,) = ingest([other], store, agencies)
    assert result.outcome is Outcome.FAILED
    assert isinstance(result.error, CorpusError)
    assert result.error.code == "document_id_taken"
    assert "ke-hoach.txt" in sentence_of(result.error)
    assert (store.revision(), store.text_of("ke-hoach")) == before


def test_two_file_names_that_give_one_id(store: Store, tmp_path: Path, agencies: Agencies) -> None:
    (tmp_path / "Kế hoạch.txt").write_text("Một.\n", encoding="utf-8")
    (tmp_path / "ke-hoach.txt").write_text("Hai.\n", encoding="utf-8")
    results = list(ingest([tmp_path], store, agencies))
    assert [result.outcome for result in results] == [Outcome.ADDED, Outcome.FAILED]
    assert len(store.documents()) == 1


def test_the_five_documents_have_the_counts_that_their_manifest_declares(stocked_store: Store) -> None:
    assert {document: count[0] for document, count in stocked_store.counts().items()} == {
        "hn-226-plan": 0,
        "hn-226-annex": 24,
        "cchc-2026-2030": 43,
        "ngoc-ha-89": 43,
        "nhi-chieu-158": 19,
    }


# --- a new version of the readers ------------------------------------------------------------------------


def test_a_new_reader_version_reads_the_stored_texts_again(
    store: Store, folder: Path, agencies: Agencies, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(ingest([folder], store, agencies))
    (stale,) = [d for d in store.documents() if d.id == "ke-hoach"]
    store.replace(stale, store.entries()["ke-hoach"], store.text_of("ke-hoach") or "", [], [])
    shutil.rmtree(folder)
    assert refresh(store, agencies) is False
    assert store.tasks() == []
    monkeypatch.setattr(ingesting, "READER_VERSION", "mới")
    before = store.revision()
    assert refresh(store, agencies) is True
    assert [t.number for t in store.tasks()] == ["1", "2"]
    assert store.revision() > before
    assert store.reader() == "mới"
    assert refresh(store, agencies) is False


def test_reading_again_keeps_texts_entries_and_order(
    agencies: Agencies, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    store = Store.open(tmp_path / "troly.sqlite3")
    list(ingest([DOCUMENTS], store, agencies))
    before = (store.documents(), store.entries(), store.passages(), store.tasks(), store.fingerprints())
    monkeypatch.setattr(ingesting, "READER_VERSION", "mới")
    assert refresh(store, agencies) is True
    assert (store.documents(), store.entries(), store.passages(), store.tasks(), store.fingerprints()) == before
    store.close()


def test_a_text_that_the_new_readers_refuse_keeps_its_old_records(
    store: Store, folder: Path, agencies: Agencies, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise one refused text locks every command out of the store."""
    list(ingest([folder], store, agencies))
    monkeypatch.setattr(ingesting, "READER_VERSION", "mới")

    def refusing(reading: Reading, entry: ManifestEntry, agencies: Agencies, reviews: Sequence[Path]) -> ReadDocument:
        if entry.id == "ke-hoach":
            raise CorpusError("file_empty", file=entry.file)
        return records_of(reading, entry, agencies, reviews)

    monkeypatch.setattr("corpus.ingest.records_of", refusing)
    refresh(store, agencies)
    assert [t.number for t in store.tasks()] == ["1", "2"]


def test_first_use_takes_in_the_documents_that_ship_once(store: Store, agencies: Agencies) -> None:
    notes: list[str] = []
    ensure_documents(store, agencies, DOCUMENTS, lambda: notes.append("một"))
    revision = store.revision()
    ensure_documents(store, agencies, DOCUMENTS, lambda: notes.append("hai"))
    assert notes == ["một"]
    assert store.revision() == revision
    assert len(store.documents()) == 5


def test_an_office_with_its_own_documents_is_not_given_those_that_ship(
    store: Store, folder: Path, agencies: Agencies
) -> None:
    list(ingest([folder], store, agencies))
    ensure_documents(store, agencies, DOCUMENTS, lambda: None)
    assert {d.id for d in store.documents()} == {"ke-hoach", "thong-bao"}
