"""What befell those whom a number counts, by the words before and after; for text that the parser reads badly too."""

from __future__ import annotations

from onrecord.annotators.clause import DETERMINERS, DONE, FORCED, IRREALIS, STOP, Clause
from onrecord.annotators.units import FATAL, SHOT, STRUCK
from onrecord.annotators.word_sets import word_set
from onrecord.model import Unit

__all__ = [
    "noun_behind",
    "noun_of_number",
    "past_aside",
    "state_after",
    "unit_after",
    "unit_around",
    "unit_before",
    "unit_before_list",
    "unit_of_flight",
    "unit_of_number",
    "unit_of_taking",
    "unit_of_toll",
]

_AUX = word_set("was were been being is are be get got gets getting")
_HAVE = word_set("has have had having")
_MODAL = word_set("may might could would will can must should")
_SKIPPED = word_set("more other additional further alleged suspected reported confirmed new")
_WITHIN = _AUX | _HAVE | _MODAL | {"to", "also", "in", "still", "already"}
_REPORTED = word_set(
    """
    found feared reported confirmed believed left leaving declared pronounced presumed listed
    """
)
_FLIGHT: dict[str, Unit] = {"flee": "displaced", "leave": "displaced", "abandon": "displaced", "escape": "displaced",
                            "evacuate": "evacuated", "relocate": "evacuated", "seek": "displaced",
                            "move": "displaced"}  # fmt: skip
_TOLL_LINKS = word_set("to from at of is was reached stood stands hit climbed rose : now passed exceeded as and")
_AFTER_PARTICIPLE = word_set(
    """
    in by during when after on at as and or while near by with over since from , . ; : ) so before for to
    following today yesterday last this here there last across amid inside outside - -- ; because
    """
)
#: Past these the verb has another subject.
_ENDS_REACH = word_set(
    "and but while said says when after because , someone somebody he she they it that told report reported reporting"
)
#: Before "of" and those counted, with the number further on; how far, in tokens.
_COUNTS = word_set("number count tally")
_TOLL_REACH = 22
_SAFE_GAP = 9
_CAMPS = word_set(
    """
    camp camps shelter shelters settlements settlement centres centers centre center tents schools churches
    """
)
_STAYING = word_set(
    """
    staying living remained remain remains sheltering hosted accommodated stayed stay live lived
    """
)


def unit_before(clause: Clause, first: int) -> Unit | None:
    """The unit of the verb or noun of happening right before the number: "killed 12", "the deaths of 12"."""
    i = _back(clause, first - 1)
    word = clause.word(i)
    if (unit := clause.units.act(word)) is not None:
        if clause.word(i - 1) in {"or", "and"} and clause.units.act(clause.word(i - 2)) not in {None, unit}:
            return unit if clause.word(i - 2) in SHOT else "other"
        return None if _passive(clause, i) or _unreal(clause, i) else unit
    if word in {"shooting", "stabbing"} and clause.word(i - 1) in {"of", "after", "for", "before", "allegedly"}:
        return "wounded"  # "accused of shooting two men"
    if word in {"dead", "down"} and clause.word(i - 1) in {"shot", "shooting", "shoot", "gunned", "gunning", "mowed"}:
        return "killed"
    if word in {"of", "to", "from", "in"}:
        for j in range(i - 1, max(i - 4, -1), -1):
            fatal = clause.word(j) in {"shooting", "shootings", "stabbing"} and clause.word(j - 1) in FATAL
            happened = "killed" if fatal else clause.units.happening(clause.word(j))
            if happened is not None and (word == "of" or clause.word(j) in {"funeral", "injuries", "injury", "return"}):
                return happened
            if clause.word(j) in STOP or clause.tokens[j].is_punct:
                break
    if word == "lives" and clause.word(i - 1) == "the":
        return "killed"
    return None


def unit_before_list(clause: Clause, first: int) -> Unit | None:
    """The unit of the verb or noun before a list of names that the number ends: "the death of Y, Z, and two women"."""
    if not clause.capitals or clause.word(first - 1) not in {"and", ","}:
        return None
    for i in range(first - 2, max(first - 14, 0), -1):
        word = clause.lower[i]
        if word == "of" and (unit := clause.units.happening(clause.word(i - 1))) is not None:
            return unit
        if (unit := clause.units.act(word)) is not None:
            bare = clause.word(i - 1)[:1].isdigit() or clause.units.noun(clause.word(i - 1)) is not None
            return None if bare or _passive(clause, i) or _unreal(clause, i) else unit
        if word not in {",", "and", "of", "the", "his", "her", "their"} and (word in STOP or clause.tokens[i].is_punct):
            return None
    return None


def _back(clause: Clause, i: int) -> int:
    """The index of the first word at or before `i` that is no determiner, adverb or line break."""
    for _ in range(4):
        word = clause.word(i)
        skip = word in DETERMINERS | _SKIPPED | {"as", "many", "also", "a", "an"} or word.endswith("ly")
        if i >= 0 and (skip or clause.tokens[i].is_space):
            i -= 1
        else:
            break
    return i


def _unreal(clause: Clause, i: int) -> bool:
    """Whether the verb at an index is only planned, threatened or possible: "threatened to kill ten"."""
    if clause.word(i - 1) not in IRREALIS:
        return False
    return clause.word(i - 2) not in DONE


def _passive(clause: Clause, i: int) -> bool:
    return any(clause.word(j) in _AUX for j in (i - 1, i - 2)) and clause.word(i - 1) not in {"been killing"}


def state_after(clause: Clause, end: int) -> Unit | None:
    """The state right after the phrase: "12 dead", "left 30 people homeless"; participles only without an object."""
    i = end
    for _ in range(3):
        if clause.word(i) in _REPORTED or clause.word(i) in {"seriously", "slightly", "badly", "critically", "severely",
                                                             "others", "gravely"}:  # fmt: skip
            i += 1
    if clause.word(i) in {"'", "'s", "’", "’s"}:
        return clause.units.happening(clause.word(i + 1)) or clause.units.happening(clause.word(i + 2))
    unit = clause.units.state(clause.word(i))
    if unit is None or clause.word(i) in {"refugee", "refugees"}:
        return None
    if clause.word(i) in SHOT and clause.word(i + 1) in {"at", "from", "with"}:
        return None
    if clause.word(i) in {"dead", "missing", "homeless"} or clause.word(i + 1) in _AFTER_PARTICIPLE:
        return unit
    ended = i + 1 >= len(clause.lower) or clause.tokens[i + 1].is_punct or clause.tokens[i + 1].is_space
    return unit if ended else None


def unit_after(clause: Clause, end: int) -> Unit | None:
    """The unit of the verb whose subject the phrase is: "were killed", "have died", "fled", with a gap of words."""
    i = past_aside(clause, end)
    for gap in range(_SAFE_GAP):
        j = i + gap
        word = clause.word(j)
        if j >= len(clause.lower) or word in {".", ";", ":", "!", "?"} or word.count("\n") > 1:
            return None
        if word in _AUX or word in _HAVE or word in _MODAL:
            unit = _predicate(clause, j) or _second_predicate(clause, j)
            return unit if unit is not None or clause.word(j - 1) != "who" else _after_relative(clause, j)
        if word in {",", "("} and gap and (beyond := past_aside(clause, j)) > j:
            return _predicate(clause, beyond) if clause.word(beyond) in _AUX | _HAVE else None
        if (unit := clause.units.subject(word)) is not None and word not in {"fell", "sheltered", "displaced"}:
            return None if word == "march" and _is_month(clause, j) else unit
        if word in {"lost", "losing"} and clause.word(j + 2) in {"lives", "life"}:
            return "killed"
        if word in _STAYING and _camp(clause, j):
            return "displaced"
        if word == "registered" and clause.word(j + 1) == "as":
            return "refugees" if clause.word(j + 2) == "refugees" else clause.units.state(clause.word(j + 2))
        if word in {"took", "taking", "sought", "seeking", "found"} and clause.word(j + 1) in {"shelter", "refuge"}:
            return "displaced"
        if (unit := clause.units.act(word)) is not None:
            aimed = word in SHOT and clause.word(j + 1) in {"at", "from", "with"}
            return unit if clause.word(j + 1) in _AFTER_PARTICIPLE and gap <= 1 and not aimed else None
        if word[:1].isdigit() or word in _ENDS_REACH:
            return None
    return None


def _is_month(clause: Clause, i: int) -> bool:
    """Whether "March" at an index is the month."""
    digits = any(clause.word(j)[:1].isdigit() for j in (i - 1, i + 1))
    return digits or (clause.tokens[i].text == "March" and not clause.capitals)


def _second_predicate(clause: Clause, i: int) -> Unit | None:
    """The unit of the second verb of "were on their way home and were wounded"."""
    for j in range(i + 1, min(i + 12, len(clause.lower))):
        if clause.lower[j] in {".", ";", ",", "who", "which", "that", "when"}:
            return None
        if clause.lower[j] == "and" and clause.word(j + 1) in {"was", "were"}:
            return _predicate(clause, j + 1)
    return None


def _after_relative(clause: Clause, i: int) -> Unit | None:
    """The unit of the main verb after "who were ..."."""
    for j in range(i + 2, min(i + 14, len(clause.lower))):
        if clause.lower[j] in {".", ";", ","}:
            return None
        if clause.lower[j] in {"was", "were", "has", "have"}:
            return _predicate(clause, j)
    return None


def past_aside(clause: Clause, i: int) -> int:
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
        if (unit := clause.units.state(word)) is not None and passive:
            return None if word in SHOT and clause.word(j + 1) == "at" else unit
        if passive and (unit := clause.units.act(word)) is not None and clause.units.act(word + "ed") is None:
            return unit  # not "none of the charges were murder"
        if passive and word in STRUCK:
            return "wounded"
        if (unit := clause.units.subject(word)) is not None:
            return unit
        if passive and word == "among":
            near = (clause.word(k) for k in range(j + 1, j + 5))
            return next((unit for w in near if (unit := clause.units.state(w)) is not None), None)
        if passive and word == "taken":
            return unit_of_taking(clause, j)
        if word in FORCED:
            return unit_of_flight(clause, j + 1)
        if word == "registered" and clause.word(j + 1) == "as":
            return "refugees" if clause.word(j + 2) == "refugees" else clause.units.state(clause.word(j + 2))
        if (word in _STAYING or word == "in") and _camp(clause, j):
            return "displaced"
        if word in {",", ".", ";"} or (word in STOP and word not in _WITHIN):
            return None
    return None


def _camp(clause: Clause, i: int) -> bool:
    return bool(_CAMPS & {clause.word(j) for j in range(i + 1, i + 6)})


def unit_of_taking(clause: Clause, i: int) -> Unit | None:
    """The unit of "taken" at an index, by its complement: hostage, prisoner, into custody."""
    near = [clause.word(j) for j in range(i + 1, i + 4)]
    if "hostage" in near or "hostages" in near:
        return "hostages"
    if "prisoner" in near or "captive" in near:
        return "captured"
    return "detained" if "custody" in near else None


def unit_around(clause: Clause, first: int, end: int) -> Unit | None:
    """The unit of a verb before and a complement after: "forced 5,000 people to flee", "took 12 people hostage"."""
    word = clause.word(_back(clause, first - 1))
    if word in FORCED:
        return unit_of_flight(clause, end)
    if word in {"took", "taken", "taking", "take", "takes", "held", "holding", "hold"}:
        return unit_of_taking(clause, end - 1)
    return None


def unit_of_flight(clause: Clause, i: int) -> Unit | None:
    """The unit of what people are forced to do, from an index on: "to flee", "to be evacuated", "from their homes"."""
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


_PUT = word_set("put puts putting estimated estimates placed")


def unit_of_toll(clause: Clause, first: int) -> Unit | None:
    """The unit of a toll or heading before the number: "the death toll rose to 12", "evacuated: 12"."""
    i = _toll_link(clause, first)
    if clause.word(i) not in _TOLL_LINKS:
        return None
    if (counted := _number_of(clause, i)) is not None:
        return counted[0]
    for j in range(i, max(i - 9, -1), -1):
        word = clause.word(j)
        if clause.word(i) == ":" and (unit := clause.units.state(word) or clause.units.happening(word)) is not None:
            return unit
        if word == "toll":
            return "wounded" if clause.word(j - 1) in {"injury", "wounded"} else "killed"
        if word in {"dead", "deaths", "killed"} and clause.word(j - 1) in {"of", "the"} and "number" in {
            clause.word(k) for k in range(j - 4, j)
        }:  # fmt: skip
            return "killed"
        if word in {"dead", "wounded"} and clause.word(j - 1) == "the" and clause.word(j - 2) in _PUT:
            return "killed" if word == "dead" else "wounded"  # "put the dead at three"
        if word in {".", ";"}:
            break
    return None


def _toll_link(clause: Clause, first: int) -> int:
    """The index of the word that ties the number to a toll before it: "to" in "to 31", and in "to 31 from 24"."""
    i = _back(clause, first - 1)
    first_of_two = clause.word(i) == "from" and clause.word(i - 1)[:1].isdigit() and clause.word(i - 2) == "to"
    return i - 2 if first_of_two else i


def noun_of_number(clause: Clause, first: int) -> int | None:
    """The index of the noun that a number counts in "the number of children killed rose to 31", or None."""
    i = _toll_link(clause, first)
    counted = _number_of(clause, i) if clause.word(i) in _TOLL_LINKS else None
    return None if counted is None else counted[1]


def _number_of(clause: Clause, i: int) -> tuple[Unit, int] | None:
    """The unit and the index of the noun in "the number of children killed in the strike to" before an index."""
    for j in range(i - 1, max(i - _TOLL_REACH, 0), -1):
        if clause.lower[j] in {".", ";", "!", "?"}:
            return None
        if clause.lower[j] == "of" and clause.word(j - 1) in _COUNTS:
            for k in range(j + 1, min(j + 6, i)):
                unit = clause.units.state(clause.lower[k]) or clause.units.act(clause.lower[k])
                if unit is not None and clause.units.noun(clause.word(k - 1)) is not None:
                    return unit, k - 1
                if unit is not None and clause.units.noun(clause.lower[k]) is not None:
                    return unit, k  # "the number of wounded at 40"
            return None
    return None


def noun_behind(clause: Clause, end: int) -> int | None:
    """The index of the noun whose number stands before it: "brings to 12 the number of people displaced", or None."""
    if unit_of_number(clause, end) is None:
        return None
    return next((i for i in range(end + 3, end + 6) if clause.units.noun(clause.word(i)) is not None), None)


def unit_of_number(clause: Clause, end: int) -> Unit | None:
    """The unit of a number named after it: "brings to 12 the number of people displaced"."""
    if [clause.word(i) for i in range(end, end + 3)] != ["the", "number", "of"]:
        return None
    state = clause.units.state
    return next((unit for i in range(end + 3, end + 7) if (unit := state(clause.word(i))) is not None), None)
