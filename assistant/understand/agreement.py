"""Questions whether the prose of a plan and its annex agree: "kế hoạch và phụ lục có thống nhất về hạn … không?"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.understand.lexicon import phrases
from assistant.understand.reading import Reading

ALIKE, UNLIKE = "alike", "unlike"
_PROSE = (
    r"(?:(?:(?:phan |o )*(?:loi van|phan loi|van ban|noi dung|than|phan chinh)(?: van)?(?: cua| trong| o)* )?(?:ban )?"
    r"(?:ke hoach|quyet dinh|chuong trinh|quy che|phuong an|de an)|(?:phan )?loi van|phan (?:loi|noi dung|chu|thuyet minh)(?: (?:trong|cua|o) (?:ban )?(?:ke hoach|quyet dinh|chuong trinh))?)"
)
_ANNEX = r"(?:(?:cai |ban )?phu luc(?: kem theo)?|bang(?: (?:phan cong|nhiem vu|phu luc|kem theo|danh muc|cong viec))*)"
_JOIN = r"(?:[^,?]{0,30}?)(?:,| va| voi| so voi| con| hay)+(?: ghi| o| trong| theo)* "
_PLACES = re.compile(rf"(?<!\w)(?P<first>{_PROSE}){_JOIN}(?P<second>{_ANNEX})(?!\w)")
_PLACES_BACK = re.compile(rf"(?<!\w)(?P<first>{_ANNEX}){_JOIN}(?P<second>{_PROSE})(?!\w)")
_DIFFER = r"khac|lech|chenh|venh|mau thuan|da nhau"
_SAME = r"thong nhat|trung khop|khop|giong|dong nhat|nhat quan|trung|dong bo|nhu"
_ASKS = re.compile(
    rf"(?<!\w)(?:(?:co|deu|la|bi|thay|ghi)(?: (?!khong)[a-z]+){{0,3}}? )(?P<one>{_SAME}|{_DIFFER})(?: (?:nhau|voi nhau))*(?!\w)"
    rf"|(?<!\w)(?P<other>{_SAME}|{_DIFFER})(?: voi)? (?:nhau|khong|ko|k|chua|hay)(?!\w)"
)
_CLOSES = phrases(
    "(?:hay )?(?:khong|ko|k|chua)(?: a| nhi| vay| the)?$", "(?:cho|diem|viec) nao", "gi (?:khong|ko|k)", "ve"
)


@dataclass(frozen=True)
class Agreement:
    """How a question asks whether two places agree ("alike" or "unlike"), and the tokens by which it does."""

    asked: str
    tokens: frozenset[int]


def find_agreement(reading: Reading) -> Agreement | None:
    """Whether a question asks if a plan and its annex agree; None where it does not."""
    question = reading.question
    places = _PLACES.search(question.line) or _PLACES_BACK.search(question.line)
    asks = _ASKS.search(question.line)
    if not places or not asks:
        return None
    spans = [places.span("first"), places.span("second"), asks.span()]
    spans += [match.span() for match in _CLOSES.finditer(question.line)]
    tokens = frozenset(token for span in spans for token in question.tokens_in(*span))
    said = asks["one"] or asks["other"]
    return Agreement(UNLIKE if re.fullmatch(_DIFFER, said) else ALIKE, tokens)
