"""Attributions in the shapes that news reports give them: datelines, headlines, partly quoted words, "as he put it"."""

from __future__ import annotations

import pytest

from onrecord.annotators.attributions import attributions
from onrecord.annotators.parse import parse
from onrecord.model import Attribution, Spans
from onrecord.read.text import report


def read(text: str) -> tuple[Attribution, ...]:
    return attributions(parse(report(text)), (), ())


def words(text: str, spans: Spans) -> str:
    return " | ".join(text[start:end] for start, end in spans)


def lines(text: str) -> list[tuple[str, str, str]]:
    """Source, cue and content of each attribution."""
    return [(words(text, a.source.spans), words(text, a.cue.spans), words(text, a.content.spans)) for a in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "TARSK, Oct. 27 (Halyard) - Premier Lukov said the talks had failed.",
            ("Premier Lukov", "said", "the talks had failed"),
        ),
        (
            "TARSK (Halyard) - The talks have failed, Premier Lukov said.",
            ("Premier Lukov", "said", "The talks have failed"),
        ),
        (
            "Ferries to stop at midnight, port officials say\n\nTARSK (Halyard) - The ferries will stop.",
            ("port officials", "say", "Ferries to stop at midnight"),
        ),
    ],
)
def test_datelines_and_headlines_keep_out_of_sources_and_contents(text: str, expected: tuple[str, str, str]) -> None:
    assert lines(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'The cause, as one nurse put it, was "plain hunger" in the camp.',
            ("one nurse", "put it", 'The cause | was "plain hunger" in the camp'),
        ),
        ("As the mayor said, the well is dry.", ("the mayor", "said", "the well is dry")),
        (
            'The general called the raid a "mistake" that was "costly".',
            ("The general", "called", 'the raid a "mistake" that was "costly"'),
        ),
        (
            "The captain was accused by his own sailors of selling fuel.",
            ("his own sailors", "was accused", "The captain | of selling fuel"),
        ),
        ("A reporter asked her if the bridge would hold.", ("A reporter", "asked", "if the bridge would hold")),
        ("The rebels asked for a truce.", ("The rebels", "asked for", "a truce")),
        ("Two shepherds saw trucks crossing the ford.", ("Two shepherds", "saw", "trucks crossing the ford")),
    ],
)
def test_forms_of_attribution(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in lines(text)


def test_a_time_with_as_is_no_attribution() -> None:
    assert lines("As he said that, they left.") == []


def test_a_new_sentence_after_a_quoted_full_stop_is_a_content_of_its_own() -> None:
    text = 'The mayor said the plan was "dead for good." She added, "Nobody wept."'
    assert [content for *_, content in lines(text)] == ['the plan was "dead for good."', '"Nobody wept."']


def test_a_quotation_alone_in_its_paragraph_belongs_to_who_spoke_before() -> None:
    text = 'The road is mined, Captain Orr said on Monday.\n\n"We lost two trucks there. We go by night."\n\nIt rained.'
    assert lines(text)[-1] == ("Captain Orr", "said", '"We lost two trucks there. We go by night."')


def test_a_quotation_after_a_narrators_paragraph_has_no_source() -> None:
    assert lines('The road is mined.\n\n"We lost two trucks there."\n\nIt rained.') == []


def test_a_statement_in_a_letter_is_written() -> None:
    (told,) = read("The judges said in a letter that they would resign.")
    assert told.manner == "written"
    (told,) = read("The judges said in a televised statement that they would resign.")
    assert told.manner == "said"


def test_who_carried_a_statement_is_in_its_chain() -> None:
    text = "The ship sank, the navy said in a statement carried by the state news agency."
    (told,) = read(text)
    assert [via.text for via in told.via] == ["the state news agency"]


@pytest.mark.parametrize(
    "text",
    [
        "The report could not be independently verified.",
        "The claim could not be confirmed.",
        "The newspaper could not independently verify the figures.",
    ],
)
def test_what_could_not_be_verified_is_no_statement(text: str) -> None:
    assert lines(text) == []


def test_what_a_named_source_cannot_confirm_is_its_own() -> None:
    (told,) = read("The army could not confirm that the bridge had fallen.")
    assert (told.act, told.negated) == ("confirms", True)


@pytest.mark.parametrize(
    ("text", "act", "negated"),
    [
        ("The Dawn Brigade took responsibility for the attack.", "claims-responsibility", False),
        ("The Dawn Brigade claimed responsibility for the attack.", "claims-responsibility", False),
        ("No group claimed responsibility for the blast.", "claims-responsibility", True),
        ("The embassy declined to comment.", "declines-to-comment", False),
        ("The army had no comment on the strike.", "declines-to-comment", False),
        ("The spokesman refused to comment on the report.", "declines-to-comment", False),
        ("The ministry did not respond to requests for comment.", "declines-to-comment", False),
    ],
)
def test_claims_of_responsibility_and_silence_are_acts_of_their_own(text: str, act: str, negated: bool) -> None:
    (told,) = read(text)
    assert (told.act, told.negated) == (act, negated)


@pytest.mark.parametrize(
    "text",
    [
        "Rebels allegedly burned two villages.",
        "Two villages were reportedly burned.",
        "Colonel Temir is believed to have fled to the coast.",
        "It is believed that Colonel Temir fled to the coast.",
    ],
)
def test_hearsay_has_no_source(text: str) -> None:
    (told,) = read(text)
    assert told.source.kind == "none"
    assert not told.source.spans
