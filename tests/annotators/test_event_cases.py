"""Hard cases of events, one test each; see the head of the case file for what its fields mean."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord.annotators.reading import annotated
from onrecord.model import Annotated, Event
from onrecord.read.text import report

CASES = Path(__file__).parent.parent / "cases"
FILES = ("events.toml", "events_fresh.toml", "events_visits.toml", "events_wire.toml")
Case = dict[str, Any]


def cases() -> list[Any]:
    found = []
    for case in (c for file in FILES for c in tomllib.loads((CASES / file).read_text(encoding="utf-8"))["case"]):
        marks = [pytest.mark.xfail(reason=case["fails"], strict=True)] if "fails" in case else []
        found.append(pytest.param(case, id=f"{case['about']}: {case['name']}", marks=marks))
    return found


def voice(event: Event, read: Annotated) -> str:
    said = next((a for a in read.attributions if a.id == event.voice), None)
    return event.voice if said is None else " ".join(read.report.text[s:e] for s, e in said.source.spans)


def shown(event: Event, read: Annotated) -> Case:
    """The event in words."""
    names = {e.id: e.name for e in read.entities}
    places = {p.id: read.report.text[slice(*p.span)] for p in read.places}
    return {
        "trigger": read.report.text[slice(*event.trigger)],
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "modality": event.modality,
        "actors": [p.text for p in event.actors],
        "recipients": [p.text for p in event.recipients],
        "who": [names.get(p.entity or "", "") for p in event.actors],
        "place": places.get(event.place or "", ""),
        "time": next((t.value for t in read.times if t.id == event.time), "none"),
        "voice": voice(event, read),
    }


def unmet(given: Case, wanted: Case) -> list[str]:
    """The fields in which an event differs from what is wanted; several types or modalities may do."""
    return [
        k
        for k, v in wanted.items()
        if given[k] != v and not (isinstance(given[k], str) and given[k] in v and isinstance(v, list))
    ]


KEYS = {"name", "about", "text", "published", "expect", "never", "nothing", "fails"}


@pytest.mark.parametrize("case", cases())
def test_hard_case(case: Case) -> None:
    read = annotated(report(case["text"], published=case.get("published")))
    assert case.keys() <= KEYS, "a key that nothing looks at"
    found = [shown(e, read) for e in read.events]
    for wanted in case.get("expect", []):
        assert any(not unmet(given, wanted) for given in found), f"{wanted} is not among {found}"
    unreal = {"hypothetical", "denied", "failed"}
    kinds = {given["type"] for given in found if given["modality"] not in unreal}
    assert not kinds & set(case.get("never", [])), found
    assert not (case.get("nothing") and found), found
