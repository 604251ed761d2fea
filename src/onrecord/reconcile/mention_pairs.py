"""How alike two mentions of events are, and the reports that hold them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from onrecord.model import Span
from onrecord.reconcile.kinship import head, root, vector
from onrecord.reconcile.rarity import rarity, words

__all__ = ["FEATURES", "Mention", "Reading", "Reports", "features", "pairs", "read", "reports"]

#: What `features` gives for each pair, in its order.
FEATURES = (
    "same_root",  # one root: "killed", "killings"
    "same_words",  # all words the same
    "kin",  # likeness in meaning of two words with different roots
    "kin_of_root",  # the same of two with one root
    "names_apart",  # both sentences hold names, and none is the same
    "around",  # roots that both have within four words
    "same_report",
    "report_names",  # cosine of the names of the two reports
    "report_words",  # square root of the cosine of their words
    "joined_low",  # how alike the groups are in which average linkage brings the two reports together: up to 0.06,
    "joined_middle",  # from there to 0.12,
    "joined_high",  # and from there to 0.24
    "root_joined",  # one root, times that likeness
)

#: Least likeness of meaning of two words with different roots that are compared at all.
KIN = 0.5
_COMMON, _NAME, _AROUND = 1.6, 2.5, 4
#: What most of the given reports hold tells little, but of fewer reports than this little can be concluded.
_FEW = 20

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that speak of an event.

    Attributes:
        report: the id of the report.
        sentence: the sentence that holds the words; `span` their place in it.
        day: the day of the event (proleptic Gregorian ordinal); `point` its place in degrees; None where not known.
    """

    report: str
    sentence: str
    span: Span
    day: int | None = None
    point: tuple[float, float] | None = None


@dataclass(frozen=True)
class Reading:
    """A mention with what is compared."""

    mention: Mention
    words: tuple[str, ...]
    bag: Mapping[str, float]
    names: frozenset[str]
    around: frozenset[str]

    @cached_property
    def head(self) -> str:
        """The word that names the happening."""
        return head(self.words)

    @cached_property
    def root(self) -> str:
        """One form for all forms of the head."""
        return root(self.head)


def read(mention: Mention) -> Reading:
    """The mention with what is compared: its words, and the names and words of its sentence."""
    found = words(mention.sentence)
    inside = [n for n, (_, start, _) in enumerate(found) if mention.span[0] <= start < mention.span[1]]
    own = tuple(found[n][0] for n in inside) or (mention.sentence[slice(*mention.span)].lower(),)
    first = inside[0] if inside else 0
    near = found[max(first - _AROUND, 0) : first] + found[first + len(inside) : first + len(inside) + _AROUND]
    return Reading(
        mention=mention,
        words=own,
        bag={word: rarity(word) for word, _, _ in found},
        names=frozenset(word for word, _, capital in found if capital and rarity(word) > _NAME),
        around=frozenset(root(word) for word, _, _ in near if rarity(word) > _COMMON),
    )


@dataclass(frozen=True, slots=True)
class Reports:
    """How alike the reports are, from the sentences of their mentions: matrices in the order of `ids`."""

    ids: tuple[str, ...]
    cosine: Floats
    names: Floats
    joined: Floats


def reports(readings: Sequence[Reading]) -> Reports:
    """How alike the reports of mentions are; `joined` is the height at which average linkage brings them together."""
    ids = tuple(sorted({reading.mention.report for reading in readings}))
    bags: dict[str, dict[str, float]] = {report: {} for report in ids}
    names: dict[str, set[str]] = {report: set() for report in ids}
    for reading in readings:
        bags[reading.mention.report].update(reading.bag)
        names[reading.mention.report] |= reading.names
    number = {word: i for i, word in enumerate(sorted({word for bag in bags.values() for word in bag}))}
    table, named = np.zeros((len(ids), len(number))), np.zeros((len(ids), len(number)))
    for row, report in enumerate(ids):
        for word, weight in bags[report].items():
            table[row, number[word]] = weight
            named[row, number[word]] = weight * (word in names[report])
    holding = np.maximum((table > 0).sum(0), 1)
    telling = np.log((len(ids) + _FEW) / holding)
    cosine, by_name = _cosines(np.sqrt(table) * telling), _cosines(np.sqrt(named) * telling)
    return Reports(ids, cosine, by_name, _heights(cosine))


def _cosines(table: Floats) -> Floats:
    lengths = np.linalg.norm(table, axis=1)
    scaled = table / np.maximum(lengths, 1e-9)[:, None]
    return np.asarray(np.round(scaled @ scaled.T, 9))


def _heights(alike: Floats) -> Floats:
    """At which likeness average linkage joins each two rows; ties go to the rows that come first."""
    size = len(alike)
    between, counts = alike.copy(), np.ones(size)
    np.fill_diagonal(between, -1.0)
    members = {row: [row] for row in range(size)}
    heights = np.ones((size, size))
    for _ in range(size - 1):
        a, b = sorted(divmod(int(between.argmax()), size))
        heights[np.ix_(members[a], members[b])] = heights[np.ix_(members[b], members[a])] = between[a, b]
        mean = np.round((counts[a] * between[a] + counts[b] * between[b]) / (counts[a] + counts[b]), 9)
        between[a], between[:, a], between[a, a] = mean, mean, -1.0
        between[b], between[:, b] = -1.0, -1.0
        members[a] += members.pop(b)
        counts[a] += counts[b]
    return heights


def pairs(readings: Sequence[Reading]) -> Iterator[tuple[int, int, float]]:
    """Pairs of mentions worth comparing, with the likeness in meaning of their words: of one root, or kin."""
    vectors = np.array([vector((reading.head,)) for reading in readings], np.float32)
    for i, reading in enumerate(readings):
        kin = np.round(vectors[:i] @ vectors[i], 6) if i else np.zeros(0, np.float32)
        for j in range(i):
            if kin[j] > KIN or readings[j].root == reading.root:
                yield j, i, float(kin[j])


def features(readings: Sequence[Reading]) -> tuple[list[tuple[int, int]], Floats]:
    """Pairs of mentions worth comparing and their features, a row each."""
    about = reports(readings)
    number = {report: row for row, report in enumerate(about.ids)}
    found: list[tuple[int, int]] = []
    rows: list[tuple[float, ...]] = []
    for i, j, kin in pairs(readings):
        a, b = readings[i], readings[j]
        x, y = number[a.mention.report], number[b.mention.report]
        found.append((i, j))
        rows.append(
            (
                *_words_alike(a, b, kin), float(x == y), about.names[x, y], math.sqrt(max(about.cosine[x, y], 0)),
                *_joined(float(about.joined[x, y]), a.root == b.root),
            )
        )  # fmt: skip
    return found, np.array(rows, np.float64).reshape(-1, len(FEATURES))


def _words_alike(a: Reading, b: Reading, kin: float) -> tuple[float, ...]:
    same = a.root == b.root
    return (
        float(same), float(a.words == b.words), 0.0 if same else kin, kin if same else 0.0,
        float(bool(a.names) and bool(b.names) and not a.names & b.names), float(len(a.around & b.around)),
    )  # fmt: skip


def _joined(height: float, same_root: bool) -> tuple[float, ...]:
    middle, high = min(max(height - 0.06, 0), 0.06), min(max(height - 0.12, 0), 0.12)
    return min(max(height, 0), 0.06), middle, high, height * same_root
