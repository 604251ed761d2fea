"""The kinds of link, each under the name of its rule: the kind, and a number that grows when the rule changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, ClassVar

import msgspec

from onrecord.model import Annotated, Report
from onrecord.reconcile.copies import copy_of
from onrecord.reconcile.entities import EntityLinker
from onrecord.reconcile.events import SameEvents
from onrecord.reconcile.linking import Linked, Linker, LinkKind, Trace
from onrecord.reconcile.position_links import PositionLinker
from onrecord.reconcile.profiles import Profile, profile
from onrecord.reconcile.rarity import folded, rarity
from onrecord.reconcile.same_figure import SameFigure
from onrecord.reconcile.sketches import ONE_IN, Sketch, are_near, sketch_of
from onrecord.reconcile.statements import SameStatement, SameWords
from onrecord.reconcile.stories import keys, linked
from onrecord.reconcile.wording import RUN, Wording, wording

__all__ = ["COMMON", "COPIES", "ENTITIES", "EVENTS", "FIGURES", "KEPT_ONLY", "LINKERS", "POSITIONS", "SAME_WORDS",
           "STATEMENTS", "STORIES", "Copies", "Held", "Stories"]  # fmt: skip


class Stories:
    """Reports that tell of the same story (`onrecord.reconcile.stories`)."""

    kind: ClassVar[LinkKind] = "same-story"
    kept = Profile

    def traces(self, annotated: Annotated) -> Iterator[Trace[Profile]]:
        """The report's profile."""
        told = profile(annotated)
        yield Trace(annotated.report.id, "", keys(told), told)

    def linked(self, a: Profile, b: Profile) -> Linked | None:
        """Whether the two tell of the same story."""
        return linked(a, b)


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
    #: A run of words whose rarities add up to less is a stock phrase, by which nothing is looked for.
    TELLING = 9.0

    def traces(self, annotated: Annotated) -> Iterator[Trace[Held]]:
        """The sketch of the report's version."""
        report = annotated.report
        words = wording(report)
        made = sketch_of(report, words)
        named = tuple(f"name {number}" for number in made.names)
        yield Trace(report.id, "", named + tuple(self._telling(words)), Held(report.id, report.version, made))

    def _telling(self, words: Wording) -> Iterator[str]:
        found = (words.runs % ONE_IN == 0).nonzero()[0].tolist()
        for first in dict.fromkeys(found):
            spans = zip(
                words.starts[first : first + RUN].tolist(), words.ends[first : first + RUN].tolist(), strict=True
            )
            if sum(rarity(folded(words.text[start:end])) for start, end in spans) >= self.TELLING:
                yield f"run {words.runs[first]}"

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


COPIES, STORIES, STATEMENTS, SAME_WORDS = "copy-of/1", "same-story/1", "same-attribution/1", "same-words/1"
EVENTS, FIGURES, POSITIONS, ENTITIES = "same-event/1", "same-figure/2", "same-issue/1", "same-entity/1"

#: All rules, in the order in which they are applied.
LINKERS: Mapping[str, Linker[Any] | Copies] = MappingProxyType({
    COPIES: Copies(), STORIES: Stories(), STATEMENTS: SameStatement(), SAME_WORDS: SameWords(),
    EVENTS: SameEvents(), FIGURES: SameFigure(), POSITIONS: PositionLinker(), ENTITIES: EntityLinker(),
})  # fmt: skip

#: How many keys two entries must have in common to be compared, where one tells too little: of the pairs of events with
#: one alone, which are half of all, six in a thousand are linked.
COMMON: Mapping[str, int] = MappingProxyType({EVENTS: 2})

#: Rules that keep what they keep, and leave it to those who ask to link it: a name may stand in half the reports.
KEPT_ONLY = frozenset({ENTITIES})
