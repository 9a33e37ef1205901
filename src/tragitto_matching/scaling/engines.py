"""The two engines that the expressions run on: DuckDB in this process, Spark on one machine or many.

Ibis compiles; tables are made by the few statements here, because `create_table` of Ibis 12 sends DuckDB 2
a statement that it refuses.
"""

from collections.abc import Mapping
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any, Protocol
from weakref import finalize

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from tragitto_matching.scaling.tables import NAMES

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


class Engine(Protocol):
    """Where tables lie and expressions run."""

    def put(self, name: str, table: pa.Table, *, everywhere: bool = False) -> Table:
        """A table out of this memory, under a name; one of that name before is replaced.

        One that is small is wanted `everywhere`: each part of a large table is joined with it where it lies.
        """
        ...

    def keep(self, name: str, expression: Table, *, by: str = "") -> Table:
        """What an expression gives, computed once and kept under a name.

        Rows with the same value in the column `by` lie together, so that grouping by it moves nothing.
        """
        ...

    def drop(self, name: str) -> None:
        """Let go of what was kept."""
        ...

    def fetch(self, expression: Table) -> pa.Table:
        """What an expression gives, in this memory."""
        ...


class DuckDB:
    """DuckDB in this process: what does not fit into `memory` goes to disk, beside `file` or, without one, to
    a folder for such things that is removed with this object.
    """

    def __init__(self, file: Path | None = None, *, memory: str = "", threads: int = 0) -> None:
        self._ibis: Any = ibis.duckdb.connect(str(file) if file else ":memory:")
        self._duckdb: Any = self._ibis.con
        if file is None:
            # DuckDB itself would take a folder where the process happens to stand, and leave it there.
            overflow = mkdtemp(prefix="tragitto-duckdb-")
            finalize(self, rmtree, overflow, ignore_errors=True)
            place = overflow.replace("'", "''")
            self._duckdb.execute(f"SET temp_directory = '{place}'")
        # The order of the joins in the expressions is meant: by profile alone first takes 100 times as long.
        self._duckdb.execute("SET disabled_optimizers = 'join_order'")
        if memory:
            self._duckdb.execute(f"SET memory_limit = '{memory}'")
        if threads:
            self._duckdb.execute(f"SET threads = {threads}")

    def read(self, folder: Path) -> dict[str, Table]:
        """The tables that `tables.write` left in a folder, read as they are needed."""
        for name in NAMES:
            place = str(folder / name / "*.parquet").replace("'", "''")
            self._duckdb.execute(f"CREATE OR REPLACE VIEW {name} AS FROM read_parquet('{place}')")
        return {name: self._ibis.table(name) for name in NAMES}

    def put(self, name: str, table: pa.Table, *, everywhere: bool = False) -> Table:
        """A table out of this memory, under a name; in one process all is everywhere."""
        self._duckdb.register("put", table)
        self._duckdb.execute(f"CREATE OR REPLACE TABLE {name} AS FROM put")
        self._duckdb.unregister("put")
        made: Table = self._ibis.table(name)
        return made

    def keep(self, name: str, expression: Table, *, by: str = "") -> Table:
        """What an expression gives, kept as a table, its rows in no order."""
        # Not for the whole session: DuckDB 2.0 would hand even sorted rows over in any order.
        self._duckdb.execute("SET preserve_insertion_order = false")
        self._duckdb.execute(f"CREATE OR REPLACE TABLE {name} AS {self._ibis.compile(expression)}")
        self._duckdb.execute("SET preserve_insertion_order = true")
        made: Table = self._ibis.table(name)
        return made

    def drop(self, name: str) -> None:
        """Let go of a table."""
        self._duckdb.execute(f"DROP TABLE {name}")

    def fetch(self, expression: Table) -> pa.Table:
        """What an expression gives, in this memory."""
        found: pa.Table = self._duckdb.sql(self._ibis.compile(expression)).to_arrow_table()
        return found


class Spark:
    """Spark, by a session that is there: on this machine or on a cluster."""

    def __init__(self, session: "SparkSession") -> None:
        self._session = session
        self._ibis: Any = ibis.pyspark.connect(session)
        self._kept: dict[str, DataFrame] = {}

    def read(self, folder: str) -> dict[str, Table]:
        """The tables that `tables.write` left in a folder, of a store that the whole cluster reaches."""
        for name in NAMES:
            self._session.read.parquet(f"{folder}/{name}").createOrReplaceTempView(name)
        return {name: self._ibis.table(name) for name in NAMES}

    def put(self, name: str, table: pa.Table, *, everywhere: bool = False) -> Table:
        """A table out of this memory, under a name; `everywhere` = sent to each part of the cluster."""
        frame = self._session.createDataFrame(table)
        (frame.hint("broadcast") if everywhere else frame).createOrReplaceTempView(name)
        made: Table = self._ibis.table(name)
        return made

    def keep(self, name: str, expression: Table, *, by: str = "") -> Table:
        """What an expression gives, kept in the memories of the cluster and on their disks."""
        frame = self._session.sql(self._ibis.compile(expression))
        frame = (frame.repartition(by) if by else frame).persist()
        frame.count()
        frame.createOrReplaceTempView(name)
        self._kept[name] = frame
        made: Table = self._ibis.table(name)
        return made

    def drop(self, name: str) -> None:
        """Let go of what was kept."""
        self._session.catalog.dropTempView(name)
        self._kept.pop(name).unpersist()

    def fetch(self, expression: Table) -> pa.Table:
        """What an expression gives, in this memory."""
        return self._session.sql(self._ibis.compile(expression)).toArrow()


def put_all(engine: Engine, tables: Mapping[str, pa.Table]) -> dict[str, Table]:
    """The tables of an instance in an engine."""
    return {name: engine.put(name, table) for name, table in tables.items()}
