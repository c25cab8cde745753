"""Settings of an office that is searched by meaning, however small it is."""

from __future__ import annotations

from pathlib import Path

from assistant.settings import Settings


def static(data: Path, **more: object) -> Settings:
    """The office's own model, or what ``more`` says instead."""
    return Settings.model_validate({"data": data, "unit": None, "embeddings": "static", **more})
