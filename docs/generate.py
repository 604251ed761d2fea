"""Writes the parts of the documentation that follow from the code: `python docs/generate.py`.

The command line, the Python interface, the JSON and the layout are read from the click commands, the docstrings, the
JSON Schema and the files. A test holds that what is committed is what this writes.
"""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import itertools
import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from msgspec import StructMeta

DOCS = Path(__file__).resolve().parent
PACKAGE = DOCS.parent / "src" / "onrecord"

#: The public Python interface, of which the reference has every name: modules, and the names where not the whole of
#: `__all__` is meant for others. What is not here may change in any version.
PUBLIC: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("onrecord", ()),
    ("onrecord.model", ()),
    ("onrecord.errors", ()),
    ("onrecord.anchors", ()),
    ("onrecord.wire", ()),
    ("onrecord.read", ()),
    ("onrecord.record.store", ()),
    ("onrecord.record.frames", ()),
    ("onrecord.record.chain", ("Head", "hash_at", "head")),
    ("onrecord.view.queries", ()),
    ("onrecord.codebook", ()),
    ("onrecord.codebook.model", ()),
    ("onrecord.plugins", ()),
    ("onrecord.read.found", ("Found", "Reader")),
    ("onrecord.read.original", ()),
    ("onrecord.export.exporters", ()),
    ("onrecord.export.readings", ()),
    ("onrecord.spacy_pipe", ()),
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
        DOCS / "reference" / "http.md": http_page(),
        design: between(between(design.read_text(encoding="utf-8"), "layout", layout()), "public", public_modules()),
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
        parts += _commands(main, context)
    return "\n\n".join(p for p in parts if p) + "\n"


def _commands(group: click.Group, context: click.Context) -> Iterator[str]:
    """The entries of the commands of a group, each with those of its own."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None:
            raise LookupError(f"{context.command_path} lists {name}, which it does not have")
        with click.Context(command, info_name=name, parent=context) as inner:
            usage = " ".join([inner.command_path, *command.collect_usage_pieces(inner)])
            yield from (f"## {inner.command_path}", f"```text\n{usage}\n```")
            yield from (_prose(command.help), _options(command, inner))
            if isinstance(command, click.Group):
                yield from _commands(command, inner)


def _options(command: click.Command, context: click.Context) -> str:
    rows = [_option(p, context) for p in command.get_params(context) if isinstance(p, click.Option) and not p.hidden]
    return "| option | what it does |\n|---|---|\n" + "\n".join(rows) if rows else ""


def _option(option: click.Option, context: click.Context) -> str:
    found = option.get_help_record(context)
    names, help_text = found or (", ".join(option.opts), "")
    cells = (f"`{names}`", help_text.strip())
    return "| " + " | ".join(" ".join(c.split()).replace("|", "\\|") for c in cells) + " |"


def public() -> Iterator[tuple[str, str]]:
    """Each public module with each of its public names, in the order of the page."""
    for module, names in PUBLIC:
        for name in names or sorted(importlib.import_module(module).__all__):
            yield module, name


def in_json(module: str, name: str) -> bool:
    """Whether a name is a type of an annotated report, which the page on the JSON has."""
    return module == "onrecord.model" and isinstance(getattr(importlib.import_module(module), name), StructMeta)


def python_page() -> str:
    """The reference of the Python interface."""
    parts = [
        "# Python",
        _generated("the docstrings"),
        _prose(importlib.import_module("onrecord.api").__doc__),
        "This page has every public name: what is not on it may change in any version. The types of an annotated\n"
        "report are those of the [JSON](schema.md), with the same names and fields, in `onrecord.model`. They are\n"
        "frozen.",
    ]
    shown: dict[int, str] = {}
    for module_name, name in public():
        path, thing = f"{module_name}.{name}", getattr(importlib.import_module(module_name), name)
        if in_json(module_name, name):
            continue
        if not is_code(thing):
            parts += _constant(path, *constant(module_name, name))
        elif id(thing) in shown:
            parts += [f"## {path}", f"The same as [{shown[id(thing)]}](#{shown[id(thing)].replace('.', '').lower()})."]
        elif isinstance(thing, StructMeta) and thing.__module__ == "onrecord.model":
            parts += [f"## {path}", f"A type of the [JSON](schema.md#{name.lower()})."]
        else:
            shown[id(thing)] = path
            parts += _object(path, thing, level=2)
    return "\n\n".join(p for p in parts if p) + "\n"


def is_code(thing: Any) -> bool:
    """Whether it is a function or a class, which have docstrings; else it is a constant or the name of a type."""
    return inspect.isclass(thing) or inspect.isroutine(thing)


def constant(module_name: str, name: str) -> tuple[str, str]:
    """How a constant is written, and what the comment before it, or before the lines that it stands in, says of it."""
    source = inspect.getsource(importlib.import_module(module_name))
    for node in ast.parse(source).body:
        if isinstance(node, ast.ImportFrom) and name in {alias.asname or alias.name for alias in node.names}:
            return constant(str(node.module), name)
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        if name in {part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)}:
            above = list(itertools.takewhile(str.strip, reversed(source.splitlines()[: node.lineno - 1])))
            said = itertools.takewhile(_is_said, itertools.dropwhile(lambda line: not _is_said(line), above))
            return ast.get_source_segment(source, node) or "", " ".join(line[2:].strip() for line in reversed([*said]))
    raise LookupError(f"{module_name} has no {name}")


def _is_said(line: str) -> bool:
    return line.startswith("#:")


def _constant(path: str, written: str, about: str) -> Iterator[str]:
    yield from (f"## {path}", f"```python\n{written}\n```", about)


def _object(path: str, thing: Any, *, level: int) -> Iterator[str]:
    """A function or class: its heading, signature and docstring; a class with its public methods."""
    name = path.rpartition(".")[2]
    yield f"{'#' * level} {path if level == 2 else name}"
    signature = _signature(name, thing)
    if signature:
        yield f"```python\n{signature}\n```"
    yield from _docstring(thing.__doc__)
    for method_name, method in methods(thing):
        yield from _object(f"{path}.{method_name}", method, level=level + 1)


def methods(thing: Any) -> Iterator[tuple[str, Any]]:
    """The public methods and properties of a class, in the order in which it has them; of anything else, none."""
    for name, raw in vars(thing).items() if inspect.isclass(thing) else ():
        method = raw.__func__ if isinstance(raw, classmethod | staticmethod) else raw
        if not name.startswith("_") and (inspect.isfunction(method) or isinstance(method, property)):
            yield name, method


def _signature(name: str, thing: Any) -> str:
    with_fields = dataclasses.is_dataclass(thing) or isinstance(thing, StructMeta)
    if isinstance(thing, property) or (inspect.isclass(thing) and not issubclass(thing, Exception) and not with_fields):
        return ""
    signature = inspect.signature(thing)
    bases = reversed(thing.__mro__) if inspect.isclass(thing) else ()
    as_written = {name: words for base in bases for name, words in vars(base).get("__annotations__", {}).items()}
    pieces: list[str] = []
    for parameter in signature.parameters.values():
        if parameter.name in {"self", "cls"}:
            continue
        if parameter.kind is parameter.KEYWORD_ONLY and "*" not in pieces:
            pieces.append("*")
        pieces.append(_parameter(parameter.replace(annotation=as_written.get(parameter.name, parameter.annotation))))
    returns = (
        "" if signature.return_annotation in {signature.empty, None} else f" -> {_plain(signature.return_annotation)}"
    )
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


def http_page() -> str:
    """The reference of the JSON API, by its own description."""
    from onrecord.web.endpoints import ENDPOINTS
    from onrecord.web.openapi import FAILURES, document

    described = document(ENDPOINTS, version="")
    parts = [
        "# JSON API",
        _generated("the description in OpenAPI"),
        "`onrecord serve` answers programs under `/api` with JSON: to the same questions as its\n"
        "[pages](../reading-room.md) ask, only for reading. The description in OpenAPI is at `/api/openapi.json`.\n"
        "Where the server [has a key](../how-to/serve-to-others.md), programs send it as `Authorization: Bearer KEY`.",
        "Each parameter may be left out, but for those in the path. An empty one counts as none, an unknown one is an\n"
        "error. What goes wrong is answered by [Failed](#failed), with one of these statuses:",
        "| status | what went wrong |\n|---|---|\n"
        + "\n".join(f"| {status} | {about} |" for status, about in FAILURES.items()),
    ]
    for path, item in described["paths"].items():
        question = item["get"]
        answer = question["responses"]["200"]["content"]["application/json"]["schema"]
        rows = [
            f"| `{p['name']}` | {_values(p['schema'])} | {_cell(p['description'])} |" for p in question["parameters"]
        ]
        table = "| parameter | type | what it is |\n|---|---|---|\n" + "\n".join(rows)
        parts += [f"## GET {path}", question["summary"], table if rows else "", f"Answers with {_type(answer)}."]
    parts += ["## Types"]
    for name, definition in sorted(described["components"]["schemas"].items()):
        parts += [f"### {name}", *_definition(definition)]
    return "\n\n".join(p for p in parts if p) + "\n"


def _values(schema: dict[str, Any]) -> str:
    """The type of a parameter with its values, bounds and default."""
    words = ", ".join(f"`{value}`" for value in schema.get("enum", ()) if value) or schema["type"]
    bounds = f", {schema['minimum']} to {schema['maximum']}" if "maximum" in schema else ""
    return f"{words}{bounds}" + (f"; `{schema['default']}` unless given" if "default" in schema else "")


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


def public_modules() -> str:
    """The public modules, each with the first sentence of its docstring."""
    rows = [
        f"| `{name}` | {_cell((importlib.import_module(name).__doc__ or '').partition(chr(10) * 2)[0])} |"
        for name, _ in PUBLIC
    ]
    return "\n| module | what it holds |\n|---|---|\n" + "\n".join(rows) + "\n"


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
