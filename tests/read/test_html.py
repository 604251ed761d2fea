from __future__ import annotations

import itertools
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.read.alignment import segments
from onrecord.read.given import Given
from onrecord.read.html import _without_headline, page
from onrecord.read.original import Received

PAGES = Path(__file__).parents[1] / "data" / "pages"
PARAGRAPH = (
    "Crews of both ferries met on Monday in the port of Marin, the mediator said, and they agreed to talk again "
    "within a week, although no date was set for the meeting."
)


def wrapped(head: str = "", body: str = f"<p>{PARAGRAPH}</p><p>They left.</p>") -> bytes:
    return f"<html><head>{head}</head><body><article>{body}</article></body></html>".encode()


@pytest.fixture(scope="module")
def graph() -> Received:
    return page((PAGES / "graph.html").read_bytes(), "/pages/graph.html")


def test_the_article_is_taken_and_nothing_else_of_the_page(graph: Received) -> None:
    assert graph.report.text == (
        "PORT MARIN (HNA) - Talks between the ferry crews and the ministry of transport broke down on Thursday, the "
        "mediator's office said, and all sailings were cancelled.\n\n"
        "“We asked for rest & safety, not for money,” said crew leader Ana Torén.\nEleven ferries stayed in port.\n\n"
        "Next round\n\n"
        "The ministry proposed Monday for a new meeting.\n\nThe crews have not answered the proposal yet.\n\n"
        "She left without a word.\n\n"
        "The mediator said both sides had moved closer during the night, before the ministry withdrew its offer of "
        "extra crews for the winter."
    )


def test_title_publisher_time_and_address_are_those_of_this_article(graph: Received) -> None:
    report = graph.report
    assert (report.title, report.publisher) == ("Ferry talks fail & crews walk out", "Harbour News Agency")
    assert report.published == "2021-03-04T10:00:00+01:00"
    assert report.url == graph.original.address == "https://harbour.example/world/ferry-talks-fail"
    assert report.credit is not None
    assert report.credit.text == "PORT MARIN (HNA) -"


def test_the_map_leads_from_the_text_to_the_same_words_in_the_article(graph: Received) -> None:
    text, raw = graph.report.text, graph.original.decoded
    mapped = graph.original.segments
    assert all(raw[o : o + n] == text[t : t + n] for t, o, n in mapped)
    assert list(mapped) == sorted(mapped)
    covered = {i for t, _, n in mapped for i in range(t, t + n)}
    missed = {c for i, c in enumerate(text) if i not in covered and not c.isspace()}
    assert missed == set("“”'é")  # written as entities on the page
    assert min(o for _, o, _ in mapped) > raw.index("<article>")  # not the teaser of the same words
    assert graph.original.data == (PAGES / "graph.html").read_bytes()


def test_a_page_in_windows_1252_is_read_and_a_front_page_is_no_address() -> None:
    found = page((PAGES / "windows-1252.html").read_bytes(), "/pages/w.html")
    assert found.original.encoding == "cp1252"
    assert "Café Nord" in found.report.text
    assert "district’s" in found.report.text
    assert (found.report.published, found.report.publisher) == ("2021-03-04", "Valley Post")
    assert (found.report.url, found.original.address) == (None, "/pages/w.html")


@pytest.mark.parametrize(
    ("head", "moment"),
    [
        ('<meta property="article:published_time" content="2021-03-04T10:00:00Z">', "2021-03-04T10:00:00+00:00"),
        ('<meta name="DC.date.issued" content="2021-03-04">', "2021-03-04"),
        ('<meta itemprop="datePublished" content="Thu, 04 Mar 2021 10:00:00 +0200">', "2021-03-04T10:00:00+02:00"),
        ('<script type="application/ld+json">[{"@type":"NewsArticle","datePublished":"2021-03-04"}]</script>'
         '<meta property="article:published_time" content="2021-03-04T10:00:00Z">', "2021-03-04T10:00:00+00:00"),
        ('<meta name="date" content="03/04/2021">', None),
        ("", None),
    ],
)  # fmt: skip
def test_the_time_of_publication_is_read_with_its_zone_or_not_at_all(head: str, moment: str | None) -> None:
    assert page(wrapped(head), "/a").report.published == moment
    assert page(wrapped(head), "/a", given=Given(published="2020-01-01")).report.published == (moment or "2020-01-01")


def test_an_articles_only_time_element_is_its_time_but_not_one_of_several() -> None:
    one = f'<time datetime="2021-03-04T10:00:00Z">4 March</time><p>{PARAGRAPH}</p>'
    assert page(wrapped(body=one), "/a").report.published == "2021-03-04T10:00:00+00:00"
    two = one + '<time datetime="2021-03-05">5 March</time>'
    assert page(wrapped(body=two), "/a").report.published is None


def test_blank_lines_of_preformatted_text_part_its_paragraphs() -> None:
    found = page(f"<html><body><pre>{PARAGRAPH}\n\nThey left\nat noon.</pre></body></html>".encode(), "/a")
    assert found.report.text == f"{PARAGRAPH}\n\nThey left at noon."


def test_a_line_that_only_points_to_another_page_is_left_out() -> None:
    body = f"<p>{PARAGRAPH}</p><p>Read more: <a href='/x'>The winter of the ferries</a></p><p>They left.</p>"
    assert page(wrapped(body=body), "/a").report.text == f"{PARAGRAPH}\n\nThey left."


@pytest.mark.parametrize(
    "json_ld", ["{", "[" * 5000, '{"@graph": 5, "@type": 7}', '{"publisher": [], "datePublished": {}}', "null", '"x"']
)
def test_malformed_data_in_a_page_is_passed_over(json_ld: str) -> None:
    head = f'<title>T</title><script type="application/ld+json">{json_ld}</script>'
    assert page(wrapped(head), "/a").report.title == "T"


@pytest.mark.parametrize(
    "data", [b"", b"  ", b"plain words only", b"<html></html>", b"<html><body><script>x()</script></body>"]
)
def test_a_page_without_an_article_is_an_input_error(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        page(data, "/a")
    assert caught.value.remedy


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 100_000 + PARAGRAPH,
        "<p><b>" * 60_000 + PARAGRAPH,
        f"<p>{PARAGRAPH}</p>" + "<" * 200_000,
        f"<p>{PARAGRAPH}</p>" + '<a "' * 100_000,
        f"<p>{PARAGRAPH}</p>" + "<!--" * 100_000,
        f"<p>{PARAGRAPH}</p>" + "&" * 200_000,
        "<p>" + "a" * 1_000_000,
    ],
    ids=["deep", "many", "brackets", "quotes", "comments", "ampersands", "one word"],
)
def test_markup_made_to_do_harm_ends_soon_in_a_report_or_an_error(markup: str) -> None:
    started = time.monotonic()
    try:
        found = page(f"<html><body>{markup}</body></html>".encode(), "/a")
    except InputError:
        pass
    else:
        raw = found.original.decoded
        assert all(raw[o : o + n] == found.report.text[t : t + n] for t, o, n in found.original.segments)
    assert time.monotonic() - started < 20


WORDS = st.lists(
    st.sampled_from(["talks", "failed", "&", "<", "é", "“no”", "of", "12", "a" * 30, "\u00ad", "\n"]), max_size=60
)


@settings(deadline=None)
@given(WORDS, WORDS, st.sampled_from([" ", "<b>", "</p><p>", "&nbsp;", "&amp;", "<!-- x -->", "<a title='>'>"]))
def test_every_mapped_stretch_is_the_same_in_text_and_page(kept: list[str], other: list[str], joint: str) -> None:
    text = " ".join(kept)
    raw = "<nav>" + joint.join(other) + "</nav><p>" + joint.join(w.replace("<", "&lt;") for w in kept)
    found = segments(text, raw)
    assert all(raw[o : o + n] == text[t : t + n] and n > 0 for t, o, n in found)
    assert all(a[0] + a[2] <= b[0] for a, b in itertools.pairwise(found))


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_maps_truly_to_any_page(text: str, raw: str) -> None:
    whole = raw + text
    assert all(whole[o : o + n] == text[t : t + n] for t, o, n in segments(text, whole))


def test_a_headline_and_the_section_above_it_are_left_out_and_the_map_stays_true() -> None:
    body = f'<p class="section">World</p><h1>Ferry talks fail</h1><p>{PARAGRAPH}</p><p>They left.</p>'
    markup = wrapped("<title>Ferry talks fail</title>", body)
    received = page(markup, "/a")
    assert received.report.text == f"{PARAGRAPH}\n\nThey left."
    for at, origin, length in received.original.segments:
        assert received.report.text[at : at + length] == markup.decode()[origin : origin + length]


@pytest.mark.parametrize(
    ("paragraphs", "title", "kept"),
    [
        (["World", "Talks fail", "On Monday talks failed."], "Talks fail", 1),
        (["Port", "World", "Talks “fail”", "On Monday talks failed."], 'Talks "Fail"', 1),
        (["Talks fail", "On Monday talks failed."], "Talks fail", 1),
        (["World", "On Monday talks failed."], "Talks fail", 2),
        (["They met.", "Talks fail", "On Monday talks failed."], "Talks fail", 3),
        (["Talks fail"], "Talks fail", 1),
        (["World", "On Monday talks failed."], None, 2),
    ],
)
def test_only_labels_above_the_title_go_with_it(paragraphs: list[str], title: str | None, kept: int) -> None:
    assert len(_without_headline(paragraphs, title)) == kept


@pytest.mark.parametrize("name", ["p", "script", "img"])
def test_a_tag_with_more_attributes_than_can_be_compared_is_refused(name: str) -> None:
    many = " ".join(f"a{i}=b" for i in range(1_500))
    with pytest.raises(InputError, match="attributes"):
        page(wrapped(body=f"<{name} {many}></{name}><p>{PARAGRAPH}</p>"), "/pages/x.html")


@pytest.mark.parametrize(
    "harmless",
    [
        '<img alt="' + "a long caption, " * 2_000 + '">',
        "<script>if (a<b) {" + "x = 'a' / c; " * 3_000 + "}</script>",
        "<p class='a' id=b>Talks.</p>" * 2_000,
    ],
)
def test_long_values_scripts_and_many_tags_are_no_such_tag(harmless: str) -> None:
    assert PARAGRAPH in page(wrapped(body=f"{harmless}<p>{PARAGRAPH}</p>"), "/pages/x.html").report.text
