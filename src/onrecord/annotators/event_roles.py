"""Who acts and who is acted upon, by the parse around an event's word."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.annotators.event_aims import is_asked, parties_within
from onrecord.annotators.event_joints import antecedents
from onrecord.annotators.event_meetings import JOURNEYS, on_a_journey, told_by_phone
from onrecord.annotators.event_patterns import Trigger, trigger_at
from onrecord.annotators.event_phrases import is_people, is_set_off
from onrecord.annotators.event_subjects import STATIVE, conjuncts, subjects
from onrecord.annotators.word_sets import word_set

__all__ = ["PERSONAL", "actors", "recipients"]

#: Prepositions before the one acted upon, by how likely they name one.
_TARGETS = ("against", "with", "on", "upon", "to", "from", "at", "for", "over", "between", "toward", "towards", "into",
            "in")  # fmt: skip
#: Objects that stand for somebody, whom the references of the report may name.
PERSONAL = word_set("him her them us me")
_PARTY_ENTS = frozenset({"PERSON", "NORP", "ORG", "GPE", "FAC", "LOC"})
#: Types whose recipients may be things: what is shelled, seized or blocked.
_BODILY = frozenset({"ASSAULT", "COERCE"})
#: Verbs whose object is taken, held or shut; of other verbs with a deciding object it is the means.
_TAKING = word_set(
    "capture seize liberate secure retake recapture block shut close occupy return surrender abandon set"
)
#: What is from somewhere when it is given is no recipient.
_SUPPLYING = word_set("arm give send provide donate deliver supply ship airlift bring finance fund")
#: What a headline says was done to its subject where no object follows.
_SUFFERED = word_set("kill wound injure arrest detain abduct kidnap behead execute jail")
_UNDERGOERS = word_set("he she they we some many several others most both")
#: What befalls its subject, and what only speaks of it.
_UNDERGOING = word_set("survive suffer face endure withstand escape")
_JUDGING = word_set("call condemn witness see hear denounce criticise criticize describe mourn follow")
#: After "by", how something is done and not who does it.
_BY_WAY_OF = word_set(
    "force telephone phone radio letter mail email e-mail telegram fax air sea land rail road night mistake"
)
_OWNED = frozenset({"poss", "amod", "nmod", "compound"})


def actors(trigger: Trigger) -> list[Token]:
    """The heads of those who act, in the order of the text; empty where the sentence names none."""
    token = trigger.token
    if trigger.nominal:
        return [] if _is_beheld(trigger) else _nominal_actors(token)
    if _passive(token):
        return list(_agents(token))
    if _receives(trigger):
        return [t for c in token.children for t in _givers(c)]
    beside = _told_of(trigger)
    return [t for s in beside or subjects(token) for t in conjuncts(s)]


def recipients(trigger: Trigger) -> list[Token]:
    """The heads of those acted upon, in the order of the text; empty where the sentence names none."""
    token = trigger.token
    if trigger.nominal:
        if _is_beheld(trigger) and token.head.lemma_.lower() in _UNDERGOING:
            return [t for s in subjects(token.head) for t in conjuncts(s)]
        return _nominal_recipients(token)
    if _receives(trigger) and not _passive(token):
        return [t for s in subjects(token) for t in conjuncts(s)]
    found = _own_aside(trigger, list(_direct(trigger)))
    bodily = trigger.rule.type in _BODILY
    if not found or not (bodily or any(_has_party(t) or is_people(t) or t.lower_ in PERSONAL for t in found)):
        # things seized, demanded or refused stand aside for those who are named
        found = [t for t in (*_clausal(trigger), *_prepositional(token)) if _has_party(t)] or found
    if not found:
        found = list(_clausal(trigger)) or list(_prepositional(token)) or list(_purpose(token)) or list(_shared(token))
    if not found and trigger.rule.type in {"CONSULT", "AGREE", "COOPERATE"}:
        found = [t for c in token.children if c.dep_ == "prep" and c.lower_ == "with" for t in c.children]
    if bodily and not any(_has_party(t) or is_people(t) for t in found):
        found = _struck(token, found)
    if not bodily and not any(_has_party(t) or is_people(t) or t.lower_ in PERSONAL for t in found):
        acting = _agents(token) if _passive(token) else (t for s in subjects(token) for t in conjuncts(s))
        besides = frozenset(i for t in acting for i in _words(t))
        found = parties_within(token, besides=besides) or [t for t in found if _is_reached(t) and not _is_act(t)]
    if not found and trigger.rule.type in {"CONSULT", "AGREE", "SUPPORT", "COOPERATE"}:
        # a meeting or a treaty has two sides: the later subjects are the others
        found = [t for s in subjects(token) for t in conjuncts(s)][1:]
    if not bodily:
        found = [_owner(t) for t in found]
    found = [t for t in found if t.ent_type_ not in {"DATE", "TIME"}]
    chosen = [t for t in found if t.pos_ != "PRON" or t.ent_type_ or t.lower_ in PERSONAL or _is_undergoer(t)]
    return sorted({t.i: t for head in chosen for t in conjuncts(head)}.values(), key=lambda t: t.i)


def _is_beheld(trigger: Trigger) -> bool:
    """Whether an act of force is what its clause's subject sees, judges or suffers: "called the raid a crime"."""
    noun = trigger.token
    beheld = noun.dep_ == "dobj" and noun.head.lemma_.lower() in _UNDERGOING | _JUDGING
    owned = any(c.dep_ == "poss" or (c.dep_ == "prep" and c.lower_ == "by") for c in noun.children)
    known = noun.head.lemma_.lower() == "call" and any(c.lower_ in {"the", "this", "that"} for c in noun.lefts)
    return beheld and not owned and (known or trigger.rule.type in _BODILY)


def _is_undergoer(pronoun: Token) -> bool:
    """Whether a pronoun stands for the person to whom it is done: "she was detained"."""
    return pronoun.dep_ in {"nsubjpass", "nsubj"} and pronoun.lower_ in _UNDERGOERS


def _receives(trigger: Trigger) -> bool:
    """Whether the subject is the one to whom it is done: "received arms from X", "came under fire"."""
    lemma = trigger.token.lemma_.lower()
    if lemma == "come" and trigger.rule.particle == "under":
        return True
    return trigger.rule.type == "AID" and lemma in {"receive", "get"}


def _givers(child: Token) -> Iterator[Token]:
    """Those after "from" or "by", beside a verb or its object, or beside that under which somebody comes."""
    prepositions = [child, *(child.children if child.dep_ == "dobj" else ())]
    if child.dep_ == "prep" and child.lower_ == "under":
        prepositions += [p for c in child.children for p in c.children]
    for prep in prepositions:
        if prep.dep_ in {"prep", "agent"} and prep.lower_ in {"from", "by"}:
            yield from (t for c in prep.children if c.dep_ == "pobj" for t in conjuncts(c))


def _told_of(trigger: Trigger) -> list[Token]:
    """The people right before a participle of demand: "faced protesters calling for his resignation"."""
    verb, head = trigger.token, trigger.token.head
    if verb.tag_ != "VBG" or verb.dep_ != "advcl" or trigger.rule.type not in {"REQUEST", "ACCUSE", "SUPPORT"}:
        return []
    if any(t.text == "," for t in verb.doc[max(head.i, verb.i - 12) : verb.i]):
        return []
    return [c for c in head.children if c.dep_ == "dobj" and c.i < verb.i and is_people(c)]


def _is_reached(thing: Token) -> bool:
    """Whether one without a name is still whom the act reaches: its object, or who stands after "with" and the like."""
    return thing.dep_ in {"dobj", "nsubjpass", "nsubj"} or thing.head.lower_ in {"with", "against", "between", "to"}


def _owner(thing: Token) -> Token:
    """The party that a thing or a deed belongs to, if it is not itself somebody: "against X's decision"."""
    if thing.ent_type_ or is_people(thing):
        return thing
    return next((c for c in thing.lefts if c.dep_ == "poss" and _is_party(c)), thing)


def _own_aside(trigger: Trigger, found: list[Token]) -> list[Token]:
    """Without an actor's own forces, where it says from or to whom they go: "withdrew its troops from X"."""
    if trigger.rule.type == "SANCTION" and trigger.rule.mode == "withdraw":
        # "recalled its ambassador to X"
        own = [t for t in found if any(c.dep_ == "poss" and c.pos_ == "PRON" for c in t.lefts)]
        posted = [c for t in own for p in t.children if p.lower_ in {"to", "in"} for c in p.children if _has_party(c)]
        return posted or found
    if trigger.rule.type not in {"RETREAT", "MOBILIZE"} or not any(
        _has_party(t) for t in _prepositional(trigger.token)
    ):
        return found
    return [t for t in found if not any(c.dep_ == "poss" and c.pos_ == "PRON" for c in t.lefts)]


def _struck(verb: Token, found: list[Token]) -> list[Token]:
    """Those or that at which weapons are aimed, and those from whom things are taken."""
    at = ("at", "on", "against", "into", *(("to",) if verb.lemma_.lower() == "set" else ()))
    for word in ("from",) if found else at:
        for child in verb.children:
            things = [child, *(c for t in child.children if t.dep_ == "dobj" for c in t.children)]
            for prep in things if not found else [child]:
                if prep.dep_ == "prep" and prep.lower_ == word:
                    aims = [c for c in prep.children if c.dep_ == "pobj" and c.ent_type_ not in {"DATE", "TIME"}]
                    aims = [t for t in aims if t.lower_ not in {"air", "sky"}]
                    if aims and (not found or _has_party(aims[0]) or is_people(aims[0])):
                        return aims
    return found


def _words(head: Token) -> Iterator[int]:
    """The indices of a phrase's words up to its head and of those right after it."""
    yield from range(head.left_edge.i, head.i + 1)
    yield from (c.i for c in head.rights if c.dep_ in {"appos", "flat", "compound", "nmod"})


def _is_act(token: Token) -> bool:
    """Whether a noun names what is done or when, and so nobody: "began a hunger strike on Monday"."""
    return token.ent_type_ in {"DATE", "TIME"} or trigger_at(token) is not None


def _passive(verb: Token) -> bool:
    if verb.lemma_.lower() in STATIVE:
        return False
    if any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children) or _undergone_with(verb) is not None:
        return True
    if _is_clipped(verb) or is_set_off(verb) or _is_had_done(verb):
        return True
    return verb.tag_ == "VBN" and verb.dep_ == "acl" and not any(c.dep_ in {"aux", "dobj"} for c in verb.children)


def _is_clipped(verb: Token) -> bool:
    """Whether a headline leaves out "were": "Peacekeepers killed as rebels storm base"."""
    if verb.lemma_.lower() not in _SUFFERED or verb.tag_ not in {"VBN", "VBD"} or verb.dep_ not in {"ROOT", "ccomp"}:
        return False
    bare = not any(c.dep_ in {"aux", "auxpass", "dobj", "ccomp", "xcomp"} for c in verb.children)
    return bare and any(c.dep_ == "nsubj" and (is_people(c) or c.pos_ == "NUM") for c in verb.children)


def _is_had_done(verb: Token) -> bool:
    """Whether a participle says what somebody had done to what is theirs: "had their cameras confiscated"."""
    if verb.tag_ != "VBN" or verb.dep_ != "ccomp" or verb.head.lemma_.lower() not in {"have", "get"}:
        return False
    return not any(c.dep_ in {"aux", "auxpass", "dobj"} for c in verb.children)


def _undergone_with(verb: Token) -> Token | None:
    """The clause whose subject a bare participle shares: "were seized and shot", "face prison if convicted"."""
    if verb.tag_ != "VBN" or any(c.dep_ in {"aux", "auxpass", "nsubj", "nsubjpass", "dobj"} for c in verb.children):
        return None
    if verb.dep_ == "advcl":
        return verb.head if any(c.lower_ in {"if", "when", "once", "unless"} for c in verb.lefts) else None
    node = verb
    for _ in range(3):
        if node.dep_ != "conj":
            break
        node = node.head
        if any(c.dep_ == "nsubjpass" for c in node.children):
            return node
    return None


def _agents(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            for inner in child.children:
                timed = inner.ent_type_ in {"DATE", "TIME"}
                if inner.dep_ == "pobj" and not timed and inner.lemma_.lower() not in _BY_WAY_OF:
                    yield from conjuncts(inner)
        elif child.dep_ == "prep" and child.lower_ == "to":
            # "was sentenced to ten years by a court"
            things = [c for c in child.children if c.dep_ == "pobj" and not _is_act(c)]
            by = [c for t in things for c in t.children if c.dep_ in {"prep", "agent"} and c.lower_ == "by"]
            yield from (t for c in by for i in c.children if i.dep_ == "pobj" and _has_party(i) for t in conjuncts(i))


def _direct(trigger: Trigger) -> Iterator[Token]:
    """Objects and passive subjects; where the object is a thing done or given, those whom it concerns."""
    token = trigger.token
    if _is_clipped(token) or is_set_off(token) or _is_had_done(token):
        yield from (c for c in token.children if c.dep_ == "nsubj")
    if (beside := _undergone_with(token)) is not None:
        yield from (t for c in beside.children if c.dep_ in {"nsubj", "nsubjpass"} for t in antecedents(c, beside))
    for child in token.children:
        if child.dep_ == "nsubjpass" and token.lemma_.lower() not in STATIVE:
            whole = _is_party(child) or is_people(child) or trigger.object != child
            yield from antecedents(child, token) if whole else _concerned(child)
        elif child.dep_ == "dative":
            yield from [child] if child.pos_ != "ADP" else [c for c in child.children if c.dep_ == "pobj"]
    own = any(c.dep_ in {"nsubjpass", "nsubj", "dobj"} for c in token.children)
    if token.dep_ == "acl" and token.tag_ == "VBN" and not own:
        yield token.head
    objects = [c for c in token.children if c.dep_ == "dobj"]
    for child in objects:
        whole = _is_party(child) or is_people(child)
        whole = whole or (trigger.rule.type in _BODILY and not _is_means(child, trigger))
        if (taken := _taken(child, trigger)) is not None:
            yield taken
            continue
        concerned = [] if whole else list(_concerned(_done_in(child, trigger)))
        if concerned:
            yield from concerned
        elif whole or not _is_means(child, trigger):
            yield child


def _taken(thing: Token, trigger: Trigger) -> Token | None:
    """Those who are taken, where the parser makes what they become the object: "took 60 soldiers prisoner"."""
    becomes = thing.tag_ == "NN" and thing.lemma_.lower() in {"prisoner", "hostage", "captive"}
    if not becomes or trigger.token.lemma_.lower() not in {"take", "hold"}:
        return None
    return next((c for c in thing.lefts if c.dep_ in {"compound", "nmod"} and c.tag_ == "NNS"), None)


def _done_in(thing: Token, trigger: Trigger) -> Token:
    """What is done, where its length or part stands before it: "held two days of talks with the leaders"."""
    inner = trigger.object
    within = inner is not None and inner.dep_ == "pobj" and inner.head.lower_ == "of" and inner.head.head == thing
    return inner if within and inner is not None else thing


def _is_means(thing: Token, trigger: Trigger) -> bool:
    """Whether a thing is that by which the act is done: "fired four mortar bombs"."""
    if thing.lemma_.lower() == trigger.rule.particle:
        return True
    if trigger.token.lemma_.lower() == "set" and thing.lemma_.lower() == "fire":
        return True
    if trigger.token.lemma_.lower() in _TAKING:
        return False
    if any(c.dep_ == "conj" and c == trigger.object for c in thing.children):
        return True
    if any(c == trigger.object for p in thing.children if p.dep_ == "prep" for c in p.children):
        return True
    words = {thing.lemma_.lower(), *(c.lemma_.lower() for c in thing.lefts if c.dep_ == "compound")}
    return thing == trigger.object or bool(words & trigger.rule.objects)


def _is_party(token: Token) -> bool:
    return token.ent_type_ in _PARTY_ENTS and token.pos_ == "PROPN"


def _concerned(noun: Token) -> Iterator[Token]:
    """Those whom a thing belongs to or is directed at: "Iran's proposal", "sanctions on Iran", "the Iranian offer"."""
    for child in noun.children:
        if child.dep_ == "poss" and child.pos_ != "PRON":
            yield child
    for child in noun.children:
        if child.dep_ in {"prep", "agent"} and child.lower_ in (*_TARGETS, "by", "of"):
            for inner in child.children:
                if (
                    inner.dep_ == "pobj"
                    and not _is_site(inner)
                    and (_has_party(inner) or child.lower_ in {"against", "with", "by", "on"})
                ):
                    yield inner
    for child in noun.children:
        if child.dep_ in _OWNED and child.ent_type_ in {"NORP", "GPE", "ORG", "PERSON"} and child.dep_ != "poss":
            yield child


def _is_site(token: Token) -> bool:
    """Whether a place name only says where: "in X", "near X"; but whoever arrives in X visits it."""
    if token.ent_type_ not in {"GPE", "LOC", "FAC"} or token.head.lower_ not in {
        "in",
        "at",
        "near",
        "outside",
        "inside",
    }:
        return False
    return token.head.head.lemma_.lower() not in {"arrive", "land"}


def _has_party(token: Token) -> bool:
    return token.ent_type_ in _PARTY_ENTS or any(c.ent_type_ in _PARTY_ENTS for c in token.lefts)


def _clausal(trigger: Trigger) -> Iterator[Token]:
    """The subject of what is demanded, said or wanted: "demanded that Iran stop"; of a threat, whom it would hit."""
    threat = trigger.rule.type == "THREATEN"
    for child in trigger.token.children:
        if child.dep_ in {"ccomp", "xcomp"}:
            subjects = [c for c in child.children if c.dep_ in {"nsubj", "nsubjpass"} and c.pos_ != "PRON"]
            if subjects and not threat:
                yield from subjects
            else:
                for thing in (c for c in child.children if c.dep_ == "dobj"):
                    yield from [thing] if _has_party(thing) else _concerned(thing)
                yield from _prepositional(child)


def _purpose(verb: Token) -> Iterator[Token]:
    """Those at whom an act is aimed by its purpose: "marched to demand X's resignation"."""
    for child in verb.children:
        if child.dep_ in {"advcl", "xcomp"} and (child.tag_ == "VBG" or any(c.lower_ == "to" for c in child.lefts)):
            for thing in (c for c in child.children if c.dep_ == "dobj"):
                yield from [thing] if _has_party(thing) else _concerned(thing)
            yield from (t for t in _prepositional(child) if _has_party(t))
            wanted = (s for c in child.children if c.dep_ == "ccomp" for s in c.children)
            yield from (s for s in wanted if s.dep_ in {"nsubj", "nsubjpass"} and (_is_party(s) or is_people(s)))


def _shared(verb: Token) -> Iterator[Token]:
    """The object that a verb shares with the one joined to it: "donated and delivered X to Y"."""
    for child in verb.children:
        if child.dep_ == "conj" and child.pos_ == "VERB" and not any(c.dep_ == "nsubj" for c in child.children):
            yield from (c for c in child.children if c.dep_ == "dobj" and _has_party(c))
            yield from (t for t in _prepositional(child) if _has_party(t))


def _prepositional(verb: Token) -> Iterator[Token]:
    by_word: dict[str, list[Token]] = {}
    for child in verb.children:
        if child.dep_ in {"prep", "dative"}:
            for inner in child.children:
                if is_asked(child):
                    continue
                if inner.dep_ == "pobj" and inner.ent_type_ not in {"DATE", "TIME"} and not _is_site(inner):
                    by_word.setdefault(child.lower_, []).append(inner)
                elif inner.dep_ == "prep":
                    by_word.setdefault(inner.lower_, []).extend(c for c in inner.children if c.dep_ == "pobj")
    if verb.lemma_.lower() in _SUPPLYING:
        by_word.pop("from", None)
    if people := [t for word in ("with", "against") for t in by_word.get(word, []) if is_people(t)]:
        yield from people
        return
    for word in _TARGETS:
        if named := [t for t in by_word.get(word, []) if _has_party(t)]:
            yield from named
            return
    for word in ("against", "with", "on", "from", "to", "at"):
        if people := [t for t in by_word.get(word, []) if is_people(t)]:
            yield from people
            return


def _nominal_actors(noun: Token) -> list[Token]:
    if (teller := told_by_phone(noun)) is not None:
        return [t for s in subjects(teller) for t in conjuncts(s)]
    for child in noun.children:
        if child.dep_ in {"agent", "prep"} and child.lower_ in {"by", "between"}:
            named = (c for c in child.children if c.dep_ == "pobj" and c.lemma_.lower() not in _BY_WAY_OF)
            return [t for c in named for t in conjuncts(c)]
    owned = [c for c in noun.lefts if (c.dep_ == "poss" and c.ent_type_ not in {"DATE", "TIME"})  # "Saturday's attack"
             or (c.dep_ in _OWNED and c.ent_type_ in {"NORP", "GPE", "ORG"})]  # fmt: skip
    if owned:
        return owned[:1]
    if (goer := on_a_journey(noun)) is not None:
        return [goer]
    if noun.dep_ in {"dobj", "pobj"}:
        verb = noun.head if noun.dep_ == "dobj" else noun.head.head
        if verb.pos_ == "VERB" and noun.dep_ == "dobj":
            return [t for s in subjects(verb) for t in conjuncts(s)]
    return []


def _nominal_recipients(noun: Token) -> list[Token]:
    if (teller := told_by_phone(noun)) is not None:
        beside = [c for v in (noun, teller) for p in v.children if p.lower_ == "with" for c in p.children]
        heard = beside or [c for c in teller.children if c.dep_ in {"dobj", "dative"}]
        return [t for c in heard for t in conjuncts(c) if t.pos_ != "PRON" or t.lower_ in PERSONAL]
    journey = noun.lemma_.lower() in JOURNEYS
    for words in (("to",) if journey else (), ("of",), ("on", "against", "with"), ("in", "at")):
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ in words:
                found = [t for c in child.children if c.dep_ == "pobj" for t in conjuncts(c)]
                if any(t.ent_type_ in {"DATE", "TIME"} for t in found):
                    continue
                if words != ("in", "at") or any(_is_party(t) for t in found):
                    return found
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ == "between":
            return [t for c in child.children if c.dep_ == "pobj" for t in conjuncts(c)][1:]
    return []
