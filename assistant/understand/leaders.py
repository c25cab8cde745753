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
_LED = phrases(
    rf"(?:{_GIVEN} )?{_TITLE}{_OF}{_SELF} {_ACTS}(?: (?:chinh|truc tiep))*",
    rf"{_GIVEN} {_TITLE.replace('P<title>', 'P<given>')}{_OF}",
    rf"(?:lanh dao|nguoi)(?: (?:phu trach|chi dao|chu tri))?(?: la)? {_TITLE.replace('P<title>', 'P<named>')}{_OF}",
)


@dataclass(frozen=True)
class Led:
    """The folded title of the person, and the tokens that say so."""

    title: str
    tokens: frozenset[int]


def find_leader(reading: Reading) -> Led | None:
    """Under whom the tasks of a list are; None where a question names nobody of the leadership so."""
    match = _LED.search(reading.question.line)
    if match is None:
        return None
    title = match["title"] or match["given"] or match["named"]
    title = {"pct": "pho chu tich"}.get(title, title)
    return Led(title, frozenset(reading.question.tokens_in(*match.span())))


def is_led_by(cell: str, title: str) -> bool:
    """Whether the folded words of a leader's cell name the person: the deputy is not the chairman."""
    return re.match(rf"(?:cac )?{re.escape(title)}(?!\w)", cell) is not None
