"""``troly backup`` and ``troly restore``: the office's data as one file, and back."""

from __future__ import annotations

import datetime as dt
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Engine

from assistant.office import Office
from assistant.rights import TERMINAL, Action, Asker
from assistant.settings import Settings
from assistant.terminal import VIETNAM, progress, write
from assistant.who import allowed_at_terminal
from connectors.backup import Manifest, fits, write_backup
from connectors.backup_check import opened
from connectors.backup_restore import is_empty, restore
from connectors.engine import open_engine
from corpus.people import Channel
from prompts import say


def office_files(settings: Settings) -> dict[str, Path]:
    """What an office keeps beside the database and nothing makes anew, by its path below the data folder."""
    found = [*settings.reviews.rglob("*"), *settings.data.glob("journal*.jsonl")]
    if settings.agencies and settings.agencies.resolve().is_relative_to(settings.data.resolve()):
        found.append(settings.data / settings.agencies.resolve().relative_to(settings.data.resolve()))
    named = {path.relative_to(settings.data).as_posix(): path for path in found if path.is_file()}
    return {name: path for name, path in named.items() if fits(name)}


def run_backup(settings: Settings, file: Path | None, *, by: str | None, now: dt.datetime) -> None:
    """Writes a backup, into the data folder where none is named. Raises StoreError."""
    engine = open_engine(settings.store)
    asker = allowed_at_terminal(Office.of(engine), by or settings.person, Action.KEEP)
    target = _target(settings, file, now)
    manifest = _backed_up(settings, target, now)
    Office.of(engine).audit.note("backup", by=asker.id, channel=Channel.CLI, now=now, about=target.name)
    size = target.stat().st_size
    write(say("keeping.backed_up", file=str(target), size=size, **_figures(manifest)))
    if settings.agencies and settings.agencies.name not in {Path(part.name).name for part in manifest.files}:
        write(say("keeping.agencies_apart", file=str(settings.agencies)))


def run_restore(settings: Settings, file: Path, *, replace: bool, by: str | None, now: dt.datetime) -> None:
    """Puts a backup back. Raises StoreError; then nothing has changed."""
    with opened(file) as backup:
        settings.data.mkdir(parents=True, exist_ok=True)
        engine = open_engine(settings.store)
        asker = _restorer(engine, by or settings.person)
        there = office_files(settings)
        if replace and (there or not is_empty(engine)):
            before = settings.data / "backups" / f"before-restore-{_stamp(now)}.zip"
            _backed_up(settings, before, now)
            write(say("keeping.backed_up_before", file=str(before)))
        with progress(say("keeping.restoring")) as step:
            restored = restore(engine, backup, settings.data, replacing=tuple(there) if replace else None, step=step)
    had_meaning = settings.serving.exists()
    settings.serving.unlink(missing_ok=True)  # made of other contents; words serve until it is made anew
    Office.of(engine).audit.note("restore", by=asker.id, channel=Channel.CLI, now=now, about=file.name)
    at = restored.manifest.made_at.astimezone(VIETNAM)
    write(say("keeping.restored", at=f"{at:%H:%M %d/%m/%Y}", kept=restored.kept, **_figures(restored.manifest)))
    if had_meaning:
        write(say("keeping.rebuild"))


def _restorer(engine: Engine, name: str | None) -> Asker:
    """Who restores; nobody has a name where nothing is yet."""
    return TERMINAL if is_empty(engine) else allowed_at_terminal(Office.of(engine), name, Action.KEEP)


def _backed_up(settings: Settings, target: Path, now: dt.datetime) -> Manifest:
    with progress(say("keeping.backing_up")) as step:
        engine = open_engine(settings.store)
        return write_backup(engine, target, office_files(settings), program=version("troly"), now=now, step=step)


def _target(settings: Settings, file: Path | None, now: dt.datetime) -> Path:
    name = f"troly-{_stamp(now)}.zip"
    if file is None:
        return settings.data / "backups" / name
    return file / name if file.is_dir() else file


def _stamp(now: dt.datetime) -> str:
    return f"{now.astimezone(VIETNAM):%Y%m%d-%H%M%S}"


def _figures(manifest: Manifest) -> dict[str, int]:
    names = ("documents", "tasks", "people", "progress")
    return {**{name: manifest.rows_of(name) for name in names}, "files": len(manifest.files)}
