"""Who is meant by a name, across reports: all spellings, roles with dates, suggestions apart, people's decisions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from onrecord.cli import main
from onrecord.model import Annotated
from onrecord.record.provenance import run
from onrecord.record.store import Record
from onrecord.view.who import Actor, who

from .reports import Builder, received

MOMENT = datetime(2024, 5, 1, 12, tzinfo=UTC)


def told(
    *names: str, role: str | None = None, country: str | None = None, published: str | None = None, first: str = ""
) -> Annotated:
    """A report of people, each of whom says something; `first` are words before, which move what stands after them."""
    b = Builder()
    b.write(first)
    for name in names:
        person = b.entity(name, role=role, country=country)
        b.says(person, "said", f"the bridge at {name.split()[-1]} was open")
    return b.annotated(published=published)


def add(record: Record, address: str, annotated: Annotated, *, later: int = 0) -> str:
    done = record.add(received(annotated, address), annotated, run(software="x", started=MOMENT + timedelta(later)))
    return done.report_id


@pytest.fixture
def record(tmp_path: Path, engine: str) -> Iterator[Record]:
    with Record.open(tmp_path / "who.db", clock=lambda: MOMENT) as opened:
        add(opened, "/1", told("Volodymyr Zelensky", role="President", country="UKR", published="2024-02-01"))
        add(opened, "/2", told("Vladimir Zelenskiy", role="President", country="UKR", published="2024-03-01"))
        add(opened, "/3", told("Zelenskyy", role="President", country="UKR", published="2024-03-09"))
        add(opened, "/4", told("Zelenskyy", published="2024-04-01"))
        add(opened, "/5", told("Olena Zelenska", country="UKR", published="2024-04-02"))
        yield opened


def names(actors: tuple[Actor, ...]) -> list[tuple[str, int]]:
    return [(actor.name, len(actor.reports)) for actor in actors]


@pytest.mark.parametrize("asked", ["Zelensky", "zelenskiy", "Volodymyr Zelenskyi", "VLADIMIR ZELENSKY"])
def test_any_spelling_finds_the_one_actor_with_all_of_them(record: Record, asked: str) -> None:
    found = next(actor for actor in who(record, asked).actors if len(actor.reports) > 1)
    assert len(found.reports) == 4
    assert set(found.spellings) == {"Volodymyr Zelensky", "Vladimir Zelenskiy", "Zelenskyy"}
    assert len(found.said) == 4
    assert [moment.published for moment in found.said] == ["2024-02-01", "2024-03-01", "2024-03-09", "2024-04-01"]
    assert len(found.entries) == 4


def test_another_of_the_family_stays_apart(record: Record) -> None:
    assert names(who(record, "Zelenska").actors) == [("Olena Zelenska", 1)]


def test_roles_have_the_dates_at_which_reports_state_them(record: Record) -> None:
    add(record, "/6", told("Volodymyr Zelensky", role="candidate", country="UKR", published="2019-03-01"))
    (found,) = who(record, "Volodymyr Zelensky").actors
    assert [(held.role, held.first, held.last, len(held.reports)) for held in found.held] == [
        ("candidate", "2019-03-01", "2019-03-01", 1),
        ("President", "2024-02-01", "2024-03-09", 3),
    ]


def test_a_role_without_a_date_has_none(record: Record) -> None:
    add(record, "/7", told("Ines Quell", role="mayor"))
    (found,) = who(record, "Quell").actors
    assert [(held.role, held.first, held.last) for held in found.held] == [("mayor", None, None)]


def test_what_may_be_the_same_is_listed_apart(record: Record) -> None:
    add(record, "/8", told("Orla Venn", role="envoy", country="NOR", published="2024-04-01"))
    add(record, "/9", told("Venn", published="2024-04-02"))
    found = {actor.name: actor for actor in who(record, "Venn").actors}
    assert {name: len(actor.reports) for name, actor in found.items()} == {"Orla Venn": 1, "Venn": 1}
    (other,) = found["Orla Venn"].may_be
    assert (other.name, other.reports, other.because) == ("Venn", 1, "one name alone")
    assert other.entry in found["Venn"].entries


def test_an_acronym_finds_the_body_of_the_table(record: Record) -> None:
    b = Builder()
    force = b.entity("Rapid Support Forces", kind="armed-force", country="SDN")
    b.event("shelled the market", actors=(force,))
    add(record, "/10", b.annotated())
    (found,) = who(record, "rsf").actors
    assert (found.name, [moment.words for moment in found.did]) == ("Rapid Support Forces", ["shelled the market"])


def test_a_person_joins_and_parts_entities(record: Record) -> None:
    one = add(record, "/11", told("Mira Tal", country="NOR", published="2024-04-01"))
    other = add(record, "/12", told("Ines Quell", country="NOR", published="2024-04-02"))
    third = add(record, "/13", told("Mira Tal", country="NOR", published="2024-04-03"))
    record.correct("link", f"{one}:e1", field="same-entity", other=f"{other}:e1", author="A. B.", reason="pen name")
    (found,) = who(record, "Ines Quell").actors
    assert set(found.spellings) == {"Mira Tal", "Ines Quell"}
    assert len(found.reports) == 3
    record.correct("unlink", f"{one}:e1", field="same-entity", other=f"{third}:e1", author="A. B.", reason="namesake")
    actors = who(record, "Mira Tal").actors
    assert names(actors) == [("Ines Quell", 2), ("Mira Tal", 1)]
    assert all(actor.may_be == () for actor in actors)


def test_a_decision_is_found_again_after_another_reading(record: Record) -> None:
    one = add(record, "/11", told("Mira Tal", "Ada Holm", published="2024-04-01"))
    other = add(record, "/12", told("Ines Quell", published="2024-04-02"))
    record.correct("link", f"{one}:e2", field="same-entity", other=f"{other}:e1", author="A. B.", reason="pen name")
    read = told("Mira Tal", "Ada Holm", published="2024-04-01")
    first, second = read.entities
    renamed = (msgspec.structs.replace(second, id="e1"), msgspec.structs.replace(first, id="e2"))
    again = msgspec.structs.replace(read, entities=renamed, attributions=())
    add(record, "/11", again, later=1)
    (found,) = who(record, "Ada Holm").actors
    assert set(found.spellings) == {"Ada Holm", "Ines Quell"}
    assert names(who(record, "Mira Tal").actors) == [("Mira Tal", 1)]


def test_an_undone_decision_does_not_count(record: Record) -> None:
    one = add(record, "/11", told("Mira Tal", published="2024-04-01"))
    other = add(record, "/12", told("Ines Quell", published="2024-04-02"))
    made = record.correct("link", f"{one}:e1", field="same-entity", other=f"{other}:e1", author="A. B.", reason="x")
    record.undo(made.correction.number, author="A. B.", reason="not so")
    assert names(who(record, "Mira Tal").actors) == [("Mira Tal", 1)]


def test_the_command_shows_roles_with_dates_and_suggestions(record: Record) -> None:
    add(record, "/8", told("Orla Venn", role="envoy", country="NOR", published="2024-04-01"))
    add(record, "/9", told("Venn", published="2024-04-02"))
    shown = CliRunner().invoke(main, ["-r", str(record.path), "who", "Orla", "Venn"], prog_name="onrecord")
    text = " ".join(shown.output.split())
    assert "roles, as reported: envoy (2024-04-01)" in text
    assert "may also be: Venn (" in text
