"""How values are worded on a page, and how words of a report are put into HTML: as text, never as markup."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from onrecord.reconcile.days import stretch

__all__ = [
    "FILTERS",
    "accounts_path",
    "day",
    "entry_path",
    "flat",
    "in_path",
    "month",
    "plain",
    "report_named",
    "report_path",
    "short",
    "shown",
    "stated",
    "who_path",
]

#: Characters that change in which direction the words around them run, or that cannot be seen.
_UNSEEN = {"Cc", "Cf", "Co", "Cn", "Cs"}
_KEPT = {"\n", "\t", "\u200d", "\u200c", "\u00ad"}
#: What TIMEX3 calls the seasons.
_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}


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


def flat(text: str) -> str:
    r"""Words of a report where no markup can stand, as in a list of choices; control characters as their numbers.

    Example:
        >>> flat("a\u202eb\nc")
        'a[U+202E]b c'
    """
    kept = " ".join(text.split())
    return (
        kept
        if kept.isprintable()
        else "".join(f"[U+{ord(c):04X}]" if c not in _KEPT and unicodedata.category(c) in _UNSEEN else c for c in kept)
    )


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


def stated(value: str) -> str:
    """A stated time (TIMEX3) for people, as exact as it is.

    Example:
        >>> stated("1962-10-22TMO"), stated("1962-10"), stated("1962"), stated("1962-W43"), stated("1962-FA")
        ('22 October 1962', 'October 1962', '1962', 'the week of 22 October 1962', 'autumn 1962')
    """
    known = stretch(value)
    if known is None:
        return value
    first = known.first
    named = {
        "month": f"{first:%B} {first.year}", "year": f"{first.year}", "decade": f"the {first.year}s",
        "century": f"the years {first.year} to {known.last.year}",
        "week": f"the week of {day(first.isoformat())}", "weekend": f"the weekend of {day(first.isoformat())}",
        "quarter": f"{first:%B} to {known.last:%B} {first.year}",
        "half-year": f"{first:%B} to {known.last:%B} {first.year}",
        "season": f"{_SEASONS.get(value[-2:], value[-2:])} {first.year}",
    }  # fmt: skip
    return named.get(known.precision, day(first.isoformat()))


def plain(text: str) -> str:
    r"""Words of a report where only characters can stand, as in a page's title: without those that cannot be seen.

    Example:
        >>> plain("Talks \u202ehave failed.")
        'Talks have failed.'
    """
    if text.isprintable():
        return text
    return "".join(c for c in text if c in _KEPT or unicodedata.category(c) not in _UNSEEN)


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


def weekday(value: str) -> str:
    """A full date with its day of the week: "Sunday 28 October 1962".

    Example:
        >>> weekday("1962-10-28")
        'Sunday 28 October 1962'
    """
    found = date.fromisoformat(value[:10])
    return f"{found:%A} {found.day} {found:%B %Y}"


def accounts_path(report_id: str, entry: str | None = None) -> str:
    """The address of what all reports tell of an entry, or of the story of a report."""
    path = f"/accounts/{in_path(report_id)}"
    return path if entry is None else f"{path}/{quote(entry, safe='')}"


def short(text: str, most: int = 600) -> str:
    """A text, cut with an ellipsis where it is longer than so many code points.

    Example:
        >>> short("ceasefire", 5), short("truce", 5)
        ('cease…', 'truce')
    """
    return text if len(text) <= most else f"{text[:most].rstrip()}…"


def who_path(name: str) -> str:
    """The address of the page of everybody who bears a name."""
    return f"/who/{quote(name, safe='')}"


def month(value: str) -> str:
    """A month for people: "October 1962"; as it stands where it is none.

    Example:
        >>> month("1962-10"), month("1962")
        ('October 1962', '1962')
    """
    try:
        return f"{date.fromisoformat(f'{value}-01'):%B %Y}"
    except ValueError:
        return value


def count(number: int, one: str, many: str | None = None) -> str:
    """A count with its noun: "1 report", "2,000 reports"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


FILTERS: Mapping[str, Callable[..., Any]] = {
    "accounts_path": accounts_path, "weekday": weekday,
    "stated": stated,
    "shown": shown, "flat": flat, "day": day, "report_path": report_path, "entry_path": entry_path, "count": count,
    "who_path": who_path, "month": month, "short": short,
    "plain": plain, "in_path": in_path,
}  # fmt: skip
