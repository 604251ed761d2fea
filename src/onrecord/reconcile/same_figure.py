"""Which figures of different reports count the same thing of one event: links of the kind same-figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from onrecord.model import Annotated
from onrecord.reconcile.claims import one_claimant
from onrecord.reconcile.counted_as import Fate
from onrecord.reconcile.days import stretches
from onrecord.reconcile.figure_evidence import dated, same_day, same_place, sentences_agree, share_people
from onrecord.reconcile.linking import Linked, LinkKind, Trace
from onrecord.reconcile.profiles import Profile
from onrecord.reconcile.rarity import rarity
from onrecord.reconcile.reasons import in_common
from onrecord.reconcile.standings import THINGS
from onrecord.reconcile.stories import score
from onrecord.reconcile.tallies import Tally, tallies
from onrecord.reconcile.whereabouts import nearness
from onrecord.reconcile.whom import Whom

__all__ = ["SAME_FIGURE", "SameFigure", "comparable", "counted_alike", "linked", "overlap", "repeated", "within_report"]

#: How likely two reports must be of one story: with neither place nor day the same; with one of them; with both.
STORY = (0.5, 0.35, 0.15)
#: How likely where a report has neither a date nor the day of its event.
UNDATED = 0.95
#: How likely where the numbers cannot both hold, and place or day is not known to be the same.
UNEQUAL = 0.8
#: The likelihood that sentences stand for, and what a link is worth with neither place nor day, with one, with both.
BY_SENTENCE, SURE = 0.6, (0.6, 0.8, 1.0)
#: A number that its words count as something else than its unit: it is taken for another.
MISREAD: Mapping[str, tuple[Fate, ...]] = MappingProxyType(
    {"killed": ("hit", "hurt", "hospital"), "wounded": ("killed",)}
)
#: Of the wounded, how many times the other number.
FAR = 5
#: Most days of one event; what took longer is a total.
LONGEST = 14
#: Those whom one calls by one word and another by another: "rebels", "militants".
FIGHTERS = ("civilian", "police", "rebel", "soldier")
#: Days that share a key: each report holds its own stretch and the next.
STRETCH = 10
#: How rare a word must be to find reports by, in -ln(share of reports).
RARE = 4.4


class SameFigure:
    """The linker of figures that count the same thing of one event; totals over a time are told by `series` itself."""

    kind: LinkKind = "same-figure"
    kept: type[Tally] = Tally

    def traces(self, annotated: Annotated) -> Iterable[Trace[Tally]]:
        """What is kept of the figures of one report; those that are not compared are found by no key."""
        for tally in tallies(annotated):
            yield Trace(tally.report, tally.entry, _keys(tally) if comparable(tally) else (), tally)

    def linked(self, a: Tally, b: Tally) -> Linked | None:
        """Whether two figures of two reports count the same thing."""
        return linked(a, b)


SAME_FIGURE = SameFigure()


def linked(a: Tally, b: Tally) -> Linked | None:
    """Whether two figures of two reports count the same thing of one event, with the reason; the same both ways.

    They do if unit and whom they count agree, their places and days can be the same, and their reports are likely
    enough of one story: the likelier, the less is said of place and day. Their numbers do not matter, but where only
    one says of whom ("three officers", "three people") they must be equal: else the one may be a part of the other.
    """
    if not (comparable(a) and comparable(b)) or not counted_alike(a, b):
        return None
    place, day = same_place(a, b), same_day(a, b)
    if place is None or day is None:
        return None
    sure = place + day
    if sure < len(SURE) - 1 and (a.unit in THINGS or (a.unit == "detained" and not overlap(a, b))):
        return None
    likely = score(a.tie, b.tie)
    if not (_one_story(a, b, likely, place=place, sure=sure) or sentences_agree(a, b, place=place, day=day)):
        return None
    if likely < UNEQUAL and not (overlap(a, b) or sentences_agree(a, b, place=place, day=day)):
        return None
    return Linked(round(max(likely, BY_SENTENCE) * SURE[sure], 3), _reason(a, b))


def _one_story(a: Tally, b: Tally, likely: float, *, place: bool, sure: int) -> bool:
    """Whether their reports are likely enough of one story; without a place in common they must name somebody alike.

    Reports of like events, in the words of one press office, are alike in all but names.
    """
    if not (dated(a) and dated(b)):
        return likely >= UNDATED and share_people(a, b)
    return likely >= STORY[sure] and (place or share_people(a, b))


def within_report(a: Tally, b: Tally) -> bool:
    """Whether two figures of one report are counts of the same thing by two claimants."""
    return (
        bool(a.claim.words and b.claim.words)
        and not one_claimant(a.claim, b.claim)
        and comparable(a)
        and comparable(b)
        and counted_alike(a, b)
        and a.unit not in THINGS
        and nearness(a.where, b.where) != "apart"
        and same_day(a, b) is not None
    )


def repeated(a: Tally, b: Tally) -> bool:
    """Whether two figures of one report give the same number of the same thing: it says it again."""
    heads = {a.whom.head, b.whom.head}
    return (
        comparable(a)
        and comparable(b)
        and a.unit == b.unit
        and (a.low, a.high) == (b.low, b.high)
        and (len(heads) == 1 or "" in heads)
        and nearness(a.where, b.where) != "apart"
        and same_day(a, b) is not None
    )


def counted_alike(a: Tally, b: Tally) -> bool:
    """Whether unit and whom agree; where one says less of whom, the numbers must be equal.

    Where they are not equal, nothing may speak for the one being a part of the other (`_of_one_whole`).
    """
    if a.unit != b.unit:
        return False
    one, other = a.whom, b.whom
    equal = (a.low, a.high) == (b.low, b.high)
    if one.head == other.head or (a.unit == "detained" and {one.head, other.head} <= {"", "suspect"}):
        return _sides_agree(one, other) and (_can_be_equal(a, b) if equal else _of_one_whole(a, b))
    if one.head and other.head:
        return False
    return equal and {a.standing, b.standing} == {"whole"}


def _can_be_equal(a: Tally, b: Tally) -> bool:
    """Whether one number can be of both: if somebody died, all who were shot are more than those who were hurt."""
    if a.unit != "wounded":
        return True
    dead = any(toll.unit == "killed" and toll.low for tally in (a, b) for toll in tally.tie.tolls)
    return not any(
        all_.counted.fate == "hit"
        and not all_.whom.others
        and rest.counted.fate in ("hurt", "hospital")
        and (rest.whom.others or dead)
        for all_, rest in ((a, b), (b, a))
    )


def _of_one_whole(a: Tally, b: Tally) -> bool:
    """Whether two unequal numbers can be of one whole: both say alike of whom, and as what, they count.

    All who were hit are not those who were hurt, nor these those in hospital; "kids" may be some of the "juveniles".
    """
    one, other = a.whom, b.whom
    if not overlap(a, b) and 0 in (a.high, b.high):
        return False  # where nobody was hurt, it is another moment, or another event
    if (one.sort, one.sides) != (other.sort, other.sides) or (one.noun != other.noun and one.head not in FIGHTERS):
        return False
    if a.unit not in ("killed", "wounded"):
        return True
    if a.counted.several or b.counted.several or _days(a) != _days(b):
        return False
    if a.unit == "killed":
        return not (one.doers != other.doers or (a.counted.doer != b.counted.doer and not overlap(a, b)))
    if a.counted.fate != b.counted.fate or (a.counted.fate == "hit" and one.others != other.others):
        return False
    return overlap(a, b) or not (_differ_by_the_dead(a, b) or _far_apart(a, b))


def _differ_by_the_dead(a: Tally, b: Tally) -> bool:
    """Whether the larger number of the wounded is just that of all: with the dead that one of the reports counts."""
    if a.low is None or b.low is None:
        return False
    dead = {toll.low for t in (a, b) for toll in t.tie.tolls if toll.unit == "killed"}
    return abs(a.low - b.low) in dead


def _far_apart(a: Tally, b: Tally) -> bool:
    """Whether the one number is so much larger that the other can hardly be of those hurt in the same way."""
    stated = sorted(t.low if t.low is not None else t.high or 0 for t in (a, b))
    return stated[1] >= FAR * max(stated[0], 1)


def _days(tally: Tally) -> bool:
    """Whether what a number counts took more than a night."""
    return tally.happened is not None and tally.happened[1] - tally.happened[0] > 1


def overlap(a: Tally, b: Tally) -> bool:
    """Whether one number can hold for both."""
    low = max(a.low if a.low is not None else 0, b.low if b.low is not None else 0)
    highs = [high for high in (a.high, b.high) if high is not None]
    return not highs or low <= min(highs)


def _sides_agree(a: Whom, b: Whom) -> bool:
    return not a.sides or not b.sides or bool(set(a.sides) & set(b.sides))


def comparable(tally: Tally) -> bool:
    """Whether a figure is of one event and can be compared: as a whole, or as a part that says of whom."""
    if tally.happened is not None and tally.happened[1] - tally.happened[0] > LONGEST:
        return False
    if tally.period is not None or tally.counted.fate in MISREAD.get(tally.unit, ()):
        return False
    return tally.standing == "whole" or (tally.standing == "part" and tally.whom.head != "")


def _keys(tally: Tally) -> tuple[str, ...]:
    """By what a figure is found: its unit with a name, a place or a rare word of its report, and a stretch of days."""
    day = tally.happened[0] if tally.happened is not None else tally.tie.published
    return tuple(f"{tally.unit} {what} {when}" for what in _found_by(tally) for when in stretches(day, STRETCH))


def _found_by(tally: Tally) -> Iterator[str]:
    told: Profile = tally.tie
    found = [] if tally.where is None else [" ".join(tally.where.name)]
    found += [point.name.lower() for point in told.points[:1]]
    found += list(told.people[:2])
    found += [word for word in list(tally.near)[:2] if rarity(word) >= RARE]
    rare = sorted({**told.terms, **told.names, **told.places}.items(), key=lambda item: (-item[1], item[0]))
    found += [word for word, _ in rare if rarity(word) >= RARE][:4]
    yield from sorted(set(found))


def _reason(a: Tally, b: Tally) -> str:
    of = next((t.of for t in (a, b) if t.of), "")
    place = next((t.place for t in (a, b) if t.place), None)
    parts = [f"both count {a.unit}" + (f" ({of})" if of else ""), f"{place}" if place else "", in_common(a.tie, b.tie)]
    return "; ".join(part for part in parts if part)
