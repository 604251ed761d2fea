"""Which mentions of bodies are of one body: by the table of known bodies, by acronym, and by short name."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.annotators.bodies import HEADS, Lexicon
from onrecord.annotators.forms import key
from onrecord.annotators.mention import Mention
from onrecord.annotators.words import Chunk, Words

__all__ = ["acronyms", "bodies"]

#: Between a body's full name and a short one: ", known by its Spanish initials".
_CALLING = frozenset({"known", "called", "acronym", "acronyms", "initials", "abbreviated", "dubbed", "nicknamed"})
_CALLED = _CALLING | {",", "by", "as", "its", "their", "the", "in", "also", "better", "widely", "commonly", "simply",
                      "formerly", "previously", "which", "is", "or", "-", "spanish", "french", "arabic", "english",
                      "russian", "portuguese", "turkish", "hebrew", "local", "locally"}  # fmt: skip

_SMALL = frozenset({"of", "the", "for", "and", "in", "on", "to", "de", "la", "al", "des", "du", "et"})


def acronyms(words: Words, found: Sequence[Mention], taken: frozenset[int]) -> list[Mention]:
    """Short names that the report introduces in brackets after a full one, wherever they stand."""
    introduced: dict[str, Mention] = {}
    for mention in found:
        i = mention.chunk.end
        if mention.type in {"person", "place"} or i + 2 >= len(words) or words.texts[i] != "(":
            continue
        short = words.texts[i + 1]
        if words.texts[i + 2] in {")", ",", ";"} and _abbreviates(short, words.of(mention.chunk)):
            introduced.setdefault(short, mention)
    return [
        Mention(Chunk(i, i + 1), introduced[text].type, introduced[text].body)
        for i, text in enumerate(words.texts)
        if text in introduced and i not in taken
    ]


def bodies(words: Words, found: Sequence[Mention], lexicon: Lexicon) -> list[list[int]]:
    """Groups of indices into `found`, one for each body."""
    forms = [key(words.of(m.chunk)) for m in found]
    parent = list(range(len(found)))
    first: dict[str, int] = {}
    for i, mention in enumerate(found):
        name = "=" + mention.body.name if mention.body is not None else forms[i]
        _join(parent, first.setdefault(name, i), i)
        if mention.body is not None:
            first.setdefault(forms[i], i)
    for i in range(len(found) - 1):
        _introduce(words, found, parent, i)
    longer = _shortenings(forms)
    for i in sorted({parent_of(parent, i) for i in range(len(found))}):
        other = _fuller(found, forms, parent, longer, i, lexicon)
        if other is not None:
            _join(parent, other, i)
    groups: dict[int, list[int]] = {}
    for i in range(len(found)):
        groups.setdefault(parent_of(parent, i), []).append(i)
    return list(groups.values())


def parent_of(parent: list[int], i: int) -> int:
    """The first member of the group of i."""
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


def _join(parent: list[int], a: int, b: int) -> None:
    x, y = parent_of(parent, a), parent_of(parent, b)
    if x != y:
        parent[max(x, y)] = min(x, y)


def _introduce(words: Words, found: Sequence[Mention], parent: list[int], i: int) -> None:
    """Join the next mention in "the Rapid Support Forces (RSF)" and "Daesh (also known as ISIL)"."""
    a, b = found[i].chunk, found[i + 1].chunk
    between = words.lower[a.end : b.start]
    if between[:1] == (",",) and len(between) < 9 and set(between) <= _CALLED and set(between) & _CALLING:
        _join(parent, i, i + 1)
        return
    if not between or between[0] != "(" or b.end >= len(words) or words.texts[b.end] not in {")", ",", ";"}:
        return
    known = {"(", "also", "known", "as", "or", "called", "formerly", "the", "acronym", "in", "arabic", "aka"}
    if set(between) <= known and (len(between) > 2 or _abbreviates(words.of(b), words.of(a))):
        _join(parent, i, i + 1)


def _abbreviates(short: str, full: str) -> bool:
    """Whether the letters of the short name are, in order, initials or first letters in the full one.

    Example:
        >>> _abbreviates("RSF", "Rapid Support Forces"), _abbreviates("BBC", "Rapid Support Forces")
        (True, False)
    """
    letters = short.replace(".", "").replace("-", "").lower()
    if not 2 <= len(letters) <= 8 or not letters.isalnum() or not any(c.isupper() for c in short):
        return False
    parts = [w for w in key(full).split() if w]
    initials = "".join(w[0] for w in parts)
    main = "".join(w[0] for w in parts if w not in _SMALL)
    if letters in {initials, main}:
        return True
    rest = iter("".join(parts))
    return len(parts) > 1 and letters[0] == initials[0] and len(set(letters) & set(initials)) >= 2 and all(
        c in rest for c in letters
    )  # fmt: skip


def _shortenings(forms: Sequence[str]) -> dict[str, list[int]]:
    """Names by what may be short for them: first words, last words, and "=" with their initials."""
    short: dict[str, list[int]] = {}
    for j in sorted({form: j for j, form in reversed(list(enumerate(forms)))}.values()):
        full = forms[j].split()
        cuts = {" ".join(full[:n]) for n in range(1, min(len(full), 6))}
        cuts |= {" ".join(full[-n:]) for n in range(1, min(len(full), 6))}
        cuts |= {"=" + "".join(w[0] for w in full if w not in _SMALL)} if len(full) > 2 else set()
        for cut in sorted(cuts):
            short.setdefault(cut, []).append(j)
    return short


def _fuller(
    found: Sequence[Mention],
    forms: Sequence[str],
    parent: list[int],
    longer: dict[str, list[int]],
    i: int,
    lexicon: Lexicon,
) -> int | None:
    """The one other body whose name this one is short for: its initials, its first words, or its head word."""
    short = forms[i].split()
    if not short or forms[i] in lexicon.demonyms or short[-1] in _SMALL or (len(short) > 1 and set(short) <= HEADS):
        return None
    fits = list(longer.get("=" + forms[i], ())) if len(short) == 1 and len(short[0]) > 2 else []
    fits += [j for j in longer.get(forms[i], ())[:20] if short[0] not in HEADS or forms[j].split()[-1] == short[-1]]
    roots = {parent_of(parent, j): j for j in fits if parent_of(parent, j) != parent_of(parent, i)}
    if len(roots) != 1:
        return None
    (j,) = roots.values()
    return None if found[i].body is not None and found[j].body is not None else j
