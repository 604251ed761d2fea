"""What stands around a time: the words beside it, and the tense of the verb that governs it."""

# ruff: noqa: SIM905 - lists of words are easier to read and to add to as words

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from spacy.attrs import IDX
from spacy.tokens import Token

from onrecord.annotators.parse import Parsed
from onrecord.annotators.time_deadlines import is_deadline
from onrecord.annotators.time_values import Tense

__all__ = ["Stretch", "Surroundings", "surroundings"]

#: Verbs and adjectives whose time lies ahead, whatever their own form ("scheduled for Monday", "due Friday").
_AHEAD = frozenset(
    "schedule expect plan set slate due expire aim intend hope want await ready prepare propose likely postpone "
    "delay adjourn reschedule extend".split()
)
_FUTURE = frozenset({"will", "'ll", "’ll", "shall", "wo", "may", "must", "should"})
_WOULD = frozenset({"would", "'d", "’d"})
_FIXED = frozenset("call convene announce book slate plan arrange schedule fix".split())
_GRANTING = frozenset("give set extend postpone delay shut close suspend adjourn order detain remand".split())
#: Participles that look like the present or a noun; after a noun they tell of the past ("an interview broadcast on").
_DONE = re.compile(
    r"(?<!\w)(?!(?:to|will|would|can|could|may|might|must|should|be) )[a-z]{3,20},? "
    r"(?:broadcast|telecast|hit|hurt|cut|shut|shed|cast|read|put forward|set free|split|struck|shot)"
    r"(?: (?:on|late|early|late on|early on))? ?$",
    re.IGNORECASE,
)
#: What "set" is followed by where it does not mean a date.
_SET_APART = frozenset("free off up out alight ablaze fire aside back down".split())
_SAYING = frozenset("say tell report add note show quote write".split())
#: How far up the tree of a sentence the verb is looked for.
_CLIMB = 8

_BEFORE = re.compile(r"(\w+|[^\w\s])\s*$")
_AFTER = re.compile(r"\s*(\w+|[^\w\s])")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A report made ready to look up what stands at an offset."""

    parsed: Parsed
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a report with what stands around it."""

    around: Surroundings
    start: int
    end: int

    @property
    def words(self) -> str:
        """The stretch itself, as written."""
        return self.around.parsed.text[self.start : self.end]

    @property
    def before(self) -> str:
        """The word or sign before it, in lower case; "" at the start of the text."""
        found = _BEFORE.search(self.around.parsed.text[max(0, self.start - 40) : self.start])
        return found[1].lower() if found else ""

    @property
    def after(self) -> str:
        """The word or sign after it, in lower case; "" at the end of the text."""
        return self.follows.lower()

    @property
    def follows(self) -> str:
        """The word or sign after it, as written."""
        found = _AFTER.match(self.around.parsed.text, self.end, self.end + 40)
        return found[1] if found else ""

    @property
    def token(self) -> Token | None:
        """The token at its start."""
        return self._token(self.start)

    @property
    def next_token(self) -> Token | None:
        """The first token behind it."""
        last = self._token(max(self.start, self.end - 1))
        return last.nbor(1) if last is not None and last.i + 1 < len(last.doc) else None

    @property
    def previous_token(self) -> Token | None:
        """The token before it."""
        first = self.token
        return first.nbor(-1) if first is not None and first.i > 0 else None

    @property
    def shouting(self) -> bool:
        """Whether the text around it is in capitals, so that capitals tell nothing."""
        near = self.around.parsed.text[max(0, self.start - 60) : self.end + 60]
        return near.isupper()

    @property
    def named(self) -> str:
        """The type of the name (spaCy's) that its words and others form; "" if none."""
        first, last = self.token, self._token(max(self.start, self.end - 1))
        if first is None or last is None:
            return ""
        before = first.i > 0 and first.ent_iob_ == "I"
        after = last.i + 1 < len(last.doc) and last.nbor(1).ent_iob_ == "I"
        return first.ent_type_ if before or after or first.ent_type_ == "PERSON" else ""

    @property
    def tense(self) -> Tense | None:
        """The tense of the verb that governs it; None where that does not tell past from future."""
        if self.before == "since" or _DONE.search(self._lead):
            return "past"
        if self.before == "for" and self._called:
            return "future"
        if is_deadline(self.previous_token):
            return "future"
        token = self._head
        if token is None or token.dep_ in {"poss", "compound", "nmod", "amod"}:
            return None
        for steps in range(_CLIMB):
            if self.before == "until" and token.lemma_ in _GRANTING:
                return "future"
            if (found := _tense(token, near=steps <= 2)) is not None:
                return found
            if token.head.i == token.i:
                return None
            token = token.head
        return None

    @property
    def _lead(self) -> str:
        """The words right before it, on one line."""
        return " ".join(self.around.parsed.text[max(0, self.start - 60) : self.start].split(" ")).replace("\n", " ")

    @property
    def _called(self) -> bool:
        """Whether it is a day that something is called or fixed for ("a strike called for Thursday")."""
        head = self._head
        verb = head.head.head if head is not None else None
        return verb is not None and verb.lemma_ in _FIXED and verb.tag_ in {"VBN", "VBD"}

    @property
    def _head(self) -> Token | None:
        """The token of the stretch that hangs from outside it."""
        last = self._token(max(self.start, self.end - 1))
        while last is not None and last.head.i != last.i and self.start <= last.head.idx < self.end:
            last = last.head
        return last

    def _token(self, offset: int) -> Token | None:
        at = bisect_right(self.around.starts, offset) - 1
        return self.around.parsed.doc[at] if at >= 0 else None


def surroundings(parsed: Parsed) -> Surroundings:
    """A report made ready to look up what stands at an offset."""
    return Surroundings(parsed, tuple(parsed.doc.to_array(IDX).tolist()))


def _tense(token: Token, *, near: bool) -> Tense | None:
    if token.lemma_ == "set" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ in _SET_APART:
        return "past" if token.tag_ in {"VBN", "VBD"} else None
    if token.lemma_.lower() in _AHEAD and token.tag_ in {"VBN", "VBD", "JJ", "VBZ", "VBP", "VBG", "IN"}:
        return "past" if any(c.lower_ == "had" for c in token.children) else "future"
    if token.pos_ not in {"VERB", "AUX"}:
        return None
    helpers = [child for child in token.children if child.dep_ in {"aux", "auxpass"}]
    for child in helpers:
        if child.lower_ in _WOULD and token.tag_ == "VB":
            return "would"
        if child.lower_ in _FUTURE:
            return "future"
        if child.lower_ == "to" and token.tag_ == "VB" and token.dep_ == "xcomp":
            return "future"
    if token.tag_ == "VBD" or any(c.tag_ == "VBD" or c.lower_ in {"has", "have", "had", "'ve"} for c in helpers):
        return "past"
    if token.tag_ == "VBN":
        return "past" if not helpers else None
    if token.tag_ in {"VBZ", "VBP"} or (token.tag_ == "VBG" and helpers):
        if token.lemma_ == "be" and any(c.dep_ in {"attr", "acomp", "ccomp"} for c in token.children):
            # "on Tuesday evening the mood is grim": a state, which does not lie ahead as "the talks open Monday" does
            return "state"
        return "past" if token.lemma_ in _SAYING else "present" if near else None
    return None
