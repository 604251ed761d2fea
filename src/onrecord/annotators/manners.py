"""In what manner something is attributed, and by which act: from the cue and what follows it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from onrecord.annotators.cues import Entry, Pos, words
from onrecord.annotators.found import Found
from onrecord.annotators.grammar import Grammar
from onrecord.annotators.phrases import HEARSAY, is_label
from onrecord.annotators.subjects import name_of
from onrecord.model import Act, Manner, Medium, Span

__all__ = ["act", "cue_head", "manner", "negated"]

_POS: dict[str, Pos] = {"VERB": "verb", "AUX": "verb", "ADJ": "adj", "NOUN": "noun"}
_TELL = words(
    "comment say speak discuss elaborate answer respond talk disclose reveal provide give specify name "
    "identify detail reply explain"
)
#: What one who refuses to do it is silent about.
_SAY = words("comment elaborate answer say specify disclose reveal detail speculate")
#: What one who would not do it is silent about.
_SILENT = words("comment elaborate say specify disclose reveal identify name speculate discuss")
_ASKED = words(
    "comment request requests question questions email emails e-mail call calls message messages inquiry "
    "inquiries query queries"
)
_WRITTEN = words(
    "letter letters report post posts tweet tweets statement email e-mail emails note memo memorandum communique "
    "communiqué cable telegram telegrams leaflet leaflets article op-ed editorial column essay blog book document "
    "filing petition dossier pamphlet decree manifesto twitter facebook instagram x website weibo message messages "
    "release readout"
)
#: Outlets whose words are written, alone or before their names: "the newspaper Dawn".
_PRINTED = words("newspaper magazine tabloid broadsheet weekly newsletter")
_VOICED = words("televised recorded video taped audio voice radio television tv broadcast read oral verbal spoken")
#: What one who claims it says that he did.
_DEEDS = words("attack bombing assassination killing raid ambush blast explosion shooting strike assault kidnapping "
               "hijacking operation credit")  # fmt: skip
#: Verbs whose infinitive in a cue is what is not done.
_REFUSING = frozenset({"refuse", "decline"})
_NOBODY = frozenset({"no", "nobody", "none", "neither"})


def cue_head(g: Grammar, item: Found) -> int:
    """The token of a cue that says how it attributes: its last word in the table, else its last word."""
    tokens = [t for s, e in item.cue for t in range(g.at(s), g.before(e) + 1) if g.word[t]]
    known = [t for t in tokens if _entry(g, t) is not None]
    verbs = [t for t in known if g.pos[t] == "VERB"]
    if verbs and g.lemma[verbs[0]] in _REFUSING and verbs[-1] == g.kid(verbs[0], "xcomp"):
        return verbs[0]  # "refuses to recognise"
    unknown = [t for t in tokens if g.pos[t] == "VERB" and g.lower[t] != "according"]  # "would not be drawn on"
    if verbs or known or unknown or tokens:
        return (verbs or known or unknown or tokens)[-1]
    return min(g.at(item.cue[0][0]), len(g) - 1)


def _entry(g: Grammar, token: int) -> Entry | None:
    pos = _POS.get(g.pos[token])
    if pos is None:
        return None
    name = name_of(g, token) if pos == "verb" else g.lower[token] if pos == "adj" else g.lemma[token]
    found = g.cue(pos, name) or (g.cue("adj", g.lower[token]) if g.tag[token] == "VBN" else None)
    if found is None and g.tag[token] == "NNS":  # a headline's verb: "Army rejects plan"
        found = g.cue("verb", g.lemma[token])
    return found


def _row(g: Grammar, item: Found, head: int) -> tuple[Manner, Act] | None:
    """Manner and act of the frame that the content takes, or of the cue word where that does not tell."""
    found = _entry(g, head)
    if found is None:
        return None
    first = next((t for t in range(g.at(item.content[0][0]), g.before(item.content[0][1]) + 1) if g.word[t]), None)
    if first is not None and first > head:
        word = g.lower[first]
        if word == "to" and g.pos[first] == "PART":
            told = found.frames.get("obj+to", (found.manner, found.act))
            return found.frames.get("to", told if g.pos[head] == "VERB" else (found.manner, found.act))
        before = next((t for t in range(first - 1, head, -1) if g.word[t]), head)  # "called for 'restraint'"
        leads = g.head[before] == head or g.dep[before] == "mark"  # "called for him to be freed"
        if g.lower[before] in found.frames and g.pos[before] in {"ADP", "SCONJ"} and leads:
            return found.frames[g.lower[before]]
        holder = g.head[first]
        if any(g.lower[k] == "to" and g.dep[k] == "aux" for k in g.kids[holder]) or (
            g.kid(head, "xcomp") is not None and "obj+to" in found.frames and g.kid(head, "dobj") is not None
        ):
            return found.frames.get("obj+to", (found.manner, found.act))
        if "obj+ing" in found.frames and any(g.dep[k] == "acl" and g.tag[k] == "VBG" for k in g.kids[_object(g, head)]):
            return found.frames["obj+ing"]
        if "that" in found.frames and g.kid(head, "ccomp") is not None:
            return found.frames["that"]
        if g.lower[before] in found.frames and g.pos[before] == "ADP":
            return found.frames[g.lower[before]]
    return found.manner, found.act


def _object(g: Grammar, verb: int) -> int:
    found = g.kid(verb, "dobj")
    return verb if found is None else found


def manner(g: Grammar, item: Found, head: int, how: Medium | None) -> Manner:
    """Whether the content was said, written, believed, intended, perceived or done.

    What is said in a medium of writing ("said in a letter") is written.
    """
    row = _row(g, item, head)
    found: Manner = "said" if row is None else row[0]
    if found == "said" and _by_document(g, item):
        return "written"
    return "written" if found == "said" and how is not None and _in_writing(how) else found


def _by_document(g: Grammar, item: Found) -> bool:
    """Whether the source is a document or its relative pronoun: "a note which said"."""
    if not item.source:
        return False
    first, last = g.at(item.source[0][0]), g.before(item.source[0][1])
    head = next((t for t in range(first, last + 1) if g.word[t] and not first <= g.head[t] <= last), first)
    if g.lower[head] in {"which", "that"} and g.dep[g.head[head]] == "relcl":
        head = g.head[g.head[head]]
    printed = any(g.lemma[k] in _PRINTED and k < head for k in g.kids[head])
    return printed or (g.pos[head] == "NOUN" and g.lemma[head] in _WRITTEN | _PRINTED)


def _in_writing(how: Medium) -> bool:
    named = words(how.text.lower())
    return bool(named & _WRITTEN) and not named & _VOICED


def act(g: Grammar, item: Found, head: int) -> Act:
    """The act that the cue performs; "other" where the cue is not in the table."""
    if is_silence(g, head, item.content):
        return "declines-to-comment"
    words = _first_words(g, item.content)
    lemma = g.lemma[head]
    cue_words = {g.lemma[t] for s, e in item.cue for t in range(g.at(s), g.before(e) + 1)}
    if "comment" in cue_words and cue_words & {"decline", "refuse", "no"}:
        return "declines-to-comment"
    if lemma == "claim" and (deed := g.kid(head, "dobj")) is not None and g.lemma[deed] in _DEEDS:
        return "claims-responsibility"
    if "responsibility" in words | cue_words and cue_words & {"claim", "take", "accept"}:
        return "claims-responsibility"
    if is_label(g.text, item):
        asks = g.text[slice(*item.source[0])] in {"Q", "Question"} or g.text[: item.content[-1][1]].endswith("?")
        return "asks" if asks else "asserts"
    if lemma == "according" or g.lower[head] in HEARSAY or g.lower[head] == "to":
        return "asserts"
    row = _row(g, item, head)
    if row is not None:
        return row[1]
    return "asserts" if g.pos[head] not in {"VERB", "NOUN"} or not g.word[head] else "other"


def is_silence(g: Grammar, head: int, content: Iterable[Span]) -> bool:
    """Whether a cue says that somebody says nothing: "declined to comment", "would not say", "did not respond to".

    Who refuses something else ("refused to talk to the rebels") is not silent, and who "did not say that" something
    was so may have said other things of it.
    """
    if g.pos[head] == "NOUN":
        return g.lemma[head] == "comment" and any(g.lower[k] == "no" for k in g.kids[head])
    words, lemma = _first_words(g, content), g.lemma[head]
    if (done := g.kid(head, "xcomp")) is not None and done > head:
        words = words | {g.lemma[done]}  # "declined [to say] whether"
    if lemma == "decline" or (lemma == "refuse" and words & _SAY):
        return bool(words & _TELL)
    who, what = g.kid(head, "nsubj"), g.kid(head, "dobj")
    nobody = who is not None and any(g.lower[k] in _NOBODY for k in g.kids[who])
    not_ = nobody or any(g.dep[k] == "neg" for k in g.kids[head]) or _is_yet(g, head)
    if (lemma == "comment" and _is_yet(g, head)) or (
        lemma in _SILENT and what is not None and g.lower[what] == "nothing"
    ):
        return True
    if lemma in {"respond", "reply", "answer"}:
        return not_ and bool(words & _ASKED)
    unwilling = not_ and any(g.lower[k] in {"would", "will", "wo", "could", "can", "ca"} for k in g.kids[head])
    drawn = lemma == "draw" and g.kid(head, "auxpass") is not None
    return unwilling and (lemma in _SILENT or drawn)


def _is_yet(g: Grammar, head: int) -> bool:
    """Whether something is still to be done: "has yet to comment"."""
    return head > 1 and g.lower[head - 2 : head] == ["yet", "to"]


def _first_words(g: Grammar, content: Iterable[Span]) -> set[str]:
    """The lemmas of the first dozen tokens of a content."""
    return {g.lemma[t] for s, e in itertools.islice(content, 1)
            for t in range(g.at(s), min(g.at(s) + 12, g.before(e) + 1))}  # fmt: skip


def negated(g: Grammar, item: Found, head: int, done: Act) -> bool:
    """Whether the cue is negated ("did not say"), its source is nobody ("no group claimed"), or what is said is none.

    "Neither account could be verified" is of the last kind.
    """
    if done == "declines-to-comment":
        return False
    first = g.at(item.source[0][0]) if item.source else len(g)
    nobody = first < len(g) and g.lower[first] in _NOBODY and (first > 0 or g.lower[first] != "none")
    return _not(g, item, head) or nobody


def _not(g: Grammar, item: Found, head: int) -> bool:
    around = [*g.kids[head], *(t for s, e in item.cue for t in range(g.at(s), g.before(e) + 1))]
    if head > 0 and g.lower[head - 1] in {"neither", "nor"}:
        return True
    none = g.kid(head, "nsubjpass")
    if none is not None and {g.lower[none], *(g.lower[k] for k in g.kids[none])} & {"neither", "none", "no"}:
        return True
    around = [t for t in around if not any(s <= g.starts[t] < e for s, e in item.content)]
    return any(g.dep[t] == "neg" or g.lower[t] in {"not", "n't", "n’t", "never"} for t in around)
