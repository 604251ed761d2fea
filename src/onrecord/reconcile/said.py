"""The words of a statement, ready to be compared: which are rare, quoted, names, numbers or negated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from onrecord.model import Span
from onrecord.reconcile.kinship import root
from onrecord.reconcile.rarity import folded, rarity

__all__ = ["Run", "Said", "Word", "numbers", "quoted_spans", "runs", "said", "tokens"]

#: A word weighs what it is rarer than `COMMON`, up to `MOST`: a name that the table does not know is not everything.
COMMON, MOST = 0.8, 4.5
#: A name is as likely to be of the story as of the statement.
NAME = 0.6
#: How many words make the shortest run.
SHORTEST = 3
#: A run that comes more often than this is looked for at its first places alone.
REPEATED = 8
#: How many words of weight after "not" are negated, at most.
NEGATED = 3

_TOKEN = re.compile(r"\d[\d,]*\d(?:\.\d+)?|[^\W_]+(?:[’'][^\W_]+)*|[.,;:!?…\n]")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_MARK = re.compile("``|''|[“”„«»\"]|\n")
_NOT = frozenset({"not", "no", "never", "none", "nobody", "neither", "nor", "cannot", "nothing", "without"})
_NUMBERS = {
    "zero": 0.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0,
    "eight": 8.0, "nine": 9.0, "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "thirteen": 13.0, "fourteen": 14.0,
    "fifteen": 15.0, "sixteen": 16.0, "seventeen": 17.0, "eighteen": 18.0, "nineteen": 19.0, "twenty": 20.0,
    "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "seventy": 70.0, "eighty": 80.0, "ninety": 90.0,
    "dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9,
}  # fmt: skip
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}
#: Words that only say where, when or to whom it happened: reports of one story share them, whatever is said.
_SETTING = frozenset(
    root(word)
    for word in """block street avenue road drive lane court boulevard highway way parkway city county town apartment
    apartments area side north south east west am pm hour minute night overnight morning afternoon evening
    noon midnight time early late later shortly month year years old aged age identified named suspect victim man woman
    boy girl teen teenager child""".split()  # noqa: SIM905
)
#: A capitalised word that opens a statement is a name if it is as rare as this.
NAME_RARE = 6.0
#: Days and months are compared as days, and what is said of a saying says nothing of what is said.
_UNTOLD = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
    october november december today yesterday tomorrow said says say saying told tell added the that this""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word: as written in small letters, its root, its weight, where it stands, and what is known of it."""

    text: str
    root: str
    weight: float
    span: Span
    quoted: bool
    name: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Words that two statements share in one order: where they start in each, how many, and their weight."""

    a: int
    b: int
    count: int
    weight: float


@dataclass(frozen=True)
class Said:
    """The words of a statement.

    Attributes:
        words: all of them, in order.
        numbers: the numbers, but for "one".
        negated: roots after a "not", a few each time.
        negates: whether there is a "not" at all.
    """

    words: tuple[Word, ...]
    numbers: frozenset[float]
    negated: frozenset[str]
    negates: bool

    @cached_property
    def roots(self) -> Mapping[str, float]:
        """Each root that weighs something, with its weight; a name's is less."""
        found: dict[str, float] = {}
        for word in self.words:
            if word.weight:
                found[word.root] = max(found.get(word.root, 0.0), word.weight * (NAME if word.name else 1.0))
        return found

    @cached_property
    def telling(self) -> Mapping[str, float]:
        """The roots of what is said, with what they tell: no names, numbers, and words of place, time and person.

        A common verb says nearly as much as a rare one here, since it is the clause that counts.
        """
        named = {word.root for word in self.words if word.name}
        return {
            word.root: 1 + word.weight
            for word in self.words
            if word.weight and word.root not in named and word.root not in _SETTING and not _counts(word)
        }

    @cached_property
    def forms(self) -> Mapping[str, str]:
        """For each root that weighs something, the word as it first stands, in small letters."""
        found: dict[str, str] = {}
        for word in self.words:
            if word.weight:
                found.setdefault(word.root, word.text)
        return found

    @cached_property
    def weight(self) -> float:
        """The weights of all roots together."""
        return sum(sorted(self.roots.values()))

    @cached_property
    def places(self) -> Mapping[tuple[str, ...], tuple[int, ...]]:
        """Where each run of `SHORTEST` words starts, the first `REPEATED` times."""
        found: dict[tuple[str, ...], list[int]] = {}
        texts = [word.text for word in self.words]
        for n in range(len(texts) - SHORTEST + 1):
            starts = found.setdefault(tuple(texts[n : n + SHORTEST]), [])
            if len(starts) < REPEATED:
                starts.append(n)
        return {run: tuple(starts) for run, starts in found.items()}


@lru_cache(maxsize=8192)
def said(text: str, quoted: tuple[Span, ...]) -> Said:
    """The words of a statement, of which some spans are quoted.

    Example:
        >>> made = said("It did not fire 14 rockets.", ())
        >>> [word.text for word in made.words], sorted(made.numbers), made.negates
        (['it', 'did', 'not', 'fire', '14', 'rockets'], [14.0], True)
    """
    words: list[Word] = []
    negated: set[str] = set()
    ahead, negates = 0, False
    for token, start, end in tokens(text):
        if not token[0].isalnum():
            ahead = 0
            continue
        word = _word(token, (start, end), any(first <= start < last for first, last in quoted), first=not words)
        words.append(word)
        if word.text in _NOT or (word.text.endswith("nt") and token[-2] in "’'"):
            ahead, negates = NEGATED, True
        elif ahead and word.weight:
            negated.add(word.root)
            ahead -= 1
    return Said(tuple(words), numbers(words), frozenset(negated), negates)


def tokens(text: str) -> Iterable[tuple[str, int, int]]:
    """The words and the marks that end a clause, each with its span."""
    return ((match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text))


def runs(a: Said, b: Said) -> tuple[Run, ...]:
    """The longest runs of words that both share, each word of `a` in one at most, in the order of `a`."""
    found: list[Run] = []
    n = 0
    while n + SHORTEST <= len(a.words):
        key = tuple(word.text for word in a.words[n : n + SHORTEST])
        best = max(((_length(a, b, n, m), -m) for m in b.places.get(key, ())), default=(0, 0))
        count, start = best[0], -best[1]
        if count:
            shared = zip(a.words[n : n + count], b.words[start : start + count], strict=True)
            found.append(Run(n, start, count, round(sum(_quoted_weight(one, other) for one, other in shared), 3)))
        n += count or 1
    return tuple(found)


def quoted_spans(text: str) -> tuple[Span, ...]:
    """What stands between quotation marks in a text, without the marks; a paragraph closes what it left open.

    Example:
        >>> text = 'He called it "a map for tourists" on Monday.'
        >>> [text[slice(*span)] for span in quoted_spans(text)]
        ['a map for tourists']
    """
    spans: list[Span] = []
    opened = -1
    for mark in _MARK.finditer(text):
        sign = mark.group()
        if opened >= 0 and (sign in ("”", "»", "\n", '"', "''")):
            spans.append((opened, mark.start()))
            opened = -1
        elif sign in ("“", "„", "«", '"', "``") and opened < 0:
            opened = mark.end()
    if opened >= 0:
        spans.append((opened, len(text)))
    return tuple(spans)


def _length(a: Said, b: Said, n: int, m: int) -> int:
    count = 0
    while n + count < len(a.words) and m + count < len(b.words) and a.words[n + count].text == b.words[m + count].text:
        count += 1
    return count


def _quoted_weight(one: Word, other: Word) -> float:
    """A shared word tells most where both quote it, least where neither does."""
    return one.weight * (0.5 + 0.25 * one.quoted + 0.25 * other.quoted)


def _word(token: str, span: Span, quoted: bool, *, first: bool) -> Word:
    text = folded(token.removesuffix("'s").removesuffix("’s"))
    name = token[0].isupper() and not first and (len(token) > 1)
    if text in _UNTOLD or text in _NOT:
        return Word(text, text, 0.0, span, quoted, False)
    weight = min(max(rarity(text) - COMMON, 0.0), MOST)
    return Word(text, text if text[0].isdigit() else root(text), round(weight, 3), span, quoted, name)


def numbers(found: Iterable[Word]) -> frozenset[float]:
    """The numbers that some words are, but for "one"; "two million" is one number."""
    return frozenset(_numbers(found))


def _counts(word: Word) -> bool:
    return word.text[0].isdigit() or word.text in _NUMBERS


def _numbers(words: Iterable[Word]) -> Iterable[float]:
    before: float | None = None
    for word in words:
        value = _NUMBERS.get(word.text)
        if _NUMBER.fullmatch(word.text):
            value = float(word.text)
        if value is not None and before is not None and word.text in _SCALES:
            value = before * _SCALES[word.text]
        elif before is not None and before != 1:
            yield before
        before = value
    if before is not None and before != 1:
        yield before
