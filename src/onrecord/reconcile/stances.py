"""Which stance an attribution takes, by its act, its cue and the words of what is said; decided on the words alone."""

from __future__ import annotations

import re

import msgspec

from onrecord.model import Attribution, Span
from onrecord.reconcile.sentences import sentences
from onrecord.reconcile.stance_clauses import WORD, Doer, Own, Stance, Taken, clause_stance

__all__ = ["Doer", "Stance", "Taken", "taken"]

_BY_ACT: dict[str, Stance] = {
    "demands": "wants", "asks": "wants", "offers": "offers", "promises": "offers", "refuses": "refuses",
    "rejects": "refuses", "threatens": "threatens", "agrees": "accepts",
}  # fmt: skip
_NEUTRAL = re.compile(
    r"""\b(?:say|said|says|saying|tell|told|tells|telling|add|added|adds|adding|write|wrote|writes|state[ds]?|declare[ds]?
    |note[ds]?|continue[ds]?|repl(?:y|ied|ies)|respond(?:ed|s)?|post(?:ed|s)?|tweet(?:ed|s)?|reiterate[ds]?
    |repeat(?:ed|s)?|stress(?:ed|es)?|insist(?:ed|s)?|announce[ds]?|announcing|warn(?:ed|s|ing)?|according
    |explain(?:ed|s)?|writing|stating|conclude[ds]?|argue[ds]?|maintain(?:ed|s)?|indicate[ds]?|signal(?:l?ed|s)?|assured?
    |confirm(?:ed|s)?|statement|made[ ]clear|vow(?:ed|s)?)\b|^:""",
    re.VERBOSE | re.IGNORECASE,
)
_WANTS = re.compile(
    r"""\b(?:want|wants|wanted|wanting|wish|wishes|wished|hop(?:e|es|ed|ing)|seek|seeks|sought|seeking|yearn\w*|eager
    |keen|desire|long(?:s|ed)?|would[ ]like|push\w*|propos\w+)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_DOES = re.compile(
    r"""\b(?:plan|plans|planned|planning|intend\w*|intention|decid\w+|decision|resolv\w+|determined|determination
    |ready|willing|willingness|prepared|commit\w*|aim|aims|aimed|will)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_UNWILLING = re.compile(r"\b(?:reluctan\w+|unwilling\w*|loath|hesita\w+|opposed|against)\b", re.IGNORECASE)
#: What a pronoun stands for is not in the words.
_UNTOLD = re.compile(
    r"(?:them|it|him|her|us|this|that|these|those|me|you)(?:\s+(?:as|for|over|to\s+be)\b|\W*$)", re.IGNORECASE
)
_QUESTION = re.compile(r"(?:why|how|whether|what|who|when|where|if)\b", re.IGNORECASE)
_MODAL = re.compile(r"\b(?:should|must|would|will|need|needs|ought|can|could|be)\b", re.IGNORECASE)
#: What is offered in passing, and no deed.
_GIVEN = re.compile(
    r"""(?:(?:a|an|the|any|no|some|few|its|his|her|their|little|more|new)\s+){0,3}(?:hope|proof|evidence|analysis|advice
    |details?|explanations?|apolog\w+|praise|insights?|views?|glimpse|condolences|comments?|sympathy|thoughts?|example)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_THREATENED = re.compile(
    r"""\W*(?:to|that|with|not|if|it|he|she|they|we|i)\b
    |.{0,60}?\b(?:retaliat\w+|war|sanctions?|strikes?|boycott|action|consequences|attacks?|force|tariffs?|invasion|veto)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_AGREED = re.compile(r"\b(?:agree\w*)\b", re.IGNORECASE)
_WARNED_OFF = re.compile(r"\b(?:warn\w*|caution\w*)\b.{0,80}?\b(?:against|not[ ]to)\b", re.IGNORECASE | re.DOTALL)
_ASKED_FOR = re.compile(r"\b(?:ask\w*[ ]for|request\w*|appeal\w*|seek\w*)\b", re.IGNORECASE)
_NOT_AT_START = re.compile(
    r"""[\s"'“‘]*(?:that\s+)?(?:[\w.'’-]+\s+){0,6}?(?:not|never|no\slonger)\s+(?!only)""", re.IGNORECASE
)
_TO = re.compile(r"""[\s"'“‘]*(?:not\s+|never\s+)?to\s+(?!the\b|an?\b|its\b|their\b|his\b|her\b)""", re.IGNORECASE)
_SOMEBODY_TO = re.compile(
    rf"""[\s"'“‘]*(?:that\s+)?(?:{WORD}\s+){{1,8}}?(?:not\s+)?to\s+\w|[\s"'“‘]*that\s|.*?\bbe\s""", re.IGNORECASE
)


def taken(text: str, item: Attribution, own: Own, marks: tuple[Span, ...] = ()) -> Taken | None:
    """The stance that an attribution takes; None where its words take none.

    Args:
        own: whether some words name the holder or its side.
        marks: the markers of the conditions in it.
    """
    if item.manner not in ("said", "written", "intended"):
        return None
    cue = " ".join(text[slice(*span)] for span in item.cue.spans)
    no_longer = _no_longer(text, item)
    if item.manner == "intended":
        return _intended(text, item, cue, item.negated or no_longer)
    if item.negated or no_longer:
        return _by_act(text, item, "refuses") if item.act in ("agrees", "offers", "promises") else None
    if _WARNED_OFF.search(f"{cue} {text[slice(*item.content.spans[0])][:60]}") and item.act == "warns":
        return _by_act(text, item, "wants", against=True)
    if _NEUTRAL.search(cue) and item.act not in ("demands", "agrees", "rejects", "asks", "promises"):
        return _by_words(text, item, own, marks)
    if item.act == "demands" and _NEUTRAL.search(cue) and (said := _by_words(text, item, own, marks)):
        return said
    if item.act == "asks" and not _is_request(text, item, cue):
        return None
    stance = _BY_ACT.get(item.act)
    if stance is None or not _tells_deed(text, item, stance):
        return None
    return _by_act(text, item, stance, against=bool(stance == "wants" and _UNWILLING.search(cue)))


def _tells_deed(text: str, item: Attribution, stance: Stance) -> bool:
    """Whether the content of a cue that takes a stance names a deed or a thing that one can be for or against."""
    words = text[slice(*item.content.spans[0])]
    if _UNTOLD.match(words) or _QUESTION.match(words):
        return False
    if stance in ("accepts", "offers") and words.startswith("that ") and not _MODAL.search(words):
        return False  # "agreed that the forgery was old", "offered that she had a role"
    if stance == "offers" and item.act == "offers":
        return not _GIVEN.match(words)
    return stance != "threatens" or bool(_THREATENED.match(words))


def _is_request(text: str, item: Attribution, cue: str) -> bool:
    """Whether what is asked is a deed, and no question."""
    words = text[slice(*item.content.spans[0])]
    if words.rstrip("\"'”’").endswith("?") or re.match(r"(?:if|whether|wh\w+|how)\b", words):
        return False
    return bool(_ASKED_FOR.search(cue) or re.search(rf"^(?:{WORD}\s+){{0,8}}?to\s+\w", words))


def _no_longer(text: str, item: Attribution) -> bool:
    start = item.cue.spans[0][0]
    return (
        bool(re.search(r"\bno\s+(?:longer\s+)?$", text[max(0, start - 12) : start]))
        and "longer" in text[start - 12 : start + 8]
    )


def _intended(text: str, item: Attribution, cue: str, negated: bool) -> Taken | None:
    stance: Stance | None = None
    if _UNWILLING.search(cue):
        stance = "refuses"
    elif _AGREED.search(cue):
        stance = "accepts"
    elif _WANTS.search(cue):
        stance = "wants"
    elif _DOES.search(cue):
        stance = "offers"
    if stance is None or (negated and stance == "refuses"):
        return None
    if negated:
        return _by_act(text, item, "refuses", refused=stance)
    found = _by_act(text, item, stance)
    if stance == "offers" and not found.favours:  # "decided not to attend"
        return msgspec.structs.replace(found, stance="refuses")
    return found


def _by_act(
    text: str, item: Attribution, stance: Stance, *, against: bool = False, refused: Stance | None = None
) -> Taken:
    """A stance on the whole content."""
    # Of a split content, the part after the cue is what its frame governs: '"No," he said and vowed to go on'.
    after = [span for span in item.content.spans if span[0] >= item.cue.spans[-1][1]]
    first = _first_sentence(text, (after or item.content.spans)[0])
    words = text[slice(*first)]
    opposed = bool(_NOT_AT_START.match(words))
    favours = stance != "refuses" and not opposed
    return Taken(stance, favours and not against, _doer(words, refused or stance, item), first, first)


def _doer(words: str, stance: Stance, item: Attribution) -> Doer:
    if _TO.match(words):
        return "other" if item.addressee is not None and stance == "wants" and item.act == "demands" else "own"
    if stance == "wants" and _SOMEBODY_TO.match(words):
        return "other"
    return "none"


def _first_sentence(text: str, span: Span) -> Span:
    found = sentences(text[slice(*span)])
    return (span[0] + found[0][0], span[0] + found[0][1]) if found else span


def _by_words(text: str, item: Attribution, own: Own, marks: tuple[Span, ...]) -> Taken | None:
    """The first stance that a sentence of the content takes by its own verb."""
    for start, end in item.content.spans:
        for first, last in sentences(text[start:end]):
            found = clause_stance(text, (start + first, start + last), own, marks)
            if found is not None:
                return found
    return None
