"""The error tree: every error that onrecord raises on purpose says what went wrong and what to do about it."""

from __future__ import annotations

__all__ = [
    "AnchorError",
    "ClusterError",
    "ExpungedError",
    "InputError",
    "ModelError",
    "OnrecordError",
    "OvertakenError",
    "RecordError",
]


class OnrecordError(Exception):
    """Base of all errors that onrecord raises on purpose.

    Args:
        cause: what went wrong, without a full stop.
        remedy: what the person can do about it, without a full stop.
        subject: what it went wrong with: a file, an address, a line of a file, a record.

    Example:
        >>> str(InputError("the file is empty", "give a file with text", subject="a.txt"))
        'a.txt: the file is empty; give a file with text'
    """

    #: A stable word for the kind of error, for programs that read logs.
    kind = "error"

    def __init__(self, cause: str, remedy: str, *, subject: str | None = None) -> None:
        super().__init__(cause, remedy, subject)
        self.cause = cause
        self.remedy = remedy
        self.subject = subject

    def __str__(self) -> str:
        line = f"{self.cause}; {self.remedy}"
        return f"{self.subject}: {line}" if self.subject else line

    def __reduce__(self) -> tuple[object, ...]:
        # An exception is made anew from its arguments alone, which would not do for a keyword.
        return _made, (type(self), self.cause, self.remedy, self.subject)


def _made(kind: type[OnrecordError], cause: str, remedy: str, subject: str | None) -> OnrecordError:
    """An error as another process raised it."""
    return kind(cause, remedy, subject=subject)


class InputError(OnrecordError):
    """Something to read cannot be read as a report."""

    kind = "input"


class OvertakenError(InputError):
    """Somebody else decided about the entry, or it was read again, after the person last saw it."""

    kind = "overtaken"


class ModelError(OnrecordError):
    """A language model or a data table that a stage needs is missing or not the expected one."""

    kind = "model"


class AnchorError(OnrecordError):
    """An anchor does not point at the words that it quotes."""

    kind = "anchor"


class RecordError(OnrecordError):
    """The record cannot be opened, read or written."""

    kind = "record"


class ExpungedError(InputError, RecordError):
    """What is asked for, or to be added, was expunged from the record."""

    kind = "expunged"


class ClusterError(OnrecordError):
    """The machines that were to share the work cannot be reached, or read by other software."""

    kind = "cluster"
