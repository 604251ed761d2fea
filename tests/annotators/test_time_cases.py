"""Hard cases of times, one test each; see the heads of the case files for what their fields mean."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord.annotators.parse import parse
from onrecord.annotators.times import times
from onrecord.read.text import report

CASES = Path(__file__).parent.parent / "cases"
FILES = ("times.toml", "times_fresh.toml")
Case = dict[str, Any]


def cases() -> list[Any]:
    found = []
    for name in FILES:
        for case in tomllib.loads((CASES / name).read_text(encoding="utf-8"))["case"]:
            marks = [pytest.mark.xfail(reason=case["fails"], strict=True)] if "fails" in case else []
            found.append(pytest.param(case, id=case["name"], marks=marks))
    return found


@pytest.mark.parametrize("case", cases())
def test_hard_case(case: Case) -> None:
    made = report(case["text"], published=case.get("published", "2014-03-05"))
    found = [
        {"text": made.text[slice(*t.span)], "value": t.value or "none", "mod": t.mod or "none", "type": t.type}
        for t in times(parse(made))
    ]
    for wanted in case["expect"]:
        assert any(all(given[k] == v for k, v in wanted.items()) for given in found), f"{wanted} is not among {found}"
    assert not case.get("only") or len(found) == len(case["expect"]), found
