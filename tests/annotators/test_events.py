"""Events: type, parties, modality and place, and what is no event."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from onrecord.anchors import faults
from onrecord.annotators.attributions import attributions
from onrecord.annotators.events import events
from onrecord.annotators.parse import Parsed, parse, pipeline
from onrecord.model import EVENT_TYPES, SCHEMA, Annotated, Event, Place
from onrecord.read.text import report


def read(text: str) -> tuple[Event, ...]:
    return events(parse(report(text)), (), (), (), ())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Rebels killed two guards.", "ASSAULT"),
        ("Police arrested five protesters.", "COERCE"),
        ("Norway imposed sanctions on Belarus.", "SANCTION"),
        ("Thousands demonstrated in the capital.", "PROTEST"),
        ("Chad deployed troops along the border.", "MOBILIZE"),
        ("The army withdrew its soldiers from the valley.", "RETREAT"),
        ("The government lifted the curfew.", "CONCEDE"),
        ("Japan sent food to Haiti.", "AID"),
        ("Peru praised the mediators.", "SUPPORT"),
        ("The minister met with the ambassador.", "CONSULT"),
        ("Kenya called for talks.", "REQUEST"),
        ("Iran condemned the vote.", "ACCUSE"),
        ("The rebels rejected the proposal.", "REJECT"),
        ("The general threatened to attack the port.", "THREATEN"),
        ("The two sides agreed to exchange maps.", "AGREE"),
        ("The navies held joint exercises.", "COOPERATE"),
    ],
)
def test_each_type_is_found_by_its_words(text: str, kind: str) -> None:
    assert kind in EVENT_TYPES
    assert [e.type for e in read(text)] == [kind]


def test_active_and_passive_name_the_same_parties() -> None:
    (active,) = read("Militiamen attacked the convoy.")
    (passive,) = read("The convoy was attacked by militiamen.")
    for event in (active, passive):
        assert [p.text.lower() for p in event.actors] == ["militiamen"]
        assert [p.text.lower() for p in event.recipients] == ["the convoy"]


def test_joined_actors_are_separate_participants() -> None:
    (event,) = read("France and Germany condemned the coup.")
    assert [p.text for p in event.actors] == ["France", "Germany"]


def test_people_who_decide_the_type_are_recipients_too() -> None:
    (event,) = read("Israel freed 90 Palestinian prisoners.")
    assert (event.type, [p.text for p in event.recipients]) == ("RETREAT", ["90 Palestinian prisoners"])


def test_a_dateline_is_no_part_of_an_actor() -> None:
    (event,) = read("KYIV (AP) - Russian forces shelled a market.")
    assert [p.text for p in event.actors] == ["Russian forces"]


def test_what_is_demanded_is_no_event_of_its_own() -> None:
    assert [e.type for e in read("Turkey demanded that Greece withdraw its troops.")] == ["REQUEST"]


def test_promised_cooperation_is_agree_and_announced_harm_threaten() -> None:
    assert [(e.type, e.modality) for e in read("Italy will release the prisoners.")] == [("AGREE", "planned")]
    assert [e.type for e in read("The army will attack the city.")] == ["THREATEN"]


def test_reporting_is_no_event() -> None:
    assert read("The mayor said the weather was fine.") == ()


def test_a_denied_act_is_marked() -> None:
    assert [e.modality for e in read("Police did not arrest the leader.")] == ["denied"]


def test_the_place_is_that_of_the_act_and_not_of_the_speaker() -> None:
    text = "Officials in Geneva said gunmen killed two guards in Aleppo."
    at = text.index("Aleppo")
    places = (
        Place("p1", (13, 19), "Geneva", 46.2, 6.1, None, "settlement", (), None),
        Place("p2", (at, at + 6), "Aleppo", 36.2, 37.2, None, "settlement", (), None),
    )
    (event,) = events(parse(report(text)), (), places, (), ())
    assert event.place == "p2"


def test_a_sentence_headed_by_a_preposition_comes_to_an_end() -> None:
    words = ["Against", "killing", "rebels"]
    doc = Doc(pipeline().vocab, words=words, spaces=[True, True, False], heads=[0, 0, 1],
              deps=["ROOT", "pcomp", "dobj"], pos=["ADP", "VERB", "NOUN"], tags=["IN", "VBG", "NNS"],
              lemmas=["against", "kill", "rebel"])  # fmt: skip
    made = report(doc.text)
    (event,) = events(Parsed(made, doc, ((0, len(doc.text)),)), (), (), (), ())
    assert event.actors == ()


_MIXED = (
    "rebels killed by with against Iran Israel said it will attack the talks between and agreed to withdraw troops "
    "must not if , . “ ” from in denied threatened who were \n \n\n police arrested demanded that"
)
_WORDS = st.sampled_from(_MIXED.split(" "))


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=120), st.lists(_WORDS, max_size=40).map(" ".join)))
def test_any_text_is_read_without_error_and_anchors_hold(text: str) -> None:
    made = report(text)
    found = events(parse(made), (), (), (), ())
    assert faults(Annotated(SCHEMA, made, (), (), found, (), (), ())) == []


def test_two_attributions_with_one_cue_leave_the_events_readable() -> None:
    text = "Moscow vowed to retaliate."
    parsed = parse(report(text))
    (said,) = attributions(parsed, (), ())
    nobody = msgspec.structs.replace(said, id="a2", source=msgspec.structs.replace(said.source, spans=(), kind="none"))
    (event,) = events(parsed, (), (), (), (said, nobody))
    assert (event.type, [one.text for one in event.actors]) == ("THREATEN", ["Moscow"])
