"""What a page says about its article apart from the text: title, publisher, publication time, canonical address.

Read are schema.org data in JSON-LD, meta elements (Open Graph, Dublin Core and others in wide use) and `<time>`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from onrecord.errors import InputError
from onrecord.read.dates import published_at

__all__ = ["PageData", "linked_data", "page_data"]

#: Keys of meta elements (property, name or itemprop, in lower case) with the time of publication, the surest first.
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "article:published",
    "citation_publication_date", "dcterms.issued", "dc.date.issued", "dcterms.created", "dc.date.created",
    "dcterms.date", "dc.date", "sailthru.date", "parsely-pub-date", "publish-date", "publish_date", "publishdate",
    "pubdate", "publication_date", "publicationdate", "cxenseparse:recs:publishtime", "date",
)  # fmt: skip
_PUBLISHER = ("og:site_name", "citation_publisher", "dc.publisher", "dcterms.publisher", "publisher")
_TITLE = ("og:title", "dc.title", "dcterms.title", "twitter:title")

#: Most JSON-LD that is looked at, in characters and in objects.
_LD_CHARACTERS, _LD_OBJECTS = 2_000_000, 5_000

#: Keys of JSON-LD objects under which the page's own article may stand.
_LD_INWARD = ("@graph", "mainEntity", "mainEntityOfPage")


@dataclass(frozen=True, slots=True)
class PageData:
    """What is known; None where the page does not say it.

    Attributes:
        published: as `published_at` writes it.
        url: the canonical address, absolute.
    """

    title: str | None
    publisher: str | None
    published: str | None
    url: str | None


def page_data(tree: HtmlElement) -> PageData:
    """What the page says about its article; malformed data in it are passed over.

    Example:
        >>> from lxml.html import document_fromstring
        >>> page_data(document_fromstring('<h1>Talks fail</h1><meta name="date" content="2021-03-04">')).published
        '2021-03-04'
    """
    metas = _metas(tree)
    objects = linked_data(tree)
    url = _url(tree, metas)
    article = _article(objects, url)
    publisher = _publisher(article, objects) or _first(metas, _PUBLISHER)
    return PageData(
        title=_title(tree, metas, article, publisher),
        publisher=publisher,
        published=_published(tree, metas, article),
        url=url,
    )


def _metas(tree: HtmlElement) -> dict[str, str]:
    """The first content of each meta key, keys in lower case."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = _words(meta.get("content"))
        for key in (meta.get("property"), meta.get("name"), meta.get("itemprop")):
            if key and content:
                found.setdefault(key.strip().lower(), content)
    return found


def linked_data(tree: HtmlElement) -> list[dict[str, Any]]:
    """The objects of the page's JSON-LD, those in arrays and graphs too, in order."""
    found: list[dict[str, Any]] = []
    left = _LD_CHARACTERS
    for script in tree.iter("script"):
        if not (script.get("type") or "").strip().lower().startswith("application/ld+json"):
            continue
        words = (script.text or "").strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        left -= len(words)
        if left < 0:
            break
        try:
            value = json.loads(words, strict=False)
        except (ValueError, RecursionError):
            continue
        found += _within(value)
    return found[:_LD_OBJECTS]


def _within(value: object) -> Iterator[dict[str, Any]]:
    waiting = [value]
    seen = 0
    while waiting and seen < _LD_OBJECTS:
        seen += 1
        item = waiting.pop()
        if isinstance(item, list):
            waiting += reversed(item[:_LD_OBJECTS])
        elif isinstance(item, dict):
            yield item
            waiting += [item[key] for key in reversed(_LD_INWARD) if key in item]


def _article(objects: list[dict[str, Any]], url: str | None) -> dict[str, Any]:
    """The article that the page is about: the one with its address, else the first."""
    articles = [o for o in objects if any(t.endswith(("Article", "BlogPosting", "Report")) for t in _types(o))]
    if url is not None:
        for item in articles:
            if url in {_reference(item.get(key)) for key in ("url", "@id", "mainEntityOfPage")}:
                return item
    pages = [o for o in objects if "WebPage" in _types(o)]
    return (articles or pages or [{}])[0]


def _types(item: dict[str, Any]) -> list[str]:
    value = item.get("@type")
    return [t for t in (value if isinstance(value, list) else [value]) if isinstance(t, str)]


def _reference(value: object) -> str | None:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return value if isinstance(value, str) else None


def _publisher(article: dict[str, Any], objects: list[dict[str, Any]]) -> str | None:
    value = article.get("publisher")
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict) and "name" not in value:
        value = next((o for o in objects if o.get("@id") == value.get("@id") is not None and "name" in o), None)
    if isinstance(value, dict):
        value = value.get("name")
    return _words(value)


def _title(tree: HtmlElement, metas: dict[str, str], article: dict[str, Any], publisher: str | None) -> str | None:
    """The headline that readers see, if it is the only one of its rank; else the one given for other programs."""
    shown = [words for h in tree.iter("h1") if (words := _words(h.text_content())) and words != publisher]
    if len(shown) == 1:
        return shown[0]
    head = tree.find(".//title")
    return _first(metas, _TITLE) or _words(article.get("headline")) or (_words(head.text) if head is not None else None)


def _published(tree: HtmlElement, metas: dict[str, str], article: dict[str, Any]) -> str | None:
    """The first time of publication that can be read, or one of the same day that is given with its zone."""
    candidates = [_words(article.get("datePublished")), *(metas.get(key) for key in _PUBLISHED), _time(tree)]
    found: list[str] = []
    for words in candidates:
        try:
            found += [published_at(words)] if words else []
        except InputError:
            continue
    if not found:
        return None
    return next((f for f in found if len(f) > 19 and f[:10] == found[0][:10]), found[0])


def _time(tree: HtmlElement) -> str | None:
    """The moment of a `<time>` marked as that of publication, or of the article's only one."""
    times = [t for t in tree.iter("time") if t.get("datetime")]
    marked = [t for t in times if t.get("itemprop") == "datePublished" or t.get("pubdate") is not None
              or "publish" in (t.get("class") or "").lower()]  # fmt: skip
    if marked:
        return _words(marked[0].get("datetime"))
    body = next(tree.iter("article"), None)
    inside = {t.get("datetime") for t in (times if body is None else body.iter("time")) if t.get("datetime")}
    return _words(inside.pop()) if len(inside) == 1 else None


def _url(tree: HtmlElement, metas: dict[str, str]) -> str | None:
    """The canonical address, unless it is a site's front page, to which careless pages all point."""
    links = [link.get("href") for link in tree.iter("link") if (link.get("rel") or "").strip().lower() == "canonical"]
    for words in [*links, metas.get("og:url")]:
        url = (words or "").strip().split("#")[0]
        if len(url) > 2000 or any(c.isspace() for c in url):
            continue
        try:
            parts = urlsplit(url)
        except ValueError:
            continue
        if parts.scheme in {"http", "https"} and parts.hostname and (parts.path.strip("/") or parts.query):
            return url
    return None


def _first(metas: dict[str, str], keys: tuple[str, ...]) -> str | None:
    return next((metas[key] for key in keys if key in metas), None)


def _words(value: object) -> str | None:
    """A string with its white space in order; None for what is no string or has no words."""
    if not isinstance(value, str):
        return None
    words = " ".join(value.encode("utf-8", "ignore").decode().split())
    return words[:1000] or None
