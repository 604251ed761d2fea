"""Attributions found by rules: for each cue, its source and its content, by quotation marks and grammar."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from onrecord.annotators.afterthoughts import set_off
from onrecord.annotators.clauses import Clause, clause
from onrecord.annotators.conditions import condition_after
from onrecord.annotators.cues import words
from onrecord.annotators.found import Found, joined, trimmed, without
from onrecord.annotators.grammar import Grammar
from onrecord.annotators.manners import is_silence
from onrecord.annotators.parse import Parsed
from onrecord.annotators.partial import partly_quoted, with_quoted_ends
from onrecord.annotators.phrases import phrases
from onrecord.annotators.scenes import Scene, scene
from onrecord.annotators.spoken import alone, quoted_by
from onrecord.annotators.subjects import cue_tokens, is_passive, name_of, source_tokens, subject
from onrecord.annotators.surety import rank, with_surety
from onrecord.model import Span, Spans

__all__ = ["found", "found_in", "stated", "told"]

_RULE_OF_FRAME = {
    "that": "that",
    "to": "infinitive",
    "raised": "raised",
    "raise": "raised",
    "ing": "object",
    "small": "object",
}
#: Acts by which somebody says what he will do, or what others should.
_COMMITTING = frozenset(
    {"promises", "refuses", "threatens", "offers", "agrees", "demands", "asks", "declines-to-comment"}
)
_JUDGING = frozenset({"accuses", "praises", "rejects", "demands", "warns"})
#: Participles that go on with the report of a deed: "a shell hit the school, killing two".
_RESULTS = words("kill wound injure maim leave destroy damage burn bury trap displace flatten level gut sink "
                 "set hit cut bring force send")  # fmt: skip
_PARTS_OF_SPEECH = frozenset({"VERB", "ADJ", "NOUN"})


def found(parsed: Parsed) -> tuple[Found, ...]:
    """The attributions of a report by rules, in the order of their first word; each cue makes one at most."""
    return found_in(scene(parsed)) if len(parsed.doc) else ()


def found_in(stage: Scene) -> tuple[Found, ...]:
    """The attributions on a stage that is already set."""
    quotes = quoted_by(stage)
    everything = with_quoted_ends(stage, [*_by_words(stage, quotes), *phrases(stage)])
    everything += _by_themselves(stage, quotes)
    everything = _once([*everything, *partly_quoted(stage, everything)])
    return tuple(with_surety(_spoken_by_somebody(stage, list(_distinct(stage, everything)))))


def _by_words(stage: Scene, quotes: dict[int, list[int]]) -> Iterator[Found]:
    g = stage.g
    for token in range(len(g)):
        if token in quotes:
            yield from _speech(stage, token, quotes[token])
        elif g.pos[token] in _PARTS_OF_SPEECH and (made := clause(g, token)) is not None:
            if (whole := _stated(stage, made)) is not None:
                yield whole
        elif g.pos[token] == "VERB":
            yield from _afterthought(stage, token)


def _speech(stage: Scene, verb: int, held: list[int]) -> Iterator[Found]:
    """A verb with its quotations, and with the clause around them where they are parts of one."""
    g, text = stage.g, stage.g.text
    made = clause(g, verb)
    content = [stage.quotations[i].span for i in held]
    who = (_passed_on(g, verb) or subject(g, verb)) if made is None or made.source is None else None
    run = (
        made.source
        if made is not None and made.source is not None
        else (None if who is None else source_tokens(g, who))
    )
    if run is None:
        run = _beside(stage, verb)
    words = made.words if made is not None else cue_tokens(g, verb)
    if any(stage.quoted(t) for t in (words[0], words[1])):
        words = (verb, verb)
    own = [g.span(*words), *([g.span(*run)] if run is not None else [])]
    content.extend(_lead(stage, verb, held[0], own))
    later = stage.unit_of[g.at(stage.quotations[held[0]].span[0])] > stage.unit_of[verb]
    if made is not None and made.frame in {"that", "small"}:
        content.extend(part for part in _fitted(stage, made) if later or not _far(part, content))
    elif later:
        content.extend(span for item in _afterthought(stage, verb) for span in item.content)
    spans = [part for s in without(joined(text, content), own) if (part := _with_marks(text, s)) is not None]
    source = _source(stage, run, spans)
    if spans:
        yield Found(source, joined(text, [g.span(*words)]), joined(text, spans), 0.0, "quotation")


def _passed_on(g: Grammar, verb: int) -> int | None:
    """Who is quoted by another: "an officer" in "the agency quoted an officer as saying"."""
    quoting = g.head[g.head[verb]]
    passed = g.dep[verb] == "pcomp" and g.lower[g.head[verb]] == "as" and g.lemma[quoting] in {"quote", "cite"}
    return g.kid(quoting, "dobj") if passed else None


def _by_themselves(stage: Scene, quotes: dict[int, list[int]]) -> Iterator[Found]:
    """Quotations that fill their paragraphs, by the verb of the paragraph before."""
    g, text = stage.g, stage.g.text
    for verb, held in alone(stage, quotes).items():
        who = subject(g, verb)
        content = [part for i in held if (part := _with_marks(text, stage.quotations[i].span)) is not None]
        if who is not None and content:
            source = _source(stage, source_tokens(g, who), content)
            yield Found(source, (g.span(*cue_tokens(g, verb)),), tuple(content), 0.0, "alone")


def _with_marks(text: str, span: Span) -> Span | None:
    """A span of quoted words with its marks, without a comma that follows them."""
    part = trimmed(text, span, " \t\n\xa0")
    if part is not None and text[part[0]] in "\"“”«„`'‘" and text[part[1] : part[1] + 1] == "." and part[1] < span[1]:
        part = (part[0], part[1] + 1)
    if part is not None and text[part[1] - 1] == "," and text[part[1] - 2 : part[1] - 1] in set("\"”»“’'"):
        return trimmed(text, (part[0], part[1] - 1), " \t\n\xa0")
    return part


def _lead(stage: Scene, verb: int, index: int, own: list[Span]) -> list[Span]:
    """The words of the sentence before a quotation that a verb closes: 'They "had chemistry," he said'."""
    g, quotation = stage.g, stage.quotations[index]
    first = g.at(quotation.span[0])
    if verb < first:
        return []
    start = g.starts[stage.units[stage.unit_of[first]][0]]
    if not any(g.word[t] for t in range(stage.units[stage.unit_of[first]][0], first)):
        return []
    if any(start <= s < quotation.span[0] for s, _ in own):
        return []
    part = trimmed(g.text, (start, quotation.span[0]))
    return [part] if part is not None else []


def _far(part: Span, content: list[Span]) -> bool:
    return all(part[1] + 3 < s or e + 3 < part[0] for s, e in content)


def _beside(stage: Scene, verb: int) -> tuple[int, int] | None:
    """The name right after a verb that the parse gave no subject: "said Smith"."""
    g = stage.g
    after = verb + 1
    if after < len(g) and g.pos[after] in {"PROPN", "DET", "PRON", "NOUN"} and stage.quotation_of[after] < 0:
        end = after
        while (
            end + 1 < len(g)
            and g.pos[end] in {"DET", "ADJ", "PROPN", "NOUN"}
            and g.pos[end + 1] in {"PROPN", "NOUN", "ADJ"}
        ):
            end += 1
        if g.dep[end] in {"dobj", "attr", "oprd", "ROOT", "appos", "pobj"} and g.pos[end] in {"PROPN", "NOUN", "PRON"}:
            return source_tokens(g, end) if g.head[end] == verb else (after, end)
    return None


def _source(stage: Scene, run: tuple[int, int] | None, content: list[Span]) -> Spans:
    if run is None:
        return ()
    g = stage.g
    left = without([g.span(*run)], content)
    parts = [part for s in left if (part := trimmed(g.text, s)) and any(c.isalnum() for c in g.text[slice(*part)])]
    return joined(g.text, parts[:1])


def stated(stage: Scene, token: int) -> Found | None:
    """The attribution that a token makes by grammar, with its rule's surety; None if it makes none."""
    made = clause(stage.g, token)
    whole = None if made is None else _stated(stage, made)
    return None if whole is None else with_surety([whole])[0]


def told(stage: Scene, verb: int) -> Found | None:
    """As `stated`, or what a verb of speech set off by commas reports."""
    return stated(stage, verb) or next(iter(with_surety(_afterthought(stage, verb))), None)


def _stated(stage: Scene, made: Clause) -> Found | None:
    """The attribution that a clause makes."""
    g, text = stage.g, stage.g.text
    nested = stage.quoted(made.cue)
    if nested and made.frame not in {"that", "to"}:
        return None
    spans = _fitted(stage, made)
    own = [g.span(*made.words), *([g.span(*made.source)] if made.source is not None else [])]
    content = [part for s in without(joined(text, spans), own) if (part := trimmed(text, s)) and _words(text, part)]
    if not content:
        return None
    source = _source(stage, made.source, content)
    return Found(source, _cue(stage, made), joined(text, content), 0.0, _rule(g, made, bool(source)))


def _rule(g: Grammar, made: Clause, named: bool) -> str:
    """The name of the rule by which a clause was read."""
    if is_silence(g, made.cue, [g.span(*run) for run in made.content]):
        return "no-comment"
    if g.pos[made.cue] in {"NOUN", "ADJ"}:
        return "noun" if g.pos[made.cue] == "NOUN" else "adjective"
    if made.frame == "that" and not named:
        return "nobody"
    done = _act(g, made)
    if made.frame.startswith("obj") or made.frame == "pass":
        if made.frame == "obj+to":
            return "commitment"
        return "judgement" if done in _JUDGING else "object"
    first = made.content[0][0]
    if made.frame == "to" and not (g.lower[first] == "to" and g.pos[first] == "PART"):
        return "preposition"
    if made.frame == "to":
        return "commitment" if done in _COMMITTING else "infinitive"
    rule = _RULE_OF_FRAME.get(made.frame, "preposition")
    asked = done in {"demands", "asks"} or g.lemma[made.cue] in {"speak", "talk", "complain"}
    return "call" if rule == "preposition" and asked else rule


def _act(g: Grammar, made: Clause) -> str:
    """The act that the table gives for a cue in its frame."""
    found = g.cue("verb", name_of(g, made.cue))
    return found.frames.get(made.frame, ("", found.act))[1] if found is not None else "other"


def _cue(stage: Scene, made: Clause) -> Spans:
    """The cue's words; of "was quoted by AFP as saying", both parts."""
    g = stage.g
    spans = [g.span(*made.words)]
    if (
        g.dep[made.cue] == "pcomp"
        and is_passive(g, above := g.head[g.head[made.cue]])
        and g.lemma[above] in {"quote", "cite"}
    ):
        preposition = g.head[made.cue]
        spans = [g.span(*cue_tokens(g, above)), g.span(min(preposition, made.words[0]), made.words[1])]
    return joined(g.text, spans)


def _words(text: str, span: Span) -> bool:
    return any(c.isalnum() for c in text[slice(*span)])


def _fitted(stage: Scene, made: Clause) -> list[Span]:
    """The content of a clause, widened to whole quotations and to the sentence's start where the cue closes it."""
    g = stage.g
    limit = _limit(stage, made.cue)
    first, last = stage.units[stage.unit_of[made.cue]]
    out = []
    for whole in made.content:
        run = (max(whole[0], first), min(whole[1], last))
        if run[0] > run[1]:
            continue
        start, end = g.span(*run)
        if made.frame in {"that", "small"} and (cut := _trailing_participle(g, run)) is not None:
            end = g.starts[cut]
        if made.frame == "that" and (semicolon := _outer_semicolon(stage, (start, end))) is not None:
            end = semicolon
        if made.frame in {"that", "small"} and end <= g.starts[made.words[0]]:
            start, end = _fronted(stage, made, (start, end), limit)
        elif not stage.quoted(made.cue):
            start, end = _whole_quotations(stage, (start, end))
        told = made.frame == "that" or g.lemma[made.cue] in {"quote", "cite"}
        if told and run[0] > made.cue and (past := condition_after(stage, run[1])) is not None:
            end = max(end, g.ends[past])
        elif g.lower[run[1]] in {"provided", "providing"} and run[1] > run[0]:
            end = min(end, g.ends[run[1] - 1])
        if max(start, limit[0]) < min(end, limit[1]):
            out.append((max(start, limit[0]), min(end, limit[1])))
    return out


def _limit(stage: Scene, cue: int) -> Span:
    """How far the content of a cue may reach: its sentence, or its quotation."""
    start, end = stage.unit_span(cue)
    if not stage.quoted(cue):
        return start, end
    inner = stage.quotations[stage.quotation_of[cue]].inner
    return max(start, inner[0]), min(end, inner[1])


def _fronted(stage: Scene, made: Clause, span: Span, limit: Span) -> Span:
    """A clause before its cue reaches from the sentence's start to the cue or to its source."""
    g = stage.g
    stop = g.starts[made.words[0]]
    if made.source is not None and span[1] <= g.starts[made.source[0]]:
        stop = min(stop, g.starts[made.source[0]])
    start = min(span[0], limit[0])
    first = stage.quotation_of[g.at(start)]
    if first >= 0 and stage.full[first] and not stage.quoted(made.cue):
        inner, end = stage.quotations[first].inner[1], stage.quotations[first].span[1]
        if end < stop and g.text[inner - 1] in ",?!":
            start = max(start, end)
    return start, max(span[1], stop)


def _whole_quotations(stage: Scene, span: Span) -> Span:
    """A span widened over the quotations that its ends stand in."""
    g = stage.g
    start, end = span
    for offset, is_end in ((start, False), (end - 1, True)):
        index = stage.quotation_of[min(g.at(offset), len(g) - 1)]
        if (
            index < 0
            and is_end
            and (after := g.at(end)) < len(g)
            and stage.quotation_of[after] >= 0
            and not g.word[after]
        ):
            index = stage.quotation_of[after] if stage.quotations[stage.quotation_of[after]].span[0] < end else -1
        if index >= 0:
            quotation = stage.quotations[index].span
            start, end = (start, max(end, quotation[1])) if is_end else (min(start, quotation[0]), end)
    return start, end


def _afterthought(stage: Scene, verb: int) -> Iterator[Found]:
    """A clause that a comma sets off ("It failed, they said") and that the parse did not tie to what it reports."""
    g = stage.g
    name = g.cue("verb", name_of(g, verb))
    if name is None or not name.speaks or stage.quoted(verb):
        return
    who = max((k for k in g.kids[verb] if g.dep[k] == "nsubj"), default=None)
    if who is None:
        return
    words, source = cue_tokens(g, verb), source_tokens(g, who)
    first, last = min(words[0], source[0]), max(words[1], source[1])
    spans = set_off(stage, verb, first, last, source)
    content = [part for s in spans if (part := trimmed(g.text, s)) and _words(g.text, part)]
    if content:
        yield Found(_source(stage, source, content), (g.span(*words),), joined(g.text, content), 0.0, "afterthought")


def _once(everything: list[Found]) -> list[Found]:
    """Without the object of a verb where the verb is part of a noun's cue: "expressed concern about" is one cue."""
    nouns = sorted(item.cue[0] for item in everything if item.rule == "noun")
    starts = [start for start, _ in nouns]
    return [item for item in everything if item.rule not in {"object", "judgement"}
            or not (at := bisect_right(starts, item.cue[0][0]))
            or not (nouns[at - 1][0] == item.cue[0][0] and item.cue[-1][1] < nouns[at - 1][1])]  # fmt: skip


def _distinct(stage: Scene, everything: list[Found]) -> Iterator[Found]:
    """One attribution a cue, and of two with the same content and source the surer.

    A cue may have a second one for a quotation in a paragraph of its own.
    """
    taken: set[Spans] = set()
    kept: dict[tuple[Spans, Spans], Found] = {}
    for item in sorted(everything, key=rank):
        told_before = stage.unit_of[stage.g.at(item.cue[0][0])] < stage.unit_of[stage.g.at(item.content[0][0])]
        if (item.cue in taken and not told_before) or (item.content, item.source) in kept:
            continue
        taken.add(item.cue)
        kept[item.content, item.source] = item
    yield from sorted(kept.values(), key=lambda f: (min(f.cue[0], f.content[0], *f.source[:1]), f.cue, f.content))


def _spoken_by_somebody(stage: Scene, distinct: list[Found]) -> Iterator[Found]:
    """Without those inside a quotation that is itself nobody's: who "I" is there is not known."""
    covered = sorted(span for item in distinct for span in item.content if not _in_statement(stage, item.cue[0][0]))
    reach: list[int] = []
    for _, end in covered:
        reach.append(max(end, reach[-1] if reach else 0))
    for item in distinct:
        start = item.cue[0][0]
        at = bisect_right(covered, (start, len(stage.g.text))) - 1
        if not _in_statement(stage, start) or (at >= 0 and reach[at] >= item.cue[-1][1]):
            yield item


def _in_statement(stage: Scene, offset: int) -> bool:
    """Whether an offset lies in a quotation that is a statement; a token may reach over the quotation's end."""
    token = stage.g.at(offset)
    return stage.quoted(token) and offset < stage.quotations[stage.quotation_of[token]].span[1]


def _trailing_participle(g: Grammar, run: tuple[int, int]) -> int | None:
    """Where a clause is followed by a participle that comments on it from outside: "he had left, contradicting ..."."""
    for token in range(run[1], run[0], -1):
        if (
            g.tag[token] == "VBG"
            and g.dep[token] == "advcl"
            and g.lower[g.left[token] - 1] == ","
            and g.head[token] < token
        ):
            if g.lemma[token] not in _RESULTS and g.right[token] == run[1] and g.left[token] > run[0] + 2:
                return g.left[token]
            return None
    return None


def _outer_semicolon(stage: Scene, span: Span) -> int | None:
    """The first semicolon in a span that stands in no quotation."""
    g = stage.g
    at = g.text.find(";", *span)
    return at if at >= 0 and stage.quotation_of[min(g.at(at), len(g) - 1)] < 0 else None
