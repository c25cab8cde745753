"""Search for programs built with LangChain: a ``BaseRetriever`` that gives ``Document``s with their citations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # langchain costs from 0.1 to 1 s, so it is loaded when a retriever is asked for
    from langchain_core.retrievers import BaseRetriever


@dataclass(frozen=True)
class Found:
    """A text that was found; ``metadata`` holds its citation, in values that JSON knows."""

    text: str
    metadata: Mapping[str, Any]


Find = Callable[[str, int], Sequence[Found]]


def as_retriever(find: Find, k: int = 8) -> BaseRetriever:
    """A LangChain retriever over a search; ``find`` gives at most ``k`` texts for a question, best first."""
    retriever: BaseRetriever = _retriever_class()(find=find, k=k)
    return retriever


@cache
def _retriever_class() -> Any:
    from langchain_core.callbacks import CallbackManagerForRetrieverRun
    from langchain_core.documents import Document
    from langchain_core.retrievers import BaseRetriever

    class OfficeRetriever(BaseRetriever):
        """Passages and tasks of the office's documents for a question, best first, at most ``k``."""

        find: Find
        k: int

        def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
            return [Document(page_content=f.text, metadata=dict(f.metadata)) for f in self.find(query, self.k)]

    return OfficeRetriever
