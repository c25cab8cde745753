"""How much of a question a text explains where other words stand for those that were typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.vietnamese import fold
from retrieval.coverage import Sought, coverage
from retrieval.thesaurus import substitutes, weights
from retrieval.words import Entry, WordIndex, build_index

TEXTS = (
    "Thực hiện cắt giảm tối thiểu 15% số lượng văn bản hành chính",
    "Thí điểm ứng dụng Trợ lý ảo hỗ trợ hoạt động công vụ",
    "Kinh phí thực hiện từ ngân sách nhà nước",
    "Tập huấn kỹ năng số cho cán bộ, công chức",
    "Thu gom rác bằng xe đẩy tay",
    "Chất lượng nước sông được đánh giá hằng quý",
)


@pytest.fixture(scope="module")
def index() -> WordIndex:
    return build_index(None, (Entry(str(i), "plan", "passage", text) for i, text in enumerate(TEXTS)))


@pytest.fixture
def explained(index: WordIndex) -> Callable[[str, str], float]:
    def share(question: str, text: str) -> float:
        typed = tuple(question.split())
        words = tuple(fold(word) for word in typed)
        sought = Sought(words, typed, substitutes=substitutes(words, typed), weights=weights(words, typed))
        return coverage(sought, text, "", index.rarity)

    return share


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("con chatbot hỗ trợ công vụ", TEXTS[1]),
        ("lớp dạy kỹ năng số cho cán bộ", TEXTS[3]),
        ("gom rác bằng xe rùa", TEXTS[4]),
    ],
)
def test_other_words_explain(explained: Callable[[str, str], float], question: str, text: str) -> None:
    assert explained(question, text) > 0.7


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("lương cán bộ tăng bao nhiêu", TEXTS[5]),  # "lượng" is no "lương", "đánh giá" no price
        ("lớp dạy bơi cho trẻ em", TEXTS[3]),
        ("chatbot bán vé xem phim", TEXTS[1]),
        ("bỏ bớt nồng độ cồn", TEXTS[0]),
    ],
)
def test_look_alikes_do_not(explained: Callable[[str, str], float], question: str, text: str) -> None:
    assert explained(question, text) < 0.6


def test_the_word_itself_explains_more_than_another(explained: Callable[[str, str], float]) -> None:
    assert explained("trợ lý ảo hỗ trợ công vụ", TEXTS[1]) > explained("chatbot hỗ trợ công vụ", TEXTS[1])


def test_fillers_that_no_text_holds_hardly_count(explained: Callable[[str, str], float]) -> None:
    plain = explained("thu gom rác xe đẩy tay", TEXTS[4])
    assert explained("cái vụ thu gom rác xe đẩy tay ấy mà", TEXTS[4]) > plain - 0.1


def test_a_phrase_is_found_by_what_may_stand_for_it(index: WordIndex) -> None:
    assert index.search(["chatbot"]) == []
    assert [hit.key for hit in index.search(["chatbot"], also=["tro_ly", "ly_ao"])] == ["1"]
