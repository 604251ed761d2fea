"""Whose count a figure is, brought to a form in which two reports can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from onrecord.model import Annotated, Attribution, Entity, Figure
from onrecord.reconcile.groups import Groups
from onrecord.reconcile.rarity import folded
from onrecord.reconcile.word_sets import word_set

__all__ = ["Claim", "claim", "claimants", "one_claimant", "vague"]

_PLAIN = word_set("the a an of and in for at its his her their our local some s said city")
#: Who speaks for a body: the words leave the body.
_SPEAKERS = word_set(
    """
    spokesman spokeswoman spokesperson spokespersons spokesmen chief head director commander captain capt lt sgt
    lieutenant sergeant officer official officials deputy senior assistant detective major general gen col colonel
    cmdr statement statements
    """
)
_BODY = {"minister": "ministry", "ministers": "ministry"}
_SAME = {"healthcare": "health", "medics": "doctors", "defense": "defence", "department": "", "dept": "",
         "officers": "police", "policemen": "police"}  # fmt: skip
_UNKNOWN = word_set("he she they it who this that we i one nobody which those these reports report")
_ANYBODY = word_set("officials official authorities sources source reports report preliminary media")
_PRONOUNS = word_set("he she it they who")
_TITLES = word_set("mr mrs ms dr president sheriff mayor governor lt sgt capt chief police officer")
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")


class Claim(msgspec.Struct, frozen=True, array_like=True):
    """Whose count it is.

    Attributes:
        name: in the report's words, for people to read; empty where the report names nobody.
        words: the folded words of the name, sorted; empty for nobody and for a pronoun that is not resolved.
        body: the folded words of the body that a person speaks for, sorted; empty where there is none.
        voice: "narrator", "unsourced" or "said": in the outlet's own voice, in nobody's, or in another's.
    """

    name: str
    words: tuple[str, ...]
    body: tuple[str, ...]
    voice: str


def claim(figure: Figure, annotated: Annotated) -> Claim:
    """Whose count a figure is: its claimant, else the speaker in whose voice it stands, else nobody."""
    said = next((a for a in annotated.attributions if a.id == figure.voice), None)
    voice = "said" if said is not None or figure.claimant else figure.voice
    entity = next((e for e in annotated.entities if e.id == figure.claimant), None)
    if entity is None and said is not None:
        entity = next((e for e in annotated.entities if e.id == said.source.entity), None)
    if entity is not None:
        return Claim(entity.name, _name(entity), _body(entity), voice)
    words = "" if said is None else _source(said, annotated.report.text)
    if said is not None and words.lower() in _PRONOUNS:
        return _last_before(said, annotated)
    if not words:
        return Claim("", (), (), "unsourced" if said is not None else voice)
    return Claim(words, _words(words), (), voice)


def _last_before(said: Attribution, annotated: Annotated) -> Claim:
    """Who spoke last before a pronoun that is not resolved ("It said"), in its paragraph; else somebody not known."""
    first = annotated.report.text.rfind("\n", 0, said.source.spans[0][0])
    before = [
        a for a in annotated.attributions
        if a.source.spans and first < a.source.spans[0][0] < said.source.spans[0][0]
        and _source(a, annotated.report.text).lower() not in _PRONOUNS
    ]  # fmt: skip
    last = max(before, key=lambda a: a.source.spans[0], default=None)
    if last is None:
        return Claim("", (), (), "said")
    entity = next((e for e in annotated.entities if e.id == last.source.entity), None)
    if entity is not None:
        return Claim(entity.name, _name(entity), _body(entity), "said")
    words = _source(last, annotated.report.text)
    return Claim(words, _words(words), (), "said")


def one_claimant(a: Claim, b: Claim) -> bool:
    """Whether two claims may be of one claimant: all words of the one name, or of its body, are in the other's.

    Example:
        >>> police, city = (Claim(n, tuple(n.split()), (), "said") for n in ("police", "dravik police"))
        >>> one_claimant(police, city)
        True
    """
    return any(
        set(mine) <= set(others) or set(others) <= set(mine)
        for mine in _forms(a)
        for others in _forms(b)
    )  # fmt: skip


def vague(one: Claim) -> bool:
    """Whether a claim is by officials and the like, who may be anybody's."""
    return bool(one.words) and set(one.words) <= _ANYBODY


def claimants(claims: Iterable[Claim]) -> dict[Claim, str]:
    """For each claim on one subject, the fullest name of its claimant.

    Claims are of one claimant if a name, or the body that a person speaks for, is the same; and if all words of the one
    are in one other claimant's alone: "the ministry" is the health ministry's unless another ministry counts as well.
    The same in any order of the claims.
    """
    distinct = sorted(set(claims), key=lambda c: (c.words, c.body, c.name, c.voice))
    same = Groups(range(len(distinct)))
    holders: dict[tuple[str, ...], int] = {}
    for n, one in enumerate(distinct):
        for form in _forms(one):
            same.unite(holders.setdefault(form, n), n)
    fuller = {form: _fuller(form, holders, same) for form in sorted(holders)}
    for form, homes in fuller.items():
        if len(homes) == 1:
            same.unite(holders[form], homes.pop())
    names: dict[int, str] = {}
    for n in sorted(range(len(distinct)), key=lambda n: (-len(distinct[n].words), distinct[n].words, distinct[n].name)):
        names.setdefault(same.of(n), distinct[n].name)
    return {one: names[same.of(n)] for n, one in enumerate(distinct)}


def _fuller(form: tuple[str, ...], holders: dict[tuple[str, ...], int], same: Groups[int]) -> set[int]:
    """The claimants whose names hold all these words and more, without those that are themselves in a fuller one."""
    wider = [other for other in holders if set(form) < set(other)]
    fullest = [other for other in wider if not any(set(other) < set(third) for third in wider)]
    return {same.of(holders[other]) for other in fullest}


def _forms(one: Claim) -> Iterable[tuple[str, ...]]:
    return [words for words in (one.words, one.body) if words]


def _name(entity: Entity) -> tuple[str, ...]:
    if entity.type == "person":
        bare = [w for w in map(folded, _WORD.findall(entity.name)) if w not in _TITLES and w not in _PLAIN]
        return tuple(sorted(set(bare)))
    return _words(entity.name)


def _body(entity: Entity) -> tuple[str, ...]:
    """The body that a person speaks for, from the first role that names one."""
    for role in entity.roles if entity.type == "person" else ():
        if found := _words(f"{role.role} {role.of or ''}"):
            return found
    return ()


def _source(said: Attribution, text: str) -> str:
    if not said.source.spans:
        return ""
    start, end = said.source.spans[0]
    words = " ".join(text[start:end].split())
    return words.split(",")[0].split(" who ")[0].strip()[:80]


def _words(name: str) -> tuple[str, ...]:
    found = set()
    for word in map(folded, _WORD.findall(name.replace("’s", "").replace("'s", ""))):
        plain = _SAME.get(_BODY.get(word, word), _BODY.get(word, word))
        if plain and not plain.isdigit() and plain not in _PLAIN and plain not in _SPEAKERS and plain not in _UNKNOWN:
            found.add(plain)
    if not found:  # "officials": nothing but the word that would leave the body
        found = {w for w in map(folded, _WORD.findall(name)) if w not in _PLAIN | _UNKNOWN and not w.isdigit()}
    return tuple(sorted(found))
