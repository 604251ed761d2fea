"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_ROW = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_NUMBER: sa.Double[float] = sa.Double().with_variant(sa.REAL(), "sqlite")


def upgrade() -> None:
    """Make every table."""
    _received()
    _read()
    _said()
    _happened()
    _named()


def _reading_id() -> sa.Column[int]:
    return sa.Column(
        "reading_id", _ROW, sa.ForeignKey("readings.id"), primary_key=True, autoincrement=False, nullable=False
    )


def _received() -> None:
    op.create_table(
        "reports",
        sa.Column("id", _TEXT, primary_key=True, nullable=False),
        sa.Column("address", _TEXT, nullable=False, unique=True),
        sa.Column("first_seen", _TEXT, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "originals",
        sa.Column("sha256", _TEXT, primary_key=True, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "versions",
        sa.Column("id", _ROW, primary_key=True, autoincrement=False),
        sa.Column("report_id", _TEXT, sa.ForeignKey("reports.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", _TEXT, nullable=False),
        sa.Column("given_id", _TEXT, nullable=False),
        sa.Column("text", _TEXT, nullable=False),
        sa.Column("sha256", _TEXT, nullable=False),
        sa.Column("title", _TEXT),
        sa.Column("publisher", _TEXT),
        sa.Column("publisher_key", _TEXT),
        sa.Column("published", _TEXT),
        sa.Column("url", _TEXT),
        sa.Column("language", _TEXT),
        sa.Column("credit", _TEXT),
        sa.Column("agency", _TEXT),
        sa.Column("filed_from", _TEXT),
        sa.Column("original_sha256", _TEXT, sa.ForeignKey("originals.sha256"), nullable=False),
        sa.Column("media_type", _TEXT, nullable=False),
        sa.Column("encoding", _TEXT, nullable=False),
        sa.Column("segments", _TEXT, nullable=False),
        sa.Column("received_at", _TEXT, nullable=False),
        sa.UniqueConstraint("report_id", "number"),
        sa.UniqueConstraint("report_id", "version"),
        sqlite_strict=True,
    )
    op.create_index("versions_given_id", "versions", ["given_id"])
    op.create_index("versions_version", "versions", ["version"])


def _read() -> None:
    op.create_table(
        "runs",
        sa.Column("id", _ROW, primary_key=True, autoincrement=False),
        sa.Column("digest", _TEXT, nullable=False),
        sa.Column("started_at", _TEXT, nullable=False),
        sa.Column("software", _TEXT, nullable=False),
        sa.Column("models", _TEXT, nullable=False),
        sa.Column("settings", _TEXT, nullable=False),
        sa.UniqueConstraint("digest", "started_at"),
        sqlite_strict=True,
    )
    op.create_table(
        "readings",
        sa.Column("id", _ROW, primary_key=True, autoincrement=False),
        sa.Column("version_id", _ROW, sa.ForeignKey("versions.id"), nullable=False),
        sa.Column("run_id", _ROW, sa.ForeignKey("runs.id"), nullable=False),
        sa.Column("annotated", _TEXT, nullable=False),
        sa.Column("sha256", _TEXT, nullable=False),
        sa.Column("read_at", _TEXT, nullable=False),
        sa.UniqueConstraint("version_id", "run_id"),
        sqlite_strict=True,
    )
    op.create_index("readings_run_id", "readings", ["run_id"])
    op.create_table(
        "unread",
        _reading_id(),
        sa.Column("number", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("why", _TEXT, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _said() -> None:
    op.create_table(
        "attributions",
        sa.Column("key", _ROW, primary_key=True, autoincrement=False),
        sa.Column("reading_id", _ROW, sa.ForeignKey("readings.id"), nullable=False),
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("kind", _TEXT, nullable=False),
        sa.Column("manner", _TEXT, nullable=False),
        sa.Column("act", _TEXT, nullable=False),
        sa.Column("negated", sa.Integer(), sa.CheckConstraint("negated IN (0, 1)"), nullable=False),
        sa.Column("speaker", _TEXT),
        sa.Column("speaker_key", _TEXT),
        sa.Column("source_words", _TEXT),
        sa.Column("source_kind", _TEXT, nullable=False),
        sa.Column("source_entity_id", _TEXT),
        sa.Column("terms", _TEXT),
        sa.Column("cue_words", _TEXT, nullable=False),
        sa.Column("content_words", _TEXT, nullable=False),
        sa.Column("medium", _TEXT),
        sa.Column("addressee_words", _TEXT),
        sa.Column("addressee_entity_id", _TEXT),
        sa.Column("within_id", _TEXT),
        sa.Column("via", _TEXT),
        sa.Column("conditions", _TEXT),
        sa.Column("time", _TEXT),
        sa.Column("time_words", _TEXT),
        sa.Column("time_mod", _TEXT),
        sa.Column("confidence", _NUMBER, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("source_spans", _TEXT, nullable=False),
        sa.Column("cue_spans", _TEXT, nullable=False),
        sa.Column("content_spans", _TEXT, nullable=False),
        sa.UniqueConstraint("reading_id", "id"),
        sqlite_strict=True,
    )
    op.create_index("attributions_speaker_key", "attributions", ["speaker_key"])


def _happened() -> None:
    op.create_table(
        "events",
        _reading_id(),
        sa.Column("id", _TEXT, primary_key=True, nullable=False),
        sa.Column("type", _TEXT, nullable=False),
        sa.Column("mode", _TEXT),
        sa.Column("contexts", _TEXT),
        sa.Column("cameo", _TEXT),
        sa.Column("modality", _TEXT, nullable=False),
        sa.Column("trigger_words", _TEXT, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("actors", _TEXT),
        sa.Column("recipients", _TEXT),
        sa.Column("place_id", _TEXT),
        sa.Column("place", _TEXT),
        sa.Column("time_id", _TEXT),
        sa.Column("time", _TEXT),
        sa.Column("time_words", _TEXT),
        sa.Column("time_mod", _TEXT),
        sa.Column("voice", _TEXT, nullable=False),
        sa.Column("voice_name", _TEXT),
        sa.Column("confidence", _NUMBER, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("events_type", "events", ["type"])
    op.create_table(
        "participants",
        _reading_id(),
        sa.Column("event_id", _TEXT, primary_key=True, nullable=False),
        sa.Column("role", _TEXT, primary_key=True, nullable=False),
        sa.Column("number", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("words", _TEXT, nullable=False),
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("name_key", _TEXT, nullable=False),
        sa.Column("entity_id", _TEXT),
        sa.Column("spans", _TEXT, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "figures",
        _reading_id(),
        sa.Column("id", _TEXT, primary_key=True, nullable=False),
        sa.Column("words", _TEXT, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("low", _NUMBER),
        sa.Column("high", _NUMBER),
        sa.Column("qualifier", _TEXT, nullable=False),
        sa.Column("unit", _TEXT, nullable=False),
        sa.Column("of_words", _TEXT),
        sa.Column("of_entity_id", _TEXT),
        sa.Column("scope", _TEXT, nullable=False),
        sa.Column("part_of_id", _TEXT),
        sa.Column("place_id", _TEXT),
        sa.Column("place", _TEXT),
        sa.Column("time_id", _TEXT),
        sa.Column("time", _TEXT),
        sa.Column("time_words", _TEXT),
        sa.Column("time_mod", _TEXT),
        sa.Column("period_id", _TEXT),
        sa.Column("period", _TEXT),
        sa.Column("period_words", _TEXT),
        sa.Column("claimant_id", _TEXT),
        sa.Column("claimant", _TEXT),
        sa.Column("voice", _TEXT, nullable=False),
        sa.Column("voice_name", _TEXT),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("figures_unit", "figures", ["unit"])


def _named() -> None:
    op.create_table(
        "entities",
        _reading_id(),
        sa.Column("id", _TEXT, primary_key=True, nullable=False),
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("name_key", _TEXT, nullable=False),
        sa.Column("type", _TEXT, nullable=False),
        sa.Column("country", _TEXT),
        sa.Column("sector", _TEXT),
        sa.Column("roles", _TEXT, nullable=False),
        sa.Column("ids", _TEXT, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("entities_name_key", "entities", ["name_key"])
    op.create_table(
        "mentions",
        _reading_id(),
        sa.Column("entity_id", _TEXT, primary_key=True, nullable=False),
        sa.Column("number", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("words", _TEXT, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "times",
        _reading_id(),
        sa.Column("id", _TEXT, primary_key=True, nullable=False),
        sa.Column("words", _TEXT, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("type", _TEXT, nullable=False),
        sa.Column("value", _TEXT),
        sa.Column("mod", _TEXT),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "places",
        _reading_id(),
        sa.Column("id", _TEXT, primary_key=True, nullable=False),
        sa.Column("words", _TEXT, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("name_key", _TEXT, nullable=False),
        sa.Column("lat", _NUMBER),
        sa.Column("lon", _NUMBER),
        sa.Column("geonames", sa.Integer()),
        sa.Column("precision", _TEXT, nullable=False),
        sa.Column("admin", _TEXT),
        sa.Column("entity_id", _TEXT),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("places_name_key", "places", ["name_key"])
