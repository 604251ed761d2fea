"""What other reports tell that belongs to one entry: the same event, statement or count, each in its own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from onrecord.model import Annotated, Attribution, Event, Figure, Span
from onrecord.reconcile.linking import Link
from onrecord.record import finding
from onrecord.record import tables as t
from onrecord.record.correcting import Entry
from onrecord.record.store import Record
from onrecord.record.views import CURRENT
from onrecord.view.linked import decisions
from onrecord.view.near import near
from onrecord.wire import decode

__all__ = ["LinkedAccount", "LinkedAccounts", "linked_accounts"]

#: How many accounts are given, those that are linked most surely first.
MOST = 20
#: How many code points of its words are given at most.
LONGEST = 1_000
#: How many code points are shown before and after the words.
AROUND = 140


@dataclass(frozen=True, slots=True)
class LinkedAccount:
    """An entry of another report, linked with the one asked about.

    Attributes:
        who: who says it, for a statement; by whose account, for an event or figure; None where nobody is named.
        words: its words, with `before` and `after` what stands around them.
        score: how likely the two belong together; `because` why, or who linked them and why.
        by_hand: whether a person linked them.
    """

    report_id: str
    entry: str
    publisher: str | None
    published: str | None
    title: str | None
    who: str | None
    before: str
    words: str
    after: str
    score: float
    because: str
    by_hand: bool


@dataclass(frozen=True, slots=True)
class LinkedAccounts:
    """The accounts, surest first, and how many there are with those that are left out."""

    accounts: tuple[LinkedAccount, ...]
    known: int


def linked_accounts(record: Record, name: str, entry: str, rule: str, *, most: int = MOST) -> LinkedAccounts:
    """What a rule links with an event, statement or figure of a report's current reading.

    Args:
        rule: `EVENTS`, `STATEMENTS` or `FIGURES` of `onrecord.reconcile.linkers`, as the entry is.
        most: accounts given.

    Raises:
        RecordError: there is no such report.

    Example:
        >>> import tempfile, onrecord
        >>> from onrecord.reconciling import reconcile
        >>> from onrecord.reconcile.linkers import STATEMENTS
        >>> from onrecord.read.original import Original, Received
        >>> from onrecord.read.text import report
        >>> text = 'The siege "will end before the first snow falls", Governor Maro Tesh said on Tuesday.'
        >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/war.db") as record:
        ...     for one in ("a", "b"):
        ...         kept = Original(f"/{one}", "text/plain", "utf-8", text.encode(), ())
        ...         read = onrecord.annotate(text, id=one, models=False)
        ...         made = record.add(Received(report(text, id=one), kept), read)
        ...     linked = list(reconcile(record))
        ...     [(other.report_id, other.who) for other in linked_accounts(record, "a", "a1", STATEMENTS).accounts]
        [('b', 'Maro Tesh')]
    """
    with record.reading() as connection:
        asked = finding.report_id(connection, name), entry
    found = [link for link in near(record, rule, [asked], steps=1) if asked in (link.a, link.b)]
    surest = sorted(found, key=lambda link: (-link.score, link.a, link.b))[:most]
    others = [(link, link.b if link.a == asked else link.a) for link in surest]
    with record.reading() as connection:
        read = _readings(connection, sorted({report for _, (report, _) in others}))
        by_people = {pair for made in decisions(connection, rule) for pair in made.joined} if surest else set()
    made = [_account(read[other[0]], other, link, by_hand=frozenset((link.a, link.b)) in by_people)
            for link, other in others if other[0] in read]  # fmt: skip
    return LinkedAccounts(tuple(one for one in made if one is not None), len(found))


def _readings(connection: Connection, names: Sequence[str]) -> Mapping[str, Annotated]:
    query = (
        select(CURRENT.c.report_id, t.readings.c.annotated)
        .join_from(CURRENT, t.readings, t.readings.c.id == CURRENT.c.reading_id)
        .where(CURRENT.c.report_id.in_(names))
    )
    return {row.report_id: decode(row.annotated) for row in connection.execute(query)}


def _account(annotated: Annotated, named: Entry, link: Link, *, by_hand: bool) -> LinkedAccount | None:
    item = next((one for family in (annotated.events, annotated.attributions, annotated.figures) for one in family
                 if one.id == named[1]), None)  # fmt: skip
    if item is None:
        return None
    report = annotated.report
    start, stop = _span(item)
    stop = min(stop, start + LONGEST)
    line_start = report.text.rfind("\n", 0, start) + 1
    line_stop = report.text.find("\n", stop)
    line_end = len(report.text) if line_stop < 0 else line_stop
    low = max(line_start, start - AROUND)
    high = min(line_end, stop + AROUND)
    if low > line_start:
        low = max(report.text.find(" ", low, start) + 1, low)
    if high < line_end:
        high = max(report.text.rfind(" ", stop, high), stop)
    before, words, after = report.text[low:start], report.text[start:stop], report.text[stop:high]
    return LinkedAccount(
        report_id=named[0], entry=named[1], publisher=report.publisher, published=report.published,
        title=report.title, who=_who(annotated, item), before=("… " if low > line_start else "") + before, words=words,
        after=after + (" …" if high < line_end else ""), score=link.score, because=link.reason,
        by_hand=by_hand,
    )  # fmt: skip


def _span(item: Attribution | Event | Figure) -> Span:
    if isinstance(item, Event):
        return item.trigger
    if isinstance(item, Figure):
        return item.span
    return next(iter((*item.content.spans, *item.cue.spans, *item.source.spans)), (0, 0))


def _who(annotated: Annotated, item: Attribution | Event | Figure) -> str | None:
    names = {entity.id: entity.name for entity in annotated.entities}
    if isinstance(item, Figure) and item.claimant in names:
        return names[item.claimant]
    voice = item.id if isinstance(item, Attribution) else item.voice
    said = next((a for a in annotated.attributions if a.id == voice), None)
    if said is None:
        return None
    words = " ".join(annotated.report.text[slice(*span)] for span in said.source.spans)
    return names.get(said.source.entity or "") or words or None
