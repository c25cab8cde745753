"""Sound tables of tasks damaged as bad scans damage them, for tests of what can still be read.

A table is laid out in columns of fixed width, its cells wrapped and centred or not; what is given is the text of its
printed lines, each holding a piece of every cell that it crosses. Characters, bars and numbers are damaged by chance,
the same for the same seed.
"""

from __future__ import annotations

import random
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.vietnamese import fold, nfc

# What Tesseract with the wrong language makes of Vietnamese letters, as plan 89 has it.
CONFUSED = {
    "ư": "uuw", "ơ": "od", "ế": "ée", "ệ": "ée€", "ố": "6óo", "ồ": "6od", "ộ": "6ob", "ổ": "6o", "ớ": "61o", "ờ": "do",
    "ạ": "aq", "ả": "aé", "ấ": "aé", "ậ": "aé", "ầ": "a", "ứ": "tru", "ử": "uir", "ự": "uy", "ừ": "u", "ị": "i}",
    "ọ": "oq", "ụ": "uy", "ũ": "ui", "ê": "éeé", "ô": "o6", "â": "aé", "đ": "dđ", "l": "l1", "i": "ií1",
}  # fmt: skip
HEADS = {
    "number": "STT", "title": "Nhiệm vụ", "lead": "Cơ quan chủ trì", "coordinate": "Cơ quan phối hợp",
    "product": "Sản phẩm", "deadline": "Thời gian hoàn thành", "leader": "Lãnh đạo phụ trách",
}  # fmt: skip


@dataclass(frozen=True)
class Damage:
    """How a table is damaged: shares (0 to 1) of accents lost, of letters confused, of numbers and bars kept."""

    accents: float = 0.0
    letters: float = 0.0
    numbers: float = 1.0
    bars: float = 0.0
    centred: bool = False
    noise: float = 0.0
    page: int = 0  # lines on a page; 0 = one page
    widths: Mapping[str, int] = field(default_factory=dict)


PLAIN = Damage()
FADED = Damage(accents=0.9, letters=0.01, numbers=0.9, bars=0.2, centred=True)
BAD = Damage(accents=0.95, letters=0.04, numbers=0.75, bars=0.3, centred=True, noise=0.08, page=60)

Row = Mapping[str, str]
_WIDTHS = {"number": 4, "title": 32, "lead": 16, "coordinate": 18, "product": 14, "deadline": 18, "leader": 14}


def damaged(rows: Sequence[Row], columns: Sequence[str], damage: Damage, seed: int) -> str:
    """The text of a page of an annex with these rows; a row with only "section" and "title" is a section's title."""
    chance = random.Random(seed)
    header = ["PHỤ LỤC", "PHÂN CÔNG NHIỆM VỤ", ""]
    head = _printed({name: HEADS[name] for name in columns}, columns, damage, chance, keep=True)
    lines: list[str] = []
    for row in rows:
        if "section" in row and "lead" not in row:
            lines.append(_spoilt(f"{row['section']} {row['title']}", damage, chance))
        else:
            lines += _printed(row, columns, damage, chance)
    return "\n".join([*header, *_paged(lines, head, damage.page)]) + "\n"


def _paged(lines: list[str], head: list[str], page: int) -> list[str]:
    if not page:
        return [*head, *lines]
    found: list[str] = []
    for start in range(0, len(lines), page):
        found += [*head, *lines[start : start + page]]
    return found


def _printed(row: Row, columns: Sequence[str], damage: Damage, chance: random.Random, keep: bool = False) -> list[str]:
    cells = []
    for name in columns:
        text = row.get(name, "")
        if name == "number" and not keep and chance.random() > damage.numbers:
            text = ""
        cells.append(textwrap.wrap(text, damage.widths.get(name, _WIDTHS[name]), break_long_words=False) or [""])
    height = max(map(len, cells))
    shifted = [_placed(cell, height, damage.centred) for cell in cells]
    return [line for i in range(height) if (line := _line([cell[i] for cell in shifted], damage, chance))]


def _placed(cell: list[str], height: int, centred: bool) -> list[str]:
    above = (height - len(cell)) // 2 if centred else 0
    return [""] * above + cell + [""] * (height - len(cell) - above)


def _line(pieces: list[str], damage: Damage, chance: random.Random) -> str:
    spoilt = [_spoilt(piece, damage, chance) for piece in pieces if piece]
    if damage.noise and chance.random() < damage.noise:
        spoilt.insert(chance.randrange(len(spoilt) + 1), chance.choice(["A \\", ". .", "‘ ,", "X ;", "1 ."]))
    joined = spoilt[0] if spoilt else ""
    for piece in spoilt[1:]:
        joined += (" | " if chance.random() < damage.bars else " ") + piece
    return joined


def _spoilt(text: str, damage: Damage, chance: random.Random) -> str:
    return "".join(_letter(char, damage, chance) for char in nfc(text))


def _letter(char: str, damage: Damage, chance: random.Random) -> str:
    if chance.random() < damage.letters and char.lower() in CONFUSED:
        return chance.choice(CONFUSED[char.lower()])
    plain = fold(char)
    if plain != char.lower() and chance.random() < damage.accents:
        return plain.upper() if char.isupper() else plain
    return char
