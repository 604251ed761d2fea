"""Numbers that count nobody of the event: charges, ages, names of places, headlines of other reports."""

from __future__ import annotations

import re

from onrecord.model import Figure

__all__ = ["is_no_count"]

#: "three counts of murder", "two murder charges".
_CHARGES = re.compile(
    r"\W*(?:\w+\s+){0,3}(?:counts?|charges?|warrants?|indictments?|felon(?:y|ies)|misdemeanou?rs?|convictions?|"
    r"life (?:sentences?|terms?)|consecutive)\b",
    re.IGNORECASE,
)
#: Those whom it was done to are not those who are charged with it, and "Precinct 5" is a name.
_NOT_THEY = re.compile(
    r"\b(?:charged|charging|charges against|arrested|arresting|"
    r"precinct|district|ward|room|route|highway|zone|no\.)\s+$",
    re.IGNORECASE,
)
#: The headline of another report.
_RELATED = re.compile(r"\brelated (?:stor(?:y|ies)|articles?|coverage|content|news)\b[^.\n]{0,40}$", re.IGNORECASE)
_AGES = re.compile(r"\bage[sd]?(?: of| between| from)?(?:[\d\s,-]|and|to)*$", re.IGNORECASE)
#: "Ann Lee, 24, was shot": an age as well.
_NAMED, _AGED = re.compile(r"\b[A-Z][a-z]+,\s+$"), re.compile(r"\s*(?:[,.;)]|(?:on|of|and|was|is)\b)")
#: "a father of three".
_PARENT = re.compile(r"\b(?:father|mother|dad|mom|parents?|grandmother|grandfather) of\s+$", re.IGNORECASE)
#: "19.3 deaths per 100,000 people".
_RATE = re.compile(r"[^.;\n]{0,30}\bper\s+(?:\d|hundred|thousand|million|capita)", re.IGNORECASE)
#: "there should have been six dead".
_NEVER_WERE = re.compile(r"\b(?:should|could|would|might)(?:[’']ve| have)(?: \w+){0,2}\s+$", re.IGNORECASE)
#: Calls for help.
_CALLS = "911"
#: How far around a number such words are looked for, in code points.
_AROUND = 60


def is_no_count(figure: Figure, text: str) -> bool:
    """Whether the words around a number say that it counts nobody of the event, whatever it was read as.

    Example:
        >>> import onrecord
        >>> text = "He faces two counts of murder."
        >>> [is_no_count(figure, text) for figure in onrecord.annotate(text, models=False).figures]
        [True]
    """
    start, end = figure.span
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if figure.text == _CALLS or _CHARGES.match(after) or _CHARGES.match(figure.of.text):
        return True
    if figure.unit in ("killed", "wounded") and _NOT_THEY.search(before):
        return True
    if not figure.of.text and _NAMED.search(before) and _AGED.match(after):
        return True
    if _RATE.match(after) or _NEVER_WERE.search(before):
        return True
    return bool(_PARENT.search(before) or _RELATED.search(before) or _AGES.search(before))
