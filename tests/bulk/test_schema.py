"""The columns of the Parquet tables are what version 1 says; and errors come back from other processes whole."""

from __future__ import annotations

import hashlib
import pickle

from onrecord.bulk.schema import SCHEMA, schemas
from onrecord.errors import ClusterError, InputError, OnrecordError

#: By version. Whoever changes a column adds a version, and a line in the changelog.
DIGESTS = {"onrecord-parquet/1": "bd21b506c5acc4df", "onrecord-parquet/2": "1b41aba4ff9d372f"}


def test_the_columns_are_those_of_their_version() -> None:
    columns = "\n".join(
        f"{table}.{field.name} {field.type} {field.nullable}" for table, schema in schemas().items() for field in schema
    )
    assert hashlib.sha256(columns.encode()).hexdigest()[:16] == DIGESTS[SCHEMA], columns


def test_an_error_is_the_same_after_it_came_from_another_process() -> None:
    for error in (InputError("a", "b", subject="c"), ClusterError("a", "b")):
        back: OnrecordError = pickle.loads(pickle.dumps(error))
        assert (type(back), str(back)) == (type(error), str(error))
