"""Which reports may be copies of one another, without comparing each with each.

A sketch keeps one in `ONE_IN` of a text's runs of four words, chosen by the run's own number, so that two texts keep
the same runs wherever they share them (the "mod m" sketch of Broder, On the resemblance and containment of documents,
1997). The shared part of two sketches estimates the shared part of the texts, also where a short text lies in a long
one, which bands of a min-wise sketch, made for texts that resemble each other as wholes, mostly miss.
"""

from __future__ import annotations

from hashlib import blake2b

import msgspec
import numpy as np

from onrecord.model import Report
from onrecord.reconcile.addresses import UNDER_ONE_HEADLINE, address, headline
from onrecord.reconcile.days import ordinal, stretches
from onrecord.reconcile.wording import Codes, Wording, wording

__all__ = ["LEAST_SHARE", "ONE_IN", "Sketch", "are_near", "sketch", "sketch_of"]

#: One in how many runs a sketch keeps.
ONE_IN = 8
#: The least part of the smaller sketch that candidates share.
LEAST_SHARE = 0.2


class Sketch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is kept of a report to find its copies.

    Attributes:
        keys: the kept runs, ascending, each an unsigned 64-bit number in eight bytes, little-endian.
        names: numbers of the whole wording, the address, and the publisher with the headline and the month, as far as
            known: two reports that share one are candidates.
    """

    keys: bytes
    names: tuple[int, ...]

    def numbers(self) -> Codes:
        """The keys as an array."""
        return np.frombuffer(self.keys, dtype="<u8")


def sketch(
    text: str | Wording,
    *,
    url: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    published: str | None = None,
) -> Sketch:
    """The sketch of a report's text; its address, publisher, headline and day find versions that share few words.

    Two reports under one headline of one publisher are candidates if they came out within `UNDER_ONE_HEADLINE` days, or
    if neither says when: "Morning briefing" stands over another report every day.

    Example:
        >>> made = sketch("Two people were killed in the shelling of the old harbour on Monday, police said.")
        >>> made == sketch("TWO people were killed, in the shelling of the old harbour on Monday police said")
        True
    """
    words = wording(text) if isinstance(text, str) else text
    kept = np.unique(words.runs[words.runs % np.uint64(ONE_IN) == 0])
    names = []
    if len(words):
        names.append(_number("words", words.codes.tobytes()))
    if place := address(url):
        names.append(_number("address", place.encode("utf-8", "surrogatepass")))
    if publisher and (line := headline(title)):
        for month in stretches(ordinal(published), UNDER_ONE_HEADLINE):
            name = f"{publisher.casefold()}\n{line}\n{month}"
            names.append(_number("headline", name.encode("utf-8", "surrogatepass")))
    return Sketch(kept.astype("<u8").tobytes(), tuple(names))


def _number(kind: str, content: bytes) -> int:
    # Signed, as databases keep 64-bit whole numbers.
    return int.from_bytes(blake2b(content, digest_size=8, person=kind.encode()).digest(), signed=True)


def are_near(a: Sketch, b: Sketch) -> bool:
    """Whether two reports may be copies or versions: their sketches share a name, or enough keys.

    Example:
        >>> one = sketch("The envoys met again in the harbour town on Sunday and agreed to exchange prisoners at dawn.")
        >>> are_near(one, one), are_near(one, sketch("Nothing happened."))
        (True, False)
    """
    if set(a.names) & set(b.names):
        return True
    one, other = a.numbers(), b.numbers()
    least = min(len(one), len(other))
    return least > 0 and len(np.intersect1d(one, other, assume_unique=True)) >= _needed(least)


def _needed(size: int) -> int:
    """How many keys the smaller sketch must share, by its size."""
    return max(min(2, size), -(-size * int(LEAST_SHARE * 100) // 100))


def sketch_of(report: Report, words: Wording | None = None) -> Sketch:
    """The sketch of a report with all that is known of it."""
    return sketch(
        words or wording(report),
        url=report.url,
        publisher=report.publisher,
        title=report.title,
        published=report.published,
    )
