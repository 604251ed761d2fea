"""The addresses of pages with what was asked of them, so that every choice can be linked and shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request

__all__ = ["Choice", "choice"]


@dataclass(frozen=True, slots=True)
class Choice:
    """What was asked of a page: its path, and the values of its fields that are not empty."""

    path: str
    given: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """The value of a field; empty where none was given."""
        return self.given.get(name, "")

    def get(self, name: str) -> str | None:
        """The value of a field, or None."""
        return self.given.get(name)

    def to(self, path: str | None = None, **changed: object) -> str:
        """The address of the same choice with some values changed, and without those that are None; from page 1.

        Example:
            >>> Choice("/when", {"who": "U Thant", "page": "3"}).to(since=1962)
            '/when?who=U+Thant&since=1962'
        """
        kept = {name: value for name, value in self.given.items() if name != "page"}
        kept |= {name.rstrip("_"): str(value) for name, value in changed.items() if value is not None}
        for name in changed:
            if changed[name] is None:
                kept.pop(name.rstrip("_"), None)
        asked = urlencode({name: value for name, value in kept.items() if value})
        return (path or self.path) + (f"?{asked}" if asked else "")

    @property
    def page(self) -> int:
        """The number of the page, from 1."""
        asked = self["page"]
        return max(int(asked), 1) if asked.isdecimal() and len(asked) < 6 else 1


def choice(request: Request, *names: str) -> Choice:
    """What a request asks of a page, of the fields that the page has; and the page's number."""
    given = {name: request.query_params.get(name, "").strip() for name in (*names, "page")}
    return Choice(request.url.path, {name: value for name, value in given.items() if value})
