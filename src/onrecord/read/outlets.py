"""Publishers by a team's own list of outlets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

import msgspec

from onrecord.codebook.model import Outlet
from onrecord.model import Report
from onrecord.read.original import Received
from onrecord.read.text import version_of

__all__ = ["by_outlet", "received_by_outlet"]


def by_outlet(report: Report, outlets: Sequence[Outlet], address: str | None = None) -> Report:
    """The report with an outlet of the list as publisher: by another name of it, or by a domain where none is named.

    Args:
        address: where the report came from, for one that has no address of its own.

    Example:
        >>> from onrecord.read.text import report
        >>> paper = Outlet(name="Harbour Times", domains=("harbour.example",))
        >>> by_outlet(report("Talks failed.", url="https://www.harbour.example/7"), [paper]).publisher
        'Harbour Times'
    """
    found = _outlet(report, outlets, address)
    if found is None or found.name == report.publisher:
        return report
    version = version_of(report.text, report.title, found.name, report.published, report.url)
    own = report.id != f"r-{report.version}"
    return msgspec.structs.replace(
        report, publisher=found.name, version=version, id=report.id if own else f"r-{version}"
    )


def received_by_outlet(received: Received, outlets: Sequence[Outlet]) -> Received:
    """The same of a report with its original."""
    if not outlets:
        return received
    found = by_outlet(received.report, outlets, received.original.address)
    return received if found is received.report else replace(received, report=found)


def _outlet(report: Report, outlets: Sequence[Outlet], address: str | None) -> Outlet | None:
    if report.publisher is not None:
        named = report.publisher.casefold()
        return next((o for o in outlets if named in {n.casefold() for n in (o.name, *o.other_names)}), None)
    host = _host(report.url) or _host(address)
    return next((o for o in outlets for d in o.domains if host == d or host.endswith(f".{d}")), None) if host else None


def _host(address: str | None) -> str:
    """The host of an address of the web, in small letters; "" where there is none."""
    if address is None or not address[:8].lower().startswith(("http://", "https://")):
        return ""
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""
