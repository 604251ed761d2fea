"""`onrecord support`: which events of another data set the reports of the record support."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import click

from onrecord.cli.asked import existing
from onrecord.cli.outcome import Problems, told
from onrecord.cli.tables import console, rows
from onrecord.errors import InputError
from onrecord.export.cells import Cell, defused
from onrecord.support.events import sentences_of, supported
from onrecord.support.matching import Fit
from onrecord.support.rows import Row, rows_of

__all__ = ["support"]

_ORDER = ("supported", "possible")
_HEADS = ("row", "row_type", "row_place", "verdict", "score", "day", "place", "actors", "type", "report", "version",
          "entry", "publisher", "published", "voice", "words", "start", "stop", "sentence")  # fmt: skip


@click.command()
@click.argument("file", metavar="FILE.csv")
@click.option("--csv", "output", metavar="FILE", help="Write every event found, with the exact words, as CSV.")
@click.option("--all", "everything", is_flag=True, help="In the table, also rows that nothing was found for.")
@click.option("--errors", "table", metavar="FILE", help="Keep rows that cannot be read: .csv, else JSON Lines.")
@click.pass_obj
@told
def support(record: str, file: str, output: str | None, everything: bool, table: str | None) -> None:
    """Say which events of another data set the reports of the record support, with reasons and the exact words.

    FILE.csv holds events, one a row, with ACLED's columns, or GDELT's with or without headings. Needed are a day, and a
    place or an actor; other columns are used if they are there. An event of the record is laid beside a row by day,
    place, actors and type. It is "supported" where day and place agree and the score is 0.7 or more, "possible" from
    0.5; nothing found says nothing about whether it happened.
    """
    problems, totals = Problems(table), Counter[str]()
    lines: list[tuple[str, ...]] = []
    all_fits: list[tuple[Row, Fit]] = []

    def good() -> Iterator[Row]:
        for row in rows_of(file):
            if isinstance(row, InputError):
                problems.tell(row)
            else:
                yield row

    with existing(record) as opened:
        for row, fits in supported(opened, good()):
            verdict = min((one.verdict for one in fits), key=_ORDER.index, default="nothing")
            totals[verdict] += 1
            all_fits += [(row, one) for one in fits]
            if fits or everything:
                lines.append(_line(row, verdict, fits))
        sentences = sentences_of(opened, (one.told for _, one in all_fits)) if output is not None else {}
    if output is not None:
        _written(output, (_cells(row, one, sentences[one.told.version, one.told.id]) for row, one in all_fits))
    if lines:
        console().print(rows(("row", "day", "verdict", "reports", "by day, place, actors, type"), lines, wide=4))
    count = sum(totals.values())
    click.echo(f"{count} {'row' if count == 1 else 'rows'}: {totals['supported']} supported, {totals['possible']} "
               f"possible, {totals['nothing']} with nothing found")  # fmt: skip
    problems.finish()


def _line(row: Row, verdict: str, fits: Sequence[Fit]) -> tuple[str, ...]:
    first, last = row.days
    day = str(first) if first == last else f"{first} to {last}"
    if not fits:
        return row.id, day, verdict, "", ""
    reports = str(len({one.told.report for one in fits if one.verdict == verdict}))
    best = next(one for one in fits if one.verdict == verdict)
    entry = f"{best.told.report}:{best.told.id}"
    return row.id, day, verdict, reports, f'{best.score:.2f} {entry} "{best.told.words}": {"; ".join(best.reasons)}'


def _cells(row: Row, one: Fit, sentence: str) -> Iterator[Cell]:
    said = one.told
    yield from (row.id, row.kind, row.places[0] if row.places else None, one.verdict, one.score, *one.reasons)
    yield from (said.report, said.version, said.id, said.publisher, str(said.published or "") or None, said.voice)
    yield from (said.words, said.start, said.stop, sentence)


def _written(path: str, lines: Iterable[Iterable[Cell]]) -> None:
    try:
        with open(path, "w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(_HEADS)
            out.writerows([defused(cell) for cell in line] for line in lines)
    except OSError as error:
        raise InputError(f"the table cannot be written ({error.strerror or error})", "give a file in a folder of yours",
                         subject=path) from error  # fmt: skip
