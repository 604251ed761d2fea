"""`onrecord serve`: the reading room, a local web page over the record."""

from __future__ import annotations

import os

import click

from onrecord.cli.asked import existing
from onrecord.cli.outcome import told
from onrecord.errors import InputError
from onrecord.record.postgresql_address import is_address

__all__ = ["serve"]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen; this computer alone by default.")
@click.option("--port", default=8437, show_default=True, type=click.IntRange(1, 65535), help="On which port.")
@click.option("--key", envvar="ONRECORD_KEY", help="What others must give to come in; made if a host needs one.")
@click.option(
    "--processes", type=click.IntRange(1, 32), help="How many processes answer; as many as cores, up to four, if none."
)
@click.pass_obj
@told
def serve(record: str, host: str, port: int, key: str | None, processes: int | None) -> None:
    """Open the reading room: what is new, who says what, where accounts differ, in your browser.

    It listens on this computer alone. With another --host it asks everybody for a key, which is printed.
    """
    try:
        from onrecord.web import serving
    except ModuleNotFoundError as missing:
        raise InputError(f"the reading room needs {missing.name}", "install onrecord[web]") from missing
    served = serving.prepared(host, port, key)
    with existing(record) as opened:  # refuses what is no record, and brings an older one up to date, once
        path = record if is_address(record) else opened.path
    click.echo(f"the reading room is at {served.address} (stop it with ctrl-C)")
    if served.key is not None and key is None:
        click.echo(f"its key is {served.key}")
    serving.run(path, served, processes=processes or min(os.cpu_count() or 1, 4))
