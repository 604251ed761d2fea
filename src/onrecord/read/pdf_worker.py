"""The text of a PDF file on standard input, as JSON on standard output; run as a program, within its limits.

It is a process of its own because a file can be made to take any time and memory, or to bring its reader down.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

__all__ = ["main"]


def main(pages: int, characters: int, memory: int, seconds: int) -> dict[str, Any]:
    """The texts of the pages, the title, and the numbers of pages that fail; or an error.

    Args:
        pages: most pages.
        characters: most characters of all pages together.
        memory: most bytes of memory.
        seconds: most seconds of computing.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
        count = len(document)
    except pypdfium2.PdfiumError as error:
        return {"error": str(error)}
    if count > pages:
        return {"error": f"it has {count:,} pages, more than {pages:,}"}
    texts: list[str] = []
    failed: list[int] = []
    for number in range(count):
        try:
            text = document[number].get_textpage().get_text_range()
        except pypdfium2.PdfiumError:
            failed.append(number + 1)
            text = ""
        # Where a word is parted at the end of a line, PDFium writes a character that is none.
        texts.append(text.replace("\ufffe", "-").replace("\x02", "-"))
        characters -= len(text)
        if characters < 0:
            return {"error": "it has too much text"}
    return {"pages": texts, "failed": failed, "title": document.get_metadata_dict().get("Title", "")}


if __name__ == "__main__":
    json.dump(main(*map(int, sys.argv[1:])), sys.stdout)
