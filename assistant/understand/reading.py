"""Reading a question: what it names of documents, tasks, bodies, periods and attributes, finder by finder."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from assistant.catalogue import SECTION_TAIL, Catalogue, Section
from assistant.understand.documents import find_documents, keep_own
from assistant.understand.fields import find_fields
from assistant.understand.issuers import add_by_issuer
from assistant.understand.leaving_out import left_out
from assistant.understand.lexicon import ATTRIBUTES, INCLUDING_JOINT, KINDS
from assistant.understand.named import MANY, Named
from assistant.understand.numbers import Numbers, find_numbers, roman_tasks
from assistant.understand.ordering import Ordering, find_order
from assistant.understand.own import read_own_office
from assistant.understand.periods import day_stated, find_period
from assistant.understand.query import Attribute, DocumentField, Period, TaskRef
from assistant.understand.question import Question
from assistant.understand.spelling import Speller
from assistant.understand.subjects import add_by_subject, subject_beside
from assistant.understand.units import documents_of_unit, within_reach
from corpus.agencies import Found
from corpus.records import DeadlineKind
from corpus.vietnamese import fold, toneless_key

_HIDDEN = "·"
_SECTION_NOUN = re.compile(r"(?<!\w)(?<!danh )(?:muc|phan|nhom|linh vuc|chuong|mang) (?:ve )?")
_WORDS = re.compile(r"[^\W_]+(?: [^\W_]+)*")
_YEAR = re.compile(r"(?:nam )?(20\d\d)")
_YEARS = re.compile(r"20\d\d ?[-–] ?20\d\d")
_THIS_YEAR = re.compile("nam nay")
_PLAN_OF_YEAR = re.compile(
    r"(?<!\w)ke hoach(?: (?!(?:co|viec|nhiem|giao|han|phai|trong|thi|nao|gi)(?!\w))[a-z]+){1,6} $"
)
_SHORT_TAIL = 2  # words
_LONGEST_TITLE = 9  # words
_AMOUNT = re.compile(
    r"(?<!\w)(?<!ngay )(?<!thang )(?<!quy )(?<!nam )(?:may|bao nhieu)(?! (?:gio|ngay|thang|quy|nam|phong|ben|don vi|co quan|nhiem vu|viec)\b)(?= [a-z])"
)  # fmt: skip


@dataclass(frozen=True)
class Context:
    """What a question is read against: the catalogue, the day, the unit of the person, the speller."""

    catalogue: Catalogue
    today: dt.date
    unit: str | None = None
    speller: Speller | None = None
    knows: Callable[[str], bool] = lambda _term: False


@dataclass
class Reading:
    """A question while it is read: what each finder took."""

    question: Question
    context: Context
    taken: set[int] = field(default_factory=set)
    titled: frozenset[int] = frozenset()  # the tokens that are the title of a section
    named: Named = field(default_factory=Named)
    numbers: Numbers = field(default_factory=Numbers)
    agencies: tuple[Found, ...] = ()
    period: Period | None = None
    kinds: tuple[DeadlineKind, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    fields: tuple[DocumentField, ...] = ()
    ordering: Ordering | None = None
    left_out: tuple[int, ...] = ()  # the tokens that tell what a list is to leave out: "đừng tính giao ban"
    subject: set[int] = field(default_factory=set)  # words that name a document by its subject
    beside: set[int] = field(default_factory=set)  # the same right before its place

    def line(self) -> str:
        """The line with the words of names hidden, so that "phối hợp" in a name is no question word."""
        return hide(self.question, self.taken)


def hide(question: Question, tokens: Iterable[int]) -> str:
    """The line of a question with some of its tokens made unreadable, at the same length."""
    return question.with_hidden(frozenset(tokens), _HIDDEN)


def read(question: Question, context: Context) -> Reading:
    """Finds all that a question names, in the order in which a later finder must not see the words of an earlier."""
    reading = Reading(question, context)
    found_agencies = _found_agencies(reading)
    bodies = {t for found in found_agencies for t in question.tokens_at(found.start, found.end)}
    reading.named = find_documents(question, context.catalogue, context.knows)
    if context.unit:
        own = documents_of_unit(context.unit, context.catalogue)
        within = within_reach(context.unit, reading.named.ids, context.catalogue)
        keep_own(reading.named, own, within, context.catalogue)
    read_own_office(reading.named, question, context.unit, context.catalogue)
    add_by_issuer(question, context.catalogue, reading.named, found_agencies)
    reading.subject = add_by_subject(question, context.catalogue, reading.named, bodies)
    reading.beside = subject_beside(question, context.catalogue, reading.named)
    reading.taken |= reading.named.tokens
    for match in INCLUDING_JOINT.finditer(question.line):
        reading.taken |= question.tokens_in(*match.span())
    line = hide(question, reading.taken | _other_words(question) | bodies)
    reading.numbers = find_numbers(line, context.catalogue.section_numbers)
    if not (reading.numbers.tasks or reading.numbers.section or reading.numbers.place or _has_sections(reading)):
        roman_tasks(line, reading.numbers)
    if reading.named.fraction and not reading.numbers.tasks:
        reading.numbers.tasks.append(TaskRef(number=reading.named.fraction))
    for span in reading.numbers.spans:
        reading.taken |= question.tokens_in(*span)
    _read_sections(reading)
    reading.agencies = tuple(f for f in found_agencies if question.tokens_at(f.start, f.end) - reading.taken)
    agency_tokens = {t for found in reading.agencies for t in question.tokens_at(found.start, found.end)}
    line = hide(question, reading.taken | agency_tokens | reading.subject)
    if stated := day_stated(line, context.today):
        reading.taken |= question.tokens_in(*stated)
        line = hide(question, reading.taken | agency_tokens | reading.subject)
    leaving, reading.left_out = left_out(question, reading.taken | agency_tokens)
    if leaving:
        reading.taken |= leaving
        line = hide(question, reading.taken | agency_tokens | reading.subject)
    if ordered := find_order(line):
        reading.ordering = ordered
        reading.taken |= {token for span in ordered.spans for token in question.tokens_in(*span)}
        line = hide(question, reading.taken | agency_tokens | reading.subject)
    reading.attributes = tuple(name for name, pattern in ATTRIBUTES if pattern.search(line))
    if {Attribute.LEAD, Attribute.DEADLINE} & set(reading.attributes) and _AMOUNT.search(line):
        reading.attributes = tuple(dict.fromkeys((*reading.attributes, Attribute.PRODUCT)))
    reading.fields = find_fields(line)
    reading.kinds = next((kinds for kinds, pattern in KINDS if pattern.search(line)), ())
    found = find_period(line, context.today)
    if found and not _is_of_title(found, reading):
        reading.period = found[0]
    elif found:
        reading.taken |= question.tokens_in(*found[1])
    return reading


def _is_of_title(found: tuple[Period, tuple[int, int]], reading: Reading) -> bool:
    """Whether a year only ends the name of a plan ("kế hoạch cải cách hành chính 2026"), whose title holds it."""
    period = found[0]
    year = _YEAR.fullmatch(period.text) or _THIS_YEAR.fullmatch(period.text)
    first = min(reading.question.tokens_in(*found[1]))
    beside = {first - 1} & (reading.named.tokens | reading.subject | reading.beside)
    before = reading.question.line[: found[1][0]]
    named = beside or _PLAN_OF_YEAR.search(before)
    cards = [reading.context.catalogue.by_id[document] for document in meant(reading)]
    if _YEARS.fullmatch(period.text) and cards and reading.named.ids:
        titled = {*re.findall(r"20\d\d", period.text), *([reading.question.words[first - 1]] if first else [])}
        return all(titled <= set(card.title_words) for card in cards)
    if not (year and named and cards) or period.start is None:
        return False
    return all(str(period.start.year) in card.title_words for card in cards)


def _has_sections(reading: Reading) -> bool:
    """Whether the documents meant have sections, which Roman figures number."""
    return any(document in meant(reading) for document, _ in reading.context.catalogue.numbered_sections)


def _other_words(question: Question) -> set[int]:
    """Words typed with accents that only look like "mục", "số" and "hàng" ("mức 2", "sở 5", "hạng 1")."""
    if not question.accented:
        return set()
    asked = {"muc": toneless_key("mục"), "so": toneless_key("số"), "hang": toneless_key("hàng")}
    return {
        i
        for i, t in enumerate(question.tokens)
        if t.word in asked and toneless_key(t.source) != asked[t.word] and not t.source.isascii()
    }


def _read_sections(reading: Reading) -> None:
    """Takes the title of a section ("phần cải cách thể chế") for its number."""
    if reading.numbers.section or any(ref.section for ref in reading.numbers.tasks):
        return
    catalogue = reading.context.catalogue
    ids = frozenset(reading.named.ids)
    found = [
        (size, -catalogue.position[section.document], (start, end), section)
        for start, end, size, sections in _titles_of_sections(reading.question.line, catalogue)
        for section in sections
        if not ids or section.document in ids
    ]
    found = found or _short_titles(reading, ids)
    unit = reading.context.unit
    own = documents_of_unit(unit, catalogue) if unit and not ids else ()
    found = [item for item in found if item[3].document in own] or found
    if not found:
        return
    size, _, span, best = max(found, key=lambda item: item[:2])
    reading.numbers.section = best.number
    reading.numbers.tasks = [ref.model_copy(update={"section": best.number}) for ref in reading.numbers.tasks]
    named = reading.question.tokens_in(*span)
    reading.titled = frozenset(sorted(named)[-size:])
    reading.taken |= named
    holders = dict.fromkeys(s.document for length, _, _, s in found if length == size and s.number == best.number)
    if not ids and len(holders) <= MANY:
        for document in holders:
            reading.named.add(catalogue.by_id[document], 1.0)


def _short_titles(reading: Reading, ids: frozenset[str]) -> list[tuple[int, int, tuple[int, int], Section]]:
    """The sections of the documents named whose titles end in the two words after "phần" ("phần thể chế")."""
    line, catalogue = reading.question.line, reading.context.catalogue
    among = [section for section in catalogue.sections if section.document in ids]
    found = []
    for noun in _SECTION_NOUN.finditer(line) if among else ():
        run = _WORDS.match(line, noun.end())
        tail = tuple(run[0].split(" ")[:_SHORT_TAIL]) if run else ()
        fitting = [s for s in among if len(tail) == _SHORT_TAIL and tuple(s.title)[-_SHORT_TAIL:] == tail]
        if len({(s.document, s.number) for s in fitting}) == 1:
            end = noun.end() + len(" ".join(tail))
            section = fitting[0]
            found.append((_SHORT_TAIL, -catalogue.position[section.document], (noun.start(), end), section))
    return found


def _titles_of_sections(line: str, catalogue: Catalogue) -> Iterator[tuple[int, int, int, tuple[Section, ...]]]:
    """Where a line names a section by its title or the end of it: start, end, how many words, the sections."""
    for noun in _SECTION_NOUN.finditer(line):
        run = _WORDS.match(line, noun.end())
        said = run[0].split(" ") if run else []
        for size in range(SECTION_TAIL, min(len(said), _LONGEST_TITLE) + 1):
            tail = tuple(said[:size])
            end = noun.end() + len(" ".join(tail))
            for title, sections in catalogue.sections_ending.get(tail[-SECTION_TAIL:], {}).items():
                if title[-size:] == tail:
                    yield noun.start(), end, size, sections


def _found_agencies(reading: Reading) -> tuple[Found, ...]:
    """The bodies named, in the words as typed, then in those words mended and written out ("TT CNTT và Dữ liệu")."""
    question, agencies = reading.question, reading.context.catalogue.agencies
    found = agencies.find(question.text)
    if all(fold(token.source) == token.word for token in question.tokens):
        return found
    meant = [_moved(f, question) for f in agencies.find(question.line)]
    longer = [f for f in meant if all(_within(other, f) for other in found if _overlap(f, other))]
    kept = [f for f in found if not any(_overlap(f, other) for other in longer)]
    return tuple(sorted((*kept, *longer), key=lambda f: f.start))


def _overlap(one: Found, other: Found) -> bool:
    return one.start < other.end and other.start < one.end


def _within(inner: Found, outer: Found) -> bool:
    """Whether a body stands in the words of another that are more."""
    covered = outer.start <= inner.start and inner.end <= outer.end
    return covered and inner.end - inner.start < outer.end - outer.start


def _moved(found: Found, question: Question) -> Found:
    """An agency found in the line of mended words, at its place in the question as typed."""
    tokens = [question.tokens[i] for i in sorted(question.tokens_in(found.start, found.end))]
    return found.model_copy(update={"start": tokens[0].start, "end": tokens[-1].end})


def meant(reading: Reading) -> tuple[str, ...]:
    """The documents that a question names, or that its unit stands for."""
    unit = reading.context.unit
    return reading.named.ids or (documents_of_unit(unit, reading.context.catalogue) if unit else ())
