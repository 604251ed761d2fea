"""People's corrections, and the readings that they are put into."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables of corrections."""
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("report_id", sa.Text(), sa.ForeignKey("reports.id"), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("other_report_id", sa.Text()),
        sa.Column("other_entry", sa.Text()),
        sa.Column("field", sa.Text()),
        sa.Column("value", sa.Text()),
        sa.Column("undoes", sa.Integer()),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sqlite_strict=True,
    )
    op.create_index("corrections_report_id", "corrections", ["report_id"])
    op.create_table(
        "corrected",
        _reading(),
        sa.Column("base_id", sa.Integer(), sa.ForeignKey("readings.id"), nullable=False),
        sa.Column("last_correction", sa.Integer(), nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "placements",
        _reading(),
        sa.Column("correction_id", sa.Integer(), sa.ForeignKey("corrections.id"), primary_key=True, nullable=False,
                  autoincrement=False),
        sa.Column("entry", sa.Text()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("why", sa.Text()),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )  # fmt: skip


def _reading() -> sa.Column[int]:
    return sa.Column(
        "reading_id", sa.Integer(), sa.ForeignKey("readings.id"), primary_key=True, autoincrement=False, nullable=False
    )
