"""From bytes to text: which encoding, or what the bytes are instead of text."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from onrecord.errors import InputError

__all__ = ["Decoded", "decoded", "refuse_binary"]

#: First bytes of files that are not text, and what they are.
MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF file", "name it .pdf"),
    (b"PK\x03\x04", "a zip archive or an office document", "name an archive .zip, save a document as text"),
    (b"PK\x05\x06", "a zip archive without members", "leave it out"),
    (b"\x1f\x8b", "a gzip file", "name it .gz"),
    (b"BZh", "a bzip2 file", "unpack it with bunzip2"),
    (b"\xfd7zXZ\x00", "an xz file", "unpack it with unxz"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file", "unpack it with unzstd"),
    (b"Rar!", "a RAR archive", "unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "save it as text"),
    (b"{\\rtf", "a rich-text (RTF) document", "save it as text"),
    (b"\x89PNG", "a PNG image", "give the text that it shows"),
    (b"\xff\xd8\xff", "a JPEG image", "give the text that it shows"),
    (b"GIF8", "a GIF image", "give the text that it shows"),
    (b"RIFF", "a media file", "give its text"),
    (b"OggS", "a media file", "give its text"),
    (b"ID3", "a media file", "give its text"),
    (b"\x7fELF", "a program", "give a text file"),
    (b"MZ\x90", "a program", "give a text file"),
    (b"SQLite format 3\x00", "an SQLite database", "export its reports as JSON lines"),
    (b"PAR1", "a Parquet table", "name it .parquet"),
    (b"WARC/1.", "a web archive (WARC)", "name it .warc"),
)

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Control characters other than tab, line ends, form feed and escape. Wire copy and old files have a few of them.
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CHARACTERS = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")

#: How many bytes are looked at to tell an encoding without a mark.
SAMPLE = 100_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the encoding it was in.

    Attributes:
        encoding: a name that Python's codecs know: `data.decode(encoding, "replace") == text`.
        damaged: offsets of the characters U+FFFD that stand for bytes that could not be read.
    """

    text: str
    encoding: str
    damaged: tuple[int, ...] = ()


def decoded(data: bytes, *, declared: str | None = None) -> Decoded:
    r"""The text that bytes hold.

    Tried in this order: a byte-order mark; UTF-16 without a mark; UTF-8; the declared encoding (of a page);
    windows-1252 where few letters are outside ASCII; what charset-normalizer takes it for; windows-1252. Text
    that is UTF-8 but for a few bytes is read as UTF-8, with U+FFFD for those bytes. Line ends are kept.

    Raises:
        InputError: the bytes are not text.

    Example:
        >>> decoded(b"caf\xc3\xa9\r\n")
        Decoded(text='café\r\n', encoding='utf-8', damaged=())
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _strictly(data, name)
    if wide := _wide(data):
        return _strictly(data, wide)
    refuse_binary(data)
    try:
        return Decoded(data.decode(), "utf-8")
    except UnicodeDecodeError:
        pass
    if found := _declared(data, declared):
        return found
    if len(_CHARACTERS.findall(data)) >= 4 * _errors(data):
        return _repaired(data)
    return _guessed(data)


def refuse_binary(data: bytes) -> None:
    """Refuse bytes that are not text, by their first bytes or by NUL bytes or many control characters among them.

    Raises:
        InputError: the bytes are not text; it says what they look like.
    """
    for magic, what, remedy in MAGIC:
        if data.startswith(magic):
            raise InputError(f"this is {what}, not text", remedy)
    if data[4:8] == b"ftyp":
        raise InputError("this is a media file, not text", "give its text")
    if (found := _CONTROLS.search(data)) and (b"\0" in data or len(_CONTROLS.findall(data)) > 8 + len(data) // 100):
        raise InputError(
            f"this looks like a binary file (byte 0x{data[found.start()]:02X} at offset {found.start()})",
            "give a text file, a page or JSON lines",
        )


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: nearly every other byte is NUL, as in text of Latin letters."""
    sample = data[: SAMPLE - SAMPLE % 2]
    if len(data) % 2 or len(sample) < 8:
        return None
    half = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > half * 0.7 and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.7 and odd == 0 else None


def _strictly(data: bytes, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"the text is marked as {encoding} but cannot be read as such ({error.reason} at byte {error.start})",
            "save it as UTF-8",
        ) from error
    if "\0" in text:
        raise InputError("this looks like a binary file (a NUL character)", "give a text file, a page or JSON lines")
    return Decoded(text, encoding)


def _declared(data: bytes, declared: str | None) -> Decoded | None:
    if declared is None:
        return None
    # The WHATWG Encoding Standard reads these labels as windows-1252, which is what such pages are written in.
    name = "cp1252" if declared.lower() in {"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"} else declared
    try:
        text = data.decode(codecs.lookup(name).name)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None
    return Decoded(text, codecs.lookup(name).name) if isinstance(text, str) else None


def _errors(data: bytes) -> int:
    """How many stretches of bytes are not UTF-8."""
    return data.decode("utf-8", "replace").count("\ufffd") - data.count(b"\xef\xbf\xbd")


def _repaired(data: bytes) -> Decoded:
    text = data.decode("utf-8", "replace")
    return Decoded(text, "utf-8", tuple(m.start() for m in re.finditer("\ufffd", text)))


def _guessed(data: bytes) -> Decoded:
    for name in _candidates(data):
        try:
            return Decoded(data.decode(name), name)
        except (UnicodeDecodeError, LookupError):
            continue
    raise InputError("the text's encoding cannot be told", "save it as UTF-8")


def _candidates(data: bytes) -> list[str]:
    """Single-byte and other old encodings to try; windows-1252 first where few letters are outside ASCII.

    With so few, statistics cannot tell the encodings of Europe apart, and English texts are in windows-1252.
    """
    sample = data[:SAMPLE]
    if sum(byte > 127 for byte in sample) * 8 <= len(sample):
        return ["cp1252"]
    from charset_normalizer import from_bytes  # takes a while to import

    best = from_bytes(sample).best() if len(data) > 32 else None
    return [best.encoding, "cp1252"] if best else ["cp1252"]
