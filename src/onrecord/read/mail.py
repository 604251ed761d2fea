"""Reports in e-mail: single messages (.eml, RFC 5322) and mailboxes (.mbox, RFC 4155)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from typing import BinaryIO

from onrecord.errors import InputError
from onrecord.read.alignment import segments
from onrecord.read.dates import published_at
from onrecord.read.encodings import Decoded, decoded
from onrecord.read.found import Found, no_larger
from onrecord.read.fragments import fragment_text
from onrecord.read.jsonl import address
from onrecord.read.limits import MAIL_BYTES, within
from onrecord.read.original import Original, Received, Result
from onrecord.read.plain import damage
from onrecord.read.quoted import quoted
from onrecord.read.text import report

__all__ = ["mailbox_reports", "message_reports"]

_UNCODED = ("7bit", "8bit", "binary", "")


def message_reports(found: Found) -> Iterator[Result]:
    """The report that one message is.

    The text is the plain part's, kept to the character, else that of the HTML part. Publisher is who it is from, by
    name if there is one; title is the subject; date and id are the message's own. Earlier messages that it quotes
    stay in the text and are marked as not read: they are somebody else's words. Attachments are left aside.

    Raises:
        InputError: it has no text, or cannot be taken apart.
    """
    yield _message(no_larger(found.file.read(MAIL_BYTES + 1), MAIL_BYTES), found, None)


def mailbox_reports(found: Found) -> Iterator[Result]:
    """The reports of a mailbox, one a message, read one at a time; a message that fails is one error."""
    number = 0
    for number, data in enumerate(_messages(found.file), start=1):
        subject = f"{found.subject}:message {number}"
        try:
            if isinstance(data, InputError):
                raise data
            yield _message(data, found, number)
        except InputError as error:
            yield InputError(error.cause, error.remedy, subject=subject)
    if not number:
        raise InputError("the mailbox is empty", "give a mailbox with messages")


def _messages(file: BinaryIO) -> Iterator[bytes | InputError]:
    """The messages between lines that start with "From " after a blank line."""
    lines: list[bytes] = []
    size, blank, started = 0, True, False
    while line := file.readline(1 << 16):
        if blank and line.startswith(b"From "):
            if started:
                yield _whole(lines, size)
            lines, size, started = [], 0, True
        elif line.strip() or started:
            started = True
            size += len(line)
            if size <= MAIL_BYTES:
                lines.append(line)
        blank = not line.strip()
    if started:
        yield _whole(lines, size)


def _whole(lines: list[bytes], size: int) -> bytes | InputError:
    if size > MAIL_BYTES:
        return InputError(f"the message has more than {MAIL_BYTES:,} bytes", "save its text by itself")
    return b"".join(lines)


def _message(data: bytes, found: Found, number: int | None) -> Received:
    if not data.strip():
        raise InputError("the message is empty", "give a message with text")
    try:
        message = message_from_bytes(data, policy=policy.default)
        body = message.get_body(("plain", "html"))
        payload = None if body is None else body.get_payload(decode=True)
        if body is None or not isinstance(payload, bytes):
            raise InputError("the message has no text", "save its attachments, and give those")  # noqa: TRY301
        html = body.get_content_type() == "text/html"
        read = decoded(payload, declared=body.get_content_charset())
        coded = str(body.get("Content-Transfer-Encoding", "")).strip().lower() not in _UNCODED
        named = replace(found.given, published=_published(message) or found.given.published,
                        publisher=_sender(message) or found.given.publisher)  # fmt: skip
        title, identity = _line(message, "Subject"), _line(message, "Message-ID")
    except InputError:
        raise
    except Exception as error:  # a message made to break the parser must not cost the other messages
        raise InputError(f"the message cannot be taken apart ({type(error).__name__})", "save its text") from error
    text = within(fragment_text(read.text) if html else read.text)
    identity = identity.strip("<> ") if identity else None
    made = report(text, id=identity or None, title=title, publisher=named.publisher, published=named.published,
                  unread=(*(() if html else damage(read)), *quoted(text)))  # fmt: skip
    encoding = "utf-8" if coded else read.encoding
    return Received(
        made,
        Original(
            address=address(found.place, number, identity or None, None, made.version),
            media_type="message/rfc822",
            encoding=encoding,
            data=data,
            segments=_segments(text, Decoded(data.decode(encoding, "replace"), encoding), html=html),
        ),
    )


def _segments(text: str, raw: Decoded, *, html: bool) -> tuple[tuple[int, int, int], ...]:
    """The stretches of the text that stand in the message, below its headers; none in what is coded as base64."""
    ends = [at for mark in ("\n\n", "\r\n\r\n") if (at := raw.text.find(mark)) >= 0]
    below = min(ends, default=0)
    return tuple((t, o + below, n) for t, o, n in segments(text, raw.text[below:], markup=html))


def _published(message: Message) -> str | None:
    value = message.get("Date")
    try:
        return published_at(str(value)) if value else None
    except InputError:
        return None


def _sender(message: EmailMessage) -> str | None:
    header = message.get("From")
    addresses = getattr(header, "addresses", ())
    if not addresses:
        return None
    name = " ".join(addresses[0].display_name.split())
    return _clean(name or addresses[0].addr_spec)


def _line(message: Message, name: str) -> str | None:
    value = message.get(name)
    return None if value is None else _clean(" ".join(str(value).split()))


def _clean(words: str) -> str | None:
    """Words that a record can keep; headers may hold half characters."""
    return words.encode("utf-8", "replace").decode().replace("\0", "")[:1000] or None
