"""Accuracy on annotated corpora has floors that cannot drop unnoticed.

The corpora and their scorers are not part of the repository: the variable ONRECORD_CORPORA names the folder that holds
`corpora` and `score`; without it these tests are skipped.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from benchmarks.accuracy import predictions
from benchmarks.corpora import SCORED, SOUND, Corpora, Scored
from benchmarks.soundness import soundness
from benchmarks.stories import same_event

from onrecord.annotators.settings import Settings

FOLDER = os.environ.get("ONRECORD_CORPORA", "")

pytestmark = pytest.mark.skipif(
    not (FOLDER and Path(FOLDER, "corpora").is_dir()),
    reason="set ONRECORD_CORPORA to the folder that holds the corpora and their scorers",
)

#: Raised with every gain, lowered only with the reason beside it: corpus, scorer, figure, floor.
FLOORS = [
    ("polnear", "attributions", "content_match.f1", 0.81),
    ("polnear", "attributions", "content_source.f1", 0.76),
    ("polnear", "attributions", "content_exact.f1", 0.68),
    ("polnear", "attributions", "content_match_quoted.rate", 0.95),
    ("polnear", "attributions", "content_match_indirect.rate", 0.73),
    ("gum_attribution", "speakers", "named_found.rate", 0.85),
    ("timex_tempeval3", "times", "value.f1", 0.90),
    ("geoparse", "places", "found_161km.f1", 0.74),
    ("re3d", "entities", "typed.f1", 0.80),
    ("plover_gsr", "events", "types.f1", 0.79),
    ("event_location", "event_places", "located.rate", 0.72),
    # 0.79 before "killed or injured" was read as the coding rules say: neither killed nor wounded.
    ("isaf_press_releases", "figures", "toll.f1", 0.77),
    ("muc4", "figures", "toll.p", 0.55),
    ("muc4", "figures", "toll.r", 0.81),
    ("displacement_figures", "figures", "value_unit.rate", 0.88),
]

#: The same without trained models.
FLOORS_OF_RULES = [
    ("content_match.f1", 0.71),
    ("content_match_quoted.rate", 0.86),
]

#: CoNLL F1 of mentions of one event, by the network that reads two reports together and by likeness alone.
FLOORS_OF_EVENTS = {"conll": 77.5, "conll, --no-models": 75.5}


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Corpora:
    return Corpora(data=Path(FOLDER, "corpora"), score=Path(FOLDER, "score"), work=tmp_path_factory.mktemp("work"))


@pytest.fixture(scope="module")
def values(corpora: Corpora) -> dict[tuple[str, str], dict[str, float]]:
    wanted = {(corpus, scorer) for corpus, scorer, _, _ in FLOORS}
    chosen: list[Scored] = [s for s in SCORED if (s.name, s.scorer) in wanted]
    return {(s.name, s.scorer): corpora.scores(s, predictions(corpora, s)) for s in chosen}


@pytest.fixture(scope="module")
def rules(corpora: Corpora) -> dict[str, float]:
    (polnear,) = (s for s in SCORED if s.name == "polnear")
    return corpora.scores(polnear, predictions(corpora, polnear, Settings(models=False)))


@pytest.mark.parametrize(("corpus", "scorer", "figure", "floor"), FLOORS)
def test_accuracy_does_not_fall_below_its_floor(
    values: dict[tuple[str, str], dict[str, float]], corpus: str, scorer: str, figure: str, floor: float
) -> None:
    assert values[corpus, scorer][figure] >= floor


@pytest.mark.parametrize(("figure", "floor"), FLOORS_OF_RULES)
def test_the_rules_alone_do_not_fall_below_their_floor(rules: dict[str, float], figure: str, floor: float) -> None:
    assert rules[figure] >= floor


def test_mentions_of_one_event_are_found_as_well_as_before(corpora: Corpora) -> None:
    found = {figure: float(f1) for _, _, figure, _, _, f1 in same_event(corpora) if figure in FLOORS_OF_EVENTS}
    assert found.keys() == FLOORS_OF_EVENTS.keys()
    assert all(found[figure] >= floor for figure, floor in FLOORS_OF_EVENTS.items()), found


def test_reports_of_a_corpus_are_read_without_a_fault(corpora: Corpora) -> None:
    found = list(soundness(corpora, names=SOUND[:2]))
    assert found
    assert [problems for _, _, problems in found] == ["none"] * len(found)
