"""Where the OCR engine is: Tesseract with its Vietnamese data."""

from __future__ import annotations

import shutil
import subprocess
from functools import lru_cache

LANGUAGE = "vie"
_SECONDS = 20


@lru_cache(maxsize=1)
def program() -> str | None:
    """Where the engine with its Vietnamese data is; None where either is missing."""
    found = shutil.which("tesseract")
    if found is None:
        return None
    try:
        said = subprocess.run([found, "--list-langs"], capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return found if LANGUAGE in said.stdout.decode("utf-8", "replace").split() else None
