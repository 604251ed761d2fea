"""What the words on a command line mean: files, folders, patterns, addresses, and "-" for standard input."""

from __future__ import annotations

import glob
import io
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from onrecord.errors import InputError
from onrecord.read.hosts import is_address
from onrecord.read.jsonl import items, one_a_line
from onrecord.read.kinds import COUNTED, NAMED_SUFFIXES, kind_by_suffix, suffixes
from onrecord.read.limits import ARRAY_BYTES
from onrecord.read.plugged import plugged

__all__ = ["STDIN", "Listed", "chosen", "listed", "shown"]

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Listed:
    """What there is to read.

    Attributes:
        files: paths and addresses in the order of reading; "-" is standard input.
        reports: how many reports (or lines that fail) they hold; None where that is not known before they are read:
            of standard input and other streams, of addresses, and of archives and other files of many reports.
        size: bytes of all files together, without streams.
        skipped: files in the folders that are not read because of their suffix; hidden ones are not counted.
        errors: targets that cannot be read at all.
    """

    files: tuple[str, ...]
    reports: int | None
    size: int
    skipped: tuple[str, ...]
    errors: tuple[InputError, ...]


def listed(targets: Iterable[str | os.PathLike[str]]) -> Listed:
    """What the targets hold, for showing progress: files are looked at, JSON lines counted, nothing kept in memory.

    Example:
        >>> listed(["no/such/file.txt"]).errors[0].cause
        'there is no such file or folder'
    """
    files: list[str] = []
    errors: list[InputError] = []
    skipped: list[str] = []
    for found in chosen(targets, skipped=skipped):
        if isinstance(found, InputError):
            errors.append(found)
        else:
            files.append(found)
    size, reports, open_ended = 0, 0, False
    for path in files:
        if path == STDIN or is_address(path) or (os.path.exists(path) and not os.path.isfile(path)):
            open_ended = True
            continue
        size += os.path.getsize(path) if os.path.exists(path) else 0
        kind = kind_by_suffix(_suffix(path))
        if kind not in (*COUNTED, None) or (kind is None and plugged(_suffix(path))):
            open_ended = True
            continue
        reports += _reports(path)
    return Listed(tuple(files), None if open_ended else reports, size, tuple(skipped), tuple(errors))


def chosen(
    targets: Iterable[str | os.PathLike[str]], *, skipped: list[str] | None = None
) -> Iterator[str | InputError]:
    """The files that the targets mean, each once, those of a folder sorted; an error for each that means none.

    Args:
        skipped: a list that takes the files of folders that are left out because of their suffix.
    """
    seen: set[str] = set()
    for target in targets:
        name = os.fspath(target)
        for found in _meant(name, skipped if skipped is not None else []):
            if isinstance(found, InputError) or found == STDIN or is_address(found):
                yield found
            elif (real := os.path.realpath(found)) not in seen:
                seen.add(real)
                yield found


def shown(path: str) -> str:
    """The path as text that can be encoded, whatever bytes are in the file's name."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _meant(name: str, skipped: list[str]) -> Iterator[str | InputError]:
    if name == STDIN or is_address(name):
        yield name
    elif "\0" in name:
        yield InputError("a path cannot hold a NUL character", "check the path", subject=name.replace("\0", "\\0"))
    elif os.path.isdir(name):
        yield from _folder(name, skipped)
    elif os.path.lexists(name):
        yield name
    elif glob.has_magic(name):
        matches = sorted(glob.glob(name, recursive=True))
        if not matches:
            yield InputError("no file matches the pattern", "check the pattern and the folder", subject=shown(name))
        for match in matches:
            yield from _folder(match, skipped) if os.path.isdir(match) else (match,)
    else:
        yield InputError("there is no such file or folder", "check the path", subject=shown(name))


def _folder(name: str, skipped: list[str]) -> Iterator[str | InputError]:
    found: list[str] = []
    failed: list[OSError] = []
    for folder, folders, files in os.walk(name, onerror=failed.append):
        folders[:] = [f for f in folders if not f.startswith(".")]
        found += [os.path.join(folder, f) for f in files if not f.startswith(".")]
    found.sort(key=lambda path: path.split(os.sep))
    known = suffixes()
    taken = [path for path in found if path.lower().endswith(known) and _readable_kind(path)]
    skipped += sorted(set(found) - set(taken))
    for error in failed:
        yield InputError(f"the folder cannot be opened ({error.strerror})", "check its permissions",
                         subject=shown(str(error.filename)))  # fmt: skip
    if not taken and not failed:
        yield InputError(f"the folder holds no file with a suffix of {NAMED_SUFFIXES}",
                         "name the files themselves, or convert them", subject=shown(name))  # fmt: skip
    yield from taken


def _readable_kind(path: str) -> bool:
    """Whether it is a file; a folder is not asked for pipes and devices, which may never end."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return True  # a broken link: reading it will say so


def _reports(path: str) -> int:
    """How many reports a file holds, or parts that fail: at least one."""
    kind = kind_by_suffix(_suffix(path))
    try:
        if kind == "lines":
            with open(path, "rb") as file:
                return _filled_lines(file) or 1
        if kind == "json" and os.path.getsize(path) <= ARRAY_BYTES:
            with open(path, "rb") as file:
                data = file.read()
            if (elements := items(data)) is not None:
                return len(elements) or 1
            return (_filled_lines(io.BytesIO(data)) if one_a_line(data) else 1) or 1
    except (OSError, InputError):
        pass
    return 1


def _suffix(path: str) -> str:
    return os.path.splitext(path)[1].lower()


def _filled_lines(file: BinaryIO) -> int:
    """How many lines have more than white space on them; a long line is not kept in memory."""
    count, filled = 0, False
    while block := file.read(1 << 20):
        *ended, last = block.split(b"\n")
        for piece in ended:
            count += filled or bool(piece.strip())
            filled = False
        filled = filled or bool(last.strip())
    return count + filled
