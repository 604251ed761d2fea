"""Every command and every Python example in the documentation runs, and prints what the page shows."""

from __future__ import annotations

import contextlib
import doctest
import io
import json
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from markdown_blocks import ROOT, Block, agrees, blocks, prose, steps

from onrecord.cli import main

#: Left out: the examples of the Python reference are those of the docstrings, which pytest runs where they stand.
PAGES = sorted(
    {*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("demo/*.md")}
    - {ROOT / "docs" / "reference" / "python.md"}
)

RUN = {"console", "python", "pycon"}
#: What is run elsewhere or not at all: such a block says why in its title, which readers see too.
NOT_RUN = {"sh", "sql"}
#: What is no command: output, files and settings.
SHOWN = {"text", "json"}

#: A line that somebody could type, into a shell or into Python.
_TYPED = re.compile(r"\s*(?:\$ |>>> |sudo |onrecord [a-z-]|python3? |pip |make \w+$|import \w|from [\w.]+ import )")


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
def test_every_block_is_run_or_says_why_not(page: Path) -> None:
    found = blocks(page)
    assert {b.kind for b in found} <= RUN | NOT_RUN | SHOWN
    assert [b.line for b in found if (b.kind in NOT_RUN) != (b.title or "").startswith("Not run ")] == []
    # Usage lines of the reference are made from the commands; a test of the site holds that.
    shown = [b for b in found if b.kind == "text"] if page != ROOT / "docs" / "reference" / "cli.md" else []
    assert [(b.line, line) for b in shown for line in b.text.splitlines() if _TYPED.match(line)] == []
    for block in found:
        if block.kind == "json":
            json.loads(block.text)


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_no_command_escapes_in_an_indented_block_or_another_fence(page: Path) -> None:
    lines = prose(page)
    assert [line for line in lines if re.match(r" *(?:~~~|````|<pre|<code)", line)] == []
    before = ["", *lines]
    started = [line for above, line in zip(before, lines, strict=False) if not above and re.match(r"    \S", line)]
    # `make` targets are looked up below; the commands of `make demo` are run where a console block names it.
    assert [line for line in started if _TYPED.match(line) and not line.startswith("    make ")] == []


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_commands_that_are_shown_and_not_run_have_the_options_that_there_are(page: Path) -> None:
    joined = [b.text.replace("\\\n", " ") for b in blocks(page) if b.kind in NOT_RUN]
    lines = [line for text in joined for line in text.splitlines()]
    named = re.findall(r"`(onrecord [a-z][^`]*)`", page.read_text(encoding="utf-8").replace("\n", " "))
    typed = [part for line in lines for part in re.findall(r"(?:^|\s)(onrecord [^|>&;$]*)", line)]
    assert [words for words in (*typed, *named) if not _can_be_called(words)] == []


def _can_be_called(line: str) -> bool:
    """Whether the command exists, with these options."""
    before, _, rest = f" {line.removeprefix('onrecord').strip()} ".partition(" -r ")
    words = [re.split(r"[=\[(]", word)[0] for word in (before + rest).split()]
    while words and words[0].startswith("-"):
        words = words[2:] if words[0] in {"-r", "--record"} else words[1:]
    if not words or not re.fullmatch(r"[a-z]+", words[0]):
        return "--version" in line or "--help" in line or not words
    context = click.Context(main)
    command = main.get_command(context, words[0])
    if command is None:
        return False
    known = {name for p in command.get_params(context) for name in (*p.opts, *p.secondary_opts)}
    return all(word.rstrip(",.;") in known for word in words[1:] if re.match(r"--?[a-z]", word))


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
