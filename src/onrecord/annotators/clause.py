"""The words of a report as the rules for figures see them: without line breaks, in lower case."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.annotators.parse import Parsed
from onrecord.annotators.sentences import Sentences
from onrecord.annotators.units import Units, units_of
from onrecord.annotators.word_sets import word_set

__all__ = ["DETERMINERS", "DONE", "FORCED", "IRREALIS", "STOP", "Clause", "clause_words"]

DETERMINERS = word_set("the its their his her our these those this that all another other some any both")
STOP = word_set(
    """
    a an the of in on at to from by with for as near into onto over under after before during since until
    between among against through across around about who whom whose which that and or but nor when where while
    because if than then so including like it its they their them he him his she her we us our you i was were is
    are be been being has have had do does did will would may might can could should must not no also there here
    this these those what today yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday
    tonight daily early late last next according per each every only just still already out up down off away
    back inside outside said says told ago old long allegedly reportedly later meanwhile however both either
    such upon within without throughout amid despite due instead together along due
    """
)
FORCED = word_set("forced forcing forces force driven drove compelled ordered told pushed prompted prompting")
IRREALIS = word_set("to will would could may might can should must not never n't")
#: Before "to" and a verb: it was done all the same.
DONE = word_set("managed helped forced went continued began able proceeded used")


@dataclass(frozen=True, slots=True)
class Clause:
    """The words of a document, as the rules see them.

    Attributes:
        tokens: the tokens without the line breaks inside a paragraph.
        lower: each of them in lower case.
        starts: the offset of each of them.
        capitals: the text is mostly in capitals, so that its tags and parse do not count.
        sentences: where its sentences are.
        units: what words say about the unit of a number.
    """

    text: str
    tokens: tuple[Token, ...]
    lower: tuple[str, ...]
    starts: tuple[int, ...]
    capitals: bool
    sentences: Sentences
    units: Units

    def word(self, i: int) -> str:
        """The token at an index in lower case, or "" outside the text."""
        return self.lower[i] if 0 <= i < len(self.lower) else ""

    def index(self, token: Token) -> int:
        """The index of a token of the document."""
        return bisect_left(self.starts, token.idx)


def clause_words(parsed: Parsed) -> Clause:
    """The words of a parsed report, as the rules see them."""
    letters = [c for c in parsed.text[:20_000] if c.isalpha()]
    capitals = bool(letters) and sum(c.isupper() for c in letters) > 0.7 * len(letters)
    tokens = tuple(t for t in parsed.doc if not t.is_space or t.text.count("\n") > 1)
    return Clause(parsed.text, tokens, tuple(t.lower_ for t in tokens), tuple(t.idx for t in tokens), capitals,
                  Sentences(parsed.doc), units_of(parsed.doc))  # fmt: skip
