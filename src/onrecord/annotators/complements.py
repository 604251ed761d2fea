"""What an adjective or a noun attributes: "sure that the bridge holds", "his claim that the bridge holds"."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.annotators.cues import words
from onrecord.annotators.grammar import Grammar
from onrecord.annotators.subjects import Run, cue_tokens, is_passive, source_tokens, subject

__all__ = ["Clause", "adjectival", "end_before_verb", "nominal"]

_COPULAS = words("be feel remain become sound seem appear look stay grow get ’ '")
_LIGHT = words(
    "make issue give have express deliver raise share voice announce reach release repeat offer put send hold "
    "lay level renew take draw get publish air read face trade exchange swap"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A cue with the tokens that it attributes: runs `(first, last)`, last included."""

    cue: int
    frame: str
    content: tuple[Run, ...]
    source: Run | None
    words: Run


def adjectival(g: Grammar, token: int) -> Clause | None:
    """What an adjective or a participle of feeling attributes to its subject; None if it is no cue."""
    found = g.cue("adj", g.lower[token])
    if found is None:
        return None
    copula = g.head[token]
    if g.pos[token] == "VERB" and is_passive(g, token):
        holder, kids = token, g.kids[token]
    elif g.dep[token] in {"acomp", "attr", "oprd"} and g.lemma[copula] in _COPULAS:
        holder, kids = copula, [*g.kids[token], *(k for k in g.kids[copula] if k > token)]
    else:
        return None
    experiencer = subject(g, holder)
    for kid in kids:
        frame, run, last = _complement(g, kid)
        if frame is not None and run is not None and frame in found.frames and kid > token:
            source = None if experiencer is None else source_tokens(g, experiencer)
            words = (min(cue_tokens(g, holder)[0], token), last if last is not None and last - token < 3 else token)
            return Clause(token, frame, (run,), source, words)
    return None


def _complement(g: Grammar, kid: int) -> tuple[str | None, Run | None, int | None]:
    """The frame that a dependent of an adjective or a noun makes, its content, and the last token of the cue."""
    if g.dep[kid] in {"ccomp", "acl", "xcomp", "advcl"}:
        marks = {g.lower[k] for k in g.kids[kid] if g.dep[k] in {"mark", "aux"} and k < kid}
        run = (g.left[kid], g.right[kid])
        if "to" in marks and g.tag[kid] == "VB":
            return "to", run, None
        if "that" in marks or (g.dep[kid] == "ccomp" and g.kid(kid, "nsubj", "nsubjpass") is not None):
            return "that", run, None
    elif g.dep[kid] == "prep":
        target = g.kid(kid, "pobj", "pcomp", "prep")
        if target is not None:
            return g.lower[kid], (g.left[target], g.right[target]), kid
    return None, None, None


def nominal(g: Grammar, noun: int) -> Clause | None:
    """What a noun attributes to its owner or maker; None if it is no cue."""
    found = g.cue("noun", g.lemma[noun])
    if found is None:
        return None
    owner, first = _owner(g, noun)
    for kid in g.kids[noun]:
        frame, run, last = _complement(g, kid)
        if frame is None or run is None or frame not in found.frames or kid < noun:
            continue
        if owner is None and frame != "that":
            continue
        if owner is not None and not (owner[1] < run[0] or run[1] < owner[0]):
            continue
        if frame == "that" and g.dep[noun] not in {"dobj", "pobj"}:
            run = (run[0], end_before_verb(g, kid, run[1]))
        return Clause(noun, frame, (run,), owner, (min(first, noun), last if last is not None else noun))
    return None


def end_before_verb(g: Grammar, clause: int, last: int) -> int:
    """The last token of a clause in a subject, where the parse took the sentence's own verb into it.

    In "the claim that the road is safe angered drivers", "angered" may be read as an adjective.
    """
    for token in range(clause + 2, last):
        verbal = g.tag[token] in {"VBD", "VBN", "VBZ"} or (g.tag[token] == "JJ" and g.lower[token].endswith("ed"))
        stray = verbal and g.dep[token] in {"amod", "ccomp", "dep", "conj", "advcl"}
        if (
            stray
            and not any(g.dep[k] in {"nsubj", "nsubjpass", "aux", "auxpass", "mark", "cc"} for k in g.kids[token])
            and g.pos[token - 1] in {"ADJ", "NOUN", "PROPN", "ADV"}
            and g.pos[token + 1] in {"NOUN", "PROPN", "PRON", "DET"}
            and g.head[token] != token - 1
        ):
            return token - 1
    return last


def _owner(g: Grammar, noun: int) -> tuple[Run | None, int]:
    """Whose word a noun is ("his claim", "a warning from the army"), and where the cue starts."""
    for kid in g.kids[noun]:
        if g.dep[kid] == "poss" and g.tag[kid] != "WP$":
            last = g.right[kid] - (g.dep[g.right[kid]] == "case")
            return (g.left[kid], max(last, g.left[kid])), noun
    for kid in g.kids[noun]:
        if g.dep[kid] == "prep" and g.lower[kid] in {"by", "from"}:
            target = g.kid(kid, "pobj")
            if target is not None:
                return source_tokens(g, target), noun
    verb = g.head[noun]
    if g.dep[noun] == "dobj" and g.lemma[verb] in _LIGHT and verb < noun:
        found = subject(g, verb)
        if found is not None:
            return source_tokens(g, found), cue_tokens(g, verb)[0] if noun - verb < 6 else noun
    return None, noun
