"""How right the stories of reports are, and the events of mentions over many reports."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from benchmarks.accuracy import predictions
from benchmarks.corpora import Corpora, Scored
from onrecord import wire
from onrecord.annotators.settings import Settings
from onrecord.reconcile import mentions
from onrecord.reconcile import stories as story
from onrecord.reconcile.linkers import Stories
from onrecord.reconcile.linking import links

__all__ = ["same_event", "stories"]

#: What is measured; the stories without the trained models.
GVA = Scored("gva_incidents", "same_event", ("b_cubed", "pairwise"))
ECB = Scored("ecbplus", "same_event", ("conll", "muc", "b_cubed", "ceaf_e", "conll_without_singletons"))
RULES = Settings(models=False)

Row = tuple[str, ...]


def stories(corpora: Corpora) -> Iterator[Row]:
    """Rows of corpus, split, figure, P, R and F1: reports of one incident in one story, over the whole part."""
    if not corpora.gold(GVA.name, GVA.split).exists():
        return
    lines = predictions(corpora, GVA, RULES).read_bytes().splitlines()
    read = [wire.decode(line) for line in lines]
    made = [(link.a[0], link.b[0], link.score) for link in links(Stories(), read)]
    home = {report: group[0] for group in story.stories(made) for report in group}
    found = ({"report": one.report.id, "story": home.get(one.report.id, one.report.id)} for one in read)
    yield from _scored(corpora, GVA, found)


def same_event(corpora: Corpora) -> Iterator[Row]:
    """The same for gold mentions of events, in one event or not, over all reports of the part, without gold topics.

    The last row is of likeness alone, without the network that reads two reports together.
    """
    path = corpora.gold(ECB.name, ECB.split)
    if not path.exists():
        return
    given, keys = [], []
    for line in path.read_bytes().splitlines():
        record = json.loads(line)
        for event in record["events"]:
            start, end = next(span for span in record["sentences"] if span[0] <= event["start"] < span[1])
            words = (event["start"] - start, min(event["end"], end) - start)
            given.append(mentions.Mention(record["id"], record["text"][start:end], words))
            keys.append({"doc": record["id"], "start": event["start"], "end": event["end"]})
    for models in (True, False):
        events = mentions.events(given, models=models)
        rows = list(_scored(corpora, ECB, (keys[n] | {"cluster": event[0]} for event in events for n in event)))
        yield from rows if models else ((*rows[0][:2], "conll, --no-models", *rows[0][3:]),)


def _scored(corpora: Corpora, scored: Scored, found: Iterable[Mapping[str, object]]) -> Iterator[Row]:
    path = corpora.work / f"{scored.name}-{scored.split}-grouped.jsonl"
    path.write_text("".join(json.dumps(dict(line)) + "\n" for line in found), encoding="utf-8")
    values = corpora.scores(scored, path)
    for name in scored.figures:
        parts = (values.get(f"{name}.{part}") for part in ("p", "r", "f1"))
        yield (scored.name, scored.split, name, *("" if v is None else f"{100 * v:.1f}" for v in parts))
