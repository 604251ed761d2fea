"""What several reports tell of one event, beside each other: where they agree, where they differ, what only one has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from onrecord.errors import InputError, RecordError
from onrecord.model import EVENT_TYPES, Annotated
from onrecord.reconcile.events import happenings as grouped
from onrecord.reconcile.linkers import EVENTS
from onrecord.reconcile.linking import Link
from onrecord.record import finding
from onrecord.record.names import tokens
from onrecord.record.search import published_between
from onrecord.record.store import Record
from onrecord.view.account import Account, accounts_of
from onrecord.view.aspects import Aspect, aspects
from onrecord.view.linked import links, readings
from onrecord.view.origins import origins

__all__ = ["Account", "Aspect", "Happening", "Happenings", "events", "happening", "happenings_in"]


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as the reports tell it.

    Attributes:
        name: its first account, as REPORT:ID.
        accounts: every place where a report tells it, in the order of publication.
        agree: aspects of which several reports say the same; `differ` those of which they do not; `alone` what only one
            report says. What a report does not say is no difference.
        links: why the accounts belong together.
        reports: how many reports tell it; `origins` how many of them are independent: a wire story and its copies are
            one.
    """

    name: str
    accounts: tuple[Account, ...]
    agree: tuple[Aspect, ...]
    differ: tuple[Aspect, ...]
    alone: tuple[Aspect, ...]
    links: tuple[Link, ...]
    reports: int
    origins: int


@dataclass(frozen=True, slots=True)
class Happenings:
    """Events as the reports tell them, those told by most independent origins first.

    Attributes:
        events: how many; `reports` in how many reports, of `origins` independent origins.
    """

    found: tuple[Happening, ...]
    events: int
    reports: int
    origins: int


def events(
    record: Record,
    *,
    event_type: str | None = None,
    place: str | None = None,
    who: str | None = None,
    since: str | None = None,
    until: str | None = None,
    several: bool = True,
) -> Happenings:
    """The events of a record, each with all its accounts; one account that fits is enough to choose an event.

    Args:
        event_type: one of the event types.
        place: words of the name of its place.
        who: words of the name of an actor or recipient.
        since, until: first and last day, month or year, by the stated time, else by the publication.
        several: only events that several reports tell.

    Raises:
        InputError: a date or an event type is not one.
    """
    if event_type is not None and event_type.upper() not in EVENT_TYPES:
        raise InputError(f"{event_type!r} is no event type", f"give one of {', '.join(EVENT_TYPES)}")
    published_between(since, until)
    wanted = event_type.upper() if event_type else None

    def fits(account: Account) -> bool:
        return (
            (wanted is None or account.type == wanted)
            and _holds(place, (account.place,))
            and _holds(who, (*account.who, *account.whom))
            and account.lies_between(since, until)
        )

    made = [one for one in _happenings(record) if any(map(fits, one.accounts)) and (one.reports > 1 or not several)]
    home = _origins(record)
    reports = {account.report_id for one in made for account in one.accounts}
    found = sorted(made, key=lambda one: (-one.origins, -one.reports, _time(one), one.name))
    return Happenings(tuple(found), len(found), len(reports), len({home.get(name, name) for name in reports}))


def happening(record: Record, name: str) -> Happening:
    """The event that one account, REPORT:ID, tells, with all accounts of it.

    Raises:
        RecordError: there is no such report, or it has no such event.
    """
    report, _, event = name.rpartition(":")
    with record.reading() as connection:
        known = finding.report_id(connection, report) if report else ""
    for one in _happenings(record):
        if any((account.report_id, account.id) == (known, event) for account in one.accounts):
            return one
    raise RecordError("there is no such event", "give REPORT:ID as `onrecord events` lists them", subject=name)


def _happenings(record: Record) -> list[Happening]:
    """All of them, those of one account too, in no order."""
    made = links(record, EVENTS)
    home = _origins(record)
    with record.reading() as connection:
        return happenings_in(readings(connection), made, home)


def happenings_in(read: Iterable[Annotated], made: Sequence[Link], home: Mapping[str, str]) -> list[Happening]:
    """The events of some reports, those of one account too, in no order.

    Args:
        made: the links between events; those of other reports are left aside.
        home: of which origin each report is; one that is not named is an origin of its own.
    """
    accounts = {(a.report_id, a.id): a for one in read for a in accounts_of(one)}
    made = [link for link in made if link.a in accounts and link.b in accounts]
    groups = _merged([[accounts[n] for n in group] for group in grouped(made)])
    joined = {name for group in groups for name in group}
    alone = [(name,) for name in accounts if name not in joined]
    within: dict[tuple[str, str], list[Link]] = {}
    of = {name: group[0] for group in groups for name in group}
    for link in made:
        if (first := of.get(link.a)) is not None and first == of.get(link.b):
            within.setdefault(first, []).append(link)
    return [
        _happening([accounts[name] for name in group], within.get(group[0], ()), home) for group in (*groups, *alone)
    ]


def _merged(groups: Sequence[Sequence[Account]]) -> list[tuple[tuple[str, str], ...]]:
    """Groups put together where two reports or more tell both in one sentence: "exploded, killing" is one event."""
    told: dict[int, set[tuple[str, str, str]]] = {
        n: {(a.report_id, a.type, a.sentence) for a in group} for n, group in enumerate(groups)
    }
    home = {n: n for n in told}
    holders: dict[tuple[str, str, str], list[int]] = {}
    for n, places in told.items():
        for place in places:
            holders.setdefault(place, []).append(n)
    beside = {(a, b) for numbers in holders.values() for a, b in combinations(sorted(numbers), 2)}
    for a, b in sorted(beside):
        if len({report for report, _, _ in told[a] & told[b]}) > 1:
            first, last = sorted((home[a], home[b]))
            home = {n: first if of == last else of for n, of in home.items()}
    made: dict[int, list[tuple[str, str]]] = {}
    for n, group in enumerate(groups):
        made.setdefault(home[n], []).extend((a.report_id, a.id) for a in group)
    return [tuple(sorted(names)) for names in made.values()]


def _happening(accounts: Sequence[Account], links: Iterable[Link], home: Mapping[str, str]) -> Happening:
    ordered = tuple(sorted(accounts, key=lambda a: (a.published or "9999", a.report_id, a.span)))
    agree, differ, alone = aspects(ordered)
    reports = {account.report_id for account in ordered}
    return Happening(
        name=f"{ordered[0].report_id}:{ordered[0].id}",
        accounts=ordered,
        agree=agree,
        differ=differ,
        alone=alone,
        links=tuple(links),
        reports=len(reports),
        origins=len({home.get(name, name) for name in reports}),
    )


def _origins(record: Record) -> dict[str, str]:
    """Of which origin each report is: the first report of that origin stands for it."""
    return {report: sorted(one.reports)[0] for one in origins(record).origins for report in one.reports}


def _holds(wanted: str | None, names: Iterable[str | None]) -> bool:
    return wanted is None or any(set(tokens(wanted)) <= set(tokens(name or "")) for name in names)


def _time(one: Happening) -> str:
    return min((account.when for account in one.accounts if account.stretch), default="9999")
