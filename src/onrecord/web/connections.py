"""Connections that nobody can hold open by sending or taking nothing: uvicorn's protocol with two time limits more."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from onrecord.web.limits import HEADERS, URL

__all__ = ["HEAD_SECONDS", "HELD", "IDLE_SECONDS", "LINGER_SECONDS", "Connection", "settings"]

#: In how many seconds the head of a request must have come, for how long a connection is kept for the next one, and
#: after how many seconds in which nothing of an answer is taken the client is given up.
HEAD_SECONDS, IDLE_SECONDS, LINGER_SECONDS = 15.0, 5, 60.0
#: How many connections a process holds at once; more are told to come later.
HELD = 400


class Connection(H11Protocol):
    """One connection. Uvicorn itself waits for ever for a request's head, and for an answer to be taken."""

    head_seconds, linger_seconds = HEAD_SECONDS, LINGER_SECONDS

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first head."""
        self._waiting: asyncio.TimerHandle | None = None
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._forget()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Wait no longer once the head is whole; from the first byte of the next one on, wait for that."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            if not self.flow.write_paused:
                self._forget()
        elif self._waiting is None and not self.transport.is_closing():
            self._await_head()

    def pause_writing(self) -> None:
        """Wait for a part of the answer to be taken, before more of it is made."""
        super().pause_writing()
        self._await_taking()

    def resume_writing(self) -> None:
        """Go on, since the client takes it."""
        super().resume_writing()
        self._forget()

    def on_response_complete(self) -> None:
        """Wait for the rest of the answer to be taken."""
        super().on_response_complete()
        self._await_taking()

    def _await_taking(self) -> None:
        left = self.transport.get_write_buffer_size()
        if left:
            self._forget()
            self._waiting = self.loop.call_later(self.linger_seconds, self._give_up, left)

    def _await_head(self) -> None:
        self._waiting = self.loop.call_later(self.head_seconds, self._give_up, None)

    def _forget(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _give_up(self, left: int | None) -> None:
        """Close the connection, unless something of the answer was taken meanwhile."""
        self._waiting = None
        now = self.transport.get_write_buffer_size()
        if left is None or now == left:
            self.transport.abort()
        elif now:
            self._waiting = self.loop.call_later(self.linger_seconds, self._give_up, now)


def settings() -> dict[str, Any]:
    """What uvicorn is told so that these limits hold."""
    return {
        "http": Connection, "ws": "none", "log_level": "warning", "server_header": False,
        "timeout_keep_alive": IDLE_SECONDS, "timeout_graceful_shutdown": 10, "limit_concurrency": HELD,
        "h11_max_incomplete_event_size": URL + HEADERS + 4_096,
    }  # fmt: skip
