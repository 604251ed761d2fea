"""The fields of an entry that a person can set: which they are, what they may be, and what was typed as a value."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Literal

from onrecord import model
from onrecord.errors import InputError
from onrecord.model import Annotated
from onrecord.record.corrections import Family
from onrecord.web.offers import offered

__all__ = ["MODES", "Choice", "Control", "changes", "controls"]

ControlKind = Literal["choice", "number", "text"]

#: The modes of events by their type: the codebook's list, after PLOVER's manual.
MODES: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "CONSULT": ("visit", "host", "phone", "multilateral", "third-party"),
    "RETREAT": ("withdraw", "release", "return", "disarm", "ceasefire", "access", "resign"),
    "REQUEST": ("assist",),
    "ACCUSE": ("disapprove", "investigate", "allege"),
    "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct"),
    "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons"),
    "COERCE": ("seize", "restrict", "ban", "censor", "curfew", "martial-law", "arrest", "deport", "cyber"),
    "ASSAULT": ("abduct", "beat", "torture", "execute", "sexual", "assassinate", "massacre", "cleansing",
                "crowd-control", "firearms", "explosives", "suicide-attack", "heavy-weapons", "aerial", "drone"),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be chosen: the value that a form sends, and how it is called."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Control:
    """One field as a form shows it.

    Attributes:
        field: its path in the JSON; `label` in plain words.
        value: as it is now, as a form writes it; empty for none.
        choices: what it can be, where that is a closed list; with none where the field can be empty.
    """

    field: str
    label: str
    kind: ControlKind
    value: str
    choices: tuple[Choice, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of a list: where its choices come from, and whether it can be empty.

    Attributes:
        offers: a closed list, or the name of a list of the reading whose entries can be referred to.
        reads: what was typed as a value of the JSON; refuses what is none.
    """

    field: str
    label: str
    kind: ControlKind = "choice"
    offers: Sequence[str] | str = ()
    empty: bool = False
    hint: str = ""
    reads: Callable[[str], Any] = str


def _number(typed: str) -> float:
    try:
        number = float(typed.replace(",", "").replace(" ", ""))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise InputError(f"“{typed}” is no number", "give digits, such as 1200, or nothing if it is not told")
    return int(number) if number.is_integer() else number


def _shaped(pattern: str, what: str, remedy: str) -> Callable[[str], str]:
    def read(typed: str) -> str:
        if not re.fullmatch(pattern, typed):
            raise InputError(f"“{typed}” is no {what}", remedy)
        return typed

    return read


def _yes(typed: str) -> bool:
    return typed == "yes"


def _listed(typed: str) -> list[str]:
    words = [word.strip() for word in typed.split(",") if word.strip()]
    for word in words:
        _shaped(r"[a-z][a-z-]*", "context", "give contexts such as military, legal, with commas between")(word)
    return words


_TIMEX = _shaped(
    r"(PAST|PRESENT|FUTURE)_REF|P[\dX.]+[A-Z]+[\dA-Z.]*|[\dX]{2,4}(-[\dXWQHSPUFAM]{1,3}(-[\dXWE]{1,2})?)?(T[\dA-Z:]+)?",
    "TIMEX3 value", "give a date such as 1962-10-22, 1962-10 or 1962-W43, or a length such as P3D",
)  # fmt: skip
_VOICES = "voices"
_WHEN = _Field("time", "when", offers="times", empty=True)
_WHERE = _Field("place", "where", offers="places", empty=True)
_VOICE = _Field("voice", "by whose account", offers=_VOICES)

_FIELDS: Mapping[str, tuple[_Field, ...]] = MappingProxyType({
    "attributions": (
        _Field("act", "act", offers=model.ACTS), _Field("manner", "manner", offers=model.MANNERS),
        _Field("kind", "kind", offers=model.ATTRIBUTION_KINDS),
        _Field("negated", "negated", offers=("no", "yes"), reads=_yes),
        _Field("source.kind", "kind of source", offers=model.SOURCE_KINDS),
        _Field("within", "told within", offers="attributions", empty=True),
        _Field("time", "when it was said", offers="times", empty=True),
        _Field("addressee", "to whom", offers="entities", empty=True),
    ),
    "events": (
        _Field("type", "type", offers=model.EVENT_TYPES),
        _Field("mode", "mode", offers=sorted({mode for modes in MODES.values() for mode in modes}), empty=True),
        _Field("modality", "modality", offers=model.MODALITIES), _VOICE, _WHEN, _WHERE,
        _Field("contexts", "contexts", kind="text", empty=True, reads=_listed, hint="with commas between"),
    ),
    "figures": (
        _Field("low", "at the least", kind="number", empty=True, reads=_number, hint="empty: not told"),
        _Field("high", "at the most", kind="number", empty=True, reads=_number, hint="empty: not told"),
        _Field("qualifier", "qualifier", offers=model.QUALIFIERS), _Field("unit", "unit", offers=model.UNITS),
        _Field("scope", "scope", offers=model.SCOPES),
        _Field("claimant", "by whose count", offers="entities", empty=True), _VOICE, _WHEN,
        _Field("period", "over which period", offers="times", empty=True), _WHERE,
        _Field("part_of", "part of", offers="figures", empty=True),
    ),
    "times": (
        _Field("type", "type", offers=model.TIME_TYPES),
        _Field("value", "value", kind="text", empty=True, reads=_TIMEX, hint="TIMEX3, such as 1962-10-22"),
        _Field("mod", "mod", offers=("APPROX", "BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER", "LESS_THAN",
                                     "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE", "START", "MID", "END"), empty=True),
    ),
    "places": (
        _Field("name", "name", kind="text"),
        _Field("lat", "latitude", kind="number", empty=True, reads=_number),
        _Field("lon", "longitude", kind="number", empty=True, reads=_number),
        _Field("precision", "precision", offers=model.PRECISIONS),
        _Field("entity", "entity", offers="entities", empty=True),
    ),
    "entities": (
        _Field("name", "name", kind="text"), _Field("type", "type", offers=model.ENTITY_TYPES),
        _Field("country", "country", kind="text", empty=True, hint="three letters, such as FRA",
               reads=_shaped(r"[A-Z]{3}", "country", "give the three letters of ISO 3166-1, such as FRA")),
        _Field("sector", "sector", kind="text", empty=True, hint="PLOVER's, such as GOV, MIL, REB",
               reads=_shaped(r"[A-Z]{2,4}", "sector", "give a code of PLOVER such as GOV")),
    ),
})  # fmt: skip


def controls(annotated: Annotated, family: Family, item: Any, *, typed: Mapping[str, str] | None = None
             ) -> tuple[Control, ...]:  # fmt: skip
    """The fields of an entry as they are now, or as somebody typed them.

    Example:
        >>> import onrecord
        >>> read = onrecord.annotate("Nine people were killed, police said.", models=False)
        >>> [(c.label, c.value) for c in controls(read, "figures", read.figures[0])][:4]
        [('at the least', '9'), ('at the most', '9'), ('qualifier', 'exactly'), ('unit', 'killed')]
    """
    made = (_control(annotated, item, each) for each in _FIELDS.get(family, ()))
    return tuple(replace(one, value=(typed or {}).get(one.field, one.value)) for one in made)


def _control(annotated: Annotated, item: Any, field: _Field) -> Control:
    value = _written(annotated, _now(item, field.field))
    choices = [Choice("", "none")] if field.empty and field.kind == "choice" else []
    if isinstance(field.offers, str):
        choices += [Choice(*each) for each in offered(annotated, field.offers, item, keep=value)]
    else:
        choices += [Choice(each, each) for each in field.offers]
        if field.kind == "choice" and value and value not in field.offers:
            choices.append(Choice(value, value))
    return Control(field.field, field.label, field.kind, value, tuple(choices), field.hint)


def _now(item: Any, path: str) -> Any:
    for name in path.split("."):
        item = getattr(item, name)
    return item


def _written(annotated: Annotated, value: Any) -> str:
    """A value as a form writes it; a time of a statement and an addressee by the entry that they are."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() | int():
            return f"{value:.15g}"
        case tuple():
            return ", ".join(value)
        case model.StatementTime():
            return next((time.id for time in annotated.times if time.span == value.span), "")
        case model.Addressee():
            return value.entity or ""
        case _:
            return str(value)


def changes(annotated: Annotated, family: Family, item: Any, typed: Mapping[str, str]) -> dict[str, Any]:
    """The fields whose value somebody changed, each with the new one as in the JSON.

    Raises:
        InputError: something typed is not a value of its field.
    """
    made: dict[str, Any] = {}
    for field, control in zip(_FIELDS.get(family, ()), controls(annotated, family, item), strict=True):
        given = typed.get(field.field, control.value).strip()
        if given == control.value:
            continue
        if control.choices and given not in {choice.value for choice in control.choices}:
            raise InputError(f"“{given}” is no {field.label}", "choose one of the list")
        if not given and not field.empty:
            raise InputError(f"the {field.label} is empty", "give one")
        nothing: list[str] | None = [] if field.reads is _listed else None
        made[field.field] = _value(annotated, family, field, given) if given else nothing
    _sound(item, made)
    return made


def _value(annotated: Annotated, family: Family, field: _Field, given: str) -> Any:
    """What the JSON says for a choice: a statement's time and addressee are their words, not an id alone."""
    if family == "attributions" and field.field == "time":
        time = next(each for each in annotated.times if each.id == given)
        return {"span": list(time.span), "value": time.value}
    if family == "attributions" and field.field == "addressee":
        entity = next(each for each in annotated.entities if each.id == given)
        return {"spans": [list(entity.mentions[0])], "entity": given}
    return field.reads(given)


def _sound(item: Any, made: Mapping[str, Any]) -> None:
    """Refuse bounds in the wrong order and points off the globe.

    Raises:
        InputError: see above.
    """
    low, high = (made.get(name, getattr(item, name, None)) for name in ("low", "high"))
    if low is not None and high is not None and low > high:
        raise InputError(f"the least, {low:,.10g}, is more than the most, {high:,.10g}", "change one of them")
    if any(n is not None and n < 0 for n in (low, high)):
        raise InputError("a figure is not less than nothing", "give 0 or more")
    for name, limit in (("lat", 90), ("lon", 180)):
        if (degrees := made.get(name)) is not None and abs(degrees) > limit:
            raise InputError(f"{degrees:g} is off the globe", f"give degrees between -{limit} and {limit}")
    event, mode = made.get("type", getattr(item, "type", "")), made.get("mode")
    if mode is not None and event in model.EVENT_TYPES and mode not in MODES.get(event, ()):
        raise InputError(f"{event} has no mode {mode}", f"choose one of {_any(MODES.get(event, ()))}")


def _any(words: Iterable[str]) -> str:
    return ", ".join(words) or "none"
