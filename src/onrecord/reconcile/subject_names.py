"""The names a report is about, a few words: what ties two reports that both name only "police" or "a witness"."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from onrecord.model import Annotated
from onrecord.reconcile.rarity import RAREST, rarity, words
from onrecord.reconcile.word_sets import word_set

__all__ = ["are_tied", "is_anybody", "subject_names"]

#: How many words are kept.
MOST = 12
#: A commoner word names nothing that two reports would not have in common anyway.
COMMON = 2.5
#: A word so rare ties two reports by itself.
ALONE = 7.0
#: Words for offices, bodies and people that every town has; a rare word would not do, as "White House" is common.
_ANYBODYS = word_set(
    """police officer officers department detective detectives deputy deputies sheriff sheriffs chief captain lieutenant
    sergeant constable trooper troopers cop cops investigator investigators authorities authority official officials
    spokesman spokeswoman spokesperson prosecutor prosecutors attorney lawyer lawyers judge court courts jury affidavit
    affidavits records record documents document complaint warrant report reports release statement statements news
    coroner examiner medical hospital hospitals doctor doctors paramedic paramedics dispatcher dispatchers firefighter
    firefighters fire rescue emergency crime stoppers crimestoppers hotline bureau office city county state local
    district school schools principal superintendent family families relative relatives relation mother father parents
    parent son daughter children brother sister aunt uncle cousin grandmother grandfather wife husband friend friends
    neighbor neighbors neighbour neighbours resident residents witness witnesses bystander bystanders victim victims
    suspect suspects gunman shooter survivor survivors man woman men women boy girl teen teenager people person
    community group crowd worker workers employee employees owner manager driver drivers passenger passengers student
    students teacher teachers staff company business organizer organizers organiser organisers pastor reporter reporters
    media outlet outlets source sources analyst analysts expert experts agents agent homicide crimes unit division
    team law enforcement"""
)


def subject_names(annotated: Annotated) -> tuple[str, ...]:
    """The folded words of the names that a report names most, rare ones before common ones, sorted.

    Example:
        >>> import onrecord
        >>> subject_names(onrecord.annotate("Police in Tarnow searched for Karel Brod. Mr. Brod fled.", models=False))
        ('brod', 'karel', 'tarnow')
    """
    text, counted = annotated.report.text, Counter[str]()
    for start, end in {span for entity in annotated.entities for span in entity.mentions}:
        counted.update({word for word, _, capital in words(text[start:end]) if capital and rarity(word) >= COMMON})
    weights = {word: rarity(word) * (1 + math.log(count)) for word, count in counted.items()}
    return tuple(sorted(sorted(weights, key=lambda word: (-weights[word], word))[:MOST]))


def are_tied(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two reports name so much alike that "police" in both may be one police; if one names nothing, it may be.

    Example:
        >>> are_tied(("brod", "karel", "tarnow"), ("karel", "tarnow")), are_tied(("austin",), ("indianapolis",))
        (True, False)
    """
    if not a or not b:
        return True
    both = sorted(set(a) & set(b))
    return len(both) > 1 or any(rarity(word) >= min(ALONE, RAREST) for word in both)


def is_anybody(who: Iterable[str]) -> bool:
    """Whether the folded words for somebody would do for another elsewhere: "police", "two officials".

    Example:
        >>> is_anybody(("police",)), is_anybody(("tarnow", "police"))
        (True, False)
    """
    return all(word in _ANYBODYS for word in who)
