from __future__ import annotations

import io
import json
from typing import Any

from onrecord.read import received
from onrecord.read.original import Received, Result
from packed import ARTICLE

POSTS: list[dict[str, Any]] = [
    {"@type": "BlogPosting", "headline": "Talks fail", "datePublished": "2021-03-04T10:00:00+01:00",
     "url": "https://harbour.example/live?post=2", "articleBody": "The talks in Geneva failed, the mediator said."},
    {"@type": "BlogPosting", "datePublished": "2021-03-04T09:00:00+01:00",
     "url": "https://other.example/1", "articleBody": "<p>Negotiators arrived in Geneva this morning.</p>"},
    {"@type": "BlogPosting", "headline": "A picture", "datePublished": "2021-03-04T08:00:00+01:00"},
]  # fmt: skip


def blog(posts: object) -> bytes:
    data = {"@context": "https://schema.org", "@type": "LiveBlogPosting", "headline": "Geneva talks: live",
            "publisher": {"@type": "Organization", "name": "Harbour Times"}, "liveBlogUpdate": posts}  # fmt: skip
    shown = "".join(f"<div>{p['articleBody']}</div>" for p in posts) if posts == POSTS[:2] else ""
    return (
        "<!DOCTYPE html><html><head><title>Live</title>"
        '<link rel="canonical" href="https://harbour.example/live">'
        f'<script type="application/ld+json">{json.dumps(data)}</script></head><body>{shown}'
        f"<article><p>{ARTICLE.format(name='Ivers')}</p></article></body></html>"
    ).encode()


def read(page: bytes) -> list[Result]:
    return list(received(["-"], stdin=io.BytesIO(page)))


def test_each_entry_is_a_report_with_its_own_time() -> None:
    page = blog(POSTS[:2])
    first, second = read(page)
    assert isinstance(first, Received)
    assert isinstance(second, Received)
    assert first.report.text == "The talks in Geneva failed, the mediator said."
    assert (first.report.title, first.report.publisher) == ("Talks fail", "Harbour Times")
    assert first.report.published == "2021-03-04T10:00:00+01:00"
    assert first.original.address == first.report.url == "https://harbour.example/live?post=2"
    assert second.report.text == "Negotiators arrived in Geneva this morning."
    assert second.report.published == "2021-03-04T09:00:00+01:00"
    assert second.report.url is None, "another site's address is not believed"
    assert second.original.address == "https://harbour.example/live#entry:2021-03-04T09:00:00+01:00"
    for found in (first, second):
        assert found.original.data == page
        assert sum(length for _, _, length in found.original.segments) > 30
        for start, at, length in found.original.segments:
            assert found.report.text[start : start + length] == found.original.decoded[at : at + length]


def test_entries_without_text_are_left_out() -> None:
    assert len(read(blog(POSTS))) == 2


def test_a_live_blog_that_does_not_hold_its_entries_is_a_page_like_others() -> None:
    for posts in ([], POSTS[2:], "nonsense", [1, "x"]):
        (found,) = read(blog(posts))
        assert isinstance(found, Received)
        assert found.report.text == ARTICLE.format(name="Ivers")
