"""The questions that can be asked of a record, together: each is a function of an opened `Record`.

Example:
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/war.db") as record:
    ...     [moment.words for moment in timeline(record, who="Khrushchev").dated], info(record).reports
    ([], 0)
"""

from onrecord.model import Annotated
from onrecord.reconcile.linking import Link
from onrecord.record.store import Record
from onrecord.view.around import Around, around
from onrecord.view.beside import Beside, beside
from onrecord.view.calendar import Bar, Calendar, calendar
from onrecord.view.corrections import Decision, corrections
from onrecord.view.counted import Counted, counted
from onrecord.view.differences import Difference, differences
from onrecord.view.figures import Count, figures
from onrecord.view.info import Info, info
from onrecord.view.moments import Moments, moments
from onrecord.view.near import near
from onrecord.view.new import New, News, new
from onrecord.view.notices import Announced, notices
from onrecord.view.origins import Origins, origins
from onrecord.view.positions import Change, Positions, Stand, Topic, positions
from onrecord.view.republished import Republished, republished
from onrecord.view.series import Point, Series, Subject, series
from onrecord.view.show import Shown, show
from onrecord.view.stories import Story, stories
from onrecord.view.story import StoryAround, story_around
from onrecord.view.timeline import Moment, Timeline, timeline
from onrecord.view.times_asked import Asked
from onrecord.view.today import Edition, NoReports, edition
from onrecord.view.utterances import Given, Told, Utterances, utterance, utterances
from onrecord.view.whereabouts import Spot, Whereabouts, happened_at, whereabouts
from onrecord.view.who import Actor, Who, who

__all__ = ["Actor", "Announced", "Around", "Asked", "Bar", "Beside", "Calendar", "Change", "Count", "Counted",
           "Decision", "Difference", "Edition", "Given", "Info", "Link", "Moment", "Moments", "New", "News",
           "NoReports", "Origins", "Point", "Positions", "Republished", "Series", "Shown", "Spot", "Stand", "Story",
           "StoryAround", "Subject", "Timeline", "Told", "Topic", "Utterances", "Whereabouts", "Who", "annotated",
           "around", "beside", "calendar", "corrections", "counted", "differences", "edition", "figures",
           "happened_at", "info", "moments", "near", "new", "notices", "origins", "positions", "republished", "series",
           "show", "stories", "story_around", "timeline", "utterance", "utterances", "whereabouts", "who"]  # fmt: skip


def annotated(record: Record, report_id: str, *, version: str | int | None = None) -> Annotated:
    """The current reading of a report; see `Record.annotated`."""
    return record.annotated(report_id, version=version)
