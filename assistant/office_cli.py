"""``troly tasks``, ``documents``, ``text``, ``review``, ``doctor``, ``index``, ``unanswered``: loaded when named."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli import AS, JSON, TODAY, day_of, open_settings
from prompts import say

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command(help=say("cli.tasks"))
def tasks(
    document: Annotated[str | None, typer.Option(help=say("cli.opt_document"))] = None,
    section: Annotated[str | None, typer.Option(help=say("cli.opt_section"))] = None,
    number: Annotated[str | None, typer.Option(help=say("cli.opt_number"))] = None,
    lead: Annotated[str | None, typer.Option(help=say("cli.opt_lead"))] = None,
    coordinate: Annotated[str | None, typer.Option(help=say("cli.opt_coordinate"))] = None,
    kind: Annotated[str | None, typer.Option(help=say("cli.opt_kind"))] = None,
    due_from: Annotated[str | None, typer.Option(help=say("cli.opt_due_from"))] = None,
    due_to: Annotated[str | None, typer.Option(help=say("cli.opt_due_to"))] = None,
    duties: Annotated[bool, typer.Option("--duties", help=say("cli.opt_duties"))] = False,
    today: TODAY = None,
    person: AS = None,
    as_json: JSON = False,
) -> None:
    from assistant.commands import TaskOptions, run_tasks

    options = TaskOptions(
        document=document,
        section=section,
        number=number,
        lead=lead,
        coordinate=coordinate,
        kind=kind,
        due_from=day_of(due_from) if due_from else None,
        due_to=day_of(due_to) if due_to else None,
        duties=duties,
    )
    run_tasks(open_settings(), options, today=day_of(today), person=person, as_json=as_json)


@app.command(help=say("cli.documents"))
def documents(
    as_json: JSON = False,
    remove: Annotated[str | None, typer.Option(help=say("cli.opt_remove"))] = None,
    person: AS = None,
) -> None:
    from assistant.commands import run_documents, run_remove

    if remove is not None:
        run_remove(open_settings(), remove, person=person)
        return
    run_documents(open_settings(), person=person, as_json=as_json)


@app.command(help=say("cli.text"))
def text(
    document: Annotated[str, typer.Argument(help=say("cli.opt_document"), show_default=False)],
    person: AS = None,
    as_json: JSON = False,
) -> None:
    from assistant.commands import run_text

    run_text(open_settings(), document, person=person, as_json=as_json)


@app.command(help=say("review.command"))
def review(
    name: Annotated[str | None, typer.Argument(metavar="DOCUMENT", help=say("cli.opt_document"))] = None,
    row: Annotated[str | None, typer.Argument(metavar="ROW", help=say("review.opt_row"))] = None,
    document: Annotated[str | None, typer.Option(help=say("cli.opt_document"))] = None,
    sets: Annotated[list[str] | None, typer.Option("--set", help=say("review.opt_set"))] = None,
    illegible: Annotated[list[str] | None, typer.Option("--illegible", help=say("review.opt_illegible"))] = None,
    by: Annotated[str | None, typer.Option(help=say("review.opt_by"))] = None,
    why: Annotated[str | None, typer.Option(help=say("review.opt_why"))] = None,
    today: TODAY = None,
    as_json: JSON = False,
) -> None:
    from assistant.review_commands import correction_of, run_correct, run_review

    said = correction_of(sets or [], illegible or [], by, why)
    if name is None or row is None:
        run_review(open_settings(), name or document, as_json=as_json)
        return
    run_correct(open_settings(), name, row, said, day_of(today), as_json=as_json)


@app.command(help=say("cli.doctor"))
def doctor(as_json: JSON = False) -> None:
    from assistant.doctor import run_doctor

    if not run_doctor(open_settings(), as_json=as_json):
        raise typer.Exit(1)


index = typer.Typer(help=say("cli.index"), no_args_is_help=True)
app.add_typer(index, name="index")


@index.command("rebuild", help=say("cli.index_rebuild"))
def index_rebuild(as_json: JSON = False) -> None:
    from assistant.index_commands import run_rebuild

    run_rebuild(open_settings(), as_json=as_json)


@index.command("refresh", help=say("cli.index_refresh"))
def index_refresh(as_json: JSON = False) -> None:
    from assistant.index_commands import run_refresh

    run_refresh(open_settings(), as_json=as_json)


@app.command(help=say("cli.unanswered"))
def unanswered(
    most: Annotated[int, typer.Option("--most", help=say("cli.opt_most"), min=1)] = 50, as_json: JSON = False
) -> None:
    from assistant.commands import run_unanswered

    run_unanswered(open_settings(), most, as_json=as_json)
