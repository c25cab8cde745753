"""What a list is to leave out, said by its words: "đừng tính giao ban", "trừ việc tuyên truyền"."""

from __future__ import annotations

from collections.abc import Collection

from assistant.understand.lexicon import FRAME, GENERIC_WORK, KINDS, LEADING, phrases
from assistant.understand.question import Question

_THOSE = r"(?: (?:ca|luon|den|toi|ra|may|cac|nhung|cai|muc|viec|nhiem vu|dau viec|vu|chuyen|mang|phan|ve))*"
_LEAVES_OUT = phrases(
    rf"(?:dung|khong|k|khoi|mien|chua)(?: can| phai)? (?:tinh|ke|dem|gom|liet ke){_THOSE}",
    rf"(?:ngoai tru|loai tru|loai ra|bo qua|bo ra){_THOSE}",
    rf"tru(?= (?:ra |may |cac |nhung |cai )*(?:viec|nhiem vu|muc|cai|vu|mang|phan) ){_THOSE}",
)
_ENDS = ",;:()?."
_LEAST = 2  # words that tell what is left out


def left_out(question: Question, named: Collection[int]) -> tuple[frozenset[int], tuple[int, ...]]:
    """The tokens that leave something out of a list, and those of them that tell what; none where that is a body
    (``named``) or a kind of deadline, which others read."""
    line = question.with_hidden(frozenset(named), "·")
    match = _LEAVES_OUT.search(line)
    if match is None or not GENERIC_WORK.search(f"{line[: match.start()]} · {line[match.end() :]}"):
        return frozenset(), ()
    first = min(question.tokens_in(*match.span()))
    kept: list[int] = []
    for i in range(max(question.tokens_in(*match.span())) + 1, len(question.tokens)):
        between = question.text[question.tokens[i - 1].end : question.tokens[i].start]
        if i in named or (kept and any(sign in between for sign in _ENDS)):
            break
        kept.append(i)
    rest = " ".join(question.words[i] for i in kept)
    if any(pattern.match(rest) for _, pattern in KINDS) or LEADING.match(rest):
        return frozenset(), ()
    telling = _telling(kept, question)
    return (frozenset(range(first, kept[-1] + 1)), telling) if len(telling) >= _LEAST else (frozenset(), ())


def _telling(kept: list[int], question: Question) -> tuple[int, ...]:
    """Of some tokens those that tell what is left out: "giao ban" of "giao ban hằng quý thì"."""
    words = [question.words[i] for i in kept]
    ends = [match.start() for _, pattern in KINDS if (match := pattern.search(" ".join(words)))]
    size = len(" ".join(words)[: min(ends)].split()) if ends else len(words)
    while size and FRAME.fullmatch(words[size - 1]):
        size -= 1
    return () if any(word.isdigit() for word in words[:size]) else tuple(kept[:size])  # days are left out as a period
