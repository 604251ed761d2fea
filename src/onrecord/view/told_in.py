"""What some reports tell, entry by entry in a line each: statements, events and figures, without their texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec
from sqlalchemy import ColumnElement, Connection, func, select

from onrecord.model import Span
from onrecord.reconcile.sentences import sentences
from onrecord.record import tables as t
from onrecord.record.parts import parts
from onrecord.view.days import Dated

__all__ = ["ITEM_KINDS", "Item", "ItemKind", "Sentence", "in_sentence", "sentence_at", "texts_of", "told_in"]

ItemKind = Literal["statement", "event", "figure"]
ITEM_KINDS: tuple[ItemKind, ...] = ("event", "statement", "figure")

#: A sentence longer than this is cut around the words.
LONGEST = 420


class Item(msgspec.Struct, frozen=True, gc=False):
    """An entry in a line.

    Attributes:
        what: a statement's act ("not" before it where it is negated), an event's type, a figure's unit.
        words: what was said; the event's trigger; the figure.
        voice: the speaker, or whose voice or count it is; "nobody named" where it is laid to someone unnamed by the
            report; None for the outlet itself. `cue` the words by which a statement is told.
        span: where the words stand in the text.
        bounds: a figure's least and most. `parties`: whether an event names who or where.
    """

    kind: ItemKind
    report_id: str
    id: str
    what: str
    words: str
    voice: str | None
    cue: str | None
    span: Span
    bounds: tuple[float | None, float | None] = (None, None)
    parties: bool = False

    @property
    def entry(self) -> tuple[str, str]:
        """The report and the entry."""
        return self.report_id, self.id

    @property
    def is_slight(self) -> bool:
        """Whether it says little: a statement of a few words or of nobody named, an event without parties or place."""
        if self.kind == "statement":
            return self.voice == "nobody named" or len(self.words.split()) < 5
        return self.kind == "event" and not self.parties


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words with what stands around them in their sentence."""

    before: str
    words: str
    after: str


def told_in(
    connection: Connection, reports: Iterable[Dated], *, kinds: Iterable[ItemKind] = ITEM_KINDS
) -> tuple[Item, ...]:
    """The statements, events and figures of some reports, or some kinds of these, in no order."""
    asked = {"statement": _statements, "event": _events, "figure": _figures}
    home = {one.reading_id: one.report_id for one in reports}
    found: list[Item] = []
    for some in parts(sorted(home)):
        for kind in kinds:
            found += asked[kind](connection, some, home)
    return tuple(found)


def _statements(connection: Connection, rows: Sequence[int], home: Mapping[int, str]) -> Iterator[Item]:
    a = t.attributions.c
    query = (
        select(a.reading_id, a.id, a.act, a.negated, a.speaker, a.source_words, a.cue_words, _short(a.content_words))
        .add_columns(a.start, a.stop)
        .where(a.reading_id.in_(rows), a.manner.in_(("said", "written")))
    )
    for reading, name, act, negated, speaker, source, cue, words, start, stop in connection.execute(query):
        what = f"not {act}" if negated else act
        yield Item("statement", home[reading], name, what, words, speaker or source or "nobody named", cue,
                   (start, stop))  # fmt: skip


def _events(connection: Connection, rows: Sequence[int], home: Mapping[int, str]) -> Iterator[Item]:
    e = t.events.c
    query = select(e.reading_id, e.id, e.type, e.modality, _short(e.trigger_words), e.actors, e.recipients, e.place,
                   e.voice, e.voice_name, e.start, e.stop).where(e.reading_id.in_(rows))  # fmt: skip
    for reading, name, kind, modality, words, actors, others, place, voice, who, *span in connection.execute(query):
        what = kind.lower() if modality == "happened" else f"{kind.lower()}, {modality}"
        yield Item("event", home[reading], name, what, words, _voice(voice, who), None, (span[0], span[1]),
                   parties=bool(place or (actors and others)))  # fmt: skip


def _figures(connection: Connection, rows: Sequence[int], home: Mapping[int, str]) -> Iterator[Item]:
    f = t.figures.c
    query = select(f.reading_id, f.id, f.unit, _short(f.words), f.low, f.high, f.claimant, f.voice,
                   f.voice_name, f.start, f.stop).where(f.reading_id.in_(rows))  # fmt: skip
    for reading, name, unit, words, low, high, claimant, voice, who, start, stop in connection.execute(query):
        yield Item("figure", home[reading], name, unit, words, claimant or _voice(voice, who), None, (start, stop),
                   bounds=(low, high))  # fmt: skip


def _short(column: ColumnElement[str]) -> ColumnElement[str]:
    """No more of a text than a line can show: a report may have a sentence of any length."""
    return func.substr(column, 1, LONGEST).label("words")


def _voice(voice: str, name: str | None) -> str | None:
    return None if voice == "narrator" else name or "nobody named"


def texts_of(connection: Connection, versions: Iterable[int]) -> dict[int, str]:
    """The texts of some versions, by their rows."""
    v = t.versions.c
    found: dict[int, str] = {}
    for some in parts(sorted(set(versions))):
        query = select(v.id, v.text).where(v.id.in_(some))
        found |= {row.id: row.text for row in connection.execute(query)}
    return found


def in_sentence(text: str, span: Span) -> Sentence:
    """Words with the rest of their sentence; of a long one what is nearest.

    Example:
        >>> in_sentence("Guns fell silent. Talks began on Monday.", (24, 29))
        Sentence(before='Talks ', words='began', after=' on Monday.')
    """
    first, last = sentence_at(text, span)
    end = min(span[1], span[0] + LONGEST)
    room = LONGEST - (end - span[0])
    words = text[span[0] : end] + (" …" if end < span[1] else "")
    before, after = text[first : span[0]], text[span[1] : last].rstrip()
    if len(before) + len(after) > room:
        kept = min(len(before), max(room // 2, room - len(after)))
        before = "… " + before[len(before) - kept :].partition(" ")[2] if kept < len(before) else before
        left = room - kept
        after = after[:left].rpartition(" ")[0] + " …" if left < len(after) else after
    return Sentence(before.lstrip(), words, after)


def sentence_at(text: str, span: Span) -> Span:
    """Where the sentence begins in which words begin, and where that ends in which they end, as far as one looks."""
    low = max(0, span[0] - 4 * LONGEST)
    around = text[low : min(span[1], span[0] + 20 * LONGEST) + 4 * LONGEST]
    bounds = [(s[0] + low, s[1] + low) for s in sentences(around) if s[0] + low < span[1] and s[1] + low > span[0]]
    return min([span[0], *(s[0] for s in bounds)]), max([span[1], *(s[1] for s in bounds)])
