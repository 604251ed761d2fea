"""The list of licences is that of what is locked, and nothing in it keeps anybody from using onrecord as they like."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")

PERMISSIVE = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "ISC", "MIT", "MIT-0", "PSF-2.0",
    "Zlib",
}  # fmt: skip
#: Used unmodified; what each asks for concerns changes to its own files, or to itself.
EXCEPTIONS = {
    "certifi": "MPL-2.0", "tqdm": "MPL-2.0", "tld": "MPL-1.1", "psycopg": "LGPL-3.0-only",
    "psycopg-binary": "LGPL-3.0-only",
}  # fmt: skip


def licences() -> dict[str, str]:
    rows = [line.strip("| ").split(" | ") for line in PAGE.splitlines() if line.startswith("| ")][1:]
    return {row[0]: row[1] for row in rows}


def allowed(expression: str, besides: str | None) -> bool:
    """Whether what an SPDX expression without brackets asks for is permissive, or the one exception."""
    good = PERMISSIVE | {besides}
    return any(all(one in good for one in choice.split(" AND ")) for choice in expression.split(" OR "))


def test_the_list_is_that_of_what_is_installed() -> None:
    command = [sys.executable, str(ROOT / "docs" / "licences.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_only_permissive_licences_occur_but_for_named_exceptions() -> None:
    found = licences()
    assert len(found) > 80
    assert {name: words for name, words in found.items() if not allowed(words, EXCEPTIONS.get(name))} == {}
    assert [name for name in EXCEPTIONS if allowed(found[name], None)] == []


@pytest.mark.parametrize("expression", ["GPL-3.0-only", "MIT AND GPL-2.0-only", "not installed here", ""])
def test_what_is_not_permissive_is_seen(expression: str) -> None:
    assert not allowed(expression, None)
