"""The office's documents as a LangChain retriever and as a tool of LangChain's agents (docs/langchain.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.answer.wording import cite_passage, cite_task
from assistant.library import PASSAGE, TASK, Library, Shelf
from assistant.reply import Citation
from assistant.settings import Settings, read_settings
from assistant.wiring import open_library
from corpus.records import Access
from prompts import say
from retrieval.duplicates import grouped
from retrieval.retriever import Found, as_retriever
from retrieval.search import Hit, search
from retrieval.tokens import syllables

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.tools import BaseTool


def open_retriever(
    settings: Settings | None = None,
    *,
    k: int = 8,
    documents: Sequence[str] | None = None,
    access: Access = Access.INTERNAL,
) -> BaseRetriever:
    """A retriever over the data folder, by words and by meaning as the settings say.

    ``k``: how many texts it gives; ``documents``: only those of these ids. ``access``: PUBLIC leaves out internal
    documents. Metadata of a text: ``document``, ``locator``, ``quote``, ``start``, ``end`` (characters of the text
    as received), ``group`` (passage or task), ``score``, ``also`` (citations of what says the same in other
    documents, which is no result of its own). Raises SettingsError or StoreError.
    """
    library = open_library(settings or read_settings())
    return as_retriever(lambda question, limit: list(_found(library, question, limit, documents, access)), k)


def open_tool(settings: Settings | None = None, *, k: int = 8) -> BaseTool:
    """The same as a tool for an agent of LangChain (``langchain.agents.create_agent``)."""
    from langchain_core.tools import create_retriever_tool

    return create_retriever_tool(open_retriever(settings, k=k), "office_documents", say("index.tool"))


def _found(
    library: Library, question: str, limit: int, documents: Sequence[str] | None, access: Access
) -> Iterator[Found]:
    shelf = library.shelf()
    if access is Access.PUBLIC:
        public = [card.document.id for card in shelf.catalogue.cards if card.document.access is Access.PUBLIC]
        documents = [document for document in public if documents is None or document in documents]
    hits = [(group, hit) for group in (PASSAGE, TASK) for hit in _hits(shelf, question, group, limit, documents)]
    best = sorted(hits, key=lambda item: -item[1].score)
    cited = ((group, hit, _citation(library, group, hit.key)) for group, hit in best)
    told = [(group, hit, citation) for group, hit, citation in cited if citation is not None]
    for same in grouped(told, lambda item: item[2].quote, lambda item: item[2].document)[:limit]:
        group, hit, citation = same.first
        also = [other.model_dump(mode="json") for _, _, other in same.also]
        metadata = {**citation.model_dump(mode="json"), "group": group, "score": round(hit.score, 4), "also": also}
        yield Found(citation.quote, metadata)


def _hits(shelf: Shelf, question: str, group: str, limit: int, documents: Sequence[str] | None) -> list[Hit]:
    return search(shelf.index, shelf.meaning, syllables(question), question, group, limit, documents=documents)


def _citation(library: Library, group: str, key: str) -> Citation | None:
    """The place of an entry, quoted; None where it has gone since it was indexed."""
    document, _, ordinal = key.partition("\t")
    place = [(document, int(ordinal))]
    text = library.store.text_of(document) or ""
    if group == TASK:
        return next((cite_task(task, text) for task in library.store.tasks_by_key(place)), None)
    return next((cite_passage(passage, text) for passage in library.store.passages(place)), None)
