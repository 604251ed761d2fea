"""The brat files are read again as brat reads them: every offset finds its words, every argument its annotation."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from dataclasses import dataclass, field

import pytest

from onrecord.export.brat_lines import fragments
from onrecord.export.brat_notes import values
from onrecord.model import Annotated, Event, Figure

from .conftest import Exported


@dataclass
class Ann:
    """An .ann file by its lines (brat standoff format, version 1.3)."""

    bound: dict[str, tuple[str, list[tuple[int, int]], str]] = field(default_factory=dict)
    events: dict[str, tuple[str, str, dict[str, str]]] = field(default_factory=dict)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=dict)


def parsed(lines: str) -> Ann:
    made, ids = Ann(), set()
    for line in lines.splitlines():
        name, rest = line.split("\t", 1)
        assert name not in ids
        ids.add(name)
        if name[0] == "T":
            head, words = rest.split("\t")
            label, offsets = head.split(" ", 1)
            spans = [tuple(map(int, span.split(" "))) for span in offsets.split(";")]
            made.bound[name] = label, spans, words  # type: ignore[assignment]
        elif name[0] == "E":
            (kind, trigger), *parts = (part.split(":") for part in rest.split(" "))
            made.events[name] = kind, trigger, dict(parts)
            assert len(parts) == len(made.events[name][2])
        elif name[0] == "A":
            label, of, *value = rest.split(" ")
            made.attributes.append((label, of, *value, "")[:3])  # type: ignore[arg-type]
        else:
            head, words = rest.split("\t")
            assert re.fullmatch("#[0-9]+", name)
            assert head.startswith("AnnotatorNotes ")
            made.notes.setdefault(head.split(" ")[1], []).append(words)
    return made


def files(made: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(made)) as zipped:
        return {name: zipped.read(name).decode() for name in zipped.namelist()}


@pytest.fixture
def projects(exported: Exported) -> dict[str, tuple[str, Ann]]:
    """The text and the annotations of each report."""
    found = files(exported("brat"))
    rows = [line.split("\t") for line in found["reports.tsv"].splitlines()[1:]]
    assert len(found) == 3 + 2 * len(rows)
    return {report: (found[f"{name}.txt"], parsed(found[f"{name}.ann"])) for name, report, *_ in rows}


def test_every_offset_finds_its_words_in_the_text(projects: dict[str, tuple[str, Ann]],
                                                  readings: dict[str, Annotated]) -> None:  # fmt: skip
    assert set(projects) == set(readings)
    for report, (text, ann) in projects.items():
        assert text == readings[report].report.text
        for _, spans, words in ann.bound.values():
            assert " ".join(text[start:end] for start, end in spans) == words
            assert all(a[1] < b[0] for a, b in itertools.pairwise(spans))
            assert "\n" not in words


def test_every_entry_is_there_with_its_parts(projects: dict[str, tuple[str, Ann]],
                                             readings: dict[str, Annotated]) -> None:  # fmt: skip
    for report, of in readings.items():
        text, ann = projects[report]
        conditions = sum(len(a.conditions) for a in of.attributions)
        assert len(ann.events) == len(of.attributions) + len(of.events) + len(of.figures) + conditions
        named = {dict(values(notes[0]))["id"]: name for name, notes in ann.notes.items() if name[0] == "E"}
        for a in of.attributions:
            kind, trigger, parts = ann.events[named[a.id]]
            assert (kind, ann.bound[trigger][1]) == ("Attribution", list(fragments(text, a.cue.spans)))
            assert ann.bound[parts["Content"]][1] == list(fragments(text, a.content.spans))
            assert ("Source" in parts) == bool(a.source.spans)
            assert parts.get("Within") == (named[a.within] if a.within else None)
        located: tuple[Event | Figure, ...] = (*of.events, *of.figures)
        for entry in located:
            _, _, parts = ann.events[named[entry.id]]
            assert ("Place" in parts, "Time" in parts) == (entry.place is not None, entry.time is not None)
            attributed = entry.voice not in ("narrator", "unsourced")
            assert parts.get("Voice") == (named[entry.voice] if attributed else None)
            assert attributed or ("Voice", named[entry.id], entry.voice) in ann.attributes


def test_events_have_triggers_of_their_kind_and_arguments_that_exist(projects: dict[str, tuple[str, Ann]]) -> None:
    for _, ann in projects.values():
        for kind, trigger, parts in ann.events.values():
            assert ann.bound[trigger][0] == kind
            assert all(part in ann.bound or part in ann.events for part in parts.values())
        assert {of for _, of, _ in ann.attributes} <= {*ann.bound, *ann.events}
        assert set(ann.notes) <= {*ann.bound, *ann.events}


def test_the_claimant_is_an_argument_and_bounds_are_noted(projects: dict[str, tuple[str, Ann]]) -> None:
    figures = {ann.notes[name][0].partition("; ")[2]: ann.bound[parts["Claimant"]][2] if "Claimant" in parts else None
               for _, ann in projects.values() for name, (kind, _, parts) in ann.events.items()
               if kind == "Figure"}  # fmt: skip
    assert figures["low=12"] == "Jörg R. Adler"
    assert figures["low=9; high=9"] is None


def test_all_labels_are_in_the_configuration(exported: Exported, projects: dict[str, tuple[str, Ann]]) -> None:
    sections = dict(re.findall(r"\[(\w+)\]\n((?:.+\n)*)", files(exported("brat"))["annotation.conf"]))
    known = {name: {line.split("\t")[0]: line for line in body.splitlines()} for name, body in sections.items()}
    for _, ann in projects.values():
        for label, _, _ in ann.bound.values():
            assert label in known["entities"] or label in known["events"]
        for kind, _, parts in ann.events.values():
            assert all(re.search(rf"\b{role.rstrip('0123456789')}[?*]?:", known["events"][kind]) for role in parts)
        for label, _, value in ann.attributes:
            assert value == "" or value in re.split("[|:]", known["attributes"][label])
