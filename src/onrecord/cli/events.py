"""`onrecord events`: what several reports tell of one event, beside each other."""

from __future__ import annotations

import sys

import click
import msgspec
from rich.table import Table

from onrecord.cli.asked import dates, existing, form
from onrecord.cli.outcome import told
from onrecord.cli.tables import console, plain, rows
from onrecord.cli.timeline import teller
from onrecord.view import accounts as view
from onrecord.view.accounts import Account, Aspect, Happening

__all__ = ["events"]


@click.command()
@click.argument("event", required=False, metavar="[REPORT:ID]")
@click.option("--type", "event_type", metavar="TYPE", help="Only events of this type, such as ASSAULT.")
@click.option("--place", metavar="NAME", help="Only events at a place of this name.")
@click.option("--who", metavar="NAME", help="Only events with an actor or recipient of this name.")
@dates
@click.option("--all", "everything", is_flag=True, help="Also events that one report alone tells.")
@form("jsonl")
@click.pass_obj
@told
def events(
    record: str,
    event: str | None,
    event_type: str | None,
    place: str | None,
    who: str | None,
    since: str | None,
    until: str | None,
    everything: bool,
    form: str,
) -> None:
    """List the events that several reports tell, or lay all accounts of one (REPORT:ID) beside each other.

    Nothing is merged: each account keeps its words and its voice. Use `onrecord correct unlink same-event` where two
    are not one.
    """
    with existing(record) as opened:
        if event is not None:
            one = view.happening(opened, event)
            found = None
        else:
            found = view.events(opened, event_type=event_type, place=place, who=who, since=since, until=until,
                                several=not everything)  # fmt: skip
    if form == "jsonl":
        for happening in found.found if found else (one,):
            sys.stdout.write(msgspec.json.encode(happening).decode() + "\n")
        return
    out = console()
    if found is None:
        _page(one)
        return
    told_by = "" if everything else " told by several reports"
    counts = _counted(found.events, "event") + told_by, _counted(found.reports, "report")
    out.print(plain(f"{counts[0]}, in {counts[1]} of {_counted(found.origins, 'independent origin')}"))
    if found.found:
        out.print(_list(found.found))


def _list(found: tuple[Happening, ...]) -> Table:
    """Each event on a line, by its first account, with in how many reports and origins it is told."""
    lines = (
        (
            f"{one.reports}/{one.origins}",
            one.accounts[0].type,
            f"{_done(one.accounts[0])} ({one.name})",
            ", ".join(dict.fromkeys(aspect.what for aspect in one.differ)) or "-",
        )
        for one in found
    )
    return rows(("reports/origins", "type", "first account", "they differ on"), lines, wide=2)


def _page(one: Happening) -> None:
    out = console()
    counts = _counted(one.reports, "report"), _counted(one.origins, "independent origin")
    out.print(plain(f"1 event: {counts[0]}, {counts[1]}, told {_counted(len(one.accounts), 'time')}"))
    lines = ((account.when, _teller(account), _told(account)) for account in one.accounts)
    out.print(rows(("when", "told by", "account"), lines, wide=2))
    for heading, found in (("They agree on", one.agree), ("They differ on", one.differ), ("Only one says", one.alone)):
        if found:
            out.print(f"\n{heading}")
            out.print(rows(("what", "as told by"), ((aspect.what, _versions(aspect)) for aspect in found), wide=1))


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _teller(account: Account) -> str:
    return teller(account.voice, account.voice_name, account.publisher or account.report_id)


def _told(account: Account) -> str:
    modality = "" if account.modality == "happened" else f"({account.modality}) "
    return f"{modality}{plain(account.sentence, 220)} ({account.report_id}:{account.id})"


def _versions(aspect: Aspect) -> str:
    return "; ".join(f"{plain(words, 60)}: {', '.join(reports)}" for words, reports in aspect.said)


def _done(account: Account) -> str:
    whom = f" > {', '.join(account.whom)}" if account.whom else ""
    place = f", {account.place}" if account.place else ""
    return plain(f"{', '.join(account.who) or '?'} [{account.words}]{whom}{place}, {account.when}", 120)
