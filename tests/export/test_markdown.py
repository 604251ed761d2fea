"""Markdown cites the exact words of each line in a footnote, and words of reports mean nothing in it."""

from __future__ import annotations

import html
import re

import markdown
import pytest
from markdown_it import MarkdownIt

from onrecord.export.formats.markdown import escaped
from onrecord.model import Annotated

from .conftest import Exported

#: The Markdown of the documentation; it knows footnotes, and so shows whether each is found.
CONVERTED = markdown.Markdown(extensions=["footnotes"])


def html_of(made: bytes) -> str:
    CONVERTED.reset()
    return str(CONVERTED.convert(made.decode()))


def test_each_line_has_a_footnote_with_outlet_date_and_words(
    exported: Exported, readings: dict[str, Annotated]
) -> None:
    made = exported("markdown").decode()
    marks = re.findall(r"\[\^(\d+-\d+)\](?!:)", made)
    notes = dict(re.findall(r"^\[\^(\d+-\d+)\]: (.*)$", made, re.MULTILINE))
    assert marks == list(notes)
    wanted = sum(len(of.figures) + len(of.events) + sum(a.manner in ("said", "written") for a in of.attributions)
                 for of in readings.values())  # fmt: skip
    assert len(marks) == wanted > 8
    for note in notes.values():
        report, spans = re.search(r"report (\S+) version \S+, characters ([\d, -]+): “", note).groups()  # type: ignore[union-attr]
        of = readings[report].report
        words = [of.text[slice(*map(int, span.split("-")))] for span in spans.split(", ")]
        assert note.endswith(f": “{escaped(' … '.join(words))}”")
        assert of.publisher is not None
        assert escaped(of.publisher) in note
        assert escaped(of.published or "undated") in note


def test_claimants_and_voices_are_said(exported: Exported) -> None:
    made = html.unescape(exported("markdown").decode()).replace("\\", "")
    assert "by the count of Jörg R. Adler (according to Jörg R. Adler)" in made
    assert "(nobody is named)" in made
    assert "(in the outlet's own voice)" in made
    assert "& Co</b> [said; asserts; via Port]: " in made


def test_words_of_reports_are_only_shown(exported: Exported) -> None:
    shown = html_of(exported("markdown", "/hostile"))
    assert not re.search(r"<(script|b|i|em|strong|img)\b", shown)
    assert re.findall(r'href="(?!#)([^"]*)"', shown) == ["https://harbour.example/a?b=1&amp;c=%3C2%3E"] * 4
    assert '<script>alert("1")</script> and *more* [x](javascript:alert(1)) at sea' in html.unescape(shown)


@pytest.mark.parametrize("words", ["# a", "- a", "1. a", "1) a", "+ a", "> a", "a | b", "~~a~~", "`a`",
                                   "![a](b)", "&lt;", "[^1]", "<!-- a -->", "\\*a",
                                   "$a$", "a@b.example", "http://a.example", "www.a.example"])  # fmt: skip
def test_no_words_are_markup(words: str) -> None:
    for shown in (html_of(escaped(words).encode()), MarkdownIt("gfm-like", {"linkify": False}).render(escaped(words))):
        assert re.findall("<[^>]*>", shown) == ["<p>", "</p>"]
        assert html.unescape(re.sub("<[^>]*>", "", shown)).strip() == words
