"""Entities from their mentions: each with its fullest name, type, roles, and what is known of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.annotators.bodies import Lexicon
from onrecord.annotators.forms import key
from onrecord.annotators.gazetteer import Gazetteer, Spot
from onrecord.annotators.groups import bodies
from onrecord.annotators.mentions import Mention
from onrecord.annotators.nominals import nominals
from onrecord.annotators.parse import Parsed
from onrecord.annotators.people import people
from onrecord.annotators.pronouns import pronouns
from onrecord.annotators.roles import appositions, roles
from onrecord.annotators.toponyms import Toponym
from onrecord.annotators.words import Words
from onrecord.model import Entity, EntityType, Role, Span

__all__ = ["Gathered", "Located", "entities"]

#: Offices by which their holder belongs to a government or to armed forces, as PLOVER's sectors.
_SECTORS = (
    (frozenset({"president", "minister", "premier", "chancellor", "king", "queen", "emir", "sultan", "ambassador",
                "governor", "mayor", "secretary", "envoy", "vice-president"}), "GOV"),
    (frozenset({"general", "gen", "colonel", "col", "major", "maj", "captain", "capt", "lieutenant", "lt", "sergeant",
                "sgt",
                "admiral", "brigadier", "marshal", "commodore", "spc", "corporal"}), "MIL"),
    (frozenset({"senator", "congressman", "congresswoman", "lawmaker", "mp", "legislator"}), "LEG"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Located:
    """A place name and what it was resolved to."""

    toponym: Toponym
    spot: Spot | None


@dataclass(frozen=True, slots=True)
class Gathered:
    """The entities in the order of first mention; `of_place` is the entity id of each place, by its first token."""

    entities: tuple[Entity, ...]
    of_place: dict[int, str]


@dataclass(frozen=True, slots=True)
class _Draft:
    spans: tuple[Span, ...]
    name: str
    type: EntityType
    roles: tuple[Role, ...]
    ids: dict[str, str]
    country: str | None
    sector: str | None
    firsts: tuple[int, ...] = ()


def entities(
    parsed: Parsed,
    words: Words,
    found: Sequence[Mention],
    on_map: Sequence[Located],
    gazetteer: Gazetteer,
    lexicon: Lexicon,
) -> Gathered:
    """Everybody and everything named, each once."""
    humans = [m for m in found if m.type == "person"]
    groups = people(words, humans)
    spoken = pronouns(parsed, words, humans, groups)
    persons = [
        _person(words, [humans[i] for i in group], spoken[n], gazetteer, lexicon) for n, group in enumerate(groups)
    ]
    named = frozenset(i for m in found for i in range((m.title or m.chunk).start, m.chunk.end))
    offices = nominals(words, [p.roles for p in persons], [p.spans for p in persons], named)
    drafts = [replace(p, spans=tuple(sorted({*p.spans, *offices[n]}))) for n, p in enumerate(persons)]
    others = [m for m in found if m.type not in {"person", "place"}]
    drafts += [_body(words, [others[i] for i in group]) for group in bodies(words, others, lexicon)]
    drafts += _places(words, on_map, lexicon) + _facilities(words, [m for m in found if m.type == "place"])
    drafts.sort(key=lambda d: (d.spans[0], d.type))
    made, of_place = [], {}
    for number, draft in enumerate(drafts, start=1):
        id_ = f"n{number}"
        made.append(Entity(id_, draft.name, draft.type, draft.spans, draft.roles, draft.ids, draft.country,
                           draft.sector))  # fmt: skip
        of_place.update(dict.fromkeys(draft.firsts, id_))
    return Gathered(tuple(made), of_place)


def _spans(words: Words, found: Sequence[Mention]) -> tuple[Span, ...]:
    return tuple(words.span(m.chunk) for m in found)


def _fullest(names: Sequence[str]) -> str:
    """The name with most words; the commoner, then the earlier one among equals."""
    counts = Counter(names)
    return max(counts, key=lambda n: (len(n.split()), counts[n], -names.index(n)))


def _flat(text: str) -> str:
    return " ".join(text.split())


def _person(words: Words, found: list[Mention], spoken: list[Span], gazetteer: Gazetteer, lexicon: Lexicon) -> _Draft:
    held: list[Role] = []
    aside: list[Span] = []
    for mention in found:
        beside = appositions(words, mention, gazetteer, lexicon)
        aside += [role.span for role in beside]
        for role in (*roles(words, mention, gazetteer, lexicon), *beside):
            if (role.role, role.of) not in {(r.role, r.of) for r in held}:
                held.append(role)
    country = sector = None
    for role in held:
        last = set(role.role.replace(".", "").split())
        sector = sector or next((code for offices, code in _SECTORS if last & offices), None)
        nations = [s for s in gazetteer.spots(role.of) if s.kind == "country"] if role.of else []
        country = country or (lexicon.alpha3[nations[0].countries[0]] if len(nations) == 1 else None)
    spans = tuple(sorted({*_spans(words, found), *spoken, *aside}))
    name = _fullest([_flat(words.of(m.chunk)) for m in found])
    return _Draft(spans, name, "person", tuple(held), {}, country, sector)


def _body(words: Words, found: list[Mention]) -> _Draft:
    known = next((m.body for m in found if m.body is not None), None)
    votes = Counter(m.type for m in found)
    kind = known.type if known is not None else max(votes, key=lambda t: (votes[t], t))
    name = _fullest([_flat(words.of(m.chunk)) for m in found])
    return _Draft(_spans(words, found), name, kind, (), {}, known.country if known else None,
                  known.sector if known else None)  # fmt: skip


def _places(words: Words, on_map: Sequence[Located], lexicon: Lexicon) -> list[_Draft]:
    gathered: dict[str, list[Located]] = {}
    for place in on_map:
        name = f"#{place.spot.number}" if place.spot is not None else key(place.toponym.text)
        gathered.setdefault(name, []).append(place)
    drafts = []
    for group in gathered.values():
        spot = group[0].spot
        spans = tuple(words.span(p.toponym.chunk) for p in group)
        ids = {"geonames": str(spot.geonames)} if spot is not None and spot.geonames is not None else {}
        country = None
        if spot is not None and len(spot.countries) == 1:
            country = lexicon.alpha3.get(spot.countries[0])
        name = _fullest([_flat(p.toponym.text) for p in group])
        drafts.append(_Draft(spans, name, "place", (), ids, country, None,
                             tuple(p.toponym.chunk.start for p in group)))  # fmt: skip
    return drafts


def _facilities(words: Words, found: Sequence[Mention]) -> list[_Draft]:
    gathered: dict[str, list[Mention]] = {}
    for mention in found:
        gathered.setdefault(key(words.of(mention.chunk)), []).append(mention)
    return [
        _Draft(_spans(words, group), _flat(words.of(group[0].chunk)), "place", (), {}, None, None)
        for group in gathered.values()
    ]
