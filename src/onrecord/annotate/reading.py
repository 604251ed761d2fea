"""The reading of a report: every annotator in turn, and nothing unverified let through."""

from __future__ import annotations

from onrecord.anchors import faults
from onrecord.annotate.attributions import attributions
from onrecord.annotate.events import events
from onrecord.annotate.figures import figures
from onrecord.annotate.names import names
from onrecord.annotate.parse import Parsed, parse
from onrecord.annotate.times import times
from onrecord.errors import AnchorError
from onrecord.model import SCHEMA, Annotated, Report, Unread

__all__ = ["LANGUAGES", "annotated"]

#: Languages that are annotated (ISO 639-1).
LANGUAGES = ("en",)


def annotated(report: Report) -> Annotated:
    """The report with everything that was read from it.

    A report in another language comes back without annotations, with the reason in `report.unread`.

    Raises:
        AnchorError: an annotator returned a span or id that does not verify; a defect, never stored.

    Example:
        >>> from onrecord.read.text import report
        >>> annotated(report("")).attributions
        ()
    """
    if not report.text.strip():
        return _unread(report, "no text")
    if report.language not in LANGUAGES:
        return _unread(report, f"language {report.language or 'unknown'} is not annotated")
    result = _read(parse(report))
    if found := faults(result):
        raise AnchorError(f"{len(found)} anchors do not verify, the first: {found[0]}", "report this text as a defect",
                          subject=report.id)  # fmt: skip
    return result


def _read(parsed: Parsed) -> Annotated:
    found_times = times(parsed)
    found = names(parsed)
    said = attributions(parsed, found.entities, found_times)
    happened = events(parsed, found.entities, found.places, found_times, said)
    counted = figures(parsed, found.entities, found.places, found_times, said)
    return Annotated(
        schema=SCHEMA,
        report=parsed.report,
        entities=found.entities,
        attributions=said,
        events=happened,
        figures=counted,
        times=found_times,
        places=found.places,
    )


def _unread(report: Report, why: str) -> Annotated:
    marked = report
    if report.text:
        marked = _with(report, Unread(span=(0, len(report.text)), why=why))
    return Annotated(schema=SCHEMA, report=marked, entities=(), attributions=(), events=(), figures=(), times=(),
                     places=())  # fmt: skip


def _with(report: Report, part: Unread) -> Report:
    import msgspec

    return msgspec.structs.replace(report, unread=(*report.unread, part))
