"""The ways of typing a question: what each changes, and what none may touch."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.vietnamese import fold, nfc
from eval.variants import NAMES, PLAIN, WAYS, spelled_in, variants

SYLLABLES = ["nhiệm", "vụ", "Phòng", "chủ", "trì", "văn", "hóa", "kế", "hoạch", "đường", "thuỷ", "ai", "tổng", "KHCN"]
SIGNS = [
    "158/KH-UBND",
    "158/kh-ubnd",
    "II.4.a",
    "II.4.đ",
    "09/2019/NĐ-CP",
    "534/QĐ-TTg",
    "05/6/2026",
    "15%",
    "2.500",
    "18",
    "VII.1",
]
QUESTIONS = st.lists(st.sampled_from([*SYLLABLES, *SIGNS]), min_size=1, max_size=12).map(" ".join)
SEEDS = [str(seed) for seed in range(60)]


def typed(way: str, text: str, seed: str = "7", spelled: Mapping[str, str] | None = None) -> str:
    """A question in one way; as it was where the way changes nothing."""
    return variants((text,), seed, spelled or {}, [way]).get(way, (text,))[0]


def ever(way: str, text: str) -> set[str]:
    """All that a way makes of a question, over many seeds."""
    return {typed(way, text, seed) for seed in SEEDS}


# --- each way --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("way", "text", "expected"),
    [
        ("folded", "Nhiệm vụ 18 Đảng ủy", "nhiem vu 18 dang uy"),
        ("capitals", "nhiệm vụ 18 đảng ủy", "NHIỆM VỤ 18 ĐẢNG ỦY"),
        ("nfd", "nhiệm vụ", unicodedata.normalize("NFD", "nhiệm vụ")),
        ("telex", "nhiệm", "nhieemj"),
        ("telex", "đường", "dduwowngf"),
        ("telex", "Ủy", "Uyr"),
        ("telex", "Đảng", "Ddangr"),
        ("vni", "nhiệm", "nhie6m5"),
        ("vni", "đường", "d9u7o7ng2"),
        ("vni", "Ủy", "Uy3"),
    ],
)
def test_way_on_an_example(way: str, text: str, expected: str) -> None:
    assert typed(way, text) == expected


@pytest.mark.parametrize(("way", "keys"), [("telex", {"nhieemj", "vuj"}), ("vni", {"nhie6m5", "vu5"})])
def test_keys_are_left_over_in_some_words(way: str, keys: set[str]) -> None:
    found = ever(way, "nhiệm vụ 18")
    assert {word for text in found for word in text.split()} == {"nhiệm", "vụ", "18", *keys}
    assert all(set(text.split()) & keys for text in found), "one word at least"


def test_partial_takes_the_accents_of_whole_words() -> None:
    for text in ever("partial", "nhiệm vụ của Phòng"):
        for word, original in zip(text.split(), ["nhiệm", "vụ", "của", "Phòng"], strict=True):
            assert word in (original, fold(original))
    assert len(ever("partial", "nhiệm vụ của Phòng")) > 4


@pytest.mark.parametrize(
    ("old", "new"), [("hòa", "hoà"), ("thủy", "thuỷ"), ("khỏe", "khoẻ"), ("HÓA", "HOÁ"), ("Hòa", "Hoà"), ("tùy", "tuỳ")]
)
def test_tone_moves_both_ways(old: str, new: str) -> None:
    assert typed("tone_moved", f"xã {old} nào") == f"xã {new} nào"
    assert typed("tone_moved", f"xã {new} nào") == f"xã {old} nào"


@pytest.mark.parametrize(
    "text", ["quý", "quỹ", "quả", "toàn", "hoặc", "khuya", "của", "mía", "ngoài", "hoa", "thuy", "18"]
)
def test_tone_of_look_alikes_stays(text: str) -> None:
    assert "tone_moved" not in variants((text,), "7", {})


@pytest.mark.parametrize(
    ("text", "possible"),
    [
        ("nhiệm vụ 18 ai chủ trì", {"nv 18 ai ctri", "nvu 18 ai ctri"}),
        ("Ủy ban nhân dân phường", {"ubnd phường"}),
        ("chuyển đổi số ở đâu", {"cds ở đâu"}),
    ],
)
def test_words_are_abbreviated(text: str, possible: set[str]) -> None:
    assert ever("abbreviated", text) == possible


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nv 18 ai ctri", "nhiệm vụ 18 ai chu tri"),
        ("KH của UBND", "ke hoach của uy ban nhan dan"),
        ("QĐ nào", "quyet dinh nào"),
        ("kh ko có", "ke hoach khong có"),
    ],
)
def test_abbreviations_are_written_in_full(text: str, expected: str) -> None:
    assert typed("in_full", text, spelled={"nhiem vu": "nhiệm vụ"}) == expected


@pytest.mark.parametrize("text", ["phường Hồng Hà", "chỗ nào bị hỏng", "kế hoạch 158/KH-UBND", "họp lúc 5h"])
def test_what_only_looks_like_an_abbreviation_stays(text: str) -> None:
    assert typed("in_full", text) == text


def test_words_are_spelled_as_documents_spell_them_most_often() -> None:
    found = spelled_in(["Kế hoạch, kế hoạch", "KẾ HOẠCH và kế họach; nhiệm vụ", "không"])
    assert found["ke hoach"] == "kế hoạch"
    assert found["nhiem vu"] == "nhiệm vụ"
    assert "uy ban nhan dan" not in found


def test_slip_is_one_letter_doubled_left_out_or_early() -> None:
    found = ever("slips", "hoạch")
    assert {len(text) for text in found} == {4, 5, 6}
    assert "hoạch" not in found
    assert all(text[0] == "h" for text in found)
    assert "hoach" not in {fold(text) for text in found if len(text) != 5}


def test_short_words_have_no_slips() -> None:
    assert "slips" not in variants(("ai chủ trì vụ 18",), "7", {})


def test_two_words_are_joined() -> None:
    assert ever("joined", "nhiệm vụ 18") == {"nhiệmvụ 18"}
    assert "joined" not in variants(("nhiệm 18 vụ",), "7", {})


@pytest.mark.parametrize("way", ["polite", "english"])
def test_frame_stands_around_a_whole_question(way: str) -> None:
    for text in ever(way, "nhiệm vụ 18 ai chủ trì?"):
        assert "nhiệm vụ 18 ai chủ trì" in text
        assert "trì?" not in text
        assert len(text) > len("nhiệm vụ 18 ai chủ trì?")
    assert len(ever(way, "nhiệm vụ 18 ai chủ trì?")) > 3


@pytest.mark.parametrize("way", ["polite", "english"])
@pytest.mark.parametrize("text", ["2", "cảm ơn", "thế hạn?"])
def test_no_frame_around_a_few_words(way: str, text: str) -> None:
    assert way not in variants((text,), "7", {})


# --- all ways --------------------------------------------------------------------------------------------


def test_every_way_changes_some_question() -> None:
    made = variants(("Phòng Văn hóa chủ trì nv nào, kế hoạch 158/KH-UBND?",), "7", {})
    assert tuple(made) == NAMES
    assert len(set(made.values())) == len(made)


def test_way_that_changes_nothing_is_left_out() -> None:
    made = variants(("18",), "7", {})
    assert made == {PLAIN: ("18",)}


def test_conversation_is_typed_in_one_way_if_any_turn_changes() -> None:
    made = variants(("nhiệm vụ 18", "2"), "7", {})
    assert made["folded"] == ("nhiem vu 18", "2")
    assert made[PLAIN] == ("nhiệm vụ 18", "2")


def test_only_the_ways_that_are_named() -> None:
    made = variants(("nhiệm vụ 18 ai chủ trì",), "7", {}, ["folded", PLAIN])
    assert list(made) == [PLAIN, "folded"]
    assert list(variants(("nhiệm vụ 18",), "7", {}, ["folded"])) == ["folded"]


QUESTION = ("Phòng Văn hóa - Xã hội phường Nhị Chiểu chủ trì những nhiệm vụ nào trong kế hoạch chuyển đổi số?",)


def test_same_seed_makes_the_same() -> None:
    assert variants(QUESTION, "7/a", {}) == variants(QUESTION, "7/a", {})
    assert variants(QUESTION, "7/a", {}, ["slips"])["slips"] == variants(QUESTION, "7/a", {})["slips"]


@pytest.mark.parametrize("way", ["partial", "telex", "vni", "slips", "joined", "polite", "english"])
def test_other_seeds_make_others(way: str) -> None:
    assert len(ever(way, QUESTION[0])) > 3


def test_seed_7_makes_what_it_made_on_every_machine() -> None:
    made = variants(("nhiệm vụ 18 ai chủ trì",), "7/number-001", {})
    assert made["telex"] == ("nhiệm vụ 18 ai chủ trif",)
    assert made["slips"] == ("nhiiệm vụ 18 ai chủ trì",)


def signs_in(text: str) -> list[str]:
    return [word for word in text.split() if word in SIGNS]


@pytest.mark.parametrize("way", ["slips", "joined", "telex", "vni"])
@given(question=QUESTIONS, seed=st.sampled_from(SEEDS))
@settings(derandomize=True, max_examples=60, deadline=None)
def test_signs_and_figures_never_change(way: str, question: str, seed: str) -> None:
    assert signs_in(typed(way, question, seed)) == signs_in(question)


@pytest.mark.parametrize("way", [way for way in WAYS if way != "vni"])
@given(question=QUESTIONS, seed=st.sampled_from(SEEDS))
@settings(derandomize=True, max_examples=25, deadline=None)
def test_digits_never_change(way: str, question: str, seed: str) -> None:
    assert re.findall(r"\d+", typed(way, question, seed)) == re.findall(r"\d+", question)


@pytest.mark.parametrize("way", ["folded", "partial", "nfd", "capitals", "tone_moved"])
@given(question=QUESTIONS)
@settings(derandomize=True, max_examples=60, deadline=None)
def test_ways_of_accents_and_case_keep_the_words(way: str, question: str) -> None:
    assert fold(typed(way, question)) == fold(question)


@pytest.mark.parametrize("way", WAYS)
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40))
@settings(derandomize=True, max_examples=25, deadline=None)
def test_no_way_fails_on_any_text(way: str, text: str) -> None:
    assert nfc(typed(way, text)) or not text
