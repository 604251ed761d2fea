"""As what a number counts people: all who were hit, those hurt, those taken to hospital, those killed."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

__all__ = ["CountedAs", "Fate", "counted_as"]

Fate = Literal["", "hit", "hurt", "hospital", "killed"]

#: Words of what befell those counted. Whoever was shot or struck may have died of it; whoever was hurt has not.
_KILLED = (
    r"fatally (?:shot|stabbed|struck|wounded|injured)|"
    r"(?:shot|shooting|stabbed|beaten|burned|burnt) (?:them |him |her )?(?:to death|dead)|"
    r"kill(?:ed|s|ing|ings)?|die[sd]?|dying|dead|deaths?|slain|slaying|murder(?:ed|s|ing)?|deceased|lives|bodies|"
    r"fatalit(?:y|ies)|execut(?:ed|ing|ions?)|massacred"
)
_HURT = r"injur(?:ed|es|e|ing|y|ies)|wound(?:ed|s|ing)?|hurt(?:ing|s)?|maim(?:ed|ing|s)?|gunshot wounds?"
_HOSPITAL = (
    r"hospitali[sz]ed|(?:to|in|at) (?:an? |the |area |local |nearby )*hospitals?|medical cent(?:er|re)|"
    r"treat(?:ed|ment)|transported|airlifted|rushed to"
)
_HIT = (
    r"shot|gunned down|shooting(?: of)?|shoots|hit|hitting|hits|struck|striking|strikes|stabbed|stabbing(?: of)?|stabs|"
    r"beaten|attacked|attacking"
)
_FATES: tuple[tuple[Fate, str], ...] = (("killed", _KILLED), ("hurt", _HURT), ("hospital", _HOSPITAL), ("hit", _HIT))
#: "shot and killed" says killed.
_FIRST = r"(?:(?:shot|stabbed|hit|struck) and (?:critically |seriously |slightly )?)?"
_FATE = re.compile(rf"\b{_FIRST}(?:" + "|".join(f"(?P<{n}>{words})" for n, words in _FATES) + r")\b", re.IGNORECASE)
#: What may stand between a verb and the number that it counts.
_BEFORE = re.compile(
    r"[^\S\n]*(?:(?:to|of|in|than|least|most|about|around|some|nearly|almost|over|up|another|the|as|many)\s+)*",
    re.IGNORECASE,
)
#: Where the words on those counted end.
_CLAUSE = re.compile(
    r"[;:()\n]|[.!?]\s|,? (?:and|while|but|before|after|when) |"
    r", (?:who|which|wounding|killing|injuring|leaving)\b|--|–|—"
)
#: How far from the number its verb is looked for, in code points.
_REACH = 70

#: One number of several events.
_MANY = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?(?: of)?|several|multiple|different|"
    r"separate|various|\d+)"
)
_EVENTS = (
    r"(?:\w+\s+)?(?:shootings|attacks|incidents|bombings|explosions|blasts|clashes|stabbings|raids|strikes|"
    r"air ?strikes|scenes|accidents|killings|homicides|murders)"
)
_SEVERAL = re.compile(
    rf"\b{_MANY}\s+{_EVENTS}\b|\b(?:series|spate|string|wave|rash|number) of\s+{_EVENTS}\b|"
    r"\b(?:across|around|throughout|over) the (?:city|country|county|region|province|weekend)\b|"
    r"\bfrom \w+day (?:through|to|until) \w+day\b",
    re.IGNORECASE,
)
_DOER = (
    r"(?:suspected |alleged |suicide )?"
    r"(?:gunm[ae]n|shooters?|attackers?|bombers?|suspects?|assailants?|perpetrators?|killers?)"
)
#: The one who did it died, too: some count him, some do not.
_DOER_DIED = re.compile(
    r"\b(?:kill(?:ed|ing)?|shot|shooting|turn(?:ed|ing) the gun on|then) (?:himself|herself|themselves)\b|"
    rf"\b(?:the|a) {_DOER} (?:\w+ ){{0,3}}(?:dead|died|killed)\b|\b(?:and|including) (?:the|a) {_DOER}\b|"
    rf"\b{_DOER},? (?:shot|killed|dead)\b",
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


def _fate(before: str, after: str) -> Fate:
    """By the verb right before the number, else by the first word of its clause after it, else the last before it."""
    found = list(_FATE.finditer(before, max(0, len(before) - _REACH)))
    if found and _BEFORE.fullmatch(before, found[-1].end()):
        return _named(found[-1])
    later = _FATE.search(after[:_REACH])
    if later and later.start() <= len(_CLAUSE.split(after[:_REACH])[0]):
        return _named(later)
    if earlier := list(_FATE.finditer(_CLAUSE.split(before[-_REACH:])[-1])):
        return _named(earlier[-1])
    # "three men and a woman were shot": the verb comes after the others
    later = _FATE.search(re.split(r"[;\n]|[.!?]\s", after[: _REACH * 2])[0])
    return _named(later) if later else ""


def _named(found: re.Match[str]) -> Fate:
    return next(name for name, _ in _FATES if found[name])
