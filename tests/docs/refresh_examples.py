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
    text = page.read_text(encoding="utf-8")
    for block in blocks(page):
        if block.kind != "console":
            continue
        parts = []
        for step in steps(block):
            real = "".join(output_of(words, page.name) for words in onrecord_commands(step.command))
            parts.append(f"$ {step.command}\n{_shown(step, real)}")
        new = "".join(parts).rstrip("\n")
        for indent in ("", "    "):
            text = text.replace(_indented(block.text, indent), _indented(new, indent))
    return text


def _shown(step: Step, real: str) -> str:
    if agrees(step.output, real):
        return step.output
    lines = [line.rstrip() for line in real.strip("\n").splitlines()]
    old = step.output.splitlines()
    count = len(lines) if FILL in step.output else len(old) - (old[-1:] == ["..."])
    return "".join(f"{line}\n" for line in [*lines[:count], *(["..."] if len(lines) > count else [])])


def _indented(text: str, indent: str) -> str:
    return "\n".join(indent + line if line else line for line in text.split("\n"))


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
