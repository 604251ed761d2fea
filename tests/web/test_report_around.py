"""Versions, copies, notices, originals and linked entries on a report's pages; long and hostile texts."""

from __future__ import annotations

import gzip
import html
import re
import time
from pathlib import Path
from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

import onrecord
from onrecord.model import SCHEMA, Annotated, Attribution, Content, Cue, Source
from onrecord.read.original import Original, Received
from onrecord.read.text import report
from onrecord.record.provenance import run
from onrecord.record.store import Record
from onrecord.view.differences import side_by_side
from onrecord.web.aligning import rows
from onrecord.web.app import application
from onrecord.web.parts import parts
from onrecord.web.words import entry_path, in_path, report_named, report_path

BASE = "http://localhost"
MOST_SECONDS, LARGEST_PAGE = 1.0, 150_000


def _named(record: Record, words: str) -> str:
    return record.search(words, kind="report", limit=1)[0].report_id


def _corrected(record: Record) -> str:
    return next(hit.report_id for hit in record.search("correction", kind="report"))


def _add(record: Record, text: str, read: Annotated | None = None, **given: str) -> str:
    kept = Original(f"/{given['id']}", "text/html", "utf-8", text.encode(), ())
    annotated = read or onrecord.annotate(text, models=False, **given)  # type: ignore[arg-type]
    return record.add(Received(annotated.report, kept), annotated, run(software="a test")).report_id


def test_versions_are_laid_side_by_side_and_told_apart_by_words(client: TestClient, demo: Record) -> None:
    name = _corrected(demo)
    assert f'href="{report_path(name)}/versions' in client.get(report_path(name)).text
    page = client.get(f"{report_path(name)}/versions?a=1&b=2").text
    assert page.count('<p class="what">Changed</p>') == 1
    assert "Only in version 2" in page
    assert re.search(r"<del>20</del>", page)
    assert re.search(r"<ins>19</ins>", page)
    assert '<p class="what">Same</p>' not in client.get(f"{report_path(name)}/versions?a=1&b=2&only=changes").text
    assert client.get(f"{report_path(name)}/versions").text.count('class="row') == page.count('class="row')
    assert client.get(f"{report_path(name)}/versions?a=1&b=7").status_code == 404


def test_a_report_of_one_version_has_none_to_compare(client: TestClient, demo: Record) -> None:
    name = _named(demo, "Castro sets five conditions")
    assert "/versions" not in client.get(report_path(name)).text
    assert client.get(f"{report_path(name)}/versions").status_code == 400


def test_an_earlier_version_says_so_and_every_link_keeps_to_it(client: TestClient, demo: Record) -> None:
    name = _corrected(demo)
    page = client.get(f"{report_path(name)}?version=1").text
    assert "This is version 1 of 2" in page
    entries = re.findall(rf'href="({re.escape(report_path(name))}/[a-z]+\d+[^"]*)"', page)
    assert entries
    assert all("version=1" in address for address in entries)
    one = client.get(html.unescape(entries[0])).text
    assert "This is from version 1 of 2" in one
    back = re.findall(rf'href="({re.escape(report_path(name))}\?[^"#]*)#w-', one)
    assert back
    assert all("version=1" in address for address in back)


def test_a_notice_stands_at_the_head_of_the_report_that_it_is_about(client: TestClient, demo: Record) -> None:
    page = client.get(report_path(_corrected(demo))).text
    assert page.index('class="alert notice"') < page.index('class="spread"')
    assert "it is about <a" in page


def test_copies_are_named_with_their_reason_and_read_side_by_side(client: TestClient, demo: Record) -> None:
    name = _named(demo, "Quarantine for Cuba as Kennedy reveals missiles")
    page = client.get(report_path(name)).text
    assert "2 reports, 1 independent origin." in page
    assert "sentences shared" in page
    (address,) = re.findall(r'href="([^"]+/beside/[^"]+)"', page)
    beside = client.get(address)
    assert beside.status_code == 200
    assert "Two reports, side by side" in beside.text


def test_the_original_is_given_as_a_file_that_no_browser_opens(client: TestClient, demo: Record) -> None:
    name = _corrected(demo)
    for version in (1, 2):
        answer = client.get(f"{report_path(name)}/original?version={version}")
        assert answer.headers["content-type"] == "application/octet-stream"
        offered = answer.headers["content-disposition"]
        assert re.fullmatch(r'attachment; filename="[A-Za-z0-9_-]+-version-\d\.html\.txt"', offered)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert f"Download version {version}" in client.get(report_path(name)).text
        assert b"<html" in answer.content


def test_an_entry_shows_what_other_reports_tell_and_links_to_it(client: TestClient, demo: Record) -> None:
    name = _named(demo, "Quarantine for Cuba as Kennedy reveals missiles")
    page = client.get(entry_path(name, "a1")).text
    assert "linked account" in page
    others = re.findall(r'<blockquote dir="auto">.*?href="([^"]+)"><mark>', page, re.DOTALL)
    assert others
    assert all(client.get(other).status_code == 200 for other in others)


def test_every_entry_leads_to_its_words_in_the_report(client: TestClient, demo: Record) -> None:
    name = _named(demo, "Quarantine for Cuba as Kennedy reveals missiles")
    read = demo.annotated(name)
    families = (read.attributions, read.times, read.places, read.figures, read.events)
    for entry in [one.id for family in families for one in family]:
        (there,) = re.findall(r'href="([^"]+#w-[^"]+)">Read it', client.get(entry_path(name, entry)).text)
        page = client.get(html.unescape(there)).text
        assert f'id="w-{entry}"' in page
        assert f'id="{entry}"' in page


def test_the_chain_is_a_list_from_the_outlet_to_the_words(client: TestClient, demo: Record) -> None:
    name = _named(demo, "Quarantine for Cuba as Kennedy reveals missiles")
    page = client.get(entry_path(name, "a8")).text
    (way,) = re.findall(r'<ol class="way">(.*?)</ol>', page, re.DOTALL)
    stops = [re.sub(r"<[^>]+>|\s+", " ", stop).split() for stop in re.findall(r"<li.*?</li>", way, re.DOTALL)]
    assert [stop[0] for stop in stops][:3] == ["Lowmoor", "John", "Andrei"]
    assert f'href="{entry_path(name, "a7")}"' in way


def test_the_page_of_an_entry_tells_what_people_decided(own: Record) -> None:
    name = _named(own, "Quarantine for Cuba as Kennedy reveals missiles")
    client = TestClient(application(own), base_url=BASE)
    assert "Nobody has decided anything" in client.get(entry_path(name, "ev1")).text
    own.correct("accept", f"{name}:ev1", author="A. <b>Reader", reason="saw the film")
    page = client.get(entry_path(name, "ev1")).text
    assert "A. &lt;b&gt;Reader" in page
    assert "saw the film" in page


def test_conditions_are_shown_with_what_they_are_conditions_of(tmp_path: Path) -> None:
    with onrecord.open(tmp_path / "war.db") as record:
        text = "The rebels would lay down their arms if the army left the valley, General Osk Brandt said on Monday."
        name = _add(record, text, id="arms")
        client = TestClient(application(record), base_url=BASE)
        for address in (report_path(name), entry_path(name, "a1")):
            page = client.get(address).text
            assert "if the army left the valley</b>" in page
            assert "The rebels would lay down their arms" in page.split('class="clause"')[1]


def test_a_paragraph_of_five_million_characters_is_read_in_parts(tmp_path: Path) -> None:
    sentence = "Envoy Mara Tell said that the river guns were silent again. "
    text = (sentence * (5_000_000 // len(sentence) + 1))[:5_000_000]
    starts = range(0, len(text) - 60, 60 * 25)
    said = tuple(
        Attribution(f"a{n}", "indirect", "said", "asserts", False, None, Source(((at, at + 15),), None, "person", ()),
                    Cue(((at + 16, at + 20),)), Content(((at + 21, at + 58),)), None, (), None, None, (), 0.8)
        for n, at in enumerate(starts)
    )  # fmt: skip
    # One statement goes on to the end of the text, as a quotation that is never closed may.
    nobody = Source((), None, "none", ())
    whole = Attribution("a999999", "direct", "said", "asserts", False, None, nobody, Cue(((0, 5),)),
                        Content(((0, len(text)),)), None, (), None, None, (), 0.8)  # fmt: skip
    with onrecord.open(tmp_path / "war.db") as record:
        made = report(text, id="long")
        name = _add(record, text, Annotated(SCHEMA, made, (), (*said, whole), (), (), (), ()), id="long")
        client = TestClient(application(record), base_url=BASE)
        client.get(report_path(name))
        for address in (report_path(name), f"{report_path(name)}?part=60", entry_path(name, "a999999"),
                        entry_path(name, "a3000")):  # fmt: skip
            began = time.process_time()
            page = client.get(address)
            assert time.process_time() - began < MOST_SECONDS, address
            assert page.status_code == 200
            assert len(gzip.compress(page.content)) < LARGEST_PAGE, address
        assert "Part 60 of 126" in client.get(f"{report_path(name)}?part=60").text
        (there,) = re.findall(r'href="([^"]+#w-a3000)"', client.get(entry_path(name, "a3000")).text)
        assert 'id="w-a3000"' in client.get(html.unescape(there)).text


def test_hostile_words_stay_text_on_every_page_of_a_report(tmp_path: Path) -> None:
    evil = '<script>alert(1)</script> said \u202ethe army\u202c fled on Monday. "<img src=x>" police said. '
    title = "\u202e</title><script>alert(2)</script>"
    with onrecord.open(tmp_path / "war.db") as record:
        for name, text in (("</a>../x", evil), ("</a>../x", f"{evil} Rain fell."), ("b/c?d", evil)):
            _add(record, text, id=name, title=title, publisher='"><script>\u202e')
        client = TestClient(application(record), base_url=BASE)
        name, other = (in_path(each) for each in ("</a>../x", "b/c?d"))
        first, *_ = record.annotated("</a>../x").attributions
        for path in (f"/report/{name}", f"/report/{name}/versions", f"/report/{name}/beside/{other}",
                     f"/report/{name}/{first.id}", f"/report/{name}?version=1&part=%3Cscript%3E"):  # fmt: skip
            page = client.get(path)
            assert page.status_code == 200, path
            assert "<script>" not in page.text, path
            assert "<img src=x" not in page.text, path
            assert "\u202e" not in page.text, path
        answer = client.get(f"/report/{name}/original")
        assert answer.headers["content-disposition"] == 'attachment; filename="a-x-version-2.html.txt"'


@given(st.text(max_size=12))
def test_every_id_is_found_again_in_its_address(name: str) -> None:
    made = in_path(name)
    assert "/" not in made
    assert report_named(unquote(made)) == name


def test_parts_are_the_whole_text() -> None:
    for text in ("", "a" * 95, "one two\n" * 30, "\n" + "b" * 100, "c " * 70):
        made = parts(text, most=20)
        assert "".join(text[start:stop] for start, stop in made) == text
        assert all(stop - start <= 20 for start, stop in made)


def test_rows_hold_every_sentence_of_both_sides(demo: Record) -> None:
    made = side_by_side(demo, (_corrected(demo), 1), (_corrected(demo), 2))
    assert made.lines is not None
    found = list(rows(made.lines))
    for side in ("a", "b"):
        shown = " ".join("".join(part.text for part in getattr(row, side)) for row in found if getattr(row, side))
        assert shown == " ".join(words for line in made.lines if (words := getattr(line, side)))
