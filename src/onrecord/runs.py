"""By what a report was read: the software, the models and the settings, so that a reading can be repeated."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version

import msgspec

__all__ = ["Run", "current_run"]


class Run(msgspec.Struct, frozen=True):
    """What a reading depends on besides the report itself.

    Attributes:
        software: name and version of onrecord.
        models: name and digest of each model and data table, sorted by name.
        settings: SHA-256 (16 hex digits) of the settings as JSON with sorted keys.
    """

    software: str
    models: tuple[str, ...]
    settings: str


def current_run(settings: dict[str, str] | None = None) -> Run:
    """What a reading made now depends on.

    Example:
        >>> current_run().software.split()[0]
        'onrecord'
    """
    from onrecord.annotate.parse import pipeline_digest

    return Run(
        software=f"onrecord {version('onrecord')}",
        models=(pipeline_digest(),),
        settings=hashlib.sha256(json.dumps(settings or {}, sort_keys=True).encode()).hexdigest()[:16],
    )
