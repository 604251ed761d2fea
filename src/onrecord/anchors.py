"""Anchors: the exact characters of a report version that a value was read from, and the check that they are there.

Selectors follow the W3C Web Annotation Data Model (2017): a text position (start, end; half-open; here in Unicode
code points) and a text quote (exact, prefix, suffix).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Literal

import msgspec

from onrecord.errors import AnchorError
from onrecord.model import Annotated, Report, Span, sha256

__all__ = ["CONTEXT", "Anchor", "anchor", "faults", "resolve", "spans", "verify"]

#: How many code points of context an anchor keeps on each side.
CONTEXT = 32

Field = Literal["text", "title"]


class Anchor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A stretch of one field of one report version, with the words that stand there."""

    version: str
    field: Field
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


def anchor(report: Report, span: Span, *, field: Field = "text") -> Anchor:
    """The anchor of a span of a report.

    Raises:
        AnchorError: the span is empty or does not lie in the field.

    Example:
        >>> from onrecord.read.text import report
        >>> anchor(report("The talks failed, he said."), (4, 9)).exact
        'talks'
    """
    words = _field(report, field)
    start, end = span
    if not 0 <= start < end <= len(words):
        raise AnchorError(
            f"span {start}-{end} is not a stretch of the {field}, which has {len(words)} characters",
            "give a half-open span of code points",
            subject=report.id,
        )
    return Anchor(
        version=report.version,
        field=field,
        start=start,
        end=end,
        exact=words[start:end],
        prefix=words[max(0, start - CONTEXT) : start],
        suffix=words[end : end + CONTEXT],
    )


def verify(anchor: Anchor, report: Report) -> None:
    """Check that the anchor is of this report version and that its words stand where it says.

    Raises:
        AnchorError: they do not.
    """
    if anchor.version != report.version:
        raise AnchorError(
            f"the anchor is of version {anchor.version}, the report is version {report.version}",
            "resolve the anchor on the new version",
            subject=report.id,
        )
    words = _field(report, anchor.field)
    if not 0 <= anchor.start < anchor.end <= len(words) or words[anchor.start : anchor.end] != anchor.exact:
        raise AnchorError(
            f"{anchor.exact!r} does not stand at {anchor.start}-{anchor.end} of the {anchor.field}",
            "annotate the report again; if its text was altered, restore it from a backup",
            subject=report.id,
        )


def resolve(anchor: Anchor, report: Report) -> Span | None:
    """Where the anchored words stand in this or another version of the report; None if that is not certain.

    The position is tried first. Elsewhere the words count only where prefix and suffix agree best, and with them at
    least one word character on a side, and no second place agrees as well: a lookalike is no match.
    """
    words = _field(report, anchor.field)
    if words[anchor.start : anchor.end] == anchor.exact and (
        report.version == anchor.version or _agreement(anchor, words, anchor.start) == _full(anchor)
    ):
        return anchor.start, anchor.end
    scored = sorted(((_agreement(anchor, words, at), at) for at in _places(anchor.exact, words)), reverse=True)
    if not scored or scored[0][0] < min(_full(anchor), CONTEXT // 2):
        return None
    if len(scored) > 1 and scored[1][0] == scored[0][0]:
        return None
    return scored[0][1], scored[0][1] + len(anchor.exact)


def spans(value: object) -> Iterator[Span]:
    """Every span in an annotation, its parts included, in the order of its fields."""
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from spans(getattr(value, name))
    elif isinstance(value, tuple):
        if len(value) == 2 and isinstance(value[0], int) and isinstance(value[1], int):
            yield value[0], value[1]
        else:
            for item in value:
                yield from spans(item)


def faults(annotated: Annotated) -> list[str]:
    """What is wrong with an annotated report: spans off the text, words that differ, ids that lead nowhere.

    An empty list means that every anchor verifies. Each fault is one line that starts with the annotation's id.
    """
    return [f"{where}: {what}" for where, what in _faults(annotated)]


def _faults(annotated: Annotated) -> Iterator[tuple[str, str]]:
    report = annotated.report
    if sha256(report.text) != report.sha256:
        yield report.id, "the text does not have the recorded SHA-256"
    ids: dict[str, str] = {}
    for name in ("entities", "attributions", "events", "figures", "times", "places"):
        for item in getattr(annotated, name):
            if item.id in ids:
                yield item.id, "the id is used twice"
            ids[item.id] = name
            for start, end in spans(item):
                if not 0 <= start < end <= len(report.text):
                    yield item.id, f"span {start}-{end} is not a stretch of the text"
    for part in (*report.unread, *([report.credit] if report.credit else [])):
        for start, end in spans(part):
            if not 0 <= start < end <= len(report.text):
                yield report.id, f"span {start}-{end} is not a stretch of the text"
    yield from _word_faults(annotated)
    for item_id, name, target in _references(annotated):
        if target is not None and ids.get(target) != name:
            yield item_id, f"{target!r} is not one of the {name}"


def _word_faults(annotated: Annotated) -> Iterator[tuple[str, str]]:
    text = annotated.report.text
    for figure in annotated.figures:
        if text[slice(*figure.span)] != figure.text:
            yield figure.id, f"the words are not {figure.text!r}"
    for attribution in annotated.attributions:
        if not attribution.content.spans or not attribution.cue.spans:
            yield attribution.id, "an attribution needs a cue and a content"
        for group in (attribution.content.spans, attribution.cue.spans, attribution.source.spans):
            if any(a[1] > b[0] for a, b in itertools.pairwise(group)):
                yield attribution.id, "spans overlap or are out of order"
    for entity in annotated.entities:
        if not entity.mentions:
            yield entity.id, "an entity needs a mention"


def _references(annotated: Annotated) -> Iterator[tuple[str, str, str | None]]:
    for a in annotated.attributions:
        yield a.id, "attributions", a.within
        yield a.id, "entities", a.source.entity
        yield from ((a.id, "entities", outer.entity) for outer in a.via)
        yield a.id, "entities", a.addressee.entity if a.addressee else None
    for e in annotated.events:
        yield from ((e.id, "entities", p.entity) for p in (*e.actors, *e.recipients))
        yield e.id, "places", e.place
        yield e.id, "times", e.time
        yield e.id, "attributions", _voice(e.voice)
    for f in annotated.figures:
        yield f.id, "entities", f.of.entity
        yield f.id, "entities", f.claimant
        yield f.id, "figures", f.part_of
        yield f.id, "places", f.place
        yield f.id, "times", f.time
        yield f.id, "times", f.period
        yield f.id, "attributions", _voice(f.voice)
    yield from ((p.id, "entities", p.entity) for p in annotated.places)


def _voice(voice: str) -> str | None:
    return None if voice in {"narrator", "unsourced"} else voice


def _field(report: Report, field: Field) -> str:
    return report.text if field == "text" else report.title or ""


def _places(exact: str, words: str) -> Iterator[int]:
    at = words.find(exact)
    while at >= 0:
        yield at
        at = words.find(exact, at + 1)


def _full(anchor: Anchor) -> int:
    return len(anchor.prefix) + len(anchor.suffix)


def _agreement(anchor: Anchor, words: str, at: int) -> int:
    """How many code points of context agree, counted outwards from the words."""
    before = words[max(0, at - len(anchor.prefix)) : at]
    after = words[at + len(anchor.exact) : at + len(anchor.exact) + len(anchor.suffix)]
    return _shared(before[::-1], anchor.prefix[::-1]) + _shared(after, anchor.suffix)


def _shared(a: str, b: str) -> int:
    n = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        n += 1
    return n
