"""How many: counts of people and things, each with its unit and whose count it is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace

from onrecord.annotators.clause import Clause, clause_words
from onrecord.annotators.counted import Counted, counted
from onrecord.annotators.ellipsis import completed
from onrecord.annotators.event_places import Links, links
from onrecord.annotators.figure_claimants import Claimants
from onrecord.annotators.figure_incidents import with_incident_links
from onrecord.annotators.figure_links import FigureLinks
from onrecord.annotators.figure_parts import with_wholes
from onrecord.annotators.figure_scope import scope, tells_of_counts
from onrecord.annotators.figure_sharing import with_shared_links, with_shared_people
from onrecord.annotators.no_counts import is_no_count
from onrecord.annotators.numbers import Number, numbers
from onrecord.annotators.parse import Parsed
from onrecord.annotators.pointers import only_points
from onrecord.annotators.rates import is_rate
from onrecord.annotators.running_quotes import RunningQuotes
from onrecord.annotators.units import PERSON, is_destruction
from onrecord.annotators.voices import NARRATOR, Voices
from onrecord.annotators.word_sets import word_set
from onrecord.model import Attribution, Entity, Figure, Participant, Place, Span, Time, Unit

__all__ = ["figures"]

_TELLING = word_set("say tell add warn claim insist state confirm acknowledge argue note")
_SAID = word_set("said say says reported")
_MODAL = word_set("will would shall should must may might can could")
#: What befalls people: on one day it is one event.
_BEFALLING = word_set("killed wounded missing hostages captured")
_OTHER = word_set("than or after from to")
_ENDING = word_set(". , ; and in on at by with seriously during when while as")
_SOME = word_set("two three four five six seven eight nine ten eleven twelve several dozens many hundreds")
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
    items = completed([(c, _unit(c, words)) for c in shared], words)
    mentions = _mentions(entities)
    where = FigureLinks(words, linked, places, times)
    claimants = Claimants(words, entities, mentions, attributions)
    voices = Voices(parsed, tuple(a for a in attributions if tells_of_counts(a, parsed.text)))
    running = RunningQuotes(parsed.text, attributions)
    made: list[Figure] = []
    for item, unit, whole in with_wholes(items, words):
        larger = None if whole is None else made[whole].id
        made.append(
            _figure(item, unit, larger, f"f{len(made) + 1}", words, where, mentions, claimants, voices, running)
        )
    sharing = with_shared_links(with_shared_people(made, words), words)
    return with_incident_links(sharing, words, linked, places, times)


def _counted(number: Number, clause: Clause, linked: Links) -> Counted | None:
    """The number with what it counts, or None if it is a date, an age, a measure or part of a name."""
    first = max(0, bisect_right(clause.starts, number.span[0]) - 1)
    core = max(0, bisect_right(clause.starts, number.core[0]) - 1)
    after = bisect_left(clause.starts, number.span[1])
    if after == 0 or is_no_count(number, clause, core, after) or is_rate(number, clause):
        return None
    if any(t.span[0] <= number.core[0] and number.core[1] <= t.span[1] for t in linked.times_over(*number.core)):
        return None
    if _is_left_out(clause, first):
        return None
    alone = number.article and _alone(clause, first, after)
    if number.article and not alone and not _one_person(clause, after):
        return None
    if number.low == 1 and clause.word(after) == "of" and _is_whole(clause, after + 1):
        return None  # "he was one of three wounded", "one of the nine who died"
    if number.low == 1 and "another" in clause.lower[after + 1 : after + 4] and clause.word(after + 1) in _OTHER:
        return None  # "one school than another", "one way or another"
    item = counted(number, clause, first, after)
    if clause.word(item.end) in {"away", "apart"} and item.unit != "detained":
        return None  # "two houses away"
    person = item.base in {PERSON, "troops"} and item.evidence != "own" and not _is_aside(item, clause)
    person = person and item.unit not in {"displaced", "evacuated", "people"}  # "an inmate escaped"
    if number.article and not person and not (alone and item.unit in {"killed", "wounded", "missing", "detained"}):
        return None
    said = _is_mild(item, clause) or _only_tells(item, clause) or _never_was(item, clause)
    return None if said or only_points(item, clause) else item


def _is_whole(clause: Clause, i: int) -> bool:
    """Whether a number of some stands at an index, or after "the" and the like."""
    i += clause.word(i) in {"the", "these", "those", "at", "only", "his", "her", "their"}
    i += clause.word(i) == "least"
    return clause.word(i)[:1].isdigit() or clause.word(i) in _SOME


def _is_left_out(clause: Clause, first: int) -> bool:
    """Whether a number says of how many the words do not hold: "all but 12 of them were freed"."""
    i = first - 1 - (clause.word(first - 1) == "for")
    return clause.word(i) in {"but", "except", "bar", "save"} and clause.word(i - 1) == "all"


def _is_aside(item: Counted, clause: Clause) -> bool:
    """Whether "a man" only says who one person named before is: "Musa Ali, a farmer"."""
    token = clause.tokens[item.head] if item.head is not None else None
    return token is not None and not clause.capitals and token.dep_ == "appos" and token.head.tag_ in {"NN", "NNP"}


def _only_tells(item: Counted, clause: Clause) -> bool:
    """Whether those counted are only the source of what is told: "two diplomats said"."""
    if item.head is None or clause.capitals or item.base not in {PERSON, "troops"}:
        return False
    token = clause.tokens[item.head]
    if token.dep_ == "conj" and clause.word(item.end) in _SAID:
        return True  # "killed three herders, witnesses and a priest said"
    beside = item.evidence == "before" or clause.index(token.head) == item.end
    if item.unit is not None and (item.evidence == "own" or not beside):
        return False  # "two wounded soldiers said", "two men wounded in the raid said"
    return token.dep_ == "nsubj" and token.head.lemma_.lower() in _TELLING


def _never_was(item: Counted, clause: Clause) -> bool:
    """Whether none of some things is no outcome: "no aircraft would fly over the border", "he had no weapon"."""
    if item.number.high == 0 and clause.word(item.end) in {"will", "would"}:
        return True  # "no arrests will be made"
    if item.number.high != 0 or item.unit not in {"vehicles", "weapons", "troops", "buildings", "money", "aid"}:
        return False
    after = [clause.word(i) for i in range(item.end, item.end + 4)]
    return bool(set(after[:2]) & _MODAL) or not any(map(is_destruction, after))


def _is_mild(item: Counted, clause: Clause) -> bool:
    """Whether none had wounds of some kind only: "none suffered life-threatening injuries"."""
    near = clause.lower[item.first : item.end + 8]
    return item.number.high == 0 and ("threatening" in near or "life-threatening" in near or "serious" in near)


def _alone(clause: Clause, first: int, after: int) -> bool:
    """Whether "another" stands without a noun: "one was killed and another wounded", "and injuring another"."""
    if clause.word(after - 1) != "another":
        return False
    next_word = clause.word(after)
    befell = clause.units.state(next_word) or clause.units.act(next_word) or next_word in {"was", "is"}
    ends = after >= len(clause.lower) or clause.word(after) in _ENDING
    return bool(befell) or (ends and clause.units.act(clause.word(first - 1)) is not None)


def _one_person(clause: Clause, after: int) -> bool:
    """Whether a noun of one person stands within the next eight words."""
    for i in range(after, min(after + 8, len(clause.lower))):
        word = clause.lower[i]
        if word in {"old", "year-old"} and clause.word(i - 1) in {"-", "year-"}:
            return True
        if clause.units.noun(word) in {PERSON, "troops"}:
            return not word.endswith(("s", "men", "people", "children", "personnel", "women", "troop"))
        if word in {"of", "in", "for", "to", ",", "."}:
            return False
    return False


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
        if _open(out[i]) and (_passes(after, "after") or _left_so(after, clause)) and _joined(out[i], after, clause):
            out[i] = replace(out[i], unit=after.unit, evidence=after.evidence)
    return out


def _open(item: Counted) -> bool:
    """Whether a figure may take a neighbour's unit: it counts people and nothing else says what befell them."""
    return item.unit is None and item.base in {PERSON, "troops"}


def _passes(item: Counted, evidence: str) -> bool:
    if item.unit is None:
        return False
    return item.evidence == evidence or (item.evidence == "after" and evidence == "before")


def _left_so(item: Counted, clause: Clause) -> bool:
    """Whether a state behind the last of a list is that of them all: "left two adults and four children dead"."""
    return (
        item.evidence == "own"
        and item.head is not None
        and clause.units.state(clause.word(item.end)) == item.unit is not None
    )


def _joined(left: Counted, right: Counted, clause: Clause) -> bool:
    """Whether two counted phrases are members of one list: nothing but joints and a person or two in between."""
    between = clause.lower[left.end : right.first]
    if clause.word(right.end - 1) in {"whom", "them"} or clause.word(right.end) in {"whom", "them"}:
        return False
    if len(between) > 7 or right.first < left.end or not between:
        return False
    if not any(w in {",", "and", "or", "including", "plus"} for w in between) or any(map(clause.units.act, between)):
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
    if before & {"the", "these", "those", "its", "their", "his", "her", "our", "all"} or item.number.low == 1:
        return None
    if item.base == "troops" and clause.word(item.end - 2) in {"suspected", "alleged", "accused"}:
        return "people"  # "three suspected gunmen"
    return "troops" if item.base == "troops" else "people" if item.base == PERSON else None


def _mentions(entities: tuple[Entity, ...]) -> list[tuple[Span, str]]:
    return sorted((span, entity.id) for entity in entities for span in entity.mentions)


def _entity_in(span: Span, mentions: list[tuple[Span, str]]) -> str | None:
    """The entity whose mention covers the span's last word, the widest first; None if there is none."""
    first, last = (bisect_left(mentions, ((at, -1), "")) for at in span)
    best: tuple[int, str] | None = None
    for (start, end), entity in mentions[first:last]:
        if end == span[1] and (best is None or end - start > best[0]):
            best = (end - start, entity)
    return best[1] if best else None


def _figure(
    item: Counted,
    unit: Unit,
    whole: str | None,
    name: str,
    clause: Clause,
    where: FigureLinks,
    mentions: list[tuple[Span, str]],
    claimants: Claimants,
    voices: Voices,
    running: RunningQuotes,
) -> Figure:
    number = item.number
    spoken = voices.of(number.span)
    if spoken == NARRATOR and (going_on := running.at(number.span)) is not None:
        spoken = going_on.id
    of = Participant((), "", None)
    if item.phrase is not None:
        of = Participant((item.phrase,), clause.text[slice(*item.phrase)], _entity_in(item.phrase, mentions))
    over = scope(item, unit, clause)
    time, period = where.times(item, unit, over)
    if over == "unknown" and unit in _BEFALLING and time is not None and where.is_day(time):
        over = "incident"
    return Figure(
        id=name,
        span=number.span,
        text=clause.text[slice(*number.span)],
        low=number.low,
        high=number.high,
        qualifier=number.qualifier,
        unit=unit,
        of=of,
        scope=over,
        part_of=whole,
        place=where.place(item, unit),
        time=time,
        period=period,
        claimant=claimants.of(number.span, voices.attribution(spoken)),
        voice=spoken,
    )
