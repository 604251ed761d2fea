"""Numbers that only point or mean anybody: "one of the cars", "The two were shot", "when a child gets shot"."""

from __future__ import annotations

from onrecord.annotators.clause import Clause
from onrecord.annotators.counted import Counted
from onrecord.annotators.units import is_destruction
from onrecord.annotators.word_sets import word_set

__all__ = ["only_points"]

_THESE = word_set("the these those")
_WHOSE = _THESE | word_set("his her their its our my")
_EACH = word_set("each every any which this that another no")
_MODAL = word_set("may might can could should would must will")
_PREDICATE = _MODAL | word_set(
    "remains remained was were is are has have had did do died fled said met got then also later both"
)
#: Before a clause of what happens to anybody, at any time.
_WHENEVER = word_set("if when whenever unless")
_MINDING = word_set("likes wants knows thinks expects believes deserves should wanted knew thought expected")
#: What one of several things may be besides harmed.
_THINGS = word_set("vehicles weapons buildings attacks people troops hostages captured detained")
_REACH = 16


def only_points(item: Counted, clause: Clause) -> bool:
    """Whether a number only says which one, points back to those just told of, or stands for anybody at all."""
    if item.number.article:
        return _is_anybody(item, clause)
    if item.number.currency and not clause.capitals and clause.word(item.first - 1) in {"that", "this"}:
        return clause.tokens[item.first - 1].tag_ == "DT"  # "where is that $90 to come from"
    if item.number.low == item.number.high == 1 and _is_one_of(item, clause):
        return True
    if item.number.high == 0 and item.head is None and clause.word(item.end) in _MINDING:
        return True  # "nobody likes to hear of a death"
    # "The two were shot"; "the two dead" is told by its noun
    return item.head is None and clause.word(item.first - 1) in _THESE and clause.word(item.end) in _PREDICATE


def _is_one_of(item: Counted, clause: Clause) -> bool:
    """Whether one is singled out of several things that are known: "one of the cars", "each one of those shells"."""
    if clause.word(item.first - 1) in _EACH:
        return True
    if item.unit == "attacks" and clause.word(item.end) in _MODAL:
        return True  # "one raid may have many aims"
    if item.unit is None and clause.word(item.first + 1) == "of" and clause.word(item.first + 2) in _THESE:
        return True  # "one of the men ran off"
    named = (
        item.head is not None
        and item.unit in {"killed", "wounded"}
        and item.evidence == "own"
        and clause.word(item.end) not in _PREDICATE
    )
    if (
        not (item.unit in _THINGS or named)
        or clause.word(item.first + 1) != "of"
        or clause.word(item.first + 2) not in _WHOSE
    ):
        return False
    return not any(is_destruction(w) or w == "down" for w in clause.lower[item.end : item.end + 4])


def _is_anybody(item: Counted, clause: Clause) -> bool:
    """Whether a person stands for anybody: after "if" or "when", with nothing told as past from there on."""
    if clause.capitals:
        return False
    if clause.word(item.end) in {"getting", "being"} and clause.word(item.first - 1) in {"of", "like", "about"}:
        return True  # "nobody likes to hear of a child getting killed"
    start, stop = clause.sentences.around(clause.starts[item.first])
    for i in range(item.first - 1, max(item.first - _REACH, -1), -1):
        if clause.starts[i] < start:
            return False
        if clause.lower[i] in _WHENEVER:
            after = clause.tokens[i : item.end + 6]
            verbs = {t.tag_ for t in after if t.pos_ in {"VERB", "AUX"} and t.idx < stop}
            return bool(verbs & {"VBZ", "VBP"}) and not verbs & {"VBD"}
    return False
