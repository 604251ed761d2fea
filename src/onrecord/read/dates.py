"""Publication dates and times as ISO 8601."""

from __future__ import annotations

from datetime import date, datetime

from onrecord.errors import InputError

__all__ = ["published_at"]


def published_at(words: str) -> str:
    """An ISO 8601 date, or date and time, checked and in one form.

    Raises:
        InputError: the words are not one.

    Example:
        >>> published_at("2021-03-04"), published_at("2021-03-04T10:00:00Z")
        ('2021-03-04', '2021-03-04T10:00:00+00:00')
    """
    stripped = words.strip()
    try:
        if len(stripped) == 10:
            return date.fromisoformat(stripped).isoformat()
        return datetime.fromisoformat(stripped).isoformat()
    except ValueError as error:
        raise InputError(f"{words!r} is not a date", "give an ISO 8601 date such as 2021-03-04") from error
