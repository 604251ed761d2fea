"""People and offices spoken of by their nation, body or head: "Ukrainian officials", "Berg's office"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.annotators.bodies import Body, Lexicon
from onrecord.annotators.forms import acronym_key, key
from onrecord.annotators.mention import Mention
from onrecord.annotators.place_words import COMPASS_ADJECTIVES, PEOPLES
from onrecord.annotators.words import Chunk, Words
from onrecord.model import EntityType

__all__ = ["members"]

#: Heads of such phrases, with their PLOVER sector where they say it.
_SECTORS = {
    "GOV": "officials ministers diplomats envoys ambassadors spokesmen spokespeople negotiators mediators inspectors "
           "delegates governors bureaucrats",
    "LEG": "lawmakers legislators parliamentarians senators mps",
    "MIL": "generals commanders officers soldiers troops pilots gunners marines paratroopers conscripts peacekeepers "
           "servicemen sailors",
    "COP": "investigators policemen detectives guards",
    "JUD": "prosecutors judges courts",
    "REB": "rebels insurgents fighters militants separatists guerrillas militiamen gunmen",
    "MED": "media newspapers broadcasters",
    "OPP": "dissidents",
    "REF": "refugees",
    "": "leaders authorities politicians analysts experts scientists researchers doctors medics paramedics nurses "
        "lawyers activists campaigners journalists reporters residents villagers settlers civilians citizens women "
        "men children students workers employees staff representatives delegations negotiators sources economists "
        "historians observers monitors firefighters rescuers engineers executives supporters protesters demonstrators "
        "associations groups agencies organisations organizations companies banks charities unions parties clerics "
        "elders farmers fishermen hostages prisoners veterans families relatives members",
}  # fmt: skip
_HEADS = {head: code or None for code, listed in reversed(_SECTORS.items()) for head in listed.split()}
#: Heads that are one body, so that "it" may stand for them, with its type and sector.
_ONE: dict[str, tuple[EntityType, str | None]] = {
    **dict.fromkeys(("court", "tribunal"), ("government", "JUD")),
    **dict.fromkeys(("mission", "delegation", "intelligence", "leadership"), ("organisation", None)),
    **dict.fromkeys(("television", "tv", "radio"), ("organisation", "MED")),
}  # fmt: skip
#: Heads that belong to a person.
_OF_PEOPLE: dict[str, tuple[EntityType, str | None]] = {
    **dict.fromkeys(("administration", "government", "cabinet"), ("government", "GOV")),
    "party": ("group", None),
    **dict.fromkeys(("office", "campaign", "delegation", "camp"), ("organisation", None)),
}  # fmt: skip
#: Adjectives that say whose in small or capital letters, beside demonyms and names.
_SIDES = (PEOPLES - {"latin"}) | {"palestinian", "separatist", "republican", "democratic", "republicans"}
#: How many words may stand between whose they are and what they are: "Israeli security officials".
BETWEEN = 2


def members(words: Words, lexicon: Lexicon, found: Sequence[Mention], taken: frozenset[int]) -> list[Mention]:
    """Such phrases, without articles, in the order of the text.

    Args:
        found: the names of bodies that such a phrase may begin with.
        taken: tokens of names; a phrase may hold only the one that it begins with.

    Example:
        >>> from onrecord.annotators.bodies import lexicon
        >>> from onrecord.annotators.parse import parse
        >>> from onrecord.annotators.words import words
        >>> from onrecord.read.text import report
        >>> tokens = words(parse(report("Two Israeli security officials said so, and Kurdish fighters agreed.")))
        >>> [(tokens.of(m.chunk), m.body.country) for m in members(tokens, lexicon(), [], frozenset())]
        [('Israeli security officials', 'ISR'), ('Kurdish fighters', None)]
    """
    names = {m.chunk.start: m for m in found if m.type != "place"}
    made = []
    i = 0
    while i < len(words):
        opened = _whose(words, lexicon, names, taken, i)
        end = None if opened is None else _headed(words, opened, taken)
        if opened is None or end is None:
            i += 1
            continue
        side = i > 0 and opened.sided and words.lower[i - 1] in COMPASS_ADJECTIVES and words.texts[i - 1][0].isupper()
        chunk, head = Chunk(i - side, end), words.lower[end - 1]
        kind, sector = opened.heads.get(head, ("group", _HEADS.get(head)))
        body = Body(" ".join(words.of(chunk).split()), kind, opened.country, sector)
        made.append(Mention(chunk, kind, body, member=True, several=head not in opened.heads))
        i = end
    return made


@dataclass(frozen=True, slots=True)
class _Opened:
    """The words that say whose people they are: where they end, the country's alpha-3 code, which one heads fit.

    `sided` is whether a compass point may stand before them.
    """

    end: int
    country: str | None
    heads: dict[str, tuple[EntityType, str | None]]
    plural: bool = True
    sided: bool = False


def _whose(words: Words, lexicon: Lexicon, names: dict[int, Mention], taken: frozenset[int], i: int) -> _Opened | None:
    if words.shouted[i]:
        return None
    if (name := names.get(i)) is not None:
        end = _after_possessive(words, name.chunk.end)
        if name.type == "person":
            return _Opened(end, None, _OF_PEOPLE, plural=False)
        return _Opened(end, name.body.country if name.body is not None else None, _ONE)
    if i in taken or not words.named[i]:
        return None
    for size in (2, 1):
        if i + size >= len(words):
            continue
        text = words.of(Chunk(i, i + size))
        codes = lexicon.demonyms.get(text.lower())
        if codes is None and (code := lexicon.nations.get(acronym_key(text) or key(text))) is not None:
            codes = (code,)
        if codes is not None:
            country = lexicon.alpha3[codes[0]] if len(codes) == 1 else None
            return _Opened(_after_possessive(words, i + size), country, _ONE)
    return _Opened(i + 1, None, _ONE, sided=True) if words.lower[i] in _SIDES else None


def _after_possessive(words: Words, i: int) -> int:
    return i + (i < len(words) and words.lower[i] in {"'s", "’s"})


def _headed(words: Words, opened: _Opened, taken: frozenset[int]) -> int | None:
    """Where the phrase ends whose last word is such a head; None if there is none."""
    between = BETWEEN if opened.plural else 0
    for i in range(opened.end, min(opened.end + between + 1, len(words))):
        if i in taken or words.texts[i][0].isupper() or not words.texts[i][0].isalpha():
            return None
        if (words.lower[i] in opened.heads or (opened.plural and words.lower[i] in _HEADS)) and words.tags[i] in {
            "NOUN",
            "PROPN",
        }:
            goes_on = i + 1 < len(words) and words.lower[i + 1] in _HEADS and words.tags[i + 1] == "NOUN"
            return None if goes_on else i + 1
        if words.tags[i] not in {"ADJ", "NOUN", "PROPN"}:
            return None
    return None
