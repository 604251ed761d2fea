"""Addresses and headlines in the form in which two versions of one report have the same."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

__all__ = ["UNDER_ONE_HEADLINE", "address", "headline", "update_number"]

#: At most so many days lie between two versions of one report that only their publisher and headline tell.
UNDER_ONE_HEADLINE = 30

_ARCHIVE = re.compile(r"^https?://(?:web\.)?archive\.org/web/[0-9]{1,14}[a-z_]{0,3}/(?=https?://)", re.IGNORECASE)
#: Parts of a query that say how the reader came, not what is read.
_TRACKING = re.compile(
    r"(?:utm_|at_|mc_)\w*|fbclid|gclid|ref|cmpid|ocid|smid|partner|source|feedtype|feedname", re.IGNORECASE
)
#: What agencies and outlets put before a headline to say which version it is, or behind it.
_TAG = re.compile(
    r"""^\s*(?:\[?(?:(?:RPT|REFILE|CORRECTED|CORRECTION|CORRECTS?|UPDATED?|WRAPUP|RECASTS?|ADDS|CLARIFICATION|RETRACTION|WITHDRAWN|KILL)
      \b(?:\s?\#?(?P<number>[0-9]{1,2})\b)?(?:\s?[-–—:\]]\s?|\s)
      |(?P<ordinal>[0-9])(?:st|nd|rd|th)\s(?:ld|lead|writethru|update)(?:-writethru)?\b[\s:,-]{0,3}))""",
    re.VERBOSE,
)  # fmt: skip
_ANY_CASE = re.compile(
    r"^\s*\[?(?:updated?|corrected|correction)\s?(?P<number>[0-9]{1,2})?\s?[-–—:\]]\s?", re.IGNORECASE
)
_BEHIND = re.compile(
    r"\s*(?:[(\[](?:updated|corrected|update\s?[0-9]{0,2})[)\]]|[-–—|]\s?(?:updated|corrected))\s*$", re.IGNORECASE
)


def address(url: str | None) -> str | None:
    """An address without scheme, "www.", tracking and place in the page; None where it names no single page.

    Example:
        >>> address("https://www.harbour.example/world/talks.html?utm_source=x#top")
        'harbour.example/world/talks.html'
        >>> address("https://harbour.example/") is None
        True
    """
    if not url:
        return None
    try:
        parts = urlsplit(_ARCHIVE.sub("", url.strip()))
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
        port = parts.port
    except ValueError:
        return None
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query) if not _TRACKING.fullmatch(k)])
    path = re.sub(r"/(?:index\.\w{3,5})?$", "", parts.path)
    if not host or not (path or query):
        return None
    return f"{host}{f':{port}' if port not in (None, 80, 443) else ''}{path}{f'?{query}' if query else ''}"


def headline(title: str | None) -> str | None:
    """A headline in small letters, without marks and without the tags that say which version it is.

    Example:
        >>> headline("UPDATE 2-Talks resume in Geneva") == headline("Talks resume in Geneva (updated)")
        True
    """
    if not title:
        return None
    bare = title
    for _ in range(3):
        bare = _BEHIND.sub("", _ANY_CASE.sub("", _TAG.sub("", bare)))
    return " ".join(re.findall(r"[^\W_]+", bare.casefold())) or None


def update_number(title: str | None) -> int | None:
    """Which version a headline says that it is: "UPDATE 2-" is 2; None where it does not say.

    Example:
        >>> update_number("UPDATE 2-Talks resume"), update_number("Talks resume")
        (2, None)
    """
    found = _TAG.match(title or "") or _ANY_CASE.match(title or "")
    if found is None:
        return None
    number = found["number"] or found.groupdict().get("ordinal")
    return int(number) if number else 1 if found.group().strip().upper().startswith("UPDATE") else None
