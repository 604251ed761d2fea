"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

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
        "reading_id", sa.Integer(), sa.ForeignKey("readings.id"), primary_key=True, autoincrement=False, nullable=False
    )


def _received() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("address", sa.Text(), nullable=False, unique=True),
        sa.Column("first_seen", sa.Text(), nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "originals",
        sa.Column("sha256", sa.Text(), primary_key=True, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "versions",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("report_id", sa.Text(), sa.ForeignKey("reports.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("given_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("publisher", sa.Text()),
        sa.Column("publisher_key", sa.Text()),
        sa.Column("published", sa.Text()),
        sa.Column("url", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("credit", sa.Text()),
        sa.Column("agency", sa.Text()),
        sa.Column("filed_from", sa.Text()),
        sa.Column("original_sha256", sa.Text(), sa.ForeignKey("originals.sha256"), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("encoding", sa.Text(), nullable=False),
        sa.Column("segments", sa.Text(), nullable=False),
        sa.Column("received_at", sa.Text(), nullable=False),
        sa.UniqueConstraint("report_id", "number"),
        sa.UniqueConstraint("report_id", "version"),
        sqlite_strict=True,
    )
    op.create_index("versions_given_id", "versions", ["given_id"])
    op.create_index("versions_version", "versions", ["version"])


def _read() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("software", sa.Text(), nullable=False),
        sa.Column("models", sa.Text(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.UniqueConstraint("digest", "started_at"),
        sqlite_strict=True,
    )
    op.create_table(
        "readings",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("version_id", sa.Integer(), sa.ForeignKey("versions.id"), nullable=False),
        sa.Column("run_id", sa.Integer(), sa.ForeignKey("runs.id"), nullable=False),
        sa.Column("annotated", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("read_at", sa.Text(), nullable=False),
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
        sa.Column("why", sa.Text(), nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _said() -> None:
    op.create_table(
        "attributions",
        sa.Column("key", sa.Integer(), primary_key=True),
        sa.Column("reading_id", sa.Integer(), sa.ForeignKey("readings.id"), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("manner", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("negated", sa.Integer(), sa.CheckConstraint("negated IN (0, 1)"), nullable=False),
        sa.Column("speaker", sa.Text()),
        sa.Column("speaker_key", sa.Text()),
        sa.Column("source_words", sa.Text()),
        sa.Column("source_kind", sa.Text(), nullable=False),
        sa.Column("source_entity_id", sa.Text()),
        sa.Column("terms", sa.Text()),
        sa.Column("cue_words", sa.Text(), nullable=False),
        sa.Column("content_words", sa.Text(), nullable=False),
        sa.Column("medium", sa.Text()),
        sa.Column("addressee_words", sa.Text()),
        sa.Column("addressee_entity_id", sa.Text()),
        sa.Column("within_id", sa.Text()),
        sa.Column("via", sa.Text()),
        sa.Column("conditions", sa.Text()),
        sa.Column("time", sa.Text()),
        sa.Column("time_words", sa.Text()),
        sa.Column("time_mod", sa.Text()),
        sa.Column("confidence", _NUMBER, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("source_spans", sa.Text(), nullable=False),
        sa.Column("cue_spans", sa.Text(), nullable=False),
        sa.Column("content_spans", sa.Text(), nullable=False),
        sa.UniqueConstraint("reading_id", "id"),
        sqlite_strict=True,
    )
    op.create_index("attributions_speaker_key", "attributions", ["speaker_key"])


def _happened() -> None:
    op.create_table(
        "events",
        _reading_id(),
        sa.Column("id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text()),
        sa.Column("contexts", sa.Text()),
        sa.Column("cameo", sa.Text()),
        sa.Column("modality", sa.Text(), nullable=False),
        sa.Column("trigger_words", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("actors", sa.Text()),
        sa.Column("recipients", sa.Text()),
        sa.Column("place_id", sa.Text()),
        sa.Column("place", sa.Text()),
        sa.Column("time_id", sa.Text()),
        sa.Column("time", sa.Text()),
        sa.Column("time_words", sa.Text()),
        sa.Column("time_mod", sa.Text()),
        sa.Column("voice", sa.Text(), nullable=False),
        sa.Column("voice_name", sa.Text()),
        sa.Column("confidence", _NUMBER, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("events_type", "events", ["type"])
    op.create_table(
        "participants",
        _reading_id(),
        sa.Column("event_id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("role", sa.Text(), primary_key=True, nullable=False),
        sa.Column("number", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Text()),
        sa.Column("spans", sa.Text(), nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "figures",
        _reading_id(),
        sa.Column("id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("low", _NUMBER),
        sa.Column("high", _NUMBER),
        sa.Column("qualifier", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("of_words", sa.Text()),
        sa.Column("of_entity_id", sa.Text()),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("part_of_id", sa.Text()),
        sa.Column("place_id", sa.Text()),
        sa.Column("place", sa.Text()),
        sa.Column("time_id", sa.Text()),
        sa.Column("time", sa.Text()),
        sa.Column("time_words", sa.Text()),
        sa.Column("time_mod", sa.Text()),
        sa.Column("period_id", sa.Text()),
        sa.Column("period", sa.Text()),
        sa.Column("period_words", sa.Text()),
        sa.Column("claimant_id", sa.Text()),
        sa.Column("claimant", sa.Text()),
        sa.Column("voice", sa.Text(), nullable=False),
        sa.Column("voice_name", sa.Text()),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("figures_unit", "figures", ["unit"])


def _named() -> None:
    op.create_table(
        "entities",
        _reading_id(),
        sa.Column("id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("country", sa.Text()),
        sa.Column("sector", sa.Text()),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("ids", sa.Text(), nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("entities_name_key", "entities", ["name_key"])
    op.create_table(
        "mentions",
        _reading_id(),
        sa.Column("entity_id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("number", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "times",
        _reading_id(),
        sa.Column("id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("value", sa.Text()),
        sa.Column("mod", sa.Text()),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "places",
        _reading_id(),
        sa.Column("id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("lat", _NUMBER),
        sa.Column("lon", _NUMBER),
        sa.Column("geonames", sa.Integer()),
        sa.Column("precision", sa.Text(), nullable=False),
        sa.Column("admin", sa.Text()),
        sa.Column("entity_id", sa.Text()),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("places_name_key", "places", ["name_key"])
