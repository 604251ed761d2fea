"""Annotated reports for the tests, made from sentences given part by part, so that every span is known by making."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field

from onrecord.model import (
    SCHEMA,
    Act,
    Annotated,
    Attribution,
    Content,
    Cue,
    Entity,
    EntityType,
    Event,
    EventType,
    Figure,
    Manner,
    Modality,
    Participant,
    Place,
    Precision,
    Report,
    Role,
    Source,
    Span,
    StatementTime,
    Time,
    Unit,
    Unread,
    sha256,
)
from onrecord.read.original import Original, Received


def report(
    text: str,
    *,
    given_id: str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
    unread: tuple[Unread, ...] = (),
) -> Report:
    """As `onrecord.read.text.report`, without its reading of language and credit."""
    content = json.dumps([text, title, publisher, published, None], ensure_ascii=True)
    version = hashlib.sha256(content.encode()).hexdigest()[:16]
    return Report(given_id or f"r-{version}", version, text, sha256(text), title, publisher, published, None, "en",
                  None, unread)  # fmt: skip


@dataclass
class Builder:
    """A report under construction: each call appends words to the text and annotates them."""

    text: str = ""
    entities: dict[str, Entity] = field(default_factory=dict)
    attributions: list[Attribution] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    def write(self, words: str) -> Span:
        start = len(self.text)
        self.text += words
        return start, len(self.text)

    def entity(
        self, name: str, *, kind: EntityType = "person", role: str | None = None, country: str | None = None
    ) -> Participant:
        if role:
            role_span = self.write(role)
            self.write(" ")
        span = self.write(name)
        known = self.entities.get(name)
        roles = (Role(role, None, role_span),) if role else ()
        made = Entity(
            known.id if known else f"e{len(self.entities) + 1}", name, kind,
            ((*known.mentions, span) if known else (span,)), ((*known.roles, *roles) if known else roles), {}, country,
            None,
        )  # fmt: skip
        self.entities[name] = made
        return Participant((span,), name, made.id)

    def time(self, words: str, value: str | None, mod: str | None = None) -> Time:
        made = Time(f"t{len(self.times) + 1}", self.write(words), "DATE", value, mod)
        self.times.append(made)
        return made

    def place(self, name: str, precision: Precision = "settlement") -> Place:
        made = Place(f"p{len(self.places) + 1}", self.write(name), name, 48.5, 2.25, 123, precision, ("Coast",), None)
        self.places.append(made)
        return made

    def says(
        self, speaker: Participant | None, cue: str, content: str, *, act: Act = "asserts", manner: Manner = "said",
        within: str | None = None, time: Time | None = None, content_span: Span | None = None,
    ) -> Attribution:  # fmt: skip
        self.write(" ")
        cue_span = self.write(cue)
        self.write(" ")
        span = content_span or self.write(content)
        made = Attribution(
            f"a{len(self.attributions) + 1}", "indirect", manner, act, False, None,
            Source(speaker.spans, speaker.entity, "person", ()) if speaker else Source((), None, "none", ()),
            Cue((cue_span,)), Content((span,)), within, (), None,
            StatementTime(time.span, time.value) if time else None, (), 0.75,
        )  # fmt: skip
        self.attributions.append(made)
        self.write(". ")
        return made

    def event(
        self, trigger: str, kind: EventType = "ASSAULT", *, actors: tuple[Participant, ...] = (),
        recipients: tuple[Participant, ...] = (), place: Place | None = None, time: Time | None = None,
        voice: str = "narrator", modality: Modality = "happened",
    ) -> Event:  # fmt: skip
        made = Event(
            f"v{len(self.events) + 1}", kind, None, (), None, self.write(trigger), actors, recipients,
            place.id if place else None, time.id if time else None, modality, voice, 0.5,
        )  # fmt: skip
        self.events.append(made)
        self.write(". ")
        return made

    def figure(
        self, words: str, low: float | None, high: float | None, *, unit: Unit = "killed", of: str = "",
        claimant: str | None = None, voice: str = "narrator", place: Place | None = None, time: Time | None = None,
    ) -> Figure:  # fmt: skip
        span = self.write(words)
        whom = Participant((), "", None)
        if of:
            self.write(" ")
            whom = Participant((self.write(of),), of, None)
        made = Figure(
            f"f{len(self.figures) + 1}", span, words, low, high, "exactly", unit, whom, "incident", None,
            place.id if place else None, time.id if time else None, None, claimant, voice,
        )  # fmt: skip
        self.figures.append(made)
        self.write(". ")
        return made

    def annotated(
        self, *, given_id: str | None = None, title: str | None = None, publisher: str | None = None,
        published: str | None = None, unread: tuple[Unread, ...] = (),
    ) -> Annotated:  # fmt: skip
        made = report(self.text, given_id=given_id, title=title, publisher=publisher, published=published,
                      unread=unread)  # fmt: skip
        return Annotated(SCHEMA, made, tuple(self.entities.values()), tuple(self.attributions), tuple(self.events),
                         tuple(self.figures), tuple(self.times), tuple(self.places))  # fmt: skip


def plain(text: str, **known: str | None) -> Annotated:
    """A report of which nothing was read."""
    return Annotated(SCHEMA, report(text, **known), (), (), (), (), (), ())  # type: ignore[arg-type]


def received(annotated: Annotated, address: str) -> Received:
    text = annotated.report.text
    data = text.encode("utf-8", "surrogatepass")
    return Received(annotated.report, Original(address, "text/plain", "utf-8", data, ((0, 0, len(text)),)))


def dispatch(n: int = 1, *, publisher: str = "Harbour Wire", published: str | None = "1974-08-15", sentences: int = 2
             ) -> Annotated:  # fmt: skip
    """A report with annotations of every kind; `n` makes it another one."""
    b = Builder()
    for m in range(sentences):
        minister = b.entity(f"Orla Venn{n}", role="Defence Minister")
        said = b.says(minister, "said", f"brigade {n}.{m} had left the ferry port", act="announces")
        b.write("The ")
        army = b.entity("Northern Army", kind="armed-force")
        b.write(" ")
        day = b.time("on Wednesday", "1974-08-14")
        b.write(" in ")
        town = b.place(f"Port Kesra{n % 7}")
        b.write(" ")
        b.event("shelled the quay", actors=(army,), place=town, time=day)
        b.figure(f"{n + m} were killed", n + m, n + m, of="dock workers", claimant=minister.entity, voice=said.id,
                 place=town)  # fmt: skip
    return b.annotated(title=f"Shelling at port {n}", publisher=publisher, published=published)
