"""How alike two mentions of events are, and the reports that hold them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from onrecord.model import Span
from onrecord.reconcile.kinship import head, root, vector
from onrecord.reconcile.rarity import rarity, words

__all__ = [
    "FEATURES",
    "Mention",
    "Reading",
    "Reports",
    "features",
    "likenesses",
    "log_odds",
    "pairs",
    "read",
    "reports",
]

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
    "report_roots",  # cosine of the roots of the words of their mentions
    *(f"alike_{n}" for n in range(5)),  # how alike the reports are by all three, in the steps of `STEPS`
    "root_alike",  # one root, times that likeness
)

#: Least likeness of meaning of two words with different roots that are compared at all.
KIN = 0.5
_COMMON, _NAME, _AROUND = 1.6, 2.5, 4
#: Where each step of the likeness of two reports begins, and how far it goes.
STEPS, STEP = (0.0, 0.06, 0.12, 0.2, 0.3), 0.1
#: How much words, names and roots count in that likeness; words of less rarity than this, and names shorter together
#: than that, tell nothing.
_SHARES, _LEAST, _NAMED = (1.0, 0.5, 0.3), 0.3, 3.0

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
    """How alike each two reports are, by these two alone, from the sentences of their mentions; in the order of `ids`.

    Attributes:
        words, names, roots: cosines of what each holds, weighed by how rare it is in English news.
        alike: the three together.
    """

    ids: tuple[str, ...]
    words: Floats
    names: Floats
    roots: Floats
    alike: Floats


def reports(readings: Sequence[Reading]) -> Reports:
    """How alike each two of the reports of some mentions are; no pair depends on a third report."""
    ids = tuple(sorted({reading.mention.report for reading in readings}))
    held: tuple[dict[str, dict[str, float]], ...] = tuple({report: {} for report in ids} for _ in range(3))
    for reading in readings:
        bag, named, acts = (part[reading.mention.report] for part in held)
        weights = {word: math.sqrt(max(rare - _LEAST, 0)) for word, rare in reading.bag.items()}
        bag.update(weights)
        named.update({word: weights[word] for word in reading.names})
        acts[reading.root] = max(acts.get(reading.root, 0.0), rarity(reading.head))
    by_word, by_name, by_root = (
        _cosines([part[report] for report in ids], least) for part, least in zip(held, (0, _NAMED, 0), strict=True)
    )
    alike = (_SHARES[0] * by_word + _SHARES[1] * by_name + _SHARES[2] * by_root) / sum(_SHARES)
    return Reports(ids, by_word, by_name, by_root, np.asarray(np.round(alike, 9)))


def _cosines(bags: Sequence[Mapping[str, float]], least: float) -> Floats:
    number = {word: i for i, word in enumerate(sorted({word for bag in bags for word in bag}))}
    table = np.zeros((len(bags), len(number)))
    for row, bag in enumerate(bags):
        for word, weight in bag.items():
            table[row, number[word]] = weight
    scaled = table / np.maximum(np.linalg.norm(table, axis=1), max(least, 1e-9))[:, None]
    return np.asarray(np.round(scaled @ scaled.T, 9))


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
    found = list(pairs(readings))
    return [(i, j) for i, j, _ in found], likenesses(readings, reports(readings), found)


def likenesses(readings: Sequence[Reading], about: Reports, found: Sequence[tuple[int, int, float]]) -> Floats:
    """The features of pairs of mentions, a row each; of each pair its two numbers and the likeness of their words."""
    number = {report: row for row, report in enumerate(about.ids)}
    rows: list[tuple[float, ...]] = []
    for i, j, kin in found:
        a, b = readings[i], readings[j]
        x, y = number[a.mention.report], number[b.mention.report]
        rows.append((*_words_alike(a, b, kin), float(x == y), *_reports_alike(about, x, y, a.root == b.root)))
    return np.array(rows, np.float64).reshape(-1, len(FEATURES))


def _words_alike(a: Reading, b: Reading, kin: float) -> tuple[float, ...]:
    same = a.root == b.root
    return (
        float(same), float(a.words == b.words), 0.0 if same else kin, kin if same else 0.0,
        float(bool(a.names) and bool(b.names) and not a.names & b.names), float(len(a.around & b.around)),
    )  # fmt: skip


def _reports_alike(about: Reports, x: int, y: int, same_root: bool) -> tuple[float, ...]:
    alike = float(about.alike[x, y])
    steps = (min(max(alike - start, 0.0), STEP) for start in STEPS)
    return (
        float(about.names[x, y]), math.sqrt(max(about.words[x, y], 0)), float(about.roots[x, y]), *steps,
        alike * same_root,
    )  # fmt: skip


def log_odds(table: Floats) -> Floats:
    """The log odds, by a logistic regression, that two mentions are of one event; of the rows of `features`."""
    intercept, *weights = _weights()
    return np.asarray(table @ np.array(weights) + intercept)


@cache
def _weights() -> tuple[float, ...]:
    """The intercept, then a weight for each feature in its order."""
    text = resources.files("onrecord.reconcile").joinpath("mention_weights.tsv").read_text(encoding="utf-8")
    table = dict(line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return (float(table["intercept"]), *(float(table[name]) for name in FEATURES))
