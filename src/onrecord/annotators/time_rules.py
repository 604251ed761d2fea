"""The rules: which words are a time, and what is read from them.

Each rule is a row: its name; an example with the value that it has in a report of Tuesday, 4 March 2014 (the tests run
them); its pattern; the reading; and a check of what stands around it. In a pattern a space stands for white space, and
a name in capitals and braces for one of the FRAGMENTS of `time_fragments`; the named groups of both are what the
reading gets. Patterns run over text in lower case. Of several rules that match at a point the longest match counts,
then the first row.

The target is TimeML 1.2.1 as annotated in TempEval-3 (UzZaman et al., SemEval-2013, S13-2001). Lengths in patterns are
bounded, so that the search takes time linear in the text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from onrecord.annotators import time_checks as check
from onrecord.annotators import time_days as days
from onrecord.annotators import time_lengths as lengths
from onrecord.annotators import time_periods as periods
from onrecord.annotators.time_context import Stretch
from onrecord.annotators.time_readings import Parts, Reading
from onrecord.annotators.time_values import Setting

__all__ = ["RULES", "Rule"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table: see the module."""

    name: str
    example: tuple[str, str | None]
    words: str
    reading: Callable[[Parts, Setting], Reading | None]
    fits: Callable[[Stretch], bool]


RULES: tuple[Rule, ...] = (
    # Days
    Rule("figures", ("2013-11-05", "2013-11-05"),
         r"(?P<iso>\d{4}-\d\d-\d\d)(?!\d)",
         days.slashed, check.anywhere),
    Rule("slashes", ("15/11/2013", "2013-11-15"),
         r"(?<!/)(?P<slashes>\d{1,2}/\d{1,2}/(?:19|20)\d\d)(?![\d/])",
         days.slashed, check.anywhere),
    Rule("attacks of 2001", ("9/11", "2001-09-11"),
         r"(?:9/11|(?:sept\.?|september) 11(?:th)?(?=,? (?:terror|attack|hijack|commission|conspirac|suicide|"
         r"style)))(?![\d/])",
         days.attacks_of_2001, check.anywhere),
    Rule("month day", ("Feb. 28", "2014-02-28"),
         "{CLOCKED}{EDGE}{OFPART}{ONDAY}{MONTH} {WORDDAY}(?:(?:,|,? of)? {YEAR}|{OFYEAR}|(?= ?(?:-|–|and|to|"
         r"or) ?\d{1,2},? {YEAR2}))?{PART}{AT}",
         days.calendar_day, check.month_with_day),
    Rule("day month", ("the 3rd of January 1962", "1962-01-03"),
         "{CLOCKED}{EDGE}{OFPART}{ONDAY}(?:the )?{WORDDAY}(?: of)?[ -]{MONTH}(?:[ -]{SHORTYEAR}|, {YEAR2}|{OFYEAR}"
         ")?{PART}{AT}",
         days.calendar_day, check.capital_month),
    Rule("weekday", ("noon Monday", "2014-03-03T12:00"),
         "{CLOCKED}{EDGE}{OFPART}(?:(?P<rel>last|past|this past|this coming|the coming|next|the next|this|the "
         "previous|the preceding|the following|that same|that|the same) )?{WEEKDAY}{PART}(?: (?:of )?"
         "(?P<week>this|last|next) week(?![a-z]))?{AT}",
         days.weekday, check.weekday),
    Rule("today", ("late yesterday", "2014-03-03"),
         "{CLOCKED}{EDGE}{OFPART}(?P<deictic>today|yesterday|tomorrow|tonight|last night|last evening|this "
         "morning|this afternoon|this evening|the day before yesterday|the day after tomorrow)(?![a-z]){PART}{AT}",
         days.named_day, check.today),
    Rule("earlier today", ("earlier today", "2014-03-04"),
         "(?P<edge>earlier|later) (?P<deictic>today|yesterday|tomorrow|tonight|last night|this morning|this "
         "afternoon|this evening)(?![a-z])",
         days.named_day, check.anywhere),
    Rule("holiday", ("Thanksgiving Day", "2013-11-28"),
         "(?:(?P<before>last|this|next) )?{HOLIDAY}(?:,? {YEAR}|{OFYEAR})?",
         days.holiday, check.name_alone),
    # Months, years and what is between
    Rule("month year", ("late November 2013", "2013-11"),
         "{EDGE}{MONTH},?(?: of)? {SHORTYEAR}",
         periods.month_of, check.month_with_year),
    Rule("month of this year", ("June last year", "2013-06"),
         "{EDGE}{MONTH}{OFYEAR}",
         periods.month_of, check.month_with_year),
    Rule("month", ("last June", "2013-06"),
         "{EDGE}(?:(?P<which>this|last|next|this past|this coming|past) )?{FULLMONTH}",
         periods.month_of, check.month_alone),
    Rule("year", ("mid-2011", "2011"),
         "{EDGE}(?:(?:the )?(?:(?:fiscal|financial|calendar) )?year |fiscal |fy ?)?{YEAR}(?P<later> or later)?"
         "(?P<sooner> or earlier)?",
         periods.year, check.year),
    Rule("year two thousand", ("the year two thousand", "2000"),
         "the year (?P<year>two thousand)",
         periods.year, check.anywhere),
    Rule("decade", ("the late 1970s", "197"),
         r"{EDGE}(?:the )?(?P<decade>(?:1\d|20)\d0['’]?s|['’`]\d0['’]?s)(?![a-z])",
         periods.decade, check.anywhere),
    Rule("decade in words", ("the nineties", "199"),
         "(?:the |{EDGED})(?P<decade>{DECADES})(?![a-z])",
         periods.decade, check.not_age),
    Rule("century", ("the 20th century", "19"),
         "{EDGE}(?:the )?{ORDINAL}[ -]century(?![a-z])",
         periods.century, check.anywhere),
    Rule("season", ("last fall", "2013-FA"),
         "{EDGE}(?:(?P<which>this past|this coming|this|last|past|next) |the )?{SEASON}(?:(?: of|,)? {YEAR}|"
         "{OFYEAR})?",
         periods.season, check.season),
    Rule("quarter", ("the third quarter of 1984", "1984-Q3"),
         "{EDGE}(?:the |its |their )?(?:{YEAR} )?(?:fiscal[ -])?(?P<which>first|second|third|fourth|1st|2nd|3rd|"
         "4th)[ -](?P<span>quarter)(?![a-z])(?:(?: of| in|,)?(?: fiscal)? {YEAR2}|{OFYEAR})?",
         periods.quarter, check.anywhere),
    Rule("year's quarter", ("last year's fourth quarter", "2013-Q4"),
         "(?P<rel>this|last|next) year['’]s (?P<which>first|second|third|fourth)[ -](?P<span>quarter|"
         "half)(?![a-z])",
         periods.quarter, check.anywhere),
    Rule("half", ("the first half of 2015", "2015-H1"),
         "(?:the )?(?P<which>first|second|last)[ -](?P<span>half)(?: of {YEAR}|{OFYEAR}| of the year(?![a-z]))",
         periods.quarter, check.anywhere),
    Rule("quarter in figures", ("Q3 2013", "2013-Q3"),
         "(?P<which>q[1-4])(?P<span>)[ -]{YEAR}",
         periods.quarter, check.anywhere),
    Rule("told quarter", ("the latest quarter", "2013-Q4"),
         "(?P<which>the|the latest|this|the current|the (?:comparable )?year-(?:earlier|ago)|year-(?:earlier|"
         "ago)) (?P<span>quarter|period)(?![a-z])",
         periods.quarter, check.told_quarter),
    Rule("year-earlier", ("year-earlier", "2013"),
         "(?P<which>year-(?:earlier|ago))(?P<span>)(?![a-z])",
         periods.quarter, check.anywhere),
    # Units beside the day of publication or the story's dates
    Rule("unit", ("earlier this month", "2014-03"),
         "(?:{EDGED})?(?P<rel>this|last|next|that|the same|that same|the previous|the preceding|the following|the "
         "next|the current|current|the coming|the last|the past|the full|this last|this coming|this "
         "past) (?P<unit>day|week|weekend|month|quarter|year|decade|century|morning|afternoon|evening|"
         "night)(?![a-z-])",
         periods.unit, check.unit),
    Rule("fiscal year", ("the current fiscal year", "2014"),
         "(?P<rel>this|last|next|the current|the previous|the coming) (?:fiscal|financial|"
         "calendar) (?P<unit>year)(?![a-z])",
         periods.unit, check.anywhere),
    Rule("weekend", ("the weekend", "2014-W09-WE"),
         "(?:(?P<rel>the|last|this|next) )?(?:long )?weekend(?![a-z-])",
         periods.weekend, check.weekend),
    Rule("told unit", ("the end of the year", "2014"),
         "{EDGED}(?:the )(?P<unit>day|week|weekend|month|year|decade|century)(?![a-z-])",
         periods.told_unit, check.told_unit),
    Rule("of the year", ("the year", "2014"),
         "the (?P<unit>week|month|year)(?![a-z-])",
         periods.told_unit, check.of_the_unit),
    Rule("year-end", ("year-end", "2014"),
         "(?P<edge>year|month)[ -]end(?![a-z])",
         periods.year_end, check.anywhere),
    Rule("the day before", ("the day before", None),
         "the (?P<unit>day|week|month|year) (?P<side>before|after|earlier|later)(?![a-z])",
         periods.told_unit, check.clause_end),
    Rule("third day", ("the third day", None),
         "(?:the|a|its|their|his|her) (?P<nth>{BAREORDINAL})(?: (?:straight|consecutive|successive|full))?"
         " (?P<unit>day|week|month|year)(?![a-z-])",
         periods.told_unit, check.anywhere),
    Rule("ago", ("two weeks ago", "2014-W08"),
         "{ABOUT}{ACOUNT}[ -]{UNITS}(?: and a half)?{ORSO} (?P<side>ago|from now)(?![a-z])",
         periods.ago, check.anywhere),
    Rule("long ago", ("years ago", "PAST_REF"),
         "(?P<past>(?:long|(?:many |some )?(?:years|decades|centuries|months|weeks|days)) ago)(?![a-z])",
         lengths.reference, check.anywhere),
    Rule("later", ("two days later", None),
         "{ABOUT}(?P<count>an?|{BARENUMBER})[ -](?P<unit>(?:days?|weeks?|fortnights?|months?|years?|"
         "decades?))(?: and a half)?{ORSO} (?P<side>earlier|later)(?![a-z])",
         periods.ago, check.anywhere),
    # How long
    Rule("length", ("three weeks", "P3W"),
         "{ABOUT}{ACOUNT}[ -]{UNITS}(?P<half> and a half)?{ORSO}",
         lengths.length, check.length),
    Rule("more", ("two more weeks", "P2W"),
         "{ABOUT}{ACOUNT} (?:more|additional|extra|whole|full) {UNITS}",
         lengths.length, check.length),
    Rule("another", ("another three days", "P3D"),
         "{ABOUT}(?:another|an additional|a full|a whole|an entire) (?:{COUNT} )?{UNITS}",
         lengths.length, check.length),
    Rule("range", ("two to three weeks", "PXW"),
         "(?:between )?{BARENUMBER} ?(?:to|or|and|-|–) ?(?P<to>{BARENUMBER})[ -]{UNITS}",
         lengths.length, check.length),
    Rule("past lengths", ("the past two months", "P2M"),
         "{ABOUT}(?:the )?(?:last|past|next|coming|previous|preceding|following|first|final|latest)(?: full)?"
         " {COUNT} {UNITS}{ORSO}",
         lengths.length, check.length),
    Rule("coming days", ("the coming days", "PXD"),
         "(?:the )?(?:coming|following|recent|intervening|ensuing|first|early|final|last|previous|preceding|past|"
         "next) (?P<plural>)(?P<unit>hours|days|weeks|months|years|decades|centuries)(?: ahead)?(?![a-z])",
         lengths.length, check.anywhere),
    Rule("days ahead", ("the weeks ahead", "PXW"),
         "(?:the )(?P<plural>)(?P<unit>hours|days|weeks|months|years|decades) (?:ahead|to come)(?![a-z])",
         lengths.length, check.anywhere),
    Rule("lasting", ("months-long", "PXM"),
         "(?P<plural>)(?P<unit>minutes|hours|days|weeks|months|years|decades|centuries)(?:-| )?long(?![a-z])",
         lengths.length, check.anywhere),
    Rule("daylong", ("weeklong", "P1W"),
         "(?P<unit>hour|day|week|month|year|decade|century)-?long(?![a-z])",
         lengths.length, check.anywhere),
    Rule("the years", ("weeks", "PXW"),
         "(?:the )?(?P<plural>)(?P<unit>minutes|hours|days|weeks|months|years|decades|centuries)(?![a-z])",
         lengths.length, check.bare_plural),
    Rule("numbered", ("the nine months", "P9M"),
         "the {NUMBER} {UNITS}",
         lengths.length, check.length),
    # Again and again
    Rule("every", ("every two weeks", "P2W"),
         "(?:every|each)(?: (?P<other>other))? (?:{NUMBER} )?(?P<unit>seconds?|minutes?|hours?|days?|weeks?|"
         "weekend|months?|quarters?|years?|decades?|century|{PARTS}|{SEASONS}|{MONTHS})(?![a-z])",
         lengths.repeated, check.every),
    Rule("every monday", ("every Monday", "XXXX-WXX-1"),
         "(?:every|each)(?: other)? {WEEKDAY}(?: (?P<part>{PARTS})(?![a-z]))?",
         lengths.repeated, check.anywhere),
    Rule("mondays", ("Mondays", "XXXX-WXX-1"),
         "(?P<weekday>(?:{WEEKDAYS})s)(?![a-z])",
         lengths.repeated, check.anywhere),
    Rule("monday nights", ("Tuesday nights", "XXXX-WXX-2TNI"),
         "(?P<weekday>{WEEKDAYS}) (?P<part>morning|afternoon|evening|night)s(?![a-z])",
         lengths.repeated, check.anywhere),
    Rule("daily", ("daily", "P1D"),
         "(?P<rate>daily|nightly|weekly|monthly|yearly|annually|fortnightly|hourly)(?![a-z-])",
         lengths.rate, check.lower_case),
    Rule("times a", ("twice a week", "P1W"),
         "(?:once|twice|{BARENUMBER} times) (?:a|an|per|each|every) {UNITS}",
         lengths.rate, check.anywhere),
    Rule("per", ("per year", "P1Y"),
         "(?:per|each|every) (?P<unit>hour|day|week|month|year|decade)(?![a-z-])",
         lengths.rate, check.anywhere),
    # Times of day
    Rule("clock", ("3 p.m.", "XXXX-XX-XXT15:00"),
         "{CLOCK}",
         days.clock_time, check.clock),
    Rule("part", ("the morning", "XXXX-XX-XXTMO"),
         "(?:the )?(?P<edge>early |late |mid[ -]?)?(?P<part>morning|afternoon|evening)(?![a-z-])",
         days.part_of_day, check.part),
    Rule("at dawn", ("overnight", "2014-03-04TNI"),
         "(?P<part>overnight|dawn|daybreak|sunrise|dusk|sunset|nightfall|night)(?![a-z-])",
         days.part_of_day, check.dawn),
    # Vague
    Rule("now", ("currently", "PRESENT_REF"),
         "(?P<present>right now|now|currently|at present|at the moment|at this moment|these days|"
         "nowadays)(?![a-z-])",
         lengths.reference, check.now),
    Rule("recently", ("recently", "PAST_REF"),
         "(?P<past>(?:more |most |until |very |as )?recently|lately|recent times)(?![a-z-])",
         lengths.reference, check.anywhere),
    Rule("the past", ("the past", "PAST_REF"),
         "the (?:recent |distant )?(?P<past>past)(?![a-z-])",
         lengths.reference, check.noun_end),
    Rule("the future", ("the near future", "FUTURE_REF"),
         "the (?:near |immediate |foreseeable |distant |not-too-distant )?(?P<future>future)(?![a-z-])",
         lengths.reference, check.anywhere),
    Rule("current", ("current", "PRESENT_REF"),
         "(?P<present>current)(?![a-z-])",
         lengths.reference, check.before_noun),
)  # fmt: skip
