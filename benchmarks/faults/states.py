"""In which state a record's file is, as a digest of all that is stored in it."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

__all__ = ["NOTHING", "REFUSED", "state_of"]

#: The state of a file that is not there, or in which there is nothing.
NOTHING = "nothing"
#: How the state of a file begins that cannot be read.
REFUSED = "refused: "


def state_of(path: Path) -> str:
    """The state of a record's file as who opens it next would find it; the file is left as it is.

    Full text is left out: how it is cut into pieces depends on what was done when, and `verify` looks after it.
    """
    look = path.with_name(f"{path.name}.look")
    for end in ("", "-wal", "-shm", "-journal"):
        beside = Path(f"{look}{end}")
        beside.unlink(missing_ok=True)
        if end != "-shm" and (there := Path(f"{path}{end}")).exists():
            shutil.copyfile(there, beside)
    if not look.exists():
        return NOTHING
    try:
        with closing(sqlite3.connect(look)) as raw:
            return _digest(raw)
    except sqlite3.DatabaseError as error:
        return f"{REFUSED}{error}"


def _digest(raw: sqlite3.Connection) -> str:
    made = raw.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master ORDER BY type, name").fetchall()
    if not made:
        return NOTHING
    whole = hashlib.sha256(repr(made).encode())
    for pragma in ("application_id", "user_version"):
        whole.update(repr(raw.execute(f"PRAGMA {pragma}").fetchone()).encode())
    for kind, name, _ in made:
        if kind == "table" and "_words" not in name and not name.startswith("sqlite_"):
            rows = sorted(map(repr, raw.execute(f"SELECT * FROM {name}")))  # noqa: S608 - its own names
            whole.update(f"{name} {len(rows)}\n".encode())
            whole.update("\n".join(rows).encode("utf-8", "surrogatepass"))
    return whole.hexdigest()
