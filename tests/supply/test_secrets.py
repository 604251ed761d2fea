"""No file of the repository holds a secret (private key, known token, or a random string with such a name)."""

from __future__ import annotations

import math
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

#: Forms that say by themselves what they are.
KNOWN = {
    "a private key": r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----",
    "a minisign secret key": r"\bRWRTY0Iy[A-Za-z0-9+/]{20}",
    "an age key": r"\bAGE-SECRET-KEY-1[A-Z0-9]{20}",
    "a key of AWS": r"\bA(?:KIA|SIA)[A-Z0-9]{16}\b",
    "a token of GitHub": r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{40})",
    "a token of GitLab": r"\bglpat-[A-Za-z0-9_-]{20}",
    "a token of Slack": r"\bxox[abprs]-[A-Za-z0-9-]{10}",
    "a token of PyPI": r"\bpypi-AgE[A-Za-z0-9_-]{50}",
    "a token of Hugging Face": r"\bhf_[A-Za-z0-9]{30}",
    "a key of a model provider": r"\bsk-[A-Za-z0-9_-]{32}",
    "a key of Google": r"\bAIza[A-Za-z0-9_-]{35}",
    "a JSON web token": r"\beyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.",
    "a password in an address": r"\b[a-z][a-z+]*://[^\s/:@\"'<>{}]+:(?!PASSWORD|secret@|\*)[^\s/@\"'<>{}]{6,}@",
}
#: A name for something secret, and what it is given.
GIVEN = re.compile(
    r"(?i)(?:passw(?:or)?d|secret|token|api_?key|credential)[\w-]*[\"']?\s*[:=]\s*[\"']([A-Za-z0-9+/=_-]{16,})[\"']"
)
BITS = 3.5  # a character, from which a string looks random: words have less, hexadecimal digits up to 4, base64 up to 6


def secrets(text: str) -> Iterator[str]:
    """What in a text looks like a secret."""
    for kind, pattern in KNOWN.items():
        if re.search(pattern, text):
            yield kind
    yield from (f"a random string ({given})" for given in GIVEN.findall(text) if _bits(given) > BITS)


def _bits(text: str) -> float:
    """Shannon entropy of a string's characters, in bits a character."""
    counts = Counter(text)
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts.values())


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode != 0:
        pytest.skip("not a clone of the repository")
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def test_no_tracked_file_holds_a_secret() -> None:
    looked_at, found = 0, {}
    for path in _tracked():
        data = path.read_bytes()
        if path == Path(__file__) or b"\0" in data[:8000]:
            continue
        looked_at += 1
        if kinds := list(secrets(data.decode("utf-8", "replace"))):
            found[path.relative_to(ROOT).as_posix()] = kinds
    assert looked_at > 300
    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN OPENSSH PRIVATE KEY-----",
        "AKIA" + "Q2W3E4R5T6Y7U8I9",
        "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
        "postgresql://user:hunter2hunter2@db.example.org/news",
        'API_KEY = "9f8c2b7e41d05a6377fe0c1d"',
        '{"client_secret": "Zk3vQ9xT1mB7yR5wL0pD"}',
    ],
)
def test_a_secret_is_seen(text: str) -> None:
    assert list(secrets(text))


@pytest.mark.parametrize(
    "text", ['token = "replace-me-please"', "password = get_password()", "postgresql://user@host/news"]
)
def test_what_is_none_is_let_be(text: str) -> None:
    assert list(secrets(text)) == []
