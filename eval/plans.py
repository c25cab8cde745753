"""Made-up plans of made-up wards, as many as wanted, for measuring how the assistant grows.

Their sentences come from a trigram chain over the documents that ship, so that words are as common and as rare
as in life and no two plans are alike; bodies are those of agencies.yaml. The same seed makes the same plans.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Template

from corpus.agencies import load_agencies
from corpus.records import AgencyLevel, Task
from corpus.sentences import sentences

_SYLLABLES = "An Bình Cẩm Châu Diên Đại Đông Gia Hải Hòa Hưng Khánh Kim Lạc Lâm Long Mai Minh Nam Nghĩa Phong Phú Quang Sơn Tân Thanh Thịnh Thuận Tiên Trung Trường Vĩnh Xuân Yên"
_CITIES = (
    "tỉnh Phú Thọ", "tỉnh Bắc Ninh", "tỉnh Hưng Yên", "tỉnh Ninh Bình", "tỉnh Thanh Hóa", "tỉnh Nghệ An",
    "thành phố Huế", "thành phố Đà Nẵng", "tỉnh Gia Lai", "tỉnh Lâm Đồng", "thành phố Cần Thơ", "tỉnh Cà Mau",
)  # fmt: skip
_LEVELS = ("phường", "xã")
_YEAR = 2026
_HEADINGS = ("I. MỤC ĐÍCH, YÊU CẦU", "II. NHIỆM VỤ, GIẢI PHÁP", "III. KINH PHÍ", "IV. TỔ CHỨC THỰC HIỆN")
_TEMPLATE = Path(__file__).with_name("plan.txt.j2")
_MIN_WORDS, _MAX_WORDS = 9, 38


@dataclass(frozen=True)
class Plan:
    """A made-up plan: its id (and file name), issuer, number and text."""

    id: str
    issuer: str
    number: str
    text: str


class Chain:
    """A trigram chain over words: sentences that sound like those it was made from."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._next: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._starts: list[tuple[str, str]] = []
        for text in texts:
            tokens = text.split()
            if len(tokens) < _MIN_WORDS:
                continue
            self._starts.append((tokens[0], tokens[1]))
            for first, second, third in zip(tokens, tokens[1:], tokens[2:], strict=False):
                self._next[first, second].append(third)

    def sentence(self, rng: random.Random) -> str:
        """A sentence of at most 38 words; it leaves a text it began with at the first chance."""
        out = list(rng.choice(self._starts))
        while len(out) < _MAX_WORDS and (nexts := self._next.get((out[-2], out[-1]))):
            out.append(rng.choice(nexts))
            if len(out) > _MIN_WORDS and out[-1].endswith((".", ";")):
                break
        return " ".join(out).strip(" ,;.:")


def chain_of(texts: Iterable[str], tasks: Iterable[Task]) -> Chain:
    """The chain over the sentences of some texts and the titles of some tasks."""
    prose = (text[span.start : span.end] for text in texts for span in sentences(text, 0, len(text)))
    return Chain([*(t for t in prose if "\t" not in t and "#" not in t), *(task.title for task in tasks)])


def make_plans(count: int, tasks: int, chain: Chain, seed: int = 20261121) -> Iterator[Plan]:
    """``count`` plans of ``tasks`` tasks each."""
    rng = random.Random(seed)
    names = [f"{a} {b}" for a in _SYLLABLES.split() for b in _SYLLABLES.split() if a != b]
    rng.shuffle(names)
    bodies = [a.name for a in load_agencies() if a.level is AgencyLevel.WARD and not a.collective]
    for i in range(count):
        place = f"{_LEVELS[i % 2]} {names[i // len(_LEVELS) % len(names)]}"
        yield _plan(i, place, rng.choice(_CITIES), tasks, bodies, chain, rng)


def write_plans(folder: Path, plans: Iterable[Plan]) -> None:
    """Writes plans as text files named after their ids."""
    folder.mkdir(parents=True, exist_ok=True)
    for plan in plans:
        (folder / f"{plan.id}.txt").write_text(plan.text, encoding="utf-8")


def _plan(
    index: int, place: str, city: str, tasks: int, bodies: Sequence[str], chain: Chain, rng: random.Random
) -> Plan:
    number = f"{rng.randint(1, 400)}/KH-UBND"
    day = dt.date(_YEAR, 1, 1) + dt.timedelta(days=rng.randint(0, 200))
    rows = [
        (
            str(n),
            chain.sentence(rng),
            rng.choice(bodies),
            "; ".join(rng.sample(bodies, 2)),
            _product(rng),
            _deadline(rng),
        )
        for n in range(1, tasks + 1)
    ]
    text = _template().render(
        place=place,
        name=place.partition(" ")[2],
        city=city,
        number=number,
        day=day,
        subject=chain.sentence(rng),
        prose=[(heading, [chain.sentence(rng) for _ in range(4)]) for heading in _HEADINGS],
        rows=rows,
    )
    return Plan(f"plan-{index:05}", f"UBND {place}, {city}", number, text)


@cache
def _template() -> Template:
    return Template(_TEMPLATE.read_text(encoding="utf-8"), trim_blocks=True)


def _product(rng: random.Random) -> str:
    return rng.choice(("Kế hoạch", "Báo cáo", "Công văn", "Quyết định", "Văn bản của UBND", "Tờ trình"))


def _deadline(rng: random.Random) -> str:
    month, year = rng.randint(1, 12), rng.choice((_YEAR, _YEAR, _YEAR + 1))
    return rng.choice(
        (
            f"Quý {rng.choice(('I', 'II', 'III', 'IV'))}/{year}",
            f"Tháng {month}/{year}",
            f"Trước ngày {rng.randint(1, 28):02}/{month:02}/{year}",
            f"{rng.randint(1, 28):02}/{month:02}/{year}",
            "Thường xuyên",
            "Hằng quý",
            f"Năm {year}",
        )
    )
