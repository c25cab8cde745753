"""Made-up plans of made-up wards, as many as wanted, for measuring how the assistant grows.

Their sentences come from a trigram chain over the documents that ship and the fictional ones of the evaluation, so
that words are as common and as rare as in life and no two plans are alike. Their bodies are those of agencies.yaml
and, as in life, some of their own. Every third plan divides its tasks into sections. The same seed makes the same
plans.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from assistant.wiring import BUNDLED_DOCUMENTS, assistant_in_memory
from corpus.agencies import load_agencies
from corpus.records import AgencyLevel, Passage, Quality, Task
from corpus.sentences import sentences

_FICTIONAL = Path(__file__).with_name("documents")
_OFFICES = ("communes", "livelihood", "offices", "youth")
_SYLLABLES = (
    "An Bình Cẩm Châu Diên Đại Đông Gia Hải Hòa Hưng Khánh Kim Lạc Lâm Long Mai Minh Nam Nghĩa Phong Phú Quang Sơn "
    "Tân Thanh Thịnh Thuận Tiên Trung Trường Vĩnh Xuân Yên"
).split()
_CITIES = (
    "tỉnh Phú Thọ", "tỉnh Bắc Ninh", "tỉnh Hưng Yên", "tỉnh Ninh Bình", "tỉnh Thanh Hóa", "tỉnh Nghệ An",
    "thành phố Huế", "thành phố Đà Nẵng", "tỉnh Gia Lai", "tỉnh Lâm Đồng", "thành phố Cần Thơ", "tỉnh Cà Mau",
)  # fmt: skip
_LEVELS = ("phường", "xã")
_OWN_BODIES = ("Trường Tiểu học {}", "Trường Trung học cơ sở {}", "Ban Quản lý chợ {}", "Tổ công tác Đề án 06 {}")
_SUBJECTS = (
    "Cải cách hành chính", "Chuyển đổi số", "Phòng cháy, chữa cháy và cứu nạn, cứu hộ", "Bảo đảm an toàn thực phẩm",
    "Phòng, chống thiên tai và tìm kiếm cứu nạn", "Tuyển chọn, gọi công dân nhập ngũ", "Chỉnh trang đô thị",
    "Bảo vệ môi trường", "Giảm nghèo bền vững", "Phổ biến, giáo dục pháp luật", "Phòng, chống ma túy",
    "Bảo đảm trật tự, an toàn giao thông", "Thực hiện dân chủ ở cơ sở", "Thực hành tiết kiệm, chống lãng phí",
    "Phát triển văn hóa, thể thao và du lịch", "Tiêm chủng mở rộng", "Xây dựng xã hội học tập",
    "Tiếp công dân, giải quyết khiếu nại, tố cáo", "Phòng, chống tham nhũng, tiêu cực", "Phát triển kinh tế tập thể",
)  # fmt: skip
_YEAR = 2026
_HEADINGS = ("I. MỤC ĐÍCH, YÊU CẦU", "II. NHIỆM VỤ, GIẢI PHÁP", "III. KINH PHÍ", "IV. TỔ CHỨC THỰC HIỆN")
_SECTIONS = (
    "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", "CẢI CÁCH THỂ CHẾ", "CẢI CÁCH THỦ TỤC HÀNH CHÍNH", "CẢI CÁCH TÀI CHÍNH CÔNG",
    "XÂY DỰNG CHÍNH QUYỀN ĐIỆN TỬ, CHÍNH QUYỀN SỐ",
)  # fmt: skip
_ROMAN = ("I", "II", "III", "IV", "V")
_SECTIONED = 3  # every so many plans one with sections
_OWN = 0.15  # share of tasks that a body of the ward's own leads
_PRODUCTS = ("Kế hoạch", "Báo cáo", "Công văn", "Quyết định", "Văn bản của UBND", "Tờ trình")
_MIN_WORDS, _MAX_WORDS = 9, 38


@dataclass(frozen=True)
class Row:
    """A task of a made-up plan."""

    number: str
    title: str
    lead: str
    coordinate: str
    product: str
    deadline: str


@dataclass(frozen=True)
class Plan:
    """A made-up plan: its id (and file name), issuer with its city, number, tasks and text."""

    id: str
    issuer: str
    number: str
    rows: tuple[Row, ...]
    text: str

    @property
    def place(self) -> str:
        """The ward with its level: "phường An Bình"."""
        return self.issuer.split(",")[0].removeprefix("UBND ")


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
        return " ".join(out).strip(" ,;.:-+")


def chain_of(passages: Iterable[Passage], tasks: Iterable[Task]) -> Chain:
    """The chain over the sentences of some passages and the titles of some tasks."""
    texts = (passage.text for passage in passages)
    prose = (text[span.start : span.end] for text in texts for span in sentences(text, 0, len(text)))
    return Chain([*(t for t in prose if t[:1].isalpha()), *(task.title for task in tasks)])


def known_chain() -> Chain:
    """The chain over the documents that ship and the fictional ones of the evaluation, but for damaged scans and those
    that try to mislead."""
    passages: list[Passage] = []
    tasks: list[Task] = []
    for folder in (BUNDLED_DOCUMENTS, *(_FICTIONAL / name for name in _OFFICES)):
        store = assistant_in_memory(folder).library.store
        sound = {document.id for document in store.documents() if document.quality is not Quality.OCR}
        passages += [p for p in store.passages() if p.role == "body" and p.document in sound]
        tasks += store.tasks()
    return chain_of(passages, tasks)


def make_plans(count: int, tasks: int, chain: Chain, seed: int = 20261121) -> Iterator[Plan]:
    """``count`` plans of ``tasks`` tasks each, one a ward as long as there are names, then the next year's."""
    rng = random.Random(seed)
    names = [f"{a} {b}" for a in _SYLLABLES for b in _SYLLABLES if a != b]
    rng.shuffle(names)
    bodies = [a.name for a in load_agencies() if a.level is AgencyLevel.WARD and not a.collective]
    for i in range(count):
        place = f"{_LEVELS[i % len(_LEVELS)]} {names[i // len(_LEVELS) % len(names)]}"
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
    name = place.partition(" ")[2]
    own = [body.format(name) for body in _OWN_BODIES]
    rows = tuple(_row(n, bodies, own, chain, rng) for n in range(1, tasks + 1))
    text = _template().render(
        place=place,
        name=name,
        city=city,
        number=number,
        day=dt.date(_YEAR, 1, 1) + dt.timedelta(days=rng.randint(0, 200)),
        subject=rng.choice(_SUBJECTS),
        prose=[(heading, [chain.sentence(rng) for _ in range(4)]) for heading in _HEADINGS],
        rows=rows,
        sections=_sections(len(rows)) if index % _SECTIONED == 0 else {},
    )
    return Plan(f"plan-{index:05}", f"UBND {place}, {city}", number, rows, text)


def _row(number: int, bodies: Sequence[str], own: Sequence[str], chain: Chain, rng: random.Random) -> Row:
    return Row(
        number=str(number),
        title=chain.sentence(rng),
        lead=rng.choice(own if rng.random() < _OWN else bodies),
        coordinate="; ".join(rng.sample(bodies, 2)),
        product=rng.choice(_PRODUCTS),
        deadline=_deadline(rng),
    )


def _sections(tasks: int) -> dict[int, tuple[str, str]]:
    """By the place of a task the section (number, title) that begins with it."""
    size = max(1, -(-tasks // len(_SECTIONS)))
    return {i * size: section for i, section in enumerate(zip(_ROMAN, _SECTIONS, strict=True)) if i * size < tasks}


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), undefined=StrictUndefined, trim_blocks=True, autoescape=False
    )
    return environment.get_template("plan.txt.j2")


def _deadline(rng: random.Random) -> str:
    month, year = rng.randint(1, 12), rng.choice((_YEAR, _YEAR, _YEAR + 1))
    return rng.choice(
        (
            f"Quý {rng.choice(_ROMAN[:4])}/{year}",
            f"Tháng {month}/{year}",
            f"Trước ngày {rng.randint(1, 28):02}/{month:02}/{year}",
            f"{rng.randint(1, 28):02}/{month:02}/{year}",
            "Thường xuyên",
            "Hằng quý",
            f"Năm {year}",
        )
    )
