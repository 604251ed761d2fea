"""The reading of a report: every annotator in turn, and nothing unverified let through."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec

from onrecord.anchors import faults
from onrecord.annotators.attributions import attributions
from onrecord.annotators.event_lists import unread_lists
from onrecord.annotators.events import events
from onrecord.annotators.figures import figures
from onrecord.annotators.names import Names, names
from onrecord.annotators.parse import Parsed, parse
from onrecord.annotators.plugged import with_plugged
from onrecord.annotators.scenes import scene
from onrecord.annotators.settings import DEFAULTS, Settings
from onrecord.annotators.times import times
from onrecord.errors import AnchorError, ModelError
from onrecord.model import SCHEMA, Annotated, Report, Span, Unread
from onrecord.read.quoted import QUOTED

__all__ = ["LANGUAGES", "annotated"]

#: Languages that are annotated (ISO 639-1).
LANGUAGES = ("en",)

#: Why part of a report has no events.
LISTED = "a list or a table: the events in it are not all read"

_SEEN = re.compile(r"[^\s]")

T = TypeVar("T")


def annotated(report: Report, settings: Settings = DEFAULTS) -> Annotated:
    """The report with everything that was read from it.

    A report in another language comes back without annotations, with the reason in `report.unread`. An annotator
    that fails costs its own annotations alone, and `report.unread` says so. What plugins add comes last, but for the
    names that they bring, which stand beneath the codebook's.

    Raises:
        AnchorError: an annotator returned a span or id that does not verify; a defect, never stored.
        ModelError: a model is missing or is not the one that ships; no other report could be read either.

    Example:
        >>> from onrecord.read.text import report
        >>> annotated(report("")).attributions
        ()
    """
    if not report.text.strip():
        return _nothing_read(report, "no text")
    if report.language not in LANGUAGES:
        return with_plugged(_nothing_read(report, f"language {report.language or 'unknown'} is not annotated"))
    result = _read(parse(_without_quoted(report), settings.in_force.codebook), settings)
    result = msgspec.structs.replace(
        result, report=msgspec.structs.replace(result.report, text=report.text, sha256=report.sha256)
    )
    if found := faults(result):
        raise AnchorError(
            f"{len(found)} anchors do not verify, the first: {found[0]}",
            "report this text as a defect",
            subject=report.id,
        )
    return with_plugged(result)


def _read(parsed: Parsed, settings: Settings) -> Annotated:
    failed = list(settings.in_force.failed)

    def attempt(name: str, read: Callable[[], tuple[T, ...]]) -> tuple[T, ...]:
        try:
            return read()
        except ModelError:
            raise  # without its model every report would lack the same annotations
        except Exception as error:  # noqa: BLE001 - one annotator's defect must not cost the others' readings
            failed.append(f"{name} were not read ({type(error).__name__}: {error})")
            return ()

    found_times = attempt("times", lambda: times(parsed))
    (stage,) = attempt("quotations", lambda: (scene(parsed),)) or (None,)
    (found,) = attempt("names", lambda: (names(parsed, stage),)) or (Names((), ()),)
    said = attempt(
        "attributions",
        lambda: attributions(parsed, found.entities, found_times, models=settings.models, stage=stage),
    )
    happened = attempt("events", lambda: events(parsed, found.entities, found.places, found_times, said))
    listed = attempt("lists", lambda: unread_lists(parsed))
    counted = attempt("figures", lambda: figures(parsed, found.entities, found.places, found_times, said))
    return Annotated(
        schema=SCHEMA,
        report=_with_unread(parsed.report, [*failed, *found.left_open], [(span, LISTED) for span in listed]),
        entities=found.entities,
        attributions=said,
        events=happened,
        figures=counted,
        times=found_times,
        places=found.places,
    )


def _without_quoted(report: Report) -> Report:
    """The report with earlier messages that it quotes blanked, which are not its own words; as long as it was."""
    pieces: list[str] = []
    done = 0
    for start, end in sorted(part.span for part in report.unread if part.why == QUOTED):
        pieces += [report.text[done:start], _SEEN.sub(" ", report.text[max(start, done) : end])]
        done = max(done, end)
    return msgspec.structs.replace(report, text="".join([*pieces, report.text[done:]])) if pieces else report


def _nothing_read(report: Report, why: str) -> Annotated:
    return Annotated(
        schema=SCHEMA,
        report=_with_unread(report, [why]),
        entities=(),
        attributions=(),
        events=(),
        figures=(),
        times=(),
        places=(),
    )


def _with_unread(report: Report, reasons: list[str], places: Sequence[tuple[Span, str]] = ()) -> Report:
    """The report with the reasons why the whole of its text, if there is any, or some of it was not read in full."""
    whole = [((0, len(report.text)), why) for why in reasons] if report.text else []
    parts = tuple(Unread(span=span, why=why) for span, why in (*whole, *places))
    return msgspec.structs.replace(report, unread=(*report.unread, *parts))
