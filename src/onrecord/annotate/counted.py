"""What a number counts: the phrase after it, and the unit that the words around it give.

The evidence is sought first in the words next to the number, then in the parse, then in a wider stretch of the clause.
Text in capitals is parsed badly, so there only the words count.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

from onrecord.annotate.numbers import Number
from onrecord.annotate.parse import Parsed
from onrecord.annotate.units import PERSON, act_unit, happening_unit, is_destruction, noun_unit, state_unit, subject_unit
from onrecord.model import Span, Unit

__all__ = ["Clause", "Counted", "Evidence", "clause_words", "counted"]

#: Where a unit was read: in the noun or a state beside it, before the number, after it, or taken from a neighbour.
Evidence = Literal["own", "before", "after", "neighbour", "none"]


@dataclass(frozen=True, slots=True)
class Clause:
    """The words of a document, as the rules see them.

    Attributes:
        tokens: the tokens without the line breaks inside a paragraph.
        lower: each of them in lower case.
        starts: the offset of each of them.
        capitals: the text is mostly in capitals, so that its tags and parse do not count.
    """

    doc: Doc
    tokens: tuple[Token, ...]
    lower: tuple[str, ...]
    starts: tuple[int, ...]
    capitals: bool

    def word(self, i: int) -> str:
        """The token at an index in lower case, or "" outside the text."""
        return self.lower[i] if 0 <= i < len(self.lower) else ""


    def index(self, token: Token) -> int:
        """The index of a token of the document."""
        return bisect_left(self.starts, token.idx)


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


_AUX = frozenset("was were been being is are be get got gets getting".split())
_HAVE = frozenset("has have had having".split())
_MODAL = frozenset("may might could would will can must should".split())
_DETERMINERS = frozenset("the its their his her our these those this that all another other some any both".split())
_SKIPPED = frozenset("more other additional further alleged suspected reported confirmed new".split())
_STOP = frozenset(
    """a an the of in on at to from by with for as near into onto over under after before during since until between
    among against through across around about who whom whose which that and or but nor when where while because if
    than then so including like it its they their them he him his she her we us our you i was were is are be been
    being has have had do does did will would may might can could should must not no also there here this these those
    what today yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday tonight daily early late
    last next according per each every only just still already out up down off away back inside outside said says told
    ago old long allegedly reportedly later meanwhile however both either such upon within without throughout amid
    despite due instead together along due""".split()
)  # fmt: skip
_PART_WORDS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve none most many some several half all".split()
)
_MEASURE = frozenset(
    """percent per-cent % km kms kilometers kilometer kilometres kilometre miles mile meters meter metres metre feet
    foot inches years year months month weeks week days day hours hour minutes minute seconds degrees times points
    point pm p.m. a.m. am o'clock gmt acres hectares liters litres gallons barrels knots mph hp mm millimeter calibre
    caliber votes seats goals runs wickets games matches decades centuries sides parts stages phases year-old
    years-old blocks block floors floor storeys stories wounds shots another thirds thousandths carats""".split()
)  # fmt: skip
_REPORTED = frozenset("found feared reported confirmed believed left leaving declared pronounced presumed listed".split())
_FORCED = frozenset("forced forcing forces force driven drove compelled ordered told pushed prompted prompting".split())
_FLIGHT: dict[str, Unit] = {"flee": "displaced", "leave": "displaced", "abandon": "displaced", "escape": "displaced",
                            "evacuate": "evacuated", "relocate": "evacuated", "seek": "displaced",
                            "move": "displaced"}  # fmt: skip
_TOLL_LINKS = frozenset("to at of is was reached stood stands hit climbed rose : now passed exceeded as and".split())
_AFTER_PARTICIPLE = frozenset(
    """in by during when after on at as and or while near by with over since from , . ; : ) so before for to following
    today yesterday last this here there last across amid inside outside - -- ; because""".split()
)  # fmt: skip
_SAFE_GAP = 9
_RELIEF = frozenset("food aid relief supplies humanitarian wheat grain rice flour medicine medicines medical".split())
_IRREALIS = frozenset("to will would could may might can should must not never n't".split())
#: Before "to" and a verb: it was done all the same.
_DONE = frozenset("managed helped forced went continued began able proceeded used".split())
_CAMPS = frozenset(
    """camp camps shelter shelters settlements settlement centres centers centre center tents schools churches""".split()
)
_STAYING = frozenset("staying living remained remain remains sheltering hosted accommodated stayed stay live lived".split())


def clause_words(parsed: Parsed) -> Clause:
    """The words of a parsed report, as the rules see them."""
    letters = [c for c in parsed.text[:20_000] if c.isalpha()]
    capitals = bool(letters) and sum(c.isupper() for c in letters) > 0.7 * len(letters)
    tokens = tuple(t for t in parsed.doc if not t.is_space or t.text.count("\n") > 1)
    return Clause(parsed.doc, tokens, tuple(t.lower_ for t in tokens), tuple(t.idx for t in tokens), capitals)


def counted(number: Number, clause: Clause, first: int, after: int) -> Counted:
    """What a number counts.

    Args:
        first: index of the first token of the number with its qualifier.
        after: index of the first token after the number words.
    """
    phrase, end, head, base, early = _phrase(number, clause, after)
    unit, evidence = _evidence(number, clause, first, end, head, base, early)
    return Counted(number, first, phrase, end, head, base, _settled(unit, base), evidence)


def _settled(unit: Unit | None, base: str | None) -> Unit | None:
    """The unit that fits the noun: houses are not "wounded", and destruction is of things."""
    if base == "buildings" and unit == "housing-destroyed":
        return "buildings"
    return unit


def _phrase(
    number: Number, clause: Clause, after: int
) -> tuple[Span | None, int, int | None, str | None, Unit | None]:
    """Span, end, head, own unit and prenominal state of the noun phrase that the number counts."""
    i = after
    if number.core[1] < clause.starts[after - 1] + len(clause.tokens[after - 1]):
        glued = clause.doc.text[number.core[1] : clause.starts[after - 1] + len(clause.tokens[after - 1])].lower()
        base = noun_unit(glued)
        if base is not None:
            end = number.core[1] + len(glued)
            return (number.core[1], end), after, after - 1, base, None
    if clause.word(i) == "of":
        i += 1
        if clause.word(i) in {"them", "whom", "us", "which"}:
            return None, i + 1, None, None, None
    while clause.word(i) in _DETERMINERS and i > after:
        i += 1
    return _noun(clause, i, after, several=number.low != 1)


def _noun(
    clause: Clause, start: int, after: int, *, several: bool
) -> tuple[Span | None, int, int | None, str | None, Unit | None]:
    head: int | None = None
    early: Unit | None = None
    i = start
    while i < min(start + 9, len(clause.lower)):
        word = clause.lower[i]
        known = _known(word, several=several)
        if known is None and (word in _STOP or _ends_phrase(clause, i)):
            break
        state = state_unit(word)
        if state is not None and known is None:
            if not _noun_follows(clause, i + 1):
                break
            early = early or state
        elif known is not None and state is not None and head is None and _noun_follows(clause, i + 1):
            early = early or state
        elif known is None and _is_verb_form(word) and not _noun_follows(clause, i + 1):
            break
        elif known is not None:
            if head is not None and state is not None:
                break
            head = i
        elif head is not None and not _compound(clause, i):
            break
        elif not clause.capitals and clause.tokens[i].pos_ in {"NOUN", "PROPN"}:
            head = i
        elif clause.capitals and head is not None:
            break
        i += 1
    if head is None:
        return None, after, None, None, early
    return (clause.starts[start], clause.starts[head] + len(clause.tokens[head])), head + 1, head, noun_unit(
        clause.lower[head]
    ), early  # fmt: skip


def _known(word: str, *, several: bool) -> str | None:
    """What a noun counts; after a number of several, a singular is no head: "many death threats"."""
    known = noun_unit(word)
    return None if several and known is not None and noun_unit(word + "s") == known else known


def _ends_phrase(clause: Clause, i: int) -> bool:
    token = clause.tokens[i]
    if token.is_space:
        return True
    if token.is_punct and token.text not in {"-", "–", '"', "“", "”"}:
        return True
    if clause.capitals:
        return False
    finite = token.pos_ == "VERB" and token.tag_ in {"VBD", "VBP", "VBZ", "VB"} and token.dep_ != "amod"
    return finite or token.pos_ in {"AUX", "ADP", "SCONJ", "PRON"}


def _is_verb_form(word: str) -> bool:
    return act_unit(word) is not None or subject_unit(word) is not None or is_destruction(word)


def _noun_follows(clause: Clause, i: int) -> bool:
    """Whether a counted noun stands within the next three words, before the phrase ends."""
    for j in range(i, min(i + 3, len(clause.lower))):
        if noun_unit(clause.lower[j]) is not None and state_unit(clause.lower[j]) is None:
            return True
        if clause.lower[j] in _STOP or _ends_phrase(clause, j) or _is_verb_form(clause.lower[j]):
            return False
    return False


def _compound(clause: Clause, i: int) -> bool:
    """Whether an unknown word after a noun still belongs to the phrase."""
    if _noun_follows(clause, i):
        return True
    return not clause.capitals and clause.tokens[i].pos_ == "NOUN" and clause.tokens[i - 1].dep_ == "compound"


def _evidence(
    number: Number, clause: Clause, first: int, end: int, head: int | None, base: str | None, early: Unit | None
) -> tuple[Unit | None, Evidence]:
    if head is not None and clause.lower[head] in _MEASURE:
        return None, "none"
    if base == "displaced" and (seen := _right(clause, end)) not in {"returned", "killed", "wounded", "released"}:
        return "displaced", "own" if seen is None else "after"
    if clause.word(end) in _MEASURE or (head is None and clause.word(end - 1) in _MEASURE):
        return None, "none"
    if number.currency:
        return "money", "own"
    if clause.word(first - 1) in {"the", "of", "its"} and _of_number(clause, first):
        return None, "none"
    if base in {"housing-destroyed", "buildings", "vehicles", "weapons"}:
        return _thing(clause, first, end, base)
    if base in {"hostages", "detained", "captured"}:
        befell = _left(clause, first) or _right(clause, end)
        return (befell, "after") if befell in {"released", "killed"} else (base, "own")  # type: ignore[return-value]
    if base == "aid":
        return ("aid", "own") if _RELIEF & {clause.word(i) for i in range(end, end + 5)} else (None, "none")
    if base is not None and base not in {PERSON, "troops", "refugees", "displaced", "other"}:
        return base, "own"  # type: ignore[return-value]
    for unit, evidence in (
        (_forced(clause, first, end), "before"),
        (_left(clause, first), "before"),
        (_listed(clause, first), "before"),
        (early, "own"),
        (_state_after(clause, end), "own"),
        (None if clause.capitals else _parsed(clause, head, first, end), "after"),
        (_right(clause, end), "after"),
        (_toll(clause, first), "own"),
        (_number_of(clause, end), "own"),
    ):
        if unit is not None:
            return unit, evidence  # type: ignore[return-value]
    if base in {"refugees", "displaced", "other"}:
        return base, "own"  # type: ignore[return-value]
    return None, "none"


def _of_number(clause: Clause, first: int) -> bool:
    """Whether the number is the whole of a part: "seven of the nine"."""
    i = first - 2 if clause.word(first - 1) in {"the", "its"} else first - 1
    before = clause.word(i - 1)
    return clause.word(i) == "of" and (before in _PART_WORDS or before[:1].isdigit())


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
        if word in {".", ";"} or act_unit(word) is not None:
            break
    return "buildings", "own"


def _left(clause: Clause, first: int) -> Unit | None:
    """The unit of the verb or noun of happening right before the number: "killed 12", "the deaths of 12"."""
    i = _back(clause, first - 1)
    word = clause.word(i)
    if (unit := act_unit(word)) is not None:
        if clause.word(i - 1) in {"or", "and"} and act_unit(clause.word(i - 2)) not in {None, unit}:
            return "other"
        return None if _passive(clause, i) or _unreal(clause, i) else unit
    if word in {"dead", "down"} and clause.word(i - 1) in {"shot", "shooting", "shoot", "gunned", "gunning", "mowed"}:
        return "killed"
    if word in {"of", "to", "from", "in"}:
        for j in range(i - 1, max(i - 4, -1), -1):
            happened = happening_unit(clause.word(j))
            if happened is not None and (word == "of" or clause.word(j) in {"funeral", "injuries", "injury", "return"}):
                return happened
            if clause.word(j) in _STOP or clause.tokens[j].is_punct:
                break
    if word == "lives" and clause.word(i - 1) == "the":
        return "killed"
    return None


def _listed(clause: Clause, first: int) -> Unit | None:
    """The unit of the verb or noun before a list of names that the number ends: "the death of Y, Z, and two women"."""
    if not clause.capitals or clause.word(first - 1) not in {"and", ","}:
        return None
    for i in range(first - 2, max(first - 14, 0), -1):
        word = clause.lower[i]
        if word == "of" and (unit := happening_unit(clause.word(i - 1))) is not None:
            return unit
        if (unit := act_unit(word)) is not None:
            bare = clause.word(i - 1)[:1].isdigit() or noun_unit(clause.word(i - 1)) is not None
            return None if bare or _passive(clause, i) or _unreal(clause, i) else unit
        if word not in {",", "and", "of", "the", "his", "her", "their"} and (word in _STOP or clause.tokens[i].is_punct):
            return None
    return None


def _back(clause: Clause, i: int) -> int:
    """The index of the first word at or before `i` that is no determiner, adverb or line break."""
    for _ in range(4):
        word = clause.word(i)
        skip = word in _DETERMINERS or word in _SKIPPED or word.endswith("ly") or word in {"as", "many", "also", "a", "an"}
        if i >= 0 and (skip or clause.tokens[i].is_space):
            i -= 1
        else:
            break
    return i


def _unreal(clause: Clause, i: int) -> bool:
    """Whether the verb at an index is only planned, threatened or possible: "threatened to kill ten"."""
    if clause.word(i - 1) not in _IRREALIS:
        return False
    return clause.word(i - 2) not in _DONE


def _passive(clause: Clause, i: int) -> bool:
    return any(clause.word(j) in _AUX for j in (i - 1, i - 2)) and clause.word(i - 1) not in {"been killing"}


def _state_after(clause: Clause, end: int) -> Unit | None:
    """The state right after the phrase: "12 dead", "left 30 people homeless"; participles only without an object."""
    i = end
    for _ in range(3):
        if clause.word(i) in _REPORTED or clause.word(i) in {"seriously", "slightly", "badly", "critically", "severely",
                                                             "others", "gravely"}:  # fmt: skip
            i += 1
    if clause.word(i) in {"'", "'s", "’", "’s"}:
        return happening_unit(clause.word(i + 1)) or happening_unit(clause.word(i + 2))
    unit = state_unit(clause.word(i))
    if unit is None or clause.word(i) == "refugee":
        return None
    if clause.word(i) in {"dead", "missing", "homeless"} or clause.word(i + 1) in _AFTER_PARTICIPLE:
        return unit
    return unit if i + 1 >= len(clause.lower) or clause.tokens[i + 1].is_punct or clause.tokens[i + 1].is_space else None


def _right(clause: Clause, end: int) -> Unit | None:
    """The unit of the verb whose subject the phrase is: "were killed", "have died", "fled", with a gap of words."""
    i = _past_aside(clause, end)
    for gap in range(_SAFE_GAP):
        j = i + gap
        word = clause.word(j)
        if j >= len(clause.lower) or word in {".", ";", ":", "!", "?"} or word.count("\n") > 1:
            return None
        if word in _AUX or word in _HAVE or word in _MODAL:
            unit = _predicate(clause, j)
            return unit if unit is not None or clause.word(j - 1) != "who" else _after_relative(clause, j)
        if word in {",", "("} and gap and (beyond := _past_aside(clause, j)) > j:
            return _predicate(clause, beyond) if clause.word(beyond) in _AUX | _HAVE else None
        if (unit := subject_unit(word)) is not None and word not in {"fell", "sheltered", "displaced"}:
            return unit
        if word in {"lost", "losing"} and clause.word(j + 2) in {"lives", "life"}:
            return "killed"
        if word in _STAYING and _camp(clause, j):
            return "displaced"
        if word == "registered" and clause.word(j + 1) == "as":
            return state_unit(clause.word(j + 2))
        if word in {"took", "taking", "sought", "seeking", "found"} and clause.word(j + 1) in {"shelter", "refuge"}:
            return "displaced"
        if act_unit(word) is not None:
            return act_unit(word) if clause.word(j + 1) in _AFTER_PARTICIPLE and gap <= 1 else None
        if word[:1].isdigit() or word in {"and", "but", "while", "said", "says", "when", "after", "because", ","}:
            return None
    return None


def _after_relative(clause: Clause, i: int) -> Unit | None:
    """The unit of the main verb after "who were ..."."""
    for j in range(i + 2, min(i + 14, len(clause.lower))):
        if clause.lower[j] in {".", ";", ","}:
            return None
        if clause.lower[j] in {"was", "were", "has", "have"}:
            return _predicate(clause, j)
    return None


def _past_aside(clause: Clause, i: int) -> int:
    """The index after ", including three children," or "(...)", if one stands at `i`."""
    opening = clause.word(i)
    closing = {",": {","}, "(": {")"}, "-": {"-"}, "--": {"--"}, "–": {"–"}, "—": {"—"}, "[": {"]"}}.get(opening)
    if closing is None:
        return i
    for j in range(i + 1, min(i + 24, len(clause.lower))):
        if clause.lower[j] in closing:
            return j + 1
        if clause.lower[j] in {".", ";"}:
            break
    return i


def _predicate(clause: Clause, i: int) -> Unit | None:
    """The unit of the predicate that starts with the auxiliary at `i`; None where it is negated."""
    for j in range(i, min(i + 7, len(clause.lower))):
        word = clause.lower[j]
        if word in {"not", "n't", "never"} or (word in _MODAL and word != "must"):
            return None
        passive = any(clause.lower[k] in _AUX for k in range(i, j))
        if (unit := state_unit(word)) is not None and passive:
            return unit
        if passive and (unit := act_unit(word)) is not None:
            return unit
        if (unit := subject_unit(word)) is not None:
            return unit
        if passive and word == "among":
            near = (clause.word(k) for k in range(j + 1, j + 5))
            return next((unit for w in near if (unit := state_unit(w)) is not None), None)
        if passive and word == "taken":
            return _taken(clause, j)
        if word in _FORCED:
            return _flight(clause, j + 1)
        if word == "registered" and clause.word(j + 1) == "as":
            return state_unit(clause.word(j + 2))
        if (word in _STAYING or word == "in") and _camp(clause, j):
            return "displaced"
        if word in {",", ".", ";"} or (word in _STOP and word not in _AUX | _HAVE | _MODAL | {"to", "also", "in", "still",
                                                                                          "already"}):  # fmt: skip
            return None
    return None


def _camp(clause: Clause, i: int) -> bool:
    return bool(_CAMPS & {clause.word(j) for j in range(i + 1, i + 6)})


def _taken(clause: Clause, i: int) -> Unit | None:
    near = [clause.word(j) for j in range(i + 1, i + 4)]
    if "hostage" in near or "hostages" in near:
        return "hostages"
    if "prisoner" in near or "captive" in near:
        return "captured"
    return "detained" if "custody" in near else None


def _forced(clause: Clause, first: int, end: int) -> Unit | None:
    """ "forced 5,000 people to flee", "took 12 people hostage": a verb before and a complement after."""
    word = clause.word(_back(clause, first - 1))
    if word in _FORCED:
        return _flight(clause, end)
    if word in {"took", "taken", "taking", "take", "takes", "held", "holding", "hold"}:
        return _taken(clause, end - 1)
    return None


def _flight(clause: Clause, i: int) -> Unit | None:
    for j in range(i, i + 5):
        word = clause.word(j)
        if word in _FLIGHT and clause.word(j - 1) in {"to", "be"}:
            return _FLIGHT[word]
        if word in {"evacuated", "relocated"} and clause.word(j - 1) == "be":
            return "evacuated"
        if word == "from" and clause.word(j + 2) in {"homes", "houses", "villages"}:
            return "displaced"
        if word in {".", ",", ";"}:
            break
    return None


def _toll(clause: Clause, first: int) -> Unit | None:
    """ "the death toll rose to 12", "evacuated: 12"."""
    i = _back(clause, first - 1)
    if clause.word(i) not in _TOLL_LINKS:
        return None
    for j in range(i, max(i - 9, -1), -1):
        word = clause.word(j)
        if clause.word(i) == ":" and (unit := state_unit(word) or happening_unit(word)) is not None:
            return unit
        if word == "toll":
            return "wounded" if clause.word(j - 1) in {"injury", "wounded"} else "killed"
        if word in {"dead", "deaths", "killed"} and clause.word(j - 1) in {"of", "the"} and "number" in {
            clause.word(k) for k in range(j - 4, j)
        }:  # fmt: skip
            return "killed"
        if word in {".", ";"}:
            break
    return None


def _number_of(clause: Clause, end: int) -> Unit | None:
    """ "brings to 12 the number of people displaced"."""
    if [clause.word(i) for i in range(end, end + 3)] != ["the", "number", "of"]:
        return None
    return next((unit for i in range(end + 3, end + 7) if (unit := state_unit(clause.word(i))) is not None), None)


def _parsed(clause: Clause, head: int | None, first: int, end: int) -> Unit | None:
    """The unit by the parse: the verb whose object or subject the counted phrase is, or a clause that modifies it."""
    token = clause.tokens[head] if head is not None else clause.tokens[min(max(first, end - 1), len(clause.tokens) - 1)]
    for _ in range(3):
        unit = _by_clause(token) or _by_head(clause, token)
        if unit is not None:
            return unit
        if token.dep_ not in {"conj", "appos"} or token.head.pos_ not in {"NOUN", "PROPN", "NUM"}:
            return None
        token = token.head
    return None


def _by_clause(token: Token) -> Unit | None:
    for child in token.rights:
        if child.dep_ == "acl" and child.tag_ == "VBN":
            return act_unit(child.lower_) or state_unit(child.lower_)
        if child.dep_ == "acl" and child.tag_ == "VBG":
            return subject_unit(child.lower_)
        if child.dep_ == "relcl":
            if any(c.dep_ == "nsubjpass" for c in child.children):
                return act_unit(child.lower_)
            if any(c.dep_ == "nsubj" and c.lower_ in {"who", "that", "which"} for c in child.children):
                return subject_unit(child.lower_)
    return None


def _by_head(clause: Clause, token: Token) -> Unit | None:
    verb = token.head
    if token.dep_ in {"dobj", "nsubjpass"} and _unreal_verb(verb):
        return None
    if any(c.dep_ == "neg" for c in verb.children) and token.dep_ != "pobj":
        return None
    if token.dep_ == "nsubjpass":
        return act_unit(verb.lower_) or (_flight(clause, clause.index(verb) + 1) if verb.lower_ in _FORCED else None) or (
            _taken(clause, clause.index(verb)) if verb.lower_ == "taken" else None) or _complement(verb)  # fmt: skip
    if token.dep_ == "nsubj":
        return subject_unit(verb.lower_) or _refuge(verb) or _complement(verb)
    if token.dep_ == "dobj":
        return act_unit(verb.lower_) or _complement(verb)
    if token.dep_ == "pobj" and verb.lower_ == "of":
        return happening_unit(verb.head.lower_) if verb.head.lower_ != "return" else None
    return None


def _unreal_verb(verb: Token) -> bool:
    """Whether the verb stands under a modal or in an infinitive that does not say it was done."""
    for child in verb.children:
        if child.dep_ == "aux" and child.lower_ in _IRREALIS:
            return verb.head.lower_ not in _DONE
    return False


def _refuge(verb: Token) -> Unit | None:
    sought = any(c.dep_ == "dobj" and c.lower_ in {"refuge", "shelter"} for c in verb.children)
    return "displaced" if sought else None


def _complement(verb: Token) -> Unit | None:
    for child in verb.children:
        if child.dep_ in {"acomp", "oprd", "attr", "ccomp", "xcomp"}:
            return state_unit(child.lower_)
    return None
