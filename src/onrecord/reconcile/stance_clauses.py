"""The stance that a sentence takes by its own verb: "will not withdraw", "are ready to", "must leave first".

Decided on the words alone, without a parse. All patterns take time linear in the length of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

import msgspec

from onrecord.model import Span

__all__ = ["WORD", "Doer", "Own", "Stance", "Taken", "clause_stance"]

Stance = Literal["wants", "offers", "refuses", "accepts", "threatens", "conditional"]
Doer = Literal["own", "other", "none"]


class Taken(msgspec.Struct, frozen=True):
    """A stance: whether it is for the deed, who is to do it, where it stands, and the sentence that tells it."""

    stance: Stance
    favours: bool
    doer: Doer
    deed: Span
    span: Span


#: How a deed hangs from conditions.
Tied = Literal["free", "if", "only", "or else"]
#: Whether the words from one place to another name the holder or its side.
Own = Callable[[Span], bool]

_OPENING = re.compile(
    r"""[\s"'“”‘’.…\[(—–-]*(?:(?:that|but|and|so|also|now|therefore|(?:yes|no|well)(?=,)|then)\b[\s,"'“‘]*){0,3}""",
    re.IGNORECASE,
)
_THINKS = re.compile(
    r"(?:I|[Ww]e)\s+(?P<no>do\s+not\s+|don['’]t\s+)?(?:(?:really|still|also|just)\s+)?(?:think|believe)\s+(?:that\s+)?"
)
WORD = r"[^\s,;:!?\"“”()]+"
_CLAUSE = re.compile(
    rf"""(?P<subject>(?:{WORD}\s+){{1,9}}?)
    (?:(?P<ready>(?:is|are|am|was|were|remains?|remained|stands?|stood|['’]re|['’]m)\s+(?P<unready>not\s+|never\s+)?(?:\w+\s+)?(?:ready|willing|prepared|open|determined)\s+(?:to|for)\b)
    |(?P<must>must|should|has\sto|have\sto|needs?\sto|ought\sto)(?P<mustnot>\s+(?:not|never)|n['’]t)?
    |(?P<will>will|would|shall|wo(?=n['’]t)|can(?=n?not|\s+(?:not|never)|['’]t|n['’]t)|could(?=n['’]t|\s+not))(?P<not>n['’]t|['’]t|not|\s+(?:not|never|no\slonger|under\sno\scircumstances))?)
    \s+(?P<deed>[\w'’-]+)""",
    re.VERBOSE | re.IGNORECASE,
)
_CONTRACTED = re.compile(
    r"(?P<subject>I|[Ww]e|[Hh]e|[Ss]he|[Ii]t|[Tt]hey)['’]ll\s+(?P<not>(?:not|never)\s+)?(?P<deed>[\w'’-]+)"
)
_NONE = re.compile(
    r"""[Tt]here\s+(?:can|will|would|could|must|shall|should)(?:\s+be\s+no|(?:\s+not|\s+never|n['’]t)\s+be(?:\s+any)?)
    \s+(?P<deed>\w+)
    |[Nn]o\s+(?P<noun>\w+(?:\s\w+){0,5}?)\s+(?:will|would|can|could|shall)\s+(?:be\s+)?(?P<verb>\w+)""",
    re.VERBOSE,
)
_OUT = re.compile(
    r"""(?P<subject>(?:[\w'’-]+\s+){1,9}?)(?:is|are|was|were|would\sbe|remains?)\s+(?:\w+ly\s+)?
    (?:unacceptable|out\sof\sthe\squestion|non-negotiable|not\sacceptable|not\snegotiable|off\sthe\stable|ruled\sout)\b""",
    re.VERBOSE | re.IGNORECASE,
)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_BROKEN = _set(
    "that said says who which if when because while what whether why how unless until once although though whose where "
    "told adds added believes thinks hoped hopes wants wanted expects fears"
)
_HARM = _set(
    "attack strike bomb bombard shell retaliate avenge kill shoot destroy invade punish target hit seize capture storm "
    "crush burn execute sink blockade expel raid behead hang annihilate overrun respond sue"
)
#: What is not a deed of one's own choice.
_STATES = _set(
    "be have know see expect think want need mind like happen seem become last succeed work survive win lose forget "
    "remember understand matter change feel believe die suffer look miss regret get find love hate say tell make mean "
    "cost face cause lead show prove help come go appear remain note call rather sooner never also likely probably "
    "always just only soon consider point add argue suggest like welcome at in on of to the a an definitely certainly"
)
_CANNOT = _set("accept tolerate agree allow permit recognise recognize support negotiate talk compromise concede")
_ACCEPTING = _set("accept agree support back approve endorse")
_DONE = _set(
    "released lifted reopened withdrawn freed closed opened extended suspended resumed allowed permitted sent held "
    "dismantled removed returned halted stopped cut imposed delivered handed evacuated continued"
)
#: Verbs by which one takes a stance in the first person.
_PERFORMED: dict[str, Stance] = {
    "refuse": "refuses", "reject": "refuses", "oppose": "refuses", "demand": "wants", "want": "wants",
    "insist": "wants", "accept": "accepts", "agree": "accepts", "support": "accepts", "offer": "offers",
    "promise": "offers",
}  # fmt: skip
_FIRST_PERSON = re.compile(rf"(?:I|[Ww]e)\s+(?:\w+ly\s+)?(?P<verb>{'|'.join(_PERFORMED)})\s+(?P<deed>\w+)")
_IF_NOT = re.compile(
    r"unless|.*?\b(?:not|n['’]t|never|no|fails?|failed|refuses?d?|without|continues?d?)\b", re.IGNORECASE
)
_ONLY = re.compile(
    r"only\s+(?:if|when|after|once)|until|on\s+(?:the\s+)?condition|unless|provided|as\s+long|so\s+long", re.IGNORECASE
)
_PAST = re.compile(r"\b(?:have|has|had|having)\s+(?:\w+\s+)?(?:been|\w+ed)\b", re.IGNORECASE)


def clause_stance(text: str, span: Span, own: Own, marks: tuple[Span, ...] = ()) -> Taken | None:
    """The stance that a sentence takes by its own verb; None where it takes none.

    Args:
        own: whether some words name the holder or its side.
        marks: the markers of the conditions in it.

    Example:
        >>> said = "we will never open the road."
        >>> found = clause_stance(said, (0, len(said)), lambda span: said[slice(*span)].strip() == "we")
        >>> found.stance, said[slice(*found.deed)]
        ('refuses', 'open the road.')
    """
    start, end = _after_condition(text, span, marks)
    if text[start:end].rstrip("\"'”’").endswith("?"):
        return None
    opening = _OPENING.match(text, start, end)
    at = opening.end() if opening else start
    thinks = _THINKS.match(text, at, end)
    at = thinks.end() if thinks else at
    here = [mark for mark in marks if at <= mark[0] < end]
    tied = _tied(text, here, end)
    if first := _FIRST_PERSON.match(text, at, end):
        stance = _PERFORMED[first["verb"].lower()]
        return Taken(stance, stance != "refuses", "none", (first.start("deed"), end), (start, end))
    if none := _NONE.match(text, at, end):
        deed = (none.start("deed"), end) if none["deed"] else (none.start("noun"), end)
        return Taken("conditional" if here else "refuses", False, "none", deed, (start, end))
    if out := _OUT.match(text, at, end):
        return Taken("refuses", False, "none", out.span("subject"), (start, end))
    clause = _CLAUSE.match(text, at, end) or _CONTRACTED.match(text, at, end)
    if clause is None or _is_broken(clause["subject"]):
        return None
    found = _in_clause(clause, (start, end), own(clause.span("subject")), tied)
    if found is None or thinks is None:
        return found
    # "I do not think that they should": against it. What one thinks that one will do is foreseen.
    against = bool(thinks["no"])
    return msgspec.structs.replace(found, favours=found.favours != against) if found.stance == "wants" else None


def _tied(text: str, marks: list[Span], end: int) -> Tied:
    """How a clause is tied to its conditions: not at all, by "if", by "only if", or by what happens if not."""
    if not marks:
        return "free"
    if any(
        _IF_NOT.match(text, start, min(end, start + 120)) and text[start:stop].lower() in ("if", "unless")
        for start, stop in marks
    ):
        return "or else"
    strict = any(_ONLY.match(text, start) or _ONLY.match(text, max(0, start - 5)) for start, _ in marks)
    return "only" if strict else "if"


def _is_broken(subject: str) -> bool:
    """Whether what stands before a modal verb is more than a subject."""
    words = subject.lower().split()
    return not _BROKEN.isdisjoint(words) or words[0] in {"there", "this", "what", "to", "nobody", "nothing"}


def _after_condition(text: str, span: Span, marks: tuple[Span, ...]) -> Span:
    """The main clause, where a sentence starts with a condition: "If it rains, we will stay"."""
    start, end = span
    if any(start <= mark[0] <= start + 3 for mark in marks) and (comma := text.find(",", start, end)) >= 0:
        return comma + 1, end
    return span


def _in_clause(clause: re.Match[str], span: Span, own: bool, tied: Tied) -> Taken | None:
    groups = clause.groupdict()
    deed, whole = (clause.start("deed"), span[1]), (clause.start("subject"), span[1])
    if groups.get("ready"):
        return _ready(bool(groups.get("unready")), tied, deed, span) if own else None
    if groups.get("must"):
        return _must(clause, span, own)
    denied = bool(groups.get("not"))
    if own:
        return _of_own_deed(clause, denied, deed, span, tied)
    done = re.match(r"be\s+(\w+)", clause.string[clause.start("deed") : clause.end("deed") + 24])
    if not done or done[1] not in _DONE:
        return None
    stance: Stance = "conditional" if tied != "free" else "refuses" if denied else "offers"
    return Taken(stance, not denied, "none", whole, span)


def _ready(unready: bool, tied: Tied, deed: Span, span: Span) -> Taken:
    stance: Stance = "refuses" if unready else "conditional" if tied == "only" else "offers"
    return Taken(stance, not unready, "own", deed, span)


def _must(clause: re.Match[str], span: Span, own: bool) -> Taken | None:
    """What others must do, or "we" must; what "he must" do is told of him and no wish."""
    verb = clause["deed"].lower()
    before = clause["subject"].split()[-1].lower()
    told = verb in _MUSTS or before in _HELPING or before.endswith(("'d", "’d", "'ll", "’ll"))
    if told or _PAST.match(clause.string, clause.start("deed")):
        return None
    if own and clause["subject"].split()[0].lower() in {"i", "it", "they", "he", "she"}:
        return None
    start = clause.start("deed") if own else clause.start("subject")
    return Taken("wants", not clause["mustnot"], "own" if own else "other", (start, span[1]), span)


#: Words before "have to" with which it is no wish: "do not have to", "will have to".
_HELPING = _set("not do does did don't doesn't didn't don’t doesn’t didn’t will would may might could i you")
_MUSTS = _set("have know understand remember realise realize note say")


def _of_own_deed(clause: re.Match[str], denied: bool, deed: Span, span: Span, tied: Tied) -> Taken | None:
    verb = clause["deed"].lower()
    modal = (clause.groupdict().get("will") or "will").lower()
    if modal.startswith(("can", "could")):
        return Taken("refuses", False, "own", deed, span) if denied and verb in _CANNOT else None
    if denied:
        deliberate = verb not in _STATES - {"go", "make", "help", "talk", "change", "come", "consider"}
        return Taken("refuses", False, "own", deed, span) if deliberate else None
    if verb in _STATES:
        return None
    if verb in _HARM or (tied == "or else" and verb not in _ACCEPTING):
        return Taken("threatens", True, "own", deed, span)
    if verb in {"refuse", "reject", "oppose", "resist", "veto"}:
        return Taken("refuses", False, "own", (clause.end("deed"), span[1]), span)
    if tied == "only":
        return Taken("conditional", True, "own", deed, span)
    return Taken("accepts" if verb in _ACCEPTING else "offers", True, "own", deed, span)
