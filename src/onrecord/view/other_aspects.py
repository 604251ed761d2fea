"""What the accounts of one statement, or of one count, say alike, what they do not, and what one alone says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.model import Annotated, Figure
from onrecord.reconcile.days import stretch
from onrecord.reconcile.speakers import speaker
from onrecord.view.aspects import (
    Aspect,
    Compatible,
    Version,
    compared,
    may_be_one_day,
    may_be_one_name,
    may_be_one_place,
)

__all__ = ["figure_aspects", "statement_aspects"]

Entry = tuple[str, str]
Compared = tuple[tuple[Aspect, ...], tuple[Aspect, ...], tuple[Aspect, ...]]


def statement_aspects(entries: Sequence[Entry], read: Mapping[str, Annotated]) -> Compared:
    """Who is named as the speaker, what kind of act it is called, on which day and to whom it was said."""
    if len({report for report, _ in entries}) < 2:
        return (), (), ()
    made: dict[str, list[Version]] = {"speaker": [], "act": [], "day": [], "to": []}
    for report, entry in entries:
        annotated = read[report]
        said = next(a for a in annotated.attributions if a.id == entry)
        text = annotated.report.text
        if said.source.spans:
            who = speaker(annotated, said).shown
            made["speaker"].append(Version(who, report, who))
        act = f"not {said.act}" if said.negated else said.act
        made["act"].append(Version(act, report, act))
        if said.time is not None and (days := stretch(said.time.value)) is not None:
            made["day"].append(Version(str(said.time.value), report, days))
        if said.addressee is not None:
            names = {e.id: e.name for e in annotated.entities}
            to = names.get(said.addressee.entity or "") or " ".join(text[slice(*s)] for s in said.addressee.spans)
            made["to"].append(Version(to, report, to))
    hold: dict[str, Compatible] = {"speaker": may_be_one_name, "act": _same, "day": may_be_one_day,
                                   "to": may_be_one_name}  # fmt: skip
    return compared((what, versions, hold[what]) for what, versions in made.items() if versions)


def figure_aspects(entries: Sequence[Entry], read: Mapping[str, Annotated]) -> Compared:
    """The number, whose count it is, what is counted, where, and of which day."""
    if len({report for report, _ in entries}) < 2:
        return (), (), ()
    made: dict[str, list[Version]] = {"number": [], "by whose count": [], "of": [], "place": [], "day": []}
    for report, entry in entries:
        annotated = read[report]
        figure = next(f for f in annotated.figures if f.id == entry)
        made["number"].append(Version(figure.text, report, figure))
        names = {e.id: e.name for e in annotated.entities}
        if (name := names.get(figure.claimant or "")) is not None:
            made["by whose count"].append(Version(name, report, name))
        if figure.of.text:
            made["of"].append(Version(figure.of.text, report, figure.of.text))
        if (place := next((p for p in annotated.places if p.id == figure.place), None)) is not None:
            made["place"].append(Version(place.name, report, (place.name, *place.admin)))
        time = next((t for t in annotated.times if t.id == figure.time), None)
        if time is not None and (days := stretch(time.value)) is not None:
            made["day"].append(Version(str(time.value), report, days))
    hold: dict[str, Compatible] = {
        "number": _may_be_one_number, "by whose count": may_be_one_name, "of": may_be_one_name,
        "place": may_be_one_place, "day": may_be_one_day,
    }  # fmt: skip
    return compared((what, versions, hold[what]) for what, versions in made.items() if versions)


def _same(a: Version, b: Version) -> bool:
    return a.meant == b.meant


def _may_be_one_number(a: Version, b: Version) -> bool:
    """Two numbers that allow a common one: "dozens" and 30."""
    one, other = a.meant, b.meant
    if not (isinstance(one, Figure) and isinstance(other, Figure)):
        return False
    tops = [float("inf") if f.high is None else f.high for f in (one, other)]
    return max(one.low or 0, other.low or 0) <= min(tops)
