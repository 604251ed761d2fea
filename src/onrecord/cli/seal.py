"""`onrecord seal`: a signed list of hashes of a record, and its check."""

from __future__ import annotations

import os
import sys

import click
from click.core import ParameterSource

from onrecord.cli.asked import existing
from onrecord.cli.outcome import FAILED, told, whole
from onrecord.cli.tables import plain
from onrecord.record.sealing import differences, seal_in, sealed
from onrecord.record.signing import new_key

__all__ = ["seal"]


@click.command()
@click.argument("file", metavar="FILE", required=False)
@click.option("--key", metavar="FILE", help="The secret key to sign with.")
@click.option("--new-key", "new", metavar="FILE", help="Make a secret key, and its public key in FILE.pub.")
@click.option("--no-passphrase", is_flag=True, help="With --new-key: ask for no passphrase, and lock the key by none.")
@click.option("--replace", is_flag=True, help="Replace a seal that is there.")
@click.option("--check", metavar="SEAL", help="Check a seal, and the record that -r or --record names against it.")
@click.option("--public", metavar="KEY", help="With --check: the public key of who made it, or its file.")
@click.option("--record", "-r", "against", metavar="FILE_OR_ADDRESS", help="With --check: the record to compare.")
@click.option("--quiet", "-q", is_flag=True, help="Print no more than what is wrong.")
@click.pass_context
@told
def seal(context: click.Context, file: str | None, key: str | None, new: str | None, no_passphrase: bool,
         replace: bool, check: str | None, public: str | None, against: str | None, quiet: bool) -> None:  # fmt: skip
    """Write the SHA-256 of all that the record holds into FILE, and sign it (FILE.minisig).

    The seal is text: anybody checks it with minisign and sha256sum, without onrecord. A check exits with 1 if the
    signature does not hold, or if something that was sealed is changed or missing.
    """
    if [file, new, check].count(None) != 2:
        raise click.UsageError("give one of FILE, --new-key and --check")
    if new is not None:
        with whole():
            made = new_key(new, passphrase="" if no_passphrase else _new_passphrase())
        if not quiet:
            click.echo(f"Secret key: {new}. Public key: {new}.pub, which is\n{made}")
    elif check is not None:
        if public is None:
            raise click.UsageError("--check needs --public")
        _check(check, public, against or _named(context), quiet=quiet)
    elif file is not None:
        if key is None:
            raise click.UsageError("FILE needs --key; make one with --new-key")
        with whole(), existing(context.obj) as opened:
            number = sealed(opened, file, key=key, passphrase=_passphrase, replace=replace)
        if not quiet:
            click.echo(f"{file}: {number:,} things sealed; signature in {file}.minisig")


def _check(path: str, public: str, record: str | None, *, quiet: bool) -> None:
    found = seal_in(path, public=public)
    if not quiet:
        click.echo(f"The signature holds: {plain(found.comment)}")
    if record is None:
        if not quiet:
            click.echo(f"{len(found.things):,} things sealed; no record was compared (--record)")
        return
    counts = {"changed": 0, "missing": 0, "expunged": 0, "added": 0}
    with existing(record) as opened:
        for difference in differences(found, opened):
            counts[difference.what] += 1
            if not quiet or difference.what != "added":
                click.echo(f"{difference.what}: {difference.thing.path} ({plain(difference.thing.what)})")
    if not quiet:
        told = {what: f"{number:,} {what}" for what, number in counts.items()}
        click.echo(f"{len(found.things):,} things sealed: {told['changed']}, {told['missing']}, {told['expunged']}; "
                   f"{told['added']} since")  # fmt: skip
    if counts["changed"] or counts["missing"]:
        sys.exit(FAILED)


def _named(context: click.Context) -> str | None:
    """The record that -r or the variable names; the one by default is not what a seal from elsewhere is of."""
    above = context.parent
    if above is None or above.get_parameter_source("record") in (None, ParameterSource.DEFAULT):
        return None
    return str(context.obj)


def _new_passphrase() -> str:
    return str(click.prompt("Passphrase (empty for none)", default="", show_default=False, hide_input=True,
                            confirmation_prompt=True, err=True))  # fmt: skip


def _passphrase() -> str:
    given = os.environ.get("ONRECORD_PASSPHRASE")
    return given if given is not None else str(click.prompt("Passphrase", hide_input=True, err=True))
