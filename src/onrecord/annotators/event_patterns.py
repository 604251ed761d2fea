"""The words by which an event is found, and the rule that a word in its sentence meets.

The table is `data/events.txt`, in the terms of the PLOVER manual (Open Event Data Alliance, 2021); how its lines read
is said at its head.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import TypeAlias

from spacy.tokens import Doc, Token

from onrecord.annotators.parse import codebook_of
from onrecord.annotators.word_sets import word_set
from onrecord.codebook.model import EventWords
from onrecord.model import EventType

__all__ = ["Rule", "Trigger", "is_crowded", "trigger_at"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table.

    Attributes:
        particle: the preposition or particle that must go with the word, or None.
        objects: lemmas of which one must stand among what the word governs (or beside it); empty if anything will do.
        barred: lemmas that must not stand there.
    """

    type: EventType
    mode: str | None
    cameo: str | None
    particle: str | None
    objects: frozenset[str]
    barred: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that names an event, with the rule that it meets and the object that decided, if one did."""

    token: Token
    rule: Rule
    object: Token | None
    nominal: bool


_Rules: TypeAlias = tuple[dict[str, tuple[Rule, ...]], dict[str, tuple[Rule, ...]]]

#: Under which a document keeps its rules.
_KEPT = "onrecord.events"
#: Dependents beyond which a word stands in a list or a table, whose parse says nothing.
_CROWD = 60

_OBJECTS = word_set("dobj attr oprd acomp dative xcomp ccomp pcomp")
_DOWN = word_set("prep prt advmod agent")
#: Forms that spaCy's rules trace to another verb ("staged" to "stag").
_LEMMAS = {form + ending: form + "e" for form in ("stag", "wag", "rap", "rag") for ending in ("ed", "ing")}


@cache
def _shipped() -> _Rules:
    lines = resources.files("onrecord").joinpath("data/events.txt").read_text(encoding="utf-8").splitlines()
    classes: dict[str, frozenset[str]] = {}
    verbs: dict[str, list[Rule]] = {}
    nouns: dict[str, list[Rule]] = {}
    for line in lines:
        if line.startswith("@"):
            name, _, words = line.partition(" = ")
            classes[name] = frozenset(words.split())
        elif line and not line.startswith("#"):
            _enter(line, classes, verbs, nouns)
    order = _conditions_first
    return {k: order(v) for k, v in verbs.items()}, {k: order(v) for k, v in nouns.items()}


def _rules(doc: Doc) -> _Rules:
    """The rules by lemma, for verbs and for nouns; a team's own first, and of each those with conditions."""
    kept: _Rules | None = doc.user_data.get(_KEPT)
    if kept is None:
        kept = doc.user_data[_KEPT] = _with_own(codebook_of(doc).events)
    return kept


@lru_cache(maxsize=4)  # one codebook serves all reports of a run
def _with_own(own: tuple[EventWords, ...]) -> _Rules:
    if not own:
        return _shipped()
    verbs: dict[str, list[Rule]] = {}
    nouns: dict[str, list[Rule]] = {}
    for entry in own:
        wanted, barred = frozenset(entry.beside), frozenset(entry.never)
        for word in entry.verbs:
            lemma, _, particle = word.partition(" ")
            rule = Rule(entry.type, entry.mode, entry.cameo, particle or None, wanted, barred)
            verbs.setdefault(lemma, []).append(rule)
        for word in entry.nouns:
            nouns.setdefault(word, []).append(Rule(entry.type, entry.mode, entry.cameo, None, wanted))
    their_verbs, their_nouns = _shipped()
    return (
        their_verbs | {k: (*_conditions_first(v), *their_verbs.get(k, ())) for k, v in verbs.items()},
        their_nouns | {k: (*_conditions_first(v), *their_nouns.get(k, ())) for k, v in nouns.items()},
    )


def _conditions_first(rules: list[Rule]) -> tuple[Rule, ...]:
    return tuple(sorted(rules, key=lambda rule: (not rule.objects, rule.particle is None)))


def _enter(
    line: str, classes: dict[str, frozenset[str]], verbs: dict[str, list[Rule]], nouns: dict[str, list[Rule]]
) -> None:
    head, mark, condition = line.partition(" ! " if " ! " in line else " : ")
    kind, mode, cameo, part, *words = head.split()
    objects = frozenset(o for w in condition.split() for o in classes.get(w, {w}))
    for word in words:
        lemma, _, particle = word.partition("+")
        wanted, barred = (frozenset(), objects) if mark == " ! " else (objects, frozenset())
        rule = Rule(kind, _none(mode), _none(cameo), particle or None, wanted, barred)  # type: ignore[arg-type]
        (verbs if part == "v" else nouns).setdefault(lemma, []).append(rule)


def _none(word: str) -> str | None:
    return None if word == "-" else word


def trigger_at(token: Token) -> Trigger | None:
    """The event that a word names, or None if it names none.

    A noun may name the event of its verb once more ("signed a ceasefire"): `events` keeps one of the two.

    Example:
        >>> from onrecord.annotators.parse import parse
        >>> from onrecord.read.text import report
        >>> doc = parse(report("Rebels signed a ceasefire; ministers signed a treaty.")).doc
        >>> [(t.token.text, t.rule.type) for t in map(trigger_at, doc) if t and not t.nominal]
        [('signed', 'RETREAT'), ('signed', 'SUPPORT')]
    """
    if is_crowded(token):
        return None
    verbs, nouns = _rules(token.doc)
    lemma = _LEMMAS.get(token.lower_) or token.lemma_.lower()
    if _is_gerund(token):
        return next((Trigger(token, r, None, nominal=True) for r in nouns.get(token.lower_, ()) if not r.objects), None)
    full = token.pos_ == "AUX" and lemma in {"be", "have"} and token.dep_ not in {"aux", "auxpass"}
    if full or token.pos_ == "VERB":
        for rule in verbs.get(lemma, ()):
            met, decisive = _met(rule, token)
            if met:
                return Trigger(token, rule, decisive, nominal=False)
    elif token.pos_ == "NOUN":
        for rule in nouns.get(lemma, ()):
            if not rule.objects or rule.objects & {t.lemma_.lower() for t in (*token.children, token.head)}:
                return Trigger(token, rule, None, nominal=True)
    return None


def _is_gerund(token: Token) -> bool:
    """Whether a verb stands as a noun: "Fighting between the two armies drove thousands out"."""
    return (
        token.tag_ == "VBG"
        and token.pos_ == "VERB"
        and token.dep_ in {"nsubj", "nsubjpass", "pobj"}
        and any(c.dep_ == "prep" and c.lower_ == "between" for c in token.rights)
    )


def is_crowded(token: Token) -> bool:
    """Whether a word has more dependents than any sentence gives it: the parser's reading of a list or a table."""
    return bool(token.n_lefts + token.n_rights > _CROWD)


def _met(rule: Rule, verb: Token) -> tuple[bool, Token | None]:
    """Whether a verb meets a rule, and which of its objects decided."""
    if rule.particle is not None:
        follows = [c for c in verb.children if c.lower_ == rule.particle and c.i > verb.i]
        objects = [c for c in verb.children if c.dep_ in _OBJECTS and c.lemma_.lower() == rule.particle]
        if not follows and not objects:
            return False, None
        if not rule.objects:
            after = [c for f in follows for c in f.children if c.dep_ == "pobj"]
            # "was fired on Monday"
            timed = bool(after) and all(c.ent_type_ in {"DATE", "TIME"} for c in after)
            return not timed, next(iter(after), None)
    elif not rule.objects:
        told = [verb.head] if verb.dep_ in {"acl", "relcl"} else []
        return not (rule.barred and any(g.lemma_.lower() in rule.barred for g in (*told, *_governed(verb)))), None
    for governed in _governed(verb):
        if governed.lemma_.lower() in rule.objects:
            return True, governed
    return False, None


def _governed(verb: Token) -> Iterator[Token]:
    """The heads that a verb governs: objects, passive subjects, objects of prepositions, and their compounds."""
    for child in verb.children:
        if child.dep_ in _OBJECTS or child.dep_ == "nsubjpass" or (child.dep_ == "nsubj" and _intransitive(verb)):
            yield from [child] if child.dep_ == "ccomp" else _heads(child)
        elif child.dep_ in _DOWN or child.pos_ == "ADV":
            yield child
            for inner in child.children:
                if inner.dep_ in {"pobj", "pcomp"}:
                    yield from _heads(inner)
                elif child.lower_ == "out" and inner.dep_ == "prep" and inner.lower_ == "of":
                    yield from (t for c in inner.children if c.dep_ == "pobj" for t in _heads(c))


def _intransitive(verb: Token) -> bool:
    return not any(c.dep_ in {"dobj", "ccomp", "xcomp"} for c in verb.children)


def _heads(token: Token) -> Iterator[Token]:
    """A phrase's head, its compounds, its conjuncts, and what stands after "of"."""
    yield token
    if is_crowded(token):
        return
    for child in token.children:
        if child.dep_ in {"compound", "amod", "nmod", "dobj"} or child.dep_ == "conj":
            yield child
        elif child.dep_ == "prep" and child.lower_ in {"of", "on", "to", "in"}:
            yield from (c for c in child.children if c.dep_ == "pobj")
