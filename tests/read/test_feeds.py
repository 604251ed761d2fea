from __future__ import annotations

import io
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.read import received
from onrecord.read.found import Found
from onrecord.read.given import Given
from onrecord.read.kinds import reports_in
from onrecord.read.original import Received, Result
from sites import Page, Site

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Harbour Times: World</title><link>https://harbour.example/</link>
<item><title>Talks &amp;amp; more talks</title><link>https://harbour.example/1?utm_source=rss#top</link>
<guid>tag:1</guid><pubDate>Thu, 04 Mar 2021 10:00:00 +0100</pubDate><description>A teaser.</description>
<content:encoded><![CDATA[<p>The talks <b>failed</b>, the mediator said.</p>
<script>x()</script><p>They left.</p>]]></content:encoded></item>
<item><title>Two</title><guid isPermaLink="false">two</guid>
<description>Only a summary &lt;br&gt;of it.</description></item>
<item><title>Three</title><link>javascript:x()</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour</title><id>x</id><updated>2021-03-04T10:00:00Z</updated>
<entry><id>a</id><title>A</title><updated>2021-03-05T10:00:00Z</updated><published>2021-03-04T10:00:00Z</published>
<link href="https://harbour.example/a"/><content type="text">Talks failed.</content></entry>
<entry><id>b</id><title>B</title><updated>2021-03-05T10:00:00Z</updated><link href="https://harbour.example/b"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>They left.</p></div></content></entry></feed>"""


def read(feed: str, publisher: str | None = None) -> list[Result]:
    found = Found(io.BytesIO(feed.encode()), ".rss", "/feeds/a.rss", "a.rss", Given(publisher=publisher))
    results: list[Result] = []
    try:
        for result in reports_in(found):
            results.append(result)
    except InputError as error:
        results.append(error)
    return results


def test_each_entry_is_a_report_from_its_full_content(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text(RSS)
    first, second, third = received([tmp_path])
    assert isinstance(first, Received)
    assert first.report.text == "The talks failed, the mediator said.\n\nThey left."
    assert first.report.title == "Talks & more talks"
    assert first.report.published == "2021-03-04T10:00:00+01:00"
    assert first.report.publisher == "Harbour Times: World"
    assert first.original.address == first.report.url == "https://harbour.example/1?utm_source=rss"
    for start, at, length in first.original.segments:
        assert first.report.text[start : start + length] == first.original.decoded[at : at + length]
    assert sum(length for _, _, length in first.original.segments) > 40
    assert isinstance(second, Received)
    assert second.report.text == "Only a summary\nof it."
    assert second.original.address == f"{tmp_path}/a.rss#id:two"
    assert isinstance(third, InputError)
    assert third.cause == "there is no text"


def test_the_date_is_that_of_publication_and_a_given_publisher_names_the_feed_better() -> None:
    first, second = read(ATOM, publisher="Harbour Times")
    assert isinstance(first, Received)
    assert isinstance(second, Received)
    assert (first.report.published, first.report.publisher) == ("2021-03-04T10:00:00+00:00", "Harbour Times")
    assert (second.report.published, second.report.text) == (None, "They left.")


@pytest.mark.parametrize(
    ("feed", "word"),
    [
        ("<rss version='2.0'><channel><title>x</title></channel></rss>", "no entries"),
        ("<nothing/>", "no RSS or Atom feed"),
        ("", "no RSS or Atom feed"),
        ('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><rss>&b;</rss>', ""),
    ],
)
def test_what_is_no_feed_is_one_error(feed: str, word: str) -> None:
    (found,) = read(feed)
    assert isinstance(found, InputError)
    assert word in str(found)


def test_of_a_feed_that_is_cut_off_the_whole_entries_are_kept() -> None:
    results = read(ATOM[: ATOM.index("<entry><id>b")] + "<entry><id>b</id>")
    assert isinstance(results[0], Received)
    assert isinstance(results[-1], InputError)
    assert "cut off" in results[-1].cause


def test_entities_are_not_opened_from_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("The password is lemon.")
    doctype = f'<!DOCTYPE feed [<!ENTITY s SYSTEM "file://{secret}">]>'
    results = read(doctype + ATOM.replace("Talks failed.", "Talks &s; failed."))
    assert results
    for result in results:
        assert "lemon" not in (result.report.text if isinstance(result, Received) else str(result))


def test_entities_that_grow_are_not_grown() -> None:
    """Ten entities that each hold the one before ten times: ten thousand million times the first."""
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 11))
    doctype = f'<!DOCTYPE feed [<!ENTITY e0 "laugh">{levels}]>'
    began = time.monotonic()
    results = read(doctype + ATOM.replace("Talks failed.", "Talks &e10; failed."))
    assert time.monotonic() - began < 5
    assert results
    for result in results:
        assert len(result.report.text if isinstance(result, Received) else str(result)) < 10_000


def test_a_feed_at_an_address_is_read_as_one_in_a_file() -> None:
    with Site({"/feed": Page(RSS.encode(), "application/rss+xml")}) as site:
        results = list(received([f"{site.url}/feed"], allow_private=True))
    assert [type(r).__name__ for r in results] == ["Received", "Received", "InputError"]
    assert isinstance(results[1], Received)
    assert results[1].original.address == f"{site.url}/feed#id:two"
    assert site.paths == ["/robots.txt", "/feed"], "the pages that a feed names are not fetched"


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(RSS)), st.text(max_size=5))
def test_no_damage_stops_the_reading(at: int, what: str) -> None:
    results = read("<rss>" + RSS[at:] + what)
    assert all(isinstance(r, Received | InputError) for r in results)
