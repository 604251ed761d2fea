"""The kinds of link, each under the name of its rule: the kind, and a number that grows when the rule changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, ClassVar

from onrecord.model import Annotated
from onrecord.reconcile.copy_links import Copies
from onrecord.reconcile.entities import EntityLinker
from onrecord.reconcile.events import SameEvents
from onrecord.reconcile.linking import Linked, Linker, LinkKind, Trace
from onrecord.reconcile.position_links import PositionLinker
from onrecord.reconcile.profiles import Profile, profile
from onrecord.reconcile.same_figure import SameFigure
from onrecord.reconcile.statements import SameStatement, SameWords
from onrecord.reconcile.stories import keys, linked

__all__ = ["COMMON", "COPIES", "ENTITIES", "EVENTS", "FIGURES", "KEPT_ONLY", "LINKERS", "POSITIONS", "SAME_WORDS",
           "STATEMENTS", "STORIES", "Copies", "Stories"]  # fmt: skip


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


COPIES, STORIES, STATEMENTS, SAME_WORDS = "copy-of/2", "same-story/1", "same-attribution/1", "same-words/1"
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
