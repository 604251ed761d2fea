"""What a report tells, entry by entry, and whether two entries of one kind tell the same; decided on the two alone.

Made for telling news from what was known: an entry that tells the same as an earlier one brings nothing new. Where a
kind has a `Linker` of its own, that knows better which entries belong together.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from onrecord.model import Annotated, Attribution, Event, Figure, Participant, Span
from onrecord.reconcile.days import ordinal
from onrecord.reconcile.kinship import head, root
from onrecord.reconcile.rarity import rarity, words

__all__ = ["Kind", "Told", "entries", "keys", "same", "spans"]

Kind = Literal["statement", "event", "figure"]

#: The part of the lighter statement's words, by weight, that the other must have, and of the heavier one's.
LEAST_OF_LESS, LEAST_OF_MORE = 0.7, 0.5
#: Telling words that a statement must have at least to be known again in a report of another story.
FEWEST_TERMS = 4
#: Events and counts of one incident whose days are further apart are not the same.
DAYS_APART = 3
#: Words no rarer than this tell nothing.
COMMON = 0.7

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Told(msgspec.Struct, frozen=True):
    """What one entry tells.

    Attributes:
        what: the event's type and the root of its trigger; the figure's unit and numbers; empty for a statement.
        who: folded words of the speaker, the parties or the claimant; empty where nobody is named.
        terms: roots of the words said or counted, with how much each tells.
        place: the place's folded name; `day` the stated day, else that of publication.
    """

    kind: Kind
    report: str
    entry: str
    what: str
    who: frozenset[str]
    terms: dict[str, float]
    place: str | None
    day: int | None


def entries(annotated: Annotated) -> Iterator[Told]:
    """What a report tells: its statements, events and figures, in this order."""
    for item in annotated.attributions:
        if item.manner in ("said", "written"):
            yield _statement(annotated, item)
    for event in annotated.events:
        yield _event(annotated, event)
    for figure in annotated.figures:
        yield _figure(annotated, figure)


def keys(told: Told) -> tuple[str, ...]:
    """By what entries that tell the same find one another."""
    if told.kind != "statement":
        return (f"{told.kind}|{told.what}",)
    telling = sorted(told.terms, key=lambda stem: (-told.terms[stem], stem))[:6]
    return tuple(f"{told.kind}|{stem}" for stem in telling)


def same(a: Told, b: Told, *, one_story: bool = False) -> bool:
    """Whether two entries tell the same, whichever comes first.

    Args:
        one_story: whether their reports tell of one story; if not, only the words of a named speaker can be the same.

    Example:
        >>> import onrecord
        >>> one = onrecord.annotate("Hamas said that talks on a ceasefire had failed.", id="a", models=False)
        >>> other = onrecord.annotate("Talks on a ceasefire have failed, Hamas said.", id="b", models=False)
        >>> a, b = next(entries(one)), next(entries(other))
        >>> same(a, b, one_story=True), same(a, b)
        (True, False)
    """
    if a.kind != b.kind or a.what != b.what:
        return False
    if a.kind == "statement":
        told = one_story or (bool(a.who & b.who) and min(len(a.terms), len(b.terms)) >= FEWEST_TERMS)
        return told and _compatible(a.who, b.who) and _alike(a.terms, b.terms)
    if not one_story:
        return False
    if a.day is not None and b.day is not None and abs(a.day - b.day) > DAYS_APART:
        return False
    if a.place and b.place and a.place != b.place:
        return False
    if a.kind == "event":
        return bool(a.who & b.who) or (a.place is not None and a.place == b.place and not (a.who and b.who))
    about = bool(a.terms.keys() & b.terms.keys()) or not a.terms or not b.terms
    return about and _compatible(a.who, b.who)


def _compatible(a: frozenset[str], b: frozenset[str]) -> bool:
    return not a or not b or a <= b or b <= a


def _alike(a: dict[str, float], b: dict[str, float]) -> bool:
    both = math.fsum(min(a[stem], b[stem]) for stem in a.keys() & b.keys())
    less, more = sorted((math.fsum(a.values()), math.fsum(b.values())))
    return both > 0 and both >= LEAST_OF_LESS * less and both >= LEAST_OF_MORE * more


def _statement(annotated: Annotated, item: Attribution) -> Told:
    text = annotated.report.text
    said = " ".join(text[slice(*span)] for span in item.content.spans)
    source = " ".join(text[slice(*span)] for span in item.source.spans)
    who = _name(annotated, item.source.entity) or (source if any(w[:1].isupper() for w in source.split()[1:]) else "")
    return Told(
        "statement",
        annotated.report.id,
        item.id,
        "",
        frozenset(_folded(who)[-1:]),
        _terms(said),
        None,
        _published(annotated),
    )


def _event(annotated: Annotated, event: Event) -> Told:
    text = annotated.report.text
    trigger = tuple(word for word, _, _ in words(text[slice(*event.trigger)])) or ("",)
    what = f"{event.type} {root(head(trigger))} {event.modality}"
    parties = frozenset(
        word for party in (*event.actors, *event.recipients) for word in _folded(_party(annotated, party))[-1:]
    )
    return Told("event", annotated.report.id, event.id, what, parties, {}, _place(annotated, event.place),
                _stated(annotated, event.time))  # fmt: skip


def _figure(annotated: Annotated, figure: Figure) -> Told:
    what = f"{figure.unit} {figure.low} {figure.high} {figure.qualifier}"
    claimant = frozenset(_folded(_name(annotated, figure.claimant) or "")[-1:])
    return Told("figure", annotated.report.id, figure.id, what, claimant, _terms(figure.of.text),
                _place(annotated, figure.place), _stated(annotated, figure.time))  # fmt: skip


def _terms(said: str) -> dict[str, float]:
    found = ((root(word), rarity(word) - COMMON) for word, _, _ in words(said))
    return dict(sorted((stem, round(weight, 1)) for stem, weight in found if weight > 0))


def _folded(name: str) -> list[str]:
    return [word for word, _, _ in words(name) if len(word) > 1]


def _name(annotated: Annotated, entity: str | None) -> str | None:
    return next((e.name for e in annotated.entities if e.id == entity), None)


def _party(annotated: Annotated, party: Participant) -> str:
    return _name(annotated, party.entity) or party.text


def _place(annotated: Annotated, place: str | None) -> str | None:
    name = next((p.name for p in annotated.places if p.id == place), None)
    return None if name is None else " ".join(_folded(name))


def _stated(annotated: Annotated, time: str | None) -> int | None:
    value = next((t.value for t in annotated.times if t.id == time), None)
    if value is not None and (day := _DAY.match(value)):
        return ordinal(day[0])
    return _published(annotated) if value is None else None


def _published(annotated: Annotated) -> int | None:
    return ordinal(annotated.report.published)


def spans(annotated: Annotated, told: Iterable[Told]) -> dict[str, Span]:
    """Where each entry stands: the statement's content, the event's trigger, the figure's words."""
    wanted = {one.entry for one in told}
    found = {a.id: (a.content.spans[0][0], a.content.spans[-1][1]) for a in annotated.attributions if a.id in wanted}
    found |= {e.id: e.trigger for e in annotated.events if e.id in wanted}
    return found | {f.id: f.span for f in annotated.figures if f.id in wanted}
