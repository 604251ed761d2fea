"""`onrecord mcp`: the record for an agent, over standard input and output."""

from __future__ import annotations

import click

from onrecord.cli.asked import existing
from onrecord.cli.outcome import told
from onrecord.errors import InputError

__all__ = ["mcp"]


@click.command()
@click.pass_obj
@told
def mcp(record: str) -> None:
    """Give an agent read-only tools on the record, by the Model Context Protocol.

    It reads requests from standard input and answers on standard output, so it is started by the agent's program, not
    by hand. Each answer is bounded and cites the exact words, the report, the outlet, the date and where they stand.
    """
    try:
        from onrecord.agents.server import server
    except ModuleNotFoundError as missing:
        raise InputError(f"the agent server needs {missing.name}", "install onrecord[mcp]") from missing
    with existing(record) as opened:
        server(opened.read_only()).run("stdio")
