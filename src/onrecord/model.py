"""The types of an annotated report, and the closed lists: the one place that says what onrecord can say.

All types are frozen and complete at birth. Their fields, in their order, are the JSON of schema `onrecord/1`
(`onrecord-1.schema.json` in the package). Spans are `(start, end)`, half-open, in Unicode code points of the
report's text. Every value is anchored to its words by such a span, or refers by id to one that is.
"""

from __future__ import annotations

import hashlib
from typing import Literal, TypeAlias, get_args

import msgspec

__all__ = [
    "ACTS",
    "ATTRIBUTION_KINDS",
    "ENTITY_TYPES",
    "EVENT_TYPES",
    "MANNERS",
    "MODALITIES",
    "PRECISIONS",
    "QUALIFIERS",
    "SCHEMA",
    "SCOPES",
    "SOURCE_KINDS",
    "TIME_TYPES",
    "UNITS",
    "Act",
    "Addressee",
    "Annotated",
    "Attribution",
    "AttributionKind",
    "Condition",
    "Content",
    "Credit",
    "Cue",
    "Entity",
    "EntityType",
    "Event",
    "EventType",
    "Figure",
    "Manner",
    "Medium",
    "Modality",
    "Participant",
    "Place",
    "Precision",
    "Qualifier",
    "Report",
    "Role",
    "Scope",
    "Source",
    "SourceKind",
    "Span",
    "StatementTime",
    "Time",
    "TimeType",
    "Unit",
    "Unread",
    "Via",
    "sha256",
]

#: The schema that every annotated report names.
SCHEMA: Literal["onrecord/1"] = "onrecord/1"

#: Start and end, half-open, in Unicode code points of the report's text.
Span: TypeAlias = tuple[int, int]
Spans: TypeAlias = tuple[Span, ...]

#: The closed lists, as types. What each value means is in `docs/coding-rules.md`.
AttributionKind = Literal["direct", "indirect", "mixed"]
Manner = Literal["said", "written", "believed", "intended", "perceived", "done"]
Act = Literal[
    "asserts", "denies", "confirms", "demands", "asks", "offers", "promises", "refuses", "threatens", "warns",
    "accuses", "praises", "agrees", "rejects", "announces", "declines-to-comment", "claims-responsibility", "other",
]  # fmt: skip
SourceKind = Literal[
    "person", "unnamed-person", "organisation", "group", "document", "outlet", "social-media", "none",
]  # fmt: skip
EntityType = Literal["person", "organisation", "government", "armed-force", "group", "place"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Modality = Literal["happened", "ongoing", "planned", "demanded", "threatened", "denied", "failed", "hypothetical"]
Unit = Literal[
    "killed", "wounded", "missing", "hostages", "captured", "detained", "released", "displaced", "evacuated",
    "refugees", "returned", "troops", "people", "housing-destroyed", "buildings", "vehicles", "weapons", "aid",
    "money", "attacks", "other",
]  # fmt: skip
Scope = Literal["incident", "cumulative", "unknown"]
Qualifier = Literal["exactly", "about", "at least", "more than", "up to", "fewer than"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
Precision = Literal["address", "settlement", "district", "region", "country", "area"]

#: The closed lists, as values, in the order of their types.
ATTRIBUTION_KINDS: tuple[str, ...] = get_args(AttributionKind)
MANNERS: tuple[str, ...] = get_args(Manner)
ACTS: tuple[str, ...] = get_args(Act)
SOURCE_KINDS: tuple[str, ...] = get_args(SourceKind)
ENTITY_TYPES: tuple[str, ...] = get_args(EntityType)
EVENT_TYPES: tuple[str, ...] = get_args(EventType)
MODALITIES: tuple[str, ...] = get_args(Modality)
UNITS: tuple[str, ...] = get_args(Unit)
SCOPES: tuple[str, ...] = get_args(Scope)
QUALIFIERS: tuple[str, ...] = get_args(Qualifier)
TIME_TYPES: tuple[str, ...] = get_args(TimeType)
PRECISIONS: tuple[str, ...] = get_args(Precision)


class Unread(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the report that was not annotated, and why."""

    span: Span
    why: str


class Credit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A dateline or credit line ("GENEVA (AP) -"): where the report was filed and by which agency.

    `agency` and `place` keep the words as written; either may be missing.
    """

    span: Span
    text: str
    agency: str | None
    place: str | None


class Report(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One version of one document by a publisher.

    Attributes:
        id: the id that came with the report, or one derived from its content.
        version: first 16 hex digits of the SHA-256 of text, title, publisher, published and url.
        text: what was published, to the character; all spans count its code points.
        sha256: hex SHA-256 of the text in UTF-8.
        published: ISO 8601 date, or date and time with zone if known; null when unknown, never guessed.
        language: ISO 639-1 code, or null when it cannot be told.
    """

    id: str
    version: str
    text: str
    sha256: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    language: str | None
    credit: Credit | None
    unread: tuple[Unread, ...]


class Role(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An office or function that the report gives an entity ("foreign minister", of "France")."""

    role: str
    of: str | None
    span: Span


class Entity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A person, body or place with all its mentions in the report.

    Attributes:
        name: the fullest name in the report.
        ids: identifiers elsewhere, such as `{"geonames": "..."}`; only where known.
        country: ISO 3166-1 alpha-3 code, or null.
        sector: PLOVER's sector code (GOV, MIL, REB, ...), or null.
    """

    id: str
    name: str
    type: EntityType
    mentions: tuple[Span, ...]
    roles: tuple[Role, ...]
    ids: dict[str, str]
    country: str | None
    sector: str | None


class Medium(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the statement was made public ("in a post on X", "in a letter")."""

    spans: tuple[Span, ...]
    text: str


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """To whom the content is attributed; no spans where no source is named. `terms` are words of anonymity."""

    spans: tuple[Span, ...]
    entity: str | None
    kind: SourceKind
    terms: tuple[Span, ...]


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words that make the attribution ("said", "according to")."""

    spans: tuple[Span, ...]


class Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is attributed; several spans when the quotation is split."""

    spans: tuple[Span, ...]


class Via(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An outer source, through whom the statement reached the report."""

    spans: tuple[Span, ...]
    entity: str | None
    text: str


class Addressee(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """To whom the statement was made."""

    spans: tuple[Span, ...]
    entity: str | None


class StatementTime(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When the statement was made, where the report says so; `value` is TIMEX3."""

    span: Span
    value: str | None


class Condition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A condition in the content: its marker ("unless"), all its words, and the words that it governs."""

    marker: Span
    span: Span
    governs: Span


class Attribution(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who says what, by which words.

    Attributes:
        negated: the cue is negated ("did not say that").
        within: id of the attribution in whose content this one stands.
        via: outer sources, outermost first.
        confidence: 0.0 to 1.0.
    """

    id: str
    kind: AttributionKind
    manner: Manner
    act: Act
    negated: bool
    medium: Medium | None
    source: Source
    cue: Cue
    content: Content
    within: str | None
    via: tuple[Via, ...]
    addressee: Addressee | None
    time: StatementTime | None
    conditions: tuple[Condition, ...]
    confidence: float


class Participant(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody or something that takes part: the words, and the entity if one is known."""

    spans: tuple[Span, ...]
    text: str
    entity: str | None


class Event(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who did what to whom, in PLOVER's terms (Open Event Data Alliance, PLOVER manual, 2021).

    `place` and `time` are ids of the report's places and times. `voice` is "narrator", "unsourced" or the id of
    the innermost attribution whose content holds the trigger.
    """

    id: str
    type: EventType
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    trigger: Span
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]
    place: str | None
    time: str | None
    modality: Modality
    voice: str
    confidence: float


class Figure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many, of what, by whose count.

    `low` and `high` bound the number that the words allow: "at least 40" is 40 and null. `of` is whom or what it
    counts, with no spans where the words do not say. `claimant` is the entity whose count it is; `voice` is as for
    events.
    """

    id: str
    span: Span
    text: str
    low: float | None
    high: float | None
    qualifier: Qualifier
    unit: Unit
    of: Participant
    scope: Scope
    part_of: str | None
    place: str | None
    time: str | None
    period: str | None
    claimant: str | None
    voice: str


class Time(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A time expression, as TIMEX3 (TimeML 1.2.1): `value` null where it cannot be resolved, `mod` such as APPROX."""

    id: str
    span: Span
    type: TimeType
    value: str | None
    mod: str | None


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place name with a representative point (degrees, WGS84).

    `precision` says what the point stands for, and so whether it may be drawn as one. `admin` lists the larger
    units it lies in, largest first. `entity` is the report's entity of that place.
    """

    id: str
    span: Span
    name: str
    lat: float | None
    lon: float | None
    geonames: int | None
    precision: Precision
    admin: tuple[str, ...]
    entity: str | None


class Annotated(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A report with everything that was read from it."""

    schema: Literal["onrecord/1"]
    report: Report
    entities: tuple[Entity, ...]
    attributions: tuple[Attribution, ...]
    events: tuple[Event, ...]
    figures: tuple[Figure, ...]
    times: tuple[Time, ...]
    places: tuple[Place, ...]


def sha256(text: str) -> str:
    """Hex SHA-256 of a text in UTF-8.

    Lone surrogates, which UTF-8 cannot hold, are hashed as the three bytes that they would have.
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
