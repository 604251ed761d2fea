"""Indexes for the questions that pages ask: by day, outlet and stated time, running totals, links of a report."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the indexes."""
    # Backwards, this is the order in which reports are asked for: the newest first, those without a day last.
    shared = op.get_bind().dialect.name == "postgresql"
    published = sa.text("published NULLS FIRST") if shared else "published"
    op.create_index("versions_published", "versions", [published, "received_at"])
    op.create_index("versions_publisher_key", "versions", ["publisher_key", "published"])
    op.create_index("attributions_time", "attributions", ["time", "reading_id"])
    op.create_index("events_time", "events", ["time", "type", "reading_id"])
    op.create_index("figures_of_period", "figures", ["unit", "place"], sqlite_where=sa.text("period IS NOT NULL"),
                    postgresql_where=sa.text("period IS NOT NULL"))  # fmt: skip
    op.create_index("corrections_other_report_id", "corrections", ["other_report_id"])
