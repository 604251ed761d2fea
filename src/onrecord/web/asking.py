"""What the review is asked for, in the query of its address: filters, where in the queue, and what was just done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args
from urllib.parse import urlencode

from onrecord.view.review import Kind

__all__ = ["Asked", "asked"]

_KINDS: Mapping[str, Kind] = {kind: kind for kind in get_args(Kind)}


@dataclass(frozen=True, slots=True)
class Asked:
    """Filters of the queue, and a place in it.

    Attributes:
        kind: of which kind; empty for statements, events and figures.
        below: confidence under which entries are shown; None for all.
        before: where the stretch of reports begins.
        at: the entry that is looked at, as REPORT:ID; empty for the first of the queue.
        done: numbers of decisions that were just made.
    """

    kind: Kind | None = None
    report: str = ""
    outlet: str = ""
    below: float | None = None
    before: int | None = None
    page: int = 1
    at: str = ""
    done: tuple[int, ...] = ()

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of entry to show."""
        return ("statement", "event", "figure") if self.kind is None else (self.kind,)

    @property
    def given(self) -> tuple[tuple[str, str], ...]:
        """What the query holds, without what is as it is by itself."""
        every = {
            "kind": self.kind or "", "report": self.report, "outlet": self.outlet,
            "below": "" if self.below is None else f"{self.below:g}", "before": str(self.before or ""),
            "page": str(self.page) if self.page > 1 else "", "at": self.at, "done": ",".join(map(str, self.done)),
        }  # fmt: skip
        return tuple((name, value) for name, value in every.items() if value)

    @property
    def address(self) -> str:
        """The address of the review so asked."""
        return f"/review?{urlencode(self.given)}" if self.given else "/review"

    def but(self, **changed: Any) -> Asked:
        """The same with some things changed."""
        return replace(self, **changed)


def asked(given: Mapping[str, Any]) -> Asked:
    """What a query or a form asks for; what is no value is left out.

    Example:
        >>> asked({"kind": "event", "below": "0.6", "page": "x"}).address
        '/review?kind=event&below=0.6'
    """
    words = {name: str(given.get(name, "")).strip() for name in ("kind", "report", "outlet", "at")}
    try:
        below = float(given.get("below", ""))
    except ValueError:
        below = -1
    return Asked(
        _KINDS.get(words["kind"]), words["report"], words["outlet"],
        below if 0 < below <= 1 else None, _whole(given.get("before")), _whole(given.get("page")) or 1, words["at"],
        tuple(n for each in str(given.get("done", "")).split(",")[:20] if (n := _whole(each))),
    )  # fmt: skip


def _whole(typed: Any) -> int | None:
    words = str(typed)
    return int(words) if words.isascii() and words.isdecimal() and len(words) < 10 and int(words) else None
