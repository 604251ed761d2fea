"""What a position is about: the telling words of the deed that is wanted or refused, and how alike two such are."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

import msgspec

from onrecord.model import Span
from onrecord.reconcile.kinship import root
from onrecord.reconcile.rarity import rarity, words

__all__ = ["ENDINGS", "Issue", "alike", "asked", "issue", "name_root", "shared", "spelt"]

#: Words no rarer than this (in -ln of the share of reports) tell nothing of what a position is about.
COMMON = 0.9
#: The most that one word counts, so that a name nobody knows does not outweigh all others.
MOST = 6.0
#: What a word of `issue_words.txt` counts at least: such words are what positions are about.
KNOWN = 3.0
#: A shorter word is a part of one, as in "re-election".
SHORTEST = 3
#: How many words of an issue are kept.
KEPT = 16
#: An issue weighs at least this much when it is compared, so that two short ones are not alike for one common word.
LEAST = 3.0

#: Words for bringing a thing to an end: who demands the end of a siege is against the siege.
ENDINGS = frozenset(
    map(
        root,
        {
            "abandon", "abolish", "cancel", "cease", "discontinue", "drop", "end", "halt", "lift", "repeal", "revoke",
            "scrap", "stop", "suspend", "terminate", "veto",
        },
    )
)  # fmt: skip
#: Words for taking something away, which are part of the issue, and turn for into against as those of `ENDINGS` do.
REMOVALS = frozenset(
    map(root, {"dismantle", "leave", "leaving", "pull", "pullout", "remove", "withdraw", "withdrawal"})
)
#: Words for keeping something from happening; whether two positions with and without one are opposed is not clear.
BARS = frozenset(map(root, {"avoid", "ban", "bar", "barring", "block", "forbid", "prevent", "prohibit"}))


class Issue(msgspec.Struct, frozen=True):
    """What a position is about.

    Attributes:
        terms: roots of its telling words, with how much each tells.
        names: those of them that are parts of names.
        first: the first of them in the text, often the deed's verb.
        ends: whether to end the thing or take it away is the deed ("lift the siege").
        bars: whether the deed is to keep something from happening.
    """

    terms: dict[str, float]
    names: tuple[str, ...]
    first: str
    ends: bool
    bars: bool


def issue(text: str, span: Span, *, without: Iterable[Span] = (), names: Iterable[Span] = (),
          known: Iterable[str] = ()) -> Issue:  # fmt: skip
    """The issue of a stretch of a text.

    Args:
        without: stretches that are left out, such as times and conditions.
        names: where names stand.
        known: folded words that tell nothing here, such as the holder's own name.

    Example:
        >>> sorted(issue("would not lift the blockade of Aden", (10, 35), names=[(31, 35)]).terms)
        ['aden', 'blockad', 'lift']
    """
    cut, named, empty = list(without), list(names), _empty().union(known)
    weights: dict[str, float] = {}
    found: list[str] = []
    in_name: set[str] = set()
    told = words(text[slice(*_main(text, span))])
    first = told[0][1] if told else 0
    for word, at, capital in told:
        start = at + span[0]
        if word in empty or word[0].isdigit() or any(s <= start < e for s, e in cut):
            continue
        weight = min(rarity(word), MOST) - COMMON
        is_name = capital and (at > first or any(s <= start < e for s, e in named))
        if (weight <= 0 and not is_name and word not in _kin()) or len(word) < SHORTEST:
            continue
        stem = name_root(word) if is_name else _kin().get(word, root(word))
        if not is_name and word in _kin():
            weight = max(weight, KNOWN)
        weights[stem] = max(weights.get(stem, 0.0), round(max(weight, 0.5), 1))
        found.append(stem)
        if is_name:
            in_name.add(stem)
    ranked = sorted(weights, key=lambda stem: (-weights[stem], stem))[:KEPT]
    return Issue(
        {stem: weights[stem] for stem in sorted(ranked)},
        tuple(sorted(in_name.intersection(ranked))),
        found[0] if found else "",
        _ends(text, span, found[0] if found else "") and len(set(found)) > 1,
        not BARS.isdisjoint(root(word) for word, _, _ in told) or bool(_KEPT_FROM.search(text, *span)),
    )


_KEPT_FROM = re.compile(
    r"""\bfrom\s+\w+ing\b|\b(?:assurances?|guarantees?|vot(?:es?|ed|ing)|stand|acts?|defen[cs]es?|defend|protect\w*
    |safeguards?|campaign\w*|rally)\s+(?:\w+\s+)?against\b""",
    re.VERBOSE | re.IGNORECASE,
)
_DEMONYM = re.compile(r"(?<=...)(?:ians?|ans?|ias?|eans?|ese|a|is?|s)$")


def name_root(word: str) -> str:
    """One form for the name of a country and for its people.

    Example:
        >>> name_root("syrian") == name_root("syria"), name_root("israelis") == name_root("israel")
        (True, True)
    """
    return _DEMONYM.sub("", word)


_TO_DO = re.compile(r"\b(?:to|must|should|will|would|be)\s+(?:(?:not|never|be|\w+ly)\s+){0,2}(?P<verb>[a-z]+)")


def _ends(text: str, span: Span, first: str) -> bool:
    """Whether the deed's verb, its first telling word or the first after "to", "must" or "be", ends or removes."""
    found = _TO_DO.search(text, *span)
    return first in ENDINGS | REMOVALS or (found is not None and root(found["verb"]) in ENDINGS | REMOVALS)


_ASIDE = re.compile(
    r"""\bwithout\s+(?:pre-?)?conditions?\b|[;—–]|,\s+(?:which|who|where|adding|and\s+then|but|though|although)\b
    |\b(?:while|because|although|though|since|whereas|so\s+that|before|after|despite|following)\b""",
    re.VERBOSE | re.IGNORECASE,
)


def _main(text: str, span: Span) -> Span:
    """The stretch up to a clause beside its main one."""
    found = _ASIDE.search(text, span[0] + 1, span[1])
    return (span[0], found.start()) if found and found.start() > span[0] + 8 else span


def shared(a: Mapping[str, float], b: Mapping[str, float]) -> dict[str, float]:
    """The roots that both have, with how much they tell."""
    return {stem: min(a[stem], b[stem]) for stem in sorted(a.keys() & b.keys())}


def spelt(text: str, span: Span, one: Issue) -> dict[str, str]:
    """The words of a stretch by the roots that an issue has, each as it is first spelt there."""
    found: dict[str, str] = {}
    for word, at, capital in words(text[slice(*span)]):
        for stem in (name_root(word), _kin().get(word, root(word))):
            if stem in one.terms and stem not in found:
                start = span[0] + at
                found[stem] = text[start : start + len(word)] if capital else word
    return found


def asked(typed: str) -> frozenset[str]:
    """The roots of words that a person asks for.

    Example:
        >>> sorted(asked("withdrawals from Syria"))
        ['syr', 'withdraw']
    """
    told = [(word, capital) for word, _, capital in words(typed) if word not in _empty()]
    return frozenset(name_root(word) if capital else _kin().get(word, root(word)) for word, capital in told)


def alike(a: Issue, b: Issue) -> float:
    """How alike two issues are, 0.0 to 1.0: the weight of the roots that both have, by those of each.

    Words for bringing to an end count in neither: it is the thing that is the issue. Two issues that both name somebody
    or somewhere, and nobody and nowhere of it alike, are not alike.

    Example:
        >>> one, other = "sanctions on Aden", "sanctions on Sanaa"
        >>> alike(issue(one, (0, 17), names=[(13, 17)]), issue(other, (0, 18), names=[(13, 18)]))
        0.0
    """
    if a.names and b.names and not set(a.names).intersection(b.terms) and not set(b.names).intersection(a.terms):
        return 0.0
    both = {stem: weight for stem, weight in shared(a.terms, b.terms).items() if stem not in ENDINGS}
    if not both or not any(stem not in a.names for stem in both):
        return 0.0
    weight = math.fsum(both.values())
    return min(1.0, weight / math.sqrt(max(_weight(a), LEAST) * max(_weight(b), LEAST)))


def _weight(one: Issue) -> float:
    return math.fsum(weight for stem, weight in one.terms.items() if stem not in ENDINGS)


@cache
def _kin() -> dict[str, str]:
    """For a word of `issue_words.txt` the root of the first of its line."""
    text = resources.files("onrecord.reconcile").joinpath("issue_words.txt").read_text(encoding="utf-8")
    lines = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return {word: root(line[0]) for line in lines for word in line}


@cache
def _empty() -> frozenset[str]:
    """The words that tell nothing of what a position is about."""
    text = resources.files("onrecord.reconcile").joinpath("empty_words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
