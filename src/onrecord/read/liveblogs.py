"""Live blogs: pages whose entries say when each was published (schema.org LiveBlogPosting)."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import urldefrag, urljoin

from onrecord.errors import InputError
from onrecord.read.alignment import Segment, segments
from onrecord.read.dates import published_at
from onrecord.read.encodings import Decoded
from onrecord.read.fragments import fragment_text
from onrecord.read.given import Given
from onrecord.read.limits import within
from onrecord.read.original import Original, Received
from onrecord.read.pagedata import linked_data, page_data
from onrecord.read.text import report

__all__ = ["MARK", "live_reports"]

#: What stands in a page that may be a live blog.
MARK = b"LiveBlogPosting"

#: Most entries of one page.
ENTRIES = 2_000


def live_reports(tree: Any, read: Decoded, data: bytes, place: str, *, given: Given, url: str | None) -> list[Received]:
    """The reports of a live blog, one an entry; none if the page is no live blog whose entries hold their text.

    Each entry is a report of its own because each has its own time, which "this morning" in it is counted from, an
    address to be cited by, and versions when it is changed. The original of all is the page.

    Args:
        tree: the page's elements.
        place: where the page lies, if it has no address.
        url: the address that it was fetched from.
    """
    known = page_data(tree)
    base = url or known.url or place
    posts = [post for blog in linked_data(tree) if "LiveBlogPosting" in _types(blog) for post in _posts(blog)]
    found = [(post, text) for post in posts[:ENTRIES] if (text := _text(post))]
    maps = _maps([text for _, text in found], read.text)
    received: dict[str, Received] = {}
    for (post, text), stretches in zip(found, maps, strict=True):
        published = _published(post) or given.published
        made = report(
            text,
            title=_words(post.get("headline")) or known.title,
            publisher=known.publisher or given.publisher,
            published=published,
            url=_own_address(post, base),
        )
        address = made.url or f"{base}#entry:{_key(post, text)}"
        received.setdefault(address, Received(made, Original(address, "text/html", read.encoding, data, stretches)))
    return list(received.values())


def _posts(blog: dict[str, Any]) -> list[dict[str, Any]]:
    posts = blog.get("liveBlogUpdate") or []
    return [post for post in (posts if isinstance(posts, list) else [posts]) if isinstance(post, dict)]


def _text(post: dict[str, Any]) -> str | None:
    words = post.get("articleBody") or post.get("text")
    if not isinstance(words, str):
        return None
    try:
        return within(fragment_text(words.encode("utf-8", "replace").decode().replace("\0", "")))
    except InputError:
        return None


def _published(post: dict[str, Any]) -> str | None:
    words = post.get("datePublished")
    try:
        return published_at(words) if isinstance(words, str) else None
    except InputError:
        return None


def _own_address(post: dict[str, Any], base: str) -> str | None:
    """The entry's address, where it is another place on the same page or site than the page itself."""
    from onrecord.read.html import same_site

    for words in (post.get("url"), post.get("@id")):
        if isinstance(words, str) and 0 < len(words) <= 2000 and not any(map(str.isspace, words)):
            try:
                address = urljoin(base, words)
                fit = address.startswith(("http://", "https://")) and same_site(address, base)
            except ValueError:
                continue
            if fit and address != base and (urldefrag(address).fragment or urldefrag(address).url != base):
                return address
    return None


def _key(post: dict[str, Any], text: str) -> str:
    """What an entry without an address is known by: its time, so that its changed text is a new version of it."""
    known = post.get("identifier") or post.get("datePublished")
    return known[:200] if isinstance(known, str) else hashlib.sha256(text.encode()).hexdigest()[:12]


def _maps(texts: list[str], page: str) -> list[tuple[Segment, ...]]:
    """The map of each text into the page: all texts are aligned at once, in time linear in their length."""
    maps: list[list[Segment]] = [[] for _ in texts]
    starts: list[int] = []
    at = 0
    for text in texts:
        starts.append(at)
        at += len(text) + 2
    n = 0
    for start, origin, length in segments("\n\n".join(texts), page):
        done = start
        while done < start + length:
            while n + 1 < len(starts) and starts[n + 1] <= done:
                n += 1
            end = min(start + length, starts[n] + len(texts[n]))
            if done < end:
                maps[n].append((done - starts[n], origin + done - start, end - done))
            done = max(end, starts[n + 1] if n + 1 < len(starts) else start + length)
    return [tuple(found) for found in maps]


def _types(item: dict[str, Any]) -> list[str]:
    value = item.get("@type")
    return [t for t in (value if isinstance(value, list) else [value]) if isinstance(t, str)]


def _words(value: object) -> str | None:
    return (
        (" ".join(value.encode("utf-8", "ignore").decode().split())[:1000] or None) if isinstance(value, str) else None
    )
