"""What a report's words say of a person's sex: titles and offices, nouns, and first names that one sex alone bears."""

from __future__ import annotations

from functools import cache

from onrecord.annotators.tables import rows
from onrecord.annotators.titles import FEMALE, MALE
from onrecord.annotators.words import Chunk, Words

__all__ = ["SEXED", "first_names", "sex"]

#: Nouns that say it.
SEXED = {
    **dict.fromkeys(("man", "boy", "father", "brother", "son", "husband", "uncle", "grandfather", "nephew", "widower",
                     "gentleman", "policeman", "fisherman", "gunman", "businessman", "serviceman", "actor", "monk",
                     *MALE), "m"),
    **dict.fromkeys(("woman", "girl", "mother", "daughter", "wife", "aunt", "grandmother", "niece", "widow",
                     "policewoman", "businesswoman", "servicewoman", "actress", "nun", *FEMALE), "f"),
}  # fmt: skip


@cache
def first_names() -> dict[str, str]:
    """Either "m" or "f" by first name, in lower case.

    Example:
        >>> first_names()["valerian"], first_names().get("kim")
        ('m', None)
    """
    return {name.lower(): sex for sex, names in rows("first_names.tsv") for name in names.split()}


def sex(words: Words, name: Chunk, title: Chunk | None) -> str:
    """Either "m" or "f" where the title or else the first name says so, else nothing."""
    if title is not None:
        said = {words.lower[i].rstrip(".") for i in range(title.start, title.end)}
        if told := "f" if said & FEMALE else "m" if said & MALE else "":
            return told
    if name.end - name.start < 2:
        return ""
    return first_names().get(words.lower[name.start], "")
