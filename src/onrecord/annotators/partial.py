"""Quoted words that are part of a sentence: which verb they belong to where the parse alone does not tell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.annotators.found import Found, joined, trimmed, without
from onrecord.annotators.grammar import Grammar
from onrecord.annotators.scenes import Scene
from onrecord.annotators.subjects import cue_tokens, name_of, source_tokens, subject

__all__ = ["partly_quoted", "with_quoted_ends"]

#: How many tokens may stand between a verb and quoted words that it is taken to attribute.
REACH = 20

#: How many tokens may stand between the end of a content, or of quoted words, and the quoted words that go on with it.
GAP = 8

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_RELATIVE = frozenset({"who", "which", "that", "what", "whom"})
_NAMING = frozenset({"obj+oprd", "obj+as", "obj+a", "as"})
_ARTICLES = frozenset({"a", "an", "the", "being"})


def partly_quoted(stage: Scene, found: Iterable[Found]) -> list[Found]:
    """Attributions of quoted words that nothing found holds, where a verb before them clearly attributes them.

    Such a verb speaks or names in the table of cues ("called the plan 'dead'"), or has the quoted words after "as".
    """
    g = stage.g
    items = list(found)
    held = sorted(span for item in items for span in item.content)
    cues = {item.cue[0] for item in items}
    made: list[Found] = []
    reached = 0
    for index, quotation in enumerate(stage.quotations):
        if stage.full[index] or quotation.span[0] < reached or _touches(held, quotation.span[0]):
            continue
        first = g.at(quotation.span[0])
        verb = _verb_before(stage, first)
        if verb is None:
            continue
        words = cue_tokens(g, verb)
        source = subject(g, verb)
        if source is None or g.span(*words) in cues or first <= source:
            continue
        run = source_tokens(g, source)
        reached = _end_of_series(stage, index)
        start = g.ends[words[1]]
        that = next((t for t in range(words[1] + 1, first) if g.lower[t] == "that"), None)
        if that is not None:
            start = g.starts[that]
        content = [
            part
            for span in without([(start, reached)], [g.span(*run)])
            if (part := trimmed(g.text, span)) and any(c.isalnum() for c in g.text[slice(*part)])
        ]
        if content and run[1] < words[0]:
            made.append(Found((g.span(*run),), (g.span(*words),), joined(g.text, content), 0.0, "partly-quoted"))
    return made


def _touches(held: Sequence[tuple[int, int]], offset: int) -> bool:
    """Whether a content starts so close before an offset, or around it, that it may hold it."""
    at = bisect_right(held, (offset + 1, 0))
    return any(s <= offset < e + 1 for s, e in held[max(0, at - 6) : at])


def _verb_before(stage: Scene, first: int) -> int | None:
    g = stage.g
    lowest = max(stage.units[stage.unit_of[first]][0], first - REACH)
    after_as = False
    for token in range(first - 1, lowest - 1, -1):
        if stage.quotation_of[token] >= 0 or g.lower[token] in {";", ":", "(", ")"}:
            return None
        after_as = after_as or (
            g.lower[token] == "as" and all(g.lower[t] in _ARTICLES for t in range(token + 1, first))
        )
        if g.pos[token] != "VERB" or g.dep[token] in {"amod", "compound"}:
            if g.dep[token] in {"nsubj", "nsubjpass"} and g.lower[token] not in _RELATIVE and not after_as:
                verb = g.head[token]
                if verb > token or g.pos[verb] == "AUX":
                    continue
            continue
        found = g.cue("verb", name_of(g, token))
        if found is not None and (found.speaks or _NAMING & found.frames.keys()) and g.tag[token] != "VBN":
            return token
        if after_as and g.kid(token, "dobj") is not None:
            return token
        return None
    return None


def _end_of_series(stage: Scene, index: int) -> int:
    """Where the last of the quoted words ends that "and", "who is" and the like join to the first ones."""
    g = stage.g
    end = stage.quotations[index].span[1]
    for following in range(index + 1, min(index + 8, len(stage.quotations))):
        span = stage.quotations[following].span
        if not _goes_on(g, end, span[0]) or stage.unit_of[g.at(span[0])] != stage.unit_of[g.before(end)]:
            break
        end = span[1]
    return end


def _goes_on(g: Grammar, end: int, start: int) -> bool:
    between = range(g.at(end), g.before(start) + 1)
    if len(between) > GAP:
        return False
    return not any(
        (g.dep[t] in {"nsubj", "nsubjpass"} and g.lower[t] not in _RELATIVE) or g.lower[t] in {";", ":"}
        for t in between
    )


def with_quoted_ends(stage: Scene, found: Iterable[Found]) -> list[Found]:
    """Contents that end before quoted words of the same clause are widened to hold these."""
    g = stage.g
    items = list(found)
    starts = [q.span[0] for q in stage.quotations]
    cues = sorted(g.before(span[1]) for item in items for span in item.cue)
    out = []
    for item in items:
        start, end = item.content[-1]
        index = bisect_left(starts, end)
        if (
            item.cue[0][0] < start
            and index < len(starts)
            and not stage.full[index]
            and _reaches(stage, cues, item, index)
        ):
            item = replace(item, content=(*item.content[:-1], (start, _end_of_series(stage, index))))
        out.append(item)
    return out


def _reaches(stage: Scene, cues: list[int], item: Found, index: int) -> bool:
    """Whether nothing starts a clause of its own between a content and the quoted words after it."""
    g = stage.g
    last, first = g.before(item.content[-1][1]), g.at(stage.quotations[index].span[0])
    if stage.unit_of[last] != stage.unit_of[first] or first - last > 2 * GAP or stage.quotation_of[last] >= 0:
        return False
    if bisect_left(cues, last) != bisect_left(cues, first):
        return False
    return not any(
        g.dep[t] in {"nsubj", "nsubjpass", "expl"} or g.tag[t] in _FINITE or g.lower[t] in {";", ":", "(", ")"}
        for t in range(last + 1, first)
    )
