"""Which agency or outlet a report itself names as the one it was taken from."""

from __future__ import annotations

import re

import msgspec

from onrecord.model import Report, Span
from onrecord.read.agencies import listed_agency

__all__ = ["Origin", "agency_name", "origin", "published_by"]

_OTHER_NAMES = {
    "associated press": "AP", "agence france-presse": "AFP", "agence france presse": "AFP", "reuter": "Reuters",
    "thomson reuters": "Reuters", "thomson reuters foundation": "Reuters", "deutsche presse-agentur": "DPA",
    "united press international": "UPI", "press association": "PA", "anadolu agency": "Anadolu", "aa": "Anadolu",
    "bbc news": "BBC", "cnn international": "CNN", "kyodo news": "Kyodo", "itar-tass": "TASS", "tass": "TASS",
    "ria novosti": "RIA", "canadian press": "CP", "press trust of india": "PTI", "bloomberg news": "Bloomberg",
    "xinhua news agency": "Xinhua", "australian associated press": "AAP", "fars news": "Fars", "abc news": "ABC",
    "cbs news": "CBS", "cbc news": "CBC",
}  # fmt: skip
_NAME = r"(?P<name>(?:The\s)?[A-Z][\w.&’'-]{1,24}(?:[\s-][A-Z][\w.&’'-]{0,24}){0,4})"
_TAKEN = re.compile(
    "|".join(
        phrase + _NAME.replace("name", group)
        for group, phrase in {
            "name": r"(?:[Oo]riginally|[Ff]irst)\s(?:published|appeared|posted|ran)\s(?:on|in|by|at)\s",
            "by": r"(?:[Tt]his|[Tt]he)\s(?:article|story|report|piece)\s(?:was\s(?:written|produced|published)\sby"
            r"|is\sfrom|comes\sfrom)\s",
            "again": r"[Rr]e(?:published|printed)\s(?:from|with\s(?:the\s)?permission\s(?:of|from))\s",
            "right": r"(?:©|\([cC]\)|[Cc]opyright)\s{1,2}(?:©\s|\([cC]\)\s)?(?:[0-9]{4},?\s)?(?:by\s)?",
        }.items()
    )
)
_SIGNED = re.compile(r"\((?:Additional\s)?Reporting\sby\s[^()\n]{3,300}(?:[Ee]diting|[Ww]riting)\sby\s[^()\n]{3,200}\)")


class Origin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The agency or outlet that a report names as its own origin, by its shortest usual name, and the words."""

    name: str
    span: Span


def agency_name(words: str) -> str:
    """The usual short name of an agency, however it is written.

    Example:
        >>> agency_name("The Associated Press"), agency_name("Harbour News")
        ('AP', 'Harbour News')
    """
    bare = re.sub(r"^[Tt]he\s", "", " ".join(words.split())).rstrip(".,")
    return _OTHER_NAMES.get(bare.casefold(), bare)


def origin(report: Report) -> Origin | None:
    """Whom a report names as its origin; None if nobody, or if it is its own publisher.

    A credit line or dateline with a known agency counts, a copyright line with one, "originally published by", and the
    sign-off of Reuters ("Reporting by ...; Editing by ..." in brackets). "X contributed to this report" does not.

    Example:
        >>> from onrecord.read.text import report
        >>> origin(report("GENEVA (AP) - Talks resumed on Monday."))
        Origin(name='AP', span=(0, 13))
    """
    found = _named(report)
    return None if found is None or published_by(report, found.name) else found


def published_by(report: Report, name: str) -> bool:
    """Whether an agency is itself the publisher of a report.

    Example:
        >>> from onrecord.read.text import report
        >>> published_by(report("Talks resumed.", publisher="Reuters.com"), "Reuters")
        True
    """
    if report.publisher is None:
        return False
    bare = re.sub(r"^(?:https?://)?(?:www\.)?|\.(?:com|org|net|co\.uk)/?$", "", report.publisher.strip())
    return agency_name(bare).casefold() in {name.casefold(), f"{name.casefold()}news", f"{name.casefold()} news"}


def _named(report: Report) -> Origin | None:
    line = report.credit
    if line is not None and line.agency is not None and listed_agency(line.agency):
        return Origin(agency_name(line.agency), line.span)
    for found in _TAKEN.finditer(report.text):
        kind = str(found.lastgroup)
        name = re.sub(r"(?:[.,]|\sAll|\sInc|\sLLC|\sLtd|\sCorp|\sThis).*$", "", found[kind], flags=re.DOTALL)
        if kind in {"name", "again"} or listed_agency(name) or agency_name(name) != name.removeprefix("The "):
            return Origin(agency_name(name), found.span())
    signed = _SIGNED.search(report.text)
    return Origin("Reuters", signed.span()) if signed else None
