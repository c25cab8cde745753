"""Search measured on a tiny folder in BEIR layout, its figures worked out by hand."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from corpus.errors import CorpusError
from eval.retrieval import as_objects, measure, measure_each, read_collection, read_collections

CORPUS = {
    "ong": "Mở lớp dạy nuôi ong lấy mật cho nông dân",
    "rac": "Thu gom rác thải sinh hoạt hằng ngày",
    "hoa": "Điều tra nguồn hoa trên địa bàn",
    "cau": "Sửa cầu treo qua suối",
}
QUERIES = {"q1": "nuôi ong", "q2": "rác thải", "q3": "xe buýt", "q4": "cầu treo"}
QRELS = [("q1", "ong", 1), ("q2", "hoa", 1), ("q2", "rac", 2), ("q3", "cau", 1), ("q4", "ong", 0)]


def jsonl(texts: dict[str, str]) -> str:
    return "".join(json.dumps({"_id": id, "text": text}, ensure_ascii=False) + "\n" for id, text in texts.items())


def beir(folder: Path, **files: str) -> Path:
    """A folder with three files; those that are given are written as they are."""
    rows = "query-id\tcorpus-id\tscore\n" + "".join(f"{q}\t{d}\t{grade}\n" for q, d, grade in QRELS)
    written = {"corpus.jsonl": jsonl(CORPUS), "queries.jsonl": jsonl(QUERIES), "qrels.tsv": rows}
    written |= {name.replace("_", "."): text for name, text in files.items()}
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def no_step(_done: int, _total: int) -> None:
    """Whom nobody tells how far it is."""


def code_of(folder: Path) -> tuple[str, dict[str, object]]:
    with pytest.raises(CorpusError) as caught:
        read_collection(folder)
    return caught.value.code, caught.value.details


def test_figures(tmp_path: Path) -> None:
    """q1: its document first. q2: one of two, the better one, first. q3: nothing found. q4 is judged by nobody."""
    steps: list[tuple[int, int]] = []
    rankings = measure(read_collection(beir(tmp_path)), lambda done, total: steps.append((done, total)))
    assert [(found.ranking, found.typed) for found in rankings] == [("words", "accents"), ("words", "no_accents")]
    ndcg = (1 + 2 / (2 + 1 / math.log2(3)) + 0) / 3
    for found in rankings:
        assert found.measures["R@1"] == found.measures["R@10"] == 0.5
        assert found.measures["S@1"] == found.measures["S@10"] == found.measures["MRR@10"] == 0.6667
        assert found.measures["nDCG@10"] == pytest.approx(ndcg, abs=1e-3)
        assert found.queries_per_second > 0
    assert steps == [(1, 2), (2, 2)]


def test_document_that_stands_second(tmp_path: Path) -> None:
    corpus = {"a": "nuôi ong", "b": "nuôi ong và nuôi cá ở nhiều nơi khác nhau trong xã", "c": "rác"}
    folder = beir(tmp_path, corpus_jsonl=jsonl(corpus), queries_jsonl=jsonl({"q": "nuôi ong"}), qrels_tsv="q\tb\t1\n")
    measures = measure(read_collection(folder), no_step)[0].measures
    assert (measures["R@1"], measures["S@1"]) == (0, 0)
    assert (measures["R@5"], measures["S@5"], measures["MRR@10"]) == (1, 1, 0.5)
    assert measures["nDCG@10"] == pytest.approx(1 / math.log2(3), abs=1e-3)


def test_title_is_searched_too(tmp_path: Path) -> None:
    corpus = (
        '{"_id": "a", "title": "Nuôi ong", "text": "Lớp mở tháng 6"}\n{"_id": "b", "text": "Rác", "metadata": {}}\n'
    )
    folder = beir(tmp_path, corpus_jsonl=corpus, queries_jsonl=jsonl({"q": "nuôi ong"}), qrels_tsv="q\ta\t1\n")
    assert measure(read_collection(folder), no_step)[0].measures["R@1"] == 1


def test_query_without_judgement_is_left_out(tmp_path: Path) -> None:
    collection = read_collection(beir(tmp_path))
    assert set(collection.queries) == {"q1", "q2", "q3"}
    assert collection.judged == {"q1": {"ong": 1}, "q2": {"hoa": 1, "rac": 2}, "q3": {"cau": 1}}


def test_folder_of_other_tools(tmp_path: Path) -> None:
    """A mark at the beginning, line ends of Windows, empty lines, no header, line separators inside a text."""
    corpus = "\ufeff" + jsonl({**CORPUS, "ong": "nuôi\u2028ong\u0085lấy mật"}).replace("\n", "\r\n") + "\r\n"
    folder = beir(tmp_path, corpus_jsonl=corpus, qrels_tsv="q1\tong\t1\r\n\r\n")
    (folder / "corpus.jsonl").write_bytes(corpus.encode("utf-8"))
    collection = read_collection(folder)
    assert set(collection.corpus) == set(CORPUS)
    assert collection.judged == {"q1": {"ong": 1}}


def test_objects_for_json(tmp_path: Path) -> None:
    objects = as_objects(measure(read_collection(beir(tmp_path)), no_step))
    assert set(objects["words"]) == {"accents", "no_accents"}
    assert {"R@1", "nDCG@10", "queries_per_second"} <= set(objects["words"]["accents"])


# --- what cannot be measured -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
def test_file_that_is_missing_is_named(tmp_path: Path, name: str) -> None:
    (beir(tmp_path) / name).unlink()
    assert code_of(tmp_path) == ("file_missing", {"file": str(tmp_path / name)})


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
def test_file_that_is_not_utf8_is_named(tmp_path: Path, name: str) -> None:
    (beir(tmp_path) / name).write_bytes(b"\xff\xfe\x00")
    assert code_of(tmp_path) == ("file_not_utf8", {"file": name})


@pytest.mark.parametrize(
    "line",
    [
        "không phải JSON",
        "[]",
        '{"text": "thiếu mã"}',
        '{"_id": "", "text": "mã trống"}',
        '{"_id": "a"}',
        '{"_id": 7, "text": ""}',
    ],
)
@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl"])
def test_bad_line_is_named(tmp_path: Path, name: str, line: str) -> None:
    good = jsonl(CORPUS if name == "corpus.jsonl" else QUERIES)
    folder = beir(tmp_path, **{name.replace(".", "_"): good + "\n" + line + "\n"})
    assert code_of(folder) == ("beir_bad_line", {"file": name, "line": 6})


@pytest.mark.parametrize(
    "row",
    [
        "q1\tong",
        "q1 ong 1",
        "q1\tong\t1\tx",
        "q1\tong\tcao",
        "q1\tong\t²",
        "q1\tong\t--1",
        "q1\tong\t",
        "q9\tong\t1",
        "q1\tkien\t1",
    ],
)
def test_bad_judgement_is_named(tmp_path: Path, row: str) -> None:
    folder = beir(tmp_path, qrels_tsv=f"query-id\tcorpus-id\tscore\nq1\tong\t1\n{row}\n")
    assert code_of(folder) == ("beir_bad_line", {"file": "qrels.tsv", "line": 3})


@pytest.mark.parametrize(
    "files", [{"qrels_tsv": ""}, {"qrels_tsv": "q1\tong\t0\n"}, {"corpus_jsonl": "", "qrels_tsv": ""}]
)
def test_nothing_to_measure(tmp_path: Path, files: dict[str, str]) -> None:
    assert code_of(beir(tmp_path, **files)) == ("beir_empty", {"folder": str(tmp_path)})


def test_several_folders_are_measured_each_by_itself(tmp_path: Path) -> None:
    """In one the only question finds its text, in the other none of two: a third in all."""
    corpora = {"a": {"q": "nuôi ong"}, "b": {"q": "xe buýt", "p": "tàu điện"}}
    for name, queries in corpora.items():
        (tmp_path / name).mkdir()
        qrels = "".join(f"{query}\tong\t1\n" for query in queries)
        beir(tmp_path / name, queries_jsonl=jsonl(queries), qrels_tsv=qrels)
    collections = read_collections(tmp_path)
    assert [len(collection.queries) for collection in collections] == [1, 2]
    rankings = measure_each(collections, no_step)
    assert [found.typed for found in rankings] == ["accents", "no_accents"]
    assert all(found.measures["R@1"] == 0.3333 for found in rankings)
    assert len(read_collections(tmp_path / "a")) == 1
    with pytest.raises(CorpusError):
        read_collections(tmp_path / "c")
