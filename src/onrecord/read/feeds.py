"""The entries of RSS and Atom feeds."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from onrecord.errors import InputError
from onrecord.read.alignment import segments
from onrecord.read.dates import published_at
from onrecord.read.found import Found, missing, no_larger
from onrecord.read.fragments import fragment_text
from onrecord.read.given import Given
from onrecord.read.jsonl import address
from onrecord.read.limits import FEED_BYTES, within
from onrecord.read.original import Original, Received, Result
from onrecord.read.text import report

__all__ = ["Entry", "entries", "feed_reports"]

#: Most entries of a feed; those that come first are read.
ENTRIES = 5_000


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed.

    Attributes:
        key: by which the feed knows it: its id, else its link.
        link: address of its page.
        whole: whether the feed holds its full content, not only a summary.
        given: date and publisher, where the feed has them, for a page that does not say them.
        result: the report that it makes from what the feed holds, or why it makes none.
    """

    key: str
    link: str | None
    whole: bool
    given: Given
    result: Result


def feed_reports(found: Found) -> Iterator[Result]:
    """The reports of a feed, one an entry, from its full content where the feed has it, else from its summary.

    Raises:
        InputError: it is no feed, or feedparser is not installed.
    """
    for entry in entries(found):
        yield entry.result


def entries(found: Found) -> Iterator[Entry]:
    """The entries of a feed, in its order; a report's original is the entry's content.

    A report's address is the link of its entry. Its publisher is the entry's source or the feed's publisher, then what
    is given, then the feed's title. Its date is when the entry was published, never when it was changed.

    Raises:
        InputError: it is no feed, or feedparser is not installed.
    """
    try:
        import feedparser
    except ModuleNotFoundError as error:
        raise missing("reading feeds", error, "feeds") from error
    data = no_larger(found.file.read(FEED_BYTES + 1), FEED_BYTES)
    header = {"content-type": f"application/xml; charset={found.charset}"} if found.charset else {}
    try:
        # As a file: feedparser takes words for a file's name or an address, which it would open.
        parsed = feedparser.parse(io.BytesIO(data), response_headers=header, sanitize_html=False,
                                  resolve_relative_uris=False)  # fmt: skip
    except Exception as error:  # a feed made to break the parser must not cost the others
        raise InputError(f"the feed cannot be parsed ({type(error).__name__})", "check the address") from error
    if not parsed.entries:
        why = " ".join(str(parsed.get("bozo_exception", "")).split())[:150]
        if parsed.get("version"):  # none where feedparser saw no bytes
            raise InputError("the feed has no entries", "check it, or try again later")
        raise InputError(f"this is no RSS or Atom feed{f' ({why})' if why else ''}", "check the address")
    for number, item in enumerate(parsed.entries[:ENTRIES], start=1):
        yield _entry(item, parsed, found, number)
    if len(parsed.entries) > ENTRIES:
        raise InputError(f"the feed has more than {ENTRIES:,} entries; the rest is not read", "split it")
    if parsed.bozo and isinstance(parsed.get("bozo_exception"), Exception) and _cut_off(parsed.bozo_exception):
        why = " ".join(str(parsed.bozo_exception).split())[:150]
        raise InputError(f"the feed is damaged or cut off ({why})", "get it again; what stood before is kept")


def _entry(item: Any, parsed: Any, found: Found, number: int) -> Entry:
    link = _link(item.get("link"))
    identity = _words(item.get("id"))
    content, whole = _content(item)
    given = Given(_published(item, parsed) or found.given.published, _publisher(item, parsed, found.given))
    subject = f"{found.subject}:{link or identity or f'entry {number}'}"
    result: Result
    try:
        text = within(fragment_text(content))
        made = report(text, id=identity, title=_title(item), publisher=given.publisher, published=given.published,
                      url=link)  # fmt: skip
        result = Received(
            made,
            Original(
                address=address(found.place, number, identity, link, made.version),
                media_type="text/html",
                encoding="utf-8",
                data=content.encode(),
                segments=segments(text, content),
            ),
        )
    except InputError as error:
        result = InputError(error.cause, error.remedy, subject=subject)
    return Entry(identity or link or f"#{number}", link, whole, given, result)


def _content(item: Any) -> tuple[str, bool]:
    """The longest content that the entry has as text, and whether it is more than a summary."""
    contents = [c.get("value") or "" for c in item.get("content", ()) if "xml" in c.get("type", "html")
                or c.get("type", "text/html").startswith("text/")]  # fmt: skip
    whole = max(contents, key=len, default="")
    found = whole or item.get("summary") or ""
    return found.encode("utf-8", "replace").decode().replace("\0", ""), bool(whole)


def _published(item: Any, parsed: Any) -> str | None:
    """The entry's date of publication. RSS has no date of change, so that its `dc:date` is that of publication."""
    candidates = [item.get("published")]
    if not str(parsed.version).startswith("atom"):
        candidates.append(dict.get(item, "updated"))  # feedparser's own `get` gives the date of publication for it
    for words in candidates:
        try:
            if words:
                return published_at(words)
        except InputError:
            continue
    return None


def _publisher(item: Any, parsed: Any, given: Given) -> str | None:
    source = item.get("source") or {}
    feed = parsed.feed
    return (_words(source.get("title")) or _words(feed.get("publisher")) or given.publisher
            or _words(feed.get("title")))  # fmt: skip


def _title(item: Any) -> str | None:
    title = item.get("title") or ""
    try:
        return _words(fragment_text(title))
    except InputError:
        return None


def _link(value: object) -> str | None:
    words = str(value or "").strip()
    try:
        parts = urlsplit(words)
    except ValueError:
        return None
    fit = (
        parts.scheme in {"http", "https"} and parts.hostname and len(words) <= 2000 and not any(map(str.isspace, words))
    )
    return words.split("#")[0] if fit else None


def _words(value: object) -> str | None:
    words = " ".join(str(value or "").encode("utf-8", "replace").decode().replace("\0", "").split())
    return words[:1000] or None


def _cut_off(error: Exception) -> bool:
    return type(error).__name__ == "SAXParseException"
