"""The quick attribute rules set what spaCy's own set."""

import importlib.util

import pytest
import spacy
from spacy.language import Language

from onrecord.annotators import attribute_rules
from onrecord.annotators.parse import PIPELINES, pipeline

TEXTS = (
    "There are two camps. \n\n  Y'all ain't gonna stay; you've got ta go, so let's leave. C'mon!",
    "The minister, who'd been briefed, said that this was that: those 4,000 men weren't theirs.\nIt is. There's more.",
    "That must be better, he'd have said. Which of the most wanted men had she seen? Me neither, e.g. us.",
)


@pytest.fixture(scope="module")
def plain() -> Language:
    return spacy.load(next(name for name in PIPELINES if importlib.util.find_spec(name)))


@pytest.mark.parametrize("text", TEXTS)
def test_every_token_has_what_spacy_gives_it(plain: Language, text: str) -> None:
    for _ in range(2):  # the second time from memory
        for own, quick in zip(plain(text), pipeline()(text), strict=True):
            assert (quick.tag_, quick.pos_, quick.lemma_) == (own.tag_, own.pos_, own.lemma_)
            assert (quick.morph, quick.dep_, quick.ent_type_) == (own.morph, own.dep_, own.ent_type_)


def test_the_memory_stays_small(plain: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attribute_rules, "KINDS", 3)
    nlp = attribute_rules.with_quick_attributes(spacy.load(plain.path))
    assert [token.lemma_ for token in nlp(TEXTS[0])] == [token.lemma_ for token in plain(TEXTS[0])]
