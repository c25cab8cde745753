"""The manifest of a folder: what its keeper may state, and how a slip is named."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from assistant.faults import sentence_of
from corpus.errors import CorpusError
from corpus.manifest import ManifestEntry, read_manifest
from corpus.sources import sources_in

DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"


def manifest(folder: Path, text: str | bytes) -> Path:
    (folder / "manifest.yaml").write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return folder


def fault(folder: Path) -> CorpusError:
    with pytest.raises(CorpusError) as caught:
        read_manifest(folder)
    sentence = sentence_of(caught.value)
    assert "manifest.yaml" in sentence
    assert "\n" not in sentence
    return caught.value


def test_manifest_that_ships() -> None:
    entries = read_manifest(DOCUMENTS)
    assert [(entry.id, entry.tasks) for entry in entries] == [
        ("hn-226-plan", None),
        ("hn-226-annex", 24),
        ("cchc-2026-2030", 43),
        ("ngoc-ha-89", 43),
        ("nhi-chieu-158", 19),
    ]
    assert entries[4].date == dt.date(2026, 5, 5)
    assert entries[0].number is None


def test_folder_without_a_manifest_has_no_entries(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) == []


@pytest.mark.parametrize("text", ["", "# chỉ có ghi chú\n", "[]"])
def test_empty_manifest(tmp_path: Path, text: str) -> None:
    assert read_manifest(manifest(tmp_path, text)) == []


def test_wrong_key_is_named_with_its_document(tmp_path: Path) -> None:
    error = fault(manifest(tmp_path, "- id: a\n  file: a.txt\n  isuer: UBND phường\n"))
    assert error.code == "manifest_unknown_key"
    assert (error.details["entry"], error.details["field"]) == ("a", "isuer")


def test_id_used_twice(tmp_path: Path) -> None:
    error = fault(manifest(tmp_path, "- {id: a, file: a.txt}\n- {id: b, file: b.txt}\n- {id: a, file: c.txt}\n"))
    assert (error.code, error.details["id"]) == ("manifest_duplicate_id", "a")


def test_file_listed_twice(tmp_path: Path) -> None:
    """Two entries of one file would put its tasks into every list twice."""
    error = fault(manifest(tmp_path, "- {id: a, file: a.txt}\n- {id: b, file: a.txt}\n"))
    assert error.code.startswith("manifest_")


@pytest.mark.parametrize("text", ["id: a\nfile: a.txt\n", "chỉ một câu", "42"])
def test_not_a_list(tmp_path: Path, text: str) -> None:
    assert fault(manifest(tmp_path, text)).code == "manifest_not_a_list"


@pytest.mark.parametrize(
    ("text", "line"), [("- id: a\n  file: [a.txt\n", 3), ("- id: a\n\t file: b\n", 2), ("- id: 'a\n", 2)]
)
def test_bad_yaml_names_the_line(tmp_path: Path, text: str, line: int) -> None:
    error = fault(manifest(tmp_path, text))
    assert error.code == "manifest_unreadable"
    assert error.details["line"] in (line - 1, line)


@pytest.mark.parametrize(
    "data", [b"- id: a\n  file: \xff\xfe.txt\n", "- id: a\n".encode("utf-16"), b"- id: a\x00\n", b"- id: \x07a\n"]
)
def test_bytes_that_are_no_yaml(tmp_path: Path, data: bytes) -> None:
    assert fault(manifest(tmp_path, data)).code == "manifest_unreadable"


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ("{file: a.txt}", "id"),
        ("{id: a}", "file"),
        ("{id: 'Kế hoạch', file: a.txt}", "id"),
        ("{id: ../a, file: a.txt}", "id"),
        ("{id: '', file: a.txt}", "id"),
        (f"{{id: {'a' * 65}, file: a.txt}}", "id"),
        ("{id: a, file: ../a.txt}", "file"),
        ("{id: a, file: /etc/passwd}", "file"),
        ("{id: a, file: b/../../a.txt}", "file"),
        ("{id: a, file: a.txt, date: 2026-13-01}", "date"),
        ("{id: a, file: a.txt, date: hôm qua}", "date"),
        ("{id: a, file: a.txt, tasks: -1}", "tasks"),
        ("{id: a, file: a.txt, tasks: nhiều}", "tasks"),
        ("{id: a, file: a.txt, access: secret}", "access"),
        ("{id: a, file: a.txt, quality: good}", "quality"),
        ("{id: a, file: a.txt, title: [a]}", "title"),
    ],
)
def test_bad_value_names_the_field(tmp_path: Path, entry: str, field: str) -> None:
    error = fault(manifest(tmp_path, f"- {entry}\n"))
    assert (error.code, error.details["field"]) == ("manifest_bad_entry", field)


@pytest.mark.parametrize("entry", ["chuỗi", "42", "null", "[1, 2]"])
def test_entry_that_is_no_mapping(tmp_path: Path, entry: str) -> None:
    error = fault(manifest(tmp_path, f"- {entry}\n"))
    assert (error.code, error.details["entry"]) == ("manifest_bad_entry", 1)


@pytest.mark.parametrize("name", ["", ".", "./"])
def test_file_name_that_names_no_file(tmp_path: Path, name: str) -> None:
    assert fault(manifest(tmp_path, f"- {{id: a, file: '{name}'}}\n")).details["field"] == "file"


def test_number_that_yaml_reads_as_a_figure_stays_text(tmp_path: Path) -> None:
    (entry,) = read_manifest(manifest(tmp_path, "- {id: a, file: a.txt, number: 158}\n"))
    assert entry.number == "158"


def test_key_left_out_is_told_from_null(tmp_path: Path) -> None:
    stated, silent = read_manifest(manifest(tmp_path, "- {id: a, file: a.txt, number: null}\n- {id: b, file: b.txt}\n"))
    assert "number" in stated.model_fields_set
    assert "number" not in silent.model_fields_set


def test_tab_file_names_of_a_folder_give_ids(tmp_path: Path) -> None:
    (tmp_path / "Kế hoạch số 12.txt").write_text("Nội dung", encoding="utf-8")
    (tmp_path / "phu-luc.MD").write_text("Nội dung", encoding="utf-8")
    (tmp_path / "may-tinh.exe").write_bytes(b"MZ")
    assert [(source.entry.id, source.path.name) for source in sources_in(tmp_path)] == [
        ("ke-hoach-so-12", "Kế hoạch số 12.txt"),
        ("phu-luc", "phu-luc.MD"),
    ]


@pytest.mark.parametrize("name", ["···.txt", "中文.txt", "a" * 120 + ".txt", "Đ.txt", "2026.txt", "ĐỀ_ÁN (bản 2).txt"])
def test_any_file_name_gives_a_sound_id(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("Nội dung", encoding="utf-8")
    (source,) = sources_in(tmp_path)
    assert ManifestEntry(id=source.entry.id, file=name).id == source.entry.id


def test_folder_without_texts_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(CorpusError) as caught:
        sources_in(tmp_path)
    assert caught.value.code == "folder_empty"


def test_file_given_alone_is_found_in_the_manifest_beside_it() -> None:
    (source,) = sources_in(DOCUMENTS / "nhi-chieu-158.txt")
    assert source.entry.id == "nhi-chieu-158"
    assert source.entry.tasks == 19
