"""Whether an event happened, or is planned, threatened, denied, failed or only supposed; and what frames it."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.annotators.event_joints import kept_from, said_by
from onrecord.annotators.event_meetings import PUBLIC, TRAVEL
from onrecord.annotators.word_sets import word_set
from onrecord.model import EventType, Modality

__all__ = ["CLAIMS", "COOPERATIVE", "Frame", "frame"]

#: Types that PLOVER counts as cooperation; promised, they are AGREE. The others, announced, are THREATEN.
COOPERATIVE: frozenset[EventType] = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})

_PLANNED_VERBS = word_set(
    "plan intend prepare expect schedule aim decide consider propose order vow promise pledge plot"
)
#: What is wished for is only possible; "hop" is what spaCy makes of "hoped".
_WISHED = word_set("hope hop want wish")
_PLANNED_WORDS = word_set("plan intention readiness willingness ready willing prepared set due poised plans plot")
_FAILED = word_set("fail foil thwart avert miss abort")
_TRIED = word_set("try attempt seek")
#: Joined to "tried to", they say that it came to nothing.
_THWARTED = word_set("repel repulse fail thwart foil drive push beat stop prevent turn force block")
#: Nouns of what may or may not come.
_POSSIBLE = word_set(
    """
    possibility risk danger prospect likelihood chance fear speculation rumour rumor option threat call demand appeal
    proposal offer request effort bid pressure warning temptation obligation duty right power permission
    """
)
#: Whom a spokesman speaks for.
_OWN = word_set("government army country forces military navy ministry party movement group")
_NOBODY = word_set("nobody none neither nothing")
_PAST_SAYING = word_set(
    "say tell announce add declare state insist warn vow promise pledge write confirm report repeat"
)
_DENIED = word_set("deny refute")
#: Nouns of what is said to have happened.
CLAIMS = word_set("report claim allegation rumour rumor suggestion accusation assertion charge")
_DISMISSING = word_set("dismiss reject deny refute rubbish dispute")
_ONGOING = word_set("continue keep resume go remain")
_CHARGING = word_set("arrest detain jail accuse convict suspect charge condemn criticize blame sentence")
#: What stands in the diaries of those in public life.
_DIARY = word_set("meet visit host receive attend tour")
#: What one does who spares nothing.
_UTMOST = word_set("whatever everything all what best utmost anything")
_SUPPOSED = frozenset({"could", "would", "might", "may", "can", "should"})


@dataclass(frozen=True, slots=True)
class Frame:
    """How an event is put.

    Attributes:
        aside: it is only a purpose, a condition or a charge ("to defend", "if attacked", "for spying").
        future: it is said that it will or is to happen, on the actor's own account.
        duty: it is said that another must do it ("Iran must stop").
    """

    modality: Modality
    future: bool
    duty: bool
    aside: bool = False


def frame(token: Token) -> Frame:
    """How the event of a word is put, by its auxiliaries, its negation and the words that govern it."""
    token = _first_of(token)
    auxiliaries = {c.lower_ for c in token.children if c.dep_ in {"aux", "auxpass"}}
    above = _governors(token)
    lemmas = {t.lemma_.lower() for t in above}
    if auxiliaries & {"must", "should"} or _needed(token, above):
        return Frame("demanded", future=False, duty=True)
    if (striving := _striving(token)) is not None:
        return _as_strived(striving)
    if _purpose(token) or _charge(token):
        return Frame("hypothetical", future=False, duty=False, aside=True)
    return Frame(*_put(token, auxiliaries, above, lemmas), duty=False)


def _striving(token: Token) -> Token | None:
    """The verb of doing what one can, of an infinitive that says for what: "would do all it could to close them"."""
    node = token
    for _ in range(3):
        if node.dep_ == "conj" and node.head.pos_ == "VERB" and _infinitive(node):
            node = node.head
    if not _infinitive(node) or node.dep_ not in {"xcomp", "advcl", "relcl", "acl"}:
        return None
    head = node.head.head if node.head.dep_ == "dobj" and node.head.lower_ in _UTMOST else node.head
    if head.lemma_.lower() != "do":
        return None
    done = [t for c in head.children if c.dep_ in {"dobj", "ccomp"} for t in (c, *c.children)]
    return head if any(t.lower_ in _UTMOST for t in done) else None


def _as_strived(verb: Token) -> Frame:
    """How what somebody does all to reach stands: as the doing does, and open where that is done."""
    put = frame(verb)
    telling = said_by(verb)
    told = telling is not None and telling.lemma_.lower() in _PAST_SAYING and not _under_condition(verb)
    if told and any(c.dep_ == "aux" and c.lower_ == "would" for c in verb.children) and not _negated(verb):
        return Frame("planned", future=False, duty=False)
    open_still = put.modality in {"happened", "ongoing"}
    return Frame("hypothetical" if open_still else put.modality, future=False, duty=put.duty)


def _first_of(token: Token) -> Token:
    """The verb whose auxiliaries hold for one joined to it: "will expel two and close the consulate"."""
    for _ in range(3):
        bare = token.tag_ == "VB" and not any(c.dep_ in {"aux", "auxpass", "nsubj"} for c in token.children)
        if token.dep_ != "conj" or not bare or token.head.tag_ != "VB":
            break
        token = token.head
    return token


def _put(token: Token, auxiliaries: set[str], above: list[Token], lemmas: set[str]) -> tuple[Modality, bool]:
    """The modality, and whether the act is to come on the actor's own account."""
    supposed = token.pos_ == "NOUN" and any(c.lower_ == "any" for c in token.lefts)
    if supposed or kept_from(token) is not None or _conditional(token):
        return "hypothetical", False
    if lemmas & _DENIED or _denied_with(token) or _dismissed(token):
        return "denied", False
    if lemmas & _FAILED or (token.pos_ == "NOUN" and any(c.lemma_.lower() in {"fail", "foil", "failed", "attempted"}
                                                         for c in token.children)):  # fmt: skip
        return "failed", False
    if lemmas & _TRIED:
        return ("failed" if _in_vain(above) else "hypothetical"), False
    promised = "would" in auxiliaries and _future_in_past(token)
    if "would" in auxiliaries and _negated(token) and _future_in_past(token, conditions=True):
        return "denied", True  # "said it would not free them unless": refused all the same
    named = {t.lemma_.lower() for t in above if not _is_call(t, token)}
    if (auxiliaries & _SUPPOSED and not promised) or named & _POSSIBLE or _is_of_anybody(token):
        return "hypothetical", False
    if _negated(token):
        return "denied", promised or bool(auxiliaries & {"will", "wo"})
    wished = lemmas & _WISHED
    if wished:
        return ("denied", False) if any(_negated(t) for t in above) else ("hypothetical", True)
    planned = lemmas & (_PLANNED_VERBS | _PLANNED_WORDS)
    if planned and any(_negated(t) for t in above):
        return "denied", False
    if promised or auxiliaries & {"will", "'ll", "shall", "wo"} or planned or _going(token):
        return "planned", True
    told = token.dep_ == "ccomp" and token.head.lemma_.lower() in _PAST_SAYING
    if token.tag_ in {"VBZ", "VBP"} and token.lemma_.lower() in TRAVEL and _is_dated(token):
        return "planned", True  # "the envoy flies to X on Friday"
    progressive = token.tag_ == "VBG" and auxiliaries & (
        {"is", "are", "'re", "'s"} | ({"was", "were"} if told else set())
    )
    held = "being" in auxiliaries and bool(auxiliaries & {"is", "are", "'re", "'s"})
    return ("ongoing" if progressive or held or lemmas & _ONGOING else "happened"), False


def _needed(token: Token, above: list[Token]) -> bool:
    """Whether an infinitive is what somebody has or needs to do."""
    return _infinitive(token) and bool(above) and above[0].lemma_.lower() in {"have", "need"}


def _negated(token: Token) -> bool:
    """Whether a word, its subject or its object is negated: "did not", "no soldiers were", "nobody"."""
    for child in token.children:
        if child.dep_ == "neg" or child.lower_ in {"no", "never"}:
            return True
        if child.dep_ in {"nsubj", "nsubjpass", "dobj"}:
            first = child.doc[child.left_edge.i]
            if child.lower_ in _NOBODY or (first.lower_ in {"no", "neither", "none"} and first.head == child):
                return True
            if child.lower_ == "one" and first.lower_ == "no":
                return True
    return False


def _denied_with(token: Token) -> bool:
    """Whether a verb is joined to one that is denied: "denied that they had rammed or fired on it"."""
    node = token
    if node.dep_ == "conj" and (telling := said_by(node)) is not None:
        return telling.lemma_.lower() in _DENIED
    for _ in range(3):
        if node.dep_ != "conj" or any(c.dep_ in {"nsubj", "nsubjpass"} for c in node.children):
            return False
        node = node.head
        if node.dep_ in {"ccomp", "xcomp"} and node.head.lemma_.lower() in _DENIED:
            return True
    return False


def _dismissed(token: Token) -> bool:
    """Whether a clause is what a report says that somebody dismisses: "rejected claims that its men had fled"."""
    if token.dep_ not in {"acl", "ccomp", "relcl"} or token.head.lemma_.lower() not in CLAIMS:
        return False
    node = token.head
    for _ in range(3):
        if node.dep_ not in {"dobj", "pobj", "prep", "nsubjpass", "advcl"}:
            return False
        node = node.head
        if node.pos_ == "VERB":
            return node.lemma_.lower() in _DISMISSING
    return False


def _in_vain(above: list[Token]) -> bool:
    """Whether what was tried came to nothing: "tried in vain", "tried but failed", "tried and were driven back"."""
    for verb in above:
        for child in verb.children:
            if child.lower_ in {"unsuccessfully", "vainly"} or (child.lower_ == "in" and any(
                    c.lower_ == "vain" for c in child.children)):  # fmt: skip
                return True
            if child.dep_ == "conj" and child.lemma_.lower() in _THWARTED:
                return child.lemma_.lower() == "fail" or any(c.dep_ == "auxpass" for c in child.children)
    return False


def _future_in_past(token: Token, *, conditions: bool = False) -> bool:
    """Whether "would" is what somebody said lay ahead, under no condition if not allowed: "said it would attack"."""
    node = token
    for _ in range(3):
        if node.dep_ == "conj" and node.head.pos_ == "VERB" and said_by(node) is None:
            node = node.head
    telling = said_by(node)
    if telling is None or telling.lemma_.lower() not in _PAST_SAYING or telling.tag_ not in {"VBD", "VBN"}:
        return False
    subjects = [c for c in node.children if c.dep_ in {"nsubj", "nsubjpass"}]
    speakers = [c for c in telling.children if c.dep_ == "nsubj"]
    return (
        (conditions or not (_under_condition(node) or _under_condition(token)))
        and bool(speakers)
        and any(s.pos_ == "PRON" or s.lower_ in _OWN or _is_in_diary(node, s) for s in subjects)
    )


def _is_call(verb: Token, act: Token) -> bool:
    """Whether an act is only called something, and not called for: "called the raid an answer"."""
    return verb.pos_ == "VERB" and verb.lemma_.lower() == "call" and act.dep_ == "dobj" and act.head == verb


def _is_of_anybody(verb: Token) -> bool:
    """Whether a clause says what anybody may do: "would expel any agency that fed the rebels"."""
    whose = verb.head
    anybody = whose.lower_ in {"anyone", "anybody", "whoever"} or any(c.lower_ == "any" for c in whose.lefts)
    return verb.dep_ == "relcl" and anybody


def _is_in_diary(verb: Token, who: Token) -> bool:
    """Whether a person or state is said to have a meeting or journey ahead, which others may announce, too."""
    return verb.lemma_.lower() in _DIARY | TRAVEL and (
        who.ent_type_ in {"PERSON", "GPE"} or who.lemma_.lower() in PUBLIC
    )


def _governors(token: Token) -> list[Token]:
    """The words that a word's happening depends on, innermost first."""
    found: list[Token] = []
    node = token
    for _ in range(4):
        if node.dep_ in {"xcomp", "pcomp", "dobj", "pobj", "prep", "nsubjpass"} or (node.dep_ in {"acl", "ccomp"} and
                                                                                    _infinitive(node)):  # fmt: skip
            node = node.head
            found.append(node)
            if node.pos_ == "VERB" and node.lemma_.lower() not in _ALL_FRAMES:
                break
        elif (node.dep_ == "ccomp" and node.head.lemma_.lower() in _DENIED | _PLANNED_VERBS | _WISHED
              and not _is_apart(node)):  # fmt: skip
            node = node.head
            found.append(node)
        else:
            break
    return found


def _is_apart(clause: Token) -> bool:
    """Whether a clause stands before another with a semicolon between them: "Envoy presses Kabul; rebels deny it"."""
    return any(t.text == ";" for t in clause.doc[clause.i : clause.head.i])


_ALL_FRAMES = _PLANNED_VERBS | _WISHED | _FAILED | _TRIED | _DENIED | _ONGOING


def _infinitive(token: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)


def _going(token: Token) -> bool:
    head = token.head
    if token.dep_ == "xcomp" and head.lemma_ == "be" and _infinitive(token):
        return True
    return token.dep_ == "xcomp" and head.lower_ in {"going", "set", "ready", "willing", "prepared", "committed", "due"}


def _purpose(token: Token) -> bool:
    """Whether a verb is an infinitive of purpose, or what something is aimed at."""
    if token.dep_ == "pcomp" and token.head.lower_ == "at" and token.head.head.lemma_.lower() == "aim":
        return token.head.head.dep_ in {"acl", "advcl"}
    if token.pos_ != "VERB" or not _infinitive(token):
        return False
    if token.head.ent_type_ in {"DATE", "TIME"}:
        return True  # "blocked the road for a third day to protest"
    told = _PLANNED_WORDS | _POSSIBLE | _FAILED | {"decision", "attempt", "agreement", "deal", "move", "pledge", "vow"}
    if token.dep_ == "xcomp" and token.head.lemma_.lower() in {"take", "use", "make", "adopt"}:
        return any(c.dep_ == "dobj" for c in token.head.children)
    if token.head.lemma_.lower() == "vote":
        return False  # "voted 13-0 to tighten the embargo"
    return token.dep_ == "advcl" or (token.dep_ == "acl" and token.head.lemma_.lower() not in told)


def _charge(token: Token) -> bool:
    """Whether a verb only says for what somebody is arrested, accused or convicted."""
    if token.dep_ != "pcomp" or token.head.lower_ not in {"for", "of", "on"}:
        return False
    return token.head.head.lemma_.lower() in _CHARGING


def _is_dated(verb: Token) -> bool:
    return any(t.ent_type_ in {"DATE", "TIME"} for c in verb.children for t in (c, *c.children) if c.i > verb.i)


def _on_condition(clause: Token) -> bool:
    """Whether a clause is a condition: "if", "unless", "provided that", "as long as"."""
    if clause.dep_ == "pcomp" and clause.head.lower_ in {"provided", "providing"}:
        return True
    if clause.lower_ in {"provided", "providing"} and any(c.dep_ in {"ccomp", "advcl"} for c in clause.children):
        return True
    marks = {c.lower_ for c in clause.lefts if c.dep_ in {"mark", "advmod"}}
    return bool(marks & {"if", "unless", "provided", "providing"}) or (
        clause.head.lower_ == "long" and "as" in marks and any(c.lower_ == "as" for c in clause.head.lefts)
    )


def _is_asked(clause: Token) -> bool:
    """Whether a clause is asked or open: "asked whether it had agreed", "Whether it did is unclear"."""
    marks = {c.lower_ for c in clause.lefts if c.dep_ in {"mark", "advmod"}}
    return "whether" in marks or ("if" in marks and clause.dep_ in {"ccomp", "csubj"})


def _awaited(clause: Token) -> bool:
    """Whether a clause says after what something is yet to be done: "will talk once the army has gone"."""
    if not any(c.lower_ in {"once", "until", "when"} for c in clause.lefts):
        return False
    return any(c.dep_ == "aux" and c.lower_ in {"will", "would", "'ll", "wo"} for c in clause.head.children)


def _under_condition(verb: Token) -> bool:
    """Whether a verb depends on a condition: "would talk if", "would talk as long as"."""
    clauses = [c for c in verb.children if c.dep_ == "advcl"]
    clauses += [c for a in verb.children if a.lower_ == "long" for c in a.children if c.dep_ == "advcl"]
    return any(_on_condition(c) or _awaited(c) for c in clauses)


def _conditional(token: Token) -> bool:
    node = token
    for _ in range(3):
        if (node.dep_ in {"advcl", "pcomp"} and (_on_condition(node) or _awaited(node))) or _is_asked(node):
            return True
        if node.dep_ not in {"conj", "xcomp", "ccomp"}:
            return False
        node = node.head
    return False
