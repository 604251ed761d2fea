"""All later mentions of entities by pronoun or description, read in the order of the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.annotators.grammar import Grammar
from onrecord.annotators.nominals import HELD, VARIED, Described, aged, bare, called, definite, only_person
from onrecord.annotators.pronouns import DEPTH, PRONOUNS, antecedent, governing, speaks
from onrecord.annotators.referents import Referent, head_in
from onrecord.annotators.salience import History, Seen, likeliest
from onrecord.annotators.scenes import Scene
from onrecord.annotators.sexes import SEXED
from onrecord.annotators.source_nouns import DOCUMENTS, OUTLETS, SOCIAL
from onrecord.annotators.titles import OFFICES, RANKS
from onrecord.annotators.together import Counted, counted, listed, meant
from onrecord.annotators.words import Chunk
from onrecord.model import Span

__all__ = ["Later", "references"]

#: Most characters of a headline.
HEADLINE = 160
#: What a mention weighs by its grammatical role (Lappin and Leass, 1994, table 1, in the order of their weights).
_WEIGHTS = {"nsubj": 80.0, "nsubjpass": 80.0, "agent": 60.0, "dobj": 50.0, "attr": 50.0, "dative": 40.0, "pobj": 40.0,
            "ROOT": 40.0, "poss": 25.0, "compound": 10.0, "nmod": 10.0}  # fmt: skip
_SPEAKER = 30.0
_EMBEDDED = 30.0
_WITHIN = frozenset({"ccomp", "advcl", "relcl", "acl", "xcomp"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "pobj", "agent", "conj"})
_PEOPLE = OFFICES | RANKS | SEXED.keys() | {
    "farmer", "counterpart", "fighter", "soldier", "worker", "colleague", "friend", "neighbour", "neighbor", "victim",
    "survivor", "driver", "engineer", "pilot", "relative", "suspect", "prisoner", "hostage", "trader", "baker",
    "villager", "refugee", "protester", "demonstrator", "rebel", "insurgent", "gunman", "child", "person", "citizen",
    "voter", "passenger", "patient", "guard", "source", "priest", "parent", "migrant", "veteran", "policeman",
    "family", "troop", "people", "critic", "supporter", "opponent", "member", "scientist", "player", "visitor",
}  # fmt: skip
_BODIES = frozenset(
    {"ministry", "government", "army", "police", "military", "court", "agency", "party", "committee", "council",
     "department", "commission", "parliament", "union", "organisation", "organization", "company", "bank", "group",
     "movement", "coalition", "alliance", "militia", "newspaper", "embassy", "university", "hospital", "charity",
     "team", "panel", "network", "firm", "board", "junta", "regime", "navy", "force", "delegation", "mission"}
)  # fmt: skip
_NOT_PEOPLE = DOCUMENTS | OUTLETS | SOCIAL
_THINGS = frozenset({"report", "statement", "study", "document", "letter", "survey", "resolution", "poll", "article",
                     "draft", "text", "law", "agreement", "treaty", "plan", "ruling", "file", "website"})  # fmt: skip


#: Offices whose holder a report may bring in before it names him.
_SPEAKERS = HELD | VARIED | OFFICES | RANKS | SEXED.keys()
#: Nouns for somebody just named that say more of him than which office he holds.
_VARYING = (VARIED | SEXED.keys() | {
    "officer", "diplomat", "politician", "lawmaker", "activist", "lawyer", "economist", "academic", "doctor",
    "preacher", "legislator", "general", "colonel", "admiral", "official", "analyst", "farmer", "teacher", "journalist",
    "author",
}) - {"king", "queen", "spokesman", "spokeswoman", "chairman", "chairwoman", "prince"}  # fmt: skip
_INTRODUCED = HELD | {"spokesman", "spokeswoman", "spokesperson", "commander", "negotiator", "mediator", "prosecutor",
                      "rapporteur", "coordinator", "director", "commissioner", "premier"}  # fmt: skip


def references(
    scene: Scene, referents: Sequence[Referent], unclear: Sequence[Chunk], countries: dict[str, tuple[str, ...]]
) -> Later:
    """The spans of the pronouns and descriptions that stand for each referent, and for several together.

    Args:
        unclear: names of people that may be one referent's or another's; they compete, and stand for nobody.
        countries: alpha-3 codes of the countries that an adjective may mean.
    """
    walk = _Walk(scene, referents, unclear, countries)
    for token in range(len(scene.g)):
        walk.read(token)
    sets = [(who, tuple(spans)) for who, spans in walk.sets.items()]
    return Later(walk.spans, sets, walk.described.crowded)


@dataclass(frozen=True, slots=True)
class Later:
    """The spans that stand for each referent, and those that stand for several of them together.

    `crowded` is whether more are called by one word than are compared with a description.
    """

    spans: list[list[Span]]
    sets: list[tuple[tuple[int, ...], tuple[Span, ...]]]
    crowded: bool


def _headline(text: str) -> int:
    """Where the headline ends that the text begins with, as a line of its own without a full stop; 0 if none does."""
    line, stop, _ = text.partition("\n")
    return len(line) if stop and len(line) < HEADLINE and not line.rstrip().endswith((".", "!", "?", '"', "”")) else 0


def _short(g: Grammar, token: int) -> bool:
    """Whether a token is a short name in capitals: "NATO", "U.N."."""
    text = g.text[slice(*g.span(token, token))].replace(".", "")
    return 1 < len(text) < 6 and text.isupper()


class _Walk:
    def __init__(
        self,
        scene: Scene,
        referents: Sequence[Referent],
        unclear: Sequence[Chunk],
        countries: dict[str, tuple[str, ...]],
    ) -> None:
        self.scene, self.g, self.referents = scene, scene.g, referents
        self.spans: list[list[Span]] = [[] for _ in referents]
        self.history = History()
        self.sexes = [r.sex for r in referents]
        self.countries = countries
        self.described = Described(referents, countries)
        self.sets: dict[tuple[int, ...], list[Span]] = {}
        self.listed: dict[int, list[int]] = {}
        self.together: dict[int, tuple[int, ...]] = {}
        self.unnamed: dict[int, Chunk] = {}
        self.headline = _headline(self.g.text)
        self.starts: dict[int, list[tuple[Chunk, int]]] = {}
        for chunk, who in [*((c, n) for n, r in enumerate(referents) for c in r.chunks), *((c, -1) for c in unclear)]:
            self.starts.setdefault(chunk.start, []).append((chunk, who))
        self.named = frozenset(i for found in self.starts.values() for c, _ in found for i in range(c.start, c.end))
        # "the U.S. envoy" and "the NATO spokesman" are descriptions, though they hold a name
        self.names = frozenset(t for t in self.named if self.g.lower[t] not in countries and not _short(self.g, t))
        self.names -= {c.start for r in referents if r.kind == "body" for c in r.chunks if len(c) == 1}

    def read(self, token: int) -> None:
        """Take one token into account."""
        g = self.g
        if token in self.starts:
            for chunk, who in self.starts[token]:
                kind = "person" if who < 0 else self.referents[who].kind
                doubtful = who >= 0 and self.referents[who].doubtful
                plural = who >= 0 and self.referents[who].plural
                if who >= 0 and kind == "person" and chunk == self.referents[who].chunks[0]:
                    self._introduce(who, head_in(g, chunk))
                self._add(head_in(g, chunk), who, "doubtful" if doubtful else kind, plural=plural)
        elif token in self.named:
            return
        elif g.lower[token] in PRONOUNS and g.pos[token] in {"PRON", "DET"}:
            self._pronoun(token)
        elif g.pos[token] == "NOUN" or g.lower[token] == "old" or self._small(token):
            self._noun(token)
        elif g.lower[token] in self.countries and g.pos[token] in {"PROPN", "ADJ"}:
            self._national(token)

    def _small(self, token: int) -> bool:
        """Whether a noun in small letters was taken for a name: "the bishop"."""
        return self.g.pos[token] == "PROPN" and self.g.text[slice(*self.g.span(token, token))].islower()

    def _national(self, token: int) -> None:
        """Somebody spoken of by nation alone, "the Finn": the one person of it of whom the last sentences speak."""
        g = self.g
        ends = token + 1 >= len(g) or g.pos[token + 1] not in {"NOUN", "PROPN", "ADJ"}
        if not ends or g.tag[token] == "NNPS" or g.lower[token - 1] != "the" or g.dep[token] != "nsubj":
            return
        codes = self.countries[g.lower[token]]
        fits = {
            s.who for s in self._near(token)
            if s.who >= 0 and s.kind == "person" and self.referents[s.who].country in codes
        }  # fmt: skip
        if len(fits) == 1 and speaks(g, governing(g, token)):
            self._described(token, Chunk(token, token + 1), fits.pop())

    def _near(self, token: int) -> list[Seen]:
        return self.history.near(self.scene.unit_of[token], self._quotation(token))

    def _quotation(self, token: int) -> int:
        return self.scene.quotation_of[token] if self.scene.quoted(token) else -1

    def _add(self, head: int, who: int, kind: str, *, plural: bool = False, sex: str = "", noun: str = "") -> None:
        """Somebody is spoken of; with people joined by "and", all of them together too."""
        g = self.g
        place = head
        for _ in range(DEPTH):
            if g.dep[place] in {"appos", "conj"} and g.head[place] < place:
                place = g.head[place]
        subject = g.dep[place] in {"nsubj", "nsubjpass"}
        verb = governing(g, head)
        weight = self._weight(place, verb)
        number = who if who >= 0 else -head - 2
        known = self.sexes[who] if who >= 0 else sex
        unit, quotation = self.scene.unit_of[head], self._quotation(head)
        self.history.add(Seen(head, unit, number, kind, known, plural, weight, verb, quotation, subject, noun))
        if plural or kind not in {"person", "body"}:
            return
        listed = self.listed.setdefault(place, [])
        if number not in listed:
            listed.append(number)
        if g.dep[head] == "conj" and len(listed) > 1:
            several = -place - len(g) - 2
            self.together[several] = tuple(listed)
            self.history.add(Seen(head, unit, several, kind, "", True, weight, verb, quotation, subject))

    def _weight(self, token: int, verb: int) -> float:
        """What a mention's grammatical role weighs; the subject of a clause within another counts less."""
        g = self.g
        weight = _WEIGHTS.get(g.dep[token], 30.0)
        if g.dep[token] in {"nsubj", "nsubjpass"}:
            weight += (_SPEAKER if speaks(g, verb) else 0.0) - (_EMBEDDED if g.dep[verb] in _WITHIN else 0.0)
        return weight

    def _pronoun(self, token: int) -> None:
        found = antecedent(self.g, token, self.scene.unit_of[token], self._near(token))
        if self.g.lower[token] in {"himself", "herself"}:  # "Zelenskiy himself, in an interview"
            found = next((s for s in self._near(token)[:1] if s.token == token - 1 and s.kind == "person"), found)
        if found is None or (found.kind == "doubtful" and self.g.lower[token] not in {"it", "its", "they", "their"}):
            return
        he = {"m": ("he", "him", "his", "himself"), "f": ("she", "her", "hers", "herself")}
        sex = next((s for s, forms in he.items() if self.g.lower[token] in forms), "")
        if found.who >= 0:
            self.sexes[found.who] = self.sexes[found.who] or sex
            self.spans[found.who].append(self.g.span(token, token))
            self._add(token, found.who, found.kind, plural=found.plural)
            return
        self.history.add(self._again(token, found))
        members = self.together.get(found.who, ())
        if members and min(members) >= 0:
            self.sets.setdefault(tuple(sorted(members)), []).append(self.g.span(token, token))

    def _again(self, token: int, found: Seen) -> Seen:
        """Somebody without a name, spoken of once more."""
        g = self.g
        subject = g.dep[token] in {"nsubj", "nsubjpass"}
        verb = governing(g, token)
        weight = self._weight(token, verb)
        return Seen(token, self.scene.unit_of[token], found.who, found.kind, found.sex, found.plural, weight, verb,
                    found.quotation, subject, found.noun)  # fmt: skip

    def _noun(self, token: int) -> None:
        g = self.g
        chunk = aged(g, token)
        if chunk is not None:
            near = [s for s in self._near(token) if s.kind == "person" and not s.plural]
            found = likeliest(near, self.scene.unit_of[token])
            self._described(token, chunk, None if found is None or found.who < 0 else found.who)
            return
        if (number := counted(g, token)) is not None and self._several(token, number):
            return
        noun = g.lemma[token] if g.tag[token] == "NN" else g.lower[token]
        if noun == "head" and g.lower[token + 1 : token + 3] == ["of", "state"] and g.lower[token - 1] == "the":
            who = self.described.who(["head of state"], token, self._near(token), subject=True)
            if who is not None:
                self._described(token, Chunk(token, token + 3), who)
                return
        if (who := self._called(token)) is not None:
            self._add(token, who, "person")
            return
        if self.described.knows(noun) or noun in HELD | VARIED | _SPEAKERS:
            chunk = definite(g, token, self.names)
        who = None if chunk is None else self._meant(token, noun, chunk)
        if who is None and g.starts[token] < self.headline and (chunk := bare(g, token, self.names)) is not None:
            who = self.described.foretold(frozenset(g.lower[t] for t in range(chunk.start, chunk.end)), noun)
        if chunk is not None and who is not None:
            self._described(token, chunk, who)
            return
        if chunk is not None and noun in _INTRODUCED and g.dep[token] == "nsubj" and speaks(g, governing(g, token)):
            self.unnamed[-token - 2] = chunk
        self._anonymous(token, noun)

    def _called(self, token: int) -> int | None:
        """The person whose name comes with what he is: "the leader, who calls himself General Storm"."""
        name = called(self.g, token)
        found = [who for chunk, who in self.starts.get(name, ()) if who >= 0] if name is not None else []
        return found[0] if found and self.referents[found[0]].kind == "person" else None

    def _several(self, token: int, number: Counted) -> bool:
        """Whether "both ministers" stands for just those, who are then spoken of together."""
        g, (_, noun, chunk) = self.g, number
        said = frozenset(g.lower[t] for t in range(chunk.start + 1, chunk.end - 1)) | {noun}
        near = self._near(token)
        so_called = self.described.so_called(noun)
        members = meant(self.referents, so_called, number, said, near, token) or listed(number, near, self.together)
        if members is None:
            return False
        self.sets.setdefault(members, []).append(g.span(chunk.start, chunk.end - 1))
        self._add(token, -1, self.referents[members[0]].kind, plural=True)
        self.together[-token - 2] = members
        return True

    def _introduce(self, who: int, head: int) -> None:
        """The speaker whom the sentences before gave an office alone, and whose name now comes with it."""
        g, unit = self.g, self.scene.unit_of[head]
        if g.dep[head] != "nsubj" or not speaks(g, governing(g, head)):
            return
        before = [s for s in self._near(head) if s.who in self.unnamed and s.unit >= unit - 2]
        if len({s.who for s in before}) != 1:
            return
        chunk = self.unnamed[before[0].who]
        said = frozenset(g.lower[t] for t in range(chunk.start, chunk.end - 1)) | {before[0].noun}
        if self.described.introduces(who, said, before[0].noun):
            self.spans[who].append(g.span(chunk.start, chunk.end - 1))
            self.history.name(before[0].who, who)

    def _meant(self, token: int, noun: str, chunk: Chunk) -> int | None:
        """Whom a definite description means: who was so described, or, by an office, the only person spoken of."""
        g = self.g
        near = [s for s in self._near(token) if not chunk.start <= s.token < chunk.end]
        subject = g.dep[token] in {"nsubj", "nsubjpass"}
        said = frozenset(g.lower[t] for t in range(chunk.start, chunk.end - 1)) | {noun}
        phrase = [*(g.lower[t] for t in range(chunk.start, chunk.end - 1)), noun]
        who = self.described.who(phrase, token, near, subject=subject)
        if who is not None or self.described.told(said, noun) or not subject:
            return who
        if (speaker := self._going_on(token, noun, chunk, said)) is not None:
            return speaker
        if noun not in HELD | VARIED:
            return None
        only = only_person(near, self.scene.unit_of[token])
        if only is None or {SEXED.get(noun, ""), self.sexes[only], ""} > {"m", "f"}:
            return None
        return only if noun in VARIED or not self.referents[only].calls else None

    def _going_on(self, token: int, noun: str, chunk: Chunk, said: frozenset[str]) -> int | None:
        """The speaker of the sentence before, where a description goes on: '"...," the rebel officer said'.

        An office that only one holds means its holder, not whoever spoke last: "the president said".
        """
        g, unit = self.g, self.scene.unit_of[token]
        end = g.starts[chunk.start - 1]
        while end and g.text[end - 1] == " ":
            end -= 1
        before = g.text[max(0, end - 1) : end]
        closes = before in {'"', "”"} and (noun in _VARYING or "former" in said)
        nation = any(word in self.countries for word in said) and noun in _VARYING
        opens = nation and before == "." and speaks(g, governing(g, token))
        if g.tag[token] == "NNS" or not (closes or opens):
            return None
        said_it = [s for s in self._near(token) if s.kind == "person" and s.subject and s.unit >= unit - 2]
        told = {s.who for s in said_it if s.unit == max(o.unit for o in said_it) and speaks(g, s.verb)}
        if len(told) != 1 or (who := told.pop()) < 0:
            return None
        since = g.text[g.ends[said_it[0].token] : g.starts[token]]
        nations = [self.countries[word] for word in said if word in self.countries]
        own = self.referents[who].country
        if "\n" in since or any(own is not None and own not in codes for codes in nations):
            return None
        return who if {SEXED.get(noun, ""), self.sexes[who]} != {"m", "f"} else None

    def _described(self, token: int, chunk: Chunk, who: int | None) -> None:
        if who is None:
            self._add(token, -1, "person")
            return
        self.spans[who].append(self.g.span(chunk.start, chunk.end - 1))
        self._add(token, who, self.referents[who].kind, plural=self.referents[who].plural)

    def _anonymous(self, token: int, noun: str) -> None:
        """Somebody or something without a name that a later pronoun may mean."""
        g = self.g
        if g.dep[token] not in _ARGUMENTS or any(g.dep[k] == "appos" and k in self.named for k in g.kids[token]):
            return
        lemma, plural = g.lemma[token], g.tag[token] == "NNS" or g.lemma[token] == "police"
        speaker = g.dep[token] == "nsubj" and speaks(g, governing(g, token))
        if lemma in _BODIES:
            kind = "body"
        elif lemma in _THINGS:
            kind = "thing"
        elif lemma in _PEOPLE:
            kind = "person"
        elif speaker and not plural and lemma not in _NOT_PEOPLE:
            kind = "doubtful"
        elif plural and g.dep[token] in {"nsubj", "nsubjpass"}:
            kind = "thing"
        else:
            return
        self._add(token, -1, kind, plural=plural, sex=SEXED.get(lemma, ""), noun=noun)
