"""What befell those whom a number counts, by set phrases: "lost two sons", "were killed or wounded", "went home"."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.annotators.clause import Clause
from onrecord.annotators.count_words import past_aside
from onrecord.annotators.units import FATAL, PERSON, SHOT
from onrecord.annotators.word_sets import word_set
from onrecord.model import Unit

__all__ = ["is_fatal", "unit_of_phrase"]

_LOST = word_set("lost lose loses losing")
#: Whom one loses by death; members, seats and supporters are lost otherwise.
_LOSABLE = word_set(
    """
    men people women children child son sons daughter daughters brother brothers sister sisters relative relatives
    parents comrades colleagues civilians villagers family families servants teachers nurses journalists lives
    """
)
_BURIED = word_set("buried bury burying")
_UNDER = word_set("under beneath rubble debris alive landslide mud snow")
_FLOWN = word_set("flown flew fly flying flies bused bussed ferried")
_SWAPPED = word_set("swapped swap swapping exchanged exchange exchanging traded")
_HELD = word_set("prisoners prisoner captives captive hostages hostage detainees pows soldiers troops servicemen")
_GRAVE = word_set("critical serious grave stable")
_GONE = word_set("went gone go going came come coming")
#: Those who live somewhere together, and where.
_HOUSEHOLDS = word_set("families family households household residents villagers inhabitants civilians people")
_HOMES = word_set("camp village villages town city home homes house houses neighbourhood neighborhood district area")
_INJURIES = word_set("injuries wounds burns injury gunshot shrapnel")
_SHOOTINGS = word_set("shooting gunshot stabbing burn blast bombing")
_MURDERS = word_set("murder homicide massacre")
_HURT = word_set("wounded injured hurt wounding injuring wounds injuries struck")
_ENDS = word_set(". ; ! ?")
#: Most tokens after the counted phrase in which its outcome is looked for.
_REACH = 12


def unit_of_phrase(clause: Clause, first: int, end: int, head: str, base: str | None) -> Unit | None:
    """The unit that a set phrase around a count of people gives, or None.

    Args:
        first: index of the number's first token.
        end: index of the token after the counted phrase.
        head: the counted noun, or "".
        base: what the noun says of itself.
    """
    if base not in {PERSON, "troops", "hostages", "captured", "detained", "refugees", "displaced", None}:
        return None
    before = next(_words_before(clause, first), "")
    after = [clause.word(i) for i in range(end, end + _REACH)]
    if before in _LOST and base is not None:
        return "killed" if base == "troops" or head in _LOSABLE else None
    if before in _SWAPPED and head in _HELD:
        return "released"
    if before in _BURIED and base is not None:
        return None if _UNDER & set(after[:8]) else "killed"
    if before in _FLOWN and base is not None and "out" in after[:8]:
        return "evacuated"
    if before == "out" and base is not None and _FLOWN & set(_words_before(clause, first)):
        return "evacuated"  # "flew out hundreds of their nationals"
    return _by_what_follows(clause, end, head, base)


def _by_what_follows(clause: Clause, end: int, head: str, base: str | None) -> Unit | None:
    if head in {"prisoners", "prisoner"} and (clause.word(end), clause.word(end + 1)) == ("of", "war"):
        return "captured"
    if base in {PERSON, "troops", None}:
        if _either(clause, end):
            return "other"
        i = end + (clause.word(end) in {"of", "who"}) + (clause.word(end) == "of" and clause.word(end + 1) == "whom")
        i += clause.word(i) in {"have", "had", "has", "then", "since", "later", "already"}
        if clause.word(i) in _GONE and clause.word(i + 1) in {"home", "back"}:
            return "returned"
        j = past_aside(clause, end)
        if clause.word(j) in {"was", "were", "are", "is"} and [clause.word(j + 1), clause.word(j + 2)] == [
            "listed",
            "as",
        ]:
            return next((u for k in (j + 3, j + 4) if (u := clause.units.state(clause.word(k))) is not None), None)
        verb = clause.word(i) in {"was", "were", "are", "is", "remain", "remained", "remains"}
        if verb and clause.word(i + 1) == "in" and clause.word(i + 2) in _GRAVE and "condition" in {
            clause.word(i + 3), clause.word(i + 4), clause.word(i + 5)
        }:  # fmt: skip
            return "wounded"
    if head in {"victim", "victims"} and (unit := _victims(clause, end)) is not None:
        return unit
    if _in_care(clause, end):
        return "wounded"
    near = [clause.word(i) for i in range(end, end + 8)]
    if "released" in near and "hospital" in near[near.index("released") :]:
        return "people"
    return "displaced" if head in _HOUSEHOLDS and _leave_home(clause, end) else _abroad(clause, end)


def _victims(clause: Clause, end: int) -> Unit | None:
    """The unit of "shooting victims" and "murder victims"; None for victims of anything else."""
    before = clause.word(end - 2)
    if before in _MURDERS or (before in _SHOOTINGS and clause.word(end - 3) in FATAL):
        return "killed"
    return "wounded" if before in _SHOOTINGS else None


def _in_care(clause: Clause, end: int) -> bool:
    """Whether those counted are treated for, or came away with, injuries."""
    near = [clause.word(i) for i in range(end, end + 8)]
    stop = next((k for k, w in enumerate(near) if w in _ENDS or w in {",", "and", "but"}), len(near))
    for k, word in enumerate(near[:stop]):
        if word in {
            "treated",
            "hospitalized",
            "hospitalised",
            "suffered",
            "sustained",
            "received",
            "suffering",
            "recovering",
        }:
            return bool(_INJURIES & set(near[k:stop]))
    for i in range(end, end + _REACH + 2):
        if clause.word(i) in _ENDS:
            break
        if clause.word(i) == "treatment" and clause.word(i + 1) in {"of", "for"}:
            return bool(_INJURIES & {clause.word(j) for j in range(i + 2, i + 6)})
    for i in range(end, end + 10):
        if clause.word(i) in _ENDS or clause.word(i) == "and":
            return False
        if clause.word(i) == "with" and _INJURIES & {clause.word(j) for j in range(i + 1, i + 4)}:
            return True
    return False


def _words_before(clause: Clause, first: int) -> Iterator[str]:
    """The words before an index, without those that only lead to the number."""
    for i in range(first - 1, max(first - 6, -1), -1):
        word = clause.lower[i]
        if word not in {"another", "the", "his", "her", "their", "its", "my", "our", "all", "only", "just"}:
            yield word


def _either(clause: Clause, end: int) -> bool:
    """Whether the outcome is one of two: "were killed or wounded"."""
    for i in range(end, min(end + 5, len(clause.lower) - 2)):
        word = clause.lower[i]
        if word in _ENDS or word == ",":
            return False
        one = clause.units.state(word) or clause.units.act(word)
        if one is not None and clause.lower[i + 1] in {"or", "and"}:
            other = clause.units.state(clause.lower[i + 2]) or clause.units.act(clause.lower[i + 2])
            if word in SHOT:
                return False
            counts = clause.units.noun(clause.word(i + 3)) is not None or clause.word(i + 3)[:1].isdigit()
            return other is not None and other != one and not counts and {one, other} == {"killed", "wounded"}
        if one is not None:
            return False
    return False


def is_fatal(clause: Clause, first: int, end: int, *, evidence: str) -> bool:
    """Whether those who were hurt died of it: "fatally wounded three", "shot two dead", "were shot and killed".

    Args:
        evidence: where "wounded" was read; after the number, it may stand further on: "a couple and their sons were
            shot dead".
    """
    if _to_death(clause, end) or _shot_before(clause, first):
        return True
    if evidence == "before":
        return False
    further = evidence == "after"
    beyond = past_aside(clause, end)
    for i in range(beyond, min(beyond + (14 if further else 6), len(clause.lower))):
        word = clause.lower[i]
        if _is_fatal_at(clause, i) or (word == "pronounced" and clause.word(i + 1) == "dead"):
            return True
        if word in SHOT and (_to_death(clause, i + 1) or (clause.word(i + 1), clause.word(i + 2)) == ("and", "killed")):
            return True
        if word in _ENDS or (not further and word in {",", "and", "but"}):
            return False
    return False


def _shot_before(clause: Clause, first: int) -> bool:
    """Whether "fatally shot" stands before a list that the number is in: "fatally shot two men and a woman"."""
    for i in range(first - 1, max(0, first - 9), -1):
        word = clause.lower[i]
        if word in SHOT or word in _HURT:
            return _is_fatal_at(clause, i - 1)
        if word in _ENDS or clause.units.act(word) is not None:
            return False
    return False


def _is_fatal_at(clause: Clause, i: int) -> bool:
    """Whether "fatally shot", "mortally wounded" or "fatal wounds" stands at an index."""
    if clause.word(i - 1) in {"not", "n't", "non", "less"} or (clause.word(i - 2), clause.word(i - 1)) == ("non", "-"):
        return False
    return clause.word(i) in FATAL and (clause.word(i + 1) in SHOT or clause.word(i + 1) in _HURT)


def _to_death(clause: Clause, i: int) -> bool:
    return clause.word(i) == "dead" or (clause.word(i), clause.word(i + 1)) == ("to", "death")


def _leave_home(clause: Clause, end: int) -> bool:
    """Whether those counted leave where they live: "left the camp", "leaving their village on foot"."""
    i = end + (clause.word(end) in {"have", "had", "has", "were", "are"})
    if clause.word(i) not in {"left", "leave", "leaving"} or clause.word(i + 1) in {"dead", "homeless", "without"}:
        return False
    for j in range(i + 1, i + 6):
        if clause.word(j) in _ENDS or clause.word(j) == ",":
            return False
        if clause.word(j) in _HOMES or (clause.word(j) == "foot" and clause.word(j - 1) == "on"):
            return True
    return False


def _abroad(clause: Clause, end: int) -> Unit | None:
    """The unit "refugees" of those who fled or crossed into another country."""
    for i in range(end, min(end + 6, len(clause.lower) - 2)):
        word = clause.lower[i]
        if word in _ENDS or word == ",":
            return None
        following = [clause.lower[j] for j in range(i + 1, min(i + 4, len(clause.lower)))]
        if word in {"crossed", "crossing"} and ("into" in following[:3] or following[:2] == ["the", "border"]):
            return "refugees"
        if word in {"fled", "escaped", "flee", "fleeing"}:
            away = following[0] == "abroad" or following[:2] == ["the", "country"]
            return "refugees" if away or {"neighbouring", "neighboring"} & set(following[:3]) else None
    return None
