"""Runs a command with a second PostgreSQL at hand: started apart, reached by TCP, with a password."""

import os
import secrets
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql

from tragitto.config import embedded

ROOT = Path(__file__).parents[1]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main(command: list[str]) -> int:
    """Start the server, run `command` with TRAGITTO_TEST_SERVER naming it, stop the server."""
    data, port, password = ROOT / "var" / "tests" / "second", free_port(), secrets.token_hex(16)
    embedded.stop(data)
    server = embedded.start(data, port=port, options=["listen_addresses=127.0.0.1", "fsync=off"])
    try:
        address = server.url(embedded.OWNER, "postgres")
        with psycopg.connect(address, autocommit=True) as connection:
            role = sql.Identifier(embedded.OWNER)
            connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(role, sql.Literal(password)))
            rules = Path(connection.execute("SHOW hba_file").fetchone()[0])
            rules.write_text("local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n")
            connection.execute("SELECT pg_reload_conf()")
        given = f"postgresql://{embedded.OWNER}:{password}@127.0.0.1:{port}/postgres"
        return subprocess.run(
            command, env={**os.environ, "TRAGITTO_TEST_SERVER": given}, check=False
        ).returncode
    finally:
        embedded.stop(data)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
