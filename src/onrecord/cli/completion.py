"""`onrecord completion`: the script that completes commands and options in a shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

__all__ = ["completion"]


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script that completes commands in your shell.

    For bash, put `eval "$(onrecord completion bash)"` into ~/.bashrc.
    """
    made = get_completion_class(shell)
    if made is None:  # the choices are click's own
        raise click.UsageError(f"no completion for {shell}")
    click.echo(made(ctx.find_root().command, {}, "onrecord", "_ONRECORD_COMPLETE").source())
