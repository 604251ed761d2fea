"""The review: the entry that most deserves a look, and the forms by which a person decides about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from onrecord.errors import InputError, OnrecordError, OvertakenError, RecordError
from onrecord.reconciling import reconcile, unreconciled
from onrecord.record.corrections import LINKS, entry, parts_of
from onrecord.record.store import Corrected
from onrecord.view.decisions import history, numbered
from onrecord.view.review import KINDS, REPORTS, Queue, queue
from onrecord.view.review_points import GRAVE, POINTS
from onrecord.view.show import show
from onrecord.web.asking import Asked, asked
from onrecord.web.authors import author, clean, remembered
from onrecord.web.deciding import REASONS, Typed, only, steps
from onrecord.web.exporting import AT_MOST, export_paths, rows_as, said_to_be
from onrecord.web.looking import looked
from onrecord.web.room import page, room
from onrecord.web.rows_entries import decision_rows
from onrecord.web.security import FORM_FIELD, is_own_form

__all__ = ["ROUTES"]

#: How many entries of the queue, and how many decisions of the history, stand on a page.
ON_A_PAGE = 50
#: How many readings are linked at once after a decision; of more, `onrecord reconcile` is the one to do it.
_FEW = 20
#: After which decisions the same entry is shown again, since several are likely.
_STAY = frozenset({"words", "merge", "split", "link", "unlink"})


def review(request: Request) -> Response:
    """The queue, and one entry of it."""
    return _page(request, asked(request.query_params), {})


def _page(request: Request, wanted: Asked, given: Mapping[str, Any], *, status: int = 200) -> Response:
    record = room(request).record
    part = (tuple(wanted.kinds), wanted.report or None, wanted.outlet or None, wanted.below, wanted.before, wanted.page)
    found = room(request).answer(("queue", *part), lambda: queue(
        record, kinds=wanted.kinds, report=wanted.report or None, outlet=wanted.outlet or None, below=wanted.below,
        before=wanted.before, skip=(wanted.page - 1) * ON_A_PAGE, limit=ON_A_PAGE,
    ))  # fmt: skip
    names = [f"{one.report_id}:{one.entry}" for one in found.entries]
    name = wanted.at or (names[0] if names else "")
    place = names.index(name) if name in names else None
    return page(request, "review", {
        "asked": wanted, "queue": found, "names": names, "name": name, "place": place,
        "waiting": None if place is None else found.entries[place],
        "looked": looked(record, name, typed=given.get("typed")) if name else None,
        "following": _following(found, names, place), "before": names[place - 1] if place else None,
        "more": wanted.page * ON_A_PAGE < found.total, "done": numbered(record, wanted.done) if wanted.done else (),
        "author": author(request), "reasons": REASONS, "kinds": tuple(KINDS), "stretch": REPORTS,
        "grave": GRAVE, "points": POINTS, "links": LINKS, "typed": None, "problem": None, "do": "", **given,
    }, status=status)  # fmt: skip


def _following(found: Queue, names: list[str], place: int | None) -> str | None:
    """The entry to look at after this one."""
    after = 0 if place is None else place + 1
    return names[after] if after < len(found.entries) else None


async def decide(request: Request) -> Response:
    """A decision: stored, and on to the next entry; or the same entry with what is wrong and all that was typed."""
    given = await _form(request)
    if not is_own_form(request, only(given, FORM_FIELD)):
        return _forged(request)
    return await run_in_threadpool(_decided, request, given)


async def _form(request: Request) -> Typed:
    """What a form holds; files are no part of any."""
    given = await request.form()
    return {name: [each for each in given.getlist(name) if isinstance(each, str)] for name in given}


def _wanted(given: Typed) -> Asked:
    """Where in the queue the form stood."""
    return asked(dict(parse_qsl(only(given, "query"))))


def _forged(request: Request) -> Response:
    return page(request, "error", {"what": "This form is not one of this page",
                                   "remedy": "Load the page again, then decide."}, status=403)  # fmt: skip


def _decided(request: Request, given: Typed) -> Response:
    wanted = _wanted(given)
    who = author(request) or clean(only(given, "author"))
    do = only(given, "do")
    try:
        made = _made(request, wanted.at, given, who)
    except (InputError, RecordError) as error:
        problem = {
            "problem": error,
            "do": do,
            "typed": {name: only(given, name) for name in given},
            "author": author(request),
        }
        return _page(request, wanted, problem, status=_status(error))
    stay = do in _STAY
    numbers = tuple(one.correction.number for one in made)
    following = only(given, "following")
    to = wanted.but(at=wanted.at if stay else following, done=numbers)
    answer = RedirectResponse(to.address, 303, background=BackgroundTask(_linked, request))
    remembered(request, answer, who)
    return answer


def _made(request: Request, name: str, given: Typed, who: str) -> tuple[Corrected, ...]:
    record = room(request).record
    report, entry_id = parts_of(name)
    annotated = show(record, report).annotated
    seen = only(given, "seen")
    try:
        family, item = entry(annotated, entry_id)
    except InputError as error:
        raise OvertakenError("the entry is not there any more", "see below what was decided") from error
    do = only(given, "do")
    return record.decide(name, steps(annotated, family, item, given), author=who, seen=seen,
                         reason=only(given, "reason") or REASONS.get(do, ""))  # fmt: skip


def _status(error: OnrecordError) -> int:
    if isinstance(error, OvertakenError):
        return 409
    if isinstance(error, InputError):
        return 400
    # What the database refused has its error as the cause: the record is busy, full or cannot be written.
    return 404 if error.__cause__ is None else 503


def _linked(request: Request) -> None:
    """Link the corrected reading with the others; what is left over is linked by whoever reconciles next."""
    record = room(request).record
    try:
        if unreconciled(record) <= _FEW:
            for _ in reconcile(record):
                pass
    except RecordError:  # another program writes, or the disk is full: the decision is stored, its links come later
        return


async def undo(request: Request) -> Response:
    """The undoing of decisions, the last first; the page that asked is shown again."""
    given = await _form(request)
    if not is_own_form(request, only(given, FORM_FIELD)):
        return _forged(request)
    return await run_in_threadpool(_undone, request, given)


def _undone(request: Request, given: Typed) -> Response:
    who = author(request) or clean(only(given, "author"))
    numbers = sorted((int(n) for n in only(given, "numbers").split(",") if n.isdecimal()), reverse=True)
    record = room(request).record
    reason = only(given, "reason").strip() or REASONS["undo"]
    try:
        for number in numbers:
            record.undo(number, author=who, reason=reason)
    except RecordError as error:
        return page(request, "error", {"what": error.cause, "remedy": error.remedy}, status=_status(error))
    to = "/review/history" if only(given, "from") == "history" else _wanted(given).address
    answer = RedirectResponse(to, 303, background=BackgroundTask(_linked, request))
    remembered(request, answer, who)
    return answer


async def sign(request: Request) -> Response:
    """Who decides from now on, kept in this browser."""
    given = await _form(request)
    if not is_own_form(request, only(given, FORM_FIELD)):
        return _forged(request)
    answer = RedirectResponse(_wanted(given).address, 303)
    remembered(request, answer, only(given, "author"))
    return answer


def past(request: Request) -> Response:
    """What was decided, the latest first."""
    given = request.query_params
    number = given.get("page", "1")
    at = max(int(number), 1) if number.isdecimal() and len(number) < 7 else 1
    by, report = given.get("author", "").strip(), given.get("report", "").strip()
    skip, limit = (0, AT_MOST + 1) if given.get("format") else ((at - 1) * ON_A_PAGE, ON_A_PAGE)
    found = history(room(request).record, report=report or None, author=by or None, skip=skip, limit=limit)
    if (file := rows_as(request, decision_rows(room(request).record, found.made))) is not None:
        return file
    return page(request, "review_history", {
        "history": found, "page": at, "more": at * ON_A_PAGE < found.total, "by": by, "report": report,
        "author": author(request), "reasons": REASONS, "exports": export_paths(request),
        "exported": said_to_be(found.total, "decision"),
    })  # fmt: skip


ROUTES = (
    Route("/review", review),
    Route("/review/decide", decide, methods=["POST"]),
    Route("/review/undo", undo, methods=["POST"]),
    Route("/review/author", sign, methods=["POST"]),
    Route("/review/history", past),
)
