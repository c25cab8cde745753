"""Which documents a question means: by number, place, annex, level of government or words of the title."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile

from assistant.catalogue import Card, Catalogue, Place
from assistant.understand.lexicon import DOCUMENT_KINDS, FRAME, phrases
from assistant.understand.places import PROVINCES, SHORT
from assistant.understand.question import Question
from corpus.vietnamese import fold, spoken_figure, toneless_key

_WORD = re.compile(r"[^\W_]+")
_KIND = r"(?:ke hoach|phu luc|van ban|quyet dinh|tai lieu|plan|document|annex|cong van|quy che)"
_NUMBERED = re.compile(rf"(?<!\w){_KIND}(?: (?:so|thu))? (\d{{1,5}})(?!\w|\.\d)")
_KIND_BEFORE_WORDS = re.compile(rf"(?<!\w){_KIND}(?: (?:so|thu))? (?=[a-z])")
_SPOKEN = re.compile(r"[a-z]+(?: [a-z]+){0,6}")
_LEAST_SPOKEN = 2  # words: "kế hoạch năm" is of a year
_SIGNED = re.compile(
    r"(?<![\w/.])(?:so )?(\d{1,5})/(?:ke hoach|quyet dinh|nghi quyet|[a-z]{2,})(?:[-/](?:uy ban nhan dan|[a-z]+))*"
)
_ANNEX = re.compile(r"(?<!\w)(?:phu luc|annex)(?: so)? (x{0,2}(?:ix|iv|v?i{1,3}|v|x)|\d{1,2}|[a-h])(?![\w.]|/)")
# "căn cứ quyết định nào của thành phố" asks for a document of the city, it does not name one.
_ASKED_OF = "".join(f"(?<!{kind} nao )" for kind in ("quyet dinh", "ke hoach", "nghi quyet", "van ban", "chi thi"))
_OF_CITY = re.compile(
    rf"(?<!\w){_ASKED_OF}(?:{_KIND}|cap|cua|o|tai|ben|thuoc|phan|tren) (?:uy ban nhan dan )?(?:thanh pho|tinh)(?! (?:phai|truc thuoc))(?!\w)"
)
_OF_WARD = re.compile(
    rf"(?<!\w)(?:{_KIND}|cua|o|tai|ben|thuoc) (?:uy ban nhan dan )?(?:phuong|xa)(?: minh| ta| toi| em)?(?!\w)"
)
_LEVEL = (
    r"(?<!\w)(?:cua|cap|ben) (?:uy ban nhan dan )?(?:{})(?: minh| ta| toi| em)?"
    r"(?= (?:ai|co|thi|phoi hop|chu tri|han|la|may|nhiem vu|viec|giao|phong|so)(?!\w)|$|,)"
)
_LEVEL_CITY, _LEVEL_WARD = re.compile(_LEVEL.format("thanh pho|tinh")), re.compile(_LEVEL.format("phuong|xa"))
_ISSUER = re.compile(
    r"(?<!\w)(?:uy ban nhan dan |cua |o |tai |ben )*(phuong|xa|thanh pho|tinh|dac khu) ([a-z]+(?: [a-z]+){0,3})"
)
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
_CITED = re.compile(r"(?<!\w)(?:ket luan|quyet dinh|chi thi|nghi quyet)(?: so)? (\d{1,4})(?!\w)")
_OWN_KIND = re.compile(r"(?<!\w)(?:ke hoach|phu luc|plan|annex)(?!\w)")
_WARD_BEFORE = re.compile(r"(?<!cac )(?:phuong|xa) (?!phuong|xa|cua|o|thuoc)[a-z]+(?: [a-z]+)?,? ?(?:thanh pho)?$")
_LEVEL_BEFORE = re.compile(r"(?<!\w)(phuong|xa|dac khu|thi tran|thanh pho|tinh) $")
_FRACTION = re.compile(r"(?<![\w/.])(\d{1,3})/(\d{2,5})(?![\w/])")
_BARE_NUMBER = re.compile(
    r"(?<=trong )(\d{2,5})(?= (?:viec|nhiem vu|co|thi|ai|phong|van phong)(?!\w))|(?<!nhiem vu )(?<!viec )(?<!task )(?<!stt )(?<!so )(?<!muc )(?<![\w/.,%-])(\d{2,5})(?![\w/.%]| (?:nhiem vu|viec|ngay|nam|thang|phan tram|nguoi|cuoc|%))"
)
MADE = re.compile(
    r"(?<!\w)(?:ban hanh|xay dung|trien khai|lap|phe duyet|trinh|gui|nop|thuc hien)(?: mot| cac| nhung)? $"
)
_BARE_CONTENT = re.compile(
    r"(?<!nhiem vu )(?<!viec )(?<!stt )(?<!muc )(?<!dinh )(?<!luan )(?<!thi )(?<!quyet )(?<!luat )(?<!thong tu )(?<!so )(?<![\w/.,%-])((?!20\d\d)\d{3,4})(?![\w/.%-]| (?:nhiem vu|viec|ngay|nam|thang|phan tram|nguoi|cuoc|ho|trieu|ty|dong|%))"
)
# "Phụ lục 226 Hà Nội và phụ lục CCHC 2026-2030"
_AND_ANOTHER = re.compile(
    r"(?<!\w)(?:ke hoach|phu luc)(?: [^,]{2,40}?)? (?:va|voi|cung|lan)(?: ca)?(?: cai| trong| o)? (?=(?:ke hoach|phu luc)(?! nay| do| kem))"
)
_SORT = re.compile(r" (?:hanh chinh|quy pham|phap luat|mat|dien tu|giay|chi dao|den|di|quan ly)(?!\w)")
STRONG = 8.0
MANY = 40  # documents: what so many have in common names none of them
_OFFERED = 5  # documents that can be asked back
_DAYS = 31
# How officers shorten the word of a level before the name of a place.
_LEVEL_SHORT: dict[str, str] = defaultdict(lambda: "-", phuong="p|f", xa="x", tinh="t")
_LEVEL_SHORT["thanh pho"] = "tp"
_LEAST_RUN = 3  # words
_FEW = 20  # documents
_LEAST_TITLE = 0.75
COMMON_TITLE = frozenset(
    {
        "ke",
        "hoach",
        "phu",
        "luc",
        "trien",
        "khai",
        "thuc",
        "hien",
        "nam",
        "so",
        "cua",
        "ve",
        "cac",
        "nhiem",
        "vu",
        "trong",
    }
)


@dataclass
class Named:
    """The documents that a question names, with the score of each; tokens that named them; what is unknown."""

    scores: dict[str, float] = field(default_factory=dict)
    tokens: set[int] = field(default_factory=set)
    unknown: str | None = None
    fraction: str | None = None
    cited: str | None = None  # a plan that is only cited here, as it was typed
    weak: bool = False
    by_content: bool = False  # by a number that titles hold ("kế hoạch 226"), which the plans of many offices do
    by_place: bool = False
    own_office: bool = False  # as those of "phường mình"

    @property
    def source(self) -> str:
        """How the documents were named: "named", or "weak" by the level of government or words of the title alone."""
        return "weak" if self.weak else "named"

    @property
    def ids(self) -> tuple[str, ...]:
        """The documents with the best score."""
        best = max(self.scores.values(), default=0.0)
        return tuple(doc for doc, score in self.scores.items() if score >= best - 1e-9) if best > 0 else ()

    def add(self, card: Card, score: float) -> None:
        self.scores[card.document.id] = self.scores.get(card.document.id, 0.0) + score


def find_documents(question: Question, catalogue: Catalogue, knows: Callable[[str], bool]) -> Named:
    """Finds which documents a question names; where it names one and another, each by its own words."""
    named = _found(question, catalogue, knows)
    joint = _AND_ANOTHER.search(question.line)
    if joint is None or not named.scores or named.unknown is not None:
        return named
    cut = min(question.tokens_in(joint.end(), joint.end() + 1))
    parts = [
        (start, _found(replace(question, tokens=question.tokens[start:end]), catalogue, knows))
        for start, end in ((0, cut), (cut, len(question.tokens)))
    ]
    if any(part.unknown is not None or not part.ids for _, part in parts):
        return named
    both = {document for _, part in parts for document in part.ids}
    if both <= set(named.ids):
        return named
    tokens = {token + start for start, part in parts for token in part.tokens}
    return Named(dict.fromkeys(both, STRONG), tokens, fraction=named.fraction, weak=all(p.weak for _, p in parts))


def _found(question: Question, catalogue: Catalogue, knows: Callable[[str], bool]) -> Named:
    named = Named()
    _by_number(question, catalogue, named, knows)
    _by_fraction(question, catalogue, named)
    _by_annex(question, catalogue, named)
    _by_place(question, catalogue, named, knows)
    _by_bare_content(question, catalogue, named)
    if not named.scores and named.unknown is None and named.cited is None:
        _by_level(question, catalogue, named)
    if named.unknown is None:
        _by_title(question, catalogue, named)
    _of_level_said(question, catalogue, named)
    if not named.scores and named.unknown is None:
        _by_one_word(question, catalogue, named, knows)
    return named


def keep_own(named: Named, own: tuple[str, ...], within: Sequence[str], catalogue: Catalogue) -> None:
    """Of documents that bear the same number, that only their titles name, or of more than can be asked back, keeps
    those of the person's unit, where they are among them (its own plan 158 is meant, not those of other wards), else
    those ``within`` the reach of its city."""
    ids = named.ids
    figures = {catalogue.by_id[document].figure for document in ids}
    kept = [document for document in ids if document in own]
    by_content = named.by_content and not named.by_place
    alike = named.weak or by_content or len(ids) > _OFFERED or (len(figures) == 1 and None not in figures)
    kept = kept or [document for document in ids if by_content and document in within]
    if kept and len(ids) > 1 and alike:
        named.scores = {document: named.scores[document] for document in kept}


def _by_number(question: Question, catalogue: Catalogue, named: Named, knows: Callable[[str], bool]) -> None:
    for pattern in (_SIGNED, _NUMBERED):
        for match in pattern.finditer(question.line):
            cards = catalogue.by_figure.get(match[1], ())
            for card in cards:
                named.add(card, 2 * STRONG)
                named.tokens |= question.tokens_in(*match.span())
            if not cards:
                _titled_with(match, question, catalogue, named)
            cited = _is_cited(match[1], catalogue) or knows(f"so_{match[1]}") or knows(f"hoach_{match[1]}")
            if not cards and not named.scores and _OWN_KIND.search(match[0]):
                typed = _as_typed(question, match)
                named.cited = named.cited or (typed if cited else None)
                named.unknown = named.unknown or (None if cited else typed)
    if not named.scores:
        _by_number_in_words(question, catalogue, named)
    if not named.scores:
        _by_bare_number(question, catalogue, named)


def _as_typed(question: Question, match: re.Match[str]) -> str:
    """The words of a match as they were typed, with their accents."""
    tokens = sorted(question.tokens_in(*match.span()))
    return question.text[question.tokens[tokens[0]].start : question.tokens[tokens[-1]].end]


def _by_number_in_words(question: Question, catalogue: Catalogue, named: Named) -> None:
    """Reads the number of a plan that is held here in words: "kế hoạch một năm tám", "kế hoạch số tám mươi chín"."""
    for kind in _KIND_BEFORE_WORDS.finditer(question.line):
        said = _SPOKEN.match(question.line, kind.end())
        words = said[0].split() if said else []
        for size in range(len(words), _LEAST_SPOKEN - 1, -1):
            cards = catalogue.by_figure.get(spoken_figure(words[:size]) or "", ())
            for card in cards:
                named.add(card, 2 * STRONG)
                named.tokens |= question.tokens_in(kind.start(), kind.end() + len(" ".join(words[:size])))
            if cards:
                break


def _by_bare_number(question: Question, catalogue: Catalogue, named: Named) -> None:
    """Takes a number that stands alone for the plan that bears it: "158 nói về gì"."""
    for match in _BARE_NUMBER.finditer(question.line):
        group = 1 if match[1] else 2
        for card in catalogue.by_figure.get(match[group], ()):
            named.add(card, STRONG)
            named.tokens |= question.tokens_in(*match.span(group))


def _by_bare_content(question: Question, catalogue: Catalogue, named: Named) -> None:
    """Takes the number of what plans carry out for these plans: "báo cáo 226 gửi ai"."""
    for match in _BARE_CONTENT.finditer(question.line) if named.unknown is None and not named.scores else ():
        cards = () if match[1] in catalogue.by_figure else catalogue.titled_with(match[1])
        tokens = question.tokens_in(*match.span(1))
        if not cards or len(cards) > MANY or tokens & named.tokens:
            continue
        named.by_content = named.by_content or not named.scores
        named.tokens |= tokens
        for card in cards:
            named.add(card, 1.0)


def _titled_with(match: re.Match[str], question: Question, catalogue: Catalogue, named: Named) -> None:
    """Takes "kế hoạch 226" for the plans whose title names Kết luận 226."""
    if not match[0].startswith(("ke hoach", "phu luc", "plan", "van ban")):
        return
    for card in catalogue.titled_with(match[1]):
        named.add(card, 1.0)
        named.by_content = True
        named.tokens |= question.tokens_in(*match.span())


def _is_cited(figure: str, catalogue: Catalogue) -> bool:
    """Whether a number is of a document that a title or a ground names, not of one that should be here."""
    return bool(catalogue.titled_with(figure)) or figure in catalogue.cited


def _by_fraction(question: Question, catalogue: Catalogue, named: Named) -> None:
    """Takes "12/158" for task 12 of plan 158; the number before the stroke stays for the finder of tasks."""
    for match in _FRACTION.finditer(question.line):
        for card in catalogue.by_figure.get(match[2], ()) if int(match[2]) > _DAYS else ():
            named.add(card, 2 * STRONG)
            named.tokens |= question.tokens_in(*match.span(2))
            named.fraction = match[1]


def _by_annex(question: Question, catalogue: Catalogue, named: Named) -> None:
    for match in _ANNEX.finditer(question.line):
        label = f"phu luc {match[1]}"
        arabic = {"1": "i", "2": "ii", "3": "iii", "4": "iv", "5": "v"}.get(match[1])
        labels = {label, f"phu luc {arabic}"} if arabic else {label}
        cards = catalogue.in_order(card for label in labels for card in catalogue.by_annex.get(label, ()))
        for card in cards:
            named.add(card, STRONG)
            named.tokens |= question.tokens_in(*match.span())
        if not cards:
            named.unknown = named.unknown or _as_typed(question, match)


def _by_place(question: Question, catalogue: Catalogue, named: Named, knows: Callable[[str], bool]) -> None:
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


def known_in(line: str, known: Container[str], longest: int) -> dict[str, list[int]]:
    """The known phrases of up to so many words that a line of folded words holds, with where each starts."""
    found: dict[str, list[int]] = {}
    tokens = list(_WORD.finditer(line))
    for i, first in enumerate(tokens):
        for last in tokens[i : i + longest]:
            phrase = line[first.start() : last.end()]
            if phrase in known:
                found.setdefault(phrase, []).append(first.start())
    return found


def _with_short_cities(line: str) -> str:
    return re.sub(rf"(?<!\w)(?:{'|'.join(SHORT)})(?!\w)", lambda m: SHORT[m[0]], line)


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
        if re.search(rf"(?<!\w)(?:(?:thanh pho|tinh|uy ban nhan dan|cua|o|tai) ){{1,3}}{name}(?!\w)", line):
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


def _by_level(question: Question, catalogue: Catalogue, named: Named) -> None:
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


def _of_level_said(question: Question, catalogue: Catalogue, named: Named) -> None:
    """Of several documents named alike keeps those of the level that is said: "kế hoạch 226 của phường"."""
    for pattern, city in ((_LEVEL_CITY, True), (_LEVEL_WARD, False)):
        match = pattern.search(question.line)
        of_level = {card.id for card in catalogue.by_level.get(city, ())}
        kept = [document for document in named.ids if document in of_level]
        if match and 0 < len(kept) < len(named.ids):
            named.scores = {document: named.scores[document] for document in kept}
            named.tokens |= question.tokens_in(*match.span())


def _by_title(question: Question, catalogue: Catalogue, named: Named) -> None:
    """Takes words that run as in a title ("cchc 2026-2030") and the numbers of laws in it for the document."""
    cited = {match[1] for match in _CITED.finditer(question.line)}
    before, taken = set(named.scores), frozenset(named.tokens)
    kinds = {match[0] for match in _naming_kinds(question)}
    least = _least_run(catalogue)
    for card in _alike_in_title(question, catalogue, cited, before):
        run = _longest_run(question, card.title_words, _LEAST_RUN if before else least)
        run = set() if run <= taken else run  # a title that repeats the name of its place says no more than the place
        score = max(len(run), 3 * bool(run)) / 4 + sum(1.0 for figure in cited if figure in card.title_words)
        if score < _LEAST_TITLE:
            continue
        if before:
            run |= {
                t
                for m in _CITED.finditer(question.line)
                if m[1] in card.title_words
                for t in question.tokens_in(*m.span())
            }
        kind = fold(card.document.kind or "")
        named.add(card, min(score, 2.5) + (0.5 if run and kind in kinds else 0.0))
        named.tokens |= run
        named.weak = named.weak or not before


def _alike_in_title(question: Question, catalogue: Catalogue, cited: set[str], before: set[str]) -> list[Card]:
    """The documents whose titles may run as the question does, of those named before if any were: they share two
    words side by side with it, or a number that it cites. Words that the titles of many share name none of them."""
    if before:
        return catalogue.in_order(catalogue.by_id[document] for document in before)
    shared = [catalogue.titled_with_pair(*pair) for pair in pairwise(question.words)]
    shared += [catalogue.titled_with(figure) for figure in cited]
    return catalogue.in_order(card for cards in shared if len(cards) <= MANY for card in cards)


def _by_one_word(question: Question, catalogue: Catalogue, named: Named, knows: Callable[[str], bool]) -> None:
    """Takes "kế hoạch rác" for the one document whose title holds that word, where it opens no longer term."""
    for match in _naming_kinds(question):
        i = max(question.tokens_in(*match.span())) + 1
        if i >= len(question.tokens):
            continue
        word, following = question.words[i], question.words[i + 1] if i + 1 < len(question.tokens) else ""
        if word in COMMON_TITLE or word.isdigit() or FRAME.fullmatch(word) or knows(f"{word}_{following}"):
            continue
        cards = catalogue.titled_with(word)
        if len(cards) == 1:
            named.add(cards[0], _LEAST_TITLE)
            named.tokens |= {i, *question.tokens_in(*match.span())}
            named.weak = True


def _naming_kinds(question: Question) -> Iterator[re.Match[str]]:
    """The words for a document that may lead to its name; "văn bản hành chính" are documents of a sort."""
    line = question.line
    return (m for m in DOCUMENT_KINDS.finditer(line) if not (m[0] == "van ban" and _SORT.match(line, m.end())))


def _least_run(catalogue: Catalogue) -> int:
    """Of how many words at least a run consists that names a document: the more titles there are, the more words
    some title shares with a question by chance."""
    return _LEAST_RUN + max(0, math.ceil(math.log10(max(len(catalogue.cards), 1) / _FEW)))


def _longest_run(question: Question, title: tuple[str, ...], least: int) -> set[int]:
    """The tokens of the longest run of so many words that the question shares with a title, with the years after it;
    less is enough after the word for a document. Empty where the run holds nothing telling."""
    words, best = question.words, range(0)
    named_as = {max(question.tokens_in(*m.span())) + 1 for m in _naming_kinds(question)}
    places: dict[str, list[int]] = {}
    for place, word in enumerate(title):
        places.setdefault(word, []).append(place)
    for start in range(len(words)):
        for place in places.get(words[start], ()):
            length = 0
            while (
                start + length < len(words)
                and place + length < len(title)
                and words[start + length] == title[place + length]
            ):
                length += 1
            if length > len(best):
                best = range(start, start + length)
    if len(best) < (_LEAST_RUN - 1 if best.start in named_as else least) or all(words[i] in COMMON_TITLE for i in best):
        return set()
    return set(best) | _years_after(words, best.stop, title)


def _years_after(words: list[str], start: int, title: tuple[str, ...]) -> set[int]:
    """The years of a title right after its words: "cchc 2026-2030", "cchc 26-30", "cchc nam 2026"."""
    taken: set[int] = set()
    for i in range(start, min(start + 4, len(words))):
        word = words[i]
        if word in ("nam", "giai", "doan", "den") or f"20{word}" in title or (len(word) == 4 and word in title):
            taken.add(i)
        else:
            break
    return taken if any(words[i].isdigit() for i in taken) else set()
