"""What a gazetteer of a plugin costs: once in a process, and for each report.

python -m benchmarks.gazetteers [--places 50000] [--reports 100]

A plugin with so many places is installed for the measuring, each with another name; a tenth as many actors with dated
roles and as many outlets. Measured are processor seconds, by the rules alone, of the same reports without it and with
it; loading the models does not count.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command does: threads that wait use the processor too

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import onrecord
from onrecord.annotators.settings import Settings

__all__ = ["main"]

_MODULE = """
from datetime import date
from onrecord.codebook import Codebook
from onrecord.codebook.model import Actor, Outlet, OwnPlace, OwnRole

def called(n):
    return "".join(chr(97 + n // 26**place % 26) for place in range(5)).capitalize()

def names():
    role = OwnRole(role="governor", sector="GOV", since=date(2020, 1, 1))
    return Codebook(
        places=tuple(OwnPlace(name=f"Camp {{called(n)}}", other_names=(f"{{called(n)}} Camp",), country="SDN",
                              lat=n % 80, lon=n % 170) for n in range({places})),
        actors=tuple(Actor(name=f"Vera {{called(n)}}", type="person", roles=(role,)) for n in range({places} // 10)),
        outlets=tuple(Outlet(name=f"{{called(n)}} Post", domains=(f"n{{n}}.example",)) for n in range({places} // 10)),
    )
"""
_TEXT = (
    "The governor said on Monday that 12 people died when soldiers shelled Camp Abcaa. "
    '"We had warned of it," said Vera Abcaa, an engineer. The Harbour Post reported that talks failed in Kharkiv. '
) * 4


def main() -> None:
    """Print both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--places", type=int, default=50_000)
    parser.add_argument("--reports", type=int, default=100)
    args = parser.parse_args()
    _read(1)
    alone = _seconds(lambda: _read(args.reports))
    with tempfile.TemporaryDirectory() as folder:
        _install(Path(folder), args.places)
        ready = _seconds(lambda: _read(1)) - alone / args.reports
        beside = _seconds(lambda: _read(args.reports))
        told = Settings(models=False).told
    if "gazetteers" not in told:
        sys.exit("the names were not in force")
    print(f"{args.places} places, once in a process: {ready:.2f} s")
    print(f"a report without them: {1000 * alone / args.reports:.1f} ms")
    print(f"a report with them: {1000 * beside / args.reports:.1f} ms")


def _install(site: Path, places: int) -> None:
    (site / "orsk.py").write_text(_MODULE.format(places=places), encoding="utf-8")
    about = site / "orsk-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: orsk\nVersion: 1\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[onrecord.gazetteers]\norsk = orsk:names\n", encoding="utf-8")
    sys.path.insert(0, str(site))


def _read(reports: int) -> None:
    for number in range(reports):
        onrecord.annotate(f"{_TEXT} {number}", published=f"2031-03-{number % 28 + 1:02}", publisher="Harbour Post",
                          models=False)  # fmt: skip


def _seconds(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start


if __name__ == "__main__":
    main()
