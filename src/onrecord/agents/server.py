"""The MCP server: the answers of `onrecord.agents.answers` as read-only tools, over standard input and output.

The Model Context Protocol (https://modelcontextprotocol.io) is how agents call tools. The tools ask the record and
nothing else: they write nothing, and make no connection.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from typing import Annotated, Any, Literal

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from onrecord.agents import answers
from onrecord.agents.answers import MOST, NOTICE, SLICE, Answer
from onrecord.errors import OnrecordError
from onrecord.model import EVENT_TYPES, UNITS
from onrecord.record.store import Record
from onrecord.view.asked import Asked
from onrecord.view.times_asked import Asked as TimesAsked

__all__ = ["server"]

_INSTRUCTIONS = f"""\
A record of news reports: who said what, what happened, and how many by whose count, each read from the exact words of a
report. Cite what you use: the words, the outlet, the date, the report's id and start-end. Do not add figures up, and do
not take a number of reports for a number of independent sources. Where a tool finds nothing, say so. {NOTICE}"""

Words = Annotated[str, Field(description='Words that must stand there; "a phrase", -word, beginn*.', max_length=300)]
Own = Annotated[str, Field(
    description="Words of the entry itself: the figure and what it counts; the event's trigger, parties and place.",
    max_length=300)]  # fmt: skip
Name = Annotated[str | None, Field(description="Words of the name.", max_length=200)]
Outlet = Annotated[str | None, Field(description="Only reports of this outlet.", max_length=200)]
Since = Annotated[str | None, Field(description="First publication: YYYY, YYYY-MM or YYYY-MM-DD.", max_length=10)]
Until = Annotated[str | None, Field(description="Last publication: YYYY, YYYY-MM or YYYY-MM-DD.", max_length=10)]
Place = Annotated[str | None, Field(description="Words of a place's name.", max_length=200)]
EventType = Annotated[str | None, Field(description=f"One of {', '.join(EVENT_TYPES)}.", max_length=20)]
Unit = Annotated[str | None, Field(description=f"One of {', '.join(UNITS)}.", max_length=20)]
Limit = Annotated[int, Field(description="At most so many.", ge=1, le=MOST)]
Skip = Annotated[int, Field(description="So many are left out before them.", ge=0, le=500)]
Report = Annotated[str, Field(description="The report's id, as a citation gives it.", max_length=2_000)]


def server(record: Record) -> MCPServer[Any]:
    """The server that answers from a record; run it with `.run("stdio")`."""
    made: MCPServer[Any] = MCPServer(
        "onrecord", title="onrecord", instructions=_INSTRUCTIONS, version=version("onrecord"), log_level="WARNING"
    )
    for tool in (*_finding(record), *_looking(record)):
        made.add_tool(
            tool,
            annotations=ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True,
                                        open_world_hint=False),
            structured_output=False,
        )  # fmt: skip
    return made


def _told(answer: Callable[[], Answer]) -> str:
    """The answer in JSON; what onrecord refuses comes as an error of the tool, with its remedy."""
    try:
        return answers.said(answer())
    except OnrecordError as error:
        raise ToolError(str(error)) from error


def _finding(record: Record) -> tuple[Callable[..., str], ...]:
    """The tools that look for something in all reports."""

    def search(
        words: Words, kind: Literal["statement", "report", "event", "figure"] = "report", publisher: Outlet = None,
        since: Since = None, until: Until = None, place: Place = None, limit: Limit = 10, skip: Skip = 0,
    ) -> str:  # fmt: skip
        """Find reports by words in them; or statements, events or figures by their own words."""
        return _told(lambda: answers.found(
            record, Asked(words, kind, publisher=publisher, since=since, until=until, place=place), limit=limit,
            skip=skip))  # fmt: skip

    def who_said_what(
        source: Name = None, subject: Words = "", publisher: Outlet = None, since: Since = None, until: Until = None,
        limit: Limit = 10, skip: Skip = 0,
    ) -> str:  # fmt: skip
        """Find statements by their source and by words in them: the exact words, whose they are, and who reports it."""
        return _told(lambda: answers.found(
            record, Asked(subject, "statement", source, publisher, since, until, sort=None if subject else "newest"),
            limit=limit, skip=skip))  # fmt: skip

    def figures(
        claimant: Name = None, unit: Unit = None, words: Own = "", place: Place = None, publisher: Outlet = None,
        since: Since = None, until: Until = None, limit: Limit = 10, skip: Skip = 0,
    ) -> str:  # fmt: skip
        """Find figures with whose count each is; vague words stay vague, and nothing is added up."""
        return _told(lambda: answers.found(
            record, Asked(words, "figure", claimant, publisher, since, until, place, unit=unit), limit=limit,
            skip=skip))  # fmt: skip

    def events(
        who: Name = None, event_type: EventType = None, words: Own = "", place: Place = None,
        publisher: Outlet = None, since: Since = None, until: Until = None, limit: Limit = 10, skip: Skip = 0,
    ) -> str:  # fmt: skip
        """Find events (PLOVER types) with who acts, on whom, where, and in whose voice it is told."""
        kind = event_type.upper() if event_type else None
        return _told(lambda: answers.found(
            record, Asked(words, "event", who, publisher, since, until, place, kind), limit=limit, skip=skip)
        )  # fmt: skip

    def names(begins: Name = None, limit: Limit = MOST, skip: Skip = 0) -> str:
        """List the names that most reports have, or those that begin so."""
        return _told(lambda: answers.names(record, begins=begins, limit=limit, skip=skip))

    return search, who_said_what, figures, events, names


def _looking(record: Record) -> tuple[Callable[..., str], ...]:
    """The tools that show something, or put it in order."""

    def report(
        report: Report, start: Annotated[int, Field(ge=0)] = 0, length: Annotated[int, Field(ge=1, le=SLICE)] = SLICE
    ) -> str:
        """Show a stretch of a report's text, and the ids of the entries that were read from it."""
        return _told(lambda: answers.report_text(record, report, start=start, length=length))

    def entry(report: Report, entry: Annotated[str, Field(description="Such as a3.", max_length=20)]) -> str:
        """Show one entry of a report: a statement (a3), event (ev1), figure (f2), time, place or name."""
        return _told(lambda: answers.entry(record, report, entry))

    def timeline(
        since: Annotated[str | None, Field(description="First stated time: YYYY, YYYY-MM or YYYY-MM-DD.")] = None,
        until: Annotated[str | None, Field(description="Last stated time.")] = None,
        who: Name = None, place: Place = None, event_type: EventType = None, statements: bool = True,
        limit: Limit = 10, page: Annotated[int, Field(ge=1, le=100)] = 1,
    ) -> str:  # fmt: skip
        """List events and statements in the order of the times that the reports state for them."""
        return _told(lambda: answers.timeline(
            record, TimesAsked(since or until, until or since, who, place, event_type, statements), limit=limit,
            page=page))  # fmt: skip

    def stories(since: Since = None, until: Until = None, limit: Limit = 10, skip: Skip = 0) -> str:
        """List what several reports of some days tell; the last week that has reports, unless dates are given."""
        return _told(lambda: answers.stories(record, since=since, until=until, limit=limit, skip=skip))

    def story(report: Report, limit: Limit = 10, skip: Skip = 0) -> str:
        """List the reports that tell the same story as this one, copies marked as such."""
        return _told(lambda: answers.story(record, report, limit=limit, skip=skip))

    def who(name: Annotated[str, Field(description="A name in any spelling.", max_length=200)],
            limit: Limit = 5) -> str:  # fmt: skip
        """Say who bears a name: spellings and dated roles as reported; namesakes apart."""
        return _told(lambda: answers.who(record, name, limit=limit))

    return report, entry, timeline, stories, story, who
