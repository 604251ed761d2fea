from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import shipped
from onrecord.errors import ModelError
from onrecord.reconcile import read_together
from onrecord.reconcile.kinship import head, root, vector
from onrecord.reconcile.mention_network import MentionNetwork, network
from onrecord.reconcile.mentions import Mention, SameEvent, event_links, events
from onrecord.reconcile.passages import ROOM, passages

SAID = [
    ("a", "Militants killed a customs officer in Lomi on Monday.", "killed"),
    ("b", "The killing of the customs officer in Lomi shocked the border town.", "killing"),
    ("b", "Police arrested two men in Lomi.", "arrested"),
    ("c", "Two men were detained in Lomi over the death of the customs officer.", "detained"),
    ("d", "A ferry sank off Port Dalla, killing nine sailors.", "killing"),
    ("d", "The navy of Sarasia sent divers to Port Dalla.", "sent"),
]


def mention(report: str, sentence: str, word: str, **known: object) -> Mention:
    start = sentence.index(word)
    return Mention(report, sentence, (start, start + len(word)), **known)  # type: ignore[arg-type]


MENTIONS = [mention(*said) for said in SAID]


def scores(mentions: list[Mention], links: list[SameEvent]) -> dict[frozenset[Mention], float]:
    return {frozenset((mentions[link.a], mentions[link.b])): link.score for link in links}


def test_verb_and_noun_of_one_killing_are_one_event_and_another_killing_is_not() -> None:
    found = events(MENTIONS)
    assert (0, 1) in found
    assert (4,) in found


def test_without_the_network_words_and_reports_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_together, "network", lambda: pytest.fail("the network was asked"))
    found = events(MENTIONS, models=False)
    assert (0, 1) in found
    assert (4,) in found


def test_words_that_are_not_alike_are_one_event_where_the_network_says_so() -> None:
    killed = mention("a", "Gunmen killed the mayor of Lomi outside his house on Monday.", "killed")
    death = mention("b", "The murder of the mayor of Lomi outside his house on Monday shocked the town.", "murder")
    score = scores([killed, death], event_links([killed, death]))[frozenset((killed, death))]
    assert score > scores([killed, death], event_links([killed, death], models=False)).get(
        frozenset((killed, death)), 0.0
    )


def test_a_link_depends_on_its_two_reports_alone() -> None:
    whole = scores(MENTIONS, event_links(MENTIONS))
    for a in "abcd":
        for b in "abcd":
            two = [m for m in MENTIONS if m.report in (a, b)]
            known = {pair: score for pair, score in whole.items() if {m.report for m in pair} <= {a, b}}
            assert scores(two, event_links(two)) == known


def test_a_sentence_longer_than_a_passage_is_cut_and_every_mention_is_read_once() -> None:
    sentence = "Rebels shelled the town and fled. " * 60
    given = {n: Mention("a", sentence, (at, at + 7)) for n, at in enumerate(range(7, len(sentence), 34))}
    found = passages(given, network().vocabulary)
    assert len(found) > 1
    assert sorted(place.mention for passage in found for place in passage.places) == sorted(given)
    sizes = [sum(len(network().vocabulary[w].ids) for s in passage.sentences for w in s) for passage in found]
    assert max(sizes) <= ROOM


def test_a_network_that_is_not_there_is_said_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        MentionNetwork(tmp_path)


def test_the_digest_of_a_model_is_of_its_files() -> None:
    assert shipped.digest("mentions").startswith("mentions:")
    assert shipped.digest("mentions") != shipped.digest("attributions")


def test_every_mention_is_in_one_event() -> None:
    assert sorted(number for event in events(MENTIONS) for number in event) == list(range(len(MENTIONS)))


def test_a_link_says_why() -> None:
    link = next(link for link in event_links(MENTIONS) if {link.a, link.b} == {0, 1})
    assert "killed" in link.reason
    assert "lomi" in link.reason


def test_what_happened_on_other_days_or_far_away_is_another_event() -> None:
    report, sentence, word = SAID[0]
    one = mention(report, sentence, word, day=738734, point=(1.0, 2.0))
    assert len(events([one, mention("b", sentence, word, day=738735, point=(1.1, 2.0))])) == 1
    assert len(events([one, mention("b", sentence, word, day=738744)])) == 2
    assert len(events([one, mention("b", sentence, word, point=(9.0, 2.0))])) == 2


def test_forms_of_a_word_have_one_root_and_kin_are_nearer_than_others() -> None:
    assert root("bombings") == root("bombed")
    assert root("shot") == root("shooting")
    assert root("raid") != root("aid")
    assert head(("carried", "out", "an", "attack")) == "carried"
    arrested, detained, bridge = vector(("arrested",)), vector(("detained",)), vector(("bridge",))
    assert arrested @ detained > 0.5 > arrested @ bridge


def test_no_mentions_and_words_without_letters_are_no_failure() -> None:
    assert events([]) == ()
    assert events([Mention("a", "...", (0, 3)), Mention("b", "", (0, 0))]) == ((0,), (1,))


@settings(deadline=None, max_examples=25)
@given(st.lists(st.sampled_from(MENTIONS), max_size=6, unique=True), st.randoms(use_true_random=False))
def test_events_do_not_depend_on_the_order_of_the_mentions(chosen: list[Mention], random: object) -> None:
    mixed = list(chosen)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    as_sets = [
        {frozenset((given[n].report, given[n].span) for n in event) for event in events(given)}
        for given in (chosen, mixed)
    ]
    assert as_sets[0] == as_sets[1]
    assert scores(chosen, event_links(chosen)) == scores(mixed, event_links(mixed))
