"""Agencies: the bodies that lead and coordinate, in the cells of tables and in officers' questions.

The bodies stand in agencies.yaml, not in code, for they differ from ward to ward; an office adds a file
of its own, and bodies first met in a document are learned from its cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.agency_names import Entry, Lexicon, Names, begins
from corpus.agency_split import split_cell
from corpus.records import Agency, AgencyLevel, AgencyMention, Record
from corpus.vietnamese import fold, nfc, words

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the compiled one reads eight times as fast
_DATA = Path(__file__).with_name("agencies.yaml")
_LONGEST_LEARNED = 12  # words: a longer piece of a cell is a sentence, not a name


class AgencyFileError(ValueError):
    """An agency file that cannot be used: names the file, the entry (None = the whole file) and the field."""

    def __init__(self, path: Path, problem: str, *, entry: str | None = None, field: str | None = None) -> None:
        place = f"{path}" + (f": entry {entry}" if entry else "") + (f": field {field}" if field else "")
        super().__init__(f"{place}: {problem}")
        self.path = path
        self.entry = entry
        self.field = field


class AgencyMatch(Record):
    """The agency a phrase means; ``score`` is 0-100, ``by`` says how it was recognised."""

    agency: Agency
    score: float
    by: Literal["exact", "alias", "fuzzy"]


class Found(Record):
    """An agency named in a question: characters ``[start, end)`` of the question in NFC."""

    agency: Agency
    start: int
    end: int
    score: float
    text: str


class Agencies:
    """The agencies that are known; never changed once made."""

    def __init__(self, agencies: Iterable[Agency], lexicon: Lexicon) -> None:
        self._agencies = {agency.id: agency for agency in agencies}
        self._names = Names(self._agencies.values(), lexicon)
        self._split = lru_cache(maxsize=4096)(partial(split_cell, names=self._names))  # cells repeat from row to row

    def __iter__(self) -> Iterator[Agency]:
        return iter(self._agencies.values())

    def __len__(self) -> int:
        return len(self._agencies)

    def get(self, agency_id: str) -> Agency | None:
        """The agency with this id, or None."""
        return self._agencies.get(agency_id)

    def split(self, cell: str) -> tuple[AgencyMention, ...]:
        """The agencies that a lead or coordinate cell names, in order.

        Splits at ";", line breaks, bullets, "," and "và", and where one known name follows another; never
        inside a known name, a bracket or a collective expression ("Các phòng, đơn vị"). After a body that
        the data does not know, "," and "và" split only before words that open another one ("Hội ...").
        ``name`` is canonical for a known single body, else the words as written; an unknown body gets a
        slug of its folded words as id, and score 0.
        """
        return self._split(cell)

    def match(self, phrase: str, *, level: AgencyLevel | None = None) -> AgencyMatch | None:
        """The agency (of a level, if given) that a short phrase means, or None below the threshold.

        A name or alias comes first, then a spelling with errors, then a name with a place after it.
        """
        names, key = self._names, self._names.key(phrase)
        if entry := names.lookup(key, level):
            return AgencyMatch(agency=entry.agency, score=100.0, by="exact" if entry.own else "alias")
        if near := names.nearest(key, level):
            return AgencyMatch(agency=near[0].agency, score=round(near[1], 1), by="fuzzy")
        placed = self._before_place(phrase, level)
        return AgencyMatch(agency=placed.agency, score=100.0, by="alias") if placed else None

    def find(self, question: str) -> tuple[Found, ...]:
        """The agencies named inside a question typed with or without accents, in order of place.

        The longest name wins and none overlap; abbreviations count only as whole words. Time grows with
        the length of the question alone; errors of typing are looked for at its first 64 likely places.
        """
        text = nfc(question)
        return tuple(
            Found(agency=hit.agency, start=hit.start, end=hit.end, score=hit.score, text=text[hit.start : hit.end])
            for hit in self._names.scan(fold(text), text)
        )

    def members(self, collective: Agency) -> tuple[Agency, ...]:
        """The single bodies that a collective expression stands for, as far as they are known.

        Which city or ward they belong to is not known here: the caller holds to its own.
        """
        return tuple(agency for agency in self if self.includes(collective, agency))

    def includes(self, collective: Agency, member: Agency) -> bool:
        """If a collective expression stands for this single body, by ids or "level:first words"."""
        return not member.collective and self._covers(collective, member, {collective.id})

    def learn(self, mentions: Iterable[AgencyMention]) -> Agencies:
        """These agencies and the unknown bodies among the mentions, which ``find`` and ``match`` then see."""
        new: dict[str, Agency] = {}
        for mention in mentions:
            if mention.agency_id in self._agencies or mention.agency_id in new:
                continue
            tokens = words(mention.name)
            if self._is_name(mention, tokens):
                new[mention.agency_id] = _learned(mention, tokens)
        return Agencies([*self, *new.values()], self._names.lexicon) if new else self

    def _before_place(self, phrase: str, level: AgencyLevel | None) -> Entry | None:
        folded = fold(phrase)
        tokens = self._names.tokens(folded)
        for size in range(len(tokens) - 1, 0, -1):
            entry = self._names.lookup(" ".join(token.text for token in tokens[:size]), level)
            end = tokens[size - 1].end
            if entry and self._names.qualified(folded[:end], folded[end:]):
                return entry
        return None

    def _covers(self, collective: Agency, member: Agency, seen: set[str]) -> bool:
        for item in collective.includes:
            if item == member.id or _selects(item, member):
                return True
            inner = self._agencies.get(item)
            if inner and inner.collective and inner.id not in seen:
                seen.add(inner.id)
                if self._covers(inner, member, seen):
                    return True
        return False

    def _is_name(self, mention: AgencyMention, tokens: list[str]) -> bool:
        """If an unknown piece of a cell is fit to be looked for: it opens as names do, or is "VCCI"."""
        lexicon = self._names.lexicon
        if len(tokens) == 1:
            return mention.name.isupper() and len(mention.name) >= 3
        opens = begins(tokens, lexicon.heads) or begins(tokens, lexicon.plurals)
        return bool(opens) and opens < len(tokens) <= _LONGEST_LEARNED


def _selects(selector: str, member: Agency) -> bool:
    level, _, opening = selector.partition(":")
    wanted = words(opening)
    return bool(wanted) and level == member.level and words(member.name)[: len(wanted)] == wanted


def _learned(mention: AgencyMention, tokens: list[str]) -> Agency:
    level = AgencyLevel.OTHER
    if tokens[-1] in ("phuong", "xa"):
        level = AgencyLevel.WARD
    elif tokens[0] == "so" or tokens[-2:] == ["thanh", "pho"] or tokens[-1] == "tinh":
        level = AgencyLevel.CITY
    return Agency(id=mention.agency_id, name=mention.name, level=level, collective=mention.collective)


class _File(BaseModel):
    """The form of an agency file; entries are read one by one, to name the one at fault."""

    model_config = ConfigDict(extra="forbid")

    spellings: dict[str, list[str]] = {}
    heads: list[str] = []
    plurals: list[str] = []
    generics: list[str] = []
    qualifiers: list[str] = []
    places: list[str] = []
    agencies: list[dict[str, Any]] = []


def load_agencies(extra: Path | None = None) -> Agencies:
    """The agencies of agencies.yaml, and of an office's own file of the same form.

    An entry of ``extra`` with a known id overrides the fields it gives; its names go before all others.
    Raises AgencyFileError.
    """
    base = _read(_DATA)
    known = _entries(base, _DATA, {})
    if extra is None:
        return Agencies(known.values(), _lexicon(base))
    own = _read(extra)
    lexicon = _lexicon(base, own)
    added = _entries(own, extra, known)
    _check_names(added, extra, lexicon)
    return Agencies({**added, **known, **added}.values(), lexicon)


def _lexicon(*files: _File) -> Lexicon:
    """The word lists of the files together, folded."""

    def phrases(*fields: str) -> frozenset[tuple[str, ...]]:
        return frozenset(tuple(words(item)) for file in files for field in fields for item in getattr(file, field))

    spelled = [(short, item) for file in files for short, items in file.spellings.items() for item in items]
    return Lexicon(
        spellings={tuple(words(item)): tuple(words(short)) for short, item in spelled},
        heads=phrases("heads"),
        plurals=phrases("plurals"),
        generics=phrases("generics"),
        qualifiers=phrases("qualifiers", "places"),
        written=frozenset(item for pair in spelled for item in pair),
    )


def _read(path: Path) -> _File:
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
        return _File.model_validate(data if data is not None else {})
    except ValidationError as error:
        raise AgencyFileError(path, _fault(error), field=_field(error)) from error
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise AgencyFileError(path, f"cannot be read as YAML: {error}") from error


def _fault(error: ValidationError) -> str:
    return str(error.errors()[0]["msg"])


def _field(error: ValidationError) -> str:
    return ".".join(map(str, error.errors()[0]["loc"])) or "top level"


def _entries(file: _File, path: Path, known: Mapping[str, Agency]) -> dict[str, Agency]:
    """The file's agencies by id, laid over the known ones with the same id."""
    result: dict[str, Agency] = {}
    for number, fields in enumerate(file.agencies, start=1):
        where = f"{number} ({fields.get('id', 'no id')})"
        old = known.get(str(fields.get("id")))
        try:
            agency = Agency.model_validate({**(old.model_dump() if old else {}), **fields})
        except ValidationError as error:
            raise AgencyFileError(path, _fault(error), entry=where, field=_field(error)) from error
        if agency.id in result:
            raise AgencyFileError(path, "given twice", entry=where, field="id")
        if not words(agency.name):
            raise AgencyFileError(path, "holds no word", entry=where, field="name")
        result[agency.id] = agency
    _check_references(result, path, {**known, **result})
    return result


def _check_names(entries: Mapping[str, Agency], path: Path, lexicon: Lexicon) -> None:
    """No two bodies of one level may share a name: what a question means would hang on their order.

    The names that ship are checked by a test, not at every start. Raises AgencyFileError.
    """
    order = list(entries)
    for key, owners in Names(entries.values(), lexicon).entries.items():
        levels = {owner.agency.level for owner in owners}
        if len(levels) < len(owners):
            first, second = owners[0].agency.id, owners[-1].agency.id
            where = f"{order.index(second) + 1} ({second})"
            raise AgencyFileError(path, f"{key!r} is also a name of {first}", entry=where, field="aliases")


def _check_references(entries: Mapping[str, Agency], path: Path, known: Mapping[str, Agency]) -> None:
    levels = {level.value for level in AgencyLevel}
    for number, agency in enumerate(entries.values(), start=1):
        where = f"{number} ({agency.id})"
        if agency.parent and agency.parent not in known:
            raise AgencyFileError(path, f"{agency.parent!r} is no entry", entry=where, field="parent")
        for item in agency.includes:
            level, colon, opening = item.partition(":")
            if item not in known and not (colon and level in levels and words(opening)):
                raise AgencyFileError(path, f"{item!r} is no entry and no level:words", entry=where, field="includes")
