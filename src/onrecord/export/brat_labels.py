"""What brat is told of onrecord's types: the labels, which arguments and attributes each has, and their values.

The exporter writes by these tables, and what comes back from brat is read by them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.model import (
    ACTS,
    ATTRIBUTION_KINDS,
    ENTITY_TYPES,
    EVENT_TYPES,
    MANNERS,
    MODALITIES,
    PRECISIONS,
    QUALIFIERS,
    SCOPES,
    SOURCE_KINDS,
    TIME_TYPES,
    UNITS,
)

__all__ = ["ARGUMENTS", "ATTRIBUTES", "ENTITIES", "LABELS", "PARTS", "TIMES", "Argument", "Attribute", "configuration",
           "written"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Argument:
    """What an argument may lead to, by its labels; and how often it stands: "" once, "?" at most once, "*" freely."""

    labels: tuple[str, ...]
    often: str = "?"


@dataclass(frozen=True, slots=True)
class Attribute:
    """On which labels an attribute stands and what it may say; it must stand there unless it has no values."""

    of: tuple[str, ...]
    values: tuple[str, ...]


#: Labels of an entity's mentions and of times, with the types that they stand for.
ENTITIES: Mapping[str, str] = {"".join(part.capitalize() for part in kind.split("-")): kind for kind in ENTITY_TYPES}
TIMES: Mapping[str, str] = {kind.capitalize(): kind for kind in TIME_TYPES}
#: Labels of words that are something only as an argument.
PARTS = ("Source", "Content", "Via", "Addressee", "Medium", "Terms", "StatedTime", "Participant", "Counted",
         "ConditionWords", "Governed")  # fmt: skip
LABELS = (*ENTITIES, *TIMES, "NamedPlace", "Role", *PARTS)

_STATED = {"Place": Argument(("NamedPlace",)), "Time": Argument(tuple(TIMES)), "Voice": Argument(("Attribution",))}
_EVENT = {"Actor": Argument(("Participant",), "*"), "Recipient": Argument(("Participant",), "*"), **_STATED}

ARGUMENTS: Mapping[str, Mapping[str, Argument]] = {
    "Attribution": {
        "Source": Argument(("Source",)), "Content": Argument(("Content",), ""), "Via": Argument(("Via",), "*"),
        "Addressee": Argument(("Addressee",)), "Medium": Argument(("Medium",)), "Terms": Argument(("Terms",)),
        "Time": Argument((*TIMES, "StatedTime")), "Condition": Argument(("Condition",), "*"),
        "Within": Argument(("Attribution",)),
    },
    **dict.fromkeys(EVENT_TYPES, _EVENT),
    "Figure": {
        "Of": Argument(("Counted",)), "PartOf": Argument(("Figure",)), "Claimant": Argument(tuple(ENTITIES)),
        "Period": Argument(tuple(TIMES)), **_STATED,
    },
    "Condition": {"Words": Argument(("ConditionWords",), ""), "Governs": Argument(("Governed",), "")},
}  # fmt: skip

ATTRIBUTES: Mapping[str, Attribute] = {
    "Kind": Attribute(("Attribution",), ATTRIBUTION_KINDS), "Act": Attribute(("Attribution",), ACTS),
    "Manner": Attribute(("Attribution",), MANNERS), "SourceKind": Attribute(("Attribution",), SOURCE_KINDS),
    "Negated": Attribute(("Attribution",), ()), "Modality": Attribute(EVENT_TYPES, MODALITIES),
    "Unit": Attribute(("Figure",), UNITS), "Qualifier": Attribute(("Figure",), QUALIFIERS),
    "Scope": Attribute(("Figure",), SCOPES), "Precision": Attribute(("NamedPlace",), PRECISIONS),
    "Voice": Attribute((*EVENT_TYPES, "Figure"), ("narrator", "unsourced")),
}  # fmt: skip


def written(value: str) -> str:
    """A value of a closed list as brat writes it: without blanks.

    Example:
        >>> written("at least")
        'at-least'
    """
    return value.replace(" ", "-")


def configuration() -> str:
    """The `annotation.conf` of a project."""
    events = [f"{kind}\t" + ", ".join(f"{role}{one.often}:{'|'.join(one.labels)}" for role, one in roles.items())
              for kind, roles in ARGUMENTS.items()]  # fmt: skip
    attributes = [f"{name}\tArg:{'|'.join(one.of)}" + (f", Value:{'|'.join(map(written, one.values))}" if one.values
                  else "") for name, one in ATTRIBUTES.items()]  # fmt: skip
    sections: dict[str, tuple[str, ...] | list[str]] = {"entities": LABELS, "relations": (), "events": events,
                                                        "attributes": attributes}  # fmt: skip
    return "\n".join(f"[{name}]\n" + "".join(f"{line}\n" for line in lines) for name, lines in sections.items())
