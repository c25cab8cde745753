"""Figures in words, alike on the screen and in the report."""

from __future__ import annotations

from eval.case import tag_labels
from eval.comparison import Comparison
from eval.gate import Check
from prompts import say


def name_of(group: str, name: str) -> str:
    """What a measure, way of typing, tag or suite is called."""
    if group == "tags":
        return tag_labels().get(name, name)
    return say(f"eval.{group.removesuffix('s')}", name=name)


def percent(value: float) -> str:
    """A share (0 to 1) with one decimal place."""
    return f"{value:.1%}"


def check_words(check: Check) -> str:
    """A limit of the gate with what was measured."""
    return say(
        "eval.gate_line",
        group=say("eval.group", name=check.group),
        name=name_of(check.group, check.name),
        value=say("eval.gate_not_measured") if check.value is None else percent(check.value),
        limit=percent(check.limit),
        lower=check.lower_is_better,
    )


def comparison_words(comparison: Comparison) -> str:
    """What was fixed and broke, and whether it is more than chance."""
    return say(
        "eval.compare_verdict",
        fixed=len(comparison.fixed),
        broke=len(comparison.broke),
        p_value=comparison.p_value,
        worse=comparison.is_worse,
        better=comparison.is_better,
    )


def worse_words(comparison: Comparison) -> str:
    """That a build is worse than a release."""
    return say("eval.gate_worse", p_value=comparison.p_value, before=comparison.before)
