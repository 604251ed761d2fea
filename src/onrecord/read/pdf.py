"""Reports that are PDF files, whose text is taken out by a process of its own."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.errors import InputError
from onrecord.model import Unread
from onrecord.read.found import Found, missing, no_larger
from onrecord.read.limits import PDF_BYTES, TEXT_CHARACTERS, within
from onrecord.read.original import Original, Received, Result
from onrecord.read.text import report

__all__ = ["pdf_reports"]

#: The most pages, seconds and bytes of memory that one file gets.
PAGES, SECONDS, MEMORY = 2_000, 60, 2_000_000_000

_WORKER = Path(__file__).with_name("pdf_worker.py")


def pdf_reports(found: Found) -> Iterator[Result]:
    """The report that a PDF file is.

    The text is what the file holds, page after page, with lines, hyphens, headers and footers as they are. Pages end
    with a form feed, as pdftotext has it: the page of a character is one more than the form feeds before it. The file's
    title is taken; its date is when the file was made, and is not taken for that of publication. Since a PDF is no
    text, there is no map from the text into the original: anchors are on the text that was taken out.

    Raises:
        InputError: it is encrypted, damaged or has no text; it took too much time or memory; pypdfium2 is missing.
    """
    data = no_larger(found.file.read(PDF_BYTES + 1), PDF_BYTES)
    if importlib.util.find_spec("pypdfium2") is None:
        raise missing("reading PDF files", ModuleNotFoundError(name="pypdfium2"), "pdf")
    answer = _answer(data)
    pages = [str(page).replace("\0", "") for page in answer["pages"]]
    if not any(page.strip() for page in pages):
        raise InputError("the PDF file has no text: its pages are pictures", "have them read by an OCR program first")
    text = within("\n\f".join(pages))
    made = report(
        text,
        title=_title(answer["title"]),
        publisher=found.given.publisher,
        published=found.given.published,
        url=found.url,
        unread=_missing(pages, answer["failed"], len(text)),
    )
    place = found.place if found.place != "stdin" else f"stdin#{made.version}"
    # Bytes decoded as Latin-1 are always decoded; no stretch of the text points into them.
    yield Received(made, Original(found.url or place, "application/pdf", "latin-1", data, ()))


def _missing(pages: list[str], failed: list[int], length: int) -> tuple[Unread, ...]:
    """The pages that cannot be read, each marked at the form feed where it should stand."""
    found: list[Unread] = []
    for number in failed:
        at = sum(len(page) + 2 for page in pages[: number - 1])
        start = min(max(at - 1, 0), length - 1)
        found.append(Unread((start, start + 1), f"page {number} cannot be read"))
    return tuple(found)


def _answer(data: bytes) -> dict[str, Any]:
    # -P, since the folder of the program holds modules with names of the standard library.
    command = [sys.executable, "-P", str(_WORKER), str(PAGES), str(TEXT_CHARACTERS), str(MEMORY), str(SECONDS)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 - ours
    except subprocess.TimeoutExpired as error:
        raise InputError(f"the PDF file takes more than {SECONDS} seconds", "save its text by itself") from error
    if done.returncode != 0:
        cause = f"signal {-done.returncode}" if done.returncode < 0 else f"exit code {done.returncode}"
        raise InputError(f"the PDF file stops its reader ({cause}): it is damaged, or takes too much memory",
                         "save its text by itself")  # fmt: skip
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise InputError(f"the PDF file cannot be read ({answer['error']})", "save its text by itself")
    return dict(answer)


def _title(words: object) -> str | None:
    """The title, unless it is a file's name that a program put there."""
    title = " ".join(str(words or "").replace("\0", "").split())[:1000]
    unnamed = not title or title.lower().endswith((".doc", ".docx", ".pdf", ".indd", ".tmp", ".odt", ".rtf"))
    return None if unnamed or title.lower() in {"untitled", "microsoft word"} else title
