"""The settings that change what is read; they are part of each run."""

from __future__ import annotations

import msgspec

from onrecord.annotators.plugged_names import InForce, in_force
from onrecord.codebook.model import NONE, Codebook

__all__ = ["DEFAULTS", "Settings"]


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a reading depends on besides the report and the models.

    Attributes:
        models: attributions by the trained model with the rules beside it; else by the rules alone.
        codebook: a team's own words besides the package's tables.

    Example:
        >>> Settings().told
        {'models': True}
    """

    models: bool = True
    codebook: Codebook = NONE

    @property
    def in_force(self) -> InForce:
        """The codebook with the names that plugins bring beneath it."""
        return in_force(self.codebook)

    @property
    def told(self) -> dict[str, object]:
        """What a run's record says of them; of a codebook and of gazetteers the digest, and nothing without them."""
        brought = self.in_force.digest
        own = {} if self.codebook.is_empty else {"codebook": f"sha256:{self.codebook.digest}"}
        return {"models": self.models, **own, **({"gazetteers": f"sha256:{brought}"} if brought else {})}


DEFAULTS = Settings()
