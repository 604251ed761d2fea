"""What a report's page asks: where else it stands, notices about it, linked accounts, decisions, its original."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import onrecord
from onrecord.errors import RecordError
from onrecord.read.original import Original, Received
from onrecord.read.text import report
from onrecord.reconcile.linkers import EVENTS, FIGURES, STATEMENTS
from onrecord.reconciling import reconcile
from onrecord.record.store import Record
from onrecord.view.corrections import decisions_on
from onrecord.view.differences import side_by_side
from onrecord.view.linked import links
from onrecord.view.linked_accounts import linked_accounts
from onrecord.view.notices import notices, notices_concerning
from onrecord.view.original import original
from onrecord.view.origins import origins
from onrecord.view.republished import republished

WHO = {"author": "A. Reader", "reason": "asked both desks"}
STORY = (
    "Rebels seized the river port of Anselm on Tuesday, Governor Maro Tesh said, cutting the only road to the capital. "
    'At least 14 soldiers were killed in the fighting. "We will take the town back before the week ends", Tesh said. '
    "Hundreds of families fled south with what they could carry. "
)
TEXTS = (
    ("one", "Kestrel Wire", "1958-03-04", f"LENTOR (Kestrel) - {STORY}"),
    ("two", "Valley Courier", "1958-03-05", f"LENTOR (Kestrel) - {STORY} The talks go on."),
    (
        "three",
        "Harbour Post",
        "1958-03-06",
        "The harvest began two weeks early. A barn fell in, and 3 people were wounded.",
    ),
)


@pytest.fixture
def record(tmp_path: Path, engine: str) -> Iterator[Record]:
    """Three reports, of which two are copies; the second has a later version with a correction."""
    with onrecord.open(tmp_path / "war.db") as opened:
        for name, publisher, published, text in TEXTS:
            _add(opened, name, publisher, published, text)
        corrected = TEXTS[1][3].replace("14", "12")
        notice = "Correction: An earlier version of this report misstated the number of the dead. It was 12.\n\n"
        _add(opened, "two", "Valley Courier", "1958-03-07", notice + corrected)
        list(reconcile(opened))
        yield opened


def _add(record: Record, name: str, publisher: str, published: str, text: str) -> None:
    given = {"id": name, "title": "Port falls", "publisher": publisher, "published": published}
    made = report(text, **given)  # type: ignore[arg-type]
    kept = Original(f"/{name}", "text/plain", "utf-8", text.encode(), ())
    read = onrecord.annotate(text, id=name, title="Port falls", publisher=publisher, published=published, models=False)
    record.add(Received(made, kept), read)


def test_copies_are_those_that_the_whole_record_knows(record: Record) -> None:
    found = republished(record, "one")
    assert [other.report_id for other in found.others] == ["two"]
    assert (found.counts.reports, found.counts.origins) == (2, 1)
    (link,) = origins(record, "one").links
    assert found.others[0].because == link.because
    assert found.others[0].first == "this"
    other_way = republished(record, "two").others[0]
    assert other_way.first == "other"
    assert (other_way.share, other_way.share_there) == (found.others[0].share_there, found.others[0].share)


def test_a_report_without_copies_is_its_own_origin(record: Record) -> None:
    found = republished(record, "three")
    assert found.others == ()
    assert (found.counts.reports, found.counts.origins) == (1, 1)


def test_what_people_linked_as_copies_is_said_to_be_theirs(record: Record) -> None:
    record.correct("link", "one", other="three", field="copy-of", **WHO)
    by_hand = [other for other in republished(record, "three").others if other.kind == "linked"]
    assert [(other.report_id, other.because) for other in by_hand] == [("one", "A. Reader: asked both desks")]
    record.correct("unlink", "one", other="two", field="copy-of", **WHO)
    assert [other.report_id for other in republished(record, "one").others] == ["three"]


def test_notices_that_concern_a_report_are_those_of_the_whole_record_about_it(record: Record) -> None:
    every = notices(record)
    assert every
    for name in ("one", "two", "three"):
        about = tuple(n for n in every if n.report_id == name or (n.about is not None and n.about.id == name))
        assert notices_concerning(record, name) == about
    record.correct("link", "two", other="three", field="corrects", **WHO)
    (told,) = notices_concerning(record, "three")
    assert (told.report_id, told.about and told.about.because) == ("two", "A. Reader: asked both desks")


@pytest.mark.parametrize("rule", [EVENTS, STATEMENTS, FIGURES])
def test_linked_accounts_are_all_links_of_an_entry(record: Record, rule: str) -> None:
    every = links(record, rule)
    assert every or rule == FIGURES
    for asked in {end for link in every for end in (link.a, link.b)}:
        found = linked_accounts(record, *asked, rule)
        theirs = {link.b if link.a == asked else link.a for link in every if asked in (link.a, link.b)}
        assert {(one.report_id, one.entry) for one in found.accounts} == theirs
        assert found.known == len(theirs)
        for one in found.accounts:
            assert f"{one.before}{one.words}{one.after}".strip("… ") in record.annotated(one.report_id).report.text


def test_only_the_surest_accounts_are_given_and_all_are_counted(record: Record) -> None:
    (link, *_) = links(record, STATEMENTS)
    found = linked_accounts(record, *link.a, STATEMENTS, most=0)
    assert found.accounts == ()
    assert found.known >= 1


def test_a_link_by_a_person_is_told_from_one_by_rule(record: Record) -> None:
    one, three = record.annotated("one").figures[0].id, record.annotated("three").figures[0].id
    record.correct("link", f"one:{one}", other=f"three:{three}", field="same-figure", **WHO)
    by_hand = [other for other in linked_accounts(record, "three", three, FIGURES).accounts if other.report_id == "one"]
    assert [other.by_hand for other in by_hand] == [True]


def test_decisions_on_an_entry_are_its_own_and_links_that_others_have_with_it(record: Record) -> None:
    one, three = record.annotated("one").figures[0].id, record.annotated("three").figures[0].id
    event = record.annotated("one").events[0].id
    record.correct("accept", f"one:{event}", **WHO)
    record.correct("edit", f"three:{three}", field="unit", value="aid", **WHO)
    linked = record.correct("link", f"one:{one}", other=f"three:{three}", field="same-figure", **WHO)
    assert [made.status for made in decisions_on(record, "three", three)] == ["applied", "standing"]
    record.undo(linked.correction.number, **WHO)
    assert [made.status for made in decisions_on(record, "three", three)] == ["applied", "undone"]
    assert [made.what for made in decisions_on(record, "one", event)] == [f"accept one:{event}"]


def test_the_original_is_what_arrived_to_the_byte(record: Record) -> None:
    kept = original(record, "two", version=1)
    assert kept.data.decode() == TEXTS[1][3]
    assert original(record, "two").number == 2
    with pytest.raises(RecordError):
        original(record, "two", version=3)


def test_versions_and_reports_are_laid_side_by_side(record: Record) -> None:
    made = side_by_side(record, ("two", 1), ("two", None))
    assert (made.a.number, made.b.number, made.b.latest) == (1, 2, 2)
    assert made.lines is not None
    assert {line.kind for line in made.lines} == {"shared", "changed", "added"}
    (changed,) = [line for line in made.lines if line.kind == "changed"]
    assert "14" in (changed.a or "")
    assert "12" in (changed.b or "")
    assert side_by_side(record, ("one", None), ("two", 1)).share_a == 1.0
    assert side_by_side(record, ("two", 1), ("two", 2), longest=100).lines is None


def test_linked_accounts_are_cut_between_words(record: Record) -> None:
    other = linked_accounts(record, "one", record.annotated("one").attributions[-1].id, STATEMENTS).accounts[0]
    text = record.annotated("two").report.text
    around = other.before + other.words + other.after
    assert around.startswith("… ")
    assert set(around.replace("…", " ").split()) <= set(text.split())
