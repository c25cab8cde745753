"""The process in which files of foreign formats are read: paths come in, a JSON line each, readings go out."""

from __future__ import annotations

import json
import sys
import traceback
from pathlib import Path
from typing import Any

from corpus.errors import CorpusError
from corpus.readers import read
from corpus.readers.guarded import MAX_MEMORY, READING
from corpus.steps import listen


def main() -> None:
    """Reads until no more paths come."""
    _bound_memory()
    answers = sys.stdout
    sys.stdout = sys.stderr  # what a library prints is no answer

    def tell(answer: dict[str, Any]) -> None:
        answers.write(json.dumps(answer, ensure_ascii=False) + "\n")
        answers.flush()

    listen(lambda done, total: tell({"step": [done, total]}))
    for line in sys.stdin:
        tell(_answer(Path(json.loads(line))))


def _answer(path: Path) -> dict[str, Any]:
    try:
        return {"reading": READING.dump_python(read(path), mode="json")}
    except CorpusError as error:
        return {"error": error.code, "details": error.details}
    except MemoryError:
        return {"error": "file_too_heavy", "details": {"file": path.name}}
    except Exception:  # noqa: BLE001 - a file that upsets a library is a bad file
        return {"error": "file_damaged", "details": {"file": path.name}, "trace": traceback.format_exc()}


def _bound_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))


if __name__ == "__main__":
    main()
