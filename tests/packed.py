"""Archives made for tests, from the bytes up."""

from __future__ import annotations

import io
import zipfile

__all__ = ["ARTICLE", "article", "record", "zipped"]

ARTICLE = (
    "Crews of both ferries met on Monday in the port, the mediator {name} said, and they agreed to talk again before "
    "the end of the month about the pay that was promised to them."
)


def article(name: str = "Ivers", head: str = "", encoding: str = "utf-8") -> bytes:
    """A page with an article of one paragraph."""
    return (
        f"<!DOCTYPE html><html><head><title>Talks</title>{head}</head><body><article><p>{ARTICLE.format(name=name)}"
        "</p></article></body></html>"
    ).encode(encoding)


def record(
    address: str,
    body: bytes,
    *,
    kind: str = "response",
    content: str | None = "text/html; charset=utf-8",
    status: str = "200 OK",
    headers: str = "",
) -> bytes:
    """A record of a web archive with the answer of a server."""
    described = f"Content-Type: {content}\r\n" if content else ""
    answer = f"HTTP/1.1 {status}\r\n{described}{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body
    return (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2021-03-04T10:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:6a0f3f3e-0d5c-4b57-9f4a-2f3c5b9f0a10>\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(answer)}\r\n\r\n"
    ).encode() + answer + b"\r\n\r\n"  # fmt: skip


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip archive with the members in this order."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()
