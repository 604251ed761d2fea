"""Which place and time of the sentence belong to an event or a figure, by the grammar of the clause.

A place is linked only where a preposition of place ties it to the words in question, or to a part of their clause; a
place that merely stands nearby, such as a dateline or a minister's capital, is not.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TypeVar

from spacy.tokens import Doc, Token

from onrecord.annotators.event_aims import is_asked
from onrecord.annotators.event_patterns import is_crowded
from onrecord.annotators.sentences import Sentences
from onrecord.annotators.time_deadlines import is_deadline
from onrecord.annotators.word_sets import word_set
from onrecord.model import Place, Time

__all__ = ["REACH", "Links", "is_held", "is_main", "is_site", "links", "opens", "steps"]

_Anchored = TypeVar("_Anchored", Place, Time)

_LOCATIVE = word_set(
    """
    in at near outside inside around on across throughout along off within over above below beside between north
    south east west northeast northwest southeast southwest amid past close opposite through
    """
)
_GOAL = word_set("into to toward towards onto against for from")
_PLACE_NOUNS = word_set(
    """
    city town village district province region area neighbourhood neighborhood suburb capital camp airport base
    border coast governorate county state island valley peninsula outpost stadium square hospital settlement hotel
    school factory market mosque church station jail prison court university street highway road cafe restaurant store
    shop bank clinic farm mine temple checkpoint crossing bridge neighbourhood quarter township refugee-camp beach
    theatre theater nightclub embassy port harbour harbor
    """
)
#: Verbs of being or doing at a place: those who do it, or to whom it happens, are there.
_STAYING = word_set(
    """
    work live travel wait stand sit queue gather walk pass operate sleep shop pray attend stay hide play drive ride
    march station patrol guard dock moor park land camp shelter deploy study eat dine line hold attend
    """
)
#: Before a noun that stands for where something happened.
_WHERE = word_set("at in near on outside inside with by along aboard")
#: Harm told of several in one breath happens at one place: "two were killed and nine wounded in X".
_HARM = word_set("kill wound injure hurt shoot arrest detain capture die destroy damage abduct kidnap")
_PARTS = word_set(
    """
    part parts half outskirts streets road roads terminal terminals headquarters installations airspace
    territory positions port harbour harbor refinery embassy parliament palace
    """
)
#: Characters to either side of an event within which its place and time are looked for.
REACH = 1200
#: One of them and a comma may come before what opens a sentence.
_LEADS = word_set("meanwhile elsewhere earlier later separately also")
#: The cost of a place that only opens the sentence: any other goes before it.
_OPENING = 40
#: Before a time from or up to which something goes on.
_BOUNDING = word_set("since until till")
#: Before a clause that has not the time of the one it hangs from.
_OTHER_TIME = word_set("if unless until once since")
#: Participles that say for when something was fixed.
_AHEAD = word_set("schedule plan set due expect slate sign reach adopt")
_OWNING = word_set("poss compound nmod")
_OBJECTS = word_set("pobj dobj")
#: Steps up the parse that keep the meaning "this happened there".
_ADVERBIAL = word_set("advcl xcomp conj")
_NOMINAL = word_set("pobj compound appos conj nmod amod poss nummod npadvmod")


class Links:
    """The places and times of a document, ready to be looked up by the words that they belong to."""

    __slots__ = (
        "_place_starts",
        "_places",
        "_point_starts",
        "_points",
        "_sentences",
        "_time_starts",
        "_times",
        "_tokens",
        "_told",
        "_told_starts",
        "doc",
    )

    def __init__(self, doc: Doc, places: Sequence[Place], times: Sequence[Time]) -> None:
        self.doc = doc
        self._tokens = [t.idx for t in doc]
        self._sentences = Sentences(doc)
        self._places = sorted(places, key=lambda p: p.span)
        self._times = sorted(times, key=lambda t: t.span)
        self._place_starts = [p.span[0] for p in self._places]
        self._time_starts = [t.span[0] for t in self._times]
        self._told = [t for t in self._times if not self._counts(t)]
        self._told_starts = [t.span[0] for t in self._told]
        self._points = [t for t in self._told if t.type != "DURATION" and not self._bounds(t)]
        self._point_starts = [t.span[0] for t in self._points]

    def place(self, anchor: Token, *, goal: bool = False, but: frozenset[int] = frozenset()) -> str | None:
        """The id of the place where the anchor's event happened, or None if the clause does not say.

        Args:
            goal: what the anchor is headed for is its place as well ("marched to", "deployed to").
            but: indices of tokens that are parties and so no place, as in "talks between X and Y".
        """
        return self._best(anchor, self._places, self._place_starts, goal=goal, time=False, but=but)

    def time(self, anchor: Token) -> str | None:
        """The id of the time when the anchor's event happened, or None if the clause does not say."""
        return self._best(anchor, self._told, self._told_starts, goal=False, time=True)

    def when(self, anchor: Token) -> Time | None:
        """The time when the anchor's event happened, or None if the clause does not say.

        A length of time ("for three hours") and a bound ("since May", "until Friday") say not when.
        """
        found = self._best(anchor, self._points, self._point_starts, goal=False, time=True)
        if found is None:
            return self._told_of(anchor)
        around = self.times_over(*self._sentences.around(anchor.idx))
        return next((t for t in around if t.id == found), None)

    def _told_of(self, anchor: Token) -> Time | None:
        """The time of which a clause says what happened then: "since Sunday, when the ambush took place"."""
        clause = anchor if anchor.dep_ == "relcl" else anchor.head
        if clause.dep_ != "relcl" or not any(c.lower_ == "when" for c in clause.lefts):
            return None
        day = clause.head
        return next((t for t in self.times_over(day.idx, day.idx + len(day)) if t.type != "DURATION"), None)

    def _bounds(self, time: Time) -> bool:
        """Whether a time only bounds a stretch of time: "since May", "until Friday", "promised a list by Monday"."""
        before = self._before(time)
        return before is not None and (before.lower_ in _BOUNDING or is_deadline(before))

    def _counts(self, time: Time) -> bool:
        """Whether a time only says for how long it has gone on: "for a fourth day"."""
        before = self._before(time)
        return time.value is None and before is not None and before.lower_ == "for"

    def _before(self, time: Time) -> Token | None:
        """The word before a time; None at the start of the text."""
        first = bisect_left(self._tokens, time.span[0])
        return self.doc[first - 1] if 0 < first <= len(self.doc) else None

    def period(self, time: str | None, anchor: Token) -> bool:
        """Whether a time that was linked to the anchor is a length of time."""
        if time is None:
            return False
        return any(t.id == time and t.type == "DURATION" for t in self.times_over(*self._sentences.around(anchor.idx)))

    def times_over(self, start: int, end: int) -> list[Time]:
        """The times whose spans meet a stretch of text."""
        i = max(0, bisect_left(self._time_starts, start) - 1)
        found = []
        for time in self._times[i:]:
            if time.span[0] >= end:
                break
            if time.span[1] > start:
                found.append(time)
        return found

    def _best(
        self,
        anchor: Token,
        items: Sequence[_Anchored],
        starts: Sequence[int],
        *,
        goal: bool,
        time: bool,
        but: frozenset[int] = frozenset(),
    ) -> str | None:
        if not items:
            return None
        first, last = self._sentences.around(anchor.idx)
        last = min(last, anchor.idx + REACH)
        i = bisect_left(starts, max(first, anchor.idx - REACH))
        best: tuple[int, int, str] | None = None
        for item in items[i:]:
            if item.span[0] >= last:
                break
            token = self.root(item.span)
            if token is not None and token.i in but:
                continue
            country = isinstance(item, Place) and item.precision == "country"
            cost = _distance(token, anchor, goal=goal, time=time, country=country) if token is not None else None
            if cost is None and token is not None and not time and opens(token, first) and is_main(anchor):
                cost = _OPENING
            if cost is not None and (best is None or (cost, abs(token.i - anchor.i)) < best[:2]):  # type: ignore[union-attr]
                best = (cost, abs(token.i - anchor.i), item.id)  # type: ignore[union-attr]
        return best[2] if best else None

    def sentence(self, offset: int) -> tuple[int, int]:
        """The span of the sentence that holds an offset."""
        return self._sentences.around(offset)

    def root(self, span: tuple[int, int]) -> Token | None:
        """The highest token of a span in the parse."""
        first = max(0, bisect_left(self._tokens, span[0] + 1) - 1)
        last = bisect_left(self._tokens, span[1])
        return self.doc[first:last].root if first < last else None


def links(doc: Doc, places: Sequence[Place], times: Sequence[Time]) -> Links:
    """The places and times of a document, ready to be looked up."""
    return Links(doc, places, times)


def opens(token: Token, first: int) -> bool:
    """Whether a place opens its sentence with a preposition and a comma: "In X, thousands marched"."""
    node = token
    if node.dep_ in {"compound", "appos", "conj"}:
        node = node.head
    preposition = node.head
    if node.dep_ != "pobj" or preposition.lower_ not in {"in", "at", "near", "outside"}:
        return False
    lead = preposition.doc[preposition.i - 2].lower_ if preposition.i > 1 else ""
    at = preposition.idx == first or (preposition.i > 1 and lead in _LEADS and preposition.nbor(-2).idx == first)
    end = node.right_edge.i + 1
    return at and any(t.text == "," for t in preposition.doc[end - 1 : end + 1])


def is_main(anchor: Token) -> bool:
    """Whether an act stands in the main clause, so that what opens the sentence holds for it."""
    node = anchor
    for _ in range(4):
        if node.head == node:
            return True
        if node.dep_ not in {"conj", "dobj", "nsubj", "nsubjpass", "attr", "advcl", "compound"}:
            return False
        node = node.head
    return False


def steps(token: Token, anchor: Token, *, goal: bool, country: bool) -> int | None:
    """How far a place is from the anchor in the parse, or None if no preposition of place ties them."""
    return _distance(token, anchor, goal=goal, time=False, country=country)


def _distance(token: Token, anchor: Token, *, goal: bool, time: bool, country: bool) -> int | None:
    """How far the anchor is from a place or time in the parse, or None if nothing ties them."""
    if goal and not time and is_held(token, anchor):
        return 0
    attached = _attachment(token, goal=goal, time=time, country=country)
    if attached is None:
        return None
    node, cost = attached
    above = _chain(anchor, timed=time)
    for _ in range(8):
        if node in above:
            return cost + 2 * above[node]
        if node.head == node:
            return None
        if time and node.dep_ in {"acl", "relcl"} and node.lemma_.lower() in _AHEAD:
            return None  # "cancelled a visit scheduled for Monday"
        if node.pos_ in {"VERB", "AUX"} and node.dep_ not in {"aux", "auxpass"}:
            if is_crowded(node) or not _same_scene(node):
                return None
            cost += 3
        node = node.head
        cost += 1
    return None


def is_held(token: Token, anchor: Token) -> bool:
    """Whether the place is what the act was done to: "captured X", "shelled the town of X", "patrolled X's streets"."""
    node = token
    for _ in range(4):
        if node.dep_ == "pobj" and node.head.lower_ == "of" and is_site(node.head.head):
            node = node.head.head
        elif is_site(node.head) if node.dep_ in _OWNING else node.dep_ == "conj" and node.head.dep_ in _OBJECTS:
            node = node.head
        else:
            break
    return node.dep_ in {"dobj", "nsubjpass"} and node.head == anchor


def is_site(noun: Token) -> bool:
    """Whether a word is one for a kind or a part of a place: "town", "outskirts"."""
    return noun.lower_ in _PARTS or noun.lemma_.lower() in _PLACE_NOUNS


def _same_scene(verb: Token) -> bool:
    """Whether a verb's place is also that of the words above it: "shot one and wounded two in X", "shot while in X"."""
    if verb.dep_ == "conj":
        bare = verb.tag_ == "VBN" and not any(c.dep_ in {"aux", "auxpass"} for c in verb.children)
        harm = verb.lemma_.lower() in _HARM and verb.head.lemma_.lower() in _HARM
        return bare or harm or not any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children)
    if verb.dep_ == "advcl":
        marks = {c.lower_ for c in verb.children if c.dep_ in {"mark", "advmod"}}
        return bool(marks & {"when", "while", "as"}) or (verb.tag_ == "VBG" and not marks)
    if verb.dep_ in {"acl", "relcl"}:
        # "at a shop they ran in X", "shot labourers working in X"
        noun = verb.head
        sited = noun.dep_ == "pobj" and noun.head.lower_ in _WHERE
        return sited or verb.lemma_.lower() in _STAYING
    return False


def _chain(anchor: Token, *, timed: bool) -> dict[Token, int]:
    """The anchor and the heads above it within which its place or time may stand, with their distance."""
    above = {anchor: 0}
    node = anchor
    for step in range(1, 4):
        if node.head == node:
            break
        up = node.dep_
        if node.pos_ in {"NOUN", "PROPN"}:
            if up not in {"dobj", "nsubj", "nsubjpass", "pobj", "conj", "attr", "compound", "prep", "appos"}:
                break
        elif node.pos_ != "ADP" and (up not in _ADVERBIAL or (timed and up == "advcl" and _has_other_time(node))):
            break
        node = node.head
        above[node] = step
    return above


def _has_other_time(clause: Token) -> bool:
    """Whether a clause is a condition or a bound, which has not the time of what depends on it."""
    return any(c.lower_ in _OTHER_TIME for c in clause.lefts)


def _attachment(token: Token, *, goal: bool, time: bool, country: bool) -> tuple[Token, int] | None:
    """The word that a place or time modifies through its preposition, with the steps to it; None without one."""
    node = token
    cost = 0
    for _ in range(6):
        if time and node.dep_ in {"npadvmod", "advmod", "nmod", "tmod", "dobj"} and node.head != node:
            return node.head, cost
        if time and node.dep_ == "prep" and node.head.pos_ != "ADP":
            return node.head, cost  # "before dawn on Tuesday": the preposition is a part of the time
        if node.dep_ == "pobj" and node.head.pos_ in {"ADP", "SCONJ", "ADV", "VERB"}:
            head = _by_preposition(node.head, goal=goal, time=time)
            return None if head is None else (head, cost)
        if node.dep_ not in _NOMINAL or node.head == node:
            return None
        if not time and node.dep_ in {"amod", "nmod", "compound"} and not is_site(node.head):
            # "a US air strike" is one by the US, not one there
            if country:
                return None
            cost += 1
        if node.dep_ == "poss":
            if node.head.dep_ != "pobj":
                return None
            cost += 1
        node = node.head
    return None


def _by_preposition(preposition: Token, *, goal: bool, time: bool) -> Token | None:
    node = preposition
    # "in the north of Mosul", "in a suburb of the city of Daraa": the place stands for the larger phrase
    for _ in range(3):
        if node.lower_ == "of" and node.head.dep_ == "pobj":
            node = node.head.head
    word = node.lower_
    if not time and (is_asked(preposition) or (word == "from" and node.head.pos_ in {"NOUN", "PROPN"})):
        return None  # "at X's request", "ministers from X"
    if not time and not (word in _LOCATIVE or (goal and word in _GOAL)):
        return None
    return node.head if node.head != node else None
