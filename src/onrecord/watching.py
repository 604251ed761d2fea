"""Feeds looked at again and again: what is new in them is added to the record."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from onrecord.annotators.settings import Settings
from onrecord.batch import Addition, additions
from onrecord.errors import InputError, OnrecordError
from onrecord.read.feeds import Entry, entries
from onrecord.read.fetch import Answer, AnswerError, Fetcher
from onrecord.read.given import NOTHING, Given
from onrecord.read.original import Received, Result
from onrecord.read.web_addresses import address_reports, found_in
from onrecord.record.store import Record

__all__ = ["Feed", "State", "Watch", "looked_at", "opened_state", "saved_state"]

UNCHANGED = 304

#: A feed that fails is left alone for twice as long each time, in seconds, from the first to the most.
FIRST_REST, LONGEST_REST = 900.0, 86_400.0


class Feed(msgspec.Struct, omit_defaults=True):
    """What is known of a feed from the last time.

    Attributes:
        etag: by which the server knows what it sent (RFC 9110, section 8.8.3).
        modified: when the server says that it was changed, as it says it.
        rest_until: seconds since 1970 before which it is not asked.
        failures: how often in a row it failed.
        pages: keys of entries whose pages were read.
    """

    etag: str | None = None
    modified: str | None = None
    rest_until: float = 0.0
    failures: int = 0
    pages: list[str] = []


class State(msgspec.Struct):
    """What is known of all feeds, by address."""

    feeds: dict[str, Feed] = {}


@dataclass(frozen=True, slots=True)
class Watch:
    """How feeds are looked at.

    Attributes:
        pages: whether the pages are fetched of entries of which the feed has only a summary.
        given: what is known of reports that do not say it.
        clock: seconds since 1970.
    """

    clock: Callable[[], float]
    pages: bool = False
    given: Given = NOTHING
    settings: Settings | None = None


def opened_state(path: str) -> State:
    """The state in the file; an empty one if there is no file.

    Raises:
        InputError: the file is no such state.
    """
    try:
        return msgspec.json.decode(Path(path).read_bytes(), type=State)
    except FileNotFoundError:
        return State({})
    except OSError as error:
        raise InputError(
            f"the state cannot be read ({error.strerror})", "check its permissions", subject=path
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"the state of the watch is damaged ({error})", "remove it: all feeds are then read anew", subject=path
        ) from error


def saved_state(state: State, path: str) -> None:
    """Put the state in the file, whole or not at all.

    Raises:
        InputError: the file cannot be written.
    """
    try:
        with tempfile.NamedTemporaryFile(dir=os.path.dirname(path) or ".", prefix=".watch-", delete=False) as file:
            file.write(msgspec.json.format(msgspec.json.encode(state), indent=1))
        os.replace(file.name, path)
    except OSError as error:
        raise InputError(f"the state cannot be written ({error.strerror})", "check the folder", subject=path) from error


def looked_at(
    record: Record, feeds: Iterable[str], state: State, fetcher: Fetcher, watch: Watch, save: Callable[[], None]
) -> Iterator[Addition | OnrecordError]:
    """Each feed asked once for what is new, and its entries added to the record; what fails comes as its error.

    A feed is asked only for what changed since it last answered. That it answered is kept in the state, and saved,
    after all its entries were added: work that is stopped goes on where it was, and nothing is missed. A feed that
    fails is left alone for a while, as long as the server asks for, else for longer each time.

    Args:
        save: keeps the state.

    Raises:
        RecordError: the record itself can take no more.
    """
    for address in feeds:
        known = state.feeds.setdefault(address, Feed())
        if known.rest_until > watch.clock():
            continue
        try:
            answer = fetcher.get(address, headers=_conditions(known))
            if answer.status != UNCHANGED:
                failed = _Failed()
                yield from additions(record, _results(address, answer, known, fetcher, watch, failed), watch.settings)
                if not failed.count:
                    known.etag, known.modified = answer.headers.get("etag"), answer.headers.get("last-modified")
            known.failures, known.rest_until = 0, 0.0
        except InputError as error:
            known.failures += 1
            known.rest_until = watch.clock() + _rest(error, known.failures)
            yield InputError(error.cause, error.remedy, subject=error.subject or address)
        save()


@dataclass(slots=True)
class _Failed:
    """How much could not be read for now, so that it is asked for again."""

    count: int = 0


def _conditions(known: Feed) -> dict[str, str]:
    conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in conditions.items() if value}


def _rest(error: InputError, failures: int) -> float:
    asked = error.retry_after if isinstance(error, AnswerError) else None
    own = FIRST_REST * 2.0 ** min(failures - 1, 10) if failures > 1 else 0.0
    return min(max(asked or 0.0, own), LONGEST_REST)


def _results(
    address: str, answer: Answer, known: Feed, fetcher: Fetcher, watch: Watch, failed: _Failed
) -> Iterator[Result]:
    seen, here = set(known.pages), list[str]()
    try:
        for entry in entries(found_in(answer, subject=address, given=watch.given)):
            if entry.whole or not watch.pages or entry.link is None:
                yield entry.result
                continue
            here.append(entry.key)
            if entry.key not in seen:
                yield from _page(entry, entry.link, fetcher, here, failed)
    except InputError as error:
        # What stands before a fault in the feed is added all the same, and the feed asked for again.
        failed.count += 1
        yield InputError(error.cause, error.remedy, subject=error.subject or address)
    if watch.pages:
        known.pages = here


def _page(entry: Entry, link: str, fetcher: Fetcher, here: list[str], failed: _Failed) -> Iterator[Result]:
    """The reports on an entry's page; one whose server fails for now is asked again the next time."""
    try:
        for result in address_reports(link, fetcher, given=entry.given):
            yield result if isinstance(result, Received) else _of(result, link)
    except InputError as error:
        lasting = isinstance(error, AnswerError) and 400 <= error.status < 500 and error.status != 429
        if not lasting:
            here.remove(entry.key)
            failed.count += 1
        yield _of(error, link)


def _of(error: InputError, link: str) -> InputError:
    return InputError(error.cause, error.remedy, subject=error.subject or link)
