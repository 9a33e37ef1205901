"""Writing very many new rows of one kind: as `bulk_create`, in a tenth of its time."""

import json
from collections.abc import Sequence
from itertools import batched
from typing import Any

from django.db import connection, models
from psycopg import sql

from tragitto.kernel.canonical import plain

_AT_A_TIME = 5000


def load(rows: Sequence[models.Model]) -> None:
    """Insert `rows`, all of one model; those with a public code are given their key.

    They travel as one JSON text, which the database takes apart by the types of its own columns; its
    constraints hold as for any other row. Part of the caller's transaction.
    """
    for some in batched(rows, _AT_A_TIME):
        fields = [field for field in some[0]._meta.concrete_fields if not field.primary_key]
        told = [{field.column: plain(getattr(row, field.attname)) for field in fields} for row in some]
        has_code = any(field.name == "code" for field in fields)
        with connection.cursor() as cursor:
            cursor.execute(_statement(some[0], fields, has_code=has_code), [json.dumps(told)])
            if has_code:
                keys: dict[str, int] = dict(cursor.fetchall())
                for row in some:
                    row.pk, row._state.adding = keys[getattr(row, "code", "")], False


def _statement(
    row: models.Model, fields: "Sequence[models.Field[Any, Any]]", *, has_code: bool
) -> sql.Composed:
    columns = sql.SQL(", ").join([sql.Identifier(str(field.column)) for field in fields])
    statement = sql.SQL(
        "INSERT INTO {table} ({columns}) SELECT {columns}"
        " FROM jsonb_populate_recordset(NULL::{table}, %s::jsonb)"
    ).format(table=sql.Identifier(row._meta.db_table), columns=columns)
    key = sql.Identifier(str(row._meta.pk.column))
    return statement + sql.SQL(" RETURNING code, {key}").format(key=key) if has_code else statement
