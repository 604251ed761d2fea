"""The rows of what several reports tell, for a file: an edition, what most tell, a story, one entry's accounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from onrecord.model import Span
from onrecord.record.store import Record
from onrecord.view.beside import Beside
from onrecord.view.changed import ChangedPosition, Noticed
from onrecord.view.days import Dated
from onrecord.view.exact import exact_words
from onrecord.view.fresh import Fresh
from onrecord.view.fresh_stories import FreshStory
from onrecord.view.most_told import Several
from onrecord.view.story import StoryAround
from onrecord.view.text_hashes import text_hashes
from onrecord.view.today import Edition
from onrecord.view.told_in import ITEM_KINDS, Item
from onrecord.web.exporting import AT_MOST, Cell
from onrecord.web.rows import traced
from onrecord.web.rows_entries import entry_rows

__all__ = ["account_rows", "edition_rows", "several_rows", "story_rows", "told_rows"]

#: What a row may have beside `traced` and its kind; of a story, a change and a notice some are empty.
_COLUMNS = ("what", "who", "cue", "low", "high", "reports", "origins", "others", "earlier", "began", "before",
            "because")  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Told:
    """A row before the exact words and the hash of its text are put in."""

    kind: str
    report: Dated
    entry: str | None
    span: Span | None
    given: Mapping[str, Cell]


def edition_rows(record: Record, found: Edition, kind: str | None = None) -> Iterator[dict[str, Cell]]:
    """A row for each thing that is new, of one kind or of all; where there are too many, some of each kind.

    Args:
        kind: "story", "event", "statement", "figure", "change" or "notice".
    """
    reports = {one.report_id: one for one in found.reports}
    lists: dict[str, list[_Told]] = {
        "story": [_story(one) for one in found.stories], "notice": [_notice(one) for one in found.notices],
        "change": [_change(one) for one in found.changes],
        **{each: [_fresh(one, reports) for one in found.fresh[each]] for each in ITEM_KINDS},
    }  # fmt: skip
    yield from _rows(record, _some_of_each(lists if kind is None else {kind: lists[kind]}))


def told_rows(record: Record, stories: Iterable[FreshStory]) -> Iterator[dict[str, Cell]]:
    """A row a story, with its leading report."""
    yield from _rows(record, [_story(one) for one in stories])


def several_rows(record: Record, found: Iterable[Several]) -> Iterator[dict[str, Cell]]:
    """A row for each thing that several reports tell, as the earliest of those asked for has it."""
    yield from _rows(record, [
        _Told(one.item.kind, one.report, one.item.id, one.item.span, {
            **_item(one.item), "reports": len(one.reports), "origins": one.origins,
            "others": _outlets(one.reports, one.report),
        }) for one in found
    ])  # fmt: skip


def story_rows(record: Record, found: StoryAround) -> Iterator[dict[str, Cell]]:
    """A row a report of a story: its origin, of which it is a copy, and by what it is tied to the story."""
    hashes = text_hashes(record, (one.report.version for one in found.reports))
    for one in found.reports:
        tie, report = one.reason, one.report
        other = None if tie is None else tie.b[0] if tie.a[0] == report.report_id else tie.a[0]
        yield {
            **traced(report.report_id, None, None, None, publisher=report.publisher, published=report.published,
                     sha256=hashes.get(report.version)),
            "title": report.title, "origin": one.origin, "copy_of": one.copy_of.report_id if one.copy_of else None,
            "copy_because": one.because, "tied_to": other, "because": tie.because if tie else None,
            "by_hand": tie.by_hand if tie else None,
        }  # fmt: skip


def account_rows(found: Beside) -> Iterator[dict[str, Cell]]:
    """A row an account, by independent origin: the entry's own row, and what its version has of the fullest."""
    versions = {v.report: v for v in found.utterance.versions} if found.utterance else {}
    for number, name in ((n, name) for n, names in enumerate(found.origins, start=1) for name in names):
        own = {entry for report, entry in found.accounts if report == name}
        version = versions.get(name)
        for row in entry_rows(found.read[name], own, report=name):
            yield {
                **row, "origin": number, "share": version.share if version else None,
                "left_out": " | ".join(each.words for each in version.left_out) if version else None,
            }  # fmt: skip


def _rows(record: Record, told: Sequence[_Told]) -> Iterator[dict[str, Cell]]:
    hashes = text_hashes(record, (one.report.version for one in told))
    exact = exact_words(record, ((one.report.version, one.span) for one in told if one.span is not None))
    for one in told:
        words = exact.get((one.report.version, one.span)) if one.span is not None else None
        yield {
            **traced(one.report.report_id, one.entry, one.span, words, publisher=one.report.publisher,
                     published=one.report.published, sha256=hashes.get(one.report.version)), "kind": one.kind,
            **{column: one.given.get(column) for column in _COLUMNS}, "title": one.report.title,
        }  # fmt: skip


def _some_of_each(lists: Mapping[str, Sequence[_Told]]) -> list[_Told]:
    """All of them or, of too many, the first of each kind in turn; the kinds one after the other."""
    turns = chain.from_iterable(zip_longest(*lists.values()))
    first = [one for one in turns if one is not None][: AT_MOST + 1]
    order = {kind: n for n, kind in enumerate(lists)}
    return [*sorted(first[:AT_MOST], key=lambda one: order[one.kind]), *first[AT_MOST:]]


def _story(one: FreshStory) -> _Told:
    return _Told("story", one.lead, None, None, {
        "reports": len(one.reports), "origins": one.origins, "others": _outlets(one.reports, one.lead),
        "earlier": one.earlier, "began": one.began,
    })  # fmt: skip


def _notice(one: Noticed) -> _Told:
    """A notice; one that stands in a title has its words in `what`, since places are of the text."""
    is_in_text = one.field == "text"
    what = one.kind if is_in_text else f"{one.kind}: {one.words}"
    return _Told("notice", one.report, None, one.span if is_in_text else None, {"what": what})


def _change(one: ChangedPosition) -> _Told:
    before = f"{one.old.report_id}:{one.old.id}"
    return _Told("change", one.report, one.new.id, one.new.span,
                 {**_item(one.new), "what": one.reason, "before": before, "because": one.why})  # fmt: skip


def _fresh(one: Fresh, reports: Mapping[str, Dated]) -> _Told:
    report = reports[one.first.report_id]
    before = f"{one.before.report_id}:{one.before.id}" if one.before else None
    return _Told(one.first.kind, report, one.first.id, one.first.span, {
        **_item(one.first), "reports": len(one.reports), "origins": one.origins,
        "others": _outlets([reports[name] for name in one.reports], report), "before": before,
    })  # fmt: skip


def _item(one: Item) -> dict[str, Cell]:
    return {"what": one.what, "who": one.voice, "cue": one.cue, "low": one.bounds[0], "high": one.bounds[1]}


def _outlets(reports: Iterable[Dated], but: Dated) -> str:
    """The other outlets, each once."""
    names = dict.fromkeys(one.publisher for one in reports if one.publisher and one.publisher != but.publisher)
    return " | ".join(name for name in names if name)
