"""One report's account of an event, in words that can be laid beside another's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.model import Annotated, Event, Figure, Participant, Span
from onrecord.reconcile.days import Stretch, stretch
from onrecord.reconcile.sentences import sentences

__all__ = ["Account", "Toll", "accounts_of"]

_TOLLS = frozenset({"killed", "wounded", "missing", "hostages", "captured", "detained", "released"})


@dataclass(frozen=True, slots=True)
class Toll:
    """A count of people in the sentence of an event, as the report words it; `claimant` whose count it is, if named."""

    unit: str
    words: str
    low: float | None
    high: float | None
    claimant: str | None


@dataclass(frozen=True, slots=True)
class Account:
    """One place where one report tells an event.

    Attributes:
        id: the event's id in the report; `words` its trigger, `sentence` all the words around it.
        who, whom: actors and recipients by name where they have one, else in the report's words.
        place: the name of the place, with `within` the larger places it lies in.
        value: the stated time as TIMEX3; `stretch` the days that it may mean.
        voice: "narrator", "unsourced" or an attribution's id; `voice_name` its source.
    """

    report_id: str
    id: str
    version: str
    span: Span
    type: str
    mode: str | None
    modality: str
    words: str
    sentence: str
    who: tuple[str, ...]
    whom: tuple[str, ...]
    place: str | None
    within: tuple[str, ...]
    value: str | None
    time_words: str | None
    stretch: Stretch | None
    tolls: tuple[Toll, ...]
    voice: str
    voice_name: str | None
    publisher: str | None
    published: str | None

    @property
    def when(self) -> str:
        """The time in a few words: as stated, or "reported" and the date of the report, or "undated"."""
        if self.stretch is not None:
            return str(self.value)
        return f"reported {self.published[:10]}" if self.published else "undated"

    def lies_between(self, since: str | None, until: str | None) -> bool:
        """Whether it may lie between two days, months or years, by its stated time, else by its report's date."""
        if self.stretch is not None:
            first, last = self.stretch.first.isoformat(), self.stretch.last.isoformat()
        elif self.published is not None:
            first = last = self.published[:10]
        else:
            return since is None and until is None
        return (since is None or last[: len(since)] >= since) and (until is None or first[: len(until)] <= until)


def accounts_of(annotated: Annotated) -> Iterator[Account]:
    """The account of each event of a report.

    Example:
        >>> import onrecord
        >>> (one,) = accounts_of(onrecord.annotate("Rebels shelled Kharkiv on 3 May 2022.", models=False))
        >>> one.words, one.who, one.place, one.when
        ('shelled', ('Rebels',), 'Kharkiv', '2022-05-03')
    """
    report = annotated.report
    bounds = sentences(report.text)
    places = {place.id: place for place in annotated.places}
    times = {time.id: time for time in annotated.times}
    names = {entity.id: entity.name for entity in annotated.entities}
    for event in annotated.events:
        span = next((s for s in bounds if s[0] <= event.trigger[0] < s[1]), event.trigger)
        place, time = places.get(event.place or ""), times.get(event.time or "")
        counted = (f for f in annotated.figures if span[0] <= f.span[0] < span[1] and f.unit in _TOLLS)
        yield Account(
            report_id=report.id,
            id=event.id,
            version=report.version,
            span=event.trigger,
            type=event.type,
            mode=event.mode,
            modality=event.modality,
            words=report.text[slice(*event.trigger)],
            sentence=report.text[slice(*span)],
            who=_named(event.actors, names),
            whom=_named(event.recipients, names),
            place=place.name if place else None,
            within=place.admin if place else (),
            value=time.value if time else None,
            time_words=report.text[slice(*time.span)] if time else None,
            stretch=stretch(time.value) if time else None,
            tolls=tuple(_toll(figure, names) for figure in counted),
            voice=event.voice,
            voice_name=_speaker(event, annotated, names),
            publisher=report.publisher,
            published=report.published,
        )


def _named(parties: tuple[Participant, ...], names: dict[str, str]) -> tuple[str, ...]:
    """Each by its entity's name; by its words where the entity is known by a noun alone."""
    found = []
    for party in parties:
        name = names.get(party.entity or "", "")
        found.append(name if any(c.isupper() for c in name) else party.text)
    return tuple(dict.fromkeys(found))


def _toll(figure: Figure, names: dict[str, str]) -> Toll:
    return Toll(figure.unit, figure.text, figure.low, figure.high, names.get(figure.claimant or ""))


def _speaker(event: Event, annotated: Annotated, names: dict[str, str]) -> str | None:
    attribution = next((a for a in annotated.attributions if a.id == event.voice), None)
    if attribution is None:
        return None
    words = " ".join(annotated.report.text[slice(*span)] for span in attribution.source.spans)
    return names.get(attribution.source.entity or "") or words or None
