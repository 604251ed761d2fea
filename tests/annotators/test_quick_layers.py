"""What spaCy finds with the quick layers is what it finds with its own, and learning is left to its own."""

import importlib.util

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from onrecord.annotators.parse import PIPELINES, pipeline
from onrecord.annotators.quick_layers import highest

TEXTS = (
    "The minister said on Monday that 40 people, among them 12 children, were killed near the bridge near Port Sudan.",
    "",
    " \n ",
    "Said the the the minister: “No.”",
)
WORDS = ("said", "the", "Talks", "near", "Anna", "Berg", "40", "people", ",", ".", "\n", "”", "killed", "fell", "who")


@pytest.fixture(scope="module")
def plain() -> Language:
    return spacy.load(next(name for name in PIPELINES if importlib.util.find_spec(name)))


def seen(nlp: Language, texts: list[str]) -> list[list[tuple[str, str, int, str, str, str]]]:
    return [
        [(t.tag_, t.dep_, t.head.i, t.lemma_, str(t.morph), t.ent_type_) for t in doc]
        for doc in nlp.pipe(texts, batch_size=4)
    ]


def vectors(nlp: Language, texts: list[str]) -> list[np.ndarray]:
    model = nlp.get_pipe("tok2vec").model  # type: ignore[attr-defined]
    found: list[np.ndarray] = model.predict([nlp.make_doc(text) for text in texts])
    return found


def test_the_grammar_is_that_of_spacy(plain: Language) -> None:
    found = seen(pipeline(), list(TEXTS))
    assert found == seen(plain, list(TEXTS))
    assert found[0][2][1] == "ROOT"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join), min_size=1, max_size=9))
def test_so_it_is_whatever_the_texts(plain: Language, texts: list[str]) -> None:
    assert seen(pipeline(), texts) == seen(plain, texts)


def test_the_vectors_differ_in_their_last_bits_alone(plain: Language) -> None:
    for quick, own in zip(vectors(pipeline(), list(TEXTS)), vectors(plain, list(TEXTS)), strict=True):
        assert quick.shape == own.shape
        np.testing.assert_allclose(quick, own, rtol=1e-4, atol=1e-5)
    assert vectors(pipeline(), [""])[0].shape == vectors(plain, [""])[0].shape


def test_the_layers_are_the_quick_ones(plain: Language) -> None:
    def functions(nlp: Language) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for layer in nlp.get_pipe("tok2vec").model.walk():  # type: ignore[attr-defined]
            found.setdefault(layer.name.partition(">>")[0], set()).add(layer._func.__module__)
        return found

    quick, own = functions(pipeline()), functions(plain)
    changed = {name for name in own if quick[name] != own[name]}
    assert changed == {"maxout", "layernorm", "extract_features"}


def test_a_layer_that_is_trained_is_spacys_own() -> None:
    model = pipeline().get_pipe("tok2vec").model  # type: ignore[attr-defined]
    layer = next(part for part in model.walk() if part.name == "maxout")
    given = np.random.default_rng(3).normal(size=(7, layer.get_dim("nI"))).astype(np.float32)
    own, learn = layer(given, is_train=True)
    quick, nothing = layer(given, is_train=False)
    np.testing.assert_allclose(quick, own, rtol=1e-4, atol=1e-5)
    assert learn(own).shape == given.shape
    with pytest.raises(RuntimeError):
        nothing(own)


@pytest.mark.parametrize("pieces", [1, 2, 3])
def test_the_highest_of_a_few(pieces: int) -> None:
    numbers = np.random.default_rng(3).normal(size=(5, 4, pieces)).astype(np.float32)
    assert (highest(numbers) == numbers.max(-1)).all()
