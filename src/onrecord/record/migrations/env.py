"""Run by alembic: apply the migrations on the connection, and in the transaction, that the caller gives."""

from alembic import context

from onrecord.record.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
