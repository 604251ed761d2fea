"""As what a number counts people: all who were hit, those hurt, those taken to hospital, those killed."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

__all__ = ["CountedAs", "Fate", "counted_as", "is_of_charges"]

Fate = Literal["", "hit", "hurt", "hospital", "killed"]

#: Words of what befell those counted. Whoever was shot or struck may have died of it; whoever was hurt has not.
_KILLED = (
    r"(?:fatally (?:shot|stabbed|struck|wounded|injured)|(?:shot|shooting|stabbed|beaten|burned|burnt) (?:them |him |her )?(?:to death|dead)|"
    r"kill(?:ed|s|ing|ings)?|die[sd]?|dying|dead|deaths?|slain|slaying|murdered|murders?|murdering|deceased|lives|fatalit(?:y|ies)|bodies|"
    r"executed|executing|executions?|massacred)"
)
_HURT = r"(?:injur(?:ed|es|e|ing|y|ies)|wound(?:ed|s|ing)?|hurt(?:ing|s)?|maim(?:ed|ing|s)?|gunshot wounds?)"
_HOSPITAL = (
    r"(?:hospitali[sz]ed|(?:to|in|at) (?:an? |the |area |local |nearby )*hospitals?|treated|treatment|medical cent(?:er|re)|transported|"
    r"airlifted|rushed to)"
)
_HIT = (
    r"(?:shot|gunned down|shooting(?: of)?|shoots|hit|hitting|hits|struck|striking|strikes|stabbed|stabbing(?: of)?|"
    r"stabs|beaten|attacked|attacking)"
)
_FATES: tuple[tuple[Fate, str], ...] = (("killed", _KILLED), ("hurt", _HURT), ("hospital", _HOSPITAL), ("hit", _HIT))
_FATE = re.compile(
    r"\b(?:(?:shot|stabbed|hit|struck) and (?:critically |seriously |slightly )?)?"
    + "(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _FATES) + r")\b",
    re.IGNORECASE,
)  # fmt: skip
#: What may stand between a verb and the number that it counts.
_BEFORE = re.compile(
    r"[^\S\n]*(?:(?:to|of|in|than|least|most|about|around|some|nearly|almost|over|up|another|the|as|many)\s+)*$", re.I
)
#: Where the words on those counted end.
_CLAUSE = re.compile(
    r"[;:()\n]|[.!?]\s|,? (?:and|while|but|before|after|when) |, (?:who|which|wounding|killing|injuring|leaving)\b|--|–|—"
)
#: How far from the number its verb is looked for, in code points.
_REACH = 70

#: One number of several events.
_EVENTS = (
    r"(?:shootings|attacks|incidents|bombings|explosions|blasts|clashes|stabbings|raids|strikes|air ?strikes|scenes|"
    r"accidents|killings|homicides|murders)"
)
_SEVERAL = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?(?: of)?|several|multiple|different|separate|"
    rf"various|\d+)\s+(?:\w+\s+)?{_EVENTS}\b|\b(?:series|spate|string|wave|rash|number) of\s+(?:\w+\s+)?{_EVENTS}\b|"
    r"\b(?:across|around|throughout|over) the (?:city|country|county|region|province|weekend)\b|\bfrom \w+day (?:through|to|until) \w+day\b",
    re.IGNORECASE,
)
_DOER = r"(?:suspected |alleged |suicide )?(?:gunman|gunmen|shooters?|attackers?|bombers?|suspects?|assailants?|perpetrators?|killers?)"
#: The one who did it died, too: some count him, some do not.
_DOER_DIED = re.compile(
    r"\b(?:kill(?:ed|ing)?|shot|shooting|turn(?:ed|ing) the gun on) (?:himself|herself|themselves)\b|\bthen (?:himself|herself)\b|"
    rf"\b(?:the|a) {_DOER} (?:\w+ ){{0,3}}(?:dead|died|killed)\b|\b(?:and|including) (?:the|a) {_DOER}\b|\b{_DOER},? (?:shot|killed|dead)\b",
    re.IGNORECASE,
)
_CHARGES = re.compile(
    r"\W*(?:\w+\s+){0,3}(?:counts?|charges?|warrants?|indictments?|felon(?:y|ies)|misdemeanou?rs?|convictions?|"
    r"life (?:sentences?|terms?)|consecutive)\b",
    re.IGNORECASE,
)


class CountedAs(msgspec.Struct, frozen=True, array_like=True):
    """As what a number counts people.

    Attributes:
        fate: what befell them, in the words by which they are counted: "hit" (shot, struck: all of them, the dead too),
            "hurt", "hospital", "killed", or empty where no word is near.
        several: the sentence tells of several events, or of several days.
        doer: the sentence says that the one who did it died, too.
    """

    fate: Fate
    several: bool
    doer: bool


def counted_as(sentence: str, start: int, end: int) -> CountedAs:
    """As what the number at these places of a sentence counts people.

    Example:
        >>> sentence = "The gunman shot six people, and two of them died."
        >>> counted_as(sentence, 16, 19).fate
        'hit'
    """
    return CountedAs(_fate(sentence[:start], sentence[end:]), _SEVERAL.search(sentence) is not None,
                     _DOER_DIED.search(sentence) is not None)  # fmt: skip


def is_of_charges(after: str) -> bool:
    """Whether the words after a number count charges, not those who were killed: "three counts of murder"."""
    return _CHARGES.match(after) is not None


def _fate(before: str, after: str) -> Fate:
    """By the verb right before the number, else by the first word of its clause after it, else the last before it."""
    ahead = _CLAUSE.split(before[-_REACH:])[-1] if before else ""
    found = list(_FATE.finditer(before, max(0, len(before) - _REACH)))
    if found and _BEFORE.fullmatch(before[found[-1].end() :]):
        return _named(found[-1])
    later = _FATE.search(after[:_REACH])
    if later and later.start() <= len(_CLAUSE.split(after[:_REACH])[0]):
        return _named(later)
    if earlier := list(_FATE.finditer(ahead)):
        return _named(earlier[-1])
    # "three men and a woman were shot": the verb comes after the others
    later = _FATE.search(re.split(r"[;\n]|[.!?]\s", after[: _REACH * 2])[0])
    return _named(later) if later else ""


def _named(found: re.Match[str]) -> Fate:
    return next(name for name, _ in _FATES if found[name])
