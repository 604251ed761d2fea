"""Words that only tell how a report was come by: "declined to comment", "asked not to be named", "when asked whether".

They are in the form of a refusal, a request or a permission, but nothing is refused or asked between parties.
"""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.annotators.word_sets import word_set

__all__ = ["is_sourcing"]

_DECLINING = word_set("decline refuse")
_ALLOWING = word_set("authorise authorize allow permit empower")
_ASKING = word_set("ask request")
_TELLING = word_set(
    "comment speak talk elaborate discuss give provide say identify name brief respond answer disclose confirm"
)
_NAMING = word_set("name identify quote use cite")
#: What is given to the press: "declined to give details".
_DETAILS = word_set("detail comment name information figure number reason interview statement")
_QUESTIONS = word_set("whether if what how why who when where")


def is_sourcing(verb: Token) -> bool:
    """Whether a verb of refusing, asking or allowing is about speaking to the press, or a question put by it.

    Example:
        >>> from onrecord.annotators.parse import parse
        >>> from onrecord.read.text import report
        >>> doc = parse(report("The embassy declined to comment. The embassy declined to extradite him.")).doc
        >>> [is_sourcing(t) for t in doc if t.lemma_ == "decline"]
        [True, False]
    """
    lemma = verb.lemma_.lower()
    if lemma in _DECLINING or lemma in _ALLOWING:
        # "was not allowed to speak", but not "allowed the envoy to speak to the prisoners"
        own = lemma in _DECLINING or not any(c.dep_ == "dobj" for c in verb.children)
        return own and any(_tells(c) for c in verb.children)
    if lemma not in _ASKING:
        return False
    if any(c.dep_ == "xcomp" and c.lemma_.lower() in _NAMING and _negated(c) for c in verb.children):
        return True
    if any(c.dep_ == "dobj" and c.lower_ == "anonymity" for c in verb.children):
        return True
    return _is_question(verb) or _is_passed_on(verb)


def _tells(clause: Token) -> bool:
    if clause.dep_ not in {"xcomp", "ccomp"} or clause.lemma_.lower() not in _TELLING:
        return False
    if clause.lemma_.lower() in {"give", "provide", "disclose"}:
        return any(c.dep_ == "dobj" and c.lemma_.lower() in _DETAILS for c in clause.children)
    if clause.lemma_.lower() in {"speak", "talk"}:
        # a refusal to talk with the other side is one
        return not any(c.dep_ == "prep" and c.lower_ == "with" for c in clause.children) and all(
            _is_press(c) for p in clause.children if p.dep_ == "prep" and p.lower_ == "to" for c in p.children
        )
    if clause.lemma_.lower() in {"respond", "answer"}:
        # "refused to respond to the demand" is a refusal
        return not any(c.dep_ == "prep" and c.lower_ == "to" for c in clause.children)
    if clause.lemma_.lower() == "discuss":
        return clause.head.lemma_.lower() in _ALLOWING
    return True


def _is_press(token: Token) -> bool:
    return token.lemma_.lower() in {"press", "medium", "media", "reporter", "journalist", "outlet", "newspaper"}


def _negated(verb: Token) -> bool:
    return any(c.dep_ == "neg" for c in verb.children)


def _is_passed_on(verb: Token) -> bool:
    """Whether a question is only passed on: "You would have to ask them"."""
    asking = [c for v in (verb, verb.head) for c in v.children if c.dep_ == "nsubj" and v.dep_ != "conj"]
    wanted = any(c.dep_ in {"xcomp", "ccomp"} or c.lower_ == "for" for c in verb.children)
    return verb.tag_ == "VB" and not wanted and any(c.lower_ == "you" for c in asking)


def _is_question(verb: Token) -> bool:
    """Whether only a question is told: "asked whether he would go", "Asked about the raid, she shrugged"."""
    if any(c.dep_ in {"ccomp", "advcl"} and any(w.lower_ in _QUESTIONS for w in c.lefts) for c in verb.children):
        return True
    alone = verb.tag_ == "VBN" and verb.dep_ in {"advcl", "acl"}
    return alone and not any(c.dep_ == "xcomp" for c in verb.children)
