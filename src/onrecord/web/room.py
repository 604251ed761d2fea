"""What every page needs: the record, the templates, and how an answer is put together."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from onrecord.record.store import Record
from onrecord.web import words
from onrecord.web.door import Door
from onrecord.web.kept import Kept
from onrecord.web.security import FORM_FIELD, form_token

__all__ = ["NAVIGATION", "Room", "door", "page", "room"]

Answer = TypeVar("Answer")

#: The pages that stand in the head of every page: their path and name.
NAVIGATION: tuple[tuple[str, str], ...] = (
    ("/", "Today"),
    ("/search", "Search"),
    ("/who", "Who"),
    ("/accounts", "Accounts"),
    ("/how-many", "How many"),
    ("/where", "Where"),
    ("/when", "When"),
    ("/review", "Review"),
)


@dataclass(frozen=True, slots=True)
class Room:
    """The record, the templates, and the answers that are kept; of whole editions, which are large, only some."""

    record: Record
    templates: Environment
    kept: Kept = field(default_factory=Kept)
    editions: Kept = field(default_factory=lambda: Kept(16))

    def answer(self, question: Hashable, ask: Callable[[], Answer]) -> Answer:
        """The answer to a question that many ask; see `Kept.answer`."""
        return self.kept.answer(self.record, question, ask)


def templates() -> Environment:
    """The templates; what is put into them is text, unless it was made as HTML here."""
    made = Environment(
        loader=PackageLoader("onrecord.web"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(words.FILTERS)
    return made


def room(request: Request) -> Room:
    """The room that a request came to."""
    found: Room = request.app.state.room
    return found


def door(request: Request) -> Door:
    """By what a request was let in."""
    found: Door = request.app.state.door
    return found


def page(request: Request, name: str, given: Mapping[str, Any] | None = None, *, status: int = 200) -> Response:
    """A page made of a template.

    Args:
        name: the template's file, without ".html".
        given: what the template names; `path`, `query`, `navigation`, the form's token and whether somebody is signed
            in are there always.
    """
    whole = {
        "path": request.url.path,
        "query": dict(request.query_params),
        "navigation": NAVIGATION,
        "form_field": FORM_FIELD,
        "form_token": form_token(request),
        "signed_in": door(request).session(request) is not None,
        "writable": room(request).record.writable,
        **(given or {}),
    }
    return HTMLResponse(room(request).templates.get_template(f"{name}.html").render(whole), status)
