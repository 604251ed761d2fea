"""Which kind a file is, by its suffix and, without a known one, by its first bytes; and what reads that kind."""

from __future__ import annotations

import importlib
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, Literal, TypeAlias, cast

from onrecord.errors import InputError
from onrecord.read.found import Found, Reader
from onrecord.read.jsonl import one_a_line
from onrecord.read.original import Result
from onrecord.read.plugged import plugged, plugged_reports, plugged_suffixes
from onrecord.read.unpacking import Rejoined, some

__all__ = ["COUNTED", "NAMED_SUFFIXES", "SUFFIXES", "Kind", "kind_by_content", "kind_by_suffix", "reports_in",
           "suffixes"]  # fmt: skip

Kind: TypeAlias = Literal[
    "text", "page", "lines", "json", "gzip", "zip", "warc", "parquet", "message", "mailbox", "pdf", "captions", "feed"
]

#: Suffixes of each kind. Those of one file are the longest that fits: "a.jsonl.gz" is packed JSON lines.
_SUFFIXES: dict[Kind, tuple[str, ...]] = {
    "text": (".txt", ".text", ".md", ".markdown"),
    "page": (".html", ".htm", ".xhtml"),
    "lines": (".jsonl", ".ndjson"),
    "json": (".json",),
    "warc": (".warc",),
    "parquet": (".parquet",),
    "message": (".eml",),
    "mailbox": (".mbox",),
    "pdf": (".pdf",),
    "captions": (".srt", ".vtt"),
    "feed": (".rss", ".atom"),
    "zip": (".zip",),
}

#: Kinds in which each report, or what fails in its place, can be counted before they are read.
COUNTED: tuple[Kind, ...] = ("text", "page", "lines", "json", "message", "pdf", "captions")

_PLAIN_SUFFIXES = tuple(suffix for suffixes in _SUFFIXES.values() for suffix in suffixes)

#: Suffixes of the files that are taken from a folder or an archive; a file named by itself is read whatever its suffix.
SUFFIXES = _PLAIN_SUFFIXES + tuple(s + ".gz" for s in _PLAIN_SUFFIXES if s not in _SUFFIXES["zip"])

#: The suffixes, for people.
NAMED_SUFFIXES = f"{' '.join(_PLAIN_SUFFIXES)} (or one of them with .gz)"

#: Where each kind is read: module, function. Modules are imported on use, since some take a while or are extras.
_READERS: dict[Kind, tuple[str, str]] = {
    "text": ("plain", "plain_report"),
    "page": ("pages", "page_reports"),
    "lines": ("jsonfiles", "line_reports"),
    "json": ("jsonfiles", "json_reports"),
    "gzip": ("archives", "gzip_reports"),
    "zip": ("archives", "zip_reports"),
    "warc": ("warc", "warc_reports"),
    "parquet": ("parquet", "parquet_reports"),
    "message": ("mail", "message_reports"),
    "mailbox": ("mail", "mailbox_reports"),
    "pdf": ("pdf", "pdf_reports"),
    "captions": ("captions", "caption_reports"),
    "feed": ("feeds", "feed_reports"),
}

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"WARC/1.", "warc"),
    (b"PAR1", "parquet"),
    (b"%PDF-", "pdf"),
    (b"WEBVTT", "captions"),
    (b"\xef\xbb\xbfWEBVTT", "captions"),
)
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_FEED = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<[?!][^>]{0,500}>\s*){0,5}<(?:rss|feed|rdf:RDF)\b"
)
_HEADERS = re.compile(
    rb"(?:Return-Path|Received|Delivered-To|Message-ID|MIME-Version|X-[A-Za-z-]{1,40}): ", re.IGNORECASE
)
_FROM = re.compile(rb"^From: ", re.IGNORECASE | re.MULTILINE)
_MAILBOX = re.compile(rb"From \S{1,300}[ \t]+(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ")
_OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"')
_ARRAY = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*\{")

#: How much of a file without a known suffix is looked at to tell what it is.
HEAD = 65_536


def kind_by_suffix(suffix: str) -> Kind | None:
    """The kind of files with the suffix; None if it says nothing.

    Example:
        >>> kind_by_suffix(".htm"), kind_by_suffix(".gz"), kind_by_suffix(".xyz")
        ('page', 'gzip', None)
    """
    if suffix == ".gz":
        return "gzip"
    return next((kind for kind, suffixes in _SUFFIXES.items() if suffix in suffixes), None)


def kind_by_content(head: bytes) -> Kind:
    """The kind that the first bytes look like; plain text if like nothing else.

    Example:
        >>> kind_by_content(b"<!doctype html><html>"), kind_by_content(b"Talks failed.")
        ('page', 'text')
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if _OBJECT.match(head) or _ARRAY.match(head):
        return "lines" if one_a_line(head) else "json"
    if _MAILBOX.match(head):
        return "mailbox"
    if _HEADERS.match(head) and _FROM.search(head):
        return "message"
    if _FEED.match(_narrowed(head)):
        return "feed"
    return "page" if _PAGE.match(_narrowed(head)) else "text"


def suffixes() -> tuple[str, ...]:
    """`SUFFIXES`, and those that plugins read."""
    own = plugged_suffixes()
    return (*SUFFIXES, *own, *(f"{suffix}.gz" for suffix in own))


def reports_in(found: Found, kind: Kind | None = None) -> Iterator[Result]:
    """The reports in an open file, of the kind given, or told by its suffix, or by its content.

    Raises:
        InputError: without a subject; the file as a whole, or what is left of it, cannot be read.
    """
    kind = kind or kind_by_suffix(found.suffix)
    if kind is None and (plugin := plugged(found.suffix)):
        yield from plugged_reports(plugin, found)
        return
    if kind is None:
        head = _head(found.file)
        kind = kind_by_content(head)
        found = replace(found, file=_from_start(found, head))
    module, name = _READERS[kind]
    reader = cast("Reader", getattr(importlib.import_module(f"onrecord.read.{module}"), name))
    yield from reader(found)


def _head(file: BinaryIO) -> bytes:
    """The first bytes, up to a fault, which comes again when it is read on."""
    head = b""
    try:
        while len(head) < HEAD and (piece := some(file, HEAD - len(head))):
            head += piece
    except InputError:
        if not head:
            raise
    return head


def _from_start(found: Found, head: bytes) -> io.BufferedReader:
    """The file from its start: the same one where it can go back, since some kinds are not read in order."""
    if found.file.seekable() and isinstance(found.file, io.BufferedReader):
        found.file.seek(-len(head), io.SEEK_CUR)
        return found.file
    return io.BufferedReader(Rejoined(head, found.file))


def _narrowed(head: bytes) -> bytes:
    """The head in UTF-8, if it is marked as UTF-16."""
    return head.decode("utf-16", "ignore").encode("utf-8", "ignore") if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else head
