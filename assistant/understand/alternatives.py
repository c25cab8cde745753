"""Questions that offer two answers ("trước 05/6 hay tháng 5?", "của A hay của B?") or ask whether two places agree."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.understand.lexicon import phrases
from assistant.understand.query import Attribute
from assistant.understand.reading import Reading, hide

_DAY = (
    r"(?:(?:cham nhat|truoc|het|den|trong|la|vao|cuoi) )*(?:ngay \d{1,2} thang \d{1,2}|(?:ngay )?\d{1,2}/\d{1,2}(?:/\d{4})?"
    r"|(?:ngay )?\d{1,2}[.-]\d{1,2}(?:[.-]\d{4})?|thang \d{1,2}(?:/\d{4}| nam \d{4})?|quy (?:[ivx]+|\d)(?:/\d{4}| nam \d{4}| \d{4})?|nam \d{4})"
)
_KIND = r"(?:quyet dinh|quy dinh|ke hoach|nghi quyet|nghi dinh|ket luan|chi thi|thong tu|luat|cong van)"
_OR = r",? (?:hay|hoac)(?: la| chi)? "
_DAYS = re.compile(rf"(?<![\w/.])(?:la )?{_DAY}{_OR}{_DAY}(?![\w/])")
_KINDS = re.compile(rf"(?<!\w)(?:la )?{_KIND}{_OR}{_KIND}(?!\w)")
_AMOUNTS = re.compile(rf"(?<![\w/.])\d+(?: [a-z]+| \d+){{1,5}}{_OR}\d")
_BODY_WORD = r"(?:(?:cac|chi|moi) )?(?:phong|so|ban|nganh|don vi|co quan|phuong|xa|van phong|trung tam|cong an|hoi)"
_BODIES = re.compile(
    rf"(?<!\w)(?:(?:la |viec |chi |moi )*(?:cua|do|cho|boi|voi) )?(?:·[· ,]*|{_BODY_WORD} )(?:{_BODY_WORD} ){{0,4}}(?:(?:lam|chu tri|phoi hop|thuc hien|lo) )?"
    rf"hay (?:la )?(?:(?:co|cua|do|ca|chi|voi|cho) ){{0,3}}(?:·|{_BODY_WORD}(?!\w))"
)
_AFTER_BODIES = re.compile(rf"(?:[·, ]|{_BODY_WORD}(?!\w)|(?<!\w)(?:xa|phuong|tu|lam|va|thoi|chu tri|phoi hop)(?!\w))*")
_AGREEMENT = phrases(
    r"(?:thay )?(?:hai|2|cac|ca hai) (?:ke hoach|van ban|ben|noi|cho)(?: deu)? (?:co )?ghi (?:khac|giong) nhau(?: khong| k)?",
    r"(?:phan loi(?: van)?(?: cua)? )?ke hoach(?: (?:ghi|giao|noi)(?: ai| gi)?)?,? ?(?:va|voi|con|thi)? ?phu luc(?: (?:ghi|giao|noi)(?: ai| gi)?)?(?: co)?(?: ghi)?(?: (?:giong|khac) nhau)?(?: khong| k)?",
)


@dataclass(frozen=True)
class Alternatives:
    """That a question offers answers: what they answer (None = not known), and the tokens that offer them."""

    by: Attribute | None
    tokens: frozenset[int]


def find_alternatives(reading: Reading) -> Alternatives | None:
    """The answers that a question offers, or that it asks whether two places agree; else None."""
    question = reading.question
    agency_tokens = {t for found in reading.agencies for t in question.tokens_at(found.start, found.end)}
    named = hide(question, reading.taken)
    if match := _DAYS.search(named):
        return Alternatives(Attribute.DEADLINE, frozenset(question.tokens_in(*match.span())))
    if match := _AGREEMENT.search(question.line):
        return Alternatives(_asked(reading), frozenset(question.tokens_in(*match.span())))
    if match := _KINDS.search(named):
        return Alternatives(None, frozenset(question.tokens_in(*match.span())))
    if _AMOUNTS.search(named):
        return Alternatives(None, frozenset())
    line = hide(question, reading.taken | agency_tokens)
    if reading.agencies and (match := _BODIES.search(line)):
        after = _AFTER_BODIES.match(line, match.end())
        end = after.end() if after else match.end()
        otherwise = Attribute.DEADLINE if reading.kinds else Attribute.LEAD
        return Alternatives(_asked(reading) or otherwise, frozenset(question.tokens_in(match.start(), end)))
    return None


def _asked(reading: Reading) -> Attribute | None:
    wanted = (Attribute.COORDINATE, Attribute.LEAD, Attribute.DEADLINE)
    return next((attribute for attribute in wanted if attribute in reading.attributes), None)
