"""Several questions in one message: where one ends and the next begins.

A message is cut only where each part asks something and names what it asks about. Attributes asked in a row ("ai chủ
trì? hạn khi nào?"), a comparison and what only leads to a question stay in one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.told import content
from assistant.understand.follow_ups import AMONG, AND_WHAT_OF, ASKS, COMPARES, OPENING
from assistant.understand.guard import guard
from assistant.understand.lexicon import COUNT, LIST_OF_WORK
from assistant.understand.query import Ask, Query
from assistant.understand.question import MAX_CHARS, read_question
from assistant.understand.reading import Context
from assistant.understand.understand import understand
from corpus.vietnamese import fold, nfc

_SIGN = re.compile(r"\?+[\s,]*|;\s+|(?<=\w\w)[.!]+\s+|\s*\n\s*")
_AND = re.compile(r",\s+(?:(?:va|con)\s+)?|\s+(?:va|dong thoi|roi)\s+")
# Where a second list or count is asked for: ", việc nào sắp đến hạn", "và có mấy việc quá hạn".
_ANOTHER_LIST = re.compile(
    r"(?:,\s+(?:(?:va|con|roi|trong do)\s+)?|\s+(?:va|roi)\s+)"
    r"(?=(?:co\s+|(?:nhung|cac|may|bao nhieu)\s+)*(?:viec|nhiem vu|dau viec|cai)\s+(?:nao|gi|qua|sap|tre)\b"
    r"|(?:co\s+)?(?:may|bao nhieu)\s+(?:dau\s+)?(?:viec|nhiem vu|cai)\b"
    r"|(?:nhung|cac)\s+(?:viec|nhiem vu)\s+(?:ghi|co han|co moc|han|den han|toi han|qua han)\b)"
)
_COMMA = re.compile(r",(?!\d)")
_JOINED = re.compile(r"(?:,|\sva|\sroi|,\s+(?:con|trong do))\s*$")
_LISTS = re.compile(rf"{COUNT.pattern}|{LIST_OF_WORK.pattern}")
_FEW = 2  # words: a part that names so many has a subject of its own
_MANY = 3  # the same where only a comma or "và" stands before it
_MOST = 5  # questions in one message


def several(text: str, context: Context) -> tuple[str, ...]:
    """The questions of a message in order; the message itself where it is one."""
    text = nfc(text)
    pieces = list(_pieces(text)) if len(text) <= MAX_CHARS else [text]
    if len(pieces) == 1 or guard(read_question(text, context.speller)) is not None or _reports(text, context):
        return (text,)
    parts: list[str] = []
    for piece in pieces:
        if parts and not _begins_anew(piece, parts[-1], context):
            parts[-1] += piece
        else:
            parts.append(piece)
    if not 1 < len(parts) <= _MOST:
        return (text,)
    return tuple(_of_the_list(part, i, parts, context).strip(" ,;\n") for i, part in enumerate(parts))


def _of_the_list(part: str, i: int, parts: list[str], context: Context) -> str:
    """A part that asks for a list after a comma or "và", as one of what the part before it lists."""
    if not i or not _JOINED.search(fold(parts[i - 1])) or not _ANOTHER_LIST.match(f", {fold(part)}"):
        return part
    query = understand(part, context)
    if query.agencies or query.documents_from == "named":
        return part
    return f"{'trong do' if part.isascii() else 'trong đó'} {part}"


def perhaps_several(text: str, query: Query, context: Context) -> tuple[str, ...]:
    """The message cut in two at a comma or "và" where both parts ask and name enough; what is found decides. The
    message itself where it cannot be cut so, or its query is of one thing alone."""
    text = nfc(text)
    if query.ask is not Ask.FIND or query.compared or query.doubted or query.whether:
        return (text,)
    for match in _AND.finditer(fold(text)):
        parts = text[: match.start()], text[match.end() :]
        if all(_stands_alone(part, context) for part in parts):
            return parts
    return (text,)


def pieces_asked(text: str) -> tuple[str, ...]:
    """The pieces of a message between its commas, where each of them asks something; else the message itself."""
    text = nfc(text)
    pieces = tuple(piece.strip() for piece in _COMMA.split(text) if piece.strip(" .?!"))
    asked = all(ASKS.search(read_question(piece).line) for piece in pieces)
    return pieces if 1 < len(pieces) <= _MOST and asked else (text,)


def _pieces(text: str) -> Iterator[str]:
    """The text cut at the end of sentences and before "còn"."""
    folded = fold(text)
    ends = {match.end() for match in _SIGN.finditer(folded)}
    ends |= {m.end() for m in _ANOTHER_LIST.finditer(folded) if _LISTS.search(folded[: m.start()])}
    ends |= {m.end() for m in AND_WHAT_OF.finditer(folded) if _is_still(text, folded.index("con", m.end()))}
    start = 0
    for end in sorted(ends - {0, len(text)}):
        yield text[start:end]
        start = end
    yield text[start:]


def _is_still(text: str, place: int) -> bool:
    """Whether the word at a place is "còn", not "con"."""
    return text.isascii() or not text[place : place + 3].isascii()


def _begins_anew(piece: str, before: str, context: Context) -> bool:
    """Whether a piece is a question or a report of its own, after another one."""
    if not (_asks(before) or _reports(before, context)):
        return False
    return _is_own(piece, context) or _reports(piece, context)


def _reports(piece: str, context: Context) -> bool:
    """Whether a piece reports progress."""
    return understand(piece, context).ask is Ask.UPDATE


def _asks(piece: str) -> bool:
    """Whether a piece ends as a question does, or has a question word."""
    return piece.rstrip(" ,\n").endswith("?") or bool(ASKS.search(read_question(piece).line))


def _is_own(piece: str, context: Context) -> bool:
    """Whether a piece asks about something that it names, or about the list of the piece before."""
    question = read_question(piece, context.speller)
    query = understand(piece, context)
    if query.ask in (Ask.CHAT, Ask.REFUSE) or COMPARES.search(question.line):
        return False
    asks = _asks(piece) or bool(query.attributes) or (query.ask is Ask.LIST and query.period is not None)
    least = 1 if OPENING.match(question.line) else _FEW
    return asks and (bool(AMONG.search(question.line)) or _names(query, least))


def _names(query: Query, least: int) -> bool:
    """Whether a query has a subject: tasks, a place, a list, a document's own data, or words of a topic."""
    if query.reason or query.compared:
        return False
    listed = query.ask in (Ask.LIST, Ask.COUNT, Ask.DOCUMENT, Ask.PLACE)
    return bool(query.tasks) or listed or len(content(query)) >= least


def _stands_alone(part: str, context: Context) -> bool:
    if not ASKS.search(read_question(part).line):
        return False
    query = understand(part, context)
    return query.ask in (Ask.FIND, Ask.TASK) and _names(query, _MANY)
