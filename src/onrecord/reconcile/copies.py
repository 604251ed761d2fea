"""Near-duplicates: which reports are copies, rewrites or versions of one another, or hold one another.

Whether two reports are copies depends on the two alone. What they quote, and names and numbers, are weighed apart:
two outlets may quote one statement in reports of their own, and a form filled in twice tells of two things.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec
import numpy as np

from onrecord.model import Report, Span
from onrecord.reconcile.addresses import UNDER_ONE_HEADLINE, address, headline
from onrecord.reconcile.agencies_named import origin
from onrecord.reconcile.aligned import Comparison, compared, shared_words
from onrecord.reconcile.days import ordinal
from onrecord.reconcile.firsts import First, first_of
from onrecord.reconcile.wording import Flags, Wording, wording

__all__ = ["Copy", "CopyKind", "copy_of"]

CopyKind = Literal["copy", "rewrite", "version", "contains"]

#: The least part of one report's own words that the other has too, in runs of four.
LEAST = 0.5
#: Less will do where so large a part of them stands in sentences so like a sentence of the other.
LEAST_REWORDED, LEAST_PAIRED, LIKE = 0.35, 0.6, 0.65
#: The same for two versions at one address, or under one headline of one publisher.
LEAST_VERSION = 0.25
#: The least number of own words shared; fewer only where the whole wording is the same and holds facts.
FEWEST_WORDS = 18
FEWEST_FACTS = 2
#: The least part of all words, quoted ones with them, of a report that has hardly any of its own.
QUOTED = 0.85
#: From which part on of its words in unchanged sentences a report is a copy and not a rewrite.
VERBATIM = 0.9
#: The most part of paired sentences in which each side states facts that the other report lacks.
MOST_OTHER_FACTS = 0.3
#: A report tells something else if no more than this part of it stands in sentences that the other has.
WHOLLY = 0.7
#: The fewest sentences that make another story.
FEWEST_SENTENCES = 3
#: Another story: what is shared stands together, so much of it; and less than this part of the other sentences name
#: somebody or something that it names: fewer where they follow it, for cut reports lose what follows, and there a line
#: between the stories must say that another one begins.
TOGETHER, AKIN_BEFORE, AKIN_AFTER = 0.75, 0.5, 0.15


class Copy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two reports that are not independent of one another.

    Attributes:
        a, b: the reports' ids; `version_a`, `version_b` the versions compared.
        kind: "copy": verbatim or cut; "rewrite": an edited copy; "version": by the same publisher or at the same
            address; "contains": one holds the other beside something else, as a round-up does.
        holder: which report contains the other, for that kind alone.
        first: which was first, if that can be told; `first_because` by what.
        share_a, share_b: the part of each report's words that the other has too, 0.0 to 1.0.
        spans_a, spans_b: the sentences of each that the other has, shared or changed; neighbours joined.
        origin: the agency that both name, or that one names as the origin.
        because: why it is taken for one, in words.
    """

    a: str
    b: str
    version_a: str
    version_b: str
    kind: CopyKind
    holder: Literal["a", "b"] | None
    first: Literal["a", "b"] | None
    first_because: str | None
    share_a: float
    share_b: float
    spans_a: tuple[Span, ...]
    spans_b: tuple[Span, ...]
    origin: str | None
    because: str

    def flipped(self) -> Copy:
        """The same link, with the sides changed over."""
        over: dict[str | None, Literal["a", "b"] | None] = {"a": "b", "b": "a", None: None}
        return Copy(
            self.b, self.a, self.version_b, self.version_a, self.kind, over[self.holder], over[self.first],
            self.first_because, self.share_b, self.share_a, self.spans_b, self.spans_a, self.origin, self.because,
        )  # fmt: skip


def copy_of(a: Report, b: Report, *, words: tuple[Wording, Wording] | None = None) -> Copy | None:
    """The link between two reports that are not independent; None where nothing says so.

    Symmetrical: changing the reports over changes the sides over and nothing else.

    Args:
        words: the wordings of the two, where they are at hand.

    Example:
        >>> from onrecord.read.text import report
        >>> story = "Envoys met in Geneva on Monday and freed 40 prisoners. Talks on the port of Aden failed once more."
        >>> made = copy_of(report(f"GENEVA (AP) - {story} No date was set."), report(f"GENEVA (AP) - {story}"))
        >>> made.kind, made.because
        ('copy', '2 of 2 sentences shared; both credit AP')
    """
    if _key(b) < _key(a):
        turned = copy_of(b, a, words=None if words is None else (words[1], words[0]))
        return None if turned is None else turned.flipped()
    left, right = words or (wording(a), wording(b))
    if a.id == b.id and a.version == b.version:
        return None
    near = _nearness(a, b)
    pairs = _compared_if_near(left, right, LEAST_REWORDED if near is None else LEAST_VERSION)
    if pairs is None or (near is None and not _is_one_story(left, right, pairs)):
        return None
    kind, holder = _kind(a, b, pairs, left, right, near)
    first = first_of(a, b)
    named = {found.name for found in (origin(a), origin(b)) if found is not None}
    return Copy(
        a=a.id, b=b.id, version_a=a.version, version_b=b.version, kind=kind, holder=holder, first=first.side,
        first_because=first.because, share_a=pairs.share_a, share_b=pairs.share_b,
        spans_a=_joined(left, [x.a for x in pairs.aligned if x.b is not None]),
        spans_b=_joined(right, [x.b for x in pairs.aligned if x.a is not None]),
        origin=named.pop() if len(named) == 1 else None, because=_because(pairs, near, first),
    )  # fmt: skip


#: A rule between stories, and the longest heading, in code points.
_RULE = re.compile(r"[_*#=•-]{3,}|\*\s\*")
_HEADING = 80


def _key(report: Report) -> tuple[str, str]:
    return report.id, report.version


def _nearness(a: Report, b: Report) -> str | None:
    """Why two reports may be versions of one, before their words are compared."""
    if a.id == b.id:
        return "same report"
    if (place := address(a.url)) is not None and place == address(b.url):
        return "same address"
    if a.publisher and b.publisher and a.publisher.casefold() == b.publisher.casefold():
        line = headline(a.title)
        if line is not None and line == headline(b.title) and (_days_apart(a, b) or 0) <= UNDER_ONE_HEADLINE:
            return "same publisher and headline"
    return None


def _days_apart(a: Report, b: Report) -> int | None:
    one, other = ordinal(a.published), ordinal(b.published)
    return None if one is None or other is None else abs(one - other)


def _compared_if_near(left: Wording, right: Wording, least: float) -> Comparison | None:
    """The comparison of two wordings; None where too few words are shared to be worth it."""
    near = _enough(left, right, least) or _enough(right, left, least) or _all_the_same(left, right)
    return compared(left, right) if near else None


def _is_one_story(left: Wording, right: Wording, pairs: Comparison) -> bool:
    """Whether one wording was made from the other, and tells of the same people, places and numbers."""
    shared = (
        _enough(left, right, LEAST + _chance(left))
        or _enough(right, left, LEAST + _chance(right))
        or _paired(left, pairs, "a") >= LEAST_PAIRED
        or _paired(right, pairs, "b") >= LEAST_PAIRED
        or _all_the_same(left, right)
    )
    return shared and _other_facts(left, right, pairs) <= MOST_OTHER_FACTS


def _enough(words: Wording, other: Wording, least: float) -> bool:
    """Whether enough of a report's own words stand in the other."""
    inside = shared_words(words, other)
    shared = int((inside & words.own).sum())
    if shared >= FEWEST_WORDS and shared >= least * int(words.own.sum()):
        return True
    return int(inside.sum()) >= max(FEWEST_WORDS, QUOTED * len(words))


def _chance(words: Wording) -> float:
    """What a short report must share beyond the least part: stock phrases weigh more in it."""
    return float(max(int(words.own.sum()), 1) ** -0.5)


def _paired(words: Wording, pairs: Comparison, side: Literal["a", "b"]) -> float:
    """The part of a report's own words in sentences that are like one of the other."""
    like = {getattr(x, side) for x in pairs.aligned if x.likeness >= LIKE}
    sizes = np.add.reduceat(words.own, words.firsts[:-1], dtype=np.int64)
    return float(sum(int(sizes[n]) for n, span in enumerate(words.sentences) if span in like)) / max(
        int(sizes.sum()), 1
    )


def _all_the_same(a: Wording, b: Wording) -> bool:
    same = len(a) == len(b) and bool((a.codes == b.codes).all())
    return same and len(np.unique(a.codes[a.facts])) >= FEWEST_FACTS


def _other_facts(a: Wording, b: Wording, pairs: Comparison) -> float:
    """How far paired sentences tell of other people, places and numbers: 0.0, nowhere, to 1.0.

    Facts are other where each side of a pair states some that the other report lacks. What counts is the part of the
    pairs, by words, or the part of their different facts, whichever is larger.
    """
    lacking_a, lacking_b = _lacking(a, b), _lacking(b, a)
    at_a = {span: n for n, span in enumerate(a.sentences)}
    at_b = {span: n for n, span in enumerate(b.sentences)}
    paired = other = 0
    facts: list[set[int]] = [set(), set()]
    others: list[set[int]] = [set(), set()]
    for x in pairs.aligned:
        if x.a is None or x.b is None:
            continue
        n, m = at_a[x.a], at_b[x.b]
        in_a, in_b = slice(a.firsts[n], a.firsts[n + 1]), slice(b.firsts[m], b.firsts[m + 1])
        size = int(a.firsts[n + 1] - a.firsts[n] + b.firsts[m + 1] - b.firsts[m])
        paired += size
        facts[0].update(a.codes[in_a][a.facts[in_a]].tolist())
        facts[1].update(b.codes[in_b][b.facts[in_b]].tolist())
        if lacking_a[in_a].any() and lacking_b[in_b].any():
            other += size
            others[0].update(a.codes[in_a][lacking_a[in_a]].tolist())
            others[1].update(b.codes[in_b][lacking_b[in_b]].tolist())
    different = [len(o) / len(f) for o, f in zip(others, facts, strict=True) if f]
    return max([other / max(paired, 1), min(different, default=0.0)])


def _lacking(a: Wording, b: Wording) -> Flags:
    """Which words of the first are facts that the second does not hold anywhere."""
    found: Flags = a.facts & ~np.isin(a.codes, b.codes)
    return found


def _kind(
    a: Report, b: Report, pairs: Comparison, left: Wording, right: Wording, near: str | None
) -> tuple[CopyKind, Literal["a", "b"] | None]:
    if near is not None:
        return "version", None
    holder = _holder(pairs, left, right)
    if holder is not None:
        return "contains", holder
    if a.publisher and b.publisher and a.publisher.casefold() == b.publisher.casefold():
        return "version", None
    verbatim = max(_unchanged(left, pairs, "a"), _unchanged(right, pairs, "b"))
    return "copy" if verbatim >= VERBATIM else "rewrite", None


def _unchanged(words: Wording, pairs: Comparison, side: Literal["a", "b"]) -> float:
    """The part of a report's words in sentences that the other has word for word."""
    same = {getattr(x, side) for x in pairs.aligned if x.kind == "shared"}
    sizes = np.diff(words.firsts)
    return float(sum(int(sizes[n]) for n, span in enumerate(words.sentences) if span in same)) / max(len(words), 1)


def _holder(pairs: Comparison, left: Wording, right: Wording) -> Literal["a", "b"] | None:
    """Which report holds the other beside another story.

    A longer report that goes on about the same names is what the shorter one was cut from, or a rewrite of it.
    """
    if pairs.share_b < pairs.share_a and _is_another_story(right, pairs, "b"):
        return "b"
    if pairs.share_a < pairs.share_b and _is_another_story(left, pairs, "a"):
        return "a"
    return None


def _is_another_story(words: Wording, pairs: Comparison, side: Literal["a", "b"]) -> bool:
    """Whether what a report has besides the shared sentences tells of others."""
    both = {getattr(x, side) for x in pairs.aligned if x.a is not None and x.b is not None}
    places = [n for n, span in enumerate(words.sentences) if span in both]
    if not places:
        return False
    inside = np.zeros(len(words), dtype=np.bool_)
    for n in places:
        inside[words.firsts[n] : words.firsts[n + 1]] = True
    first, stop = int(words.firsts[places[0]]), int(words.firsts[places[-1] + 1])
    if inside.mean() > WHOLLY or inside[first:stop].mean() < TOGETHER:
        return False
    said = np.unique(words.codes[inside & words.names])
    known = np.isin(words.codes, said) & words.names
    rest = [n for n in range(len(words.sentences)) if words.sentences[n] not in both]
    if len(rest) < FEWEST_SENTENCES:
        return False
    before = first > len(words) - stop
    if not before and not _opens_another(words, places[-1]):
        return False
    akin = sum(bool(known[words.firsts[n] : words.firsts[n + 1]].any()) for n in rest)
    return akin < (AKIN_BEFORE if before else AKIN_AFTER) * len(rest)


def _opens_another(words: Wording, last: int) -> bool:
    """Whether a heading or a rule stands between a sentence and the next, or opens that."""
    start, end = words.sentences[last + 1]
    said = words.text[start:end]
    between = words.text[words.sentences[last][1] : start]
    return bool(_RULE.search(between)) or (len(said) <= _HEADING and said[-1] not in ".!?…\"”’'")


def _joined(words: Wording, spans: Iterable[Span | None]) -> tuple[Span, ...]:
    """The spans of neighbouring sentences as one."""
    wanted = {span for span in spans if span is not None}
    found: list[Span] = []
    last = -2
    for n, span in enumerate(words.sentences):
        if span in wanted:
            if last == n - 1:
                found[-1] = (found[-1][0], span[1])
            else:
                found.append(span)
            last = n
    return tuple(found)


def _because(pairs: Comparison, near: str | None, first: First) -> str:
    sizes: Mapping[Literal["a", "b"], int] = {
        side: len({getattr(x, side) for x in pairs.aligned} - {None}) for side in ("a", "b")
    }
    side: Literal["a", "b"] = min(("a", "b"), key=lambda s: (sizes[s], -pairs.count("shared", s), s))
    said = [f"{pairs.count('shared', side)} of {sizes[side]} sentences shared"]
    if changed := pairs.count("changed", side):
        said.append(f"{changed} reworded")
    return "; ".join([*([near] if near else []), *said, *([first.credit] if first.credit else [])])
