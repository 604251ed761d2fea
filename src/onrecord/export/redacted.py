"""A reading without the report's words: codes, numbers and places in the text, each with a proof for who has it."""

from __future__ import annotations

import hmac
from typing import Any

import msgspec

from onrecord.anchors import spans
from onrecord.export.rebuilt import rebuilt
from onrecord.model import Annotated, Span, sha256

__all__ = ["SCHEMA", "proof", "redacted", "redaction_faults"]

#: The JSON of `onrecord/1` with every field of words empty, and the list `anchors` beside them.
SCHEMA = "onrecord-redacted/1"


def redacted(annotated: Annotated) -> dict[str, Any]:
    """The reading as JSON of schema `onrecord-redacted/1`: no word of the text or title is in it.

    Publisher, date and address stay, so that people can find the report. `anchors` lists `[start, end, proof]` for each
    span; `sha256` and `version` are those of the report.

    Example:
        >>> import onrecord
        >>> made = redacted(onrecord.annotate("Nine people died, police said."))
        >>> made["report"]["text"], made["figures"][0]["text"], made["figures"][0]["low"]
        ('', '', 9.0)
        >>> redaction_faults(made, "Nine people died, police said."), redaction_faults(made, "Ten people died.")[0]
        ([], 'the text does not have the recorded SHA-256')
    """
    text = annotated.report.text
    bare = rebuilt(annotated, words=lambda _: "", spans=lambda group: group)
    report = msgspec.structs.replace(bare.report, publisher=annotated.report.publisher, unread=annotated.report.unread)
    built: dict[str, Any] = msgspec.to_builtins(msgspec.structs.replace(bare, report=report))
    anchors = [[*span, proof(text, span)] for span in sorted(set(spans(annotated)))]
    return {**built, "schema": SCHEMA, "anchors": anchors}


def proof(text: str, span: Span) -> str:
    """What proves to somebody who has a text that a span of it was meant, and tells nobody else which words it holds.

    It is the HMAC-SHA-256, keyed by the text, of `START-END:WORDS`. A mere SHA-256 of a name or number would be found
    by trying names and numbers.
    """
    start, end = span
    words = f"{start}-{end}:{text[start:end]}"
    return hmac.new(text.encode("utf-8", "surrogatepass"), words.encode("utf-8", "surrogatepass"), "sha256").hexdigest()


def redaction_faults(line: dict[str, Any], text: str) -> list[str]:
    """What does not agree between a redacted reading and the text that it is said to be of; empty if all does."""
    if sha256(text) != line["report"]["sha256"]:
        return ["the text does not have the recorded SHA-256"]
    return [f"the words at {start}-{end} are not those that were read"
            for start, end, given in line["anchors"] if proof(text, (start, end)) != given]  # fmt: skip
