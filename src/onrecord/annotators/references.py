"""All later mentions of entities by pronoun or description, read in the order of the text."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.annotators.nominals import HELD, Described, aged, definite, only_person
from onrecord.annotators.pronouns import DEPTH, PRONOUNS, antecedent, governing, speaks
from onrecord.annotators.referents import Referent, head_in
from onrecord.annotators.salience import History, Seen, likeliest
from onrecord.annotators.scenes import Scene
from onrecord.annotators.sexes import SEXED
from onrecord.annotators.source_nouns import DOCUMENTS, OUTLETS, SOCIAL
from onrecord.annotators.titles import OFFICES, RANKS
from onrecord.annotators.words import Chunk
from onrecord.model import Span

__all__ = ["references"]

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


def references(
    scene: Scene, referents: Sequence[Referent], unclear: Sequence[Chunk], countries: dict[str, tuple[str, ...]]
) -> list[list[Span]]:
    """The spans of the pronouns and descriptions that stand for each referent.

    Args:
        unclear: names of people that may be one referent's or another's; they compete, and stand for nobody.
        countries: alpha-3 codes of the countries that an adjective may mean.
    """
    walk = _Walk(scene, referents, unclear, countries)
    for token in range(len(scene.g)):
        walk.read(token)
    return walk.spans


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
        self.described = Described(referents, countries)
        self.starts = {c.start: (c, n) for n, r in enumerate(referents) for c in r.chunks}
        self.starts.update({c.start: (c, -1) for c in unclear})
        self.named = frozenset(i for c, _ in self.starts.values() for i in range(c.start, c.end))

    def read(self, token: int) -> None:
        """Take one token into account."""
        g = self.g
        if token in self.starts:
            chunk, who = self.starts[token]
            kind = "person" if who < 0 else self.referents[who].kind
            doubtful = who >= 0 and self.referents[who].doubtful
            self._add(head_in(g, chunk), who, "doubtful" if doubtful else kind)
        elif token in self.named:
            return
        elif g.lower[token] in PRONOUNS and g.pos[token] in {"PRON", "DET"}:
            self._pronoun(token)
        elif g.pos[token] == "NOUN" or g.lower[token] == "old":
            self._noun(token)

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
        if kind == "person" and not plural and g.dep[head] == "conj" and place != head:
            self.history.add(Seen(head, unit, -place - len(g) - 2, kind, "", True, weight, verb, quotation, subject))

    def _weight(self, token: int, verb: int) -> float:
        """What a mention's grammatical role weighs; the subject of a clause within another counts less."""
        g = self.g
        weight = _WEIGHTS.get(g.dep[token], 30.0)
        if g.dep[token] in {"nsubj", "nsubjpass"}:
            weight += (_SPEAKER if speaks(g, verb) else 0.0) - (_EMBEDDED if g.dep[verb] in _WITHIN else 0.0)
        return weight

    def _pronoun(self, token: int) -> None:
        found = antecedent(self.g, token, self.scene.unit_of[token], self._near(token))
        if found is None or (found.kind == "doubtful" and self.g.lower[token] not in {"it", "its", "they", "their"}):
            return
        he = {"m": ("he", "him", "his", "himself"), "f": ("she", "her", "hers", "herself")}
        sex = next((s for s, forms in he.items() if self.g.lower[token] in forms), "")
        if found.who >= 0:
            self.sexes[found.who] = self.sexes[found.who] or sex
            self.spans[found.who].append(self.g.span(token, token))
            self._add(token, found.who, found.kind)
        else:
            self.history.add(self._again(token, found))

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
        noun = g.lemma[token] if g.tag[token] == "NN" else g.lower[token]
        if self.described.knows(noun) or noun in HELD:
            chunk = definite(g, token, self.named)
        who = None if chunk is None else self._meant(token, noun, chunk)
        if chunk is not None and who is not None:
            self._described(token, chunk, who)
            return
        self._anonymous(token, noun)

    def _meant(self, token: int, noun: str, chunk: Chunk) -> int | None:
        """Whom a definite description means: who was so described, or, by an office, the only person spoken of."""
        g, near = self.g, self._near(token)
        subject = g.dep[token] in {"nsubj", "nsubjpass"}
        said = frozenset(g.lower[t] for t in range(chunk.start, chunk.end - 1)) | {noun}
        who = self.described.who(said, noun, token, near, subject=subject)
        if who is not None or self.described.told(said, noun) or noun not in HELD or not subject:
            return who
        only = only_person(near, self.scene.unit_of[token])
        return None if only is None or self.referents[only].calls else only

    def _described(self, token: int, chunk: Chunk, who: int | None) -> None:
        if who is None:
            self._add(token, -1, "person")
            return
        self.spans[who].append(self.g.span(chunk.start, chunk.end - 1))
        self._add(token, who, self.referents[who].kind)

    def _anonymous(self, token: int, noun: str) -> None:
        """Somebody or something without a name that a later pronoun may mean."""
        g = self.g
        if g.dep[token] not in _ARGUMENTS or any(g.dep[k] == "appos" and k in self.named for k in g.kids[token]):
            return
        lemma, plural = g.lemma[token], g.tag[token] == "NNS"
        speaker = g.dep[token] == "nsubj" and speaks(g, governing(g, token))
        if lemma in _BODIES:
            kind = "body"
        elif lemma in _THINGS:
            kind = "thing"
        elif lemma in _PEOPLE or (speaker and not plural and lemma not in _NOT_PEOPLE):
            kind = "person"
        elif plural and g.dep[token] in {"nsubj", "nsubjpass"}:
            kind = "thing"
        else:
            return
        self._add(token, -1, kind, plural=plural, sex=SEXED.get(lemma, ""), noun=noun)
