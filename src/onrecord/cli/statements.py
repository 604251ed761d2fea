"""`onrecord statements`: one utterance as several reports have it, and what each of them leaves out."""

from __future__ import annotations

import click
import msgspec
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from onrecord.cli.asked import dates, existing, form
from onrecord.cli.outcome import told
from onrecord.cli.tables import console, plain, rows
from onrecord.reconcile.utterances import Version
from onrecord.view import queries
from onrecord.view.queries import Given, Told

__all__ = ["statements"]

#: How many code points of an utterance the list shows.
SHOWN = 160


@click.command()
@click.argument("entry", metavar="[REPORT:ID]", required=False)
@click.option("--who", metavar="NAME", help="Only what somebody of this name or office said.")
@dates
@form("jsonl")
@click.pass_obj
@told
def statements(
    record: str, entry: str | None, who: str | None, since: str | None, until: str | None, form: str
) -> None:
    """List the utterances that several reports tell of, those with most independent origins first.

    REPORT:ID, which the list gives, shows one of them side by side: the fullest version first, then the others with
    what each leaves out. Quotations that two reports give to two speakers are listed apart. Use `onrecord correct
    link same-attribution` or `unlink same-attribution` where it is wrong.
    """
    with existing(record) as opened:
        if entry is None:
            found = queries.utterances(opened, who=who, since=since, until=until)
        else:
            found = queries.utterance(opened, entry)
    if form == "jsonl":
        for line in (*found.told, *found.given):
            click.echo(msgspec.json.encode(line).decode())
        return
    out = console()
    if entry is None:
        _list(out, found.told)
    for one in found.told if entry is not None else ():
        _show(out, one)
    _given(out, found.given)
    if not found.told and not found.given:
        click.echo("no utterance that several reports tell of" if entry is None else "no other report tells of it",
                   err=True)  # fmt: skip


def _list(out: Console, told: tuple[Told, ...]) -> None:
    lines = (
        (f"{one.reports} ({one.origins})", one.told.speaker, plain(one.told.versions[0].words, SHOWN), one.name)
        for one in told
    )
    if told:
        out.print(rows(("told by", "who", "what, most fully", "statement"), lines, wide=2))
        out.print(Text("told by: how many reports (and how many independent origins they have)", style="dim"))


def _show(out: Console, one: Told) -> None:
    counted = (
        f"{one.reports} reports, {one.origins} independent" if one.origins > 1 else f"{one.reports} reports, 1 origin"
    )
    out.print(Text(plain(one.told.speaker), style="bold"), Text(f"· {counted}", style="dim"))
    for version in one.told.versions:
        _version(out, version, is_fullest=version.report == one.told.fullest)
    out.print(Text("\n  why these are one", style="bold"))
    for link in one.told.links:
        out.print(Padding(Text(plain(f"{link.a[0]} and {link.b[0]}: {link.reason}")), (0, 0, 0, 4)))


def _version(out: Console, version: Version, *, is_fullest: bool) -> None:
    entries = " ".join(f"{version.report}:{name}" for name in version.entries)
    facts = (version.publisher, (version.published or "undated")[:10], entries)
    out.print(Text("\n  " + " · ".join(plain(fact) for fact in facts if fact), style="dim"))
    out.print(Padding(Text(plain(version.words)), (0, 0, 0, 4)))
    if is_fullest:
        out.print(Text("    the fullest", style="dim"))
    for part in version.left_out:
        out.print(Padding(Text(f"leaves out: {plain(part.words)}"), (0, 0, 0, 4)))


def _given(out: Console, given: tuple[Given, ...]) -> None:
    if given:
        out.print(Text("\nthe same quotation under two names", style="bold"))
    for one in given:
        for n in (0, 1):
            where = " · ".join(plain(fact) for fact in (one.publishers[n], one.entries[n]) if fact)
            out.print(Padding(Text(f"{plain(one.speakers[n])} · {where}"), (0, 0, 0, 2)))
            out.print(Padding(Text(plain(one.words[n], SHOWN)), (0, 0, 0, 4)))
