"""Whether words that look like a time are one, by what stands around them.

The May of Theresa May, the March on Washington, flight 1962, the Sunday Times and a woman of 27 years are none.
"""

# ruff: noqa: SIM905 - lists of words are easier to read and to add to as words

from __future__ import annotations

import re

from onrecord.annotators.time_context import Stretch
from onrecord.annotators.time_words import MONTH_NAMES

__all__ = [
    "anywhere", "bare_plural", "before_noun", "capital_month", "clause_end", "clock", "dawn", "every", "length",
    "lower_case", "month_alone", "month_with_day", "month_with_year", "name_alone", "not_age", "noun_end", "now",
    "of_the_unit", "part", "season", "today", "told_quarter", "told_unit", "unit", "weekday", "weekend", "year",
]  # fmt: skip

#: Words after which a month or a year without a day is a time.
_LEADS = frozenset(
    "in since until till by from through throughout during before after early late mid to between and of for last next "
    "this past around about until or on as within every each".split()
)
_NUMBERED = frozenset(
    "flight resolution route highway no number room page section article model unit boeing act channel paragraph "
    "figure apartment tel phone code verse airbus bus gate line rule bill interstate decree law brigade battalion "
    "regiment # $ £ € ¥ + / .".split()
)
_MEASURED = frozenset(
    "people troops soldiers men women dead wounded refugees civilians killed injured others children families homes "
    "houses miles kilometers kilometres km metres meters feet tons tonnes dollars euros pounds workers members "
    "fighters percent barrels more police officers inmates prisoners victims migrants victims votes bodies residents "
    "protesters gmt utc local hours hrs".split()
)
_PAPERS = frozenset(
    "times telegraph mirror mail express herald star post independent sun world tribune age news people sport".split()
)
_WEEKDAY = re.compile(r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY)")
_RANGE = re.compile(r"\b(?:1\d|20)\d\d\s(?:and|to)\s$")
_FROM_YEAR = re.compile(r"\b(?:1\d|20)\d\d-$")
_ORDINALS = frozenset({"first", "second", "third", "fourth", "1st", "2nd", "3rd", "4th"})
_CLOSED_DAYS = frozenset({"black", "bloody", "ruby", "super", "cyber", "ash", "maundy"})
_BODIES = frozenset({"movement", "brigade", "brigades", "coalition", "alliance", "bloc", "battalion"})
_NAMED = frozenset({"PERSON", "ORG", "WORK_OF_ART", "PRODUCT", "FAC", "LAW"})
_MEANS_SPAN = frozenset(
    "for in of within over after through throughout during take takes took taken follow follows followed last lasted "
    "lasting spent spend spending despite since until about by".split()
)
_UNITS_AFTER = frozenset({"of", "before", "after", "later", "earlier"})


def anywhere(stretch: Stretch) -> bool:
    """Always."""
    del stretch
    return True


def _month_word(stretch: Stretch) -> str:
    found = re.search(r"[A-Za-z]+", stretch.words[max(0, _month_at(stretch)) :])
    return found.group() if found else ""


def _month_at(stretch: Stretch) -> int:
    low = stretch.words.lower()
    return min((at for name in MONTH_NAMES if (at := low.find(name[:3])) >= 0), default=0)


def capital_month(stretch: Stretch) -> bool:
    """The month's name begins with a capital, and the date names no movement ("the 19 April Movement")."""
    return _month_word(stretch)[:1].isupper() and stretch.after not in _BODIES


def month_with_day(stretch: Stretch) -> bool:
    """As above, and the figure is a day: after "in" it is a count ("in March 20 people died")."""
    bare = re.fullmatch(r"[A-Za-z.]+\s+\d+", stretch.words) is not None
    if (bare and stretch.before == "in") or stretch.after in _BODIES:
        return False
    return capital_month(stretch) and not (bare and stretch.before in {"mrs", "theresa"})


def month_with_year(stretch: Stretch) -> bool:
    """The month's name begins with a capital, and two figures after it are a year's."""
    return capital_month(stretch) and stretch.after not in _MEASURED


def month_alone(stretch: Stretch) -> bool:
    """A month without day and year: not a verb, and not a person's name."""
    word = _month_word(stretch)
    if not word[:1].isupper() or stretch.named in _NAMED or stretch.before in _CLOSED_DAYS:
        return False
    led = stretch.before in _LEADS or len(stretch.words.split()) > 1 or "-" in stretch.words
    if stretch.before in {"a", "an", "the", "its", "their", "his", "her"}:
        led = stretch.after.isalpha() and stretch.after not in {"on", "of", "in", "to"}
    if word.lower() in {"may", "march", "april", "june", "august"}:
        if stretch.follows[:1].isupper() and not stretch.shouting:
            return False
        if word.lower() in {"may", "march"}:
            unsure = stretch.before in {"and", "or", "to", "this"} or stretch.words == "THIS MAY"
            return led and not (stretch.shouting and unsure)
        return led or stretch.after in {"'", "’"} or not stretch.before
    token = stretch.token
    return led or token is None or token.pos_ not in {"VERB", "AUX"}


def year(stretch: Stretch) -> bool:
    """A year: no number of a flight or a resolution, and no count of people."""
    words = stretch.words
    if len(words.split()) > 1 or "-" in words:
        return stretch.after not in _MEASURED
    before, after = stretch.before, stretch.after
    if before in _NUMBERED or after in _MEASURED:
        return False
    if before == "-":
        return _FROM_YEAR.search(stretch.around.parsed.text[max(0, stretch.start - 6) : stretch.start]) is not None
    if re.search(r"\d,\s*$", stretch.around.parsed.text[max(0, stretch.start - 4) : stretch.start]):
        return False
    text, end = stretch.around.parsed.text, stretch.end
    if text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha():
        return False
    if text[stretch.start - 1 : stretch.start] in {"$", "£", "€", "#", "/", "."} and stretch.start:
        return False
    led = before in _LEADS or before in {"(", "the", "'s", "s", ",", "his", "her", "their", "its"}
    token, previous = stretch.token, stretch.previous_token
    if previous is not None and previous.tag_ == "NNP" and previous.text.istitle() and before not in MONTH_NAMES:
        return False
    if token is not None and token.dep_ == "nummod" and token.head.tag_ == "NNS" and before != "the":
        ranged = _RANGE.search(text[max(0, stretch.start - 12) : stretch.start])
        return before in {"in", "since", "by", "until"} or ranged is not None
    value = int(words[:4])
    if value < 1900 or value > 2049:
        return before in {"in", "since", "until", "of", "from", "by", "the"} and led
    return led or (token is not None and token.ent_type_ not in {"CARDINAL", "QUANTITY", "MONEY", "PERCENT"})


def weekday(stretch: Stretch) -> bool:
    """A day of the week: neither a newspaper's nor a massacre's name, and with a capital."""
    if _WEEKDAY.search(stretch.words) is None:
        return False
    if stretch.follows.lower() in _PAPERS and stretch.follows[:1].isupper() and not stretch.shouting:
        return False
    if stretch.before in _ORDINALS:
        return False
    if stretch.words.startswith(("Morning", "Evening", "Tonight")) and not _starts(stretch):
        return False
    return stretch.before not in _CLOSED_DAYS


def today(stretch: Stretch) -> bool:
    """Not in a name, which writes it with a capital after another (USA Today, CBS This Morning)."""
    if stretch.shouting or not stretch.words[:1].isupper() or _starts(stretch):
        return True
    previous = stretch.previous_token
    return previous is None or not previous.text[:1].isupper()


def _starts(stretch: Stretch) -> bool:
    """Whether a sentence, a line or a quotation may start there."""
    return stretch.before in {"", ".", "!", "?", ":", '"', "'", "“", "‘", "`", "-", "–", "—", "_", ")", "]"}


def name_alone(stretch: Stretch) -> bool:
    """A holiday with a capital, not part of a longer name (the Good Friday Agreement, Easter Island)."""
    if stretch.after in {"tree", "trees", "party", "parties", "card", "cards", "market", "markets", "gifts", "carols"}:
        return False
    return any(c.isupper() for c in stretch.words) and (stretch.shouting or not stretch.follows[:1].isupper())


def lower_case(stretch: Stretch) -> bool:
    """Not a title (the Daily Mail, Breitbart News Daily)."""
    return stretch.shouting or stretch.words.islower() or (not stretch.follows[:1].isupper() and _starts(stretch))


def not_age(stretch: Stretch) -> bool:
    """Not somebody's age ("in her late forties")."""
    return stretch.before not in {"his", "her", "their", "my", "your", "our"}


def season(stretch: Stretch) -> bool:
    """A season: "fall" and "spring" are verbs without a word before them that says otherwise."""
    words = stretch.words.lower().split()
    if stretch.named in {"PERSON", "ORG", "WORK_OF_ART", "FAC"}:
        return False
    if words[-1] in {"fall", "spring"} and words[0] == "the" and stretch.after == "of":
        return False
    if len(words) > 1:
        return True
    token = stretch.token
    led = stretch.before in {"in", "during", "by", "since", "until", "early", "late"}
    return led and token is not None and token.pos_ in {"NOUN", "PROPN"}


def told_quarter(stretch: Stretch) -> bool:
    """A quarter of a year, not of a city or of a number."""
    return stretch.after not in {"of", "-", "to"} and stretch.before not in {"a", "to"}


def unit(stretch: Stretch) -> bool:
    """Not a clause ("that year after year"), and "that" only as a pointer."""
    words = stretch.words.lower().split()
    if words == ["last", "day"] or (stretch.words.istitle() and not stretch.shouting):  # "This Week", a broadcast
        return False
    if words[0] == "current":
        return stretch.before in {"the", "its", "their", "this"}
    if words[0] == "that" and (token := stretch.token) is not None:
        return token.tag_ != "IN"
    return stretch.after != "-"


def weekend(stretch: Stretch) -> bool:
    """A weekend with an article, or after a word that makes it a time."""
    return " " in stretch.words or stretch.before in {"over", "on", "of"}


def of_the_unit(stretch: Stretch) -> bool:
    """The running week, month or year: after a preposition, and not the year of something."""
    return stretch.before in {"of", "for", "in", "during", "throughout"} and stretch.after not in {
        "of", "before", "after", "ended", "ending", "to", "since", "that", "when", "earlier", "later", "and", "or",
    }  # fmt: skip


def clause_end(stretch: Stretch) -> bool:
    """Nothing follows that says before or after what."""
    return not stretch.after or not stretch.after.isalnum()


def length(stretch: Stretch) -> bool:
    """A length of time: no age, no last minute, no broadcast's name."""
    words = stretch.words
    low = words.lower()
    if stretch.after in {"old", "olds"} or stretch.around.parsed.text[stretch.end : stretch.end + 4].lower() == "-old":
        return False
    if low.startswith(("a second", "a quarter", "a few second")) or low in {"second", "one second"}:
        return False
    if low.endswith(("quarter", "-quarters")) or (low.endswith("quarters") and stretch.after == "of"):
        return False
    if low.startswith(("some ", "many ", "few ")) and (not low.endswith("s") or stretch.before == "as"):
        return False
    if low.startswith("last ") and stretch.before in {"and", "will", "would", "could", "to", "may", "should"}:
        return False
    if low == "one day" and stretch.before not in _MEANS_SPAN and stretch.after not in _UNITS_AFTER:
        return False
    last = re.split(r"[\s-]", words)[-1]
    if last[:1].isupper() and not stretch.shouting and words[:1].isdigit():
        return False
    text = stretch.around.parsed.text[max(0, stretch.start - 1) : stretch.start]
    return text not in {"$", "£", "€", ".", ",", "/"}


def told_unit(stretch: Stretch) -> bool:
    """Not the turn of phrase "at the end of the day"."""
    return not (stretch.words.lower().endswith("end of the day") and stretch.before in {"at", "the"})


def bare_plural(stretch: Stretch) -> bool:
    """An unknown number of units: after a preposition of time, or before what it is measured from."""
    before, after = stretch.before, stretch.after
    if stretch.words.lower().startswith("the "):
        return before in {"over", "through", "down"}
    if before in {"-", "early", "late", "few"} or after == "old":
        return False
    return before in _MEANS_SPAN or after in _UNITS_AFTER


def every(stretch: Stretch) -> bool:
    """A set of times, and not "each second" of something counted."""
    return not stretch.words.lower().endswith((" second", " minute", " hours of"))


def clock(stretch: Stretch) -> bool:
    """A time of day, not a film's title."""
    return not (stretch.words == "Noon" and stretch.before == "high") and stretch.before not in {"$", "high"}


def part(stretch: Stretch) -> bool:
    """A part of a day after a preposition, or with an article after one."""
    words = stretch.words.lower().split()
    if words[0] == "the":
        return stretch.before in {"in", "during", "throughout", "of", "by", "for", "since", "until", "through"}
    return words[0] in {"early", "late", "mid"} and stretch.before not in {"this", "that", "a", "the"}


def dawn(stretch: Stretch) -> bool:
    """A part of a day after a preposition; "overnight" wherever it is no adjective."""
    if stretch.words.lower() == "overnight":
        token = stretch.token
        return token is None or token.tag_ != "JJ"
    return stretch.before in {"at", "before", "after", "until", "since", "by"}


def now(stretch: Stretch) -> bool:
    """The present, not a name with a capital inside a sentence: "Now Magazine", "members of Peace Now"."""
    if stretch.shouting or not stretch.words[:1].isupper():
        return True
    before = stretch.previous_token
    return not (stretch.follows[:1].isupper() or (before is not None and before.tag_ == "NNP"))


def noun_end(stretch: Stretch) -> bool:
    """A noun, and no adjective of what follows."""
    token = stretch.next_token
    return token is None or token.tag_ not in {"NN", "NNS", "CD", "JJ", "NNP"}


def before_noun(stretch: Stretch) -> bool:
    """An adjective of the noun behind it."""
    token = stretch.token
    if token is None or token.tag_ != "JJ" or not stretch.words.islower():
        return False
    return stretch.after.isalpha()
