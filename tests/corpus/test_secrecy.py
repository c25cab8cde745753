"""Documents under a mark of secrecy are refused; those for internal use are marked so."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.faults import sentence_of
from assistant.ingest import Outcome, ingest
from connectors.database import Store
from corpus.agencies import Agencies
from corpus.errors import CorpusError
from corpus.ingest import checked, records_of
from corpus.manifest import ManifestEntry
from corpus.reading import Reading
from corpus.records import Access
from corpus.secrecy import degree_of_secrecy

HEAD = "UBND PHƯỜNG X\n\nSố: 1/KH-UBND\n\n"
TAIL = "KẾ HOẠCH\n\nI. MỤC ĐÍCH\n\n1. Bảo đảm 100% văn bản không mật gửi nhận điện tử.\n"


@pytest.mark.parametrize(
    ("line", "degree"),
    [
        ("MẬT", "Mật"),
        ("TỐI MẬT", "Tối mật"),
        ("**TUYỆT MẬT**", "Tuyệt mật"),
        ("TUYET MAT", "Tuyệt mật"),
        ("[ MẬT ]", "Mật"),
        ("Độ mật: Mật", "Mật"),
        ("Mức độ mật: TỐI MẬT", "Tối mật"),
        ("MẬT          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Mật"),
        ("UBND PHƯỜNG X\tTỐI MẬT", "Tối mật"),
    ],
)
def test_a_mark_is_seen(line: str, degree: str) -> None:
    assert degree_of_secrecy(Reading(HEAD + line + "\n\n" + TAIL)) == degree


@pytest.mark.parametrize("line", ["Mật", "bí mật", "MẬT ĐỘ DÂN SỐ", "CƠ MẬT VIỆN", "trừ văn bản mật", "Độ mật: không"])
def test_words_that_are_no_mark(line: str) -> None:
    assert degree_of_secrecy(Reading(HEAD + line + "\n\n" + TAIL)) is None


def test_a_mark_on_a_later_page_counts() -> None:
    assert degree_of_secrecy(Reading(HEAD + TAIL + "\fTỐI MẬT\nPHỤ LỤC\n", pages=(0, 60))) == "Tối mật"


def test_a_secret_document_is_refused_and_not_stored(tmp_path: Path, agencies: Agencies) -> None:
    (tmp_path / "ke-hoach.txt").write_text(HEAD + "MẬT\n\n" + TAIL, encoding="utf-8")
    (tmp_path / "khac.txt").write_text(HEAD + TAIL, encoding="utf-8")
    store = Store.open(None)
    secret, other = ingest([tmp_path], store, agencies)
    assert (secret.outcome, other.outcome) == (Outcome.FAILED, Outcome.ADDED)
    assert secret.error is not None
    assert "độ mật “Mật”" in sentence_of(secret.error)
    assert [d.id for d in store.documents()] == ["khac"]
    store.close()


def test_internal_use_is_read_and_the_manifest_may_say_otherwise(agencies: Agencies) -> None:
    reading = checked(Reading(HEAD + "LƯU HÀNH NỘI BỘ\n\n" + TAIL), "a.txt")
    silent = ManifestEntry(id="a", file="a.txt")
    stated = ManifestEntry(id="a", file="a.txt", access=Access.PUBLIC)
    assert records_of(reading, silent, agencies).document.access is Access.INTERNAL
    assert records_of(reading, stated, agencies).document.access is Access.PUBLIC


def test_a_file_without_a_word_is_empty() -> None:
    with pytest.raises(CorpusError, match="file_empty"):
        checked(Reading(" \f . \n"), "a.pdf")
