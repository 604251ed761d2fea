"""A team's own words are read as the package's are; without them every reading stays as it is, to the byte."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import onrecord
from onrecord.annotators.settings import Settings
from onrecord.batch import Addition, additions
from onrecord.codebook import Codebook
from onrecord.codebook.model import Actor, Cue, EventWords, Outlet, OwnPlace, OwnRole, UnitWords
from onrecord.export.redacted import redacted
from onrecord.model import Annotated
from onrecord.read.original import Original, Received
from onrecord.read.text import report
from onrecord.record.provenance import current_run
from onrecord.record.store import Record
from onrecord.wire import encode

TEXT = (
    "Umm Salim thundered that rebels had droned a convoy near Camp Thornmere on Friday. "
    "Troops captured 12 manpads, Halyard Online reported."
)
OWN = Codebook(
    cues=(Cue(words=("thunder",), manner="said", act="warns"),),
    events=(EventWords(type="ASSAULT", mode="loitering-munition", cameo="195", verbs=("drone",), beside=("convoy",)),),
    units=(UnitWords(unit="weapons", nouns=("manpads",)),),
    actors=(
        Actor(name="Amina Idris", type="person", other_names=("Umm Salim",), country="SDN", sector="REB",
              roles=(OwnRole(role="governor", sector="GOV", since=date(2020, 6, 1), until=date(2022, 3, 31)),)),
    ),
    places=(OwnPlace(name="Camp Thornmere", country="SDN", lat=13.62, lon=25.35),),
    outlets=(Outlet(name="Halyard", domains=("halyard.example",), other_names=("Halyard Online",)),),
)  # fmt: skip


def read(day: str | None = "2021-03-06", codebook: Codebook = OWN) -> Annotated:
    return onrecord.annotate(TEXT, published=day, codebook=codebook, models=False)


@pytest.fixture(scope="module")
def reading() -> Annotated:
    return read()


def words(*spans: tuple[int, int]) -> list[str]:
    return [TEXT[slice(*span)] for span in spans]


def test_an_own_cue_makes_an_attribution_with_its_act(reading: Annotated) -> None:
    (said,) = (a for a in reading.attributions if words(*a.cue.spans) == ["thundered"])
    assert (said.act, words(*said.source.spans)) == ("warns", ["Umm Salim"])
    assert not any(words(*a.cue.spans) == ["thundered"] for a in read(codebook=Codebook()).attributions)


def test_an_own_event_word_has_its_type_and_mode_where_its_condition_is_met(reading: Annotated) -> None:
    (event,) = (e for e in reading.events if words(e.trigger) == ["droned"])
    assert (event.type, event.mode, event.cameo) == ("ASSAULT", "loitering-munition", "195")
    other = onrecord.annotate("Rebels droned a village.", codebook=OWN, models=False)
    assert all(e.mode != "loitering-munition" for e in other.events)


def test_an_own_unit_word_gives_a_number_its_unit(reading: Annotated) -> None:
    assert [(f.text, f.unit) for f in reading.figures] == [("12", "weapons")]
    assert [f.unit for f in read(codebook=Codebook()).figures] != ["weapons"]


@pytest.mark.parametrize(("day", "sector"), [("2021-03-06", "GOV"), ("2022-04-01", "REB"), (None, "REB")])
def test_an_actor_s_sector_is_that_of_the_role_on_the_day_of_the_report(day: str | None, sector: str) -> None:
    (actor,) = (e for e in read(day).entities if e.name == "Umm Salim")
    assert (actor.type, actor.country, actor.sector) == ("person", "SDN", sector)
    assert actor.ids == {"codebook": "Amina Idris"}


def test_an_own_place_has_its_point_and_the_event_that_happened_there(reading: Annotated) -> None:
    (place,) = reading.places
    assert (place.lat, place.lon, place.precision, place.admin) == (13.62, 25.35, "settlement", ("Sudan",))
    assert place.id in {e.place for e in reading.events}


def test_an_own_outlet_is_a_source_of_the_kind_outlet(reading: Annotated) -> None:
    (said,) = (a for a in reading.attributions if words(*a.cue.spans) == ["reported"])
    assert said.source.kind == "outlet"


def test_an_outlet_is_the_publisher_by_its_domain_or_another_name_where_a_report_does_not_say_otherwise() -> None:
    def publisher(**given: str) -> str | None:
        return onrecord.annotate("Talks failed.", codebook=OWN, models=False, **given).report.publisher

    assert publisher(url="https://www.halyard.example/1") == "Halyard"
    assert publisher(publisher="halyard online") == "Halyard"
    assert publisher(publisher="Norvale Ledger", url="https://halyard.example/1") == "Norvale Ledger"
    assert publisher(url="https://nothalyard.example/1") is None


def test_without_own_words_a_reading_is_the_same_to_the_byte() -> None:
    plain = encode(onrecord.annotate(TEXT, published="2021-03-06"))
    unheard = Codebook(
        cues=(Cue(words=("gainsay",), manner="said", act="denies"),),
        events=(EventWords(type="PROTEST", verbs=("chant",)),),
        units=(UnitWords(unit="weapons", nouns=("bazookas",)),),
        actors=(Actor(name="Norvale Guard", type="armed-force"),),
        places=(OwnPlace(name="Lowmoor Camp", country="SDN", lat=1, lon=2),),
    )
    assert encode(onrecord.annotate(TEXT, published="2021-03-06", codebook=Codebook())) == plain
    assert encode(onrecord.annotate(TEXT, published="2021-03-06", codebook=unheard)) == plain


def test_a_run_has_the_digest_of_its_codebook_and_one_without_is_as_it_was() -> None:
    plain, own = current_run(Settings()), current_run(Settings(codebook=OWN))
    assert plain.settings == '{"models":true}'
    assert json.loads(own.settings) == {"models": True, "codebook": f"sha256:{OWN.digest}"}
    assert plain.digest != own.digest
    assert plain.models == own.models


def test_the_record_reads_a_report_again_by_another_codebook_and_not_by_the_same(tmp_path: Path) -> None:
    made = report(TEXT, id="one", published="2021-03-06")
    received = Received(made, Original("/one.txt", "text/plain", "utf-8", TEXT.encode(), ((0, 0, len(TEXT)),)))

    def outcome(record: Record, codebook: Codebook) -> str:
        (added,) = additions(record, [received], Settings(models=False, codebook=codebook))
        assert isinstance(added, Addition)
        return added.outcome

    with Record.open(tmp_path / "r.db") as record:
        outcomes = [outcome(record, codebook) for codebook in (Codebook(), Codebook(), OWN, OWN, Codebook())]
    assert outcomes == ["new report", "unchanged", "re-read", "unchanged", "unchanged"]


def test_a_redacted_reading_has_no_name_from_the_codebook(reading: Annotated) -> None:
    assert b"Amina" in encode(reading)
    assert "Amina" not in json.dumps(redacted(reading))
