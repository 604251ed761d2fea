r"""Whom "I" and "you" mean in an interview printed as questions and answers.

An interview names the one who answers in its title or opening, and from then on alternates lines that ask ("... you
...?") with lines that answer. "I" in the answers and "you" in the questions are that person; nobody where two people
could be.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from onrecord.annotators.clauses import name_of
from onrecord.annotators.scenes import Scene
from onrecord.annotators.words import Chunk
from onrecord.model import Span

__all__ = ["interviewee", "own_words"]

#: How many code points the opening has at most.
OPENING = 900
#: How far after the word "interview" the name may stand.
NEAR = 60
#: How many questions make an interview.
FEWEST = 2
#: How many, and how many first persons in the answers, where the word "interview" does not stand.
FEWEST_UNTOLD = 4

_WORD = re.compile(r"\binterview(?:s|ed|ing)?\b", re.IGNORECASE)
_ASKED = re.compile(r"\byou(?:r|rs|rself)?\b", re.IGNORECASE)
_LABEL = re.compile(r"\s*(?P<who>Q|A|Question|Answer)[:.]\s", re.IGNORECASE)
_LINE = re.compile(r"[^\n]+")
_CREDITED = re.compile(r"(?:image|photo|photograph|picture|credit|by)s?(?: by)?:? $", re.IGNORECASE)
_I = frozenset({"i", "me", "my", "mine", "myself"})
_YOU = frozenset({"you", "your", "yours", "yourself"})


def interviewee(scene: Scene, people: Sequence[Sequence[Chunk]], names: Sequence[str]) -> int | None:
    """Which of the people is interviewed; None if the report is no interview or does not say clearly whom it asks.

    Args:
        people: the mentions of each person. `names`: the full name of each.
    """
    text, title = scene.g.text, scene.parsed.report.title or ""
    asked = [line for line in _lines(text) if line[1]]
    if not asked or (len(asked) < FEWEST and not _labelled(text)):
        return None
    end = min(OPENING, asked[0][0][0]) if asked[0][0][0] > 80 else OPENING
    opening = text[:end]
    called = [m.end() for m in _WORD.finditer(opening)]
    told = called or _WORD.search(title) or _labelled(text)
    if not told and (len(asked) < FEWEST_UNTOLD or len(own_words(scene)) < FEWEST_UNTOLD):
        return None
    in_title = [n for n, name in enumerate(names) if " " in name and _unquoted(name, title)]
    if len(in_title) == 1:
        return in_title[0]
    lines = [m.span() for m in _LINE.finditer(opening) if _WORD.search(m.group()) or _LABEL.match(m.group())]
    starts = sorted((scene.g.starts[c.start], n) for n, chunks in enumerate(people) for c in chunks)
    first = [(at, n) for at, n in starts if at < end and not _CREDITED.search(text[max(0, at - 20) : at])]
    after = [n for at in called[:1] for start, n in first if 0 <= start - at < NEAR]
    if after:
        return after[0]
    there = {n for start, n in first if not told or any(s <= start < e for s, e in lines)}
    return there.pop() if len(there) == 1 else None


def _unquoted(name: str, title: str) -> bool:
    """Whether a title has a name outside quotation marks."""
    at = title.find(name)
    return at >= 0 and title[max(0, at - 1) : at] not in {"'", "‘", "“", '"'}


def own_words(scene: Scene) -> list[Span]:
    """The words for the one who is interviewed: labels of answers, "I" in these, "you" in questions, unquoted."""
    g = scene.g
    found = [label.span("who") for line in _LINE.finditer(g.text)
             if (label := _LABEL.match(g.text, *line.span())) and label["who"][0] in "Aa"]  # fmt: skip
    lines = _lines(g.text)
    starts = [span[0] for span, _ in lines]
    first = next((span[0] for span, asks in lines if asks), len(g.text))
    for token, word in enumerate(g.lower):
        if word not in _I and word not in _YOU and word != "we":
            continue
        if g.starts[token] < first or scene.quoted(token):
            continue
        asks = lines[bisect_right(starts, g.starts[token]) - 1][1]
        if (word in _YOU) if asks else (word in _I or (word == "we" and _attributes(scene, token))):
            found.append(g.span(token, token))
    return found


def _attributes(scene: Scene, token: int) -> bool:
    """Whether a pronoun is the subject of a verb that attributes: "we find"."""
    g = scene.g
    return g.dep[token] == "nsubj" and g.cue("verb", name_of(g, g.head[token])) is not None


def _lines(text: str) -> list[tuple[Span, bool]]:
    """The lines of a report, each with whether it asks somebody something."""
    found = []
    for line in _LINE.finditer(text):
        words = line.group().rstrip()
        label = _LABEL.match(words)
        asks = label["who"][0] in "Qq" if label else words.endswith("?") and _ASKED.search(words) is not None
        found.append((line.span(), asks))
    return found


def _labelled(text: str) -> bool:
    """Whether the lines are labelled as questions and answers."""
    return sum(_LABEL.match(line.group()) is not None for line in _LINE.finditer(text)) >= FEWEST
