"""The quick names are those that spaCy finds."""

import importlib.util

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from onrecord.annotators.parse import PIPELINES, pipeline
from onrecord.annotators.quick_names import with_quick_names

TEXTS = (
    "Foreign Minister Anna Berg of Norway met the Rapid Support Forces in Port Sudan on Monday, 3 May 2024.",
    "",
    "   \n ",
    "Paris",
    "The U.N. Security Council's Resolution 2728 (2024) cost $4.5 million, said The New York Times. Mr. Lee left.",
    "He paid the\n\nBank of England 30 percent of it in the first half of 2019",
)
WORDS = (
    "Kyiv",
    "Mr.",
    "Ali",
    "the",
    "United",
    "Nations",
    "said",
    "on",
    "Tuesday",
    "that",
    "12",
    "men",
    ".",
    "\n\n",
    "’s",
)


@pytest.fixture(scope="module")
def plain() -> Language:
    return spacy.load(next(name for name in PIPELINES if importlib.util.find_spec(name)))


def seen(nlp: Language, texts: list[str]) -> list[list[tuple[str, str]]]:
    return [[(token.ent_iob_, token.ent_type_) for token in doc] for doc in nlp.pipe(texts, batch_size=4)]


def test_the_names_are_those_of_spacy(plain: Language) -> None:
    found = seen(pipeline(), list(TEXTS))
    assert found == seen(plain, list(TEXTS))
    assert [text for text, doc in zip(TEXTS, found, strict=True) if any(kind for _, kind in doc)] != []
    assert type(pipeline().get_pipe("ner")) is not type(plain.get_pipe("ner"))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join), min_size=1, max_size=9))
def test_so_they_are_whatever_the_texts(plain: Language, texts: list[str]) -> None:
    assert seen(pipeline(), texts) == seen(plain, texts)


def test_one_text_by_itself(plain: Language) -> None:
    assert [e.text for e in pipeline()(TEXTS[0]).ents] == [e.text for e in plain(TEXTS[0]).ents]


def test_a_recognizer_of_another_kind_stays_as_it_is(plain: Language) -> None:
    nlp = spacy.load(plain.path)
    nlp.get_pipe("ner").cfg["beam_width"] = 4  # type: ignore[attr-defined]
    assert type(with_quick_names(nlp).get_pipe("ner")) is type(plain.get_pipe("ner"))
