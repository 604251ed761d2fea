"""Whose voice a stretch of text is in: the narrator's, a source's, or nobody's."""

from __future__ import annotations

import re

from onrecord.annotate.parse import Parsed
from onrecord.model import Attribution, Span

__all__ = ["NARRATOR", "UNSOURCED", "voice"]

NARRATOR = "narrator"
UNSOURCED = "unsourced"

_HEARSAY = re.compile(
    r"\b(?:reportedly|allegedly|purportedly|supposedly|rumou?red|"
    r"(?:is|are|was|were) (?:said|alleged|reported|believed|thought|understood|rumou?red) to)\b",
    re.IGNORECASE,
)


def voice(span: Span, parsed: Parsed, attributions: tuple[Attribution, ...]) -> str:
    """The id of the innermost attribution whose content holds the span, or "unsourced", or "narrator".

    An attribution without a source makes what it holds unsourced; so does a word of hearsay ("reportedly", "is said
    to") in the sentence where the narrator speaks.
    """
    holders = [
        (sum(e - s for s, e in a.content.spans), -a.content.spans[0][0], a.id, a)
        for a in attributions
        if any(s <= span[0] and span[1] <= e for s, e in a.content.spans)
    ]
    if holders:
        inner = min(holders, key=lambda h: h[:3])[3]
        return inner.id
    tokens = parsed.tokens(span)
    if tokens is not None and len(tokens) and _HEARSAY.search(tokens[0].sent.text):
        return UNSOURCED
    return NARRATOR
