"""Conditions in what is attributed: "unless", "only if", "in exchange for", with the words that they govern."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.annotators.found import Found, trimmed
from onrecord.annotators.grammar import Grammar
from onrecord.annotators.inverted import inverted
from onrecord.annotators.scenes import Scene
from onrecord.model import Condition, Span

__all__ = ["Place", "condition_after", "conditions", "places"]

_PHRASES = (
    ("in", "exchange", "for"), ("in", "return", "for"), ("on", "condition", "that"), ("on", "the", "condition", "that"),
    ("on", "condition", "of"), ("as", "long", "as"), ("so", "long", "as"), ("as", "soon", "as"),
    ("in", "the", "event", "of"), ("in", "the", "event", "that"), ("provided", "that"), ("providing", "that"),
    ("provided",), ("only", "if"), ("only", "when"), ("only", "after"), ("only", "once"), ("if", "and", "only", "if"),
    ("unless", "and", "until"), ("in", "case", "of"), ("in", "case"), ("once",), ("until",), ("unless",), ("if",),
    ("before",), ("after",), ("should",), ("were",), ("had",),
)  # fmt: skip
_BY_FIRST: dict[str, tuple[tuple[str, ...], ...]] = {
    word: tuple(sorted((p for p in _PHRASES if p[0] == word), key=len, reverse=True))
    for word in {p[0] for p in _PHRASES}
}
#: What may only tell when something was done: "was found only after they dug", "met her once the talks were over".
_ALSO_WHEN = frozenset({("only", "after"), ("only", "when"), ("only", "once"), ("once",), ("before",), ("after",)})
_MODALS = frozenset(
    {"will", "would", "can", "could", "may", "might", "must", "should", "shall", "'ll", "’ll", "'d", "’d", "wo", "ca"}
)
_TIMES = frozenset({"DATE", "TIME", "CARDINAL"})


@dataclass(frozen=True, slots=True)
class Place:
    """A condition found: the tokens of its marker, of all its words, and of the clause that it stands in."""

    marker: tuple[int, int]
    words: tuple[int, int]
    clause: tuple[int, int]
    head: int


def places(stage: Scene) -> tuple[Place, ...]:
    """The conditions of a report, in order."""
    g = stage.g
    found: list[Place] = []
    for token in range(len(g)):
        if g.lower[token] not in _BY_FIRST:
            continue
        if g.lower[token] == "if" and token and g.lower[token - 1] == "as":  # "as if we were thieves"
            continue
        phrase = next((p for p in _BY_FIRST[g.lower[token]] if tuple(g.lower[token : token + len(p)]) == p), None)
        place = None if phrase is None else _place(stage, token, phrase)
        if place is not None and (not found or place.marker[0] > found[-1].marker[1]):
            found.append(place)
    return tuple(found)


def _place(stage: Scene, token: int, phrase: tuple[str, ...]) -> Place | None:
    g = stage.g
    last = token + len(phrase) - 1
    if phrase[-1] in {"for", "of"}:
        return _phrase(g, token, last)
    if phrase == ("until",) and g.dep[token] == "prep":
        noun = g.kid(token, "pobj")
        if noun is None or stage.parsed.doc[noun].ent_type_ in _TIMES or g.lower[noun] == "notice":
            return None
        return _phrase(g, token, last)
    if phrase == ("unless", "and", "until") and g.dep[token] == "prep":
        return _phrase(g, token, last)
    if phrase == ("only", "after") and g.dep[last] == "prep":
        return _phrase(g, token, last) if _may_hang_on(stage, last) else None
    if phrase in {("should",), ("were",), ("had",)}:
        return _turned(g, token)
    mark = last if g.dep[last] in {"mark", "advmod"} else token
    clause = g.head[mark]
    if phrase[0] in {"as", "so", "on", "in", "provided", "providing"}:
        return _loose(g, token, last)
    if (
        g.dep[mark] not in {"mark", "advmod"}
        or g.dep[clause] not in {"advcl", "acl", "relcl", "pcomp"}
        or clause < last
    ):
        return None
    if phrase in _ALSO_WHEN and _is_told(g, g.head[clause]):
        return None
    if phrase == ("before",) and not _is_negated(g, g.head[clause]):
        return None
    if phrase == ("after",) and not any(g.lower[k] == "only" and k < token for k in g.kids[g.head[clause]]):
        return None  # "will only talk after they leave"
    words = token, _joined_end(g, clause)
    return Place((token, last), words, _governing(g, _finite(g, g.head[clause])), g.head[clause])


def _finite(g: Grammar, verb: int) -> int:
    """The verb that an infinitive or a second verb belongs to: "would free" in "would free them and leave once"."""
    for _ in range(3):
        goes_on = g.dep[verb] == "conj" and g.tag[verb] == "VB" and g.kid(verb, "nsubj", "nsubjpass", "aux") is None
        aim = g.dep[verb] == "advcl" and any(g.lower[k] == "to" and g.dep[k] == "aux" for k in g.kids[verb])
        if not (g.dep[verb] == "xcomp" or aim or (goes_on and g.pos[g.head[verb]] == "VERB")) or g.head[verb] > verb:
            break
        verb = g.head[verb]
    return verb


def _is_told(g: Grammar, verb: int) -> bool:
    """Whether a verb tells what was done: "was freed", and not "will be freed" or "is freed only after"."""
    helpers = {g.lower[k] for k in g.kids[verb] if g.dep[k] in {"aux", "auxpass"}}
    if helpers & _MODALS or "to" in helpers:
        return False
    return g.tag[verb] == "VBD" or (g.tag[verb] == "VBN" and bool(helpers & {"was", "were", "had", "has", "have"}))


def _is_negated(g: Grammar, verb: int) -> bool:
    """Whether a verb or one of its nouns is negated: "will not leave", "no talks"."""
    if any(g.dep[k] == "neg" or g.lower[k] in {"never", "no", "nobody", "nothing"} for k in g.kids[verb]):
        return True
    nouns = (k for k in g.kids[verb] if g.dep[k] in {"nsubj", "nsubjpass", "attr", "dobj"})
    return any(g.lower[k] in {"no", "neither"} for noun in nouns for k in g.kids[noun])


def _joined_end(g: Grammar, clause: int) -> int:
    """The last token of a condition with a verb that goes on with it: "after he gave up arms [and renounced aid]"."""
    above, end = g.head[clause], g.right[clause]
    for kid in g.kids[above]:
        joined = g.dep[kid] == "conj" and end < kid and g.tag[kid] == g.tag[clause] != g.tag[above]
        if joined and g.lower[end + 1] == "and" and g.kid(kid, "nsubj", "nsubjpass", "aux") is None:
            return g.right[kid]
    return end


def _may_hang_on(stage: Scene, after: int) -> bool:
    """Whether something hangs on what stands after a preposition: "will talk only after an apology", no date."""
    g = stage.g
    noun = g.kid(after, "pobj", "pcomp")
    verb = g.head[after]
    dated = noun is None or stage.parsed.doc[noun].ent_type_ in _TIMES
    return not dated and g.pos[verb] in {"VERB", "AUX"} and not _is_told(g, verb)


def _turned(g: Grammar, token: int) -> Place | None:
    """A condition without a conjunction: "should the fighting spread", "were he to leave", "had he left"."""
    found = inverted(g, token)
    if found is None:
        return None
    words, above = found
    first, last = _governing(g, above)
    if above > token:
        first = token
    return Place((token, token), words, (first, last), above)


def _phrase(g: Grammar, first: int, last: int) -> Place | None:
    """A condition that is a phrase: "in exchange for prisoners"."""
    end = max(g.right[t] for t in range(first, last + 1) if g.head[t] >= first or t == first)
    end = max(end, g.right[last])
    above = g.head[first]
    while g.pos[above] not in {"VERB", "AUX"} and g.head[above] != above:
        above = g.head[above]
    return Place((first, last), (first, end), _governing(g, above), above) if end > last else None


def _loose(g: Grammar, first: int, last: int) -> Place | None:
    """A condition whose marker the parse takes apart ("as long as"): it reaches to the end of what follows it."""
    following = next((t for t in range(last + 1, min(last + 20, len(g))) if g.pos[t] in {"VERB", "AUX"}), None)
    if following is None:
        return None
    verb = g.head[following] if g.dep[following] in {"aux", "auxpass"} and g.head[following] > last else following
    above = g.head[first]
    if first <= above <= g.right[verb]:
        above = g.head[verb] if not first <= g.head[verb] <= last else g.head[g.head[verb]]
    while (g.pos[above] not in {"VERB", "AUX"} or above >= first) and g.head[above] != above:
        above = g.head[above]
    if above >= first and g.head[above] == above and above != first and above <= g.right[verb]:
        return None
    return Place((first, last), (first, max(g.right[verb], last)), _governing(g, above), above)


def _governing(g: Grammar, verb: int) -> tuple[int, int]:
    return g.left[verb], g.right[verb]


def condition_after(stage: Scene, last: int) -> int | None:
    """The last token of a condition right after a clause, to which the parse did not give it; it ends the sentence."""
    g = stage.g
    end = stage.units[stage.unit_of[last]][1]
    while end > last and not g.word[end]:
        end -= 1
    first = last + 1
    if first < end and g.lower[first] == ",":
        first += 1
    opens = g.lower[first : first + 2] in (["provided", "that"], ["providing", "that"])
    inverted = last + 2 < end and g.lower[last + 1] == "should" and g.pos[last + 2] in {"DET", "PRON", "PROPN"}
    if not opens and not inverted:
        return None
    plain = all(stage.quotation_of[t] < 0 and g.lower[t] not in {",", ";"} for t in range(first + 2, end))
    return end if end - first > 2 and plain else None


def conditions(stage: Scene, item: Found, head: int, found: tuple[Place, ...]) -> Iterator[Condition]:
    """The conditions among some that stand in an attribution's content, or hang from its cue."""
    g = stage.g
    for place in found:
        span, marker = g.span(*place.words), g.span(*place.marker)
        holder = next(((s, e) for s, e in item.content if s <= marker[0] and marker[1] <= e), None)
        if holder is not None:
            clause = g.span(*place.clause)
            whole = (max(holder[0], min(clause[0], span[0])), min(holder[1], max(clause[1], span[1])))
            span = (max(span[0], holder[0]), min(span[1], holder[1]))
        elif place.head == head and marker[0] < item.cue[0][0] < item.content[0][0]:
            whole = (item.content[0][0], item.content[-1][1])  # "If it rains, he told the BBC, 'we stay'"
            if (words := trimmed(g.text, span)) is not None:
                yield Condition(marker, words, _plain(g.text, whole))
            continue
        elif place.head == head or 0 <= marker[0] - item.content[-1][1] <= 2:
            whole = (min(item.content[0][0], span[0]), max(item.content[-1][1], span[1]))
        else:
            continue
        governs = _governs(g.text, whole, span) or _other_part(g.text, item, holder)
        if governs is not None and (words := trimmed(g.text, span)) is not None:
            yield Condition(marker, words, _plain(g.text, governs))


def _other_part(text: str, item: Found, holder: Span | None) -> Span | None:
    """The part of a split content after one that is all condition, or before it: "If it rains, he said, we stay"."""
    if holder is None:
        return None
    after = [part for part in item.content if part > holder]
    before = [part for part in item.content if part < holder]
    return trimmed(text, (after or before[-1:])[0]) if after or before else None


def _plain(text: str, span: Span) -> Span:
    """A span without the "that" before it and the quotation marks at its ends that nothing in it closes or opens."""
    start, end = span
    if text[start:end].lower().startswith("that "):
        start += len("that ")
    if text[start] in {'"', "“"} and not {'"', "”"} & set(text[start + 1 : end]):
        start += 1
    words = text[start:end].rstrip()
    if words[-1:] in {'"', "“"} and not words[:-1].count(words[-1]) % 2:
        words = words[:-1].rstrip(" ,")
    return (start, start + len(words))


def _governs(text: str, whole: Span, condition: Span) -> Span | None:
    """The longer of the stretches of a clause before and after a condition in it; None if neither has two words."""
    sides = [trimmed(text, (whole[0], condition[0])), trimmed(text, (condition[1], whole[1]))]
    found = [side for side in sides if side is not None and len(re.findall(r"\w+", text[slice(*side)])) > 1]
    return max(found, key=lambda s: s[1] - s[0]) if found else None
