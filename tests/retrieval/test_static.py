"""The static model: learned from the office's own words, the same each time, run without torch."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from retrieval.pairs import articles_of, batches, lesson_of
from retrieval.static import CARD, READABLE, StaticModel
from retrieval.training import SEED, TooSmallError, train
from tests.retrieval.meaning import entries, no_step

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    models = tmp_path_factory.mktemp("models")
    return models / train(entries() * 2, models, no_step).name


@pytest.fixture
def model(folder: Path) -> StaticModel:
    return StaticModel(folder)


def test_a_text_is_nearest_to_what_it_is_about(model: StaticModel) -> None:
    known = entries()
    matrix = model.passages([f"{e.heading} {e.body}" for e in known])
    for question, field in (("tiểu thương ở sạp hàng", "cho"), ("mực nước trạm bơm", "ho"), ("cành khô rơi", "cay")):
        nearest = np.argsort(-(matrix @ model.question(question)))[:6]
        assert {known[i].document for i in nearest} == {field}


def test_vectors_have_unit_length_and_accents_do_not_matter(model: StaticModel) -> None:
    vector = model.question("tiểu thương ở chợ dân sinh")
    assert vector.shape == (model.dimensions,)
    assert float(np.linalg.norm(vector)) == pytest.approx(1, abs=1e-5)
    assert np.array_equal(vector, model.question("tieu thuong o cho dan sinh"))
    assert np.allclose(vector, model.passages(["tiểu thương ở chợ dân sinh"])[0], atol=1e-6)


def test_of_unknown_words_nothing_is_said(model: StaticModel) -> None:
    assert not model.question("xyzzy").any()
    assert not model.question("").any()
    assert model.unknown(["cho", "xyzzy", "dan_sinh"]) == ["xyzzy"]
    assert model.unknown([]) == []


def test_the_same_corpus_gives_the_same_model(folder: Path, tmp_path: Path) -> None:
    again = train(entries() * 2, tmp_path, no_step)
    assert again.name == folder.name
    for name in ("weights.npy", "keys.npy"):
        assert np.array_equal(np.load(tmp_path / again.name / name), np.load(folder / name))
    other = train(entries() * 2, tmp_path, no_step, seed=SEED + 1)
    assert other.name != folder.name


def test_the_card_says_what_it_was_trained_on_and_how_it_measured(folder: Path, model: StaticModel) -> None:
    card = json.loads((folder / CARD).read_text(encoding="utf-8"))
    assert (card["passages"], card["documents"], card["seed"]) == (48, 4, SEED)
    assert card["held_out"]["questions"] > 0
    assert 0 <= card["held_out"]["top_1"] <= card["held_out"]["top_10"] <= 1
    readable = (folder / READABLE).read_text(encoding="utf-8")
    assert model.card.version in readable
    assert str(card["pairs"]) in readable


def test_progress_is_told_to_the_end(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    train(entries() * 2, tmp_path, lambda done, total: steps.append((done, total)))
    assert steps == [(i, len(steps)) for i in range(1, len(steps) + 1)]


def test_too_little_to_learn_from(tmp_path: Path) -> None:
    with pytest.raises(TooSmallError) as caught:
        train(entries()[:2], tmp_path, no_step)
    assert 0 < caught.value.pairs < 200
    assert list(tmp_path.iterdir()) == []


def test_a_question_loads_neither_torch_nor_chroma(folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from retrieval.static import StaticModel\n"
        f"assert StaticModel(Path({str(folder)!r})).question('chợ dân sinh').any()\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    unwanted = {"torch", "sentence_transformers", "transformers", "chromadb", "sklearn", "scipy", "langchain_core"}
    assert set(done.stdout.split()) & unwanted == set()


@pytest.mark.parametrize("name", ["card.json", "keys.npy", "weights.npy"])
def test_a_damaged_folder_is_refused(folder: Path, tmp_path: Path, name: str) -> None:
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes() if file.name != name else b"\x00damaged")
    with pytest.raises(ValueError):
        StaticModel(tmp_path)


# --- pairs -----------------------------------------------------------------------------------------------


def test_a_held_out_sentence_is_in_no_pair() -> None:
    articles = articles_of(entries())
    lesson = lesson_of(articles, SEED)
    assert lesson.questions
    for article, number in lesson.questions:
        sentence = articles[article].sentences[number]
        for pair in lesson.pairs:
            if pair.article == article:
                assert pair.asked != sentence
                assert " ".join(sentence) not in " ".join(pair.answer)


def test_a_sentence_does_not_stand_in_the_rest_of_its_article() -> None:
    lesson = lesson_of(articles_of(entries()), SEED)
    sentences = [pair for pair in lesson.pairs if pair.answer[0] == "dieu"]
    assert sentences
    assert all(" ".join(pair.asked) not in " ".join(pair.answer) for pair in sentences)


def test_an_article_stands_once_in_a_batch() -> None:
    import random

    lesson = lesson_of(articles_of(entries()), SEED)
    made = batches(lesson.pairs, 16, random.Random(1))
    assert sum(map(len, made)) >= len(lesson.pairs) - len(made)
    assert all(len({pair.article for pair in batch}) == len(batch) <= 16 for batch in made)
