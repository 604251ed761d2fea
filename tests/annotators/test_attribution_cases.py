"""Hard cases of attribution, one test each; see the head of the case files for what their fields mean."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord.annotators.reading import annotated
from onrecord.model import Annotated, Attribution, Span
from onrecord.read.text import report

FOLDER = Path(__file__).parent.parent / "cases"
Case = dict[str, Any]
WORD = re.compile(r"\w+(?:['’\-]\w+)*")


def cases() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("attributions*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            marks = [pytest.mark.xfail(reason=case["fails"], strict=True)] if "fails" in case else []
            found.append(pytest.param(case, id=f"{case['about']}: {case['name']}", marks=marks))
    return found


def words(text: str) -> list[str]:
    return [w.lower() for w in WORD.findall(text)]


def joined(spans: tuple[Span, ...], read: Annotated) -> str:
    return " ... ".join(read.report.text[s:e] for s, e in spans)


def alike(given: str, wanted: str, *, least: float) -> bool:
    """Whether two stretches share most of their words (Jaccard over word counts' sets)."""
    a, b = set(words(given)) - {"that", "the", "a"}, set(words(wanted)) - {"that", "the", "a"}
    return len(a & b) >= least * len(a | b) if a | b else not given.strip() and not wanted.strip()


def speaker(a: Attribution, read: Annotated) -> str:
    return next((e.name for e in read.entities if e.id == a.source.entity), "")


def inside(a: Attribution, read: Annotated) -> str:
    outer = next((b for b in read.attributions if b.id == a.within), None)
    return joined(outer.source.spans, read) if outer else ""


def differences(a: Attribution, wanted: Case, read: Annotated) -> list[str]:
    """What of the expectation the attribution does not meet."""
    given = {
        "kind": a.kind,
        "manner": a.manner,
        "act": a.act,
        "negated": a.negated,
        "source_kind": a.source.kind,
    }
    found = [f"{k} is {given[k]!r}, not {wanted[k]!r}" for k in given if k in wanted and given[k] != wanted[k]]
    stretches = {
        "source": joined(a.source.spans, read),
        "speaker": speaker(a, read),
        "inside": inside(a, read),
        "addressee": joined(a.addressee.spans, read) if a.addressee else "",
        "medium": joined(a.medium.spans, read) if a.medium else "",
        "time": joined((a.time.span,), read) if a.time else "",
        "terms": joined(a.source.terms, read),
        "marker": " / ".join(joined((c.marker,), read) for c in a.conditions),
        "condition": " / ".join(joined((c.span,), read) for c in a.conditions),
        "governs": " / ".join(joined((c.governs,), read) for c in a.conditions),
    }
    found += [
        f"{k} is {words!r}, not {wanted[k]!r}"
        for k, words in stretches.items()
        if k in wanted and not alike(words, wanted[k], least=0.66)
    ]
    if wanted.get("conditionless") and a.conditions:
        found.append(f"a condition is read: {stretches['condition']!r}")
    if "via" in wanted:
        chain = [v.text for v in a.via]
        if len(chain) != len(wanted["via"]) or not all(map(lambda g, w: alike(g, w, least=0.5), chain, wanted["via"])):
            found.append(f"via is {chain!r}, not {wanted['via']!r}")
    return found


def with_content(content: str, read: Annotated) -> list[Attribution]:
    return [a for a in read.attributions if alike(joined(a.content.spans, read), content, least=0.8)]


KEYS = {"name", "about", "text", "published", "expect", "nobody", "silent", "unsaid", "fails"}


@pytest.mark.parametrize("case", cases())
def test_hard_case(case: Case) -> None:
    assert case.keys() <= KEYS, "a key that nothing looks at"
    read = annotated(report(case["text"], published=case.get("published")))
    shown = [
        (joined(a.source.spans, read), joined(a.cue.spans, read), joined(a.content.spans, read))
        for a in read.attributions
    ]
    for wanted in case.get("expect", []):
        holders = with_content(wanted["content"], read)
        assert holders, f"nobody says {wanted['content']!r}: {shown}"
        unmet = min((differences(a, wanted, read) for a in holders), key=len)
        assert not unmet, f"{unmet}; read: {shown}"
    for content in case.get("nobody", []):
        holders = with_content(content, read)
        assert holders, f"nobody says {content!r}: {shown}"
        assert not any(a.source.entity for a in holders), f"a speaker was guessed: {speaker(holders[0], read)}"
    for who in case.get("silent", []):
        assert not any(alike(source, who, least=1) for source, _, _ in shown), f"{who!r} is read as a source: {shown}"
    for phrase in case.get("unsaid", []):
        said = [joined(a.content.spans, read) for a in read.attributions if a.manner in {"said", "written"}]
        assert not any(phrase in content for content in said), f"{phrase!r} is read as a statement: {shown}"
