"""Copies, rewrites, versions and round-ups are found; independent reports and filled-in forms are not."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import Report
from onrecord.reconcile.addresses import address, headline, update_number
from onrecord.reconcile.agencies_named import agency_name, origin
from onrecord.reconcile.aligned import compared
from onrecord.reconcile.copies import Copy, copy_of
from onrecord.reconcile.copy_links import copies
from onrecord.reconcile.firsts import first_of
from onrecord.reconcile.furniture import is_furniture
from onrecord.reconcile.sentences import sentences
from onrecord.reconcile.sketches import sketch_of
from onrecord.reconcile.wording import wording

from .wire import FURNITURE, INDEPENDENT, OTHER, STORY, made

words = st.sampled_from(["army", "bridge", "dawn", "envoy", "guns", "Marrow", "Vane", "14", "300", "the", "of"])
sentence = st.lists(words, min_size=3, max_size=14).map(lambda ws: " ".join(ws).capitalize() + ".")
text = st.lists(sentence, min_size=1, max_size=12).map(" ".join)


def link(a: Report, b: Report) -> Copy:
    found = copy_of(a, b)
    assert found is not None
    return found


def test_a_report_cut_from_the_end_is_a_copy() -> None:
    found = link(made(*STORY, id="a"), made(*STORY[:5], id="b"))
    assert (found.kind, found.share_b, found.because) == ("copy", 1.0, "5 of 5 sentences shared")


def test_paragraphs_in_another_order_are_a_copy() -> None:
    mixed = random.Random(1).sample(STORY, len(STORY))
    assert link(made(*STORY, id="a"), made(*mixed, id="b")).kind == "copy"


def test_reworded_sentences_are_a_rewrite_that_says_how_many() -> None:
    reworded = [s.replace("said", "stated").replace("killing", "and killed").replace("about", "around") for s in STORY]
    found = link(made(*STORY, id="a"), made("Here is what we know from the coast.", *reworded[1:], id="b"))
    assert found.kind == "rewrite"
    assert "reworded" in found.because


def test_other_quotations_leave_it_a_copy() -> None:
    other = [s if not s.startswith('"') else '"Nobody slept, nobody ate," she said at the town hall.' for s in STORY]
    assert link(made(*STORY, id="a"), made(*other, id="b")).kind in {"copy", "rewrite"}


def test_the_page_around_a_report_does_not_count() -> None:
    found = link(made(*STORY, id="a"), made(*FURNITURE, *STORY, id="b"))
    assert (found.share_a, found.share_b) == (1.0, 1.0)
    assert copy_of(made(*FURNITURE, *STORY[:6], id="a"), made(*FURNITURE, *OTHER, id="b")) is None
    assert copy_of(made(*FURNITURE, id="a"), made(*FURNITURE, id="b")) is None


def test_a_round_up_contains_both_of_its_stories() -> None:
    both = made(*OTHER, "ALSO TODAY", *STORY, id="both")
    for story, name in ((STORY, "story"), (OTHER, "other")):
        found = link(both, made(*story, id=name))
        assert (found.kind, found.holder) == ("contains", "a")
    assert copy_of(made(*STORY, id="story"), made(*OTHER, id="other")) is None


def test_two_reports_of_one_event_with_one_quotation_are_independent() -> None:
    assert copy_of(made(*STORY, id="a"), made(*INDEPENDENT, id="b")) is None


def test_reports_that_share_only_long_quotations_are_independent() -> None:
    speech = '"' + " ".join(s.replace('"', "") for s in OTHER) + '"'
    assert copy_of(made(*STORY[:4], speech, id="a"), made(*INDEPENDENT[3:], speech, id="b")) is None


def test_one_form_filled_in_with_other_facts_is_no_copy() -> None:
    form = (
        "Police in {0} arrested {1} on {2} after a fire at the {3} warehouse on {4} Street.",
        "Officers found {5} boxes of fuses in the car of {1}, who lives in {0}.",
        "The prosecutor of {0}, {6}, asked the court to hold {1} for {7} days.",
        "Nobody was hurt in the fire, which burned for {8} hours.",
    )
    one = ("Halm", "Joss Kettering", "Monday", "Ostwald", "Quay", "40", "Ada Lorne", "30", "6")
    other = ("Tresk", "Bela Morrow", "Friday", "Pinter", "Mill", "11", "Carl Unger", "90", "14")
    first, second = (made(*(s.format(*facts) for s in form), id=facts[0]) for facts in (one, other))
    assert copy_of(first, second) is None


def test_a_later_toll_is_still_the_same_story() -> None:
    later = [s.replace("at least 14", "at least 17") for s in STORY]
    assert link(made(*STORY, id="a"), made(*later, id="b")).kind in {"copy", "rewrite"}


def test_the_same_address_makes_a_version() -> None:
    url = "https://www.harbour.example/world/port-ansel?utm_source=mail"
    a = made(*STORY, id="a", url=url, published="2021-05-04T10:00:00Z")
    b = made(*STORY[:3], *OTHER[3:5], id="b", url="http://harbour.example/world/port-ansel/", published="2021-05-05")
    found = link(a, b)
    assert (found.kind, found.first, found.first_because) == ("version", "a", "published earlier")
    assert found.because.startswith("same address")


def test_the_same_publisher_makes_a_copy_a_version() -> None:
    a, b = (made(*STORY[:n], id=str(n), publisher="Harbour Post") for n in (8, 10))
    assert link(a, b).kind == "version"


def test_short_identical_alerts_are_copies_only_if_they_hold_facts() -> None:
    alert = "Envoys Marrow and Vane sign the Lindenau truce."
    assert link(made(alert, id="a"), made(alert, id="b")).kind == "copy"
    nothing = "Thank you all for coming here so early."
    assert copy_of(made(nothing, id="a"), made(nothing, id="b")) is None


def test_whoever_is_credited_was_first_whatever_the_clock_says() -> None:
    agency = made(*STORY, id="agency", publisher="Reuters", published="2021-05-05")
    paper = made(f"PORT ANSEL (Reuters) - {STORY[0]}", *STORY[1:], id="paper", publisher="Post", published="2021-05-04")
    found = link(paper, agency)
    assert (found.first, found.first_because, found.origin) == (
        "b",
        "the other credits Reuters, its publisher",
        "Reuters",
    )


def test_two_papers_that_credit_one_agency_say_so() -> None:
    a, b = (made(f"PORT ANSEL (AP) - {STORY[0]}", *STORY[1:n], id=str(n)) for n in (7, 10))
    found = link(a, b)
    assert found.because.endswith("both credit AP")
    assert (found.first, found.origin) == (None, "AP")


def test_dates_alone_do_not_order_one_day() -> None:
    a, b = made(*STORY, published="2021-05-04T23:00:00Z"), made(*STORY, id="s", published="2021-05-04")
    assert first_of(a, b).side is None


def test_the_number_of_the_update_orders_versions() -> None:
    a = made(*STORY, title="UPDATE 2-Port Ansel shelled", publisher="Reuters")
    b = made(*STORY, id="s", title="Port Ansel shelled", publisher="Reuters")
    assert first_of(a, b).side == "b"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("This article was originally published by The Conversation.", "The Conversation"),
        ("Copyright 2021 The Associated Press. All rights reserved.", "AP"),
        ("(Reporting by Ann Lee and Jo Park; Editing by Max Stern)", "Reuters"),
        ("The Associated Press contributed to this report.", None),
    ],
)
def test_origins_named_at_the_end(line: str, name: str | None) -> None:
    found = origin(made(*STORY, line))
    assert (None if found is None else found.name) == (None if name is None else agency_name(name))


def test_an_agency_is_not_the_origin_of_its_own_report() -> None:
    assert origin(made(f"PORT ANSEL (AP) - {STORY[0]}", publisher="Associated Press")) is None


def test_a_split_sentence_stands_in_both_of_its_parts() -> None:
    a = made("The mayor told reporters that two of the dead were children and the hospital had no light to work by.")
    b = made(
        "The mayor told reporters that two of the dead were children.", "And the hospital had no light to work by."
    )
    found = compared(a, b)
    assert [x.kind for x in found.aligned] == ["changed", "changed"]
    assert {x.a for x in found.aligned} == {(0, len(a.text))}


@given(text, text)
def test_comparison_is_symmetrical_and_its_spans_are_sentences(one: str, other: str) -> None:
    a, b = made(one, id="a"), made(other, id="b")
    found = compared(a, b)
    assert compared(b, a) == found.flipped()
    assert found.flipped().flipped() == found
    left, right = wording(a), wording(b)
    assert {x.a for x in found.aligned} - {None} == set(left.sentences)
    assert {x.b for x in found.aligned} - {None} == set(right.sentences)
    for x in found.aligned:
        if x.kind == "shared":
            assert x.a is not None
            assert x.b is not None
            assert _bare(one[slice(*x.a)]) == _bare(other[slice(*x.b)])
        assert (x.kind == "added") == (x.a is None or x.b is None)


def _bare(said: str) -> list[str]:
    return said.casefold().replace(".", " ").split()


@given(text, text)
def test_links_are_symmetrical(one: str, other: str) -> None:
    a, b = made(one, id="a"), made(other, id="b")
    there, back = copy_of(a, b), copy_of(b, a)
    assert there == (None if back is None else back.flipped())


@given(st.lists(st.lists(st.sampled_from(STORY + OTHER), min_size=2, max_size=8), min_size=2, max_size=7), st.randoms())
@settings(deadline=None, max_examples=40)
def test_links_are_the_same_in_any_order_and_those_of_each_pair_alone(
    stories: list[list[str]], shuffler: random.Random
) -> None:
    reports = [made(*story, id=f"{n}") for n, story in enumerate(stories)]
    mixed = list(reports)
    shuffler.shuffle(mixed)
    found = copies(reports)
    assert copies(mixed) == found
    for c in found:
        assert copy_of(reports[int(c.a)], reports[int(c.b)]) == c
        for side, spans in ((c.a, c.spans_a), (c.b, c.spans_b)):
            assert all(reports[int(side)].text[s:e].strip() for s, e in spans)


def test_a_sketch_survives_being_stored() -> None:
    import msgspec

    kept = sketch_of(made(*STORY, url="https://harbour.example/a"))
    assert msgspec.json.decode(msgspec.json.encode(kept), type=type(kept)) == kept


@given(st.text(max_size=300))
def test_sentences_cover_all_words_in_order(any_text: str) -> None:
    found = sentences(any_text)
    assert "".join("".join(any_text[s:e].split()) for s, e in found) == "".join(any_text.split())
    assert all(one[1] <= other[0] for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("Gen. Vane met Dr. Lorne at 5 p.m. on Oct. 3 in the U.S. embassy.", 1),
        ("He left the U.S. The talks went on.", 2),
        ("It rained. It stopped.\nTalks resumed", 3),
        ("The envoys of the two sides met in the old town hall of\nLindenau for talks.", 1),
        ('"Stop!" she said. "Go home."', 2),
    ],
)
def test_sentence_boundaries(said: str, count: int) -> None:
    assert len(sentences(said)) == count


@pytest.mark.parametrize(
    "line",
    [
        "Already have an account?", "Click here to subscribe.", "Read more about this", "© 2021 Harbour Post",
        "Photo: Harbour Desk", "Write to desk@harbour.example.", "This website uses cookies.", "Advertisement",
        "Ann Lee contributed to this report.", "You must enter the characters shown", "Like us on Facebook",
        "Buy a 24-hour digital pass.", "This story is premium content.", "Need an online subscription?",
        "Get breaking news alerts", "Originally published on Harbour News", "RELATED: Truce signed",
    ],
)  # fmt: skip
def test_page_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Human Rights Watch said the report was false.", "Workers were loading trucks in the harbour.",
        "More people were killed.", "The sources shared their fears.", "By dawn the guns were silent.",
    ],
)  # fmt: skip
def test_sentences_of_reports_are_no_furniture(line: str) -> None:
    assert not is_furniture(line)


def test_addresses_and_headlines_of_versions() -> None:
    assert address("https://web.archive.org/web/20160101000000/http://www.harbour.example/a/") == "harbour.example/a"
    assert address("http://[broken") is None
    assert headline("CORRECTED-UPDATE 1-Talks resume") == "talks resume"
    assert update_number("UPDATE 3-Talks resume") == 3


def test_a_long_hostile_text_is_compared_in_time() -> None:
    a, b = made("guns " * 60_000, id="a"), made(("guns fire. " * 30_000), id="b")
    copy_of(a, b)
    assert sentences('."' * 50_000)
