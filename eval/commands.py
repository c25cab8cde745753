"""What the commands of ``troly eval`` do, once their arguments are read."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.assistant import Assistant
from assistant.commands import ready_library
from assistant.meaning import configured_embedder
from assistant.settings import Settings
from assistant.terminal import complain, new_table, progress, write, write_json, write_table
from corpus.errors import CorpusError
from corpus.vietnamese import fold
from eval.comparison import (
    RELEASES,
    Comparison,
    Outcome,
    compare,
    last_release,
    outcome_of,
    outcome_of_release,
    read_release,
    release_of,
    write_release,
)
from eval.drafts import as_yaml, drafts, read_held
from eval.figures import Figures, Share, figures
from eval.gate import Check, checks, passes, read_gate
from eval.judging import MEASURES
from eval.report import Verdicts, report
from eval.result import Run, RunFolder, find_run, last_finished
from eval.retrieval import as_objects, measure, measure_each, read_collections
from eval.run import Order, run
from eval.words import check_words, comparison_words, name_of, percent, worse_words
from prompts import say

if TYPE_CHECKING:
    from rich.table import Table

_NAMED = 12  # questions that are named on the screen


def runs_in(settings: Settings) -> Path:
    """Where the runs of an office lie."""
    return settings.data / "eval"


def run_all(settings: Settings, order: Order, *, fresh: bool, release: str | None, as_json: bool) -> None:
    """Runs an order, prints the table and writes the report; keeps it as a release where one is named."""
    folder = _asked(settings, order, fresh=fresh)
    finished = folder.read()
    found = figures(finished)
    if release is not None:
        complain(say("eval.release_kept", path=write_release(release_of(finished, release))))
    _write_report(folder, finished, found, _since_release(finished), None)
    if as_json:
        write_json({"run": finished.info.name, "report": str(folder.report), **found.model_dump(mode="json")})
        return
    _show(finished, found)
    write(say("eval.report_at", path=folder.report))


def _asked(settings: Settings, order: Order, *, fresh: bool = False) -> RunFolder:
    with progress(say("eval.asking")) as step:
        try:
            return run(
                order,
                runs_in(settings),
                lambda: dt.datetime.now(dt.UTC),
                step,
                fresh=fresh,
                resumed=lambda name: complain(say("eval.resumed", run=name)),
            )
        except KeyboardInterrupt:
            complain(say("eval.stopped"))
            raise


def _write_report(
    folder: RunFolder, finished: Run, found: Figures, comparison: Comparison | None, verdicts: Verdicts | None
) -> None:
    folder.report.write_text(report(finished, found, comparison, verdicts), encoding="utf-8")


def _since_release(finished: Run) -> Comparison | None:
    """How a run compares with the last release, where they share questions."""
    release = last_release()
    after = outcome_of(finished)
    if release is None or not outcome_of_release(release).right.keys() & after.right.keys():
        return None
    return compare(outcome_of_release(release), after)


def _show(finished: Run, found: Figures) -> None:
    write(
        say(
            "eval.ran",
            run=finished.info.name,
            cases=found.cases,
            questions=found.questions,
            seconds=round(found.seconds),
        )
    )
    for columns, group, shares in (
        ("eval.measure_columns", "measures", found.measures),
        ("eval.variant_columns", "variants", found.variants),
        ("eval.tag_columns", "tags", found.tags),
    ):
        table = new_table(columns)
        for name, share in shares.items():
            _add_share(table, group, name, share)
        write_table(table)
    times = found.milliseconds
    if times:
        write(say("eval.times", p50=times["p50"], p95=times["p95"], p99=times["p99"]))


def _add_share(table: Table, group: str, name: str, share: Share) -> None:
    label = name_of(group, name)
    if group == "measures" and MEASURES[name] == "lower":
        label += f" ({say('eval.lower_is_better')})"
    interval = f"{percent(share.low)} – {percent(share.high)}"
    table.add_row(label, f"{share.right}/{share.total}", percent(share.value), interval)


def run_gate(settings: Settings, order: Order, name: str | None, gate_file: Path, *, as_json: bool) -> bool:
    """Measures a run (a new one, if none is named) against the gate; False where it does not pass."""
    gate = read_gate(gate_file)
    folder = find_run(name, runs_in(settings)) if name else _asked(settings, order)
    finished = folder.read()
    if finished.info.finished is None:
        raise CorpusError("run_unfinished", run=finished.info.name)
    found = figures(finished)
    comparison = _since_release(finished)
    limits = list(checks(gate, found))
    passed = passes(gate, limits, comparison)
    _write_report(folder, finished, found, comparison, Verdicts(limits, passed))
    if as_json:
        rows = [{**check.model_dump(), "passed": check.passed} for check in limits]
        told = comparison.model_dump(mode="json") if comparison else None
        write_json({"run": finished.info.name, "passed": passed, "checks": rows, "comparison": told})
        return passed
    _show_gate(limits)
    if comparison is not None:
        write(
            say("eval.compared", before=comparison.before, after=comparison.after) + ". " + comparison_words(comparison)
        )
        _name_questions(comparison)
    write(say("eval.report_at", path=folder.report))
    _tell_verdict(limits, comparison, passed=passed)
    return passed


def _show_gate(limits: list[Check]) -> None:
    table = new_table("eval.gate_columns")
    for check in limits:
        value = say("eval.gate_not_measured") if check.value is None else percent(check.value)
        mark = "✓" if check.passed else "✗"
        group = say("eval.group", name=check.group)
        table.add_row(group, name_of(check.group, check.name), percent(check.limit), value, mark)
    write_table(table)


def _tell_verdict(limits: list[Check], comparison: Comparison | None, *, passed: bool) -> None:
    if passed:
        write(say("eval.gate_passed", checks=len(limits)))
        return
    names = [check_words(check) for check in limits if not check.passed]
    if comparison is not None and comparison.is_worse:
        names.append(worse_words(comparison))
    complain(say("eval.gate_failed", names=names))


def run_compare(settings: Settings, before: str | None, after: str | None, *, as_json: bool) -> None:
    """Compares two runs, or the last run with the last release."""
    runs = runs_in(settings)
    later = find_run(after, runs) if after else last_finished(runs)
    comparison = compare(_outcome(before, runs), outcome_of(later.read()))
    if as_json:
        write_json(comparison.model_dump(mode="json"))
        return
    table = new_table("eval.compare_columns")
    table.title = say("eval.compared", before=comparison.before, after=comparison.after)
    sides = {say("eval.total"): comparison.all}
    sides |= {name_of("variants", name): side for name, side in comparison.variants.items()}
    for label, side in sides.items():
        shares = (side.before / side.total, side.after / side.total)
        table.add_row(label, str(side.total), *map(percent, shares), f"{shares[1] - shares[0]:+.1%}")
    write_table(table)
    write(comparison_words(comparison))
    if comparison.only_before or comparison.only_after:
        write(say("eval.compare_apart", before=comparison.only_before, after=comparison.only_after))
    _name_questions(comparison)


def _outcome(name: str | None, runs: Path) -> Outcome:
    """The outcome of a release, by its number or as the last one, or of a run."""
    if name is None:
        release = last_release()
        if release is None:
            raise CorpusError("release_none")
        return outcome_of_release(release)
    if (RELEASES / f"{name}.json").is_file():
        return outcome_of_release(read_release(RELEASES / f"{name}.json"))
    return outcome_of(find_run(name, runs).read())


def _name_questions(comparison: Comparison) -> None:
    for sentence, questions in (("eval.fixed", comparison.fixed), ("eval.broke", comparison.broke)):
        if questions:
            write(say(sentence, questions=questions[:_NAMED], more=max(0, len(questions) - _NAMED)))


def run_retrieval(settings: Settings, folder: Path, *, as_json: bool) -> None:
    """Measures search on a folder in BEIR layout or on several in one, with the embeddings of the settings."""
    collections = read_collections(folder)
    embedder = configured_embedder(settings)
    with progress(say("eval.indexing")) as step:
        single = len(collections) == 1
        rankings = measure(collections[0], step, embedder) if single else measure_each(collections, step, embedder)
    if as_json:
        write_json(as_objects(rankings))
        return
    table = new_table("eval.retrieval_columns")
    for found in rankings:
        values = [f"{found.measures[name]:.3f}" for name in ("R@1", "R@5", "R@10", "S@1", "S@10", "MRR@10", "nDCG@10")]
        table.add_row(
            say("eval.ranking", name=found.ranking),
            say("eval.typed", name=found.typed),
            *values,
            f"{found.queries_per_second:,.0f}",
        )
    write_table(table)


def run_calibrate(order: Order, to: Path | None, *, as_json: bool) -> None:
    """Learns from the cases of an order when the nearest thing is likely meant, and writes the model where told."""
    from eval.calibration import learn, samples

    with progress(say("eval.asking")) as step:
        learned = learn(samples(order, step))
    if to is not None:
        learned.write(to)
    if as_json:
        write_json(learned.as_json())
        return
    write(say("eval.calibrated", card=learned.card, curve=percent(learned.card.area_under_curve)))
    if to is not None:
        write(say("eval.model_at", path=to))


def run_add(settings: Settings, source: Path, to: Path | None) -> None:
    """Writes the conversations of a journal or a table as draft cases, to a file or to the screen."""
    held = read_held(source)
    if to is not None and to.exists():
        raise CorpusError("file_exists", file=str(to))
    assistant = Assistant(ready_library(settings))
    prefix = re.sub(r"[^a-z0-9]+", "-", fold(to.stem if to else source.stem)).strip("-") or "draft"
    cases = list(drafts(held, assistant, prefix))
    text = "\n".join(f"# {line}" for line in say("eval.draft_head").splitlines()) + "\n\n" + as_yaml(cases)
    if to is None:
        write(text)
        return
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(text, encoding="utf-8")
    write(say("eval.drafted", n=len(cases), path=to))
