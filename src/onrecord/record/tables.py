"""The tables of a record.

What was received stands in `reports`, `originals` and `versions`; how it was read in `runs` and `readings`; and what
was read, one row an annotation, in the other tables, which repeat the JSON of the reading for people who ask in SQL.
What people decided stands in `corrections`; a reading with corrections put in is a reading of its own, with its base in
`corrected` and what became of each correction in `placements`.
What belongs together over reports stands in `links`, between `nodes`: what a kind of link keeps of entries, each once,
however many entries it is kept of (`traces`). `node_keys` is their index, and holds nothing of its own.
`log` chains what was added, each entry to the one before. What was expunged left a line in `expunged`, and who did it
and why stands in `expungings`; nothing else is ever altered or deleted.
Spans are half-open, in Unicode code points of the version's text: `start` and `stop` for one, a JSON array of pairs for
several. Columns that end in `_id` hold ids; `*_key` columns hold names in the form that `onrecord.record.names.key`
gives. Times of the record itself are ISO 8601 in UTC.
"""

from __future__ import annotations

from sqlalchemy import (
    REAL,
    BigInteger,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.schema import SchemaItem

__all__ = [
    "ANNOTATIONS",
    "attributions",
    "corrected",
    "corrections",
    "entities",
    "events",
    "expunged",
    "expungings",
    "figures",
    "links",
    "log",
    "mentions",
    "metadata",
    "node_keys",
    "nodes",
    "originals",
    "participants",
    "placements",
    "places",
    "readings",
    "reports",
    "runs",
    "times",
    "traced",
    "traces",
    "unread",
    "versions",
]

metadata = MetaData()

# Both compare texts by their code points, whatever the language of a PostgreSQL database.
_TEXT = Text().with_variant(Text(collation="C"), "postgresql")
# Rows are counted in 64 bits; SQLite's INTEGER has as many as it needs.
_ROW = BigInteger().with_variant(Integer(), "sqlite")
# SQLite's STRICT tables know REAL alone, PostgreSQL's REAL is too short.
_NUMBER: Double[float] = Double().with_variant(REAL(), "sqlite")


def _text(name: str, *, null: bool = False) -> Column[str]:
    return Column(name, _TEXT, nullable=null)


def _whole(name: str, *, null: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=null)


def _of_reading(name: str, *items: SchemaItem, keys: tuple[str, ...] = ("id",)) -> Table:
    """A table of annotations, known by their reading and `keys`."""
    for item in items:
        if isinstance(item, Column) and item.name in keys:
            item.primary_key = True
    return Table(
        name,
        metadata,
        Column("reading_id", _ROW, ForeignKey("readings.id"), primary_key=True, autoincrement=False),
        *items,
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


reports = Table(
    "reports",
    metadata,
    Column("id", _TEXT, primary_key=True, nullable=False),
    Column("address", _TEXT, nullable=False, unique=True),
    _text("first_seen"),
    sqlite_strict=True,
)

originals = Table(
    "originals",
    metadata,
    Column("sha256", _TEXT, primary_key=True, nullable=False),
    _whole("size"),
    Column("data", LargeBinary, nullable=False),
    sqlite_strict=True,
)

versions = Table(
    "versions",
    metadata,
    Column("id", _ROW, primary_key=True, autoincrement=False),
    Column("report_id", _TEXT, ForeignKey("reports.id"), nullable=False),
    _whole("number"),
    _text("version"),
    _text("given_id"),
    _text("text"),
    _text("sha256"),
    _text("title", null=True),
    _text("publisher", null=True),
    _text("publisher_key", null=True),
    _text("published", null=True),
    _text("url", null=True),
    _text("language", null=True),
    _text("credit", null=True),
    _text("agency", null=True),
    _text("filed_from", null=True),
    Column("original_sha256", _TEXT, ForeignKey("originals.sha256"), nullable=False),
    _text("media_type"),
    _text("encoding"),
    _text("segments"),
    _text("received_at"),
    UniqueConstraint("report_id", "number"),
    UniqueConstraint("report_id", "version"),
    Index("versions_given_id", "given_id"),
    Index("versions_version", "version"),
    Index("versions_published", "published", "received_at"),
    Index("versions_publisher_key", "publisher_key", "published"),
    sqlite_strict=True,
)

runs = Table(
    "runs",
    metadata,
    Column("id", _ROW, primary_key=True, autoincrement=False),
    _text("digest"),
    _text("started_at"),
    _text("software"),
    _text("models"),
    _text("settings"),
    UniqueConstraint("digest", "started_at"),
    sqlite_strict=True,
)

readings = Table(
    "readings",
    metadata,
    Column("id", _ROW, primary_key=True, autoincrement=False),
    Column("version_id", _ROW, ForeignKey("versions.id"), nullable=False),
    Column("run_id", _ROW, ForeignKey("runs.id"), nullable=False),
    _text("annotated"),
    _text("sha256"),
    _text("read_at"),
    UniqueConstraint("version_id", "run_id"),
    Index("readings_run_id", "run_id"),
    sqlite_strict=True,
)

unread = _of_reading("unread", _whole("number"), _whole("start"), _whole("stop"), _text("why"), keys=("number",))

entities = _of_reading(
    "entities",
    _text("id"),
    _text("name"),
    _text("name_key"),
    _text("type"),
    _text("country", null=True),
    _text("sector", null=True),
    _text("roles"),
    _text("ids"),
    Index("entities_name_key", "name_key"),
)

mentions = _of_reading(
    "mentions",
    _text("entity_id"),
    _whole("number"),
    _whole("start"),
    _whole("stop"),
    _text("words"),
    keys=("entity_id", "number"),
)

attributions = Table(
    "attributions",
    metadata,
    Column("key", _ROW, primary_key=True, autoincrement=False),
    Column("reading_id", _ROW, ForeignKey("readings.id"), nullable=False),
    _text("id"),
    _text("kind"),
    _text("manner"),
    _text("act"),
    Column("negated", Integer, CheckConstraint("negated IN (0, 1)"), nullable=False),
    _text("speaker", null=True),
    _text("speaker_key", null=True),
    _text("source_words", null=True),
    _text("source_kind"),
    _text("source_entity_id", null=True),
    _text("terms", null=True),
    _text("cue_words"),
    _text("content_words"),
    _text("medium", null=True),
    _text("addressee_words", null=True),
    _text("addressee_entity_id", null=True),
    _text("within_id", null=True),
    _text("via", null=True),
    _text("conditions", null=True),
    _text("time", null=True),
    _text("time_words", null=True),
    _text("time_mod", null=True),
    Column("confidence", _NUMBER, nullable=False),
    _whole("start"),
    _whole("stop"),
    _text("source_spans"),
    _text("cue_spans"),
    _text("content_spans"),
    UniqueConstraint("reading_id", "id"),
    Index("attributions_speaker_key", "speaker_key"),
    Index("attributions_time", "time", "reading_id"),
    sqlite_strict=True,
)

events = _of_reading(
    "events",
    _text("id"),
    _text("type"),
    _text("mode", null=True),
    _text("contexts", null=True),
    _text("cameo", null=True),
    _text("modality"),
    _text("trigger_words"),
    _whole("start"),
    _whole("stop"),
    _text("actors", null=True),
    _text("recipients", null=True),
    _text("place_id", null=True),
    _text("place", null=True),
    _text("time_id", null=True),
    _text("time", null=True),
    _text("time_words", null=True),
    _text("time_mod", null=True),
    _text("voice"),
    _text("voice_name", null=True),
    Column("confidence", _NUMBER, nullable=False),
    Index("events_type", "type"),
    Index("events_time", "time", "type", "reading_id"),
)

participants = _of_reading(
    "participants",
    _text("event_id"),
    _text("role"),
    _whole("number"),
    _text("words"),
    _text("name"),
    _text("name_key"),
    _text("entity_id", null=True),
    _text("spans"),
    keys=("event_id", "role", "number"),
)

figures = _of_reading(
    "figures",
    _text("id"),
    _text("words"),
    _whole("start"),
    _whole("stop"),
    Column("low", _NUMBER),
    Column("high", _NUMBER),
    _text("qualifier"),
    _text("unit"),
    _text("of_words", null=True),
    _text("of_entity_id", null=True),
    _text("scope"),
    _text("part_of_id", null=True),
    _text("place_id", null=True),
    _text("place", null=True),
    _text("time_id", null=True),
    _text("time", null=True),
    _text("time_words", null=True),
    _text("time_mod", null=True),
    _text("period_id", null=True),
    _text("period", null=True),
    _text("period_words", null=True),
    _text("claimant_id", null=True),
    _text("claimant", null=True),
    _text("voice"),
    _text("voice_name", null=True),
    Index("figures_unit", "unit"),
    # On PostgreSQL the migration gives it the same condition; to name it here would load that database's dialect.
    Index("figures_of_period", "unit", "place", sqlite_where=text("period IS NOT NULL")),
)

times = _of_reading(
    "times",
    _text("id"),
    _text("words"),
    _whole("start"),
    _whole("stop"),
    _text("type"),
    _text("value", null=True),
    _text("mod", null=True),
)

places = _of_reading(
    "places",
    _text("id"),
    _text("words"),
    _whole("start"),
    _whole("stop"),
    _text("name"),
    _text("name_key"),
    Column("lat", _NUMBER),
    Column("lon", _NUMBER),
    _whole("geonames", null=True),
    _text("precision"),
    _text("admin", null=True),
    _text("entity_id", null=True),
    Index("places_name_key", "name_key"),
)

corrections = Table(
    "corrections",
    metadata,
    Column("id", _ROW, primary_key=True, autoincrement=False),
    Column("report_id", _TEXT, ForeignKey("reports.id"), nullable=False),
    _text("act"),
    _text("family"),
    _text("entry"),
    _text("other_report_id", null=True),
    _text("other_entry", null=True),
    _text("field", null=True),
    _text("value", null=True),
    _whole("undoes", null=True),
    _text("author"),
    _text("reason"),
    _text("made_at"),
    _text("draft"),
    _text("sha256"),
    Index("corrections_report_id", "report_id"),
    Index("corrections_other_report_id", "other_report_id"),
    sqlite_strict=True,
)

corrected = Table(
    "corrected",
    metadata,
    Column("reading_id", _ROW, ForeignKey("readings.id"), primary_key=True, autoincrement=False),
    Column("base_id", _ROW, ForeignKey("readings.id"), nullable=False),
    _whole("last_correction"),
    sqlite_strict=True,
)

placements = Table(
    "placements",
    metadata,
    Column("reading_id", _ROW, ForeignKey("readings.id"), primary_key=True, autoincrement=False),
    Column("correction_id", _ROW, ForeignKey("corrections.id"), primary_key=True, autoincrement=False),
    _text("entry", null=True),
    _text("status"),
    _text("why", null=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# A rule is a kind of link in one version of its code: another version makes nodes and links of its own.
nodes = Table(
    "nodes",
    metadata,
    Column("id", _ROW, primary_key=True, autoincrement=False),
    _text("rule"),
    _text("digest"),
    _text("kept"),
    UniqueConstraint("rule", "digest"),
    sqlite_strict=True,
)

traced = Table(
    "traced",
    metadata,
    Column("rule", _TEXT, primary_key=True, nullable=False),
    Column("reading_id", _ROW, ForeignKey("readings.id"), primary_key=True, autoincrement=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

traces = Table(
    "traces",
    metadata,
    Column("reading_id", _ROW, ForeignKey("readings.id"), primary_key=True, autoincrement=False),
    Column("rule", _TEXT, primary_key=True, nullable=False),
    Column("entry", _TEXT, primary_key=True, nullable=False),
    Column("node_id", _ROW, ForeignKey("nodes.id"), nullable=False),
    Index("traces_node_id", "node_id"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

node_keys = Table(
    "node_keys",
    metadata,
    Column("key", _ROW, primary_key=True, autoincrement=False),
    Column("node_id", _ROW, ForeignKey("nodes.id"), primary_key=True, autoincrement=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
    info={"index": True},
)

links = Table(
    "links",
    metadata,
    Column("a", _ROW, ForeignKey("nodes.id"), primary_key=True, autoincrement=False),
    Column("b", _ROW, ForeignKey("nodes.id"), primary_key=True, autoincrement=False),
    Column("score", _NUMBER, nullable=False),
    _text("reason"),
    _text("detail", null=True),
    Index("links_b", "b"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# Each entry holds the hash of the one before, so that two can't follow the same one.
log = Table(
    "log",
    metadata,
    Column("number", _ROW, primary_key=True, autoincrement=False),
    _text("kind"),
    Column("row", _ROW, nullable=False),
    _text("digest"),
    Column("previous", _TEXT, nullable=False, unique=True),
    _text("hash"),
    Column("late", Integer, CheckConstraint("late IN (0, 1)"), nullable=False),
    _text("logged_at"),
    UniqueConstraint("kind", "row"),
    sqlite_strict=True,
)

expungings = Table(
    "expungings",
    metadata,
    Column("id", _ROW, primary_key=True, autoincrement=False),
    _text("report"),
    _whole("number", null=True),
    _text("names"),
    _text("author"),
    _text("reason"),
    _text("made_at"),
    Index("expungings_report", "report"),
    sqlite_strict=True,
)

# Of what was expunged no row is left that could be referred to.
expunged = Table(
    "expunged",
    metadata,
    Column("kind", _TEXT, primary_key=True, nullable=False),
    Column("row", _ROW, primary_key=True, autoincrement=False),
    Column("expunging_id", _ROW, ForeignKey("expungings.id"), nullable=False),
    _whole("number", null=True),
    _text("sha256"),
    _text("original_sha256", null=True),
    Index("expunged_sha256", "sha256"),
    Index("expunged_original_sha256", "original_sha256"),
    Index("expunged_expunging_id", "expunging_id"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

#: The tables of annotations, in the order in which a reading is written.
ANNOTATIONS: tuple[Table, ...] = (
    unread, entities, mentions, attributions, events, participants, figures, times, places,
)  # fmt: skip
