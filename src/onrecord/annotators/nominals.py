"""Whom "the minister", "the movement" or "the 71-year-old" stands for: the one entity so described before."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.annotators.grammar import Grammar
from onrecord.annotators.referents import Call, Referent
from onrecord.annotators.salience import Seen
from onrecord.annotators.titles import TITLES
from onrecord.annotators.words import Chunk

__all__ = ["HELD", "VARIED", "Described", "aged", "bare", "called", "definite", "only_person"]

#: Nouns so common in reports that "the official" is somebody named only where he was spoken of just before.
_ANYBODY = frozenset(
    {"official", "analyst", "expert", "witness", "resident", "activist", "student", "journalist", "reporter",
     "officer", "diplomat", "lawyer", "doctor", "nurse", "teacher", "militant", "lawmaker", "candidate", "head",
     "chief", "leader", "private", "staff", "major", "deputy", "aide", "adviser", "advisor", "author", "researcher",
     "secretary", "member", "man", "woman", "worker", "soldier", "part", "one"}
)  # fmt: skip
#: Offices of which a report's reader is expected to know the holder.
HELD = frozenset(
    {"president", "minister", "premier", "chancellor", "ambassador", "envoy", "general", "colonel", "admiral",
     "governor", "mayor", "senator", "king", "queen", "pope", "bishop", "archbishop", "cardinal", "secretary-general"}
)  # fmt: skip
#: Nouns by which reports go on speaking of somebody whom they have just named.
VARIED = frozenset(
    {"nominee", "candidate", "businessman", "businesswoman", "politician", "veteran", "billionaire", "tycoon", "mogul",
     "frontrunner", "statesman", "senator", "lawmaker", "congressman", "congresswoman", "strongman", "cleric",
     "lady", "incumbent", "newcomer", "conservative", "liberal", "populist", "nationalist", "warlord", "dissident"}
)  # fmt: skip
_CALLED = frozenset({"call", "know", "name", "identify", "nickname", "dub", "style"})
_TIED = frozenset({"linked", "backed", "allied", "aligned", "affiliated", "funded", "inspired", "based", "supported"})
_ANAPHORIC = frozenset({"the", "this", "that"})
#: How many words of a description may stand before its noun.
MOST = 5
#: How many of those called by one word ("minister") are compared with a description.
CALLED = 40


def definite(g: Grammar, noun: int, named: frozenset[int]) -> Chunk | None:
    """The words of "the ... noun", without the article, if nothing after the noun says which one is meant."""
    start = noun
    tied = False
    while start > max(0, noun - MOST, g.left[noun]) and (start - 1 not in named or tied):
        tied = tied or g.lower[start - 1] == "-"
        if g.pos[start - 1] not in {"ADJ", "NOUN", "PROPN", "VERB"} and g.lower[start - 1] != "-":
            break
        start -= 1
    if start == 0 or g.lower[start - 1] not in _ANAPHORIC or g.head[start - 1] == start - 1:
        return None
    return Chunk(start, noun + 1) if _ends(g, noun, named) else None


def bare(g: Grammar, noun: int, named: frozenset[int]) -> Chunk | None:
    """The words of a description without an article, as headlines write it: "Australian woman"."""
    start = noun
    while start > max(0, noun - MOST, g.left[noun]) and g.pos[start - 1] in {"ADJ", "NOUN", "PROPN"}:
        if start - 1 in named:
            return None
        start -= 1
    lone = start == 0 or g.pos[start - 1] not in {"DET", "PRON", "NUM", "ADP"}
    return Chunk(start, noun + 1) if lone and start < noun and _ends(g, noun, named) else None


def _ends(g: Grammar, noun: int, named: frozenset[int]) -> bool:
    """Whether the phrase ends with its noun: no name, "of", further noun or defining clause follows."""
    after = noun + 1
    if after >= len(g):
        return True
    if after in named or g.lower[after] in {"of", "for", "-", "that", "who", "which"}:
        return False
    if g.dep[after] in {"prep", "acl"} and g.head[after] == noun:
        return False
    return g.pos[after] not in {"NOUN", "PROPN", "ADJ"}


def aged(g: Grammar, token: int) -> Chunk | None:
    """The words of "the 71-year-old" that end here, without the article, if no noun follows."""
    start = token - 4
    if start < 1 or g.lower[token] != "old" or g.lower[token - 2] not in {"year", "month"}:
        return None
    if g.lower[token - 1] != "-" or not g.lower[start].isdigit() or g.lower[start - 1] != "the":
        return None
    follows = token + 1 < len(g) and g.pos[token + 1] in {"NOUN", "PROPN", "ADJ"}
    return None if follows else Chunk(start, token + 1)


def called(g: Grammar, noun: int) -> int | None:
    """The first token of the name that somebody bears by what follows a noun: "who calls himself General Storm"."""
    for verb in g.kids[noun]:
        if g.dep[verb] not in {"relcl", "acl"} or g.lemma[verb] not in _CALLED:
            continue
        name = g.kid(verb, "oprd", "attr")
        if name is None and (way := g.kid(verb, "prep")) is not None and g.lower[way] in {"as", "by"}:
            name = g.kid(way, "pobj")
        if name is not None and g.pos[name] == "PROPN":
            return next(
                (k for k in range(g.left[name], name) if g.pos[k] == "PROPN" and g.lower[k] not in TITLES), name
            )
    return None


def only_person(near: Sequence[Seen], unit: int) -> int | None:
    """The one person, named and a subject, of whom this sentence and the one before speak; None if there are others."""
    people = [s for s in near if s.unit >= unit - 1 and s.kind in {"person", "doubtful"}]
    if len({s.who for s in people}) != 1 or people[0].who < 0 or not any(s.subject for s in people):
        return None
    return people[0].who


class Described:
    """Looks up descriptions among the entities of a report."""

    def __init__(self, referents: Sequence[Referent], countries: dict[str, tuple[str, ...]]) -> None:
        self._referents = referents
        self._countries = countries
        self._by_noun: dict[str, list[int]] = {}
        self._by_word: dict[tuple[int, str, str], list[Call]] = {}
        self._sorts: set[str] = set()
        self.crowded = False  # whether more are called by one word than are compared
        for number, referent in enumerate(referents):
            for noun in dict.fromkeys(call.noun for call in referent.calls):
                self._by_noun.setdefault(noun, []).append(number)
            for call in referent.calls:
                for word in call.words:
                    self._by_word.setdefault((number, call.noun, word), []).append(call)
            self._sorts |= referent.sorts

    def knows(self, noun: str) -> bool:
        """Whether any entity may be called so."""
        return noun in self._by_noun or noun in self._sorts

    def so_called(self, noun: str) -> list[int]:
        """The first of those whom the report calls by a word."""
        found = self._by_noun.get(noun, [])
        self.crowded = self.crowded or len(found) > CALLED
        return found[:CALLED]

    def told(self, said: frozenset[str], noun: str) -> bool:
        """Whether the report says of anybody that he is what a description says."""
        return any(self.fits(n, said, noun) for n in self.so_called(noun))

    def who(self, phrase: Sequence[str], at: int, near: Sequence[Seen], *, subject: bool) -> int | None:
        """The one referent that a description at a token can mean.

        Args:
            phrase: the description's words, its noun last.
            near: who was spoken of in the last sentences, latest first.
            subject: whether the description is a subject; only then may it stand for a place.
        """
        if "-" in phrase:
            # "the Iran-backed group" is any group
            tied = len(phrase) - list(reversed(phrase)).index("-")
            phrase = phrase[tied + 1 :] if phrase[tied] in _TIED else phrase
        noun, said = phrase[-1], frozenset(phrase)
        fits = [n for n in self.so_called(noun) if self._started(n, at) and self.fits(n, said, noun)]
        others = any(s.who < 0 and s.noun == noun for s in near)
        close = {s.who for s in near}
        if len(fits) > 1:
            fits = [n for n in fits if n in close]
        if fits:
            common = noun in _ANYBODY or self._referents[fits[0]].plural
            sure = len(fits) == 1 and not others and (not common or fits[0] in close)
            return fits[0] if sure else None
        alike = [n for n in close if n >= 0 and " ".join(phrase) in self._referents[n].sorts]
        if others or len(alike) != 1 or (self._referents[alike[0]].kind == "place" and not subject):
            return None
        return alike[0]

    def foretold(self, said: frozenset[str], noun: str) -> int | None:
        """The one entity, named anywhere, of which the report says what a headline's description says."""
        fits = [n for n in self.so_called(noun) if self.fits(n, said, noun)]
        return fits[0] if len(fits) == 1 else None

    def _started(self, number: int, at: int) -> bool:
        return self._referents[number].chunks[0].start < at

    def introduces(self, number: int, said: frozenset[str], noun: str) -> bool:
        """Whether a description may have brought the entity in: what is said of it since is no other, if less."""
        referent = self._referents[number]
        nations = {word for word in said if word in self._countries}
        if referent.country is not None and not any(referent.country in self._countries[word] for word in nations):
            return False
        rest = said - nations
        return any(call.noun == noun and (rest <= call.words or call.words == {noun}) for call in referent.calls)

    def fits(self, number: int, said: frozenset[str], noun: str) -> bool:
        """Whether every word of the description was said of the entity; of a nation, its country's is enough."""
        referent = self._referents[number]
        nations = {word for word in said if word in self._countries}
        its_own = any(referent.country in self._countries[word] for word in nations)
        rest = said - {"-"} - (nations if its_own else set())
        with_word = (self._by_word.get((number, noun, word), []) for word in rest)
        calls = min(with_word, key=len) if rest else [call for call in referent.calls if call.noun == noun]
        return any(rest <= call.words and ("former" in rest or "former" not in call.words) for call in calls)
