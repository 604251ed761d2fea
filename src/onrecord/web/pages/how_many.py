"""How many: the newest figures, and the series around one of them."""

from __future__ import annotations

from typing import cast

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.model import UNITS
from onrecord.reconcile.series import Subject
from onrecord.view.around import around
from onrecord.view.conventions import RULES, Estimate, Rule, estimate
from onrecord.view.counted import ON_A_PAGE, counted
from onrecord.web.addresses import choice
from onrecord.web.chart import FORMS, chart
from onrecord.web.drawing import plain
from onrecord.web.exporting import AT_MOST, export_paths, rows_as
from onrecord.web.pages.asked import asked as report_asked
from onrecord.web.room import page, room
from onrecord.web.rows import figure_rows, series_rows
from onrecord.web.words import day

__all__ = ["ROUTES"]


def how_many(request: Request) -> Response:
    """The newest figures that were asked for, what counts the same together."""
    asked = choice(request, "unit", "whom", "place", "claimant", "since", "until", "sort")
    here, is_file = room(request), bool(request.query_params.get("format"))
    wanted = {name: asked.get(name) for name in ("unit", "whom", "place", "claimant", "since", "until")}
    by_reports, of = asked["sort"] == "reports", AT_MOST + 1 if is_file else ON_A_PAGE
    found = here.answer(
        ("counted", *wanted.values(), by_reports, asked.page, of),
        lambda: counted(here.record, **wanted, by_reports=by_reports, page=asked.page, on_a_page=of),
    )
    given = {"asked": asked, "found": found, "units": UNITS, "exports": export_paths(request), "at_most": AT_MOST}
    return rows_as(request, figure_rows(here.record, found)) or page(request, "how_many", given)


def series(request: Request) -> Response:
    """One thing that is counted: each claimant's numbers over time."""
    asked = choice(request, "scale", "rule")
    found = around(room(request).record, report_asked(request), request.path_params["figure"])
    if (file := rows_as(request, series_rows(room(request).record, found))) is not None:
        return file
    rule = asked["rule"] if asked["rule"] in RULES else None
    ruled = estimate(found.subject, cast(Rule, rule)) if found.subject is not None and rule else None
    return page(request, "series", {
        "asked": asked, "found": found, "subject": found.subject, "rules": RULES, "ruled": ruled,
        "chart": found.subject and chart(found.subject, log=asked["scale"] == "log", estimate=ruled),
        "forms": FORMS, "headline": found.subject and plain(_headline(found.subject)),
        "estimated": ruled and _estimated(ruled), "exports": export_paths(request), "at_most": AT_MOST,
        "reports": len({p.report for one in found.subject.series for p in one.points}) if found.subject else 1,
    })  # fmt: skip


def _headline(subject: Subject) -> str:
    """What is counted, in one line."""
    counted = subject.unit + (f" ({subject.of})" if subject.of else "")
    where = f" in {subject.place}" if subject.place else ""
    if subject.since or subject.within:
        return f"{counted}{where}, " + (f"since {day(subject.since)}" if subject.since else f"over {subject.within}")
    if subject.happened is None:
        return counted + where
    first, last = map(day, subject.happened)
    return f"{counted}{where}, {first}" + (f" to {last}" if last != first else "")


def _estimated(ruled: Estimate) -> str:
    numbers = (("low", ruled.low), ("best", ruled.best), ("high", ruled.high))
    given = ", ".join(f"{name} {number:,.0f}" for name, number in numbers if number is not None)
    return f"{given or '; '.join(f'{by}: {words}' for by, words in ruled.latest)} ({ruled.because})"


ROUTES = (Route("/how-many", how_many), Route("/how-many/{report}/{figure}", series))
