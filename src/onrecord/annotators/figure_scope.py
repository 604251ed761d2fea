"""Over what a figure runs, and which attributions tell of counts."""

from __future__ import annotations

import re

from onrecord.annotators.clause import Clause
from onrecord.annotators.counted import Counted
from onrecord.annotators.figure_clauses import HARMING
from onrecord.annotators.word_sets import word_set
from onrecord.model import Attribution, Scope, Unit

__all__ = ["scope", "tells_of_counts"]

_CUMULATIVE = re.compile(
    r"\b(?:(?<!has )(?<!have )(?<!had )(?<!ever )since|so far|to date|in total|in all,|altogether|overall|"
    r"(?:over|in|during|for|within) (?:the|this) (?:past|last) |between \w+ \d{1,2} and \w+ \d{1,2}\b|"
    r"(?:over|in|during) (?:this|the) (?:decade|century)|"
    r"through (?:the (?:end|middle|start) of )?(?:last |this )?(?:January|February|March|April|May|June|July|August|"
    r"September|October|November|December|month|year)\b|"
    r"in (?:just |only |less than )?[\w-]+ (?:days|weeks|months|years)\b|"
    r"(?:\w+)[- ]year(?:s of)?[- ](?:long )?(?:war|conflict|insurgency|campaign)|"
    r"during (?:the|\w+ years of) (?:\w+ )?war|in \w+ (?:days|weeks|months|years) of|"
    r"(?:war|conflict|insurgency|rebellion|genocide)\b[^.;]{0,30}\b(?:killed|claimed|cost|displaced|uprooted|left)|"
    r"(?:uprising|crackdown|invasion|offensive|campaign|violence|unrest|fighting)\b[^.;]{0,30}\bha(?:s|ve|d) "
    r"(?:\w+ )?(?:killed|claimed|cost|displaced|uprooted|left|driven|forced|wounded|injured))",
    re.IGNORECASE,
)
#: A running total only where nothing in the sentence speaks of one attack.
_PERIOD = re.compile(r"(?<!earlier )(?<!later )\b(?:this (?:year|month)|last year)\b", re.IGNORECASE)
#: "the deadliest attack since 2014", ", who have fought the army since April,": no total is meant.
_NO_TOTAL = re.compile(
    r"\b(?:deadliest|worst|first|bloodiest|biggest|largest|heaviest|highest|most)\b[^.;,]{0,60}"
    r"\b(?:since|in \w+ (?:days|weeks|months|years))\b|"
    r", wh(?:o|ich|ose)\b[^,;.]{0,120},|"
    r"\b(?:leaked|published|issued|released|dated|signed|obtained|drafted) (?:earlier )?(?:this|last) (?:month|year)\b",
    re.IGNORECASE,
)
#: "killed 12, raising the toll to 57": what is said of the one is not said of the other.
_RAISING = re.compile(
    r"\b(?:rais|bring|tak|push|lift|increas)ing the\b[^.;,]{0,40}\b(?:toll|total|number|count|tally)\b", re.IGNORECASE
)
#: What kills over weeks, and is no incident.
_DISEASE = re.compile(r"\b(?:cholera|ebola|measles|malaria|epidemic|famine|starvation|malnutrition)\b", re.IGNORECASE)
_SINCE = re.compile(r"\bsince\b", re.IGNORECASE)
#: Right before the number.
_TOLL = re.compile(r"\b(?<!a )(?:toll|total|overall number)\b[^.;,\d]{0,40}(?:from \S{1,12} to )?$", re.IGNORECASE)
_INCIDENT = re.compile(
    r"\b(?:(?:attack|bomb|bombing|blast|explosion|raid|ambush|clash|airstrike|air strike|strike|shelling|shooting|"
    r"crash|battle|gunbattle|firefight|massacre|operation|earthquake|assault|missile|rocket|mortar|drone|mine|shell|"
    r"bombardment|bomber|attacker|gunman|assailant|landslide|stampede|collision|shootout|execution)s?|"
    r"clashes|ambushes|gunmen|artillery|gunfire|exploded|open(?:s|ed|ing) fire|attacked|bombed|shelled|ambushed|raided|"
    r"stormed|struck|fired|bombs|abducted|kidnapped|crashed|collapsed|sank|capsized|murder[- ]suicide|"
    r"(?:double|triple|quadruple) (?:murder|homicide)|tragic incident|rampage|accident|home invasion|drive-by|robbery|"
    r"shot|stabbed|stabbing|gunshots?|blaze|shooters?|at the scene|rollover|tried to rob|gun (?:\w+ ){0,5}went off|"
    r"(?:a|the) (?:fight|brawl|melee|altercation|quarrel|stand-?off|chase)|"
    r"hit head-on|fire (?:tore|ripped|broke|swept|destroyed)|house fire)\b",
    re.IGNORECASE,
)
#: In which people are told of who were there.
_VIOLENT = re.compile(
    r"\b(?:shot|shooting|shootout|gunfire|gunshots?|open(?:s|ed) fire|fired shots|bombing|bomb|explosion|exploded|"
    r"blast|attack|attacked|ambush|ambushed|raid|stabbing|stabbed|massacre|murder[- ]suicide|robbery|drive-by|"
    r"home invasion|brawl|crash|crashed|collided|collision|head-on|kidnapped|abducted|stormed|hijacked|"
    r"(?:time of|after|during) the incident)\b",
    re.IGNORECASE,
)
_USED = re.compile(
    r"\bused (?:in|during) the (?:[\w-]+ ){0,2}(?:shooting|attack|robbery|assault|killing|raid|massacre|"
    r"crime|ambush)\b",
    re.IGNORECASE,
)
_FIRED = re.compile(r"\b(?:fired?|firing|launched|dropped|threw|hurled|lobbed)\b", re.IGNORECASE)
#: Several such events: what is counted of all of them is not of one.
_SEVERAL = re.compile(
    r"\b(?:\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|multiple|many|dozens of|"
    r"hundreds of|series of|wave of|daily|air|these|such) (?:[\w-]+ ){0,2}(?:attacks|strikes|airstrikes|raids|"
    r"shootings|bombings|clashes|crashes|explosions|operations|incidents|accidents|massacres|assaults|killings)\b",
    re.IGNORECASE,
)
_STOPS = word_set(". ! ?")
_ENDS = _STOPS | {";"}
#: Most code points of a paragraph that are read on either side of a number.
_PARAGRAPH = 800
#: They were there when it came.
_WHEN = re.compile(
    r"\b(?:when|as) (?:the |a )?(?:shooting|shots?|gunfire|attack|blast|bomb|explosion|gunman|gunmen|crash|fight)\b",
    re.IGNORECASE,
)
#: Units of what is counted at any time, so that a total needs its words close by; how close, in code points.
_ANY_TIME = word_set("people money troops aid vehicles weapons buildings")
_LEFT, _RIGHT = 40, 80
_FUTURE = re.compile(r"\b(?:will|would|could|may|might|shall)\b|n't\b|'ll\b", re.IGNORECASE)
_IN_YEARS = re.compile(r"\bin [\w-]+ (?:days|weeks|months|years)\b", re.IGNORECASE)
#: A point in time, and no length of it.
_EARLIER = re.compile(r"\b(?:earlier|later|late|early) (?:this|last) (?:week|month|year)\b", re.IGNORECASE)
#: Units of what happens to people and things in one incident.
_INCIDENTAL = word_set("killed wounded missing hostages captured detained housing-destroyed")
#: Units of what an incident does or involves, if the sentence itself tells of it.
_INVOLVED = word_set("vehicles buildings weapons other released displaced evacuated people attacks")
#: What web pages print around a text, and no source.
_CAPTION = re.compile(r"(?:related|disturbing|watch|read more|more photo|photos?\b|image \d|advertisement|pro \d)")
#: What a blast claims, and does not say.
_LIVES = re.compile(r"(?:at least |more than |about |some |nearly )?[\w,]{1,12} (?:[\w-]{1,15} )?lives\b")
#: Cues that are deeds, or that ask: the narrator tells of them.
_DEEDS = re.compile(
    r"\b(?:authori[sz]|approv|allocat|award|grant|impos|contribut|donat|invest|chronicl|fil)(?:es?|ed|ing)\b|"
    r"\b(?:figur|find)(?:e|ing)? out\b|\b(?:heartbroken|appalled|saddened|shocked|griev\w+|mourn\w*)\b",
    re.IGNORECASE,
)
_EXPECTED = re.compile(
    r"\b(?:expected|set|due|likely|about|trying|try|hoping|planning|planned|scheduled|poised) to (?:\w+ly )?\w+\Z",
    re.IGNORECASE,
)
_ANYBODY = word_set("you anyone anybody one someone somebody nobody everyone everybody people")
#: Cues by which nobody in particular tells something.
_HEARSAY = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|report(?:ed|s|ing)?|reportedly|alleg\w+|believ\w+|thought|fear(?:ed|s)?|estimat\w+|accus\w+|"
    r"suspect\w*|rumou?r\w*|claim\w*|understood|presum\w+|expect\w+|assum\w+|consider\w+|according|told|known|blam\w+|"
    r"apparent\w*|hop\w+|warn\w*|announc\w+|predict\w+)\b",
    re.IGNORECASE,
)


def scope(item: Counted, unit: Unit, clause: Clause) -> Scope:
    """Whether a figure is of one incident, adds up several, or does not say.

    Cumulative needs words such as "since", "so far", "raising the toll"; incident needs an attack or the like in the
    same sentence or paragraph, and a unit that an incident can have.
    """
    words = _NO_TOTAL.sub(" ", _sentence(item, clause, _ENDS))
    if _tells_since_when(item, clause):
        words = _SINCE.sub(" ", words)
    start = item.number.span[0]
    if unit in _ANY_TIME:
        words = _near(item, clause, words)
        words = _SINCE.sub(" ", words) if _tells_since_when(item, clause) else words
    if item.number.article:
        pass  # one person is no running total
    elif _CUMULATIVE.search(words) or (unit != "money" and _TOLL.search(clause.text[max(0, start - 60) : start])):
        return "cumulative"
    if unit == "killed" and _DISEASE.search(words):
        return "unknown"
    if _is_incident(item, unit, words, clause):
        return "incident"
    if unit not in {"people", "troops"} and _PERIOD.search(words):
        return "cumulative"
    if unit in _INCIDENTAL and not item.number.article and _SEVERAL.search(words):
        return "unknown"
    return "incident" if unit in _INCIDENTAL and _INCIDENT.search(_paragraph(start, clause)) else "unknown"


def _tells_since_when(item: Counted, clause: Clause) -> bool:
    """Whether a number stands in the clause that says since when: "the first talks since X sent 9,000 troops"."""
    node = clause.tokens[item.head if item.head is not None else item.first]
    for _ in range(6):
        if clause.capitals or node.head == node:
            return False
        if node.dep_ == "advcl":
            return any(c.dep_ == "mark" and c.lower_ == "since" for c in node.lefts)
        node = node.head
    return False


def _near(item: Counted, clause: Clause, words: str) -> str:
    """Of the words of a sentence those close to the number, without what will only be in so many years."""
    start, end = item.number.span
    before = _EARLIER.sub(lambda found: " " * len(found[0]), clause.text[max(0, start - 2 * _LEFT) : start])
    near = before[-_LEFT:] + clause.text[start : end + _RIGHT]
    at = min(start, _LEFT)
    first = max(near.rfind(". ", 0, at), near.rfind("; ", 0, at)) + 1
    near = near[first:]
    last = re.search(r"[.,;!?]\s", near[end - start + at - first :])
    near = near if last is None else near[: end - start + at - first + last.start()]
    return _IN_YEARS.sub(" ", near) if _FUTURE.search(words) else near


def _is_incident(item: Counted, unit: Unit, words: str, clause: Clause) -> bool:
    """Whether the words of a sentence tell of one event that did this or in which these were."""
    if unit == "attacks":
        return item.number.low == item.number.high == 1
    if unit in _INCIDENTAL:
        several = not item.number.article and _SEVERAL.search(words) is not None
        return _INCIDENT.search(words) is not None and not several
    if unit == "weapons" and _FIRED.search(_near(item, clause, words)) and not _SEVERAL.search(words):
        return True
    if unit == "troops":
        return _harms(item, clause) and _SEVERAL.search(words) is None
    if unit not in _INVOLVED:
        return False
    words = _sentence(item, clause, _STOPS)
    if unit == "weapons":
        return _USED.search(_near(item, clause, words)) is not None and _SEVERAL.search(words) is None
    if unit == "people":
        violent = _VIOLENT.search(_near(item, clause, words)) or _WHEN.search(words)
        return violent is not None and _SEVERAL.search(words) is None
    return _INCIDENT.search(words) is not None and _SEVERAL.search(words) is None


def _harms(item: Counted, clause: Clause) -> bool:
    """Whether those counted do what harms: "four guards opened fire", "was shot by two officers"."""
    if clause.capitals or item.head is None:
        return False
    token = clause.tokens[item.head]
    doer = token.head if token.dep_ == "pobj" and token.head.dep_ == "agent" else token
    if doer.dep_ not in {"agent", "nsubj"} or doer.head.tag_ not in {"VBD", "VBN"}:
        return False
    return doer.head.lemma_.lower() in HARMING - {"leave", "die", "happen", "occur", "open"} or (
        doer.head.lemma_.lower() == "open" and any(c.lower_ == "fire" for c in doer.head.children)
    )


def _paragraph(at: int, clause: Clause) -> str:
    """The text of the paragraph around an offset, at most as much as is read of it on either side."""
    text, first, last = clause.text, max(0, at - _PARAGRAPH), at + _PARAGRAPH
    start, end = text.rfind("\n\n", first, at), text.find("\n\n", at, last)
    return text[first if start < 0 else start : last if end < 0 else end]


def _sentence(item: Counted, clause: Clause, ends: frozenset[str]) -> str:
    """The words around the number up to the ends of its sentence or of the toll that it raises, at most 60 tokens."""
    start = end = min(item.first, len(clause.lower) - 1)
    while start > 0 and start > item.first - 60 and clause.lower[start - 1] not in ends:
        start -= 1
    while end < len(clause.lower) - 1 and end < item.first + 60 and clause.lower[end] not in ends:
        end += 1
    first = clause.starts[start]
    words = clause.text[first : clause.starts[end] + 1]
    raised = _RAISING.search(words)
    if raised is None:
        return words
    return words[: raised.start()] if item.number.span[0] < first + raised.start() else words[raised.start() :]


def tells_of_counts(attribution: Attribution, text: str) -> bool:
    """Whether what an attribution holds is told by its source: not what it only wants or does, or claims to have done.

    "The group claimed the attack, which killed nine" and "anyone wanting to borrow $500" give nobody's count.
    """
    source = " ".join(text[slice(*span)] for span in attribution.source.spans).lower()
    cue = " ".join(text[slice(*span)] for span in attribution.cue.spans)
    if _DEEDS.search(cue):
        return False
    end = max((span[1] for span in attribution.cue.spans), default=0)
    first = min((span[0] for span in attribution.cue.spans), default=0)
    if cue.lower().startswith("agree") and text.startswith(" to ", end):
        return False  # what somebody agrees to do
    if _EXPECTED.search(text[max(0, first - 40) : end]):
        return False  # "is expected to announce": nobody has said it yet
    start = attribution.content.spans[0][0] if attribution.content.spans else 0
    if source in _ANYBODY or source.startswith("people ") or _CAPTION.match(source) or _LIVES.match(text, start):
        return False
    if not source and not _HEARSAY.search(cue):
        return False  # "have been charged with", "were found dead": the narrator says so
    return attribution.manner not in {"intended", "done"} and attribution.act != "claims-responsibility"
