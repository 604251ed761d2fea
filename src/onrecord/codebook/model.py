"""What a codebook holds: frozen values, complete at birth, that add to the package's tables and take nothing away.

The fields are the keys of the project file; `files` reads and checks it.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Annotated as Bounded
from typing import Literal

import msgspec

from onrecord.model import Act, EntityType, EventType, Manner, Precision, Unit

__all__ = [
    "NONE",
    "OWN_ID",
    "Actor",
    "Codebook",
    "Cue",
    "EventWords",
    "Frame",
    "Outlet",
    "OwnPlace",
    "OwnRole",
    "Part",
    "UnitWords",
]  # fmt: skip

#: Parts of speech of a cue.
Part = Literal["verb", "adj", "noun"]
#: What may be a cue's content; said at the head of `annotators/cues.tsv`, in which each of them stands.
Frame = Literal[
    "about", "against", "as", "at", "by", "for", "from", "in", "ing", "obj", "obj+a", "obj+about",
    "obj+against", "obj+as", "obj+at", "obj+by", "obj+for", "obj+from", "obj+ing", "obj+of", "obj+on",
    "obj+oprd", "obj+over", "obj+that", "obj+to", "obj+with", "of", "on", "over", "pass", "q", "raise",
    "small", "that", "to", "with",
]  # fmt: skip
Words = Bounded[tuple[str, ...], msgspec.Meta(min_length=1)]


class _Entry(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True, cache_hash=True
):
    """One entry of a table of the project file; what is made of many is kept by their hash, so that it is kept too."""


class Cue(_Entry, frozen=True):
    """Words that attribute, by lemma; of two words the second is a particle ("blurt out").

    Attributes:
        part: the part of speech.
        frames: what may be their content.
    """

    words: Words
    manner: Manner
    act: Act
    part: Part = "verb"
    frames: Bounded[tuple[Frame, ...], msgspec.Meta(min_length=1)] = ("q", "that")


class EventWords(_Entry, frozen=True):
    """Words by which an event is found, by lemma.

    Attributes:
        mode: PLOVER's or one of the team's own.
        cameo: CAMEO's code.
        verbs: a verb, or a verb and its particle or preposition ("call for").
        nouns: one word each.
        beside: only with one of these words: what a verb governs, or what stands beside a noun.
        never: a verb only without these.
    """

    type: EventType
    mode: str | None = None
    cameo: str | None = None
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


class UnitWords(_Entry, frozen=True):
    """Words by which a number gets its unit: all their forms, in small letters.

    Attributes:
        nouns: what is counted ("manpads").
        verbs: whose object is counted ("neutralised").
        subjects: verbs whose subject is counted ("fled").
        happenings: nouns with "of" before whom they befell ("deaths").
        states: what those counted are ("dead").
    """

    unit: Unit
    nouns: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    happenings: tuple[str, ...] = ()
    states: tuple[str, ...] = ()


class OwnRole(_Entry, frozen=True):
    """What an actor was, from a first to a last day; open where none is given.

    Attributes:
        role: the office or function, in words.
        country: ISO 3166-1 alpha-3.
        sector: PLOVER's code.
    """

    role: str
    country: str | None = None
    sector: str | None = None
    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it was so on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Actor(_Entry, frozen=True):
    """A person or body, under all its names; a role in force on the day of the report comes before its own fields."""

    name: str
    type: EntityType
    country: str | None = None
    sector: str | None = None
    other_names: tuple[str, ...] = ()
    roles: tuple[OwnRole, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and its other names."""
        return (self.name, *self.other_names)

    def role_on(self, day: date | None) -> OwnRole | None:
        """The first role that was in force on a day; None for an unknown day."""
        return next((role for role in self.roles if day is not None and role.holds(day)), None)


class OwnPlace(_Entry, frozen=True):
    """A place with a representative point in degrees (WGS84); country is ISO 3166-1 alpha-3."""

    name: str
    country: str
    lat: Bounded[float, msgspec.Meta(ge=-90, le=90)]
    lon: Bounded[float, msgspec.Meta(ge=-180, le=180)]
    other_names: tuple[str, ...] = ()
    precision: Precision = "settlement"


class Outlet(_Entry, frozen=True):
    """An outlet: the publisher of reports that name another name of it, or none and come from one of its domains."""

    name: str
    domains: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    country: str | None = None


class Codebook(_Entry, frozen=True):
    """All that a team adds; every table may be empty.

    Example:
        >>> Codebook().is_empty, Codebook(units=(UnitWords(unit="weapons", nouns=("manpads",)),)).digest[:8]
        (True, '...')
    """

    cues: tuple[Cue, ...] = ()
    events: tuple[EventWords, ...] = ()
    units: tuple[UnitWords, ...] = ()
    actors: tuple[Actor, ...] = ()
    places: tuple[OwnPlace, ...] = ()
    outlets: tuple[Outlet, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it adds nothing."""
        return self == NONE

    @property
    def digest(self) -> str:
        """Hex SHA-256 of what it says; comments, spacing and the order of keys in the file don't count."""
        return hashlib.sha256(msgspec.json.encode(self, order="sorted")).hexdigest()


#: The key in an entity's `ids` under which the name stands that the codebook has for it.
OWN_ID = "codebook"
#: What is in force where there is no project file.
NONE = Codebook()
