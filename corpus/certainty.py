"""How certain a reading must be before anything is stated from it."""

from __future__ import annotations

from corpus.records import Task

LEAST = 0.6
"""A field read with less certainty than this (0 a guess, 1 beyond doubt) is not stated: it goes to review."""


def unsure_fields(task: Task) -> dict[str, float]:
    """The fields of a task that were read with less certainty than is needed to state them."""
    return {name: value for name, value in task.certainty.items() if value < LEAST}
