"""Who says what: sources, cues and contents, by rules over quotation marks and grammar, and what follows from them.

Finding and deriving are apart: `finding.found` yields spans by rules; `attributions_of` makes complete attributions of
spans from any finder.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from onrecord.annotators import sources
from onrecord.annotators.asides import without_asides
from onrecord.annotators.chains import cited, holders, only_cites, passed_on_by
from onrecord.annotators.conditions import Place, conditions, places
from onrecord.annotators.content_acts import NEUTRAL, content_act
from onrecord.annotators.cues import words
from onrecord.annotators.finders import found
from onrecord.annotators.found import Found, inside, length
from onrecord.annotators.grammar import Grammar
from onrecord.annotators.manners import act, cue_head, manner, negated
from onrecord.annotators.parse import Parsed
from onrecord.annotators.phrases import is_label
from onrecord.annotators.scenes import Scene, scene
from onrecord.annotators.sources import People, people
from onrecord.annotators.subjects import name_of
from onrecord.annotators.surroundings import addressee, medium, time
from onrecord.model import (
    Addressee,
    Attribution,
    AttributionKind,
    Content,
    Cue,
    Entity,
    Source,
    Span,
    Spans,
    Time,
    Via,
)

__all__ = ["attributions", "attributions_of"]

#: Offices whose holder speaks for the body that the report gives no name to there.
_LEADERS = words("leader chairman chairwoman chair head chief commander spokesman spokeswoman spokesperson president")
_LED = frozenset({"armed-force", "group", "organisation"})
#: How words begin by which somebody may not speak.
_FORBIDDEN = ("was", "were", "is", "are")


def attributions(
    parsed: Parsed,
    entities: tuple[Entity, ...],
    times: tuple[Time, ...],
    *,
    models: bool = False,
    stage: Scene | None = None,
) -> tuple[Attribution, ...]:
    """The attributions of a report, in the order of their first words.

    Args:
        parsed: the report.
        entities, times: of the same report; they may be empty.
        models: whether the trained model finds them, with the rules beside it; else the rules alone.
        stage: the report's scene, where it is made already.

    Example:
        >>> from onrecord.annotators.parse import parse
        >>> from onrecord.read.text import report
        >>> text = 'The army denied on Monday that it had shelled the town.'
        >>> (said,) = attributions(parse(report(text)), (), ())
        >>> said.act, [text[slice(*span)] for span in said.source.spans + said.content.spans]
        ('denies', ['The army', 'that it had shelled the town'])
    """
    if not len(parsed.doc):
        return ()
    stage, credit = stage or scene(parsed), parsed.report.credit
    return attributions_of(found(stage, models=models, credit=credit.span if credit else None), stage, entities, times)


def attributions_of(
    found: Sequence[Found], stage: Scene, entities: Sequence[Entity], times: Sequence[Time]
) -> tuple[Attribution, ...]:
    """Complete attributions from spans that rules or a model found: kind, manner, act, source, chain and the rest.

    Args:
        found: in any order; ids a1, a2, ... follow the order of their first words.
        stage: the scene of the same report.
        entities, times: of the same report; they may be empty.
    """
    unnamed = sources.all_terms(stage.g.text)
    ordered = sorted(
        (
            item
            for item in without_asides(stage, found)
            if not _is_terms(stage, item, unnamed) and not only_cites(stage.g, item, cue_head(stage.g, item))
        ),
        key=lambda f: (min(f.cue[0], f.content[0], *f.source[:1]), f.cue, f.content, f.source),
    )
    own = [item.source for item in ordered]
    within = holders(ordered)
    dated = sorted(times, key=lambda t: t.span)
    around = _Around(stage, people(stage, entities), dated, [t.span[0] for t in dated], places(stage),
                     unnamed)  # fmt: skip
    heads = [cue_head(stage.g, item) for item in ordered]
    relayers = _relayers(stage, ordered, heads)
    ordered = [
        item if passed is None else replace(item, source=(passed,))
        for item, passed in zip(ordered, relayers, strict=True)
    ]
    read = _Read(
        ordered,
        heads,
        [sources.entity(stage, around.people, item.source) for item in ordered],
        within,
        [None if passed is None else outer for passed, outer in zip(relayers, own, strict=True)],
        _conditions_by_holder(around, ordered, heads),
    )
    return tuple(_attribution(around, read, index) for index in range(len(ordered)))


def _is_terms(stage: Scene, item: Found, unnamed: Sequence[Span]) -> bool:
    """Whether an attribution is the words on which a source is not named, and no more.

    "Who asked not to be named" is, and "who were not authorised to discuss it", whatever that is.
    """
    start, end = item.cue[0][0], item.content[-1][1]
    at = bisect_right(unnamed, (start, len(unnamed) + end)) - 1
    if at < 0 or not unnamed[at][0] <= start < item.content[0][0]:
        return False
    negated = stage.g.text[slice(*unnamed[at])].startswith(_FORBIDDEN)
    return item.content[0][0] < unnamed[at][1] or (negated and start < unnamed[at][1])


#: Of whom somebody holds an office, and whether he leads a body that is not named.
Offices: TypeAlias = tuple[frozenset[str], bool]


@dataclass(frozen=True, slots=True)
class _Around:
    """The report's scene with what was read from it before, sorted.

    `offices` are those of the entities asked for so far, by id.
    """

    stage: Scene
    people: People
    times: list[Time]
    time_starts: list[int]
    places: tuple[Place, ...]
    terms: list[Span]
    offices: dict[str, Offices] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Read:
    """What is known of each attribution, by its index: head of its cue, entity, holder, relayer and conditions."""

    items: list[Found]
    heads: list[int]
    entities: list[str | None]
    within: list[int | None]
    relayed_by: list[Spans | None]
    conditions: dict[int, tuple[Place, ...]]


def _relayers(stage: Scene, ordered: list[Found], heads: list[int]) -> list[Span | None]:
    """For each attribution, whom its named source cites for it; that is then the source, and the other passed it on."""
    found = [cited(stage.g, item, head) if item.source else None for item, head in zip(ordered, heads, strict=True)]
    return [None if (span,) == item.source else span for span, item in zip(found, ordered, strict=True)]


def _attribution(around: _Around, read: _Read, index: int) -> Attribution:
    stage, item, head = around.stage, read.items[index], read.heads[index]
    entity = read.entities[index]
    named = None if entity is None else around.people.entities[entity]
    done = act(stage.g, item, head)
    if done == "asserts" and stage.g.lemma[head] in NEUTRAL and not is_label(stage.g.text, item):
        done = content_act(stage.g, item, lambda token: _is_own(around, item.source, named, token))
    how = medium(stage, item, head)
    to_whom = addressee(stage, item, head)
    holder = read.within[index]
    who = sources.kind(stage, item.source, named)
    return Attribution(
        id=f"a{index + 1}",
        kind=_kind(stage, item, head),
        manner=manner(stage.g, item, head, how),
        act=done,
        negated=negated(stage.g, item, head, done),
        medium=how,
        source=Source(
            item.source,
            entity,
            who,
            ()
            if holder is not None
            else sources.terms(stage, head, item.content, around.terms, unnamed=who == "unnamed-person"),
        ),
        cue=Cue(item.cue),
        content=Content(item.content),
        within=None if holder is None else f"a{holder + 1}",
        via=_via(around, read, index),
        addressee=Addressee(to_whom, sources.entity(stage, around.people, to_whom)) if to_whom else None,
        time=time(stage, item, head, around.times, around.time_starts),
        conditions=tuple(conditions(stage, item, head, read.conditions.get(index, ()))),
        confidence=item.confidence,
    )


def _is_own(around: _Around, source: Spans, named: Entity | None, token: int) -> bool | None:
    """Whether a token names the source, or the country or body that it speaks for; None where it names nobody."""
    g = around.stage.g
    whom = around.people.at(g.span(token, token))
    if whom is None or not source:
        return None
    other = around.people.entities[whom]
    start, end = source[0]
    named_in = {who for s, e, who in around.people.within(start, end)}
    if named is None:
        return True if whom in named_in else None
    state = named.country is not None and other.country == named.country and other.type != "person"
    if named.id not in around.offices:
        around.offices[named.id] = _offices(named)
    of, leads = around.offices[named.id]
    led = other.name in of or (leads and other.type in _LED)
    return other.id == named.id or whom in named_in or state or led


def _offices(named: Entity) -> Offices:
    """Of whom somebody holds an office, and whether he leads a body that is not named."""
    leads = any(role.of is None and role.role.split()[-1] in _LEADERS for role in named.roles)
    return frozenset(role.of for role in named.roles if role.of is not None), leads


def _kind(stage: Scene, item: Found, head: int) -> AttributionKind:
    """Whether all of the content stands in quotation marks, or some, or none; marks around the cue do not count."""
    if is_label(stage.g.text, item):
        return "direct"
    around_cue = stage.quotation_of[head]
    quoted = [-1 < stage.quotation_of[t] != around_cue for s, e in item.content
              for t in range(stage.g.at(s), stage.g.before(e) + 1) if stage.g.word[t]]  # fmt: skip
    if not any(quoted):
        return "indirect"
    return "direct" if all(quoted) else "mixed"


def _via(around: _Around, read: _Read, index: int) -> tuple[Via, ...]:
    """The sources of the attributions that this one stands in, outermost first, then those who passed its words on."""
    item, entity = read.items[index], read.entities[index]
    outer: list[Spans] = []
    holder = read.within[index]
    while holder is not None:
        same = entity is not None and read.entities[holder] == entity
        if read.items[holder].source and not same:
            outer.append(read.items[holder].source)
        outer.extend(spans for spans in (read.relayed_by[holder],) if spans)
        holder = read.within[holder]
    outer.reverse()
    outer.extend(spans for spans in (read.relayed_by[index],) if spans)
    outer.extend((span,) for span in passed_on_by(around.stage.g, item, read.heads[index]))
    text = around.stage.g.text
    return tuple(Via(spans, around.people.at(spans[0]), _words(text, spans)) for spans in outer if spans != item.source)


def _words(text: str, spans: Spans) -> str:
    return " ".join(text[start:end] for start, end in spans)


def _conditions_by_holder(around: _Around, ordered: list[Found], heads: list[int]) -> dict[int, tuple[Place, ...]]:
    """Each condition under the one attribution it belongs to: the tightest content, else the cue it hangs from."""
    g = around.stage.g
    chosen: dict[int, list[Place]] = {}
    parts = sorted((s, e, i) for i, item in enumerate(ordered) for s, e in item.content)
    states = [_states(g, head) for head in heads]
    by_head = {head: index for index, head in enumerate(heads)}
    open_parts: list[tuple[int, int, int]] = []
    at = 0
    for place in around.places:
        start, end = g.span(*place.marker)
        while at < len(parts) and parts[at][0] <= start:
            open_parts.append(parts[at])
            at += 1
        open_parts = [part for part in open_parts if part[1] > start]
        holding = [(not states[i], length(ordered[i].content), i) for _, e, i in open_parts if end <= e]
        index = by_head.get(place.head)
        if index is None or (holding and not states[index]):
            index = min(holding)[2] if holding else None
        if index is not None and holding and inside(ordered[(tightest := min(holding)[2])].cue, ordered[index].content):
            index = tightest
        if index is None:
            index = _ending_at(parts, at, start)
        if index is not None:
            chosen.setdefault(index, []).append(place)
    return {index: tuple(held) for index, held in chosen.items()}


def _states(g: Grammar, head: int) -> bool:
    """Whether a cue says something, so that a condition beside it is one of what is said, not of its thinking so."""
    if g.pos[head] == "ADJ":
        return False
    found = g.cue("verb", name_of(g, head)) if g.pos[head] == "VERB" else None
    return found is None or found.manner in {"said", "written"}


def _ending_at(parts: list[tuple[int, int, int]], started: int, offset: int) -> int | None:
    """The attribution whose content ends right before an offset, among the parts that started before it."""
    for _, end, index in reversed(parts[max(0, started - 3) : started]):
        if 0 <= offset - end <= 2:
            return index
    return None
