"""The place and time of one incident, for figures whose own sentence does not give them.

"Two men were shot in Riga on Monday. One died. The shooting happened on Mill Street": whoever is harmed in one incident
is harmed where and when the sentences right beside tell that it happened.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec
from spacy.tokens import Token

from onrecord.annotators.clause import Clause
from onrecord.annotators.event_places import Links
from onrecord.annotators.figure_clauses import HARMING, is_care, is_harming, is_where, verb_over
from onrecord.annotators.figure_links import is_apart, is_street
from onrecord.annotators.word_sets import word_set
from onrecord.model import Figure, Place, Span, Time

__all__ = ["with_incident_links"]

_INVOLVED = word_set("killed wounded missing other hostages people")
#: Verbs of a clause that says no whereabouts.
_TELLING = word_set("say tell call report identify live know charge arrest accuse convict")
#: What a force does somewhere, in which people are harmed.
_OPERATIONS = word_set("operation mission patrol sweep search manhunt standoff")
#: What ends in what harms.
_TURNING = word_set("turn escalate erupt end lead result break become respond")
#: Sentences before the figure's own that are read, and most code points between.
_BACK, _REACH = 2, 450
#: Most places or times of a sentence that are looked at; the characters of a date that name the day.
_MOST, _DAY = 12, 10
_IS_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|XXXX-(?:WXX-\d|\d{2}-\d{2})")
#: Before where the hurt were brought, and most code points between.
_CLINIC, _CARED = re.compile(r"\b(?:hospitals?|clinics?|infirmary|ward|medical cent(?:er|re))\b", re.IGNORECASE), 60
#: After the date of an incident that is called by it.
_CALLED = re.compile(
    r",? (?:[\w.'’-]+ ){0,4}?(?:shootings?|attacks?|bombings?|massacre|raid|explosion|blast|ambush|killings?|murders?|"
    r"assault|clash|crash|siege|airstrikes?|strikes?)\b"
)
#: What people do because of an incident, and not in it.
_AFTERWARDS = re.compile(
    r"\b(?:in memory|in hono(?:u)?r|vigil|mourn\w*|remember\w*|funeral|march\w*|rall(?:y|ied)|protest\w*|charg\w*|"
    r"indict\w*|plea\w*|accus\w*|wanted|custody|jail\w*|arrest\w*|convicted|sentenced|donat\w*|gather\w*|interview\w*|investigat\w*)\b",
    re.IGNORECASE,
)
#: What is told of another incident than the sentence before.
_OTHER = re.compile(
    r"\b(?:another|separate|unrelated|second|third|earlier|previous|prior|last|similar|different|other|recent|past) "
    r"(?:[\w-]+ )?"
    r"(?:shooting|incident|attack|bombing|blast|explosion|crash|raid|case|killing|homicide|murder|stabbing|ambush|"
    r"clash|robbery|accident|fire|strike|operation|year|month|week|weekend|summer|winter|spring|fall)s?\b|"
    r"\b(?:responsible for|(?:multiple|numerous|several|many) (?:[\w-]+ )?attacks|"
    r"elsewhere|meanwhile|separately|previously|years ago|months ago|weeks ago|so far this|this year|in recent|"
    r"since (?:the|last|\d{4}|january|february|march|april|may|june|july|august|september|october|november|december)|"
    r"ever since|every|each year|history|deadliest|worst|nationwide|across the country|lawsuit|statistics)\b",
    re.IGNORECASE,
)
#: After those who are held now, and not when they were taken.
_STILL = re.compile(r"\b(?:still|remain|remains|(?:is|are) (?:being|believed|thought|known))\b", re.IGNORECASE)
#: How a sentence begins that turns to another place: "In Riga, shells killed nine".
_OPENS = re.compile(
    r"\W{0,4}(?:(?:And|But|Also|Then|Meanwhile),? )?(?:In|Near|At|Outside|Across|Around|Over in) (?:the )?"
    r"(?:(?:city|town|village|province|district|region) of )?(?!January|February|March|April|May\b|June|July|August|"
    r"September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)[A-Z][a-z]"
)
#: How a sentence begins that tells where and when it happened.
_HAPPENED = re.compile(
    r"\W{0,4}(?:it(?: all)?|this|that|the (?:[\w-]+ ){0,2}(?:shooting|shootings|incident|attack|attacks|bombing|blast|"
    r"explosion|crash|raid|killing|killings|homicide|murder|stabbing|ambush|clash|robbery|accident|fire|strike|"
    r"altercation|fight|gunfire|collision|assault|violence|tragedy|melee))"
    r"(?: (?:[a-z]+ly|first|all|also))? (?:happened|occurred|took place|was reported|were reported|began|started|"
    r"unfolded|broke out|erupted|occured)\b",
    re.IGNORECASE,
)


#: The next sentence starts with a word, at most so many characters on.
_WORD, _GAP = re.compile(r"\w"), 12
#: A "sentence" so short is a rank or a title that the parser cut off: "Cpl."
_RANK = 8


@dataclass(frozen=True, slots=True)
class _Told:
    """Where and when a sentence tells that something happened."""

    place: Place | None
    time: Time | None


def with_incident_links(
    figures: Sequence[Figure], clause: Clause, linked: Links, places: Sequence[Place], times: Sequence[Time]
) -> tuple[Figure, ...]:
    """The same, where those harmed in an incident have its place and time from their own sentence or those beside.

    Example:
        >>> from onrecord.annotators.reading import annotated
        >>> from onrecord.read.text import report
        >>> read = annotated(report("Two herders died. The attack happened near Mosul.", published="2021-03-04"))
        >>> names = {p.id: p.name for p in read.places}
        >>> [(f.text, names[f.place]) for f in read.figures]
        [('Two', 'Mosul')]
    """
    if clause.capitals:
        return tuple(figures)
    ordered = sorted(places, key=lambda p: p.span)
    by_id = {p.id: p for p in ordered}, {t.id: t for t in times}
    incidents = _Incidents(clause, linked, ordered, [p.span[0] for p in ordered], *by_id)
    out: list[Figure] = []
    for figure in figures:
        out.append(incidents.completed(figure, out) if _lacks(figure) else figure)
    return tuple(out)


def _lacks(figure: Figure) -> bool:
    """Whether a figure is of one incident and has no place or no time."""
    bare = figure.place is None or (figure.time is None and figure.period is None)
    return bare and figure.scope == "incident" and figure.unit in _INVOLVED


@dataclass(frozen=True, slots=True)
class _Incidents:
    """The incidents that sentences of a report tell of."""

    clause: Clause
    linked: Links
    ordered: Sequence[Place]
    starts: Sequence[int]
    places: dict[str, Place]
    times: dict[str, Time]

    def completed(self, figure: Figure, before: Sequence[Figure]) -> Figure:
        """The figure with the place and time that the sentences beside tell and that do not contradict its own."""
        own = self.clause.sentences.around(figure.span[0])
        if self.clause.sentences.is_long(own[0]):
            return figure
        if figure.unit == "hostages" and _STILL.search(self.clause.text, figure.span[1], own[1]):
            return figure
        if _OTHER.search(self.clause.text, *own) or _OPENS.match(self.clause.text, *own):
            return figure
        if figure.unit != "people" or not _AFTERWARDS.search(self.clause.text, *own):
            figure = self._with(figure, self._told(own))
        bare, elsewhere, unknown = figure, self._elsewhere(own), self._names_unlisted(own)
        for told, nearer in self._before(own, before):
            if told.place is not None and (nearer or unknown or any(not _lies_with(p, told.place) for p in elsewhere)):
                told = _Told(None, told.time)
            figure = figure if _is_at_odds(bare, told) else self._with(figure, told)
        for told in self._after(own, one=figure.low == figure.high == 1 and figure.unit == "killed"):
            figure = self._with(figure, told)
        return figure

    def _before(self, own: Span, before: Sequence[Figure]) -> Iterator[tuple[_Told, list[Place]]]:
        """What the sentences before tell, the nearest first, and the places that nearer ones name.

        They end at one that tells of another incident.
        """
        at, nearer = own, list[Place]()
        for _ in range(_BACK):
            if at[0] == 0:
                return
            at = self.clause.sentences.around(at[0] - 1)
            if own[0] - at[1] > _REACH or self.clause.sentences.is_long(at[0]) or _OTHER.search(self.clause.text, *at):
                return
            yield self._counted(at, before) or self._told(at), nearer
            nearer = [*nearer, *self._elsewhere(at)]

    def _after(self, own: Span, *, one: bool) -> Iterator[_Told]:
        """What the next sentence tells, if it says that it happened, or how the one who died did so."""
        after = self._next(own)
        if after is not None and after[1] - after[0] <= _RANK:
            after = self._next(after)
        if after is None:
            return
        if _HAPPENED.match(self.clause.text, *after) or (one and self._is_of_the_one(after)):
            yield self._told(after)

    def _next(self, sentence: Span) -> Span | None:
        """The sentence that starts right behind one."""
        word = _WORD.search(self.clause.text, sentence[1], sentence[1] + _GAP)
        return None if word is None else self.clause.sentences.around(word.start())

    def _is_of_the_one(self, sentence: Span) -> bool:
        """Whether a sentence tells how somebody named died: "the death of a pilot. Anna Lind died in X on Monday"."""
        first = self.clause.tokens[bisect_left(self.clause.starts, sentence[0])]
        root = first.sent.root
        subject = next((c for c in root.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        dies = root.lemma_.lower() in {"die", "perish"} or (root.lemma_.lower() == "kill" and root.tag_ == "VBN")
        return dies and subject is not None and subject.pos_ == "PROPN"

    def _named(self, sentence: Span) -> Sequence[Place]:
        """The places that a sentence names, in its order."""
        first, last = bisect_left(self.starts, sentence[0]), bisect_left(self.starts, sentence[1])
        return self.ordered[first : min(last, first + _MOST)]

    def _elsewhere(self, own: Span) -> list[Place]:
        """The places that the figure's own sentence names, but where the hurt were brought."""
        near = self._named(own)
        roots = [(p, self.linked.root(p.span)) for p in near]
        text = self.clause.text
        cared = {p.id for p in near if _CLINIC.search(text[max(own[0], p.span[0] - _CARED) : p.span[0]])}
        return [p for p, t in roots if t is not None and t.dep_ == "pobj" and p.id not in cared]

    def _names_unlisted(self, own: Span) -> bool:
        """Whether a sentence names a place, by its preposition, that no list knows."""
        first, last = bisect_left(self.clause.starts, own[0]), bisect_left(self.clause.starts, own[1])
        near = [p.span for p in self._named(own)]
        return any(
            t.dep_ == "pobj"
            and t.pos_ == "PROPN"
            and t.head.lower_ in {"in", "near", "outside"}
            and t.ent_type_ not in {"DATE", "TIME", "PERSON", "EVENT"}
            and not any(s <= t.idx < e for s, e in near)
            for t in self.clause.tokens[first:last]
        )

    def _counted(self, sentence: Span, before: Sequence[Figure]) -> _Told | None:
        """The place and time of the last figure of an incident in a sentence."""
        for figure in reversed(before):
            if figure.span[0] < sentence[0]:
                return None
            linked = figure.place is not None or figure.time is not None
            if figure.span[0] < sentence[1] and linked and figure.scope == "incident" and figure.unit in _INVOLVED:
                time = self.times.get(figure.time or "")
                day = time is not None and self._is_day(time)
                return _Told(self.places.get(figure.place or ""), time if day else None)
        return None

    def _told(self, sentence: Span) -> _Told:
        """The place and time that a sentence ties to what harms."""
        found = [p for p in self._named(sentence) if self._is_its_place(p)]
        place = next((p for p in found if p.precision == "settlement"), found[0] if found else None)
        days = [t for t in self.linked.times_over(*sentence)[:_MOST] if self._is_its_time(t)]
        return _Told(place, days[0] if len({t.value for t in days}) == 1 else None)

    def _is_its_place(self, place: Place) -> bool:
        token = self.linked.root(place.span)
        if token is None or is_care(token) or not is_where(token, place) or is_street(place.span, self.clause.text):
            return False
        return is_harming(token) or _is_of_incident(token) or _is_of_operation(token)

    def _is_its_time(self, time: Time) -> bool:
        token = self.linked.root(time.span)
        if token is None or not self._is_day(time) or is_apart(time, self.clause.text):
            return False
        return is_harming(token) or _is_of_incident(token) or self._names_it(time)

    def _is_day(self, time: Time) -> bool:
        """Whether a time is a day or a part of one, also where the report's own date is not known."""
        named = time.value is None and self.clause.text[slice(*time.span)].lower() in {"today", "yesterday", "tonight"}
        return named or (_IS_DAY.match(time.value or "") is not None and time.type not in {"SET", "DURATION"})

    def _names_it(self, time: Time) -> bool:
        """Whether a time is a part of what an incident is called: "the July 7, 2016, Riga shooting"."""
        text = self.clause.text
        return text.endswith(("the ", "The "), 0, time.span[0]) and _CALLED.match(text, time.span[1]) is not None

    def _with(self, figure: Figure, told: _Told) -> Figure:
        """The figure with what it lacks of a place and a time that do not contradict its own."""
        place, time = self.places.get(figure.place or ""), self.times.get(figure.time or "")
        if time is not None and told.time is not None and not _is_same_day(time, told.time):
            return figure
        if place is not None and told.place is not None and not _lies_with(place, told.place):
            return figure
        timeless = figure.time is None and figure.period is None and told.time is not None
        return msgspec.structs.replace(
            figure,
            place=told.place.id if place is None and told.place is not None else figure.place,
            time=told.time.id if timeless and told.time is not None else figure.time,
        )


def _is_at_odds(figure: Figure, told: _Told) -> bool:
    """Whether a figure has a time of its own and a sentence tells of none, so that its place may be another's."""
    return told.time is None and (figure.time is not None or figure.period is not None)


def _is_of_incident(token: Token) -> bool:
    """Whether it stands in the clause of what harms: "the shooting took place in X", "turned into a brawl in X"."""
    verb = verb_over(token, subject=False)
    if verb is None:
        return False
    turned = (t for c in verb.children if c.dep_ == "prep" and verb.lemma_.lower() in _TURNING for t in c.children)
    if _is_scene_of(verb):
        return True
    subjects = (c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"})
    return any(t.i < token.i and t.lemma_.lower() in HARMING for t in (*subjects, *turned))


def _is_of_operation(token: Token) -> bool:
    """Whether a place is where a force did its work: "conducted a search in X", "an operation near X"."""
    noun = token.head.head if token.dep_ == "pobj" else None
    if noun is None:
        return False
    if noun.pos_ == "NOUN":
        return noun.lemma_.lower() in _OPERATIONS
    return any(c.dep_ in {"dobj", "nsubjpass"} and c.lemma_.lower() in _OPERATIONS for c in noun.children)


def _is_scene_of(verb: Token) -> bool:
    """Whether a verb only tells where those harmed were: "shot while she was in X", "fired on men who stood in X"."""
    head = verb.head
    if verb.dep_ == "advcl":
        return head.lemma_.lower() in HARMING and bool({"as", "while", "when"} & {c.lower_ for c in verb.children})
    if verb.dep_ not in {"relcl", "acl"} or head.dep_ not in {"dobj", "pobj", "nsubjpass"}:
        return False
    above = head.head.head if head.dep_ == "pobj" else head.head
    if not any(c.dep_ in {"nsubj", "nsubjpass"} and c.lower_ in {"who", "that"} for c in verb.children):
        return False
    fires = above.lemma_.lower() in HARMING and above.lemma_.lower() not in {"leave", "happen", "occur"}
    return fires and verb.lemma_.lower() not in _TELLING


def _is_same_day(left: Time, right: Time) -> bool:
    """Whether one time may be the other: of the same day, or within the month or year that the other is."""
    a, b = (left.value or "")[:_DAY], (right.value or "")[:_DAY]
    return not a or not b or a.startswith(b) or b.startswith(a)


def _lies_with(left: Place, right: Place) -> bool:
    """Whether two places may be one: of one name, or the one in the other."""
    return left.name == right.name or left.name in right.admin or right.name in left.admin
