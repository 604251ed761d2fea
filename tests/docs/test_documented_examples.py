"""Every command and every Python example in the documentation runs, and prints what the page shows."""

from __future__ import annotations

import contextlib
import doctest
import io
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from markdown_blocks import ROOT, Block, agrees, blocks, steps

from onrecord.cli import main

#: Left out: the examples of the Python reference are those of the docstrings, which pytest runs where they stand.
PAGES = sorted({*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")} - {ROOT / "docs" / "reference" / "python.md"})

#: Kinds of blocks that are not run: text, and commands that need what the tests have not (corpora, cron, sqlite3).
SHOWN = {"", "text", "json", "sh", "sql"}

RUN = {"console", "python", "pycon"}


def _named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", [p for p in PAGES if any(b.kind in RUN for b in blocks(p))], ids=_named)
def test_examples_run_and_print_what_is_shown(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "demo", tmp_path / "demo")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ONRECORD", raising=False)
    names: dict[str, Any] = {"__name__": "__main__"}
    for block in blocks(page):
        where = f"{_named(page)}:{block.line}"
        if block.kind == "console":
            _run_commands(block, where)
        elif block.kind == "python":
            _run_python(block, where, names)
        elif block.kind == "pycon":
            _run_session(block, where, names)


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_every_block_is_of_a_kind_that_is_run_or_known_not_to_be(page: Path) -> None:
    assert {b.kind for b in blocks(page)} <= SHOWN | RUN


def test_make_targets_named_in_the_documentation_exist() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for page in PAGES:
        assert set(re.findall(r"(?:`|^\$ |^    )make (\w+)", page.read_text(), re.MULTILINE)) <= targets, page


def _run_commands(block: Block, where: str) -> None:
    for step in steps(block):
        output = "".join(output_of(words, where) for words in onrecord_commands(step.command))
        assert agrees(step.output, output), f"{where}: $ {step.command}\nprints\n{output}\ninstead of\n{step.output}"


def onrecord_commands(command: str) -> list[list[str]]:
    """The calls of onrecord that a line makes: itself, or those of the make target that it names."""
    words = shlex.split(command)
    if words[0] == "make":
        makefile = (ROOT / "Makefile").read_text()
        recipe = re.search(rf"^{words[1]}:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
        assert recipe, f"the Makefile has no {words[1]}"
        lines = recipe[1].replace("$(BIN)/", "").replace("$(RECORD)", "demo.db").splitlines()
        return [w for line in lines if (w := shlex.split(line.strip().lstrip("@")))[0] == "onrecord"]
    assert words[0] == "onrecord", f"not a command that is tested: {command}"
    return [words]


def output_of(words: list[str], where: str) -> str:
    result = CliRunner().invoke(main, words[1:], prog_name="onrecord")
    ended = f"{where}: {shlex.join(words)} ended with {result.exit_code}\n{result.output}"
    assert result.exit_code == 0, f"{ended}\n{result.exception!r}"
    return result.output


def _run_python(block: Block, where: str, names: dict[str, Any]) -> None:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(block.text, where, "exec"), names)
    if block.printed is not None:
        assert agrees(block.printed, printed.getvalue()), f"{where} prints\n{printed.getvalue()}"


def _run_session(block: Block, where: str, names: dict[str, Any]) -> None:
    test = doctest.DocTestParser().get_doctest(block.text + "\n", names, where, where, block.line)
    report = io.StringIO()
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    runner.run(test, out=report.write, clear_globs=False)
    names.update(test.globs)
    assert not runner.failures, report.getvalue()


def test_the_runner_tells_wrong_output_from_right() -> None:
    assert agrees("a ... c\n...\nz", "a b c\nx\ny\nz\n")
    assert agrees("...", "")
    assert agrees("", "\n")
    assert not agrees("", "something")
    assert not agrees("a\nb", "a\nc")
