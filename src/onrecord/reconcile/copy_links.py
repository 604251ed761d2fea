"""The link between reports that are copies: what is kept of a report to find them, and when two are compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

import msgspec

from onrecord.model import Annotated, Report
from onrecord.reconcile.copies import Copy, copy_of
from onrecord.reconcile.days import ordinal, stretches
from onrecord.reconcile.linking import Linked, LinkKind, Trace, pairs
from onrecord.reconcile.rarity import folded, rarity
from onrecord.reconcile.sketches import ONE_IN, Sketch, are_near, sketch_of
from onrecord.reconcile.wording import RUN, Wording, wording

__all__ = ["Copies", "Held", "copies"]

#: A run of words whose rarities add up to less is a stock phrase, by which nothing is looked for.
TELLING = 5.2
#: From this on a run is found however long ago it was written; others, as the names of bodies, for so many days.
RARE, DAYS = 9.0, 60
#: What a number counts for, or a single letter: hours, prices and telephone numbers recur.
NUMBER = 1.2


class Held(msgspec.Struct, frozen=True):
    """A version of a report, and its sketch."""

    report: str
    version: str
    sketch: Sketch


class Copies:
    """Reports that are copies, rewrites or versions of one another, or hold one another (`onrecord.reconcile.copies`).

    Two sketches say whether two reports are worth comparing (`near`), the two texts whether they are copies (`judged`).
    """

    kind: ClassVar[LinkKind] = "copy-of"
    kept = Held

    def traces(self, annotated: Annotated) -> Iterator[Trace[Held]]:
        """The sketch of the report's version."""
        yield _trace(annotated.report, wording(annotated.report))

    def near(self, a: Held, b: Held) -> bool:
        """Whether the two are worth comparing word by word."""
        return are_near(a.sketch, b.sketch)

    def judged(self, a: Report, b: Report, words: tuple[Wording, Wording] | None = None) -> Linked | None:
        """Whether the two are copies; the detail is the `Copy`."""
        if (b.id, b.version) < (a.id, a.version):
            return self.judged(b, a, None if words is None else (words[1], words[0]))
        found = copy_of(a, b, words=words)
        if found is None:
            return None
        detail = msgspec.json.encode(found).decode()
        return Linked(round(max(found.share_a, found.share_b), 3), found.because, detail)


def copies(reports: Iterable[Report]) -> tuple[Copy, ...]:
    """All links between reports, held in memory; each once, ordered by the reports' ids, in whatever order they come.

    Example:
        >>> from onrecord.read.text import report
        >>> story = "Envoys met in Geneva on Monday and freed 40 prisoners. Talks on the port of Aden failed once more."
        >>> [(c.a, c.b) for c in copies([report(story, id="one"), report(f"{story} No date was set.", id="two")])]
        [('one', 'two')]
    """
    of = {(report.id, report.version): report for report in reports}
    words = {name: wording(report) for name, report in of.items()}
    found = []
    for a, b in pairs([_trace(report, words[name]) for name, report in of.items()]):
        one, other = sorted(((a.kept.report, a.kept.version), (b.kept.report, b.kept.version)))
        if are_near(a.kept.sketch, b.kept.sketch):
            link = copy_of(of[one], of[other], words=(words[one], words[other]))
            if link is not None:
                found.append(link)
    return tuple(sorted(found, key=lambda c: (c.a, c.b, c.version_a, c.version_b)))


def _trace(report: Report, words: Wording) -> Trace[Held]:
    made = sketch_of(report, words)
    named = tuple(f"name {number}" for number in made.names)
    told = _telling(words, stretches(ordinal(report.published), DAYS))
    return Trace(report.id, "", (*named, *told), Held(report.id, report.version, made))


def _telling(words: Wording, when: tuple[str, ...]) -> Iterator[str]:
    """The runs of a sketch by which a report is looked for."""
    found = (words.runs % ONE_IN == 0).nonzero()[0].tolist()
    for first in dict.fromkeys(found):
        spans = zip(words.starts[first : first + RUN].tolist(), words.ends[first : first + RUN].tolist(), strict=True)
        weight = sum(_weight(words.text[start:end]) for start, end in spans)
        if weight >= RARE:
            yield f"run {words.runs[first]}"
        elif weight >= TELLING:
            yield from (f"run {words.runs[first]} {stretch}" for stretch in when)


def _weight(word: str) -> float:
    return NUMBER if len(word) == 1 or any(map(str.isdigit, word)) else rarity(folded(word))
