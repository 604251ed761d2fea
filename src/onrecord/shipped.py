"""The trained models that ship in the package: their folders, digests, tokenizers and sessions."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from pathlib import Path

from tokenizers import Tokenizer

from onrecord.digests import checked
from onrecord.runtime import ort

__all__ = ["digest", "folder", "session", "tokenizer"]


def folder(name: str) -> Path:
    """The folder of a model.

    Example:
        >>> sorted(path.name for path in folder("attributions").glob("*.json"))
        ['settings.json', 'tokenizer.json']
    """
    return Path(str(resources.files("onrecord"))) / "weights" / name


@cache
def digest(name: str) -> str:
    """Name and SHA-256 (16 digits) of a model's files, for the record of a run."""
    digest = hashlib.sha256()
    for path in sorted(folder(name).iterdir()):
        if path.suffix != ".md":
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return f"{name}:{digest.hexdigest()[:16]}"


def tokenizer(path: Path) -> Tokenizer:
    """A tokenizer that neither cuts nor fills up."""
    found = Tokenizer.from_file(str(checked(path)))
    found.no_truncation()
    found.no_padding()
    return found


def session(path: Path, *, threads: int = 1) -> ort.InferenceSession:
    """A network, run by the CPU on one thread if not told otherwise: the same machine type gives the same numbers."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return ort.InferenceSession(str(checked(path)), options, providers=["CPUExecutionProvider"])
