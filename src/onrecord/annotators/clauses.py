"""Contents by grammar: which clause, object or phrase beside a cue is what it attributes, and who its source is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.annotators.cues import Entry, entry, words
from onrecord.annotators.grammar import Grammar
from onrecord.annotators.subjects import (
    CONTROL_BY_OBJECT,
    LONGEST_SOURCE,
    MEDIA,
    Run,
    cue_tokens,
    is_passive,
    name_of,
    source_tokens,
    subject,
)

__all__ = ["Clause", "clause", "name_of"]

#: How many tokens may stand between a verb and the clause that it takes.
REACH = 14

_CONCESSIONS = words("while although though after before when since as if because unless despite")
_VERIFYING = words("verify confirm corroborate authenticate substantiate")
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_COPULAS = words("be feel remain become sound seem appear look stay grow get ’ '")
_LIGHT = words(
    "make issue give have express deliver raise share voice announce reach release repeat offer put send hold "
    "lay level renew take draw get publish air read face"
)
#: Frames that attribute even where nobody is named; the others say too little without a source.
_SOURCELESS = frozenset({"that", "raise"})
_PREDICATES = ("oprd", "acomp", "attr", "xcomp", "ccomp")


@dataclass(frozen=True, slots=True)
class Clause:
    """A cue with the tokens that it attributes: runs `(first, last)`, last included."""

    cue: int
    frame: str
    content: tuple[Run, ...]
    source: Run | None
    words: Run


def clause(g: Grammar, token: int) -> Clause | None:
    """What a token attributes by grammar, if it is a cue."""
    pos = g.pos[token]
    if pos == "VERB":
        found = entry("verb", name_of(g, token))
        if found is not None and (made := _verbal(g, token, found)) is not None:
            return made
        return _adjectival(g, token) if g.tag[token] == "VBN" else None
    if pos == "ADJ":
        return _adjectival(g, token)
    if pos == "NOUN":
        return _nominal(g, token)
    return None


def _verbal(g: Grammar, verb: int, found: Entry) -> Clause | None:
    if g.dep[verb] in {"amod", "compound"} or (
        g.dep[verb] == "xcomp" and g.lemma[g.head[verb]] in {"decline", "refuse"}
    ):
        return None
    passive = is_passive(g, verb)
    if _unverified(g, verb, passive):
        return None
    for frame, content in _passive(g, verb, found) if passive else _active(g, verb, found):
        if frame not in found.frames and frame != "raised":
            continue
        last = verb
        if content and frame in {g.lower[k] for k in g.kids[verb] if g.dep[k] in {"prep", "prt", "agent"}}:
            last = max(verb, content[-1][0] - 1)
        source = _agent(g, verb, found) if passive else _visible(g, verb, frame)
        if source is None and not passive and (frame not in _SOURCELESS or g.tag[verb] == "VB"):
            return None
        return Clause(verb, frame, content, source, cue_tokens(g, verb, last if last - verb < 4 else verb))
    return None


def _unverified(g: Grammar, verb: int, passive: bool) -> bool:
    """Whether the outlet says that it cannot vouch for something: "could not be independently verified".

    Such words are the narrator's own; "the army could not confirm it" is the army's.
    """
    if g.lemma[verb] not in _VERIFYING or g.kid(verb, "neg") is None:
        return False
    able = any(g.lower[k] in {"could", "can", "ca"} for k in g.kids[verb] if g.dep[k] == "aux")
    return able and (g.kid(verb, "agent") is None if passive else g.lemma[verb] == "verify")


def _visible(g: Grammar, verb: int, frame: str) -> Run | None:
    if frame == "raise":
        return None
    found = subject(g, verb)
    if found is None:
        return None
    first, last = source_tokens(g, found)
    misread = g.head[found]
    if (
        last < misread < verb
        and misread == last + 1
        and g.text[g.starts[misread]].isupper()
        and g.left[found] < misread
    ):
        last = next(
            (t for t in range(misread, verb) if not g.text[g.starts[t + 1]].isupper() and g.lower[t + 1] != "and"),
            misread,
        )
    if first < verb <= last:
        last = max(found, g.left[verb] - 1 if g.left[verb] > found else verb - 1)
    return first, last


def _active(g: Grammar, verb: int, found: Entry) -> Iterator[tuple[str, tuple[Run, ...]]]:
    """Frames of an active verb, the surest first."""
    kids = g.kids[verb]
    clauses = [k for k in kids if g.dep[k] == "ccomp" and not _is_condition(g, g.left[k])]
    if any(k > verb for k in clauses):
        clauses = [k for k in clauses if k > verb or g.lower[g.left[k]] not in _CONCESSIONS]
    for kid in clauses:
        bare = g.tag[kid] == "VBG" and not g.kid(kid, "aux", "nsubj")
        yield ("ing" if bare else "that"), ((g.left[kid], g.right[kid]),)
    yield from _loose_clauses(g, verb, found)
    for kid in kids:
        noun = g.kid(kid, "pobj") if g.dep[kid] == "prep" and kid > verb else None
        if noun is not None and g.lemma[noun] in MEDIA:
            for said in g.kids[noun]:
                if (
                    g.dep[said] in {"relcl", "acl", "ccomp"}
                    and (mark := g.kid(said, "mark"))
                    and g.lower[mark] == "that"
                ):
                    yield "that", ((g.left[said], g.right[said]),)
    yield from _infinitives(g, verb, found)
    objects = [k for k in kids if g.dep[k] == "dobj" and g.lower[k] not in _RELATIVE]
    for kid in objects:
        yield from _with_object(g, verb, kid, found)
    for kid in kids:
        if g.dep[kid] == "prep":
            target = g.kid(kid, "pobj", "pcomp", "prep")
            if target is not None:
                yield g.lower[kid], ((g.left[target], g.right[target]),)


def _loose_clauses(g: Grammar, verb: int, found: Entry) -> Iterator[tuple[str, tuple[Run, ...]]]:
    """Clauses with "that" or "whether" after a verb that takes them, where the parse hangs them elsewhere."""
    if "that" not in found.frames:
        return
    asks = found.frames["that"][1] == "asks"
    for token in range(verb + 1, min(verb + REACH, g.right[verb], len(g) - 1) + 1):
        word = g.lower[token]
        if word == ":" or g.pos[token] in {"VERB", "AUX"}:
            return
        clause = g.head[token]
        relative = g.dep[token] in {"nsubj", "nsubjpass", "det"} or (
            g.dep[token] == "dobj" and g.lemma[g.head[clause]] not in MEDIA
        )
        if not (word == "that" and not relative) and not (asks and word in {"if", "whether"}):
            continue
        free = g.dep[clause] in {"advcl", "relcl", "acl"} and (g.head[clause] == verb or token - verb > 1)
        if clause > token and free and g.kid(clause, "nsubj", "nsubjpass", "expl") is not None:
            yield "that", ((token, max(g.right[clause], clause)),)
        return


def _is_condition(g: Grammar, first: int) -> bool:
    """Whether a clause is a condition rather than a content: "provided that", "on condition that"."""
    return first > 0 and g.lower[first - 1] in {"provided", "providing", "condition"}


def _infinitives(g: Grammar, verb: int, found: Entry) -> Iterator[tuple[str, tuple[Run, ...]]]:
    for kid in g.kids[verb]:
        told = g.dep[kid] == "advcl" and "obj+to" in found.frames and g.lemma[verb] in CONTROL_BY_OBJECT
        if (g.dep[kid] != "xcomp" and not told) or kid < verb:
            continue
        run = (g.left[kid], g.right[kid])
        if g.kid(kid, "aux") is None or not any(g.lower[k] == "to" for k in g.kids[kid]):
            yield ("ing" if g.tag[kid] == "VBG" else "small"), (run,)
        elif "raise" in found.frames and g.lemma[verb] in {"seem", "appear"}:
            raised = g.kid(verb, "nsubj")
            yield "raise", (((g.left[raised], g.right[raised]), run) if raised is not None else (run,))
        else:
            target = g.kid(verb, "dobj")
            run = (run[0], _with_condition(g, verb, run[1]))
            if target is not None and verb < target < kid:
                yield "obj+to", ((g.left[target], run[1]),)
            yield "to", (run,)


def _with_condition(g: Grammar, verb: int, last: int) -> int:
    """The last token of an infinitive with the condition that follows it but hangs from its cue: "to stop if paid"."""
    for kid in g.kids[verb]:
        mark = g.kid(kid, "mark") if g.dep[kid] == "advcl" and g.left[kid] == last + 1 else None
        if mark is not None and g.lower[mark] in {"if", "unless", "until"}:
            return g.right[kid]
    return last


def _with_object(g: Grammar, verb: int, target: int, found: Entry) -> Iterator[tuple[str, tuple[Run, ...]]]:
    start, end = g.left[target], g.right[target]
    if g.lemma[target] in MEDIA and any(_continues(g, kid) for kid in (*g.kids[target], *g.kids[verb])):
        return
    for kid in g.kids[verb]:
        if kid <= target:
            continue
        if g.dep[kid] == "prep" and f"obj+{g.lower[kid]}" in found.frames:
            yield f"obj+{g.lower[kid]}", ((start, max(end, g.right[kid])),)
        elif g.dep[kid] in _PREDICATES and "obj+oprd" in found.frames:
            yield "obj+oprd", ((start, max(end, g.right[kid])),)
    for token in range(target + 1, min(end, target + LONGEST_SOURCE)):
        if g.dep[token] == "prep" and f"obj+{g.lower[token]}" in found.frames:
            yield f"obj+{g.lower[token]}", ((start, end),)
    if any(g.dep[k] == "acl" and g.tag[k] == "VBG" and g.left[k] == k for k in g.kids[target] if k > target):
        yield "obj+ing", ((start, end),)
    yield "obj", ((start, _aside(g, target, end)),)


def _continues(g: Grammar, kid: int) -> bool:
    """Whether a participle says what a statement, a letter or the like contains: "a statement saying"."""
    found = entry("verb", g.lemma[kid]) if g.dep[kid] in {"acl", "advcl"} and g.tag[kid] == "VBG" else None
    return found is not None and found.speaks and g.kid(kid, "ccomp", "dobj") is not None


def _aside(g: Grammar, target: int, end: int) -> int:
    """The last token of an object before what is said of it in passing (", which ...") and before "in a statement"."""
    for kid in g.kids[target]:
        noun = g.kid(kid, "pobj") if g.dep[kid] == "prep" and g.lower[kid] in {"in", "on", "via"} else None
        if kid > target and noun is not None and g.lemma[noun] in MEDIA:
            return kid - 1
        if (
            kid > target
            and g.dep[kid] in {"relcl", "appos", "acl"}
            and g.lower[g.left[kid] - 1] in {",", "-", "–", "—", "--"}
        ):
            return max(target, g.left[kid] - 2)
    return end


def _passive(g: Grammar, verb: int, found: Entry) -> Iterator[tuple[str, tuple[Run, ...]]]:
    raised = g.kid(verb, "nsubjpass")
    infinitive = next((k for k in g.kids[verb] if g.dep[k] == "xcomp" and k > verb), None)
    for kid in g.kids[verb]:
        if g.dep[kid] == "ccomp" and kid > verb:
            yield "that", ((g.left[kid], g.right[kid]),)
    if raised is None:
        return
    patient = (g.left[raised], min(g.right[raised], verb - 1))
    plain = g.lower[raised] not in _RELATIVE and g.lower[raised] != "it" and patient[0] <= patient[1]
    if infinitive is not None:
        raising = found.manner in {"believed", "said"} or "raise" in found.frames
        if raising and g.lemma[verb] in _RAISING:
            run = (g.left[infinitive], g.right[infinitive])
            yield "raised", ((patient, run) if plain else (run,))
        return
    for kid in g.kids[verb]:
        if g.dep[kid] == "prep" and kid > verb and plain and f"obj+{g.lower[kid]}" in found.frames:
            yield f"obj+{g.lower[kid]}", (patient, (kid, g.right[kid]))
    if plain and (blame := _blamed(g, verb, found)) is not None:
        yield "obj+of", (patient, blame)
    if plain and ("pass" in found.frames or ("obj" in found.frames and _agent(g, verb, found) is not None)):
        yield ("pass" if "pass" in found.frames else "obj"), (patient,)


_RAISING = words(
    "expect say believe think report allege rumor rumour know consider understand estimate see presume "
    "suspect fear hold"
)


def _blamed(g: Grammar, verb: int, found: Entry) -> Run | None:
    """The "of" with a gerund that the parse hangs from who accuses: "was accused by the police of lying"."""
    agent = g.kid(verb, "agent")
    if agent is None or "obj+of" not in found.frames:
        return None
    for token in range(agent + 1, g.right[agent]):
        if g.lower[token] == "of" and (deed := g.kid(token, "pcomp")) is not None:
            return token, g.right[deed]
    return None


def _agent(g: Grammar, verb: int, found: Entry) -> Run | None:
    for kid in g.kids[verb]:
        if g.dep[kid] == "agent" or (g.dep[kid] == "prep" and g.lower[kid] == "by"):
            target = g.kid(kid, "pobj")
            if target is not None and (g.tag[target] != "CD" or g.kid(target, "prep") is not None):
                first, last = source_tokens(g, target)
                blame = _blamed(g, verb, found)
                return first, last if blame is None else min(last, blame[0] - 1)
    return None


def _adjectival(g: Grammar, token: int) -> Clause | None:
    found = entry("adj", g.lower[token])
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


def _nominal(g: Grammar, noun: int) -> Clause | None:
    found = entry("noun", g.lemma[noun])
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
            run = (run[0], _end_before_verb(g, kid, run[1]))
        return Clause(noun, frame, (run,), owner, (min(first, noun), last if last is not None else noun))
    return None


def _end_before_verb(g: Grammar, clause: int, last: int) -> int:
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
