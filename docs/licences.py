"""Writes the list of licences: `python docs/licences.py`, with the packages of `requirements/all.txt` installed.

Each licence is what the package's own metadata states. With --check, it only says whether the page is up to date; what
another system or version of Python needs, and is not installed here, keeps the line that it has.
"""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

DOCS = Path(__file__).resolve().parent
LOCK = DOCS.parent / "requirements" / "all.txt"
PAGE = DOCS / "licences.md"

#: Words in metadata that are not SPDX identifiers, or not exact, with what the package's licence file is.
SPDX = {
    "3-Clause BSD License": "BSD-3-Clause", "Apache 2.0": "Apache-2.0", "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause", "BSD License": "BSD-3-Clause", "ISC License": "ISC", "MIT License": "MIT",
    "The BSD 2-Clause License": "BSD-2-Clause",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
}  # fmt: skip

HEAD = """# Licences

<!-- Written by docs/licences.py from the packages' own metadata; do not edit. -->

What onrecord installs, with all its extras, and under which licence (SPDX). [Dependencies](dependencies.md) says what
each direct one is for. A test holds that this list is that of the lock, and that all licences in it are permissive but
these: `certifi` and `tqdm` (MPL-2.0), `tld` (of whose licences MPL-1.1 is taken), and `psycopg` (LGPL-3.0, in the extra
`postgresql` alone).

| package | licence | home |
|---|---|---|
"""


def locked() -> list[str]:
    """The names of the packages in the lock, sorted, without those for browsers, where onrecord does not run."""
    lines = [line.rstrip(" \\") for line in LOCK.read_text(encoding="utf-8").splitlines() if line[:1].isalnum()]
    return sorted({Requirement(line).name for line in lines if "emscripten" not in line})


def licence(package: str) -> str:
    """The SPDX expression of an installed package.

    Raises:
        LookupError: its metadata states none, or words that `SPDX` lacks.
    """
    found = metadata.metadata(package)
    classifiers = [c.split(" :: ")[-1] for c in found.get_all("Classifier") or [] if c.startswith("License ::")]
    words = found.get("License-Expression") or found.get("License") or " AND ".join(classifiers)
    expression = SPDX.get(words.strip(), words.strip())
    if not re.fullmatch(r"[\w.-]+(?: (?:AND|OR) [\w.-]+)*", expression):
        raise LookupError(
            f"{package}: {expression!r} is no SPDX expression; say in SPDX of docs/licences.py what it is"
        )
    return expression


def home(package: str) -> str:
    """The address of an installed package's home page, or of its source."""
    found = metadata.metadata(package)
    named = dict(one.split(", ", 1) for one in found.get_all("Project-URL") or [])
    by_name = {name.lower(): address for name, address in named.items()}
    known = (by_name.get(name) for name in ("homepage", "source", "repository", "source code", "code", "documentation"))
    return found.get("Home-page") or next((address for address in known if address), "")


def page() -> str:
    """The page, with the lines of what is not installed as they were."""
    lines = PAGE.read_text(encoding="utf-8").splitlines() if PAGE.exists() else []
    before = {line.split(" | ")[0].removeprefix("| "): line for line in lines if line.startswith("| ")}
    rows = []
    for package in locked():
        try:
            address = home(package)
            rows.append(f"| {package} | {licence(package)} | {f'<{address}>' if address else ''} |")
        except metadata.PackageNotFoundError:
            rows.append(before.get(package, f"| {package} | not installed where this was written | |"))
    return HEAD + "\n".join(rows) + "\n"


def main() -> int:
    """Write the page, or compare it."""
    text = page()
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(text, encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
        sys.stdout.write(f"{PAGE} is out of date; run python docs/licences.py\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
