"""In whose clause a number, a place or a time stands, by the parse."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.annotators.event_places import is_site
from onrecord.annotators.word_sets import word_set
from onrecord.model import Place

__all__ = [
    "HARMING",
    "act_over",
    "harm_of",
    "in_main_clause",
    "is_care",
    "is_harming",
    "is_label",
    "is_of_first",
    "is_where",
    "verb_over",
]

_LOCATIVE = word_set("in at near on outside inside around across throughout along off within over by between")
#: Edges of the parse within one clause.
_INSIDE = word_set(
    """
    pobj prep compound amod nmod poss appos conj nummod quantmod dobj attr npadvmod advmod agent oprd dative pcomp tmod
    """
)
_SIDES = word_set(
    """
    side area home house apartment suburb neighborhood neighbourhood bar club pub party block park office development
    complex housing project facility theater mall garage yard store
    """
)
#: From what is counted up to the main verb of its sentence.
_MAIN = word_set("conj dobj nsubj nsubjpass attr advcl compound nummod quantmod pobj prep appos agent")
#: What harms, and what it is called: its place and time are those of whom it harmed.
HARMING = word_set(
    """
    kill wound injure shoot die leave open explode attack hit strike happen occur crash fire stab burn drown detonate
    ambush bomb shell raid massacre murder execute gun collapse derail result shooting bombing explosion blast clash
    airstrike shootout stabbing robbery incident assault battle fighting rampage killing homicide murder-suicide ambush
    shelling bombardment slaying gunfire gunshot accident blaze erupt ring drive-by stampede
    """
)
_CARE = word_set("hospital clinic infirmary treat hospitalize hospitalise recover airlift")
_BRINGING = word_set("take transport bring rush fly airlift transfer send transfer")
#: What is done on the spot goes on there, unless those who do it leave.
_RAIDING = word_set("raid storm search attack overrun ransack sweep comb surround besiege burst ambush")
_LEAVING = word_set("flee escape return fly travel move go withdraw leave retreat send claim head")
_STEPS = 12


def in_main_clause(anchor: Token) -> bool:
    """Whether a word stands in the main clause of its sentence, so that what opens the sentence holds for it."""
    node = anchor
    for _ in range(_STEPS):
        if node.head == node:
            return True
        if node.dep_ not in _MAIN:
            return False
        node = node.head
    return False


def verb_over(token: Token, *, subject: bool) -> Token | None:
    """The verb whose clause a word stands in; None past its borders, and in its subject unless that is asked for."""
    node = token
    passed = {"prep"} if subject else {"prep", "pcomp"}
    for _ in range(_STEPS):
        if node.pos_ in {"VERB", "AUX"} and not _is_transparent(node) and node.dep_ not in passed:
            return node
        left = node.dep_ in {"ccomp", "acomp"} and node.head.lemma_ == "leave"  # "left one dead in X"
        inside = left or node.dep_ in _INSIDE or (subject and node.dep_ in {"nsubj", "nsubjpass"})
        inside = inside or _is_transparent(node)
        if not inside or node.head == node:
            return None
        node = node.head
    return None


def is_label(token: Token) -> bool:
    """Whether a name only says which one of things or people: "the Dallas group", and not "a Dallas nightclub"."""
    labels = token.dep_ in {"compound", "nmod", "amod"} and token.head.pos_ == "NOUN" and token.head.i > token.i
    event = token.head.lemma_.lower() in HARMING  # "a Riga shootout"
    return labels and not event and not is_site(token.head) and token.head.lower_ not in _SIDES


def harm_of(token: Token) -> Token | None:
    """The verb that says of a noun right behind it what befell it: "the five officers killed on Thursday"."""
    for child in token.rights:
        if (
            child.dep_ in {"acl", "relcl"}
            and child.tag_ in {"VBN", "VBD"}
            and child.lemma_.lower() in HARMING | {"find"}
        ):
            return child
    return None


def is_harming(token: Token) -> bool:
    """Whether a place or time goes with an act or a word for what harms: "a shooting in X", "fired on Monday"."""
    if token.dep_ == "pobj" and token.head.lower_ in _LOCATIVE and token.head.i > 0:
        before = token.head.nbor(-1)  # also where the parser ties "in" to the verb: "investigate shootings in X"
        if before.pos_ == "NOUN" and before.lemma_.lower() in HARMING:
            return True
    node = token
    for _ in range(_STEPS):
        if node.lemma_.lower() in HARMING and node != token:
            return True
        through = node.dep_ in {"xcomp", "oprd", "acl", "pcomp"} or _is_transparent(node)
        if node.head == node or (node.pos_ in {"VERB", "AUX"} and not through):
            return False
        if node.dep_ not in _INSIDE and not through:
            return False
        node = node.head
    return False


def is_of_first(anchor: Token, token: Token) -> bool:
    """Whether a place or time stands within the first of two acts and the anchor in the second."""
    verb = act_over(anchor)
    if verb is None or verb.dep_ != "conj" or verb.head.pos_ != "VERB" or verb.lemma_.lower() in HARMING:
        return False
    if verb.head.lemma_.lower() in _RAIDING and verb.lemma_.lower() not in _LEAVING and verb.head.i < token.i:
        return False  # "raided two farms in X and led away nine"
    return verb.head.i < token.i < verb.i and act_over(token) == verb.head


def act_over(token: Token) -> Token | None:
    """The verb that is next above a word."""
    node = token
    for _ in range(_STEPS):
        if node.pos_ == "VERB" and node.dep_ != "amod":
            return node
        if node.head == node:
            return None
        node = node.head
    return None


def _is_transparent(verb: Token) -> bool:
    """Whether a verb only goes on with the clause above it: "were found shot", "opened fire, killing nine"."""
    if verb.pos_ not in {"VERB", "AUX"}:
        return False
    if verb.dep_ == "ccomp" and verb.head.lemma_ == "leave":
        return True
    children = {c.dep_ for c in verb.children if c.lower_ not in {"while", "when", "as"}}
    if children & {"nsubj", "nsubjpass", "mark"}:
        return False
    return verb.dep_ in {"xcomp", "oprd", "conj"} or (verb.dep_ == "advcl" and verb.tag_ == "VBG")


def is_where(token: Token, place: Place) -> bool:
    """Whether a name of a place stands after a preposition of place, or before a noun that does ("at a Riga bank")."""
    node = token
    for _ in range(5):
        if node.dep_ == "pobj":
            return node.head.lower_ in _LOCATIVE
        if node.dep_ not in {"compound", "nmod", "appos", "conj", "poss"} or place.precision == "country":
            return False
        if is_label(node):
            return False
        if node.dep_ != "appos" and node.head.pos_ == "NOUN" and node.head.lemma_.lower() in HARMING:
            return True  # "a Riga shootout"
        node = node.head
    return False


def is_care(token: Token) -> bool:
    """Whether a place is where the hurt were brought, and not where they were hurt: "taken to a hospital in X"."""
    node = token
    for _ in range(_STEPS):
        if node.lemma_.lower() in _CARE and node != token:
            return True
        if node.head == node or node.pos_ in {"VERB", "AUX"}:
            return False
        if node.lower_ == "to" and node.head.lemma_.lower() in _BRINGING:
            return True
        node = node.head
    return False
