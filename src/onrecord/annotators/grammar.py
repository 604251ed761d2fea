"""The parse of a report as plain lists, one entry a token, for rules that walk it often."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from onrecord.annotators.cues import Cues, Entry, Pos, entries
from onrecord.annotators.parse import Parsed
from onrecord.model import Span

__all__ = ["Grammar", "grammar"]


@dataclass(frozen=True, slots=True)
class Grammar:
    """Tokens and the tree over them; every list has one entry a token.

    Attributes:
        lower, lemma: in lower case.
        left, right: the first and the last token of the token's subtree.
        kids: the token's children, in order.
        sentence_start: whether a sentence starts at the token.
        word: whether the token is neither space nor punctuation.
        cues: the words that make attributions.
    """

    text: str
    starts: list[int]
    ends: list[int]
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    left: list[int]
    right: list[int]
    kids: list[list[int]]
    sentence_start: list[bool]
    word: list[bool]
    cues: Cues

    def __len__(self) -> int:
        """How many tokens there are."""
        return len(self.starts)

    def span(self, first: int, last: int) -> Span:
        """The characters of a run of tokens, last included."""
        return self.starts[first], self.ends[last]

    def at(self, offset: int) -> int:
        """The first token that ends after an offset; the number of tokens if none does."""
        return bisect_right(self.ends, offset)

    def before(self, offset: int) -> int:
        """The last token that starts before an offset; -1 if none does."""
        return bisect_left(self.starts, offset) - 1

    def cue(self, pos: Pos, lemma: str) -> Entry | None:
        """The entry of a cue word; None if the word makes no attributions."""
        return self.cues.get((pos, lemma))

    def kid(self, token: int, *deps: str) -> int | None:
        """The first child of a token by one of the relations."""
        for kid in self.kids[token]:
            if self.dep[kid] in deps:
                return kid
        return None


def grammar(parsed: Parsed) -> Grammar:
    """The parse of a report as plain lists."""
    lower: list[str] = []
    lemma: list[str] = []
    pos: list[str] = []
    tag: list[str] = []
    dep: list[str] = []
    head: list[int] = []
    starts: list[int] = []
    left: list[int] = []
    right: list[int] = []
    sentence_start: list[bool] = []
    word: list[bool] = []
    for token in parsed.doc:
        lower.append(token.lower_)
        lemma.append(token.lemma_.lower())
        pos.append(token.pos_)
        tag.append(token.tag_)
        dep.append(token.dep_)
        head.append(token.head.i)
        starts.append(token.idx)
        left.append(token.left_edge.i)
        right.append(token.right_edge.i)
        sentence_start.append(bool(token.is_sent_start))
        word.append(not (token.is_space or token.is_punct))
    kids: list[list[int]] = [[] for _ in head]
    for token_index, parent in enumerate(head):
        if parent != token_index:
            kids[parent].append(token_index)
    ends = [start + len(words) for start, words in zip(starts, (t.text for t in parsed.doc), strict=True)]
    return Grammar(
        parsed.text,
        starts,
        ends,
        lower,
        lemma,
        pos,
        tag,
        dep,
        head,
        left,
        right,
        kids,
        sentence_start,
        word,
        entries(parsed.codebook.cues),
    )
