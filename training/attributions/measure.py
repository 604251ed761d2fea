"""Found measures during training; the same rules as the project's scorer (checked to agree)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

from onrecord.annotators.found import Found
from onrecord.model import Span

WORD = re.compile(r"\w+(?:['’\-]\w+)*")
QUOTE = re.compile(r"[\"“”„«»]|``|''|(?<!\w)[‘'](?=[^\W\d])")
ROLES = ("content", "cue", "source")
Words = dict[str, frozenset[int]]


def _likeness(a: frozenset[int], b: frozenset[int]) -> float:
    return len(a & b) / len(a | b) if a or b else 1.0


def pairs_of(gold: Sequence[Words], found: Sequence[Words], with_source: bool) -> list[tuple[int, int]]:
    """One-to-one pairs of likeness 0.5 or more, best content first."""
    likely = []
    for g, a in enumerate(gold):
        for p, b in enumerate(found):
            if a["content"] & b["content"] and (content := _likeness(a["content"], b["content"])) >= 0.5:
                source = _likeness(a["source"], b["source"])
                if source >= 0.5 or not with_source:
                    likely.append((-content - source * 1e-6, g, p))
    out: list[tuple[int, int]] = []
    for _, g, p in sorted(likely):
        if all(g != x and p != y for x, y in out):
            out.append((g, p))
    return out


def words_of(record: dict[str, Any], found: Iterable[Found]) -> tuple[list[Words], list[Words]]:
    """Word sets of gold and found attributions."""
    marks = list(WORD.finditer(record["text"]))
    starts, ends = [m.start() for m in marks], [m.end() for m in marks]

    def words(spans: Iterable[Span]) -> frozenset[int]:
        return frozenset(i for s, e in spans for i in range(bisect_right(ends, s), bisect_left(starts, e)))

    return (
        [{r: words(a[r]) for r in ROLES} for a in record["attributions"]],
        [{r: words(getattr(a, r)) for r in ROLES} for a in found],
    )


def scores(read: Iterable[tuple[dict[str, Any], list[Found]]]) -> dict[str, float]:
    """F1 of content match, content + source, exact content and tokens; recall of quoted and indirect."""
    counts: dict[str, list[int]] = {}

    def add(name: str, *values: int) -> None:
        counts[name] = [a + b for a, b in zip(counts.get(name, [0, 0, 0]), values, strict=True)]

    for record, found in read:
        gold, mine = words_of(record, found)
        quoted = [any(QUOTE.search(record["text"][s:e]) for s, e in a["content"]) for a in record["attributions"]]
        pairs = pairs_of(gold, mine, False)
        add("content_match", len(pairs), len(mine), len(gold))
        add("quoted", sum(quoted[g] for g, _ in pairs), 0, sum(quoted))
        add("indirect", sum(not quoted[g] for g, _ in pairs), 0, quoted.count(False))
        add("content_exact", sum(gold[g]["content"] == mine[p]["content"] for g, p in pairs), len(mine), len(gold))
        add("content_source", len(pairs_of(gold, mine, True)), len(mine), len(gold))
        for role in ROLES:
            a, b = (frozenset[int]().union(*(x[role] for x in side)) for side in (gold, mine))
            add(role + "_tokens", len(a & b), len(b), len(a))
    return {
        k: (h / max(g, 1) if k in ("quoted", "indirect") else 2 * h / max(p + g, 1)) for k, (h, p, g) in counts.items()
    }
