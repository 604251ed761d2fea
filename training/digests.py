"""Write the digests of the models that ship: `python training/digests.py`, after any of them was replaced.

Writes `src/onrecord/digests.txt`, against which each file is checked before it is loaded, in the form of sha256sum:
`cd src/onrecord && sha256sum --check digests.txt` checks them too. With --check it only says whether it is up to date.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "onrecord"
TABLE = PACKAGE / "digests.txt"


def table() -> str:
    """The digests of all files of the models, and of all arrays."""
    files = {path for path in (PACKAGE / "weights").rglob("*") if path.is_file() and path.suffix != ".md"}
    return "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(PACKAGE).as_posix()}\n"
        for path in sorted(files | set(PACKAGE.rglob("*.np[yz]")))
    )


def main() -> int:
    """Write the table, or compare it."""
    text = table()
    if "--check" not in sys.argv[1:]:
        TABLE.write_text(text, encoding="utf-8")
    elif not TABLE.exists() or TABLE.read_text(encoding="utf-8") != text:
        sys.stdout.write(f"{TABLE} is out of date; run python training/digests.py\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
