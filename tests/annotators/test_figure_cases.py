"""Hard cases of figures, one test each; see the heads of the case files for what their fields mean."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord.annotators.reading import annotated
from onrecord.model import Annotated, Figure
from onrecord.read.text import report

CASES = Path(__file__).parent.parent / "cases"
FILES = (
    "figures.toml",
    "figures_beside.toml",
    "figures_fresh.toml",
    "figures_judged.toml",
    "figures_sheets.toml",
    "figures_visits.toml",
    "figures_wire.toml",
)
Case = dict[str, Any]


def cases() -> list[Any]:
    found = []
    for name in FILES:
        for case in tomllib.loads((CASES / name).read_text(encoding="utf-8"))["case"]:
            marks = [pytest.mark.xfail(reason=case["fails"], strict=True)] if "fails" in case else []
            found.append(pytest.param(case, id=f"{case['about']}: {case['name']}", marks=marks))
    return found


def voice(figure: Figure, read: Annotated) -> str:
    said = next((a for a in read.attributions if a.id == figure.voice), None)
    return figure.voice if said is None else " ".join(read.report.text[s:e] for s, e in said.source.spans)


def shown(figure: Figure, read: Annotated) -> Case:
    """The figure in words."""
    places = {p.id: read.report.text[slice(*p.span)] for p in read.places}
    return {
        "text": figure.text,
        "low": "none" if figure.low is None else figure.low,
        "high": "none" if figure.high is None else figure.high,
        "qualifier": figure.qualifier,
        "unit": figure.unit,
        "of": figure.of.text,
        "scope": figure.scope,
        "part_of": next((f.text for f in read.figures if f.id == figure.part_of), "none"),
        "claimant": next((e.name for e in read.entities if e.id == figure.claimant), "none"),
        "voice": voice(figure, read),
        "place": places.get(figure.place or "", ""),
        "time": next((t.value for t in read.times if t.id == figure.time), "none"),
        "period": next((read.report.text[slice(*t.span)] for t in read.times if t.id == figure.period), "none"),
    }


@pytest.mark.parametrize("case", cases())
def test_hard_case(case: Case) -> None:
    read = annotated(report(case["text"], published=case.get("published")))
    found = [shown(f, read) for f in read.figures]
    for wanted in case["expect"]:
        assert any(all(given[k] == v for k, v in wanted.items()) for given in found), f"{wanted} is not among {found}"
    assert not case.get("only") or len(found) == len(case["expect"]), found
