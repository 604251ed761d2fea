"""Whether two names of people may be of one person, from the names alone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from onrecord.reconcile.known import forename, given_names, word_set
from onrecord.reconcile.spelling import BONES, close, same_sound, sounds

__all__ = ["Fit", "alike_words", "clash", "fit", "surnames"]

#: How two names fit: the same words; the same sounds; one a part of the other; an initial for a first name; a single
#: name that the other's bearer may be called by; all words but the first or the last; all but one letter.
Fit = Literal["equal", "sound", "part", "initial", "bare", "cut", "error"]

#: Family names that stand before the given name in East Asian names.
_FAMILY_FIRST = word_set(
    "xi li wang zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo kim lee park choi jung moon "
    "yoon ban roh ri pak chung han nguyen tran le pham mao deng jiang wen bo tsai chiang ho vo lai cai qin li"
)

#: What follows the names of father and son.
GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv", "v", "vi"})

Name = tuple[str, ...]


@lru_cache(maxsize=200_000)
def fit(a: Name, b: Name) -> Fit | None:
    """How two names fit; None if they are of two people.

    Example:
        >>> fit(("volodymyr", "zelenskyy"), ("vladimir", "zelensky"))
        'sound'
        >>> fit(("john", "kennedy"), ("john", "f", "kennedy"))
        'part'
        >>> fit(("kennedy",), ("john", "f", "kennedy")), fit(("john", "kennedy"), ("robert", "kennedy"))
        ('bare', None)
    """
    if a == b:
        return "equal"
    (a, younger), (b, other) = _generation(a), _generation(b)
    if younger and other and younger != other:
        return None
    if a == b:
        return "initial" if "sr" in (younger, other) else "part"
    if len(a) == 1 or len(b) == 1:
        return _bare(a, b)
    if _turned(a, b) if len(a) == len(b) else same_sound("".join(a), "".join(b)):
        return "sound"
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if _middle_clash(short, long):
        return None
    if len(short) == len(long):
        return _one_by_one(short, long)
    return _within(short, long)


def _generation(name: Name) -> tuple[Name, str]:
    """A name without what tells a father from a son, and that."""
    return (name[:-1], name[-1]) if len(name) > 1 and name[-1] in GENERATIONS else (name, "")


def clash(a: Name, b: Name) -> bool:
    """Whether no one person can bear both names.

    Example:
        >>> clash(("kennedy",), ("robert", "kennedy")), clash(("john", "kennedy"), ("robert", "kennedy"))
        (False, True)
    """
    return fit(a, b) is None


def surnames(name: Name) -> Iterator[str]:
    """The words by which the bearer of a full name may be called alone.

    Example:
        >>> list(surnames(("nicolas", "maduro", "moros"))), list(surnames(("xi", "jinping")))
        (['moros', 'maduro'], ['jinping', 'xi'])
    """
    name = _generation(name)[0]
    yield name[-1]
    if len(name) > 2 and len(name[-2]) > 2:
        yield name[-2]
    if len(name) > 1 and name[0] in _FAMILY_FIRST:
        yield name[0]


def _bare(a: Name, b: Name) -> Fit | None:
    if len(a) == len(b):
        return "sound" if alike_words(a[0], b[0]) else None
    short, long = (a, b) if len(a) < len(b) else (b, a)
    return "bare" if any(alike_words(short[0], word) for word in surnames(long)) else None


def alike_words(x: str, y: str) -> bool:
    """Whether two words that stand alone are one; of short ones, which many sound like, the vowels must agree too.

    Example:
        >>> alike_words("zelenskiy", "zelenskyy"), alike_words("lee", "lay")
        (True, False)
    """
    return same_sound(x, y) and (len(sounds(x)[0]) >= BONES or sounds(x) == sounds(y))


def _turned(a: Name, b: Name) -> bool:
    """Whether two names have the same words, with the family name first in one and last in the other."""
    return len(a) in (2, 3) and any(
        all(map(same_sound, a, turned)) for turned in ((b[-1], *b[:-1]), (*b[1:], b[0]))
    ) and not all(map(same_sound, a, b))  # fmt: skip


def _middle_clash(a: Name, b: Name) -> bool:
    """Whether both have initials in the middle, and others."""
    x, y = ([word for word in name[1:-1] if len(word) == 1] for name in (a, b))
    return bool(x and y) and x != y


def _one_by_one(a: Name, b: Name) -> Fit | None:
    wrong = [(x, y) for i, (x, y) in enumerate(zip(a, b, strict=True)) if not _alike(x, y, i)]
    if len(wrong) == 1 and close(*wrong[0]):
        return "error"
    if wrong or len(a[-1]) == 1 or len(b[-1]) == 1:
        return None
    return "initial" if len(a[0]) != len(b[0]) and 1 in (len(a[0]), len(b[0])) else "sound"


def _within(short: Name, long: Name) -> Fit | None:
    """Whether the words of the shorter name stand in the longer one in their order, its last one near the end."""
    at, places = 0, []
    for i, word in enumerate(short):
        while at < len(long) and not _alike(word, long[at], i if at == 0 else 1):
            at += 1
        if at == len(long):
            return None
        places.append(at)
        at += 1
    if places[-1] < len(long) - 2 or (places[-1] < len(long) - 1 and len(long[-1]) == 1):
        return None
    if places[0] > 0 and (places[-1] < len(long) - 1 or 1 in (len(short[0]), len(long[places[0]]))):
        return None
    if places[-1] < len(long) - 1 or (places[0] > 0 and long[0] in given_names()):
        return "cut"
    return "initial" if len(short[0]) == 1 or len(long[0]) == 1 else "part"


def _alike(x: str, y: str, at: int) -> bool:
    """Whether two words may be one; `at` is 0 for first names, which have forms that sound unlike."""
    if len(x) == 1 or len(y) == 1:
        return x[0] == y[0]
    return same_sound(x, y) or (at == 0 and bool(forename(x) & forename(y)))
