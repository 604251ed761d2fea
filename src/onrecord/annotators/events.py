"""What happened: events in PLOVER's terms."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec
from spacy.tokens import Token

from onrecord.annotators.event_contexts import HISTORICAL, contexts, is_historical
from onrecord.annotators.event_joints import said_by, summoned_by, told_with
from onrecord.annotators.event_kinds import modality_as_put, type_as_put
from onrecord.annotators.event_lists import in_list
from onrecord.annotators.event_meetings import met_on_arrival, told_by_phone
from onrecord.annotators.event_participants import Names, names_of, others, participants
from onrecord.annotators.event_patterns import Trigger, trigger_at
from onrecord.annotators.event_phrases import is_people, is_set_off, words_of
from onrecord.annotators.event_places import Links, links
from onrecord.annotators.event_roles import actors, recipients
from onrecord.annotators.event_senses import OCCURRING, named
from onrecord.annotators.event_sites import Sites
from onrecord.annotators.modality import CLAIMS, Frame, frame
from onrecord.annotators.parse import Parsed
from onrecord.annotators.sources import all_terms
from onrecord.annotators.voices import Voices
from onrecord.annotators.word_sets import word_set
from onrecord.model import Attribution, Entity, Event, EventType, Modality, Participant, Place, Source, Span, Time

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
#: Types whose place may be what they are headed for.
GOALS = frozenset({"COERCE", "CONSULT", "PROTEST", "MOBILIZE", "ASSAULT", "RETREAT"})


#: What is answered has happened: "would respond to the killing of X".
_ANSWERING = word_set("respond retaliate react answer avenge")
_RELATIVE = frozenset({"who", "which", "that"})
_SAID_OF_IT = re.compile(r", (?=(?:who|which|whose)\b)")
#: Verbs of accusing that give what was done in a clause as a fact, and do not leave it open as "alleged" does.
_TELLING_OF = word_set("complain lament")
#: Nouns of weapons and writings, which are nobody who acts.
_NOBODY = word_set(
    """
    war conflict violence hostility unrest battle
    bomb shell rocket missile mortar grenade mine landmine bullet gunfire fire artillery shrapnel blast explosion
    round projectile munition salvo barrage debris fragment
    report statement document study article letter communique
    """
)

#: Modes by the weapon that is named as doing it.
_WEAPONS = {
    "drone": word_set("drone uav"),
    "aerial": word_set("jet warplane aircraft plane helicopter airstrike bomber"),
    "heavy-weapons": word_set("shell shelling rocket missile mortar artillery tank"),
    "explosives": word_set("bomb mine landmine blast explosion grenade bombing"),
}
#: Types that are done at a place rather than said.
_ACTS = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT"})


@dataclass(frozen=True, slots=True)
class _Found:
    trigger: Trigger
    type: EventType
    modality: Modality
    actors: tuple[Token, ...]
    recipients: tuple[Token, ...]
    means: Token | None = None


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
    names = names_of(parsed.text, entities)
    voices = Voices(parsed, attributions)
    unnamed = all_terms(parsed.text)
    told = {cue: a.source for a in reversed(attributions) for cue in a.cue.spans}  # of those with one cue, the first
    cues = sorted(told)
    made: list[Event] = []
    for found in _found(parsed):
        if _covering(unnamed, found.trigger.token.idx) is None:  # "asked to remain anonymous"
            event = _event(found, f"ev{len(made) + 1}", parsed, linked, sites, names, voices)
            said = event.type in _FRAMING and not is_set_off(found.trigger.token)
            at = _covering(cues, event.trigger[0]) if said else None
            made.append(event if at is None else _by_its_teller(event, told[cues[at]], parsed.text))
    return tuple(made)


def _by_its_teller(event: Event, source: Source, text: str) -> Event:
    """What is done by saying it, done by who is found to say it: "hours after the strike, [Moscow] vowed to reply"."""
    if not source.spans or source.kind == "document" or text[slice(*source.spans[0])] in _RELATIVE:
        return event
    start, end = source.spans[0]
    end = start + len(_SAID_OF_IT.split(text[start:end], maxsplit=1)[0])
    if any(start < past and first < end for one in event.actors for first, past in one.spans):
        return event
    recipients = tuple(one for one in event.recipients if not start <= one.spans[0][0] < end)
    if event.actors and recipients != event.recipients:  # "rejected calls by the envoy"
        return event
    who = Participant(((start, end),), text[start:end], source.entity)
    return msgspec.structs.replace(event, actors=(who,), recipients=recipients)


def _covering(spans: Sequence[Span], offset: int) -> int | None:
    """The number of the span, of sorted ones, in which an offset lies."""
    at = bisect_right(spans, (offset, sys.maxsize)) - 1
    return at if at >= 0 and offset < spans[at][1] else None


def _found(parsed: Parsed) -> Iterator[_Found]:
    for sentence in parsed.doc.sents:
        listed = in_list(sentence)
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
        c.dep_ == "prep" and c.lower_ in {"of", "for", "to", "on", "against", "from", "with", "into"}) or (
        c.dep_ == "dep" and c.i > token.i)]  # fmt: skip
    for node in pending:
        if _is_timed(node) or summoned_by(node) is not None or (token.lemma_.lower() in _TELLING_OF and _is_told(node)):
            continue
        yield node.i
        left_out = {"advcl", "relcl"} | ({"prep", "dobj"} if node.lemma_.lower() in _ANSWERING else set())
        pending.extend(
            c for c in node.children if c.dep_ not in left_out and told_with(c) is None and not _is_told_apart(c, token)
        )


def _is_told_apart(clause: Token, act: Token) -> bool:
    """Whether a clause after "and that" goes on with what is told, and not with what is asked or promised in it."""
    telling = said_by(clause) if clause.dep_ == "conj" else None
    return telling is not None and telling.is_ancestor(act)


def _is_timed(clause: Token) -> bool:
    """Whether a clause only says when: "urged them to leave, hours after shells hit the camp"."""
    return clause.dep_ in {"ccomp", "advcl"} and any(
        c.dep_ == "mark" and c.lower_ in {"after", "before", "while", "since"} for c in clause.lefts
    )


def _is_told(clause: Token) -> bool:
    """Whether a clause of a complaint tells what was done: "complained that soldiers had burnt the mill"."""
    past = clause.tag_ in {"VBD", "VBN"} and any(c.dep_ in {"nsubj", "nsubjpass"} for c in clause.children)
    return clause.dep_ == "ccomp" and past and not any(c.lower_ in {"would", "should"} for c in clause.children)


def _objects(verb: Token) -> Iterator[Token]:
    """The objects of a verb, its own and those after "as"."""
    for child in verb.children:
        if child.dep_ in {"dobj", "nsubjpass"}:
            yield child
        elif child.dep_ == "prep" and child.lower_ == "as":
            yield from (c for c in child.children if c.dep_ == "pobj")


def _read(trigger: Trigger) -> _Found | None:
    """The event of a trigger, with its type as it is put: promised help is AGREE, an announced attack THREATEN."""
    if not trigger.nominal and (trigger.token.dep_ == "pobj" or _is_counted(trigger.token)):
        # "treated dozens of wounded"
        return None
    put = frame(_framed(trigger))
    if put.aside and _is_voiced(trigger):
        put = Frame("happened", future=False, duty=False)
    if put.aside and met_on_arrival(trigger.token.head) == trigger.token:
        put = frame(trigger.token.head)  # "will fly to X to meet the king"
    if put.aside or (trigger.token.dep_ == "amod" and not trigger.nominal) or _only_dates(trigger):
        return None
    named_first = tuple(actors(trigger))
    acting = tuple(t for t in named_first if not (_is_the_act(t, trigger) or (_is_done(trigger) and _is_nobody(t))))
    receiving = tuple(recipients(trigger))
    if put.duty and not trigger.nominal:
        speaker = _speaker(trigger.token)
        if speaker is not None:
            return _Found(trigger, "REQUEST", "demanded", (speaker,), acting)
    kind = type_as_put(trigger, put)
    if kind is None:
        return None
    means = next(iter(named_first), trigger.object)
    return _Found(trigger, kind, modality_as_put(trigger, kind, put), acting, receiving, means)


def _only_dates(trigger: Trigger) -> bool:
    """Whether a war that nobody is named in only says since or until when: "since the war began"."""
    verb, war = trigger.token, trigger.object
    if trigger.rule.type != "ASSAULT" or verb.dep_ != "advcl" or verb.lemma_.lower() not in OCCURRING:
        return False
    bare = war is not None and war.dep_ == "nsubj" and not any(c.dep_ in {"poss", "prep", "amod"} for c in war.children)
    return bare and any(c.dep_ == "mark" and c.lower_ in {"since", "until", "before"} for c in verb.lefts)


def _is_counted(word: Token) -> bool:
    """Whether a participle only says what became of a number: "eight dead and at least 30 wounded"."""
    if word.tag_ not in {"VBN", "VBD"} or any(c.dep_ in {"aux", "auxpass", "dobj", "agent"} for c in word.children):
        return False
    if word.dep_ in {"nsubj", "nsubjpass", "dobj"} and any(c.dep_ == "det" for c in word.children):
        return True  # "the wounded were left behind"
    if word.tag_ == "VBN" and word.i > 0 and word.nbor(-1).ent_type_ == "CARDINAL" and word.dep_ in {"advcl", "acl"}:
        return True  # "flew out 63 wounded, 11 of them children"
    return any(c.dep_ in {"nsubj", "nummod"} and c.pos_ == "NUM" for c in word.children)


def _framed(trigger: Trigger) -> Token:
    """The word that says how an event stands: for "talks resumed" and "talks will begin" the verb."""
    token = trigger.token
    occurs = token.dep_ in {"nsubj", "nsubjpass"} and token.head.lemma_.lower() in OCCURRING
    return token.head if trigger.nominal and occurs else token


def _is_done(trigger: Trigger) -> bool:
    """Whether only somebody can do it: a report may accuse and a march may demand, but neither shoots."""
    return trigger.rule.type in _ACTS or trigger.token.lemma_.lower() in {"break", "collapse", "stall", "fail"}


def _is_the_act(token: Token, trigger: Trigger) -> bool:
    """Whether the subject is the act itself, of which the verb says that it takes place: "dialogue could begin"."""
    return token == trigger.object and not trigger.nominal and not is_people(token)


def _is_nobody(token: Token) -> bool:
    """Whether a word for one who acts is one for a weapon, a text or another act: "bombs killed", "the raid killed"."""
    if token.pos_ != "NOUN" or token.ent_type_ in {"PERSON", "ORG", "NORP", "GPE"}:
        return False
    if token.lemma_.lower() in _NOBODY:
        return True
    act = trigger_at(token)
    return act is not None and act.nominal and not is_people(token)


def _is_voiced(trigger: Trigger) -> bool:
    """Whether a purpose is carried out in the act itself: "marched to demand that X step down"."""
    if trigger.rule.type not in {"REQUEST", "ACCUSE"} or trigger.nominal:
        return False
    act = named(trigger.token.head) if trigger.token.lemma_.lower() != "protest" else None
    return act is not None and act.rule.type == "PROTEST"


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
    if told_by_phone(token) is not None:
        return True
    verb = token.head if token.dep_ in {"dobj", "nsubj", "nsubjpass"} else token.head.head
    listed = token.dep_ == "conj" and token.head.pos_ == "NOUN"
    if verb in words or (token.head in words and not listed):
        return False
    if found.type in _ACTS and _is_when_or_where(token):
        return True
    if found.type == "REQUEST" and token.dep_ in {"nsubj", "nsubjpass"}:
        # "until its demands are met"
        return False
    by = any(c.dep_ in {"prep", "agent"} and c.lower_ == "by" for c in token.children)
    if by and found.type == "ASSAULT" and found.actors and token.dep_ == "pobj":
        return True  # "fled after air strikes by the military"
    carried = verb.lemma_.lower() in _LIGHT and token.dep_ in {"dobj", "nsubjpass"}
    return carried or bool(found.recipients) or (token.dep_ in {"nsubj", "nsubjpass", "ROOT"} and bool(found.actors))


def _is_when_or_where(act: Token) -> bool:
    """Whether a clause says of an act when or where it was: "the ambush took place on Sunday near X"."""
    verb = act.head
    if act.dep_ != "nsubj" or not (verb.lemma_.lower() in {"happen", "occur"} or _takes_place(verb)):
        return False
    said = [verb.head] if verb.dep_ == "relcl" else []
    said += [t for c in verb.children for t in (c, *c.children) if c.dep_ in {"prep", "npadvmod"}]
    return any(t.ent_type_ in {"DATE", "TIME", "GPE", "LOC", "FAC"} for t in said)


def _takes_place(verb: Token) -> bool:
    return verb.lemma_.lower() == "take" and any(c.lower_ == "place" and c.dep_ == "dobj" for c in verb.children)


def _event(
    found: _Found,
    name: str,
    parsed: Parsed,
    linked: Links,
    sites: Sites,
    names: Names,
    voices: Voices,
) -> Event:
    token = found.trigger.token
    span = _span(found.trigger)
    when = linked.when(token)
    same = found.type == found.trigger.rule.type
    actors_named = participants(found.actors, names)
    return Event(
        id=name,
        type=found.type,
        mode=_mode(found) if same else None,
        contexts=_contexts(token, parsed, when),
        cameo=found.trigger.rule.cameo if same else None,
        trigger=span,
        actors=actors_named,
        recipients=others(participants(found.recipients, names), actors_named),
        place=_place(found, linked, sites),
        time=when.id if when is not None else None,
        modality=found.modality,
        voice=voices.of(span),
        confidence=_confidence(found),
    )


def _mode(found: _Found) -> str | None:
    """How it was done: as the rule says, or by the weapon that does it: "drones bombed", "shells hit"."""
    mode = found.trigger.rule.mode
    if found.type != "ASSAULT" or mode not in {None, "explosives"} or found.means is None:
        return mode
    lemma = found.means.lemma_.lower()
    return next((m for m, words in _WEAPONS.items() if lemma in words), mode)


def _contexts(token: Token, parsed: Parsed, when: Time | None) -> tuple[str, ...]:
    past = (HISTORICAL,) if is_historical(token, when, parsed.report.published) else ()
    return (*contexts(token), *past)


def _span(trigger: Trigger) -> Span:
    """The trigger's word, with what stands next to it and makes it one: "opened fire", "gunned down"."""
    token, end = trigger.token, trigger.token
    subject = trigger.object
    told = subject is not None and subject.dep_ == "nsubj" and token.lemma_.lower() in OCCURRING
    if subject is not None and told and trigger_at(subject) is not None:
        return subject.idx, subject.idx + len(subject)  # "the shelling began"
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
    visits = goal and (found.type != "CONSULT" or found.trigger.rule.mode in {"visit", "host", "third-party"})
    visited = {head.i for head in found.recipients} if visits else set()
    parties = acting | ({i for head in found.recipients for i in words_of(head)} - visited)
    if found.type == "ASSAULT" and token.tag_ == "VBG" and token.dep_ == "advcl" and _is_act_of(token.head, found):
        token = token.head  # "raided X, killing four"
    return (
        sites.place(token, goal=goal) if found.type in _ACTS else linked.place(token, goal=goal, but=frozenset(parties))
    )


def _is_act_of(verb: Token, found: _Found) -> bool:
    """Whether a verb names the violence that a participle tells the outcome of, which has no place of its own."""
    act = named(verb)
    beside = (found.trigger.token, *(c for c in found.trigger.token.children if c.dep_ == "dobj"))
    own = any(c.dep_ == "prep" and c.lower_ in {"in", "at", "near"} for t in beside for c in t.children)
    return act is not None and act.rule.type == "ASSAULT" and not own


def _confidence(found: _Found) -> float:
    score = 0.5 if found.trigger.nominal else 0.8 if found.trigger.rule.objects else 0.7
    return round(score - (0.2 if found.modality == "hypothetical" else 0.0), 2)
