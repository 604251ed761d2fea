"""The log, which chains what was added, and what is left of what was expunged.

What an older record holds is put into the log after the last migration (`onrecord.record.chain.logged_late`).
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_ROW = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "log",
        sa.Column("number", _ROW, primary_key=True, autoincrement=False),
        sa.Column("kind", _TEXT, nullable=False),
        sa.Column("row", _ROW, nullable=False),
        sa.Column("digest", _TEXT, nullable=False),
        sa.Column("previous", _TEXT, nullable=False, unique=True),
        sa.Column("hash", _TEXT, nullable=False),
        sa.Column("late", sa.Integer(), sa.CheckConstraint("late IN (0, 1)"), nullable=False),
        sa.Column("logged_at", _TEXT, nullable=False),
        sa.UniqueConstraint("kind", "row"),
        sqlite_strict=True,
    )
    op.create_table(
        "expungings",
        sa.Column("id", _ROW, primary_key=True, autoincrement=False),
        sa.Column("report", _TEXT, nullable=False),
        sa.Column("number", sa.Integer()),
        sa.Column("names", _TEXT, nullable=False),
        sa.Column("author", _TEXT, nullable=False),
        sa.Column("reason", _TEXT, nullable=False),
        sa.Column("made_at", _TEXT, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("expungings_report", "expungings", ["report"])
    op.create_table(
        "expunged",
        sa.Column("kind", _TEXT, primary_key=True, nullable=False),
        sa.Column("row", _ROW, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("expunging_id", _ROW, sa.ForeignKey("expungings.id"), nullable=False),
        sa.Column("number", sa.Integer()),
        sa.Column("sha256", _TEXT, nullable=False),
        sa.Column("original_sha256", _TEXT),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    for name in ("sha256", "original_sha256", "expunging_id"):
        op.create_index(f"expunged_{name}", "expunged", [name])
