from __future__ import annotations

import io
import itertools
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotators.reading import annotated
from onrecord.annotators.settings import Settings
from onrecord.errors import InputError
from onrecord.read import received
from onrecord.read.original import Received
from onrecord.read.quoted import quoted

TEXT = "The mediator said on Thursday that the talks in Geneva had failed after three hours of argument.\n"
REPLY = (
    "We do not share this view.\n\nOn Thu, 4 Mar 2021 at 10:00, Ada Ivers <ada@harbour.example>\nwrote:\n"
    "> Police said 40 people were killed.\n> Nobody denied it.\n\nThe ministry said two people were wounded.\n"
)


def message(text: str = TEXT, **options: Any) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Harbour Press Office <press@harbour.example>"
    made["Date"] = "Thu, 04 Mar 2021 10:00:00 +0100"
    made["Subject"] = "Talks in Geneva: søndag"
    made["Message-ID"] = "<one@harbour.example>"
    made.set_content(text, **options)
    return made


def read(data: bytes, folder: Path, name: str = "a.eml") -> Received:
    (folder / name).write_bytes(data)
    (found,) = received([folder / name])
    assert isinstance(found, Received), found
    return found


def holds(found: Received) -> int:
    """How many characters of the text stand in the original, after a check that they do."""
    for start, at, length in found.original.segments:
        assert found.report.text[start : start + length] == found.original.decoded[at : at + length]
    return sum(length for _, _, length in found.original.segments)


def test_the_headers_say_who_when_and_what(tmp_path: Path) -> None:
    found = read(bytes(message()), tmp_path)
    assert found.report.text == TEXT
    assert found.report.publisher == "Harbour Press Office"
    assert found.report.published == "2021-03-04T10:00:00+01:00"
    assert found.report.title == "Talks in Geneva: søndag"
    assert found.report.id == "one@harbour.example"
    assert found.original.address == f"{tmp_path}/a.eml#id:one@harbour.example"
    assert holds(found) >= len(TEXT) - 3


@pytest.mark.parametrize(("cte", "least"), [("quoted-printable", 0.8), ("8bit", 0.95), ("base64", 0.0)])
def test_words_are_found_in_the_message_unless_it_is_coded_as_base64(cte: str, least: float, tmp_path: Path) -> None:
    text = TEXT * 3 + "“They left,” said Søren Ærø, who had waited for an answer since the beginning of the week.\n"
    found = read(message(text, cte=cte).as_bytes(), tmp_path)
    assert found.report.text == text
    assert holds(found) >= least * len(text)


def test_the_plain_part_is_preferred_and_html_is_read_where_there_is_none(tmp_path: Path) -> None:
    both = message()
    both.add_alternative("<p>Other words.</p>", subtype="html")
    both.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="a.pdf")
    assert read(both.as_bytes(), tmp_path).report.text == TEXT
    alone = message(f"<html><head><style>p {{}}</style></head><body><p>{TEXT}</p><p>They left.</p></body></html>",
                    subtype="html")  # fmt: skip
    found = read(alone.as_bytes(), tmp_path)
    assert found.report.text == f"{TEXT.strip()}\n\nThey left."
    assert holds(found) > 80


def test_earlier_messages_are_kept_but_not_read_as_the_senders_words(tmp_path: Path) -> None:
    found = read(message(REPLY).as_bytes(), tmp_path)
    assert found.report.text == REPLY
    (part,) = found.report.unread
    assert REPLY[slice(*part.span)].startswith("On Thu")
    assert REPLY[slice(*part.span)].endswith("denied it.\n")
    result = annotated(found.report, Settings(models=False))
    assert result.report.text == REPLY
    assert [f.text for f in result.figures] == ["two"]
    assert all(not (part.span[0] <= a.cue.spans[0][0] < part.span[1]) for a in result.attributions)


def test_a_message_that_is_all_quotation_is_read_as_nothing(tmp_path: Path) -> None:
    found = read(message("> Police said 40 people were killed.\n").as_bytes(), tmp_path)
    assert annotated(found.report, Settings(models=False)).figures == ()


def test_below_original_message_all_is_quoted_but_what_is_forwarded_is_not() -> None:
    text = "Seen.\n\n-----Original Message-----\nFrom: Ada\n\nTalks failed.\n"
    assert [text[slice(*u.span)] for u in quoted(text)] == [text[7:]]
    assert quoted("FYI\n\n---------- Forwarded message ---------\nFrom: Ada\n\nTalks failed.\n") == ()


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("> \nOnwrote:-x"), max_size=200))
def test_quoted_parts_are_in_order_and_apart(text: str) -> None:
    spans = [part.span for part in quoted(text)]
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert spans == sorted(spans)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))


def test_a_mailbox_has_a_report_a_message_and_one_error_for_each_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.read.mail.MAIL_BYTES", 5_000)
    other = message("They left.\n\nFrom here on nobody spoke.\n".replace("\n\nFrom", "\n\n>From"))
    other.replace_header("Message-ID", "<two@harbour.example>")
    start = b"From press@harbour.example Thu Mar  4 10:00:00 2021\n"
    large = message("x" * 9_000)
    empty = message("")
    mailbox = b"\n".join(start + m.as_bytes() for m in (message(), large, empty, other))
    (tmp_path / "a.mbox").write_bytes(mailbox)
    results = list(received([tmp_path]))
    assert [r.report.id if isinstance(r, Received) else str(r.subject)[-9:] for r in results] == [
        "one@harbour.example", "message 2", "message 3", "two@harbour.example",
    ]  # fmt: skip
    assert [type(r) for r in received(["-"], stdin=io.BytesIO(mailbox))] == [type(r) for r in results]


@pytest.mark.parametrize(
    ("head", "published", "publisher"),
    [
        (b"Date: yesterday\nFrom: a@harbour.example\n", "2020-01-01", "a@harbour.example"),
        (b"Date: \nFrom: \n", "2020-01-01", "Given"),
        (b"From: =?utf-8?q?Ada?= =?broken\nDate: Thu, 4 Mar 2021\n", "2021-03-04", None),
    ],
)
def test_headers_that_cannot_be_read_are_unknown(
    head: bytes, published: str, publisher: str | None, tmp_path: Path
) -> None:
    (tmp_path / "a.eml").write_bytes(head + b"\nTalks failed.\n")
    (found,) = received([tmp_path / "a.eml"], published="2020-01-01", publisher="Given")
    assert isinstance(found, Received)
    assert found.report.published == published
    assert publisher is None or found.report.publisher == publisher


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_no_message_stops_the_reading(data: bytes) -> None:
    results = list(received(["-"], stdin=io.BytesIO(b"Received: x\nFrom: a@b\n" + data)))
    assert all(isinstance(r, Received | InputError) for r in results)
