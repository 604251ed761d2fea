"""Who is held or led away: "took away 70 monks", "were rounded up", "300 are still held", "remain behind bars"."""

from __future__ import annotations

from onrecord.annotators.clause import Clause
from onrecord.annotators.count_words import past_aside
from onrecord.annotators.units import PERSON
from onrecord.annotators.word_sets import word_set
from onrecord.model import Unit

__all__ = ["unit_of_custody"]

#: A verb with its particle: those whom it takes are no longer free.
_AWAY: dict[str, frozenset[str]] = {
    "away": word_set("took taken taking led leading hauled hauling carted carting dragged dragging marched marching"),
    "off": word_set("hauled hauling carted carting dragged dragging marched marching led leading"),
    "up": word_set("rounded rounding"),
}
#: Who take people away without being an authority.
_CAPTORS = word_set(
    """
    gunman gunmen rebel rebels militant militants insurgent insurgents guerrilla guerrillas bandit bandits kidnapper
    kidnappers pirate pirates jihadist jihadists attacker attackers raider raiders extremist extremists captor captors
    """
)
#: Near those who are taken away to be helped.
_HELPED = word_set("ambulance ambulances hospital clinic treatment stretcher stretchers medics paramedics safety")
_BEING = word_set("was were are is been being remain remains remained")
_BETWEEN = word_set("still also then later reportedly currently already now all both being been to have had has")
#: Whose home they are taken from, and that home: "were taken from their homes by soldiers".
_WHOSE = word_set("their his her our my the its")
_HOMES = word_set("home homes house houses beds dormitory dormitories cell cells")
#: How fighters give themselves up.
_GAVE_UP = (
    ("given", "up"), ("gave", "up"), ("gave", "themselves", "up"), ("given", "themselves", "up"),
    ("turned", "themselves", "in"), ("laid", "down", "their"), ("laid", "down", "arms"),
)  # fmt: skip
_LOCKED = word_set("custody detention jail prison")
_OPEN = word_set("not never n't will would could may might should to")
_REACH = 8


def unit_of_custody(clause: Clause, first: int, end: int, head: str, base: str | None) -> Unit | None:
    """The unit of people who are held or led away, by the words around their number; None where none say so.

    Args:
        first: index of the number's first token.
        end: index of the token after the counted phrase.
        head: the counted noun, or "".
        base: what the noun says of itself.
    """
    if base not in {PERSON, "troops"} and head:
        return None
    verb = _active(clause, first, end)
    if verb is not None:
        return None if _is_helped(clause, verb, end) else _taken(base, by_captors=_captors_act(clause, verb))
    return _gave_up(clause, end, base) or _passive(clause, end, base, alone=not head)


def _taken(base: str | None, *, by_captors: bool) -> Unit:
    if not by_captors:
        return "detained"
    return "captured" if base == "troops" else "hostages"


def _active(clause: Clause, first: int, end: int) -> int | None:
    """The index of the verb of "took away 70 monks", "led 30 students away"."""
    i = first - 1
    verbs = _AWAY.get(clause.word(i), frozenset())
    if clause.word(i - 1) in verbs:
        verb = i - 1
    elif clause.word(i) in _AWAY.get(clause.word(end), frozenset()):
        verb = i
    else:
        return None
    return None if clause.word(verb - 1) in _OPEN | {"was", "were", "been", "being"} else verb


def _passive(clause: Clause, end: int, base: str | None, *, alone: bool) -> Unit | None:
    """The unit of "were led away", "are still held", "remain in custody" after a number and its noun."""
    i = past_aside(clause, end)
    i += clause.word(i) in {"who", "whom"}
    i += clause.word(i) in {"have", "had", "has"}
    if clause.word(i) not in _BEING:
        return None
    still = clause.word(i).startswith("remain")
    i += 1
    while clause.word(i) in _BETWEEN:
        still = still or clause.word(i) in {"still", "being"}
        i += 1
    verb, after = clause.word(i), clause.word(i + 1)
    if verb in _AWAY.get(after, frozenset()):
        return None if _is_helped(clause, i, i) else _taken(base, by_captors=_captors_by(clause, i + 2))
    if (verb, after) == ("taken", "from") and clause.word(i + 2) in _WHOSE and clause.word(i + 3) in _HOMES:
        return None if _is_helped(clause, i, i) else _taken(base, by_captors=_captors_by(clause, i + 4))
    if verb in {"in", "under"} and _LOCKED & {after, clause.word(i + 2)}:
        return "detained"
    if (verb, after) == ("behind", "bars"):
        return "detained"
    if verb == "held" and (still or not alone) and not {"hostage", "captive", "prisoner"} & {after, clause.word(i + 2)}:
        return _taken(base, by_captors=_captors_by(clause, i + 1))
    return None


def _gave_up(clause: Clause, end: int, base: str | None) -> Unit | None:
    """The unit of fighters who give themselves up; who gives something else up ("gave up their guns") is none."""
    if base != "troops":
        return None
    i = end + (clause.word(end) == "who")
    while clause.word(i) in _BETWEEN:
        i += 1
    said = next((p for p in _GAVE_UP if tuple(clause.lower[i : i + len(p)]) == p), None)
    if said is None:
        return None
    alone = clause.word(i + 2) in {"", ".", ",", ";", "and", "on", "in", "near", "since", "to", "at", "after"}
    return "captured" if len(said) > 2 or alone else None


def _is_helped(clause: Clause, verb: int, end: int) -> bool:
    near = clause.lower[max(0, verb - 4) : verb] + clause.lower[end : end + _REACH]
    return bool(_HELPED & set(near))


def _captors_act(clause: Clause, verb: int) -> bool:
    """Whether the subject of a verb, or of the verb that it goes on from, is one of captors."""
    if clause.capitals:
        return False
    node = clause.tokens[verb]
    for _ in range(4):
        subject = next((c for c in node.children if c.dep_ == "nsubj"), None)
        if subject is not None:
            return any(t.lower_ in _CAPTORS for t in (subject, *subject.conjuncts))
        if node.dep_ not in {"conj", "advcl", "xcomp"}:
            return False
        node = node.head
    return False


def _captors_by(clause: Clause, i: int) -> bool:
    """Whether "by the rebels" stands at an index."""
    return clause.word(i) == "by" and bool(_CAPTORS & {clause.word(j) for j in range(i + 1, i + 5)})
