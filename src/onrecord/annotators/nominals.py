"""Whom "the minister" or "the general" stands for: the one person who holds such an office in the report."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from onrecord.annotators.titles import OFFICES, QUALIFIERS, RANKS
from onrecord.annotators.words import Chunk, Words
from onrecord.model import Role, Span

__all__ = ["nominals"]

_OFFICES = OFFICES | RANKS
#: Offices so common in reports that "the official" may be anybody.
_ANYBODY = frozenset(
    {"official", "analyst", "expert", "witness", "resident", "activist", "student", "journalist", "reporter",
     "officer", "diplomat", "lawyer", "doctor", "nurse", "teacher", "militant", "lawmaker", "candidate", "head",
     "chief", "leader", "private", "staff", "major", "deputy", "aide", "adviser", "advisor", "author", "researcher",
     "secretary"}
)  # fmt: skip


def nominals(
    words: Words, roles: Sequence[Sequence[Role]], spans: Sequence[Sequence[Span]], named: frozenset[int]
) -> list[list[Span]]:
    """The spans of "(the) foreign minister" and the like for each person, given everybody's roles and mentions.

    The person must have been named with that office before, and nobody else with an office of that kind.
    """
    out: list[list[Span]] = [[] for _ in roles]
    heads: dict[str, set[int]] = {}
    for person, held in enumerate(roles):
        for role in held:
            heads.setdefault(role.role.split()[-1].rstrip("."), set()).add(person)
    firsts = [min(s) if s else (0, 0) for s in spans]
    taken = sorted(s for group in spans for s in group)
    for i, low in enumerate(words.lower):
        holders = heads.get(low)
        if holders is None or low in _ANYBODY or low not in _OFFICES or i in named or words.shouted[i]:
            continue
        start = i
        while start > 0 and words.lower[start - 1] in QUALIFIERS and start - 1 not in named:
            start -= 1
        if start == 0 or words.lower[start - 1] != "the" or not _ends(words, i + 1, named):
            continue
        holder = _holder(words, Chunk(start, i + 1), holders, roles)
        span = words.span(Chunk(start, i + 1))
        if holder is not None and firsts[holder] < span and not _inside(span, taken):
            out[holder].append(span)
    return out


def _ends(words: Words, i: int, named: frozenset[int]) -> bool:
    """Whether the phrase ends here: no name, "of" or further noun follows."""
    if i >= len(words):
        return True
    return (
        i not in named
        and words.lower[i] not in {"of", "for", "-", "'s", "’s"}
        and words.tags[i] not in {"NOUN", "PROPN", "ADJ"}
    )


def _holder(words: Words, chunk: Chunk, holders: set[int], roles: Sequence[Sequence[Role]]) -> int | None:
    """The one person with such an office whose role has all the words of the phrase."""
    said = set(words.lower[chunk.start : chunk.end])
    if len(holders) != 1:
        holders = {p for p in holders if any(said <= set(r.role.split()) for r in roles[p])} if len(said) > 1 else set()
    fits = [p for p in sorted(holders) if any(said <= set(r.role.split()) for r in roles[p])]
    return fits[0] if len(fits) == 1 else None


def _inside(span: Span, taken: list[Span]) -> bool:
    k = bisect_left(taken, (span[1], 0))
    return any(s < span[1] and span[0] < e for s, e in taken[max(0, k - 3) : k])
