"""Figures over several reports, one test each; see the heads of the case files for what their fields mean."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord.annotators.reading import annotated
from onrecord.model import Annotated
from onrecord.read.text import report
from onrecord.reconcile.rarity import folded
from onrecord.reconcile.series import Series, Subject, series

#: Cases of the fresh reader that are not met, and why.
KNOWN = {
    "a ministry's toll rises over four days": "'the number of wounded at 40' and '61 people wounded' are two subjects",
    "a total and the children in it": "the claimant is read as 'Civil Defence', without its 'agency'",
    "a count that loses its claimant": "a report that tells the toll alone shares too little to be of one subject",
    "a toll corrected downwards and disputed": "'its toll of 39 dead' and '39 people' are two subjects",
}
CASES = Path(__file__).parent.parent / "cases"
Case = dict[str, Any]
Entry = tuple[str, str]


def cases() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("reports_figures*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            why = case.get("fails") or KNOWN.get(case["name"])
            marks = [pytest.mark.xfail(reason=why, strict=True)] if why else []
            found.append(pytest.param(case, id=f"{path.stem}: {case['name']}", marks=marks))
    return found


class Read:
    """The reports of a case, read, and the figures that its entries name."""

    def __init__(self, case: Case) -> None:
        self._reports: dict[str, Annotated] = {}
        for given in case["reports"]:
            made = report(given["text"], id=given["id"], published=given["published"], publisher=given["publisher"])
            self._reports[given["id"]] = annotated(made)
        self.subjects = series(self._reports.values())

    def entry(self, named: str) -> Entry:
        """The figure that "REPORT: words" names: by its words, else by words that it is in."""
        name, words = named.split(": ", 1)
        figures = self._reports[name].figures
        found = [f for f in figures if f.text.lower() == words.lower()] or [
            f for f in figures if words.lower() in f.text.lower() or f.text.lower() in words.lower()
        ]
        assert len(found) == 1, f"{named!r} is one of {[f.text for f in figures]}"
        return name, found[0].id

    def flagged(self, kind: str) -> set[tuple[Entry, ...]]:
        """The entries of all flags of a kind."""
        found = [flag for subject in self.subjects for flag in subject.flags if flag.kind == kind]
        return {(flag.b,) if kind == "unclaimed" else tuple(sorted((flag.a, flag.b))) for flag in found}

    def shown(self) -> str:
        """All series, for a failing test to show."""
        told = [(s, [(one.by, [(p.report, p.words) for p in one.points]) for one in s.series]) for s in self.subjects]
        return "\n".join(f"{s.unit} of {s.of!r} {s.scope}: {points}" for s, points in told)


def fits(one: Series, subject: Subject, wanted: Case, entries: list[Entry]) -> bool:
    named = set(folded(wanted.get("claimant", "")).split())
    return (
        subject.unit == wanted["unit"]
        and wanted.get("scope", subject.scope) == subject.scope
        and folded(wanted.get("place", "")) in folded(subject.place or wanted.get("place", ""))
        and folded(wanted.get("of", "")) in folded(subject.of)
        and ((one.teller == "claimant" and named <= set(folded(one.by).split())) if named else one.teller != "claimant")
        and [(p.report, p.entry) for p in one.points] == entries
    )


def of_nobody(read: Read, wanted: Case, entries: list[Entry]) -> bool:
    """Whether numbers without a claimant stand in one subject, in this order, whichever outlets give them."""
    for subject in read.subjects:
        points = [p for one in subject.series if one.teller != "claimant" for p in one.points]
        names = [(p.report, p.entry) for p in sorted(points, key=lambda p: (p.day or "", p.published or ""))]
        if subject.unit == wanted["unit"] and [n for n in names if n in entries] == entries:
            return True
    return False


@pytest.mark.parametrize("case", cases())
def test_hard_case(case: Case) -> None:
    read = Read(case)
    for wanted in case.get("series", ()):
        entries = [read.entry(f"{name}: {words}") for name, words in wanted["points"]]
        found = any(fits(one, subject, wanted, entries) for subject in read.subjects for one in subject.series)
        assert found or ("claimant" not in wanted and of_nobody(read, wanted, entries)), f"{wanted}\n{read.shown()}"
    for kind, key in (("conflict", "conflicts"), ("revision", "revisions")):
        if key in case:
            expected = {tuple(sorted((read.entry(a), read.entry(b)))) for a, b in case[key]}
            assert read.flagged(kind) == expected, f"{key}\n{read.shown()}"
    if "unclaimed" in case:
        assert read.flagged("unclaimed") == {(read.entry(a),) for a in case["unclaimed"]}, read.shown()
    for a, b in case.get("apart", ()):
        both = {read.entry(a), read.entry(b)}
        for subject in read.subjects:
            assert not both <= {(p.report, p.entry) for one in subject.series for p in one.points}, read.shown()
