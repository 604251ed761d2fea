"""Numbers that count nothing: in names and addresses, as dates, ages, ratios, percentages and times of day."""

from __future__ import annotations

import re
from bisect import bisect_left

from spacy.tokens import Token

from onrecord.annotators.clause import Clause
from onrecord.annotators.numbers import MONTHS, Number
from onrecord.annotators.word_sets import word_set

__all__ = ["is_no_count"]

_NAMED_NUMBER = word_set(
    """
    resolution resolutions article articles section chapter paragraph no no. number nos page room route highway
    road flight line channel article group unit battalion brigade division regiment detachment interstate level
    phase grade class version volume act law decree code protocol point sector block zone building apartment
    pier gate bus radio fm image photo slide us$ # § ps psalm street avenue calle carrera km kilometer
    """
)
_MONTH_NEXT = re.compile(rf"(?:{MONTHS})\.?(?!\w)", re.IGNORECASE)
_MONTH_BEFORE = re.compile(rf"(?<!\w)(?:{MONTHS})\.?\s{{1,3}}$", re.IGNORECASE)
_NUMBERED = re.compile(r"(?<!\w)(?:(?:no|nos|number|art|res)\.|(?:number|case|phone|tel|id):) {0,3}$", re.IGNORECASE)
_NO_CODE = 8
#: "one in ten", "9 out of 10", "$4 of every $5"
_RATIO = re.compile(
    r" (?:in|out of|of every) (?:every )?[$€£]?"
    r"(?:\d{1,3}(?!\d|,\d|[ -][a-z])|(?:two|three|four|five|six|ten)\b(?! [a-z]))"
)
_ONE_IN = re.compile(
    r" in (?:every )?(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,3})\b"
    r"(?! (?:town|village|cit|area|separate|attack|different|minutes|hours|days))"
)
_RATIO_BEFORE = re.compile(
    r"\b(?:one|two|three|\d) (?:in|out of|of every) (?:every )?[$€£]?$|"
    r"\b(?:image|photo|page|slide) \d{1,3} of $",
    re.IGNORECASE,
)
_JOINED = re.compile(r"-([a-z]{2,})")
#: "Pine Bluff, AR 71601"
_ZIP = re.compile(r"(?<![A-Za-z])[A-Z]{2}\.?,? {1,2}$")
#: "704 W. Elm Ave", "12 Old Mill Road", "the 1400 block of"
_STREET = re.compile(
    r" (?:block of\b|(?:(?:[NSEW]|North|South|East|West)\.? )?(?:[A-Z0-9][\w.'’]* ){1,3}(?:St|Street|Ave|Avenue|"
    r"Rd|Road|Dr|Drive|Ln|Lane|Blvd|Boulevard|Ct|Court|Way|Highway|Hwy|Place|Parkway|Terrace|Circle)\b)"
)
#: "in their 20's"
_DECADE = re.compile(r"['’′`]s\b")
#: "a nine millimeter pistol", "1 / 3"
_CALIBRE = re.compile(r"[ -]?(?:millimet(?:er|re)|mm|calib(?:er|re))\b| / \d")
#: ".270 rifle", "a 45 pistol"
_GUN = re.compile(r"[ -](?:calib(?:er|re) )?(?:rifle|pistol|revolver|shotgun|handgun|carbine|gun)\b")
_QUOTES = frozenset({'"', "“", "”", "''", "``", "‘"})
_BROADCAST = frozenset({"News", "NEWS", "Action", "Eyewitness", "Newsroom"})
_PLURAL = word_set("were are have fled died")
_DEFINING = word_set("example instance defined definition suppose imagine hypothetically")
_AGED = re.compile(r"\s{0,2}-?\s?(?:year|month|week)s?[ -]old")
_AFTER_AGE = word_set("; . - -- – — ― ( who")
#: What a law or a programme does for anybody.
_RULING = word_set("allow require let entitle permit oblige stipulate enable mandate")
_RULES = word_set(
    "program programme law rule regulation visa scheme statute constitution charter treaty convention policy bill code "
    "act contract ordinance amendment permit license licence clause provision"
)
_BEFELL = word_set("all both died was were is are has had and or of from")
_YEAR_LEADS = word_set("in since of by during until till from late early mid before after the")


def is_no_count(number: Number, clause: Clause, core: int, after: int) -> bool:
    """Whether a number is a date, an age, a ratio, a percentage, a time of day or a part of a name or an address.

    Args:
        core: index of the first token of the number words.
        after: index of the first token after them.
    """
    return (
        _is_named(number, clause, core, after)
        or _is_label(number, clause, core, after)
        or _is_date(number, clause, core, after)
    )


def _is_named(number: Number, clause: Clause, core: int, after: int) -> bool:
    """Whether the number is a percentage, an age, a time of day, or part of a name such as Resolution 2334."""
    text, (start, end) = clause.text, number.core
    if _NUMBERED.search(text[max(0, start - 8) : start]):
        return True
    if clause.word(core - 1) in _NAMED_NUMBER and text[start : start + 1].isdigit():
        return True
    following, before = text[end : end + 12].lower(), text[max(0, start - 2) : start]
    if following.startswith(("%", " percent", " per cent", "-year", " year", ":", "/", "°", "-month", "-day", "-hour",
                             " years", "-mm", " mm", "-point", "-km", "-mile", " p.m", " a.m")):  # fmt: skip
        return not following.startswith(": ")
    if _DECADE.match(following) or _CALIBRE.match(following) or _defines(number, clause):
        return True
    if following[:1] == "-" and following[1:2].isdigit():
        return True
    if (
        _RATIO.match(following)
        or (number.low == 1 and _ONE_IN.match(following))
        or _RATIO_BEFORE.search(text[max(0, start - 20) : start])
    ):
        return True
    if number.vague and clause.word(core - 1) in {"a", "an", "so", "too", "how", "that", "not"}:
        return True  # "a multiple shooting", "so many", "not many"
    # "a five-storey house", "480-kg warheads"; "a 100-strong crowd" is a count
    joined = _JOINED.match(following)
    if joined is not None and joined[1] not in {"strong", "odd", "plus"}:
        return True
    if before.endswith((":", "/", "#", ".")) and text[start : start + 1].isdigit():
        return before[0:1].isdigit() or before.endswith(("/", "#"))
    if clause.word(core - 1) in {"aged", "age", "ages"} or (
        clause.word(core - 1) in {"of", "from"} and clause.word(core - 2) in {"age", "ages"}
    ):
        return True
    if clause.word(core - 1) in {"and", "or", ",", "to"} and {"aged", "ages"} & {
        clause.word(core - 3),
        clause.word(core - 5),
    }:
        return True
    # "Anna Lind, 28, and Karl Berg, 31 both died"
    named = clause.word(core - 1) == "," and core > 1 and clause.tokens[core - 2].ent_type_ == "PERSON"
    if named and clause.word(after) in _BEFELL and _is_age(number):
        return True
    # "Anna Lind, 28; Karl Berg, 31."
    if clause.word(core - 1) == "," and clause.word(after) in _AFTER_AGE and text[start : start + 1].isdigit():
        return core > 1 and clause.tokens[core - 2].pos_ == "PROPN" and _is_age(number)
    # ", 45," after a name
    return clause.word(core - 1) == "," and clause.word(after) == "," and number.low == number.high and _is_age(number)


def _defines(number: Number, clause: Clause) -> bool:
    """Whether the sentence only says what a word means, or gives anybody advice: nothing in it is told as past."""
    if clause.capitals or clause.sentences.is_long(number.core[0]):
        return False
    start, end = clause.sentences.around(number.core[0])
    first, last = bisect_left(clause.starts, start), bisect_left(clause.starts, end)
    words = set(clause.lower[first:last])
    advice = bool(words & {"you", "your"}) and not words & _QUOTES
    if _is_rule(clause, first, last):
        return True
    if not (advice or _DEFINING & words):
        return False
    return not any(t.tag_ == "VBD" or (t.tag_ == "VBN" and t.dep_ != "amod") for t in clause.tokens[first:last])


def _is_rule(clause: Clause, first: int, last: int) -> bool:
    """Whether a sentence only says what a law or a programme allows or asks for."""
    tokens = clause.tokens[first:last]
    ruling = any(t.lemma_.lower() in _RULING and t.tag_ == "VBZ" and _is_of_rules(t) for t in tokens)
    return ruling and not any(
        t.tag_ == "VBD" or (t.tag_ == "VBN" and any(c.lower_ in {"has", "have", "had"} for c in t.children))
        for t in tokens
    )


def _is_of_rules(verb: Token) -> bool:
    """Whether a verb's subject is a law, a programme or what is written in it."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is not None and subject.lower_ in {"that", "which"} and verb.dep_ == "relcl":
        subject = verb.head
    return subject is not None and subject.lemma_.lower() in _RULES


def _is_label(number: Number, clause: Clause, core: int, after: int) -> bool:
    """Whether digits are part of an address or stand behind a name: "AR 71601", "12 Old Mill Road", "Apollo 9"."""
    text, (start, end) = clause.text, number.core
    if not text[start : start + 1].isdigit():
        return False
    if not number.currency and text[end - 1 : end] == "m" and clause.units.noun(clause.word(after)) is None:
        return True  # "the 100m champion"
    if (number.low or 0) > 1 and _GUN.match(text, end):
        return True  # a calibre
    code = end - start >= _NO_CODE and text[start:end].isdigit()  # "Case 1702140141"
    if code or clause.word(core - 1) == "per" or _STREET.match(text, end) or _AGED.match(text, end):
        return True
    if end - start == 5 and text[start:end].isdigit() and _ZIP.search(text[max(0, start - 6) : start]):
        return True
    if not clause.capitals and after < len(clause.tokens) and clause.tokens[after].text in _BROADCAST:
        return True  # "KXQR 11 News"
    if clause.capitals or core < 1:
        return False
    token, before = clause.tokens[core], clause.tokens[core - 1]
    if text[before.idx + len(before) : start] != " ":
        return False
    if before.text.isupper() and before.text.isalpha() and before.pos_ == "PROPN" and _is_of_gang(clause, after):
        return True  # "MS 13 gang members"
    behind = token.head == before and before.pos_ == "PROPN" and token.dep_ in {"nummod", "appos"}
    # "On Monday 14 were hurt", "In Riga 40,000 fled"
    behind = behind and before.ent_type_ not in {"DATE", "TIME", "GPE", "LOC"} and clause.word(after) not in _PLURAL
    call_sign = before.text.isupper() and before.text.isalpha() and len(before.text) > 2
    following = clause.tokens[after] if after < len(clause.tokens) else None
    counts = following is not None and following.pos_ in {"NOUN", "ADJ", "PROPN"}
    # "Pro 21 Video"
    inside = following is not None and before.pos_ == following.pos_ == "PROPN"
    inside = (
        inside
        and following is not None
        and clause.units.noun(following.lower_) is None
        and following.ent_type_ != "NORP"
        and end - start < 4
    )
    return ((behind or call_sign) and not counts) or (inside and text[end : end + 1] == " " and token.head != following)


def _is_of_gang(clause: Clause, after: int) -> bool:
    """Whether a singular noun of a body follows, so that the number is part of its name."""
    return clause.word(after) in {"gang", "group", "cartel", "club", "radio", "tv", "television", "channel", "unit"}


def _is_age(number: Number) -> bool:
    return number.low is not None and 0 < number.low < 110 and number.qualifier == "exactly" and not number.vague


def _is_date(number: Number, clause: Clause, core: int, after: int) -> bool:
    text, (start, end) = clause.text, number.core
    if not text[start : start + 1].isdigit():
        return False
    digits = text[start:end]
    month_before = _MONTH_BEFORE.search(text[max(0, start - 12) : start])
    if len(digits) <= 2 and (_MONTH_NEXT.match(text[end : end + 12].lstrip()) or month_before):
        follower = clause.word(after)
        return not (follower == "may" and clause.word(core - 1) not in {"on", "of", "the"})
    year = len(digits) == 4 and digits.isdigit() and 1800 <= int(digits) <= 2100
    return year and (clause.word(core - 1) in _YEAR_LEADS or month_before is not None)
