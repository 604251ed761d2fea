"""Captions of broadcasts and films (SubRip .srt, WebVTT .vtt) as running text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.errors import InputError
from onrecord.read.encodings import decoded
from onrecord.read.found import Found, no_larger
from onrecord.read.limits import TEXT_BYTES, within
from onrecord.read.original import Original, Received, Result
from onrecord.read.text import report

__all__ = ["caption_reports", "running_text"]

_CLOCK = r"(?:([0-9]{1,3}):)?([0-9]{1,2}):([0-9]{2})[.,]([0-9]{3})"
_TIMING = re.compile(rf"\s*{_CLOCK}\s*-->\s*{_CLOCK}")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_TAG = re.compile(r"<[^<>]{0,200}>|\{\\[^{}]{0,200}\}|&(?:#?[A-Za-z0-9]{1,10});")
_VOICE = re.compile(r"<v(?:\.[^\s>]{0,100})?\s{1,20}([^>]{1,100})>")
#: What a line starts with when another person speaks: ">>", a dash, or a name in capitals with a colon.
_SPEAKER = re.compile(r"\s*(?:>>|[-–—]\s?\w|[A-Z][A-Z .'’-]{1,40}:\s)")
_ENDED = re.compile(r"[.!?…]['\"’”)]*\s*\Z")

#: Seconds without words after which a new paragraph starts; and characters after which one starts with a sentence.
PAUSE, LONG = 3.0, 600


@dataclass(frozen=True, slots=True)
class _Cue:
    start: float
    end: float
    lines: tuple[tuple[str, int], ...]  # with the offset at which each stands


def caption_reports(found: Found) -> Iterator[Result]:
    """The report that a file of captions is.

    Cues are joined into paragraphs, which part where the speaker changes, after a pause, and between sentences where
    they grow long. Lines that a rolling caption repeats stand once. A WebVTT voice (`<v Ada>`) becomes "Ada: ". The
    map from the text to the original says where each word stands there, and with it the time of its cue.

    Raises:
        InputError: there are no cues.
    """
    data = no_larger(found.file.read(TEXT_BYTES + 1), TEXT_BYTES)
    read = decoded(data, declared=found.charset)
    text, segments = running_text(read.text)
    given = found.given
    made = report(within(text), published=given.published, publisher=given.publisher, url=found.url)
    kind = "text/vtt" if read.text.lstrip("\ufeff").startswith("WEBVTT") else "application/x-subrip"
    place = found.place if found.place != "stdin" else f"stdin#{made.version}"
    yield Received(made, Original(found.url or place, kind, read.encoding, data, segments))


def running_text(captions: str) -> tuple[str, tuple[tuple[int, int, int], ...]]:
    r"""The words of captions in paragraphs, and where each stretch of them stands.

    Raises:
        InputError: there are no cues.

    Example:
        >>> running_text("1\n00:00:01,000 --> 00:00:02,000\nTalks failed.\n\n2\n00:00:09,000 --> 00:00:10,000\nNo end.")
        ('Talks failed.\n\nNo end.', ((0, 32, 13), (15, 79, 7)))
    """
    parts: list[str] = []
    segments: list[tuple[int, int, int]] = []
    length = paragraph = 0
    last: tuple[str, ...] = ()
    ended: float | None = None
    voice: str | None = None
    for cue in _cues(captions):
        fresh = tuple(words for line, _ in cue.lines if (words := _words(line)))
        for line, at in cue.lines:
            words = _words(line)
            if not words or words in last:
                continue
            speaking = _VOICE.search(line)
            name = " ".join(html.unescape(speaking[1]).split()) if speaking else voice
            parted = ended is None or cue.start - ended >= PAUSE or name != voice or bool(_SPEAKER.match(words))
            parted = parted or (paragraph > LONG and _ENDED.search(parts[-1][-50:]) is not None)
            pieces = [("" if not parts else "\n\n" if parted else " ", None)]
            pieces += [(f"{name}: ", None)] if name and name != voice else []
            paragraph = 0 if parted else paragraph
            for piece, origin in [*pieces, *_pieces(line, at)]:
                if origin is not None and piece:
                    segments.append((length, origin, len(piece)))
                parts.append(piece)
                length += len(piece)
                paragraph += len(piece)
            voice, ended = name, cue.end
        last, ended = fresh or last, cue.end
    text = "".join(parts)
    if not text.strip():
        raise InputError("there are no captions with times", "give SubRip (.srt) or WebVTT (.vtt) captions")
    return text, tuple(segments)


def _cues(captions: str) -> Iterator[_Cue]:
    timing: tuple[float, float] | None = None
    lines: list[tuple[str, int]] = []
    for found in _LINE.finditer(captions):
        line = found.group().rstrip("\r\n")
        if times := _TIMING.match(line):
            if timing and lines:
                yield _Cue(*timing, tuple(lines))
            timing, lines = (_seconds(*times.groups()[:4]), _seconds(*times.groups()[4:])), []
        elif not line.strip():
            if timing and lines:
                yield _Cue(*timing, tuple(lines))
            timing, lines = None, []
        elif timing:
            lines.append((line, found.start()))
    if timing and lines:
        yield _Cue(*timing, tuple(lines))


def _seconds(hours: str | None, minutes: str, seconds: str, thousandths: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + int(thousandths) / 1000


def _words(line: str) -> str:
    """The line as it is shown."""
    return "".join(piece for piece, _ in _pieces(line, 0))


def _pieces(line: str, at: int) -> list[tuple[str, int | None]]:
    """What is shown of the line, each with its place; None for what stands there as an entity."""
    pieces: list[tuple[str, int | None]] = []
    stripped = line.strip()
    start = line.index(stripped) if stripped else 0
    end = start + len(stripped)
    for found in _TAG.finditer(line, start, end):
        pieces.append((line[start : found.start()], at + start))
        if found.group().startswith("&"):
            pieces.append((html.unescape(found.group()), None))
        start = found.end()
    return [*pieces, (line[start:end], at + start)]
