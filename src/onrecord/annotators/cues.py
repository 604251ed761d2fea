"""The words that make an attribution, and what may stand beside each as its content.

The table is `cues.tsv`. Which frames a word takes rests on counts in the training part of PolNeAR (Newell, Margolin and
Ruths, LREC 2018): a frame is listed where most of its occurrences are attributions there, or where general English
usage leaves no doubt.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Literal, TypeAlias, cast, get_args

from onrecord.codebook.model import Cue
from onrecord.model import Act, Manner

__all__ = ["Cues", "Entry", "Pos", "entries", "words"]

Pos = Literal["verb", "adj", "noun"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One cue word: how it attributes, and the frames of its content, each with its manner and act."""

    manner: Manner
    act: Act
    frames: dict[str, tuple[Manner, Act]]

    @property
    def speaks(self) -> bool:
        """Whether the word can introduce or close a quotation."""
        return "q" in self.frames or ("that" in self.frames and self.manner in {"said", "written"})


#: The table: entries by part of speech and lemma, particles joined by "_".
Cues: TypeAlias = dict[tuple[Pos, str], Entry]


def words(listed: str) -> frozenset[str]:
    """The words of a list that is written with spaces between them."""
    return frozenset(listed.split())


@lru_cache(maxsize=4)  # one codebook serves all reports of a run
def entries(own: tuple[Cue, ...] = ()) -> Cues:
    """The whole table by part of speech and lemma, a word's first row giving its manner and act; own words come first.

    Example:
        >>> entries()["verb", "deny"].act
        'denies'
        >>> ("verb", "build") in entries()
        False
    """
    if not own:
        return _shipped()
    table: dict[tuple[Pos, str], Entry] = {}
    for cue in own:
        for word in cue.words:
            name = (cue.part, word.replace(" ", "_"))
            known = table.setdefault(name, Entry(cue.manner, cue.act, {}))
            for frame in cue.frames:
                known.frames.setdefault(frame, (cue.manner, cue.act))
    return _shipped() | table


@cache
def _shipped() -> Cues:
    table: dict[tuple[Pos, str], Entry] = {}
    for pos, manner, act, frames, word in _rows():
        known = table.setdefault((pos, word), Entry(manner, act, {}))
        for frame in frames:
            known.frames.setdefault(frame, (manner, act))
    return table


def _rows() -> Iterator[tuple[Pos, Manner, Act, list[str], str]]:
    lines = resources.files("onrecord.annotators").joinpath("cues.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if not line or line.startswith("#"):
            continue
        pos, manner, act, frames, listed = line.split("\t")
        if pos not in get_args(Pos) or manner not in get_args(Manner) or act not in get_args(Act):
            raise ValueError(f"cues.tsv: not in the closed lists: {line!r}")
        for word in listed.split(", "):
            yield cast(Pos, pos), cast(Manner, manner), cast(Act, act), frames.split(), word
