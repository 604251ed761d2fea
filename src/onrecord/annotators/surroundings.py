"""What stands around a cue: to whom the statement was made, in what medium, and when."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from onrecord.annotators.cues import words
from onrecord.annotators.found import Found, trimmed
from onrecord.annotators.grammar import Grammar
from onrecord.annotators.scenes import Scene
from onrecord.annotators.subjects import MEDIA, asked_of
from onrecord.annotators.time_deadlines import is_deadline
from onrecord.model import Medium, Span, Spans, StatementTime, Time

__all__ = ["addressee", "medium", "time"]

_WAYS = frozenset({"in", "on", "via", "through", "by", "during", "at", "over"})
_TOLD = words(
    "tell inform remind ask assure brief notify warn advise convince reassure urge order instruct beg implore "
    "promise text email call_on exhort caution encourage press lobby answer show teach"
)
_TO_WHOM = words(
    "say speak talk write explain announce report complain suggest confirm appeal admit confess propose "
    "describe repeat respond reply stress reveal"
)


def addressee(stage: Scene, item: Found, head: int) -> Spans:
    """The words for whom the statement was made to: "told Reuters", "said to the crowd", "she was told that"."""
    g = stage.g
    if g.pos[head] != "VERB":
        return ()
    lemma = g.lemma[head]
    told = asked_of(g, head)
    if told is None and lemma in _TOLD:
        told = g.kid(head, "nsubjpass") if g.kid(head, "auxpass") is not None else g.kid(head, "dobj", "dative")
    if told is None and (lemma in _TO_WHOM or lemma in _TOLD or lemma == "call"):
        for kid in g.kids[head]:
            ways = {"on", "upon"} if lemma == "call" else {"to", "with"}
            whom = g.kid(kid, "pobj") if g.dep[kid] in {"prep", "dative"} and g.lower[kid] in ways else None
            if whom is not None and kid > head and stage.parsed.doc[whom].ent_type_ not in {"DATE", "TIME"}:
                told = whom
                break
    if told is not None and any(g.ends[head] <= s and e <= g.starts[told] for s, e in item.content):
        return ()
    if (
        told is None
        or g.lower[told] in {"it", "that", "what", "which"}
        or g.pos[told] not in {"NOUN", "PROPN", "PRON", "NUM"}
    ):
        return ()
    span = g.span(g.left[told], _without_occasion(g, told, min(g.right[told], told + 12)))
    if any(s <= g.starts[told] < e for s, e in item.content) and not _commanded(g, told, head):
        return ()
    if any(s <= span[0] and span[1] <= e for s, e in item.content):
        return (span,)
    clipped = _outside(span, [*item.content, *item.source, *item.cue], g.span(told, told))
    clipped = None if clipped is None else trimmed(g.text, clipped)
    return () if clipped is None else (clipped,)


def _without_occasion(g: Grammar, told: int, last: int) -> int:
    """The last token of an addressee before the words for when that was: "told a news conference [on his return]"."""
    for token in range(told + 1, last + 1):
        if g.dep[token] == "prep" and g.head[token] == told and g.lower[token] in {"on", "after", "during", "before"}:
            return token - 1
    return last


def _commanded(g: Grammar, told: int, head: int) -> bool:
    """Whether a person in the content is the one asked to do what it says or for it: "urged Iran to stop"."""
    if g.pos[told] == "PRON" and g.lemma[head] == "ask" and g.head[told] == head and told == head + 1:
        return True
    called = g.lower[g.head[told]] in {"on", "upon"} and g.lemma[head] == "call"
    return (g.head[told] == head or called) and g.kid(head, "xcomp", *(("advcl",) if called else ())) is not None


def _outside(span: Span, others: Sequence[Span], core: Span) -> Span | None:
    """A span cut back to what lies around its core and outside others; the core itself if others cover it."""
    start, end = span
    for s, e in others:
        if s <= core[0] and core[1] <= e:
            return core
        if e <= core[0]:
            start = max(start, e) if s < end and e > start else start
        elif s >= core[1]:
            end = min(end, s)
    return (start, end) if start < end else None


def medium(stage: Scene, item: Found, head: int) -> Medium | None:
    """How the statement was made public: "in a statement", "on state television"."""
    g = stage.g
    taken = [*item.content, *item.source]
    for kid in g.kids[head]:
        if g.dep[kid] not in {"prep", "agent"} or g.lower[kid] not in _WAYS:
            continue
        noun = g.kid(kid, "pobj")
        if (
            noun is None
            or g.lemma[noun].rstrip(".") not in MEDIA
            or any(s < g.ends[noun] and g.starts[kid] < e for s, e in taken)
        ):
            continue
        last = min(g.right[noun], noun + 8)
        span = _outside(g.span(kid, last), taken, g.span(kid, noun))
        if span is not None:
            end = _without_time(g, kid, g.before(span[1]), noun)
            span = (span[0], g.ends[end] - (g.lower[end] == "x."))
            return Medium((span,), g.text[slice(*span)])
    return _issued(g, head, taken) or _reached(g, item)


def _reached(g: Grammar, item: Found) -> Medium | None:
    """How a source was spoken to, by its own words: "a resident reached by phone"."""
    for start, end in item.source:
        for token in range(g.at(start), g.before(end) + 1):
            if g.tag[token] != "VBN" or g.lemma[token] not in {"reach", "contact", "interview"}:
                continue
            way = g.kid(token, "agent", "prep")
            noun = None if way is None or g.lower[way] not in _WAYS else g.kid(way, "pobj")
            if way is not None and noun is not None and g.lemma[noun] in MEDIA and g.ends[noun] <= end:
                span = g.span(way, noun)
                return Medium((span,), g.text[slice(*span)])
    return None


def _without_time(g: Grammar, first: int, last: int, noun: int) -> int:
    """The last token of a medium before "on Friday" or another phrase that says no more about it."""
    for token in range(noun + 1, last + 1):
        carried = g.tag[token] == "VBN" and g.dep[token] == "acl" and g.head[token] == noun and token == noun + 1
        if (
            ((g.pos[token] in {"PUNCT", "VERB"} and not carried) or g.lower[token] in {"to", "that"})
            or g.lower[token] in _DAYS
            or (token < last and g.lower[token + 1] in _DAYS)
        ):
            return max(noun, token - 1)
    while last > noun and not g.word[last]:
        last -= 1
    return max(last, first)


_DAYS = words("monday tuesday wednesday thursday friday saturday sunday yesterday today late early earlier")


#: What is done to another's text: "denied the reports, saying".
_ANSWERING = words("deny reject dismiss dispute confirm welcome criticize criticise condemn cite quote read see refute")


def _issued(g: Grammar, head: int, taken: Sequence[Span]) -> Medium | None:
    """The noun that a participle continues: "issued a statement saying"."""
    noun = g.head[head]
    if g.dep[head] == "advcl" and g.tag[head] == "VBG" and g.lemma[noun] not in _ANSWERING:
        noun = g.kid(noun, "dobj") or noun
    if g.dep[head] in {"acl", "advcl"} and g.lemma[noun] in MEDIA and g.pos[noun] in {"NOUN", "PROPN"} and noun < head:
        span = g.span(min(g.left[noun], noun), noun)
        if not any(s < span[1] and span[0] < e for s, e in taken):
            return Medium((span,), g.text[slice(*span)])
    return None


def time(stage: Scene, item: Found, head: int, times: Sequence[Time], starts: Sequence[int]) -> StatementTime | None:
    """When the statement was made: a date or hour in the cue's own clause. `starts` are those of `times`, sorted."""
    g = stage.g
    first, last = stage.unit_span(head)
    for found in times[bisect_left(starts, first) : bisect_left(starts, last)]:
        if found.type not in {"DATE", "TIME"} or any(
            s < found.span[1] and found.span[0] < e for s, e in (*item.content, *item.source)
        ):
            continue
        opening = g.at(found.span[0])
        if opening and (is_deadline(stage.parsed.doc[opening - 1]) or _bounds_other(g, opening - 1, head)):
            continue
        token = g.before(found.span[1])
        way = g.head[token] if g.dep[token] == "pobj" else token
        if found.span[1] <= g.starts[head] and g.lower[way] == "on" and g.head[way] == _coordinated(g, head):
            return StatementTime(found.span, found.value)
        for _ in range(5):
            if token == head or token == g.head[token] or _has_subject(g, token):
                break
            token = g.head[token]
        if token == head:
            return StatementTime(found.span, found.value)
    return None


def _has_subject(g: Grammar, token: int) -> bool:
    """Whether a verb tells of a deed of its own, whose day is not the statement's: "that she would come Monday"."""
    return g.pos[token] == "VERB" and g.kid(token, "nsubj", "nsubjpass") is not None


def _bounds_other(g: Grammar, before: int, head: int) -> bool:
    """Whether a word leads to when something else than the cue is to be done: "ordered to leave by Monday"."""
    verb = g.head[before]
    return g.lower[before] in {"by", "before", "until"} and g.pos[verb] == "VERB" and head < verb < before


def _coordinated(g: Grammar, head: int) -> int:
    """The verb before a cue that has the same subject and whose day is the cue's too: "arrived on Friday and asked"."""
    joined = g.dep[head] == "conj" and g.kid(head, "nsubj", "nsubjpass") is None and g.pos[g.head[head]] == "VERB"
    return g.head[head] if joined and g.head[head] < head else head
