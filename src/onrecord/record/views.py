"""The views of a record: what people ask for in SQL, from the current readings alone.

The current reading of a report is that of its latest version by the latest run. Earlier versions and readings stay in
the tables. The SQL is such that SQLite and PostgreSQL both take it.
"""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import ColumnElement, TableClause, column, table

__all__ = ["COUNTS", "CURRENT", "HAPPENINGS", "STATEMENTS", "VIEWS", "newest_first"]

_CURRENT = """
    SELECT r.id AS reading_id, r.run_id, v.id AS version_id, v.report_id, v.version, v.number, v.title,
           v.publisher, v.publisher_key, v.published, v.language, p.address
    FROM versions AS v
    JOIN reports AS p ON p.id = v.report_id
    JOIN readings AS r ON r.version_id = v.id
    WHERE v.number = (SELECT max(w.number) FROM versions AS w WHERE w.report_id = v.report_id)
      AND r.id = (SELECT q.id FROM readings AS q JOIN runs ON runs.id = q.run_id
                  WHERE q.version_id = v.id ORDER BY runs.started_at DESC, q.id DESC LIMIT 1)
"""

_STATEMENTS = """
    SELECT c.report_id, a.id, a.speaker, a.source_words, a.source_kind, a.terms, a.act, a.negated, a.cue_words,
           a.content_words, a.kind, a.manner, a.medium, a.addressee_words, a.within_id, a.via, a.conditions,
           a.time, a.time_words, a.time_mod, c.publisher, c.published, c.title, c.address, c.version, a.start,
           a.stop, a.content_spans, a.confidence, a.reading_id, a.source_entity_id, a.speaker_key, c.publisher_key
    FROM current_readings AS c
    JOIN attributions AS a ON a.reading_id = c.reading_id
    WHERE a.manner IN ('said', 'written')
"""

_HAPPENINGS = """
    SELECT c.report_id, e.id, e.type, e.mode, e.contexts, e.modality, e.trigger_words, e.actors, e.recipients,
           e.place, e.time, e.time_words, e.time_mod, e.voice, e.voice_name, c.publisher, c.published, c.title,
           c.address, c.version, e.start, e.stop, e.confidence, e.reading_id, e.place_id, c.publisher_key
    FROM current_readings AS c
    JOIN events AS e ON e.reading_id = c.reading_id
"""

_COUNTS = """
    SELECT c.report_id, f.id, f.words, f.low, f.high, f.qualifier, f.unit, f.of_words, f.scope, f.part_of_id,
           f.place, f.time, f.time_words, f.time_mod, f.period, f.claimant, f.voice, f.voice_name, c.publisher,
           c.published, c.title, c.address, c.version, f.start, f.stop, f.reading_id, f.place_id, f.of_entity_id,
           c.publisher_key
    FROM current_readings AS c
    JOIN figures AS f ON f.reading_id = c.reading_id
"""

#: The views by name, in the order in which they are made.
VIEWS: dict[str, str] = {
    "current_readings": _CURRENT,
    "statements": _STATEMENTS,
    "happenings": _HAPPENINGS,
    "counts": _COUNTS,
}


def _named(name: str) -> TableClause:
    columns = VIEWS[name].split("FROM")[0].replace("SELECT", "")
    return table(name, *(column(re.split(r"\.| AS ", each.strip())[-1]) for each in columns.split(",")))


#: The views, to build queries with.
CURRENT = _named("current_readings")
STATEMENTS = _named("statements")
HAPPENINGS = _named("happenings")
COUNTS = _named("counts")


def newest_first(day: ColumnElement[Any]) -> ColumnElement[Any]:
    """The order of a day that may be missing, the newest first and what has none last; databases differ in this."""
    return day.desc().nulls_last()
