"""Whom "he" and "she" stand for, where only one person can be meant.

A pronoun stands for a person named in the same or one of the two sentences before it, in the same paragraph or the one
before. The subject of the nearest such sentence is preferred; where two people fit alike, the pronoun is left alone. So
is every pronoun inside quotation marks, where the speaker, not the report, says whom it means.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.annotators.mentions import Mention
from onrecord.annotators.parse import Parsed
from onrecord.annotators.people import sex
from onrecord.annotators.words import Words
from onrecord.model import Span

__all__ = ["pronouns"]

_SEX = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
#: How many sentences back a person may have been named.
REACH = 2
#: How many mentions back.
MOST = 100
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})


@dataclass(frozen=True, slots=True)
class _Named:
    at: int
    sentence: int
    person: int
    subject: bool


def pronouns(
    parsed: Parsed, words: Words, found: Sequence[Mention], groups: Sequence[Sequence[int]]
) -> list[list[Span]]:
    """The spans of the pronouns that stand for each group of mentions of people."""
    spoken: list[list[Span]] = [[] for _ in groups]
    at = [i for i, low in enumerate(words.lower) if low in _SEX]
    if not at or not found:
        return spoken
    sentences = [s.start for s in parsed.doc.sents]
    named = _named(parsed, found, groups, sentences)
    starts = [n.at for n in named]
    sexes = [_sex(words, found, group) for group in groups]
    quoted = _quoted(words)
    for i in at:
        if quoted[i]:
            continue
        who = _antecedent(i, _number(sentences, i), _SEX[words.lower[i]], named, starts, sexes)
        if who is not None:
            spoken[who].append((words.starts[i], words.ends[i]))
            if parsed.doc[i].dep_ in _SUBJECTS:
                where = bisect_left(starts, i)
                starts.insert(where, i)
                named.insert(where, _Named(i, _number(sentences, i), who, subject=True))
            sexes[who] = _SEX[words.lower[i]]
    return spoken


def _named(
    parsed: Parsed, found: Sequence[Mention], groups: Sequence[Sequence[int]], sentences: list[int]
) -> list[_Named]:
    out = []
    for person, group in enumerate(groups):
        for i in group:
            chunk = found[i].chunk
            root = parsed.doc[chunk.start : chunk.end].root
            out.append(_Named(chunk.start, _number(sentences, chunk.start), person, root.dep_ in _SUBJECTS))
    return sorted(out, key=lambda n: n.at)


def _number(sentences: list[int], i: int) -> int:
    return bisect_left(sentences, i + 1) - 1


def _antecedent(
    i: int, sentence: int, wanted: str, named: list[_Named], starts: list[int], sexes: list[str]
) -> int | None:
    """The one person that the pronoun at token i can mean."""
    fits: dict[int, list[_Named]] = {}
    last = bisect_left(starts, i) - 1
    for k in range(last, max(-1, last - MOST), -1):
        n = named[k]
        if n.sentence < sentence - REACH:
            break
        if sexes[n.person] in {"", wanted}:
            fits.setdefault(n.sentence, []).append(n)
    for number in sorted(fits, reverse=True):
        subjects = {n.person for n in fits[number] if n.subject}
        people = {n.person for n in fits[number]}
        if len(people) == 1:
            return next(iter(people))
        if len(subjects) == 1:
            return next(iter(subjects))
        return None
    return None


def _sex(words: Words, found: Sequence[Mention], group: Sequence[int]) -> str:
    said = {sex(words, found[i]) for i in group} - {""}
    return next(iter(said)) if len(said) == 1 else ""


def _quoted(words: Words) -> list[bool]:
    """Which tokens stand inside quotation marks; a mark left open closes with its paragraph."""
    inside, flags = False, []
    for text in words.texts:
        if text == "“" or (text == '"' and not inside):
            inside = True
        elif text in {"”", '"'} or "\n\n" in text:
            inside = False
        flags.append(inside)
    return flags
