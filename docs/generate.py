"""Writes the parts of the documentation that follow from the code: `python docs/generate.py`.

The command line, the Python interface, the JSON and the layout are read from the click commands, the docstrings, the
JSON Schema and the files. A test holds that what is committed is what this writes.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

DOCS = Path(__file__).resolve().parent
PACKAGE = DOCS.parent / "src" / "onrecord"

#: What the Python reference shows: module, and names in it; no names means its `__all__`.
PYTHON: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("onrecord", ("annotate", "open", "received", "Received")),
    ("onrecord.record.store", ("Record",)),
    ("onrecord.record.frames", ("Frame",)),
    ("onrecord.record.chain", ("Head", "head", "hash_at")),
    ("onrecord.errors", ()),
    ("onrecord.spacy_pipe", ("Reader", "Attribution", "Event", "Figure", "Time", "register")),
    ("onrecord.read.found", ("Found",)),
    ("onrecord.read.original", ("Original",)),
    ("onrecord.anchors", ("Anchor", "anchor", "verify", "resolve", "faults")),
    ("onrecord.export.exporters", ("Exporter", "Readings", "exporter", "format_names")),
    ("onrecord.export.readings", ("Reading", "Decided")),
    ("onrecord.wire", ("encode", "decode", "indented", "json_schema")),
)

_SECTIONS = ("Args", "Raises", "Returns", "Yields", "Example", "Attributes")
_HEADING = re.compile(rf"^({'|'.join(_SECTIONS)}):$")


def pages() -> dict[Path, str]:
    """Each generated page with its text."""
    design, parquet = DOCS / "design.md", DOCS / "parquet.md"
    return {
        DOCS / "reference" / "cli.md": command_page(),
        DOCS / "reference" / "python.md": python_page(),
        DOCS / "reference" / "schema.md": schema_page(),
        design: between(design.read_text(encoding="utf-8"), "layout", layout()),
        parquet: between(
            between(parquet.read_text(encoding="utf-8"), "columns", parquet_columns()), "links", link_columns()
        ),
    }


def between(page: str, name: str, words: str) -> str:
    """The page with the words between the markers of that name."""
    start, end = f"<!-- {name}:start -->", f"<!-- {name}:end -->"
    head, _, rest = page.partition(start)
    _, _, tail = rest.partition(end)
    return f"{head}{start}\n{words}\n{end}{tail}"


def command_page() -> str:
    """The reference of the command line."""
    main = importlib.import_module("onrecord.cli").main
    with click.Context(main, info_name="onrecord", **main.context_settings) as context:
        parts = [
            "# Command line",
            _generated("the commands"),
            _prose(main.help),
            _options(main, context),
            "Exit codes: 0, all went well; 1, something failed and the rest was done; 2, the command was misspelt; "
            "130, stopped by ctrl-C; 141, the reader of the output went away.",
        ]
        for name in main.list_commands(context):
            command = main.get_command(context, name)
            with click.Context(command, info_name=name, parent=context) as inner:
                usage = " ".join([inner.command_path, *command.collect_usage_pieces(inner)])
                parts += [f"## onrecord {name}", f"```text\n{usage}\n```"]
                parts += [_prose(command.help), _options(command, inner)]
    return "\n\n".join(p for p in parts if p) + "\n"


def _options(command: click.Command, context: click.Context) -> str:
    rows = [_option(p, context) for p in command.get_params(context) if isinstance(p, click.Option) and not p.hidden]
    return "| option | what it does |\n|---|---|\n" + "\n".join(rows) if rows else ""


def _option(option: click.Option, context: click.Context) -> str:
    found = option.get_help_record(context)
    names, help_text = found or (", ".join(option.opts), "")
    cells = (f"`{names}`", help_text.strip())
    return "| " + " | ".join(" ".join(c.split()).replace("|", "\\|") for c in cells) + " |"


def python_page() -> str:
    """The reference of the Python interface."""
    parts = [
        "# Python",
        _generated("the docstrings"),
        _prose(importlib.import_module("onrecord.api").__doc__),
        "The types of an annotated report are those of the [JSON](schema.md), with the same names and fields, in\n"
        "`onrecord.model`. They are frozen.",
    ]
    for module_name, names in PYTHON:
        module = importlib.import_module(module_name)
        for name in names or sorted(module.__all__):
            parts += _object(f"{module_name}.{name}", getattr(module, name), level=2)
    return "\n\n".join(p for p in parts if p) + "\n"


def _object(path: str, thing: Any, *, level: int) -> Iterator[str]:
    """A function or class: its heading, signature and docstring; a class with its public methods."""
    name = path.rpartition(".")[2]
    yield f"{'#' * level} {path if level == 2 else name}"
    signature = _signature(name, thing)
    if signature:
        yield f"```python\n{signature}\n```"
    yield from _docstring(thing.__doc__)
    if not inspect.isclass(thing):
        return
    for method_name, raw in vars(thing).items():
        method = raw.__func__ if isinstance(raw, classmethod | staticmethod) else raw
        if not method_name.startswith("_") and (inspect.isfunction(method) or isinstance(method, property)):
            yield from _object(f"{path}.{method_name}", method, level=level + 1)


def _signature(name: str, thing: Any) -> str:
    if isinstance(thing, property) or (inspect.isclass(thing) and not issubclass(thing, Exception)):
        return ""
    signature = inspect.signature(thing)
    pieces: list[str] = []
    for parameter in signature.parameters.values():
        if parameter.name in {"self", "cls"}:
            continue
        if parameter.kind is parameter.KEYWORD_ONLY and "*" not in pieces:
            pieces.append("*")
        pieces.append(_parameter(parameter))
    returns = "" if signature.return_annotation is signature.empty else f" -> {_plain(signature.return_annotation)}"
    line = f"{name}({', '.join(pieces)}){returns}"
    return line if len(line) < 90 else f"{name}(\n" + "".join(f"    {p},\n" for p in pieces) + f"){returns}"


def _parameter(parameter: inspect.Parameter) -> str:
    """A parameter with its type and default, the same in every run."""
    words = parameter.name
    if parameter.annotation is not parameter.empty:
        words += f": {_plain(parameter.annotation)}"
    if parameter.default is not parameter.empty:
        default = parameter.default
        words += f" = {default.__name__ if callable(default) else repr(default)}"
    return words


def _plain(annotation: Any) -> str:
    return annotation if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))


def _docstring(doc: str | None) -> Iterator[str]:
    """A Google-style docstring as Markdown blocks."""
    prose: list[str] = []
    section: str | None = None
    body: list[str] = []
    for line in [*inspect.cleandoc(doc or "").splitlines(), "End:"]:
        heading = _HEADING.match(line)
        if heading or line == "End:":
            yield from _section(section, body) if section else [_prose("\n".join(prose))]
            section, body = (heading[1] if heading else None), []
        elif section:
            body.append(line)
        else:
            prose.append(line)


def _section(name: str, body: list[str]) -> Iterator[str]:
    words = textwrap.dedent("\n".join(body)).strip()
    if name == "Example":
        yield f"```pycon\n{words}\n```"
        return
    items: list[str] = []
    for line in words.splitlines():
        if line.startswith(" ") and items:
            items[-1] += " " + line.strip()
        elif line:
            items.append(line)
    yield f"{name}:"
    yield "\n".join("- " + re.sub(r"^([\w.*]+):", r"`\1`:", item) for item in items)


def schema_page() -> str:
    """The reference of the JSON."""
    from onrecord.wire import json_schema

    definitions = json_schema()["$defs"]
    parts = [
        "# JSON: onrecord/1",
        _generated("the types"),
        "`onrecord annotate --format jsonl` prints one such object a line, `--format json` the same, indented. The\n"
        "JSON Schema is in the package: `onrecord.wire.shipped_schema()`.",
        "Spans are `[start, end]` into `report.text`, half-open, in Unicode code points. Every key is present and\n"
        "every list may be empty. Fields may be added in later versions, never renamed. What the codes mean is in the\n"
        "[coding rules](../coding-rules.md).",
    ]
    for name, definition in definitions.items():
        parts += [f"## {name}", *_definition(definition)]
    return "\n\n".join(p for p in parts if p) + "\n"


def _definition(definition: dict[str, Any]) -> Iterator[str]:
    doc = inspect.cleandoc(definition.get("description", ""))
    prose, _, attributes = doc.partition("Attributes:")
    notes = {}
    for line in textwrap.dedent(attributes).strip().splitlines():
        if not line.startswith(" ") and ": " in line:
            key, _, words = line.partition(": ")
            notes[key] = words
        elif notes:
            notes[next(reversed(notes))] += " " + line.strip()
    yield _prose(prose)
    rows = [f"| `{key}` | {_type(value)} | {notes.get(key, '')} |" for key, value in definition["properties"].items()]
    yield "| field | type | what it is |\n|---|---|---|\n" + "\n".join(rows)


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if schema.get("type") == "array":
        if "prefixItems" in schema:
            return "span"
        inner = _type(schema["items"]) if schema.get("items") else ""
        return f"list of {inner if inner != 'span' else 'spans'}"
    if schema.get("type") == "object":
        return "object"
    return str(schema.get("type", "any"))


def parquet_columns() -> str:
    """The columns of each Parquet table, in their order, after those that all tables share."""
    from onrecord.bulk.schema import OF_REPORT, schemas

    shared = [name for name, _, _ in OF_REPORT]
    return _columns_of(
        {table: [f for f in schema if table == "errors" or f.name not in shared] for table, schema in schemas().items()}
    )


def link_columns() -> str:
    """The same of the tables of links."""
    from onrecord.bulk.links.tables import MADE, schemas
    from onrecord.bulk.schema import OF_REPORT

    shared = [name for name, _, _ in OF_REPORT]
    return _columns_of({table: [f for f in schemas("", ())[table] if f.name not in shared] for table in MADE})


def _columns_of(tables: dict[str, list[Any]]) -> str:
    lines = []
    for table, fields in tables.items():
        named = (
            f"`{f.name}` {'' if f.type == 'string' else f'({f.type}) '}{'?' if f.nullable else ''}" for f in fields
        )
        lines.append(f"| `{table}` | {', '.join(name.replace(' ?', '?').strip() for name in named)} |")
    return "\n| table | columns |\n|---|---|\n" + "\n".join(lines) + "\n"


def layout() -> str:
    """The files of the package, each with the first sentence of its docstring."""
    lines = []
    for path in sorted(PACKAGE.rglob("*.py"), key=lambda p: (p.parent.parts, p.name != "__init__.py", p.name)):
        doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        if words := doc.partition("\n\n")[0]:
            lines.append(f"| `{path.relative_to(PACKAGE.parent).as_posix()}` | {_cell(words)} |")
    return "\n| file | what it holds |\n|---|---|\n" + "\n".join(lines) + "\n"


def _cell(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|")


def _prose(words: str | None) -> str:
    return inspect.cleandoc(words or "").replace("\b\n", "").strip()


def _generated(source: str) -> str:
    return f"<!-- Written by docs/generate.py from {source}; do not edit. -->"


def main() -> int:
    """Write the pages; with --check, only say which are out of date."""
    written = pages()
    stale = [path for path, text in written.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv[1:]:
        sys.stdout.writelines(f"{path} is out of date; run python docs/generate.py\n" for path in stale)
        return 1 if stale else 0
    for path in stale:
        path.write_text(written[path], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
