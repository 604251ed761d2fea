"""Runs: by which software, models and settings, and when, reports were read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

from onrecord.annotators.settings import Settings
from onrecord.errors import InputError
from onrecord.plugins import in_force

__all__ = ["Clock", "Run", "current_run", "run", "stamp", "utc_now"]

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the software over any number of reports.

    Attributes:
        started_at: ISO 8601 in UTC, to the second.
        software: name and version, such as "onrecord 0.1.0".
        models: names, versions and digests of the models, and the plugins in force with their versions, sorted.
        settings: JSON object with sorted keys, of the settings that change what is read.
    """

    started_at: str
    software: str
    models: tuple[str, ...]
    settings: str

    @property
    def digest(self) -> str:
        """Hex SHA-256 of software, models and settings: runs that share it read alike."""
        content = json.dumps([self.software, self.models, self.settings], ensure_ascii=True)
        return hashlib.sha256(content.encode()).hexdigest()


def run(
    *,
    software: str,
    models: Iterable[str] = (),
    settings: Mapping[str, object] | None = None,
    started: datetime | None = None,
) -> Run:
    """The run of this software, with these models and settings, started at this moment (now, unless given).

    Example:
        >>> a = run(software="onrecord 0.1.0", models=["b:2", "a:1"], started=datetime(1962, 10, 22, tzinfo=UTC))
        >>> a.models, a.settings, a.started_at
        (('a:1', 'b:2'), '{}', '1962-10-22T00:00:00Z')
    """
    canonical = json.dumps(dict(settings or {}), sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return Run(stamp(started or utc_now()), software, tuple(sorted(models)), canonical)


def current_run(settings: Settings | None = None, *, started: datetime | None = None) -> Run:
    """The run of this software with the models and the plugins that are installed.

    Example:
        >>> current_run().software.split()[0]
        'onrecord'
    """
    from onrecord.annotators.models import models
    from onrecord.annotators.settings import DEFAULTS  # loads the language models

    chosen = settings or DEFAULTS
    return run(
        software=f"onrecord {version('onrecord')}",
        models=(*models(chosen), *in_force()),
        settings=chosen.told,
        started=started,
    )


def utc_now() -> datetime:
    """The current moment, in UTC."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """A moment as ISO 8601 in UTC, to the second.

    Raises:
        InputError: the moment has no time zone.

    Example:
        >>> stamp(datetime.fromisoformat("1962-10-22T19:00:00-05:00"))
        '1962-10-23T00:00:00Z'
    """
    if moment.tzinfo is None:
        raise InputError(f"the time {moment.isoformat()} has no zone", "give a clock that returns times with a zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
