"""The person of the leadership under whom tasks are listed: "việc chủ tịch trực tiếp chỉ đạo", "phó chủ tịch phụ trách mấy việc"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.understand.lexicon import phrases
from assistant.understand.reading import Reading

_TITLE = r"(?P<title>(?:pho )?(?:chu tich|ct ubnd|giam doc|bi thu|truong ban)|pct)"
_OF = r"(?: (?:uy ban nhan dan|ubnd))?(?: (?:phuong|xa|thanh pho|tinh|dac khu|so)(?: (?!truc|dich|dang|phai|chi|chu|phu|lam|lo)[a-z]+){0,3}?)?(?: (?:minh|ta|em))?"
_SELF = r"(?: (?:dich than|truc tiep|dang|phai|thi|se|duoc|la nguoi|chinh))*"
_ACTS = (
    r"(?:chi dao|phu trach|lanh dao|dieu hanh|dung (?:ra|mui)|lo|om|ganh|lam|chu tri|chiu trach nhiem|theo doi|quan ly)"
)
_GIVEN = r"(?:do|giao(?: cho)?|thuoc|duoi su|cua)(?: (?:dich than|truc tiep|chinh|mot|dong chi))*"
# "Chủ tịch Lộc theo dõi", "anh Đạt phụ trách", "chị Hạnh phó chủ tịch theo dõi".
_NO_NAME = r"(?!(?:phuong|xa|thanh|pho|tinh|dac|so|uy|ubnd|truc|dich|dang|phai|thi|se|duoc|la|chinh|minh|ta|em|nao|ai|nay|do|va|hay|may|bao|viec|nhiem|co|khong|theo|phu|quan|chi|lo|lam)(?!\w))"
_NAME = rf"{_NO_NAME}[a-z]+(?: {_NO_NAME}[a-z]+){{0,3}}?"
_SHORT_NAME = 2  # words
_OF_PERSON = r"(?:anh|chi|ong|ba|dong chi)"
_BY_NAME = phrases(
    rf"(?:{_GIVEN} )?(?:{_OF_PERSON} )?{_TITLE} (?:{_OF_PERSON} )?(?P<after>{_NAME}){_SELF} {_ACTS}(?: (?:chinh|truc tiep))*",
    rf"(?:{_GIVEN} )?{_OF_PERSON} (?P<before>{_NO_NAME}[a-z]+(?: {_NO_NAME}[a-z]+){{0,3}}?)"
    rf"(?:,? {_TITLE.replace('P<title>', 'P<second>')})?{_SELF} {_ACTS}(?: (?:chinh|truc tiep))*",
)
_LED = phrases(
    rf"(?:{_GIVEN} )?(?:(?:dich than|chinh|truc tiep|rieng) )*{_TITLE}{_OF}{_SELF} {_ACTS}(?: (?:chinh|truc tiep))*",
    rf"{_GIVEN} {_TITLE.replace('P<title>', 'P<given>')}{_OF}",
    rf"(?:lanh dao|nguoi)(?: (?:phu trach|chi dao|chu tri))?(?: la)? {_TITLE.replace('P<title>', 'P<named>')}{_OF}",
)


@dataclass(frozen=True)
class Led:
    """The folded title of the person ("" = not said), the tokens that say so, the folded name where it is said."""

    title: str
    tokens: frozenset[int]
    name: str = ""


def find_leader(reading: Reading) -> Led | None:
    """Under whom the tasks of a list are; None where a question names nobody of the leadership so."""
    match, named = _LED.search(reading.question.line), _BY_NAME.search(reading.question.line)
    if (
        named
        and _is_name(named, reading)
        and (match is None or (named.start() < match.start() and named.end() >= match.end()))
    ):
        return _by_name(named, reading)
    if match is None:
        return None
    title = match["title"] or match["given"] or match["named"]
    title = {"pct": "pho chu tich"}.get(title, title)
    return Led(title, frozenset(reading.question.tokens_in(*match.span())))


def _is_name(match: re.Match[str], reading: Reading) -> bool:
    """Whether what stands where a name would is one: written as names are, or one or two words after a title."""
    group = "after" if match["after"] else "before"
    sources = [reading.question.tokens[i].source for i in sorted(reading.question.tokens_in(*match.span(group)))]
    if all(source[:1].isupper() for source in sources):
        return True
    titled = bool(match["title"] or match["second"])
    return titled and len(sources) <= _SHORT_NAME and not reading.question.accented


def _by_name(match: re.Match[str], reading: Reading) -> Led:
    title = match["title"] or match["second"] or ""
    title = {"pct": "pho chu tich"}.get(title, title)
    tokens = frozenset(reading.question.tokens_in(*match.span()))
    return Led(title, tokens, match["after"] or match["before"])


def is_led_by(cell: str, title: str, name: str = "") -> bool:
    """Whether the folded words of a leader's cell name the person: the deputy is not the chairman."""
    if name and not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", cell):
        return False
    titles = {"pho chu tich": "(?:pho chu tich|pct)", "chu tich": "(?:chu tich|ct)"}
    return not title or re.match(rf"(?:cac )?{titles.get(title, re.escape(title))}(?!\w)", cell) is not None
