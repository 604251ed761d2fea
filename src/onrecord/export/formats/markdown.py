"""Who said what, what happened and how many, as Markdown, each line with a footnote that cites the exact words."""

from __future__ import annotations

import re
from typing import IO
from urllib.parse import quote

from onrecord.export.exporters import Exporter, Readings
from onrecord.export.known import Known
from onrecord.export.phrases import event_said, figure_said, statement_said, voiced
from onrecord.model import Span
from onrecord.record.rows import STATEMENTS

__all__ = ["EXPORTER"]

#: What an address may hold beside letters and digits (RFC 3986), and what is percent-encoded in it already.
_KEPT = "%:/?#[]@!$&'()*+,;=-._~"

#: What means something anywhere, at the beginning of a line, and to those who make links of bare addresses.
_SPECIAL = re.compile(r"([\\`*_{}\[\]#!])|^([+\-])|(?<=^\d)(\.|\))|(?<=\bwww)(\.)")

#: What no backslash protects in every kind of Markdown, as HTML that all of them take.
_ENTITIES = {ord(mark): f"&{name};" for mark, name in (("&", "amp"), ("<", "lt"), (">", "gt"), ("|", "#124"),
                                                      ("~", "#126"), ("$", "#36"), ("@", "#64"))}  # fmt: skip


def escaped(words: str) -> str:
    r"""Words of a report as Markdown that shows them and means nothing else, on one line.

    Example:
        >>> print(escaped("*no* <b>\n# x"))
        \*no\* &lt;b&gt; \# x
    """
    bare = _SPECIAL.sub(r"\\\g<0>", " ".join(words.split())).translate(_ENTITIES)
    return bare.replace("://", "&#58;//")


def linked(url: str) -> str:
    """An address as a link, if it is one of the web; else its words.

    Example:
        >>> linked("https://a.example/x y"), linked("javascript:x")
        ('<https://a.example/x%20y>', 'javascript:x')
    """
    return f"<{quote(url, safe=_KEPT)}>" if url.startswith(("https://", "http://")) else escaped(url)


def _write(readings: Readings, out: IO[bytes]) -> None:
    out.write(f"# {escaped(readings.title)}\n".encode())
    for n, reading in enumerate(readings, 1):
        out.write(_report(Known(reading.annotated), n).encode())


def _report(known: Known, number: int) -> str:
    notes: list[str] = []

    def cited(line: str, spans: tuple[Span, ...]) -> str:
        mark = f"[^{number}-{len(notes) + 1}]"
        notes.append(f"{mark}: {_citation(known, spans)}")
        return f"- {line}{mark}\n"

    of = known.annotated
    report = known.report
    facts = " · ".join([*(escaped(fact) for fact in (report.publisher, report.published) if fact),
                        *([linked(report.url)] if report.url else [])])  # fmt: skip
    parts = [f"\n## {escaped(report.title or report.id)}\n\n", f"{facts}\n" if facts else ""]
    sections = (
        ("Who said what", [cited(escaped(statement_said(known, a)), a.content.spans)
                           for a in of.attributions if a.manner in STATEMENTS]),
        ("How many", [cited(escaped(f"{figure_said(known, f)}{voiced(known, f.voice)}"), (f.span,))
                      for f in of.figures]),
        ("What happened", [cited(escaped(f"{event_said(known, e)}{voiced(known, e.voice)}"), (e.trigger,))
                           for e in of.events]),
    )  # fmt: skip
    parts += [f"\n### {heading}\n\n{''.join(lines)}" for heading, lines in sections if lines]
    return "".join(parts) + ("\n" + "\n".join(notes) + "\n" if notes else "")


def _citation(known: Known, spans: tuple[Span, ...]) -> str:
    report = known.report
    said = known.words(spans) or ""
    where = ", ".join(f"{start}-{end}" for start, end in spans)
    facts = [escaped(fact) for fact in (report.publisher, report.title, report.published or "undated") if fact]
    facts += [linked(report.url)] if report.url else []
    facts.append(escaped(f"report {report.id} version {report.version}, characters {where}"))
    return f"{', '.join(facts)}: “{escaped(said)}”"


EXPORTER = Exporter("markdown", ".md", "Who said what, how many and what happened, with footnotes that cite the words.",
                    _write)  # fmt: skip
