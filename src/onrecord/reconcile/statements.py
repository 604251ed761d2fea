"""One utterance in several reports: which statements of two reports are the same words of the same speaker.

A report quotes a sentence, another cuts it, a third retells it in words of its own. Whether two statements are one
utterance depends on the two alone: who speaks, on what days, what is quoted, and which rare words, numbers and
negations they share. The same words of two speakers are a kind of link of their own: nobody is told to have said what
another said.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from onrecord.model import Annotated
from onrecord.reconcile.linking import Linked, LinkKind, Trace
from onrecord.reconcile.said import Run
from onrecord.reconcile.said_alike import Alike, alike, in_order
from onrecord.reconcile.sayings import Statement, keys, shingles, statements
from onrecord.reconcile.speakers import Sameness, in_words, sameness
from onrecord.reconcile.subject_names import are_tied, is_anybody

__all__ = ["LEAST", "SameStatement", "SameWords", "same_statement", "same_words"]

#: Statements less likely than this to be one utterance are not linked.
LEAST = 0.5
#: Logistic regression on 202 pairs of statements of gva_incidents (dev), polnear (train and dev) and constructed cases,
#: rounded. `_NUMBERS_DIFFER`, `_OPPOSED` and what follows are rules: such pairs were too few to learn from.
_BIAS, _VERBATIM, _LONGEST, _COVERED, _COVERED_HEAVIER, _SHARED, _PLAIN, _NO_PLAIN, _NUMBERS, _NUMBERS_DIFFER = (
    -3.8, 2.1, 2.0, 4.2, 2.9, -1.2, 2.2, -2.0, 0.9, -5.5,
)  # fmt: skip
_OPPOSED, _FEW, _UNDATED, _APART, _EACH_DAY, _NEAR, _LATER = -8.0, -2.5, -1.0, -5.0, -0.2, -2.5, -3.0
_SPEAKERS = {"name": 0.0, "office": -1.2, "near": -1.5, "untold": -2.5, "other": -99.0}
#: So many days count for less where words of so much weight are the same.
NEAR_DAYS, MUCH = 3, 7.0
#: A stretch of more days than this ("in 2016") hardly says when something was said.
VAGUE = 7
#: Where less weight than this is shared, it says less which part of a statement that is.
ENOUGH = 8.0
#: The part of what the shorter statement says that the other must say too; and both, where they say much.
TOLD, TOLD_BY_BOTH, MUCH_TOLD = 0.64, 0.55, 12.0
#: The part of its words that the two must have in runs, from all of them to some, the less the more else speaks for it.
WHOLE, NEARLY, COPIED, MOST_COPIED, HALF, SOME = 0.95, 0.9, 0.75, 0.6, 0.5, 0.4
#: What both say weighs little below this; so much is a retelling, if it is all that one says, or so much of the other.
LITTLE, RETOLD, RETOLD_COVERED, ALL, MOST_BY_OTHER = 3.0, 6.0, 0.7, 0.95, 0.45
#: A retelling that has hardly a run of words in common must share more.
FEW_COPIED, MORE_RETOLD, MORE_BY_OTHER = 0.25, 8.0, 0.5
#: Half the words may be a long name: then most of what the other says must be shared, or much.
HALF_BY_OTHER = 0.5
#: What somebody promises or demands is said again and again: unless a day or the words are given, it is one utterance
#: only in reports that lie no more days apart than this.
SAME_NEWS = 1
_POLICY = frozenset({"promises", "demands", "offers", "refuses", "threatens", "rejects", "warns"})
#: So many words in one run are the same sentence, whatever stands around them in each report.
LONG_QUOTED = 9
#: Words that two speakers share are told of from this weight and this many words on.
HEAVY, LONG = 8.0, 5
#: A run of so much weight holds rare names, which two translations share.
RARE_RUN = 6.0


class SameStatement:
    """Links of statements that are one utterance of one speaker."""

    kind: LinkKind = "same-attribution"
    kept = Statement

    def traces(self, annotated: Annotated) -> Iterator[Trace[Statement]]:
        """What is kept of each statement of a report."""
        for entry, made in statements(annotated):
            yield Trace(annotated.report.id, entry, keys(made), made)

    def linked(self, a: Statement, b: Statement) -> Linked | None:
        """Whether two statements are one utterance."""
        return same_statement(a, b)


class SameWords:
    """Links of statements that quote the same words and give them to different speakers."""

    kind: LinkKind = "same-words"
    kept = Statement

    def traces(self, annotated: Annotated) -> Iterator[Trace[Statement]]:
        """What is kept of each statement of a report that quotes something long and rare."""
        for entry, made in statements(annotated, own=True):
            if found := shingles(made):
                yield Trace(annotated.report.id, entry, found, made)

    def linked(self, a: Statement, b: Statement) -> Linked | None:
        """Whether two statements hold the same quotation under two speakers."""
        return same_words(a, b)


def same_statement(a: Statement, b: Statement) -> Linked | None:
    """Whether two statements are one utterance of one speaker, with the reason; the same whichever comes first."""
    who = sameness(a.speaker, b.speaker)
    if who == "other":
        return None
    found = alike(a, b)
    if (
        found.recounted
        or not _is_one_place(a, b, found)
        or _is_said_again(a, b)
        or not _says_the_same(found, who, a, b)
    ):
        return None
    likely = _likely(found, who, _apart(a, b), later=_later(a, b))
    if likely < LEAST:
        return None
    return Linked(round(likely, 3), f"{in_words(who, a.speaker, b.speaker)}; {_because(found, a, b)}")


def _says_the_same(found: Alike, who: Sameness, a: Statement, b: Statement) -> bool:
    """Whether the shorter statement is mostly in the other: what it says, not only of whom, where and when.

    What is quoted on both sides must be so in the same words; if nobody is named, or the words say next to nothing,
    they must be the same words.
    """
    copy = found.copied >= COPIED and found.longest >= LONG
    if found.copied >= WHOLE and found.told >= LITTLE and (found.longest >= LONG - 1 or (a.quoted and b.quoted)):
        return True
    if found.quoted:
        return copy or found.longest >= LONG_QUOTED or _is_cut(found) or _is_translation(found)
    if who == "untold":
        return copy and found.told >= LITTLE
    if found.told < LITTLE:
        return copy and found.copied >= NEARLY
    if "other" in (a.act, b.act) and not (a.quoted and b.quoted):  # a noun phrase that somebody is the source of
        return copy
    if found.copied >= MOST_COPIED and found.longest >= LONG:
        return True
    if found.told_covered < TOLD:
        return min(found.told_covered, found.told_heavier) >= TOLD_BY_BOTH and found.told >= MUCH_TOLD
    half = found.copied >= HALF and (found.told_heavier >= HALF_BY_OTHER or found.told >= MORE_RETOLD)
    return half or found.longest >= LONG_QUOTED or _is_retold(found)


def _is_cut(found: Alike) -> bool:
    """Whether one quotation may be cut and put together again from the other."""
    return found.copied >= HALF and found.longest > LONG + 1


def _is_translation(found: Alike) -> bool:
    """Whether two quotations that differ in their words may be two translations: the rare words are the same."""
    return found.told_covered >= TOLD_BY_BOTH and found.heaviest >= RARE_RUN and found.copied >= SOME


def _is_retold(found: Alike) -> bool:
    """Whether one retells the other in words of its own: nearly all that one says, or most of what both say."""
    runs = found.copied >= FEW_COPIED
    if found.told < (RETOLD if runs else MORE_RETOLD) or found.told_covered < RETOLD_COVERED:
        return False
    return found.told_covered >= ALL or found.told_heavier >= (MOST_BY_OTHER if runs else MORE_BY_OTHER)


def _is_said_again(a: Statement, b: Statement) -> bool:
    """Whether the two are a promise or demand told without quotation or day, in reports of different days."""
    if a.stated or b.stated or a.quoted or b.quoted or a.published is None or b.published is None:
        return False
    named = bool(a.speaker.name and b.speaker.name)
    return named and bool({a.act, b.act} & _POLICY) and abs(a.published - b.published) > SAME_NEWS


def _is_one_place(a: Statement, b: Statement, found: Alike) -> bool:
    """Whether what speaks may be one in both reports: "police" of two towns are not, unless the words are a copy."""
    if not (is_anybody(a.speaker.office) and not a.speaker.name) and not (
        is_anybody(b.speaker.office) and not b.speaker.name
    ):
        return True
    return are_tied(a.about, b.about) or (found.copied >= COPIED and found.longest >= LONG_QUOTED)


def same_words(a: Statement, b: Statement) -> Linked | None:
    """Whether two statements quote the same long rare words and name two speakers for them."""
    if sameness(a.speaker, b.speaker) != "other":
        return None
    found = alike(a, b)
    heaviest = max((_in_quotation(run, a, b) for run in found.runs), default=0.0)
    if heaviest < HEAVY:
        return None
    names = sorted((a.speaker.shown, b.speaker.shown))
    likely = 1 / (1 + math.exp(-(heaviest - HEAVY) / 2))
    return Linked(round(likely, 3), f"{names[0]} or {names[1]}; {_because(found, a, b)}")


def _in_quotation(run: Run, a: Statement, b: Statement) -> float:
    """The weight of the words of a run that both quote; nothing if they are few."""
    one, other = in_order(a, b)
    left, right = one.said.words[run.a : run.a + run.count], other.said.words[run.b : run.b + run.count]
    both = [x.weight for x, y in zip(left, right, strict=True) if x.quoted and y.quoted]
    return sum(both) if len(both) >= LONG else 0.0


def _later(a: Statement, b: Statement) -> bool:
    """Whether one report is so much later than the other that it may repeat a form of words about something else."""
    return a.published is None or b.published is None or abs(a.published - b.published) > 1


def _likely(found: Alike, who: Sameness, apart: int | None, *, later: bool = False) -> float:
    enough = min(found.shared / ENOUGH, 1.0)
    logit = math.fsum(
        (
            _BIAS,
            _VERBATIM * min(found.verbatim, 16.0) / 8,
            _LONGEST * min(max(found.longest - 3, 0), 10) / 10,
            _COVERED * min(found.covered, 1.0) * enough,
            _COVERED_HEAVIER * min(found.covered_heavier, 1.0) * enough,
            _SHARED * min(found.shared, 12.0) / 10,
            _PLAIN * min(found.plain, 6) / 6,
            _NO_PLAIN * (found.plain < 1),
            _NUMBERS * min(found.numbers_shared, 2) / 2,
            _NUMBERS_DIFFER * found.numbers_differ,
            _OPPOSED * found.opposed,
            _FEW * (len(found.common) < 2),
            _SPEAKERS[who] + _LATER * (who == "untold" and later),
            _days_apart(apart, found.verbatim),
        )
    )
    return 1 / (1 + math.exp(-logit))


def _days_apart(apart: int | None, verbatim: float) -> float:
    """What days between two statements tell; of a long quotation an outlet may have the wrong day."""
    if apart is None:
        return _UNDATED
    if apart <= NEAR_DAYS and verbatim >= MUCH:
        return _NEAR * bool(apart)
    return _APART + _EACH_DAY * min(apart, 30) if apart else 0.0


def _apart(a: Statement, b: Statement) -> int | None:
    """How many days lie between those on which the two may have been said; None where that is not or hardly known."""
    if a.days is None or b.days is None:
        return None
    between = max(0, max(a.days[0], b.days[0]) - min(a.days[1], b.days[1]))
    vague = max(a.days[1] - a.days[0], b.days[1] - b.days[0]) > VAGUE
    return between if between or not vague else None


def _because(found: Alike, a: Statement, b: Statement) -> str:
    """What the two have in common, in words for the person who asks."""
    parts = []
    if found.runs:
        run = max(found.runs, key=lambda run: (run.weight, run.count))
        one, _ = in_order(a, b)
        held = one.said.words[run.a : run.a + run.count]
        shown = " ".join(one.content[held[0].span[0] : held[-1].span[1]].split())
        parts.append(f'the words "{shown if len(shown) <= 90 else shown[:87].rstrip() + "..."}"')
    if found.common:
        forms = in_order(a, b)[0].said.forms
        parts.append("words " + ", ".join(forms[word] for word in found.common[:4]))
    if found.numbers_shared:
        parts.append("numbers " + ", ".join(f"{number:g}" for number in sorted(a.said.numbers & b.said.numbers)[:3]))
    return "both have " + "; ".join(parts)
