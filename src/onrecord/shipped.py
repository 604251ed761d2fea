"""The trained models that ship in the package: their folders, digests, tokenizers and sessions."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from onrecord.digests import checked
from onrecord.runtime import ort

__all__ = ["digest", "folder", "session", "sums_bytes", "tokenizer"]

#: What onnxruntime puts together and then runs slower than the parts: its joint normalisation takes six times as long.
_SLOWER = ["SkipLayerNormFusion"]


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
    """A network, run by the CPU on one thread if not told otherwise: the same numbers on every machine of one type.

    Weights in 8 bits are stored with their sign. Where the processor sums products of bytes in too few bits, they are
    shifted to bytes without sign on loading: the sums are the same, and take longer.
    """
    options = _options(threads)
    if not sums_bytes():
        options.add_session_config_entry("session.x64quantprecision", "1")
    return _session(path, options)


@cache
def sums_bytes() -> bool:
    """Whether this processor sums products of bytes and signed bytes without overflow (on x86: whether it has VNNI)."""
    given = np.full((4, 64), 255, np.uint8)
    (sums,) = _session(folder("") / "byte_sums.onnx", _options(1)).run(None, {"bytes": given})
    return bool((sums == 64 * 255 * 127).all())


def _options(threads: int) -> ort.SessionOptions:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return options


def _session(path: Path, options: ort.SessionOptions) -> ort.InferenceSession:
    return ort.InferenceSession(
        str(checked(path)), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
    )
