"""Chains of sources: which attribution stands inside which, and through whom a statement reached the report."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from onrecord.annotators.cues import words
from onrecord.annotators.found import Found, inside, length
from onrecord.annotators.grammar import Grammar
from onrecord.annotators.source_nouns import DOCUMENTS, OUTLETS
from onrecord.annotators.subjects import MEDIA, TALKING, source_tokens
from onrecord.model import Span, Spans

__all__ = ["cited", "holders", "only_cites", "passed_on_by"]

_PASSED = words(
    "seen obtained reviewed published cited quoted carried viewed acquired shared released reported aired "
    "broadcast posted leaked relayed"
)


def cited(g: Grammar, item: Found, head: int) -> Span | None:
    """Whom the source of a statement cites for it: "the paper, citing officials, said"; None if nobody."""
    source = [t for s, e in item.source for t in range(g.at(s), g.before(e) + 1)]
    for token in [*g.kids[head], *(k for t in source for k in g.kids[t])]:
        if g.tag[token] == "VBG" and g.lemma[token] in {"cite", "quote"} and g.dep[token] in {"advcl", "acl"}:
            name = g.kid(token, "dobj")
            if name is not None and g.pos[name] in {"NOUN", "PROPN"}:
                span = g.span(*source_tokens(g, name))
                return None if any(s < span[1] and span[0] < e for s, e in item.content) else span
    return None


def only_cites(g: Grammar, item: Found, head: int) -> bool:
    """Whether a cue only names whom its source has it from: "said it had moved, [quoting officers]".

    Who cites a reason says something of his own: "quit, citing his health".
    """
    if g.tag[head] != "VBG" or g.lemma[head] not in {"cite", "quote"} or g.dep[head] not in {"advcl", "acl"}:
        return False
    who = g.kid(head, "dobj")
    apart = head > 0 and g.lower[head - 1] == "," and not any(g.lower[k] == "as" for k in g.kids[head])
    return apart and bool(item.source) and who is not None and g.lemma[who] in TALKING | DOCUMENTS | OUTLETS


def holders(found: Sequence[Found]) -> list[int | None]:
    """For each attribution, the index of the one in whose content it stands, the tightest; or None."""
    parts = sorted(
        ((s, -e, index) for index, item in enumerate(found) for s, e in item.content), key=lambda p: (p[0], p[1], p[2])
    )
    order = sorted(range(len(found)), key=lambda i: found[i].cue[0])
    result: list[int | None] = [None] * len(found)
    lengths = [length(item.content) for item in found]
    open_parts: list[tuple[int, int]] = []
    at = 0
    for index in order:
        item = found[index]
        start = item.cue[0][0]
        while at < len(parts) and parts[at][0] <= start:
            open_parts.append((-parts[at][1], parts[at][2]))
            at += 1
        open_parts = [part for part in open_parts if part[0] > start]
        result[index] = _tightest(found, lengths, index, [holder for _, holder in open_parts])
    return result


def _tightest(found: Sequence[Found], lengths: Sequence[int], index: int, candidates: list[int]) -> int | None:
    item = found[index]
    best: tuple[int, int] | None = None
    for holder in candidates:
        covered = lengths[holder]
        if holder == index or covered <= lengths[index] or (best is not None and (covered, holder) >= best):
            continue
        first = min(start for start, _ in (*item.cue, *item.content))
        last = max(end for _, end in (*item.cue, *item.content))
        near = _between(found[holder].content, first, last)
        if inside(item.cue, near) and _mostly(item.content, near):
            best = (covered, holder)
    return None if best is None else best[1]


def _between(spans: Spans, first: int, last: int) -> Spans:
    """Those of sorted and disjoint spans that have anything between two offsets."""
    return spans[max(0, bisect_right(spans, (first, first)) - 1) : bisect_left(spans, (last, last))]


def _mostly(inner: Spans, outer: Spans) -> bool:
    """Whether half or more of the inner spans lies in the outer; finders may set their ends a little apart."""
    shared = sum(max(0, min(e, b) - max(s, a)) for a, b in inner for s, e in outer)
    return 2 * shared >= length(inner)


def passed_on_by(g: Grammar, item: Found, head: int) -> Spans:
    """Who passed a statement on, by words about its source or cue: "seen by Reuters", "quoted by AFP as"."""
    spans: list[Span] = []
    tokens = [t for s, e in item.source for t in range(g.at(s), g.before(e) + 1)]
    aside = [k for t in tokens for k in g.kids[t] if k not in tokens and g.dep[k] == "acl"]
    for token in [*tokens, *aside, *_leading(g, head), *_about_medium(g, head)]:
        if g.lower[token] in _PASSED and g.tag[token] in {"VBN", "VBD"}:
            agent = g.kid(token, "agent", "prep")
            name = None if agent is None or g.lower[agent] != "by" else g.kid(agent, "pobj")
            if name is not None and not (g.starts[name] < item.content[0][1] and g.ends[name] > item.content[0][0]):
                spans.append(g.span(*source_tokens(g, name)))
    return tuple(sorted(set(spans))) if _disjoint(spans) else tuple(sorted(set(spans)))[:1]


def _about_medium(g: Grammar, head: int) -> list[int]:
    """What is said of the medium of a statement: "in a statement carried by the agency"."""
    nouns = [g.kid(kid, "pobj") for kid in g.kids[head] if g.dep[kid] == "prep"]
    return [
        k for noun in nouns if noun is not None and g.lemma[noun] in MEDIA for k in g.kids[noun] if g.dep[k] == "acl"
    ]


def _leading(g: Grammar, head: int) -> list[int]:
    """The cue and the verb that leads to it: "was quoted by AFP as saying"."""
    above = g.head[g.head[head]] if g.dep[head] == "pcomp" else head
    return [above] if g.lower[above] in {"quoted", "cited"} else []


def _disjoint(spans: list[Span]) -> bool:
    ordered = sorted(set(spans))
    return all(a[1] <= b[0] for a, b in itertools.pairwise(ordered))
