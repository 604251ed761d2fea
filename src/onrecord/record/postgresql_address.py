"""The addresses of records on PostgreSQL: which locations are ones, what they say, and how they may be shown."""

from __future__ import annotations

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from onrecord.errors import RecordError

__all__ = ["address", "is_address", "shown"]

_SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")


def is_address(location: str) -> bool:
    """Whether a location is that of a PostgreSQL database.

    Example:
        >>> is_address("postgresql://localhost/war"), is_address("war.db")
        (True, False)
    """
    return location.startswith(("postgresql:", "postgresql+", "postgres:"))


def address(location: str) -> URL:
    """The address in its parts.

    Raises:
        RecordError: it is none, or names no database.
    """
    scheme, _, rest = location.partition("://")
    try:
        made = make_url(f"postgresql+psycopg://{rest}" if scheme in _SCHEMES else scheme)
    except (ArgumentError, ValueError) as error:
        raise RecordError("this is no address of a database", "give postgresql://USER@HOST/DATABASE",
                          subject=location.rsplit("@", maxsplit=1)[-1]) from error  # fmt: skip
    if not made.database and "dbname" not in made.query and "service" not in made.query:
        raise RecordError("the address names no database", "give postgresql://USER@HOST/DATABASE", subject=shown(made))
    return made


def shown(url: URL) -> str:
    """The address as it may be shown: without the password.

    Example:
        >>> shown(address("postgresql://anna:secret@db.example/war"))
        'postgresql://anna@db.example/war'
    """
    query = {name: value for name, value in url.query.items() if name != "password"}
    # URL.set takes None for what is to stay.
    return url.set(drivername="postgresql", query=query)._replace(password=None).render_as_string()
