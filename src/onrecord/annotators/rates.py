"""Numbers that are a rate or bound a group: "$12 an hour", "nine deaths a day", "those earning over $90,000"."""

from __future__ import annotations

import re

from onrecord.annotators.clause import Clause
from onrecord.annotators.numbers import Number

__all__ = ["is_rate"]

_LENGTHS = r"(?:minute|hour|day|night|week|weekend|fortnight|month|quarter|season|year)s?\b"
_UNITS = (
    rf"(?:{_LENGTHS}|(?:mile|kilomet(?:re|er)|km|acre|hectare|gallon|lit(?:re|er)|barrel|pound|kilo|ton|tonne|ounce|"
    r"person|head|capita|child|student|pupil|family|household|share|ticket|plate|piece|hand|couple|seat|vote|trip)\b)"
)
_COUNT = r"(?:(?:two|three|four|five|six|ten|other|single|few|\d{1,4}) )?"
#: After the number, past the counted noun, a second bound or the sum in another currency: "an hour", "every two days".
_AFTER = re.compile(
    r"(?: (?:and|to|or) (?:about |over )?[$€£]?\d[\d.,]*)?"
    r"(?:[\s-][^\W\d_][\w'’-]{0,14}){0,3}?"
    r"(?: ?\([^()\n]{0,40}\)|[^().\n]{0,3}(?:[$€£]\d[\d.,]{0,8})?\))?"
    r"(?<! in)(?<! over)(?<! within)(?<! for)(?<! during)(?<! after)(?<! of)(?<! than)(?<! once)(?<! before)(?<! as)"
    r"(?<! on)(?<! at)(?<! from)(?<! by)(?<! to)(?<! about)(?<! half)(?<! nearly)(?<! almost)(?<! lasted)(?<! with)"
    rf"[\s-]{{1,2}}(?:(?:an?|per|each|every)[\s-]{_COUNT}{_UNITS}"
    r"(?! (?:after|before|later|earlier|ago|since|of|from now|when|and a half)\b)|apiece\b|annually\b|per capita\b|"
    r"(?:hourly|daily|weekly|monthly) (?:[a-z]+ ){0,2}"
    r"(?:wage|pay|rate|fee|salary|rent|income|allowance|payment|benefit|bill|premium|installment)s?)",
    re.IGNORECASE,
)
#: "Every day some", "each year,"
_BEFORE = re.compile(rf"\b(?:each|every) {_COUNT}{_LENGTHS},? (?:\w+ )?\Z", re.IGNORECASE)
#: "households making", "those with incomes of": a sum after it says whom the group holds.
_BRACKET = re.compile(
    r"\b(?:those|anyone|everyone|everybody|people|[a-z]+s)(?: [a-z]+){0,2} (?:making|earning|who (?:make|earn)s?|"
    r"worth|(?:that|who)(?: have| had)? (?:gave|give|raised|raise|spent|spend|donated|earned|made)|"
    r"with (?:[a-z]+ ){0,4}(?:incomes?|earnings|assets|salaries|"
    r"wages)(?: of)?) (?:between |over |under )?\Z",
    re.IGNORECASE,
)
#: "an average cut of", "a median of"; "an average of $9 compared with"
_AVERAGE = re.compile(
    r"\b(?:averag(?:es?|ed|ing)|median|mean) (?:of )?(?:about |some |around |nearly )?\Z", re.IGNORECASE
)
_AVERAGE_SUM = re.compile(
    r"\b(?:average|median|typical)\b(?:[^.;,$€£]{0,40}|[^.;]{0,80}\bcompared (?:with|to) (?:[\w'’]+ )?)\Z",
    re.IGNORECASE,
)
#: A sum with an upper bound behind it says who belongs to a group: "those who gave $200 or less".
_OR_LESS = re.compile(r".*\bor (?:less|under|below|fewer)\Z", re.IGNORECASE)
_BOUND = re.compile(r"(?:over|under|above|below|between)\b|.*\bor (?:more|less|above)\Z", re.IGNORECASE)
#: Right before a weight.
_WEIGHING = re.compile(r"\bweigh(?:s|ed|ing)?\b[^.;,]{0,20}\Z", re.IGNORECASE)


def is_rate(number: Number, clause: Clause) -> bool:
    """Whether a number is one for each hour, mile or person, a bound of incomes that defines a group, or a weight.

    Example:
        >>> from onrecord.annotators.clause import clause_words
        >>> from onrecord.annotators.numbers import numbers
        >>> from onrecord.annotators.parse import parse
        >>> from onrecord.read.text import report
        >>> read = parse(report("They got $9 an hour and a bonus of $400."))
        >>> [is_rate(n, clause_words(read)) for n in numbers(read.text) if n.currency]
        [True, False]
    """
    text, (start, end) = clause.text, number.span
    if not number.article and (_AFTER.match(text, end) or _BEFORE.search(text[max(0, start - 30) : start])):
        return True
    before = text[max(0, start - 110) : start]
    if _AVERAGE.search(before[-40:]) or (
        number.currency and (_AVERAGE_SUM.search(before) or _OR_LESS.match(text[start:end]))
    ):
        return True
    if _WEIGHING.search(before[-30:]):
        return True
    bound = number.qualifier not in {"exactly", "about"} or _BOUND.match(text[start:end]) is not None
    found = _BRACKET.search(before) if number.currency else None
    return found is not None and (bound or found[0].endswith((" over ", " under ", " between ")))
