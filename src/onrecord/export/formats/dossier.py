"""A dossier to send to an editor: one HTML file of the reports, who said what, the figures, a timeline, the sources.

It has no script, asks nothing of any other place (its own policy forbids it), can be read in any browser offline, and
prints. Every line leads to the words in the text that it was read from. All words of reports are escaped.
"""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import IO

from onrecord.export.exporters import Exporter, Readings
from onrecord.export.known import Known
from onrecord.export.marked import Mark, marked
from onrecord.export.phrases import bounds, event_said, statement_said, voiced, when_said
from onrecord.export.readings import Reading
from onrecord.model import Attribution, Event, Figure
from onrecord.reconcile.days import stretch
from onrecord.record.rows import STATEMENTS

__all__ = ["EXPORTER"]

_Moment = tuple[tuple[date, date, str], str, str]


@dataclass(frozen=True, slots=True)
class _Told:
    """A report of the dossier, with its number in the order of publication."""

    number: int
    reading: Reading
    known: Known

    def link(self, entry: str) -> str:
        """A link to the words of an entry, by the outlet's name and the report's number."""
        outlet = self.known.report.publisher or "report"
        return f'<a href="#r{self.number}-{entry}">{_said(outlet)} [{self.number}]</a>'

    def statements(self) -> Iterator[Attribution]:
        """The attributions that are statements."""
        return (a for a in self.known.annotated.attributions if a.manner in STATEMENTS)


def _write(readings: Readings, out: IO[bytes]) -> None:
    ordered = sorted(readings, key=lambda r: (r.annotated.report.published or "9999", r.annotated.report.id))
    told = [_Told(n, reading, Known(reading.annotated)) for n, reading in enumerate(ordered, 1)]
    style = resources.files("onrecord.export.formats").joinpath("dossier.css").read_text(encoding="utf-8")
    out.write(_head(readings.title, style).encode())
    for heading, name, parts in (
        ("Who said what", "said", _statements(told)),
        ("How many, by whose count", "figures", _figures(told)),
        ("When", "when", _timeline(told)),
        ("The reports", "reports", (_report(one) for one in told)),
        ("Sources", "sources", _sources(told)),
    ):
        out.write(f'<section aria-labelledby="{name}"><h2 id="{name}">{heading}</h2>\n'.encode())
        for part in parts:
            out.write(f"{part}\n".encode())
        out.write(b"</section>\n")
    out.write(b"</main></body></html>\n")


def _head(title: str, style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    sections = (("said", "Who said what"), ("figures", "How many"), ("when", "When"), ("reports", "The reports"),
                ("sources", "Sources"))  # fmt: skip
    links = "".join(f'<li><a href="#{name}">{heading}</a></li>' for name, heading in sections)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="referrer" content="no-referrer"><title>Dossier: {_said(title)}</title>'
        f"<style>{style}</style></head>\n<body><header><h1>Dossier: {_said(title)}</h1>"
        "<p>What these reports say, by whose words. It does not say what is true. Nothing is merged or added up: a "
        "report that copies another is listed as well, and where nobody is named, or no time is stated, that stays so."
        "</p>"
        f'<nav aria-label="Contents"><ul>{links}</ul></nav></header>\n<main>\n'
    )


def _statements(told: list[_Told]) -> Iterator[str]:
    lines = [f"<li>{_said(statement_said(one.known, a))} <cite>{one.link(a.id)}</cite></li>"
             for one in told for a in one.statements()]  # fmt: skip
    yield _listed(lines, "No statement was read in these reports.")


def _figures(told: list[_Told]) -> Iterator[str]:
    by_claimant: dict[str, list[str]] = {}
    for one in told:
        for f in one.known.annotated.figures:
            by_claimant.setdefault(_claimant(one, f), []).append(_figure(one, f))
    if not by_claimant:
        yield "<p>No figure was read in these reports.</p>"
    heads = "".join(f'<th scope="col">{head}</th>'
                    for head in ("what", "how many", "number", "where", "when", "voice", "report"))  # fmt: skip
    for claimant, rows in sorted(by_claimant.items()):
        yield (f'<div class="wide"><table><caption>{_said(claimant)}</caption><thead><tr>{heads}</tr></thead>'
               f"<tbody>{''.join(rows)}</tbody></table></div>")  # fmt: skip


def _claimant(one: _Told, f: Figure) -> str:
    outlet = one.known.report.publisher or one.known.report.id
    narrator = f"{outlet}, in its own voice" if f.voice == "narrator" else None
    return one.known.name(f.claimant) or one.known.voice(f.voice) or narrator or "nobody named"


def _figure(one: _Told, f: Figure) -> str:
    known = one.known
    of = known.participant(f.of)
    place = known.places[f.place].name if f.place else None
    cells = (f.unit, f.text if of is None or of in f.text else f"{f.text} {of}", bounds(f), place,
             when_said(known, f.time), voiced(known, f.voice).strip(" ()"))  # fmt: skip
    shown = "".join(f"<td>{_said(cell)}</td>" for cell in cells)
    return f"<tr>{shown}<td>{one.link(f.id)}</td></tr>"


def _timeline(told: list[_Told]) -> Iterator[str]:
    moments = sorted((moment for one in told for moment in _moments(one)), key=lambda moment: moment[0])
    lines = [f"<li><b>{_said(when)}</b> {words}</li>" for _, when, words in moments]
    yield _listed(lines, "No event or statement of these reports has a stated time.")


def _moments(one: _Told) -> Iterator[_Moment]:
    for event in one.known.annotated.events:
        time = one.known.times[event.time] if event.time else None
        if time and (days := stretch(time.value)):
            said = event_said(one.known, event) + voiced(one.known, event.voice)
            key = (days.first, days.last, f"{one.number:06d}")
            when = f"{time.value} ({time.mod.lower()})" if time.mod else str(time.value)
            yield key, when, f"{_said(said)} {one.link(event.id)}"
    for a in one.statements():
        if a.time and (days := stretch(a.time.value)):
            key = (days.first, days.last, f"{one.number:06d}")
            yield key, str(a.time.value), f"{_said(statement_said(one.known, a))} {one.link(a.id)}"


def _report(one: _Told) -> str:
    report = one.known.report
    language = f' lang="{_said(report.language)}"' if report.language else ""
    facts = " · ".join(_said(fact) for fact in (report.publisher, report.published) if fact)
    unread = [f"characters {u.span[0]}-{u.span[1]}: {u.why}" for u in report.unread]
    told = f'<p class="facts">Not read: {_said("; ".join(unread))}</p>' if unread else ""
    return (
        f'<article id="r{one.number}"><h3>[{one.number}] <bdi>{_said(report.title or report.id)}</bdi></h3>'
        f'<p class="facts">{facts}</p>{told}<div class="text" dir="auto"{language}>'
        f"{marked(report.text, _marks(one))}</div></article>"
    )


def _marks(one: _Told) -> list[Mark]:
    of = one.known.annotated
    groups: list[tuple[str, Attribution | Event | Figure]] = [
        *(("said", a) for a in one.statements()), *(("figure", f) for f in of.figures),
        *(("event", e) for e in of.events)]  # fmt: skip
    return [Mark(f"r{one.number}-{entry.id}", kind, _spans(entry)) for kind, entry in groups]


def _spans(entry: Attribution | Event | Figure) -> tuple[tuple[int, int], ...]:
    if isinstance(entry, Attribution):
        return entry.content.spans
    return (entry.trigger if isinstance(entry, Event) else entry.span,)


def _sources(told: list[_Told]) -> Iterator[str]:
    yield _listed([_source(one) for one in told], "There are no reports.", ordered=True)


def _source(one: _Told) -> str:
    report, reading = one.known.report, one.reading
    url = report.url
    address = f'<a href="{_said(url)}" rel="noreferrer">{_said(url)}</a>' if _is_of_the_web(url) else _said(url or "")
    about = (report.publisher or "publisher unknown", report.title, report.published or "undated")
    facts = [*(_said(fact) for fact in about if fact), *([address] if address else [])]
    decided = "".join(f"<br>Correction {d.number} ({_said(d.act)} {_said(d.entry or '')}) by {_said(d.author)}, "
                      f"{_said(d.made_at)}: {_said(d.reason)}" for d in reading.decided)  # fmt: skip
    return (
        f'<li><a href="#r{one.number}">{facts[0]}</a>, {", ".join(facts[1:])}<br><span class="facts">'
        f"report {_said(report.id)}, version {report.version}, SHA-256 of the text <code>{report.sha256}</code>; "
        f"read by {_said(reading.run.software)}, {reading.read_at}</span>{decided}</li>"
    )


def _is_of_the_web(url: str | None) -> bool:
    return url is not None and url.startswith(("https://", "http://"))


def _listed(lines: list[str], none: str, *, ordered: bool = False) -> str:
    kind = "ol" if ordered else "ul"
    return f"<{kind}>\n" + "\n".join(lines) + f"\n</{kind}>" if lines else f"<p>{none}</p>"


def _said(words: str | None) -> str:
    return html.escape(words or "")


EXPORTER = Exporter("dossier", ".html", "One HTML file for an editor: texts, statements, figures, timeline, sources.",
                    _write)  # fmt: skip
