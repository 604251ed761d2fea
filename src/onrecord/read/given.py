"""What a person knows of reports that do not say it themselves."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["NOTHING", "Given"]


@dataclass(frozen=True, slots=True)
class Given:
    """The publication date and the publisher of reports that carry none; what a report says itself comes first."""

    published: str | None = None
    publisher: str | None = None


#: Nothing is known besides.
NOTHING = Given()
