"""Whether two accounts may be of one event: what speaks against it, and how much speaks for it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from onrecord.reconcile.event_traces import EventTrace, Party, Site, Tally
from onrecord.reconcile.kinship import vector
from onrecord.reconcile.mentions import kilometres

__all__ = ["FEATURES", "conflict", "evidence", "likeness", "same_party", "shared_parties"]

#: What `likeness` gives, in its order.
FEATURES = (
    "same_root",  # one root: "shelled", "shelling"
    "kin",  # likeness in meaning of two words with different roots, from `KIN` on
    "kind_apart",  # the types or the modes differ
    "sentence",  # cosine of the rare words of the two sentences
    "actors",  # an actor in common by name, half for a common noun
    "recipients",  # the same of recipients
    "crossed",  # the actor of one is the recipient of the other, by name
    "actors_apart",  # both name actors, and none is the same
    "recipients_apart",  # both say who or what is the recipient, and none is the same
    "town",  # one town or smaller place, said of both events
    "country",  # one country, said of both events
    "same_day",  # days are stated of both, and one day is meant
    "same_stretch",  # stretches of days are stated of both, and they overlap
    "tallies",  # counts of people in the two sentences that are the same
    "unreal",  # one of the two is denied, failed, or only demanded or threatened, and the other is not so
    "people",  # ln(1 + people that both reports name in full)
    "report_names",  # cosine of the names in the two reports
    "report_places",  # cosine of their places
    "report_terms",  # weight of the rare words that both have
    "report_towns",  # a town in common among the first of each
    "report_ages",  # an age in common
    "report_tolls",  # tolls in common
    "published_gap",  # ln(1 + days between the publications)
    "undated",  # one of the reports has no date
)

#: Two words with different roots are no more alike than others below this.
KIN = 0.4
#: Words with different roots count as half of one from here; sentences as alike from `ALIKE`.
KIN_TOO, ALIKE = 0.15, 0.3
#: Days that may lie between two days of one event, for reports of different time zones.
DAYS_APART = 1
#: A town, with what people count as at it.
KILOMETRES_APART = 60.0
#: Least lengths, so that two that hold little are not alike for that.
LEAST_NAMES, LEAST_PLACES, LEAST_WORDS = 10.0, 6.0, 9.0
#: Types whose events may be told as one another: an agreement signed is support, a seizure an assault.
_NEIGHBOURS = frozenset(
    frozenset(pair)
    for pair in (("ASSAULT", "COERCE"), ("AGREE", "SUPPORT"), ("AGREE", "CONCEDE"), ("CONCEDE", "RETREAT"),
                 ("CONSULT", "COOPERATE"), ("AGREE", "CONSULT"), ("COERCE", "SANCTION"), ("AID", "AGREE"))
)  # fmt: skip
#: Modes that say little of what was done beyond the type.
_VAGUE = frozenset({None, "firearms", "heavy-weapons", "explosives", "aerial", "drone", "massacre", "assassinate",
                    "visit", "host", "multilateral", "third-party", "demo", "troops", "weapons"})  # fmt: skip
_REAL = frozenset({"happened", "ongoing", "planned"})
#: Types by which somebody is hurt or held: a victim that is named tells one from another.
_VICTIMS = frozenset({"ASSAULT", "COERCE", "RETREAT", "SANCTION", "ACCUSE"})
#: Types by which people come together: whoever is named as actor may be named as recipient elsewhere.
_MEETINGS = frozenset({"CONSULT", "COOPERATE", "AGREE"})


def conflict(a: EventTrace, b: EventTrace) -> bool:
    """Whether what two accounts say of kind, day, place or named victims cannot be of one event."""
    return _kinds_apart(a, b) or _days_apart(a, b) or _sites_apart(a.site, b.site) or _victims_apart(a, b)


def _kinds_apart(a: EventTrace, b: EventTrace) -> bool:
    if a.type != b.type:
        return frozenset((a.type, b.type)) not in _NEIGHBOURS or a.root != b.root
    return a.mode != b.mode and not {a.mode, b.mode} <= _VAGUE and a.root != b.root and None not in (a.mode, b.mode)


def _days_apart(a: EventTrace, b: EventTrace) -> bool:
    if a.days is not None and b.days is not None:
        return a.days[0] - b.days[1] > DAYS_APART or b.days[0] - a.days[1] > DAYS_APART
    return _after(a, b) or _after(b, a)


def _after(a: EventTrace, b: EventTrace) -> bool:
    """Whether one happened, by its day, after the other was published as having happened."""
    if a.days is None or b.days is not None or b.told.published is None or b.modality not in ("happened", "ongoing"):
        return False
    return a.days[0] - b.told.published > DAYS_APART


def _sites_apart(a: Site | None, b: Site | None) -> bool:
    if a is None or b is None or a.name == b.name:
        return False
    if a.country is not None and b.country is not None and a.country != b.country:
        return True
    if not (a.fine and b.fine) or a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return False
    return kilometres(a.lat, a.lon, b.lat, b.lon) > KILOMETRES_APART


def _victims_apart(a: EventTrace, b: EventTrace) -> bool:
    """Whether both name whom it was done to, or who met, and none is the same."""
    if a.type in _MEETINGS:
        ours, theirs = _people((*a.actors, *a.recipients)), _people((*b.actors, *b.recipients))
    elif a.type in _VICTIMS:
        ours, theirs = _people(a.recipients), _people(b.recipients)
    else:
        return False
    return bool(ours and theirs) and not shared_parties(ours, theirs)


def _people(parties: Iterable[Party]) -> list[Party]:
    return [party for party in parties if party.named and party.person]


def same_party(a: Party, b: Party) -> bool:
    """Whether two may be one: a name that is the other's last words, a state's body of one country, one noun.

    Example:
        >>> same_party(Party(("julie", "bishop"), True, None, True), Party(("bishop",), True, None, True))
        True
    """
    if a.named and b.named:
        if a.country is not None and a.country == b.country:
            return True
        short, long = sorted((a.words, b.words), key=len)
        return long[len(long) - len(short) :] == short or (set(short) <= set(long) and len(short) > 1)
    return a.named == b.named and a.words == b.words


def shared_parties(ours: Iterable[Party], theirs: Iterable[Party]) -> list[tuple[Party, Party]]:
    """The pairs that may be one."""
    others = tuple(theirs)
    return [(a, b) for a in ours for b in others if same_party(a, b)]


def likeness(a: EventTrace, b: EventTrace) -> tuple[float, ...]:
    """The features of two accounts; the same whichever comes first."""
    return (*own_likeness(a, b), *report_likeness(a, b))


def own_likeness(a: EventTrace, b: EventTrace) -> tuple[float, ...]:
    """The first of the features: those of the two events themselves."""
    same = a.root == b.root
    kin = 0.0 if same else max(float(vector((a.head,)) @ vector((b.head,))) - KIN, 0.0)
    return (
        float(same), round(kin, 4), float(a.type != b.type or (a.mode != b.mode and None not in (a.mode, b.mode))),
        _cosine(a.words, b.words, LEAST_WORDS),
        *_parties(a, b), *_places(a.site, b.site), *_days(a, b),
        float(len(set(a.tallies) & set(b.tallies))), float((a.modality in _REAL) != (b.modality in _REAL)),
    )  # fmt: skip


def evidence(own: Sequence[float]) -> float:
    """How many things are the same of the two events themselves, not of their reports alone.

    The root of the word, an actor, a recipient (half for a common noun), the town, the day, a count of people, and the
    rest of the sentence (from a cosine of `ALIKE`; half from half of it); less one if their recipients differ. Two
    reports of one story tell much else too, so their likeness alone says nothing of their events.
    """
    known = dict(zip(FEATURES, own, strict=False))
    sentence = 1.0 if known["sentence"] >= ALIKE else 0.5 if known["sentence"] >= ALIKE / 2 else 0.0
    same = known["same_root"] or (0.5 if known["kin"] >= KIN_TOO else 0.0)
    said = ("actors", "recipients", "town", "same_day")
    told = same + sentence + min(known["tallies"], 1.0) + math.fsum(known[name] for name in said)
    return told - known["recipients_apart"]


def _parties(a: EventTrace, b: EventTrace) -> tuple[float, ...]:
    towns = {site.name for site in (a.site, b.site) if site is not None}
    by_a, by_b, to_a, to_b = (_without(those, towns) for those in (a.actors, b.actors, a.recipients, b.recipients))
    actors, recipients = _in_common(by_a, by_b), _in_common(to_a, to_b)
    crossed = max(_in_common(by_a, to_b), _in_common(to_a, by_b))
    named = any(p.named for p in by_a) and any(p.named for p in by_b)
    return (
        actors, recipients, float(crossed == 1.0), float(named and not actors and crossed < 1),
        float(bool(to_a and to_b) and not recipients and crossed < 1),
    )  # fmt: skip


def _without(parties: tuple[Party, ...], towns: set[str]) -> tuple[Party, ...]:
    """The parties without those that are a place: "shooting in Houston" is done to nobody named."""
    return tuple(p for p in parties if " ".join(p.words) not in towns) if parties and towns else parties


def _in_common(ours: tuple[Party, ...], theirs: tuple[Party, ...]) -> float:
    shared = shared_parties(ours, theirs)
    return 1.0 if any(one.named for one, _ in shared) else 0.5 if shared else 0.0


def _places(a: Site | None, b: Site | None) -> tuple[float, float]:
    if a is None or b is None:
        return 0.0, 0.0
    placed = a.fine and b.fine and None not in (a.lat, b.lat)
    town = placed or (a.name == b.name and a.name != a.country)
    return float(town), float(a.country is not None and a.country == b.country and not town)


def _days(a: EventTrace, b: EventTrace) -> tuple[float, float]:
    if a.days is None or b.days is None:
        return 0.0, 0.0
    exact = all(days[1] - days[0] <= 1 for days in (a.days, b.days))
    return float(exact and a.days == b.days), float(not (exact and a.days == b.days))


def report_likeness(a: EventTrace, b: EventTrace) -> tuple[float, ...]:
    """The last of the features: those of the two reports."""
    ours, theirs = a.told, b.told
    if ours.published is None or theirs.published is None:
        gap, undated = 0.0, 1.0
    else:
        gap, undated = math.log1p(abs(ours.published - theirs.published)), 0.0
    shared = ours.terms.keys() & theirs.terms.keys()
    towns = {name for name, _, _ in ours.towns} & {name for name, _, _ in theirs.towns}
    return (
        math.log1p(len(set(ours.people) & set(theirs.people))),
        _cosine(ours.names, theirs.names, LEAST_NAMES), _cosine(ours.places, theirs.places, LEAST_PLACES),
        round(math.fsum(min(ours.terms[w], theirs.terms[w]) for w in shared) / 10, 6), float(bool(towns)),
        float(bool(set(ours.ages) & set(theirs.ages))), float(_same_tolls(ours.tolls, theirs.tolls)), gap, undated,
    )  # fmt: skip


def _same_tolls(ours: tuple[Tally, ...], theirs: tuple[Tally, ...]) -> int:
    return len({tally.unit for tally in set(ours) & set(theirs)})


def _cosine(a: Mapping[str, float], b: Mapping[str, float], least: float) -> float:
    dot = math.fsum(a[word] * b[word] for word in a.keys() & b.keys())
    return round(dot / (max(math.hypot(*a.values()), least) * max(math.hypot(*b.values()), least)), 6)
