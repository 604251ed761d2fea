"""A report made from text that is already at hand."""

from __future__ import annotations

import hashlib
import json

from onrecord.model import Report, Unread, sha256
from onrecord.read.credits import credit
from onrecord.read.dates import published_at
from onrecord.read.languages import language

__all__ = ["report", "version_of"]


def report(
    text: str,
    *,
    id: str | None = None,  # noqa: A002 - the field's name in the JSON
    title: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
    url: str | None = None,
    unread: tuple[Unread, ...] = (),
) -> Report:
    """The report that a text and what is known of it make.

    Args:
        text: kept to the character.
        id: the id that came with the report; without one, it is derived from the content.
        published: an ISO 8601 date or time; what cannot be read as one raises InputError.

    Example:
        >>> r = report("Two people were killed, police said.", published="1962-10-22")
        >>> r.published, r.language, len(r.version)
        ('1962-10-22', 'en', 16)
    """
    moment = None if published is None else published_at(published)
    version = version_of(text, title, publisher, moment, url)
    return Report(
        id=id if id is not None else f"r-{version}",
        version=version,
        text=text,
        sha256=sha256(text),
        title=title,
        publisher=publisher,
        published=moment,
        url=url,
        language=language(text),
        credit=credit(text),
        unread=unread,
    )


def version_of(text: str, title: str | None, publisher: str | None, published: str | None, url: str | None) -> str:
    """The first 16 hex digits of the SHA-256 of what makes a version of a report."""
    content = json.dumps([text, title, publisher, published, url], ensure_ascii=True)
    return hashlib.sha256(content.encode()).hexdigest()[:16]
