"""Datelines and credit lines ("GENEVA (AP) -") at the head of a report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.model import Credit, Span
from onrecord.read.agencies import known_agency, listed_agency, outlet_like

__all__ = ["credit"]

#: A credit is looked for in this many lines with text, and no further than this many code points, from the head.
LINES, REACH = 6, 1200

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DATE = rf"(?i:(?:{_MONTH} ?[0-9]{{1,2}}|[0-9]{{1,2}} {_MONTH})(?:,? (?:[0-9]{{4}}|[0-9]{{2}}))?|NO DATE)\b"
_UPPER = r"A-Z\u00c0-\u00de"
_CAPITALS = rf"(?:[{_UPPER}][{_UPPER}'’.\-]+|(?:Mc|Mac|De|La|Le|O['’]|al-|Al-|el-|El-)[{_UPPER}'’\-]{{2,}})"
_SHOUTED = rf"{_CAPITALS}(?:[ /]{_CAPITALS}){{0,3}}"
_PART = rf"[{_UPPER}][\w'’.\-]{{1,24}}"
_NAME = rf"{_PART}(?: (?:(?:of the|de la|de|la|al|of|and|the|du|da|do) )?{_PART}){{0,3}}"
_REGION = rf"(?:, ?(?!{_DATE})(?:{_NAME}|[A-Z]\.[A-Z]\.)| \([A-Z][A-Za-z .\-]{{2,24}}\)(?=,))"
_DASH = r"(?:\s?(?:--+|[—–―]|_+|:\s?--)|\s-(?=\s))"

#: Place, region, date, agency and dash, all at the start of a line.
_DATELINE = re.compile(
    rf"(?P<place>(?P<city>{_SHOUTED}|{_NAME})(?P<region>{_REGION})?)"
    rf"(?P<date>(?:[,.]|(?<=\.)) {_DATE})?"
    rf"(?: ?\((?P<time>[0-9][^()\n]{{1,24}}|{_DATE}\.?)\)| ?\((?P<agency>[A-Za-z][^()\n]{{1,48}})\)"
    r"|\.? ?/(?P<slashed>[A-Za-z][\w \-]{1,30})/\.?)?"
    rf"(?P<dash>{_DASH})?"
)
_AGENCY = re.compile(
    rf"\((?P<agency>[A-Za-z][^()\n]{{1,40}})\)(?P<dash>{_DASH})?"
    r"|(?P<bare>[A-Z][\w\-/ ]{1,30}?)(?:\s[—–]|\s?--|\s-)(?=\s)"
)
_TAGS = re.compile(r"(?:\s{0,4}\[[A-Z][^\]\n]{0,60}(?:\n[^\]\n]{0,60})?\])+")
_BYLINE = re.compile(r"(?:By|BY|by) (?P<names>[A-Z][^\n,;:!?]{2,80})(?:, ?(?P<agency>[^\n]{2,48}))?$", re.MULTILINE)
_ENDING = re.compile(
    r"(?:(?:--+|[—–])\s?|\(|/|(?:©|\([cC]\)|Copyright(?: ©| \([cC]\))?)\s(?:[0-9]{4}\s)?)"
    r"(?P<agency>[A-Z][\w\-/ ]{1,40}?)[)/.]{0,2}(?:\s[0-9]{4})?\.?(?: All rights reserved\.?)?$"
)
_WEEKDAY_OR_MONTH = re.compile(rf"(?i:{_MONTH}|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b")

_CLOSED = frozenset(".!?\"'”’")

#: Words in capitals that open a line without being a place.
_LABELS = frozenset(
    """BREAKING NEWS EXCLUSIVE UPDATE UPDATED ANALYSIS OPINION WATCH VIDEO PHOTO PHOTOS LIVE EXPLAINER FACTBOX TIMELINE
    INTERVIEW CORRECTED CORRECTION WRAPUP REPORT SPECIAL EDITORIAL COMMENT LATEST ALERT URGENT FLASH NOTE READ RELATED
    FILE CAPTION TRANSCRIPT MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY
    ADVISORY FEATURE BACKGROUND SUMMARY HEADLINE HEADLINES DEVELOPING STATEMENT PRESS RELEASE COMMUNIQUE SPEECH WORLD
    POLITICS BUSINESS SPORT SPORTS WAR PEACE TODAY MORNING EVENING AFTERNOON NATO UNHCR UNICEF OSCE IAEA OPEC ASEAN
    ECOWAS FARC HAMAS ISIS ISIL FIFA UNESCO AFRICOM CENTCOM ISAF UNRWA EUROPOL INTERPOL HEZBOLLAH TALIBAN DAESH
    PKK""".split()  # noqa: SIM905 - words are easier to read than a list of strings
)
_ORGANISATION = re.compile(
    r"\b(?:Agency|News|Press|Army|Force|Forces|Ministry|Committee|Council|Organization|Organisation|Union|Party|Movement"
    r"|Front|Group|Department|Office|Command|Brigade|Brigades|Units|Society|Court|Commission|Center|Centre|The)\b"
)


def credit(text: str) -> Credit | None:
    r"""The dateline or credit line at the head of the text, or an agency's tag at its end, if there is one.

    A dateline counts where a line starts with a place in capitals and a dash, or with a place, a date or region, and
    an agency; a byline only as a line by itself. Precision comes first: where the first sentence may merely be
    in capitals, nothing is returned.

    Example:
        >>> credit("GENEVA (AP) - Talks resumed on Monday.")
        Credit(span=(0, 13), text='GENEVA (AP) -', agency='AP', place='GENEVA')
        >>> credit("KYIV, March 3 (Reuters) – Shelling continued.").place
        'KYIV'
        >>> credit("By Jane Doe\nHarbour News Agency\n\nTalks resumed.").agency
        'Harbour News Agency'
        >>> credit("REBELS TAKE TOWN - ARMY RETREATS") is None
        True
    """
    starts = list(_line_starts(text))
    for at in starts:
        if found := _dateline(text, at) or _agency(text, at):
            return found
    for at in starts:
        if found := _byline(text, at):
            return found
    return _ending(text)


def _line_starts(text: str) -> Iterator[int]:
    """Offsets of the first characters of the first lines with text."""
    seen = at = 0
    while at < min(len(text), REACH) and seen < LINES:
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at : min(end, at + REACH)]
        if line.strip():
            seen += 1
            yield at + len(line) - len(line.lstrip())
        at = end + 1


def _dateline(text: str, at: int) -> Credit | None:
    found = _DATELINE.match(text, at)
    if not found:
        return None
    agency = _named_agency(found)
    shouted = re.fullmatch(_SHOUTED, found["city"]) is not None
    if not _place_like(found["city"], shouted=shouted) or not _supported(text, found, agency, shouted=shouted):
        return None
    end = found.end()
    if tags := _TAGS.match(text, end):
        end = tags.end()
    name = agency if agency and (known_agency(agency) or found["dash"] or found["slashed"]) else None
    return _credit(text, (at, end), name, _place(found))


def _supported(text: str, found: re.Match[str], agency: str | None, *, shouted: bool) -> bool:
    """Whether enough of a dateline's other parts are there to believe that the words name a place."""
    closed = bool(found["dash"] or found["slashed"])
    if agency and known_agency(agency):
        return closed or (shouted and _new_sentence(text, found.end()))
    if found["date"] and shouted:
        return closed
    if not shouted:
        return False
    if found["time"]:
        return closed or text.startswith("\n", found.end())
    if not closed or not _new_sentence(text, found.end()):
        return False
    return not _capitals_only(text, found.end()) and (bool(agency or found["region"]) or len(found["city"]) > 3)


def _place_like(city: str, *, shouted: bool) -> bool:
    words = re.split(r"[ /]", city)
    if shouted:
        return not any(w.strip(".") in _LABELS for w in words) and not listed_agency(city)
    return not _ORGANISATION.search(city) and len(words) <= 4


def _named_agency(found: re.Match[str]) -> str | None:
    """The agency in brackets or slashes, or in the region's place ("PARIS, AFP -")."""
    region: str = (found["region"] or "").strip(" ,()")
    return found["agency"] or found["slashed"] or (region if listed_agency(region) else None)


def _place(found: re.Match[str]) -> str | None:
    """The place as written; press reviews put "NO CITY" or "CLANDESTINE" where it is not known."""
    if found["city"] in {"NO CITY", "CLANDESTINE"}:
        return found["region"].strip(" ,()") if found["region"] else None
    if not found["region"]:
        return str(found["city"]).rstrip(".")
    return str(found["city"] if listed_agency(found["region"].strip(" ,()")) else found["place"])


def _new_sentence(text: str, at: int) -> bool:
    rest = text[at : at + 80].lstrip()
    return bool(rest) and (rest[0].isupper() or rest[0].isdigit() or rest[0] in "\"'“‘«")


def _capitals_only(text: str, at: int) -> bool:
    return not any(c.islower() for c in text[at : at + 80])


def _agency(text: str, at: int) -> Credit | None:
    found = _AGENCY.match(text, at)
    if not found or not known_agency(found["agency"] or found["bare"]) or not _new_sentence(text, found.end()):
        return None
    return _credit(text, (at, found.end()), found["agency"] or found["bare"], None)


def _byline(text: str, at: int) -> Credit | None:
    found = _BYLINE.match(text, at)
    if not found or _WEEKDAY_OR_MONTH.match(found["names"]):
        return None
    names = re.sub(r"\b(?:and|AND|de|van|von|al|el|bin|in [A-Z]\w+)\b", "", found["names"]).split()
    if not 2 <= len(names) <= 8 or not all(n[0].isupper() for n in names) or found["names"][-1] in '."”':
        return None
    agency, end = found["agency"], found.end()
    if agency and not outlet_like(agency):
        return None
    following = re.compile(r"[^\S\n]*\n[^\S\n]*([^\n]{2,60})").match(text, end)
    if not agency and following and outlet_like(following[1].rstrip()):
        agency = following[1].rstrip()
        end = following.start(1) + len(agency)
    return _credit(text, (at, end), agency, None)


def _ending(text: str) -> Credit | None:
    end = len(text.rstrip())
    line = max(text.rfind("\n", 0, end) + 1, end - 160)
    at = max(text.rfind(mark, line, end) for mark in ("--", "—", "–", "(", "/", "©", "Copyright"))
    for start in (line, at):
        found = _ENDING.match(text, start, end) if start >= 0 else None
        if not found or not known_agency(found["agency"].strip()):
            continue
        # A name in brackets at the end of a sentence is an abbreviation; after the sentence it is a credit.
        if text[start] not in "(/" or (start and text[max(0, start - 9) : start].rstrip()[-1:] in _CLOSED):
            return _credit(text, (start, end), found["agency"].strip(), None)
    return None


def _credit(text: str, span: Span, agency: str | None, place: str | None) -> Credit:
    return Credit(span=span, text=text[slice(*span)], agency=agency, place=place)
