"""Whether a number counts the whole of something, so that it can be compared with another report's."""

from __future__ import annotations

import re
from typing import Literal

from onrecord.model import Figure, Report, Span
from onrecord.reconcile.figure_times import FigureTimes
from onrecord.reconcile.no_counts import is_no_count
from onrecord.reconcile.whom import Whom
from onrecord.reconcile.word_sets import word_set

__all__ = ["THINGS", "Standing", "standing"]

Standing = Literal["whole", "part", "some", "lesser", "added", "aside", "one"]

#: Units that are compared only where the words say what is counted.
THINGS = word_set("buildings vehicles weapons troops attacks")

#: Words of another event than that of the report.
_ASIDE = re.compile(
    r"\b(?:separate|separately|unrelated|previous|previously|similar|in (?:19|20)\d\d|recent years|"
    r"last (?:week|month|year|january|february|march|april|may|june|july|august|september|october|november|december)|"
    r"another (?:shooting|attack|incident|bombing|blast)|years? ago|months? ago|weeks? ago|"
    r"earlier (?:this|in the) (?:week|month|year)|anniversary)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
#: "two of the wounded", "none of them".
_OF_SOME = re.compile(
    r"\s+of\s+(?:the|them|these|those|his|her|whom|which|two|three|four|five|six|seven|eight|nine|ten|\d+)\b",
    re.IGNORECASE,
)
#: Those who are named may be some of them.
_NAMES = re.compile(r"\b(?:identit(?:y|ies) of|names of|identified|naming|named)\s+(?:the\s+)?$", re.IGNORECASE)
#: "one of its officers"; but "four of its fighters" may be all that it lost.
_OF_OWN = re.compile(r"\s+of\s+(?:its|their|our)\b", re.IGNORECASE)
#: In what state some of them are, or where some of them were found.
_STATE = re.compile(
    r"\b(?:critical|critically|seriously|severely|slightly|lightly|minor|condition|surgery|life[- ]threatening|"
    r"identified|at the scene|on the spot|instantly|later died|remain(?:s|ed|ing)? (?:in|hospitali[sz]ed)|"
    r"still (?:in hospital|hospitali[sz]ed))\b",
    re.IGNORECASE,
)
#: "one officer in the foot, and the other in the leg", "one of four".
_ONE_BY_ONE = re.compile(r"\b(?:another|the others?|the second|a second|the third|a third)\b", re.IGNORECASE)
_THE_OTHER = re.compile(r"\b(?:the|his|her|their|all|each|both)\s+(?:other\s+)?$", re.IGNORECASE)
#: "two officers and three others were hurt", "the priests and two people were killed": those named before are left out.
_BESIDE = re.compile(
    r"(?<!\bat )(?<!\bin )(?<!\bon )(?<!\bof )\b(?:the|an?|two|three|four|five|six|seven|eight|nine|ten|\d+)\s+"
    r"((?:[\w’'-]+\s+){1,3})and\s+$",
    re.IGNORECASE,
)
_BEFELL = re.compile(r"\b(?:dead|killed|died|shot|wounded|injured|hurt|hit|struck|arrested|detained)\b", re.IGNORECASE)
_LOVED = re.compile(r"\bloved\s+$", re.IGNORECASE)
_ONE = re.compile(r"(?:one|1|(?:only|just|at least) (?:one|1))\b", re.IGNORECASE)
#: "They found six victims": those who were there then.
_FOUND = re.compile(
    r"\b(?:found|discovered|encountered|located)\s+(?:(?!that|which|who|after|where|when)[^\s.;]+\s+){0,6}$",
    re.IGNORECASE,
)
#: "three people in their legs and another in the arm", "two in the street, and a third person inside".
_AND_ANOTHER = re.compile(
    r"[^.;\n]{0,60}\band (?:(?:another|one other)(?: (?:person|man|woman|victim))? in|"
    r"an? (?:third|fourth|fifth|sixth|seventh) (?:person|man|woman|victim|body|child))\b",
    re.IGNORECASE,
)
#: How far after a number the state of those counted is looked for, in code points.
_AFTER = 50


def standing(figure: Figure, counted: Whom, report: Report, sentence: Span, times: FigureTimes) -> Standing:
    """Whether a figure is a whole; else why it is none: what `Tally.standing` may be, but "lesser"."""
    text, (start, end) = report.text, figure.span
    after = re.split(r"[.,;:]\s", text[end : min(end + _AFTER, sentence[1])])[0]
    if is_no_count(figure, text):
        return "aside"
    if figure.unit in THINGS and (not counted.head or figure.low != figure.high or figure.high in (0, 1)):
        return "aside"
    single = not _ONE.match(figure.text) or _ONE_BY_ONE.search(text, end, sentence[1]) or not figure.of.text
    if figure.high == 1 and (single or _LOVED.search(text[max(0, start - 8) : start])):
        return "one"
    if figure.part_of is not None:
        return "part"
    if (
        _OF_SOME.match(text, end)
        or _AND_ANOTHER.match(text, end)
        or _NAMES.search(text[max(sentence[0], start - 30) : start])
        or (figure.high == 1 and _OF_OWN.match(text, end))
        or _FOUND.search(text[max(sentence[0], start - 60) : start])
        or _STATE.search(after)
        or _STATE.search(figure.of.text)
    ):
        return "some"
    if (
        counted.added
        or (counted.others and figure.unit != "wounded")
        or _THE_OTHER.search(text[max(0, start - 12) : start])
        or ((counted.others or not counted.head) and _is_beside(text[max(sentence[0], start - 60) : start]))
    ):
        return "added"
    if times.happened() is None and times.period() is None and _is_aside(text[slice(*sentence)], report.published):
        return "aside"
    return "whole"


def _is_beside(before: str) -> bool:
    """Whether the number stands in one line with others who fared alike: what befell them is said after both."""
    found = _BESIDE.search(before)
    return found is not None and _BEFELL.search(found[1]) is None


def _is_aside(sentence: str, published: str | None) -> bool:
    """Whether a sentence speaks of another event than that of the report: an earlier one, or one in another year."""
    if _ASIDE.search(sentence):
        return True
    return any(published is not None and year != published[:4] for year in _YEAR.findall(sentence))
