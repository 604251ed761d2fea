"""Who does what a verb says, and which tokens name that somebody and the verb with what belongs to it."""

from __future__ import annotations

from onrecord.annotators.cues import words
from onrecord.annotators.grammar import Grammar
from onrecord.annotators.sexes import SEXED
from onrecord.annotators.titles import OFFICES, RANKS

__all__ = [
    "CONTROL_BY_OBJECT",
    "LONGEST_SOURCE",
    "MEDIA",
    "TALKING",
    "Run",
    "asked_of",
    "cue_tokens",
    "is_asked",
    "is_passive",
    "name_of",
    "source_tokens",
    "subject",
]

#: Verbs by which somebody goes on with what he tells.
_TELLING_ON = words("add note stress insist continue reiterate conclude")

#: Who speaks for himself or others, by one noun in the singular.
TALKING = (
    OFFICES
    | RANKS
    | SEXED.keys()
    | words(
        "official officer witness diplomat soldier fighter rebel worker resident villager protester prisoner hostage "
        "driver pilot victim survivor source "
        "priest government army ministry party group police militia union council court parliament company agency "
        "movement junta regime opposition alliance coalition committee commission force navy military team delegation "
        "mission side"
    )
)

#: The first and the last token of a stretch.
Run = tuple[int, int]

#: A source longer than this, in tokens, is cut at its first comma: the parse has run away.
LONGEST_SOURCE = 30

#: Nouns for what carries a statement.
MEDIA = words(
    "statement interview letter post tweet speech report email e-mail telegram video broadcast television tv "
    "radio twitter facebook x briefing conference release address message memo telephone phone testimony "
    "article blog op-ed editorial column book document filing communique communiqué note remark comment call "
    "hearing meeting readout press newspaper website platform media channel instagram youtube sermon announcement "
    "leaflet recording tape cable essay"
)

#: Verbs whose infinitive is done by their object: "urged him to go".
CONTROL_BY_OBJECT = words(
    "ask tell urge order want expect allow force press persuade encourage invite require advise instruct "
    "direct get help"
)

#: What somebody does with a statement or the like that is his own: "issued a statement saying".
_MAKING = words(
    "issue release send write post publish make give sign read deliver broadcast put hand submit record tweet have "
    "share file distribute circulate leave type email deliver hold run carry"
)


def name_of(g: Grammar, token: int) -> str:
    """The lemma of a verb, with its particle: "point_out"."""
    particle = g.kid(token, "prt")
    if particle is not None:
        return f"{g.lemma[token]}_{g.lower[particle]}"
    if g.lemma[token] == "put" and (target := g.kid(token, "dobj")) is not None and g.lower[target] == "it":
        return "put_it"
    if g.lemma[token] in {"take", "accept", "assume"} and any(
        g.lower[k] == "responsibility" and g.kid(k, "prep") is not None for k in g.kids[token]
    ):
        return "take_responsibility"
    if g.lemma[token] == "call" and token + 1 < len(g) and g.lower[token + 1] in {"on", "upon"}:
        return "call_on"
    return g.lemma[token]


def is_passive(g: Grammar, token: int) -> bool:
    """Whether a verb is in the passive."""
    return g.kid(token, "auxpass", "nsubjpass") is not None


def is_asked(g: Grammar, verb: int) -> bool:
    """Whether a participle says what somebody is asked: "asked whether he would go, she replied"."""
    return (
        g.lemma[verb] in {"ask", "press", "quiz", "question"}
        and g.tag[verb] in {"VBN", "VBD"}
        and not any(g.dep[k] in {"aux", "dobj", "dative"} for k in g.kids[verb])
        and (
            (g.dep[verb] in {"advcl", "acl"} and g.kid(verb, "nsubj") is None)
            or (g.dep[verb] in {"ccomp", "advcl"} and g.lower[verb - 1 : verb] == [","] and g.head[verb] > verb)
        )
    )


def asked_of(g: Grammar, verb: int) -> int | None:
    """Who is asked what a participle says: "asked whether he would go, [she] replied"; None if it is no such one."""
    if not is_asked(g, verb):
        return None
    own = g.kid(verb, "nsubj")
    if own is not None:
        return own
    return g.head[verb] if g.dep[verb] == "acl" else g.kid(g.head[verb], "nsubj", "nsubjpass")


def subject(g: Grammar, verb: int) -> int | None:
    """The token of who does what a verb says, its own subject or the one that it shares; None if that is not clear."""
    at = verb
    for _ in range(6):
        own = g.kid(at, "nsubj", "nsubjpass")
        if own is not None:
            if at == verb and g.dep[own] == "nsubjpass":
                return own
            return None if g.lower[own] in {"it", "there"} and g.dep[own] == "expl" else own
        for kid in g.kids[at] if at == verb else ():
            if kid < verb and g.dep[kid] == "ccomp" and is_asked(g, kid) and (asked := g.kid(kid, "nsubj")) is not None:
                return asked
        head, dep = g.head[at], g.dep[at]
        if head == at or g.kid(at, "csubj", "expl") is not None:
            return None
        if at == verb and (teller := _told_on(g, verb)) is not None:
            return subject(g, teller)
        if dep == "acl":
            made = g.lemma[head] in MEDIA and g.dep[head] == "dobj" and g.lemma[g.head[head]] in _MAKING
            if made and (maker := subject(g, g.head[head])) is not None:
                return maker
            finite = (
                g.tag[at] in {"VBD", "VBZ"} and g.dep[head] == "ROOT" and g.kid(head, "case", "prep", "relcl") is None
            )
            if g.tag[at] in {"VBD", "VBN"} and (named := _headless(g, at)) is not None:
                return named
            acts = g.tag[at] == "VBG" or (finite and head < at)
            return head if acts and g.pos[head] in {"NOUN", "PROPN", "PRON"} else None
        if dep == "xcomp" and g.lemma[head] in CONTROL_BY_OBJECT and (target := g.kid(head, "dobj")) is not None:
            return target
        if dep == "pcomp":
            head = g.head[head]
            if g.lemma[head] in {"quote", "cite"}:
                return g.kid(head, "nsubjpass", "dobj")
        elif dep not in {"conj", "xcomp", "advcl", "dep"}:
            return None
        if g.pos[head] not in {"VERB", "AUX", "ADJ"}:
            return None
        at = head
    return None


def _told_on(g: Grammar, verb: int) -> int | None:
    """The verb of telling that a past verb goes on with: "[said] that the road was open and added that ...".

    The parser joins it to the clause of what was told; one in a simple past could go on so itself, but for what only
    tellers do, and for things, which tell nothing.
    """
    told = g.head[verb]
    teller = g.head[told]
    joined = g.dep[verb] == "conj" and g.tag[verb] == "VBD" and g.dep[told] == "ccomp" and told < verb
    if not joined or g.tag[teller] != "VBD" or teller > told or g.cue("verb", name_of(g, verb)) is None:
        return None
    who = g.kid(told, "nsubj", "nsubjpass")
    thing = who is not None and g.pos[who] == "NOUN" and g.tag[who] == "NN" and g.lemma[who] not in TALKING
    simple = g.tag[told] == "VBD" and g.lemma[verb] not in _TELLING_ON and not thing
    return None if simple or g.cue("verb", name_of(g, teller)) is None else teller


def _headless(g: Grammar, verb: int) -> int | None:
    """The noun on which a sentence hangs where its verb was read as a participle: "Iran, which objects, called for"."""
    root = verb
    for _ in range(8):
        root = g.head[root]
    if g.head[root] != root or root > verb or g.pos[root] not in {"NOUN", "PROPN", "PRON"}:
        return None
    if g.kid(verb, "prep", "prt", "dobj", "ccomp", "xcomp") is None or verb + 1 >= len(g) or g.lower[verb + 1] == "by":
        return None
    others = (t for t in range(root, min(g.right[root], verb + 60) + 1) if g.tag[t] in {"VBD", "VBZ", "VBP", "MD"})
    inside = {"relcl", "ccomp", "advcl", "aux", "auxpass"}
    return root if all(t == verb or g.dep[t] in inside for t in others) else None


def source_tokens(g: Grammar, token: int) -> Run:
    """The noun phrase of a source, with appositions and what defines it."""
    first, last = g.left[token], g.right[token]
    for kid in g.kids[token]:
        if kid < token:
            continue
        aside = g.lower[g.left[kid] - 1] in {",", "-", "–", "—"} if g.left[kid] else False
        unnamed = aside and any(g.lower[t] in {"anonymity", "anonymously"} for t in range(kid, g.right[kid] + 1))
        if g.dep[kid] in {"advcl", "ccomp", "parataxis"} or (g.dep[kid] == "acl" and aside and not unnamed):
            last = min(last, g.left[kid] - 1)
    if last - first > LONGEST_SOURCE:
        last = next((t - 1 for t in range(token + 1, last) if g.lower[t] == ","), min(last, token + LONGEST_SOURCE))
    while last > token and not g.word[last] and not (g.lower[last] == ")" and "(" in g.lower[first:last]):
        last -= 1
    while first < token and not g.word[first]:
        first += 1
    return first, max(first, last)


def cue_tokens(g: Grammar, verb: int, last: int | None = None) -> Run:
    """A verb with its auxiliaries, negation and adverbs, and with the verb that leads to it ("went on to say")."""
    first = verb
    at = verb
    for _ in range(3):
        for kid in reversed(g.kids[at]):
            if (
                kid < first
                and kid >= first - 3
                and g.dep[kid] in {"aux", "auxpass", "neg", "advmod"}
                and _only_small(g, kid, first)
            ):
                first = kid
        head = g.head[at]
        if g.dep[at] != "xcomp" or head >= first or first - head > 2 or g.cue("verb", name_of(g, head)) is not None:
            break
        first = at = head
    end = verb if last is None else last
    particle = g.kid(verb, "prt")
    if particle is not None and verb < particle < verb + 3:
        end = max(end, particle)
    if g.lemma[verb] == "put" and verb + 1 < len(g) and name_of(g, verb) == "put_it":
        end = max(end, verb + 1)
    if g.lemma[verb] == "call" and name_of(g, verb) == "call_on":
        end = max(end, verb + 1)
    return first, end


def _only_small(g: Grammar, first: int, last: int) -> bool:
    return all(g.dep[t] in {"aux", "auxpass", "neg", "advmod"} or not g.word[t] for t in range(first, last))
