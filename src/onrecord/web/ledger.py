"""What the processes of a server must know together: which sessions were ended, and who gave wrong keys of late."""

from __future__ import annotations

import math
import sqlite3
from threading import Lock

__all__ = ["ALTOGETHER", "TRIES", "WINDOW", "Ledger"]

#: How many wrong keys are taken from one client, and from all together, in so many seconds.
TRIES, ALTOGETHER, WINDOW = 10, 100, 60

_TABLES = """
PRAGMA synchronous = OFF;
CREATE TABLE IF NOT EXISTS ended (session TEXT PRIMARY KEY, until REAL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS wrong (client TEXT, moment REAL);
"""


class Ledger:
    """Ended sessions and wrong keys, in a small database that lasts as long as the server.

    Moments are seconds since 1970.

    Example:
        >>> ledger = Ledger()
        >>> for second in range(TRIES):
        ...     ledger.wrong("192.0.2.7", 1000.0 + second)
        >>> ledger.wait("192.0.2.7", 1010.0), ledger.wait("192.0.2.8", 1010.0)
        (50, 0)
    """

    def __init__(self, path: str = ":memory:") -> None:
        """One that other processes share by its file; one of this process alone, unless a path is given."""
        self._database = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=10)
        self._database.executescript(_TABLES)
        self._lock = Lock()

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def end(self, session: str, until: float, now: float) -> None:
        """Take a session for ended; it is remembered as long as it would have lasted."""
        with self._lock:
            self._database.execute("DELETE FROM ended WHERE until < ?", (now,))
            self._database.execute("INSERT OR IGNORE INTO ended VALUES (?, ?)", (session, until))

    def is_ended(self, session: str) -> bool:
        """Whether the session was ended."""
        with self._lock:
            found = self._database.execute("SELECT 1 FROM ended WHERE session = ?", (session,)).fetchone()
        return found is not None

    def wrong(self, client: str, now: float) -> None:
        """Count a wrong key."""
        with self._lock:
            self._database.execute("DELETE FROM wrong WHERE moment <= ?", (now - WINDOW,))
            self._database.execute("INSERT INTO wrong VALUES (?, ?)", (client, now))

    def wait(self, client: str, now: float) -> int:
        """For how many seconds no key is taken from a client; 0 if one is."""
        asked = "SELECT moment FROM wrong WHERE moment > ? AND (client = ? OR ?) ORDER BY moment DESC LIMIT 1 OFFSET ?"
        with self._lock:
            found = [
                self._database.execute(asked, (now - WINDOW, client, of_all, most - 1)).fetchone()
                for of_all, most in ((False, TRIES), (True, ALTOGETHER))
            ]
        return max((math.ceil(row[0] + WINDOW - now) for row in found if row is not None), default=0)
