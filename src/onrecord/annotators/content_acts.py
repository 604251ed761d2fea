"""What a source does by words that a neutral cue introduces ("said", "told"): offers, refuses, threatens, demands.

Only the main clause of the content counts, and only where it is plainly of that kind: the source's own side is to act,
or somebody else must.
"""

from __future__ import annotations

from collections.abc import Callable

from onrecord.annotators.cues import words
from onrecord.annotators.found import Found
from onrecord.annotators.grammar import Grammar
from onrecord.model import Act

__all__ = ["NEUTRAL", "content_act"]

#: Cues that say nothing of the act.
NEUTRAL = words(
    "say tell add write state declare note continue reply respond post tweet reiterate repeat stress insist"
)
_HARM = words(
    "attack strike bomb bombard shell retaliate avenge kill shoot destroy invade punish target hit seize capture storm "
    "crush burn execute sink sanction blockade expel fire shut close cut block raid behead hang annihilate overrun"
)
#: Deeds that one makes known as plans.
_PLANNED = words(
    "meet visit travel fly send give provide launch open publish release resign appoint host sign deploy "
    "withdraw bring pay donate convene attend brief hand free ask submit "
    "dispatch receive hold evacuate reopen fund join recall lift"
)
#: What one cannot refuse to do: states, and what "will not" warns of.
_STATES = words(
    "be have know see expect think want need mind like allow tolerate let happen seem become last end stop succeed "
    "work survive win lose forget remain understand matter change feel believe"
)
_OWN_PRONOUNS = words("i we it he she they")
_OWN = words("his her its their our my")
_SIDE = words("side force government country army group man fighter troop soldier movement party ministry office front "
              "militia administration people organisation organization council unit forces men")  # fmt: skip
_MODALS = words("will would 'll ’ll wo")
_ABLE = _MODALS | words("can could may might")
_IF = words("if provided providing unless once")
_READY = words("ready willing prepared open")


def content_act(g: Grammar, item: Found, own: Callable[[int], bool | None]) -> Act:
    """The act of what follows a neutral cue; "asserts" where it is not plain.

    Args:
        own: whether a token names the source or its side; None where that is not known.

    Example:
        >>> from onrecord.annotators.finding import found_in
        >>> from onrecord.annotators.parse import parse
        >>> from onrecord.annotators.scenes import scene
        >>> from onrecord.read.text import report
        >>> stage = scene(parse(report("The group said it would release them if the siege was lifted.")))
        >>> content_act(stage.g, found_in(stage)[0], lambda token: None)
        'offers'
    """
    main = _main(g, item)
    subject = None if main is None else g.kid(main, "nsubj", "nsubjpass")
    if main is None or subject is None:
        return "asserts"
    said = {g.lower[k] for k in g.kids[main] if g.dep[k] == "aux"}
    if "must" in said and "have" not in said and g.lower[subject] not in _OWN_PRONOUNS - {"it", "they", "he", "she"}:
        return "asserts" if _is_own(g, subject, own) else "demands"
    if g.dep[subject] != "nsubj" or not _is_own(g, subject, own):
        return "asserts"
    negated = any(g.dep[k] == "neg" or g.lower[k] == "never" for k in g.kids[main])
    if g.lemma[main] == "be":
        able = g.kid(main, "acomp")
        goes_on = able is not None and g.lower[able] in _READY and g.kid(able, "xcomp", "prep") is not None
        if not goes_on or able is None or negated:
            return "asserts"
        deed = g.kid(able, "xcomp")
        return "threatens" if deed is not None and _harms(g, deed) else "offers"
    if not said & _ABLE:
        return "asserts"
    if negated:
        return "refuses" if said & _MODALS and g.lemma[main] not in _STATES else "asserts"
    if _harms(g, main):
        return "threatens" if said & _MODALS else "asserts"
    if _conditional(g, item, main) and g.lemma[main] not in _STATES:
        return "offers"
    return "announces" if said & _MODALS and g.lemma[main] in _PLANNED else "asserts"


def _main(g: Grammar, item: Found) -> int | None:
    """The verb of the content's first clause."""
    for start, end in item.content[:1]:
        first, last = g.at(start), g.before(end)
        for token in range(first, last + 1):
            above = g.head[token]
            outside = above == token or not first <= above <= last
            if outside and g.pos[token] in {"VERB", "AUX"} and g.dep[token] in {"ccomp", "ROOT", "conj", "parataxis"}:
                return token
    return None


def _is_own(g: Grammar, subject: int, own: Callable[[int], bool | None]) -> bool:
    known = own(subject)
    if known is not None:
        return known
    if g.lower[subject] in _OWN_PRONOUNS:
        return True
    owner = g.kid(subject, "poss")
    return owner is not None and g.lower[owner] in _OWN and g.lemma[subject] in _SIDE


def _harms(g: Grammar, verb: int) -> bool:
    if g.lemma[verb] == "take":
        taken = g.kid(verb, "dobj")
        return taken is not None and g.lemma[taken] in {"city", "town", "airport", "base", "capital", "port", "village"}
    return g.lemma[verb] in _HARM and not (g.lemma[verb] == "cease" or g.lower[verb] == "ceasefire")


def _conditional(g: Grammar, item: Found, main: int) -> bool:
    """Whether a condition hangs from a clause: "if", "provided that", "as long as", "in exchange for"."""
    end = item.content[0][1]
    span = [t for t in range(g.left[main], g.right[main] + 1) if g.starts[t] < end]
    for token in span:
        if g.lower[token] in _IF and g.dep[token] in {"mark", "prep", "acl", "advcl", "advmod"}:
            return True
        if g.lower[token] in {"as", "so"} and g.lower[token + 1 : token + 3] == ["long", "as"]:
            return True
        if g.lower[token] == "in" and g.lower[token + 1 : token + 3] in (["exchange", "for"], ["return", "for"]):
            return True
    return False
