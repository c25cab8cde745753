"""Search as a LangChain retriever: what it gives, and that the examples of docs/langchain.md run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from langchain_core.retrievers import BaseRetriever

from assistant.retriever import open_retriever
from assistant.settings import Settings
from assistant.wiring import open_library
from corpus.records import Access
from tests.conftest import DOCUMENTS

DOCS = Path(__file__).parents[2] / "docs" / "langchain.md"
EXAMPLES = re.findall(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
QUESTION = "họp chuyên môn tối đa mấy ngày"


@pytest.fixture
def settings(filled_data: Path) -> Settings:
    return Settings(data=filled_data, unit=None)


def test_it_is_a_retriever_whose_quotations_stand_in_their_documents(settings: Settings) -> None:
    retriever = open_retriever(settings, k=5)
    assert isinstance(retriever, BaseRetriever)
    found = retriever.invoke(QUESTION)
    assert len(found) == 5
    texts = {path.stem: path.read_bytes().decode("utf-8") for path in DOCUMENTS.glob("*.txt")}
    for document in found:
        place = document.metadata
        assert document.page_content == place["quote"] == texts[place["document"]][place["start"] : place["end"]]
        assert place["locator"]
    assert "hội nghị chuyên môn không quá 1 ngày" in found[0].page_content
    assert [d.metadata["score"] for d in found] == sorted((d.metadata["score"] for d in found), reverse=True)


def test_without_accents_the_same_is_found(settings: Settings) -> None:
    places = [
        [(d.metadata["document"], d.metadata["start"]) for d in open_retriever(settings).invoke(question)]
        for question in (QUESTION, "hop chuyen mon toi da may ngay")
    ]
    assert places[0] == places[1]


def test_tasks_are_found_too(settings: Settings) -> None:
    found = open_retriever(settings, k=3).invoke("rà soát cắt giảm tối thiểu 50% báo cáo bằng văn bản")
    assert ("task", "hn-226-annex") in {(d.metadata["group"], d.metadata["document"]) for d in found}


def test_only_some_documents(settings: Settings) -> None:
    found = open_retriever(settings, documents=["hn-226-plan"]).invoke(QUESTION)
    assert {d.metadata["document"] for d in found} == {"hn-226-plan"}


def test_internal_documents_are_left_out_where_only_public_ones_may_be_seen(tmp_path: Path) -> None:
    folder = tmp_path / "van-ban"
    folder.mkdir()
    (folder / "mat.txt").write_text("THÔNG BÁO\n\nI. CHUNG\n\n1. Kho vũ khí đặt ở đồi thông.\n", encoding="utf-8")
    (folder / "manifest.yaml").write_text("- id: mat\n  file: mat.txt\n  access: internal\n", encoding="utf-8")
    settings = Settings(data=tmp_path / "kho", unit=None)
    from assistant.ingest import ingest

    library = open_library(settings)
    assert [r.error for r in ingest([folder], library.store, library.agencies)] == [None]
    assert open_retriever(settings).invoke("kho vũ khí")
    assert open_retriever(settings, access=Access.PUBLIC).invoke("kho vũ khí") == []


def test_what_another_document_says_in_the_same_words_is_no_result_of_its_own(tmp_path: Path) -> None:
    same = "1. Niêm yết công khai thủ tục đăng ký nuôi ong tại bộ phận một cửa của đơn vị mình."
    for name in ("tp", "phuong"):
        (tmp_path / f"{name}.txt").write_text(f"KẾ HOẠCH\n\nI. CHUNG\n\n{same}\n\n2. Việc {name}.\n", encoding="utf-8")
    settings = Settings(data=tmp_path / "kho", unit=None)
    from assistant.ingest import ingest

    library = open_library(settings)
    results = list(ingest([tmp_path / "tp.txt", tmp_path / "phuong.txt"], library.store, library.agencies))
    assert [result.error for result in results] == [None, None]
    found = open_retriever(settings, k=5).invoke("thủ tục đăng ký nuôi ong")
    assert [document.page_content for document in found] == [same]
    place = found[0].metadata
    (other,) = place["also"]
    assert {place["document"], other["document"]} == {"tp", "phuong"}
    assert other["quote"] == same
    assert other["locator"]


def run_example(code: str, filled_data: Path, monkeypatch: pytest.MonkeyPatch, **names: Any) -> None:
    monkeypatch.setenv("TROLY_DATA", str(filled_data))
    exec(compile(code, str(DOCS), "exec"), names)


def test_the_first_example_of_the_docs_runs(
    filled_data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run_example(EXAMPLES[0], filled_data, monkeypatch)
    printed = capsys.readouterr().out
    assert "nhi-chieu-158 (" in printed
    assert "hội nghị chuyên môn không quá 1 ngày" in printed


class Caller(GenericFakeChatModel):
    """A chat model that says what it was given to say; its tools are bound and left aside."""

    def bind_tools(self, tools: Any, **kwargs: Any) -> Any:
        return self


def test_the_agent_of_the_docs_gets_the_words_of_the_documents(
    filled_data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    call = {"name": "office_documents", "args": {"query": QUESTION}, "id": "1"}
    model = Caller(messages=iter([AIMessage("", tool_calls=[call]), AIMessage("Không quá 1 ngày.")]))
    names: dict[str, Any] = {"model": model}
    monkeypatch.setenv("TROLY_DATA", str(filled_data))
    exec(compile(EXAMPLES[1], str(DOCS), "exec"), names)
    assert capsys.readouterr().out.strip() == "Không quá 1 ngày."
    tool_message = names["state"]["messages"][2]
    assert "hội nghị chuyên môn không quá 1 ngày" in tool_message.text
