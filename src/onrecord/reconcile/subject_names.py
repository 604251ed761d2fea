"""The names a report is about, a few words: what ties two reports that both name only "police" or "a witness"."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from onrecord.model import Annotated
from onrecord.reconcile.rarity import RAREST, rarity, words

__all__ = ["are_tied", "is_anybody", "subject_names"]

#: How many words are kept.
MOST = 12
#: A commoner word names nothing that two reports would not have in common anyway.
COMMON = 2.5
#: A word so rare ties two reports by itself.
ALONE = 7.0
#: A word of a speaker's name or office that is rarer than this says which one it is.
TELLING = 3.0
#: Rarer words that still are anybody's.
_ANYBODYS = frozenset(
    """prosecutor prosecutors trooper troopers affidavit affidavits detective detectives stoppers dispatcher dispatchers
    paramedics coroner examiner hospital hotline firefighters bystanders documents relatives deputies""".split()  # noqa: SIM905
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
    return all(rarity(word) < TELLING or word in _ANYBODYS for word in who)
