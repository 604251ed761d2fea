"""The article of a web page, with a map back to the page."""

from __future__ import annotations

import logging
import re
from typing import Any
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.utils import load_html

from onrecord.errors import InputError
from onrecord.model import Unread
from onrecord.read.alignment import segments
from onrecord.read.encodings import Decoded, decoded
from onrecord.read.given import NOTHING, Given
from onrecord.read.limits import PAGE_DEPTH, PAGE_ELEMENTS, tags_within, within
from onrecord.read.original import Original, Received
from onrecord.read.pagedata import page_data
from onrecord.read.text import report

__all__ = ["article_text", "opened_page", "page", "same_site"]

#: Parts of a host's name that say in which form pages are shown.
_SHOWN_AS = re.compile(r"^(?:www|m|mobile|amp)\.(?=[^.]+\.)")

_CHARSET = re.compile(
    rb"""(?:charset\s{0,9}=|<\?xml[^>]{0,99}encoding\s{0,9}=)\s{0,9}["']?([A-Za-z0-9_.:\-]{2,40})""", re.IGNORECASE
)
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")

#: Elements of trafilatura's result that are paragraphs of their own.
_BLOCKS = frozenset(("p", "head", "quote", "list", "item", "code", "table", "row", "cell", "div", "ab", "fw", "body"))

#: Those in which trafilatura keeps the white space of preformatted text.
_PREFORMATTED = frozenset(("quote", "code"))
_BLANK = re.compile(r"\r?\n[^\S\n]*\n\s*")

#: A paragraph that only points to another page.
_POINTER = re.compile(
    r"(?:(?:read|see|watch|listen)(?: (?:more|also|next|now|here))?|(?:also read|related)[^.!?\n:]{0,20}):"
    r"[^.!?\n]{0,200}",
    re.IGNORECASE,
)

#: A section's name above a headline, and how many of them there may be.
_LABEL = re.compile(r"[A-Z0-9][^.!?:;\"“”\n]{0,29}")
LABELS = 2

_REMEDY = "save the article's text itself as plain text"


def page(
    data: bytes, place: str, *, given: Given = NOTHING, url: str | None = None, charset: str | None = None
) -> Received:
    """The report on a web page.

    The text is the article's, found by trafilatura with precision favoured; its paragraphs stand apart by a blank
    line. Menus, comments, tables and captions are left out, as are a first heading that repeats the title and a section
    label ("World") above it.

    Args:
        place: where the page lies, for a page that names no canonical address.
        given: what is known of a page that does not say it.
        url: the address that the page was fetched from. It is known by that address, whatever it says of itself, since
            any page may claim another's; a canonical address on the same site is kept as the report's `url`.
        charset: the encoding that the server named.

    Raises:
        InputError: no article is found, or the page is too large or too deep.
    """
    found, tree = opened_page(data, charset=charset)
    known = page_data(tree)
    text = within(article_text(tree, known.title))
    made = report(
        text,
        title=known.title,
        publisher=known.publisher or given.publisher,
        published=known.published or given.published,
        url=known.url if url is None or (known.url and same_site(known.url, url)) else url,
        unread=_damage(text, found.encoding) if found.damaged else (),
    )
    return Received(
        made,
        Original(
            address=url or known.url or (place if place != "stdin" else f"stdin#{made.version}"),
            media_type="text/html",
            encoding=found.encoding,
            data=data,
            segments=segments(text, found.text),
        ),
    )


def opened_page(data: bytes, *, charset: str | None = None) -> tuple[Decoded, HtmlElement]:
    """The page as text and as a tree of elements.

    Raises:
        InputError: it is empty, no page, or too large or too deep.
    """
    if not data.strip():
        raise InputError("the file is empty", "give a page with text")
    found = decoded(data, declared=charset or _charset(data))
    return found, _tree(found.text)


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one site: hosts that are the same, or one in the other's domain.

    Example:
        >>> same_site("https://www.harbour.example/a", "http://amp.harbour.example/b")
        True
        >>> same_site("https://harbour.example/a", "https://example.com/a")
        False
    """
    a, b = (_SHOWN_AS.sub("", urlsplit(address).hostname or "") for address in (one, other))
    return bool(a and b) and (a == b or a.endswith(f".{b}") or b.endswith(f".{a}"))


def article_text(tree: HtmlElement, title: str | None) -> str:
    """The paragraphs of the article in a page's tree, without a first heading that is the title and a label above it.

    Raises:
        InputError: there is no article to be found.
    """
    body = _article(tree, favor_precision=True)
    if body is None:
        body = _article(tree, favor_precision=False)
    paragraphs = [] if body is None else _paragraphs(body)
    paragraphs = _without_headline(paragraphs, title)
    if not paragraphs:
        raise InputError("no article is found on the page", _REMEDY)
    return "\n\n".join(paragraphs)


def _without_headline(paragraphs: list[str], title: str | None) -> list[str]:
    """The paragraphs without those at the head that only repeat the title or name a section above it.

    Example:
        >>> _without_headline(["World", "Talks fail", "Talks failed on Monday."], "Talks Fail")
        ['Talks failed on Monday.']
    """
    wanted = _letters(title or "")
    for n, paragraph in enumerate(paragraphs[: LABELS + 1]):
        if wanted and _letters(paragraph) == wanted and n + 1 < len(paragraphs):
            return paragraphs[n + 1 :]
        if _LABEL.fullmatch(paragraph) is None:
            break
    return paragraphs


def _letters(words: str) -> str:
    """The letters and digits of words, so that case, spaces and the kind of quotation marks do not count."""
    return "".join(c for c in words.casefold() if c.isalnum())


def _charset(data: bytes) -> str | None:
    found = _CHARSET.search(data, 0, 4096)
    return found[1].decode("ascii") if found else None


def _tree(markup: str) -> HtmlElement:
    """The page's tree, checked to be of bearable size: the parser drops what is nested deeper than its own limit."""
    _silence(logging.getLogger("trafilatura"))
    markup = tags_within(markup)
    try:
        tree = load_html(markup)
    except Exception as error:  # a page that breaks the parser must not cost the other pages
        raise InputError(f"the page cannot be parsed ({type(error).__name__})", _REMEDY) from error
    if tree is None:
        raise InputError("this is not a web page", "give a page with its markup, or plain text as .txt")
    depth = deepest = elements = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
        elements += event == "start"
    if deepest > PAGE_DEPTH or elements > PAGE_ELEMENTS:
        size = f"{elements:,} elements, up to {deepest} inside one another"
        raise InputError(f"the page has {size}, more than {PAGE_ELEMENTS:,} or {PAGE_DEPTH}", _REMEDY)
    return tree


def _silence(logger: logging.Logger) -> None:
    """Keep a library's warnings off the screen where the program has set up no logging."""
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


def _article(tree: HtmlElement, *, favor_precision: bool) -> Any:
    try:
        found = bare_extraction(
            tree, favor_precision=favor_precision, include_comments=False, include_tables=False, include_images=False
        )
    except Exception as error:  # a page that breaks the extractor must not cost the others
        raise InputError(f"the article cannot be extracted ({type(error).__name__})", _REMEDY) from error
    return getattr(found, "body", None)


def _paragraphs(body: Any) -> list[str]:
    """The texts of the blocks, in order; a line break inside a block is kept as one."""
    parts: list[list[str]] = [[]]
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in _BLOCKS:
            parts.append([])
        if event == "start":
            parts[-1] += ["\n"] if element.tag == "lb" else []
            parts[-1].append(_plain(element.text, preformatted=element.tag in _PREFORMATTED))
        elif element is not body:
            parts[-1].append(_plain(element.tail, preformatted=element.getparent().tag in _PREFORMATTED))
    joined = ("".join(part) for part in parts)
    blocks = ("\n".join(" ".join(line.split()) for line in words.split("\n")).strip() for words in joined)
    return [re.sub(r"\n\n+", "\n\n", block) for block in blocks if block and not _POINTER.fullmatch(block)]


def _plain(words: str | None, *, preformatted: bool) -> str:
    """Words of the page without line ends, but for blank lines in preformatted text, or characters that do not show."""
    if not words:
        return ""
    lines = _BLANK.split(words) if preformatted else [words]
    return "\n\n".join(_UNSEEN.sub("", line).replace("\n", " ").replace("\r", " ") for line in lines)


def _damage(text: str, encoding: str) -> tuple[Unread, ...]:
    return tuple(
        Unread(span=m.span(), why=f"bytes that are not {encoding} stand here") for m in re.finditer("\ufffd", text)
    )
