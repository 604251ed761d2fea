"""Archives made for tests, from the bytes up."""

from __future__ import annotations

import io
import zipfile

__all__ = ["ARTICLE", "article", "pdf", "record", "zipped"]

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


def pdf(*pages: tuple[str, ...], title: str | None = None) -> bytes:
    """A PDF file with lines of text on its pages, written by hand."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        shown = b"BT /F1 12 Tf 14 TL 72 720 Td " + b" ".join(b"(%s) Tj T*" % line.encode() for line in lines) + b" ET"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    if title is not None:
        objects.append(b"<< /Title (%s) >>" % title.encode())
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    info = b" /Info %d 0 R" % len(objects) if title is not None else b""
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, info, len(data))
    )
