"""Which words may stand for others, and which carry little."""

from __future__ import annotations

import time

import pytest

from corpus.vietnamese import fold
from retrieval import thesaurus
from retrieval.thesaurus import FILLER, LIGHT, is_accented, substitutes, weights


def meant(question: str) -> dict[str, set[str]]:
    """By the words of a question what may stand for them."""
    typed = question.split()
    words = [fold(word) for word in typed]
    return {
        " ".join(typed[s.start : s.end]): {" ".join(p.spelled) for p in s.phrases} for s in substitutes(words, typed)
    }


def carried(question: str) -> dict[str, float]:
    typed = question.split()
    return dict(zip(typed, weights([fold(word) for word in typed], typed), strict=False))


@pytest.mark.parametrize(
    ("question", "asked", "official"),
    [
        ("tiền lấy ở đâu ra", "tiền lấy ở đâu", "kinh phí"),
        ("chatbot giúp cán bộ", "chatbot", "trợ lý ảo"),
        ("mở lớp dạy cho dân", "lớp dạy", "tập huấn"),
        ("dân kêu thì sao", "dân kêu", "kiến nghị"),
        ("bỏ bớt giấy tờ", "bỏ bớt", "cắt giảm"),
        ("đưa lên cloud", "cloud", "điện toán đám mây"),
        ("bo bot giay to", "bo bot", "cắt giảm"),
        ("trâu bò gà vịt chết thì báo ai", "trâu bò gà vịt", "gia cầm"),
        ("chỗ nào bị dời", "dời", "di dời"),
        ("bao giờ khám nghĩa vụ", "khám nghĩa vụ", "khám tuyển"),
        ("bat loi thoat hiem", "loi thoat hiem", "lối thoát nạn"),
    ],
)
def test_everyday_words_may_mean_official_ones(question: str, asked: str, official: str) -> None:
    assert official in meant(question)[asked]


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("tiến bộ của phường", "tiến"),  # progress, not money
        ("nông thôn mới", "nông"),
        ("cồn cát ven sông", "cát"),
        ("con số năm nay", "con"),  # typed with accents all over: "con" is no "cồn"
        ("sao y te phuong lai cham", "sao y"),  # typed without: "vì sao y tế", no copy of a paper
        ("bao ve rung", "bao ve"),  # "bảo vệ", no storm that comes back
        ("lam cho dan vui", "lam cho"),  # "làm cho", no market
    ],
)
def test_look_alikes_mean_nothing_else(question: str, asked: str) -> None:
    assert asked not in meant(question)


def test_one_way_stays_one_way() -> None:
    assert "kinh phí" in meant("còn tiền mua máy tính")["tiền"]
    assert "tiền" not in meant("bố trí kinh phí mua máy tính").get("kinh phí", set())


def test_a_word_inside_a_phrase_is_not_looked_up_alone() -> None:
    assert "xe" not in meant("mua xe rùa cho tổ")
    assert meant("mua xe rùa cho tổ")["xe rùa"] == {"xe đẩy tay"}


def test_fillers_carry_hardly_anything_and_content_all() -> None:
    shares = carried("cái vụ nồng độ cồn thì phường phạt thế nào")
    assert shares["vụ"] == shares["thì"] == FILLER
    assert shares["phường"] == LIGHT
    assert shares["nồng"] == shares["cồn"] == shares["phạt"] == 1.0


def test_accents_decide_what_is_a_filler() -> None:
    assert carried("chương trình giáo dục mầm non, chỉ tiêu mới")["mầm"] == 1.0
    assert carried("chị phụ trách đất đai rừng núi")["đất"] == 1.0
    assert carried("cồn cát bị sạt lở")["cồn"] == 1.0


def test_a_question_of_fillers_and_figures_is_weighed_as_it_stands() -> None:
    assert weights(["1", "1", "bang"], ["1", "1", "bằng"]) == ()


@pytest.mark.parametrize(("typed", "accented"), [("bỏ bớt giấy tờ", True), ("bo bot giay to", False), ("", False)])
def test_typed_with_accents(typed: str, accented: bool) -> None:
    assert is_accented(typed.split()) is accented


def test_the_files_are_in_order() -> None:
    groups, sources = thesaurus._thesaurus()
    assert len(groups) >= 500
    phrases = {*sources, *(fold(phrase) for group in groups for phrase in group)}
    assert all(0 < len(phrase.split()) <= thesaurus.LONGEST for phrase in {*sources, *thesaurus._slight()})
    assert not [phrase for phrase in phrases if phrase != " ".join(phrase.split())]
    assert len(thesaurus._slight()) >= 300


def test_reading_the_files_takes_no_time_that_anybody_feels() -> None:
    thesaurus._thesaurus.cache_clear()
    started = time.perf_counter()
    substitutes(["tien"], ["tiền"])
    assert time.perf_counter() - started < 0.2
