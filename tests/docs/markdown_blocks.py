"""The code blocks of a Markdown page, and what their output must be."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

__all__ = ["ROOT", "Block", "Step", "agrees", "blocks", "prose", "steps"]

#: The repository.
ROOT = Path(__file__).resolve().parents[2]

_FENCE = re.compile(r'^(?P<indent> *)(?P<ticks>```+)(?P<kind>[\w-]*)(?: title="(?P<title>[^"]+)")?[^\n]*$')

#: Said between a Python block and the text block that it prints.
_PRINTS = {"prints", "prints:", "It prints:"}


@dataclass(frozen=True)
class Block:
    """A fenced block.

    Attributes:
        kind: the language after the fence ("console", "python", "pycon", "text", ...), or "".
        text: what is in it, without the fence's indentation.
        line: number of the first line in it, from 1.
        printed: what a Python block prints, where the page shows it.
        title: what the page shows above it: why it is not run, for one that is not.
    """

    kind: str
    text: str
    line: int
    printed: str | None = None
    title: str | None = None


@dataclass(frozen=True)
class Step:
    """A command of a console block, with the output that the page shows."""

    command: str
    output: str


def blocks(page: Path) -> list[Block]:
    """The fenced blocks of a page, in order."""
    found: list[Block] = []
    between: list[str] = []
    lines = iter(enumerate(page.read_text(encoding="utf-8").splitlines(), 1))
    for number, line in lines:
        opening = _FENCE.match(line)
        if not opening:
            between.append(line)
            continue
        indent, inside = len(opening["indent"]), list[str]()
        for _, text in lines:
            if text.strip() == opening["ticks"]:
                break
            inside.append(text[indent:])
        block = Block(opening["kind"], "\n".join(inside), number + 1, title=opening["title"])
        if block.kind == "text" and "\n".join(between).strip() in _PRINTS:
            found[-1] = replace(found[-1], printed=block.text)
        found.append(block)
        between = []
    return found


def prose(page: Path) -> list[str]:
    """The lines of a page that stand in no fenced block."""
    lines = page.read_text(encoding="utf-8").splitlines()
    fenced = {n for b in blocks(page) for n in range(b.line - 2, b.line + len(b.text.splitlines()) + 1)}
    return [line for number, line in enumerate(lines) if number not in fenced]


def steps(block: Block) -> list[Step]:
    """The commands of a console block: lines that start with "$ ", each with the lines up to the next."""
    found: list[Step] = []
    for line in block.text.splitlines():
        if line.startswith("$ "):
            found.append(Step(line[2:], ""))
        elif found and found[-1].command.endswith("\\") and not found[-1].output:
            found[-1] = Step(found[-1].command[:-1].rstrip() + " " + line.strip(), "")
        elif found:
            found[-1] = Step(found[-1].command, found[-1].output + line + "\n")
        else:
            raise AssertionError(f"line {block.line}: output before the first command")
    return found


def agrees(shown: str, real: str) -> bool:
    """Whether the real output is what the page shows; "..." stands for any text, on its own line for any lines."""
    pattern = ""
    for line in _tidy(shown):
        if line.strip() == "...":
            pattern += r"(?:[^\n]*\n)*"
        else:
            pattern += ".*".join(re.escape(part) for part in line.split("...")) + "\n"
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in _tidy(real))) is not None


def _tidy(text: str) -> list[str]:
    """Its lines without space at their ends, and without blank lines at its own."""
    return [line.rstrip() for line in text.strip("\n").splitlines()] if text.strip() else []
