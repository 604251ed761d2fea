"""The fragments that the rules are put together from, and how a rule's words become a regular expression."""

from __future__ import annotations

import re

from onrecord.annotators.time_words import (
    COUNT,
    DECADES,
    MODS,
    MONTH,
    MONTH_NAMES,
    NUMBER,
    ORDINAL,
    PARTS,
    SEASONS,
    WEEKDAYS,
)  # fmt: skip

__all__ = ["FRAGMENTS", "pattern"]

_PART = "|".join(PARTS)
_UNITS = (
    "seconds?|minutes?|hours?|(?:trading |business |working |consecutive |straight )?days?|weeks?|fortnights?|months?|"
    "quarters?|(?:consecutive |straight )?years?|decades?|century|centuries"
)
_CLOCK = (
    r"(?:\d{1,2}(?:[:.][0-5]\d)? ?(?:a\.m\.?|p\.m\.?|[ap]m(?![a-z]))"
    r"|(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:])(?: ?[ap]\.?m\.?(?![a-z]))?"
    r"|(?:[01]\d|2[0-4])[0-5]\d(?=(?: ?-? ?(?:gmt|utc|z|zulu|local|hours|hrs|h)(?![a-z])| ?[\[(]\d{2}:?\d\d ?gmt))"
    r"|(?:[01]\d|2[0-3])[0-5]\d(?= (?:on|today|yesterday|tonight|this|last|in the morning)(?![a-z]))"
    r"|(?:1[0-2]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?= o'clock| in the (?:morning|"
    r"afternoon|evening)| at night)(?: o'clock)?|noon|midday|midnight)"
    r"(?: in the (?:morning|afternoon|evening)(?![a-z])| at night(?![a-z]))?"
    r"(?: ?-?(?:gmt|utc|z|zulu|[ecmp][sd]?t|cet|cest|bst|msk|local time|local|hours|hrs|h)(?![a-z])){0,2}"
    r"(?: [\[(]\d{1,2}:?\d\d ?(?:gmt|utc)[\])])?"
)
_SPOKEN_YEAR = (
    r"(?:(?:nineteen|eighteen) (?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)(?![a-z-])"
)
_EDGES = "early|late|mid|(?:beginning|start|middle|end|close)(?= of)"
_OF = "(?:-| of | in | on | )(?:the )?"
_MODS = "|".join(sorted((m for m in MODS if MODS[m] not in {"START", "MID", "END"}), key=len, reverse=True))

FRAGMENTS: dict[str, str] = {
    "MONTH": rf"(?P<month>{MONTH})",
    "FULLMONTH": rf"(?P<month>(?:{'|'.join(MONTH_NAMES)})(?![a-z])|(?:jan|feb|aug|sept|oct|nov|dec)\.)",
    "WEEKDAY": rf"(?P<weekday>{'|'.join(WEEKDAYS)})(?![a-z])",
    "ONDAY": rf"(?:(?:this coming |last |next )?(?:{'|'.join(WEEKDAYS)})(?:,|, the)? )?",
    "DAY": r"(?P<day>(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d%a-z])(?![.,:/]\d))",
    "WORDDAY": rf"(?P<day>(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d%a-z])(?![.,:/]\d)|{ORDINAL}(?![a-z]))",
    "YEAR": rf"(?P<year>(?:1[0-9]|20)\d\d(?![\d%])(?![.,]\d)|{_SPOKEN_YEAR})",
    "YEAR2": rf"(?P<year2>(?:1[0-9]|20)\d\d(?![\d%])(?![.,]\d)|{_SPOKEN_YEAR})",
    "SHORTYEAR": r"(?P<year>(?:1[0-9]|20)\d\d(?![\d%])(?![.,]\d)|['’`]\d\d(?!\d)|[4-9]\d(?![\d%.,]))",
    "EDGE": rf"(?:(?:the )?(?P<edge>{_EDGES}){_OF})?",
    "EDGED": rf"(?:(?:the )?(?P<edge>{_EDGES}|earlier|later|sometime){_OF})",
    "CLOCKED": rf"(?:(?P<clock>{_CLOCK})(?:,? on the |,? on |, |,? ))?",
    "CLOCK": rf"(?P<clock>{_CLOCK})",
    "AT": rf"(?:,? (?:at|around|at about|at around|about) (?P<at>{_CLOCK}))?",
    "OFPART": rf"(?:(?:the )?(?P<of_part>(?:early |late |mid-?)?(?:{_PART})(?: hours)?|early hours|small hours)"
    "(?: of | on | ))?",
    "PART": rf"(?:,? (?P<part>(?:early |late |mid-?)?(?:{_PART})(?![a-z])))?",
    "OFYEAR": r"(?:,? (?:of )?(?P<rel>this|last|next|that|the same|the previous|the following) year(?![a-z]))",
    "UNITS": rf"(?P<unit>{_UNITS})(?![a-z])",
    "COUNT": rf"(?P<count>{COUNT})",
    "ACOUNT": rf"(?P<count>half an?|a half|half|an?|{COUNT})",
    "NUMBER": rf"(?P<count>{NUMBER})",
    "ABOUT": rf"(?:(?P<approx>{_MODS}|(?<=last\s)over|(?<=lasted\s)over|(?<=for\s)over|(?<=took\s)over) )?",
    "ORSO": r"(?P<or_so> or so| or two)?",
    "SEASON": rf"(?P<season>{'|'.join(SEASONS)})(?![a-z])",
    "ORDINAL": rf"(?P<which>{ORDINAL})",
    "PARTS": _PART,
    "WEEKDAYS": "|".join(WEEKDAYS),
    "MONTHS": "|".join(MONTH_NAMES),
    "SEASONS": "|".join(SEASONS),
    "DECADES": "|".join(DECADES),
    "BARENUMBER": NUMBER,
    "BAREORDINAL": ORDINAL,
    "HOLIDAY": r"(?P<holiday>christmas(?: day| eve)?|boxing day|new year['’]s(?: day| eve)?|thanksgiving(?: day)?|"
    r"easter(?: sunday| monday)?|good friday|palm sunday|halloween|valentine['’]s day|veterans day|armistice day|"
    r"labor day|memorial day|may day)(?![a-z])",
}


def _spaced(part: re.Match[str]) -> str:
    """White space for a space: any in a set of characters, else up to three, and none too where it is optional."""
    if part[0].startswith("["):
        return part[0].replace(" ", r"\s")
    return r"\s{0,3}" if part[0].endswith("?") else r"\s{1,3}"


def pattern(words: str, *, named: bool = True) -> str:
    """The regular expression of a rule's words, with or without its named groups."""
    whole = re.sub(r"\{([A-Z]+2?)\}", lambda m: FRAGMENTS[m[1]], words)
    whole = re.sub(r"\[[^]]*\]| \??", _spaced, whole)
    return whole if named else re.sub(r"\(\?P<\w+>", "(?:", whole)
