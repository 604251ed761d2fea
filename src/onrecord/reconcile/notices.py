"""Notices of corrections, updates and retractions in reports: what was wrong, what is right, and where it stood.

Only what a report says of itself counts: that somebody else retracted or corrected something is news, and no notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from onrecord.model import Report, Span
from onrecord.reconcile.addresses import address, headline, update_number
from onrecord.reconcile.agencies_named import agency_name, origin, published_by
from onrecord.reconcile.copies import Copy
from onrecord.reconcile.sentences import sentences

__all__ = ["Corrected", "Notice", "NoticeKind", "corrected", "notices"]

NoticeKind = Literal["correction", "clarification", "update", "retraction", "editor's note"]

#: Longest paragraph that is taken for a notice, in code points.
LONGEST = 1_500

_KINDS: dict[str, NoticeKind] = {
    "correct": "correction", "fix": "correction", "errat": "correction", "refile": "correction",
    "clarif": "clarification",
    "updat": "update", "wrapup": "update", "recast": "update", "add": "update", "retract": "retraction",
    "withdraw": "retraction", "kill": "retraction", "remov": "retraction", "editor": "editor's note",
    "eds": "editor's note",
}  # fmt: skip
_REPORT = r"(?:article|story|report|piece|post|dispatch|item|version|headline|caption|column|page)"
_LABEL = re.compile(
    r"""[\s*_\[(>-]{0,6}(?P<label>corrections?(?:\s(?:and|&)\sclarifications?)?(?:\sappended)?|corrected(?:\sversion)?|clarifications?|retractions?|retracted
    |(?:story\s)?withdrawn|errat(?:um|a)|(?:editor['’]?s?['’]?|eds\.?)\s?(?:note)?|refile[sd]?|updated?(?:\s[0-9]{1,2})?)
    (?:(?:,(?=[^:\n]{0,24}[0-9]))?\s(?:on\s)?\(?(?-i:[A-Z0-9])[\w.,/ ]{2,24}\)?)?\s?(?::|--?|–|—|\.?\s?$|\]|\))\s?""",
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)
_HEADLINE = re.compile(
    r"""\s{0,4}\[?(?P<label>CORRECT(?:ED|ION|S)|REFILE|RETRACTION|WITHDRAWN|CLARIFICATION|KILL|UPDATED?(?:\s?\#?[0-9]{1,2})?|WRAPUP(?:\s[0-9]{1,2})?)
    (?:\s?[-–—:\]]|\s[-–—]|$)|\s{0,4}(?P<word>Corrections?|Corrected|Clarification|Retraction|Updated?(?:\s[0-9]{1,2})?)\s?[:\]–—-]""",
    re.VERBOSE,
)
_BRACKET = re.compile(
    r"""\((?P<label>Corrects|Correcting|Fixes|Clarifies|Updates|Updating|Adds|Recasts|Refiles|Removes|Withdraws|Retracts)\s[^()\n]{2,300}\)"""
)
_EDS = re.compile(
    r"^\s{0,4}Eds:?\s(?P<label>Corrects|Updates|Adds|Recasts|Clarifies|Fixes|Removes|Retracts|Withdraws)\b[^\n]{2,400}",
    re.MULTILINE,
)
_EARLIER = re.compile(
    rf"""\b(?:an?|the|in\san?|in\sthe|our)\s(?:earlier|previous|prior|original|initial|first)\s(?:\w+\s)?{_REPORT}\b
      (?!\s(?:of|by|from)\s(?!this|our|the\s(?:article|story|report|piece)))
    |\b(?:this|the)\s(?:\w+\s)?{_REPORT}\s(?:has\sbeen|was|is|had\sbeen)\s(?:since\s|now\s|later\s|being\s)?(?P<label>corrected|updated|clarified|amended|edited|revised|retracted|withdrawn|removed)\b
    |\b(?P<who>we|(?:the\s)?(?-i:[A-Z])[\w.]{{1,20}}(?:\s(?-i:[A-Z])[\w.]{{1,20}}){{0,3}})\s(?:has|have|is|are|hereby)?\s?(?P<own>retract(?:s|ed|ing)?|withdraw(?:s|n|ing)?)\s(?:this|the\sabove|our|its)\s(?:\w+\s)?{_REPORT}\b
    |\breported\serroneously\b|\berroneously\sreported\sthat\b""",
    re.VERBOSE | re.IGNORECASE,
)
_PLEASE = re.compile(
    r"\b(?:please\s(?:disregard|ignore|kill)|kill)\sthis\s(?:\w+\s)?(?:story|report|item|dispatch|alert|headline)\b",
    re.IGNORECASE,
)
#: Each match of `_EARLIER` holds one of the hints, each of `_PLEASE` one of the askings: a look for these is quick.
_HINTS = (
    "earlier", "previous", "prior", "original", "initial", "first", "corrected", "updated", "clarified", "amended",
    "edited", "revised", "retract", "withdr", "removed", "erroneously",
)  # fmt: skip
_ASKS = ("please", "kill")
#: How far from a hint its phrase may reach, in code points.
_AROUND = 150

_WRONG = re.compile(
    r"""\b(?:(?:incorrectly|mistakenly|wrongly|erroneously|inaccurately|falsely)\s(?:said|stated|reported|suggested|implied|described|identified|referred\sto|attributed|gave|listed|quoted|indicated|put|named|claimed)
    |(?:said|stated|reported|identified|described|listed|gave|named)\s(?:incorrectly|erroneously|wrongly|mistakenly)
    |misstated|misidentified|misspelled|misspelt|misreported|mischaracteri[sz]ed|misquoted|misattributed|gave\s(?:the|an?)\s(?:wrong|incorrect)|contained\san?\s(?:error|incorrect)|had\s(?:the\s)?(?:wrong|incorrect))
    \s(?:that\s|about\s|in\s(?=the))?(?P<wrong>[^.;\n](?:[^.;\n]|\.(?=\w)){1,400})""",
    re.VERBOSE | re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:said|stated|reported|suggested|implied|referred\sto)\s(?:that\s)?(?P<wrong>[^.;\n](?:[^.;\n]|\.(?=\w)){1,300})",
    re.IGNORECASE,
)
_TO_SHOW = re.compile(
    r"""\bto\s(?:show|say|reflect|state|clarify|note|make\sclear|indicate|read|specify)\s(?:that\s)?(?P<right>[^.;\n()](?:[^.;\n()]|\.(?=\w)){1,400})""",
    re.VERBOSE | re.IGNORECASE,
)
_NOT = re.compile(
    r"(?P<right>[^,;\n]{2,200}),?\s(?:not|rather\sthan|instead\sof)\s(?P<wrong>[^,;.\n)](?:[^,;.\n)]|\.(?=\w)){0,200})"
)
_IN_ORDER_TO = re.compile(r"\sto\s(?:show|say|reflect|correct|clarify|state|remove|include|add|make|indicate)\b")
_OWN_STORY = re.compile(
    r"(?:\W|Correction:?\s){0,3}(?:In\s(?:an?|some|its|our|the|earlier)\s[^.\n]{0,60}\b(?:stor(?:y|ies)|reports?|articles?|versions?)\b|We\b)"
)
_REFERS = re.compile(r"(?:It|He|She|They|In fact|That|This|Those|These|There)\b")
_IS = re.compile(r"\b(?:was|is|were|are|should|actually|correct)\b")


class Notice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A notice that a report carries about itself.

    Attributes:
        field: whether the spans are of the text or of the title.
        span: the notice's words.
        wrong: the words for what was wrong, and `right` for what is right, where the notice states them.
    """

    kind: NoticeKind
    field: Literal["text", "title"]
    span: Span
    wrong: Span | None
    right: Span | None


class Corrected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The report that a notice is about, as far as it can be found: its id and version, and by what."""

    id: str
    version: str
    because: str


def notices(report: Report) -> tuple[Notice, ...]:
    r"""The notices in a report's title and text, in their order.

    Example:
        >>> from onrecord.read.text import report
        >>> made = report("Talks ended.\n\nCorrection: An earlier version misstated the place. It was Aden.")
        >>> [(n.kind, made.text[slice(*n.wrong)], made.text[slice(*n.right)]) for n in notices(made)]
        [('correction', 'the place', 'It was Aden')]
    """
    found = []
    title = _HEADLINE.match(report.title or "")
    if title:
        found.append(Notice(_kind(title["label"] or title["word"]), "title", title.span(), None, None))
    seen = 0
    for start, end, kind in sorted(_stretches(report)):
        if start >= seen:
            found.append(_read(report.text, (start, end), kind))
            seen = end
    return tuple(found)


def corrected(report: Report, others: Iterable[Report], links: Sequence[Copy] = ()) -> Corrected | None:
    """The report, of several, that the notices of one are about; None if it has none, or it cannot be told which.

    Looked for, in this order: an earlier version of the same report; one at the same address; one under the same
    headline, but for the tag, by the same publisher; one linked as its version or copy. Of several the last before it.
    """
    if not notices(report):
        return None
    before = [o for o in others if (o.id, o.version) != (report.id, report.version) and _may_precede(o, report)]
    linked = {
        (c.b, c.version_b) for c in links if (c.a, c.version_a) == (report.id, report.version) and c.kind != "contains"
    }
    linked |= {
        (c.a, c.version_a) for c in links if (c.b, c.version_b) == (report.id, report.version) and c.kind != "contains"
    }
    place = address(report.url)
    ways = (
        ("an earlier version of the same report", lambda o: o.id == report.id),
        ("same address", lambda o: place is not None and address(o.url) == place),
        ("same publisher and headline", lambda o: _same_headline(o, report)),
        ("a copy or version of it", lambda o: (o.id, o.version) in linked),
    )  # fmt: skip
    for because, fits in ways:
        there = [o for o in before if fits(o)]
        dated = [o for o in there if o.published is not None]
        if len(there) == 1 or (dated and report.published is not None):
            last = (
                there[0]
                if len(there) == 1
                else max(dated, key=lambda o: (o.published or "", update_number(o.title) or 0, o.version))
            )
            return Corrected(last.id, last.version, because)
        if there:
            return None
    return None


def _may_precede(other: Report, report: Report) -> bool:
    if other.published is not None and report.published is not None:
        size = min(
            len(other.published), len(report.published), 10 if len(other.published) != len(report.published) else 99
        )
        if other.published[:size] != report.published[:size]:
            return other.published[:size] < report.published[:size]
    return (update_number(other.title) or 0) <= (update_number(report.title) or 0)


def _same_headline(one: Report, other: Report) -> bool:
    if headline(one.title) is None or headline(one.title) != headline(other.title):
        return False
    return (
        one.publisher is not None
        and other.publisher is not None
        and one.publisher.casefold() == other.publisher.casefold()
    )


def _kind(words: str) -> NoticeKind:
    low = words.casefold().strip(" *_[(>-")
    return next((kind for stem, kind in _KINDS.items() if low.startswith(stem)), "correction")


def _stretches(report: Report) -> Iterable[tuple[int, int, NoticeKind]]:
    """Start, end and kind of each stretch that is a notice; several may overlap."""
    text = report.text
    for found in (*_BRACKET.finditer(text), *_EDS.finditer(text)):
        yield found.start(), found.end(), _kind(found["label"])
    at = 0
    for line in text.split("\n"):
        label = _LABEL.match(line)
        if label and len(line) <= LONGEST and _opens_notice(label["label"]):
            start = at + len(line) - len(line.lstrip())
            yield start, at + len(line.rstrip()), _kind_of(line, label["label"])
        at += len(line) + 1
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c if len(c.lower()) > 1 else c.lower() for c in text)
    if not _phrased(text, low, _HINTS, _EARLIER) and not _phrased(text, low, _ASKS, _PLEASE):
        return
    for start, end in sentences(text):
        phrase = _EARLIER.search(text, start, end)
        if phrase and (said := _about_itself(report, phrase, (start, end))) is not None:
            yield start, _with_right(text, end), said
        elif _PLEASE.search(text, start, end):
            yield start, end, "retraction"


def _phrased(text: str, low: str, hints: Iterable[str], phrase: re.Pattern[str]) -> bool:
    """Whether the phrase may stand around one of its hints; no phrase reaches further than `_AROUND` from it."""
    for hint in hints:
        at = low.find(hint)
        while at >= 0:
            if phrase.search(text, max(0, at - _AROUND), at + _AROUND):
                return True
            at = low.find(hint, at + 1)
    return False


def _opens_notice(label: str) -> bool:
    """Whether a label opens a notice: with a capital, and an editor's only if it says that it is a note."""
    if label.casefold().startswith(("updat", "correct", "clarif", "retract", "errat", "refile", "story", "withdrawn")):
        return label[0].isupper()
    return "note" in label.casefold()


def _kind_of(line: str, label: str) -> NoticeKind:
    """The label's kind; an editor's note that corrects or retracts is a correction or retraction."""
    kind = _kind(label)
    if kind == "editor's note":
        if re.search(r"\b(?:retract|withdr[ae]w)", line, re.IGNORECASE):
            return "retraction"
        if _WRONG.search(line) or re.search(r"\b(?:correct(?:s|ed|ion)|in error)\b", line, re.IGNORECASE):
            return "correction"
    return kind


def _about_itself(report: Report, found: re.Match[str], sentence: Span) -> NoticeKind | None:
    """The kind of notice that a sentence is by its phrase; None where it is none."""
    text, end = report.text, sentence[1]
    if found["own"]:
        return "retraction" if _speaks_for(report, found["who"]) else None
    if found["label"]:
        kind = {"amended": "correction", "edited": "correction", "revised": "correction"}.get(found["label"].casefold())
        rest = text[found.end() : end]
        if found.group()[:3].casefold() == "the" and not _IN_ORDER_TO.match(rest):
            return None
        if kind == "correction" and not re.search(r"\b(?:to|because|after|correct)", rest):
            return None
        return "correction" if kind else _kind(found["label"])
    if "erroneously" in found.group().casefold():
        return "correction" if _OWN_STORY.match(text, *sentence) else None
    rest = text[found.start() : end]
    wrong = _WRONG.search(rest) or re.search(r"\b(?:incorrect|wrong|error|mistake)", rest, re.IGNORECASE)
    return "correction" if wrong else None


def _speaks_for(report: Report, who: str) -> bool:
    """Whether "we", or the publisher or agency of the report, retracts: another's retraction is news."""
    if who.casefold() == "we":
        return True
    named = origin(report)
    return published_by(report, agency_name(who)) or (named is not None and named.name == agency_name(who))


def _with_right(text: str, end: int) -> int:
    """The end of the notice: the next sentence of its line belongs to it where it states what is right."""
    stop = text.find("\n", end)
    following = text[end : min(stop if stop >= 0 else len(text), end + 400)]
    spans = sentences(following)
    return end + spans[0][1] if spans and _states_right(following, spans[0]) else end


def _states_right(text: str, span: Span) -> bool:
    """Whether a sentence after the one that says what was wrong says what is right."""
    return _REFERS.match(text, *span) is not None or (
        text.startswith("The ", span[0]) and _IS.search(text, *span) is not None
    )


def _read(text: str, span: Span, kind: NoticeKind) -> Notice:
    """The notice at a span, with what it says was wrong and is right."""
    start, end = span
    wrong = _WRONG.search(text, start, end) or (
        _SAID.search(text, start, end) if _EARLIER.search(text, start, end) else None
    )
    shown = _TO_SHOW.search(text, start, end)
    wrong_at = (
        _trimmed(text, wrong.span("wrong")) if wrong and wrong["wrong"].strip(" .") not in {"it", "them"} else None
    )
    right_at = (
        _trimmed(text, shown.span("right"))
        if shown and (not wrong or shown.start() > wrong.end() or shown.end() < wrong.start())
        else None
    )
    if right_at is None and wrong is not None and wrong_at is not None:
        for first, stop in sentences(text[wrong.end() : end]):
            here = (wrong.end() + first, wrong.end() + stop)
            if _states_right(text, here):
                right_at = _trimmed(text, here)
                break
    if right_at is not None and (contrast := _NOT.fullmatch(text, *right_at)):
        right_at = _trimmed(text, contrast.span("right"))
        wrong_at = wrong_at or _trimmed(text, contrast.span("wrong"))
    elif wrong_at is None and right_at is None and kind in {"correction", "clarification"}:
        body = _LABEL.match(text, start, end)
        for first, stop in sentences(text[body.end() : end] if body else ""):
            here = (body.end() + first, body.end() + stop) if body else (first, stop)
            bare = _trimmed(text, here)
            if bare is not None and (contrast := _NOT.fullmatch(text, *bare)):
                wrong_at, right_at = _trimmed(text, contrast.span("wrong")), _trimmed(text, contrast.span("right"))
                break
    return Notice(kind, "text", span, wrong_at, right_at)


def _trimmed(text: str, span: Span) -> Span | None:
    """The span without spaces, marks and an opening "that" around the words; None if nothing is left."""
    start, end = span
    while start < end and text[start] in " \t\n;:,.-–—)(":
        start += 1
    while end > start and text[end - 1] in " \t\n;:,.-–—)(":
        end -= 1
    return (start, end) if start < end else None
