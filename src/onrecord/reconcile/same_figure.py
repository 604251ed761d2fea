"""Which figures of different reports count the same thing of one event: links of the kind same-figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.model import Annotated
from onrecord.reconcile.claims import one_claimant
from onrecord.reconcile.linking import Linked, LinkKind, Trace
from onrecord.reconcile.profiles import Profile
from onrecord.reconcile.rarity import rarity
from onrecord.reconcile.reasons import in_common
from onrecord.reconcile.standings import THINGS
from onrecord.reconcile.stories import score
from onrecord.reconcile.tallies import Tally, tallies
from onrecord.reconcile.whereabouts import nearness
from onrecord.reconcile.whom import Whom

__all__ = ["SAME_FIGURE", "SameFigure", "comparable", "counted_alike", "linked", "overlap", "within_report"]

#: How likely two reports must be of one story: with neither place nor day the same; with one of them; with both.
STORY = (0.5, 0.3, 0.15)
#: Else, how much the sentences of both must share: in -ln(share of reports), and of what the shorter one holds.
WEIGHT, SHARE = (10.0, 9.0, 7.0), (0.55, 0.5, 0.35)
#: The likelihood that sentences stand for, and what a link is worth with neither place nor day, with one, with both.
BY_SENTENCE, SURE = 0.6, (0.6, 0.8, 1.0)
#: Most days between the publications of two counts of one event, where the words do not give its day.
APART = 5
#: Most days from an event to a report on it that does not give its day.
LATER = 14
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
    near, days = nearness(a.where, b.where), _days(a, b)
    if near == "apart" or days is None:
        return None
    sure = (near != "unknown" or _shares_place(a, b)) + (days or _speaks_of_day(a, b))
    if a.unit in THINGS and sure < len(SURE) - 1:
        return None
    likely = score(a.tie, b.tie)
    if likely < STORY[sure] and not _sentences_agree(a, b, sure):
        return None
    return Linked(round(max(likely, BY_SENTENCE) * SURE[sure], 3), _reason(a, b))


def _sentences_agree(a: Tally, b: Tally, sure: int) -> bool:
    """Whether the sentences of two figures have so much in common that short reports, too, tell of one event."""
    shared = sum(min(a.near[word], b.near[word]) for word in a.near.keys() & b.near.keys())
    least = min(sum(a.near.values()), sum(b.near.values()))
    return shared >= WEIGHT[sure] and shared >= SHARE[sure] * least


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
        and _days(a, b) is not None
    )


def counted_alike(a: Tally, b: Tally) -> bool:
    """Whether unit and whom agree; where one says less of whom, the numbers must be equal."""
    if a.unit != b.unit:
        return False
    one, other = a.whom, b.whom
    if one.head == other.head or (a.unit == "detained" and {one.head, other.head} <= {"", "suspect"}):
        return _sides_agree(one, other) and (one.head != "" or not {a.standing, b.standing} & {"part"})
    if one.head and other.head:
        return False
    return (a.low, a.high) == (b.low, b.high) and {a.standing, b.standing} == {"whole"}


def overlap(a: Tally, b: Tally) -> bool:
    """Whether one number can hold for both."""
    low = max(a.low if a.low is not None else 0, b.low if b.low is not None else 0)
    highs = [high for high in (a.high, b.high) if high is not None]
    return not highs or low <= min(highs)


def _sides_agree(a: Whom, b: Whom) -> bool:
    return not a.sides or not b.sides or bool(set(a.sides) & set(b.sides))


def comparable(tally: Tally) -> bool:
    """Whether a figure is of one event and can be compared: as a whole, or as a part that says of whom."""
    if tally.period is not None:
        return False
    return tally.standing == "whole" or (tally.standing == "part" and tally.whom.head != "")


def _days(a: Tally, b: Tally) -> bool | None:
    """True if both give the day of the event and it is the same, None if it cannot be the same."""
    if a.happened is not None and b.happened is not None:
        return True if _meet(a.happened, b.happened) else None
    if a.tie.published is None or b.tie.published is None:
        return False
    if a.happened is not None or b.happened is not None:
        first, told = (a.happened, b.tie.published) if a.happened is not None else (b.happened, a.tie.published)
        assert first is not None  # noqa: S101 - one of the two gives the day
        return False if first[0] - 1 <= told <= first[1] + LATER else None
    return False if abs(a.tie.published - b.tie.published) <= APART else None


def _speaks_of_day(a: Tally, b: Tally) -> bool:
    """Whether one gives the day of the event, and the other's report speaks of that day."""
    return any(
        one.happened is not None
        and other.happened is None
        and any(one.happened[0] <= day <= one.happened[1] for day in other.tie.days)
        for one, other in ((a, b), (b, a))
    )


def _shares_place(a: Tally, b: Tally) -> bool:
    """Whether both reports name the place that the one gives, or another that is rarely named."""
    for one, other in ((a, b), (b, a)):
        named = other.tie.places.keys() | other.tie.names.keys() | other.near.keys()
        if one.where is not None and set(one.where.name) <= named:
            return True
    return any(rarity(word) >= RARE for word in a.tie.places.keys() & b.tie.places.keys())


def _meet(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Whether two stretches of days overlap, or are a day apart: the night of one is the morning of the next."""
    return a[0] - 1 <= b[1] and b[0] - 1 <= a[1]


def _keys(tally: Tally) -> tuple[str, ...]:
    """By what a figure is found: its unit with a name, a place or a rare word of its report, and a stretch of days."""
    day = tally.happened[0] if tally.happened is not None else tally.tie.published
    when = ("undated",) if day is None else tuple(str(day // STRETCH + more) for more in (0, 1))
    return tuple(f"{tally.unit} {what} {stretch}" for what in _found_by(tally) for stretch in when)


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
