"""Lists of feeds: OPML, as feed readers export it, or plain text with an address a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from onrecord.errors import InputError
from onrecord.read.encodings import decoded
from onrecord.read.hosts import is_address
from onrecord.read.limits import FEED_BYTES

__all__ = ["feeds_listed"]


def feeds_listed(targets: Iterable[str]) -> Iterator[str | InputError]:
    """The addresses of feeds that the targets name, each once; an error for each line or file that names none.

    A target is an address, an OPML file, or a text file with an address a line, in which lines that start with "#"
    are left aside.

    Example:
        >>> list(feeds_listed(["https://harbour.example/feed", "https://harbour.example/feed"]))
        ['https://harbour.example/feed']
    """
    seen: set[str] = set()
    for target in targets:
        for found in [target] if is_address(target) else _in_file(target):
            if isinstance(found, InputError):
                yield found
            elif found not in seen:
                seen.add(found)
                yield found


def _in_file(path: str) -> list[str | InputError]:
    try:
        with open(path, "rb") as file:
            data = file.read(FEED_BYTES)
    except OSError as error:
        return [InputError(f"the list cannot be read ({error.strerror or error})", "check the path", subject=path)]
    try:
        found = _outlines(data, path) if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else _lines(data, path)
    except InputError as error:
        return [InputError(error.cause, error.remedy, subject=path)]
    return found or [InputError("the list names no feed", "give OPML, or an address a line", subject=path)]


def _outlines(data: bytes, path: str) -> list[str | InputError]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=False)
    try:
        tree = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"the OPML is malformed ({error})", "export it again, or give an address a line") from error
    found = [" ".join((outline.get("xmlUrl") or "").split()) for outline in tree.iter("outline")]
    return [_checked(address, path, number) for number, address in enumerate(found, start=1) if address]


def _lines(data: bytes, path: str) -> list[str | InputError]:
    lines = decoded(data).text.lstrip("\ufeff").splitlines()
    return [_checked(line.strip(), path, number) for number, line in enumerate(lines, start=1)
            if line.strip() and not line.strip().startswith("#")]  # fmt: skip


def _checked(address: str, path: str, number: int) -> str | InputError:
    if is_address(address):
        return address
    return InputError(f"{address[:80]!r} is no address of a feed", "give an http or https address",
                      subject=f"{path}:{number}")  # fmt: skip
