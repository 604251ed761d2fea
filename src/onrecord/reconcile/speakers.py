"""Who speaks, by a few folded words, and whether two who are named in two reports may be one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from onrecord.model import Annotated, Attribution, Entity
from onrecord.reconcile.rarity import folded, rarity, words

__all__ = ["Sameness", "Speaker", "in_words", "sameness", "speaker"]

#: Of two speakers: one name; one office or body, where one of the two is not named; most words of one office; one of
#: the two not told at all; two.
Sameness = Literal["name", "office", "near", "untold", "other"]

#: Words of names and offices that tell nobody from anybody.
_EMPTY = frozenset(
    """a an the of for to in on at and his her its their my our who which that mr mrs ms dr sir jr sr ii iii former then
    acting new top senior chief deputy vice assistant first late two three four several both all some he she they it i
    we him them one statement statements letter release tweet remarks comments words""".split()  # noqa: SIM905 - words read easier
)
#: Words for any speaker: with nothing else they name no office.
_ANYBODY = frozenset(
    """official officials source sources spokesman spokeswoman spokesperson spokesmen spokespeople someone somebody
    person people man woman men women he she they it i we witness witnesses resident residents aide aides expert experts
    analyst analysts report reports document documents other others many some critics insider
    insiders observer observers diplomat diplomats member members""".split()  # noqa: SIM905
)
#: One form for what is written in several.
_ONE_FORM = {
    "un": "united-nations", "us": "united-states", "usa": "united-states", "uk": "united-kingdom",
    "british": "united-kingdom", "britain": "united-kingdom", "eu": "european-union", "ministry": "minister",
    "ministries": "minister", "ministers": "minister", "military": "army", "presidential": "president",
    "presidency": "president", "governmental": "government", "defense": "defence",
    "spokeswoman": "spokesman", "spokesperson": "spokesman", "chairwoman": "chairman", "chairperson": "chairman",
    "chair": "chairman", "congresswoman": "congressman", "mayoral": "mayor", "gov": "governor", "sen": "senator",
    "rep": "congressman", "gen": "general", "col": "colonel", "lt": "lieutenant", "sgt": "sergeant",
    "capt": "captain", "pres": "president", "secretary": "minister",
}  # fmt: skip
_PHRASES = (("united nations", "un"), ("united states", "us"), ("united kingdom", "uk"), ("european union", "eu"))
#: How many first letters two words share that are forms of one: "Orlesia", "Orlesian".
_STEM = 5
#: The part of the words of an office that may be enough: one report adds the country, another the rank.
MOST_OF = 0.6
#: Rarer than this, a word of an office says by itself which one it is.
_TELLING = 2.0


class Speaker(msgspec.Struct, frozen=True):
    """Who speaks, as one report has it.

    Attributes:
        shown: the fullest name, or the words of the source; empty where nobody is named.
        name: the folded words of a person's name, first names first; empty for bodies and for those not named.
        office: the folded words of office, body and country, sorted.
        country: ISO 3166-1 alpha-3 code of the entity, or null.
        state: whether it is a state or its government as a whole, by the entity's type.
    """

    shown: str
    name: tuple[str, ...]
    office: tuple[str, ...]
    country: str | None
    state: bool


def speaker(annotated: Annotated, attribution: Attribution, *, entities: Mapping[str, Entity] | None = None) -> Speaker:
    """Who speaks, from the report's entity and the words of the source.

    Args:
        entities: the report's entities by id, where they are at hand.

    Example:
        >>> import onrecord
        >>> read = onrecord.annotate('"No," said the mayor of Kherson, Roman Mrochko.', models=False)
        >>> found = speaker(read, read.attributions[0])
        >>> found.shown, found.name, found.office
        ('Roman Mrochko', ('roman', 'mrochko'), ('kherson', 'mayor'))
    """
    source = attribution.source
    written = " ".join(annotated.report.text[start:end] for start, end in source.spans)
    known = {e.id: e for e in annotated.entities} if entities is None else entities
    entity = known.get(source.entity or "")
    name = _name(entity.name) if entity is not None else ()
    if entity is None or not _is_person(entity.type, entity.name, name, written, source.kind):
        name = _name_at_end(written) if entity is None and source.kind in ("person", "unnamed-person") else ()
    told = [written] if len(written.split()) <= 14 else []
    if entity is not None:
        told += [entity.name, *(f"{role.role} {role.of or ''}" for role in entity.roles)]
    office = {word for text in told for word in _office(text)} - set(name)
    state = entity is not None and entity.type in ("government", "place")
    country = entity.country if entity is not None else None
    shown = entity.name if entity is not None else " ".join(written.split())
    return Speaker(shown, name, tuple(sorted(office)[:16]), country, state)


def sameness(a: Speaker, b: Speaker) -> Sameness:
    """Whether two speakers may be one, by their words alone; the same whichever comes first."""
    if a.name and b.name:
        return "name" if _one_person(a.name, b.name) else "other"
    if not (a.office or a.name) or not (b.office or b.name):
        return "untold"
    if a.name or b.name:
        named, bare = (a, b) if a.name else (b, a)
        if len(named.name) > 1 and set(named.name) <= set(bare.office):  # a person who was taken for a body
            return "name"
        wanted = _telling(bare.office) or frozenset(bare.office)
        held = sum(any(_alike(word, other) for other in named.office) for word in wanted)
        return "office" if held == len(wanted) else "near" if held >= max(2, MOST_OF * len(wanted)) else "other"
    office_a, office_b = _telling(a.office), _telling(b.office)
    if not office_a and not office_b:
        return "untold"
    if a.office == b.office or _within(office_a, office_b) or _within(office_b, office_a):
        return "name"
    if a.state and b.state and a.country is not None and a.country == b.country:
        return "office" if min(len(office_a), len(office_b)) == 1 else "other"
    return "other"


def in_words(found: Sameness, a: Speaker, b: Speaker) -> str:
    """Why two speakers are taken for one, for a person."""
    if found == "name":
        return f"both {min((a.shown, b.shown), key=lambda shown: (len(shown), shown))}"
    if found in ("office", "near"):
        return f"{min(a.shown, b.shown)} may be {max(a.shown, b.shown)}"
    return "one report does not say who"


def _is_person(kind: str, full: str, name: tuple[str, ...], written: str, source: str) -> bool:
    """Whether a name is a person's; unusual ones are often taken for bodies, but then the words around them are not."""
    if kind == "person":
        return bool(name) and any(word[:1].isupper() for word in full.split())
    return kind == "organisation" and source == "person" and len(name) >= 2 and full in written


def _name(full: str) -> tuple[str, ...]:
    parts = [folded(part.strip(".,\"“”'’")) for part in full.split()]
    return tuple(part for part in parts if len(part) > 1 and part.replace("-", "").isalpha() and part not in _EMPTY)


def _name_at_end(written: str) -> tuple[str, ...]:
    """The capitalised words at the end of a source that has no entity: "the poet and senator Ilse Varga"."""
    found: list[str] = []
    for word in reversed(written.split()):
        bare = word.strip(".,\"“”'’")
        if not bare[:1].isupper() or len(found) == 3:
            break
        found.append(bare)
    name = _name(" ".join(reversed(found)))
    known = any(word in _ANYBODY or word in _ONE_FORM or rarity(word) < _TELLING for word in name)
    return name if len(name) >= 2 and not known and len(found) < len(written.split()) else ()


def _office(text: str) -> list[str]:
    lower = text.replace("-", " ")
    for phrase, short in _PHRASES:
        if phrase in lower.lower():
            lower = lower.lower().replace(phrase, short)
    bare = lower.replace(".", "")
    return [_ONE_FORM.get(word, word) for word, _, _ in words(bare) if word not in _EMPTY and len(word) > 1]


def _telling(office: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for word in office if word not in _ANYBODY)


def _one_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """One surname, and no two first names that differ; a surname alone is anybody's of that name."""
    if a[-1] != b[-1]:
        return len(a) > 1 and len(b) > 1 and set(a) <= set(b) | {a[0]} and set(a[1:]) == set(b[1:])
    if len(a) == 1 or len(b) == 1:
        return True
    one, other = a[0], b[0]
    return one == other or one in b or other in a or one[:3] == other[:3]


def _within(few: frozenset[str], many: frozenset[str]) -> bool:
    """Whether every word of the one stands in the other, in this form or another."""
    return bool(few) and all(any(_alike(word, other) for other in many) for word in few)


def _alike(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) > _STEM - 1 and a[:_STEM] == b[:_STEM] and abs(len(a) - len(b)) <= 3)
