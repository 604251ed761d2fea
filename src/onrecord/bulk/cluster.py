"""The workers: processes of this machine, or those of a dask cluster that is there already."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import dask
from distributed import Client, LocalCluster, Worker, WorkerPlugin

from onrecord.errors import ClusterError

__all__ = ["connected", "cores", "local", "remote"]

log = logging.getLogger(__name__)

#: Seconds to wait for an answer of a scheduler.
PATIENCE = 30

#: How often worker processes are started before that is given up.
STARTS = 5

#: Nothing is served but the work itself, and nothing is spent on watching the workers' threads.
_SETTINGS: dict[str, Any] = {
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "distributed.worker.profile.enabled": False,
    "distributed.logging": {"distributed": "critical", "asyncio": "critical"},
}


class _Undisturbed(WorkerPlugin):
    """Ctrl-C reaches every process of a terminal; the command alone answers to it, and closes its workers."""

    name = "onrecord-undisturbed"

    def setup(self, worker: Worker) -> None:
        """Ignore ctrl-C in this worker's process."""
        del worker
        asyncio.get_running_loop().remove_signal_handler(signal.SIGINT)
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def connected(scheduler: str | None, workers: int | None) -> Iterator[Client]:
    """A client of the scheduler at an address, or of processes of this machine that end with it.

    Args:
        scheduler: such as "tcp://10.0.0.5:8786"; None for processes of this machine.
        workers: how many processes; one a core, if none.

    Raises:
        ClusterError: no scheduler answers there.
    """
    with remote(scheduler) if scheduler else local(workers or cores()) as client:
        yield client


@contextmanager
def local(workers: int) -> Iterator[Client]:
    """A client of so many processes of this machine, of one thread each.

    They talk over TLS with keys that no one else has: whoever may give them work may run any code as this user.

    Raises:
        ClusterError: a process cannot be started.
    """
    with dask.config.set(_SETTINGS), _started(workers) as cluster, Client(cluster) as client:
        yield client


def _started(workers: int) -> LocalCluster:
    """The processes; if one is killed as it starts, all are started anew, which dask does only later on."""
    failed: Exception | None = None
    for left in reversed(range(STARTS)):
        try:
            return LocalCluster(
                n_workers=workers, threads_per_worker=1, processes=True, host="127.0.0.1", security=True,
                dashboard_address="127.0.0.1:0", silence_logs=logging.CRITICAL, plugins=(_Undisturbed(),),
            )  # fmt: skip
        except (OSError, RuntimeError) as error:
            log.info("the worker processes could not be started (%s); tries left: %d", error, left)
            failed = error
    raise ClusterError(f"the worker processes could not be started ({failed})",
                       "run the same command again, or with fewer --jobs") from failed  # fmt: skip


@contextmanager
def remote(address: str) -> Iterator[Client]:
    """A client of a scheduler that is there already, which goes on when the client ends.

    Raises:
        ClusterError: no scheduler answers there.
    """
    try:
        client = Client(address, timeout=PATIENCE)
    except (OSError, TimeoutError, ValueError) as error:
        raise ClusterError(f"no scheduler answers ({error})", "start one with dask-scheduler, or check the address",
                           subject=address) from error  # fmt: skip
    with client:
        if not client.nthreads():
            log.info("the scheduler at %s has no workers yet; the work begins when the first is there", address)
        yield client
