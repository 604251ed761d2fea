"""What a side says that it lost: "put its own losses at three", "gave its casualties as 40"."""

from __future__ import annotations

from onrecord.annotators.clause import Clause
from onrecord.annotators.word_sets import word_set
from onrecord.model import Unit

__all__ = ["unit_of_losses"]

_LINKS = word_set("at as to was were are of")
_LOSSES = word_set("losses casualties")
#: Of what else losses may be.
_OTHERWISE = word_set(
    """
    job jobs financial economic property crop livestock revenue trading net operating annual quarterly seat insured
    insurance tax business market stock blood weight flight
    """
)
_SUMS = word_set("million billion trillion percent hectares acres")
#: Most tokens from the losses to what links the number with them: "losses in the two days of fighting at 40".
_REACH = 8


def unit_of_losses(clause: Clause, first: int, head: int | None) -> Unit | None:
    """The unit of a number of losses: `other`, as they may be dead, wounded or prisoners; None where it is of none.

    Args:
        first: index of the number's first token, its qualifier included.
        head: index of the counted noun, or None; a noun that counts no people ends the search.
    """
    if head is not None and clause.units.noun(clause.lower[head]) is None:
        return None
    if _SUMS & {clause.word(i) for i in range(first, first + 4)}:
        return None
    link = first - 1
    if clause.word(link) not in _LINKS:
        return None
    for i in range(link - 1, link - 1 - _REACH, -1):
        word = clause.word(i)
        if word in _LOSSES:
            return None if clause.word(i - 1) in _OTHERWISE else "other"
        if word in {"", ".", ";", ":", ",", "and", "but", "that"} or word[:1].isdigit():
            return None
    return None
