"""ECB+ as the network learns from it: pairs of reports, made over so that names are not learnt by heart."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.reconcile.kinship import root
from onrecord.reconcile.mention_pairs import Mention, features, log_odds, reports
from onrecord.reconcile.mention_pairs import read as reading
from onrecord.reconcile.passages import Passage, Place, Vocabulary, passages
from onrecord.reconcile.rarity import folded, rarity
from onrecord.reconcile.read_together import signs, worth_reading

WORD = re.compile(r"\w+|[^\w\s]")
RARE = 2.5  # names and numbers of at least this rarity may be changed
COMMON = 1.6  # words of mentions of less rarity than this are not exchanged
RENAMED, CHANGED, MADE_OTHER, EXCHANGED = 0.6, 0.5, 0.08, 0.25  # see `Varied`
LONGEST = 8  # words of an entity that is learnt


@dataclass(frozen=True, slots=True)
class Report:
    """A passage of a report, with what is learnt of it: the event of each mention, and the entities."""

    number: int  # of its report
    topic: str
    story: str
    passage: Passage
    events: NDArray[np.int64]
    entities: tuple[Place, ...]
    named: NDArray[np.int64]


class Corpus:
    """A part of ECB+: its mentions, and the passages of its reports that are worth reading together."""

    def __init__(self, path: Path, known: Vocabulary) -> None:
        self.known = known
        self.records = [json.loads(line) for line in path.read_bytes().rstrip().split(b"\n")]
        self.mentions: list[Mention] = []
        self.keys: list[tuple[str, int, int]] = []
        events: list[str] = []
        for record in self.records:
            for event in record["events"]:
                self.mentions.append(_mention(record, event))
                self.keys.append((record["id"], event["start"], event["end"]))
                events.append(event["cluster"])
        self.events = _numbers(events, {})
        self.readings = [reading(mention) for mention in self.mentions]
        self.about = reports(self.readings)
        compared, table = features(self.readings)
        self.likely = dict(zip(compared, 1 / (1 + np.exp(-log_odds(table))), strict=True))
        self.reports = self._reports(known)
        by_id: dict[str, list[int]] = {}
        for row, report in enumerate(self.reports):
            by_id.setdefault(self.records[report.number]["id"], []).append(row)
        rows = (
            (a, b)
            for one, other in worth_reading(self.readings, self.likely, self.about)
            for a in by_id.get(one, [])
            for b in by_id.get(other, [])
        )
        self.pairs = sorted({(min(pair), max(pair)) for pair in rows})
        self._signs: dict[tuple[int, int], NDArray[np.float32]] = {}

    def _reports(self, known: Vocabulary) -> list[Report]:
        found, clusters = [], dict[str, int]()
        for number, record in enumerate(self.records):
            own = {n: m for n, m in enumerate(self.mentions) if m.report == record["id"]}
            for passage in passages(own, known):
                entities, named = _entities(record, passage)
                events = self.events[[place.mention for place in passage.places]]
                found.append(
                    Report(number, record["topic"], record["subtopic"], passage, events, entities,
                           _numbers(named, clusters))
                )  # fmt: skip
        return found

    def signs(self, a: int, b: int) -> NDArray[np.float32]:
        """What likeness says of the pairs of two passages, in the order of `pairs_of`."""
        if (a, b) not in self._signs:
            one, other = self.reports[a].passage.places, self.reports[b].passage.places
            both = (*one, *other) if a != b else one
            pairs = [(both[i].mention, both[j].mention) for i, j in pairs_of(len(one), len(other) if a != b else None)]
            self._signs[a, b] = signs(self.readings, self.about, pairs).astype(np.float32)
        return self._signs[a, b]


def pairs_of(one: int, other: int | None) -> NDArray[np.int64]:
    """Pairs [n, 2] of things of two texts, those of the second numbered after the first's; or of one text alone."""
    if other is None:
        return np.column_stack(np.triu_indices(one, 1))
    rows, columns = np.indices((one, other))
    return np.column_stack([rows.ravel(), columns.ravel() + one])


def same(one: NDArray[np.int64], other: NDArray[np.int64] | None) -> NDArray[np.float32]:
    """Whether the things of those pairs are the same, 0 or 1."""
    both = one if other is None else np.concatenate([one, other])
    pairs = pairs_of(len(one), None if other is None else len(other))
    return (both[pairs[:, 0]] == both[pairs[:, 1]]).astype(np.float32)


def _mention(record: dict[str, list[list[int]]], event: dict[str, int]) -> Mention:
    start, end = next(span for span in record["sentences"] if span[0] <= event["start"] < span[1])
    words = event["start"] - start, min(event["end"], end) - start
    return Mention(str(record["id"]), str(record["text"])[start:end], words)


def _entities(record: dict[str, list[dict[str, int]]], passage: Passage) -> tuple[tuple[Place, ...], list[str]]:
    """The entities of the sentences that stand whole in a passage."""
    rows = {sentence: row for row, sentence in enumerate(passage.sentences)}
    places, names = [], []
    for entity in record["entities"]:
        mention = _mention(record, entity)  # type: ignore[arg-type]
        words = [match.span() for match in WORD.finditer(mention.sentence)]
        row = rows.get(tuple(mention.sentence[s:e] for s, e in words))
        inside = [n for n, (s, e) in enumerate(words) if s < mention.span[1] and e > mention.span[0]]
        if row is not None and 0 < len(inside) <= LONGEST:
            places.append(Place(len(places), row, (inside[0], inside[-1] + 1)))
            names.append(str(entity["cluster"]))
    return tuple(places), names


def _numbers(labels: Sequence[str], known: dict[str, int]) -> NDArray[np.int64]:
    return np.array([known.setdefault(label, len(known)) for label in labels], np.int64)


class Varied:
    """Passages made over at random: sentences in another order, some names and numbers changed alike in both reports.

    Of two reports of one story, a few have the names of the second changed alone: they are then of two stories. In some
    pairs the words of the mentions are exchanged for those of others, all forms of a word for one word.
    """

    def __init__(self, reports: Sequence[Report], rng: random.Random) -> None:
        self.rng = rng
        words = {word for report in reports for sentence in report.passage.sentences for word in sentence}
        self.names = sorted(word for word in words if _changeable(word) and not word[0].isdigit())
        self.acts = sorted({word for report in reports for word in _acts(report)})

    def pair(self, a: Report, b: Report | None) -> tuple[list[Report], bool]:
        """The two made over, and whether they were made into two stories."""
        given = [a] if b is None else [a, b]
        if b is not None and a.story == b.story and self.rng.random() < MADE_OTHER:
            names = self._others([b], 1.0)
            if len(names.keys() & set(_words(a))) > 1:
                return [self._over(a, {}, {}), self._over(b, names, {})], True
        names = self._others(given, CHANGED) if self.rng.random() < RENAMED else {}
        acts = {}
        if self.rng.random() < EXCHANGED:
            roots = dict.fromkeys(root(word.lower()) for report in given for word in _acts(report))
            acts = {own: self.rng.choice(self.acts) for own in roots}
        return [self._over(report, names, acts) for report in given], False

    def _others(self, given: Sequence[Report], share: float) -> dict[str, str]:
        known = dict.fromkeys(word for report in given for word in _words(report) if _changeable(word))
        return {word: self._other(word) for word in known if self.rng.random() < share}

    def _other(self, word: str) -> str:
        if word[0].isdigit():
            return str(self.rng.randrange(1, 10 ** min(len(word), 6)))
        return self.rng.choice(self.names)

    def _over(self, report: Report, names: dict[str, str], acts: dict[str, str]) -> Report:
        given = _exchanged(report.passage, acts) if acts else report.passage.sentences
        order = list(range(len(given)))
        self.rng.shuffle(order)
        row = {old: new for new, old in enumerate(order)}
        sentences = tuple(tuple(names.get(w, w) for w in given[old]) for old in order)
        places, entities = (
            tuple(replace(place, sentence=row[place.sentence]) for place in given)
            for given in (report.passage.places, report.entities)
        )
        return replace(report, passage=Passage(sentences, places), entities=entities)


def _words(report: Report) -> Iterator[str]:
    return (word for sentence in report.passage.sentences for word in sentence)


def _acts(report: Report) -> Iterator[str]:
    """The words of the mentions of events that tell something."""
    for place in report.passage.places:
        for word in report.passage.sentences[place.sentence][slice(*place.words)]:
            if word.isalpha() and rarity(folded(word)) > COMMON:
                yield word


def _exchanged(passage: Passage, acts: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """The sentences with the words of the mentions exchanged by their roots."""
    inside = {(place.sentence, n) for place in passage.places for n in range(*place.words)}
    return tuple(
        tuple(acts.get(root(w.lower()), w) if (row, n) in inside else w for n, w in enumerate(sentence))
        for row, sentence in enumerate(passage.sentences)
    )


def _changeable(word: str) -> bool:
    return word.isalnum() and (word[0].isupper() or word[0].isdigit()) and rarity(folded(word)) > RARE


def entity_spans(given: Sequence[Report], known: Vocabulary) -> NDArray[np.int64]:
    """The pieces of the entities of passages read together: those of the first before those of the second."""
    spans, at = [], 1
    for report in given:
        begins: dict[tuple[int, int], int] = {}
        for s, sentence in enumerate(report.passage.sentences):
            for n, word in enumerate(sentence):
                begins[s, n] = at
                at += len(known[word].ids)
            begins[s, len(sentence)] = at
        at += 1
        spans += [(begins[p.sentence, p.words[0]], begins[p.sentence, p.words[1]]) for p in report.entities]
    return np.array(spans, np.int64).reshape(-1, 2)


__all__ = ["Corpus", "Report", "Varied", "entity_spans", "pairs_of", "same"]
