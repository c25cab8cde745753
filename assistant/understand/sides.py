"""The sides of a comparison: the ways to read one question as two, each a query of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.understand.base import base_query
from assistant.understand.lexicon import DOCUMENT_KINDS, phrases
from assistant.understand.query import Ask, Query, Relation
from assistant.understand.question import Question, Token
from assistant.understand.reading import Reading, read
from assistant.understand.topic import as_typed, topic_fields, topic_of

CONNECTORS = frozenset({"voi", "va", "hay", "hoac", "lan", "con"})
# Words that only lead to the name of a document: "bên" of "bên Nhị Chiểu", "các phường" of "các phường Hà Nội".
_LEADING = frozenset("ben phia phan cac nhung may phuong xa tinh thanh pho cua o tai trong theo ca".split())
_TOPIC = ("tasks", "words", "accented", "said", "said_accented", "naming", "search", "ask", "topic")  # of a query
# Words of what is measured, at the head of a subject, and of saying, right after a name: no subject themselves.
_MEASURE = phrases(
    "ty le", "chi tieu", r"lich(?= (?:bao cao|hop|nop|gui))", "muc(?= (?:thu|phi|tien|phat|ho tro|chi|gia))"
)
_SAYS = frozenset({"dat", "ghi", "neu", "giao", "phai", "yeu", "cau"})
_MOST_SPLITS = 6
_LEAST_WORDS = 2


@dataclass(frozen=True)
class Frame:
    """The words that compare: how, and which tokens they are."""

    relation: Relation
    tokens: frozenset[int]
    by_words: bool = True  # whether sides may be told apart by their words alone


@dataclass(frozen=True)
class _Halves:
    """The two halves of a question, cut at one place; ``head`` is what stands before a colon in the left one, said
    for both ("báo cáo định kỳ: A ngày mấy, B ngày mấy")."""

    left: Reading
    right: Reading
    head: tuple[Token, ...] = ()


def splits(reading: Reading, frame: Frame | None) -> Iterator[tuple[Query, ...]]:
    """The ways to read the question as two sides: by documents, by numbers, by words."""
    halves = list(_halves(reading, frame))
    of_documents = [pair for pair in halves if _on_two_documents(reading, pair, framed=frame is not None)]
    for pair in of_documents:
        yield _sides(pair)
    if of_documents or frame is None:
        return
    if len(reading.numbers.tasks) > 1:
        base = _side(reading)
        yield tuple(base.model_copy(update={"tasks": (ref,)}) for ref in reading.numbers.tasks)
        return
    for pair in halves:
        left, right = pair.left, pair.right
        if bool(left.numbers.tasks) != bool(right.numbers.tasks) or not (frame.by_words or left.numbers.tasks):
            continue
        if _only_bodies(left) or _only_bodies(right):
            continue
        queries = _completed(_side(left), _side(right))
        if all(query.tasks or _is_telling(query) for query in queries):
            yield queries


def _side(reading: Reading) -> Query:
    """A part of a question as a query for its tasks."""
    topic = [i for i in topic_of(reading, keep_agencies=True) if not _leads_to_document(i, reading)]
    empty = {i for match in _MEASURE.finditer(reading.question.line) for i in reading.question.tokens_in(*match.span())}
    empty |= {i for i in topic if i - 1 in reading.named.tokens and reading.question.words[i] in _SAYS}
    topic = [i for i in topic if i not in empty] or ([] if reading.named.ids else topic)
    ask = Ask.TASK if reading.numbers.tasks else Ask.FIND
    return base_query(reading).model_copy(
        update={"ask": ask, **topic_fields(reading, topic), "topic": as_typed(reading, topic)}
    )


def _leads_to_document(i: int, reading: Reading) -> bool:
    """Whether a word only leads to the name of a document."""
    words, named = reading.question.words, reading.named.tokens
    while i < len(words) and i not in named and words[i] in _LEADING:
        i += 1
        if i in named:
            return True
    return False


def _halves(reading: Reading, frame: Frame | None) -> Iterator[_Halves]:
    """The two halves of the question at each word or sign that may part them, without the words that compare."""
    question = reading.question
    compared = frame.tokens if frame else frozenset()
    places = [i for i in range(1, len(question.tokens)) if i not in compared and _parts(question, i)]
    colon = next((i for i in range(1, len(question.tokens)) if ":" in _between(question, i)), 0)
    for i in places[:_MOST_SPLITS]:
        first = i + 1 if question.words[i] in CONNECTORS else i
        last = i - 1 if question.words[i - 1 : i + 1] == ["so", "voi"] and i - 2 in reading.named.tokens else i
        left = [t for j, t in enumerate(question.tokens[:last]) if j not in compared]
        right = [t for j, t in enumerate(question.tokens[first:], first) if j not in compared]
        head = [t for j, t in enumerate(question.tokens[:colon]) if j not in compared] if colon < i else []
        if left and right:
            yield _Halves(_of(left, reading), _of(right, reading), tuple(head))


def _of(tokens: Sequence[Token], reading: Reading) -> Reading:
    """Some words of a question, read as a question of their own."""
    return read(replace(reading.question, tokens=tuple(tokens)), reading.context)


def _between(question: Question, i: int) -> str:
    return question.text[question.tokens[i - 1].end : question.tokens[i].start]


def _parts(question: Question, i: int) -> bool:
    return question.words[i] in CONNECTORS or any(sign in _between(question, i) for sign in ",;:")


def _on_two_documents(reading: Reading, pair: _Halves, *, framed: bool) -> bool:
    """Whether each half names documents of its own; where no words compare, the whole must name both as surely."""
    family = reading.context.catalogue.family
    left, right = pair.left.named, pair.right.named
    first, second = set(family(left.ids)), set(family(right.ids))
    if not (first and second) or first & second:
        return False
    if framed and not (left.weak and right.weak):
        return True
    named = set(family(tuple(reading.named.scores)))
    return not (left.weak or right.weak) and bool(first & named) and bool(second & named)


def _sides(pair: _Halves) -> tuple[Query, ...]:
    """Two halves on documents of their own as sides: with what was said once for both, each with what it left to the
    other to say."""
    left, right = _side(pair.left), _side(pair.right)
    if left.words and right.words and _names_beside(pair):
        shared = _side(_of((*pair.left.question.tokens, *pair.right.question.tokens), pair.left))
        return tuple(_of_document(shared, side) for side in (left, right))
    if pair.head and not (head := _of(pair.head, pair.left)).named.ids and _is_telling(_side(head)):
        right = _side(_of((*pair.head, *pair.right.question.tokens), pair.right))
    return _completed(left, right)


def _names_beside(pair: _Halves) -> bool:
    """Whether the names of the two documents stand side by side ("… Hà Nội với Nhị Chiểu …")."""
    left, right = pair.left, pair.right
    before = left.question.words[max(left.named.tokens) + 1 :] if left.named.tokens else []
    after = right.question.words[: min(right.named.tokens)] if right.named.tokens else []
    return bool(left.named.tokens and right.named.tokens) and {*before, *after} <= _LEADING | CONNECTORS


def _of_document(shared: Query, side: Query) -> Query:
    return shared.model_copy(update={"documents": side.documents, "documents_from": side.documents_from})


def _only_bodies(piece: Reading) -> bool:
    """Whether a half names nothing but bodies: "VHXH và văn phòng cùng chủ trì việc nào" compares no tasks."""
    rest = topic_of(piece, keep_agencies=False)
    return bool(piece.agencies) and not piece.numbers.tasks and not rest


def _is_telling(query: Query) -> bool:
    """Whether the words of a side can tell a task: more than one, and not just of kinds of documents."""
    topic = DOCUMENT_KINDS.sub(" ", " ".join(query.words)).split()
    return len(topic) >= _LEAST_WORDS


def _completed(left: Query, right: Query) -> tuple[Query, ...]:
    """Two sides, each with what it left to the other to say: the document, the number, the topic."""
    return _with_said(left, right), _with_said(right, left)


def _with_said(query: Query, other: Query) -> Query:
    changes: dict[str, object] = {}
    if query.documents_from in ("", "unit") and other.documents_from not in ("", "unit"):
        changes |= {"documents": other.documents, "documents_from": other.documents_from}
    if not query.tasks and not query.words:
        changes |= {name: getattr(other, name) for name in _TOPIC}
    if query.expects != other.expects:
        changes |= {"expects": ()}
    return query.model_copy(update=changes)
