"""The command line: one command a job. Commands only compose the stages and print; there is no logic here."""

from __future__ import annotations

import importlib
import os

import click

__all__ = ["main"]

#: Each command's module, and its name there: imported only when the command is used, so that `--help` is quick.
COMMANDS = {
    "annotate": "annotate",
    "add": "add",
    "watch": "watch",
    "bulk": "bulk",
    "codebook": "codebook",
    "show": "show",
    "search": "search",
    "timeline": "timeline",
    "events": "events",
    "figures": "figures",
    "series": "series",
    "who": "who",
    "reconcile": "reconcile",
    "positions": "positions",
    "new": "new",
    "origins": "origins",
    "stories": "stories",
    "notices": "notices",
    "differences": "differences",
    "statements": "statements",
    "correct": "correct",
    "corrections": "corrections",
    "serve": "serve",
    "mcp": "mcp",
    "datasette": "datasette",
    "export": "export",
    "import": "imported",
    "verify": "verify",
    "backup": "backup",
    "restore": "restore",
    "seal": "seal",
    "expunge": "expunge",
    "copy": "copy",
    "roles": "roles",
    "plugins": "plugins",
    "info": "info",
    "evaluate": "evaluate",
    "compare": "compare",
    "support": "support",
    "completion": "completion",
}


class Commands(click.Group):
    """A group whose commands are imported on use, listed in the order of work."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of that name, or None."""
        del ctx
        if name not in COMMANDS:
            return None
        # Reports are small and many: a second thread for each multiplication costs more than it gives.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        module = importlib.import_module(f"onrecord.cli.{COMMANDS[name]}")
        command: click.Command = getattr(module, COMMANDS[name])
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="onrecord")
@click.option(
    "--record",
    "-r",
    metavar="FILE_OR_ADDRESS",
    envvar="ONRECORD",
    default="onrecord.db",
    show_default=True,
    help="The record: a SQLite file, or postgresql://USER@HOST/DATABASE. The variable ONRECORD sets it too.",
)
@click.pass_context
def main(ctx: click.Context, record: str) -> None:
    """Read news reports; keep who said what, what happened, and how many by whose count.

    onrecord never says what is true: it says who says so, and shows the exact words.
    """
    ctx.obj = record
