"""Publishers by a codebook's list of outlets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from operator import itemgetter
from urllib.parse import urlsplit

import msgspec

from onrecord.codebook.model import Codebook, Outlet
from onrecord.model import Report
from onrecord.read.original import Received
from onrecord.read.text import version_of

__all__ = ["by_outlet", "received_by_outlet"]


def by_outlet(report: Report, codebook: Codebook, address: str | None = None) -> Report:
    """The report with an outlet of the list as publisher: by another name of it, or by a domain where none is named.

    Args:
        address: where the report came from, for one that has no address of its own.

    Example:
        >>> from onrecord.read.text import report
        >>> own = Codebook(outlets=(Outlet(name="Harbour Times", domains=("harbour.example",)),))
        >>> by_outlet(report("Talks failed.", url="https://www.harbour.example/7"), own).publisher
        'Harbour Times'
    """
    found = _outlet(report, _known(codebook), address) if codebook.outlets else None
    if found is None or found.name == report.publisher:
        return report
    version = version_of(report.text, report.title, found.name, report.published, report.url)
    own = report.id != f"r-{report.version}"
    return msgspec.structs.replace(
        report, publisher=found.name, version=version, id=report.id if own else f"r-{version}"
    )


def received_by_outlet(received: Received, codebook: Codebook) -> Received:
    """The same of a report with its original."""
    found = by_outlet(received.report, codebook, received.original.address)
    return received if found is received.report else replace(received, report=found)


@dataclass(frozen=True, slots=True)
class _Known:
    """Outlets by their names in small letters and by their domains, each with its place in the list."""

    names: dict[str, Outlet]
    domains: dict[str, tuple[int, Outlet]]


@lru_cache(maxsize=4)  # one codebook serves all reports of a run
def _known(codebook: Codebook) -> _Known:
    names: dict[str, Outlet] = {}
    domains: dict[str, tuple[int, Outlet]] = {}
    for number, outlet in enumerate(codebook.outlets):
        for name in (outlet.name, *outlet.other_names):
            names.setdefault(name.casefold(), outlet)
        for domain in outlet.domains:
            domains.setdefault(domain, (number, outlet))
    return _Known(names, domains)


def _outlet(report: Report, known: _Known, address: str | None) -> Outlet | None:
    """The first outlet of the list that has the report's publisher for a name, or its host under a domain."""
    if report.publisher is not None:
        return known.names.get(report.publisher.casefold())
    labels = (_host(report.url) or _host(address)).split(".")
    above = (".".join(labels[start:]) for start in range(len(labels)))
    found = [entry for domain in above if (entry := known.domains.get(domain))]
    return min(found, key=itemgetter(0))[1] if found else None


def _host(address: str | None) -> str:
    """The host of an address of the web, in small letters; "" where there is none."""
    if address is None or not address[:8].lower().startswith(("http://", "https://")):
        return ""
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""
