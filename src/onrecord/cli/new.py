"""`onrecord new`: the day's digest, with only what no earlier report tells."""

from __future__ import annotations

import json
import sys
from typing import get_args

import click
import msgspec

from onrecord.cli.asked import existing, form
from onrecord.cli.outcome import told
from onrecord.cli.tables import console, plain, rows
from onrecord.view import queries
from onrecord.view.new import By, NewKind
from onrecord.view.queries import News

__all__ = ["new"]

_HEADINGS: dict[str, str] = {
    "correction": "Corrections", "position": "Positions that may have changed", "statement": "Who said what",
    "event": "What happened", "figure": "How many",
}  # fmt: skip


@click.command()
@click.option("--since", metavar="DATE", required=True, help="First day, month or year (YYYY, YYYY-MM or YYYY-MM-DD).")
@click.option("--until", metavar="DATE", help="Last day, month or year; what came later is left aside.")
@click.option(
    "--added", is_flag=True, help="By when reports were added to the record, not by when they were published."
)
@click.option("--kind", "kinds", type=click.Choice(get_args(NewKind)), multiple=True, help="Only news of this kind.")
@form("jsonl")
@click.pass_obj
@told
def new(record: str, since: str, until: str | None, added: bool, kinds: tuple[str, ...], form: str) -> None:
    """List what reports since DATE tell that no earlier report in the record does, each with its voices.

    What many independent origins tell comes first. Copies of earlier reports bring nothing new; that a position changed
    is a candidate, beside its older words.
    """
    by: By = "added" if added else "published"
    with existing(record) as opened:
        found = queries.new(opened, since, until=until, by=by)
    chosen = [news for news in found.news if not kinds or news.kind in kinds]
    if form == "jsonl":
        for news in chosen:
            sys.stdout.write(json.dumps(msgspec.to_builtins(news), ensure_ascii=False) + "\n")
        return
    out = console()
    days = f"since {since}" if until is None else f"from {since} to {until}"
    reports = "1 report" if found.reports == 1 else f"{found.reports} reports"
    out.print(plain(f"{reports} {by} {days}, of which {found.without_news} bring nothing new"))
    for kind, heading in _HEADINGS.items():
        if lines := [_row(news) for news in chosen if news.kind == kind]:
            out.print(f"\n{heading}", style="bold")
            out.print(rows(("what", "words", "told by", "n"), lines, wide=1))


def _row(news: News) -> tuple[str, str, str, str]:
    first = news.voices[0]
    outlet = first.publisher or first.report_id
    words = plain(news.words, 200)
    if news.change is not None:
        old = news.change.old
        words = f'{first.speaker}: "{words}"; {old.day or "undated"}, in {old.publisher or old.report_id}: ' \
                f'"{plain(old.words, 200)}"'  # fmt: skip
    elif news.kind == "statement":
        words = f"{first.speaker or 'nobody named'}: {words}"
    voice = plain(outlet, 30) if news.kind in ("statement", "position") else _teller(first.speaker, outlet)
    return news.what, words, voice, f"{news.origins}/{news.reports}"


def _teller(speaker: str | None, outlet: str) -> str:
    return f"{plain(speaker, 30)}, in {plain(outlet, 30)}" if speaker else plain(outlet, 30)
