"""`onrecord plugins`: what other installed packages add."""

from __future__ import annotations

import click

from onrecord.annotators.plugged_names import gazetteer
from onrecord.cli.outcome import Problems, told
from onrecord.cli.tables import console, rows
from onrecord.errors import InputError
from onrecord.plugins import ANNOTATORS, GAZETTEERS, READERS
from onrecord.plugins import plugins as installed

__all__ = ["plugins"]


@click.command()
@told
def plugins() -> None:
    """List the readers, annotators and gazetteers that other installed packages add; each is tried, to see if it loads.

    They are in force wherever reports are read, and each run in a record keeps their names and versions.
    """
    found = [one for group in (READERS, ANNOTATORS, GAZETTEERS) for one in installed(group)]
    if not found:
        click.echo("no plugins are installed", err=True)
        return
    console().print(rows(("role", "name", "package"), ((o.role, o.name, f"{o.package} {o.version}") for o in found)))
    problems = Problems()
    for one in found:
        try:
            gazetteer(one) if one.role == "gazetteer" else one.loaded()
        except InputError as error:
            problems.tell(error)
    problems.finish()
