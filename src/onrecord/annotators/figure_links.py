"""The place, the time and the period that the words link with a figure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypeVar

from spacy.tokens import Token

from onrecord.annotators.clause import Clause
from onrecord.annotators.count_words import noun_behind
from onrecord.annotators.counted import Counted
from onrecord.annotators.event_places import Links
from onrecord.annotators.figure_clauses import (
    HARMING,
    act_over,
    harm_of,
    in_main_clause,
    is_care,
    is_harming,
    is_label,
    is_of_first,
    is_where,
    verb_over,
)
from onrecord.annotators.word_sets import word_set
from onrecord.model import Place, Scope, Span, Time, Unit

__all__ = ["FigureLinks", "is_apart", "is_street"]

_Anchored = TypeVar("_Anchored", Place, Time)

#: Before a length of time it lasts for it; without one ("$20 an hour") it is what something is counted by.
_LASTING = word_set("in for over within during after about nearly almost than least of through throughout lasted")
#: Before a point in time: from there on, or all of it.
_SPANNING = word_set("since during throughout over within between")
#: "this year", "2016-05": longer than a day.
_LONG = re.compile(r"\d{4}(?:-\d{2})?\Z")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|XXXX-(?:WXX-\d|\d{2}-\d{2})")
_LONG_WORDS = re.compile(
    r"\b(?:this|last|past|next) (?:\w+ )?(?:year|month|decade|century|season)s?\b|\bso far\b", re.I
)
#: What may stand between the start of a sentence and a place that opens it.
_LEADS_IN = re.compile(
    r"(?:\A|\n|[.•*·–—]\s|--\s)[\s.,;:•*·\-–—]*(?:also |meanwhile,? )?"
    r"(?:in|near|at|outside|inside|around|across) (?:the )?(?:(?:city|town|village|province|district|region) of )?\Z",
    re.IGNORECASE,
)
_COMMA = re.compile(r"(?:,? [A-Z][\w. ]{1,20})?,")
#: After a length of time it only tells how far off something else was.
_APART = (" later", " earlier", " before", " after", " ago")
#: Before a day that is a figure of speech: "a brighter tomorrow".
_BETTER = (" brighter ", " better ", " safer ")
#: With a capital the name of a town rather than of a season.
_TOWNS = frozenset({"Spring", "Summer", "Fall", "Winter", "Autumn"})
#: Tokens from "where" to the number, the longest name before it, and what may stand between.
_WHERE_REACH, _NAMED = 8, 60
_STATE = re.compile(r"(?:, [A-Z][\w. ]{1,20})?,? \Z")
#: After what is no time: "the 1400 block of".
_NUMBERED = (" block", " hundred")
#: Before a clause that is set against the main one, or gives its ground: another time and place.
_AGAINST = word_set("though although while whereas because if unless since before after until")
_MEANWHILE = _AGAINST | {"as"}
_CHARGING = word_set("charge arrest detain indict release accuse convict sentence seek hold question")
_TELLING = word_set(
    "say tell warn announce report confirm declare state disclose reveal write identify "
    "respond dispatch call publish print unveil air broadcast tweet"
)
_ANNOUNCING = word_set("announce unveil publish")
_HARMED = word_set("killed wounded missing other")
_STRUCK = _HARMED | {"attacks"}
#: "two days of fighting"
_LASTS = re.compile(r" of (?:\w+ )?(?:war|fighting|clashes|violence|unrest|protests|shelling|conflict|attacks|riots)\b")
#: "since its start on 22 March"
_SINCE = re.compile(r"\bsince (?:[\w'’]+ ){1,5}(?:on|in) $")
_MODALS = word_set("will would could may might shall should")
#: Right before the day or place of a part: "17 of them on"; and how far back it is looked for.
_PART = re.compile(r"\S+ of (?:them|whom|which|those) (?:(?:on|in|at|near|during|since) (?:the )?)?\Z")
_PART_BEFORE = 40
#: "on Tuesday, 19 April": so near, two times are one.
_APPOSED = 3
#: Part of the name of a street or a site, and no town.
_STREET = re.compile(
    r" (?:[A-Z][\w.'’]+ )?(?:Street|St\b|Avenue|Ave\b|Road|Rd\b|Drive|Dr\b|Lane|Boulevard|Blvd|Court|Highway|Parkway|"
    r"Way|Lake|River|Park|Hospital|School|University|College|Mall|Church|Center|Centre|Hotel|Apartments|Police|Department|Times|News)\b"
)


def is_apart(time: Time, text: str) -> bool:
    """Whether a time is no time of anything: it tells how far off something was, or is a figure of speech."""
    if text.endswith(_BETTER, 0, time.span[0]) or text[slice(*time.span)] in _TOWNS:
        return True
    return text.startswith(_NUMBERED if time.type != "DURATION" else _APART, time.span[1])


def is_street(span: Span, text: str) -> bool:
    """Whether a name of a place is only a part of the name of a street or a site."""
    start, end = span
    road = text[start:end] in {"U.S.", "US"} and text[end + 1 : end + 2].isdigit()
    return road or _STREET.match(text, end) is not None


class FigureLinks:
    """The places and times of a report, looked up for its figures."""

    __slots__ = ("_clause", "_linked", "_places", "_rates", "_spans", "_starts", "_times")

    def __init__(self, clause: Clause, linked: Links, places: Sequence[Place], times: Sequence[Time]) -> None:
        self._clause = clause
        self._linked = linked
        self._places = sorted(places, key=lambda p: p.span)
        self._spans = {p.id: p.span for p in places}
        self._starts = [p.span[0] for p in self._places]
        self._times = {t.id: t for t in times}
        self._rates = frozenset(t.id for t in times if t.type == "SET" or _is_rate(t, clause.text))

    def place(self, item: Counted, unit: Unit) -> str | None:
        """The id of the place that the words tie to a figure, or None. Text in capitals has no parse to tell by."""
        if self._clause.capitals:
            return None
        anchor = _anchor(item, self._clause)
        if (where := self._where(item)) is not None:
            return where
        end = item.number.span[1]
        if (part := _of_part(item, self._places_from(end, end + _PART_BEFORE), self._clause.text)) is not None:
            return part.id
        if (own := self._beside(anchor, harmed=False, verb=harm_of(anchor))) is not None:
            return own
        found = self._linked.place(anchor)
        if (
            found is not None
            and not _is_of_part(self._spans[found], anchor, self._clause.text)
            and not self._is_other(anchor, self._spans[found], harmed=unit in _HARMED)
            and not is_street(self._spans[found], self._clause.text)
            and not (unit in _HARMED and self._is_of_care(found))
        ):
            return found
        return self._opening(anchor) or self._beside(
            anchor, harmed=unit in _STRUCK, verb=verb_over(anchor, subject=True)
        )

    def times(self, item: Counted, unit: Unit, scope: Scope) -> tuple[str | None, str | None]:
        """The ids of the time and of the period of a figure, at most one of which is given."""
        if self._clause.capitals:
            return None, None
        anchor = _anchor(item, self._clause)
        end = item.number.span[1]
        own = _of_part(item, self._linked.times_over(end, end + _PART_BEFORE), self._clause.text)
        own = own or self._when(anchor, harmed=False, verb=harm_of(anchor))
        time = own or self._times.get(self._linked.time(anchor) or "")
        vague = time is not None and unit in _HARMED and (time.value or "").endswith("_REF")
        vague = vague or (time is not None and time.type == "DURATION" and scope == "incident")
        if own is None and (
            time is None
            or vague
            or is_apart(time, self._clause.text)
            or _is_of_part(time.span, anchor, self._clause.text)
            or self._is_other(anchor, time.span, harmed=unit in _HARMED)
        ):
            time = self._when(anchor, harmed=unit in _HARMED, verb=verb_over(anchor, subject=True))
        if time is not None and self._is_announced(time, anchor):
            return None, None
        if time is None or time.id in self._rates or (time.type == "DURATION" and scope == "incident"):
            return None, None
        if self._is_measure(time):
            return None, None
        return (None, time.id) if self._is_period(time, scope) else (time.id, None)

    def _is_announced(self, time: Time, anchor: Token) -> bool:
        """Whether what is counted is only announced then: "next month it will announce a $3 million programme"."""
        act, token = act_over(anchor), self._linked.root(time.span)
        if act is None or token is None or act.lemma_.lower() not in _ANNOUNCING:
            return False
        if act_over(token) not in {act, act.head}:
            return False
        thing = next((c for c in act.children if c.dep_ == "dobj"), None)
        if thing is None:
            return False
        inside = [thing.left_edge.i <= t.i <= thing.right_edge.i for t in (anchor, token)]
        return inside == [True, False]

    def is_day(self, time: str) -> bool:
        """Whether a time is a day or a part of one."""
        found = self._times[time]
        named = self._clause.text[slice(*found.span)].lower() in {"today", "yesterday"}
        return named or found.type == "TIME" or _DAY.match(found.value or "") is not None

    def _is_measure(self, time: Time) -> bool:
        """Whether nothing is counted over a length of time: "in ten years", "two years of probation"."""
        if time.type != "DURATION":
            return False
        start, _ = self._linked.sentence(time.span[0])
        before = self._clause.text[start : time.span[0]].lower().split()
        if not before or before[-1] not in _LASTING | _SPANNING:
            return not _LASTS.match(self._clause.text, time.span[1])
        return before[-1] in {"in", "within"} and bool(_MODALS & set(before))

    def _is_other(self, anchor: Token, span: Span, *, harmed: bool) -> bool:
        """Whether a place or time goes with another act: one that is set against the figure's own, or its telling."""
        token = self._linked.root(span)
        if token is None:
            return False
        if token.dep_ == "pobj" and token.head.lower_ == "of" and token.ent_type_ in {"DATE", "TIME"}:
            return True  # "after the slump of the 1980s"
        if is_of_first(anchor, token) or (token.ent_type_ not in {"DATE", "TIME"} and is_label(token)):
            return True
        own, its = verb_over(anchor, subject=True), verb_over(token, subject=True)
        if not harmed and own is not None and own.lemma_.lower() in _CHARGING and is_harming(token):
            return True  # "charged three men over a shooting on Monday"
        if own is None or its is None or own == its:
            return its is not None and its == own and self._is_telling(its, anchor)
        if harmed and own.lemma_.lower() in HARMING and its.lemma_.lower() not in HARMING:
            return True  # "arrested on Monday a man who killed two"
        marks = {c.lower_ for c in own.children if c.dep_ == "mark"}
        if its.dep_ == "advcl" and its.lemma_.lower() not in HARMING and _MEANWHILE & {c.lower_ for c in its.children}:
            return True
        return (own.dep_ == "advcl" and own.head == its and bool(marks & _AGAINST)) or self._is_telling(its, anchor)

    def _is_telling(self, verb: Token, anchor: Token) -> bool:
        """Whether a verb tells what the anchor is a part of: "announced on Monday the death of nine"."""
        if verb.lemma_.lower() not in _TELLING:
            return False
        subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        return subject is None or not subject.left_edge.i <= anchor.i <= subject.right_edge.i

    def _when(self, anchor: Token, *, harmed: bool, verb: Token | None) -> Time | None:
        """The time in the clause of a verb, or of what harmed those counted, where it is the only one there."""
        act = act_over(anchor)
        told = verb is not None and self._is_telling(verb, anchor)
        if told:  # "says it would cut taxes but add $3 million over ten years"
            verb = act if act is not None and act.lemma_.lower() not in _TELLING else None
        if verb is None and not harmed:
            return None
        near: list[Time] = []
        for time in self._linked.times_over(*self._linked.sentence(anchor.idx)):
            token = self._linked.root(time.span)
            vague = time.type == "SET" or (time.value or "").endswith("_REF")
            charged = not harmed and verb is not None and verb.lemma_.lower() in _CHARGING
            if (
                token is None
                or (charged and is_harming(token))
                or _is_of_part(time.span, anchor, self._clause.text)
                or vague
                or is_apart(time, self._clause.text)
                or is_of_first(anchor, token)
            ):
                continue
            first = self._clause.tokens[bisect_left(self._clause.starts, time.span[0])]
            if any(
                (verb is not None and verb in {verb_over(t, subject=False), act_over(t) if told else None})
                or (harmed and is_harming(t))
                for t in (token, first)
            ):
                near.append(time)
        if not harmed:
            near = [t for t in near if act is not None and act_over(self._linked.root(t.span) or anchor) == act] or near
        near = [t for t in near if t.type != "DURATION"] or near
        together = all(b.span[0] - a.span[1] <= _APPOSED for a, b in pairwise(near))
        return near[0] if near and together else None

    def _beside(self, anchor: Token, *, harmed: bool, verb: Token | None) -> str | None:
        """The place in the clause of a verb, or of what harmed those counted, after a preposition of place."""
        if verb is not None and self._is_telling(verb, anchor):
            verb = None
        if verb is None and not harmed:
            return None
        near = []
        for place in self._places_from(*self._linked.sentence(anchor.idx)):
            token = self._linked.root(place.span)
            charged = not harmed and verb is not None and verb.lemma_.lower() in _CHARGING
            if (
                token is None
                or (charged and is_harming(token))
                or (harmed and is_care(token))
                or not is_where(token, place)
                or is_street(place.span, self._clause.text)
                or _is_of_part(place.span, anchor, self._clause.text)
                or is_of_first(anchor, token)
            ):
                continue
            if (verb is not None and verb_over(token, subject=False) == verb) or (harmed and is_harming(token)):
                near.append((place.precision != "settlement", abs(token.i - anchor.i), place.id))
        return min(near)[2] if near else None

    def _where(self, item: Counted) -> str | None:
        """The place right before "where" in whose clause the number stands: "in Homs, where nine died"."""
        clause = self._clause
        for i in range(item.first - 1, max(item.first - _WHERE_REACH, 0), -1):
            if clause.lower[i] in {".", ";", ":"} or (
                clause.tokens[i].pos_ == "VERB" and clause.tokens[i].dep_ != "amod"
            ):
                return None
            if clause.lower[i] == "where":
                start = clause.starts[i]
                near = [
                    p for p in self._places_from(start - _NAMED, start) if _STATE.match(clause.text[p.span[1] : start])
                ]
                return near[0].id if near else None
        return None

    def _is_of_care(self, place: str) -> bool:
        token = self._linked.root(self._spans[place])
        return token is not None and is_care(token)

    def _is_period(self, time: Time, scope: Scope) -> bool:
        if time.type == "DURATION":
            return True
        text = self._clause.text
        before = text[max(0, time.span[0] - 12) : time.span[0]].lower().split()
        if (before and before[-1] in _SPANNING) or _SINCE.search(text[max(0, time.span[0] - 40) : time.span[0]]):
            return True
        words = text[slice(*time.span)]
        if before and before[-1] == "through":
            return False  # as of then: "through the end of August"
        if scope != "cumulative":
            return False
        return bool(_LONG.match(time.value or "") or _LONG_WORDS.search(words))

    def _opening(self, anchor: Token) -> str | None:
        """The id of a place that opens the sentence, by its words alone: "Near X, two strikes destroyed a bridge"."""
        first, last = self._linked.sentence(anchor.idx)
        text = self._clause.text
        for place in self._places_from(first, min(last, first + 60)):
            start, end = place.span
            if _LEADS_IN.search(text[first:start]) and _COMMA.match(text, end):
                return place.id if in_main_clause(anchor) else None
        return None

    def _places_from(self, first: int, last: int) -> Sequence[Place]:
        """The places that start within a stretch of text, twenty at most."""
        start = bisect_left(self._starts, first)
        return self._places[start : min(bisect_left(self._starts, last), start + 20)]


def _is_of_part(span: Span, anchor: Token, text: str) -> bool:
    """Whether a time or place goes with some of those counted: "80 were hurt this week, 17 of them on Monday"."""
    part = _part_at(span, text)
    return part is not None and anchor.idx < part


def _part_at(span: Span, text: str) -> int | None:
    """The offset of the number of a part right before a time or place: "17 of them on"; None if there is none."""
    first = max(0, span[0] - _PART_BEFORE)
    part = _PART.search(text[first : span[0]])
    return None if part is None else first + part.start()


def _of_part(item: Counted, among: Iterable[_Anchored], text: str) -> _Anchored | None:
    """The time or place of a part, right behind its number."""
    start, end = item.number.span
    return next((a for a in among if (at := _part_at(a.span, text)) is not None and start <= at < end), None)


def _is_rate(time: Time, text: str) -> bool:
    """Whether a length of time is one that something is counted by: "an hour" without a preposition before it."""
    opens = text[time.span[0] : time.span[0] + 4].lower().startswith(("a ", "an ", "per ", "a-", "an-"))
    before = text[max(0, time.span[0] - 12) : time.span[0]].split()
    return time.type == "DURATION" and opens and not (before and before[-1].lower() in _LASTING)


def _anchor(item: Counted, clause: Clause) -> Token:
    """The token whose clause the figure stands in: what it counts, or what the number belongs to."""
    behind = noun_behind(clause, item.end)
    index = item.head if item.head is not None else max(item.first, item.end - 1) if behind is None else behind
    token = clause.tokens[min(index, len(clause.tokens) - 1)]
    if token.dep_ == "pobj" and token.head.lower_ == "of" and item.first <= clause.index(token.head.head) < item.end:
        token = token.head.head  # "injured scores of others"
    if token.dep_ in {"amod", "acl"} and item.first <= clause.index(token.head) < item.end:
        token = token.head  # "three injured"
    for _ in range(4):
        bare = token.pos_ in {"NUM", "SYM"} or token.dep_ in {"nummod", "quantmod"}
        if not (bare or token.lower_ in {"of", "old"}) or token.head == token:
            break
        token = token.head
    return token
