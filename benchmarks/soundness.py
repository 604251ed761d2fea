"""Every report of the corpora is read without a fault: valid, verified, the same twice, and whatever its neighbours."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import jsonschema

from benchmarks.corpora import SOUND, Corpora
from onrecord import wire
from onrecord.anchors import faults
from onrecord.annotators.reading import annotated
from onrecord.read import Received

__all__ = ["soundness"]

#: Every how many reports one is read again, alone and out of order.
EVERY = 5


def soundness(corpora: Corpora, names: Sequence[str] = SOUND) -> Iterator[tuple[str, str, str]]:
    """Rows of corpus, number of reports, and the problems found ("none" where all hold)."""
    validator = jsonschema.Draft202012Validator(wire.json_schema())
    for name in names:
        if not corpora.gold(name).exists():
            continue
        arrivals = corpora.reports(name)
        problems = list(_problems(arrivals, validator))
        yield name, str(len(arrivals)), "; ".join(problems[:3]) if problems else "none"


def _problems(arrivals: list[Received], validator: jsonschema.Draft202012Validator) -> Iterator[str]:
    first = {}
    for arrival in arrivals:
        try:
            read = annotated(arrival.report)
        except Exception as error:  # noqa: BLE001 - any crash is what is looked for
            yield f"{arrival.report.id}: {type(error).__name__}: {error}"
            continue
        line = wire.encode(read)
        first[arrival.report.id] = line
        yield from (f"{arrival.report.id}: {error.message}" for error in validator.iter_errors(json.loads(line)))
        yield from (f"{arrival.report.id}: {fault}" for fault in faults(read))
        yield from (f"{arrival.report.id}: {part.why}" for part in read.report.unread)
    for arrival in arrivals[::-1][::EVERY]:
        if first.get(arrival.report.id) not in (None, wire.encode(annotated(arrival.report))):
            yield f"{arrival.report.id}: a second reading differs"
