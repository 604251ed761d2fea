"""Search over four kinds: what narrows it, what it counts, and that its bounds are said and kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import onrecord.view.asked
import onrecord.view.candidates
from onrecord.errors import InputError
from onrecord.record.provenance import run
from onrecord.record.sqlite_words import expression as fts5
from onrecord.record.store import Record
from onrecord.record.terms import Said
from onrecord.view.asked import FINDABLE, Asked, expression
from onrecord.view.finds import Facet, Find, excerpt, finds

from .reports import Builder, received

MOMENT = datetime(1958, 3, 9, 12, tzinfo=UTC)


def _hits(record: Record, **asked: str) -> list[Find]:
    return list(finds(record, Asked(**asked)).hits)  # type: ignore[arg-type]


def _facet(record: Record, name: str, **asked: str) -> dict[str, int]:
    facets: tuple[Facet, ...] = finds(record, Asked(**asked)).facets  # type: ignore[arg-type]
    return {one.value: one.count for facet in facets if facet.name == name for one in facet.values}


def test_each_kind_is_found_by_its_own_words(record: Record) -> None:
    assert {hit.who for hit in _hits(record, words="guns")} == {"Mila Adler", "Adler", "Jörg R. Adler"}
    assert {hit.title for hit in _hits(record, words="guns", kind="report")} == {"Clash at the border", "Capital calm"}
    assert [hit.what for hit in _hits(record, words="shelled", kind="event")] == ["ASSAULT"]
    assert [hit.words for hit in _hits(record, words="drivers", kind="figure")]
    assert [hit.what for hit in _hits(record, words="killed guards", kind="figure")] == ["killed", "killed"]


def test_anchors_quote_the_text_and_marks_the_snippet(record: Record) -> None:
    for kind in FINDABLE:
        for hit in _hits(record, words="guns" if kind in ("statement", "report") else "", kind=kind):
            text = record.annotated(hit.report_id).report
            assert hit.sha256 == text.sha256
            if hit.anchor is not None:
                assert text.text[hit.anchor.start : hit.anchor.end] == hit.anchor.exact
            marked = [hit.words[a:b] for a, b in hit.marks]
            assert (
                marked == ["guns"] if kind in ("statement", "report") else marked == [hit.anchor and hit.anchor.exact]
            )


def test_earlier_versions_are_not_found(record: Record) -> None:
    assert _hits(record, words="hurt", kind="report") == []
    assert _hits(record, kind="figure", unit="wounded") == []


def test_everything_narrows(record: Record) -> None:
    assert {hit.who for hit in _hits(record, who="Adler")} == {"Jörg R. Adler", "Adler", "Mila Adler"}
    assert [hit.who for hit in _hits(record, words="guns", publisher="capital gazette")] == ["Mila Adler", "Adler"]
    assert [hit.who for hit in _hits(record, since="1958-03-02")] == ["Jörg R. Adler"]
    assert [hit.publisher for hit in _hits(record, kind="report", until="1958-03-01")] == ["Capital Gazette"]
    assert [hit.kind for hit in _hits(record, kind="event", place="saint elie")] == ["event"]
    assert _hits(record, kind="event", who="third army", event_type="MOBILIZE")
    assert _hits(record, kind="figure", unit="killed", who="Adler")
    assert [hit.publisher for hit in _hits(record, kind="report", event_type="PROTEST")] == ["Valley Courier"]
    assert _hits(record, kind="report", words="guns -opened", publisher="Capital Gazette")
    assert _hits(record, words="guns -opened", who="jorg") == []
    assert _hits(record, words="-guns", kind="report", publisher="Capital Gazette") == []


def test_facets_count_hits_and_narrow_to_them(record: Record) -> None:
    assert _facet(record, "publisher", words="guns") == {"Capital Gazette": 2, "Valley Courier": 1}
    assert _facet(record, "month", words="guns", kind="report") == {"1958-03": 2}
    for value, count in _facet(record, "who", words="guns").items():
        assert finds(record, Asked(words="guns", who=value)).found >= count
    assert _facet(record, "event_type", kind="report") == {"ASSAULT": 1, "MOBILIZE": 1, "PROTEST": 1}
    assert _facet(record, "unit", kind="figure") == {"killed": 3}


def test_what_is_no_word_finds_nothing_and_what_is_no_date_is_refused(record: Record) -> None:
    assert _hits(record, words='"(" !') == []
    for wrong in ({"since": "yesterday"}, {"event_type": "WAR"}, {"unit": "furlongs"}):
        with pytest.raises(InputError):
            Asked(**wrong)  # type: ignore[arg-type]


def test_names_are_sought_in_names_alone() -> None:
    asked = Asked(words='AND "b c" -d', who="E*")
    assert expression(asked.terms) == Said(every=('"AND"', '"b c"'), without=('"d"',))
    assert fts5(expression(asked.terms)) == '("AND" AND "b c") NOT ("d")'


@pytest.fixture
def many(tmp_path: Path, engine: str) -> Iterator[Record]:
    made = run(software="x", started=MOMENT)
    with Record.open(tmp_path / "many.db", clock=lambda: MOMENT) as opened:
        for n in range(12):
            b = Builder()
            b.says(b.entity(f"Speaker {n}"), "said", f"the bridge was open {n}")
            b.event("shelled the bridge")
            read = b.annotated(title=f"Report {n}", publisher="Courier", published=f"1958-03-{n + 1:02}")
            opened.add(received(read, f"/{n}"), read, made)
        yield opened


def test_pages_follow_one_another(many: Record) -> None:
    for kind in FINDABLE[:3]:
        asked = Asked(words="bridge", kind=kind, sort="newest")
        whole = [hit.title for hit in finds(many, asked).hits]
        paged = [hit.title for skip in range(0, 12, 5) for hit in finds(many, asked, limit=5, skip=skip).hits]
        assert whole == paged == [f"Report {n}" for n in reversed(range(12))]


def test_more_than_is_looked_at_is_said(many: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onrecord.view.candidates, "MOST", 5)
    monkeypatch.setattr(onrecord.view.asked, "LOOKED", 8)
    for kind in FINDABLE[:3]:
        for words in ("bridge", ""):
            found = finds(many, Asked(words=words, kind=kind))
            assert (found.found, found.more) == (5, True), (kind, words)


def test_what_an_outlet_or_a_day_narrows_is_sought_to_the_end(many: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onrecord.view.asked, "LOOKED", 3)
    for kind in FINDABLE[:3]:
        found = finds(many, Asked(words="bridge", kind=kind, until="1958-03-02"))
        assert ([hit.title for hit in found.hits], found.more) == (["Report 1", "Report 0"], False), kind
        assert finds(many, Asked(words="bridge", kind=kind, publisher="courier")).more


def test_an_excerpt_keeps_what_was_found() -> None:
    words = "one " * 100 + "two " + "one " * 100
    cut, marks = excerpt(words, [(400, 403)], most=50)
    assert [cut[a:b] for a, b in marks] == ["two"]
    assert len(cut) < 60
    assert excerpt("x" * 100, [(40, 100)], most=20)[0].count("x") == 20


def test_what_stands_around_an_event_is_cut_between_words(tmp_path: Path, engine: str) -> None:
    filler = "the negotiators adjourned without publishing anything " * 9
    for before, after in (("", filler), (filler, ""), (filler, filler)):
        b = Builder()
        b.write(before)
        b.event("shelled the road", "ASSAULT")
        b.write(f" {after}".rstrip())
        with Record.open(tmp_path / f"{len(before)}-{len(after)}.db") as record:
            record.add(received(b.annotated(), "/talks"), b.annotated())
            (hit,) = _hits(record, kind="event")
        kept = hit.words.removeprefix("… ").removesuffix(" …")
        text = b.annotated().report.text
        assert set(kept.split()) <= set(text.split()), hit.words
        assert hit.words.startswith("… ") is bool(before)
        assert hit.words.endswith(" …") is bool(after)
