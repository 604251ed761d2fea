"""Attributions that no verb of saying makes: "according to", "in their view", "reportedly", labels of speakers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from onrecord.annotators.cues import words
from onrecord.annotators.found import Found, joined, trimmed, without
from onrecord.annotators.scenes import Scene
from onrecord.annotators.subjects import Run, cue_tokens, name_of, source_tokens
from onrecord.model import Span

__all__ = ["HEARSAY", "is_label", "phrases"]

#: The longest stretch, in tokens, from "as" to the verb of its clause.
LONGEST_AS = 25
#: How far behind a headline, in code points, the name of its speaker is looked for.
NAMED_WITHIN = 50_000

HEARSAY = frozenset({"reportedly", "allegedly", "purportedly", "supposedly"})

_AS_SAID = words(
    "say put_it note write explain argue report observe point_out describe tell warn acknowledge suggest claim state "
    "announce mention remark joke quip insist tweet post complain admit concede recall declare predict"
)
_NAMED = frozenset({"words", "view", "views", "opinion", "eyes", "telling", "account", "estimation", "judgment"})
_LABEL = re.compile(
    r"[“\"]?(?P<who>Q|A|Question|Answer|[A-Z][A-Z.'’\- ]{1,40}(?: \([A-Z]+\))?)(?P<mark>:|\.(?=\s[“\"]))[^\S\n]+(?=\S)"
)
_HEADING = re.compile(r"(?P<who>[A-Z][\w.'’\-]*(?: [A-Z][\w.'’\-]*){0,3})(?P<mark>:) (?=[“\"‘'][A-Z\w])")
_HEADLINE = re.compile(r"(?P<who>[A-Z][\w.'’\-]*(?: [A-Z][\w.'’\-]*){0,3})(?P<mark>:) (?=[A-Z])")
_SIGNED = re.compile(
    r"[^\S\n]*(?P<mark>[―—–]|--)[^\S\n]*(?P<who>[A-Z][^\n,;:“”\"]{1,60}?)[^\S\n]*(?:(?:[,(]|(?<![A-Z])\.)[^\n]{0,80})?(?=\n|$)"
)


def phrases(scene: Scene) -> Iterator[Found]:
    """Attributions by phrases and labels, in no order."""
    g = scene.g
    for token in range(len(g)):
        word = g.lower[token]
        if word == "according" and token + 1 < len(g) and g.lower[token + 1] == "to":
            yield from _according(scene, token)
        elif word in HEARSAY:
            yield from _hearsay(scene, token)
        elif word == "as" and g.dep[token] in {"mark", "advmod", "prep"}:
            yield from _as_said(scene, token)
        elif word in _NAMED and g.dep[token] == "pobj":
            yield from _viewed(scene, token)
    yield from labels(scene)
    yield from signed(scene)


def _according(scene: Scene, token: int) -> Iterator[Found]:
    g = scene.g
    to = token + 1
    target = g.kid(to, "pobj") or g.kid(token, "pobj")
    if target is None or target < token:
        return
    source = source_tokens(g, target)
    made = list(_around(scene, (token, max(source[1], to)), source, (token, to), "according-to"))
    if not made and (comma := next((t for t in range(target, source[1]) if g.lower[t] == ","), None)) is not None:
        source = (source[0], comma - 1)
        made = list(_around(scene, (token, max(source[1], to)), source, (token, to), "according-to"))
    yield from made


def _as_said(scene: Scene, token: int) -> Iterator[Found]:
    """What a clause with "as" and a verb of saying comments on: "as one diplomat put it"."""
    g = scene.g
    verb = g.head[token]
    name = g.cue("verb", name_of(g, verb)) if g.pos[verb] == "VERB" and token < verb else None
    who = g.kid(verb, "nsubj") if verb > token else None
    if (
        name is None
        or who is None
        or name_of(g, verb) not in _AS_SAID
        or verb - token > LONGEST_AS
        or g.left[who] != token + 1
    ):
        return
    following = g.right[verb] + 1
    if following < len(g) and g.word[following] and g.word[g.right[verb]]:
        return
    taken = [k for k in g.kids[verb] if g.dep[k] in {"ccomp", "xcomp", "dobj", "dative"} and g.lower[k] != "it"]
    if taken or g.kid(verb, "neg") is not None:
        return
    last = next((t - 1 for t in range(verb, g.right[verb] + 1) if g.lower[t] == ","), g.right[verb])
    while last > verb and not g.word[last]:
        last -= 1
    cue = cue_tokens(g, verb)
    yield from _around(scene, (token, last), source_tokens(g, who), cue, "as-said")


def _viewed(scene: Scene, noun: int) -> Iterator[Found]:
    g = scene.g
    preposition, owner = g.head[noun], g.kid(noun, "poss")
    if owner is None or g.lower[preposition] not in {"in", "by"} or g.dep[preposition] != "prep":
        return
    last = g.right[owner] - (g.dep[g.right[owner]] == "case")
    source = (g.left[owner], max(last, g.left[owner]))
    yield from _around(scene, (preposition, g.right[noun]), source, (preposition, preposition), "viewed")


def _around(scene: Scene, phrase: Run, source: Run, cue: Run, rule: str) -> Iterator[Found]:
    """The attribution of what stands in the sentence outside a phrase; nothing where the phrase is not set off."""
    g = scene.g
    unit = scene.unit_span(cue[0])
    if scene.quoted(cue[0]):
        inner = scene.quotations[scene.quotation_of[cue[0]]].inner
        unit = (max(unit[0], inner[0]), min(unit[1], inner[1]))
    hole = g.span(*phrase)
    rest = without(_clause_about(scene, unit, hole), [hole])
    content = [
        part for span in rest if (part := trimmed(g.text, span)) and any(c.isalnum() for c in g.text[slice(*part)])
    ]
    if content:
        yield Found((g.span(*source),), (g.span(*cue),), tuple(content), 0.0, rule)


def _clause_about(scene: Scene, unit: Span, hole: Span) -> list[Span]:
    """What a phrase comments on: bounded by semicolons; what trails a closing phrase is left out."""
    text = scene.g.text
    start, end = unit
    before = text.rfind(";", start, hole[0])
    if before >= 0:
        start = before + 1
    after = text.find(";", hole[1], end)
    if after >= 0:
        end = after
    lead = text[start : hole[0]].strip()
    tail = text[hole[1] : end]
    if len(lead) > 40 and not tail.startswith(",") and any(c.isalnum() for c in tail):
        return [(start, hole[0])]
    if len(lead) > 40 and re.match(r",\s(?:which|who|whose|and|but|while|after|as|with|saying|adding)\b", tail):
        return [(start, hole[0])]
    return [(start, end)]


def _hearsay(scene: Scene, adverb: int) -> Iterator[Found]:
    """The clause of the verb that an adverb of hearsay stands with."""
    g = scene.g
    verb = g.head[adverb]
    if g.pos[verb] not in {"VERB", "AUX"} or verb == adverb:
        return
    said = g.cue("verb", name_of(g, verb)) if g.pos[verb] == "VERB" else None
    if said is not None and said.speaks and verb == adverb + 1 and g.kid(verb, "ccomp", "xcomp") is not None:
        return
    unit = scene.unit_span(adverb)
    whole = g.span(g.left[verb], g.right[verb])
    span = (max(unit[0], whole[0]), min(unit[1], whole[1]))
    rest = [part for s in without([span], [g.span(adverb, adverb)]) if (part := trimmed(g.text, s))]
    if rest:
        yield Found((), (g.span(adverb, adverb),), joined(g.text, rest), 0.0, "hearsay")


def labels(scene: Scene) -> Iterator[Found]:
    """Turns of a transcript ("SMITH: ...", "Q: ..."), and headlines such as 'Smith: "..."'.

    A label counts as a speaker's where the report has two turns or more.
    """
    text = scene.g.text
    turns: list[tuple[Span, re.Match[str]]] = []
    first = scene.parsed.paragraphs[0][0] if scene.parsed.paragraphs else 0
    for start, end in scene.parsed.paragraphs:
        for line in re.finditer(r"[^\n]+", text[start:end]):
            span = (start + line.start(), start + line.end())
            if (label := _LABEL.match(text, *span)) is not None:
                turns.append((span, label))
            elif (label := _HEADING.match(text, *span)) is not None:
                yield from _turn(text, span, label, "heading")
            elif start == first and _in_headline(scene, span) is not None:
                yield from _turn(text, span, _in_headline(scene, span), "headline")
    if len(turns) < 2:
        turns = _dialogue(scene)
    if len(turns) > 1:
        for span, label in turns:
            yield from _turn(text, span, label, "label")


def _dialogue(scene: Scene) -> list[tuple[Span, re.Match[str]]]:
    """Lines labelled with names in small letters, where two or more names take turns: "Lind: ...", "Courier: ..."."""
    text = scene.g.text
    turns = [(line.span(), label) for line in re.finditer(r"[^\n]+", text)
             if (label := _HEADLINE.match(text, *line.span())) is not None]  # fmt: skip
    times = Counter(label["who"] for _, label in turns)
    often = {who for who, count in times.items() if count > 1}
    return [turn for turn in turns if turn[1]["who"] in often] if len(often) > 1 else []


def is_label(text: str, item: Found) -> bool:
    """Whether an attribution is a turn of a transcript: its words are the speaker's, without quotation marks.

    The label starts its line, and its mark stands right after it.
    """
    if not item.source or text[slice(*item.cue[0])] not in {":", "."} or item.source[0][1] != item.cue[0][0]:
        return False
    start = item.source[0][0]
    before = text[max(0, start - 3) : start]
    at_start = start <= 2 or "\n" in before
    return at_start and not before.rpartition("\n")[2].strip(' “"') and item.rule != "headline"


def signed(scene: Scene) -> Iterator[Found]:
    """Quotations with a name after a dash: '"We won't go." - Smith'."""
    text = scene.g.text
    for index, quotation in enumerate(scene.quotations):
        if scene.full[index] and (name := _SIGNED.match(text, quotation.span[1])) is not None:
            yield Found((name.span("who"),), (name.span("mark"),), (quotation.span,), 0.0, "signed")


def _in_headline(scene: Scene, span: Span) -> re.Match[str] | None:
    """A speaker's label at the start of a headline ("Smith: Talks Will Fail"): the name of a person or body."""
    label = _HEADLINE.match(scene.g.text, *span)
    if label is None:
        return None
    tokens = scene.parsed.tokens(label.span("who"))
    if tokens is None:
        return None
    named = all(t.ent_type_ in {"PERSON", "ORG"} for t in tokens)
    return label if named or _named_again(scene, tokens[-1].text, span[1]) else None


def _named_again(scene: Scene, word: str, start: int) -> bool:
    """Whether a word stands in the report after its headline as part of the name of a person or body."""
    at = scene.g.text.find(word, start, start + NAMED_WITHIN)
    token = scene.g.at(at) if at >= 0 else len(scene.g)
    return token < len(scene.g) and scene.parsed.doc[token].ent_type_ in {"PERSON", "ORG"}


def _turn(text: str, line: Span, label: re.Match[str] | None, rule: str) -> Iterator[Found]:
    content = None if label is None else trimmed(text, (label.end(), line[1]))
    if label is not None and content is not None:
        yield Found((label.span("who"),), (label.span("mark"),), (content,), 0.0, rule)
