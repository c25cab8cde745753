"""The report of a run: one HTML file for people, made from the run alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.terminal import VIETNAM
from eval.case import Case, tag_labels
from eval.comparison import Comparison
from eval.figures import Figures, Share
from eval.gate import Check
from eval.judging import MEASURES
from eval.result import Result, Run
from eval.variants import PLAIN
from eval.words import check_words, comparison_words, worse_words
from prompts import page, say

_STEPS_MS = (2, 4, 6, 8, 10, 15, 20, 30, 50)
_TALLEST = 84


@dataclass(frozen=True)
class Row:
    """A share in a table with its words."""

    label: str
    share: Share
    lower: bool = False


@dataclass(frozen=True)
class Verdicts:
    """What the gate said: every limit, and whether the build is let through."""

    checks: list[Check]
    passed: bool


def report(run: Run, figures: Figures, comparison: Comparison | None, verdicts: Verdicts | None) -> str:
    """The page of a run, beside the last release and the gate where there are such."""
    entries = _entries(run)
    return page(
        "report",
        info=run.info,
        started=run.info.started.astimezone(VIETNAM).strftime("%H:%M ngày %d/%m/%Y"),
        seconds=round(figures.seconds),
        figures=figures,
        tiles=_tiles(figures),
        gate=_gate(verdicts, comparison),
        comparison=comparison,
        comparison_words=comparison_words(comparison) if comparison else "",
        measures=_rows(figures.measures, "measure", {n for n, better in MEASURES.items() if better == "lower"}),
        variants=_rows(figures.variants, "variant"),
        suites=_rows(figures.suites, "suite"),
        tags=[Row(tag_labels().get(tag, tag), share) for tag, share in figures.tags.items()],
        tag_labels={tag: label for tag, label in tag_labels().items() if tag in figures.tags},
        times=_histogram([result.ms for result in run.plain]),
        wrong=[entry for entry in entries if entry["plain"]],
        fragile=[entry for entry in entries if not entry["plain"]],
    )


def _rows(shares: Mapping[str, Share], words: str, lower: Iterable[str] = ()) -> list[Row]:
    below = set(lower)
    return [Row(say(f"eval.{words}", name=name), share, name in below) for name, share in shares.items()]


def _tiles(figures: Figures) -> list[dict[str, str]]:
    tiles = [(say("eval.measure", name=n), figures.measures.get(n)) for n in ("right", "citation_validity")]
    tiles.append((say("eval.tile_all"), figures.everything.get("right")))
    tiles.append((say("eval.measure", name="wrong_refusals"), figures.measures.get("wrong_refusals")))
    shown = [{"label": label, "value": f"{share.value:.1%}"} for label, share in tiles if share]
    return [*shown, {"label": say("eval.tile_p95"), "value": f"{figures.milliseconds.get('p95', 0):g} ms"}]


def _gate(verdicts: Verdicts | None, comparison: Comparison | None) -> dict[str, Any] | None:
    if verdicts is None:
        return None
    checks = [{"passed": check.passed, "sentence": check_words(check)} for check in verdicts.checks]
    worse = worse_words(comparison) if comparison and comparison.is_worse else ""
    return {"passed": verdicts.passed, "checks": checks, "worse": worse}


def _histogram(times: list[float]) -> list[dict[str, Any]]:
    """How many questions took how long; the last column holds the rest."""
    ends = (*_STEPS_MS, float("inf"))
    counts = [0] * len(ends)
    for ms in times:
        counts[next(i for i, end in enumerate(ends) if ms <= end)] += 1
    most = max(counts) or 1
    labels = [*(f"≤{end}" for end in _STEPS_MS), f">{_STEPS_MS[-1]}"]
    return [{"label": x, "count": n, "height": n / most * _TALLEST} for x, n in zip(labels, counts, strict=True)]


def _entries(run: Run) -> list[dict[str, Any]]:
    """The cases that failed in any way of typing, in the order of the cases."""
    failed: dict[str, list[Result]] = {}
    for result in run.failed:
        failed.setdefault(result.case, []).append(result)
    return [_entry(run.cases[case], results) for case, results in failed.items()]


def _entry(case: Case, results: list[Result]) -> dict[str, Any]:
    plain = next((_shown(result) for result in results if result.variant == PLAIN), None)
    return {
        "case": case,
        "labels": [tag_labels().get(tag, tag) for tag in case.tags],
        "wanted": {"statuses": [say("eval.status", name=str(status)) for status in case.status]},
        "plain": plain,
        "variants": [_shown(result) for result in results if result.variant != PLAIN],
    }


def _shown(result: Result) -> dict[str, Any]:
    return {
        "label": say("eval.variant", name=result.variant),
        "turns": result.turns,
        "status": say("eval.status", name=str(result.status)),
        "text": result.text,
        "faults": [fault.sentence() for fault in result.faults],
        "steps": result.steps,
    }
