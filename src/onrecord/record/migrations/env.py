"""Run by alembic: apply the migrations on the connection, and in the transaction, that the caller gives."""

from alembic import context

from onrecord.record.tables import metadata

# Alembic gives `context` its attributes only while it runs this file.
if (config := getattr(context, "config", None)) is not None:
    context.configure(connection=config.attributes["connection"], target_metadata=metadata)
    with context.begin_transaction():
        context.run_migrations()
