"""The review: what people decide by its forms changes the record, stays after a re-run, and overwrites nothing."""

from __future__ import annotations

import html
import re
import shutil
import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import onrecord
from onrecord.annotators.reading import annotated
from onrecord.annotators.settings import Settings
from onrecord.model import Annotated
from onrecord.read.original import Original, Received
from onrecord.read.text import report
from onrecord.reconcile.linkers import EVENTS, FIGURES, STATEMENTS
from onrecord.reconciling import reconcile
from onrecord.record.provenance import run
from onrecord.record.store import Record
from onrecord.view.near import near
from onrecord.view.review import queue
from onrecord.web.app import application
from onrecord.web.controls import MODES

from .conftest import BASE

TEXT = (
    "The defence minister, Ada Bjornsen, met envoys on Monday. "
    "She said that forty soldiers had been killed near Korla. "
    "\U0001f6a2 Ships shelled the port of Tarvik, and Ostland threatened to close the strait. "
    "Colonel Ivo Brandt denied that the port had been shelled."
)
FORM = "form_token"


def _received(text: str = TEXT, name: str = "a") -> Received:
    made = report(text, id=name, title="Fighting near Korla", publisher="Tarvik Post", published="1971-05-04")
    return Received(made, Original(f"/{name}", "text/plain", "utf-8", text.encode(), ((0, 0, len(text)),)))


@cache
def _read(text: str = TEXT, name: str = "a") -> Annotated:
    return annotated(_received(text, name).report, Settings(models=False))


@pytest.fixture(scope="module")
def record_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of one report, linked."""
    path = tmp_path_factory.mktemp("review") / "war.db"
    with onrecord.open(path) as opened:
        opened.add(_received(), _read())
        list(reconcile(opened))
    return path


@pytest.fixture
def record(record_file: Path, tmp_path: Path) -> Iterator[Record]:
    """The record as a copy that a test may change."""
    shutil.copy(record_file, tmp_path / "war.db")
    with onrecord.open(tmp_path / "war.db") as opened:
        yield opened


@pytest.fixture
def browser(record: Record) -> TestClient:
    return _browser(record, "R. Okafor")


def _browser(record: Record, name: str) -> TestClient:
    made = TestClient(application(record), base_url=BASE)
    page = made.get("/review")
    token = re.findall(r'name="form_token" value="(\w+)"', page.text)[0]
    made.post("/review/author", data={FORM: token, "author": name})
    return made


def _report(record: Record) -> str:
    return record.search(kind="report", limit=1)[0].report_id


def _form(page: str, do: str) -> dict[str, str]:
    """What the form for something to do holds, as a browser would send it."""
    forms = re.findall(r'<form[^>]*action="/review/decide"[^>]*>(.*?)</form>', page, re.DOTALL)
    (form, *_) = [form for form in forms if f'name="do" value="{do}"' in form]
    given = {}
    for tag in re.findall(r"<input[^>]*>", form):
        kind, name = re.search(r'type="(\w+)"', tag), re.search(r'name="([^"]+)"', tag)
        if name and not (kind and kind[1] in ("radio", "checkbox") and "checked" not in tag):
            value = re.search(r'value="([^"]*)"', tag)
            given[name[1]] = html.unescape(value[1]) if value else ""
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        given[name] = html.unescape(chosen[1]) if chosen else ""
    return given


def _decide(browser: TestClient, name: str, do: str, /, **typed: str) -> tuple[int, str]:
    page = browser.get("/review", params={"at": name}).text
    answer = browser.post("/review/decide", data=_form(page, do) | typed)
    return answer.status_code, answer.text


def _again(record: Record) -> None:
    """The report read again by another version of the software."""
    record.add(_received(), _read(), run(software="onrecord 99.0"))


def test_the_first_of_the_queue_is_shown_with_its_words_and_why_it_is_asked(
    browser: TestClient, record: Record
) -> None:
    first = queue(record).entries[0]
    page = browser.get("/review").text
    assert "Why it is asked:" in page
    assert all(reason in html.unescape(page) for reason in first.reasons)
    (around,) = re.findall(r'<section class="text"[^>]*data-from="0">(.*?)</section>', page, re.DOTALL)
    words = html.unescape(re.sub(r"<[^>]+>", "", around))
    assert TEXT.startswith(words)


@pytest.mark.parametrize("do", ["accept", "reject"])
def test_what_is_decided_leaves_the_queue_stays_after_a_rerun_and_can_be_undone(
    browser: TestClient, record: Record, do: str
) -> None:
    first, second = queue(record).entries[:2]
    name = f"{first.report_id}:{first.entry}"
    before = record.annotated(first.report_id)
    status, page = _decide(browser, name, do)
    assert status == 200
    assert f"Decision 1: {do}ed it" in page
    assert f'value="at={first.report_id}%3A{second.entry}"' in html.unescape(page)
    _again(record)
    assert first.entry not in {one.entry for one in queue(record).entries}
    assert (record.annotated(first.report_id) == before) is (do == "accept")
    (made,) = record.corrections()
    assert (made.author, made.draft.act) == ("R. Okafor", do)
    undo = re.search(r'action="/review/undo">(.*?)</form>', page, re.DOTALL)
    assert undo
    given = dict(re.findall(r'name="(\w+)" value="([^"]*)"', undo[1]))
    assert browser.post("/review/undo", data={k: html.unescape(v) for k, v in given.items()}).status_code == 200
    assert record.annotated(first.report_id) == before
    assert first.entry in {one.entry for one in queue(record).entries}


def test_fields_are_edited_together_and_stay_after_a_rerun(browser: TestClient, record: Record) -> None:
    name = _report(record)
    figure = record.annotated(name).figures[0]
    status, _ = _decide(browser, f"{name}:{figure.id}", "edit", unit="wounded", low="38", high="42", reason="her count")
    assert status == 200
    _again(record)
    (now, *_) = record.annotated(name).figures
    assert (now.unit, now.low, now.high) == ("wounded", 38, 42)
    assert {c.reason for c in record.corrections()} == {"her count"}
    assert list(record.verify()) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"low": "50", "high": "40"}, "more than the most"),
        ({"low": "many"}, "is no number"),
        ({"unit": "dragons"}, "Choose one of the list"),
        ({}, "Nothing was changed"),
    ],
)
def test_a_value_that_does_not_fit_comes_back_with_the_form(
    browser: TestClient, record: Record, typed: dict[str, str], said: str
) -> None:
    name = _report(record)
    figure = record.annotated(name).figures[0]
    status, page = _decide(browser, f"{name}:{figure.id}", "edit", reason="I was there", **typed)
    assert status == 400
    assert said in page
    assert 'value="I was there"' in page
    assert all(f'value="{value}"' in page for field, value in typed.items() if field in ("low", "high"))
    assert record.corrections() == []


def test_words_are_set_by_their_characters_and_counted_in_code_points(browser: TestClient, record: Record) -> None:
    name = _report(record)
    event = next(e for e in record.annotated(name).events if e.type == "ASSAULT")
    start = TEXT.index("shelled the port of")
    status, _ = _decide(browser, f"{name}:{event.id}", "words", part="trigger", start=str(start),
                        end=str(start + len("shelled the port")))  # fmt: skip
    assert status == 200
    status, _ = _decide(browser, f"{name}:{event.id}", "words", part="actors", how="instead",
                        start=str(TEXT.index("Ships")), end=str(TEXT.index("Ships") + 5))  # fmt: skip
    assert status == 200
    now = next(e for e in record.annotated(name).events if e.id == event.id)
    assert TEXT[slice(*now.trigger)] == "shelled the port"
    assert [party.text for party in now.actors] == ["Ships"]
    status, page = _decide(browser, f"{name}:{event.id}", "words", part="trigger", start="9", end="3")
    assert status == 400
    assert "There are no words at 9-3" in page


def test_the_speaker_is_chosen_typed_or_refused(browser: TestClient, record: Record) -> None:
    name = _report(record)
    said = next(a for a in record.annotated(name).attributions if a.act == "denies")
    ada = next(e for e in record.annotated(name).entities if "Ada" in e.name)
    assert _decide(browser, f"{name}:{said.id}", "speaker", entity=ada.id)[0] == 200
    assert _now(record, name, said.id).source.entity == ada.id
    status, page = _decide(browser, f"{name}:{said.id}", "speaker", name="Nobody Atall")
    assert status == 400
    assert "does not name “Nobody Atall”" in html.unescape(page)
    assert _decide(browser, f"{name}:{said.id}", "speaker", name="envoys")[0] == 200
    now = _now(record, name, said.id)
    assert [TEXT[slice(*span)] for span in now.source.spans] == ["envoys"]


def _now(record: Record, name: str, entry: str) -> onrecord.model.Attribution:
    return next(a for a in record.annotated(name).attributions if a.id == entry)


def test_names_are_merged_and_split(browser: TestClient, record: Record) -> None:
    name = _report(record)
    people = [e for e in record.annotated(name).entities if e.type == "person"]
    one, two = people[:2]
    assert _decide(browser, f"{name}:{one.id}", "merge", other=two.id)[0] == 200
    merged = next(e for e in record.annotated(name).entities if e.id == one.id)
    assert set(two.mentions) < set(merged.mentions)
    start, end = two.mentions[0]
    status, _ = _decide(browser, f"{name}:{one.id}", "split", name="The other", mention=f"{start}-{end}")
    assert status == 200
    assert "The other" in {e.name for e in record.annotated(name).entities}


def test_entries_of_two_reports_are_linked_and_unlinked(browser: TestClient, record: Record) -> None:
    other = _received(TEXT.replace("Ships", "Gunboats"), "b")
    record.add(other, _read(other.report.text, "b"))
    names = sorted({hit.report_id for hit in record.search(kind="report")})
    events = [next(e.id for e in record.annotated(name).events if e.type == "ASSAULT") for name in names]
    one, two = (f"{name}:{event}" for name, event in zip(names, events, strict=True))
    status, page = _decide(browser, one, "link", link="same-event", other=two)
    assert status == 200
    assert f'name="other" value="{two}"' in page
    assert [c.draft.act for c in record.corrections()] == ["link"]
    assert _decide(browser, one, "unlink")[0] == 200
    assert [c.draft.act for c in record.corrections()] == ["link", "unlink"]
    status, page = _decide(browser, one, "link", link="same-event", other="nothing:ev1")
    assert status == 404
    assert "no such report" in page
    assert len(record.corrections()) == 2


def test_a_forged_form_changes_nothing(browser: TestClient, record: Record) -> None:
    first = queue(record).entries[0]
    page = browser.get("/review").text
    given = _form(page, "reject") | {FORM: "0" * 64}
    assert browser.post("/review/decide", data=given).status_code == 403
    assert browser.post("/review/undo", data={"numbers": "1"}).status_code == 403
    assert browser.post("/review/author", data={"author": "Evil"}).status_code == 403
    own = _form(page, "reject")
    assert browser.post("/review/decide", data=own, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert record.corrections() == []
    assert queue(record).entries[0] == first


def test_the_second_of_two_people_sees_what_the_first_decided(browser: TestClient, record: Record) -> None:
    name = _report(record)
    figure = record.annotated(name).figures[0]
    at = f"{name}:{figure.id}"
    second = _browser(record, "M. Duval")
    seen = _form(second.get("/review", params={"at": at}).text, "edit")
    assert _decide(browser, at, "accept")[0] == 200
    answer = second.post("/review/decide", data=seen | {"unit": "wounded", "reason": "read twice"})
    assert answer.status_code == 409
    assert "R. Okafor decided about it after you opened it" in answer.text
    assert 'value="read twice"' in answer.text
    assert re.search(r'value="wounded" selected', answer.text)
    assert record.annotated(name).figures[0].unit == figure.unit
    again = _form(answer.text, "edit") | {"unit": "wounded"}
    assert second.post("/review/decide", data=again).status_code == 200
    assert record.annotated(name).figures[0].unit == "wounded"


def test_an_entry_that_was_rejected_meanwhile_is_not_decided_about(browser: TestClient, record: Record) -> None:
    first = queue(record).entries[0]
    at = f"{first.report_id}:{first.entry}"
    second = _browser(record, "M. Duval")
    seen = _form(second.get("/review", params={"at": at}).text, "accept")
    assert _decide(browser, at, "reject")[0] == 200
    answer = second.post("/review/decide", data=seen)
    assert answer.status_code == 409
    assert "R. Okafor" in answer.text
    assert "is not in the current reading" in answer.text


def test_a_busy_record_says_so_and_keeps_what_was_typed(tmp_path: Path) -> None:
    with Record.open(tmp_path / "busy.db", wait=0.1) as record:
        record.add(_received(), _read())
        browser = _browser(record, "R. Okafor")
        name = _report(record)
        at = f"{name}:{record.annotated(name).figures[0].id}"
        other = sqlite3.connect(record.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        status, page = _decide(browser, at, "edit", low="39", reason="I counted")
        other.execute("ROLLBACK")
        other.close()
        assert status == 503
        assert "locked by another program" in page
        assert 'value="39"' in page
        assert 'value="I counted"' in page
        assert record.corrections() == []


def test_a_record_that_cannot_be_written_is_shown_without_forms(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Record, "writable", property(lambda _: False))
    browser = TestClient(application(record), base_url=BASE)
    page = browser.get("/review").text
    assert "cannot be written" in page
    assert 'method="post"' not in page
    assert 'method="post"' not in browser.get("/review/history").text


def test_nobody_decides_without_a_name(record: Record) -> None:
    browser = TestClient(application(record), base_url=BASE)
    page = browser.get("/review").text
    assert "/review/decide" not in page
    token = re.findall(r'name="form_token" value="(\w+)"', page)[0]
    first = queue(record).entries[0]
    at = f"{first.report_id}:{first.entry}"
    seen = re.findall(r'name="seen" value="([^"]+)"', page)[0]
    given = {FORM: token, "do": "accept", "query": f"at={at}", "reason": "seen", "seen": seen}
    answer = browser.post("/review/decide", data=given)
    assert answer.status_code == 400
    assert 'name="author"' in answer.text
    assert 'value="seen"' in answer.text
    given = _form(answer.text, "accept") | {"author": "Zoë  Ångström\n"}
    kept = browser.post("/review/decide", data=given, follow_redirects=False)
    assert kept.status_code == 303
    cookie = kept.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert record.corrections()[0].author == "Zoë Ångström"
    assert "Zoë Ångström" in browser.get("/review").text


def test_a_decision_is_seen_at_once_on_the_reports_page(browser: TestClient, record: Record) -> None:
    name = _report(record)
    figure, event = record.annotated(name).figures[0], record.annotated(name).events[0]
    _decide(browser, f"{name}:{figure.id}", "edit", unit="wounded", reason="misread")
    _decide(browser, f"{name}:{event.id}", "reject")
    page = html.unescape(browser.get(f"/report/{name}").text)
    assert "edited the unit: killed → wounded by <b>R. Okafor</b>" in page
    assert f'id="{event.id}"' not in page
    whole = browser.get(f"/report/{name}?all=1").text
    assert re.search(rf"<s>{TEXT[slice(*event.trigger)]}</s> rejected by <b>R. Okafor</b>", whole)
    entry = browser.get(f"/report/{name}/{figure.id}").text
    assert "R. Okafor" in entry
    assert "misread" in entry


def test_the_history_tells_who_decided_what_and_undoes_it(browser: TestClient, record: Record) -> None:
    assert "Nothing was decided yet" in browser.get("/review/history").text
    name = _report(record)
    figure = record.annotated(name).figures[0]
    _decide(browser, f"{name}:{figure.id}", "edit", unit="wounded", reason="<b>misread</b>")
    page = browser.get("/review/history").text
    assert "R. Okafor" in page
    assert "&lt;b&gt;misread&lt;/b&gt;" in page
    token = re.findall(r'name="form_token" value="(\w+)"', page)[0]
    done = browser.post("/review/undo", data={FORM: token, "numbers": "1", "from": "history"})
    assert str(done.url).endswith("/review/history")
    assert "(undone)" in done.text
    assert record.annotated(name).figures[0].unit == figure.unit
    assert browser.post("/review/undo", data={FORM: token, "numbers": "1", "from": "history"}).status_code == 400
    assert "Nothing was decided that fits" in browser.get("/review/history?author=nobody").text


def test_filters_stay_in_the_address(browser: TestClient) -> None:
    page = html.unescape(browser.get("/review?kind=event&below=0.95&outlet=tarvik+post").text)
    assert "kind=event&outlet=tarvik+post&below=0.95&at=" in page
    assert "Nothing waits here" in browser.get("/review?outlet=Nobody").text
    assert browser.get("/review?kind=dragon&page=x&before=-1&below=nan&done=a,b").status_code == 200
    assert browser.get("/review?report=nothing").status_code == 404
    assert browser.get("/review?at=nothing:a1").status_code == 404


@pytest.mark.parametrize("kind", ["statement", "event", "figure", "name", "time", "place"])
def test_every_kind_of_entry_can_be_looked_at(browser: TestClient, kind: str) -> None:
    page = browser.get(f"/review?kind={kind}").text
    assert 'name="do" value="accept"' in page
    assert 'name="do" value="edit"' in page


def test_a_whole_report_can_be_linked_and_nothing_else(browser: TestClient, record: Record) -> None:
    page = browser.get("/review", params={"at": _report(record)}).text
    assert 'name="do" value="link"' in page
    assert 'name="do" value="reject"' not in page


def test_hostile_words_stay_text(tmp_path: Path) -> None:
    text = '<script>alert(1)</script> said \u202ethe army killed 9 people on Monday: "<img src=x onerror=alert(1)>".'
    with onrecord.open(tmp_path / "war.db") as record:
        name = '"><script>alert(2)</script>'
        record.add(_received(text, name), _read(text, name))
        browser = _browser(record, "<script>alert(3)</script>")
        for one in queue(record, kinds=("statement", "event", "figure", "name")).entries:
            page = browser.get("/review", params={"at": f"{one.report_id}:{one.entry}"}).text
            assert "<script>alert" not in page
            assert "<img src=x" not in page
            assert "\u202e" not in page
            assert not re.search(r"<style|\sstyle=|\son\w+=\"", page)


def test_other_reports_count_where_there_are_links_and_nowhere_else(demo: Record) -> None:
    rules = {"statement": STATEMENTS, "event": EVENTS, "figure": FIGURES}
    every = queue(demo, limit=500).entries
    told = [one for one in every if any("of it too" in reason for reason in one.reasons)]
    assert told
    assert told == [one for one in every if near(demo, rules[one.kind], [(one.report_id, one.entry)], steps=1)]


def test_modes_are_those_of_the_codebook() -> None:
    rules = (Path(__file__).parents[2] / "docs" / "coding-rules.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| ([A-Z]+) \| ([a-z, -]+) \|$", rules.split("### Modes")[1].split("###")[0], re.MULTILINE)
    assert {kind: tuple(modes.split(", ")) for kind, modes in table} == dict(MODES)
