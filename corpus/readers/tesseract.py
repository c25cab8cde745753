"""Tesseract as a program beside ours: a grey image in, words with their boxes out.

A process of its own can be stopped when it takes too long and gives its memory back with every page. One thread:
pages are read side by side instead.
"""

from __future__ import annotations

import csv
import io
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from corpus.errors import CorpusError
from corpus.readers.engine import LANGUAGE, program
from corpus.readers.scan_image import Pixels
from corpus.vietnamese import nfc

SECONDS = 60  # for a page
_BLOCK = "6"  # page segmentation: one block of lines
_WORD = "5"  # level of a word in the engine's table
_ENVIRONMENT = {"OMP_THREAD_LIMIT": "1"}


@dataclass(frozen=True)
class Seen:
    """A word as the engine read it: its box in pixels, its certainty from 0 to 100, its line on the image."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    certainty: float
    line: tuple[str, ...] = ()


def words_on(image: Pixels, dpi: int) -> Iterator[Seen]:
    """The words of an image of one block of lines. Raises CorpusError: ocr_missing, page_too_slow."""
    return _words(_run(image, "--psm", _BLOCK, "-l", LANGUAGE, "--dpi", str(dpi), "tsv"))


def turns_needed(image: Pixels, dpi: int) -> int:
    """By how many degrees (0, 90, 180, 270; clockwise) a page must be turned to stand upright; 0 where not seen."""
    said = _run(image, "--psm", "0", "-l", "osd", "--dpi", str(dpi))
    for line in said.splitlines():
        if line.startswith("Rotate:"):
            return int(line.split(":")[1])
    return 0


def _run(image: Pixels, *options: str) -> str:
    """What the engine writes of an image; empty where it finds nothing to read."""
    engine = program()
    if engine is None:
        raise CorpusError("ocr_missing", file="")
    height, width = image.shape
    data = b"".join((f"P5 {width} {height} 255\n".encode(), np.ascontiguousarray(image).data))
    try:
        ran = subprocess.run(
            [engine, "stdin", "stdout", *options],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={**os.environ, **_ENVIRONMENT},
        )
    except subprocess.TimeoutExpired as error:
        raise CorpusError("page_too_slow", seconds=SECONDS) from error
    return ran.stdout.decode("utf-8", "replace")


def _words(table: str) -> Iterator[Seen]:
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = nfc((row["text"] or "").strip())
        if row["level"] != _WORD or not text:
            continue
        left, top, width, height = (int(row[name]) for name in ("left", "top", "width", "height"))
        line = (row["block_num"], row["par_num"], row["line_num"])
        yield Seen(text, left, top, left + width, top + height, float(row["conf"]), line)
