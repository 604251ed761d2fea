"""A citation of words in a report: outlet, headline, date, the quotation, and by what it can be checked."""

from __future__ import annotations

from onrecord.model import Span
from onrecord.view.show import Shown
from onrecord.web.words import day

__all__ = ["citation"]


def citation(found: Shown, quotation: str, span: Span) -> str:
    """One line that names the outlet, the headline, the date, the words, where they stand and the text's hash."""
    report = found.annotated.report
    parts = [report.publisher or "Publisher unknown", f'"{" ".join((report.title or "untitled").split())}"',
             day(report.published)]  # fmt: skip
    if report.url:
        parts.append(report.url)
    words = " ".join(quotation.split())
    where = f"characters {span[0]}-{span[1]} of version {found.shown.number}"
    return f"{', '.join(parts)}: “{words}” ({where}, text SHA-256 {report.sha256})"
