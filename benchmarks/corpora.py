"""Where the corpora and their scorers are, and the reports that they hold."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from onrecord.read import Received, received

__all__ = ["SCORED", "SOUND", "Corpora", "Scored"]


@dataclass(frozen=True, slots=True)
class Scored:
    """A corpus part and the scorer that measures it; `figures` are the rows shown, in their order."""

    name: str
    scorer: str
    figures: tuple[str, ...]
    split: str = "dev"
    second_gold: str | None = None


#: What is measured, in the order of the table.
SCORED = (
    Scored(
        "polnear",
        "attributions",
        (
            "content_match",
            "content_source",
            "content_match_quoted",
            "content_match_indirect",
            "content_exact",
            "content_tokens",
        ),
    ),
    Scored("gum_attribution", "attributions", ("covered", "covered_source")),
    Scored("gum_attribution", "speakers", ("named", "named_found", "from_pronoun"), second_gold="gum_coref"),
    Scored("timex_tempeval3", "times", ("value", "relaxed", "strict", "type")),
    Scored("geoparse", "places", ("found_161km", "mention", "acc_161km")),
    Scored("re3d", "entities", ("typed", "span", "alias", "any_recall")),
    Scored("gum_coref", "entities", ("conll", "named")),
    Scored("plover_gsr", "events", ("types", "per_sentence", "actor", "recipient")),
    Scored("petrarch_cameo", "events", ("types",)),
    Scored("event_location", "event_places", ("accuracy", "located", "unlocated", "coverage", "given")),
    Scored("muc4", "figures", ("toll",)),
    Scored("isaf_press_releases", "figures", ("toll", "none")),
    Scored("displacement_figures", "figures", ("value_unit", "value")),
)

#: Corpora whose every report must be read without a fault.
SOUND = ("polnear", "re3d", "muc4", "gum_coref", "gva_incidents")


@dataclass(frozen=True, slots=True)
class Corpora:
    """A folder of corpora, a folder of scorers, and a folder for what is made from them."""

    data: Path
    score: Path
    work: Path

    def gold(self, name: str, split: str = "dev") -> Path:
        """The gold file of a corpus part."""
        return self.data / name / f"{split}.jsonl"

    def reports(self, name: str, split: str = "dev") -> list[Received]:
        """The plain reports of a corpus part, without any gold; what cannot be read is said on standard error."""
        path = self.work / f"{name}-{split}.jsonl"
        if not path.exists():
            made = self._scorer("reports", str(self.gold(name, split)))
            path.write_text(made, encoding="utf-8")
        arrivals = []
        for item in received([str(path)]):
            if isinstance(item, Received):
                arrivals.append(item)
            else:
                print(f"left out: {item}", file=sys.stderr)
        return arrivals

    def scores(self, scored: Scored, predicted: Path) -> dict[str, float]:
        """Every figure that the scorer gives, as `row.p`, `row.r`, `row.f1` or `row.rate`, from 0 to 1."""
        golds = [str(self.gold(scored.name, scored.split))]
        if scored.second_gold:
            golds.append(str(self.gold(scored.second_gold, scored.split)))
        found: dict[str, float] = json.loads(self._scorer(scored.scorer, *golds, str(predicted), "--json"))
        return found

    def _scorer(self, name: str, *arguments: str) -> str:
        command = [sys.executable, str(self.score / f"{name}.py"), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout
