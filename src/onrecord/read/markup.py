"""The visible characters of a page's markup, each with its place in it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

__all__ = ["Run", "runs", "text_runs"]

#: Characters, their start among the visible characters of all, and where the first of them stands.
Run = tuple[str, int, int]

# White space, and the characters that do not show: soft hyphens, zero-width marks, controls.
_HIDDEN = r"\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_VISIBLE = re.compile(rf"[^{_HIDDEN}]+")
_VISIBLE_OR_ENTITY = re.compile(
    rf"&(?:#[0-9]{{1,7}}|#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}});?|&|[^&{_HIDDEN}]+"
)
_TAG = re.compile(r"""<(?:/?[A-Za-z][^\s"'>/]*+(?:[^"'>]++|"[^"]*+"|'[^']*+')*+>|[!?])""")
_PLAIN_TAG = re.compile(r"<(?:/?[A-Za-z][^>]*+>|[!?])")
_OPENED = re.compile(r"</?[A-Za-z]")
_NAME = re.compile(r"<([A-Za-z]+)")

#: Elements whose content is not shown as text of the page.
_UNSEEN = ("script", "style", "title", "iframe", "noembed", "noframes")


def text_runs(text: str) -> Iterator[Run]:
    """The visible characters of plain text."""
    at = 0
    for found in _VISIBLE.finditer(text):
        yield found.group(), at, found.start()
        at += len(found.group())


def runs(markup: str) -> Iterator[Run]:
    r"""The visible characters of markup, without tags, comments and scripts, with entities resolved.

    One pass, in time linear in the length, whatever the markup: a tag or comment that never ends takes the rest.

    Example:
        >>> list(runs("<p>Fish &amp; chips</p>"))
        [('Fish', 0, 3), ('&', 4, 8), ('chips', 5, 14)]
    """
    at = 0
    for start, end in _stretches(markup):
        for found in _VISIBLE_OR_ENTITY.finditer(markup, start, end):
            words = found.group()
            if words[0] == "&":
                words = "".join(_VISIBLE.findall(html.unescape(words)))
            if words:
                yield words, at, found.start()
                at += len(words)


def _stretches(markup: str) -> Iterator[tuple[int, int]]:
    """Where the markup is neither tag nor comment nor script."""
    at, size = 0, len(markup)
    lowered = _Lowered(markup)
    pattern = _TAG
    while at < size:
        opened = markup.find("<", at)
        if opened < 0:
            yield at, size
            return
        tag = pattern.match(markup, opened)
        if tag is None and _OPENED.match(markup, opened):
            # Quotation marks that do not pair send the search to the end of the page: not more than once.
            pattern = _PLAIN_TAG
            tag = pattern.match(markup, opened)
        elif tag is None:
            yield at, opened + 1  # a bare "<" is text
            at = opened + 1
            continue
        if opened > at:
            yield at, opened
        at = _past(markup, opened, tag, lowered)


def _past(markup: str, opened: int, tag: re.Match[str] | None, lowered: _Lowered) -> int:
    """The first offset after the tag, comment or unseen element that starts at `opened`."""
    if markup.startswith("<!--", opened):
        return _after(markup, "-->", opened + 4)
    if tag is None or tag.group() in {"<!", "<?"}:
        return _after(markup, ">", opened)
    name = _NAME.match(tag.group())
    if name and name[1].lower() in _UNSEEN:
        return _after(markup, ">", lowered.find(f"</{name[1].lower()}", tag.end()))
    return tag.end()


def _after(markup: str, mark: str, start: int) -> int:
    found = markup.find(mark, start) if start >= 0 else -1
    return len(markup) if found < 0 else found + len(mark)


class _Lowered:
    """The markup in lower case, made when it is first searched; of the same length as the markup."""

    def __init__(self, markup: str) -> None:
        self._markup = markup
        self._lowered: str | None = None

    def find(self, words: str, start: int) -> int:
        if self._lowered is None:
            self._lowered = self._markup.translate(_LOWER)
        return self._lowered.find(words, start)


_LOWER = {c: c + 32 for c in range(ord("A"), ord("Z") + 1)}
