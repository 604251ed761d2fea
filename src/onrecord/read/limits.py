"""The largest inputs that are read, so that one hostile or mistaken file cannot cost the others their reading.

A novel has about 3 MB of text, a long news page about 2 MB of markup: what is larger is not a news report.
"""

from __future__ import annotations

import re

from onrecord.errors import InputError

__all__ = [
    "ARRAY_BYTES",
    "FEED_BYTES",
    "LINE_BYTES",
    "MAIL_BYTES",
    "PAGE_ATTRIBUTES",
    "PAGE_BYTES",
    "PAGE_DEPTH",
    "PAGE_ELEMENTS",
    "PDF_BYTES",
    "TEXT_BYTES",
    "TEXT_CHARACTERS",
    "tags_within",
    "within",
]

#: Longest text of a report, in code points.
TEXT_CHARACTERS = 10_000_000

#: Largest plain-text file, in bytes: the longest text at four bytes a character.
TEXT_BYTES = 4 * TEXT_CHARACTERS

#: Longest line of a JSON-lines file, in bytes: the longest text, each character escaped.
LINE_BYTES = 6 * TEXT_CHARACTERS + 100_000

#: Largest JSON file that holds one object or an array, in bytes; JSON lines have no such limit.
ARRAY_BYTES = 200_000_000

#: Largest message with its attachments, largest PDF file and largest feed, in bytes.
MAIL_BYTES, PDF_BYTES, FEED_BYTES = 50_000_000, 100_000_000, 20_000_000

#: Largest page, in bytes, elements, and elements inside one another. The time to find the article grows with all three.
PAGE_BYTES, PAGE_ELEMENTS, PAGE_DEPTH = 10_000_000, 50_000, 250

#: Most names and values of attributes in one tag: the parser compares each name with all before it.
PAGE_ATTRIBUTES = 2_000

#: A tag up to its end, if it has one, and a quoted value in it; nothing is tried twice. What scripts and styles hold is
#: no markup.
_TAG = re.compile(r"""<[A-Za-z](?:[^>=]++|=\s*+(?:"[^"]*+"?|'[^']*+'?)?+)*+""")
_QUOTED = re.compile(r"""=\s*+(?:"[^"]*+"?|'[^']*+'?)""")
_PART = re.compile(r"[^\s/=]+")
_RAW = re.compile(r"<(script|style)\b", re.IGNORECASE)


def tags_within(markup: str) -> str:
    """The markup, if no tag in it has more attributes than can be read.

    Raises:
        InputError: one has.

    Example:
        >>> tags_within('<p class="lead">Talks failed.</p>')
        '<p class="lead">Talks failed.</p>'
    """
    at = 0
    while tag := _TAG.search(markup, at):
        raw = _RAW.match(markup, tag.start())
        end = None if raw is None else re.compile(f"</{raw[1]}", re.IGNORECASE).search(markup, tag.end())
        at = tag.end() if raw is None else len(markup) if end is None else end.start()
        if tag.end() - tag.start() <= PAGE_ATTRIBUTES:
            continue
        parts = _PART.finditer(_QUOTED.sub(" . ", tag.group()))
        if any(n > PAGE_ATTRIBUTES for n, _ in enumerate(parts)):
            raise InputError(
                f"a tag of the page has more than {PAGE_ATTRIBUTES:,} names and values of attributes",
                "save the article's text itself as plain text",
            )
    return markup


def within(text: str) -> str:
    """The text, if it is one that can be a report: not too long, not empty, and whole.

    Raises:
        InputError: it is too long, has no words, or holds half of a surrogate pair.
    """
    if len(text) > TEXT_CHARACTERS:
        raise InputError(
            f"the text has {len(text):,} characters, more than {TEXT_CHARACTERS:,}",
            "split it into its reports, one a file or JSON line",
        )
    if not text.strip():
        raise InputError("there is no text", "give a report with text, or leave it out")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InputError(
            f"the text holds half of a surrogate pair at character {error.start}, which no encoding can write",
            "write the whole character, or U+FFFD if it is lost",
        ) from error
    return text
