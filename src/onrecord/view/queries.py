"""The questions that can be asked of a record, together: each is a function of an opened `Record`.

Example:
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/war.db") as record:
    ...     [moment.words for moment in timeline(record, who="Khrushchev").dated], info(record).reports
    ([], 0)
"""

from onrecord.model import Annotated
from onrecord.record.store import Record
from onrecord.view.corrections import Decision, corrections
from onrecord.view.differences import Difference, differences
from onrecord.view.figures import Count, figures
from onrecord.view.info import Info, info
from onrecord.view.new import New, News, new
from onrecord.view.notices import Announced, notices
from onrecord.view.origins import Origins, origins
from onrecord.view.positions import Change, Positions, Stand, Topic, positions
from onrecord.view.series import Point, Series, Subject, series
from onrecord.view.show import Shown, show
from onrecord.view.stories import Story, stories
from onrecord.view.timeline import Moment, Timeline, timeline
from onrecord.view.utterances import Given, Told, Utterances, utterance, utterances
from onrecord.view.who import Actor, Who, who

__all__ = ["Actor", "Announced", "Change", "Count", "Decision", "Difference", "Given", "Info", "Moment", "New",
           "News", "Origins", "Point", "Positions", "Series", "Shown", "Stand", "Story", "Subject", "Timeline",
           "Told", "Topic", "Utterances", "Who", "annotated", "corrections", "differences", "figures", "info", "new",
           "notices", "origins", "positions", "series", "show", "stories", "timeline", "utterance", "utterances",
           "who"]  # fmt: skip


def annotated(record: Record, report_id: str, *, version: str | int | None = None) -> Annotated:
    """The current reading of a report; see `Record.annotated`."""
    return record.annotated(report_id, version=version)
