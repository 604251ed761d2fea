"""The JSON API holds against whatever its own description allows, and against what it does not: by schemathesis.

Each endpoint is asked with values at the bounds of its parameters, with random ones, and with ones that the description
forbids; then about ids and names of the record. Nothing may fail, and every answer is as described.
`API_EXAMPLES=2000` asks for more than the few of each endpoint that are tried here.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import CheckFunction
from schemathesis.specs.openapi.checks import positive_data_acceptance

from onrecord import __version__
from onrecord.record.store import Record
from onrecord.view.whereabouts import whereabouts
from onrecord.web.endpoints import ENDPOINTS
from onrecord.web.openapi import document
from onrecord.web.serving import in_background

EXAMPLES = int(os.environ.get("API_EXAMPLES", "8"))


def _known(record: Record) -> dict[str, list[str]]:
    """Values of the parameters in paths that the record knows, by their names."""
    reports = [hit.report_id for hit in record.search(kind="report", limit=20)]
    read = [record.annotated(report) for report in reports]
    return {
        "id": reports,
        "entry": sorted({a.id for one in read for a in one.attributions} | {e.id for one in read for e in one.events}),
        "figure": sorted({one.id for each in read for one in each.figures}),
        "name": sorted({one.name for each in read for one in each.entities})[:40],
        "key": [spot.key for spot in whereabouts(record).spots],
    }


@pytest.fixture(scope="module")
def known(demo: Record) -> Callable[[str], str]:
    """A value of a parameter in a path, by its name, drawn from those that the record knows."""
    values, rng = _known(demo), random.Random(1962)
    return lambda name: rng.choice(values[name])


@pytest.fixture(scope="module")
def address(demo: Record) -> Iterator[str]:
    with in_background(demo) as made:
        yield made


#: A description cannot say that `since` comes before `until`: some of what it allows is refused, in words.
REFUSES: list[CheckFunction] = [positive_data_acceptance]
schema = schemathesis.openapi.from_dict(document(ENDPOINTS, version=__version__))


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, database=None, derandomize=True,
          suppress_health_check=list(HealthCheck))  # fmt: skip
def test_every_answer_is_as_described(case: schemathesis.Case[Any], address: str, known: Callable[[str], str]) -> None:
    case.call_and_validate(base_url=address, excluded_checks=REFUSES)
    if case.path_parameters:  # once more, about what the record has
        case.path_parameters = {name: known(name) for name in case.path_parameters}
        case.call_and_validate(base_url=address, excluded_checks=REFUSES)
