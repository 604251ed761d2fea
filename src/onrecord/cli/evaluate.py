"""`onrecord evaluate`: how right the readings are on a sample that people annotated."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import msgspec
from rich.text import Text

from onrecord.cli.asked import codebook, codebook_in_force
from onrecord.cli.outcome import told
from onrecord.cli.progress import counted, say_what_takes_time
from onrecord.cli.tables import console, rows
from onrecord.errors import InputError
from onrecord.evaluate.items import KINDS
from onrecord.evaluate.page import error_page, score_rows
from onrecord.evaluate.scoring import RIGHT, Error, Scores

__all__ = ["evaluate"]

#: How many errors are printed, unless they are asked for as a file.
SHOWN = 40


@click.command()
@click.argument("gold", metavar="GOLD.jsonl")
@click.option("--against", metavar="FILE", help="Measure the readings in FILE (JSON lines), instead of reading now.")
@click.option("--only", type=click.Choice(KINDS), multiple=True, help="Measure this kind; may be given several times.")
@click.option(
    "--errors", "errors", is_flag=True, help=f"Print what was missed, read without need or wrong, {SHOWN} at most."
)
@click.option("--page", metavar="FILE", help="Write all errors, each in its sentence, as an HTML file.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True,
              help="A table for people, or everything as JSON.")  # fmt: skip
@click.option("--models/--no-models", default=True, show_default=True, help="Use trained models, or rules alone.")
@codebook
@click.option("--quiet", "-q", is_flag=True, help="No progress.")
@told
def evaluate(
    gold: str,
    against: str | None,
    only: tuple[str, ...],
    errors: bool,
    page: str | None,
    form: str,
    models: bool,
    own: str | None,
    no_codebook: bool,
    quiet: bool,
) -> None:
    """Measure how right the readings are on reports that you annotated.

    GOLD.jsonl holds an annotated report a line, in the JSON that `annotate --format jsonl` prints: correct that, or
    import brat annotations. A kind of which it has none is not measured. Precision is the share of what was read that
    is right, recall the share of gold that was found.
    """
    from onrecord.annotators.settings import Settings
    from onrecord.evaluate.gold import golds, read_again, read_before
    from onrecord.evaluate.scoring import kinds_in, scores

    sample = golds(gold)
    annotated = kinds_in(one.reading for one in sample)
    kinds = tuple(kind for kind in KINDS if (kind in only if only else kind in annotated))
    if not kinds:
        raise InputError("nothing in it is annotated", "annotate statements, events or figures", subject=gold)
    if against is not None:
        pairs = read_before(sample, against)
    else:
        say_what_takes_time(quiet=quiet)
        settings = Settings(models=models, codebook=codebook_in_force(own, no_codebook=no_codebook, quiet=quiet))
        pairs = counted(read_again(sample, settings), quiet=quiet, total=len(sample))
    found = scores(pairs, kinds)
    if page is not None:
        _written(page, error_page(found, {one.reading.report.id: one.reading.report.text for one in sample}))
    if form == "json":
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(_json(found)), indent=2) + b"\n")
    else:
        _tables(found, errors=errors)


def _written(path: str, text: str) -> None:
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"the page cannot be written ({error.strerror or error})", "give a file in a folder of yours",
                         subject=path) from error  # fmt: skip


def _tables(found: Scores, *, errors: bool) -> None:
    out = console()
    reports = "1 report" if found.reports == 1 else f"{found.reports} reports"
    out.print(Text(f"{reports}; right means the words and {_right(found)} agree", style="dim"))
    out.print(rows(("", "gold", "read", "right", "P", "R", "F1"), score_rows(found)))
    out.print(Text("\nOf what was found by its words, the share with each field right", style="bold"))
    fields = [(kind, name, f"{100 * right / total:.1f}", f"{right} of {total}")
              for (kind, name), (right, total) in found.fields.items()]  # fmt: skip
    out.print(rows(("", "field", "%", ""), fields))
    if errors:
        wrong = [error for error in found.errors if error.counts]
        out.print(Text(f"\n{len(wrong)} errors" + (f", the first {SHOWN}" if len(wrong) > SHOWN else ""), style="bold"))
        out.print(rows(("report", "what", "words"), map(_line, wrong[:SHOWN]), wide=2))


def _right(found: Scores) -> str:
    return ", ".join(f"the {' and '.join(RIGHT[kind])} of {kind}" for kind in found.right)


def _line(error: Error) -> tuple[str, str, str]:
    said = error.gold or error.read if error.what in {"missed", "false alarm"} else f"{error.gold} → {error.read}"
    return error.report, f"{error.kind}: {error.what}", f"{error.words} [{said}]"


def _json(found: Scores) -> dict[str, object]:
    def told(kind: str) -> dict[str, object]:
        score = found.right[kind]  # type: ignore[index]
        return {"gold": score.gold, "read": score.read, "found": found.found[kind].agreeing, "right": score.agreeing,  # type: ignore[index]
                "precision": score.precision, "recall": score.recall, "f1": score.f1,
                "fields": {name: list(n) for (of, name), n in found.fields.items() if of == kind}}  # fmt: skip

    return {"reports": found.reports, "kinds": {kind: told(kind) for kind in found.right},
            "errors": [msgspec.to_builtins(error) for error in found.errors]}  # fmt: skip
