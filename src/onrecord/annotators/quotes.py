"""Quotations: which marks belong together, and how far a quotation reaches.

Marks are paired by their kind (straight, curly, low, guillemets, doubled backticks and apostrophes, single), within a
paragraph. A quotation over several paragraphs opens each of them and is closed in the last only (The Chicago Manual
of Style, 17th ed., 13.30).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.model import Span

__all__ = ["Quotation", "quotations", "stray_marks"]

#: A text with so many opening curly marks quotes with them.
CURLY = 3
#: A single-quoted stretch is looked for no further than this many code points.
LONGEST_SINGLE = 600

_MARK = re.compile(r"``|''|[\"“”„‟«»‘’']")
_CLOSERS = {"“": '”“"', "”": '”"', "„": '“”"', "‟": '”"', "«": "»", "»": "«", "``": "''", '"': '"”', "''": "''"}
_DOUBLE_END = re.compile(r"[.?!…][)\]]?\s|\n")
_SPEAKER = re.compile(
    r", (?:(?:he|she|they|it|I|we|[Tt]he [a-z]+|[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){0,3}) )?"
    r"(?:said|says|told|added|wrote|asked|replied|declared|warned|explained)\b"
)
_CLIPPED = re.compile(r"(?:em|tis|twas|til|till|cause|n|round|bout|neath|\d\ds?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch in quotation marks.

    Attributes:
        span: with its marks.
        inner: without them.
        closed: whether its closing mark was found; an unclosed one ends with its sentence, or with its paragraph
            where the next paragraph goes on with it.
        continues: whether the next paragraph goes on with it.
        single: whether its marks are single.
    """

    span: Span
    inner: Span
    closed: bool
    continues: bool
    single: bool


def quotations(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    r"""The quotations of a text, outermost marks only, in order and disjoint.

    Example:
        >>> text = 'He said "no" and left. They didn\'t.'
        >>> [text[slice(*q.span)] for q in quotations(text, [(0, len(text))])]
        ['"no"']
    """
    found: list[Quotation] = []
    stray = stray_marks(text, paragraphs)
    for index, (start, end) in enumerate(paragraphs):
        following = paragraphs[index + 1][0] if index + 1 < len(paragraphs) else None
        found.extend(_in_paragraph(text, start + (start in stray), end, following))
    return tuple(found)


def stray_marks(text: str, paragraphs: Iterable[Span]) -> frozenset[int]:
    r"""Where a straight mark opens a paragraph and nothing closes it, in a text that quotes with curly marks.

    Such marks set off a passage taken from elsewhere; what is quoted in it stands in the curly ones.

    Example:
        >>> text = "He said “no”. She said “yes”. They said “maybe”.\n\"Dusk fell. “Go,” she said."
        >>> stray_marks(text, [(0, 48), (49, 77)])
        frozenset({49})
    """
    if text.count("“") < CURLY:
        return frozenset()
    return frozenset(start for start, end in paragraphs if text[start] == '"' and text.count('"', start, end) == 1)


def _in_paragraph(text: str, start: int, end: int, following: int | None) -> list[Quotation]:
    found: list[Quotation] = []
    opened: re.Match[str] | None = None
    single_until = start
    pairs = _curly_pairs(text, start, end)
    for mark in _MARK.finditer(text, start, end):
        sign = mark.group()
        if sign in "‘’'":
            if opened is None and mark.start() >= single_until and (close := _single_end(text, mark.start(), end)):
                found.append(_quotation(mark, close - 1, close, closed=True, single=True))
                single_until = close
            continue
        if mark.start() < single_until:
            continue
        if opened is not None and opened.start() in pairs:
            if mark.start() != pairs[opened.start()]:
                continue
            found.append(_quotation(opened, mark.start(), mark.end(), closed=True))
            opened = None
            continue
        if opened is None:
            if _opens(text, mark, start, end):
                opened = mark
        elif sign in _closers(opened.group()) and not _reopens(text, mark, start, end):
            found.append(_quotation(opened, mark.start(), mark.end(), closed=True))
            opened = None
        elif _opens(text, mark, start, end) and _same_kind(opened.group(), sign):
            found.append(_unclosed(text, opened, mark.start()))
            opened = mark
    if opened is not None:
        if following is not None and _same_kind(opened.group(), text[following : following + 2]):
            found.append(_quotation(opened, end, end, closed=False, continues=True))
        else:
            found.append(_unclosed(text, opened, end))
    return found


def _curly_pairs(text: str, start: int, end: int) -> dict[int, int]:
    """For curly marks that hold others of their kind, the opening mark's place and its closing mark's."""
    pairs: dict[int, int] = {}
    waiting: list[tuple[int, bool]] = []
    for mark in re.finditer("[“”]", text[start:end]):
        at = start + mark.start()
        if mark.group() == "“":
            if waiting:
                waiting[-1] = (waiting[-1][0], True)
            waiting.append((at, False))
        elif waiting:
            opened, holds = waiting.pop()
            if holds:
                pairs[opened] = at
    return pairs


def _quotation(
    opened: re.Match[str], inner_end: int, end: int, *, closed: bool, continues: bool = False, single: bool = False
) -> Quotation:
    return Quotation((opened.start(), end), (opened.end(), inner_end), closed, continues, single)


def _unclosed(text: str, opened: re.Match[str], limit: int) -> Quotation:
    """A quotation whose end nobody marked: it is taken to its sentence's end or its speaker."""
    stop = _DOUBLE_END.search(text, opened.end(), limit)
    end = stop.start() + (text[stop.start()] != "\n") if stop else limit
    speaker = _SPEAKER.search(text, opened.end(), end)
    if speaker is not None:
        end = speaker.start() + 1
    while end > opened.end() and text[end - 1].isspace():
        end -= 1
    return _quotation(opened, max(end, opened.end()), max(end, opened.end()), closed=False)


def _closers(sign: str) -> tuple[str, ...]:
    return ("''",) if sign in {"``", "''"} else tuple(_CLOSERS.get(sign, ""))


def _same_kind(sign: str, other: str) -> bool:
    """Whether two opening marks are of one kind; `other` may run on."""
    if sign in {"``", "''"}:
        return other[:2] in {"``", "''"}
    return other[:1] == sign or (sign in '"“”' and other[:1] in '"“')


def _opens(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    sign = mark.group()
    if sign in {"“", "„", "‟", "``", "«"}:
        return True
    if sign == "”" and not _at_word_start(text, mark, start, end):
        return False
    return _at_word_start(text, mark, start, end)


def _reopens(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    """Whether a mark that may close stands like one that opens: before a word, and after a space."""
    if mark.group() in {"”", "»", "«"}:
        return False
    return _at_word_start(text, mark, start, end) and text[mark.start() - 1 : mark.start()] in {" ", "\n", "\t", "\xa0"}


def _at_word_start(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    if after.isspace():
        return False
    return before.isspace() or before in "([{—–-/:,;>" or not (before.isalnum() or before in ".,?!)]'’…")


def _single_end(text: str, at: int, limit: int) -> int | None:
    """Where the single-quoted stretch that opens at a mark ends, closing mark included; None if none opens there."""
    if at and (text[at - 1].isalnum() or text[at - 1] in "'’‘."):
        return None
    if not text[at + 1 : at + 2].isalnum() or text[at] == "’" or _CLIPPED.match(text, at + 1):
        return None
    closer = "’'" if text[at] == "‘" else "'"
    fallback = None
    for place in range(at + 2, min(limit, at + LONGEST_SINGLE)):
        if text[place] not in closer or text[place + 1 : place + 2].isalnum() or text[place - 1].isspace():
            continue
        if text[place - 1] in ",.?!":
            return place + 1 if _balanced(text, at, place) else None
        possessive = text[place - 1] in "sS" and text[place + 1 : place + 2] == " "
        if fallback is None and not possessive:
            fallback = place + 1
            if text[place + 1 : place + 2] in {"", ",", ".", ";", ":", ")", "?", "!", "\n"}:
                break
    return fallback if fallback and _balanced(text, at, fallback) else None


def _balanced(text: str, start: int, end: int) -> bool:
    inside = text[start:end]
    return inside.count('"') % 2 == 0 and inside.count("“") == inside.count("”")
