"""`onrecord serve`: the reading room, a local web page over the record."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from onrecord.cli.asked import existing
from onrecord.cli.outcome import told
from onrecord.errors import InputError
from onrecord.record.postgresql_address import is_address

__all__ = ["serve"]

_FILE = click.Path(exists=True, dir_okay=False)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen; this computer alone by default.")
@click.option("--port", default=8437, show_default=True, type=click.IntRange(1, 65535), help="On which port.")
@click.option("--key", envvar="ONRECORD_KEY", show_envvar=True,
              help="What others must give to come in; made if a host needs one. Others on this computer may see it in "
                   "the list of programs.")  # fmt: skip
@click.option("--key-file", type=_FILE, help="A file that holds the key.")
@click.option("--name", "names", multiple=True, metavar="NAME",
              help="A name by which the server may be called, such as that of a proxy before it; several may be given. "
                   "It then asks for a key.")  # fmt: skip
@click.option("--certificate", type=_FILE, help="The certificate (PEM) by which connections are encrypted.")
@click.option("--certificate-key", type=_FILE, help="The certificate's private key (PEM).")
@click.option("--rate", type=click.FloatRange(min=0.1),
              help="How many requests a second are taken from each client: 30 where there is a key, any number else, "
                   "unless given.")  # fmt: skip
@click.option(
    "--processes", type=click.IntRange(1, 32), help="How many processes answer; as many as cores, up to four, if none."
)
@click.pass_obj
@told
def serve(
    record: str, host: str, port: int, key: str | None, key_file: str | None, names: tuple[str, ...],
    certificate: str | None, certificate_key: str | None, rate: float | None, processes: int | None,
) -> None:  # fmt: skip
    """Open the reading room: what is new, who says what, where accounts differ, in your browser.

    It listens on this computer alone. With another --host it asks everybody for a key: one that you give, or one that
    is made and printed to the terminal.
    """
    try:
        from onrecord.web import serving
    except ModuleNotFoundError as missing:
        raise InputError(f"the reading room needs {missing.name}", "install onrecord[web]") from missing
    if (certificate is None) != (certificate_key is None):
        raise InputError("a certificate needs its key", "give both --certificate and --certificate-key")
    certified = None if not certificate or not certificate_key else serving.Certified(certificate, certificate_key)
    given = _key(key, key_file)
    served = serving.prepared(host, port, given, names=names, rate=rate, certified=certified,
                              make_key=sys.stdout.isatty())  # fmt: skip
    with existing(record) as opened:  # refuses what is no record, and brings an older one up to date, once
        path = record if is_address(record) else opened.path
    click.echo(f"the reading room is at {served.address} (stop it with ctrl-C)")
    if served.key is not None and given is None:
        click.echo(f"its key is {served.key}")
    if served.is_readable_on_the_way:
        click.echo("connections are not encrypted: give --certificate, or put it behind a server that speaks HTTPS",
                   err=True)  # fmt: skip
    serving.run(path, served, processes=processes or min(os.cpu_count() or 1, 4))


def _key(key: str | None, file: str | None) -> str | None:
    if file is None:
        return key
    if key is not None:
        raise InputError("two keys were given", "give --key or --key-file, and unset ONRECORD_KEY")
    try:
        return Path(file).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"the key cannot be read: {error}", "give a file of text", subject=file) from error
