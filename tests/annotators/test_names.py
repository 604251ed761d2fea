from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.anchors import faults
from onrecord.annotators.names import names
from onrecord.annotators.parse import parse
from onrecord.annotators.tables import rows
from onrecord.model import ENTITY_TYPES, PRECISIONS, Annotated
from onrecord.read.text import report
from timed import seconds_of

WORDS = st.sampled_from(
    ["Gen.", "Omar", "al-", "Said", ",", "(", "RSF", ")", "of", "the", "Ministry", "Syria", "'s", "US", "KHARTOUM",
     "\n\n", "he", "He", "\"", "“", "-", "Darfur", "province", "president", "University", "Texas", "said", ".", "Mr.",
     "Al", "Deir", "ez-Zor", "Washington", "D.C.", "d'Ivoire", "İ", "\u2028", "\x00", "😀", "'", "’s", "Near", "Sgt"]
)  # fmt: skip


def check(text: str) -> None:
    parsed = parse(report(text))
    found = names(parsed)
    annotated = Annotated("onrecord/1", parsed.report, found.entities, (), (), (), (), found.places)
    assert faults(annotated) == []
    assert [e.id for e in found.entities] == [f"n{i}" for i in range(1, len(found.entities) + 1)]
    assert [p.id for p in found.places] == [f"p{i}" for i in range(1, len(found.places) + 1)]
    assert all(e.type in ENTITY_TYPES and list(e.mentions) == sorted(set(e.mentions)) for e in found.entities)
    for place in found.places:
        assert place.precision in PRECISIONS
        assert (place.lat is None) == (place.lon is None)
    firsts = [e.mentions[0] for e in found.entities]
    assert firsts == sorted(firsts)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_with_valid_spans(text: str) -> None:
    check(text)


@settings(max_examples=120, deadline=None)
@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_any_arrangement_of_names_is_read_with_valid_spans(text: str) -> None:
    check(text)


def test_the_same_report_gives_the_same_names() -> None:
    text = "The Rapid Support Forces (RSF) shelled El Fasher, General Burhan said. He blamed the RSF."
    assert names(parse(report(text))) == names(parse(report(text)))


def test_a_report_without_names_has_none() -> None:
    assert names(parse(report("nothing happened today."))).entities == ()
    assert names(parse(report(""))).places == ()


def test_long_lists_of_names_take_time_in_proportion_to_their_length() -> None:
    def seconds(n: int) -> float:
        parsed = parse(report(", ".join(f"Ministry {i} of Said Hassan{i}" for i in range(n)) + "."))
        return seconds_of(lambda: names(parsed))

    seconds(50)
    assert seconds(1600) < 12 * max(seconds(400), 0.01)


def test_every_table_is_well_formed() -> None:
    codes = {row[1] for row in rows("countries.tsv")}
    for _, kind, country, sector, _ in rows("actors.tsv"):
        assert kind in ENTITY_TYPES
        assert country in codes | {""}
        assert sector == "" or (sector.isupper() and len(sector) == 3)
    for name, lat, lon, precision, _, _, _ in rows("regions.tsv"):
        assert name
        assert -90 <= float(lat) <= 90
        assert -180 <= float(lon) <= 180
        assert precision in PRECISIONS
