"""Annotated reports as tables for people, to be read at 80 columns and to pipe cleanly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.model import Annotated, Attribution, Event, Figure, Participant, Span

__all__ = ["console", "plain", "report_page", "rows"]

#: Manners that are statements; the others are shown only on demand.
STATEMENTS = ("said", "written")


#: Narrowest width, in characters, of the column that takes the space that is left.
LEAST = 28
#: Widest that the columns beside it may be.
MOST = 21


def console(*, stderr: bool = False) -> Console:
    """A console that wraps at the terminal's width, or at 80 columns where output is piped."""
    made = Console(stderr=stderr, highlight=False, soft_wrap=False)
    return made if made.is_terminal else Console(stderr=stderr, highlight=False, width=80, no_color=True)


def plain(words: str, longest: int | None = None) -> str:
    r"""Words on one line without control characters, shortened with "..." where a longest is given.

    Example:
        >>> plain("talks\n  failed"), plain("a long sentence", 9)
        ('talks failed', 'a long...')
    """
    line = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    if longest is not None and len(line) > longest:
        line = line[: longest - 3].rstrip() + "..."
    return line


def rows(headings: Iterable[str], lines: Iterable[Iterable[str]], *, wide: int | None = None) -> Table:
    """A table without borders; the column with index `wide` takes the space that is left."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for i, heading in enumerate(headings):
        if i == wide:
            table.add_column(heading, overflow="fold", ratio=1, min_width=LEAST)
        else:
            table.add_column(heading, overflow="fold", max_width=MOST if wide is not None else None)
    for line in lines:
        table.add_row(*(Text(plain(cell)) for cell in line))
    table.expand = wide is not None
    return table


def report_page(annotated: Annotated, *, everything: bool = False, ids: bool = False) -> RenderableType:
    """One annotated report: its heading, who said what, the figures, the events, and what was not read.

    Args:
        everything: also beliefs, intentions and deeds, which are attributions but no statements.
        ids: also the id of each statement, figure and event.
    """
    return Group(*_parts(annotated, everything, ids))


def _parts(annotated: Annotated, everything: bool, ids: bool) -> Iterator[RenderableType]:
    report = annotated.report
    facts = [report.publisher, report.published or "no publication date", report.id]
    yield Text(plain(report.title or report.text, 78), style="bold")
    yield Text(" · ".join(plain(f) for f in facts if f), style="dim")
    shown = [a for a in annotated.attributions if everything or a.manner in STATEMENTS]
    if shown:
        said = ((a.id, _statement(a, annotated)) for a in shown)
        yield _section("Who said what", _entries(("who", "how", "what"), said, ids=ids, wide=2))
    if annotated.figures:
        heads = ("how many", "unit", "of whom", "by whose count")
        counted = ((f.id, _figure(f, annotated)) for f in annotated.figures)
        yield _section("How many", _entries(heads, counted, ids=ids))
    if annotated.events:
        columns = ("event", "who", "to whom", "where and when", "voice")
        happened = ((e.id, _event(e, annotated)) for e in annotated.events)
        yield _section("What happened", _entries(columns, happened, ids=ids))
    if annotated.times:
        text = report.text
        found = dict.fromkeys(f"{plain(text[slice(*t.span)])} = {t.value or 'unresolved'}" for t in annotated.times)
        yield _section("Times", Text("; ".join(found)))
    if annotated.places:
        yield _section("Places", Text("; ".join(dict.fromkeys(_place(p.name, p.precision) for p in annotated.places))))
    if report.unread:
        yield _section("Not read", Text("; ".join(plain(part.why) for part in report.unread)))
    yield Text("")


def _entries(
    headings: tuple[str, ...], lines: Iterable[tuple[str, tuple[str, ...]]], *, ids: bool, wide: int | None = None
) -> Table:
    """A table of entries, each with its id before it if ids are asked for."""
    if not ids:
        return rows(headings, (line for _, line in lines), wide=wide)
    return rows(("id", *headings), ((name, *line) for name, line in lines), wide=None if wide is None else wide + 1)


def _section(title: str, body: RenderableType) -> RenderableType:
    return Group(Text(""), Text(title, style="bold"), Padding(body, (0, 0, 0, 2)))


def _place(name: str, precision: str) -> str:
    return plain(name) if precision == "settlement" else f"{plain(name)} ({precision})"


def _words(spans: Iterable[Span], annotated: Annotated) -> str:
    return " ... ".join(plain(annotated.report.text[s:e]) for s, e in spans)


def _name(entity: str | None, annotated: Annotated) -> str | None:
    return next((e.name for e in annotated.entities if e.id == entity), None)


def _statement(a: Attribution, annotated: Annotated) -> tuple[str, str, str]:
    words, name = _words(a.source.spans, annotated), _name(a.source.entity, annotated)
    who = words or "(nobody named)"
    if name and name not in words:
        who = f"{who} [{name}]"
    if a.via:
        who += " (via " + ", ".join(v.text for v in a.via) + ")"
    how = ("not: " if a.negated else "") + (a.act if a.act != "other" else a.manner)
    what = _words(a.content.spans, annotated)
    return plain(who, 60), how, what


def _participants(items: Iterable[Participant]) -> str:
    return ", ".join(plain(p.text, 40) for p in items) or "-"


def _figure(f: Figure, annotated: Annotated) -> tuple[str, str, str, str]:
    return plain(f.text, 30), f.unit, plain(f.of.text, 30) or "-", _voice(f.voice, f.claimant, annotated)


def _event(e: Event, annotated: Annotated) -> tuple[str, str, str, str, str]:
    text = annotated.report.text
    place = next((p.name for p in annotated.places if p.id == e.place), None)
    time = next((t.value or text[slice(*t.span)] for t in annotated.times if t.id == e.time), None)
    kind = e.type if e.modality == "happened" else f"{e.type} ({e.modality})"
    where = ", ".join(plain(part) for part in (place, time) if part) or "-"
    return kind, _participants(e.actors), _participants(e.recipients), where, _voice(e.voice, None, annotated)


def _voice(voice: str, claimant: str | None, annotated: Annotated) -> str:
    """Whose voice it is, in words: an attribution's source by name."""
    if name := _name(claimant, annotated):
        return plain(name, 40)
    attribution = next((a for a in annotated.attributions if a.id == voice), None)
    if attribution is None:
        return voice
    name = _name(attribution.source.entity, annotated) or _words(attribution.source.spans, annotated)
    return plain(name, 40) or "unsourced"
