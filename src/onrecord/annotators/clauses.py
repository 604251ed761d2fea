"""Contents by grammar: which clause, object or phrase beside a cue is what it attributes, and who its source is."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.annotators.complements import Clause, adjectival, nominal
from onrecord.annotators.cues import Entry, words
from onrecord.annotators.grammar import Grammar
from onrecord.annotators.subjects import (
    CONTROL_BY_OBJECT,
    LONGEST_SOURCE,
    MEDIA,
    Run,
    cue_tokens,
    is_asked,
    is_passive,
    name_of,
    source_tokens,
    subject,
)

__all__ = ["Clause", "clause", "is_deed", "name_of"]

#: How many tokens may stand between a verb and the clause that it takes.
REACH = 14

_CONCESSIONS = words("while although though after before when since as if because unless despite")
_VERIFYING = words("verify confirm corroborate authenticate substantiate")
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
#: Frames that attribute even where nobody is named; the others say too little without a source.
_SOURCELESS = frozenset({"that", "raise"})
#: Verbs whose object is something said only if it is a word for such.
_UTTERANCES = frozenset({"issue"})
_UTTERED = words(
    "warning statement order call appeal denial apology ultimatum decree demand threat report communique declaration "
    "fatwa ruling plea response reply condemnation correction clarification advisory alert invitation decision verdict"
)
#: What one accepts by saying so.
_ACCEPTED = words(
    "offer proposal plan invitation deal term date truce ceasefire request demand apology condition mediation"
)
#: Verbs whose object is who is told.
_TELLING = words("tell inform remind assure warn notify convince persuade advise reassure brief promise show alert")
#: Verbs whose infinitive is what is promised or refused, even where the parse takes it for a purpose.
_COMMITTING = words("agree promise vow pledge threaten refuse decline undertake swear")
#: Verbs of speech that are deeds where their object is ground, people in arms or their gear.
_DEEDS = words("defend post blast press address order recall hail rip bash slam rap lash hold share attack")
_GROUND = words(
    "town city village capital base airport airfield position post hill bridge road highway border frontier front "
    "line convoy camp fort port harbour harbor island territory stronghold trench headquarters barracks checkpoint "
    "outpost garrison soldier troop guard sentry sniper fighter ambassador envoy tank building house compound palace "
    "depot ship vessel boat column target ground land country homeland enclave suburb district neighbourhood gate wall"
)
_PREDICATES = ("oprd", "acomp", "attr", "xcomp", "ccomp")


def clause(g: Grammar, token: int) -> Clause | None:
    """What a token attributes by grammar, if it is a cue."""
    pos = g.pos[token]
    if pos == "VERB":
        found = g.cue("verb", name_of(g, token))
        if found is not None and (made := _verbal(g, token, found)) is not None:
            return made
        return adjectival(g, token) if g.tag[token] == "VBN" else None
    if pos == "ADJ":
        return adjectival(g, token)
    if pos == "NOUN":
        return nominal(g, token)
    return None


def _verbal(g: Grammar, verb: int, found: Entry) -> Clause | None:
    if g.dep[verb] in {"amod", "compound"} or (
        g.dep[verb] == "xcomp" and g.lemma[g.head[verb]] in {"decline", "refuse"}
    ):
        return None
    passive = is_passive(g, verb)
    if _unverified(g, verb, passive):
        return None
    asked = is_asked(g, verb)
    for frame, content in _passive(g, verb, found) if passive else _active(g, verb, found):
        if frame not in found.frames and frame != "raised":
            continue
        last = verb
        if content and frame in {g.lower[k] for k in g.kids[verb] if g.dep[k] in {"prep", "prt", "agent"}}:
            last = max(verb, content[-1][0] - 1)
        source = _agent(g, verb, found) if passive or asked else _visible(g, verb, frame)
        if source is None and not passive and not asked and (frame not in _SOURCELESS or g.tag[verb] == "VB"):
            return None
        return Clause(verb, frame, content, source, cue_tokens(g, verb, last if last - verb < 4 else verb))
    return None


def _unverified(g: Grammar, verb: int, passive: bool) -> bool:
    """Whether the outlet says that it cannot vouch for something: "could not be independently verified".

    Such words are the narrator's own; "the army could not confirm it" is the army's.
    """
    nothing = g.kid(verb, "nsubjpass")
    none = nothing is not None and g.lower[g.left[nothing]] in {"neither", "no", "none", "nothing"}
    if g.lemma[verb] not in _VERIFYING or not (none or g.kid(verb, "neg") is not None):
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
    if g.kid(verb, "dobj") is not None:
        clauses = [k for k in clauses if k > verb or not any(g.lower[t] == ";" for t in range(g.right[k], verb))]
    for kid in clauses:
        bare = g.tag[kid] == "VBG" and not g.kid(kid, "aux", "nsubj")
        yield ("ing" if bare else "that"), ((_from_that(g, verb, kid), g.right[kid]),)
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
    objects = [k for k in kids if g.dep[k] == "dobj" and g.lower[k] not in _RELATIVE and not _is_physical(g, verb, k)]
    for kid in objects:
        yield from _with_object(g, verb, kid, found)
    for kid in kids:
        if g.dep[kid] == "prep":
            target = g.kid(kid, "pobj", "pcomp", "prep")
            if target is not None:
                yield g.lower[kid], ((g.left[target], g.right[target]),)


def _from_that(g: Grammar, verb: int, clause: int) -> int:
    """The first token of a clause: the "that" before it where the parse hung its subject elsewhere."""
    first = g.left[clause]
    if first <= verb + 1 or g.kid(clause, "nsubj", "nsubjpass", "expl", "mark") is not None:
        return first
    between = range(verb + 1, first)
    that = next((t for t in between if g.lower[t] == "that"), first)
    return first if any(g.word[t] is False and g.lower[t] != "," for t in range(that, first)) else that


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
        to_whom = g.lemma[verb] in _TELLING  # "told the guards that", which is no clause of theirs
        of_object = g.dep[clause] == "relcl" and g.head[clause] == g.kid(verb, "dobj") and not to_whom
        relative = g.dep[token] in {"nsubj", "nsubjpass", "det"} or (
            (g.dep[token] == "dobj" or of_object) and g.lemma[g.head[clause]] not in MEDIA
        )
        if not (word == "that" and not relative) and not (asks and word in {"if", "whether"}):
            continue
        free = g.dep[clause] in {"advcl", "relcl", "acl"} and (g.head[clause] == verb or token - verb > 1)
        if clause > token and free and g.kid(clause, "nsubj", "nsubjpass", "expl") is not None:
            yield "that", ((token, max(g.right[clause], clause)),)
        return


def _is_physical(g: Grammar, verb: int, target: int) -> bool:
    """Whether a verb that may also mean a deed does so here: "defended the bridge", "posted guards"."""
    if g.lemma[verb] == "accept":
        return g.lemma[target] not in _ACCEPTED
    if g.lemma[verb] in _UTTERANCES:
        return g.lemma[target] not in MEDIA | _UTTERED
    return g.lemma[verb] in _DEEDS and g.lemma[target] in _GROUND


def is_deed(g: Grammar, verb: int) -> bool:
    """Whether a verb that may attribute says here that something was done: "recalled its ambassador"."""
    target = g.kid(verb, "dobj") if g.pos[verb] == "VERB" and g.kid(verb, "ccomp") is None else None
    return target is not None and _is_physical(g, verb, target)


def _is_condition(g: Grammar, first: int) -> bool:
    """Whether a clause is a condition rather than a content: "provided that", "on condition that"."""
    return first > 0 and g.lower[first - 1] in {"provided", "providing", "condition"}


def _infinitives(g: Grammar, verb: int, found: Entry) -> Iterator[tuple[str, tuple[Run, ...]]]:
    for kid in g.kids[verb]:
        told = g.dep[kid] == "advcl" and "obj+to" in found.frames and g.lemma[verb] in CONTROL_BY_OBJECT
        promised = g.dep[kid] == "advcl" and g.lemma[verb] in _COMMITTING and g.tag[kid] == "VB"
        if (g.dep[kid] != "xcomp" and not told and not promised) or kid < verb:
            continue
        run = (g.left[kid], g.right[kid])
        if g.kid(kid, "aux") is None or not any(g.lower[k] == "to" for k in g.kids[kid]):
            yield ("ing" if g.tag[kid] == "VBG" else "small"), (run,)
        elif "raise" in found.frames and g.lemma[verb] in {"seem", "appear"}:
            raised = g.kid(verb, "nsubj")
            yield "raise", (((g.left[raised], g.right[raised]), run) if raised is not None else (run,))
        else:
            target = g.kid(verb, "dobj") or _called_on(g, verb)
            run = (run[0], _with_condition(g, verb, run[1]))
            if target is not None and verb < target < kid:
                yield "obj+to", ((g.left[target], run[1]),)
            yield "to", (run,)


def _called_on(g: Grammar, verb: int) -> int | None:
    """Who is called on: "called on both sides to withdraw", "appealed to the mayor to stay"."""
    for kid in g.kids[verb] if g.lemma[verb] in {"call", "appeal"} else ():
        if g.dep[kid] == "prep" and g.lower[kid] in {"on", "upon", "to"}:
            return g.kid(kid, "pobj")
    return None


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
        if g.dep[kid] == "prep" and f"obj+{g.lower[kid]}" in found.frames and _is_sum(g, kid):
            yield f"obj+{g.lower[kid]}", ((start, max(end, g.right[kid])),)
        elif g.dep[kid] in _PREDICATES and "obj+oprd" in found.frames:
            yield "obj+oprd", ((start, max(end, g.right[kid])),)
    for token in range(target + 1, min(end, target + LONGEST_SOURCE)):
        if g.dep[token] == "prep" and f"obj+{g.lower[token]}" in found.frames:
            yield f"obj+{g.lower[token]}", ((start, end),)
    if any(g.dep[k] == "acl" and g.tag[k] == "VBG" and g.left[k] == k for k in g.kids[target] if k > target):
        yield "obj+ing", ((start, end),)
    yield "obj", ((start, _aside(g, target, end)),)


def _is_sum(g: Grammar, preposition: int) -> bool:
    """Whether "at" stands before a number ("put the toll at 30"); of the other prepositions, always."""
    if g.lower[preposition] != "at":
        return True
    amount = g.kid(preposition, "pobj")
    return amount is not None and any(g.tag[t] == "CD" for t in range(g.left[amount], g.right[amount] + 1))


def _continues(g: Grammar, kid: int) -> bool:
    """Whether a participle says what a statement, a letter or the like contains: "a statement saying"."""
    found = g.cue("verb", g.lemma[kid]) if g.dep[kid] in {"acl", "advcl"} and g.tag[kid] == "VBG" else None
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
