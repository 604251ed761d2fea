"""The addresses of a report's pages in the version that is shown, so that every link keeps to it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from onrecord.view.show import Shown
from onrecord.web.words import entry_path, report_path

__all__ = ["Pinned", "pinned"]


@dataclass(frozen=True, slots=True)
class Pinned:
    """The addresses of one version of a report.

    Attributes:
        version: its number where it is not the latest; None for the latest, which needs none.
        number: its number in any case, for links that shall stay when a later version comes.
        everything: whether the reader asked for times, places, beliefs and deeds too.
    """

    report_id: str
    version: int | None
    number: int
    everything: bool = False

    def report(self, *, part: int = 1, note: str | None = None, everything: bool | None = None) -> str:
        """The report's page, at one of its parts, with one of its notes.

        Example:
            >>> Pinned("a/b", 1, 1).report(part=2, note="ev3")
            '/report/a~2Fb?part=2&version=1#ev3'
        """
        asked = self.everything if everything is None else everything
        given = {**({"part": part} if part > 1 else {}), **({"all": 1} if asked else {}), **self._version()}
        return report_path(self.report_id) + _query(given) + (f"#{note}" if note else "")

    def entry(self, entry: str) -> str:
        """An entry's page."""
        return entry_path(self.report_id, entry) + _query(self._version())

    def below(self, name: str) -> str:
        """A page that belongs to the report, such as "original"."""
        return f"{report_path(self.report_id)}/{name}" + _query(self._version())

    def lasting(self, entry: str | None = None) -> str:
        """The address that names the version, and stays the same when a later one comes."""
        path = report_path(self.report_id) if entry is None else entry_path(self.report_id, entry)
        return path + _query({"version": self.number})

    def _version(self) -> dict[str, int]:
        return {} if self.version is None else {"version": self.version}


def pinned(found: Shown, *, everything: bool = False) -> Pinned:
    """The addresses of the version of a report that is shown."""
    number = found.shown.number
    latest = found.versions[-1].number
    return Pinned(found.report_id, None if number == latest else number, number, everything)


def _query(given: dict[str, int]) -> str:
    return f"?{urlencode(given)}" if given else ""
