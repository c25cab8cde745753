"""Which folded words can be Vietnamese, how damaged a text is, what a damaged word was."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.ingest import ReadDocument
from corpus.vietnamese import words
from corpus.vocabulary import damage_share, is_syllable, repaired


@pytest.mark.parametrize(
    "word",
    "nghiem vu chu tri phoi hop thoi han uy ban nhan dan phuong quyet dinh chuyen doi so hoi nghi giay to khuya"
    " nguyen thuong xuyen quy gi gia yeu cau ngoac quan uong nghieng".split(),
)
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", "chirc t6 phuwong dashboard okr xyz kpi wz nghiemm bcd 18".split())
def test_what_no_one_can_say(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("damaged", "word"),
    [
        ("chirc", "chuc"),
        ("t6", "to"),
        ("s6", "so"),
        ("d6i", "doi"),
        ("phuwong", "phuong"),
        ("2026", "2026"),
        ("18", "18"),
        ("chuc", "chuc"),
        ("x", "x"),
        ("", ""),
    ],
)
def test_repaired(damaged: str, word: str) -> None:
    assert repaired(damaged) == word


def test_repair_leaves_sound_words_alone(library_documents: dict[str, ReadDocument]) -> None:
    sound = {w for w in words(library_documents["nhi-chieu-158"].text) if is_syllable(w)}
    assert sound
    assert all(repaired(word) == word for word in sound)


@given(st.text(alphabet="abcdefghiklmnopqrstuvxyw0123456789", max_size=30))
@settings(derandomize=True, max_examples=300, deadline=None)
def test_repair_of_anything_gives_a_word(word: str) -> None:
    found = repaired(word)
    assert found == word or is_syllable(found)


def test_repair_is_quick() -> None:
    started = time.perf_counter()
    for i in range(300):
        repaired(f"zq{i}wkj")
    assert time.perf_counter() - started < 5


def test_damage_tells_the_scan_from_the_clean_texts(library_documents: dict[str, ReadDocument]) -> None:
    share = {document: damage_share(p.text for p in read.passages) for document, read in library_documents.items()}
    scan = share.pop("ngoc-ha-89")
    assert scan > 0.12
    assert max(share.values()) < 0.04


@pytest.mark.parametrize("texts", [[], [""], ["2026 - 2030"], ["UBND TTHC OKR KPI"]])
def test_texts_without_words_are_not_damaged(texts: list[str]) -> None:
    assert damage_share(texts) == 0.0
