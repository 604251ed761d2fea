"""Dated events and statements as JSON for TimelineJS 3 (Knight Lab, "TimelineJS JSON data format").

Only what has a stated time can stand on a timeline; how much has none is said on the title slide. `display_date` keeps
the report's own words for the time, with "about" and the like. A time is given no finer than it is stated: a month has
no day. All words of reports are escaped, since TimelineJS shows HTML.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import date
from typing import IO, Any

from onrecord.export.exporters import Exporter, Readings
from onrecord.export.known import Known
from onrecord.export.phrases import event_said, statement_said, voiced
from onrecord.export.streamed import write_listed
from onrecord.model import Attribution, Event, Span
from onrecord.reconcile.days import Stretch, stretch
from onrecord.record.rows import STATEMENTS

__all__ = ["EXPORTER"]

_Slide = dict[str, Any]
_Key = tuple[date, date, str, int]


def _write(readings: Readings, out: IO[bytes]) -> None:
    slides: list[tuple[_Key, _Slide]] = []
    undated = 0
    for reading in readings:
        for made in _slides(Known(reading.annotated)):
            if made is None:
                undated += 1
            else:
                slides.append(made)
    said = f"{undated} events and statements have no stated time and are not shown." if undated else ""
    title = {"text": {"headline": html.escape(readings.title), "text": said}, "autolink": False}
    write_listed(out, {"title": title}, "events", (slide for _, slide in sorted(slides, key=lambda made: made[0])))


def _slides(known: Known) -> Iterator[tuple[_Key, _Slide] | None]:
    for event in known.annotated.events:
        time = known.times[event.time] if event.time else None
        value, span = (time.value, time.span) if time else (None, None)
        said = event_said(known, event) + voiced(known, event.voice)
        yield _slide(known, event, event.trigger, event.type, said, (value, span, time.mod if time else None))
    mods = {time.span: time.mod for time in known.annotated.times}
    for a in known.annotated.attributions:
        if a.manner in STATEMENTS:
            value, span = (a.time.value, a.time.span) if a.time else (None, None)
            said = statement_said(known, a)
            extent = (a.content.spans[0][0], a.content.spans[-1][1])
            yield _slide(known, a, extent, known.speaker(a) or "nobody named", said,
                         (value, span, mods.get(span) if span else None))  # fmt: skip


def _slide(known: Known, entry: Event | Attribution, extent: Span, headline: str, said: str,
           when: tuple[str | None, Span | None, str | None]) -> tuple[_Key, _Slide] | None:  # fmt: skip
    value, span, mod = when
    days = stretch(value)
    if days is None or span is None:
        return None
    report = known.report
    facts = (report.publisher, report.published, f"{report.id}:{entry.id}, characters {extent[0]}-{extent[1]}")
    source = " · ".join(html.escape(fact) for fact in facts if fact)
    display = known.exact(span).strip() + f" ({', '.join(filter(None, (value, mod.lower() if mod else None)))})"
    slide: _Slide = {
        "unique_id": f"{report.id}-{entry.id}",
        "start_date": _date(days.first, days, value),
        "display_date": html.escape(display),
        "text": {
            "headline": html.escape(headline),
            "text": f"<p>{html.escape(said)}</p><p><small>{source}</small></p>",
        },
        "group": report.publisher or "",
        "autolink": False,
    }
    if days.first != days.last:
        slide["end_date"] = _date(days.last, days, value)
    return (days.first, days.last, report.id, extent[0]), slide


def _date(day: date, days: Stretch, value: str | None) -> dict[str, int]:
    """A day as TimelineJS has it, no finer than what is stated."""
    if days.precision in ("year", "decade", "century"):
        return {"year": day.year}
    if days.precision in ("month", "season", "quarter", "half-year"):
        return {"year": day.year, "month": day.month}
    made = {"year": day.year, "month": day.month, "day": day.day}
    if days.precision == "time" and value is not None and value[11:13].isdecimal() and value[14:16].isdecimal():
        made |= {"hour": int(value[11:13]), "minute": int(value[14:16])}
    return made


EXPORTER = Exporter("timelinejs", ".json", "Dated events and statements for TimelineJS 3.", _write)
