"""Who says what, read by rules from sentences of many shapes."""

from __future__ import annotations

import pytest

from onrecord.annotators.attributions import attributions, attributions_of
from onrecord.annotators.found import Found
from onrecord.annotators.parse import Parsed, parse
from onrecord.annotators.scenes import scene
from onrecord.model import Attribution, Spans, Time
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
        ("The bridge is gone, the mayor said.", ("the mayor", "said", "The bridge is gone")),
        ("The mayor said that the bridge is gone.", ("The mayor", "said", "that the bridge is gone")),
        ('"The bridge is gone," said Mayor Ada Brandt.', ("Mayor Ada Brandt", "said", '"The bridge is gone,"')),
        ("The bridge, the mayor said, is gone.", ("the mayor", "said", "The bridge | is gone")),
        (
            "The bridge is gone, according to a local official.",
            ("a local official", "according to", "The bridge is gone"),
        ),
        ("Two men were reportedly shot.", ("", "reportedly", "Two men were | shot")),
        ("It was reported that the dam had burst.", ("", "was reported", "that the dam had burst")),
        (
            "His claim that the dam had burst was false.",
            ("His", "claim", "that the dam had burst"),
        ),
        (
            "The ministry issued a statement saying it would reply.",
            ("The ministry", "saying", "it would reply"),
        ),
        (
            "Negotiators want to resume the talks.",
            ("Negotiators", "want", "to resume the talks"),
        ),
        (
            "Officials are confident that the truce will hold.",
            ("Officials", "are confident", "that the truce will hold"),
        ),
    ],
)
def test_source_cue_and_content_are_found(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in lines(text)


def test_a_split_quotation_is_one_attribution() -> None:
    text = '"We are leaving," the nurse said. "There is no water."'
    assert lines(text) == [("the nurse", "said", '"We are leaving," | "There is no water."')]


def test_a_quotation_over_paragraphs_is_one_attribution() -> None:
    text = '"We have been here for days.\n\n"Nobody came," the nurse told reporters.'
    assert lines(text) == [("the nurse", "told", '"We have been here for days. | "Nobody came,"')]


def test_a_partly_quoted_clause_is_taken_whole() -> None:
    text = 'The nurse said the ward was "full of children" on Monday.'
    ((_, _, content),) = lines(text)
    assert content.startswith('the ward was "full of children"')
    assert read(text)[0].kind == "mixed"


@pytest.mark.parametrize(
    "text", ['The so-called "caliphate" fell.', 'He sold the book "Days of Snow" to a friend.', "The talks failed."]
)
def test_scare_quotes_and_titles_are_no_statements(text: str) -> None:
    assert read(text) == ()


def test_a_quotation_after_a_narrators_sentence_has_no_invented_source() -> None:
    assert read('He was calm. "We will stay in the valley until spring."') == ()


def test_the_source_keeps_its_apposition() -> None:
    text = '"It burned all night," said Omar Haddad, a driver who lives near the depot.'
    assert lines(text)[0][0] == "Omar Haddad, a driver who lives near the depot"


def test_turns_of_a_transcript_are_attributed_to_their_labels() -> None:
    text = "WALLER: Who gave the order?\n\nIBSEN: I did not."
    assert [line[0] for line in lines(text)] == ["WALLER", "IBSEN"]
    assert {a.kind for a in read(text)} == {"direct"}


@pytest.mark.parametrize(
    ("text", "act", "manner", "negated"),
    [
        ("The army denied that it fired first.", "denies", "said", False),
        ("The army did not say that it fired first.", "asserts", "said", True),
        ("The army declined to comment.", "declines-to-comment", "said", False),
        ("The army did not respond to a request for comment.", "declines-to-comment", "said", False),
        ("The front claimed responsibility for the blast.", "claims-responsibility", "said", False),
        ("The minister threatened to close the border.", "threatens", "said", False),
        ("The minister urged rebels to disarm.", "demands", "said", False),
        ("The minister promised to resign.", "promises", "said", False),
        ("The minister warned that food would run out.", "warns", "said", False),
        ("The minister refused to sign the accord.", "refuses", "said", False),
        ("The minister hopes the truce will last.", "asserts", "believed", False),
        ("The minister plans to visit the camp.", "other", "intended", False),
        ("The minister wrote that food would run out.", "asserts", "written", False),
    ],
)
def test_act_manner_and_negation_follow_from_the_cue(text: str, act: str, manner: str, negated: bool) -> None:
    first = read(text)[0]
    assert (first.act, first.manner, first.negated) == (act, manner, negated)


def test_kinds_of_sources_are_told_apart() -> None:
    kinds = {
        "A senior official said the road was closed.": "unnamed-person",
        "The report said the road was closed.": "document",
        "State television said the road was closed.": "outlet",
        "The ministry said the road was closed.": "organisation",
        "She said the road was closed.": "person",
        "It was reported that the road was closed.": "none",
    }
    assert {text: read(text)[0].source.kind for text in kinds} == kinds


def test_addressee_and_terms_of_anonymity_are_kept() -> None:
    text = "A diplomat who spoke on condition of anonymity told Reuters the envoy had left."
    (said,) = read(text)
    assert said.addressee is not None
    assert words(text, said.addressee.spans) == "Reuters"
    assert words(text, said.source.terms) == "on condition of anonymity"


def test_medium_and_time_are_read_beside_the_cue() -> None:
    text = "The army said in a statement on Friday that it had left."
    at = text.index("Friday")
    friday = Time("t1", (at, at + 6), "DATE", "2024-05-03", None)
    (said,) = attributions(parse(report(text)), (), (friday,))
    assert said.medium is not None
    assert said.medium.text == "in a statement"
    assert said.time is not None
    assert said.time.value == "2024-05-03"


def test_an_inner_attribution_stands_within_the_outer_and_came_through_it() -> None:
    text = "State radio said the general had said that the siege was over."
    outer, inner = read(text)
    assert (outer.within, inner.within) == (None, outer.id)
    assert [via.text for via in inner.via] == ["State radio"]


def test_quoted_as_saying_has_an_outer_outlet_and_an_inner_speaker() -> None:
    text = "AFP quoted the general as saying the siege was over."
    outer, inner = read(text)
    assert (words(text, outer.source.spans), words(text, inner.source.spans)) == ("AFP", "the general")
    assert inner.within == outer.id


def test_who_saw_the_letter_is_in_the_chain() -> None:
    text = "The siege is over, according to a letter seen by Reuters."
    assert [via.text for via in read(text)[0].via] == ["Reuters"]


@pytest.mark.parametrize(
    ("text", "marker", "condition", "governed"),
    [
        (
            "The rebels said they would fight on unless the siege ended.",
            "unless",
            "unless the siege ended",
            "they would fight on",
        ),
        (
            "The rebels offered to free the pilots in exchange for food.",
            "in exchange for",
            "in exchange for food",
            "to free the pilots",
        ),
        (
            "The minister said talks would resume only if the shelling stopped.",
            "only if",
            "only if the shelling stopped",
            "talks would resume",
        ),
    ],
)
def test_conditions_keep_marker_words_and_what_they_govern(
    text: str, marker: str, condition: str, governed: str
) -> None:
    ((found,),) = (a.conditions for a in read(text) if a.conditions)
    assert [text[slice(*s)] for s in (found.marker, found.span, found.governs)] == [marker, condition, governed]


def test_spans_from_any_finder_are_completed() -> None:
    text = "Smith confirms strike."
    parsed: Parsed = parse(report(text))
    (said,) = attributions_of([Found(((0, 5),), ((6, 14),), ((15, 21),), 0.4)], scene(parsed), (), ())
    assert (said.id, said.act, said.confidence) == ("a1", "confirms", 0.4)


def test_ids_follow_the_text() -> None:
    text = "The mayor said it was late. The nurse said it was cold. Both said it was over."
    found = read(text)
    assert [a.id for a in found] == ["a1", "a2", "a3"]
    assert [a.cue.spans for a in found] == sorted(a.cue.spans for a in found)
