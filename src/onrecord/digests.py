"""Whether a model file is the one that ships, by its SHA-256, before it is loaded.

The digests are those that the package states (`digests.txt`), or, for a model in a package of its own, those that its
wheel states. This finds damage, half an installation and files of another version; who can alter a model can alter what
is stated too, and for that there is the hash of the wheel.
"""

from __future__ import annotations

import base64
import csv
import hashlib
from functools import cache
from importlib import metadata, resources
from pathlib import Path

from onrecord.errors import ModelError

__all__ = ["STATED", "check_distribution", "checked"]

#: The digests of what is checked, in the form of sha256sum; `python training/digests.py` writes it.
STATED = "digests.txt"


@cache
def checked(path: Path) -> Path:
    """The path of a file, once its bytes are known to be those that the package states; they are read once a process.

    A file that lies elsewhere, such as a model in training, has no stated digest: it is not checked.

    Raises:
        ModelError: a file of the package is missing, is not the stated one, or is none of those stated.
    """
    root = Path(str(resources.files("onrecord")))
    if path.is_relative_to(root):
        _compare(path, _stated(root / STATED).get(path.relative_to(root).as_posix()), "onrecord")
    return path


def check_distribution(name: str) -> None:
    """Compare the files of an installed package with the hashes of its wheel, which the installer keeps.

    Nothing is compared where the installer kept no hashes; there, the digest in the record of a run tells.

    Raises:
        ModelError: a file is missing or is not that of the wheel.
    """
    try:
        package = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return
    # Read here: what `metadata.files` gives leaves missing files out where a package puts its own finder first.
    for path, stated, _ in csv.reader((package.read_text("RECORD") or "").splitlines()):
        kind, _, value = stated.partition("=")
        if kind == "sha256" and not path.partition("/")[0].endswith(".dist-info"):
            wanted = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)).hex()
            _compare(Path(str(package.locate_file(path))), wanted, name)


def _compare(path: Path, wanted: str | None, package: str) -> None:
    remedy = f"install {package} again (pip install --force-reinstall {package})"
    if wanted is None:
        raise ModelError("the package states no digest of this file", remedy, subject=str(path))
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"cannot be read ({error.strerror})", remedy, subject=str(path)) from error
    if found != wanted:
        cause = f"is not the file that the package states (SHA-256 {found[:16]}, not {wanted[:16]})"
        raise ModelError(cause, remedy, subject=str(path))


@cache
def _stated(table: Path) -> dict[str, str]:
    """The stated digests by the path of their file in the package."""
    try:
        lines = table.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ModelError(f"cannot be read ({error.strerror})", "install onrecord again", subject=str(table)) from error
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
