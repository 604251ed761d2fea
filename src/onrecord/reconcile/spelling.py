"""Names in one form however they are spelt: Zelensky and Zelenskyy, Gaddafi and Qadhafi, Mohammed and Muhammad.

Two words are of one sound if their consonants agree in order (with those that systems of transliteration exchange) and
their vowels differ only as such systems differ: a for e, e for i, o for u. Hassan and Hussein stay apart.
"""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.reconcile.rarity import folded

__all__ = ["BONES", "close", "same_sound", "sounds", "stem", "tokens"]

_LETTERS = str.maketrans({
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss", "ə": "a", "ʻ": "",
    "ʼ": "", "‘": "", "`": "", "´": "", "ʿ": "", "ʾ": "", "'": "", "’": "",
})  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_INITIALS = re.compile(r"\b((?:[^\W\d_]\.)+)")
#: Articles of Arabic names, as they stand before a hyphen.
_ARTICLES = frozenset({"al", "el", "ul", "il", "ad", "ar", "as", "ash", "at", "az", "an", "ed", "er", "es", "esh", "et",
                       "ez", "en"})  # fmt: skip
#: Small words inside of names, left out of a comparison wherever another word follows.
_PARTICLES = frozenset({"al", "el", "ul", "bin", "ibn", "bint", "de", "del", "della", "di", "da", "dos", "das", "do",
                        "du", "van", "von", "der", "den", "ter", "la", "le", "y", "e", "i", "af", "av", "zu", "the",
                        "of", "and", "for", "des", "to"})  # fmt: skip

#: Spellings of one sound, put in one way, in this order; capitals are sounds that English writes with two letters.
_SPELT = tuple((re.compile(pattern), sound) for pattern, sound in (
    ("^abd(?:[aeiou]l|el|ul)?l(?=[aeiou])", "abdul"), ("^abd[aeiou]l", "abdul"),
    ("(?<=.)[iy](?:tch|ch|c)$", "iC"), ("sky[ij]$|skij$", "ski"), ("enka$", "enko"), ("ff$", "v"), ("shch|chtch", "S"),
    ("(?<=S)ov$", "ev"), ("(?:cho|cheo)v$", "Cev"), ("(?:yo|io)v$", "ev"),
    ("^x", "s"), ("^ye", "e"), ("^(?:iu|ju|yu|iou)", "u"), ("^ya(?=[^aeiouy])", "ia"),
    ("tsch|tch|cz", "C"), ("sch|sh", "S"), ("ch", "C"), ("dzh|zh|dj", "j"), ("dge?(?=[aeiou])", "j"),
    ("kh|q", "k"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("ck", "k"), ("x", "ks"), ("ts|tz", "z"),
    ("c(?=[eiy])", "s"), ("c", "k"), ("w", "v"),
    ("(?<=[lnd])j(?=[aeou])", "i"), ("(?<=[aeio])j$", "i"),
    ("ou|oo|uu", "u"), ("ee|iy|yi|yy|ij|ie", "i"), ("ei|ey|ai|ay|ae|aei", "e"), ("y", "i"),
    (r"(.)\1+", r"\1"), ("h$", ""), ("(?<=[bdgkptz])h", ""),
))  # fmt: skip
#: Consonants that are put for one another.
_EXCHANGED = frozenset(map(frozenset, ("kg", "gj", "CS", "kC", "bv", "zj", "td", "sS")))
#: Vowels that are put for one another.
_NEAR = frozenset(map(frozenset, ("ae", "ei", "ou")))
_VOWELS = frozenset("aeiou")
#: Consonants that begin alike or are exchanged, for looking up.
_CLASS = str.maketrans("gjzCSbd", "kkkssvt")
#: Fewer consonants than this say too little without their vowels.
BONES = 3


def tokens(name: str) -> tuple[str, ...]:
    """The words of a name in small letters, without accents, articles and particles; initials one by one.

    Example:
        >>> tokens("Józef al-Łosi"), tokens("George H.W. Bush"), tokens("Osama bin Laden"), tokens("Kim Jong-un")
        (('jozef', 'losi'), ('george', 'h', 'w', 'bush'), ('osama', 'laden'), ('kim', 'jong', 'un'))
    """
    apart = _INITIALS.sub(lambda match: match[1].replace(".", " "), name.translate(_LETTERS))
    plain = folded(apart.replace(".", "").translate(_LETTERS)).translate(_LETTERS)
    found = [
        (match.group(), plain[match.end() : match.end() + 1] in {"-", "‑", "–"}) for match in _WORD.finditer(plain)
    ]
    kept = [
        word for i, (word, joined) in enumerate(found)
        if i == len(found) - 1 or not ((joined and word in _ARTICLES) or word in _PARTICLES
                                       or (word == "ben" and i > 0))
    ]  # fmt: skip
    return tuple(kept)


@lru_cache(maxsize=50_000)
def sounds(word: str) -> tuple[str, tuple[str, ...]]:
    """The consonants of a word, and the vowels before, between and after them.

    Example:
        >>> sounds("zelenskyy") == sounds("zelenskiy"), sounds("mohammed")
        (True, ('mhmd', ('', 'o', 'a', 'e', '')))
    """
    for pattern, sound in _SPELT:
        word = pattern.sub(sound, word)
    consonants, vowels = "", [""]
    for letter in word:
        if letter in _VOWELS:
            vowels[-1] += letter
        else:
            consonants += letter
            vowels.append("")
    return consonants, tuple(vowels)


@lru_cache(maxsize=200_000)
def same_sound(a: str, b: str) -> bool:
    """Whether two words may be spellings of one name.

    Example:
        >>> same_sound("gaddafi", "qadhafi"), same_sound("mohamed", "muhammad"), same_sound("hassan", "hussein")
        (True, True, False)
    """
    if a == b:
        return True
    (bones, vowels), (others, theirs) = sounds(a), sounds(b)
    if len(bones) != len(others) or len(a) < 2 or len(b) < 2:
        return False
    differ = [pair for pair in zip(bones, others, strict=True) if pair[0] != pair[1]]
    if len(differ) > 1 or any(frozenset(pair) not in _EXCHANGED for pair in differ):
        return False
    if differ and len(bones) < BONES:
        return False
    pairs = [(x, y) for x, y in zip(vowels, theirs, strict=True) if x != y]
    short = sum(map(bool, vowels)) < 2
    return all(_near(x, y) for x, y in pairs) and not (short and {"a", "e"} in map(set, pairs))


def _near(a: str, b: str) -> bool:
    """Whether two runs of vowels may be one, by their first and their last."""
    return bool(a and b) and all(x == y or frozenset((x, y)) in _NEAR for x, y in ((a[0], b[0]), (a[-1], b[-1])))


def stem(word: str) -> str:
    """A form that words of one sound share, for looking up; it joins more than `same_sound` does.

    Example:
        >>> stem("gaddafi") == stem("kadhafi"), stem("assad") == stem("asad")
        (True, True)
    """
    bones, vowels = sounds(word)
    if len(bones) < BONES:
        coarse = ["".join("a" if v in "aei" else "o" for v in slot)[:1] for slot in vowels]
        return "".join(v + c for v, c in zip(coarse, [*bones.translate(_CLASS), ""], strict=True))
    return bones.translate(_CLASS)


def close(a: str, b: str) -> bool:
    """Whether one long word is the other but for one letter: a typing error, perhaps.

    Example:
        >>> close("halvarsen", "halvarson"), close("laden", "loden")
        (True, False)
    """
    if min(len(a), len(b)) < 7 or abs(len(a) - len(b)) > 1 or a == b:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a[start + 1 :] == b[start + 1 :] or a[start:] == b[start + 1 :] or a[start + 1 :] == b[start:]
