"""The reference has every public name, command, option, question, variable and exit code; and links lead somewhere."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import inspect
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote

import click
import pytest
from markdown.extensions.toc import slugify
from markdown_blocks import ROOT, blocks, prose

from onrecord import plugins
from onrecord.cli import main
from onrecord.cli.outcome import BROKEN_PIPE, FAILED, STOPPED
from onrecord.codebook import FILE
from onrecord.export.exporters import GROUP
from onrecord.web.endpoints import ENDPOINTS
from onrecord.web.openapi import FAILURES, document

DOCS = ROOT / "docs"
#: Every page of people's own; what installing or testing leaves behind is none.
PAGES = sorted(
    {
        *ROOT.glob("*.md"),
        *(p for part in ("docs", "demo", "fuzz", "training", "src") for p in (ROOT / part).rglob("*.md")),
    }
)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)(?: \"[^\"]*\")?\)|!\[[^\]]*\]\(([^)\s]+)\)")


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_docs", DOCS / "generate.py")
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    sys.modules["generate_docs"] = made
    spec.loader.exec_module(made)
    return made


GENERATOR = _generator()
PUBLIC: list[tuple[str, str]] = list(GENERATOR.public())


@cache
def _headings(page: Path) -> dict[str, str]:
    """The headings of a page by their anchors, as mkdocs makes them."""
    found: dict[str, str] = {}
    for line in prose(page):
        if re.match(r"#+ ", line):
            words = re.sub(r"`|\[([^\]]*)\]\([^)]*\)", r"\1", line.lstrip("#").strip())
            anchor = slugify(words, "-")
            while anchor in found:
                start, _, number = anchor.rpartition("_")
                anchor = f"{start}_{int(number) + 1}" if start and number.isdigit() else f"{anchor}_1"
            found[anchor] = words
    return found


def _named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def test_a_public_module_is_public_as_a_whole_or_by_names_that_it_has() -> None:
    modules = [module for module, _ in GENERATOR.PUBLIC]
    assert len(set(modules)) == len(modules) > 10
    for name, names in GENERATOR.PUBLIC:
        assert set(names) <= set(importlib.import_module(name).__all__), name
        assert importlib.import_module(name).__all__, name
        assert f"| `{name}` |" in (DOCS / "design.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("module", [module for module, _ in GENERATOR.PUBLIC])
def test_every_public_name_has_an_entry_and_says_what_it_is(module: str) -> None:
    page = (DOCS / "reference" / "python.md").read_text(encoding="utf-8")
    types = _headings(DOCS / "reference" / "schema.md").values()
    for name in [name for of, name in PUBLIC if of == module]:
        path, thing = f"{module}.{name}", getattr(importlib.import_module(module), name)
        section = page.partition(f"\n## {path}\n")[2].partition("\n## ")[0]
        assert section.strip() or (module == "onrecord.model" and name in types), f"{path} is not in the reference"
        if not (inspect.isclass(thing) or inspect.isroutine(thing)):
            assert GENERATOR.constant(module, name)[1], f"{path} has no comment that says what it is (#: ...)"
            continue
        assert _says(thing, name), f"{path} has no docstring"
        for method_name, method in GENERATOR.methods(thing):
            assert _says(method, method_name), f"{path}.{method_name} has no docstring"
            if not section.strip().startswith(("The same as [", "A type of the [JSON]")) and section:
                assert f"\n### {method_name}\n" in section, f"{path}.{method_name} is not in the reference"


def _says(thing: Any, name: str) -> bool:
    """Whether it has a docstring of its own: a dataclass without one is given its signature."""
    doc = (vars(thing) if inspect.isclass(thing) else {"__doc__": thing.__doc__}).get("__doc__") or ""
    return bool(doc.strip()) and not doc.startswith(f"{name}(")


@pytest.mark.parametrize("page", [p for p in PAGES if p.parent in {ROOT, DOCS, DOCS / "how-to"}], ids=_named)
def test_examples_use_public_names_alone(page: Path) -> None:
    public = {*PUBLIC, *((module, "") for module, _ in GENERATOR.PUBLIC)}
    for block in blocks(page):
        lines = "\n".join(line.removeprefix(">>> ").removeprefix("... ") for line in block.text.splitlines())
        imports = re.findall(r"^\s*from (onrecord[\w.]*) import ([\w, ]+)$", lines, re.MULTILINE)
        used = [(module, name.strip()) for module, names in imports for name in names.split(",")]
        used += [(name, "") for name in re.findall(r"^\s*import (onrecord[\w.]*)", lines, re.MULTILINE)]
        unknown = [(m, n) for m, n in used if (m, n) not in public and (f"{m}.{n}", "") not in public]
        assert unknown == [], f"{_named(page)}:{block.line}"


def _commands(command: click.Command, context: click.Context, name: str) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            assert found is not None
            yield from _commands(found, context, f"{name} {inner}")


@pytest.mark.parametrize(("name", "command"), list(_commands(main, click.Context(main), "onrecord")))
def test_every_command_and_option_has_its_entry_and_its_help(name: str, command: click.Command) -> None:
    page = (DOCS / "reference" / "cli.md").read_text(encoding="utf-8")
    heading = "# Command line\n" if name == "onrecord" else f"\n## {name}\n"
    assert heading in page
    section = page.partition(heading)[2].partition("\n## ")[0]
    assert (command.help or "").strip(), f"{name} has no help"
    assert " ".join((command.help or "").split("\n")[0].split()) in section
    rows = [line for line in section.splitlines() if line.startswith("| `-")]
    for option in command.get_params(click.Context(command)):
        if isinstance(option, click.Argument):
            assert (option.metavar or option.human_readable_name).strip("[].").upper() in section.upper(), option.name
            continue
        assert isinstance(option, click.Option)
        assert not option.hidden, f"{name} hides {option.opts}"
        assert (option.help or "").strip(), f"{name} {option.opts} has no help"
        for spelling in (*option.opts, *option.secondary_opts):
            (row,) = [row for row in rows if re.search(rf"(?<![\w-]){re.escape(spelling)}(?![\w-])", row.split("|")[1])]
            assert len(row.split(" | ")[1].strip(" |")) > 3, f"{name} {spelling} has no help in the reference"


def test_the_json_api_has_every_question_with_its_parameters_types_and_failures() -> None:
    page = DOCS / "reference" / "http.md"
    text = page.read_text(encoding="utf-8")
    for one in ENDPOINTS:
        section = text.partition(f"\n## GET {one.shown_path}\n")[2].partition("\n## ")[0]
        assert one.about in section, one.shown_path
        for parameter in one.parameters:
            assert parameter.about.strip(), f"{one.shown_path} {parameter.name}"
            assert f"| `{parameter.name}` |" in section, f"{one.shown_path} {parameter.name}"
    schemas = document(ENDPOINTS, version="")["components"]["schemas"]
    assert set(schemas) <= set(_headings(page).values())
    assert [name for name, schema in schemas.items() if not schema.get("description", "").strip()] == []
    assert [status for status in FAILURES if f"| {status} |" not in text] == []


def _strings_from(pattern: str) -> set[str]:
    return {name for path in (ROOT / "src").rglob("*.py") for name in re.findall(pattern, path.read_text("utf-8"))}


def test_every_variable_file_and_exit_code_is_in_the_reference() -> None:
    page = (DOCS / "reference" / "files-and-variables.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))
    read = _strings_from(r"environ(?:\.get\(|\.setdefault\(|\[)\"(\w+)\"") | _strings_from(r"envvar=\"(\w+)\"")
    read |= _strings_from(r"\"(_?ONRECORD(?:_[A-Z]+)?)\"")
    assert {"ONRECORD", "ONRECORD_KEY", "ONRECORD_CACHE"} <= read
    assert read - {"XDG_CACHE_HOME", "LOCALAPPDATA"} <= named
    assert all(f"`{name}`" in page for name in read)
    groups = {getattr(plugins, name) for name in plugins.__all__ if name.isupper()} | {GROUP}
    assert len(groups) > 3
    assert [name for name in {FILE, "onrecord.db", *groups} if f"`{name}`" not in page] == []
    codes = set(re.findall(r"^\| (\d+) \|", page.partition("## Exit codes")[2], re.MULTILINE))
    assert codes == {"0", "2", *map(str, (FAILED, STOPPED, BROKEN_PIPE))}
    for path in (ROOT / "src" / "onrecord" / "cli").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"sys.exit", "ctx.exit"} and node.args:
                assert ast.unparse(node.args[0]) in {"1", "FAILED", "STOPPED", "BROKEN_PIPE"}, path


def _links(page: Path) -> Iterator[str]:
    text = re.sub(r"`[^`\n]*`", "", "\n".join(prose(page)))
    for first, second in _LINK.findall(text):
        if not re.match(r"[a-z]+:", first or second):
            yield first or second


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_no_link_is_dead(page: Path) -> None:
    dead = []
    for link in _links(page):
        path, _, anchor = unquote(link).partition("#")
        there = (page.parent / path).resolve() if path else page
        if not there.is_relative_to(ROOT) or not there.exists() or (anchor and anchor not in _headings(there)):
            dead.append(link)
    assert dead == []


def test_every_page_can_be_reached_from_the_first_or_the_readme() -> None:
    reached, ahead = set[Path](), [DOCS / "index.md", ROOT / "README.md"]
    while ahead:
        page = ahead.pop()
        if page in reached:
            continue
        reached.add(page)
        ahead += [
            there
            for link in _links(page)
            if (there := (page.parent / link.partition("#")[0]).resolve()).suffix == ".md"
        ]
    assert [_named(page) for page in PAGES if page.is_relative_to(DOCS) and page not in reached] == []
