"""Whether a word that may name an act names one here: "warned of famine" is no threat, "seeking to mend ties" no plea.

Violence and its figures of speech are `violence`'s; this is the rest.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from onrecord.annotators.event_joints import antecedents
from onrecord.annotators.event_meetings import TRAVEL, is_meeting
from onrecord.annotators.event_patterns import Rule, Trigger, trigger_at
from onrecord.annotators.event_phrases import is_people
from onrecord.annotators.event_sourcing import is_sourcing
from onrecord.annotators.units import units_of
from onrecord.annotators.violence import ARMED, as_meant, doers
from onrecord.annotators.word_sets import word_set

__all__ = ["OCCURRING", "named"]

_EXERCISE = Rule("MOBILIZE", "troops", "150", None, frozenset())
_RIOT = Rule("PROTEST", "riot", "145", None, frozenset())
_ACCUSE = Rule("ACCUSE", "disapprove", "111", None, frozenset())
_REQUEST = Rule("REQUEST", None, "100", None, frozenset())
_SEIZE = Rule("COERCE", "seize", "171", None, frozenset())
_DEMO = Rule("PROTEST", "demo", "140", None, frozenset())

_VISIT = Rule("CONSULT", "visit", "042", None, frozenset())
_TALKS = Rule("CONSULT", None, "046", None, frozenset())
_HOST = Rule("CONSULT", "host", "043", None, frozenset())

#: With "press" and "push", to go on.
_ONWARD = word_set("on ahead forward onward")
_DRILLS = word_set("exercise drill manoeuvre maneuver")
_MUTUAL = word_set("joint combined bilateral multinational trilateral together with alongside between")
#: Verbs that only say of an act that it takes place, goes on or ends: the noun before them names it.
OCCURRING = word_set("resume begin start continue open end conclude occur happen go take break erupt last proceed")
#: What one who warns of it will do.
_REPRISALS = word_set(
    "consequence retaliation reprisal response action measure sanction punishment step countermeasure revenge"
)
_HARMING = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE"})
_ANSWERS = word_set("respond retaliate answer punish avenge treat meet face pay regard consider hit target")
_CROWDS = word_set("protester protestor demonstrator rioter mob crowd marcher student villager striker")
_HIGH = word_set(
    """
    president minister king queen premier chancellor counterpart leader secretary prince envoy mediator emir sheikh
    sultan pope ambassador governor commander general chief head ruler negotiator delegation
    """
)
#: With which an act or a word is met, where nobody meets anybody.
_RECEPTIONS = word_set(
    """
    force violence resistance criticism protest anger outrage fury silence opposition rejection scepticism skepticism
    applause jeer boo cheer gunfire fire bullet gas hostility derision approval response retaliation condemnation
    disbelief indifference caution suspicion disapproval dismay relief fist laughter refusal success failure sanction
    """
)
#: Things that are taken from somebody, beside those that `units` knows.
_BOOTY = word_set(
    "equipment ammunition manpad manpads munition materiel armour armor weaponry stockpile cache drug cocaine"
)
#: What those who hold it by arms defend.
_HELD = word_set("plant factory line bridge border capital")
#: What comes under fire, beside the armed and the ground that they hold.
_EXPOSED = word_set("convoy aircraft ship tanker patrol hospital school building compound consulate embassy")
#: What is sought and asked of nobody.
_SAFETY = word_set("shelter cover safety revenge treatment")
#: Those who protest by a note and not in the street.
_OFFICIAL = word_set(
    "official minister diplomat lawmaker ambassador envoy government senator negotiator mediator leader"
)
_ARMS = word_set(
    "troop force soldier army rebel fighter militia militant tank insurgent gunman unit paramilitary column"
)
_GROUND = word_set(
    """
    town city village post base position trench outpost territory checkpoint garrison barracks bridgehead airport
    camp hill stronghold bank area district province front line
    """
)
#: Verbs of damage to things: done by a crowd, a riot.
_DAMAGE = word_set("burn torch destroy demolish damage ransack loot smash set")
#: Units of things, for a noun that is captured.
_THINGS = word_set("weapons vehicles aid money")
_SELF = word_set("it he she they we i")
_THEIRS = word_set("its our their his her")
_HURT = word_set("wounded injured dead casualty victim body corpse survivor patient sick")
#: What is "captured" by nobody's force.
_MINDS = word_set("imagination attention spirit mood heart vote essence moment headline image footage")
#: What may help without being anybody.
_DEEDS = word_set("sanction embargo ban talk visit money fund aid rain weather threat pressure dialogue step delay law")
#: Those for whom whoever warns may speak.
_FORCES = word_set("army military forces troops government country navy police fighters")
#: What allows or lets without being anybody.
_TEXTS = word_set(
    """
    deal agreement accord law ruling bill treaty pact move decision measure plan rule resolution truce ceasefire
    cease-fire pause lull halt corridor fighting hostility war arrangement exemption waiver
    """
)


def named(token: Token) -> Trigger | None:
    """The event that a word names, as it is meant; None if it names none.

    Example:
        >>> from onrecord.annotators.parse import parse
        >>> from onrecord.read.text import report
        >>> doc = parse(report("Aid groups warned of famine. Moscow warned of retaliation.")).doc
        >>> [t.token.i for t in map(named, doc) if t and t.rule.type == "THREATEN"]
        [7]
    """
    found = trigger_at(token)
    found = None if found is None else as_meant(found)
    if found is None or found.nominal:
        return found
    if found.object is not None and _is_told(found):
        return None
    rule = _rule(found)
    return None if rule is None else found if rule == found.rule else replace(found, rule=rule)


def _is_told(trigger: Trigger) -> bool:
    """Whether the subject names the act, with those who do it, and the verb only says that it takes place."""
    noun = trigger.object
    if noun is None or noun.dep_ != "nsubj" or trigger.token.lemma_.lower() not in OCCURRING:
        return False
    act = trigger_at(noun)
    return (
        act is not None
        and act.rule.type == trigger.rule.type
        and any(c.dep_ == "poss" or (c.dep_ == "prep" and c.lower_ in {"between", "by", "with"}) for c in noun.children)
    )


def _closes_question(verb: Token) -> bool:
    """Whether a verb says who put a question that stands before it: '"Who will pay?" he asked.'."""
    who = next((c for c in verb.children if c.dep_ == "nsubj"), verb)
    before = min(verb.i, who.left_edge.i) - 1
    return before > 0 and verb.doc[before].is_quote and verb.doc[before - 1].text == "?"


def _rule(trigger: Trigger) -> Rule | None:
    """The rule of what a verb means here; None if it names no act between parties."""
    verb, rule, lemma = trigger.token, trigger.rule, trigger.token.lemma_.lower()
    if is_sourcing(verb):
        return None
    if lemma in {"press", "push"} and any(c.dep_ in {"prt", "advmod"} and c.lower_ in _ONWARD for c in verb.children):
        return None  # "would press on with the operation"
    if lemma == "ask" and rule.type == "REQUEST" and _closes_question(verb):
        return None
    if lemma == "end" and rule.type == "SANCTION" and trigger.object is not None:
        return _ended(trigger.object, rule)
    if lemma == "hold" and rule.mode == "arrest" and not rule.objects:
        return rule if _is_held(verb) else None
    if lemma == "back" and rule.type == "SUPPORT" and _is_with_arms(verb):
        return None
    if lemma == "meet" and rule.type == "CONSULT":
        return None if _is_reception(verb) else rule
    if lemma in {"help", "assist"} and rule.type == "AID" and not _helps(verb):
        return None
    if lemma == "rescue" and rule.type == "AID" and any(_is_saved_deed(c) for c in verb.children):
        return None
    if lemma == "arm" and rule.type == "AID":
        return None if _is_state(verb) else rule
    if lemma == "defend" and rule.type == "SUPPORT":
        return None if _by_the_armed(verb) or any(_is_held_ground(c) for c in verb.children) else rule
    if lemma == "capture" and rule.mode == "arrest" and any(c.lemma_.lower() in _MINDS for c in verb.children):
        return None
    if lemma == "capture" and rule.mode == "arrest":
        return _SEIZE if any(_is_booty(c) for c in verb.children) else rule
    if rule.mode == "arrest" and rule.particle in {"away", "off"}:
        return rule if _is_led_off(verb) else None
    if lemma == "protest" and rule.particle == "against":
        return _DEMO if _by_people_at_large(verb) else rule
    if lemma == "come" and rule.particle == "under":
        return _under_fire(trigger)
    if lemma == "protest" and rule.type == "PROTEST" and _by_a_state(verb):
        return _ACCUSE
    if lemma == "call" and rule.mode == "phone" and not _by_phone(trigger):
        return _REQUEST if any(c.lower_ in {"for", "on"} and c.dep_ == "prep" for c in verb.children) else None
    if lemma == "question" and any(c.dep_ == "ccomp" for c in verb.children):
        return None  # "questioned what a truce would bring"
    if lemma in {"shelter", "harbour", "harbor"} and not any(c.dep_ in {"dobj", "nsubjpass"} for c in verb.children):
        return None  # "were sheltering in the church"
    if lemma == "seek" and any(c.dep_ == "dobj" and c.lemma_.lower() in _SAFETY for c in verb.children):
        return None
    if lemma == "seek" and rule.type == "REQUEST":
        wanted = any(c.dep_ == "xcomp" for c in verb.children) or (verb.dep_ == "acl" and verb.tag_ == "VBN")
        return None if wanted else rule
    if rule.type == "CONCEDE" and lemma == "let" and verb.tag_ == "VB" and verb.dep_ in {"ROOT", "ccomp", "parataxis"}:
        # "let it stop", but "agreed to let them go", "would let them go"
        return rule if any(c.dep_ in {"aux", "nsubj"} for c in verb.children) else None
    if rule.type == "CONCEDE" and lemma in {"allow", "let", "permit"}:
        return None if any(c.dep_ == "nsubj" and _stands_for(c) for c in verb.children) else rule
    if rule.type == "CONSULT" and lemma == "speak" and rule.particle is not None:
        return rule if any(_is_interlocutor(c) for p in verb.children if p.dep_ == "prep" for c in p.children) else None
    if rule.type == "AID" and lemma in {"receive", "get"} and trigger.object is not None:
        # "received the envoy in a tent": what is given is the object itself
        if trigger.object.dep_ == "pobj" and trigger.object.head.dep_ == "prep":
            guest = lemma == "receive" and trigger.object.head.head == verb and is_meeting(verb)
            return _HOST if guest else None if trigger.object.head.head == verb else rule
        return rule
    if rule.type == "CONSULT" and not rule.objects and lemma in TRAVEL | {"receive", "bring"}:
        return rule if is_meeting(verb) else None
    if lemma == "take" and rule.type == "ASSAULT" and rule.mode is None:
        return rule if trigger.object is not None and trigger.object.dep_ in {"dobj", "nsubjpass"} else None
    if rule.type == "COERCE" and rule.particle == "back":
        # "the ship turned back", "pushed back against the claim"
        return rule if any(c.dep_ in {"dobj", "nsubjpass"} and _is_someone(c) for c in verb.children) else None
    if lemma == "enter" and not rule.objects:
        return rule if _by_the_armed(verb) and any(_is_ground(c) for c in verb.children) else None
    if lemma == "abandon":
        return rule if any(_is_ground(c) for c in verb.children) else None
    if lemma == "warn":
        return _warning(verb, rule)
    if lemma == "protest" and _is_complaint(verb):
        return _ACCUSE
    if rule.type == "COOPERATE" and trigger.object is not None and trigger.object.lemma_.lower() in _DRILLS:
        return rule if _is_mutual(verb, trigger.object) else _EXERCISE
    if rule.type in {"ASSAULT", "COERCE"} and lemma in _DAMAGE and _by_a_crowd(verb):
        return _RIOT
    return rule


def _under_fire(trigger: Trigger) -> Rule | None:
    """The rule for those who came under fire: for what they said, a criticism; with arms or as a place, an attack."""
    verb = trigger.token
    beside = [verb, *(c for p in verb.children if p.dep_ == "prep" for c in p.children)]
    words = {c.lower_ for t in beside for c in t.children if c.dep_ == "prep"}
    if words & {"for", "over"}:
        return replace(_ACCUSE, particle="under")
    hit = [d for c in verb.children if c.dep_ == "nsubj" for d in antecedents(c, verb)]
    kinds = {units_of(d.doc).noun(d.lower_) or units_of(d.doc).noun(d.lower_ + "s") for d in hit}
    exposed = any(d.lemma_.lower() in _ARMS | _GROUND | _EXPOSED or d.ent_type_ in {"GPE", "FAC", "LOC"} for d in hit)
    return trigger.rule if exposed or kinds & {"troops", "vehicles", "buildings"} else None


def _by_a_state(verb: Token) -> bool:
    """Whether a state or its officials protest, which is a complaint: "Tehran protested to both countries"."""
    doers = [d for c in verb.children if c.dep_ == "nsubj" for d in antecedents(c, verb)]
    return any(d.ent_type_ == "GPE" or (d.lemma_.lower() in _OFFICIAL and d.tag_ == "NN") for d in doers)


def _by_phone(trigger: Trigger) -> bool:
    """Whether it is by telephone that somebody is called: "in a telephone interview" is no call."""
    thing = trigger.object
    return thing is not None and thing.dep_ == "pobj" and thing.head.lower_ in {"by", "on", "over"}


_MEETINGS = word_set("talk negotiation meeting visit consultation")


def _ended(noun: Token, rule: Rule) -> Rule:
    """The rule for what ends: a journey of whoever ends it and talks that end by themselves are meetings."""
    if _is_own_journey(noun):
        return _VISIT
    lasting = noun.dep_ == "pobj" and noun.head.head.lemma_.lower() in {"day", "hour", "week", "round"}
    over = (noun.dep_ == "nsubj" or lasting) and noun.lemma_.lower() in _MEETINGS  # "ended two days of talks"
    return _TALKS if over else rule


def _is_held(verb: Token) -> bool:
    """Whether people are kept somewhere: "monks were being held", not "they were held responsible" nor "held back"."""
    if any(
        c.dep_ in {"oprd", "prt", "acomp", "xcomp"} or c.lower_ in {"to", "back", "up", "hostage"}
        for c in verb.children
    ):
        return False
    kept = [d for c in verb.children if c.dep_ == "nsubjpass" for d in antecedents(c, verb)]
    return any(_is_someone(d) or d.ent_type_ == "PERSON" for d in kept)


def _is_with_arms(verb: Token) -> bool:
    """Whether those who are "backed" have arms or troops beside them: "troops backed by tanks"."""
    by = [c for p in verb.children if p.dep_ == "agent" for c in p.children if c.dep_ == "pobj"]
    kinds = {units_of(d.doc).noun(d.lower_) or units_of(d.doc).noun(d.lower_ + "s") for d in by}
    return bool(kinds & {"vehicles", "weapons"}) or any(
        d.lemma_.lower() in ARMED | _ARMS | {"helicopter", "artillery", "armour", "armor", "airstrike", "bulldozer"}
        for d in by
    )


def _is_own_journey(noun: Token) -> bool:
    """Whether what ends is a journey of whoever ends it: "ended a visit to X", but "ended visits by inspectors"."""
    others = any(c.dep_ in {"prep", "agent"} and c.lower_ in {"by", "from"} for c in noun.children)
    return noun.tag_ == "NN" and noun.lemma_.lower() in {"visit", "trip", "tour"} and not others


def _is_led_off(verb: Token) -> bool:
    """Whether people are taken away by force: by the armed, or by nobody named; the hurt are taken to be treated."""
    led = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"} or (c.dep_ == "prep" and c.lower_ == "off")]
    led += [c for t in led for p in (t, *t.children) if p.dep_ == "prep" for c in p.children if c.dep_ == "pobj"]
    by = [d for c in doers(verb) for d in antecedents(c, verb)]
    passive = any(c.dep_ == "nsubjpass" for c in verb.children)
    forced = any(d.lemma_.lower() in ARMED | _ARMS for d in by) if by else passive
    return forced and any((_is_someone(t) or t.ent_type_ == "PERSON") and not _is_hurt(t) for t in led)


def _is_hurt(token: Token) -> bool:
    """Whether a word or what stands beside it says that somebody is hurt or dead."""
    return any(t.lemma_.lower() in _HURT or t.lower_ in _HURT for t in (token, *token.children))


def _is_reception(verb: Token) -> bool:
    """Whether "met" says how something is received: "would be met with force", "met with criticism"."""
    phrases = [c for c in verb.children if c.dep_ in {"prep", "agent"} and c.lower_ in {"with", "by"}]
    return any(c.dep_ == "pobj" and c.lemma_.lower() in _RECEPTIONS for p in phrases for c in p.children)


def _helps(verb: Token) -> bool:
    """Whether somebody helps: a thing that "would not help" or "helped to lower prices" does not."""
    return not any(
        d.pos_ in {"NOUN", "VERB"} and not d.ent_type_ and not is_people(d) and _is_deed(d)
        for c in doers(verb)
        for d in antecedents(c, verb)
    )


def _is_saved_deed(token: Token) -> bool:
    """Whether what is rescued is no one: "rescue a truce" is a figure of speech."""
    return token.dep_ in {"dobj", "nsubjpass"} and _is_deed(token)


def _is_deed(word: Token) -> bool:
    """Whether a word names what is done or written, and so nobody who could help."""
    act = trigger_at(word)
    return word.lemma_.lower() in _TEXTS | _DEEDS or (act is not None and act.nominal)


def _is_state(verb: Token) -> bool:
    """Whether "armed" says what somebody carries, and not who gave it: "the men were armed"."""
    return verb.tag_ == "VBN" and not any(c.dep_ in {"dobj", "agent"} for c in verb.children)


def _is_held_ground(token: Token) -> bool:
    return token.dep_ == "dobj" and (token.ent_type_ == "FAC" or token.lemma_.lower() in _GROUND | _HELD)


def _is_booty(token: Token) -> bool:
    """Whether a thing is taken: things are seized, and persons arrested."""
    if token.dep_ not in {"dobj", "nsubjpass"} or token.pos_ != "NOUN" or is_people(token):
        return False
    kind = units_of(token.doc).noun(token.lower_) or units_of(token.doc).noun(token.lower_ + "s")
    return token.lemma_.lower() in _BOOTY or kind in _THINGS


def _by_people_at_large(verb: Token) -> bool:
    """Whether those who protest are people in the street: a number of them, or a plural that is no office."""
    doers = [d for c in verb.children if c.dep_ == "nsubj" for d in antecedents(c, verb)]
    if not doers and verb.dep_ == "acl":
        doers = [verb.head]
    return any(
        d.pos_ == "NUM" or d.lemma_.lower() in _CROWDS or (d.tag_ == "NNS" and d.lemma_.lower() not in _OFFICIAL)
        for d in doers
    )


def _is_interlocutor(token: Token) -> bool:
    """Whether one who is spoken to is a party and not the press: "spoke to the king", "spoke with X"."""
    return token.dep_ == "pobj" and (token.ent_type_ in {"PERSON", "GPE"} or token.lemma_.lower() in _HIGH)


def _is_someone(token: Token) -> bool:
    return is_people(token) or token.pos_ in {"PRON", "NUM"} or token.lemma_.lower() in {"anyone", "boat", "convoy"}


def _by_the_armed(verb: Token) -> bool:
    doers = [c for c in verb.children if c.dep_ == "nsubj"]
    return any(d.lemma_.lower() in _ARMS for c in doers for d in antecedents(c, verb))


def _stands_for(subject: Token) -> bool:
    """Whether the subject is a text, or stands for one: "a deal that let them go"."""
    word = subject.head.head if subject.tag_ == "WDT" and subject.head.dep_ == "relcl" else subject
    return word.lemma_.lower() in _TEXTS


def _is_ground(token: Token) -> bool:
    """Whether a word after or before a verb is ground that can be held: a place, a post."""
    if token.dep_ not in {"dobj", "nsubjpass", "advmod"}:
        return False
    return token.ent_type_ in {"GPE", "LOC", "FAC"} or token.lemma_.lower() in _GROUND or token.pos_ == "PROPN"


def _warning(verb: Token, rule: Rule) -> Rule | None:
    """A warning is a threat where those who warn say what they will do, or warn somebody off; else it foretells."""
    children = list(verb.children)
    for child in children:
        if child.dep_ == "prep" and child.lower_ in {"of", "about"}:
            return rule if any(_is_reprisal(c) for c in child.children) else None
        if child.dep_ == "prep" and child.lower_ == "against":
            return rule
        if child.dep_ in {"ccomp", "parataxis"} and child.pos_ in {"VERB", "AUX"}:
            return rule if _is_own_harm(child) else None
        if child.dep_ == "xcomp":
            return rule if any(c.dep_ == "neg" for c in child.children) else _REQUEST
    quoted = verb.dep_ == "ROOT" and any(c.text in {",", '"', "”"} for c in children if c.i < verb.i)
    return None if quoted or not any(c.dep_ in {"dobj", "nsubjpass"} for c in children) else rule


def _is_reprisal(token: Token) -> bool:
    lemmas = {token.lemma_.lower(), *(c.lemma_.lower() for c in token.children if c.dep_ in {"conj", "compound"})}
    return bool(lemmas & _REPRISALS)


def _is_own_harm(verb: Token) -> bool:
    """Whether a clause says what harm will be done: by those who warn, or to whoever does something."""
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    if not auxiliaries & {"will", "would", "'ll", "shall"}:
        return False
    if verb.lemma_.lower() in _ANSWERS:
        return True
    acts = [a for t in (verb, *(c for c in verb.children if c.dep_ == "dobj")) if (a := trigger_at(t)) is not None]
    harm = any(a.rule.type in _HARMING for a in acts)
    subjects = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    passive = any(c.dep_ == "nsubjpass" for c in subjects)
    own = any(c.lower_ in _SELF or c.lower_ in _FORCES or any(p.lower_ in _THEIRS for p in c.lefts) for c in subjects)
    return harm and (own or passive)


def _is_complaint(verb: Token) -> bool:
    """Whether "protested" means complained: with what was complained of in a clause, or to whom."""
    if any(c.dep_ == "ccomp" for c in verb.children):
        return True
    to = [c for p in verb.children if p.dep_ == "prep" and p.lower_ == "to" for c in p.children]
    return any(c.ent_type_ in {"ORG", "GPE", "NORP", "PERSON"} for c in to)


def _is_mutual(verb: Token, drill: Token) -> bool:
    """Whether an exercise is held with others: "joint", "with", or by several."""
    beside = {c.lemma_.lower() for t in (verb, drill) for c in t.children}
    several = any(t.dep_ == "conj" for c in verb.children if c.dep_ == "nsubj" for t in c.children)
    return bool(beside & _MUTUAL) or several


def _by_a_crowd(verb: Token) -> bool:
    doers = [c for c in verb.children if c.dep_ == "nsubj"]
    doers += [c for p in verb.children if p.dep_ == "agent" for c in p.children]
    return any(d.lemma_.lower() in _CROWDS for d in doers)
