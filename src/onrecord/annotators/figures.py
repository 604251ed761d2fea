"""How many: counts of people and things, each with its unit and whose count it is."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace

from spacy.tokens import Token

from onrecord.annotators.clause import Clause, clause_words
from onrecord.annotators.counted import Counted, counted
from onrecord.annotators.ellipsis import completed
from onrecord.annotators.event_places import Links, links
from onrecord.annotators.figure_parts import with_wholes
from onrecord.annotators.figure_scope import claimant, scope
from onrecord.annotators.numbers import MONTHS, Number, numbers
from onrecord.annotators.parse import Parsed
from onrecord.annotators.units import PERSON, noun_unit
from onrecord.annotators.voices import Voices
from onrecord.annotators.word_sets import word_set
from onrecord.model import Attribution, Entity, Figure, Participant, Place, Span, Time, Unit

__all__ = ["figures"]

_NAMED_NUMBER = word_set(
    """
    resolution resolutions article articles section chapter paragraph no no. number nos page room route highway
    road flight line channel article group unit battalion brigade division regiment detachment interstate level
    phase grade class version volume act law decree code protocol point sector block zone building apartment
    pier gate bus radio fm image photo slide us$ # § ps psalm street avenue calle carrera km kilometer
    """
)
_MONTH_NEXT = re.compile(rf"(?:{MONTHS})\.?(?!\w)", re.IGNORECASE)
_MONTH_BEFORE = re.compile(rf"(?<!\w)(?:{MONTHS})\.?\s{{1,3}}$", re.IGNORECASE)
_NUMBERED = re.compile(r"(?<!\w)(?:no|nos|number|art|res)\. {0,3}$", re.IGNORECASE)
#: "one in ten", "9 out of 10", "$4 of every $5"
_RATIO = re.compile(
    r" (?:in|out of|of every) (?:every )?[$€£]?"
    r"(?:\d{1,3}(?!\d|,\d|[ -][a-z])|(?:two|three|four|five|six|ten)\b(?! [a-z]))"
)
_ONE_IN = re.compile(
    r" in (?:every )?(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,3})\b"
    r"(?! (?:town|village|cit|area|separate|attack|different|minutes|hours|days))"
)
_RATIO_BEFORE = re.compile(
    r"\b(?:one|two|three|\d) (?:in|out of|of every) (?:every )?[$€£]?$|"
    r"\b(?:image|photo|page|slide) \d{1,3} of $",
    re.IGNORECASE,
)
_JOINED = re.compile(r"-([a-z]{2,})")
_LASTING = word_set("in for over within during after about nearly almost than least of through throughout lasted")
_YEAR_LEADS = word_set("in since of by during until till from late early mid before after the")
_TELLING = word_set("say tell add warn claim insist state confirm acknowledge argue note")
_MODAL = word_set("will would shall should must may might can could")
_PREDICATE = word_set("was were is are has have had did do remain remained will would")
_JOINTS = word_set(", and or as well plus along with another also other the a an his her their its including")


def figures(
    parsed: Parsed,
    entities: tuple[Entity, ...],
    places: tuple[Place, ...],
    times: tuple[Time, ...],
    attributions: tuple[Attribution, ...],
) -> tuple[Figure, ...]:
    """The figures of a report, in the order of the text.

    A figure's span holds its qualifier and its number words ("at least 40"), not the counted noun, which is in `of`.
    Dates, ages, ordinals, percentages, measures and numbers in names are not figures, nor are counts of what the
    project has no unit for.

    Example:
        >>> from onrecord.annotators.parse import parse
        >>> from onrecord.read.text import report
        >>> [(f.text, f.unit, f.of.text) for f in figures(parse(report("Shelling killed at least 12 civilians and "
        ...     "wounded dozens.")), (), (), (), ())]
        [('at least 12', 'killed', 'civilians'), ('dozens', 'wounded', '')]
    """
    words = clause_words(parsed)
    linked = links(parsed.doc, places, times)
    found = [c for n in numbers(parsed.text) if (c := _counted(n, words, linked)) is not None]
    shared = _shared(found, words)
    told = completed([(c, _unit(c, words)) for c in shared], words)
    mentions = _mentions(entities)
    lengths = frozenset(t.id for t in times if t.type == "DURATION")
    rates = frozenset(t.id for t in times if t.type == "SET" or _is_rate(t, parsed.text))
    voices = Voices(parsed, attributions)
    made: list[Figure] = []
    for item, unit, whole in with_wholes(told, words):
        larger = None if whole is None else made[whole].id
        made.append(
            _figure(item, unit, larger, f"f{len(made) + 1}", parsed, words, linked, lengths, rates, mentions, voices)
        )
    return tuple(made)


def _counted(number: Number, clause: Clause, linked: Links) -> Counted | None:
    """The number with what it counts, or None if it is a date, an age, a measure or part of a name."""
    first = max(0, bisect_right(clause.starts, number.span[0]) - 1)
    core = max(0, bisect_right(clause.starts, number.core[0]) - 1)
    after = bisect_left(clause.starts, number.span[1])
    if after == 0 or _is_named(number, clause, core, after) or _is_date(number, clause, core, after):
        return None
    if any(t.span[0] <= number.core[0] and number.core[1] <= t.span[1] for t in linked.times_over(*number.core)):
        return None
    if number.article and not _one_person(clause, after):
        return None
    item = counted(number, clause, first, after)
    if number.article and (item.base not in {PERSON, "troops"} or item.evidence == "own" or _is_aside(item, clause)):
        return None
    return None if _is_mild(item, clause) or _only_tells(item, clause) or _never_was(item, clause) else item


def _is_rate(time: Time, text: str) -> bool:
    """Whether a length of time is one that something is counted by: "an hour" without a preposition before it."""
    opens = text[time.span[0] : time.span[0] + 4].lower().startswith(("a ", "an ", "per "))
    before = text[max(0, time.span[0] - 12) : time.span[0]].split()
    return time.type == "DURATION" and opens and not (before and before[-1].lower() in _LASTING)


def _is_aside(item: Counted, clause: Clause) -> bool:
    """Whether "a man" only says who one person named before is: "Musa Ali, a farmer"."""
    token = clause.tokens[item.head] if item.head is not None else None
    return token is not None and not clause.capitals and token.dep_ == "appos" and token.head.tag_ in {"NN", "NNP"}


def _only_tells(item: Counted, clause: Clause) -> bool:
    """Whether those counted are only the source of what is told: "two diplomats said"."""
    if item.head is None or clause.capitals or item.base not in {PERSON, "troops"}:
        return False
    token = clause.tokens[item.head]
    beside = item.evidence == "before" or clause.index(token.head) == item.end
    if item.unit is not None and (item.evidence == "own" or not beside):
        return False  # "two wounded soldiers said", "two men wounded in the raid said"
    return token.dep_ == "nsubj" and token.head.lemma_.lower() in _TELLING


def _never_was(item: Counted, clause: Clause) -> bool:
    """Whether none of some things is what is promised or asked for: "no aircraft would fly over the border"."""
    if item.number.high != 0 or item.unit not in {"vehicles", "weapons", "troops", "buildings"}:
        return False
    return bool({clause.word(i) for i in range(item.end, item.end + 2)} & _MODAL)


def _is_mild(item: Counted, clause: Clause) -> bool:
    """Whether none had wounds of some kind only: "none suffered life-threatening injuries"."""
    near = clause.lower[item.first : item.end + 8]
    return item.number.high == 0 and ("threatening" in near or "life-threatening" in near or "serious" in near)


def _one_person(clause: Clause, after: int) -> bool:
    """Whether a noun of one person stands within the next eight words."""
    for i in range(after, min(after + 8, len(clause.lower))):
        word = clause.lower[i]
        if noun_unit(word) in {PERSON, "troops"}:
            return not word.endswith(("s", "men", "people", "children", "personnel", "women", "troop"))
        if word in {"of", "in", "for", "to", ",", "."}:
            return False
    return False


def _is_named(number: Number, clause: Clause, core: int, after: int) -> bool:
    """Whether the number is a percentage, an age, a time of day, or part of a name such as Resolution 2334."""
    text, (start, end) = clause.text, number.core
    if _NUMBERED.search(text[max(0, start - 8) : start]):
        return True
    if clause.word(core - 1) in _NAMED_NUMBER and text[start : start + 1].isdigit():
        return True
    following, before = text[end : end + 12].lower(), text[max(0, start - 2) : start]
    if following.startswith(("%", " percent", " per cent", "-year", " year", ":", "/", "°", "-month", "-day", "-hour",
                             " years", "-mm", " mm", "-point", "-km", "-mile", " p.m", " a.m")):  # fmt: skip
        return not following.startswith(": ")
    if following[:1] == "-" and following[1:2].isdigit():
        return True
    if (
        _RATIO.match(following)
        or (number.low == 1 and _ONE_IN.match(following))
        or _RATIO_BEFORE.search(text[max(0, start - 20) : start])
    ):
        return True
    if number.vague and clause.word(core - 1) in {"a", "an", "so", "too", "how", "that", "not"}:
        return True  # "a multiple shooting", "so many", "not many"
    # "a five-storey house", "480-kg warheads"; "a 100-strong crowd" is a count
    joined = _JOINED.match(following)
    if joined is not None and joined[1] not in {"strong", "odd", "plus"}:
        return True
    if before.endswith((":", "/", "#", ".")) and text[start : start + 1].isdigit():
        return before[0:1].isdigit() or before.endswith(("/", "#"))
    if clause.word(core - 1) in {"aged", "age", "ages"}:
        return True
    # "Anna Lind, 28; Karl Berg, 31."
    if clause.word(core - 1) == "," and clause.word(after) in {";", "."} and text[start : start + 1].isdigit():
        return core > 1 and clause.tokens[core - 2].pos_ == "PROPN" and _is_age(number)
    # ", 45," after a name
    return clause.word(core - 1) == "," and clause.word(after) == "," and number.low == number.high and _is_age(number)


def _is_age(number: Number) -> bool:
    return number.low is not None and 0 < number.low < 110 and number.qualifier == "exactly" and not number.vague


def _is_date(number: Number, clause: Clause, core: int, after: int) -> bool:
    text, (start, end) = clause.text, number.core
    if not text[start : start + 1].isdigit():
        return False
    digits = text[start:end]
    month_before = _MONTH_BEFORE.search(text[max(0, start - 12) : start])
    if len(digits) <= 2 and (_MONTH_NEXT.match(text[end : end + 12].lstrip()) or month_before):
        follower = clause.word(after)
        return not (follower == "may" and clause.word(core - 1) not in {"on", "of", "the"})
    year = len(digits) == 4 and digits.isdigit() and 1800 <= int(digits) <= 2100
    return year and (clause.word(core - 1) in _YEAR_LEADS or month_before is not None)


def _shared(found: list[Counted], clause: Clause) -> list[Counted]:
    """The same, with units shared along "two women and three children were killed"."""
    out = list(found)
    for i in range(1, len(out)):
        before = out[i - 1]
        has_verb = clause.word(out[i].end) in _PREDICATE
        if _open(out[i]) and not has_verb and _passes(before, "before") and _joined(before, out[i], clause):
            out[i] = replace(out[i], unit=before.unit, evidence=before.evidence)
    for i in range(len(out) - 2, -1, -1):
        after = out[i + 1]
        if _open(out[i]) and _passes(after, "after") and _joined(out[i], after, clause):
            out[i] = replace(out[i], unit=after.unit, evidence=after.evidence)
    return out


def _open(item: Counted) -> bool:
    """Whether a figure may take a neighbour's unit: it counts people and nothing else says what befell them."""
    return item.unit is None and item.base in {PERSON, "troops"}


def _passes(item: Counted, evidence: str) -> bool:
    if item.unit is None:
        return False
    return item.evidence == evidence or (item.evidence == "after" and evidence == "before")


def _joined(left: Counted, right: Counted, clause: Clause) -> bool:
    """Whether two counted phrases are members of one list: nothing but joints and a person or two in between."""
    between = clause.lower[left.end : right.first]
    if clause.word(right.end - 1) in {"whom", "them"} or clause.word(right.end) in {"whom", "them"}:
        return False
    if len(between) > 7 or right.first < left.end or not between:
        return False
    if not any(w in {",", "and", "or", "including", "plus"} for w in between):
        return False
    unknown = [w for w in between if w not in _JOINTS and not w.isspace()]
    if len(unknown) > 3 or any(w in {".", ";", ":", "was", "were", "who", "has", "had"} for w in unknown):
        return False
    return not unknown or between[-1] in {"and", ",", "including"}


def _unit(item: Counted, clause: Clause) -> Unit | None:
    """The unit under which a figure is given, or None if the number counts nothing that is recorded."""
    zero = item.number.high == 0
    if item.unit is not None:
        return None if zero and item.evidence == "before" and item.head is None else item.unit
    if item.base is None or zero or (item.number.low is None and item.number.high is None):
        return None  # also "many voters", of whom nothing is told that is counted
    before = {clause.word(item.first - 1), clause.word(item.first - 2)}
    # "the two leaders", "one man": a reference to people already known is no count of them
    if before & {"the", "these", "those", "its", "their", "his", "her", "our"} or item.number.low == 1:
        return None
    return "troops" if item.base == "troops" else "people"


def _mentions(entities: tuple[Entity, ...]) -> list[tuple[Span, str]]:
    return sorted((span, entity.id) for entity in entities for span in entity.mentions)


def _entity_in(span: Span, mentions: list[tuple[Span, str]]) -> str | None:
    """The entity whose mention covers the span's last word, the widest first; None if there is none."""
    i = bisect_left(mentions, ((span[0], -1), ""))
    best: tuple[int, str] | None = None
    for (start, end), entity in mentions[i:]:
        if start >= span[1]:
            break
        if end == span[1] and (best is None or end - start > best[0]):
            best = (end - start, entity)
    return best[1] if best else None


def _figure(
    item: Counted,
    unit: Unit,
    whole: str | None,
    name: str,
    parsed: Parsed,
    clause: Clause,
    linked: Links,
    lengths: frozenset[str],
    rates: frozenset[str],
    mentions: list[tuple[Span, str]],
    voices: Voices,
) -> Figure:
    number = item.number
    anchor = _anchor(item, clause)
    spoken = voices.of(number.span)
    of = Participant((), "", None)
    if item.phrase is not None:
        of = Participant((item.phrase,), parsed.text[slice(*item.phrase)], _entity_in(item.phrase, mentions))
    when = None if clause.capitals else linked.time(anchor)
    lasting = when in lengths
    if when in rates:
        when = None  # "$20 an hour", "three raids a week"
    return Figure(
        id=name,
        span=number.span,
        text=parsed.text[slice(*number.span)],
        low=number.low,
        high=number.high,
        qualifier=number.qualifier,
        unit=unit,
        of=of,
        scope=scope(item, unit, clause),
        part_of=whole,
        place=None if clause.capitals else linked.place(anchor),
        time=None if lasting else when,
        period=when if lasting else None,
        claimant=claimant(number.span, voices.attribution(spoken), clause, mentions),
        voice=spoken,
    )


def _anchor(item: Counted, clause: Clause) -> Token:
    """The token whose clause the figure stands in: what it counts, or the number."""
    index = item.head if item.head is not None else max(item.first, item.end - 1)
    return clause.tokens[min(index, len(clause.tokens) - 1)]
