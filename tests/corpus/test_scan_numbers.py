"""Numbers of rows, as an engine misreads them one by one, settled by one another."""

from __future__ import annotations

import pytest

from corpus.certainty import LEAST
from corpus.readers.scan_mending import mended
from corpus.readers.scan_numbers import Above, Numeral, settled


def read(column: str, sure: float = 0.9, above: Above | None = None) -> list[Numeral]:
    return settled([Numeral(text, sure, text, sure) for text in column.split()], above or Above())[0]


@pytest.mark.parametrize(
    ("column", "meant"),
    [
        ("1 2 3 4 s 6 7 g 9 10", "1 2 3 4 5 6 7 8 9 10"),
        ("I 1. 2. H 1. 2. 3. IH 1. 2. IV 1.", "I 1. 2. II 1. 2. 3. III 1. 2. IV 1."),
        ("L 1 2 3 H1 1", "I 1 2 3 II 1"),
        ("I 1 2 II 3 4 HI 5", "I 1 2 II 3 4 III 5"),
        ("1.1 1.2 2.1 2.2", "1.1 1.2 2.1 2.2"),
        ("A 1 2 B 1 2", "A 1 2 B 1 2"),
        ("1. a) b) 2. a)", "1. a) b) 2. a)"),
        ("11 12 1e 14", "11 12 13 14"),
    ],
)
def test_a_numeral_is_what_fits_between_its_neighbours(column: str, meant: str) -> None:
    assert [numeral.text for numeral in read(column)] == meant.split()


def test_a_mended_numeral_is_less_certain_than_one_that_was_read() -> None:
    mended = read("1 2 3 4 s 6 7")
    assert LEAST <= mended[4].confidence < mended[3].confidence


def test_a_numeral_that_fits_nowhere_is_not_stated() -> None:
    assert read("1 2 3 4 7 6 7 8")[4].confidence < LEAST


def test_numbers_go_on_from_the_page_before() -> None:
    above = settled([Numeral(text, 0.9, text, 0.9) for text in "I 1. 2. II 1. 2. 3.".split()])[1]
    assert [numeral.text for numeral in read("4. IH 1. 2.", above=above)] == ["4.", "III", "1.", "2."]


def test_two_readings_that_differ_are_told_apart_by_what_stands_above() -> None:
    rows = [Numeral("1", 0.9, "1", 0.9), Numeral("2", 0.9, "2", 0.9), Numeral("8", 0.9, "3", 0.6)]
    assert settled(rows)[0][2].text == "3"


def test_a_column_of_words_stays_as_it_was_read() -> None:
    column = [Numeral("Sở", 0.9), Numeral("Ban", 0.8), Numeral("1", 0.9)]
    assert settled(column)[0] == column


@pytest.mark.parametrize(
    ("before", "read_as", "meant"),
    [
        ("Quý", "11/2026", "II/2026"),
        ("Quý", "lI/2026;", "II/2026;"),
        ("quý", "H", "II"),
        ("Quý", "IH/2027", "III/2027"),
        ("Quý", "IV/2026", "IV/2026"),
        ("Quý", "4", "4"),
        ("Quý", "trọng", "trọng"),
        ("ngày", "3l/12/2026", "31/12/2026"),
        ("Tháng", "1O/2026", "10/2026"),
        ("tháng", "11/2026", "11/2026"),
        ("số", "226-KL/TW", "226-KL/TW"),
    ],
)
def test_only_what_has_one_meaning_is_mended(before: str, read_as: str, meant: str) -> None:
    assert mended(read_as, before) == meant
