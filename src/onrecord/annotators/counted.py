"""What a number counts: the phrase after it, and the unit that the words around it give.

The evidence is sought first in the words next to the number, then in the parse, then in a wider stretch of the clause.
Text in capitals is parsed badly, so there only the words count.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from onrecord.annotators.clause import Clause
from onrecord.annotators.count_parse import unit_by_parse
from onrecord.annotators.count_phrases import is_fatal, unit_of_phrase
from onrecord.annotators.count_words import (
    noun_behind,
    noun_of_number,
    state_after,
    unit_after,
    unit_around,
    unit_before,
    unit_before_list,
    unit_of_number,
    unit_of_toll,
)
from onrecord.annotators.counted_nouns import counted_noun
from onrecord.annotators.custody import unit_of_custody
from onrecord.annotators.losses import unit_of_losses
from onrecord.annotators.numbers import Number
from onrecord.annotators.sums import purpose
from onrecord.annotators.units import PERSON, STRUCK, is_destruction
from onrecord.annotators.word_sets import word_set
from onrecord.model import Span, Unit

__all__ = ["Counted", "Evidence", "counted"]

#: Where a unit was read: in the noun or a state beside it, before the number, after it, or taken from a neighbour.
Evidence = Literal["own", "before", "after", "neighbour", "none"]
_PART_WORDS = word_set(
    """
    one two three four five six seven eight nine ten eleven twelve none most many some several half all
    """
)
_MEASURE = word_set(
    """
    percent per-cent % km kms kilometers kilometer kilometres kilometre miles mile meters meter metres metre
    feet foot inches years year months month weeks week days day hours hour minutes minute seconds degrees times
    points point pm p.m. a.m. am o'clock gmt acres hectares liters litres gallons barrels knots mph hp mm
    millimeter calibre caliber votes seats goals runs wickets games matches decades centuries sides parts stages
    phases nights night weekends shifts terms year-old years-old blocks block floors floor storeys stories wounds wound
    gunshot shots
    another thirds thousandths
    carats
    """
)
#: Units that only people have.
_OF_PEOPLE = word_set("killed wounded missing hostages captured detained released displaced evacuated returned")
_NO_PEOPLE = word_set(
    """
    details detail jobs job names name documents document records record photos photo photographs videos video images
    figures funds fund seats seat votes points animals animal cows cow sheep goats goat cattle livestock horses horse
    dogs dog camels camel birds pigs chickens trees crops acres countries country cities towns villages villages
    companies firms bills tapes files emails letters statements reports books films albums warrants warrant orders
    searches plans deals contracts trades laws permits missions tasks wills
    """
)
#: How nouns of things and acts end.
_OF_THINGS = ("tion", "sion", "ment", "ness", "ity", "itie", "ism", "ure", "ware", "ance", "hip")
#: With people for its object: they are hurt.
_HITTING = word_set("hitting striking hit struck")
_ON_THE_RUN = word_set(
    """
    scene police custody officers guards jail prison bicycle bicycles bike bikes car vehicle motorcycle van suv
    truck incident robbery shooting
    """
)
_HUNTED = word_set(
    "suspect suspects gunman gunmen robber robbers attacker attackers assailant assailants shooter shooters intruders"
)
_FILMED = word_set("camera cameras video videos film photo photograph tape footage dashcam lens microphone")
#: What says nothing of what a sum is.
_NO_GOODS = word_set("worth mark apiece each total more less extra")
#: The least number that may count the nouns of a list together, and most tokens from one to the next.
_MANY, _LISTED = 10, 4
#: What starts another count, or no list.
_APART = word_set("; : nor several many few more various numerous some other")
_SAYING = word_set("say estimate think believe tell argue expect claim")
#: Around mines that explode.
_MINING = word_set(
    """
    lay laid laying plant planted planting anti-tank anti-personnel antipersonnel antitank naval sea land explode
    exploded exploding detonated detonate clear cleared clearing defuse defused removed sown hidden grenades rockets
    mortars rifles bombs shells ammunition missiles explosives claymore tank personnel limpet minefield seized
    unexploded
    """
)
_RELIEF = word_set("food aid relief supplies humanitarian wheat grain rice flour medicine medicines medical")


@dataclass(frozen=True, slots=True)
class Counted:
    """A number with what it counts.

    Attributes:
        first: index of the number's first token, its qualifier included.
        phrase: span of the counted noun phrase, or None if there is none.
        end: index of the token after the number and its phrase.
        head: index of the counted noun, or None.
        base: what the noun says of itself: a unit, `PERSON` or None.
        unit: the unit, or None where nothing gives one.
    """

    number: Number
    first: int
    phrase: Span | None
    end: int
    head: int | None
    base: str | None
    unit: Unit | None
    evidence: Evidence


def counted(number: Number, clause: Clause, first: int, after: int) -> Counted:
    """What a number counts.

    Args:
        first: index of the first token of the number with its qualifier.
        after: index of the first token after the number words.
    """
    phrase, end, head, base, early = counted_noun(number, clause, after)
    unit, evidence = _evidence(number, clause, first, end, head, base, early)
    unknown = unit in _OF_PEOPLE and base is None and head is not None
    if unknown and head is not None and (number.high == 0 or not _may_be_people(clause, head)):
        unit, evidence = None, "none"
    if evidence == "after" and base in {PERSON, "troops"} and _is_open(clause, first):
        unit, evidence = None, "none"
    if unit is None and base == PERSON and clause.word(first - 1) in _HITTING:
        unit, evidence = "wounded", "before"
    hunted = head is not None and clause.lower[head] in _HUNTED
    if unit == "displaced" and (hunted or _ON_THE_RUN & set(clause.lower[end : end + 6])):
        unit, evidence = None, "none"  # "several people fleeing the scene"
    if unit == "captured" and base is None and _FILMED & set(clause.lower[end : end + 8]):
        unit, evidence = None, "none"
    if unit == "wounded" and head is None and number.low == 1 and clause.word(end) == "shot":
        unit, evidence = None, "none"  # "fired one shot"
    if unit == "wounded" and base is None and _is_struck(clause, end):
        unit, evidence = None, "none"  # "several of which were hit": of people alone
    if unit == "wounded" and is_fatal(clause, first, end, evidence=evidence):
        unit = "killed"
    if unit == "wounded" and head is not None and not clause.capitals and _died(clause.tokens[head]):
        unit = "killed"
    if number.currency and head is not None and not _belongs(clause, after, head):
        phrase, end, head, base = None, after, None, None
    if number.currency and phrase is None:
        phrase = purpose(clause, first, after)
    if phrase is None and (noun := noun_of_number(clause, first) or noun_behind(clause, end)) is not None:
        phrase = clause.starts[noun], clause.starts[noun] + len(clause.tokens[noun])
    if phrase is not None and head is not None and not number.currency:
        phrase = phrase[0], max(phrase[1], _along(number, clause, head))
    if unit == "people" and base == "troops":
        unit = "troops"  # "four officers gathered"
    return Counted(number, first, phrase, end, head, base, _settled(unit, base), evidence)


def _along(number: Number, clause: Clause, head: int) -> int:
    """The end of the nouns of a list that one large number counts together: "40,000 soldiers and police officers"."""
    token = clause.tokens[head]
    reached = token.idx + len(token)
    if clause.capitals or (number.low or number.high or _MANY) < _MANY or token.tag_ not in {"NNS", "NNPS"}:
        return reached
    for _ in range(3):
        other = next((c for c in token.children if c.dep_ == "conj" and c.i > token.i), None)
        if other is None or other.tag_ not in {"NN", "NNS"} or other.i - token.i > _LISTED:
            break
        between = clause.tokens[clause.index(token) + 1 : clause.index(other)]
        if any(t.pos_ not in {"CCONJ", "PUNCT", "NOUN", "ADJ"} or t.lower_ in _APART for t in between):
            break
        if number.high == 0 and clause.units.noun(other.lower_) != PERSON:
            break
        token, reached = other, other.idx + len(other)
        if any(t.lower_ in {"and", "or"} for t in between):
            return reached
    return clause.tokens[head].idx + len(clause.tokens[head])


def _is_open(clause: Clause, first: int) -> bool:
    """Whether what befell those counted is only a condition or a question: "only if all 60 of them were freed"."""
    for i in range(first - 1, max(first - 6, -1), -1):
        word = clause.lower[i]
        if word in {"if", "unless", "whether"}:
            return clause.word(i - 1) not in {"as", "even"}
        if word in {".", ";", ",", "and", "that", "who"} or clause.tokens[i].pos_ == "VERB":
            return False
    return False


def _died(token: Token) -> bool:
    """Whether the sentence goes on that they died: "a woman who was shot in the head died"."""
    return token.dep_ == "nsubj" and token.head.lemma_.lower() in {"die", "perish", "succumb"}


def _is_struck(clause: Clause, end: int) -> bool:
    return any(
        clause.word(i) in STRUCK and clause.word(i - 1) in {"was", "were", "been", "being", "are"}
        for i in range(end, end + 9)
    )


def _belongs(clause: Clause, after: int, head: int) -> bool:
    """Whether a noun after a sum goes with it ("a $5 million loan"), and does not start what comes next."""
    token, noun = clause.tokens[after - 1], clause.tokens[head]
    if noun.lower_ in _NO_GOODS:
        return False
    following = clause.tokens[head + 1] if head + 1 < len(clause.tokens) else noun.head
    if not clause.capitals and following.lemma_.lower() in _SAYING and following.pos_ == "VERB":
        return False
    for _ in range(4):
        if clause.capitals or token == noun or token.dep_ == "prep":
            return True
        token = token.head
    return noun.dep_ not in {"nsubj", "nsubjpass"}


def _may_be_people(clause: Clause, head: int) -> bool:
    """Whether an unknown noun may be one of people: "details" and "jobs" are not."""
    token = clause.tokens[head]
    if clause.capitals or token.pos_ != "NOUN":
        return True
    return token.lower_ not in _NO_PEOPLE and not token.lower_.removesuffix("s").endswith(_OF_THINGS)


def _settled(unit: Unit | None, base: str | None) -> Unit | None:
    """The unit that fits the noun: houses are not "wounded", and destruction is of things."""
    if base == "buildings" and unit == "housing-destroyed":
        return "buildings"
    return unit


def _evidence(
    number: Number, clause: Clause, first: int, end: int, head: int | None, base: str | None, early: Unit | None
) -> tuple[Unit | None, Evidence]:
    if head is not None and clause.lower[head] in _MEASURE:
        return None, "none"
    if base == "displaced" and (seen := unit_after(clause, end)) not in {"returned", "killed", "wounded", "released"}:
        return "displaced", "own" if seen is None else "after"
    if clause.word(end) in _MEASURE or (head is None and not number.article and clause.word(end - 1) in _MEASURE):
        return None, "none"
    if number.currency:
        return "money", "own"
    if base == "money" and clause.word(end - 1) == "pounds" and clause.word(end) in {"of", "("}:
        return None, "none"  # a weight
    if clause.word(first - 1) in {"the", "of", "its"} and _of_number(clause, first):
        return None, "none"
    if head is not None and clause.lower[head] in {"mine", "mines"} and not _is_explosive(clause, first, end):
        return None, "none"
    if base in {"housing-destroyed", "buildings", "vehicles", "weapons"}:
        return _thing(clause, first, end, base)
    if (
        special := unit_of_phrase(clause, first, end, clause.lower[head] if head is not None else "", base)
    ) is not None:
        return special, "own"
    if head is not None and clause.lower[head] == "violations" and _is_breach(clause, head):
        return None, "none"
    if base in {"hostages", "detained", "captured"}:
        befell = unit_before(clause, first) or unit_after(clause, end)
        return (befell, "after") if befell in {"released", "killed"} else (base, "own")  # type: ignore[return-value]
    if base in {PERSON, "troops"} and _under_arms(clause, end):
        return "troops", "own"
    if base == "aid":
        return ("aid", "own") if _RELIEF & {clause.word(i) for i in range(end, end + 5)} else (None, "none")
    if base is not None and base not in {PERSON, "troops", "refugees", "displaced", "other"}:
        return base, "own"  # type: ignore[return-value]
    for unit, evidence in (
        (unit_around(clause, first, end), "before"),
        (unit_before(clause, first), "before"),
        (unit_before_list(clause, first), "before"),
        (early, "own"),
        (unit_of_custody(clause, first, end, clause.lower[head] if head is not None else "", base), "after"),
        (state_after(clause, end), "after" if clause.word(end) in {"found", "left"} else "own"),
        (None if _unparsed(clause, first) else unit_by_parse(clause, head, first, end), "after"),
        (None if _is_held(number, clause, first) else unit_after(clause, end), "after"),
        (unit_of_toll(clause, first), "own"),
        (unit_of_losses(clause, first, head), "own"),
        (unit_of_number(clause, end), "own"),
    ):
        if unit is not None:
            return unit, evidence  # type: ignore[return-value]
    if base in {"refugees", "displaced", "other"}:
        return base, "own"  # type: ignore[return-value]
    return None, "none"


def _is_breach(clause: Clause, head: int) -> bool:
    """Whether violations are of rules, and no acts of violence: "environmental violations"."""
    before = clause.word(head - 1)
    kind = not clause.capitals and clause.tokens[head - 1].pos_ in {"ADJ", "NOUN"}
    return kind and before not in {"ceasefire", "fire", "truce", "airspace", "border", "armistice", "rights"}


def _is_explosive(clause: Clause, first: int, end: int) -> bool:
    """Whether mines are those that explode: "laid 40 mines", "two anti-tank mines"."""
    return bool(_MINING & {clause.word(i) for i in range(first - 4, end + 6)})


def _under_arms(clause: Clause, end: int) -> bool:
    """Whether those counted are "under arms", as a strength."""
    return any(clause.word(i) == "under" and clause.word(i + 1) == "arms" for i in range(end, end + 6))


def _is_held(number: Number, clause: Clause, first: int) -> bool:
    """Whether one person is only what another noun is of, and no subject: "a suspect in the death of a girl fled"."""
    return number.article and clause.word(first - 1) in {"of", "with", "by", "for", "against", "from"}


def _unparsed(clause: Clause, first: int) -> bool:
    return clause.capitals or clause.sentences.is_long(clause.starts[first])


def _of_number(clause: Clause, first: int) -> bool:
    """Whether the number is the whole of a part: "seven of the nine"."""
    i = first - 2 if clause.word(first - 1) in {"the", "its"} else first - 1
    before = clause.word(i - 1)
    return clause.word(i) == "of" and before != "one" and (before in _PART_WORDS or before[:1].isdigit())


def _thing(clause: Clause, first: int, end: int, base: str) -> tuple[Unit | None, Evidence]:
    """Things keep their unit whatever the verb; homes count as destroyed only where the words say so."""
    if base != "housing-destroyed":
        return base, "own"  # type: ignore[return-value]
    before = any(is_destruction(clause.word(i)) for i in range(first - 4, first))
    if before:
        return "housing-destroyed", "before"
    for i in range(end, min(end + 12, len(clause.lower))):
        word = clause.lower[i]
        if is_destruction(word):
            return "housing-destroyed", "after"
        if word in {"evacuated", "abandoned"}:
            return "evacuated", "after"
        if word in {".", ";"} or clause.units.act(word) is not None:
            break
    return "buildings", "own"
