"""Links between statements: what is kept, the keys, and that nothing depends on an order."""

from __future__ import annotations

import random
from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import annotate
from onrecord.model import Annotated
from onrecord.reconcile.left_out import left_out
from onrecord.reconcile.linking import links
from onrecord.reconcile.sayings import Statement, keys, statements
from onrecord.reconcile.speakers import Speaker, sameness
from onrecord.reconcile.statements import SameStatement, SameWords, same_statement, same_words
from onrecord.reconcile.utterances import utterances

TEXTS = {
    "ledger": '"The sluice will stay shut until the harvest is in, and no soldier will touch it," Water Minister Odile '
    "Brannock said on Tuesday.",
    "times": '"The sluice will stay shut until the harvest is in," Odile Brannock, the water minister, said.',
    "courier": "Water Minister Odile Brannock said that the sluice would stay shut until the harvest was in.",
    "post": 'Opposition leader Rurik Sandoval said: "The sluice will stay shut until the harvest is in, and no soldier '
    'will touch it."',
    "herald": "Mayor Colm Tarrant said that the tram depot would open in June.",
}


@pytest.fixture(scope="module")
def reports() -> dict[str, Annotated]:
    return {
        name: annotate(text, id=name, published="2031-03-04", publisher=name.title(), models=False)
        for name, text in TEXTS.items()
    }


def speaker(*name: str, office: Sequence[str] = ()) -> Speaker:
    return Speaker(" ".join(name).title() or " ".join(office), name, tuple(sorted(office)), None, state=False)


def test_one_utterance_is_linked_across_cuts_and_retelling_with_the_reason(reports: dict[str, Annotated]) -> None:
    found = {(link.a[0], link.b[0]): link.reason for link in links(SameStatement(), reports.values())}
    assert set(found) == {("courier", "ledger"), ("courier", "times"), ("ledger", "times")}
    assert "sluice" in found["ledger", "times"]
    assert "Odile Brannock" in found["ledger", "times"]


def test_a_quotation_under_two_names_is_told_of_and_never_one_utterance(reports: dict[str, Annotated]) -> None:
    found = links(SameWords(), reports.values())
    assert {(link.a[0], link.b[0]) for link in found} == {("ledger", "post"), ("post", "times")}
    assert all("Rurik Sandoval" in link.reason and "Odile Brannock" in link.reason for link in found)


ON_THE_FIRE = (
    "The warehouse of Odell Brothers on Tannery Row in Quillan caught fire at 3:40 a.m. on Monday, police said.",
    "Police in Quillan said that at 3:40 a.m. on Monday two guards at Odell Brothers on Tannery Row were robbed.",
    "The warehouse of Odell Brothers in Quillan caught fire on Monday, police said.",
    "The warehouse of Odell Brothers in Quillan caught fire on Monday at a cost of 14 million crowns, police said.",
    "The warehouse of Odell Brothers in Quillan caught fire on Monday at a cost of 19 million crowns, police said.",
    "Police in Brundage said that a passenger was robbed of his watch and his coat and left on the platform.",
    "Police in Quillan said that a passenger was robbed of his watch and his coat and thrown from a train.",
)


@pytest.mark.parametrize(("a", "b", "one"), [(0, 1, False), (0, 2, True), (3, 4, False), (5, 6, False)])
def test_what_is_said_must_be_shared_and_not_only_of_whom_and_where(a: int, b: int, *, one: bool) -> None:
    read = [annotate(ON_THE_FIRE[n], id=str(n), published="2031-05-06", models=False) for n in (a, b)]
    assert bool(links(SameStatement(), read)) is one


def test_two_quotations_that_say_alike_things_in_other_words_are_two_interviews() -> None:
    told = (
        '"My brother never hurt anybody, he fed the whole street and fixed our roofs for nothing," Ilka Moravec said.',
        '"He never hurt a soul in the street. We want to know who did that to my brother," Ilka Moravec said.',
    )
    read = [annotate(text, id=text[:5], published="2031-05-06", models=False) for text in told]
    assert not links(SameStatement(), read)


def test_what_a_speaker_quotes_from_another_is_not_said_by_two() -> None:
    quoting = 'The president, Ansel Korvo, said that the envoy, Irene Falk, had told him that the ferry was "a coffin '
    quoting += 'with a brass band on board".'
    quoted = 'The envoy, Irene Falk, told the president that the ferry was "a coffin with a brass band on board".'
    both = [annotate(text, id=str(n), published="2031-03-04", models=False) for n, text in enumerate((quoting, quoted))]
    assert not links(SameWords(), both)


def test_the_fullest_version_comes_first_and_the_others_say_what_they_lack(reports: dict[str, Annotated]) -> None:
    (found,) = utterances(links(SameStatement(), reports.values()), reports)
    assert [version.report for version in found.versions] == ["ledger", "courier", "times"]
    assert found.speaker == "Odile Brannock"
    assert found.versions[0].left_out == ()
    for version in found.versions[1:]:
        (lacking,) = version.left_out
        assert lacking.words == "and no soldier will touch it"
        assert reports["ledger"].report.text[slice(*lacking.span)] == lacking.words
        assert version.share < 1


def test_what_a_report_has_elsewhere_is_not_left_out(reports: dict[str, Annotated]) -> None:
    text = TEXTS["times"] + " No soldier will touch it, officials in the valley expect."
    fuller = reports | {"times": annotate(text, id="times", published="2031-03-04", models=False)}
    (found,) = utterances(links(SameStatement(), fuller.values()), fuller)
    assert next(version for version in found.versions if version.report == "times").left_out == ()


def test_a_phrase_does_not_end_at_an_abbreviation() -> None:
    whole = "The envoy left by the night ferry, in the Jan. 4 storm that sank the customs launch"
    _, lacking = left_out(whole, [(0, len(whole))], "The envoy left by the night ferry", [(0, 33)])
    assert [part.words for part in lacking] == ["in the Jan. 4 storm that sank the customs launch"]


def test_a_statement_without_a_speaker_does_not_join_two_speakers() -> None:
    words = '"The sluice will stay shut until the harvest is in, and no soldier will touch it"'
    texts = {"a": f"Odile Brannock said: {words}.", "b": f"It was said in the lobby: {words}.",
             "c": f"Rurik Sandoval said: {words}."}  # fmt: skip
    read = {name: annotate(text, id=name, published="2031-03-04", models=False) for name, text in texts.items()}
    found = utterances(links(SameStatement(), read.values()), read)
    for one in found:
        assert not {"a", "c"} <= {version.report for version in one.versions}


def test_links_do_not_depend_on_the_order_of_the_reports(reports: dict[str, Annotated]) -> None:
    for linker in (SameStatement(), SameWords()):
        expected = links(linker, reports.values())
        for seed in range(5):
            mixed = list(reports.values())
            random.Random(seed).shuffle(mixed)
            assert links(linker, mixed) == expected


def test_utterances_do_not_depend_on_the_order_of_links_or_reports_and_come_again_from_their_own_links(
    reports: dict[str, Annotated],
) -> None:
    found = links(SameStatement(), reports.values())
    expected = utterances(found, reports)
    assert utterances(reversed(found), dict(reversed(reports.items()))) == expected
    assert utterances([link for one in expected for link in one.links], reports) == expected


def test_a_trace_is_stored_as_json_and_read_again_and_has_few_keys(reports: dict[str, Annotated]) -> None:
    for annotated in reports.values():
        for trace in SameStatement().traces(annotated):
            stored = msgspec.json.encode(trace.kept)
            assert len(stored) < 1000
            assert msgspec.json.decode(stored, type=Statement) == trace.kept
            assert len(trace.keys) <= 22


def test_a_direct_quotation_in_single_marks_is_quoted() -> None:
    read = annotate("'The sluice will stay shut until the harvest is in,' Odile Brannock said.", models=False)
    ((_, kept),) = statements(read)
    assert kept.quoted == ((0, len(kept.content)),)


def test_a_very_long_statement_keeps_a_bounded_part() -> None:
    text = 'Mayor Colm Tarrant said: "' + "The tram depot will open in June and stay open. " * 100 + '"'
    for _, made in statements(annotate(text, published="2031-03-04", models=False)):
        assert len(made.content) <= 1500
        assert all(0 <= start < end <= 1500 for start, end in made.quoted)
        assert len(keys(made)) <= 22


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (speaker("odile", "brannock"), speaker("brannock"), "name"),
        (speaker("aron", "bastide"), speaker("felix", "bastide"), "other"),
        (speaker("jon", "brannock"), speaker("jonathan", "brannock"), "name"),
        (speaker("odile", "brannock", office=["water", "minister"]), speaker(office=["water", "minister"]), "office"),
        (speaker("odile", "brannock", office=["water", "minister"]), speaker(office=["interior", "minister"]), "other"),
        (
            speaker(office=["interior", "minister", "tavia"]),
            speaker(office=["interior", "minister", "corvia"]),
            "other",
        ),
        (speaker(office=["health", "minister", "orlesian"]), speaker(office=["health", "minister", "orlesia"]), "name"),
        (speaker("maud", "tyrell", office=["inspector"]), speaker(office=["official"]), "other"),
        (speaker("maud", "tyrell", office=["inspector"]), speaker(), "untold"),
        (speaker(office=["official"]), speaker(office=["sources"]), "untold"),
    ],
)
def test_who_may_be_whom(a: Speaker, b: Speaker, expected: str) -> None:
    assert sameness(a, b) == sameness(b, a) == expected


NAMES = st.sampled_from([("odile", "brannock"), ("brannock",), ("rurik", "sandoval"), ()])
OFFICES = st.lists(st.sampled_from(["water", "minister", "army", "official"]), max_size=2, unique=True)
WORDS = st.lists(
    st.sampled_from(
        ["the", "sluice", "harvest", "soldier", "not", "14", "31", "ferry", "brass", "opened", "Velma", "never"]
    ),
    min_size=1,
    max_size=14,
).map(" ".join)
DAYS = st.one_of(st.none(), st.integers(700_000, 700_012).map(lambda day: (day - 3, day)))


@st.composite
def made(draw: st.DrawFn) -> Statement:
    content, days = draw(WORDS), draw(DAYS)
    cut = draw(st.integers(0, len(content)))
    quoted = ((cut, len(content)),) if cut < len(content) else ()
    return Statement(
        speaker(*draw(NAMES), office=draw(OFFICES)), draw(st.sampled_from(["asserts", "denies", "refuses"])),
        draw(st.booleans()), "said", days and days[1], days, False, content, quoted,
    )  # fmt: skip


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(made(), made())
def test_a_pair_is_judged_the_same_whichever_comes_first(a: Statement, b: Statement) -> None:
    assert same_statement(a, b) == same_statement(b, a)
    assert same_words(a, b) == same_words(b, a)
    assert not (same_statement(a, b) and same_words(a, b))
