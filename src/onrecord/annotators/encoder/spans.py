"""From links to spans: which cues stand, and how far their sources and contents reach."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from onrecord.annotators.encoder.links import CONTENT, REACH, Links
from onrecord.annotators.encoder.pieces import Floats, Ints, Pieces, Quotes
from onrecord.annotators.encoder.settings import Settings
from onrecord.annotators.found import Found
from onrecord.model import Span

__all__ = ["attributions_of", "log_odds", "readings", "signs_of"]

#: What the least likely edge of a content is taken for, as a probability.
_LEAST = 0.002
#: A piece with a gain below this is no content unless one near it is; so many pieces around the others are looked at.
_FAR, _MARGIN = -3.5, 8
#: No word goes on for more characters than this beside a piece of it; scripts without spaces have no ends of words.
_LONGEST_WORD = 100
_STOPS = ",.;:!?—–-―()[]"
_SIGNATURE = re.compile(
    r"[^\S\n]*([―—–]|--?)[^\S\n]*([A-Z][\w.'’-]*(?:[^\S\n]+[A-Z][\w.'’-]*){1,4})"
    r"(?:,[^\n]{0,80})?[^\S\n]*(?=\n|$)"
)


def attributions_of(text: str, pieces: Pieces, links: Iterable[Links], settings: Settings) -> list[Found]:
    """Spans from links; no piece is the content of two attributions, the likelier one gets it."""
    out = [
        found
        for found, signs in readings(text, pieces, links, settings)
        if found.confidence >= (settings.keep_quoted if signs[3] else settings.keep)
    ]
    out += signed(text, pieces.quotes, {s for a in out for s, _ in a.content})
    return sorted(out, key=lambda a: (a.content[0], a.cue))


def readings(
    text: str, pieces: Pieces, links: Iterable[Links], settings: Settings
) -> list[tuple[Found, tuple[float, ...]]]:
    """Every attribution that the links make, sure or not, with the signs that its confidence is made of."""
    quotations = [
        (int(np.searchsorted(pieces.ends, s, "right")), int(np.searchsorted(pieces.starts, e)))
        for s, e in pieces.quotes.closed
    ]
    starts, ends = [s for s, _ in quotations], [e for _, e in quotations]
    kept = distinct([x for x in links if x.valid >= settings.compete], settings)
    best, second, who = claims(kept, len(pieces.ids))
    edges = edge_kinds(text, pieces)
    owner = owners(kept, quotations, settings)
    out = []
    for number, link in enumerate(kept):
        reach = slice(link.first, link.first + len(link.labels))
        rivals = np.where(who[reach] == number, second[reach], best[reach])
        near = range(bisect_right(ends, reach.start), bisect_left(starts, reach.stop))
        own = [quotations[k] for k in near if owner[k] == number]
        others = [
            quotations[k]
            for k in near
            if owner[k] not in (-1, number) and not quotations[k][0] <= link.start < quotations[k][1]
        ]
        content = content_runs(link, rivals, edges, own, others, settings)
        content = [r for r in content if re.search(r"\w", text[pieces.starts[r[0]] : pieces.ends[r[1] - 1]])]
        if not content:
            continue
        source = source_of(link, settings.no_source)
        signs = signs_of(link, content, source, any(e - s > 5 for s, e in own))
        spans = [
            _characters(runs, pieces, text) for runs in ([source] if source else [], [(link.start, link.end)], content)
        ]
        out.append((Found(spans[0], spans[1], spans[2], confidence_of(signs, settings)), signs))
    return out


def signs_of(link: Links, content: Iterable[Span], source: Span | None, quoted: bool) -> tuple[float, ...]:
    """1, log odds of the cue, log odds of the content's mean probability, quoted, source's probability, length."""
    inside = np.zeros(len(link.labels), bool)
    for s, e in content:
        inside[max(s - link.first, 0) : max(e - link.first, 0)] = True
    mean = float(link.labels[inside, CONTENT].mean()) if inside.any() else 0.5
    sure = float(link.source_start[-1])
    if source:
        sure = float(link.source_start[source[0] - link.first] * link.source_end[source[1] - 1 - link.first])
    return 1.0, log_odds(link.valid), log_odds(mean), float(quoted), sure, min(float(inside.sum()), 40.0) / 40


def log_odds(probability: float) -> float:
    """Log odds of a probability, kept within 1 and 999 in 1,000."""
    kept = min(max(probability, 1e-3), 1 - 1e-3)
    return math.log(kept / (1 - kept))


def confidence_of(signs: Sequence[float], settings: Settings) -> float:
    """Probability that the content is right (half of it or more), from weights fitted on held-out reports."""
    total = sum(w * x for w, x in zip(settings.weights, signs, strict=True))
    return round(1 / (1 + math.exp(-max(min(total, 30.0), -30.0))), 4)


def claims(links: Sequence[Links], n: int) -> tuple[Floats, Floats, Ints]:
    """For each of n pieces: the best and second best claim to it as content, and the number of the best link."""
    best, second, who = np.zeros(n, np.float32), np.zeros(n, np.float32), np.full(n, -1)
    for number, link in enumerate(links):
        at = slice(link.first, link.first + len(link.labels))
        claim = link.labels[:, CONTENT] * link.valid
        ahead = claim > best[at]
        second[at] = np.where(ahead, best[at], np.maximum(second[at], claim))
        best[at] = np.where(ahead, claim, best[at])
        who[at] = np.where(ahead, number, who[at])
    return best, second, who


def signed(text: str, quotes: Quotes, seen: set[int]) -> list[Found]:
    """Quotations signed by a name at the end of their paragraph ("..." - A. Name) that no cue has taken."""
    out = []
    begun = sorted(seen)
    for start, end in quotes.closed:
        found = _SIGNATURE.match(text, end)
        if found and end - start > 25 and bisect_left(begun, start) == bisect_left(begun, end):
            out.append(Found((found.span(2),), (found.span(1),), ((start, end),), 0.5))
    return out


def distinct(links: Iterable[Links], settings: Settings) -> list[Links]:
    """The links without those whose content is for the most part that of a surer one."""
    out: list[Links] = []
    sizes: list[int] = []
    holders: dict[int, list[int]] = {}
    for link in sorted(links, key=lambda x: (-x.valid, x.start)):
        mine = (np.flatnonzero(link.labels[:, CONTENT] > settings.content) + link.first).tolist()
        shared = Counter(k for at in mine for k in holders.get(at, ()))
        if mine and all(n < settings.same * (len(mine) + sizes[k] - n) for k, n in shared.items()):
            for at in mine:
                holders.setdefault(at, []).append(len(out))
            out.append(link)
            sizes.append(len(mine))
    return sorted(out, key=lambda x: x.start)


def edge_kinds(text: str, pieces: Pieces) -> list[int]:
    """The kind of the gap before each piece, and after the last.

    0 between words, 1 at a stop or new line, 2 at a quotation mark or other sign, 3 inside a word.
    """
    out = [1]
    for before, after in zip(pieces.ends[:-1].tolist(), pieces.starts[1:].tolist(), strict=True):
        left, right = text[before - 1], text[after]
        if left.isalnum() and right.isalnum():
            out.append(3 if before == after else 1 if "\n" in text[before:after] else 0)
        else:
            stop = left in _STOPS or right in _STOPS or (text[before - 2 : before - 1] in _STOPS and before > 1)
            out.append(1 if stop or "\n" in text[before:after] else 2)
    return [*out, 1]


def content_runs(
    link: Links, rivals: Floats, edges: Sequence[int], own: Sequence[Span], others: Sequence[Span], settings: Settings
) -> list[Span]:
    """The best runs of content pieces (Viterbi).

    An edge costs less at punctuation, nothing at the cue, and more where the model sees none.

    own: quotations that are all content of this link; others: quotations of other links.
    """
    first = link.first
    mine = np.clip(link.labels[:, CONTENT], 1e-4, 1 - 1e-4)
    gain = np.log(mine / np.maximum(1 - mine, rivals)) - settings.bias
    gain[max(link.start - first, 0) : link.end - first] = -9.0
    for spans, value in ((others, -9.0), (own, 9.0)):
        for s, e in spans:
            gain[max(s - first, 0) : max(e - first, 0)] = value
    likely = np.flatnonzero(gain > _FAR)
    if not len(likely):
        return joined([], own)
    low, high = max(int(likely[0]) - _MARGIN, 0), min(int(likely[-1]) + 1 + _MARGIN, len(gain))
    first, gain = first + low, gain[low:high]
    prices = (settings.edge, settings.edge_at_stop, settings.edge_at_mark, 99.0)
    opens, closes = (
        (-settings.bound * np.log(np.clip(p[low:high], _LEAST, 1.0))).tolist()
        for p in (link.content_start, link.content_end)
    )
    outside, inside = 0.0, -99.0
    came_out: list[bool] = []
    came_in: list[bool] = []
    for at, (value, opening, closing) in enumerate(zip(gain.tolist(), opens, [0.0, *closes], strict=False), first):
        price = 0.0 if at in (link.start, link.end) else prices[edges[at]]
        opened, closed = outside - price - opening, inside - price - closing
        came_in.append(opened > inside)
        came_out.append(closed > outside)
        outside, inside = max(outside, closed), max(inside, opened) + value
    state, marked = inside > outside, [False] * len(gain)
    for at in range(len(gain) - 1, -1, -1):
        marked[at] = state
        state = not state if (came_in if state else came_out)[at] else state
    runs: list[Span] = []
    for at in [i for i, on in enumerate(marked, first) if on]:
        if runs and runs[-1][1] == at:
            runs[-1] = runs[-1][0], at + 1
        else:
            runs.append((at, at + 1))
    return joined(runs, own)


def joined(runs: Iterable[Span], more: Iterable[Span]) -> list[Span]:
    """Runs with more of them, the overlapping ones made one.

    >>> joined([(0, 3), (7, 9)], [(2, 5)])
    [(0, 5), (7, 9)]
    """
    out: list[Span] = []
    for s, e in sorted([*runs, *more]):
        if out and s <= out[-1][1]:
            out[-1] = out[-1][0], max(e, out[-1][1])
        else:
            out.append((s, e))
    return out


def owners(links: Sequence[Links], quotations: Sequence[Span], settings: Settings) -> list[int]:
    """For each quotation the link (by number) that has it as content, whole, or -1: a quotation is never cut."""
    out = []
    starts = [link.start for link in links]
    for s, e in quotations:
        best, owner = settings.quotation if e - s > 6 else 0.5, -1
        for number in range(bisect_left(starts, s - REACH - 1), bisect_right(starts, e + REACH + 1)):
            link = links[number]
            first, last = link.first, link.first + len(link.labels)
            if s < last and first < e and (e <= link.start or link.end <= s):
                mean = float(link.labels[max(s, first) - first : min(e, last) - first, CONTENT].mean())
                if mean > best:
                    best, owner = mean, number
        out.append(owner)
    return out


def source_of(link: Links, no_source: float) -> Span | None:
    """The likeliest source span of a cue, or None."""
    if link.source_start[-1] > no_source:
        return None
    n = len(link.labels)
    ends = np.maximum(link.source_end[:n], 1e-9)
    best, span = 0.0, None
    for s in np.argsort(-link.source_start[:n], kind="stable")[:5].tolist():
        e = s + int(np.argmax(ends[s : s + 40]))
        score = float(link.source_start[s] * ends[e])
        if score > best:
            best, span = score, (s + link.first, e + 1 + link.first)
    return span


def _characters(runs: Iterable[Span], pieces: Pieces, text: str) -> tuple[Span, ...]:
    """Piece runs as character spans of whole words."""
    out: list[Span] = []
    for s, e in runs:
        begin, end = int(pieces.starts[s]), int(pieces.ends[e - 1])
        first, last = max(0, begin - _LONGEST_WORD), min(len(text), end + _LONGEST_WORD)
        while begin > first and text[begin].isalnum() and text[begin - 1].isalnum():
            begin -= 1
        while end < last and text[end - 1].isalnum() and text[end].isalnum():
            end += 1
        out.append((begin, end))
    return tuple(sorted(out))
