"""Fuzz the targets: `python -m fuzz.run --work FOLDER [--target NAME ...] [--seconds 600]`; needs atheris.

Each target runs in a process of its own for so many processor seconds in all, over as many calls as it takes: how long
it ran is in FOLDER/TARGET/seconds, what it found worth keeping in FOLDER/TARGET/corpus. An input that breaks a promise,
takes more than 20 seconds or too much memory is kept as FOLDER/TARGET/crash-..., timeout-... or oom-...; the run ends
there, says so, and goes on with the next target.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
from pathlib import Path

__all__ = ["main"]

#: Seconds after which an input counts as one that hangs; megabytes after which it takes too much.
PATIENCE, MEMORY = 20, 3_000


def main() -> None:
    """Run targets one after the other, and print a table."""
    from fuzz.seeds import write
    from fuzz.targets import TARGETS

    parser = argparse.ArgumentParser(prog="python -m fuzz.run", description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="folder of what is found")
    parser.add_argument("--target", nargs="+", choices=list(TARGETS), default=list(TARGETS))
    parser.add_argument("--seconds", type=int, default=600, help="processor seconds for each target in all")
    args = parser.parse_args()
    broken = False
    print("| target | seconds | inputs kept | broken |\n| --- | --- | --- | --- |")
    for target in args.target:
        folder = (args.work / target).resolve()
        if not (folder / "corpus").exists():
            write(target, folder / "corpus")
        done = float((folder / "seconds").read_text()) if (folder / "seconds").exists() else 0.0
        if done < args.seconds:
            done += _run(target, folder, int(args.seconds - done) + 1)
            (folder / "seconds").write_text(f"{done:.1f}")
        found = sorted(path.name for path in folder.iterdir() if path.name.startswith(("crash-", "timeout-", "oom-")))
        broken = broken or bool(found)
        kept = len(list((folder / "corpus").iterdir()))
        print(f"| {target} | {done:.0f} | {kept} | {', '.join(found) or 'none'} |", flush=True)
    sys.exit(broken)


def _run(target: str, folder: Path, seconds: int) -> float:
    """Run a target in another process; how many processor seconds it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with (folder / "log").open("ab") as log:
        subprocess.run(
            [sys.executable, "-m", "fuzz.one", target, str(folder / "corpus"), f"-max_total_time={seconds}",
             f"-timeout={PATIENCE}", f"-rss_limit_mb={MEMORY}", "-max_len=8192", f"-artifact_prefix={folder}/"],
            stdout=log, stderr=log, check=False, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
