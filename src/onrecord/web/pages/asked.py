"""Which report, in which version, an address asks for."""

from __future__ import annotations

from starlette.requests import Request

from onrecord.view.show import Shown, show
from onrecord.web.room import room
from onrecord.web.words import report_named

__all__ = ["asked", "number", "shown", "version"]


def shown(request: Request) -> Shown:
    """The report of the address, in the version that the query names, else in the latest.

    Raises:
        RecordError: there is no such report or version.
    """
    return show(room(request).record, asked(request), version=version(request))


def asked(request: Request, name: str = "report") -> str:
    """The id of the report that the address names."""
    return report_named(request.path_params[name])


def version(request: Request) -> str | int | None:
    """The version that the query names, by its number or its digest."""
    given = request.query_params.get("version")
    return number(given) or given or None


def number(value: str | None, otherwise: int = 0) -> int:
    """A whole number from a query; something else where it is none."""
    return int(value) if value is not None and value.isascii() and value.isdecimal() and len(value) < 10 else otherwise
