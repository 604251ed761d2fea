"""A few small inputs of each kind, from which fuzzing goes on. The words are our own."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from functools import cache
from pathlib import Path

__all__ = ["seeds", "write"]

TEXT = (
    "PORT VARNA, May 3 (Coast Wire) -- Foreign Minister Anna Berg said on Friday that at least 12 people, five of them "
    "children, had been killed in Kassala. \u201cWe will not sign unless the siege is lifted,\u201d she told us.\n\n"
    "The rebels, who met her in March, denied it: about 4,000 men had left the town, a spokesman for the group said."
)
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><title>Talks &amp; terms</title><script type="application/ld+json">'
    '{"@type": "NewsArticle", "datePublished": "2024-05-03"}</script></head><body><nav><a href="/">Home</a></nav>'
    f"<article><p>{TEXT.split(chr(10))[0]}</p><p>He said so.</p></article></body></html>"
)
MESSAGE = (
    "From: Desk <desk@harbour.example>\nSubject: =?utf-8?q?Talks_=C3=A9?=\nDate: Fri, 03 May 2024 10:00:00 +0000\n"
    "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + TEXT
)
FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour</title><link>https://harbour.example</link><item>'
    "<title>Talks</title><guid>1</guid><link>https://harbour.example/1</link><pubDate>Fri, 03 May 2024 10:00:00 GMT"
    f"</pubDate><description>{TEXT[:120]}</description></item></channel></rss>"
)
CAPTIONS = "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Anna Berg>We will not sign.\n\n00:04.000 --> 00:05.000\n- No?\n"
ENTRY = {"id": "r1", "text": TEXT, "title": "Talks", "published": "2024-05-03", "publisher": "Harbour Post"}


def _warc() -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + PAGE.encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://harbour.example/1\r\n"
        "WARC-Date: 2024-05-03T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:6a0f3f3e-0d5c-4b57-9f4a-2f3c5b9f0a10>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def _parquet() -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    out = io.BytesIO()
    parquet.write_table(pa.table({name: [value] for name, value in ENTRY.items()}), out)
    return out.getvalue()


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/talks.txt", TEXT)
        archive.writestr("b.html", PAGE)
    return out.getvalue()


def _pdf() -> bytes:
    shown = b"BT /F1 12 Tf 72 720 Td (The minister said that talks had failed.) Tj ET"
    return (
        b"%%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"
        b"2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n"
        b"3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 << "
        b"/Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >> endobj\n"
        b"4 0 obj << /Length %d >> stream\n%s\nendstream endobj\ntrailer << /Root 1 0 R /Size 5 >>\n%%%%EOF"
        % (len(shown), shown)
    )


def _wire() -> bytes:
    from onrecord.annotators.reading import annotated
    from onrecord.annotators.settings import Settings
    from onrecord.read.text import report
    from onrecord.wire import encode

    return encode(annotated(report(TEXT, published="2024-05-03"), Settings(models=False)))


def _mailbox() -> bytes:
    return b"From desk@harbour.example Fri May  3 10:00:00 2024\n" + MESSAGE.encode() + b"\n\n"


@cache
def _all() -> dict[str, tuple[bytes, ...]]:
    line = json.dumps(ENTRY).encode()
    text = TEXT.encode()
    read = {
        "text": (text, text.decode().encode("utf-16")),
        "page": (PAGE.encode(), PAGE.encode("utf-16")),
        "lines": (line + b"\n" + line.replace(b"r1", b"r2"),),
        "json": (b"[" + line + b"]", line),
        "gzip": (gzip.compress(text), gzip.compress(line)),
        "zip": (_zip(),),
        "warc": (_warc(),),
        "parquet": (_parquet(),),
        "message": (MESSAGE.encode(),),
        "mailbox": (_mailbox(),),
        "pdf": (_pdf(),),
        "captions": (CAPTIONS.encode(), CAPTIONS.replace(".000", ",000").partition("\n\n")[2].encode()),
        "feed": (FEED.encode(),),
    }
    texts = (text, "\u202eHe said \u201cno\u201d \u200b12 men e\u0301\u0323 on Mon. 3/5/24 --".encode())
    return {
        **{f"read-{kind}": given for kind, given in read.items()},
        "read-any": tuple(one for given in read.values() for one in given),
        **{f"annotate{part}": texts for part in ("", "-times", "-names", "-attributions", "-events", "-figures")},
        "anchors": (b"\x20\x03\x05\x02" + text,),
        "wire": (_wire(),),
        "search": (b'cease* "prisoner exchange" -rumour AND (NEAR',),
    }


def seeds(target: str) -> tuple[bytes, ...]:
    """The inputs that fuzzing of a target begins with."""
    return _all()[target]


def write(target: str, folder: Path) -> None:
    """Write them as files of a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds(target)):
        (folder / f"seed-{number}").write_bytes(data)
