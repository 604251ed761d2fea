"""Where a cue and a content end by grammar: words that a finder takes into them and that are another clause's.

A model marks stretches of text, and its ends are a word or a clause off more often than grammar's are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.annotators.cues import words
from onrecord.annotators.found import Found, inside, joined, length
from onrecord.annotators.grammar import Grammar
from onrecord.annotators.manners import is_silence
from onrecord.annotators.scenes import Scene
from onrecord.annotators.subjects import MEDIA, name_of
from onrecord.model import Span

__all__ = ["bounded", "stated_only"]

#: Conjunctions of clauses that tell when or against what something was said.
_TIMING = words("while after before as")
_MODALS = words("will would could can may might should 'll ’ll 'd ’d")
#: Words that are no content by themselves.
_JOINING = words("if that when and but or")
_ROUGHLY = words("about around some nearly almost roughly approximately over")
_RELATIVE = words("that which whom")
#: What opens a clause that may or may not be so.
_OPEN = words("whether unless")
_SELF = words("himself herself itself themselves")
#: Of two parts of an indirect content side by side, the second is kept from this share of the first, if no word but a
#: comma or the like stands right before it.
STRAY = 0.4
#: Between the medium in a content and the quotation after it stand fewer tokens than these.
MOST_BETWEEN = 8


def bounded(stage: Scene, item: Found, head: int) -> Found | None:
    """The attribution with its cue and content cut where grammar ends them; None if it calls something by a name only.

    Example:
        >>> from onrecord.annotators.parse import parse
        >>> from onrecord.annotators.scenes import scene
        >>> from onrecord.read.text import report
        >>> text = "The army said by telephone that it had left."
        >>> item = Found(((0, 8),), ((9, 26),), ((27, 43),), 0.9)
        >>> [text[s:e] for s, e in bounded(scene(parse(report(text))), item, 2).cue]
        ['said']
    """
    if _only_names(stage, item, head):
        return None
    item = _with_own_source(stage, _without_pronoun(stage, _with_about(stage, _with_relative(stage, item))))
    item = replace(item, source=tuple(_closed(stage.g.text, span) for span in item.source))
    item = _without_told(stage, _with_own_cue(stage, item, head), head)
    item = _without_medium(stage, _before_other_deed(stage, _with_whole_clause(stage, item, head), head), head)
    item = _ending_with_clause(stage, _with_parts(stage, _without_stray(stage, item)), head)
    return _before_second_that(stage, _in_headline(stage, item), head)


def _only_names(stage: Scene, item: Found, head: int) -> bool:
    """Whether a verb says what somebody is called: "known as M23", "who calls himself General Storm"."""
    g = stage.g
    if g.pos[head] != "VERB" or stage.quoted(g.at(item.content[0][0])):
        return False
    as_ = g.kid(head, "prep")
    if g.lemma[head] == "know" and g.tag[head] == "VBN":
        return g.dep[head] == "acl" and not item.source and as_ is not None and g.lower[as_] == "as"
    himself = g.kid(head, "dobj", "nsubj")
    return g.lemma[head] == "call" and himself is not None and any(g.lower[k] in _SELF for k in g.kids[head])


def _closed(text: str, span: Span) -> Span:
    """A span with the mark that closes the quotation in it, where that stands right after it."""
    start, end = span
    after = text[end : end + 1]
    straight = after == '"' and text.count('"', start, end) % 2 == 1
    curly = after == "”" and text.rfind("“", start, end) > text.rfind("”", start, end)
    return (start, end + 1) if straight or curly else span


def _with_relative(stage: Scene, item: Found) -> Found:
    """The attribution whose source has what is said of it: "according to an aide[, who was not named,] he left"."""
    g = stage.g
    start, end = item.content[0]
    who = g.at(start)
    if not item.source or g.lower[who] not in {"who", "which"} or who < 1 or g.lower[who - 1] != ",":
        return item
    comma = next((t for t in range(who, g.before(end)) if g.lower[t] == ","), None)
    if comma is None or g.before(item.source[-1][1]) != who - 2 or item.source[-1][0] < item.cue[-1][1]:
        return item
    source = (*item.source[:-1], (item.source[-1][0], g.ends[comma - 1]))
    return replace(item, source=source, content=((g.starts[comma + 1], end), *item.content[1:]))


def _with_about(stage: Scene, item: Found) -> Found:
    """The attribution whose content begins with what makes its number a rough one: "said [about] 300 were trapped"."""
    g = stage.g
    start, end = item.content[0]
    first = g.at(start)
    rough = first > 0 and g.lower[first - 1] in _ROUGHLY and item.cue[-1][1] <= g.starts[first - 1]
    if not rough or not g.text[start].isdigit() or "\n" in g.text[g.starts[first - 1] : start]:
        return item
    return replace(item, content=((g.starts[first - 1], end), *item.content[1:]))


def _without_pronoun(stage: Scene, item: Found) -> Found:
    """The attribution whose content ends before the pronoun that its own cue follows: "a charge [that] he denied"."""
    g = stage.g
    start, end = item.content[-1]
    last = g.before(end)
    relative = g.lower[last] in _RELATIVE and item.cue[0][0] >= end
    return _cut(item, g.ends[last - 1]) if relative and start < g.starts[last] else item


def _with_own_source(stage: Scene, item: Found) -> Found:
    """In a headline, the attribution whose source begins with its clause: "Envoy lands as [army] rejects plan"."""
    g = stage.g
    if not item.source or item.cue[0][1] > _headline_end(g.text):
        return item
    start, end = item.source[0]
    for token in range(g.before(end) - 1, g.at(start), -1):
        if g.dep[token] == "mark" and g.lower[token] in _TIMING:
            return replace(item, source=((g.starts[token + 1], end), *item.source[1:]))
    return item


def _with_own_cue(stage: Scene, item: Found, head: int) -> Found:
    """The attribution whose cue ends before its medium ("said [by telephone]") and before a gerund of its content."""
    g = stage.g
    start, end = item.cue[-1]
    if g.pos[head] != "VERB" or not start <= g.starts[head] < end:
        return item
    for kid in g.kids[head]:
        if not g.ends[head] <= g.starts[kid] < end:
            continue
        noun = g.kid(kid, "pobj") if g.dep[kid] in {"prep", "agent"} else None
        if noun is not None and g.lemma[noun] in MEDIA and g.ends[noun] == end:
            return replace(item, cue=(*item.cue[:-1], (start, g.ends[kid - 1])))
        found = g.cue("verb", name_of(g, head))
        takes = found is not None and "ing" in found.frames and g.dep[kid] == "xcomp" and g.tag[kid] == "VBG"
        if takes and g.ends[kid] == end and 0 <= item.content[0][0] - end <= 2:
            content = ((g.starts[kid], item.content[0][1]), *item.content[1:])
            return replace(item, cue=(*item.cue[:-1], (start, g.ends[kid - 1])), content=content)
    return item


def _without_told(stage: Scene, item: Found, head: int) -> Found:
    """The attribution without who was asked or told, where what he was told is the rest: "asked [her] if it held"."""
    g = stage.g
    whom = g.kid(head, "dobj", "dative") if g.pos[head] == "VERB" and g.lemma[head] in {"ask", "tell"} else None
    if whom is None or len(item.content) < 2:
        return item
    (start, end), *rest = item.content
    told = start <= g.starts[whom] < end and g.left[whom] <= g.at(start) and g.right[whom] >= g.before(end)
    clause = g.lower[g.at(rest[0][0])] in {"if", "whether", "that", "why", "how", "when", "what", "where", "who"}
    return replace(item, content=tuple(rest)) if told and clause and head < whom else item


def _with_whole_clause(stage: Scene, item: Found, head: int) -> Found:
    """The attribution whose content begins where the clause of its verb does: "said [it was ready] to talk"."""
    g = stage.g
    said = g.kid(head, "ccomp") if g.pos[head] == "VERB" else None
    if said is None or said < head or len(item.cue) > 1:
        return item
    (start, end), (cue_end, first) = item.content[0], (item.cue[0][1], g.left[said])
    if not cue_end <= g.starts[first] < start <= g.starts[g.right[said]] or stage.quotation_of[first] >= 0:
        return item
    gap = range(first, g.at(start))
    whole = g.kid(said, "nsubj", "nsubjpass") in gap and said in gap and not any(g.lower[t] in {",", ":"} for t in gap)
    own = any(g.starts[first] <= s < start for s, _ in item.source)
    return replace(item, content=((g.starts[first], end), *item.content[1:])) if whole and not own else item


def _without_medium(stage: Scene, item: Found, head: int) -> Found:
    """The attribution without its medium between two parts of its content: "called them [in an article,] 'puppets'"."""
    g = stage.g
    if g.pos[head] != "VERB":
        return item
    for number, (start, end) in enumerate(item.content):
        for kid in g.kids[head]:
            noun = g.kid(kid, "pobj") if g.dep[kid] == "prep" and start < g.starts[kid] < end else None
            if noun is None or g.lemma[noun] not in MEDIA or stage.quotation_of[kid] >= 0:
                continue
            quoted = next((t for t in range(noun + 1, g.before(end) + 1) if stage.quotation_of[t] >= 0), None)
            named = g.kid(head, "dobj") is not None and g.starts[g.kid(head, "dobj") or 0] < g.starts[kid]
            if quoted is not None and named and quoted - noun < MOST_BETWEEN:
                parts = ((start, g.ends[kid - 1]), (stage.quotations[stage.quotation_of[quoted]].span[0], end))
                return replace(item, content=(*item.content[:number], *parts, *item.content[number + 1 :]))
    return item


def _before_other_deed(stage: Scene, item: Found, head: int) -> Found:
    """The attribution without another deed of its source after a quotation: "calls him 'a crook' [and leaves]"."""
    g = stage.g
    start, end = item.content[-1]
    if g.pos[head] != "VERB" or g.kid(head, "ccomp") is not None:
        return item
    for verb in g.kids[head]:
        joining = g.kid(head, "cc")
        if g.dep[verb] != "conj" or g.tag[verb] != g.tag[head] or joining is None or not head < joining < verb:
            continue
        after_quotation = stage.quotation_of[joining - 1] >= 0 and stage.quotation_of[joining] < 0
        if after_quotation and start < g.starts[joining] < end and g.kid(verb, "nsubj", "nsubjpass") is None:
            return _cut(item, g.ends[joining - 1])
    return item


def _with_parts(stage: Scene, item: Found) -> Found:
    """The attribution whose content has the part of what it counts: "put the dead at 158[, including 49 soldiers]"."""
    g = stage.g
    *rest, (start, past) = item.content
    after = g.at(past)
    if start < item.cue[-1][1] or after + 2 >= len(g) or (g.lower[after], g.lower[after + 1]) != (",", "including"):
        return item
    last = g.right[after + 1]
    apart = stage.quotation_of[after] >= 0 or stage.unit_of[last] != stage.unit_of[after] or last == after + 1
    return item if apart else replace(item, content=(*rest, (start, g.ends[last])))


def _without_stray(stage: Scene, item: Found) -> Found:
    """The attribution without a short second part that follows the first with nothing of its own between them."""
    loose = [(s, e) for s, e in item.content if _words(stage, (s, e)) - _JOINING]
    item = replace(item, content=tuple(loose)) if loose else item
    if len(item.content) != 2 or any(
        stage.quotation_of[min(stage.g.at(s), len(stage.g) - 1)] >= 0 for s, _ in item.content
    ):
        return item
    (start, end), (later, past) = item.content
    between = any(end <= s < later for s, _ in (*item.cue, *item.source))
    short = past - later < STRAY * (end - start) or stage.g.word[max(0, stage.g.at(later) - 1)]
    alone = not between and "\n" not in stage.g.text[end:later] and short
    return replace(item, content=((start, end),)) if alone and item.cue[-1][1] <= start else item


def _words(stage: Scene, span: tuple[int, int]) -> set[str]:
    g = stage.g
    return {g.lower[t] for t in range(g.at(span[0]), g.before(span[1]) + 1) if g.word[t]}


def _ending_with_clause(stage: Scene, item: Found, head: int) -> Found:
    """The attribution without what follows its content as a clause of the cue's own: "asked them to stop, [as ...]"."""
    g = stage.g
    start, end = item.content[-1]
    if g.pos[head] != "VERB" or start < item.cue[-1][1]:
        return item
    above = {head} | ({g.head[head]} if g.dep[head] == "conj" else set())
    first, last = g.at(start), g.before(end)
    for token in range(first + 2, last):
        if stage.quotation_of[token] >= 0:
            continue
        if g.lower[token] == ";" and _attributes(stage, token + 1, last):
            return _cut(item, g.starts[token])
        if g.lower[token] != "," or stage.quotation_of[token + 1] >= 0:
            continue
        mark = next((t for t in range(token + 1, min(token + 5, last)) if g.lower[t] in _TIMING), None)
        clause = None if mark is None or g.dep[mark] != "mark" else g.head[mark]
        if mark == token + 1 and g.lower[mark] == "while" and _attributes(stage, mark + 1, last):
            return _cut(item, g.starts[token])
        if clause is None or g.head[clause] not in above or g.left[clause] != token + 1:
            continue
        if g.dep[clause] == "advcl" and g.right[clause] >= last and g.kid(clause, "nsubj", "nsubjpass") is not None:
            return _cut(item, g.starts[token])
    return item


def _attributes(stage: Scene, first: int, last: int) -> bool:
    """Whether a clause that starts at a token tells what somebody else says: "Chad has not confirmed it"."""
    g = stage.g
    for verb in range(first + 1, min(first + 10, last + 1)):
        if g.pos[verb] == "VERB":
            found, who = g.cue("verb", name_of(g, verb)), g.kid(verb, "nsubj")
            told = who is not None and first <= who < verb and g.pos[who] != "PRON"
            return told and found is not None and found.manner in {"said", "intended"} and g.tag[verb] != "VB"
    return False


def _in_headline(stage: Scene, item: Found) -> Found:
    """In a headline, the attribution without the next news: "Envoy says junta barred her[; army raids towns]"."""
    g = stage.g
    end = _headline_end(g.text)
    if item.cue[0][1] > end:
        return item
    at = g.text.find(";", item.cue[-1][1], min(end, item.content[-1][1]))
    return _cut(item, at) if at > item.content[0][0] and stage.quotation_of[g.at(at)] < 0 else item


def _headline_end(text: str) -> int:
    """Where the headline ends with which a text begins; 0 if it begins with a sentence."""
    line = text.partition("\n")[0].rstrip()
    return 0 if line.endswith((".", "!", "?", '"', "”")) else len(line)


def _before_second_that(stage: Scene, item: Found, head: int) -> Found:
    """The attribution without what its teller says next: "told us that Rice had asked him to stop[, and that ...]".

    Its own cue takes no clause with "that" there, so that a second one goes on with the clause in which it stands.
    """
    g = stage.g
    start, end = item.content[-1]
    inner = g.pos[head] == "VERB" and any(g.dep[k] == "mark" and g.lower[k] == "that" for k in g.kids[head])
    if not inner or start < item.cue[-1][1]:
        return item
    last = g.before(end)
    for token in range(g.at(start), last):
        if g.lower[token] == "that" and g.dep[token] == "mark":
            said = g.lower[token - 1] == "and" and token - 1 > g.at(start) and stage.quotation_of[token] < 0
            return _cut(item, g.ends[token - 3 if g.lower[token - 2] == "," else token - 2]) if said else item
    return item


def _cut(item: Found, offset: int) -> Found:
    return replace(item, content=tuple((s, min(e, offset)) for s, e in item.content if s < offset))


def stated_only(stage: Scene, found: Sequence[Found], heads: Sequence[int]) -> tuple[list[Found], list[int]]:
    """The attributions, and the heads of their cues, without statements that nobody has made yet.

    "It would ask for help" in what somebody says is no request; where it goes on with a clause of that ("it would wait
    and would ask for help"), the words are the outer statement's. Nor is it a yes where somebody is "asked whether he
    had accepted it", or will talk "unless he accepts it".
    """
    g = stage.g
    items, kept = list(found), [True] * len(found)
    parts = sorted((s, e, i) for i, item in enumerate(found) for s, e in item.content)
    for index, (item, head) in enumerate(zip(found, heads, strict=True)):
        if g.pos[head] == "VERB" and any(_leaves_open(g, k, head) for k in g.kids[head]):
            kept[index] = False
            continue
        if g.pos[head] != "VERB" or not any(g.dep[k] == "aux" and g.lower[k] in _MODALS for k in g.kids[head]):
            continue
        opening = stage.quotation_of[min(g.at(item.content[0][0]), len(g) - 1)]
        if is_silence(g, head, item.content) or opening not in {-1, stage.quotation_of[head]}:
            continue
        before = [i for s, e, i in parts if i != index and s < item.cue[0][0] <= e + 6 and found[i].cue[0][0] < s]
        announced = _is_of_speech(g, head) and any(
            i != index and s <= item.cue[0][0] < e <= found[i].cue[0][0] for s, e, i in parts
        )
        if announced or any(inside(item.cue, found[i].content) for i in before):
            kept[index] = False
        elif g.dep[head] == "conj" and g.kid(head, "nsubj", "nsubjpass") is None:
            holder = next((i for i in before if _goes_on(stage, found[i], head, item)), None)
            if holder is not None:
                items[holder] = _with(stage, items[holder], item)
                kept[index] = False
    left = [i for i in range(len(found)) if kept[i]]
    return [items[i] for i in left], [heads[i] for i in left]


def _leaves_open(g: Grammar, mark: int, verb: int) -> bool:
    """Whether a verb's word leaves it open whether something is said: "whether he accepted", "should India ask"."""
    if g.dep[mark] == "aux" and g.lower[mark] == "should":
        who = g.kid(verb, "nsubj", "nsubjpass")
        return who is not None and mark < g.left[who] and mark > 0 and "?" not in g.lower[verb : g.right[verb] + 1]
    if g.dep[mark] != "mark":
        return False
    if g.lower[mark] != "if":
        return g.lower[mark] in _OPEN
    # "if you think so" tells what somebody may think
    return _is_of_speech(g, verb) and g.tag[verb] in {"VBZ", "VBP"} and g.lower[mark - 1] not in {"even", "as"}


def _is_of_speech(g: Grammar, verb: int) -> bool:
    cue = g.cue("verb", name_of(g, verb))
    return cue is None or cue.manner in {"said", "written"}


def _goes_on(stage: Scene, outer: Found, verb: int, item: Found) -> bool:
    g = stage.g
    first = g.starts[g.head[verb]]
    return outer.content[-1][0] <= first < outer.content[-1][1] and item.content[-1][1] > outer.content[-1][1]


def _with(stage: Scene, outer: Found, item: Found) -> Found:
    last = outer.content[-1]
    whole = (last[0], max(e for _, e in item.content))
    return replace(outer, content=joined(stage.g.text, [*outer.content[:-1], whole])) if length((whole,)) else outer
