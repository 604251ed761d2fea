"""Whether words that look like a time are one, by what stands around them.

The May of Theresa May, the March on Washington, flight 1962, the Sunday Times and a woman of 27 years are none.
"""

# ruff: noqa: SIM905 - lists of words are easier to read and to add to as words

from __future__ import annotations

import re

from onrecord.annotate.time_context import Place
from onrecord.annotate.time_words import MONTH_NAMES

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
_ORDINALS = frozenset({"first", "second", "third", "fourth", "1st", "2nd", "3rd", "4th"})
_CLOSED_DAYS = frozenset({"black", "bloody", "ruby", "super", "cyber", "ash", "maundy"})
_BODIES = frozenset({"movement", "brigade", "brigades", "coalition", "alliance", "bloc", "battalion"})
_NAMED = frozenset({"PERSON", "ORG", "WORK_OF_ART", "PRODUCT", "FAC", "LAW"})
_MEANS_SPAN = frozenset(
    "for in of within over after through throughout during take takes took taken follow follows followed last lasted "
    "lasting spent spend spending despite since until about by".split()
)
_UNITS_AFTER = frozenset({"of", "before", "after", "later", "earlier"})


def anywhere(place: Place) -> bool:
    """Always."""
    del place
    return True


def _month_word(place: Place) -> str:
    found = re.search(r"[A-Za-z]+", place.words[max(0, _month_at(place)) :])
    return found.group() if found else ""


def _month_at(place: Place) -> int:
    low = place.words.lower()
    return min((at for name in MONTH_NAMES if (at := low.find(name[:3])) >= 0), default=0)


def capital_month(place: Place) -> bool:
    """The month's name begins with a capital, and the date names no movement ("the 19 April Movement")."""
    return _month_word(place)[:1].isupper() and place.after not in _BODIES


def month_with_day(place: Place) -> bool:
    """As above, and the figure is a day: after "in" it is a count ("in March 20 people died")."""
    bare = re.fullmatch(r"[A-Za-z.]+\s+\d+", place.words) is not None
    if (bare and place.before == "in") or place.after in _BODIES:
        return False
    return capital_month(place) and not (bare and place.before in {"mrs", "theresa"})


def month_with_year(place: Place) -> bool:
    """The month's name begins with a capital, and two figures after it are a year's."""
    return capital_month(place) and place.after not in _MEASURED


def month_alone(place: Place) -> bool:
    """A month without day and year: not a verb, and not a person's name."""
    word = _month_word(place)
    if not word[:1].isupper() or place.named in _NAMED or place.before in _CLOSED_DAYS:
        return False
    led = place.before in _LEADS or len(place.words.split()) > 1 or "-" in place.words
    if place.before in {"a", "an", "the", "its", "their", "his", "her"}:
        led = place.after.isalpha() and place.after not in {"on", "of", "in", "to"}
    if word.lower() in {"may", "march", "april", "june", "august"}:
        if place.follows[:1].isupper() and not place.shouting:
            return False
        if word.lower() in {"may", "march"}:
            unsure = place.before in {"and", "or", "to", "this"} or place.words == "THIS MAY"
            return led and not (place.shouting and unsure)
        return led or place.after in {"'", "’"} or not place.before
    token = place.token
    return led or token is None or token.pos_ not in {"VERB", "AUX"}


def year(place: Place) -> bool:
    """A year: no number of a flight or a resolution, and no count of people."""
    words = place.words
    if len(words.split()) > 1 or "-" in words:
        return place.after not in _MEASURED
    before, after = place.before, place.after
    if before in _NUMBERED or after in _MEASURED or before == "-":
        return False
    if re.search(r"\d,\s*$", place.around.parsed.text[max(0, place.start - 4) : place.start]):
        return False
    text, end = place.around.parsed.text, place.end
    if text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha():
        return False
    if text[place.start - 1 : place.start] in {"$", "£", "€", "#", "/", "."} and place.start:
        return False
    led = before in _LEADS or before in {"(", "the", "'s", "s", ",", "his", "her", "their", "its"}
    token, previous = place.token, place.previous_token
    if previous is not None and previous.tag_ == "NNP" and previous.text.istitle() and before not in MONTH_NAMES:
        return False
    if token is not None and token.dep_ == "nummod" and token.head.tag_ == "NNS" and before != "the":
        ranged = _RANGE.search(text[max(0, place.start - 12) : place.start])
        return before in {"in", "since", "by", "until"} or ranged is not None
    value = int(words[:4])
    if value < 1900 or value > 2049:
        return before in {"in", "since", "until", "of", "from", "by", "the"} and led
    return led or (token is not None and token.ent_type_ not in {"CARDINAL", "QUANTITY", "MONEY", "PERCENT"})


def weekday(place: Place) -> bool:
    """A day of the week: neither a newspaper's nor a massacre's name, and with a capital."""
    if _WEEKDAY.search(place.words) is None:
        return False
    if place.follows.lower() in _PAPERS and place.follows[:1].isupper() and not place.shouting:
        return False
    if place.before in _ORDINALS:
        return False
    if place.words.startswith(("Morning", "Evening", "Tonight")) and not _starts(place):
        return False
    return place.before not in _CLOSED_DAYS


def today(place: Place) -> bool:
    """Not in a name, which writes it with a capital after another (USA Today, CBS This Morning)."""
    if place.shouting or not place.words[:1].isupper() or _starts(place):
        return True
    previous = place.previous_token
    return previous is None or not previous.text[:1].isupper()


def _starts(place: Place) -> bool:
    """Whether a sentence, a line or a quotation may start there."""
    return place.before in {"", ".", "!", "?", ":", '"', "'", "“", "‘", "`", "-", "–", "—", "_", ")", "]"}


def name_alone(place: Place) -> bool:
    """A holiday with a capital, not part of a longer name (the Good Friday Agreement, Easter Island)."""
    return any(c.isupper() for c in place.words) and (place.shouting or not place.follows[:1].isupper())


def lower_case(place: Place) -> bool:
    """Not a title (the Daily Mail, Breitbart News Daily)."""
    return place.shouting or place.words.islower() or (not place.follows[:1].isupper() and _starts(place))


def not_age(place: Place) -> bool:
    """Not somebody's age ("in her late forties")."""
    return place.before not in {"his", "her", "their", "my", "your", "our"}


def season(place: Place) -> bool:
    """A season: "fall" and "spring" are verbs without a word before them that says otherwise."""
    words = place.words.lower().split()
    if place.named in {"PERSON", "ORG", "WORK_OF_ART", "FAC"}:
        return False
    if words[-1] in {"fall", "spring"} and words[0] == "the" and place.after == "of":
        return False
    if len(words) > 1:
        return True
    token = place.token
    led = place.before in {"in", "during", "by", "since", "until", "early", "late"}
    return led and token is not None and token.pos_ in {"NOUN", "PROPN"}


def told_quarter(place: Place) -> bool:
    """A quarter of a year, not of a city or of a number."""
    return place.after not in {"of", "-", "to"} and place.before not in {"a", "to"}


def unit(place: Place) -> bool:
    """Not a clause ("that year after year"), and "that" only as a pointer."""
    words = place.words.lower().split()
    if words == ["last", "day"] or (place.words.istitle() and not place.shouting):  # "This Week", a broadcast
        return False
    if words[0] == "current":
        return place.before in {"the", "its", "their", "this"}
    if words[0] == "that" and (token := place.token) is not None:
        return token.tag_ != "IN"
    return place.after != "-"


def weekend(place: Place) -> bool:
    """A weekend with an article, or after a word that makes it a time."""
    return " " in place.words or place.before in {"over", "on", "of"}


def of_the_unit(place: Place) -> bool:
    """The running week, month or year: after a preposition, and not the year of something."""
    return place.before in {"of", "for", "in", "during", "throughout"} and place.after not in {
        "of", "before", "after", "ended", "ending", "to", "since", "that", "when", "earlier", "later", "and", "or",
    }  # fmt: skip


def clause_end(place: Place) -> bool:
    """Nothing follows that says before or after what."""
    return not place.after or not place.after.isalnum()


def length(place: Place) -> bool:
    """A length of time: no age, no last minute, no broadcast's name."""
    words = place.words
    low = words.lower()
    if place.after in {"old", "olds"} or place.around.parsed.text[place.end : place.end + 4].lower() == "-old":
        return False
    if low.startswith(("a second", "a quarter", "a few second")) or low in {"second", "one second"}:
        return False
    if low.endswith(("quarter", "-quarters")) or (low.endswith("quarters") and place.after == "of"):
        return False
    if low.startswith(("some ", "many ", "few ")) and (not low.endswith("s") or place.before == "as"):
        return False
    if low.startswith("last ") and place.before in {"and", "will", "would", "could", "to", "may", "should"}:
        return False
    if low == "one day" and place.before not in _MEANS_SPAN and place.after not in _UNITS_AFTER:
        return False
    last = re.split(r"[\s-]", words)[-1]
    if last[:1].isupper() and not place.shouting and words[:1].isdigit():
        return False
    text = place.around.parsed.text[max(0, place.start - 1) : place.start]
    return text not in {"$", "£", "€", ".", ",", "/"}


def told_unit(place: Place) -> bool:
    """Not the turn of phrase "at the end of the day"."""
    return not (place.words.lower().endswith("end of the day") and place.before in {"at", "the"})


def bare_plural(place: Place) -> bool:
    """An unknown number of units: after a preposition of time, or before what it is measured from."""
    before, after = place.before, place.after
    if place.words.lower().startswith("the "):
        return before in {"over", "through", "down"}
    if before in {"-", "early", "late", "few"} or after == "old":
        return False
    return before in _MEANS_SPAN or after in _UNITS_AFTER


def every(place: Place) -> bool:
    """A set of times, and not "each second" of something counted."""
    return not place.words.lower().endswith((" second", " minute", " hours of"))


def clock(place: Place) -> bool:
    """A time of day, not a film's title."""
    return not (place.words == "Noon" and place.before == "high") and place.before not in {"$", "high"}


def part(place: Place) -> bool:
    """A part of a day after a preposition, or with an article after one."""
    words = place.words.lower().split()
    if words[0] == "the":
        return place.before in {"in", "during", "throughout", "of", "by", "for", "since", "until", "through"}
    return words[0] in {"early", "late", "mid"} and place.before not in {"this", "that", "a", "the"}


def dawn(place: Place) -> bool:
    """A part of a day after a preposition; "overnight" wherever it is no adjective."""
    if place.words.lower() == "overnight":
        token = place.token
        return token is None or token.tag_ != "JJ"
    return place.before in {"at", "before", "after", "until", "since", "by"}


def now(place: Place) -> bool:
    """The present, not a name with a capital inside a sentence."""
    return place.shouting or not (place.words[:1].isupper() and place.follows[:1].isupper())


def noun_end(place: Place) -> bool:
    """A noun, and no adjective of what follows."""
    token = place.next_token
    return token is None or token.tag_ not in {"NN", "NNS", "CD", "JJ", "NNP"}


def before_noun(place: Place) -> bool:
    """An adjective of the noun behind it."""
    token = place.token
    if token is None or token.tag_ != "JJ" or not place.words.islower():
        return False
    return place.after.isalpha()
