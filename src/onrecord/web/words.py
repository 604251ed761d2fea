"""How values are worded on a page, and how words of a report are put into HTML: as text, never as markup."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

__all__ = ["FILTERS", "cut", "day", "entry_path", "in_path", "plain", "report_named", "report_path", "shown"]

#: Characters that change in which direction the words around them run, or that cannot be seen.
_UNSEEN = {"Cc", "Cf", "Co", "Cn", "Cs"}
_KEPT = {"\n", "\t", "\u200d", "\u200c", "\u00ad"}


def shown(text: str) -> Markup:
    r"""Words of a report as HTML: markup as characters, and control characters as their numbers, so that they are seen.

    Example:
        >>> print(shown("<b>a</b> \u202e"))
        &lt;b&gt;a&lt;/b&gt; <abbr class="control" title="U+202E RIGHT-TO-LEFT OVERRIDE">202E</abbr>
    """
    if text.isprintable():
        return escape(text)
    parts: list[str] = []
    plain: list[str] = []
    for character in text:
        if character in _KEPT or unicodedata.category(character) not in _UNSEEN:
            plain.append(character)
            continue
        parts += [str(escape("".join(plain))), _control(character)]
        plain = []
    return Markup("".join([*parts, str(escape("".join(plain)))]))  # noqa: S704 - every part is escaped


def _control(character: str) -> str:
    number = f"{ord(character):04X}"
    name = unicodedata.name(character, "control character")
    return f'<abbr class="control" title="U+{number} {name}">{number}</abbr>'


def day(value: str | None) -> str:
    """A date of publication for people: "28 October 1962"; as it stands where it is no full date.

    Example:
        >>> day("1962-10-28T09:00"), day("1962-10"), day(None)
        ('28 October 1962', '1962-10', 'undated')
    """
    if not value:
        return "undated"
    try:
        found = date.fromisoformat(value[:10])
    except ValueError:
        return value
    return f"{found.day} {found:%B %Y}"


def plain(text: str) -> str:
    r"""Words of a report where only characters can stand, as in a page's title: without those that cannot be seen.

    Example:
        >>> plain("Talks \u202ehave failed.")
        'Talks have failed.'
    """
    if text.isprintable():
        return text
    return "".join(c for c in text if c in _KEPT or unicodedata.category(c) not in _UNSEEN)


def cut(text: str, most: int) -> str:
    """The beginning of a text that is too long to be shown whole.

    Example:
        >>> cut("Talks have failed.", 5)
        'Talks…'
    """
    return text if len(text) <= most else f"{text[:most]}…"


def report_path(report_id: str) -> str:
    """The address of a report's page; `report_named` gives the id back.

    Example:
        >>> report_path("r-1f0c"), report_path("https://a.example/b")
        ('/report/r-1f0c', '/report/https%3A~2F~2Fa.example~2Fb')
    """
    return f"/report/{in_path(report_id)}"


def in_path(report_id: str) -> str:
    """A report's id as one part of an address.

    Servers take an escaped slash for a slash, and browsers go up at dots, so these have a writing of their own.
    """
    escaped = report_id.replace("~", "~7E").replace("/", "~2F")
    return quote(escaped if escaped.strip(".") else escaped.replace(".", "~2E"), safe="~")


def report_named(part: str) -> str:
    """The id of the report that a part of an address names, as the server gives it.

    Example:
        >>> report_named("https:~2F~2Fa.example~2Fb")
        'https://a.example/b'
    """
    return re.sub("~(2F|2E|7E)", lambda found: {"2F": "/", "2E": ".", "7E": "~"}[found[1]], part)


def entry_path(report_id: str, entry: str) -> str:
    """The address of an entry's page."""
    return f"{report_path(report_id)}/{quote(entry, safe='')}"


def count(number: int, one: str, many: str | None = None) -> str:
    """A count with its noun: "1 report", "2,000 reports"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


FILTERS: Mapping[str, Callable[..., Any]] = {
    "shown": shown, "day": day, "report_path": report_path, "entry_path": entry_path, "count": count,
    "cut": cut, "plain": plain, "in_path": in_path,
}  # fmt: skip
