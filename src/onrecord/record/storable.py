"""What a database cannot keep to the character."""

from __future__ import annotations

__all__ = ["unstorable"]


def unstorable(text: str) -> str | None:
    """What in a text a record cannot keep, in words: NUL, or half a surrogate pair; None where it can keep all of it.

    Example:
        >>> unstorable("a" + chr(0)), unstorable("a")
        ('a NUL character stands at 1', None)
    """
    if "\0" in text:
        return f"a NUL character stands at {text.index(chr(0))}"
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return f"half a surrogate pair stands at {error.start}"
    return None
