"""Documents named by the place or the level of the office that issued them, and places that have none here."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from itertools import takewhile

from assistant.catalogue import Catalogue, Place
from assistant.understand.lexicon import FRAME, phrases
from assistant.understand.named import KIND, MANY, STRONG, Named, known_in
from assistant.understand.places import PROVINCES, SHORT
from assistant.understand.question import Question
from corpus.vietnamese import fold, toneless_key

# "căn cứ quyết định nào của thành phố" asks for a document of the city, it does not name one.
_ASKED_OF = "".join(f"(?<!{kind} nao )" for kind in ("quyet dinh", "ke hoach", "nghi quyet", "van ban", "chi thi"))
_OF_CITY = re.compile(
    rf"(?<!\w){_ASKED_OF}(?:{KIND}|cap|cua|o|tai|ben|thuoc|phan|tren) (?:uy ban nhan dan )?(?:thanh pho|tinh)(?! (?:phai|truc thuoc))(?!\w)"
)
_OF_WARD = re.compile(
    rf"(?<!\w)(?:{KIND}|cua|o|tai|ben|thuoc) (?:uy ban nhan dan )?(?:phuong|xa)(?: minh| ta| toi| em)?(?!\w)"
)
_LEVEL = (
    r"(?<!\w)(?:cua|cap|ben) (?:uy ban nhan dan )?(?:{})(?: minh| ta| toi| em)?"
    r"(?= (?:ai|co|thi|phoi hop|chu tri|han|la|may|nhiem vu|viec|giao|phong|so)(?!\w)|$|,)"
)
_LEVEL_CITY, _LEVEL_WARD = re.compile(_LEVEL.format("thanh pho|tinh")), re.compile(_LEVEL.format("phuong|xa"))
_GOING_ON = {  # the words that go on from these syllables in other words: "phương án", "xã hội"
    "phuong": frozenset("an phap huong tien thuc dien cham trinh ngon".split()),
    "xa": frozenset("hoi luan giao hoa thai cach".split()),
}
_LEVEL_AND_NAME = re.compile(r"\b(phường|xã|Phường|Xã|đặc khu)((?:\s+[^\W\d_]+){1,4})")
_WARD_NAME = re.compile(r"(?<!\w)(phuong|xa) ([a-z]{2,7}) ([a-z]{2,7})(?!\w)")
_LEXICAL = phrases(
    "chu tri",
    "phoi hop",
    "phu trach",
    "ban hanh",
    "to chuc",
    "thuc hien",
    "trien khai",
    "xa",
    "dac khu",
    "lam",
    "han",
    "bao cao",
    "giao",
    "duoc",
    "phai",
    "co",
    "nop",
    "gui",
    "nhan",
    "to chuc",
)
_WARD_BEFORE = re.compile(r"(?<!cac )(?:phuong|xa) (?!phuong|xa|cua|o|thuoc)[a-z]+(?: [a-z]+)?,? ?(?:thanh pho)?$")
_LEVEL_BEFORE = re.compile(r"(?<!\w)(phuong|xa|dac khu|thi tran|thanh pho|tinh) $")
# How officers shorten the word of a level before the name of a place.
_LEVEL_SHORT: dict[str, str] = defaultdict(lambda: "-", phuong="p|f", xa="x", tinh="t")
_LEVEL_SHORT["thanh pho"] = "tp"
_SHORT = re.compile(rf"(?<!\w)(?:{'|'.join(SHORT)})(?!\w)")


def by_place(question: Question, catalogue: Catalogue, named: Named, knows: Callable[[str], bool]) -> None:
    """Adds the documents of the places that a question names; notes a place that has none here."""
    line = _with_short_cities(question.line)
    starts = _apart(known_in(line, catalogue.by_place, catalogue.longest_place))
    found: set[Place] = set()
    for card in catalogue.in_order(card for name in starts for card in catalogue.by_place[name]):
        own = card.places[0]
        for start in starts[own.name or ""]:
            if _is_of_other_level(own, line[:start], catalogue):
                continue
            if own.is_city and _WARD_BEFORE.search(line[:start].rstrip()):
                continue
            named.add(card, STRONG)
            named.by_place = True
            found.add(own)
    for place in found:
        named.tokens |= _place_tokens(question, place.name or "", place)
    if not found and (name := _unknown_place(question, line, catalogue, knows)):
        named.scores.clear()
        named.unknown = name


def _apart(starts: dict[str, list[int]]) -> dict[str, list[int]]:
    """Of the places that names stand at, those that do not begin inside of another: no Hà Nội in "Ngọc Hà nói gì"."""
    spans = [(start, start + len(name)) for name, places in starts.items() for start in places]
    kept = {
        name: [i for i in places if not any(first < i < end < i + len(name) for first, end in spans)]
        for name, places in starts.items()
    }
    return {name: places for name, places in kept.items() if places}


def _is_of_other_level(place: Place, before: str, catalogue: Catalogue) -> bool:
    """Whether a question says the level of another place of this name: "xã Minh Khánh" is not the ward."""
    said = _LEVEL_BEFORE.search(before)
    if said is None or place.level == said[1]:
        return False
    return any(card.places[0].level == said[1] for card in catalogue.by_place[place.name or ""])


def _with_short_cities(line: str) -> str:
    return _SHORT.sub(lambda m: SHORT[m[0]], line)


def _place_tokens(question: Question, name: str, place: Place) -> set[int]:
    """The tokens of a place's name with the word of its level before it."""
    tokens: set[int] = set()
    short = next((s for s, full in SHORT.items() if full == name), "-")
    for match in re.finditer(
        rf"(?<!\w)(?:(?:uy ban nhan dan )?{place.level} |(?:{_LEVEL_SHORT[place.level]})\.? ?)?(?:{re.escape(name)}|{short})(?!\w)",
        question.line,
    ):
        tokens |= question.tokens_in(*match.span())
    return tokens


def _unknown_place(question: Question, line: str, catalogue: Catalogue, knows: Callable[[str], bool]) -> str | None:
    """A place that has no document here: a province, or a ward written as a name; None where there is none."""
    own = catalogue.places
    for name in PROVINCES - own.keys():
        if name in line and re.search(
            rf"(?<!\w)(?:(?:thanh pho|tinh|uy ban nhan dan|cua|o|tai) ){{1,3}}{name}(?!\w)", line
        ):
            return name.title()
    for match in _LEVEL_AND_NAME.finditer(question.text):
        written = list(takewhile(lambda word: word[0].isupper(), match[2].split()))
        name = fold(" ".join(written))
        if name not in own and len(name) > 1:
            return " ".join([match[1], *written])
    for match in _WARD_NAME.finditer(line):
        first, second = match[2], match[3]
        if _is_other_word(question, match):
            continue
        if not (
            FRAME.fullmatch(first) or FRAME.fullmatch(second) or knows(f"{first}_{second}")
        ) and not _LEXICAL.search(match[0]):
            return f"phường {first.title()} {second.title()}"
    return None


def _is_other_word(question: Question, match: re.Match[str]) -> bool:
    """Whether "phuong" opens another word than the name of a ward: "phương án", by its accents or the next syllable."""
    source = question.tokens[min(question.tokens_in(*match.span(1)))].source
    if question.accented:
        return toneless_key(source) not in (toneless_key("phường"), toneless_key("xã"))
    return match[2] in _GOING_ON[match[1]]


def by_level(question: Question, catalogue: Catalogue, named: Named) -> None:
    """Adds, loosely, the documents of the level of government that a question names ("kế hoạch của thành phố")."""
    for pattern, city in ((_OF_CITY, True), (_OF_WARD, False)):
        match = pattern.search(question.line)
        if not match:
            continue
        named.tokens |= question.tokens_in(*match.span())
        cards = catalogue.by_level.get(city, ())
        if len(cards) <= MANY:
            named.weak = True
            for card in cards:
                named.add(card, STRONG / 2)
        return


def of_level_said(question: Question, catalogue: Catalogue, named: Named) -> None:
    """Of several documents named alike keeps those of the level that is said: "kế hoạch 226 của phường"."""
    for pattern, city in ((_LEVEL_CITY, True), (_LEVEL_WARD, False)):
        match = pattern.search(question.line)
        of_level = {card.id for card in catalogue.by_level.get(city, ())}
        kept = [document for document in named.ids if document in of_level]
        if match and 0 < len(kept) < len(named.ids):
            named.scores = {document: named.scores[document] for document in kept}
            named.tokens |= question.tokens_in(*match.span())
