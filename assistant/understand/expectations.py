"""What an answer must hold to be one, by what a question asks for: a percentage, a day, a name, a cited law's date."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.understand.fields import WHEN
from assistant.understand.lexicon import CITED_ASKED, EXPECTED, FIELDS, GRADED, HOW_MANY, WHENEVER, phrases
from assistant.understand.query import DocumentField
from assistant.understand.question import Question
from corpus.vietnamese import toneless_key

CONFIRMS = re.compile(
    r"(?:dung|phai|co|chua) ?(?:khong|k|chua)?(?: a| nhi| vay| ha)?$|(?<!\w)co phai(?!\w)|(?:dung|phai) khong"
)
CITED = re.compile(
    r"(?<!\w)(ket luan|quyet dinh|chi thi|nghi quyet|nghi dinh|luat|thong tu|ke hoach|quy dinh)(?: so)? (\d{1,4})(?!\w)"
)
# What others are said to have said: no topic.
HEARSAY = phrases(
    r"(?:em |toi |minh )?(?:nghe|thay)(?: (?:noi|bao|don|dau|ai do noi|moi nguoi (?:noi|bao)|anh em noi|ban))+(?: la| rang)?",
    r"(?:hinh nhu|co nguoi (?:noi|bao)|moi nguoi (?:noi|bao)|theo toi biet)(?: la| rang)?",
)
_POST = re.compile(
    r"(?<!\w)(?:pho )?(?:chu tich|truong phong|giam doc|bi thu|chanh van phong|truong (?:khu|thon|ap|ban|xom|lang|tram)|to truong)(?!\w)"
)
_CONTACT = next(answer.pattern for _, answer in EXPECTED if answer.search("www."))
NUMBER_TO_CALL = phrases(
    "(?:so dien thoai|sdt|so may|hotline|duong day nong)(?: [a-z]+){0,8} (?:la )?(?:so nao|so may|bao nhieu|la gi|so gi)"
)
_OF_IT = re.compile(rf"(?<!truoc )(?<!han )(?<!xong ){WHEN.pattern}")
_NUMBER_WORD = "(?:mot|hai|ba|bon|chin|muoi)"  # no "tâm dịch vụ", "năm dịch vụ", "sau vụ"
_COUNTED = {"nguoi": "(?:nguoi|thanh vien|dong chi|khach|dai bieu|hoc vien|hoc sinh|hoi vien|can bo|chien si|lao dong)"}
_COUNTED |= dict.fromkeys(("be", "chau", "em", "tre"), "(?:be|chau|em|tre(?: em)?|hoc sinh)")
_AMOUNT = rf"(?:\d[\d.,]*+(?!%)|\b{_NUMBER_WORD})"
# "Khi nào được trả lại hồ sơ": in which case, not on which day.
_CONDITION_ASKED = re.compile(
    r"(?<!\w)(?:khi|luc) nao (?:thi )?(?:[a-z]+ ){0,5}?(?:duoc|bi|duoc phep|coi la|phai tra|moi duoc|khong phai)(?! (?:giao|xong|hoan thanh|ban hanh|phe duyet|trien khai|thuc hien|cap|trinh))(?= )"
)
# "Khi nào thì phải xin chi viện": on a day, or in a case.
_CASE_ASKED = re.compile(r"(?<!\w)(?:khi|luc) nao (?:thi |moi )+(?:phai|can|nen|xin|goi|bao)(?!\w)")
_OR_IN_CASE = rf"{WHENEVER}|\btruong hop\b|\bneu\b|\bkhi [a-z]"
_NAME_ASKED = (phrases("ten (?:la )?gi", "ten ai", "ho ten", "la ai", "ai la"),)


def _is_how_many(question: Question, place: int, knows: Callable[[str], bool]) -> bool:
    """Whether the word at a place of the line is "mấy", not the syllable of another word ("đám mây")."""
    i = min(question.tokens_in(place, place + 1))
    token = question.tokens[i]
    if token.word != "may":
        return True
    if question.accented:
        return toneless_key(token.source) == toneless_key("mấy")
    return i == 0 or not knows(f"{question.tokens[i - 1].word}_may")


def expected(question: Question, knows: Callable[[str], bool]) -> tuple[str, ...]:
    """The patterns that an answer must hold, by what the question asks for."""
    found = [answer.pattern for pattern, answer in EXPECTED if pattern.search(question.line)]
    if _CONDITION_ASKED.search(question.line):
        found = [pattern for pattern in found if pattern != WHENEVER]
    elif _CASE_ASKED.search(question.line):
        found = [_OR_IN_CASE if pattern == WHENEVER else pattern for pattern in found]
    if len(found) > 1 and not NUMBER_TO_CALL.search(question.line):
        found = [pattern for pattern in found if pattern != _CONTACT]
    found += [*cited_patterns(question.line), *_kinds_asked(question.line)]
    if (post := _POST.search(question.line)) and any(p.search(question.line) for p in _NAME_ASKED):
        found.append(rf"\b{post[0]}" if post[0].startswith("pho") else rf"(?<!pho ){post[0]}\b")
    match = HOW_MANY.search(question.line)
    if match and _is_how_many(question, match.start(), knows):
        found.append(rf"{_AMOUNT} (?:[a-z]+,? ){{0,1}}{_COUNTED.get(match['noun'], match['noun'])}\b")
    return tuple(found)


def _kinds_asked(line: str) -> Iterator[str]:
    """Patterns for a question on which law or plan something rests, or which grade it has: one of that kind."""
    if match := CITED_ASKED.search(line):
        kind = match["sure"] or match["by"] or match["numbered"]
        yield r"\bluat\b" if kind == "luat" else rf"\b{kind}(?: so)? \d"
    if match := GRADED.search(line):
        yield rf"\b{match['noun']} (?:thu )?(?:\d|[ivx]+\b|{_NUMBER_WORD}\b)"


def is_amount(pattern: str) -> bool:
    """Whether a pattern wants so and so many of something."""
    return pattern.startswith(_AMOUNT)


def cited_patterns(line: str) -> list[str]:
    """Patterns for a question on a document that these documents cite: its date, its issuer."""
    cited = CITED.search(line)
    if cited is None:
        return []
    name = rf"{cited[1]}(?: so)? {cited[2]}[^ ,;]*"
    patterns = dict(FIELDS)
    found = []
    if patterns[DocumentField.DATE].search(line) or _OF_IT.search(line[cited.end() :][:20]):
        found.append(rf"{name} ngay \d")
    if patterns[DocumentField.ISSUER].search(line) or re.search(r"(?<!\w)cua (?:ai|co quan nao)", line):
        found.append(rf"{name}(?: ngay [\d/]+| ngay \d+ thang \d+ nam \d+)? cua ")
    return found
