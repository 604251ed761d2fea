"""Whom or what a figure counts, brought to a form in which two reports can be compared."""

from __future__ import annotations

import re

import msgspec

from onrecord.reconcile.rarity import folded
from onrecord.reconcile.word_sets import word_set

__all__ = ["Whom", "whom"]

#: Words that say no more than that people are counted, or what befell them.
_ANYBODY = word_set(
    """
    people person persons dead deaths death victim victims lives life individual individuals body bodies casualty
    casualties fatality fatalities killed wounded injured injuries missing displaced detainee detainees arrest
    arrests hostage hostages captive captives prisoner prisoners refugee refugees inhabitant inhabitants citizen
    citizens human beings confirmed evacuee evacuees loss losses
    """
)
_CLASSES = {
    "child": "child children boy boys girl girls kid kids infant infants baby babies minor minors toddler toddlers "
    "schoolchildren schoolchild schoolgirl schoolgirls schoolboy schoolboys teenager teenagers teen teens juvenile "
    "juveniles youth youths",
    "woman": "woman women female females lady ladies wife wives mother mothers",
    "man": "man men male males",
    "civilian": "civilian civilians noncombatant noncombatants villager villagers resident residents",
    "soldier": "soldier soldiers troop troops serviceman servicemen marine marines recruit recruits conscript "
    "conscripts trooper troopers servicemember servicemembers peacekeeper peacekeepers guardsman guardsmen cadet "
    "cadets",
    "police": "police policeman policemen policewoman policewomen officer officers cop cops deputy deputies",
    "rebel": "rebel rebels militant militants fighter fighters insurgent insurgents gunman gunmen guerrilla "
    "guerrillas terrorist terrorists attacker attackers raider raiders jihadist jihadists extremist extremists "
    "combatant combatants militiaman militiamen",
    "journalist": "journalist journalists reporter reporters",
    "house": "house houses home homes dwelling dwellings",
    "family": "family families household households",
    "worker": "worker workers employee employees staff labourer labourers laborer laborers",
    "student": "student students pupil pupils",
    "protester": "protester protesters protestor protestors demonstrator demonstrators marcher marchers",
}
_CLASS = {word: name for name, words in _CLASSES.items() for word in words.split()}
#: The number comes on top of another: it counts not all.
_ADDED = word_set("more additional further extra")
_OTHERS = word_set("other others another")
_PLAIN = word_set(
    """
    the a an of these those his her their its all some were was been young old elderly innocent
    """
)
#: Young and old are said of some, and tell them from the rest.
_EMPTY = (_ANYBODY | _ADDED | _OTHERS | _PLAIN) - word_set("young old elderly")
#: A police officer is an officer.
_OFFICE = word_set("police law enforcement court fellow")
_BREAK = re.compile(r",|\b(?:of|in|at|from|who|that|which|with|on|by|near|inside|including|for|after|to)\b")
_DOERS = re.compile(
    r"\b(?:including|counting|among them|one is|one of them) (?:definitely )?(?:(?:the|a) )?"
    r"(?:suspected |alleged |suicide )?"
    r"(?:gunman|gunmen|shooters?|attackers?|bombers?|suspects?|assailants?|perpetrators?|killers?)\b",
    re.IGNORECASE,
)
_MORE_THAN = re.compile(r"\bmore than\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")


class Whom(msgspec.Struct, frozen=True, array_like=True):
    """Whom or what a number counts.

    Attributes:
        head: the class of those counted, or the noun itself, singular; empty for people without more.
        sides: words with a capital ("Cuban"), folded and sorted: whose they are.
        doers: those who did it are counted too ("including the bomber").
        added: the number comes on top of another ("three more people"); `others`: it leaves some out ("four others").
        noun: the noun itself, singular, where it says more than that people are counted: "kid", not "child".
        sort: the other words that say what sort of them ("young", "former"), folded and sorted.
    """

    head: str
    sides: tuple[str, ...]
    doers: bool
    added: bool
    others: bool
    noun: str = ""
    sort: tuple[str, ...] = ()


def whom(words: str, before: str = "", after: str = "") -> Whom:
    """What some words say of whom a number counts.

    Args:
        words: whom it counts, in the report's words.
        before: the words right before the number and the number itself: "another three".
        after: the words after the number in its sentence.

    Example:
        >>> whom("two young Cuban fishermen").sort, whom("people").head, whom("", "another three").added
        (('two', 'young'), '', True)
    """
    said = _WORD.findall(_BREAK.split(words)[0])
    lower = [folded(word) for word in said]
    lead = {folded(word) for word in _WORD.findall(_MORE_THAN.sub(" ", before))[-3:]}
    named = [word for word in said if word[:1].isupper() and not word.isupper()]
    head = _head(lower)
    sides = {folded(word) for word in named} - _CLASS.keys() - _ANYBODY - _ADDED - _OTHERS
    telling = [word for word in lower if word not in _EMPTY and word not in sides]
    return Whom(
        head=head,
        sides=tuple(sorted(sides)),
        doers=_DOERS.search(after) is not None,
        added=bool(_ADDED.intersection(lower) or lead & _ADDED or "another" in lead),
        others=bool(_OTHERS.intersection(lower)),
        noun=_singular(telling[-1]) if head and telling else "",
        sort=tuple(sorted(set(telling[:-1] if head else telling) - _OFFICE)),
    )


def _head(words: list[str]) -> str:
    telling = [w for w in words if w not in _ANYBODY and w not in _PLAIN and w not in _ADDED and w not in _OTHERS]
    if not telling or (words and words[-1] in _ANYBODY and not any(w in _CLASS for w in telling)):
        return ""
    return next((_CLASS[w] for w in reversed(telling) if w in _CLASS), _singular(telling[-1]))


def _singular(word: str) -> str:
    if word.endswith("men"):
        return word[:-3] + "man"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
