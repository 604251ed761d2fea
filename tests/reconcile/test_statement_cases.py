"""One utterance told by several reports, case by case; see the head of the case files for what their fields mean."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord import annotate
from onrecord.model import Annotated
from onrecord.reconcile.linking import Link, links
from onrecord.reconcile.statements import SameStatement, SameWords
from onrecord.reconcile.utterances import Utterance, utterances

FOLDER = Path(__file__).parent.parent / "cases"
Case = dict[str, Any]
Entry = tuple[str, str]

#: Cases that are not met, with the reason.
KNOWN = {
    "direct in one outlet, indirect in another": "a retelling that shares but one rare word is not linked",
    "a ministry denies and two days later admits": "a denial retold in other words is not linked",
    "two translations of one sentence at the graves": "a retelling that shares no rare word is not linked",
}


def cases() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("reports_statements*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            why = case.get("fails") or KNOWN.get(case["name"])
            marks = [pytest.mark.xfail(reason=why, strict=True)] if why else []
            found.append(pytest.param(case, id=f"{path.stem}: {case['name']}", marks=marks))
    return found


def plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.lower()))


def entries(named: str, reports: dict[str, Annotated]) -> list[Entry]:
    """The statements of the report whose content holds the words, the shortest first."""
    name, _, words = named.partition(": ")
    text = reports[name].report.text
    found = []
    for a in reports[name].attributions:
        content = " ".join(text[start:end] for start, end in a.content.spans)
        if a.manner in ("said", "written") and plain(words) in plain(content):
            found.append((len(content), (name, a.id)))
    assert found, f"no statement of {name} holds {words!r}"
    return [entry for _, entry in sorted(found)]


def together(a: str, b: str, reports: dict[str, Annotated], told: tuple[Utterance, ...]) -> bool:
    """Whether some statement with the words of each is in one utterance."""
    held = [{(v.report, entry) for v in one.versions for entry in v.entries} for one in told]
    return any(x in one and y in one for one in held for x in entries(a, reports) for y in entries(b, reports))


def holding(named: str, reports: dict[str, Annotated], told: tuple[Utterance, ...]) -> list[Utterance]:
    wanted = set(entries(named, reports))
    return [one for one in told if wanted & {(v.report, entry) for v in one.versions for entry in v.entries}]


def is_left_out(report: str, words: str, told: tuple[Utterance, ...]) -> bool:
    """Whether most of the words are among those that the report's version leaves out."""
    wanted = plain(words).split()
    for one in told:
        for version in one.versions:
            if version.report == report:
                lacking = plain(" ".join(part.words for part in version.left_out)).split()
                if sum(word in lacking for word in wanted) >= 0.8 * len(wanted):
                    return True
    return False


def flagged(a: str, b: str, reports: dict[str, Annotated], found: tuple[Link, ...]) -> bool:
    pairs = {frozenset((link.a, link.b)) for link in found}
    return any(frozenset((x, y)) in pairs for x in entries(a, reports) for y in entries(b, reports))


@pytest.mark.parametrize("case", cases())
def test_case(case: Case) -> None:
    reports = {
        given["id"]: annotate(
            given["text"], id=given["id"], published=given.get("published"), publisher=given.get("publisher"),
            title=given.get("title"),
        )
        for given in case["reports"]
    }  # fmt: skip
    made = links(SameStatement(), reports.values())
    told = utterances(made, reports)
    others = links(SameWords(), reports.values())
    shown = [(link.a, link.b, link.score, link.reason) for link in (*made, *others)]
    faults = [f"not one: {a} / {b}" for a, b in case.get("same", []) if not together(a, b, reports, told)]
    faults += [f"one: {a} / {b}" for a, b in case.get("apart", []) if together(a, b, reports, told)]
    if "fullest" in case:
        report = case["fullest"].partition(": ")[0]
        found = holding(case["fullest"], reports, told)
        if report not in {one.fullest for one in found}:
            faults.append(f"the fullest is {[one.fullest for one in found]}, not {report}")
    faults += [f"{report} is not said to leave out {words!r}: {[v.left_out for one in told for v in one.versions]}"
               for report, words in case.get("left_out", []) if not is_left_out(report, words, told)]  # fmt: skip
    faults += [f"not flagged: {a} / {b}" for a, b in case.get("other_speaker", [])
               if not flagged(a, b, reports, others) or together(a, b, reports, told)]  # fmt: skip
    assert not faults, f"{faults}; links: {shown}"
