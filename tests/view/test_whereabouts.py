"""Places are counted by the events that reports tell of them, and what happened at each is what was counted."""

from __future__ import annotations

from onrecord.record.store import Record
from onrecord.view.whereabouts import Box, happened_at, whereabouts


def test_each_place_lists_the_events_that_it_counts(ferry: Record) -> None:
    found = whereabouts(ferry)
    assert {spot.name for spot in found.spots} >= {"Damascus", "Aleppo", "Syria", "Lagos", "Black Sea"}
    for spot in found.spots:
        moments, more = happened_at(ferry, spot.key, geonames=spot.geonames)
        assert len(moments) == spot.events
        assert not more
        assert len({one.report_id for one in moments}) == spot.reports


def test_precision_is_kept(ferry: Record) -> None:
    exact = {spot.name: spot.precision for spot in whereabouts(ferry).spots}
    assert (exact["Damascus"], exact["Idlib"], exact["Syria"], exact["Black Sea"]) == (
        "settlement", "region", "country", "area")  # fmt: skip


def test_places_are_narrowed(ferry: Record) -> None:
    def names(**narrowed: object) -> set[str]:
        return {spot.name for spot in whereabouts(ferry, **narrowed).spots}  # type: ignore[arg-type]

    assert names(event_type="CONSULT") == {"Ankara"}
    assert names(who="navy") == {"Black Sea"}
    assert names(place="damascus") == {"Damascus"}
    assert names(box=Box(35, 32, 43, 37.5)) == {"Damascus", "Aleppo", "Idlib", "Syria"}
    assert names(since="2032") == set()


def test_events_at_a_place_come_in_pages(ferry: Record) -> None:
    syria = next(spot for spot in whereabouts(ferry).spots if spot.name == "Syria")
    assert happened_at(ferry, syria.key, geonames=syria.geonames, page=2) == ((), False)
    assert happened_at(ferry, syria.key, geonames=1) == ((), False)
