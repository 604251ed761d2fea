"""Page furniture: what stands around a report on its page and says nothing of what it reports.

Two reports are not copies because their pages ask for the same newsletter. What is furniture is told by the sentence
alone; a sentence that is not on these lists is part of the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["is_furniture"]

#: Longest sentence that can be furniture, in code points.
LONGEST = 600

# Each phrase has a word of `_TELLING`, and each opening one of `_OPENING`: a test holds this.
_PHRASE = re.compile(
    r"""\b(?:
      all\ rights\ reserved | may\ not\ be\ (?:published|reproduced|reprinted|copied) | buy\ a\ licen[cs]e
    | terms\ (?:of\ (?:service|use)|and\ conditions) | privacy\ (?:policy|notice|settings)
    | cookie\ (?:policy|settings|notice) | (?:uses?|accept|of)\ cookies
    | sign(?:ed)?[\ -](?:in|up)\ (?:using|to|for|with|now|today|here|you) | please\ (?:sign|log)\ in
    | premium\ content | (?:buy|purchase|need)\ an?\ [\w\ -]{0,24}(?:pass|subscription|account)
    | subscription\ required | already\ an?\ (?:print\ |digital\ )?subscriber | log\ ?in\ now
    | (?:digital|print|online)\ (?:access|subscri\w+|editions?)
    | log\ in\ (?:to|with|using) | already\ have\ an?\ (?:account|subscription) | create\ an?\ account
    | your\ (?:account|profile|password|inbox|subscription|browser)
    | e-?mail\ (?:notifications?|alerts?|newsletters?|updates?|friends?|this) | check\ your\ e-?mail
    | confirmation\ e-?mail | (?:your|new|this)\ notification
    | thank(?:s|\ you)\ for\ (?:registering|signing|subscribing|reading|visiting) | newsletters? | unsubscribe
    | subscri(?:be|bers?|ption)s?\ (?:to|for|now|today|here|only|content)
    | click\ (?:here|on|to|the) | tap\ here | read\ (?:more|the\ (?:rest|full|original|whole)) | continue\ reading
    | related\ (?:stories|articles|coverage|content|links|story) | follow\ (?:us|him|her|them|me)?\ ?(?:on|@)
    | like\ us\ on\ facebook | (?:share|post|tweet)\ (?:this|via) | share\ on | leave\ a\ comment
    | join\ the\ (?:conversation|discussion) | (?:post|view|read|add|show|hide)\ (?:a\ |all\ )?comments?
    | (?:comments?|commenting)\ (?:are|is|policy|section|below|closed|guidelines)
    | enter\ the\ characters | wanted\ you\ to\ see\ this | download\ (?:our|the)\ (?:free\ )?(?:app|mobile)
    | (?:enable|disable|turn\ off|requires?)\ (?:javascript|your\ ad) | ad\ ?blocker | sponsored\ content
    | text\ size | font\ size | print\ (?:this|article|page|e-?mail) | page\ you\ were\ visiting
    | up\ to\ date\ with | if\ you\ have\ (?:a|any)\ (?:news\ )?(?:tip|story\ idea)s?
    | (?:this|the)\ (?:site|website|page)\ (?:uses|requires|is\ protected)
    | our\ (?:free\ )?(?:daily|weekly|morning|evening|mobile|news)\ (?:e-?mail|app|alert|briefing|digest|update)s?
    | (?:latest|breaking|top)\ (?:news|stories|headlines)\ (?:alerts?|by|in\ your|delivered|from)
    | watch\ (?:the\ )?(?:video|below|above) | skip\ to\ (?:content|main)
    | contributed\ to\ this\ (?:report|story|article) | (?:additional\ )?(?:reporting|writing)\ by | edit(?:ed|ing)\ by
    | (?:originally|first)\ (?:published|appeared|posted)\ (?:on|in|by|at)
    | th(?:is|e)\ (?:article|story|report)\ appeared
    | republished\ (?:from|with|under) | published\ with\ permission
    | staff\ (?:writer|reporter)s? | (?:file|getty|handout)\ (?:photo|image)s? | photo\ (?:by|courtesy)
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_OPEN = re.compile(
    r"""\W*(?:(?:advertisement|loading|subscribe|watch|share)\W*$|(?:copyright|©|\(c\))\s
    |(?:photo|image|source|courtesy|published|posted|by|tags?|filed\ under|topics?|more|see\ also|related|caption)\b\s?
     [:|])""",
    re.VERBOSE | re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://|\b[\w.-]{1,64}@[\w-]{1,64}\.[a-z]{2,}|(?:^|\s)@\w{3,}", re.IGNORECASE)
_TELLING = frozenset(
    """rights reproduced reprinted copied license licence terms privacy cookie cookies sign signed log account
    subscription subscriptions profile password inbox browser email emails mail notification thank thanks newsletter
    newsletters subscribe subscriber subscribers unsubscribe click tap read reading related follow share post
    tweet join comment comments commenting characters wanted download javascript ad adblocker sponsored size print
    visiting date tip tips idea ideas site website page daily weekly morning evening mobile free alert alerts news
    premium pass required digital online
    login headlines stories watch skip contributed writing edited editing published posted appeared republished writer
    writers reporter reporters photo photos image images facebook blocker""".split()  # noqa: SIM905 - easier to read
)
_OPENING = frozenset(
    """advertisement loading subscribe watch share copyright c photo image source courtesy published posted by tag tags
    filed topic topics more see related caption""".split()  # noqa: SIM905 - easier to read
)


def is_furniture(sentence: str, words: Iterable[str] | None = None) -> bool:
    """Whether a sentence belongs to the page and not to the report.

    Args:
        words: the sentence's words in small letters, where they are at hand.

    Example:
        >>> is_furniture("Sign up for our newsletter to get the latest news."), is_furniture("Two people were killed.")
        (True, False)
    """
    if len(sentence) > LONGEST:
        return False
    found = re.findall(r"[^\W_]+", sentence.casefold()) if words is None else list(words)
    if not found or sentence[0] == "©":
        return True
    if not _TELLING.isdisjoint(found) and _PHRASE.search(sentence):
        return True
    if found[0] in _OPENING and _OPEN.match(sentence):
        return True
    return ("@" in sentence or "://" in sentence) and _ADDRESS.search(sentence) is not None
