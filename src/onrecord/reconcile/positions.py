"""Positions: what actors want, offer, refuse, accept or threaten, and on which conditions, as reports tell it.

A position is derived from one attribution, with its words. That two positions of one actor on one issue differ is a
candidate for a change and never more: only a person can tell that somebody changed his mind.
"""

from __future__ import annotations

import re

import msgspec

from onrecord.model import Annotated, Attribution, Condition, Span
from onrecord.reconcile.holders import Holder, holder, owns
from onrecord.reconcile.issues import Issue, issue
from onrecord.reconcile.kinship import root
from onrecord.reconcile.stances import Doer, Stance, Taken, taken
from onrecord.reconcile.subject_names import subject_names

__all__ = ["Position", "positions"]

#: What is offered in sorrow is no position.
_PIOUS = frozenset(map(root, ("prayer", "pray", "condolences", "condolence", "sympathy", "sympathies")))
#: To plead guilty to a count is to answer a court, and asks for nothing.
_PLEADED = re.compile(r"(?:plead(?:s|ed|ing)?|pled)\s+(?:not\s+)?(?:guilty|no\s+contest)\b", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Position(msgspec.Struct, frozen=True):
    """What one actor wants, offers, refuses, accepts or threatens, as one report tells it.

    Attributes:
        id: the attribution that it was read from.
        holder: whose it is.
        stance: "conditional" is a stance of its own only where the words make nothing else plain: "no talks until".
        favours: whether the holder is for the deed; who threatens it is, who refuses it is not.
        doer: who would do the deed: the holder, another, or nobody that is named.
        span: the words; `deed` those that say what is wanted or refused.
        conditions: as the attribution has them; `terms` roots of their telling words.
        addressee: to whom it was said, by name or words.
        day: the day of the statement where the report states it, else that of publication; null if unknown.
        via: through whom it came, outermost first.
        issue: what it is about.
        about: words of the names that the report is about.
    """

    id: str
    holder: Holder
    stance: Stance
    favours: bool
    doer: Doer
    span: Span
    deed: Span
    conditions: tuple[Condition, ...]
    terms: tuple[str, ...]
    addressee: str | None
    day: str | None
    manner: str
    act: str
    within: str | None
    via: tuple[str, ...]
    issue: Issue
    about: tuple[str, ...] = ()


def positions(annotated: Annotated) -> tuple[Position, ...]:
    """The positions that a report tells of, in the order of its attributions.

    What is told twice ("he said that his side was ready to talk") is one position: the outer statement's.

    Example:
        >>> import onrecord
        >>> told = onrecord.annotate("The rebels said on Monday that they would not release Mr. Adler.", models=False)
        >>> [(p.stance, p.favours) for p in positions(told)]
        []
        >>> told = onrecord.annotate("Hamas said on Monday that it would not release Mr. Adler.", models=False)
        >>> [(p.holder.name, p.stance, sorted(p.issue.terms)) for p in positions(told)]
        [('Hamas', 'refuses', ['adler', 'releas'])]
    """
    found: list[tuple[Attribution, Position]] = []
    for item in annotated.attributions:
        position = _position(annotated, item)
        if position is not None:
            found.append((item, position))
    kept = {item.id: position for item, position in found}
    inner = {item.id for item, position in found if _is_told_by_outer(item, position, kept)}
    outer = {
        item.within
        for item, position in found
        if item.id not in inner and item.within in kept and _lies_in(position.span, kept[item.within].span)
    }
    return tuple(position for item, position in found if item.id not in inner | outer)


def _is_told_by_outer(item: Attribution, position: Position, kept: dict[str, Position]) -> bool:
    outer = kept.get(item.within or "")
    return outer is not None and _lies_in(position.span, outer.span) and outer.holder.words == position.holder.words


def _lies_in(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _position(annotated: Annotated, item: Attribution) -> Position | None:
    subject: list[Span] = []
    if any(_PLEADED.match(annotated.report.text, start) for start, _ in item.cue.spans):
        return None

    def own(span: Span) -> bool:
        subject.append(span)
        return owns(annotated, item, span)

    marks = tuple(condition.marker for condition in item.conditions)
    stance = taken(annotated.report.text, item, own, marks)
    if stance is None:
        return None
    whose = holder(annotated, item, subject[-1] if subject else None) or _inherited(annotated, item)
    return None if whose is None else _made(annotated, item, stance, whose)


def _inherited(annotated: Annotated, item: Attribution) -> Holder | None:
    """The outer source, where the inner one is its own side: "his government was ready"."""
    outer = next((a for a in annotated.attributions if a.id == item.within), None)
    if outer is None or not item.source.spans or not owns(annotated, outer, item.source.spans[0]):
        return None
    return holder(annotated, outer, item.source.spans[0])


def _made(annotated: Annotated, item: Attribution, stance: Taken, whose: Holder) -> Position | None:
    text = annotated.report.text
    conditions = tuple(c for c in item.conditions if _meet(c.governs, stance.span) or _meet(c.span, stance.span))
    times = [time.span for time in annotated.times]
    names = [span for entity in annotated.entities for span in entity.mentions]
    out = [*(c.span for c in conditions), *times]
    about = issue(text, stance.deed, without=out, names=names, known=whose.words)
    if not about.terms or about.first in _PIOUS:
        return None
    told = {term for c in conditions for term in issue(text, c.span, without=times, names=names).terms}
    when = item.time.value if item.time and item.time.value and _DAY.match(item.time.value) else None
    return Position(
        id=item.id,
        holder=whose,
        stance=stance.stance,
        favours=stance.favours,
        doer=stance.doer,
        span=stance.span,
        deed=stance.deed,
        conditions=conditions,
        terms=tuple(sorted(told)),
        addressee=_addressee(annotated, item),
        day=(when or annotated.report.published or "")[:10] or None,
        manner=item.manner,
        act=item.act,
        within=item.within,
        via=tuple(_name(annotated, outer.entity) or " ".join(outer.text.split()) for outer in item.via),
        issue=about,
        about=subject_names(annotated),
    )


def _name(annotated: Annotated, entity: str | None) -> str | None:
    return next((e.name for e in annotated.entities if e.id == entity), None)


def _addressee(annotated: Annotated, item: Attribution) -> str | None:
    if item.addressee is None:
        return None
    named = _name(annotated, item.addressee.entity)
    told = " ".join(annotated.report.text[slice(*span)] for span in item.addressee.spans)
    return named or " ".join(told.split()) or None
