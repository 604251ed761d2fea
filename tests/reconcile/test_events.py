"""Accounts of one event in several reports are linked, and others are not; in whatever order they come."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import onrecord
from onrecord.model import Annotated
from onrecord.reconcile.event_likeness import FEATURES, conflict, likeness
from onrecord.reconcile.events import LEAST, SameEvents, happenings, score
from onrecord.reconcile.linking import links

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "reports_events.toml").read_text(encoding="utf-8")
)["case"]
NAMED = {case["name"]: case for case in CASES}


@cache
def read(case: str) -> tuple[Annotated, ...]:
    return tuple(
        onrecord.annotate(report["text"], id=report["id"], published=report.get("published"), models=False)
        for report in NAMED[case]["reports"]
    )


def events_at(case: str, named: str) -> set[tuple[str, str]]:
    """The events whose trigger stands in "REPORT: words"."""
    report, _, words = named.partition(": ")
    annotated = next(one for one in read(case) if one.report.id == report)
    start = annotated.report.text.index(words)
    found = {(report, e.id) for e in annotated.events if e.trigger[0] < start + len(words) and start < e.trigger[1]}
    assert found, (
        f"no event is read at {named!r}: {[annotated.report.text[slice(*e.trigger)] for e in annotated.events]}"
    )
    return found


@pytest.mark.parametrize("name", NAMED)
def test_case(name: str, request: pytest.FixtureRequest) -> None:
    case = NAMED[name]
    if "fails" in case:
        request.applymarker(pytest.mark.xfail(reason=case["fails"], strict=True))
    groups = happenings(links(SameEvents(), read(name)))
    home = {entry: group for group in groups for entry in group}
    for pairs, wanted in ((case.get("same", ()), True), (case.get("apart", ()), False)):
        for one, other in pairs:
            together = any(b in home.get(a, ()) for a in events_at(name, one) for b in events_at(name, other))
            assert together == wanted, (one, other, groups)


def every_report() -> list[Annotated]:
    """All reports of all cases, in one record."""
    found = []
    for name in NAMED:
        for one in read(name):
            report = msgspec.structs.replace(one.report, id=f"{name} {one.report.id}")
            found.append(msgspec.structs.replace(one, report=report))
    return found


#: Cases that are told with the same people, place and day.
SHARED = (
    ("the arrest of one man in other words", "arrests of two people by one force on one day"),
    ("one shelling by two outlets, active and nominal", "two shellings of one town a week apart"),
    ("a meeting planned and held", "two meetings of one minister with two others"),
)


def test_reports_of_other_cases_are_not_joined() -> None:
    """All the invented news in one record: nothing is linked across cases but what is told in both."""
    found = {(link.a[0][:-2], link.b[0][:-2]) for link in links(SameEvents(), every_report())}
    assert {tuple(sorted(pair)) for pair in found if pair[0] != pair[1]} <= {tuple(sorted(pair)) for pair in SHARED}


@settings(deadline=None, max_examples=10)
@given(st.randoms(use_true_random=False))
def test_links_and_happenings_do_not_depend_on_the_order_of_the_reports(random: Any) -> None:
    reports = every_report()
    mixed = list(reports)
    random.shuffle(mixed)
    found = links(SameEvents(), reports)
    assert links(SameEvents(), mixed) == found
    shuffled = list(found)
    random.shuffle(shuffled)
    assert happenings(shuffled) == happenings(found) == happenings((*found, *found))


def test_a_link_depends_on_its_two_accounts_alone_whichever_comes_first() -> None:
    linker, reports = SameEvents(), every_report()
    kept = [trace.kept for one in reports[:12] for trace in linker.traces(one)]
    for a in kept:
        for b in kept:
            assert linker.linked(a, b) == linker.linked(b, a)
            assert conflict(a, b) == conflict(b, a)
            assert likeness(a, b) == likeness(b, a)
            assert len(likeness(a, b)) == len(FEATURES)


def test_an_account_is_one_with_itself_and_a_trace_survives_storing() -> None:
    linker = SameEvents()
    for one in every_report()[:12]:
        for trace in linker.traces(one):
            stored = msgspec.json.decode(msgspec.json.encode(trace.kept), type=linker.kept)
            assert stored == trace.kept
            assert score(trace.kept, stored) >= LEAST
            assert len(trace.keys) <= 20


def test_a_link_says_why() -> None:
    (first, *_) = links(SameEvents(), read("one shelling by two outlets, active and nominal"))
    assert "shell" in first.reason
    assert first.score >= LEAST
