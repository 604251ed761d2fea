"""Several spoken of as one: "they" after two names, "both ministers", "the three countries"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.annotators.grammar import Grammar
from onrecord.annotators.referents import Referent
from onrecord.annotators.salience import Seen
from onrecord.annotators.words import Chunk

__all__ = ["Counted", "counted", "listed", "meant"]

_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4}
_STATES = frozenset({"country", "nation", "government", "state", "neighbour", "neighbor", "capital", "ally", "power"})
_MEN = {"man": "m", "woman": "f"}
#: Somebody without a name who may be one of those that are counted: always "counterpart", and these of "leaders".
_COUNTERPARTS = frozenset({"counterpart"})
_LEADERS = frozenset({"emir", "king", "queen", "sultan", "sheikh", "ruler", "monarch", "prince", "president", "premier",
                      "chancellor", "minister", "leader"})  # fmt: skip
_ANYBODY = frozenset({"man", "woman", "leader", "side", "party", "group", "movement", "politician", "pair", "rival"})
#: How many words may stand between the number and the noun.
_BETWEEN = 2

#: How many there are, the noun for each in the singular, and the words without the article.
Counted = tuple[int, str, Chunk]


def counted(g: Grammar, noun: int) -> Counted | None:
    """What "the two foreign ministers" counts, by its last token; None if it is no such phrase, or says which."""
    if g.tag[noun] != "NNS" or (noun + 1 < len(g) and g.lower[noun + 1] in {"of", "who", "that", "from", "in"}):
        return None
    for start in range(noun - 1, max(-1, noun - 2 - _BETWEEN), -1):
        number = _NUMBERS.get(g.lower[start])
        if number is None:
            if g.pos[start] not in {"ADJ", "NOUN", "PROPN"}:
                return None
            continue
        told = g.lower[start] == "both" or (start > 0 and g.lower[start - 1] in {"the", "these", "those"})
        return (number, g.lemma[noun], Chunk(start, noun + 1)) if told else None
    return None


def meant(
    referents: Sequence[Referent],
    so_called: Sequence[int],
    found: Counted,
    said: frozenset[str],
    near: Sequence[Seen],
    at: int,
) -> tuple[int, ...] | None:
    """The numbers of just so many referents, so described; None if there are more or fewer of them.

    Args:
        so_called: the numbers of those whom the report calls by the noun.
        said: the words of the phrase, its noun in the singular and its number left out.
        near: who was spoken of in the last sentences.
        at: the token before which they must have been named.
    """
    number, noun, _ = found
    close = list(dict.fromkeys(s.who for s in near if s.who >= 0))
    if noun in _STATES:
        return _states(referents, close, number)
    if noun in _MEN:
        fits = [n for n in close if referents[n].kind == "person" and referents[n].sex in {"", _MEN[noun]}]
    else:
        named = [n for n in so_called if referents[n].kind == "person" and referents[n].chunks[0].start < at]
        fits = [n for n in named if any(c.noun == noun and said <= c.words for c in referents[n].calls)]
        if len(fits) > number:
            fits = [n for n in fits if n in close]
    return tuple(sorted(fits)) if len(fits) == number and not _another(noun, fits, near) else None


def _another(noun: str, fits: Sequence[int], near: Sequence[Seen]) -> bool:
    """Whether somebody without a name, spoken of after one of them, may be meant instead: "had met the emir"."""
    latest = {n: max((s.token for s in near if s.who == n), default=-1) for n in fits}
    nouns = _COUNTERPARTS | {noun} | (_LEADERS if noun == "leader" else frozenset())
    others = [s.token for s in near if s.who < 0 and s.kind == "person" and not s.plural and s.noun in nouns]
    return any(token > min(latest.values()) for token in others)


def listed(found: Counted, near: Sequence[Seen], together: Mapping[int, tuple[int, ...]]) -> tuple[int, ...] | None:
    """Those whom the sentences before list together, if they are just so many and the noun says no more of them.

    Args:
        together: the numbers of the referents listed, by the number of those together.
    """
    number, noun, _ = found
    if noun not in _ANYBODY:
        return None
    lists = [together[s.who] for s in near if s.who in together]
    return tuple(sorted(lists[0])) if lists and len(lists[0]) == number and min(lists[0]) >= 0 else None


def _states(referents: Sequence[Referent], close: Sequence[int], number: int) -> tuple[int, ...] | None:
    """So many states; a state that is spoken of as a place and as a government counts once, as the government."""
    by_state: dict[str, int] = {}
    for n in close:
        referent = referents[n]
        if referent.state and referent.country is not None and (
            referent.country not in by_state or referent.kind == "body"
        ):  # fmt: skip
            by_state[referent.country] = n
    return tuple(sorted(by_state.values())) if len(by_state) == number else None
