"""A small office to learn from, and an embedder whose vectors are known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from retrieval.tokens import syllables
from retrieval.vectors import Item
from retrieval.words import Entry

if TYPE_CHECKING:
    from retrieval.embeddings import Matrix

FIELDS = {
    "cho": ("chợ dân sinh", "tiểu thương", "sạp hàng", "ban quản lý chợ"),
    "truong": ("trường tiểu học", "học sinh", "lớp học", "hội phụ huynh"),
    "ho": ("hồ điều hòa", "mực nước", "cống thoát", "trạm bơm"),
    "cay": ("cây xanh", "cành khô", "vỉa hè", "đội công viên"),
}
ACTS = (
    "kiểm tra định kỳ hằng tháng",
    "báo cáo trước ngày 15",
    "lập danh sách đầy đủ",
    "bố trí người trực",
    "niêm yết công khai",
    "xử lý ngay khi phát hiện sai phạm",
)


def entries() -> list[Entry]:
    """24 articles of six sentences; a field is told by words that stand together in it only."""
    made = []
    for field, (place, *things) in FIELDS.items():
        for number, act in enumerate(ACTS):
            others = [ACTS[(number + step) % len(ACTS)] for step in range(1, 6)]
            body = [f"{place.capitalize()} phải được {act} theo quy định của phường."]
            body += [
                f"Đối với {things[i % 3]} tại {place}, cán bộ phụ trách {other}." for i, other in enumerate(others)
            ]
            made.append(
                Entry(f"{field}\t{number}", field, "passage", " ".join(body), f"Điều {number + 1}. Quản lý {place}")
            )
    return made


class Letters:
    """An embedder that counts letters: no meaning, but the same vector for the same text everywhere."""

    name = "letters-1"
    dimensions = 26

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def passages(self, texts: Sequence[str]) -> Matrix:
        self.embedded.extend(texts)
        return np.stack([self.question(text) for text in texts]) if texts else np.zeros((0, 26), dtype=np.float32)

    def unknown(self, terms: Sequence[str]) -> list[str]:
        return []

    def question(self, text: str) -> Matrix:
        counts = np.zeros(26, dtype=np.float32)
        for word in syllables(text):
            for letter in word:
                if "a" <= letter <= "z":
                    counts[ord(letter) - ord("a")] += 1
        length = float(np.linalg.norm(counts))
        return counts / np.float32(length or 1)


def items() -> list[Item]:
    """The articles as items to embed."""
    return [Item(e.group, e.key, e.document, f"{e.heading} {e.body}", issuer="UBND phường") for e in entries()]


def no_step(_done: int, _total: int) -> None:
    """Whom nobody tells how far it is."""


def small_transformer(folder: Path) -> None:
    """Saves a model of sentence-transformers that anybody can load, of random vectors for letters and some words."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    from retrieval.training import _tokenizer

    tokenizer = _tokenizer([*"abcdefghijklmnopqrstuvwxyz", "[UNK]", "hội", "nghị", "họp", "chuyên", "môn", "ngày"])
    tokenizer.model.unk_token = "[UNK]"
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=16)], device="cpu").save(str(folder))
