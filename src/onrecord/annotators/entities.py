"""Entities from their mentions: each with its fullest name, type, roles, and what is known of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.annotators.bodies import Body, Lexicon
from onrecord.annotators.forms import key
from onrecord.annotators.gazetteer import Gazetteer, Spot
from onrecord.annotators.groups import bodies
from onrecord.annotators.interviews import interviewee, own_words
from onrecord.annotators.mention import Mention
from onrecord.annotators.parse import Parsed
from onrecord.annotators.people import people
from onrecord.annotators.references import references
from onrecord.annotators.referents import (
    Call,
    Referent,
    body_calls,
    body_sorts,
    described,
    head_in,
    place_sorts,
    role_calls,
)
from onrecord.annotators.roles import appositions, roles
from onrecord.annotators.scenes import Scene, scene
from onrecord.annotators.seats import government_of, speaks_as_government
from onrecord.annotators.sexes import SEXED, first_names, sex
from onrecord.annotators.toponyms import Toponym
from onrecord.annotators.words import Chunk, Words
from onrecord.codebook.model import OWN_ID
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


#: Short names of countries that stand before an office as adjectives do, with their alpha-3 codes.
_SHORT_NATIONS = {"u.s.": ("USA",), "us": ("USA",), "u.k.": ("GBR",), "uk": ("GBR",)}
#: How many mentions of one entity are looked at for what the report says that it is.
MOST = 40
#: What a reading says where more share a name or a description than are compared.
CROWDED = "more share a name or a description than are compared: some stand apart that may be one, or for nobody"


@dataclass(frozen=True, slots=True)
class Located:
    """A place name and what it was resolved to."""

    toponym: Toponym
    spot: Spot | None


@dataclass(frozen=True, slots=True)
class Gathered:
    """The entities in the order of first mention; `of_place` is the entity id of each place, by its first token.

    `left_open` says what was not settled because there is too much of it.
    """

    entities: tuple[Entity, ...]
    of_place: dict[int, str]
    left_open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Draft:
    spans: tuple[Span, ...]
    name: str
    type: EntityType
    roles: tuple[Role, ...]
    ids: dict[str, str]
    country: str | None
    sector: str | None
    chunks: tuple[Chunk, ...]
    of_place: bool = False
    sex: str = ""
    sorts: frozenset[str] = frozenset()
    several: bool = False


def entities(
    parsed: Parsed,
    words: Words,
    found: Sequence[Mention],
    on_map: Sequence[Located],
    gazetteer: Gazetteer,
    lexicon: Lexicon,
    stage: Scene | None = None,
) -> Gathered:
    """Everybody and everything named, each once; `stage` is the report's scene, where it is made already."""
    if not found and not on_map:
        return Gathered((), {})
    stage = stage or scene(parsed)
    humans = [m for m in found if m.type == "person"]
    who = people(words, humans)
    groups = who.groups
    drafts = [_person(words, [humans[i] for i in group], gazetteer, lexicon) for group in groups]
    others = [m for m in found if m.type not in {"person", "place"} and not m.member]
    drafts += [_body(words, [others[i] for i in group]) for group in bodies(words, others, lexicon)]
    owners = {humans[i].chunk.start: n for n, group in enumerate(groups) for i in group}
    drafts += _members(words, [m for m in found if m.member], owners)
    drafts += _places(words, on_map, lexicon, stage) + _facilities(words, [m for m in found if m.type == "place"])
    grouped = {i for group in groups for i in group}
    unclear = [m.chunk for i, m in enumerate(humans) if i not in grouped]
    drafts, crowded = _with_references(stage, drafts, unclear, lexicon)
    drafts.sort(key=lambda d: (d.spans[0], d.type))
    made, of_place = [], {}
    for number, draft in enumerate(drafts, start=1):
        id_ = f"n{number}"
        made.append(Entity(id_, draft.name, draft.type, draft.spans, draft.roles, draft.ids, draft.country,
                           draft.sector))  # fmt: skip
        if draft.of_place:
            of_place.update(dict.fromkeys((c.start for c in draft.chunks), id_))
    return Gathered(tuple(made), of_place, (CROWDED,) if who.crowded or crowded else ())


def _with_references(
    stage: Scene, drafts: list[_Draft], unclear: list[Chunk], lexicon: Lexicon
) -> tuple[list[_Draft], bool]:
    """The drafts with the pronouns and descriptions that stand for them; whether too many are described alike."""
    nations = {word: tuple(lexicon.alpha3[code] for code in codes) for word, codes in lexicon.demonyms.items()}
    nations.update((word, (state,)) for word, state in lexicon.former.items())
    nations.update(_SHORT_NATIONS)
    referents = [_referent(stage, draft) for draft in drafts]
    found = references(stage, referents, unclear, nations)
    later = found.spans
    humans = [n for n, draft in enumerate(drafts) if draft.type == "person"]
    asked = interviewee(stage, [drafts[n].chunks for n in humans], [drafts[n].name for n in humans])
    if asked is not None:
        later[humans[asked]] += own_words(stage)
    together = [_group([drafts[n] for n in members], spans) for members, spans in found.sets]
    drafts = [
        replace(draft, spans=tuple(sorted({*draft.spans, *spans}))) if spans else draft
        for draft, spans in zip(drafts, later, strict=True)
    ]
    return [*drafts, *together], found.crowded


def _group(members: Sequence[_Draft], spans: tuple[Span, ...]) -> _Draft:
    """Several entities spoken of as one; its name is theirs, its mentions are the words for all of them."""
    names = [draft.name for draft in sorted(members, key=lambda d: d.spans[0])]
    name = f"{', '.join(names[:-1])} and {names[-1]}"
    return _Draft(tuple(sorted(spans)), name, "group", (), {}, None, None, ())


def _referent(stage: Scene, draft: _Draft) -> Referent:
    said = [call for chunk in draft.chunks[:MOST] for call in described(stage.g, chunk)]
    if draft.type == "person":
        calls = [*role_calls(draft.roles), *said]
        sexes = {SEXED[call.noun] for call in calls if call.noun in SEXED} - {""}
        told = draft.sex or (next(iter(sexes)) if len(sexes) == 1 else "")
        nation = draft.country or next((role.of for role in draft.roles if role.of), None)
        return Referent("person", told, nation, draft.chunks, tuple(calls))
    if draft.type == "place":
        return Referent("place", "", draft.country, draft.chunks, sorts=draft.sorts, state="country" in draft.sorts)
    if draft.several:
        words = key(draft.name).split()
        calls = [Call(words[-1], frozenset(words))]
        return Referent("body", "", draft.country, draft.chunks, tuple(calls), plural=True)
    names = [stage.g.text[slice(*span)] for span in draft.spans[:MOST]]
    calls = [*body_calls([draft.name, *names]), *said]
    single = (
        draft.sector is None
        and not draft.of_place
        and draft.name.istitle()
        and all(len(chunk) == 1 for chunk in draft.chunks[:MOST])
    )
    sorts = body_sorts(draft.type, draft.sector) | draft.sorts
    doubtful = single and not calls
    return Referent("body", "", draft.country, draft.chunks, tuple(calls), sorts, doubtful, state=draft.of_place)


def _spans(words: Words, found: Sequence[Mention]) -> tuple[Span, ...]:
    return tuple(words.span(m.chunk) for m in found)


def _chunks(found: Sequence[Mention]) -> tuple[Chunk, ...]:
    return tuple(m.chunk for m in found)


def _fullest(names: Sequence[str]) -> str:
    """The name with most words; the commoner, then the earlier one among equals; not in capitals if it is elsewhere."""
    small = {n.casefold() for n in names if not n.isupper()}
    names = [n for n in names if not (n.isupper() and n.casefold() in small)]
    counts = Counter(names)  # in the order of the first of each, so that the earlier one is found first
    return max(counts, key=lambda n: (len(n.split()), counts[n]))


def _full_name(names: Sequence[str]) -> str:
    """A person's fullest name, without an epithet that stands before a full name more common than it."""
    counts = Counter(names)
    known = first_names()
    plain = [
        n for n in names
        if n.split()[0].lower() in known
        or not any(" " in c and counts[c] > counts[n] and c.split()[0].lower() in known for c in _ends(n))
    ]  # fmt: skip
    return _fullest(plain or names)


def _ends(name: str) -> list[str]:
    """What is left of a name without its first word, without its first two, and so on."""
    words = name.split(" ")
    return [" ".join(words[i:]) for i in range(1, len(words))]


def _flat(text: str) -> str:
    return " ".join(text.split())


def _person(words: Words, found: list[Mention], gazetteer: Gazetteer, lexicon: Lexicon) -> _Draft:
    held: dict[tuple[str, str | None], Role] = {}
    aside: list[Span] = []
    for mention in found:
        beside = appositions(words, mention, gazetteer, lexicon)
        aside += [role.span for role in beside]
        for role in (*roles(words, mention, gazetteer, lexicon), *beside):
            held.setdefault((role.role, role.of), role)
    own = next((m.body for m in found if m.body is not None), None)
    country, sector = (own.country, own.sector) if own is not None else (None, None)
    for role in held.values():
        last = set(role.role.replace(".", "").split())
        sector = sector or next((code for offices, code in _SECTORS if last & offices), None)
        nations = [s for s in gazetteer.spots(role.of) if s.kind == "country"] if role.of else []
        country = country or (lexicon.alpha3[nations[0].countries[0]] if len(nations) == 1 else None)
    spans = tuple(sorted({*_spans(words, found), *aside}))
    name = _full_name([_flat(words.of(m.chunk)) for m in found])
    sexes = {sex(words, m.chunk, m.title) for m in found} - {""}
    told = next(iter(sexes)) if len(sexes) == 1 else ""
    roles_held = tuple(held.values())
    return _Draft(spans, name, "person", roles_held, _own_ids(own), country, sector, _chunks(found), sex=told)


def _body(words: Words, found: list[Mention]) -> _Draft:
    known = next((m.body for m in found if m.body is not None), None)
    votes = Counter(m.type for m in found)
    kind = known.type if known is not None else max(votes, key=lambda t: (t != "organisation", votes[t], t))
    name = _fullest([_flat(words.of(m.chunk)) for m in found])
    return _Draft(_spans(words, found), name, kind, (), _own_ids(known), known.country if known else None,
                  known.sector if known else None, _chunks(found))  # fmt: skip


def _own_ids(body: Body | None) -> dict[str, str]:
    """The name under which a team's own codebook has an actor, which is what its country and sector rest on."""
    return {OWN_ID: body.name} if body is not None and body.own else {}


def _members(words: Words, found: list[Mention], owners: dict[int, int]) -> list[_Draft]:
    """Those spoken of by their nation or body, the ones of the same words together; a person's office is one.

    Args:
        owners: the number of each person by the first tokens of the names.
    """
    gathered: dict[tuple[int, str], list[Mention]] = {}
    for mention in found:
        owner = owners.get(mention.chunk.start, -1)
        said = words.lower[mention.chunk.end - 1] if owner >= 0 else key(words.of(mention.chunk))
        gathered.setdefault((owner, said.replace("'s ", " ").replace("’s ", " ")), []).append(mention)
    return [replace(_body(words, group), several=group[0].several) for group in gathered.values()]


def _places(words: Words, on_map: Sequence[Located], lexicon: Lexicon, stage: Scene) -> list[_Draft]:
    """The places, and apart from them the governments that are spoken of by their names."""
    gathered: dict[tuple[str, bool], list[Located]] = {}
    for place in on_map:
        name = f"#{place.spot.number}" if place.spot is not None else key(place.toponym.text)
        state = government_of(place.spot, place.toponym, lexicon)
        acts = state is not None and speaks_as_government(stage.g, head_in(stage.g, place.toponym.chunk))
        gathered.setdefault((name, acts), []).append(place)
    return [
        _government(words, group, lexicon, alone=(name, False) not in gathered)
        if acts else _place(words, group, lexicon)
        for (name, acts), group in gathered.items()
    ]  # fmt: skip


def _place(words: Words, group: Sequence[Located], lexicon: Lexicon) -> _Draft:
    spot = group[0].spot
    ids = {"geonames": str(spot.geonames)} if spot is not None and spot.geonames is not None else {}
    country = None
    if spot is not None and len(spot.countries) == 1:
        country = lexicon.alpha3.get(spot.countries[0])
    sorts = place_sorts(spot.kind if spot is not None else "settlement")
    return _named_on_map(words, group, _Draft((), "", "place", (), ids, country, None, (), of_place=True, sorts=sorts))


def _government(words: Words, group: Sequence[Located], lexicon: Lexicon, *, alone: bool) -> _Draft:
    """The government that the name of its country or capital stands for; `alone` if they never mean the place."""
    state = government_of(group[0].spot, group[0].toponym, lexicon)
    country = state.country if state is not None else None
    kind: EntityType = "government" if state is None or state.alone else "organisation"
    sector = "GOV" if kind == "government" else None
    sorts = place_sorts(group[0].spot.kind) if alone and group[0].spot is not None else frozenset[str]()
    return _named_on_map(words, group, _Draft((), "", kind, (), {}, country, sector, (), of_place=True,
                                              sorts=sorts))  # fmt: skip


def _named_on_map(words: Words, group: Sequence[Located], draft: _Draft) -> _Draft:
    chunks = tuple(p.toponym.chunk for p in group)
    name = _fullest([_flat(p.toponym.text) for p in group])
    return replace(draft, name=name, spans=tuple(words.span(c) for c in chunks), chunks=chunks)


def _facilities(words: Words, found: Sequence[Mention]) -> list[_Draft]:
    gathered: dict[str, list[Mention]] = {}
    for mention in found:
        gathered.setdefault(key(words.of(mention.chunk)), []).append(mention)
    return [
        _Draft(_spans(words, group), _flat(words.of(group[0].chunk)), "place", (), {}, None, None, _chunks(group))
        for group in gathered.values()
    ]
