"""An invented archive of a few hundred reports, in files, and what a record and a bulk folder find in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.dataset as ds
from benchmarks.perturbed import Base, archive
from click.testing import CliRunner

import onrecord
from onrecord.annotators.settings import Settings
from onrecord.batch import readings
from onrecord.cli import main
from onrecord.errors import OnrecordError
from onrecord.read import received
from onrecord.reconcile.linkers import LINKERS
from onrecord.view.linked import links
from onrecord.view.origins import origins
from onrecord.view.stories import stories

__all__ = ["Found", "archived", "in_bulk", "in_record"]

DEMO = Path(__file__).parents[2] / "demo" / "reports"

#: Of every rule the links, each with its ends, score, reason and detail; the stories with their origins; the origins.
Found = dict[str, Any]


def archived(folder: Path, count: int) -> Path:
    """Files of so many reports and some more: other versions, ids that come twice, and lines without an id."""
    folder.mkdir()
    found = [one for one in readings(received([DEMO]), Settings(models=False)) if not isinstance(one, OnrecordError)]
    bases = [Base(msgspec.to_builtins(one), (one.report.published or "")[:7]) for one in found]
    made = [
        {key: tree["report"][key] for key in ("id", "text", "title", "published", "publisher")}
        for tree in archive(bases, count, a_day=20, seed=1962)
    ]
    changed = [{**one, "text": f"{one['text']}\nMore follows."} for one in made[5:25:5]]
    again = made[40:44]
    nameless = [{**one, "id": None, "publisher": "Late Echo"} for one in made[60:64]]
    for name, some in (
        ("a.jsonl", made[: count // 2] + changed[:2] + again[:1]),
        ("b.jsonl", made[count // 2 :] + changed[2:] + again),
        ("c/d.jsonl", nameless),
    ):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        given = ({key: value for key, value in one.items() if value is not None} for one in some)
        path.write_text("".join(json.dumps(one) + "\n" for one in given), encoding="utf-8")
    return folder


def in_record(news: Path, path: Path) -> Found:
    """What `onrecord add` and `onrecord reconcile` find."""
    for words in (["add", "--no-models", "--quiet", str(news)], ["reconcile", "--quiet", "--jobs", "1"]):
        result = CliRunner().invoke(main, ["--record", str(path), *words], catch_exceptions=False)
        assert result.exit_code == 0, result.output
    with onrecord.open(path) as record:
        found: Found = {
            rule: {(*link.a, *link.b): (link.score, link.reason, link.detail) for link in links(record, rule)}
            for rule in LINKERS
        }
        told = stories(record)
        found["stories"] = {name: (one.story, len(one.reports), one.origins) for one in told for name in one.reports}
        found["origins"] = sorted((one.reports, one.held_by) for one in origins(record).origins)
    return found


def in_bulk(out: Path) -> Found:
    """What stands in the tables of a bulk folder; each link once, or this fails."""
    found: Found = {rule: {} for rule in LINKERS}
    for row in ds.dataset(out / "links", partitioning="hive").to_table().to_pylist():
        ends = (row["a"], row["a_entry"], row["b"], row["b_entry"])
        assert ends not in found[row["rule"]], row
        assert row["kind"] == LINKERS[row["rule"]].kind
        found[row["rule"]][ends] = (row["score"], row["reason"], row["detail"])
    rows = ds.dataset(out / "stories").to_table().to_pylist()
    found["stories"] = {row["report"]: (row["story"], row["reports"], row["origins"]) for row in rows}
    assert len(found["stories"]) == len(rows)
    groups: dict[str, tuple[list[str], list[str]]] = {}
    for row in ds.dataset(out / "origins").to_table().to_pylist():
        groups.setdefault(row["origin"], ([], []))[row["holds"]].append(row["report"])
    found["origins"] = sorted((tuple(sorted(own)), tuple(sorted(held_by))) for own, held_by in groups.values())
    return found
