"""The text of a piece of HTML that is an article by itself: a feed's entry, a message."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import fragment_fromstring

from onrecord.errors import InputError
from onrecord.read.limits import PAGE_BYTES, PAGE_DEPTH, PAGE_ELEMENTS, tags_within

__all__ = ["fragment_text"]

_BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "caption", "center", "dd", "div", "dl", "dt", "footer", "form", "h1",
     "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody",
     "td", "th", "thead", "tr", "ul")
)  # fmt: skip
_UNSEEN_ELEMENTS = frozenset(
    ("audio", "button", "figure", "figcaption", "head", "iframe", "math", "noscript", "object", "script", "select",
     "style", "svg", "template", "textarea", "title", "video")
)  # fmt: skip
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_MARKUP = re.compile(r"<[A-Za-z/!]|&[#A-Za-z]")


def fragment_text(markup: str) -> str:
    r"""The paragraphs of a piece of HTML, apart by a blank line; nothing is left out but what is no text of it.

    Text without any markup is given as it is.

    Raises:
        InputError: it is too large or too deep.

    Example:
        >>> fragment_text("<p>Talks <b>failed</b>.</p><div>They left.<br>Nobody stayed.</div>")
        'Talks failed.\n\nThey left.\nNobody stayed.'
    """
    if not _MARKUP.search(markup):
        return markup.strip()
    if len(markup) > PAGE_BYTES:
        raise InputError(f"the HTML has more than {PAGE_BYTES:,} characters", "save its text")
    try:
        tree = fragment_fromstring(tags_within(_UNSEEN.sub("", markup)), create_parent="div")
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise InputError(f"the HTML cannot be parsed ({type(error).__name__})", "save its text") from error
    blocks: list[list[str]] = [[]]
    depth = elements = hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in {"comment", "pi"}:
            blocks[-1].append(_plain(element.tail, hidden))
            continue
        depth += 1 if event == "start" else -1
        elements += event == "start"
        if depth > PAGE_DEPTH or elements > PAGE_ELEMENTS:
            raise InputError(f"the HTML has more than {PAGE_ELEMENTS:,} elements or {PAGE_DEPTH} inside one another",
                             "save its text")  # fmt: skip
        if element.tag in _BLOCKS:
            blocks.append([])
        if event == "start":
            hidden += element.tag in _UNSEEN_ELEMENTS
            blocks[-1].append("\n" if element.tag == "br" else _plain(element.text, hidden))
        else:
            hidden -= element.tag in _UNSEEN_ELEMENTS
            blocks[-1].append(_plain(element.tail, hidden))
    lines = ("\n".join(" ".join(line.split()) for line in "".join(block).split("\n")).strip() for block in blocks)
    return "\n\n".join(re.sub(r"\n\n+", "\n\n", words) for words in lines if words)


def _plain(words: str | None, hidden: int) -> str:
    return "" if hidden or not words else words.replace("\n", " ").replace("\r", " ")
