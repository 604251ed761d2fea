"""`onrecord watch`: look at feeds again and again, and add what is new."""

from __future__ import annotations

import os
import time
from collections import Counter

import click

from onrecord.cli.add import told_at_the_end
from onrecord.cli.asked import codebook, codebook_in_force, reading
from onrecord.cli.outcome import Problems, told
from onrecord.cli.progress import counted, say_what_takes_time

__all__ = ["watch"]


@click.command()
@click.argument("feeds", nargs=-1, required=True, metavar="FEEDS...")
@click.option("--once", is_flag=True, help="Look once and end; for cron and the like.")
@click.option(
    "--every", metavar="MINUTES", default=15.0, show_default=True, type=click.FloatRange(min=1.0),
    help="How long to wait between two looks.",
)  # fmt: skip
@click.option("--pages", is_flag=True, help="Fetch the page of an entry of which the feed has only a summary.")
@click.option(
    "--state", metavar="FILE", help="What is known of the feeds; the record's name with .watch.json, if none."
)
@click.option("--publisher", metavar="NAME", help="Publisher of reports that name none.")
@click.option("--models/--no-models", default=True, show_default=True, help="Use trained models, or rules alone.")
@codebook
@reading
@click.option("--quiet", "-q", is_flag=True, help="No progress and no closing lines.")
@click.pass_obj
@told
def watch(
    record: str,
    feeds: tuple[str, ...],
    once: bool,
    every: float,
    pages: bool,
    state: str | None,
    publisher: str | None,
    models: bool,
    own: str | None,
    no_codebook: bool,
    table: str | None,
    allow_private: bool,
    quiet: bool,
) -> None:
    """Look at feeds, add what is new, and look again later.

    FEEDS are OPML files as feed readers export them, text files with an address a line, or addresses. A feed is asked
    only for what changed since the last time, and what the record holds already is not read again; a watch that was
    stopped goes on where it was. A feed that fails is one line, is left alone for a while, and never stops the others.
    """
    import onrecord
    from onrecord.annotators.settings import Settings
    from onrecord.errors import InputError, OnrecordError
    from onrecord.read.feedlists import feeds_listed
    from onrecord.read.fetch import Fetcher
    from onrecord.read.given import Given
    from onrecord.watching import Watch, looked_at, opened_state, saved_state

    say_what_takes_time(quiet=quiet)
    settings = Settings(models=models, codebook=codebook_in_force(own, no_codebook=no_codebook, quiet=quiet))
    problems = Problems(table)
    path = state or f"{'onrecord' if '://' in record else os.path.splitext(record)[0]}.watch.json"
    known = opened_state(path)
    how = Watch(time.time, pages=pages, given=Given(publisher=publisher), settings=settings)
    with onrecord.open(record) as opened:
        while True:
            outcomes, undated = Counter[str](), 0
            addresses: list[str] = []
            for found in feeds_listed(feeds):  # read anew each time, so that a list can be changed
                if isinstance(found, InputError):
                    problems.tell(found)
                else:
                    addresses.append(found)
            # A fetcher a look, since robots.txt may change.
            with Fetcher(allow_private=allow_private) as fetcher:
                looked = looked_at(opened, addresses, known, fetcher, how, lambda: saved_state(known, path))
                for result in counted(looked, quiet=quiet):
                    if isinstance(result, OnrecordError):
                        problems.tell(result)
                        continue
                    outcomes[result.outcome] += 1
                    undated += result.received.report.published is None
            if not quiet:
                told_at_the_end(outcomes, record, undated)
            if once:
                break
            time.sleep(every * 60)
    problems.finish()
