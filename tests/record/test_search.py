from __future__ import annotations

import pytest
from msgspec.structs import replace

from onrecord.errors import InputError
from onrecord.model import Annotated
from onrecord.record.provenance import Run
from onrecord.record.store import Record

from .builder import Builder, plain, received


def armistice() -> Annotated:
    b = Builder()
    said = b.says(b.entity("Tomás Rey"), "said", "the armistice holds in ")
    b.write("Elsewhere ")
    b.says(b.entity("Ines Kalt"), "warned", "shelling has begun again", act="warns")
    b.write("In ")
    town = b.place("Bad Irgend")
    b.write(" troops ")
    b.event("fired on the market", place=town)
    assert said.id == "a1"
    return b.annotated(title="Armistice holds", publisher="Morning Post", published="1951-07-10")


def inside() -> Annotated:
    """A statement that holds a place and an event."""
    b = Builder()
    speaker = b.entity("Tomás Rey")
    b.write(" told us that in ")
    town = b.place("Port Orel")
    b.write(" guards ")
    event = b.event("shot at a crowd", place=town)
    start = b.text.index("in Port")
    b.says(speaker, "he added", "", content_span=(start, event.trigger[1]))
    return b.annotated(publisher="Evening Post", published="1951-08-02T10:00:00+02:00")


@pytest.fixture
def filled(record: Record, first_run: Run) -> Record:
    for address, each in (("/a", armistice()), ("/b", inside()), ("/c", plain("An armistice of a kind."))):
        record.add(received(each, address), each, first_run)
    return record


def found(record: Record, *args: object, **options: object) -> list[tuple[str, str | None]]:
    addresses = {record.annotated(a).report.id: a for a in ("/a", "/b", "/c")}
    return [(addresses[hit.report_id], hit.id) for hit in record.search(*args, **options)]  # type: ignore[arg-type]


def test_statements_come_before_reports(filled: Record) -> None:
    assert found(filled, "armistice") == [("/a", "a1"), ("/c", None), ("/a", None)]
    assert found(filled, "armistice", kind="statement") == [("/a", "a1")]
    assert found(filled, "armistice", kind="report", limit=1) == [("/c", None)]


def test_case_and_accents_do_not_matter_and_words_must_all_be_there(filled: Record) -> None:
    assert found(filled, "TOMAS armistice", kind="statement") == [("/a", "a1")]
    assert found(filled, "armistice crowd") == []


def test_phrases_beginnings_and_what_is_left_out(filled: Record) -> None:
    assert found(filled, '"armistice holds"', kind="report") == [("/a", None)]
    assert found(filled, '"holds armistice"') == []
    assert found(filled, "armis*", kind="report") == [("/c", None), ("/a", None)]
    assert found(filled, "armis", kind="report") == []
    assert found(filled, "armistice -kind", kind="report") == [("/a", None)]
    assert found(filled, '-"armistice" -crowd', kind="statement") == [("/a", "a2")]


def test_statements_of_a_speaker(filled: Record) -> None:
    assert found(filled, speaker="rey") == [("/b", "a1"), ("/a", "a1")]
    assert found(filled, "armistice", speaker="Tomas") == [("/a", "a1")]
    assert found(filled, speaker="nobody") == []
    assert found(filled, speaker="—") == []


def test_statements_by_what_they_do(filled: Record) -> None:
    assert found(filled, act="warns") == [("/a", "a2")]
    assert found(filled, act="asserts") == [("/b", "a1"), ("/a", "a1")]
    assert found(filled, speaker="Rey", act="warns") == []
    with pytest.raises(InputError, match="'WARNS' is no act; give one of asserts"):
        filled.search(act="WARNS")


def test_what_is_not_said_to_be_done_is_not_found_as_done(record: Record, first_run: Run) -> None:
    b = Builder()
    refused = b.says(b.entity("Tomás Rey"), "did not promise", "to stay", act="promises")
    one = b.annotated()
    one = replace(one, attributions=(replace(refused, negated=True),))
    record.add(received(one, "/a"), one, first_run)
    assert record.search(act="promises") == ()
    assert len(record.search(speaker="Rey")) == 1


def test_filters_by_publisher_and_date(filled: Record) -> None:
    assert found(filled, publisher="MORNING post", kind="report") == [("/a", None)]
    assert found(filled, since="1951-08", kind="report") == [("/b", None)]
    assert found(filled, since="1951", until="1951-07", kind="report") == [("/a", None)]
    assert found(filled, until="1951-08-02", kind="report") == [("/b", None), ("/a", None)]


def test_places_and_events_count_where_they_stand(filled: Record) -> None:
    assert found(filled, place="irgend") == [("/a", None)]
    assert found(filled, place="Orel") == [("/b", "a1"), ("/b", None)]
    assert found(filled, event_type="assault") == [("/b", "a1"), ("/b", None), ("/a", None)]
    assert found(filled, event_type="AID") == []


def test_no_date_and_no_event_type_are_said(filled: Record) -> None:
    with pytest.raises(InputError, match="'1951-13' is no date; give YYYY"):
        filled.search("x", since="1951-13")
    with pytest.raises(InputError, match="'WAR' is no event type; give one of AGREE"):
        filled.search("x", event_type="WAR")


def test_hits_show_the_exact_words_and_where_they_stand(filled: Record) -> None:
    statement, _, report = filled.search("armistice")
    assert (statement.speaker, statement.snippet) == ("Tomás Rey", "the armistice holds in ")
    assert [a.exact for a in statement.anchors] == ["the armistice holds in "]
    assert [(a.field, a.exact) for a in report.anchors] == [("text", "armistice")]
    title = filled.search('"armistice holds"', kind="report")[0]
    assert [(a.field, a.exact) for a in title.anchors] == [("text", "armistice holds")]


def test_words_of_the_title_are_found_in_the_title(record: Record, first_run: Run) -> None:
    each = plain("Nothing else.", title="A truce at last")
    record.add(received(each, "/t"), each, first_run)
    (hit,) = record.search("truce")
    assert (hit.snippet, [(a.field, a.start, a.exact) for a in hit.anchors]) == (
        "A truce at last", [("title", 2, "truce")]
    )  # fmt: skip


def test_only_what_stands_in_the_latest_version_is_found(record: Record, first_run: Run) -> None:
    for text in ("The truce holds.", "The siege goes on."):
        record.add(received(plain(text), "/v"), plain(text), first_run)
    assert record.search("truce") == ()
    assert len(record.search("siege")) == 1


def test_a_snippet_of_a_long_report_is_cut_at_spaces(record: Record, first_run: Run) -> None:
    text = "word " * 200 + "armistice " + "word " * 200
    record.add(received(plain(text), "/l"), plain(text), first_run)
    (hit,) = record.search("armistice")
    assert hit.snippet.startswith("…word ")
    assert hit.snippet.endswith(" word…")
    assert len(hit.snippet) < 200


def test_texts_with_the_index_own_marks_are_found(record: Record, first_run: Run, engine: str) -> None:
    text = "An \ufdd0armistice\ufdd1 here."
    record.add(received(plain(text), "/m"), plain(text), first_run)
    (hit,) = record.search("here")
    # SQLite's index marks what it finds with these characters; then no anchor is better than a wrong one.
    assert [anchor.exact for anchor in hit.anchors] == ([] if engine == "sqlite" else ["here"])
    assert hit.snippet == text
