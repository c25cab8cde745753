"""A small cast for the tests of the evaluation: cases, replies, results and runs made in place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from assistant.reply import Status
from eval.case import Case
from eval.judging import Fault
from eval.result import Result, Run, RunInfo

STARTED = dt.datetime(2026, 11, 21, 2, 0, tzinfo=dt.UTC)
VAN = "ke-hoach-ong-van"  # the one document of the small office in SMALL_PLAN
SMALL_PLAN = """ỦY BAN NHÂN DÂN
XÃ MINH TÂN

Số: 12/KH-UBND\tMinh Tân, ngày 05 tháng 5 năm 2026

KẾ HOẠCH
Nuôi ong lấy mật năm 2026

I. MỤC TIÊU

1. Mỗi thôn có ít nhất 15 đàn ong.

II. PHÂN CÔNG

STT\tNhiệm vụ\tĐơn vị chủ trì\tĐơn vị phối hợp\tThời hạn\tSản phẩm
1\tMở lớp dạy nuôi ong cho nông dân\tPhòng Kinh tế\tHội Nông dân\tTháng 6/2026\tLớp học
2\tĐiều tra nguồn hoa trên địa bàn\tPhòng Văn hóa - Xã hội\tPhòng Kinh tế\tTháng 9/2026\tBáo cáo
"""


def make_case(id: str = "ong-001", **given: Any) -> Case:
    """A case; what a test does not say is an answer to a question by number."""
    return Case.model_validate(
        {"id": id, "turns": ["nhiệm vụ 1 ai chủ trì?"], "status": "answered", "tags": ["number"], **given}
    )


def make_result(case: str = "ong-001", *, right: bool = True, variant: str = "plain", **given: Any) -> Result:
    """The result of a question."""
    values: dict[str, Any] = {
        "suite": "shipped", "turns": ("nhiệm vụ 1 ai chủ trì?",), "status": Status.ANSWERED, "ms": 3.0,
        "measures": {"right": (int(right), 1)},
        "faults": () if right else (Fault(kind="not_said", value="Phòng Kinh tế"),),
    }  # fmt: skip
    return Result(case=case, variant=variant, right=right, **{**values, **given})


def make_run(
    results: Iterable[Result], cases: Sequence[Case] = (), variants: tuple[str, ...] = ("plain",), name: str = "run"
) -> Run:
    """A finished run; cases that are not given are plain ones."""
    found = tuple(results)
    made = tuple(cases) or tuple(make_case(id) for id in dict.fromkeys(result.case for result in found))
    info = RunInfo(
        name=name, version="0.1.0", fingerprint="", started=STARTED, finished=STARTED, seconds=1.5, seed=7,
        variants=variants, jobs=1, python="3.11", machine="Linux, 2 cores", cases=made,
    )  # fmt: skip
    return Run(info, found)


def write_small_office(folder: Path, cases: str) -> tuple[Path, Path]:
    """(cases, documents): folders with one case file and the plan of a small office."""
    documents, asked = folder / "van-ban", folder / "cases"
    documents.mkdir(parents=True)
    asked.mkdir()
    (documents / f"{VAN}.txt").write_text(SMALL_PLAN, encoding="utf-8")
    (asked / "ong.yaml").write_text(cases, encoding="utf-8")
    return asked, documents


SMALL_CASES = f"""\
- id: ong-001
  turns: ["nhiệm vụ 1 ai chủ trì?"]
  status: answered
  tasks: [{VAN}//1]
  facts: ["Phòng Kinh tế"]
  tags: [number, lead]

- id: ong-002
  turns: ["nhiệm vụ 2 ai phối hợp?"]
  status: answered
  tasks: [{VAN}//2]
  facts: ["Phòng Kinh tế"]
  tags: [number, coordinate]

- id: ong-003
  turns: ["xin chào"]
  status: chat
  tags: [chat]
"""
