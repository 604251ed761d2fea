"""Where a message quotes earlier messages whole: not its sender's words, and not to be read as such."""

from __future__ import annotations

import re

from onrecord.model import Unread

__all__ = ["QUOTED", "quoted"]

#: Why such a part is not read.
QUOTED = "an earlier message that this one quotes"

_QUOTED_LINES = re.compile(r"(?:^[ \t]?>[^\n]*(?:\n|\Z))+", re.MULTILINE)
#: "On Thu, 4 Mar 2021 at 10:00, Ada <ada@harbour.example> wrote:", on one line or two, and blank lines.
_INTRODUCED = re.compile(r"^On [^\n]{5,200}(?:\n[^\n]{0,100})?\bwrote:[ \t]*\r?\n(?:[ \t]*\r?\n)*\Z", re.MULTILINE)
_ORIGINAL = re.compile(r"^-{3,} ?Original Message ?-{3,}[ \t]*\r?$", re.MULTILINE)

#: How far before quoted lines the line that introduces them is looked for.
BEFORE = 400


def quoted(text: str) -> tuple[Unread, ...]:
    r"""The parts of a message that are earlier messages: lines that start with ">", and all below "Original Message".

    The line that introduces them ("... wrote:") belongs to them. Forwarded messages are not among them: they are what
    the sender passes on.

    Example:
        >>> [u.span for u in quoted("We agree.\n\nOn 4 March Ada wrote:\n> Do you?\nYours\n")]
        [(11, 43)]
    """
    original = _ORIGINAL.search(text)
    end = original.start() if original else len(text)
    spans: list[tuple[int, int]] = []
    for found in _QUOTED_LINES.finditer(text, 0, end):
        floor = max(found.start() - BEFORE, spans[-1][1] if spans else 0)
        introduced = _INTRODUCED.search(text[floor : found.start()])
        spans.append((floor + introduced.start() if introduced else found.start(), found.end()))
    if original:
        spans.append((end, len(text)))
    return tuple(Unread(span=span, why=QUOTED) for span in spans if span[0] < span[1])
