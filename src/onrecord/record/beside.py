"""A file that is written beside where it is to stand, and put in place whole and on disk, or not at all."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from onrecord.errors import RecordError

__all__ = ["beside", "failed", "settled"]

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
#: What SQLite keeps beside a file.
_BESIDE = ("-journal", "-wal", "-shm")


@contextmanager
def beside(target: Path, *, replace: bool, mode: int | None) -> Iterator[Path]:
    """An empty file in the target's folder, to write to; it takes the target's place when the block ends well.

    What another program left there when it was killed is taken over; if the block fails, the file is taken away.

    Args:
        target: where the file is to stand.
        replace: whether it may take the place of a file.
        mode: the rights that it has in the end, while nobody else can read it before; those of any new file for None.

    Raises:
        RecordError: there is something already, or the folder or the disk takes no file.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with beside(Path(folder, "a.txt"), replace=False, mode=0o600) as part:
        ...         written = part.write_text("whole")
        ...     Path(folder, "a.txt").read_text(), [path.name for path in Path(folder).iterdir()]
        ('whole', ['a.txt'])
    """
    target = Path(os.path.realpath(target))
    _refuse(target, replace=replace)
    part = target.with_name(f".{target.name}.part")
    try:
        held = _held(part, 0o666 if mode is None else 0o600)
    except OSError as error:
        raise failed(error, target) from error
    try:
        yield part
        if mode is not None:
            os.fchmod(held, mode)
        settled(part)
        _placed(part, target, replace=replace)
    except OSError as error:
        raise failed(error, target) from error
    finally:
        for end in ("", *_BESIDE):
            Path(f"{part}{end}").unlink(missing_ok=True)
        os.close(held)


def failed(error: OSError, target: Path | str) -> RecordError:
    """What to say of a file that could not be written."""
    if error.errno in _FULL:
        return RecordError("the disk is full", "free space, or choose another disk",
                           subject=str(target))  # fmt: skip
    return RecordError(f"the file cannot be written ({error.strerror})", "check the folder and the rights to it",
                       subject=str(target))  # fmt: skip


def settled(path: Path) -> None:
    """See to it that a file, or what a folder lists, is on the disk.

    Raises:
        OSError: the disk failed.
    """
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _refuse(target: Path, *, replace: bool) -> None:
    if not target.parent.is_dir():
        raise RecordError(f"there is no folder {target.parent}", "make the folder", subject=str(target))
    if target.exists() and not target.is_file():
        raise RecordError("this is no file that could be replaced", "give the path of a file", subject=str(target))
    if target.exists() and not replace:
        raise RecordError("there is a file already", "give another name, or --replace", subject=str(target))


def _held(part: Path, mode: int) -> int:
    """The part's handle, locked, so that two programs never write the same."""
    while True:
        handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, mode)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(handle)
            if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
                raise
            raise RecordError("another program is writing this file", "wait until it has finished",
                              subject=str(part)) from error  # fmt: skip
        # Another program may have put it in place, or taken it away, before the lock was ours.
        with suppress(FileNotFoundError):
            if os.stat(part).st_ino == os.fstat(handle).st_ino:
                os.ftruncate(handle, 0)
                for end in _BESIDE:
                    Path(f"{part}{end}").unlink(missing_ok=True)
                return handle
        os.close(handle)


def _placed(part: Path, target: Path, *, replace: bool) -> None:
    if replace:
        os.replace(part, target)
    else:
        try:
            os.link(part, target)
        except OSError as error:
            if target.exists():
                _refuse(target, replace=False)
            if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK):
                raise
            os.rename(part, target)  # a disk without hard links
    settled(target.parent)
