"""Whose position it is: the person or body that speaks, and the government or body that it speaks for."""

from __future__ import annotations

import re
from collections import Counter

import msgspec

from onrecord.model import Annotated, Attribution, Entity, Span
from onrecord.reconcile.rarity import folded, rarity, words

__all__ = ["Holder", "government", "holder", "holder_keys", "overlapping", "owns", "same_holder"]

#: Roles in which a person speaks for a government as a whole.
_NATIONAL = re.compile(
    r"\b(?:president|prime minister|premier|chancellor|minister|secretary of (?:state|defen[cs]e)|foreign secretary|"
    r"defen[cs]e secretary|king|emir|ambassador|envoy|white house)\b",
    re.IGNORECASE,
)
_FORMER = re.compile(r"\b(?:former|ex|candidate|vice[- ]presidential|deputy|shadow|opposition)\b", re.IGNORECASE)
#: Words for those who speak in another's name, named or not.
_SPEAKS = re.compile(
    r"\bspokes\w+|\b(?:government|ministry|officials?|statement|communiqu[eé]|embassy|delegation|diplomats?)\b",
    re.IGNORECASE,
)
_OF_BODY = re.compile(
    r"\b(?:spokes\w+|officials?|leaders?|commanders?|command|statement|communiqu[eé]|members?)\b", re.IGNORECASE
)
_PRONOUN = re.compile(
    r"(?:i|we|he|she|it|they|who|that|which|his|her|its|their|our|you|one|some|many|others?|this|these|those)\b",
    re.IGNORECASE,
)
_SMALL = frozenset(
    """the a an of for and in on at mr mrs ms dr sir its his her their our jr sr government governments spokesman
    spokeswoman spokesperson official officials minister ministry president authorities""".split()  # noqa: SIM905
)
#: Acts that a neutral cue ("said") has only where the reading took the deed for the source's own.
_OWN_ACTS = frozenset({"refuses", "offers", "threatens", "announces"})
_WILL = re.compile(r"\s+(?:will|would)\s", re.IGNORECASE)
_OWNERS = frozenset({"his", "her", "its", "their", "our", "my"})
_SIDE = frozenset(
    """side force forces government country nation army group man men fighters troops soldiers movement party ministry
    office front militia administration people organisation organization council unit guns ships navy planes tanks
    air delegation team campaign state party""".split()  # noqa: SIM905
)


class Holder(msgspec.Struct, frozen=True):
    """Who holds a position.

    Attributes:
        name: the source's name or words as the report has them.
        words: its folded words, without titles and small words.
        person: whether it is a named person.
        government: country and sector of the government that it is or speaks for ("TUR GOV"); the folded name where the
            country has no code; null where it is none.
        speaks: whether it may stand for all of that government or body: it is the body, or its spokesman.
    """

    name: str
    words: tuple[str, ...]
    person: bool
    government: str | None
    speaks: bool


def overlapping(annotated: Annotated, span: Span) -> list[Entity]:
    """The entities that are mentioned in a stretch, those mentioned last first."""
    found = [
        (start, entity)
        for entity in annotated.entities
        for start, end in entity.mentions
        if span[0] <= start and end <= span[1]
    ]
    return list({entity.id: entity for _, entity in sorted(found, key=lambda item: (-item[0], item[1].id))}.values())


def holder(annotated: Annotated, item: Attribution, subject: Span | None = None) -> Holder | None:
    """Whose position an attribution gives; None where nobody is named by whom it could be found again.

    Args:
        subject: the subject of what is said, which an unnamed source may speak for.
    """
    text = annotated.report.text
    said = " ".join(text[slice(*span)] for span in item.source.spans)
    entity = next((e for e in annotated.entities if e.id == item.source.entity), None)
    if entity is None and item.source.spans:
        entity = _spoken_for(annotated, item.source.spans[0], said) or _country(annotated, subject, said)
        if entity is not None:
            state = government(entity) or _government_of(_country(annotated, subject, said)) or _named(entity)
            return Holder(" ".join(said.split()), _folded(entity.name), False, state, True)
    if entity is None:
        if not said or _PRONOUN.match(said.strip()):
            return None
        told = _folded(" ".join(said.split()[:8]))
        return Holder(" ".join(said.split()), told, False, None, True) if _is_name(said) else None
    person = entity.type == "person"
    roles = " ".join(f"{role.role} {role.of or ''}" for role in entity.roles)
    speaks = not person or bool(re.search(r"\bspokes", roles))
    state = government(entity) or _by_role(entity, annotated)
    state = state or _by_habit(annotated, entity) or _by_subject(annotated, entity, subject)
    if state is None and speaks and person:
        state = _spoken_of(said)
    if entity.name == entity.name.lower():  # "police": a common name is nobody's alone
        return Holder(entity.name, (), person, state, speaks)
    return Holder(entity.name, _folded(entity.name), person, state or (None if person else _named(entity)), speaks)


def government(entity: Entity) -> str | None:
    """The government that an entity is or speaks for by its country, sector and offices."""
    if entity.country is None:
        return None
    if entity.type == "government" and entity.sector in (None, "GOV"):
        return f"{entity.country} GOV"
    if entity.type == "place":
        return f"{entity.country} GOV"
    offices = [role.role for role in entity.roles if _NATIONAL.search(role.role) or re.search(r"\bspokes", role.role)]
    if entity.type == "person" and any(not _FORMER.search(office) for office in offices):
        return f"{entity.country} GOV"
    return None


def _by_role(entity: Entity, annotated: Annotated) -> str | None:
    """The body or country that a person's office is of, where no country code is known."""
    for role in entity.roles:
        if role.of and (_NATIONAL.search(role.role) or _OF_BODY.search(role.role)) and not _FORMER.search(role.role):
            body = next((e for e in annotated.entities if e.name == role.of), None)
            return (government(body) if body else None) or " ".join(_folded(role.of)) or None
    return None


def _by_habit(annotated: Annotated, entity: Entity) -> str | None:
    """The one country of which a holder of a national office, of no known country, says twice what it will do."""
    if entity.country is not None or not _holds_office(entity):
        return None
    text, counted = annotated.report.text, Counter[str]()
    said = [span for item in annotated.attributions if item.source.entity == entity.id for span in item.content.spans]
    inside = {(e.id, m): e for e in annotated.entities for m in e.mentions if any(s <= m[0] < t for s, t in said)}
    for (_, mention), body in inside.items():
        state = government(body) or (" ".join(_folded(body.name)) if body.type == "government" else None)
        if body.type in ("government", "place") and state and _WILL.match(text, mention[1]):
            counted[state] += 1
    return next(iter(counted)) if len(counted) == 1 and counted.total() > 1 else None


def _holds_office(entity: Entity) -> bool:
    return any(_NATIONAL.search(role.role) and not _FORMER.search(role.role) for role in entity.roles)


def _by_subject(annotated: Annotated, entity: Entity, subject: Span | None) -> str | None:
    """The country that a holder of a national office, of no known country, says will do something."""
    if subject is None or entity.country is not None:
        return None
    if not _holds_office(entity):
        return None
    body = next(iter(overlapping(annotated, subject)), None)
    if body is None or body.id == entity.id or len(_folded(body.name)) > 2:
        return None
    states = {e.country for e in annotated.entities if e.country and e.type in ("government", "place")}
    if states - {body.country}:
        return None
    return government(body) or " ".join(_folded(body.name)) or None


def _spoken_of(said: str) -> str | None:
    """The body in the words for its spokesman, where it is no entity of the report."""
    found = re.search(r"((?:[A-Z][\w.-]+\s){1,4})(?:\w+(?:['’]s)?\s){0,2}spokes", said)
    return " ".join(_folded(found[1])) or None if found else None


def _government_of(entity: Entity | None) -> str | None:
    return None if entity is None else government(entity)


def _spoken_for(annotated: Annotated, span: Span, said: str) -> Entity | None:
    """The body or government in the words for an unnamed speaker: "a ministry spokesman", "Turkish officials"."""
    if not (_SPEAKS.search(said) or _OF_BODY.search(said)):
        return None
    found = [
        e for e in overlapping(annotated, span) if e.type in ("government", "organisation", "armed-force", "group")
    ]
    places = [e for e in overlapping(annotated, span) if e.type == "place" and e.country]
    if found:
        return found[0]
    return places[0] if places and _SPEAKS.search(said) else None


def _country(annotated: Annotated, subject: Span | None, said: str) -> Entity | None:
    """The country whose deed an unnamed official tells: "Canada will not ..., a government spokesman said"."""
    if subject is None or not (_SPEAKS.search(said) or re.search(r"\b(?:minist|spokes)", said, re.IGNORECASE)):
        return None
    found = overlapping(annotated, subject)
    return next((e for e in found if e.type in ("government", "armed-force", "organisation", "place")), None)


def owns(annotated: Annotated, item: Attribution, subject: Span) -> bool:
    """Whether the subject of what is said is the source, or its side."""
    text = annotated.report.text
    told = text[slice(*subject)].lower().split()
    if not told:
        return False
    if told[0] in {"i", "we"} and len(told) == 1:
        return True
    if len(told) == 1 and told[0] in {"he", "she", "it", "they"}:
        return item.kind != "direct"
    if told[0] in _OWNERS and set(told[1:]) & _SIDE:
        return item.kind != "direct" or told[0] in {"our", "my"}
    named = overlapping(annotated, subject)
    if item.act in _OWN_ACTS:
        return True
    if any(e.id == item.source.entity for e in named[:1]):
        return True
    whose = holder(annotated, item, subject)
    if whose is None or not named:
        return False
    first = named[0]
    if whose.government is not None and len(told) <= len(first.name.split()) + 3:
        return whose.government in (government(first), " ".join(_folded(first.name)))
    return first.type != "person" and _folded(first.name) == whose.words and whose.speaks


def same_holder(a: Holder, b: Holder) -> str | None:
    """Why two holders may be one, in words; None where nothing says so. The same whichever comes first.

    Two persons by their names; a government, its spokesmen and its holders of national offices by country.
    """
    if a.person and b.person and not (a.speaks or b.speaks):
        return f'both by "{a.name}"' if _one_name(a.words, b.words) else None
    if a.words and a.words == b.words:
        return f'both by "{min(a.name, b.name)}"'
    if a.government is not None and a.government == b.government and (a.speaks or b.speaks):
        return "both for one government or body"
    if not a.person and not b.person and _one_body(a.words, b.words):
        return "bodies of one name"
    return None


def holder_keys(one: Holder) -> list[str]:
    """Words by which holders that may be one find each other: at most two."""
    found = [one.government] if one.government else []
    if one.person and one.words:
        found.append(one.words[-1])
    elif one.words:
        found.append(max(one.words, key=lambda word: (rarity(word), word)))
    return list(dict.fromkeys(found))


def _one_name(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether the words of one person's name are all in the other's, with the last the same."""
    return bool(a) and bool(b) and a[-1] == b[-1] and (set(a) <= set(b) or set(b) <= set(a))


def _one_body(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    common = set(a) & set(b)
    return bool(common) and (common == set(a) or common == set(b)) and max(map(rarity, common)) >= 5.0


def _named(entity: Entity) -> str | None:
    return " ".join(_folded(entity.name)) or None


def _folded(name: str) -> tuple[str, ...]:
    return tuple(word for word, _, _ in words(name) if word not in _SMALL and (len(word) > 1))


def _is_name(said: str) -> bool:
    """Whether the words for a source hold a name: "the Brask militia"."""
    told = said.split()
    return 0 < len(told) <= 8 and any(word[:1].isupper() and folded(word) not in _SMALL for word in told[1:] or told)
