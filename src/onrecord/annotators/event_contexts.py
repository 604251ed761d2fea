"""In what context an event stands, where its own clause states it; and whether it is history rather than news.

The contexts are those of the PLOVER manual (Open Event Data Alliance, 2021, "General contexts"): an event may have
several, and has none where its words name none. A context is read from the clause of the event alone, as a report's
other matters are not the event's. `historical` is given where the event's time lies a year or more before the report's
date, or where the words say so: an anniversary, a war long past.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources

from spacy.tokens import Token

from onrecord.annotators.event_patterns import is_crowded
from onrecord.annotators.word_sets import word_set
from onrecord.model import Time

__all__ = ["HISTORICAL", "contexts", "is_historical"]

HISTORICAL = "historical"

#: Days before the report after which an event is history.
_YEAR = 365
#: Most words of a clause that are read for its contexts.
_MOST = 40
#: Words that mean something else beside one of these: "tear gas", "water cannon".
_BESIDE = {"gas": "tear", "water": "cannon"}
#: Other clauses, with events of their own.
_ELSEWHERE = word_set("relcl advcl ccomp parataxis conj punct appos")
#: What is marked, remembered or told lies in the past.
_MARKING = word_set("anniversary commemoration centenary remembrance memorial jubilee")
_REMEMBERING = word_set("mark commemorate remember mourn recall observe honour honor celebrate")


@cache
def _table() -> dict[str, str]:
    lines = resources.files("onrecord").joinpath("data/event_contexts.txt").read_text(encoding="utf-8").splitlines()
    found: dict[str, str] = {}
    for line in lines:
        context, mark, words = line.partition(" = ")
        if mark and not line.startswith("#"):
            found.update((word, context) for word in words.split() if word not in found)
    return found


def contexts(token: Token) -> tuple[str, ...]:
    """The contexts that the clause of an event's word states, in the order of the text.

    Example:
        >>> from onrecord.annotators.parse import parse
        >>> from onrecord.read.text import report
        >>> contexts(parse(report("The two sides held talks on the election and the budget.")).doc[3])
        ('election', 'economic')
    """
    table = _table()
    found: dict[str, int] = {}
    for word in _clause(token):
        if word.pos_ in {"NOUN", "PROPN", "ADJ"} and word.ent_type_ not in {"GPE", "LOC", "PERSON"}:
            if word.lower_ == "rights" and word.i and word.nbor(-1).lower_ == "human":
                found.setdefault("human-rights", word.i)
            elif (context := table.get(word.lemma_.lower())) is not None and not _is_riot_gear(word):
                found.setdefault(context, word.i)
    return tuple(sorted(found, key=lambda context: found[context]))


def _clause(token: Token) -> list[Token]:
    """The words of the event's own clause: what it governs, but no other clause."""
    root = token
    if token.pos_ == "NOUN":
        for _ in range(2):
            if root.dep_ in {"dobj", "nsubj", "nsubjpass", "pobj", "prep"} and root.head.pos_ in {"VERB", "ADP"}:
                root = root.head
    pending = [root]
    seen: list[Token] = []
    while pending and len(seen) < _MOST:
        node = pending.pop(0)
        seen.append(node)
        if not is_crowded(node):
            pending.extend(
                c for c in node.children if c.dep_ not in _ELSEWHERE or (c.dep_ == "conj" and c.pos_ == "NOUN")
            )
    return seen


def _is_riot_gear(word: Token) -> bool:
    other = _BESIDE.get(word.lemma_.lower())
    return other is not None and other in {t.lower_ for t in word.doc[max(0, word.i - 1) : word.i + 2]}


def _is_joined_noun(token: Token) -> bool:
    return token.dep_ == "conj" and token.pos_ in {"NOUN", "ADP"}


def is_historical(token: Token, time: Time | None, published: str | None) -> bool:
    """Whether an event is history: dated a year or more before the report, or only marked, mourned or remembered.

    Example:
        >>> from onrecord.annotators.parse import parse
        >>> from onrecord.read.text import report
        >>> doc = parse(report("Thousands marked the anniversary of the massacre.")).doc
        >>> is_historical(doc[6], None, None)
        True
    """
    day = _latest(time.value) if time is not None and time.value else None
    today = _latest(published[:10]) if published else None
    if day is not None and today is not None:
        return (today - day).days >= _YEAR
    node = token
    for _ in range(6):
        if node.head == node:
            return False
        up = node.head
        if up.lemma_.lower() in _MARKING:
            return True
        if up.lemma_.lower() in _REMEMBERING and token.pos_ == "NOUN" and node.dep_ in {"dobj", "nsubjpass"}:
            return True
        if node.dep_ in {"nsubj", "ROOT"} or up.pos_ == "VERB":
            return False
        node = up
    return False


def _latest(value: str) -> date | None:
    """The last day that a TIMEX3 value of a year, month or day may mean; None for any other."""
    parts = value.split("-")
    if not all(part.isdigit() for part in parts) or not 1 <= len(parts) <= 3 or len(parts[0]) != 4:
        return None
    numbers = [int(part) for part in parts]
    year, month, day = numbers[0], numbers[1] if len(parts) > 1 else 12, numbers[2] if len(parts) > 2 else 28
    try:
        return date(year, month, day)
    except ValueError:
        return None
