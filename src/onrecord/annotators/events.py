"""What happened: events in PLOVER's terms."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from onrecord.annotators.event_contexts import HISTORICAL, contexts, is_historical
from onrecord.annotators.event_patterns import Trigger, is_crowded
from onrecord.annotators.event_phrases import phrase, words_of
from onrecord.annotators.event_places import Links, links
from onrecord.annotators.event_roles import actors, recipients, told_with
from onrecord.annotators.event_senses import OCCURRING, named
from onrecord.annotators.event_sites import Sites
from onrecord.annotators.modality import CLAIMS, COOPERATIVE, Frame, frame
from onrecord.annotators.parse import Parsed
from onrecord.annotators.sentences import LONGEST_SENTENCE
from onrecord.annotators.voices import Voices
from onrecord.annotators.word_sets import word_set
from onrecord.model import Attribution, Entity, Event, EventType, Modality, Participant, Place, Span, Time

__all__ = ["GOALS", "events"]

#: Events that swallow what is asked, refused, promised or threatened in them: it is no event of its own.
_FRAMING = frozenset({"REQUEST", "REJECT", "AGREE", "THREATEN", "ACCUSE"})
#: Verbs that only carry the event that their object names.
_LIGHT = word_set(
    """
    launch carry conduct hold stage begin start make mount take have give do face see suffer continue end resume
    follow organize organise condemn call cause claim witness survive
    """
)
_VENGEFUL = word_set("avenge retaliate revenge punish crush annihilate obliterate respond hit")
#: Types whose place may be what they are headed for.
GOALS = frozenset({"COERCE", "CONSULT", "PROTEST", "MOBILIZE", "ASSAULT", "RETREAT"})


#: Types that are done at a place rather than said.
_ACTS = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT"})


@dataclass(frozen=True, slots=True)
class _Found:
    trigger: Trigger
    type: EventType
    modality: Modality
    actors: tuple[Token, ...]
    recipients: tuple[Token, ...]


def events(
    parsed: Parsed,
    entities: tuple[Entity, ...],
    places: tuple[Place, ...],
    times: tuple[Time, ...],
    attributions: tuple[Attribution, ...],
) -> tuple[Event, ...]:
    """The events of a report, in the order of their triggers.

    Words that merely report ("said") are no events; what is demanded, refused, promised or threatened is part of the
    event of asking, refusing, promising or threatening. Place and time are given only where the clause ties them to
    the event. What hangs from a word with more dependents than a sentence gives one (a list, a table) is not read.

    Example:
        >>> from onrecord.annotators.parse import parse
        >>> from onrecord.read.text import report
        >>> e, = events(parse(report("Police arrested five protesters in Minsk.")), (), (), (), ())
        >>> e.type, e.mode, e.actors[0].text, e.recipients[0].text, e.modality
        ('COERCE', 'arrest', 'Police', 'five protesters', 'happened')
    """
    linked = links(parsed.doc, places, times)
    sites = Sites(linked, places)
    mentions = sorted((span, entity.id) for entity in entities for span in entity.mentions)
    voices = Voices(parsed, attributions)
    made: list[Event] = []
    for found in _found(parsed):
        made.append(_event(found, f"ev{len(made) + 1}", parsed, linked, sites, mentions, voices))
    return tuple(made)


def _found(parsed: Parsed) -> Iterator[_Found]:
    for sentence in parsed.doc.sents:
        listed = _listed(sentence) if len(sentence) > LONGEST_SENTENCE else frozenset()
        triggers = [t for token in sentence if token.i not in listed and (t := named(token)) is not None]
        swallowed: set[int] = set()
        kept: list[_Found] = []
        kinds: set[EventType] = set()
        words: set[Token] = set()
        for trigger in sorted(triggers, key=lambda t: (t.nominal, _depth(t.token), t.token.i)):
            if trigger.token.i in swallowed:
                continue
            found = _read(trigger)
            if found is None and trigger.rule.type in _FRAMING and not trigger.nominal:
                swallowed.update(_swallowed(trigger.token))
            if found is None or (trigger.nominal and not _stands_alone(found, kinds, words)):
                continue
            kept.append(found)
            words.add(trigger.token)
            if not trigger.nominal:
                kinds.add(found.type)
            if found.type in _FRAMING:
                swallowed.update(_swallowed(trigger.token))
            if trigger.object is not None:
                swallowed.add(trigger.object.i)
        yield from sorted(kept, key=lambda f: f.trigger.token.i)


def _listed(sentence: Tokens) -> frozenset[int]:
    """The words of a long sentence that hang, within a few steps, from one with more dependents than can be read.

    What looks so is a list or a table. Elsewhere each step of the search for participants is bounded, so that a
    sentence without end costs no more than its length.
    """
    found: set[int] = set()
    for token in sentence:
        node = token
        for _ in range(5):
            if is_crowded(node):
                found.add(token.i)
                break
            node = node.head
    return frozenset(found)


def _depth(token: Token) -> int:
    depth = 0
    while token.head != token and depth < 30:
        token = token.head
        depth += 1
    return depth


def _swallowed(token: Token) -> Iterator[int]:
    """The words in what is asked, refused, promised or threatened: complements, not adverbial clauses."""
    if token.lemma_.lower() in {"dismiss", "reject"} and any(c.lemma_.lower() in CLAIMS for c in _objects(token)):
        return
    pending = [c for c in token.children if c.dep_ in {"xcomp", "ccomp", "dobj", "pcomp"} or (
        c.dep_ == "prep" and c.lower_ in {"of", "for", "to", "on", "against", "from", "with"}) or (
        c.dep_ == "dep" and c.i > token.i)]  # fmt: skip
    for node in pending:
        yield node.i
        pending.extend(c for c in node.children if c.dep_ not in {"advcl", "relcl"} and told_with(c) is None)


def _objects(verb: Token) -> Iterator[Token]:
    """The objects of a verb, its own and those after "as"."""
    for child in verb.children:
        if child.dep_ in {"dobj", "nsubjpass"}:
            yield child
        elif child.dep_ == "prep" and child.lower_ == "as":
            yield from (c for c in child.children if c.dep_ == "pobj")


def _read(trigger: Trigger) -> _Found | None:
    """The event of a trigger, with its type as it is put: promised help is AGREE, an announced attack THREATEN."""
    if trigger.token.dep_ == "pobj" and not trigger.nominal:
        # "treated dozens of wounded"
        return None
    put = frame(_framed(trigger))
    if put.aside and _is_voiced(trigger):
        put = Frame("happened", future=False, duty=False)
    if put.aside or (trigger.token.dep_ == "amod" and not trigger.nominal):
        return None
    acting, receiving = tuple(actors(trigger)), tuple(recipients(trigger))
    if put.duty and not trigger.nominal:
        speaker = _speaker(trigger.token)
        if speaker is not None:
            return _Found(trigger, "REQUEST", "demanded", (speaker,), acting)
    kind = _type(trigger, put)
    if kind is None:
        return None
    return _Found(trigger, kind, _modality(trigger, kind, put), acting, receiving)


def _framed(trigger: Trigger) -> Token:
    """The word that says how an event stands: for "talks resumed" and "talks will begin" the verb."""
    token = trigger.token
    occurs = token.dep_ in {"nsubj", "nsubjpass"} and token.head.lemma_.lower() in OCCURRING
    return token.head if trigger.nominal and occurs else token


def _is_voiced(trigger: Trigger) -> bool:
    """Whether a purpose is carried out in the act itself: "marched to demand that X step down"."""
    if trigger.rule.type not in {"REQUEST", "ACCUSE"} or trigger.nominal:
        return False
    act = named(trigger.token.head) if trigger.token.lemma_.lower() != "protest" else None
    return act is not None and act.rule.type == "PROTEST"


def _type(trigger: Trigger, put: Frame) -> EventType | None:
    """The type of an event as it is put; None for a warning of what nobody threatens to do."""
    kind, nominal = trigger.rule.type, trigger.nominal
    if put.modality == "denied" and not nominal and _refusal(trigger, put):
        return "REJECT"
    if put.future and put.modality != "denied" and not nominal:
        if kind == "CONCEDE" and trigger.token.dep_ == "xcomp":
            return kind
        return kind if kind == "CONSULT" and not _is_offered(trigger.token) else _promised(kind)
    if kind == "AGREE":
        inner = _complement(trigger.token)
        if put.modality == "failed":
            return "REJECT"
        return _agreed(trigger.token, inner)
    return kind


def _modality(trigger: Trigger, kind: EventType, put: Frame) -> Modality:
    """The modality; of a demand, a threat or a promise, how what it is about stands."""
    if put.modality == "denied" and kind == "REJECT" != trigger.rule.type:
        return "happened"
    if kind == "THREATEN" and put.modality in {"happened", "ongoing", "planned"}:
        return "threatened"
    if kind == "REQUEST" and put.modality in {"happened", "ongoing"}:
        return "demanded"
    if kind in {"AGREE", "CONCEDE"} and trigger.rule.type == "AGREE" and put.modality == "happened":
        return "planned" if _complement(trigger.token) is not None else "happened"
    if kind == "REJECT" and put.modality == "failed":
        return "happened"
    return put.modality


def _promised(kind: EventType) -> EventType:
    if kind in COOPERATIVE:
        return "AGREE"
    return kind if kind in {"REQUEST", "REJECT", "ACCUSE", "PROTEST"} else "THREATEN"


def _is_offered(token: Token) -> bool:
    """Whether a meeting is only what somebody is ready for: one that is due is coded as itself, and planned."""
    return token.head.lower_ in {"willing", "ready", "prepared", "open"}


def _complement(token: Token) -> Token | None:
    """The verb of what is agreed, vowed or promised."""
    return next((c for c in token.children if c.dep_ in {"xcomp", "ccomp"} and c.pos_ in {"VERB", "AUX"}), None)


def _agreed(verb: Token, inner: Token | None) -> EventType:
    """What an agreement or a vow is by what it is about: harm is a threat, stepping down a concession."""
    if inner is None:
        return "AGREE"
    vowed = [t for v in (inner, *(c for c in inner.children if c.dep_ == "conj")) if (t := named(v)) is not None]
    negated = any(c.dep_ == "neg" for c in inner.children)
    if inner.lemma_.lower() in _VENGEFUL or any(t.rule.type in {"ASSAULT", "COERCE", "SANCTION"} for t in vowed):
        return "AGREE" if negated else "THREATEN"
    if negated and verb.lemma_.lower() == "vow":
        return "REJECT"
    yields = any(t.rule.type == "CONCEDE" or t.rule.mode == "resign" for t in vowed)
    return "CONCEDE" if yields and verb.lemma_.lower() in {"agree", "accept", "promise"} else "AGREE"


def _refusal(trigger: Trigger, put: Frame) -> bool:
    """Whether "will not" or "does not" before a cooperative act refuses it."""
    auxiliaries = {c.lower_ for c in trigger.token.children if c.dep_ == "aux"}
    return put.modality == "denied" and trigger.rule.type in COOPERATIVE and bool(auxiliaries & {"will", "wo", "would"})


def _speaker(token: Token) -> Token | None:
    """The one who says that another must act."""
    node = token
    for _ in range(3):
        if node.dep_ == "ccomp":
            subjects = [c for c in node.head.children if c.dep_ == "nsubj"]
            return subjects[0] if subjects else None
        if node.dep_ not in {"xcomp", "conj"}:
            return None
        node = node.head
    return None


def _stands_alone(found: _Found, kinds: set[EventType], words: set[Token]) -> bool:
    """Whether a noun names an event that no verb of its clause has named already."""
    token = found.trigger.token
    if found.type in kinds:
        return False
    verb = token.head if token.dep_ in {"dobj", "nsubj", "nsubjpass"} else token.head.head
    listed = token.dep_ == "conj" and token.head.pos_ == "NOUN"
    if verb in words or (token.head in words and not listed):
        return False
    if found.type == "REQUEST" and token.dep_ in {"nsubj", "nsubjpass"}:
        # "until its demands are met"
        return False
    carried = verb.lemma_.lower() in _LIGHT and token.dep_ in {"dobj", "nsubjpass"}
    return carried or bool(found.recipients) or (token.dep_ in {"nsubj", "nsubjpass", "ROOT"} and bool(found.actors))


def _event(
    found: _Found,
    name: str,
    parsed: Parsed,
    linked: Links,
    sites: Sites,
    mentions: list[tuple[Span, str]],
    voices: Voices,
) -> Event:
    token = found.trigger.token
    span = _span(found.trigger)
    when = linked.when(token)
    same = found.type == found.trigger.rule.type
    return Event(
        id=name,
        type=found.type,
        mode=found.trigger.rule.mode if same else None,
        contexts=_contexts(token, parsed, when),
        cameo=found.trigger.rule.cameo if same else None,
        trigger=span,
        actors=_participants(found.actors, parsed, mentions),
        recipients=_participants(found.recipients, parsed, mentions),
        place=_place(found, linked, sites),
        time=when.id if when is not None else None,
        modality=found.modality,
        voice=voices.of(span),
        confidence=_confidence(found),
    )


def _contexts(token: Token, parsed: Parsed, when: Time | None) -> tuple[str, ...]:
    past = (HISTORICAL,) if is_historical(token, when, parsed.report.published) else ()
    return (*contexts(token), *past)


def _span(trigger: Trigger) -> Span:
    """The trigger's word, with what stands next to it and makes it one: "opened fire", "gunned down"."""
    token, end = trigger.token, trigger.token
    if trigger.rule.particle is not None and token.i + 1 < len(token.doc):
        following = token.nbor(1)
        whole = following.dep_ in {"prt", "dobj", "advmod"} and following.lemma_.lower() == trigger.rule.particle
        end = following if whole else token
    return token.idx, end.idx + len(end)


def _place(found: _Found, linked: Links, sites: Sites) -> str | None:
    """Where it happened: of an act by the weighed signs, which were learnt from acts; of words by the clause alone."""
    token, goal = found.trigger.token, found.type in GOALS
    acting = {i for head in found.actors for i in words_of(head)}
    # whoever flew to X visited it: X is both recipient and place
    visited = {head.i for head in found.recipients} if goal else set()
    parties = acting | ({i for head in found.recipients for i in words_of(head)} - visited)
    return (
        sites.place(token, goal=goal) if found.type in _ACTS else linked.place(token, goal=goal, but=frozenset(parties))
    )


def _confidence(found: _Found) -> float:
    score = 0.5 if found.trigger.nominal else 0.8 if found.trigger.rule.objects else 0.7
    return round(score - (0.2 if found.modality == "hypothetical" else 0.0), 2)


def _participants(
    heads: tuple[Token, ...], parsed: Parsed, mentions: list[tuple[Span, str]]
) -> tuple[Participant, ...]:
    seen: set[Span] = set()
    made = []
    for head in heads:
        span = phrase(head)
        if span not in seen:
            seen.add(span)
            made.append(Participant((span,), parsed.text[slice(*span)], _entity(span, head.idx, mentions)))
    return tuple(made)


def _entity(span: Span, head: int, mentions: list[tuple[Span, str]]) -> str | None:
    """The entity whose mention holds the head of the phrase; else the widest that lies in it; None if none does."""
    inside = []
    for (start, end), entity in mentions[bisect_left(mentions, ((span[0], -1), "")) :]:
        if start >= span[1]:
            break
        if end <= span[1] + 1:
            inside.append((start <= head < end, end - start, entity))
    return max(inside, key=lambda m: m[:2])[2] if inside else None
