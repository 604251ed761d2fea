"""Work handed to workers, only so much at a time, and given back as it is done."""

from __future__ import annotations

from asyncio import CancelledError
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from distributed import Client, Future, as_completed

from onrecord.errors import ClusterError

__all__ = ["Waiting", "handed", "outcome"]

T = TypeVar("T")

#: How much each worker has waiting or in work: one thing to go on with while the last is taken.
AHEAD = 2


class Waiting(Generic[T]):
    """Work that waits, of which some comes back; what is to be done is looked at only when its turn comes.

    Example:
        >>> waiting = Waiting(iter("ab"))
        >>> waiting.next(), bool(waiting), waiting.next(), bool(waiting)
        ('a', True, 'b', False)
    """

    def __init__(self, work: Iterator[T]) -> None:
        self._work = work
        self._first: list[T] = []

    def __bool__(self) -> bool:
        if not self._first:
            # `next` with a default cannot tell a None that is work from the end; there is no such work.
            self._first.extend(one for one in (next(self._work, None),) if one is not None)
        return bool(self._first)

    def next(self) -> T:
        """What is next; there must be something."""
        return self._first.pop() if self else next(self._work)

    def back(self, work: Iterable[T]) -> None:
        """Let some work go before all other."""
        self._first.extend(work)


def handed(client: Client, waiting: Waiting[T], submit: Callable[[T], Any]) -> Iterator[tuple[T, Any]]:
    """Each piece of work with its future, as the futures end; never more of them than workers can soon take.

    Args:
        waiting: what is to be done; more may be put back while this goes on.
        submit: hands one piece of work to the client, and gives the future.

    Raises:
        ClusterError: the scheduler is gone.
    """
    flying: dict[Future[Any], T] = {}
    landed = as_completed()
    while True:
        while len(flying) < _room(client) and waiting:
            work = waiting.next()
            with _reached():
                future = submit(work)
            flying[future] = work
            landed.add(future)
        if not flying:
            return
        with _reached():
            future = next(landed)
        yield flying.pop(future), future
        future.release()


def outcome(future: Future[T]) -> T | Exception:
    """What an ended future came to, or the error of it.

    A worker that is killed takes what it has done along, as long as that was not fetched; then this waits until another
    has done it again.

    Raises:
        ClusterError: the scheduler is gone.
    """
    try:
        result: T = future.result()
    except (Exception, CancelledError) as error:
        if future.status == "error" and isinstance(error, Exception):
            return error
        raise _gone() from error
    return result


def _gone() -> ClusterError:
    return ClusterError("the scheduler is gone", "start it again, and run the same command again")


def _room(client: Client) -> int:
    """How much may be handed out at this moment."""
    with _reached():
        threads: int = sum(client.nthreads().values())
    return AHEAD * max(1, threads)


@contextmanager
def _reached() -> Iterator[None]:
    try:
        yield
    except (OSError, CancelledError) as error:  # a closed connection is an OSError
        raise _gone() from error
