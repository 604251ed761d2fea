"""Whether two cards are of one entity: how sure, and why, from these two alone."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from onrecord.reconcile.cards import Card
from onrecord.reconcile.known import common_names, given_names, office, word_set
from onrecord.reconcile.linking import Linked
from onrecord.reconcile.person_names import Fit, clash, fit
from onrecord.reconcile.rarity import RAREST, rarity
from onrecord.reconcile.spelling import BONES, same_sound, sounds

__all__ = ["JOINED", "RARE", "SUGGESTED", "bare", "card_link", "contradictory", "two_people"]

#: From here on two cards are one; from here on they may be one, which is only suggested.
JOINED, SUGGESTED = 0.8, 0.4

#: A surname as rare as this says something by itself.
RARE = 6.0

#: Words that many bodies are named with: a name of these alone is of one body in one country only.
_GENERIC = word_set(
    "ministry department court supreme high appeals constitutional senate congress parliament assembly national house "
    "representatives police army navy air force forces guard council security committee commission bank central office "
    "authority government federal state public health justice interior foreign affairs defense finance education "
    "university hospital party democratic republican labor conservative liberal people peoples front liberation "
    "movement union association federation agency service intelligence press news television radio times post "
    "district regional local city municipal first second third 1st 2nd 3rd battalion brigade division regiment corps "
    "northern southern eastern western command general board party campaign center international democrats "
    "republicans conservatives liberals opposition coalition alliance group team staff school college church "
    "convention society trust fund league club corporation company network foundation act initiative "
    "administration presidency cabinet institute museum airport treasury elections electoral election human rights "
    "red cross crescent royal revolutionary armed special operations attorney prosecutor prosecutors"
)

#: What may be left out at the end of a body's name.
_ADDED = word_set(
    "department dept office organization group party movement agency company corporation corp inc ltd "
                   "limited ministry network association union council committee foundation"
)  # fmt: skip


class Context(NamedTuple):
    """What two cards say beside their names.

    Attributes:
        agree: what both say, in words; empty where nothing is.
        sure: whether they agree in an office and in whose it is, or in the country.
        apart: they say two countries.
        unlike: they say offices that no one person has at once, or nothing in common.
        elsewhere: their reports are about two countries.
    """

    agree: str
    sure: bool
    apart: bool
    unlike: bool
    elsewhere: bool
    office: bool


def bare(card: Card) -> bool:
    """Whether all that is known of a person's name is one word, or of a body's its letters.

    Example:
        >>> bare(Card("person", ("venn",))), bare(Card("group", (), ("SLF",))), bare(Card("person", ("orla venn",)))
        (True, True, False)
    """
    return card.known is None and not any(" " in name or card.type != "person" for name in card.names)


def contradictory(a: Card, b: Card) -> bool:
    """Whether two cards cannot be of one entity even if a third one is like both."""
    for mine, theirs in ((a.known, b.known), (a.country, b.country)):
        if mine is not None and theirs is not None and mine != theirs:
            return True
    if a.type == "person":
        return two_people(a, b)
    return bool(a.names and b.names) and not any(_same_words(x, y) for x in a.names for y in b.names)


@lru_cache(maxsize=200_000)
def two_people(a: Card, b: Card) -> bool:
    """Whether no name in the one is, by its words, the same person's as one in the other."""
    return "person" in (a.type, b.type) and all(
        clash(tuple(x.split()), tuple(y.split())) for x in a.names for y in b.names
    )


@lru_cache(maxsize=200_000)
def card_link(a: Card, b: Card) -> Linked | None:
    """Whether two cards are of one entity; the same whichever comes first.

    Example:
        >>> front = Card("group", ("sabaran front",), ("SLF",), country="KEN")
        >>> card_link(front, Card("group", (), ("SLF",), country="KEN"))
        Linked(score=0.85, reason='both called SLF; KEN in both', detail=None)
        >>> card_link(Card("person", ("jo vik",), country="NOR"), Card("place", ("jo vik",), country="NOR")) is None
        True
    """
    if ("person" in (a.type, b.type) or "place" in (a.type, b.type)) and a.type != b.type:
        return _read_otherwise(a, b)
    if a.known is not None or b.known is not None:
        return Linked(1.0, f"both are {a.known}") if a.known == b.known else None
    if a.type == "person":
        return _people(a, b)
    return _places(a, b) if a.type == "place" else _bodies(a, b)


def _read_otherwise(a: Card, b: Card) -> Linked | None:
    """A full name of a person that one of two readings takes for a body's."""
    if "place" in (a.type, b.type) or a.known is not None or b.known is not None:
        return None
    alike = any(" " in name and name.split()[0] in given_names() for name in {*a.names} & {*b.names})
    return Linked(0.45, "the same name, read as a person's and as a body's") if alike else None


def _context(a: Card, b: Card) -> Context:
    both = [(x, of) for x, of in a.roles if of and (x, of) in b.roles]
    offices = sorted({x for x, _ in a.roles} & {x for x, _ in b.roles})
    country = a.country is not None and a.country == b.country
    where, other = a.country or a.scene, b.country or b.scene
    here = where is not None and where == other
    said = [f"{both[0][0]} of {both[0][1]} in both"] if both else [f"{offices[0]} in both"] if offices else []
    said += [f"{where} in both"] if here and not both else []
    private = [{office(x)[1] for x, _ in card.roles} for card in (a, b)]
    clashing = bool(private[0] and private[1]) and not private[0] & private[1]
    apart = a.country is not None and b.country is not None and a.country != b.country
    return Context("; ".join(said), bool(both) or country or (bool(offices) and here), apart,
                   clashing and not offices, bool(where and other and where != other), bool(offices))  # fmt: skip


def _people(a: Card, b: Card) -> Linked | None:
    fits = [(x.split(), y.split(), found) for x in a.names for y in b.names
            if (found := fit(tuple(x.split()), tuple(y.split()))) is not None]  # fmt: skip
    if not fits:
        return None
    x, y, how = min(fits, key=lambda one: (_ORDER.index(one[2]), sorted(one[:2])))
    context = _context(a, b)
    if len(x) == 1 and len(y) == 1:
        return _two_bare(a, b, context, how)
    if how == "bare":
        return _bare_and_full(a, b, context)
    if context.apart:
        return (
            Linked(0.4, f"{_WORDS[how]}, but {' and '.join(sorted((a.country or '', b.country or '')))}")
            if how == "equal"
            else None
        )
    if context.unlike:
        return _made(0.4, how, "but unlike offices") if how != "error" else None
    return _full(how, context, usual=_usual(x) or _usual(y))


_ORDER: tuple[Fit, ...] = ("equal", "sound", "part", "cut", "initial", "bare", "error")
_WORDS: dict[Fit, str] = {
    "equal": "the same name", "sound": "spellings of one name", "part": "one name a part of the other",
    "cut": "one name begins or ends the other",
    "initial": "an initial for the first name", "bare": "one name alone", "error": "all but one letter of a name",
}  # fmt: skip
#: How sure a fit of names is where the context agrees; where it says nothing; and for a surname that many bear.
_SURE: dict[Fit, tuple[float, float, float]] = {
    "equal": (0.97, 0.9, 0.6), "sound": (0.95, 0.84, 0.5), "part": (0.9, 0.82, 0.5),
    "cut": (0.85, 0.5, 0.4), "initial": (0.6, 0.45, 0.4),
    "error": (0.6, 0.45, 0.0),
}  # fmt: skip


def _usual(name: list[str]) -> bool:
    """Whether many people are called so: "John Smith" and "Mohammed Ali", not "Fidel Castro"."""
    surnames = common_names("surnames")
    return name[-1] in surnames and (name[0] in surnames or name[0] in common_names("forenames"))


def _full(how: Fit, context: Context, *, usual: bool) -> Linked | None:
    agreed, silent, doubtful = _SURE[how]
    if context.sure:
        return _made(agreed, how, context.agree)
    score = doubtful if usual or (context.elsewhere and how != "equal") else silent
    return _made(score, how, context.agree) if score >= SUGGESTED else None


def _two_bare(a: Card, b: Card, context: Context, how: Fit) -> Linked | None:
    if context.apart:
        return None
    if context.sure and (context.office or not (a.roles and b.roles)):
        return _made(0.9 if context.office else 0.8, how, context.agree)
    if how == "equal" and not context.unlike and all(rarity(word) >= RAREST for word in a.names):
        return _made(0.8, how, "; ".join(filter(None, ("a rare one", context.agree))))
    return None if context.elsewhere else _made(0.45, how, context.agree)


def _bare_and_full(a: Card, b: Card, context: Context) -> Linked | None:
    if context.apart:
        return None
    if context.office and context.sure:
        return _made(0.88, "bare", context.agree)
    if context.unlike or (context.elsewhere and not context.office):
        return None
    one, _ = (a, b) if bare(a) else (b, a)
    if context.agree and (context.office or not one.roles) and (context.sure or context.office):
        return _made(0.8, "bare", context.agree)
    told = context.office or (a.country is not None and a.country == b.country)
    rare = all(rarity(word) >= RARE for word in one.names)
    return _made(0.45, "bare", context.agree) if told or rare else None


def _made(score: float, how: Fit, agree: str) -> Linked:
    return Linked(score, f"{_WORDS[how]}{'; ' if agree else ''}{agree}")


def _places(a: Card, b: Card) -> Linked | None:
    if not any(_same_words(x, y) for x in a.names for y in b.names):
        return None
    context = _context(a, b)
    if context.apart or context.elsewhere:
        return None
    named = any(" " in name for name in a.names)
    return Linked(0.85 if context.agree or named else 0.5, _with("the same name", context.agree))


def _bodies(a: Card, b: Card) -> Linked | None:
    context = _context(a, b)
    if context.apart:
        return None
    clashing = a.sector is not None and b.sector is not None and a.sector != b.sector
    for x in a.names:
        for y in b.names:
            if _same_words(x, y):
                return _same_name(x, context, clashing=clashing)
    if shared := sorted(set(a.acronyms) & set(b.acronyms)):
        long = len(shared[0]) > 4 and not context.elsewhere
        score = 0.85 if (context.agree or long) and not clashing else 0.45
        named = a.names and b.names
        return Linked(min(score, 0.6) if named else score, _with(f"both called {shared[0]}", context.agree))
    return _by_initials(a, b, context) or _shorter(a, b, context)


def _same_name(name: str, context: Context, *, clashing: bool) -> Linked | None:
    words = set(name.split())
    said = _with("the same name", context.agree)
    if clashing:
        return Linked(0.5, said)
    if context.agree:
        return Linked(0.95, said)
    if words <= _GENERIC:
        return None if context.elsewhere else Linked(0.45, said)
    own = [word for word in words if word not in _GENERIC]
    rare = max(map(rarity, own)) >= 5 or len(own) > 1
    alone = len(words) == 1
    return Linked(
        0.85 if (rare and not (alone and context.elsewhere)) or not (alone or context.elsewhere) else 0.5, said
    )


def _by_initials(a: Card, b: Card, context: Context) -> Linked | None:
    """Letters in one report, words with these initials in the other."""
    for short, full in ((a, b), (b, a)):
        if short.names or full.acronyms:
            continue
        for name in full.names:
            letters = "".join(word[0] for word in name.split()).upper()
            if len(letters) > 2 and letters in {each.upper() for each in short.acronyms}:
                sure = bool(context.agree) and not (_GENERIC | _ADDED).isdisjoint(name.split())
                return Linked(0.8 if sure else 0.4, _with(f"{letters} for {name.title()}", context.agree))
    return None


def _shorter(a: Card, b: Card, context: Context) -> Linked | None:
    """A name and the same with "Department", "Party" or the like after it: suggested where both are of one country."""
    if not context.agree:
        return None
    for x in a.names:
        for y in b.names:
            short, long = sorted((x.split(), y.split()), key=len)
            rest = set(long[len(short) :])
            if long[: len(short)] == short and rest and rest <= _ADDED and not set(short) <= _GENERIC:
                return Linked(0.5, _with("one name begins the other", context.agree))
    return None


def _with(said: str, agree: str) -> str:
    return f"{said}; {agree}" if agree else said


@lru_cache(maxsize=50_000)
def _same_words(x: str, y: str) -> bool:
    """Whether two names of bodies or places have the same words, spelt in one way or another."""
    a, b = x.split(), y.split()
    if a == b:
        return True
    spelt = len(a) == len(b) and all(_spelt(v, w) for v, w in zip(a, b, strict=True))
    return spelt or (len(a) != len(b) and len(x) > 6 and "".join(a) == "".join(b))


def _spelt(x: str, y: str) -> bool:
    return x == y or (same_sound(x, y) and len(sounds(x)[0]) >= BONES)
