"""What a found content holds that is not its source's: the narrator's asides, a second voice, the addressee.

A model learns contents from annotated reports, and rules read them from a parse; both take in words around a content.
What is cut here is cut whoever found it. What a second verb of the same source says becomes an attribution of its own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from onrecord.annotators.bounds import bounded, stated_only
from onrecord.annotators.clauses import is_deed
from onrecord.annotators.complements import end_before_verb
from onrecord.annotators.cues import words
from onrecord.annotators.finding import stated, told
from onrecord.annotators.found import Found, joined, without
from onrecord.annotators.grammar import Grammar
from onrecord.annotators.manners import cue_head
from onrecord.annotators.phrases import is_label
from onrecord.annotators.scenes import Scene
from onrecord.annotators.spoken import quoted_by
from onrecord.annotators.subjects import cue_tokens, is_asked, is_passive, name_of
from onrecord.model import Span

__all__ = ["without_asides"]

_DAYS = words("monday tuesday wednesday thursday friday saturday sunday yesterday")
_DASHES = frozenset({"-", "–", "—", "--"})
#: Nouns that take up what was said, in the narrator's words: ", a charge that the ministry denies".
_TAKEN_UP = words(
    "charge claim allegation accusation assertion contention denial idea proposal demand suggestion figure toll number "
    "estimate account version remark comment view position"
)
#: Nouns that explain a word: "- the movement's term for its police".
_EXPLAINED = words("term word name phrase acronym abbreviation expression nickname reference allusion")
_CONCESSIONS = words("though although while but")
_DISPUTING = words("deny dispute reject contest question doubt dismiss refute contradict")
_REFUSING = words("would did declined refused")
_DETAILS = words("elaborate say give provide specify comment identify name disclose offer")
#: How many tokens at the end of a content are looked at for an aside.
REACH = 40


def without_asides(stage: Scene, found: Sequence[Found]) -> list[Found]:
    """Attributions without what is not their source's words, and with those that stood unseen in another's content.

    Those that have no words left are dropped.

    Example:
        >>> from onrecord.annotators.parse import parse
        >>> from onrecord.annotators.scenes import scene
        >>> from onrecord.read.text import report
        >>> text = "The army said it had fled, a claim that rebels deny."
        >>> item = Found(((0, 8),), ((9, 13),), ((14, 51),), 0.9)
        >>> [text[s:e] for s, e in without_asides(scene(parse(report(text))), [item])[0].content]
        ['it had fled']
    """
    clauses = [(made, head) for item in found if (made := bounded(stage, item, head := cue_head(stage.g, item)))]
    found, heads = stated_only(stage, [item for item, _ in clauses], [head for _, head in clauses])
    cut: list[Found] = []
    others: dict[int, Found] = {}
    for item, head in zip(_without_anothers(_with_their_quotations(stage, found, heads)), heads, strict=True):
        item, told_by = _without_what_others_say(stage, _within_sentence(stage, item, head), head)
        others.update(told_by)
        if stage.g.pos[head] == "VERB" and is_asked(stage.g, head):
            item = replace(item, source=())
        cut.append(_without_addressee(stage, _without_comment(stage, item, head), head))
    for index, head in enumerate(heads):
        if (fuller := others.pop(head, None)) is not None:
            both = without([*cut[index].content, *fuller.content], [*cut[index].cue, *cut[index].source])
            cut[index] = replace(cut[index], content=joined(stage.g.text, both))
    said = [item for item, head in zip(cut, heads, strict=True) if not _is_deed(stage, item, head)]
    tidied = [_tidy(stage, item) for item in (*said, *others.values())]
    return [item for item in tidied if item.content]


def _is_deed(stage: Scene, item: Found, head: int) -> bool:
    """Whether a verb of speech stands for a deed, so that its object is nothing that was said."""
    quoted = any(stage.quotation_of[min(stage.g.at(start), len(stage.g) - 1)] >= 0 for start, _ in item.content)
    return not quoted and is_deed(stage.g, head)


def _with_their_quotations(stage: Scene, found: Sequence[Found], heads: Sequence[int]) -> list[Found]:
    """Attributions with all quotations that their verbs introduce or close, which no other attribution then holds."""
    owners = {index: verb for verb, held in quoted_by(stage).items() for index in held}
    spans = [(quotation.span, owners[i]) for i, quotation in enumerate(stage.quotations) if i in owners]
    starts = [span[0] for span, _ in spans]
    of_verb: dict[int, list[Span]] = {}
    for span, verb in spans:
        of_verb.setdefault(verb, []).append(span)
    cues = set(heads)
    made = []
    for item, head in zip(found, heads, strict=True):
        content = list(item.content)
        if head in of_verb:
            content += [span for span in of_verb[head] if _in_sentence(stage, span, head) and not _meets(span, content)]
        elif not stage.quoted(head) and not _is_speech(stage, head):
            near = spans[max(0, bisect_left(starts, content[0][0]) - 1) : bisect_left(starts, content[-1][1])]
            taken = [span for span, verb in near if verb in cues and not _holds(stage, item, verb)]
            content = without(content, taken) or content
        made.append(replace(item, content=joined(stage.g.text, content)))
    return made


def _without_anothers(found: Sequence[Found]) -> list[Found]:
    """Attributions without a last part that the cue right before it attributes: "..., one said (others say [...])"."""
    cues = sorted((item.cue[0], index) for index, item in enumerate(found))
    made = []
    for index, item in enumerate(found):
        last = item.content[-1]
        at = bisect_left(cues, ((last[0], -1), -1)) - 1
        other = found[cues[at][1]]
        anothers = (
            len(item.content) > 1
            and at >= 0
            and cues[at][1] != index
            and other.cue[0] > item.cue[-1]
            and other.content[0][0] == last[0]
            and item.content[-2][1] <= other.cue[0][0]
        )
        made.append(replace(item, content=item.content[:-1]) if anothers else item)
    return made


def _is_speech(stage: Scene, head: int) -> bool:
    found = stage.g.cue("verb", name_of(stage.g, head)) if stage.g.pos[head] == "VERB" else None
    return found is not None and found.speaks


def _in_sentence(stage: Scene, span: Span, token: int) -> bool:
    return stage.unit_of[stage.g.at(span[0])] == stage.unit_of[token]


def _meets(span: Span, others: Sequence[Span]) -> bool:
    return any(s < span[1] and span[0] < e for s, e in others)


def _holds(stage: Scene, item: Found, verb: int) -> bool:
    """Whether a verb stands in an attribution's content."""
    return any(s <= stage.g.starts[verb] < e for s, e in item.content)


def _ending(item: Found, offset: int) -> Found:
    """The attribution with nothing in its content from an offset on."""
    return replace(item, content=tuple((s, min(e, offset)) for s, e in item.content if s < offset))


def _second_verb(stage: Scene, item: Found, head: int) -> tuple[int, int] | None:
    """A second verb of the same source, joined to the cue, in its content: where its clause starts, and the verb.

    In "said the road was open but warned that it was mined", "warned" says something of its own.
    """
    g = stage.g
    start, end = item.content[-1]
    if start < item.cue[-1][1] or g.pos[head] != "VERB":
        return None
    for verb in g.kids[head]:
        if g.dep[verb] != "conj" or g.pos[verb] != "VERB" or not start < g.starts[verb] < end:
            continue
        if stage.quotation_of[verb] != stage.quotation_of[head] or g.kid(verb, "nsubj", "nsubjpass") is not None:
            return None
        first = cue_tokens(g, verb)[0]
        before = first - 1
        if g.cue("verb", name_of(g, verb)) is None or g.tag[verb] != g.tag[head] or g.dep[before] != "cc":
            return None
        return (before - 1 if g.lower[before - 1] == "," else before), verb
    return None


def _without_what_others_say(stage: Scene, item: Found, head: int) -> tuple[Found, dict[int, Found]]:
    """The attribution without what another verb in its content attributes, and those that such verbs make, by verb.

    In "said the road was open but warned that it was mined", that is what "warned" says; in '..., the mayor said. The
    road, she said, was open.' the second sentence.
    """
    g = stage.g
    others: dict[int, Found] = {}
    second = _second_verb(stage, item, head)
    if second is not None:
        start, verb = second
        item = _ending(item, g.starts[start])
        if (other := stated(stage, verb)) is not None:
            others[verb] = other
    kept: list[Span] = []
    for start, end in item.content:
        unit = stage.unit_of[min(g.at(start), len(g) - 1)]
        apart = unit != stage.unit_of[head] and stage.quotation_of[g.at(start)] < 0
        teller = _teller(stage, unit, (start, end)) if apart and len(item.content) > 1 else None
        if teller is None:
            kept.append((start, end))
        else:
            others[teller[0]] = teller[1]
    return replace(item, content=tuple(kept or item.content)), others


def _within_sentence(stage: Scene, item: Found, head: int) -> Found:
    """The attribution whose last part, if it starts after the cue without quotation marks, ends with the sentence."""
    g = stage.g
    (start, end), past = item.content[-1], stage.unit_span(head)[1]
    if (
        is_label(g.text, item)
        or not item.cue[-1][1] <= start < past < end
        or g.text[past - 1 : past] not in {".", "?", "!", "”", '"', "'", "’"}
    ):
        return item
    crosses = stage.quotation_of[g.at(past)] >= 0 and stage.quotation_of[g.at(past)] == stage.quotation_of[g.at(start)]
    return item if crosses or stage.quoted(g.at(start)) else _ending(item, past)


def _teller(stage: Scene, unit: int, part: Span) -> tuple[int, Found] | None:
    """The verb of a sentence that attributes most of a part of it to a source, with the attribution."""
    g = stage.g
    first, last = stage.units[unit]
    for verb in range(first, last + 1):
        if (
            g.pos[verb] == "VERB"
            and not part[0] <= g.starts[verb] < part[1]
            and (made := told(stage, verb)) is not None
        ):
            shared = sum(max(0, min(e, part[1]) - max(s, part[0])) for s, e in made.content)
            if made.source and 2 * shared > part[1] - part[0]:
                return verb, made
    return None


def _without_comment(stage: Scene, item: Found, head: int) -> Found:
    """The attribution without what the narrator adds at the end of its content."""
    g = stage.g
    start, end = item.content[-1]
    if start < item.cue[-1][1]:
        return item
    first, last = g.at(start), g.before(end)
    apart = _stands_apart(stage, first, last) or _without_details(stage, first, last)
    if len(item.content) > 1 and item.content[0][1] <= item.cue[0][0] and apart:
        return replace(item, content=item.content[:-1])
    if g.pos[head] == "NOUN" and g.dep[head] not in {"dobj", "pobj"}:
        for clause in g.kids[head]:
            if head < clause and g.left[clause] >= first - 1 and (cut := end_before_verb(g, clause, last)) < last:
                return _ending(item, g.starts[cut + 1])
    for mark in range(max(first + 2, last - REACH), last - 1):
        if stage.quotation_of[mark] >= 0:
            continue
        dash = g.lower[mark] in _DASHES and not _joins(g, mark)
        sets_off = g.lower[mark] == "," or dash
        ends = sets_off and any(adds(stage, mark + 1, last) for adds in (_takes_up, _disputes, _without_details))
        if ends or (g.lower[mark] in {"but", "and", ","} and _keeps_silent(stage, mark, last)):
            return _ending(item, g.starts[mark])
        if (g.lower[mark] == "(" or dash) and _speaks(stage, mark + 1, last):
            return _ending(item, g.starts[mark])
    return item


def _joins(g: Grammar, mark: int) -> bool:
    """Whether a hyphen joins two parts of a word: "al-Assad"."""
    return g.lower[mark] == "-" and 0 < mark < len(g) - 1 and g.ends[mark - 1] == g.starts[mark] \
        and g.ends[mark] == g.starts[mark + 1]  # fmt: skip


def _stands_apart(stage: Scene, first: int, last: int) -> bool:
    """Whether a noun phrase by itself starts at a token, as in "..., the envoy said, a first step toward peace"."""
    g = stage.g
    if g.lower[first] not in {"a", "an"} or stage.quotation_of[first] >= 0 or g.lower[first - 1] != ",":
        return False
    noun = next((t for t in range(first, last + 1) if g.left[t] == first and g.pos[t] == "NOUN"), None)
    return noun is not None and g.dep[noun] in {"npadvmod", "appos"} and g.right[noun] >= last


def _without_details(stage: Scene, first: int, last: int) -> bool:
    """Whether words for what was not told start at a token: "without giving a date"."""
    g = stage.g
    told = g.lower[first] == "without" and first < last and g.tag[first + 1] == "VBG" and g.lemma[first + 1] in _DETAILS
    return told and stage.quotation_of[first] < 0


def _takes_up(stage: Scene, first: int, last: int) -> bool:
    """Whether a noun that takes up what was said starts at a token: "a charge that the ministry denies"."""
    g = stage.g
    for token in range(first, min(first + 5, last)):
        if g.pos[token] == "NOUN" and g.left[token] == first and g.dep[token] != "poss":
            after = g.lower[token + 1]
            if g.lemma[token] in _TAKEN_UP and g.lower[first] in {"a", "an", "the", "this"}:
                return after in {"that", "which"} or g.pos[token + 1] in {"PROPN", "PRON", "NOUN"}
            return g.lemma[token] in _EXPLAINED and after in {"for", "to"}
    return False


def _disputes(stage: Scene, first: int, last: int) -> bool:
    """Whether a clause starts at a token in which somebody else contradicts what was said: "though Cairo denied it"."""
    g = stage.g
    if g.lower[first] not in _CONCESSIONS:
        return False
    for verb in range(first + 2, min(first + 12, last)):
        if g.pos[verb] == "VERB":
            who = g.kid(verb, "nsubj")
            return (
                g.lemma[verb] in _DISPUTING
                and who is not None
                and who > first
                and g.pos[who] != "PRON"
                and g.lower[verb + 1] in {"it", "this", "that", "the"}
            )
    return False


def _keeps_silent(stage: Scene, mark: int, last: int) -> bool:
    """Whether words for who says no more start at a conjunction: "but would not elaborate", "and gave no details"."""
    g = stage.g
    first = mark + 1 if g.lower[mark] != "," else mark + 2
    if first + 1 > last or (g.lower[mark] == "," and g.lower[mark + 1] not in {"but", "and"}):
        return False
    if g.lower[first] in {"gave", "offered", "provided"}:
        return g.lower[first + 1] in {"no", "few"}
    if g.lower[first] not in _REFUSING:
        return False
    link = first + 1
    while link <= last and g.lower[link] in {"not", "n't", "n’t", "immediately", "to"}:
        link += 1
    return link > first + 1 and link <= last and g.lower[link] in _DETAILS


def _speaks(stage: Scene, first: int, last: int) -> bool:
    """Whether a clause with a speaker of its own starts at a token: "(residents say nobody was there)"."""
    g = stage.g
    for verb in range(first + 1, min(first + 10, last)):
        if g.pos[verb] == "VERB":
            found, who = g.cue("verb", name_of(g, verb)), g.kid(verb, "nsubj")
            return found is not None and found.speaks and who is not None and who >= first
    return False


def _without_addressee(stage: Scene, item: Found, head: int) -> Found:
    """The attribution without who was told, where that is a part of its content by itself: "He was told ... that"."""
    g = stage.g
    told = g.kid(head, "nsubjpass") if g.pos[head] == "VERB" and is_passive(g, head) else None
    if told is None or len(item.content) < 2 or g.kid(head, "ccomp") is None:
        return item
    (start, end), *rest = item.content
    return replace(item, content=tuple(rest)) if start <= g.starts[told] < end <= g.starts[head] else item


def _tidy(stage: Scene, item: Found) -> Found:
    """The attribution without commas and stray marks at the edges of its parts, and with parts that have words only."""
    text = stage.g.text
    content = [part for span in item.content if (part := _edged(text, _dated(stage, item, span))) is not None]
    source = [part for span in item.source if (part := _edged(text, span)) is not None]
    if len(source) == 1 and text[source[0][0] : source[0][1]].endswith(("'s", "’s")):
        source = [(source[0][0], source[0][1] - 2)]
    return replace(item, source=joined(text, source), content=tuple(content))


def _edged(text: str, span: Span) -> Span | None:
    """A span without a comma before it, and without a bracket or mark at its end that nothing in it opens."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] in ",;)"):
        start += 1
    while end > start and (text[end - 1].isspace() or (text[end - 1] in ",;—–" and text[end - 2].isalnum())):
        end -= 1
    if text[start:end].endswith(('".', "”.", "'.", "’.")):
        end -= 1
    if text[start:end].endswith(")") and "(" not in text[start:end]:
        end -= 1
    return (start, end) if any(c.isalnum() for c in text[start:end]) else None


def _dated(stage: Scene, item: Found, span: Span) -> Span:
    """A span without the day at its start that belongs to the cue right before it: "said [on Monday] he would go"."""
    g = stage.g
    first = g.at(span[0])
    if first == 0 or g.ends[first - 1] != item.cue[-1][1] or stage.quotation_of[first] >= 0:
        return span
    day = first + (g.lower[first] in {"on", "late", "early"})
    if day + 1 < len(g) and g.lower[day] in _DAYS and g.word[day + 1] and g.starts[day + 1] < span[1]:
        return g.starts[day + 1], span[1]
    return span
