"""How right readings are against gold: counts for each kind, for each field, and every error with its words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.evaluate.items import KINDS, Field, Item, Kind, items
from onrecord.evaluate.pairing import SAME, Tokens, jaccard, pairs
from onrecord.model import Annotated, Spans

__all__ = ["NEAR", "RIGHT", "Error", "Score", "Scores", "kinds_in", "scores"]

#: What must agree, besides the words, for an item to be right.
RIGHT: Mapping[Kind, tuple[str, ...]] = {
    "attributions": ("source",),
    "events": ("type",),
    "figures": ("low", "high"),
    "times": ("value",),
    "places": ("point",),
    "entities": ("type",),
}
#: How far apart two points of one place may lie, in km: 100 miles, as is usual in geoparsing.
NEAR = 161.0


@dataclass(frozen=True, slots=True)
class Error:
    """What differs from gold.

    Attributes:
        what: "missed", "false alarm", or the name of a field that differs.
        words: the item's words; `spans` where they stand.
        gold, read: the item's main fields, or the field's two values; "" where there is none.
    """

    kind: Kind
    report: str
    what: str
    words: str
    spans: Spans
    gold: str
    read: str

    @property
    def counts(self) -> bool:
        """Whether it makes an item wrong, and is not about another field of one that is right."""
        return self.what in {"missed", "false alarm", *RIGHT[self.kind]}


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one kind: items in gold, items read, and those that agree."""

    gold: int
    read: int
    agreeing: int

    @property
    def precision(self) -> float | None:
        """Of those read, the share that agrees; None where nothing was read."""
        return self.agreeing / self.read if self.read else None

    @property
    def recall(self) -> float | None:
        """Of those in gold, the share that agrees; None where gold has none."""
        return self.agreeing / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of the two; None where there is nothing to find and nothing was read.

        Example:
            >>> Score(gold=4, read=2, agreeing=2).f1
            0.6666666666666666
        """
        return 2 * self.agreeing / (self.gold + self.read) if self.gold + self.read else None


@dataclass(slots=True)
class Scores:
    """What came of it.

    Attributes:
        found: by the words alone. `right`: by the words and the fields in `RIGHT`.
        fields: of the items found, how many have each field right, and how many there are.
        errors: in the order of the reports.
    """

    reports: int = 0
    found: dict[Kind, Score] = field(default_factory=dict)
    right: dict[Kind, Score] = field(default_factory=dict)
    fields: dict[tuple[Kind, str], tuple[int, int]] = field(default_factory=dict)
    errors: list[Error] = field(default_factory=list)


def kinds_in(golds: Iterable[Annotated]) -> tuple[Kind, ...]:
    """The kinds of which gold has any: what nobody annotated is not measured."""
    have: set[Kind] = set()
    for gold in golds:
        have |= {kind for kind in KINDS if getattr(gold, kind)}
    return tuple(kind for kind in KINDS if kind in have)


def scores(pairs_of: Iterable[tuple[Annotated, Annotated]], kinds: Sequence[Kind]) -> Scores:
    """How the second reading of each report agrees with the first, which is gold; both are of the same text.

    Two items are of the same words if their word tokens are alike by half (Jaccard); each is paired once. Fields that
    are words agree by the same measure, points within `NEAR`, others if they are equal.
    """
    made = Scores()
    counts: Counter[tuple[Kind, str]] = Counter()
    for gold, read in pairs_of:
        made.reports += 1
        tokens = Tokens(gold.report.text)
        for kind in kinds:
            one, other = items(gold, kind), items(read, kind)
            matched = pairs(tokens, one, other, prefer=RIGHT[kind])
            counts.update({(kind, "gold"): len(one), (kind, "read"): len(other), (kind, "found"): len(matched)})
            for i, j in matched:
                wrong = _wrong(tokens, one[i], other[j])
                counts[kind, "right"] += not set(wrong) & set(RIGHT[kind])
                for name in one[i].fields:
                    right, total = made.fields.get((kind, name), (0, 0))
                    made.fields[kind, name] = right + (name not in wrong), total + 1
            made.errors += _errors(gold.report.id, tokens, one, other, matched)
    for kind in kinds:
        size = counts[kind, "gold"], counts[kind, "read"]
        made.found[kind], made.right[kind] = (Score(*size, counts[kind, name]) for name in ("found", "right"))
    return made


def _wrong(tokens: Tokens, gold: Item, read: Item) -> list[str]:
    return [name for name, value in gold.fields.items() if not _agree(tokens, name, value, read.fields[name])]


def _agree(tokens: Tokens, name: str, gold: Field, read: Field) -> bool:
    if gold == read:
        return True
    if gold.spans or read.spans:
        return bool(gold.spans and read.spans) and jaccard(tokens.of(gold.spans), tokens.of(read.spans)) >= SAME
    if name == "point" and gold.text and read.text:
        return _kilometres(gold.text, read.text) <= NEAR
    return gold.text == read.text


def _kilometres(a: str, b: str) -> float:
    """Great-circle distance (haversine, mean radius 6371 km)."""
    (lat, lon), (lat_b, lon_b) = ([math.radians(float(x)) for x in point.split(",")] for point in (a, b))
    h = math.sin((lat_b - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat_b) * math.sin((lon_b - lon) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def _errors(
    report: str, tokens: Tokens, gold: Sequence[Item], read: Sequence[Item], matched: Sequence[tuple[int, int]]
) -> Iterator[Error]:
    """Errors in the order of the words."""
    found, right = {i for i, _ in matched}, {j for _, j in matched}
    made = [_whole(report, "missed", item) for i, item in enumerate(gold) if i not in found]
    made += [_whole(report, "false alarm", item) for j, item in enumerate(read) if j not in right]
    made += [
        Error(gold[i].kind, report, name, gold[i].words, gold[i].spans, gold[i].fields[name].text,
              read[j].fields[name].text)
        for i, j in matched
        for name in _wrong(tokens, gold[i], read[j])
    ]  # fmt: skip
    yield from sorted(made, key=lambda error: (error.spans, error.what))


def _whole(report: str, what: str, item: Item) -> Error:
    told = ", ".join(item.fields[name].text or "none" for name in RIGHT[item.kind])
    gold, read = (told, "") if what == "missed" else ("", told)
    return Error(item.kind, report, what, item.words, item.spans, gold, read)
