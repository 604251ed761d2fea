"""The errors of an evaluation as one HTML file that needs nothing else: each in its sentence, by what is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from onrecord.evaluate.scoring import Error, Scores
from onrecord.model import Span

__all__ = ["error_page", "score_rows"]

#: Characters of the report that are shown before and after the words.
AROUND = 120

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}
table{border-collapse:collapse}td,th{padding:.2rem .8rem .2rem 0;text-align:left;vertical-align:top}
td.n{text-align:right;font-variant-numeric:tabular-nums}mark{background:#ffe08a;color:inherit}
li{margin:.8rem 0}.id{color:#666;font-size:.85em}dl{display:grid;grid-template-columns:max-content 1fr;gap:0 .8rem;
margin:.2rem 0}
dt{color:#666}dd{margin:0}h3{margin-top:2rem}
@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}.id,dt{color:#999}mark{background:#6b5200}}
"""


def score_rows(found: Scores) -> Iterator[tuple[str, ...]]:
    """Rows of kind, gold, read, agreeing, precision, recall and F1; shares in percent, blank where there is none."""
    for kind, score in found.right.items():
        for name, one in ((kind, score), ("words alone", found.found[kind])):
            shares = ("" if v is None else f"{100 * v:.1f}" for v in (one.precision, one.recall, one.f1))
            yield name, str(one.gold), str(one.read), str(one.agreeing), *shares


def error_page(found: Scores, texts: Mapping[str, str]) -> str:
    """The page.

    Args:
        texts: of the reports, by their ids.
    """
    by: dict[tuple[str, str], list[Error]] = defaultdict(list)
    for error in sorted(found.errors, key=lambda error: not error.counts):
        by[error.kind, error.what].append(error)
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Errors</title>',
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>',
        f"<h1>{len(found.errors)} errors in {found.reports} reports</h1>",
        _table(("", "gold", "read", "agreeing", "P", "R", "F1"), score_rows(found)),
        "<ul>",
        *(f'<li><a href="#{_anchor(key)}">{escape(key[0])}: {escape(key[1])}</a> ({len(some)})</li>'
          for key, some in by.items()),
        "</ul>",
    ]  # fmt: skip
    for key, some in by.items():
        parts += [
            f'<h3 id="{_anchor(key)}">{escape(key[0])}: {escape(key[1])}</h3><ol>',
            *_listed(some, texts),
            "</ol>",
        ]
    return "\n".join([*parts, "</body></html>\n"])


def _listed(errors: Sequence[Error], texts: Mapping[str, str]) -> Iterator[str]:
    for error in errors:
        values = "".join(
            f"<dt>{name}</dt><dd>{escape(value) or '—'}</dd>"
            for name, value in (("gold", error.gold), ("read", error.read))
            if value or error.what not in {"missed", "false alarm"}
        )
        said = _in_place(texts[error.report], error.spans)
        yield f'<li>{said} <span class="id">{escape(error.report)}</span><dl>{values}</dl></li>'


def _in_place(text: str, spans: Sequence[Span]) -> str:
    """The words marked in their surroundings; of several far apart, each in its own."""
    pieces, at = list[str](), -1
    for start, end in spans:
        if at < 0 or start - at > 2 * AROUND:
            pieces.append(
                ("" if at < 0 else escape(text[at : at + AROUND]) + " … ")
                + escape(text[max(0, start - AROUND) : start])
            )
        else:
            pieces.append(escape(text[at:start]))
        pieces.append(f"<mark>{escape(text[start:end])}</mark>")
        at = end
    return "".join([*pieces, escape(text[at : at + AROUND]) if at >= 0 else ""])


def _anchor(key: tuple[str, str]) -> str:
    return "-".join("".join(c if c.isalnum() else "-" for c in part) for part in key)


def _table(heads: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    rows = "".join(
        "<tr>" + "".join(f"<td{' class=n' if i else ''}>{escape(cell)}</td>" for i, cell in enumerate(line)) + "</tr>"
        for line in lines
    )
    return "<table><tr>" + "".join(f"<th>{escape(head)}</th>" for head in heads) + f"</tr>{rows}</table>"
