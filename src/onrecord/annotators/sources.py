"""Who a source is: its kind, its entity where that is clear, and the words on which it spoke."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.annotators.cues import words
from onrecord.annotators.forms import lowered
from onrecord.annotators.grammar import Grammar
from onrecord.annotators.nominals import called
from onrecord.annotators.scenes import Scene
from onrecord.annotators.source_nouns import DOCUMENTS, OUTLETS, SOCIAL
from onrecord.annotators.spoken import quoted_by
from onrecord.codebook.model import OWN_ID
from onrecord.model import Entity, SourceKind, Span, Spans

__all__ = ["People", "all_terms", "entity", "kind", "people", "terms"]

#: In lower case, so that most of a text is passed over quickly: no letter but those that one of these begins with.
_TERMS = re.compile(
    r"on (?:the )?conditions? of (?:strict |complete )?anonymity"
    r"|on (?:the )?condition (?:that )?(?:he|she|they|his|her|their)(?: names?)? (?:would |should )?not be "
    r"(?:named|identified|quoted|used|published)"
    r"|(?:did not|would not|refused to|declined to) (?:give|reveal|disclose) (?:his|her|their) "
    r"(?:names?|identity|identities)"
    r"|(?:gave|giving) only (?:his|her|a) (?:first|given) name|insist(?:ed|ing) on anonymity"
    r"|(?:ask|asked|asking|request|requested|requesting|wish|wished|prefer|preferred) (?:not to be|to remain) "
    r"(?:named|identified|quoted|unnamed|anonymous)(?:\s(?:for|out of) fear of \w+|\sfor (?:security|safety) reasons)?"
    r"|(?:ask|asked|asking|request|requested|requesting|insist|insisted|insisting) that (?:his|her|their) "
    r"(?:(?:full|last|first|real|family) )?(?:names?|identity|identities) not be "
    r"(?:named|identified|used|published|printed|revealed|disclosed|given|quoted)"
    r"(?:\s(?:for|out of) fear of \w+|\sfor (?:security|safety) reasons)?"
    r"|(?:does not|do not|did not|didn't|didn’t) (?:want|wish) to be (?:named|identified|quoted)"
    r"(?:\s(?:for|out of) fear of \w+|\sfor (?:security|safety) reasons)?"
    r"|(?:declin(?:ed|es|ing)|did not want|did not wish|refus(?:ed|es|ing)) to be (?:named|identified|quoted)"
    r"|(?:request|ask|speak|spok)\w{0,4} (?:for )?(?:anonymity|anonymously)"
    r"|(?:was|were|is|are)(?: not|n't|n’t) (?:authori[sz]ed|allowed|permitted|cleared|supposed) to "
    r"(?:speak|comment|discuss|talk|brief|disclose|reveal)(?: publicly| to the (?:media|press))?",
)
_BODIES = words(
    "ministry government army police military court agency party committee council department office "
    "commission parliament congress senate union organization organisation company bank hospital embassy "
    "administration force navy campaign team coalition alliance movement authority foundation university "
    "institute mission junta regime command bureau firm corporation cabinet presidency group gang secretariat "
    "federation association militia faction branch wing affiliate offshoot"
)
#: Nouns that say of a body what it is after its name: "the Houthi movement".
_CALLED_SO = words("movement group militia faction party organisation organization gang company guerrilla insurgency")
_ONE = frozenset({"he", "she", "i", "him", "her", "his", "me", "my", "you"})
_MANY = words(
    "they we them their us our those these some many others most few both several all people critics "
    "residents protesters"
)
_SPEAKING = frozenset({"i", "we", "me", "us", "my", "our"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
#: How many tokens of a sentence may stand before the words of anonymity that it is about.
_NEAR = 4
_ROLES = words(
    "official source spokesman spokeswoman spokesperson diplomat witness officer minister aide adviser "
    "advisor analyst expert commander soldier doctor lawyer leader president governor mayor resident worker "
    "activist journalist reporter envoy ambassador negotiator judge prosecutor man woman person relative "
    "survivor chief head director secretary general colonel"
)


@dataclass(frozen=True, slots=True)
class People:
    """Entities by their mentions, sorted by start, and by what else stands for them.

    Attributes:
        speakers: of the quotations, by their indexes.
        surnames: people by their last name in lower case, as transcripts label them; None where two bear it.
    """

    entities: dict[str, Entity]
    starts: list[int]
    mentions: list[tuple[int, int, str]]
    speakers: dict[int, str]
    surnames: dict[str, str | None]

    def at(self, span: Span) -> str | None:
        """The entity whose mention covers a span best, or lies in it; None if none touches it."""
        first = bisect_left(self.starts, span[0] - 80)
        last = bisect_right(self.starts, span[1])
        best: tuple[int, int, int] | None = None
        chosen = None
        for start, end, entity in self.mentions[first:last]:
            shared = min(end, span[1]) - max(start, span[0])
            if shared > 0 and (best is None or (shared, start - end, -start) > best):
                best, chosen = (shared, start - end, -start), entity
        return chosen

    def within(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """The mentions that stand between two offsets."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return [mention for mention in self.mentions[first:last] if mention[1] <= end]


def people(stage: Scene, entities: Sequence[Entity]) -> People:
    """The entities of a report, for look-up."""
    mentions = sorted((s, e, entity.id) for entity in entities for s, e in entity.mentions)
    found = People({e.id: e for e in entities}, [m[0] for m in mentions], mentions, {}, _surnames(entities))
    if not mentions:
        return found
    g = stage.g
    for verb, held in quoted_by(stage).items():
        who = g.kid(verb, "nsubj", "nsubjpass")
        named = None if who is None else entity(stage, found, (g.span(who, who),))
        if named is not None:
            found.speakers.update(dict.fromkeys(held, named))
    return found


def _surnames(entities: Sequence[Entity]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for one in entities:
        last = one.name.lower().rpartition(" ")[2]
        if one.type == "person":
            found[last] = None if found.get(last, one.id) != one.id else one.id
    return found


def head_of(g: Grammar, span: Span) -> int | None:
    """The token of a span whose head lies outside it; None if no token lies there."""
    first, last = g.at(span[0]), g.before(span[1])
    for token in range(first, last + 1):
        if g.word[token] and (not first <= g.head[token] <= last or g.head[token] == token):
            return token
    return first if first <= last and first < len(g) else None


def entity(stage: Scene, found: People, spans: Spans) -> str | None:
    """The entity that a source names, or that its pronoun clearly stands for; else None."""
    g = stage.g
    if not spans or not found.mentions or (head := head_of(g, spans[0])) is None:
        return None
    word = g.lower[head]
    label = g.text[slice(*spans[0])]
    if label.isupper() and g.text[spans[0][1] : spans[0][1] + 1] == ":" and label.lower() in found.surnames:
        return found.surnames[label.lower()]
    named_so = [k for k in g.kids[head] if g.dep[k] == "appos" and g.pos[k] == "PROPN"]  # "President Berg and his aide"
    if any(g.dep[kid] == "conj" and g.ends[kid] <= spans[0][1] for one in (head, *named_so) for kid in g.kids[one]):
        return _all_of(found, spans[0])
    if (named := found.at(g.span(head, head))) is not None:
        return named
    if g.lemma[head] in _ROLES and (named := _named_last(g, found, spans[0])) is not None:
        return named
    if (name := called(g, head)) is not None and g.ends[name] <= spans[-1][1]:
        return found.at(g.span(name, name))
    if word in _RELATIVE:
        antecedent = g.head[g.head[head]] if g.dep[g.head[head]] == "relcl" else None
        return None if antecedent is None else found.at(g.span(antecedent, antecedent))
    if word in _SPEAKING:
        return found.speakers.get(stage.quotation_of[head])
    if g.lemma[head] in OUTLETS and _tells(g, head) and (name := _first_name_of(g, head)) is not None:
        outlet = found.at(g.span(name, name))
        if outlet is not None and found.entities[outlet].type == "organisation":
            return outlet
    if g.lemma[head] in _CALLED_SO and g.kid(head, "amod") is None and (name := _first_name_of(g, head)) is not None:
        body = found.at(g.span(name, name))
        if (
            name == head - 1
            and body is not None
            and found.entities[body].type in {"group", "armed-force", "organisation"}
        ):
            return body
    if word == "one" and (some := g.kid(head, "prep")) is not None and (group := g.kid(some, "pobj")) is not None:
        names = [kid for kid in g.kids[group] if g.dep[kid] == "appos" and g.pos[kid] == "PROPN"]
        if names and spans[0][0] <= g.starts[names[0]] < spans[-1][1]:
            return found.at(g.span(names[0], names[0]))
    doer = next(
        (
            t
            for t in range(g.at(spans[0][0]), g.before(spans[0][1]) + 1)
            if t != head and g.dep[t] == "nsubj" and not spans[0][0] <= g.starts[g.head[t]] < spans[0][1]
        ),
        None,
    )
    if doer is not None and (named := found.at(g.span(doer, doer))) is not None:
        return named
    dated = stage.parsed.doc[head].ent_type_ == "DATE"
    beside = {"appos", "conj"} if dated else {"appos"}
    if g.tag[head] == "NNS":
        return None
    names = [kid for kid in g.kids[head] if g.dep[kid] in beside and g.pos[kid] == "PROPN"]
    return next((one for kid in names if (one := found.at(g.span(kid, kid))) is not None), None)


def _all_of(found: People, span: Span) -> str | None:
    """The entity of all whom a list names, as "the two leaders"; None where there is none."""
    at = bisect_left(found.starts, span[0])
    here = found.mentions[at] if at < len(found.mentions) else None
    return here[2] if here is not None and (here[0], here[1]) == span else None


def _named_last(g: Grammar, found: People, span: Span) -> str | None:
    """The person whose name, set off by a comma, ends a source: "the envoy for the north, Jan Berg,"."""
    end = span[0] + len(g.text[slice(*span)].rstrip(", "))
    for start, past, who in reversed(
        found.mentions[bisect_left(found.starts, span[0]) : bisect_left(found.starts, end)]
    ):
        if past == end and found.entities[who].type == "person":
            name = g.text[span[0] : start].rstrip()
            first = name.rpartition(",")
            return who if name.endswith(",") or (first[1] and first[2].strip().istitle()) else None
    return None


def _tells(g: Grammar, noun: int) -> bool:
    """Whether a noun for an outlet has no word before it that makes it another body: "refugee agency"."""
    between = [k for k in g.kids[noun] if g.dep[k] in {"compound", "nmod", "amod"} and g.pos[k] != "PROPN"]
    return all(g.lower[k] in _PRESS for k in between)


def _first_name_of(g: Grammar, noun: int) -> int | None:
    """The proper noun that stands right before a noun and its own nouns: "Halyard" in "Halyard news agency"."""
    return next((kid for kid in g.kids[noun] if g.dep[kid] in {"compound", "nmod"} and g.pos[kid] == "PROPN"), None)


def kind(stage: Scene, spans: Spans, named: Entity | None) -> SourceKind:
    """What a source is, by its entity's type, by the names in it, or by its noun."""
    g = stage.g
    if not spans or (head := head_of(g, spans[0])) is None:
        return "none"
    word = g.lower[head]
    if word in _RELATIVE and g.dep[g.head[head]] == "relcl":
        head = g.head[g.head[head]]
        word = g.lower[head]
    lemma = g.lemma[head]
    if word in {"q", "question"} and g.lower[min(head + 1, len(g) - 1)] == ":":
        return "unnamed-person"
    by_noun = _by_noun(g, head, lemma) if g.pos[head] == "NOUN" or word in OUTLETS else None
    if by_noun == "unnamed-person" and named is not None and named.type == "person":
        return "person"
    if by_noun == "unnamed-person" and g.tag[head] == "NNS" and _of_a_body(stage, head):
        return "group"
    if by_noun is not None:
        return by_noun
    told = g.kid(head, "appos") if g.pos[head] == "PROPN" else None
    if told is not None and _by_noun(g, told, g.lemma[told]) == "outlet":
        return "outlet"
    if named is not None:
        return _by_type(named)
    if word in _ONE:
        return "person"
    label = stage.parsed.doc[head].ent_type_
    if label == "PERSON":
        return "person"
    if label in {"ORG", "GPE"}:
        return "outlet" if word in OUTLETS else "organisation"
    if word == "one" and _one_of_them(g, head):
        return "unnamed-person"
    if word in _MANY or label == "NORP" or g.tag[head] in {"NNS", "NNPS", "CD"}:
        return "group"
    if word == "it":
        return "organisation"
    labels = g.lower[min(head + 1, len(g) - 1)] == ":"
    if g.pos[head] == "PROPN" or labels:
        return "person" if labels or stage.parsed.doc[head].is_title else "organisation"
    return "unnamed-person" if g.pos[head] in {"NOUN", "PRON"} else "group"


def _of_a_body(stage: Scene, head: int) -> bool:
    """Whether people are told by nation or body, and not counted: "Israeli officials", "E.U. leaders"."""
    g = stage.g
    if any(g.dep[kid] == "nummod" or g.lower[kid] in {"several", "some", "few", "many"} for kid in g.kids[head]):
        return False
    return any(
        g.dep[kid] in {"amod", "compound", "nmod", "poss"} and stage.parsed.doc[kid].ent_type_ in {"NORP", "ORG", "GPE"}
        for kid in g.kids[head]
    )


_ORDINARY = words(
    "resident witness worker activist survivor relative man woman person soldier doctor lawyer expert analyst "
    "journalist"
)


#: "people familiar with the talks", "two people with knowledge of the plan": sources who stay without a name.
_INSIDE = words("familiar knowledge briefed close aware involved")


def _one_of_them(g: Grammar, one: int) -> bool:
    """Whether "one" is one of people: "one of them", "one of the officials"."""
    some = g.kid(one, "prep")
    whom = None if some is None or g.lower[some] != "of" else g.kid(some, "pobj")
    return whom is not None and (g.lower[whom] in {"them", "whom"} or g.lemma[whom] in _ROLES)


#: Nouns for outlets that also mean other bodies, where no word of the press stands before them.
_AGENCIES = frozenset({"agency", "network", "service", "station", "post"})
_PRESS = words("news press wire state-run official state television tv radio media")


def _reports(g: Grammar, noun: int) -> bool:
    """Whether "agency" or "network" is a news agency or the like: by the word before it, or by a name of one."""
    before = [g.lower[t] for t in range(max(0, noun - 4), noun)]
    return bool(_PRESS & set(before)) or not any(g.dep[k] in {"amod", "compound", "nmod", "poss"} for k in g.kids[noun])


def _by_noun(g: Grammar, head: int, lemma: str) -> SourceKind | None:
    name = g.kid(head, "appos")
    after = range(head + 1, min(g.right[head], head + 4) + 1)
    if lemma in {"person", "people"} and any(g.lower[t] in _INSIDE for t in after):
        return "unnamed-person"
    if lemma in _ORDINARY and g.tag[head] == "NNS":
        return "group"
    if lemma in _ROLES:
        has_name = name is not None and g.pos[name] == "PROPN"
        return "person" if has_name else "unnamed-person"
    if (lemma in SOCIAL and lemma != "post") or (lemma == "post" and g.pos[head] == "NOUN"):
        return "social-media"
    if lemma in OUTLETS:
        return "outlet" if lemma not in _AGENCIES or _reports(g, head) else "organisation"
    if lemma in DOCUMENTS:
        return "document"
    return "organisation" if lemma in _BODIES else None


def _by_type(named: Entity) -> SourceKind:
    if named.type == "person":
        return "person"
    if named.type == "group":
        return "group"
    own = OWN_ID in named.ids and named.sector == "MED"
    return "outlet" if own or any(word in OUTLETS for word in named.name.lower().split()) else "organisation"


def all_terms(text: str) -> list[Span]:
    """All words of anonymity in a report."""
    return [m.span() for m in _TERMS.finditer(lowered(text))]


def terms(stage: Scene, token: int, content: Spans, found: Sequence[Span], *, unnamed: bool = False) -> Spans:
    """Those words of anonymity that stand in the sentence of a cue, outside what is attributed.

    Of a source without a name also those that the next sentence says of it: "She spoke on condition of anonymity".
    """
    start, end = stage.unit_span(token)
    here = found[bisect_left(found, (start, 0)) : bisect_left(found, (end, 0))]
    own = tuple(span for span in here if not any(s < span[1] and span[0] < e for s, e in content))
    return own if own or not unnamed else _said_next(stage, stage.unit_of[token] + 1, found)


def _said_next(stage: Scene, unit: int, found: Sequence[Span]) -> Spans:
    """The words of anonymity with which a sentence of the same paragraph begins after "he" or "the official"."""
    g = stage.g
    if unit >= len(stage.units):
        return ()
    first, last = stage.units[unit]
    start, end = g.span(first, last)
    here = found[bisect_left(found, (start, 0)) : bisect_left(found, (end, 0))]
    goes_on = g.lower[first] in {"he", "she", "they"} or (
        g.lower[first] in {"the", "both"} and first < last and g.lemma[first + 1] in _ROLES
    )
    if not here or not goes_on or "\n" in g.text[g.ends[first - 1] : start]:
        return ()
    return (here[0],) if g.at(here[0][0]) - first <= _NEAR else ()
