"""Sentence boundaries by punctuation and line breaks alone, fast enough for every report of a large collection.

The parser finds better boundaries (`onrecord.annotators.sentences`); copies are compared by these, which need no
model, so that a report's sentences are the same whatever model read it.
"""

from __future__ import annotations

import re

from onrecord.model import Span

__all__ = ["sentences"]

#: What may end a sentence: marks, closing quotation marks and brackets, then a space and what may open the next one;
#: or a line break.
_END = re.compile(
    r"""(?P<marks>[.!?…]{1,3})["'”’»)\]]{0,3}(?P<gap>[^\S\n]+)(?=["'“‘«(\[]{0,3}[^\W_a-z])|(?P<cjk>[。！？])|(?P<line>\n)"""
)
#: The word before a point.
_LAST = re.compile(r"[\w.&'’-]{1,14}$")
#: The lengths of lines that a fixed width may have broken, in code points.
_WRAPPED = range(45, 100)

#: Words that end in a point within a sentence, in small letters without it.
_SHORT = frozenset(
    """mr mrs ms dr prof rev hon sr jr st gen col lt maj capt cmdr cpl sgt adm brig gov sen rep reps sens pres amb supt
    insp det messrs mt ft no nos vs etc inc ltd co corp bros dept univ assn est approx fig vol al e.g i.e cf viz
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
    ala ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont neb nev okla ore pa tenn
    tex va vt wash wis wyo ont que alta mme mlle ave blvd rd a.m p.m u.s u.k u.n d.c n.y n.j n.c s.c n.h n.d s.d w.va
    r.i e.u""".split()  # noqa: SIM905 - words are easier to read than a list of strings
)
#: Of these, the ones that also end sentences: followed by a word that opens one, they do.
_EITHER = frozenset({"a.m", "p.m", "u.s", "u.k", "u.n", "d.c", "e.u", "inc", "ltd", "co", "corp", "etc", "jr", "sr"})
_OPENERS = re.compile(
    r"""["'“‘]?(?:The|A|An|He|She|It|They|We|In|On|At|But|And|This|That|There|His|Her|Its|Their|Officials|Police)\b"""
)


def sentences(text: str) -> tuple[Span, ...]:
    r"""The spans of the sentences of a text, without the space around them, in their order.

    A line break ends a sentence, except where a fixed width seems to have broken the line. Takes time linear in the
    length of the text.

    Example:
        >>> text = "Gen. Taylor met the U.S. envoy. \"We agreed,\" he said.\n\nTalks go on"
        >>> [text[start:end] for start, end in sentences(text)]
        ['Gen. Taylor met the U.S. envoy.', '"We agreed," he said.', 'Talks go on']
    """
    found: list[Span] = []
    start = line = 0
    for end in _END.finditer(text):
        stop = end.start("gap") if end["gap"] else end.end() if end["cjk"] else end.start()
        if end["line"]:
            wrapped = _is_wrapped(text, line, end.start())
            line = end.end()
            if wrapped:
                continue
        elif end["marks"] == "." and _is_short(text, start, end.start(), end.end()):
            continue
        _add(found, text, start, stop)
        start = end.end()
    _add(found, text, start, len(text))
    return tuple(found)


def _add(found: list[Span], text: str, start: int, stop: int) -> None:
    words = text[start:stop]
    left = start + len(words) - len(words.lstrip())
    if left < start + len(words.rstrip()):
        found.append((left, start + len(words.rstrip())))


def _is_short(text: str, start: int, point: int, following: int) -> bool:
    """Whether the point belongs to an abbreviation or an initial and ends no sentence."""
    last = _LAST.search(text, max(start, point - 14), point)
    if last is None:
        return False
    word = last.group().casefold()
    if len(word) == 1 and word.isalpha():
        return last.group().isupper() and not _OPENERS.match(text, following)
    return word in _SHORT and not (word in _EITHER and _OPENERS.match(text, following))


def _is_wrapped(text: str, line: int, end: int) -> bool:
    """Whether a fixed width broke the line: it is about as long as such lines are, open, and words go on after it."""
    if end - line not in _WRAPPED or text[end - 1 : end] in '.!?…"”:;':
        return False
    following = text[end + 1 : end + 2]
    return following.isalnum()
