from __future__ import annotations

import pytest

from onrecord.errors import InputError, RecordError
from onrecord.record.provenance import run
from onrecord.record.store import Record
from onrecord.view.queries import annotated, figures, info, show, timeline, who

from .reports import Builder, border_report, later_border_report, plain, received


def test_a_report_is_shown_with_its_versions_and_its_run(record: Record) -> None:
    shown = show(record, "/border")
    assert shown.address == "/border"
    assert [(v.number, v.published, v.readings) for v in shown.versions] == [(1, "1958-03-04", 1), (2, "1958-03-05", 1)]
    assert shown.shown == shown.versions[1]
    assert shown.annotated.events == later_border_report().events
    assert (shown.run.software, shown.run.models, shown.run.settings) == (
        "onrecord 0.1.0", ("small:1",), '{"language":"en"}'
    )  # fmt: skip
    assert shown.first_seen == "1958-03-09T12:00:00Z"


def test_an_earlier_version_can_be_shown(record: Record) -> None:
    shown = show(record, "/border", version=1)
    assert shown.shown.number == 1
    assert shown.annotated.figures == border_report().figures
    assert annotated(record, shown.report_id, version=1) == shown.annotated
    assert annotated(record, shown.report_id) == show(record, shown.report_id).annotated
    with pytest.raises(RecordError):
        show(record, "/nowhere")


def test_moments_stand_in_the_order_of_their_stated_times(record: Record) -> None:
    line = timeline(record)
    assert [(m.when, m.kind, m.words) for m in line.dated] == [
        ("1958-02 (approx)", "event", "crossed the river"),
        ("1958-02-25", "statement", "the envoy promised that the guns are silent"),
        ("1958-03-03TMO", "event", "shelled the road"),
    ]
    assert [m.stretch.precision for m in line.dated if m.stretch] == ["month", "day", "part of day"]


def test_moments_without_a_stated_time_are_listed_apart_and_get_none(record: Record) -> None:
    line = timeline(record)
    assert [(m.when, m.words) for m in line.undated] == [
        ("reported 1958-03-01", "the guns are silent"),
        ("reported 1958-03-05", "guns had opened up "),
        ("reported 1958-03-05", "protests broke out"),
    ]
    assert {m.value for m in line.undated} == {None}


def test_a_moment_of_a_report_without_a_date_is_undated_and_last(record: Record) -> None:
    b = Builder()
    b.event("rockets fell")
    record.add(received(b.annotated(), "/x"), b.annotated(), run(software="x"))
    assert timeline(record).undated[-1].when == "undated"
    assert "rockets fell" not in {m.words for m in timeline(record, since="1900").undated}


def test_a_moment_says_in_whose_voice_it_stands(record: Record) -> None:
    by_words = {m.words: m for part in (timeline(record).dated, timeline(record).undated) for m in part}
    shelled = by_words["shelled the road"]
    assert (shelled.voice_name, shelled.publisher, shelled.who, shelled.place, shelled.place_precision) == (
        "Jörg R. Adler", "Valley Courier", "Third Army", "Saint-Élie", "settlement"
    )  # fmt: skip
    assert by_words["protests broke out"].voice == "narrator"
    assert by_words["the guns are silent"].voice_name == "Adler"


@pytest.mark.parametrize(
    ("asked", "dated", "undated"),
    [
        ({"since": "1958-03"}, ["shelled"], ["the guns", "guns had", "protests"]),
        ({"until": "1958-02-20"}, ["crossed"], []),
        ({"since": "1958-02-10", "until": "1958-02"}, ["crossed", "the envoy"], []),
        ({"place": "saint elie"}, ["shelled"], []),
        ({"event_type": "protest"}, [], ["protests"]),
        ({"publisher": "capital gazette"}, ["the envoy"], ["the guns"]),
        ({"who": "third army"}, ["crossed", "shelled"], []),
        ({"who": "Adler", "statements": False}, ["crossed"], []),
        ({"who": "mila"}, [], ["the guns"]),
        ({"who": "?"}, [], []),
    ],
)
def test_the_timeline_can_be_narrowed(record: Record, asked: dict[str, str], dated: list[str], undated: list[str]
                                      ) -> None:  # fmt: skip
    line = timeline(record, **asked)  # type: ignore[arg-type]
    for moments, beginnings in ((line.dated, dated), (line.undated, undated)):
        assert len(moments) == len(beginnings)
        assert all(m.words.startswith(b) for m, b in zip(moments, beginnings, strict=True))


def test_what_is_no_date_type_or_unit_is_said(record: Record) -> None:
    with pytest.raises(InputError, match="is no date"):
        timeline(record, since="yesterday")
    with pytest.raises(InputError, match="is no event type"):
        timeline(record, event_type="WAR")
    with pytest.raises(InputError, match="is no unit"):
        figures(record, unit="dead")


def test_figures_stand_side_by_side_by_claimant_and_voice(record: Record) -> None:
    assert [
        (c.when, c.words, c.low, c.high, c.of, c.claimant, c.voice_name or c.voice, c.publisher)
        for c in figures(record, unit="killed")
    ] == [
        ("reported 1958-03-01", "Five were killed", 5, 5, "guards", None, "narrator", "Capital Gazette"),
        ("1958-03-03TMO", "At least 12 were killed", 12, None, "drivers", "Jörg R. Adler", "Jörg R. Adler",
         "Valley Courier"),
        ("reported 1958-03-05", "nine more were killed", 9, 9, "guards", None, "unsourced", "Valley Courier"),
    ]  # fmt: skip


def test_figures_of_an_earlier_version_are_not_counted(record: Record) -> None:
    assert figures(record, unit="wounded") == ()


@pytest.mark.parametrize(
    ("asked", "lows"),
    [
        ({"whom": "guards"}, [5, 9]),
        ({"place": "elie"}, [12]),
        ({"claimant": "adler"}, [12]),
        ({"publisher": "Capital Gazette"}, [5]),
        ({"since": "1958-03-02"}, [12, 9]),
        ({"until": "1958-03-02"}, [5]),
        ({"whom": "nobody"}, []),
    ],
)
def test_figures_can_be_narrowed(record: Record, asked: dict[str, str], lows: list[float]) -> None:
    assert [c.low for c in figures(record, **asked)] == lows


def test_an_ambiguous_name_lists_everybody_and_merges_nobody(record: Record) -> None:
    found = who(record, "adler")
    assert found.ambiguous
    assert [(a.name, len(a.reports)) for a in found.actors] == [("Adler", 1), ("JORG R ADLER", 2), ("Mila Adler", 1)]
    assert [len(a.said) for a in found.actors] == [1, 1, 1]


def test_spellings_of_one_name_are_one_actor(record: Record) -> None:
    (colonel,) = who(record, "Jörg Adler").actors
    assert colonel.spellings == ("JORG R ADLER", "Jörg R. Adler")
    assert colonel.roles == ("Colonel",)
    assert colonel.countries == ("LVA",)
    assert [m.words for m in colonel.said] == ["guns had opened up "]
    assert [m.words for m in colonel.met] == ["crossed the river"]
    assert colonel.did == ()


def test_what_an_actor_did(record: Record) -> None:
    (army,) = who(record, "third army").actors
    assert [m.words for m in army.did] == ["shelled the road", "crossed the river"]
    assert who(record, "nobody").actors == ()
    assert who(record, "%").actors == ()


def test_what_the_record_holds(record: Record) -> None:
    held = info(record)
    assert (held.reports, held.versions, held.originals, held.readings) == (3, 4, 4, 4)
    assert held.published == ("1958-03-01", "1958-03-05")
    assert held.undated == 1
    assert held.annotations["events"] == 3
    assert held.annotations["attributions"] == 4
    assert held.statements == {"Capital Gazette": 2, "Valley Courier": 1}
    assert held.languages == {"en": 3}
    assert [(u.why, u.reports, u.characters) for u in held.unread] == [("language fr is not annotated", 1, 16)]
    assert [(r.run.software, r.readings) for r in held.runs] == [("onrecord 0.1.0", 4)]
    assert held.size > 0


def test_after_another_run_only_its_readings_count(record: Record) -> None:
    later = later_border_report()
    report = later.report
    nothing = plain(report.text, title=report.title, publisher=report.publisher, published=report.published)
    record.add(received(later, "/border"), nothing, run(software="onrecord 0.2.0"))
    assert timeline(record, event_type="ASSAULT").dated == ()
    assert info(record).readings == 5
    assert who(record, "third army").actors == ()
