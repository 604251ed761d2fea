"""In which language a text is written."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

__all__ = ["language"]

#: Words of English grammar and reporting that the other languages in Latin script do not share.
ENGLISH = frozenset(
    """the and that with from his her their they them this these those which who whom whose what when where while
    would could should will been being has have were are not but by it its she he you your our us my said says say
    told of to for after before against between through during because than then there about into under until
    other some any such both each more most if or as at an be do did does how only also out up had was is on no we
    i in over""".split()  # noqa: SIM905 - words are easier to read than a list of strings
)

#: Those of them that Dutch, Danish, Polish, German or another language writes as well: they count half as much.
SHARED = frozenset(
    "of to for as at an be do had was is on no we i in over by her us my it you or most will".split()  # noqa: SIM905
)

#: Words by which Nigerian Pidgin, which has no two-letter code, differs from English.
PIDGIN = frozenset("dem dey wey na wetin dis dat di una pipol sey abi oga".split())  # noqa: SIM905

#: Texts with fewer letters are short, or tiny: a model of letter sequences is then easily led astray by foreign names.
SHORT, TINY = 200, 80

#: The least probability at which the model's word is taken: for a long text, a short one, and one of a few words.
CLEAR, CLEAR_SHORT, CLEAR_TINY = 0.15, 0.3, 0.5

#: Sampled stretches, in code points: from the head, the middle and the end.
HEAD, ELSEWHERE = 1200, 400

_WORD = re.compile(r"[^\W\d_]+")
_UNCAPITALISED = re.compile(r"\b[a-z][^\W\d_]*")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


def language(text: str) -> str | None:
    """ISO 639-1 code of the text's language, or None when it cannot be told.

    A bounded sample is looked at. Text in Latin script with enough English grammar words is English; all else is
    judged by a model of letter sequences (py3langid). A short text counts as another language only where that is
    clear: names of people and places abroad must not cost an English sentence its reading. A language without a
    two-letter code gives None.

    Example:
        >>> language("Two people were killed in the attack, police said.")
        'en'
        >>> language("Две человека погибли, сообщила полиция.") is None
        False
        >>> language("12 - 14") is None
        True
    """
    sample = _sample(text)
    words = [w.lower() for w in _WORD.findall(sample)]
    letters = sum(map(len, words))
    if not letters:
        return None
    latin = len(_LATIN.findall(sample)) > letters / 2
    weight = _english(words) if latin else 0.0
    if weight >= 2 and weight >= len(words) * 0.12:
        return "en" if not _pidgin(words) else None
    return _judged(sample, words, letters, weight, latin=latin)


def _judged(sample: str, words: list[str], letters: int, weight: float, *, latin: bool) -> str | None:
    """The model's judgement, with English preferred where the model is unsure and the script allows it."""
    ranked = _identifier().rank(sample.lower() if _shouted(sample) else sample)
    code, probability = str(ranked[0][0]), float(ranked[0][1])
    if code == "pcm" and not _pidgin(words):
        code = "en"
    if code == "en":
        return "en"
    if latin and letters < SHORT and _unclear(sample, probability, letters, weight):
        return "en"
    if probability < CLEAR:
        return "en" if latin and weight >= len(words) * 0.06 else None
    return code if len(code) == 2 else None


def _unclear(sample: str, probability: float, letters: int, weight: float) -> bool:
    """Whether a short text in Latin script may be English after all: names of other languages may have misled."""
    bound = CLEAR_TINY if letters < TINY else CLEAR_SHORT
    if probability < bound and (weight >= 1 or sample.isascii()):
        return True
    plain = " ".join(_UNCAPITALISED.findall(sample))
    return plain.isascii() and len(plain.split()) >= 2 and _identifier().classify(plain)[0] in {"en", "pcm"}


def _sample(text: str) -> str:
    if len(text) <= HEAD + 2 * ELSEWHERE:
        return text
    middle = (len(text) + HEAD) // 2
    return f"{text[:HEAD]} {text[middle : middle + ELSEWHERE]} {text[-ELSEWHERE:]}"


def _english(words: list[str]) -> float:
    return sum(0.5 if w in SHARED else 1.0 for w in words if w in ENGLISH)


def _pidgin(words: list[str]) -> bool:
    found = [w for w in words if w in PIDGIN]
    return len(set(found)) > 1 and len(found) > len(words) * 0.05


def _shouted(sample: str) -> bool:
    return sum(map(str.isupper, sample)) > sum(map(str.islower, sample))


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # takes a while to import

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
