"""Bring the shown output of the documentation's console blocks up to date: `python tests/docs/refresh_examples.py`.

Output that still agrees stays as it is. Where it does not, as many lines of the real output are shown as before, then
"..." if there are more. Look at the difference before you commit it: it says what a change does to what people see.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from markdown_blocks import ROOT, Step, agrees, blocks, steps
from test_documented_examples import PAGES, onrecord_commands, output_of

#: Written by hand where no output is shown yet: all of it will be.
FILL = "FILL"


def refreshed(page: Path) -> str:
    """The page with output that agrees; runs in the current folder, in the order of the page."""
    lines = page.read_text(encoding="utf-8").split("\n")
    grown = 0
    for block in blocks(page):
        if block.kind != "console":
            continue
        start, count = block.line - 1 + grown, len(block.text.split("\n"))
        indent = lines[start][: len(lines[start]) - len(lines[start].lstrip())]
        new = [line for step in steps(block) for line in _refreshed(step, page.name)]
        lines[start : start + count] = [indent + line if line else line for line in new]
        grown += len(new) - count
    return "\n".join(lines)


def _refreshed(step: Step, where: str) -> list[str]:
    real = "".join(output_of(words, where) for words in onrecord_commands(step.command))
    return [f"$ {step.command}", *_shown(step, real).splitlines()]


def _shown(step: Step, real: str) -> str:
    if agrees(step.output, real):
        return step.output
    lines = [line.rstrip() for line in real.strip("\n").splitlines()]
    old = step.output.splitlines()
    count = len(lines) if FILL in step.output else len(old) - (old[-1:] == ["..."])
    return "".join(f"{line}\n" for line in [*lines[:count], *(["..."] if len(lines) > count else [])])


def main() -> int:
    """Refresh every page, or those named."""
    pages = [Path(name).resolve() for name in sys.argv[1:]] or PAGES
    os.environ.pop("ONRECORD", None)
    for page in pages:
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(ROOT / "demo", Path(folder) / "demo")
            os.chdir(folder)
            text = refreshed(page)
            os.chdir(ROOT)
        if text != page.read_text(encoding="utf-8"):
            page.write_text(text, encoding="utf-8")
            sys.stdout.write(f"{page} refreshed\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
