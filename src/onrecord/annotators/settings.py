"""The settings that change what is read; they are part of each run."""

from __future__ import annotations

import msgspec

__all__ = ["DEFAULTS", "Settings"]


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a reading depends on besides the report and the models.

    Attributes:
        models: attributions by the trained model with the rules beside it; else by the rules alone.
    """

    models: bool = True


DEFAULTS = Settings()
