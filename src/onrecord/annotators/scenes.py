"""The stage on which attributions are looked for: parse, quotations, and sentences that keep quotations whole."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from onrecord.annotators.grammar import Grammar, grammar
from onrecord.annotators.parse import Parsed
from onrecord.annotators.quotes import Quotation, quotations
from onrecord.model import Span

__all__ = ["Scene", "scene"]

#: A quotation of fewer words without a sentence's punctuation is a term or a title, not a statement.
FEWEST_WORDS = 3

#: Units are cut after this many tokens, so that a text without full stops takes no longer than another.
LONGEST_UNIT = 500

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})


@dataclass(frozen=True, slots=True)
class Scene:
    """What rules look at.

    Attributes:
        quotations: all of the report's, in order.
        full: for each, whether it is a statement by itself rather than some words of a sentence.
        quotation_of: for each token, the index of the quotation that it stands in, or -1.
        units: runs of tokens `(first, last)`; sentences, but none ends inside a quotation, and none starts with a
            dateline or credit line.
        unit_of: for each token, the index of its unit.
        paragraph_of: for each unit, the index of its paragraph.
    """

    parsed: Parsed
    g: Grammar
    quotations: tuple[Quotation, ...]
    full: tuple[bool, ...]
    quotation_of: list[int]
    units: list[tuple[int, int]]
    unit_of: list[int]
    paragraph_of: list[int]

    def unit_span(self, token: int) -> Span:
        """The characters of the unit that a token stands in."""
        return self.g.span(*self.units[self.unit_of[token]])

    def quoted(self, token: int) -> bool:
        """Whether a token stands in a quotation that is a statement by itself."""
        index = self.quotation_of[token]
        return index >= 0 and self.full[index]


def scene(parsed: Parsed) -> Scene:
    """The stage for a report."""
    g = grammar(parsed)
    found = quotations(parsed.text, parsed.paragraphs)
    quotation_of = [-1] * len(g)
    for index, quotation in enumerate(found):
        for token in range(g.at(quotation.span[0]), g.before(quotation.span[1]) + 1):
            quotation_of[token] = index
    full = tuple(_is_full(g, q) for q in found)
    credit = parsed.report.credit
    after_credit = len(g) if credit is None else _next_word(g, g.at(credit.span[1]))
    units, unit_of = _units(g, found, full, quotation_of, after_credit)
    starts = [start for start, _ in parsed.paragraphs]
    paragraph_of = [bisect_right(starts, g.starts[first]) - 1 for first, _ in units]
    return Scene(parsed, g, found, full, quotation_of, units, unit_of, paragraph_of)


def _is_full(g: Grammar, quotation: Quotation) -> bool:
    first, last = g.at(quotation.inner[0]), g.before(quotation.inner[1])
    words = [t for t in range(first, last + 1) if g.word[t]]
    if not words:
        return False
    closing = (g.text[quotation.inner[0] : quotation.inner[1]].rstrip("'’\"”") or " ")[-1]
    has_clause = any(g.dep[t] in _SUBJECTS and first <= g.head[t] <= last for t in words)
    if closing in ",.?!…—-" and (len(words) > 1 or closing in ",?!"):
        return has_clause or _set_off(g, quotation)
    after = g.at(quotation.span[1])
    if (
        g.text[quotation.span[1] : quotation.span[1] + 2] == ", "
        and g.text[quotation.inner[0]].isupper()
        and _speaks(g, after + 1)
    ):
        return True
    if quotation.single or len(words) < FEWEST_WORDS:
        return False
    return has_clause and g.text[quotation.inner[0]].isupper()


def _set_off(g: Grammar, quotation: Quotation) -> bool:
    """Whether a quotation stands apart from what comes before it, as a programme's name in a sentence does not."""
    before = g.text[max(0, quotation.span[0] - 12) : quotation.span[0]].rstrip(" \xa0")
    if not before or not before[-1].isalnum():
        return True
    token = g.before(quotation.span[0])
    while token >= 0 and not g.word[token]:
        token -= 1
    return token < 0 or g.lower[token] == "that" or g.pos[token] == "VERB"


def _units(
    g: Grammar, found: tuple[Quotation, ...], full: tuple[bool, ...], quotation_of: list[int], after_credit: int
) -> tuple[list[tuple[int, int]], list[int]]:
    starts = {0, after_credit}
    after_quotation = {_next_word(g, g.at(q.span[1])) for q, whole in zip(found, full, strict=True) if whole}
    for token in range(1, len(g)):
        if not g.sentence_start[token] or token in after_quotation:
            continue
        index = quotation_of[token]
        if (index < 0 or g.starts[token] <= found[index].span[0]) and not g.text[g.starts[token]].islower():
            starts.add(token)
    for index, quotation in enumerate(found):
        after = g.at(quotation.span[1])
        if full[index] and after < len(g) and _ends_sentence(g, quotation, after):
            starts.add(after)
        first = g.at(quotation.span[0])
        if full[index] and re.search(
            r"[.?!][”\"'’)]{0,2}\s+$", g.text[max(0, quotation.span[0] - 8) : quotation.span[0]]
        ):
            starts.add(first)
        if "\n" in g.text[quotation.span[1] : g.starts[after] + 1 if after < len(g) else None]:
            starts.add(after)
    bounds = sorted(start for start in starts if start < len(g))
    units = [
        (first, min(first + LONGEST_UNIT, b) - 1)
        for a, b in zip(bounds, [*bounds[1:], len(g)], strict=True)
        for first in range(a, b, LONGEST_UNIT)
    ]
    unit_of = [index for index, (a, b) in enumerate(units) for _ in range(a, b + 1)]
    return units, unit_of


def _next_word(g: Grammar, token: int) -> int:
    while token < len(g) and g.text[g.starts[token]].isspace():
        token += 1
    return token


def _ends_sentence(g: Grammar, quotation: Quotation, after: int) -> bool:
    closing = g.text[quotation.inner[1] - 1]
    after = _next_word(g, after)
    if after >= len(g) or closing not in ".?!…" or not quotation.closed:
        return False
    start = g.text[g.starts[after]]
    if start.islower() or start in ",;:":
        return False
    return not _speaks(g, after, alone=closing == ".")


def _speaks(g: Grammar, first: int, *, alone: bool = False) -> bool:
    """Whether a clause that says who spoke starts at a token: "Smith said", "asked a reporter".

    After a full stop it does so `alone`, with nothing behind the verb that could be another content.
    """
    for token in range(first, min(first + 12, len(g))):
        if g.pos[token] == "PUNCT" and g.lower[token] not in {",", "-"}:
            return False
        found = g.cue("verb", g.lemma[token]) if g.pos[token] == "VERB" else None
        if found and found.speaks:
            subject = g.kid(token, "nsubj")
            if alone and token + 1 < len(g) and g.lower[token + 1] != ".":
                return False
            if token - first < 5 and all(
                g.pos[t] in {"PROPN", "PRON", "NOUN", "DET", "ADJ"} for t in range(first, token)
            ):
                return True
            follows = token + 1 >= len(g) or g.lower[token + 1] in {".", ",", "that"} or not g.word[token + 1]
            return token == first or (subject is not None and g.left[subject] <= first + 1 and follows)
        if g.pos[token] == "VERB":
            return False
    return False
