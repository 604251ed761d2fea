"""The JSON API: endpoints that say what they take and give, and the routes that answer for them.

An endpoint is one `Endpoint`; `onrecord.web.endpoints` lists them. From it come the route, the check of what is asked,
the description in OpenAPI (`onrecord.web.openapi`) and the line on the page `/api`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.errors import ExpungedError, InputError, OnrecordError
from onrecord.record.store import Record
from onrecord.web.room import room

__all__ = [
    "DAY",
    "DAYS",
    "LIMIT",
    "PAGE",
    "REPORT",
    "SKIP",
    "Endpoint",
    "Failed",
    "Failure",
    "Given",
    "Parameter",
    "error_response",
    "routes",
    "status_of",
]


@dataclass(frozen=True, slots=True)
class Parameter:
    """What an endpoint takes, in its path or after the question mark.

    Attributes:
        among: the values that it may have; any, if empty.
        default: what counts where it is not given; it must be given in a path.
        least, most: the bounds of a number; more or less is refused.
        pattern: what a text looks like, as a regular expression (ECMA-262) for the description; the answer checks it.
    """

    name: str
    about: str
    type: Literal["string", "integer"] = "string"
    among: tuple[str, ...] = ()
    default: str | int | None = None
    least: int | None = None
    most: int | None = None
    pattern: str | None = None


#: What a day, a month or a year looks like; an empty one counts as none.
DAY = "^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$"
LIMIT = Parameter("limit", "How many are given.", "integer", default=30, least=1, most=200)
PAGE = Parameter("page", "Which part of so many, from 1.", "integer", default=1, least=1, most=100)
REPORT = Parameter("id", "The report's id in the record, its address, the id that came with it, or a version.")
DAYS = (Parameter("since", "First date of publication: YYYY, YYYY-MM or YYYY-MM-DD.", pattern=DAY),
        Parameter("until", "Last date of publication.", pattern=DAY))  # fmt: skip
SKIP = Parameter("skip", "How many are left out before them.", "integer", default=0, least=0, most=10_000)


@dataclass(frozen=True, slots=True)
class Given:
    """What was given for an endpoint's parameters, checked; what was not given has its default."""

    values: Mapping[str, str | int | None]

    def text(self, name: str) -> str | None:
        """A string; None if none is given, or an empty one."""
        value = self.values[name]
        return str(value) if value not in (None, "") else None

    def number(self, name: str) -> int:
        """A number."""
        return int(self.values[name] or 0)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One question that can be asked.

    Attributes:
        path: its address; `{name}` or `{name:path}` is a parameter.
        name: what it is called in the description, in one word or several with underscores.
        about: what it gives, in one sentence.
        parameters: those of the path and those after the question mark.
        result: the type of its answer, a dataclass or a msgspec.Struct.
        answer: the answer to what was given.
        kept: whether many ask the same, so that the answer is kept until the record changes.

    Example:
        >>> from onrecord.view.info import Info, info
        >>> Endpoint("/api/info", "info", "What is in the record.", (), Info, lambda record, _: info(record)).shown_path
        '/api/info'
    """

    path: str
    name: str
    about: str
    parameters: tuple[Parameter, ...]
    result: type
    answer: Callable[[Record, Given], Any]
    kept: bool = False

    @property
    def shown_path(self) -> str:
        """The address as people and OpenAPI write it."""
        return re.sub(r":\w+}", "}", self.path)

    @property
    def in_path(self) -> frozenset[str]:
        """The names of the parameters that stand in the path."""
        return frozenset(re.findall(r"{(\w+)}", self.shown_path))


class Failure(msgspec.Struct, frozen=True):
    """What went wrong, in one word; why; and what can be done about it."""

    kind: str
    cause: str
    remedy: str


class Failed(msgspec.Struct, frozen=True):
    """The answer where there is none."""

    error: Failure


def routes(endpoints: Iterable[Endpoint]) -> list[Route]:
    """The routes of endpoints, in their order."""
    return [Route(one.path, _answering(one), methods=["GET"], name=one.name) for one in endpoints]


def _answering(endpoint: Endpoint) -> Callable[[Request], Response]:
    def answered(request: Request) -> Response:
        try:
            here, given = room(request), _given(endpoint, request)
            question = endpoint.path, tuple(given.values.items())
            found = (here.answer(question, lambda: endpoint.answer(here.record, given)) if endpoint.kept
                     else endpoint.answer(here.record, given))  # fmt: skip
        except OnrecordError as error:
            return error_response(error.kind, error.cause, error.remedy, status_of(error))
        return _json(found, 200)

    return answered


def status_of(error: OnrecordError) -> int:
    """The HTTP status: what was asked wrongly is 400, what is not there 404, what was expunged 410, a failure 503."""
    if isinstance(error, ExpungedError):
        return 410
    if isinstance(error, InputError):
        return 400
    return 404 if error.__cause__ is None else 503


def error_response(kind: str, cause: str, remedy: str, status: int) -> Response:
    """An error as JSON.

    Example:
        >>> error_response("input", "the limit is too high", "give 200 or less", 400).body
        b'{"error":{"kind":"input","cause":"the limit is too high","remedy":"give 200 or less"}}'
    """
    return _json(Failed(Failure(kind, cause, remedy)), status)


def _json(found: object, status: int) -> Response:
    return Response(msgspec.json.encode(found), status, media_type="application/json")


def _given(endpoint: Endpoint, request: Request) -> Given:
    known = {one.name for one in endpoint.parameters}
    for name in request.query_params:
        if name not in known or name in endpoint.in_path:
            raise InputError(f"there is no parameter {name!r}", f"see /api for those of {endpoint.shown_path}")
    values = {**request.query_params, **request.path_params}
    return Given({one.name: _value(one, values.get(one.name)) for one in endpoint.parameters})


def _value(one: Parameter, given: str | None) -> str | int | None:
    if given is None:
        return one.default
    if one.type == "integer":
        bounds = f"give a whole number from {one.least or 0} to {one.most}"
        if not re.fullmatch(r"\d{1,9}", given, re.ASCII):
            raise InputError(f"{one.name} is no number", bounds)
        number = int(given)
        if number < (one.least or 0) or (one.most is not None and number > one.most):
            raise InputError(f"{one.name} is out of bounds", bounds)
        return number
    if one.among and given and given not in one.among:
        raise InputError(f"{given!r} is not a value of {one.name}", f"give one of {', '.join(one.among)}")
    return given
