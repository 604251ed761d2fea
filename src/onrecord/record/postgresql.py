"""What is PostgreSQL's alone: how the database is reached and marked, whose turn it is, append-only triggers, rights.

A record is what stands in the first schema of the connection's search path, `public` unless the address says otherwise.
Its numbers have no gaps, and later ones are seen later: who writes waits for the others that write to the same part of
the record, and the next number is one more than the last. Nobody who reads waits for anybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    ForeignKeyConstraint,
    Select,
    Table,
    and_,
    create_engine,
    event,
    func,
    literal_column,
    select,
    text,
)

from onrecord.errors import RecordError
from onrecord.record.databases import Part
from onrecord.record.postgresql_address import shown
from onrecord.record.postgresql_erasing import erasing, forgiving, scrubbed, unindexed
from onrecord.record.postgresql_errors import errors
from onrecord.record.postgresql_rows import stored
from onrecord.record.postgresql_words import TABLES, indexed, matching, places
from onrecord.record.sqlite import APPLICATION_ID
from onrecord.record.tables import attributions, metadata, versions
from onrecord.record.views import VIEWS

__all__ = [
    "MARK",
    "done",
    "engine",
    "erasing",
    "errors",
    "faults",
    "forgiving",
    "indexed",
    "makes_tables",
    "mark",
    "marks",
    "matching",
    "places",
    "reading",
    "ready",
    "scrubbed",
    "size",
    "stored",
    "takes",
    "turn",
    "undone",
    "unindexed",
    "writing",
]

#: The table that marks a schema as a record; its one row has the number of the record's schema.
MARK = "onrecord_schema"
_KEEPING = tuple(table for table in metadata.sorted_tables if not table.info.get("index"))

_REFUSING = """
CREATE OR REPLACE FUNCTION onrecord_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE restrict_violation USING MESSAGE = 'a record is append-only: ' || TG_TABLE_NAME || ' takes no ' || TG_OP;
END $$
"""


def engine(url: URL, *, wait: float) -> Engine:
    """The engine of a record's database; `wait` is how many seconds to wait for another program's writing to end.

    Raises:
        RecordError: what it needs is not installed.
    """
    try:
        import psycopg  # noqa: F401  # an extra
    except ImportError as missing:
        raise RecordError("records on PostgreSQL need psycopg", "install onrecord[postgresql]",
                          subject=shown(url)) from missing  # fmt: skip
    made = create_engine(url, pool_pre_ping=True, connect_args={"client_encoding": "utf8", "connect_timeout": 15})
    milliseconds = max(1, round(wait * 1000))

    @event.listens_for(made, "connect")
    def connected(connection: Any, _: Any) -> None:
        # Compiling a question takes longer than answering it here; what is written is on the disk when it is said so.
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = {milliseconds}")
            cursor.execute("SET jit = off")
        connection.commit()

    return made


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees the record as it is at its first question, whatever is added meanwhile."""
    with engine.connect() as connection:
        yield connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


@contextmanager
def writing(engine: Engine, part: Part) -> Iterator[Connection]:
    """A connection in a transaction, alone in what it writes to that part of the record."""
    with engine.connect() as connection:
        # Each statement sees what others have stored, so that all of it is seen once the turn has come.
        turned = connection.execution_options(isolation_level="READ COMMITTED")
        with turned.begin():
            turn(turned, part)
            yield turned


def turn(connection: Connection, part: Part) -> None:
    """Wait until nobody else writes to that part of the record; it is given back when the transaction ends."""
    connection.execute(
        text("SELECT pg_advisory_xact_lock(:ours, hashtext(current_schema() || :part))"),
        {"ours": APPLICATION_ID, "part": f"/{part}"},
    )


def ready(engine: Engine, *, wait: float) -> None:
    """Refuse a database that cannot keep every character.

    Raises:
        RecordError: its encoding is not UTF-8.
    """
    del wait
    with engine.connect() as connection:
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    if encoding != "UTF8":
        raise RecordError(f"the database's encoding is {encoding}", "make one with: createdb --encoding=UTF8 "
                          "--template=template0 NAME", subject=shown(engine.url))  # fmt: skip


def marks(connection: Connection) -> tuple[int, int, bool]:
    """The mark of a record (0 for none), its schema's number, and whether the schema has no tables at all."""
    tables = set(connection.exec_driver_sql(
        "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace "
        "AND relkind IN ('r', 'p', 'v', 'm', 'f')"
    ).scalars())  # fmt: skip
    if MARK not in tables:
        return 0, 0, not tables
    number = connection.exec_driver_sql(f"SELECT number FROM {MARK}").scalar()  # noqa: S608 - a name of ours
    return APPLICATION_ID, int(number or 0), False


def mark(connection: Connection, schema: int) -> None:
    """Mark the schema as a record of a schema number."""
    connection.exec_driver_sql(f"CREATE TABLE IF NOT EXISTS {MARK} (number integer NOT NULL)")
    connection.exec_driver_sql(f"DELETE FROM {MARK}")  # noqa: S608 - a name of ours
    connection.execute(text(f"INSERT INTO {MARK} VALUES (:number)"), {"number": schema})  # noqa: S608 - a name of ours


def makes_tables(connection: Connection) -> bool:
    """Whether this user can make tables: who made the record, and brings it up to date."""
    asked = "SELECT has_schema_privilege(current_schema(), 'CREATE') AND NOT pg_is_in_recovery()"
    return bool(connection.exec_driver_sql(asked).scalar())


def takes(connection: Connection, table: str) -> bool:
    """Whether this user can add to a table: a reviewer to corrections, an owner to reports and links too."""
    asked = text("SELECT has_table_privilege(:table, 'INSERT') AND NOT pg_is_in_recovery()")
    return bool(connection.execute(asked, {"table": table}).scalar())


def undone(connection: Connection) -> None:
    """Take away views, full text and triggers, which hold nothing of their own."""
    for name in reversed(VIEWS):
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")
    for name in TABLES:
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")
    connection.exec_driver_sql("DROP FUNCTION IF EXISTS onrecord_keep CASCADE")


def done(connection: Connection) -> None:
    """Make full text, triggers and rights, after the tables and views."""
    for name in TABLES:
        connection.exec_driver_sql(
            f"CREATE TABLE {name} (row bigint NOT NULL, part integer NOT NULL, parts integer NOT NULL, "
            "words tsvector NOT NULL, PRIMARY KEY (row, part))"
        )
        connection.exec_driver_sql(f"CREATE INDEX {name}_words ON {name} USING gin (words)")
    v, a = versions.c, attributions.c
    _filled(connection, "report_words", select(v.id, v.title, v.text))
    said = select(a.key, a.speaker, a.content_words).where(a.manner.in_(("said", "written")))
    _filled(connection, "statement_words", said)
    connection.exec_driver_sql(_REFUSING)
    for table in _KEEPING:
        connection.exec_driver_sql(
            f"CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON {table.name} FOR EACH ROW EXECUTE FUNCTION onrecord_keep()"
        )
        connection.exec_driver_sql(
            f"CREATE TRIGGER keep_all BEFORE TRUNCATE ON {table.name} EXECUTE FUNCTION onrecord_keep()"
        )
        # Not UPDATE: in whose right references are checked must be able to lock the row that is referred to.
        connection.exec_driver_sql(f"REVOKE DELETE, TRUNCATE ON {table.name} FROM CURRENT_USER")


def _filled(connection: Connection, words: Any, query: Any) -> None:
    with connection.execute(query.execution_options(yield_per=500)) as found:
        for some in found.partitions():
            indexed(connection, words, some)


def faults(connection: Connection) -> Iterator[str]:
    """What is wrong with the database itself: its references, its full text, what keeps it from being altered."""
    for table in metadata.sorted_tables:
        for key in sorted(table.foreign_key_constraints, key=lambda one: str(one.column_keys)):
            if _is_lost(connection, table, key):
                yield f"table {table.name}: a row refers to a row of {key.referred_table.name} that is not there"
    texts = attributions.c.manner.in_(("said", "written"))
    for words, row, where in (("report_words", versions.c.id, None), ("statement_words", attributions.c.key, texts)):
        w = TABLES[words].c
        known = select(func.count(w.row.distinct()))
        every = select(func.count(row)) if where is None else select(func.count(row)).where(where)
        indexed, all_rows = connection.execute(known).scalar_one(), connection.execute(every).scalar_one()
        if indexed != all_rows:
            yield f"full text: {indexed} of {all_rows} rows of {row.table.name} can be found"
    keeping = set(connection.exec_driver_sql(
        "SELECT c.relname FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid WHERE t.tgname IN "
        "('keep', 'keep_all') AND t.tgenabled IN ('O', 'A') AND c.relnamespace = current_schema()::regnamespace "
        "GROUP BY c.relname HAVING count(*) = 2"
    ).scalars())  # fmt: skip
    for table in _KEEPING:
        if table.name not in keeping:
            yield f"table {table.name}: nothing keeps its rows from being altered"


def _is_lost(connection: Connection, table: Table, key: ForeignKeyConstraint) -> bool:
    """Whether a row refers to one that is not there."""
    other = key.referred_table.alias("other")
    pairs = [(element.parent, other.c[element.column.name]) for element in key.elements]
    there: Select[Any] = (
        select(literal_column("1")).where(and_(*(one == wanted for one, wanted in pairs))).correlate(table)
    )
    given = and_(*(one.is_not(None) for one, _ in pairs))
    query: Select[Any] = select(literal_column("1")).select_from(table).where(given, ~there.exists()).limit(1)
    return connection.execute(query).first() is not None


def size(connection: Connection, path: str) -> int:
    """How many bytes the record's tables and indexes take."""
    del path
    asked = (
        "SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class "
        "WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"
    )
    return int(connection.exec_driver_sql(asked).scalar_one())
