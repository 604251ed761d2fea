"""A program that adds, corrects, reconciles or migrates is killed at random points: is anything lost, or half-done?

python -m benchmarks.faults --work FOLDER [--data demo/reports] [--points 2300] [--seed 1962]

The child says after each transaction that it is stored. Afterwards the record must be in a state that so many
transactions lead to, or one more; `verify` must find nothing; and the same operation, done again, must come to its end.
At a power cut, what was not brought to the disk is lost too, all of it or any sectors. Where the end of SQLite's log of
writes is cut off at any byte, as by a defect of the disk, the record must be in an earlier whole state, or be refused.
What was found is kept in the folder, so that a run that is stopped goes on.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from benchmarks.faults.cases import OPERATIONS, Case, cases, reports
from benchmarks.faults.killed import KINDS, Kind, Outcome, Size, outcome, size_of
from benchmarks.faults.traced import can_follow

#: How often each kind of kill is chosen.
WEIGHTS: dict[Kind, int] = {"write": 8, "power": 6, "statement": 5, "time": 3, "cut": 2}


def main() -> None:
    """Kill, print tables, and fail where something is lost, half-done or does not verify."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("demo/reports"), help="folder of some reports")
    parser.add_argument("--work", type=Path, required=True, help="folder for what is found")
    parser.add_argument("--points", type=int, default=2_300)
    parser.add_argument("--seed", type=int, default=1962)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    kept = args.work / "faults.jsonl"
    if sum(1 for _ in _lines(kept)) < args.points:
        with tempfile.TemporaryDirectory(prefix="onrecord-faults-") as folder:
            for one in killed(cases(Path(folder), *reports(args.data)), Path(folder), kept, args.points, args.seed):
                if one.number % 100 == 99 or wrong(one):
                    print(f"{one.number + 1} of {args.points}{f': {one}' * wrong(one)}", flush=True)
    found = [msgspec.json.decode(line, type=Outcome) for line in _lines(kept)][: args.points]
    print(table("operation", found, lambda one: one.operation, OPERATIONS))
    print()
    print(table("kind of kill", found, lambda one: one.kind, KINDS))
    if bad := [one for one in found if wrong(one)]:
        raise SystemExit("\n".join(["", *map(str, bad[:10]), f"{len(bad)} of {len(found)} are wrong"]))


def killed(
    made: Mapping[str, Sequence[Case]], folder: Path, kept: Path, points: int, seed: int
) -> Iterator[Outcome]:  # fmt: skip
    """What is found at so many points, each put into a file; those that it holds already are not tried again."""
    desk = folder / "desk"
    desk.mkdir()
    sizes: dict[int, Size] = {}
    first = sum(1 for _ in _lines(kept))
    with kept.open("ab") as lines:
        for number in range(first, points):
            kind, case = chosen(made, number, seed)
            if id(case) not in sizes:
                sizes[id(case)] = size_of(case, desk)
            found = outcome(case, kind, number, sizes[id(case)], desk, seed=seed)
            lines.write(msgspec.json.encode(found) + b"\n")
            lines.flush()
            yield found


def chosen(made: Mapping[str, Sequence[Case]], number: int, seed: int) -> tuple[Kind, Case]:
    """Which kill a number stands for: operations take turns, and so do the records that each is tried on."""
    chance = random.Random(f"{seed} {number}")  # noqa: S311
    kinds = [kind for kind in KINDS if can_follow() or kind not in ("write", "power")]
    some = made[OPERATIONS[number % len(OPERATIONS)]]
    return chance.choices(kinds, [WEIGHTS[kind] for kind in kinds])[0], some[number // len(OPERATIONS) % len(some)]


def wrong(one: Outcome) -> bool:
    """Whether an outcome breaks the promise."""
    if one.kind == "cut" and one.refused is not None:
        return False
    return lost(one) or one.half_done or one.refused is not None or bool(one.faults) or not one.repeated


def lost(one: Outcome) -> bool:
    """Whether something is lost that the disk had taken; of what a defect of the disk took nothing is promised."""
    return one.went_back and one.kind != "cut"


def table(head: str, found: Sequence[Outcome], of: Callable[[Outcome], str], names: Iterable[str]) -> str:
    """A table of what was found, a row for each name and one for all."""
    rows = [_row(name, [one for one in found if of(one) == name]) for name in names]
    heads = (head, "points", "before a transaction", "inside one", "after one", "one more stored than told", "lost",
             "earlier state (cut)", "half-done", "refused", "does not verify", "not repeated")  # fmt: skip
    lines = [heads, ("---",) * len(heads), *rows, _row("all", found)]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def _row(name: str, some: Sequence[Outcome]) -> tuple[str | int, ...]:
    where = Counter(one.where for one in some)
    return (
        name, len(some), where["before"], where["inside"], where["after"], sum(one.kept > one.told for one in some),
        sum(map(lost, some)), sum(one.went_back and one.kind == "cut" for one in some),
        sum(one.half_done for one in some), sum(one.refused is not None for one in some),
        sum(bool(one.faults) for one in some), sum(not one.repeated for one in some),
    )  # fmt: skip


def _lines(path: Path) -> Iterable[bytes]:
    """The whole lines of a file; the end of one that was cut off is taken away."""
    if not path.exists():
        return []
    data = path.read_bytes()
    whole = data[: data.rfind(b"\n") + 1]
    path.write_bytes(whole)
    return whole.splitlines()


if __name__ == "__main__":
    main()
