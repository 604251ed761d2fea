"""Whose count a figure is: the source of what holds it, the counter in its clause, or whom a pronoun stands for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from onrecord.annotators.clause import Clause
from onrecord.annotators.word_sets import word_set
from onrecord.model import Attribution, Entity, Span

__all__ = ["Claimants"]

Mentions = list[tuple[Span, str]]

_HE = word_set("he she")
_IT = word_set("it they")
_BODY = re.compile(
    r"(?:the|this|that) (?:\w+ )?(?:group|agency|cent(?:er|re)|organi[sz]ation|company|firm|bank|foundation|institute|"
    r"newspaper|paper|outlet|ministry|department|charity|union|bureau|think tank|watchdog|site|website|network|party|"
    r"committee|commission|association|council|body|campaign)\Z",
    re.IGNORECASE,
)
#: "a Harbour Post analysis": the count is that of whoever is named before.
_PAPER = re.compile(
    r"\s(?:\w+ ){0,2}(?:report|analysis|database|poll|study|tally|count|survey|review|investigation|list|estimate|"
    r"story|article|account|data|figures|statistics|records|website)\b",
    re.IGNORECASE,
)
#: Last words of what is an office or anybody of a body, and no name.
_OFFICES = word_set(
    """
    chief sheriff mayor president minister governor spokesman spokeswoman spokesperson secretary director commissioner
    coroner prosecutor attorney superintendent captain commander ambassador chairman sgt lt capt officer detective
    """
)
_ANY_OF_BODY = word_set("police officials officers authorities deputies investigators detectives prosecutors residents")
_COUNTING = frozenset({"organisation", "government", "group", "armed-force"})
#: How far back, in code points, whom a pronoun stands for may have spoken.
_REACH = 700
#: "a Harbour Post report that", and most code points between its name and what it holds.
_REPORT_THAT = re.compile(
    r"(?:'s|’s)? (?:\w+ )?"
    r"(?:report|analysis|poll|study|story|investigation|review)(?: (?:from|in|on|of|by|for|over) [^.;,]{1,40}?)? that\b"
)
_TAKEN_UP = 60
_BY_COUNT = re.compile(
    r"\bby (?:(?:the|an) (?:latest |own |official )?(?:count|tally|estimate|reckoning)s? of (?P<of>[^,.;]{2,60})"
    r"|(?P<who>[^,.;]{2,60}?)(?:(?:'s|’s|s'|s’)|(?<=[a-z])) (?:count|tally|estimate|reckoning|figures)\b)"
)
_NEXT_SENTENCE = re.compile(r"[.!?][\"”]?\s+[^\W\d_a-z]")
_BY_OWN = re.compile(r"[^.;\n]{0,80}?\bby (?:its|their|his|her) own (?:count|tally|estimate|reckoning|figures)\b")
_PUTTING = word_set("put place estimate")
#: "The ministry put the toll at 31", "the agency counted 60": whose verb the count hangs from.
_PUT = re.compile(
    r"\s(?:has |have |had )?(?:later |since |then |now |also )?"
    r"(?:(?:puts?|placed?|places|estimated?|estimates|counted|raised|revised|lowered|cut) "
    r"[^.;\n]{0,100}?\b(?:at|to)\b[^.;\n]{0,12}|"
    r"(?:gave|gives|given) (?:its|their|his|her|the) [^.;\n]{0,60}?\bas [^.;,\n]{0,12}|"
    r"(?:gave|gives|given|offered|issued|published|cited|reported) an? (?:[\w-]+ ){0,3}"
    r"(?:toll|count|tally|figure|estimate|total) of\b[^.;\n\d]{0,12}|"
    r"[a-z]+(?: by| to| with)? (?:its|their|his|her) (?:own )?(?:[\w-]+ ){0,2}"
    r"(?:toll|count|tally|figure|estimate|total) of\b[^.;\n\d]{0,12}|"
    r"(?:also |already )?(?:counted|counts|recorded|documented|tallied|verified) [^.;,\n]{0,12})\Z",
    re.IGNORECASE,
)


class Claimants:
    """Whose count each figure of a report is.

    Example:
        >>> from onrecord.annotators.reading import annotated
        >>> from onrecord.read.text import report
        >>> read = annotated(report("The Tarn Institute said nine died. By the ministry's count it was 12."))
        >>> [(f.text, next((e.name for e in read.entities if e.id == f.claimant), None)) for f in read.figures][:1]
        [('nine', 'Tarn Institute')]
    """

    __slots__ = ("_clause", "_entities", "_mentions", "_sources")

    def __init__(
        self, clause: Clause, entities: Sequence[Entity], mentions: Mentions, attributions: Sequence[Attribution]
    ) -> None:
        self._clause = clause
        self._entities = {e.id: e for e in entities}
        self._mentions = mentions
        self._sources: dict[str, str] = {}
        before: list[tuple[int, str]] = []
        for one in sorted((a for a in attributions if a.source.spans), key=lambda a: a.source.spans[0]):
            who = one.source.entity or self._meant(one.source.spans[0], before)
            if who is not None:
                self._sources[one.id] = who
            before.append((one.source.spans[0][0], who or ""))

    def of(self, span: Span, said: Attribution | None) -> str | None:
        """The entity whose count a number is, or None.

        It is the source of the attribution that holds it, or X in "by X's count" and "X put it at". An office or the
        people of a body have no name.
        """
        clause, mentions, text = self._clause, self._mentions, self._clause.text
        found = None
        for match in _BY_COUNT.finditer(text, max(0, span[0] - 120), min(len(text), span[1] + 160)):
            between = text[min(match.end(), span[1]) : max(match.start(), span[0])]
            if _NEXT_SENTENCE.search(between):
                continue
            start, end = match.span("of" if match["of"] else "who")
            near = mentions[bisect_left(mentions, ((start, -1), "")) : bisect_left(mentions, ((end, -1), ""))]
            named = [entity for at, entity in near if at[1] <= end]
            if named:
                found = named[0] if match["of"] else named[-1]
                break
        found = found or self._own(span) or _counter(span, clause, mentions) or _putter(span, clause, mentions)
        found = found or (
            None if said is None else self._reported(said) or self._sources.get(said.id, said.source.entity)
        )
        return None if found is None or self._is_nameless(found) else found

    def _own(self, span: Span) -> str | None:
        """Who counts by its own count: the last body or state named before the number in its sentence."""
        text = self._clause.text
        if not _BY_OWN.match(text, span[1]):
            return None
        first = max(0, text.rfind("\n", 0, span[0]), text.rfind(". ", 0, span[0]), span[0] - _REACH)
        named = [e for at, e in _from(self._mentions, first, 20) if at[1] <= span[0]]
        return next((e for e in reversed(named) if self._entities[e].type in _COUNTING), None)

    def _reported(self, said: Attribution) -> str | None:
        """Whose report a source only takes up: "she seized upon a Harbour Post report that nine had died"."""
        if not said.content.spans:
            return None
        start = said.content.spans[0][0]
        for at, entity in _from(self._mentions, start - _TAKEN_UP, 20):
            if at[1] > start + _TAKEN_UP:
                break
            named = self._entities[entity].type in {"organisation", "government"}
            if named and _REPORT_THAT.match(self._clause.text, at[1]) and self._is_cue(said, at[1]):
                return entity
        return None

    def _is_cue(self, said: Attribution, at: int) -> bool:
        """Whether a report named at an offset stands between the source and what it holds."""
        first = min((s for s, _ in said.source.spans), default=at)
        return first <= at <= said.content.spans[0][0] + _TAKEN_UP

    def _is_nameless(self, entity: str) -> bool:
        """Whether an entity is an office or the people of a body, and bears no name of its own."""
        one = self._entities.get(entity)
        if one is None:
            return False
        last = one.name.rpartition(" ")[2]
        return (
            last in _ANY_OF_BODY
            or last.lower() in _ANY_OF_BODY - {"police"}
            or one.name.lower() in _ANY_OF_BODY
            or (last.lower() in _OFFICES and (one.type != "person" or " " not in one.name))
        )

    def _meant(self, span: Span, before: list[tuple[int, str]]) -> str | None:
        """Whom a source without an entity stands for: who spoke last, or whose paper it is."""
        words = self._clause.text[slice(*span)].strip(' ,."“”')
        low = words.lower()
        last = before[-1][1] if before and span[0] - before[-1][0] <= _REACH else None
        one = self._entities.get(last or "")
        if low in _HE:
            return last if one is not None and one.type == "person" else None
        if one is not None and one.type == "person" and one.name.rpartition(" ")[2].lower() == low:
            return last
        if low in _IT or _BODY.match(words):
            return last if one is not None and one.type in {"organisation", "government", "armed-force"} else None
        return self._relative(span) if low == "which" else self._paper(span)

    def _relative(self, span: Span) -> str | None:
        """The body that is named right before "which"."""
        near = _from(self._mentions, span[0] - 80, 20)
        found = next((e for at, e in reversed(near) if at[1] <= span[0] <= at[1] + 3), None)
        return found if found is not None and self._entities[found].type in {"organisation", "government"} else None

    def _paper(self, span: Span) -> str | None:
        """The organisation named in "a Harbour Post analysis"."""
        for at, entity in _from(self._mentions, span[0], 20):
            if at[1] > span[1]:
                return None
            named = self._entities[entity].type in {"organisation", "government"}
            if named and at[0] - span[0] <= 4 and _PAPER.match(self._clause.text, at[1], span[1]):
                return entity
        return None


def _putter(span: Span, clause: Clause, mentions: Mentions) -> str | None:
    """The subject of "put the number of dead at 31", whatever stands between; None in text without a parse."""
    if clause.capitals:
        return None
    node = clause.tokens[min(bisect_left(clause.starts, span[1]), len(clause.starts)) - 1]
    for _ in range(6):
        if node.head == node or (node.pos_ == "VERB" and node.dep_ not in {"conj", "amod", "acl"}):
            break
        node = node.head
    if node.lemma_.lower() not in _PUTTING or not any(c.dep_ == "prep" and c.lower_ == "at" for c in node.children):
        return None
    subject = next((c for c in node.children if c.dep_ == "nsubj"), None)
    if subject is None:
        return None
    last = subject.idx + len(subject)
    return next((e for at, e in _from(mentions, last - 80, 20) if at[0] < last == at[1]), None)


def _counter(span: Span, clause: Clause, mentions: Mentions) -> str | None:
    """The entity whose verb of counting stands before the number."""
    text = clause.text
    first = max(0, span[0] - 120)
    put = _PUT.search(text[first : span[0]])
    if put is None:
        return None
    verb = first + put.start()
    near = [m for m in _from(mentions, verb - 80, 40) if m[0][0] < verb]
    return next((e for at, e in reversed(near) if at[1] == verb), None)


def _from(mentions: Mentions, start: int, most: int) -> Mentions:
    """The first mentions that start at an offset or after it."""
    first = bisect_left(mentions, ((max(0, start), -1), ""))
    return mentions[first : first + most]
