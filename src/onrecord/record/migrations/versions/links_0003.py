"""Links over reports: nodes, the entries that they stand for, their keys, and what joins them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_ROW = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables of links."""
    op.create_table(
        "nodes",
        sa.Column("id", _ROW, primary_key=True, autoincrement=False),
        sa.Column("rule", _TEXT, nullable=False),
        sa.Column("digest", _TEXT, nullable=False),
        sa.Column("kept", _TEXT, nullable=False),
        sa.UniqueConstraint("rule", "digest"),
        sqlite_strict=True,
    )
    op.create_table(
        "traced",
        sa.Column("rule", _TEXT, primary_key=True, nullable=False),
        _key("reading_id", "readings"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "traces",
        _key("reading_id", "readings"),
        sa.Column("rule", _TEXT, primary_key=True, nullable=False),
        sa.Column("entry", _TEXT, primary_key=True, nullable=False),
        sa.Column("node_id", _ROW, sa.ForeignKey("nodes.id"), nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("traces_node_id", "traces", ["node_id"])
    op.create_table(
        "node_keys",
        sa.Column(
            "key", _ROW, primary_key=True, autoincrement=False,
            nullable=False,
        ),
        _key("node_id", "nodes"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )  # fmt: skip
    op.create_table(
        "links",
        _key("a", "nodes"),
        _key("b", "nodes"),
        sa.Column("score", sa.Double().with_variant(sa.REAL(), "sqlite"), nullable=False),
        sa.Column("reason", _TEXT, nullable=False),
        sa.Column("detail", _TEXT),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("links_b", "links", ["b"])


def _key(name: str, table: str) -> sa.Column[int]:
    return sa.Column(name, _ROW, sa.ForeignKey(f"{table}.id"), primary_key=True, autoincrement=False,
                     nullable=False)  # fmt: skip
