"""``troly eval …``: measuring the assistant. Only the arguments are read here; the rest is loaded when it is needed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli import Fault, open_settings
from prompts import say

app = typer.Typer(name="eval", help=say("eval.app"), no_args_is_help=True)
_JSON = Annotated[bool, typer.Option("--json", help=say("cli.opt_json"))]
_CASES = Annotated[Path | None, typer.Option("--cases", help=say("eval.opt_cases"), show_default=False)]
_DOCUMENTS = Annotated[Path | None, typer.Option("--documents", help=say("eval.opt_documents"), show_default=False)]
_JOBS = Annotated[int, typer.Option("--jobs", min=0, help=say("eval.opt_jobs"), show_default=False)]


@app.command("run", help=say("eval.run_help"))
def run_cases(
    cases: _CASES = None,
    documents: _DOCUMENTS = None,
    variants: Annotated[str | None, typer.Option("--variants", help=say("eval.opt_variants"))] = None,
    only: Annotated[list[str] | None, typer.Option("--only", help=say("eval.opt_only"))] = None,
    seed: Annotated[int | None, typer.Option("--seed", help=say("eval.opt_seed"))] = None,
    jobs: _JOBS = 0,
    fresh: Annotated[bool, typer.Option("--fresh", help=say("eval.opt_fresh"))] = False,
    release: Annotated[str | None, typer.Option("--release", help=say("eval.opt_release"))] = None,
    as_json: _JSON = False,
) -> None:
    settings = open_settings()
    _need_extra()
    from eval.case import CASES
    from eval.commands import run_all
    from eval.run import SEED, Order
    from eval.variants import NAMES

    ways = tuple(name.strip() for name in variants.split(",")) if variants else NAMES
    for name in ways:
        if name not in NAMES:
            raise Fault(say("errors.variant_unknown", name=name, known=NAMES))
    if release is not None:
        _check_release(release, whole=not (cases or documents or variants or only))
    order = Order(
        cases=cases or CASES,
        documents=documents,
        agencies=settings.agencies,
        variants=ways,
        only=tuple(only or ()),
        seed=SEED if seed is None else seed,
        jobs=jobs,
    )
    run_all(settings, order, fresh=fresh, release=release, as_json=as_json)


@app.command("reading", help=say("eval.reading_help"))
def reading(documents: _DOCUMENTS = None, as_json: _JSON = False) -> None:
    settings = open_settings()
    from eval.reading_commands import run_reading

    run_reading(documents, settings.agencies, as_json=as_json)


@app.command(help=say("eval.compare_help"))
def compare(
    before: Annotated[str | None, typer.Argument(help=say("eval.opt_before"), show_default=False)] = None,
    after: Annotated[str | None, typer.Argument(help=say("eval.opt_after"), show_default=False)] = None,
    as_json: _JSON = False,
) -> None:
    settings = open_settings()
    _need_extra()
    from eval.commands import run_compare

    run_compare(settings, before, after, as_json=as_json)


@app.command(help=say("eval.gate_help"))
def gate(
    run: Annotated[str | None, typer.Argument(help=say("eval.opt_run"), show_default=False)] = None,
    gate_file: Annotated[Path | None, typer.Option("--gate", help=say("eval.opt_gate"), show_default=False)] = None,
    cases: _CASES = None,
    documents: _DOCUMENTS = None,
    jobs: _JOBS = 0,
    as_json: _JSON = False,
) -> None:
    settings = open_settings()
    _need_extra()
    from eval.case import CASES
    from eval.commands import run_gate
    from eval.gate import GATE
    from eval.run import Order

    order = Order(cases=cases or CASES, documents=documents, agencies=settings.agencies, jobs=jobs)
    if not run_gate(settings, order, run, gate_file or GATE, as_json=as_json):
        raise typer.Exit(1)


@app.command(help=say("eval.retrieval_help"))
def retrieval(
    folder: Annotated[Path, typer.Argument(help=say("eval.opt_beir"), show_default=False)],
    as_json: _JSON = False,
) -> None:
    settings = open_settings()
    _need_extra()
    from eval.commands import run_retrieval

    run_retrieval(settings, folder, as_json=as_json)


@app.command(help=say("eval.calibrate_help"))
def calibrate(
    cases: _CASES = None,
    documents: _DOCUMENTS = None,
    to: Annotated[Path | None, typer.Option("--to", help=say("eval.opt_model_to"), show_default=False)] = None,
    as_json: _JSON = False,
) -> None:
    settings = open_settings()
    _need_extra()
    from eval.case import CASES
    from eval.commands import run_calibrate
    from eval.run import Order

    order = Order(cases=cases or CASES, documents=documents, agencies=settings.agencies)
    run_calibrate(order, to, as_json=as_json)


@app.command(help=say("eval.add_help"))
def add(
    source: Annotated[Path, typer.Argument(help=say("eval.opt_source"), show_default=False)],
    to: Annotated[Path | None, typer.Option("--to", help=say("eval.opt_to"), show_default=False)] = None,
) -> None:
    settings = open_settings()
    _need_extra()
    from eval.commands import run_add

    run_add(settings, source, to)


def _check_release(name: str, *, whole: bool) -> None:
    """Raises Fault where a release has no version number, or where not all is run."""
    if not re.fullmatch(r"\d+(?:\.\d+)*", name):
        raise Fault(say("errors.release_no_number", name=name))
    if not whole:
        raise Fault(say("errors.release_in_part"))


def _need_extra() -> None:
    """Raises Fault where the libraries of measuring are not installed."""
    from importlib.util import find_spec

    if any(find_spec(name) is None for name in ("ir_measures", "numpy", "scipy", "sklearn")):
        raise Fault(say("eval.extra_missing"))
