"""A file that crashes, hangs or swells its reader is set aside; the next one is read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from corpus.errors import CorpusError
from corpus.readers.guarded import GuardedReader
from corpus.reading import Reading

# Stands in for the process of readers: what it does is told by the name of the file.
WORKER = """
import json, os, sys, time
for line in sys.stdin:
    name = os.path.basename(json.loads(line))
    if name.startswith("crash"):
        os._exit(11)
    if name.startswith("hang"):
        time.sleep(600)
    if name.startswith("noise"):
        print("no JSON", flush=True)
        continue
    if name.startswith("steps"):
        for page in (1, 2):
            print(json.dumps({"step": [page, 2]}), flush=True)
    if name.startswith("fault"):
        print(json.dumps({"error": "file_password", "details": {"file": name}}), flush=True)
        continue
    print(json.dumps({"reading": {"text": name, "pages": [0, 2], "unsure": [
        {"span": {"start": 0, "end": 2}, "confidence": 0.5}]}}), flush=True)
"""


@pytest.fixture
def reader() -> GuardedReader:
    return GuardedReader(patience=1.0, command=(sys.executable, "-c", WORKER))


def pdf(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(b"%PDF-1.7\n")
    return path


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("crash.pdf", "file_damaged"),
        ("hang.pdf", "file_too_slow"),
        ("noise.pdf", "file_damaged"),
        ("fault.pdf", "file_password"),
    ],
)
def test_a_bad_file_does_not_harm_the_next(tmp_path: Path, reader: GuardedReader, name: str, code: str) -> None:
    with reader:
        with pytest.raises(CorpusError) as caught:
            reader.read(pdf(tmp_path, name))
        assert caught.value.code == code
        assert reader.read(pdf(tmp_path, "good.pdf")).text == "good.pdf"


def test_a_reading_comes_back_whole_and_its_steps_are_heard(tmp_path: Path, reader: GuardedReader) -> None:
    steps: list[tuple[int, int]] = []
    with reader:
        reading = reader.read(pdf(tmp_path, "steps.pdf"), lambda done, total: steps.append((done, total)))
    assert steps == [(1, 2), (2, 2)]
    assert isinstance(reading, Reading)
    assert reading.page_of(3) == 2
    assert (reading.unsure[0].span.end, reading.unsure[0].confidence) == (2, 0.5)


def test_a_file_that_is_too_large_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.readers.guarded.MAX_BYTES", 8)
    with GuardedReader(command=("no such command",)) as reader, pytest.raises(CorpusError) as caught:
        reader.read(pdf(tmp_path, "large.pdf"))
    assert caught.value.code == "file_too_large"


def test_plain_text_needs_no_process(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Nội dung", encoding="utf-8")
    with GuardedReader(command=("no such command",)) as reader:
        assert reader.read(path).text == "Nội dung"


def test_the_real_process_says_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    with GuardedReader() as reader, pytest.raises(CorpusError) as caught:
        reader.read(pdf(tmp_path, "cut.pdf"))
    assert caught.value.details["file"] == "cut.pdf"
