"""`onrecord roles`: who may do what in a record that several people share."""

from __future__ import annotations

import click

from onrecord.cli.asked import existing
from onrecord.cli.outcome import told
from onrecord.errors import InputError
from onrecord.record.postgresql_address import is_address
from onrecord.record.roles import ROLES, granted, statements

__all__ = ["roles"]


@click.command()
@click.option(
    "--prefix", metavar="NAME", default="onrecord", show_default=True, help="What the roles' names begin with."
)
@click.option("--run", is_flag=True, help="Make the roles in the database of the record, instead of printing the SQL.")
@click.option("--database", metavar="NAME", default="onrecord", show_default=True, help="The database, in printed SQL.")
@click.option("--schema", metavar="NAME", default="public", show_default=True, help="The schema, in printed SQL.")
@click.pass_obj
@told
def roles(record: str, prefix: str, run: bool, database: str, schema: str) -> None:
    """Print the SQL that makes the roles of a shared record, or run it: reader, reviewer and owner.

    A reader asks, a reviewer decides about entries too, an owner adds reports and links too. Nobody can alter or delete
    anything. Run it as who made the record, again after each upgrade of onrecord.
    """
    if not run:
        for statement in statements(database, schema, prefix):
            click.echo(f"{statement};")
        return
    if not is_address(record):
        raise InputError("a record in a file has no roles", "give the rights of the file, or copy it to PostgreSQL",
                         subject=record)  # fmt: skip
    with existing(record) as opened, opened.writing() as connection:
        granted(connection, prefix)
    for role in ROLES:
        click.echo(f"{prefix}_{role}")
