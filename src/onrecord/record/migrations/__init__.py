"""The steps from each schema of a record to the next (alembic), run when a record is opened."""
