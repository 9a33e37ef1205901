"""What the ordinary role may do: everything the program needs and, on tables that only grow, no more."""

from django.db import connections
from psycopg import sql

from tragitto.kernel.permanence import growing_tables, lasting_tables


def give(runner: str, *, alias: str = "default") -> None:
    """Give the role `runner` its rights on all tables, as the owner connected under `alias`.

    Rows can be read, written, changed and deleted, except on tables that only grow (no change, no
    deletion), on those whose rows are never deleted, and in the list of migrations (reading alone). Nothing
    can be created, altered or emptied.
    """
    role = sql.Identifier(runner)
    statements = [
        sql.SQL("REVOKE ALL ON SCHEMA public FROM PUBLIC"),
        sql.SQL("GRANT USAGE ON SCHEMA public TO {role}").format(role=role),
        sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}").format(
            role=role
        ),
        sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}").format(role=role),
        sql.SQL("REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}").format(role=role),
        sql.SQL("REVOKE INSERT ON ledger_link FROM {role}").format(role=role),
    ]
    for table in growing_tables():
        statements.append(
            sql.SQL("REVOKE UPDATE, DELETE ON {table} FROM {role}").format(
                table=sql.Identifier(table), role=role
            )
        )
    for table in lasting_tables():
        statements.append(
            sql.SQL("REVOKE DELETE ON {table} FROM {role}").format(table=sql.Identifier(table), role=role)
        )
    with connections[alias].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
