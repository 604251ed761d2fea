"""People's corrections, and the readings that they are put into."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_ROW = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables of corrections."""
    op.create_table(
        "corrections",
        sa.Column("id", _ROW, primary_key=True, autoincrement=False),
        sa.Column("report_id", _TEXT, sa.ForeignKey("reports.id"), nullable=False),
        sa.Column("act", _TEXT, nullable=False),
        sa.Column("family", _TEXT, nullable=False),
        sa.Column("entry", _TEXT, nullable=False),
        sa.Column("other_report_id", _TEXT),
        sa.Column("other_entry", _TEXT),
        sa.Column("field", _TEXT),
        sa.Column("value", _TEXT),
        sa.Column("undoes", sa.Integer()),
        sa.Column("author", _TEXT, nullable=False),
        sa.Column("reason", _TEXT, nullable=False),
        sa.Column("made_at", _TEXT, nullable=False),
        sa.Column("draft", _TEXT, nullable=False),
        sa.Column("sha256", _TEXT, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("corrections_report_id", "corrections", ["report_id"])
    op.create_table(
        "corrected",
        _reading(),
        sa.Column("base_id", _ROW, sa.ForeignKey("readings.id"), nullable=False),
        sa.Column("last_correction", sa.Integer(), nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "placements",
        _reading(),
        sa.Column("correction_id", _ROW, sa.ForeignKey("corrections.id"), primary_key=True, nullable=False,
                  autoincrement=False),
        sa.Column("entry", _TEXT),
        sa.Column("status", _TEXT, nullable=False),
        sa.Column("why", _TEXT),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )  # fmt: skip


def _reading() -> sa.Column[int]:
    return sa.Column(
        "reading_id", _ROW, sa.ForeignKey("readings.id"), primary_key=True, autoincrement=False, nullable=False
    )
