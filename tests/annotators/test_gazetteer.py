from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.annotators import gazetteer as module
from onrecord.annotators.forms import acronym_key, key, skeleton, within_edits
from onrecord.annotators.gazetteer import cache_folder, gazetteer


def names_of(text: str) -> list[str]:
    return [spot.name for spot in gazetteer().spots(text)]


def test_spellings_with_accents_hyphens_and_case_find_the_same_place() -> None:
    assert names_of("deir EZ-ZOR")[0] == names_of("Deir ez-Zor")[0]
    assert key("Côte d’Ivoire") == key("Cote d'Ivoire")
    assert key("Saint Petersburg") == key("St. Petersburg")


def test_a_short_name_in_capitals_is_not_the_word() -> None:
    assert names_of("US") == names_of("U.S.") == ["United States"]
    assert "United States" not in names_of("us")
    assert acronym_key("Oman") is None


def test_every_country_and_state_has_a_point_and_an_id() -> None:
    for iso2 in ("SD", "UA", "PS", "XK", "TW"):
        spot = gazetteer().country(iso2)
        assert spot is not None
        assert spot.kind == "country"
        assert spot.geonames
    texas = gazetteer().division("US.TX")
    assert texas is not None
    assert texas.name == "Texas"
    assert gazetteer().country("??") is None


def test_another_transliteration_is_found_only_in_the_country_asked_for() -> None:
    found = gazetteer().spelt_otherwise("Al Fashar", "SD")
    assert [spot.name for spot in found] == ["El Fasher"]
    assert gazetteer().spelt_otherwise("Al Fashar", "UA") == ()
    assert gazetteer().spelt_otherwise("Xyzzy", "SD") == ()


def test_skeletons_agree_for_transliterations_and_edits_are_bounded() -> None:
    assert skeleton(key("Qamishli")) == skeleton(key("Kamishly"))
    assert within_edits("donetsk", "donetzk", 1)
    assert not within_edits("abc", "xyz", 2)
    assert not within_edits("a", "abcd", 2)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A gazetteer of one town, so that building it takes no time."""
    from onrecord.annotators import place_entries
    from onrecord.annotators.place_entries import Entry

    town = Entry("Testtown", 1.0, 2.0, ("SD",), "SD.29", 5, "settlement", "settlement", 7, {"testtown": True}, True)
    monkeypatch.setattr(place_entries, "entries", lambda: iter([town]))
    module._gazetteer.cache_clear()
    yield
    module._gazetteer.cache_clear()


def test_the_index_is_built_once_and_read_from_the_folder_that_the_variable_names(
    small: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_CACHE", str(tmp_path))
    first = gazetteer()
    assert first.path is not None
    assert first.path.parent == cache_folder() == tmp_path
    written = first.path.stat().st_mtime_ns
    module._gazetteer.cache_clear()
    assert gazetteer().spots("Testtown")[0].geonames == 7
    assert first.path.stat().st_mtime_ns == written
    assert [p.name for p in tmp_path.iterdir()] == [first.path.name]


def test_a_broken_index_is_built_again(small: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_CACHE", str(tmp_path))
    path = gazetteer().path
    assert path is not None
    module._gazetteer.cache_clear()
    path.write_bytes(b"not an index" * 100)
    assert gazetteer().spots("Testtown")


def test_without_a_folder_to_write_the_index_is_in_memory_with_a_warning(
    small: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("ONRECORD_CACHE", str(blocked / "below"))
    with caplog.at_level(logging.WARNING):
        found = gazetteer()
    assert found.path is None
    assert found.spots("Testtown")
    assert "ONRECORD_CACHE" in caplog.text


def test_two_builders_at_once_do_no_harm(small: None, tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    builders = [threading.Thread(target=module._build_at, args=(path,)) for _ in range(4)]
    for builder in builders:
        builder.start()
    for builder in builders:
        builder.join()
    assert [p.name for p in tmp_path.iterdir()] == ["index.sqlite"]
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM place").fetchone() == (1,)
    connection.close()
