"""Which finder's spans stand: the trained model's, the rules', or both."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

from onrecord.annotators.finding import found_in
from onrecord.annotators.found import Found, inside, length, without
from onrecord.annotators.left_over import with_left_over
from onrecord.annotators.overlaps import Overlaps
from onrecord.annotators.scenes import Scene
from onrecord.model import Span, Spans

__all__ = ["found", "merged"]

#: Below this confidence of the model, the rules' words for the same content are taken.
UNSURE = 0.8
#: Below this one, the rules' content for the same cue is taken even where the two have little in common.
DOUBTFUL = 0.6
#: What only the rules find stands from this confidence, which is its measured precision.
STANDS = 0.6
#: Two contents are the same from this share of their characters (Jaccard).
SAME = 0.5
#: A content is new if no more than this share of it is in another.
NEW = 0.1

_AND = re.compile(r",?\s+(?:and|but|then)\s+$")
_RELATIVE = re.compile(r"(?:[-’'][^\W\d_]+)?, (?:who|whom|whose)\b")
#: How many code points before a model's cue that of the rules for the same words may start.
NEAR = 80
_RELAYED = ("quot", "citing", "cited")
_MARKS = frozenset('"“”„«»')


def found(stage: Scene, *, models: bool, credit: Span | None = None) -> Sequence[Found]:
    """The attributions of a report, by the model and the rules, or by the rules alone.

    Args:
        stage: the report.
        models: whether the trained model is asked.
        credit: the dateline or credit line, which is neither source nor content.
    """
    by_rules = found_in(stage)
    if not models:
        return with_left_over(stage, tuple(_before_next_cue(stage.g.text, by_rules)))
    from onrecord.annotators.encoder import reader  # takes a while to import

    by_model = (item if credit is None else _outside(item, credit) for item in reader().found(stage.g.text))
    return with_left_over(stage, merged(stage.g.text, (item for item in by_model if item.cue), by_rules))


def merged(text: str, by_model: Iterable[Found], by_rules: Iterable[Found]) -> tuple[Found, ...]:
    """The model's attributions, and what the rules add to them.

    Chosen on PolNeAR: where both find the same content, the rules' words for it are more often exact if the model is
    unsure of it, and their source counts if it holds the model's and more (an apposition, a relative clause). Of what
    only the rules find, quotations are as precise as the model's own. An attribution that stands as a whole in the
    content of another is taken from the rules: PolNeAR never nests, so the model has not learnt it. A quotation that a
    cue parts is whole, and the cue's alone.
    """
    rules = list(by_rules)
    by_cue = sorted(rules, key=_cue_start)
    by_source = sorted((item for item in rules if item.source), key=_source_start)
    kept = [_unbroken(text, item, by_cue, by_source) for item in map(_apart, by_model) if item.content]
    contents = [item.content for item in kept]
    sizes = [length(content) for content in contents]
    over = Overlaps()
    for i, content in enumerate(contents):
        over.add(i, content)
    cues = sorted(span for item in kept for span in item.cue)
    for item in rules:
        shared = _shared(item.content, contents, over)
        best = max(shared, key=lambda i: (shared[i], -i), default=None)
        if best is None or shared[best] <= NEW * length(item.content):
            likely = item.confidence >= STANDS and not _among(item.cue, cues)
            if likely or _is_quoted(text, item.content) or _is_label(text, item.cue):
                kept.append(item)
            continue
        if _is_split(item) and not _among(item.cue, cues):
            rests = {i: tuple(without(kept[i].content, item.content)) for i in shared}
            if all(rests.values()):
                for i, rest in rests.items():
                    kept[i], sizes[i] = replace(kept[i], content=rest), length(rest)
                kept.append(item)
                continue
        other = kept[best]
        nested = inside(item.cue, other.content) and inside(item.source, other.content)
        same = shared[best] >= SAME * (length(item.content) + sizes[best] - shared[best])
        if (same and not nested) or (other.confidence < DOUBTFUL and _meet(item.cue, other.cue)):
            kept[best] = _together(text, other, item)
            sizes[best] = length(kept[best].content)
        elif _among(item.cue, cues):
            continue
        elif inside(item.content, other.content) and (
            nested or (item.source and (item.source == other.source or inside(item.source, other.content)))
        ):
            kept.append(item)
    ends = {item.cue[-1][1] for item in kept}
    told = [item for item in kept if not _is_citing(text, item.cue, ends)]
    return tuple(_without_marks(text, item) for item in _before_next_cue(text, told))


def _is_citing(text: str, cue: Spans, ends: Set[int]) -> bool:
    """Whether a cue only names whom another cue's source had it from: "CNN reported, [citing] officials"."""
    start, end = cue[0]
    return text[start:end].lower() == "citing" and start - 2 in ends and text[start - 2] == ","


def _before_next_cue(text: str, kept: Sequence[Found]) -> Iterable[Found]:
    """The attributions, each ending where the next cue of its source begins: "claimed [it was so] and demanded"."""
    by_source: dict[Spans, list[Found]] = {}
    for item in kept:
        by_source.setdefault(item.source, []).append(item)
    for item in kept:
        beside = by_source[item.source] if item.source else ()
        later = [other.cue for other in beside if item.cue[-1][1] <= other.cue[0][0]]
        at = min((cue[0][0] for cue in later if inside(cue, item.content)), default=None)
        if at is None or not (joining := _AND.search(text, max(0, at - 12), at)):
            yield item
            continue
        yield replace(item, content=tuple((s, min(e, joining.start())) for s, e in item.content if s < joining.start()))


def _unbroken(text: str, item: Found, by_cue: Sequence[Found], by_source: Sequence[Found]) -> Found:
    """The model's attribution with all that grammar has of its content, where the model lost a teller in it.

    It may leave out a name between commas, end before what is said of the last name ("... with Assad, [whom he called
    ready to stop]"), or begin with the verb of somebody whose words are passed on: "[Rubio reaffirmed that the treaty
    holds], the department said".

    Args:
        text: the report's text.
        by_cue, by_source: the rules' attributions, sorted by where their cues start, and their sources.
    """
    bounds = (item.cue[0][0] - NEAR, item.cue[-1][1])
    for other in by_cue[slice(*(bisect_left(by_cue, at, key=_cue_start) for at in bounds))]:
        whole, first = other.content, item.content[0][0]
        if len(whole) != 1 or not _meet(item.cue, other.cue) or not inside(item.content, whole):
            continue
        told = slice(*(bisect_left(by_source, at, key=_source_start) for at in (whole[0][0], first)))
        cut_off = any(one.source[-1][1] <= first and inside(one.cue, item.content) for one in by_source[told])
        past = bisect_left(by_source, item.content[-1][1], key=_source_start)
        only_him = any(
            inside(item.content, one.source) and inside(one.content, whole) for one in by_source[told.start : past]
        )
        clause = text.startswith("that ", whole[0][0]) and first <= whole[0][0] + len("that ")
        goes_on = clause and _RELATIVE.match(text, item.content[-1][1])
        if len(item.content) > 1 or cut_off or only_him or goes_on:
            return replace(item, content=whole)
    return item


def _cue_start(item: Found) -> int:
    return item.cue[0][0]


def _source_start(item: Found) -> int:
    return item.source[0][0]


def _without_marks(text: str, item: Found) -> Found:
    """The attribution whose cue ends before a quotation mark, which is its content's."""
    start, end = item.cue[-1]
    bare = text[start:end].rstrip('"“”„«» ')
    if not bare or len(bare) == end - start:
        return item
    (first, past), *rest = item.content
    first = first - 1 if first == end else first
    return replace(item, cue=(*item.cue[:-1], (start, start + len(bare))), content=((first, past), *rest))


def _is_split(item: Found) -> bool:
    """Whether the attribution is a quotation that its cue parts, as in '"It failed," he added. "Nobody came."'."""
    return item.rule == "quotation" and item.content[0][1] <= item.cue[0][0] and item.cue[-1][1] <= item.content[-1][0]


def _among(cue: Spans, cues: Sequence[Span]) -> bool:
    """Whether the cue overlaps one of the cues, which are sorted and disjoint: a cue makes one attribution."""
    for start, end in cue:
        at = bisect_left(cues, (end, -1))
        if at and cues[at - 1][1] > start:
            return True
    return False


def _meet(one: Spans, other: Spans) -> bool:
    return any(s < past and begin < e for s, e in one for begin, past in other)


def _outside(item: Found, credit: Span) -> Found:
    """The attribution without what stands in the credit line; without a cue if that stands there."""
    source, cue, content = (tuple(without(spans, [credit])) for spans in (item.source, item.cue, item.content))
    return replace(item, source=source, cue=cue, content=content)


def _apart(item: Found) -> Found:
    """The attribution without its own source and cue in its content."""
    return replace(item, content=tuple(without(item.content, (*item.source, *item.cue))))


def _together(text: str, model: Found, rules: Found) -> Found:
    """One attribution of two with the same content; of one that is relayed ("was quoted by"), the rules' reading."""
    if any(word in text[start:end].lower() for start, end in rules.cue for word in _RELAYED):
        return rules
    fuller = bool(model.source) and inside(model.source, rules.source)
    meets = _meet(model.cue, rules.cue)
    together = _apart(
        replace(
            model,
            source=rules.source if fuller else model.source,
            cue=rules.cue if meets else model.cue,
            content=rules.content if model.confidence < UNSURE else model.content,
        )
    )
    return together if together.content else model


def _is_quoted(text: str, content: Spans) -> bool:
    return any(c in _MARKS for start, end in content for c in text[start:end])


def _is_label(text: str, cue: Spans) -> bool:
    """Whether the cue is the colon of a speaker's label in a transcript."""
    return all(text[start:end].strip() == ":" for start, end in cue)


def _shared(content: Spans, others: Sequence[Spans], over: Overlaps) -> dict[int, int]:
    """How many characters of a content stand in each of the others that share any, by their number."""
    shared: dict[int, int] = {}
    for span in content:
        for i in over.over(span):
            shared[i] = shared.get(i, 0) + _common(span, others[i])
    return dict(sorted(shared.items()))


def _common(span: Span, others: Spans) -> int:
    """How many characters of a span stand in others, which are sorted and disjoint."""
    start, past = span
    common = 0
    for at in range(max(0, bisect_left(others, span) - 1), len(others)):
        s, e = others[at]
        if s >= past:
            break
        common += max(0, min(e, past) - max(s, start))
    return common
