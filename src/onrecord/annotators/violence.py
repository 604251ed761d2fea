"""Whether a word of violence is meant as violence: "killed the bill" and "a storm hit the coast" are not.

A figure of speech shows in what the word governs or in who acts. Where it stands for a political act (a criticism, a
refusal, a walkout), the trigger is given that act's rule; weather, accidents, sport, illness and business are no event.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from onrecord.annotators.event_patterns import Rule, Trigger
from onrecord.annotators.word_sets import word_set

__all__ = ["ARMED", "as_meant", "doers"]

_ACCUSE = Rule("ACCUSE", "disapprove", "111", None, frozenset())
_REJECT = Rule("REJECT", None, "120", None, frozenset())
_STRIKE = Rule("PROTEST", "strike", "143", None, frozenset())
_HUNGER = Rule("PROTEST", "hunger", "142", None, frozenset())
_TEST = Rule("MOBILIZE", "weapons", "155", None, frozenset())
_CYBER = Rule("COERCE", "cyber", "176", None, frozenset())

#: What is turned down when it is "killed" or "shot down".
_DRAFTS = word_set(
    """
    bill legislation law motion proposal plan idea amendment deal agreement measure reform draft suggestion
    resolution offer initiative scheme project treaty nomination compromise request appeal
    """
)
#: What is criticised when it is "attacked".
_STANCES = word_set(
    """
    record policy handling report speech remark comment statement decision stance position claim article book paper
    ruling verdict view strategy approach performance character credibility integrity motive conduct
    response failure behaviour behavior rhetoric reputation judgment judgement budget tax
    """
)
#: What cannot be hurt by force, and so is only fought, hit, struck or destroyed in a figure of speech.
_ABSTRACT = (
    _DRAFTS
    | _STANCES
    | word_set(
        """
        note tone chord balance bargain pose accord truce understanding inflation corruption poverty crime recession
        unemployment hunger disease illness virus coronavirus pandemic epidemic outbreak covid cholera malaria cancer
        aids drought flood election re-election vote voter seat right justice money funding
        fund title championship survival job charge case lawsuit extradition deportation discrimination racism
        antisemitism addiction trafficking drug narcotic smuggling piracy change economy currency stock share price
        export import growth industry tourism profit confidence sentiment photograph photo picture film video scene
        movie headline goal low high bottom hope dream ambition chance career image relation relationship tie privacy
        freedom fraud evasion deficit debt cost wage pay contract custody nerve milestone jackpot snag
        bonus revenue sales spirit morale momentum stereotype myth misinformation disinformation fake letter tweet
        email e-mail memo salvo question cruelty odds expectation forecast estimate time clock traffic
        """
    )
)
#: Plural, these are not places: "hit markets", "killed jobs".
_PLURAL_ABSTRACT = word_set("markets prices stocks exporters investors consumers farmers' earnings rates taxpayers")
#: What is put out and not attacked when it is "fought".
_FLAMES = word_set("fire blaze flame wildfire bushfire")
#: What kills and destroys without anybody's doing.
_DISASTERS = word_set(
    """
    rain storm hurricane typhoon cyclone tornado flood flooding earthquake quake tsunami avalanche landslide mudslide
    drought heat heatwave cold snow blizzard lightning wildfire bushfire blaze wind monsoon weather volcano eruption
    temblor aftershock crash accident collision derailment stampede disease illness cholera virus coronavirus
    pandemic epidemic outbreak ebola malaria famine hunger cancer overdose pollution
    """
)
#: Who or what else is no party to violence: texts, measures, markets, sport and the stage.
_NO_PARTY = _DISASTERS | word_set(
    """
    news film movie show play song album champion player striker goalkeeper coach price share stock sanction tariff
    crisis recession inflation shortage slump downturn cost tax report bill law measure article policy reform budget
    rule book embargo scandal shutdown unemployment debris wreckage shrapnel
    """
)
#: Those who fight without arms, and those who act with them.
_WORKERS = word_set(
    """
    worker union teacher nurse doctor driver pilot miner docker railwayman employee staff lawyer student farmer
    journalist trucker labourer laborer unionist judge civil-servant servant prisoner detainee inmate
    """
)
_WALKOUT = word_set(
    """
    general nationwide national wildcat transport rail train bus sit-down work one-day two-day three-day
    indefinite pay teacher worker day hour labour labor solidarity warning school hospital taxi
    """
)
ARMED = word_set(
    """
    police policeman soldier troop guard officer militiaman militia mob attacker assailant gunman crowd rebel fighter
    militant army force trooper agent thug insurgent terrorist guerrilla navy jet warplane aircraft drone gendarme
    vigilante extremist settler
    """
)
_VICTIMS = word_set(
    """
    protester demonstrator journalist reporter prisoner detainee activist migrant student villager civilian resident
    refugee suspect worker man woman boy girl child people passer-by passenger monk nun priest teacher lawyer farmer
    """
)
#: With what somebody is beaten in earnest.
_CUDGELS = word_set("baton truncheon club stick cane whip chain rod butt rifle cable hose pipe bat fist belt stone bar")
#: What explodes because somebody made it.
_EXPLOSIVES = word_set(
    """
    bomb device car truck van vehicle lorry motorcycle mine landmine shell grenade rocket missile drone munition
    charge explosive bomber attacker projectile mortar dynamite torpedo cartridge ied package parcel ship tanker plane
    """
)
_MILITARY = word_set(
    """
    military air aerial bombing armed terror guerrilla ground missile drone rocket artillery naval army counter
    counterinsurgency counter-insurgency suicide mortar bomb offensive joint cross-border security retaliatory
    preemptive pre-emptive commando special surprise deadly nuclear punitive
    """
)
_SPEECH = word_set(
    """
    verbal personal furious scathing blistering bitter stinging veiled thinly-veiled political rhetorical fierce
    vitriolic twitter online
    """
)
_BODILY = word_set("heart panic asthma epileptic")
_TAME = word_set(
    """
    legal court political election electoral uphill custody verbal diplomatic charm peace publicity marketing
    boardroom budget bidding price advertising media ratings rescue relief election population gas boiler baby
    """
)
_SKY = word_set("sea ocean water space orbit air")
_BLOWS = word_set("kill injure wound hurt hit destroy damage strike sink down harm burn raze torch batter pound")
_NEEDS_OBJECT = word_set("bomb sink down destroy damage burn target shoot")


def as_meant(trigger: Trigger) -> Trigger | None:
    """The trigger with the rule for what it means; None if it names no act between parties.

    Example:
        >>> from onrecord.annotators.event_patterns import trigger_at
        >>> from onrecord.annotators.parse import parse
        >>> from onrecord.read.text import report
        >>> doc = parse(report("Deputies killed the bill. Rebels killed a guard. The quake killed nine.")).doc
        >>> [m.rule.type if (m := as_meant(t)) else None for t in map(trigger_at, doc) if t]
        ['REJECT', 'ASSAULT', None]
    """
    if trigger.rule.type != "ASSAULT" and not (trigger.rule.type == "MOBILIZE" and trigger.rule.mode == "weapons"):
        return trigger
    rule = _noun(trigger) if trigger.nominal else _verb(trigger)
    if rule is None or rule == trigger.rule:
        return trigger if rule is not None else None
    return replace(trigger, rule=rule)


def _verb(trigger: Trigger) -> Rule | None:
    verb, lemma = trigger.token, trigger.token.lemma_.lower()
    if trigger.object is not None and not _is_time(trigger.object):
        carried = _carried(trigger, trigger.object)
        if carried != trigger.rule:
            return carried
    objects, after = list(_objects(verb)), list(_after(verb))
    if lemma == "attack" and (_as_or_for(verb) or any(_in(t, _STANCES) for t in objects)):
        return _ACCUSE
    if lemma == "strike" and not objects and any(_in(t, _WORKERS | {"member"}) for t in doers(verb)):
        return _STRIKE
    if lemma in {"kill", "shoot", "torpedo"} and any(_in(t, _DRAFTS) for t in objects):
        return _REJECT
    if any(_is_abstract(t) or (lemma in {"fight", "battle"} and _in(t, _FLAMES)) for t in objects):
        return None
    if not objects and lemma in {"clash", "fight", "battle", "strike"} and any(_is_abstract(t) for w, t in after):
        return None
    if any(_in(t, _NO_PARTY) for t in doers(verb)) or (lemma in _BLOWS and any(
            _in(t, _DISASTERS) for w, t in after if w in {"in", "by", "from"})):  # fmt: skip
        return None
    return trigger.rule if _is_physical(verb, lemma, objects, after) else None


def _is_physical(verb: Token, lemma: str, objects: list[Token], after: list[tuple[str, Token]]) -> bool:
    """What else a verb needs to mean violence."""
    particles = {c.lower_ for c in verb.children if c.dep_ in {"prt", "advmod"}}
    if lemma in _NEEDS_OBJECT and not objects:
        return lemma == "shoot" and any(w in {"at", "on", "into"} for w, _ in after)
    if lemma == "storm":
        return "out" not in particles and not any(w in {"to", "through"} and _in(t, _WINS) for w, t in after)
    if lemma == "beat":
        known = any(_in(t, ARMED) for t in doers(verb)) or any(_in(t, _VICTIMS | {"guard"}) for t in objects)
        return known or any((w == "to" and t.lower_ == "death") or (w == "with" and _in(t, _CUDGELS)) for w, t in after)
    if lemma in {"explode", "go"} and not objects:
        return any(_in(t, _EXPLOSIVES) for t in _subjects(verb)) or any(
            c.dep_ in {"compound", "amod"} for t in _subjects(verb) for c in t.children if _in(c, _EXPLOSIVES)
        )
    return not any(t.ent_type_ in {"PERCENT", "MONEY"} for t in objects)


_WINS = word_set("victory title win power lead success top final championship")


def _carried(trigger: Trigger, thing: Token) -> Rule | None:
    """The rule for "launched a campaign", "began a strike", "fired a missile into the sea"."""
    noun = thing.lemma_.lower()
    marks = {c.lemma_.lower() for c in thing.children if c.dep_ in {"amod", "compound", "nmod"}}
    targets = {w for t in (thing, trigger.token) for w, aim in _after(t) if not _is_time(aim)}
    if trigger.rule.mode in {"weapons", "crowd-control"}:
        return trigger.rule
    if noun == "strike":
        return _walkout(trigger, thing, marks, targets)
    if noun in {"campaign", "operation", "offensive", "war", "battle"}:
        if marks & _TAME or any(_is_abstract(t) for _, t in _after(thing)):
            return None
        if noun in {"campaign", "operation"} and not (marks & _MILITARY or "against" in targets):
            return None
    if noun in {"missile", "rocket"} and not targets & {"at", "on", "against"}:
        sea = any(
            _in(t, _SKY) for w, t in (*_after(thing), *_after(trigger.token)) if w in {"into", "toward", "towards"}
        )
        return _TEST if sea or marks & {"ballistic", "test", "intercontinental"} else trigger.rule
    return _aimed(trigger.rule, thing, marks)


def _walkout(trigger: Trigger, thing: Token, marks: set[str], targets: set[str]) -> Rule:
    """The rule for a strike: a walkout unless it is made from the air, by the armed, or on somebody."""
    if "hunger" in marks:
        return _HUNGER
    if marks & _MILITARY or any(_in(t, ARMED) for t in doers(trigger.token)):
        return trigger.rule
    if marks & _WALKOUT or any(_in(t, _WORKERS) for t in doers(trigger.token)) or "over" in targets:
        return _STRIKE
    return trigger.rule if targets & {"on", "against", "at"} or thing.tag_ == "NNS" else _STRIKE


def _noun(trigger: Trigger) -> Rule | None:
    noun = trigger.token
    marks = {c.lemma_.lower() for c in noun.children if c.dep_ in {"amod", "compound", "nmod"}}
    if noun.lemma_.lower() == "killing" and noun.dep_ == "dobj" and noun.head.lemma_ == "make":
        return None
    return _aimed(trigger.rule, noun, marks)


def _aimed(rule: Rule, noun: Token, marks: set[str]) -> Rule | None:
    """The rule for an attack, battle or blast, by its modifiers and what it is aimed at."""
    if marks & (_BODILY | _TAME):
        return None
    if marks & {"cyber"}:
        return _CYBER
    aims = [t for w, t in _after(noun) if w in {"on", "against", "for", "over", "of", "in", "with"}]
    critical = noun.lemma_.lower() in {"attack", "assault", "broadside"}
    if critical and (marks & _SPEECH or any(_in(t, _STANCES) for t in aims)):
        return _ACCUSE
    return None if any(_is_abstract(t) for t in aims) else rule


def _objects(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ in {"dobj", "nsubjpass"}:
            yield child
            yield from (c for c in child.children if c.dep_ == "conj")
        elif child.dep_ == "conj" and child.pos_ == "VERB" and not any(c.dep_ == "nsubj" for c in child.children):
            # "bombed and destroyed a depot"
            yield from (c for c in child.children if c.dep_ == "dobj")
    if verb.dep_ == "acl" and verb.tag_ in {"VBN", "VBD"}:
        yield verb.head
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and not any(c.dep_ in {"aux", "auxpass"} for c in verb.children):
        yield from (c for c in verb.head.children if c.dep_ == "nsubjpass")
    if verb.dep_ == "relcl" and any(c.dep_ in {"nsubjpass", "dobj"} and c.tag_ == "WDT" for c in verb.children):
        yield verb.head


def _after(token: Token) -> Iterator[tuple[str, Token]]:
    """The prepositions after a word, each with its object, and with what that object is of."""
    for child in token.children:
        if child.dep_ in {"prep", "agent"}:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    yield child.lower_, inner


def _subjects(verb: Token) -> Iterator[Token]:
    yield from (c for c in verb.children if c.dep_ == "nsubj")
    if verb.dep_ == "conj" and not any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children):
        yield from (c for c in verb.head.children if c.dep_ == "nsubj")
    if verb.dep_ in {"advcl", "xcomp"} and verb.tag_ == "VBG":
        yield from (c for c in verb.head.children if c.dep_ == "nsubj")
    if verb.dep_ in {"acl", "relcl"} and verb.tag_ != "VBN":
        yield verb.head


def doers(verb: Token) -> Iterator[Token]:
    """Those named as acting, after "by" in the passive."""
    yield from _subjects(verb)
    yield from (t for w, t in _after(verb) if w == "by")


def _as_or_for(verb: Token) -> bool:
    """Whether a criticism follows: "attacked it as biased", "attacked him for lying"."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in {"as", "for"}:
            if any(c.dep_ in {"pcomp", "amod"} for c in child.children):
                return True
        elif child.dep_ == "advcl" and any(c.lower_ == "as" and c.dep_ == "mark" for c in child.children):
            return not any(c.dep_ in {"nsubj", "nsubjpass"} for c in child.children)
    return False


def _in(token: Token, words: frozenset[str]) -> bool:
    return token.lemma_.lower() in words and token.pos_ != "PROPN"


def _is_abstract(token: Token) -> bool:
    return _in(token, _ABSTRACT) or token.lower_ in _PLURAL_ABSTRACT


def _is_time(token: Token) -> bool:
    return token.ent_type_ in {"DATE", "TIME"}
