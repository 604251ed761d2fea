"""Texts that are made to be hard to read: each shape is one attack, of any length, the same at every call.

What a regular expression, a parser, a list of candidates or a search back through the text would stumble over.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import cycle, islice

__all__ = ["MEASURED", "SHAPES"]

_NAMES = ("Anna", "Berg", "Union", "of", "the", "Northern", "Ports", "Omar", "Council")
_FORENAMES = ("Anna", "Omar", "Maria", "John", "Peter", "Fatima", "James", "Laura")
_PLACES = ("Kassala", "Nyala", "Geneva", "Aleppo", "Odesa", "Goma", "Mosul", "Cairo", "Khartoum", "Bakhmut")
_SENTENCE = "The minister said on Monday that 12 men were killed in Kassala, according to police. "
_EMOJI = "\U0001f600\U0001f1fa\U0001f1e6\U0001f468\u200d\U0001f469\u200d\U0001f467\u2764\ufe0f "


def _repeated(part: str) -> Callable[[int], str]:
    return lambda size: (part * (size // len(part) + 1))[:size]


def _told(seed: int, sentence: Callable[[random.Random], str], between: str = " ") -> Callable[[int], str]:
    """Sentences drawn by chance, up to a length."""

    def text(size: int) -> str:
        chance = random.Random(seed)  # noqa: S311 - no secrets
        made: list[str] = []
        left = size
        while left > 0:
            made.append(sentence(chance))
            left -= len(made[-1]) + len(between)
        return between.join(made)[:size]

    return text


def _name(chance: random.Random, letters: int = 6) -> str:
    return "".join(chance.choices("aeioulmnrst", k=letters)).title()


def _person(chance: random.Random) -> str:
    return f"{chance.choice(_FORENAMES)} {_name(chance)}"


def _nested(opening: str, closing: str) -> Callable[[int], str]:
    def text(size: int) -> str:
        deep = size // (len(opening) + len(closing))
        return opening * deep + closing * deep

    return text


#: Each shape's name and a text of it with at most so many characters.
SHAPES: dict[str, Callable[[int], str]] = {
    # Characters
    "one word without end": _repeated("a"),
    "digits without end": _repeated("7"),
    "combining marks": _repeated("e\u0301\u0323\u0308"),
    "one letter, marks without end": lambda size: "e" + "\u0301" * (size - 1),
    "turned and hidden signs": _repeated("a\u202eb\u200bc\u2066d\u00ad "),
    "zero-width characters alone": lambda size: "He said so." + "\u200b\u200d\ufeff\u2060" * (size // 4),
    "emoji": _repeated(_EMOJI),
    "mixed scripts": _repeated("The said Пресс عربي said 中文字 Ελλ that हिन्दी said 한국어 "),
    "scripts without spaces": _repeated("他said他们said"),
    "spaces": lambda size: "The end." + " " * (size - 20) + "He said so.",
    "line ends": lambda size: "The end." + "\n" * (size - 20) + "He said so.",
    "headlines": _told(14, lambda c: f"{_name(c)}: Talks will fail", "\n"),
    "one letter a line": _repeated("a\n"),
    "one letter a paragraph": _repeated("a\n\n"),
    # Signs
    "opening quotation marks": _repeated('He said "no. '),
    "marks alone": _repeated("\"'“”‘’"),
    "marks in marks": _nested("“he said ", "” "),
    "marks never closed": _repeated("“He said ‘no. "),
    "apostrophes": _repeated("the '90s men's 'n' o'clock 'tis "),
    "brackets in brackets": _nested("(", ")"),
    "brackets with words": _nested("(he said ", ") "),
    "full stops": _repeated(". "),
    "commas": _repeated("men, women, "),
    "hyphens and dashes": _repeated("cease-fire--talk - talk — 12-year-old-"),
    "hyphens without spaces": _repeated("cease-"),
    "web addresses": _repeated("https://a.example/b?c=d&e=%20f#g http://h.example:80/../i "),
    # Numbers and dates
    "numbers": _repeated("12 345 7 1,000 "),
    "numbers of people": _told(5, lambda c: f"{c.randrange(2, 9999)} people were killed in {c.choice(_PLACES)}."),
    "numbers and commas": _repeated("1,000, 2,000 and "),
    "numbers in words": _repeated("two hundred and five thousand million and "),
    "one sentence of counts": _repeated("12 killed, 30 wounded, 4 of them children, and "),
    "dates": _repeated("from Monday, 3 May 2024 to 4 May 2024, "),
    "dates alone": _repeated("1 May 2 June 3 July Monday Tuesday 2024 "),
    "months": _repeated("May "),
    "times of day": _repeated("at 10:30 a.m. on Monday last week two days later "),
    # Names
    "one name without end": lambda size: " ".join(islice(cycle(_NAMES), size // 6)),
    "every word a name": _told(7, _name),
    "names and more names": _told(2, lambda c: f"{_person(c)} said that {_person(c)} had gone."),
    "one surname": _told(3, lambda c: f"{_name(c)} Berg said that {c.choice('ABCDEFGH')}. Berg had gone."),
    "one forename": _told(9, lambda c: f"Anna {_name(c)} said that Anna had gone."),
    "one person again and again": _told(4, lambda c: f"Minister Anna {_name(c, 2)} Berg said that she had left."),
    "bodies and acronyms": _told(6, lambda c: f"The {_name(c)} Liberation Front ({_name(c, 3).upper()}) said no."),
    "offices without end": _repeated("President Minister General Secretary Chairman "),
    "offices of one person": _told(8, lambda c: f"{_name(c)} minister Anna Berg said she left. The minister left."),
    "cities": lambda size: ", ".join(islice(cycle(_PLACES), size // 9)),
    "cities and their pronouns": _told(1, lambda c: f"It left {c.choice(_PLACES)}. The town fell, and they left it."),
    "capitals": _repeated(_SENTENCE.upper()),
    # Speech
    "said": _repeated("said "),
    "said that said that": _repeated("said that he said that she said that "),
    "according to": _repeated("according to police, according to the minister, "),
    "quoted by, citing": _repeated("Reuters quoted AFP as saying, citing police, that "),
    "he said": _repeated("He said so. She told him. They denied it. "),
    "attacked and attacked": _repeated("troops attacked rebels and "),
    "if and unless": _repeated("unless they leave if he said provided that "),
    "questions and answers": _repeated("Q: Who said so?\nA: He did.\n\n"),
    "labelled speakers": _told(11, lambda c: f"{_name(c).upper()}: We will not leave.", "\n\n"),
    "quotations between people": _told(10, lambda c: f"“No,” said {_person(c)}. “We will,” he said.\n\n", ""),
    "one speech in one paragraph": lambda size: (
        f"The minister said: “{_repeated(_SENTENCE)(size - 60)}” he told police."
    ),
    "one speech in paragraphs": lambda size: "He said: “" + _repeated(_SENTENCE + "\n\n“")(size - 10),
    "quotations that go on": lambda size: "He said no. " + _repeated("“We will not go on.” ")(size - 12),
    "listed quotations": lambda size: "He called it " + _repeated("“a sham,” and ")(size - 13),
    "quotations of nobody": _repeated("Men went far over the hills and came back home by night. “We will not go.” "),
    "signed quotations": _told(15, lambda c: f"“We will not go on like this, and so say we.” — {_person(c)}", "\n\n"),
    "single marks": _repeated("he said 'no and 'a "),
    "two of one surname": _repeated("Anna Berg said no. Omar Berg left. Berg said so. Mr Berg left. "),
    "people in one sentence": _told(12, lambda c: f"{_person(c)} and", ", "),
    "ministers and ministers": _told(
        13, lambda c: f"Foreign Minister {_person(c)} left. The two foreign ministers met. The minister said no."
    ),
    # Whole texts
    "words of no language": _told(1, lambda c: "".join(c.choices("abcdefghijklmnopqrstuvwxyz", k=c.randrange(2, 9)))),
    "one word again and again": _repeated("war "),
    "one sentence again and again": _repeated(_SENTENCE),
    "one sentence a line": _repeated(_SENTENCE + "\n\n"),
    "one sentence without end": _repeated(_SENTENCE.replace(". ", " and ")),
    "bulleted list": _repeated("- 12 killed in Kassala\n"),
    "a table": _repeated("| Kassala | 12 | 3 May 2024 |\n"),
}

#: Those that a run measures unless told otherwise: one or more of each kind.
MEASURED = (
    "one word without end", "digits without end", "combining marks", "one letter, marks without end",
    "turned and hidden signs", "zero-width characters alone", "spaces", "line ends", "web addresses", "dates",
    "numbers of people", "names and more names", "one surname", "one speech in paragraphs",
)  # fmt: skip
