"""Examiners that take the place of the real one in processes of their own; found there by name, so they stand here.

They need no library, so that a process is ready at once.
"""

from __future__ import annotations

import os

from assistant.reply import Status
from eval.case import Case
from eval.examiner import Home, Plan
from eval.result import Result

BAD = "ong-002"
ASKED = "đã hỏi"


def ready(_homes: tuple[Home, ...]) -> None:
    """Makes nothing ready."""


def never_ready(_homes: tuple[Home, ...]) -> None:
    """A process that cannot be made ready."""
    os._exit(1)


def answer(suite: str, case: Case, plan: Plan) -> list[Result]:
    """A right reply in every way of typing."""
    return [
        Result(
            case=case.id, variant=variant, suite=suite, turns=case.turns, status=Status.ANSWERED, ms=1, right=True,
            measures={"right": (1, 1), "crashes": (0, 1)}, text=ASKED,
        )
        for variant in plan.variants
    ]  # fmt: skip


def break_at_bad(suite: str, case: Case, plan: Plan) -> list[Result]:
    """Raises at one case."""
    if case.id == BAD:
        raise KeyError(case.id)
    return answer(suite, case, plan)


def die_at_bad(suite: str, case: Case, plan: Plan) -> list[Result]:
    """Ends its whole process at one case."""
    if case.id == BAD:
        os._exit(1)
    return answer(suite, case, plan)
