"""Bulk: a record while very many rows are put into it, without the indexes and keys that only questions need.

As long as it is so, a row of `dragoman.record.tables.loading` says so: what is there is not gathered yet, and nobody
else may change the index.  A load that was stopped is run again, or the index is made anew (`dragoman rebuild`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from sqlalchemy import Connection, Index, Table, delete, exists, func, insert, select, text
from sqlalchemy.schema import CreateIndex, DropIndex

from dragoman.domain import BadInput
from dragoman.record import tables
from dragoman.record.store import Record, said

TOLD = (tables.telling, tables.party, tables.step, tables.claim, tables.finding)  # what readings tell
LOADED = (*TOLD, tables.band, tables.syndication)  # tables of very many rows
GROWING = (*LOADED, tables.report, tables.reading, tables.joined)
APART = LOADED[1:]  # those whose rows do not depend on how tellings are gathered
KEYED = (tables.party, tables.step, tables.band)  # those whose rows do not come in the order of their key
FILING = frozenset({"ix_telling_report_id", "ix_telling_origin", "telling_key"})  # indexes that filing needs
SESSIONS = 2  # that make indexes at once on PostgreSQL
MEMORY = "512MB"  # of each
ROOM = ("cache_size = -524288", f"threads = {SESSIONS}")  # of SQLite: half a gigabyte


def refuse(connection: Connection) -> None:
    """Let nobody change the index of a record that is being loaded.

    Raises
    ------
    BadInput
        While it is, or when the load was stopped.
    """
    row = connection.execute(select(tables.loading)).first()
    if row is not None:
        raise BadInput(f"a load begun at {row.at} goes on or was stopped: run it again (or dragoman rebuild)")


def since(connection: Connection) -> int | None:
    """The last reading before the load that is not finished; None where there is no such load."""
    return connection.scalar(select(tables.loading.c.since))


def begin(record: Record, at: str, by: str) -> int:
    """Mark a record and drop what only questions need; the last reading before the load, 0 where there was none.

    Rows that PostgreSQL was given before tellings which then did not come go too.
    """
    with record.writing() as connection:
        before = since(connection)
        if before is None:
            before = connection.scalar(select(func.max(tables.reading.c.id))) or 0
        elif record.dialect == "postgresql":
            _drop_left(connection)
        end(connection)
        connection.execute(insert(tables.loading), [{"since": before, "at": at, "by": by}])
        for index in _indexes(LOADED):
            connection.execute(DropIndex(index, if_exists=True))
        if record.dialect == "postgresql":
            for table in GROWING:  # cleaned up once, when they are whole
                connection.execute(text(f"ALTER TABLE {table.name} SET (autovacuum_enabled = off)"))
            connection.execute(text("DROP INDEX IF EXISTS told"))
            for table, name, _ in _keys():
                connection.execute(text(f"ALTER TABLE {table.name} DROP CONSTRAINT IF EXISTS {name}"))
    return before


def _drop_left(connection: Connection) -> None:
    """Delete the rows that belong to no telling, reading or report."""
    last = select(func.coalesce(func.max(tables.telling.c.num), 0)).scalar_subquery()
    read = select(func.coalesce(func.max(tables.reading.c.id), 0)).scalar_subquery()
    for table in (tables.party, tables.step):
        connection.execute(delete(table).where(table.c.num > last))
    for table in (tables.claim, tables.finding):
        connection.execute(delete(table).where(table.c.reading_id > read))
    for table in (tables.band, tables.syndication):
        there = select(tables.report.c.id).where(tables.report.c.id == table.c.report_id)
        connection.execute(delete(table).where(~exists(there)))


def make_room(connection: Connection) -> None:
    """Let SQLite hold more of the file, and sort with helpers; let PostgreSQL not wait for the disk at every commit.

    The last commit of a load waits for all before it; until then the load is not finished.
    """
    if connection.dialect.name == "sqlite":
        for pragma in ROOM:
            connection.execute(text(f"PRAGMA {pragma}"))
    else:
        connection.execute(text("SET LOCAL synchronous_commit = off"))


def ours(connection: Connection, at: str, by: str) -> None:
    """Make sure that the load that began so is the one that goes on.

    Raises
    ------
    BadInput
        When another load has taken over, or has ended it.
    """
    row = connection.execute(select(tables.loading)).first()
    if row is None or (row.at, row.by) != (at, by):
        raise BadInput("another load into this record goes on, or has ended: run this one again")


def end(connection: Connection) -> None:
    """Take the mark off, in the transaction that leaves the index whole."""
    connection.execute(delete(tables.loading))
    if connection.dialect.name == "postgresql":
        for table in GROWING:
            connection.execute(text(f"ALTER TABLE {table.name} RESET (autovacuum_enabled)"))


def indexes(connection: Connection, among: Sequence[Table] = LOADED) -> list[str]:
    """The SQL that makes those indexes of these tables that are missing, what takes longest first."""
    dialect = connection.dialect
    made = {str(index.name): str(CreateIndex(index).compile(dialect=dialect)) for index in _indexes(among)}
    if dialect.name == "sqlite":
        there = set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'index'")))
    else:
        there = set(connection.scalars(text("SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()")))
        unique = {
            f"{table.name}_pkey": f"CREATE UNIQUE INDEX {table.name}_pkey ON {table.name} ({_listed(table)})"
            for table in KEYED
            if table in among
        }
        told = {"told": tables.searchable(dialect.name)[-1]} if tables.telling in among else {}
        made = told | unique | made
    return [statement for name, statement in made.items() if name not in there]


def keys(connection: Connection) -> tuple[list[str], list[str]]:
    """The SQL that makes those keys that PostgreSQL misses, over indexes that are there; and what checks them."""
    if connection.dialect.name == "sqlite":
        return [], []
    asked = "SELECT conname, convalidated FROM pg_constraint WHERE connamespace = current_schema()::regnamespace"
    checked = {row.conname: row.convalidated for row in connection.execute(text(asked))}
    return (
        [
            f"ALTER TABLE {table.name} ADD CONSTRAINT {name} {how}"
            for table, name, how in _keys()
            if name not in checked
        ],
        [
            f"ALTER TABLE {table.name} VALIDATE CONSTRAINT {name}"
            for table, name, how in _keys()
            if how.startswith("FOREIGN") and not checked.get(name)
        ],
    )


def missing(connection: Connection) -> list[str]:
    """The SQL that makes all that is missing."""
    made, checked = keys(connection)
    return [*indexes(connection), *made, *checked]


def left_out(connection: Connection) -> list[str]:
    """What a load that was stopped left behind, or what else is missing, each in one line."""
    row = connection.execute(select(tables.loading)).first()
    found = [] if row is None else [f"the load begun at {row.at} was not finished: run it again"]
    if many := len(missing(connection)):
        found.append(f"{many} indexes or keys are missing; dragoman rebuild makes them")
    return found


def restore(record: Record) -> None:
    """Make what is missing; on PostgreSQL in some sessions at once."""
    with record.asking() as connection:
        made, (keyed, checked) = indexes(connection), keys(connection)
    if record.dialect == "sqlite":
        for statement in [*made, "INSERT INTO told(told) VALUES ('rebuild')"]:
            with record.writing() as connection:
                make_room(connection)
                connection.execute(text(statement))
        return
    for statements, sessions in ((made, SESSIONS), (keyed, 1), (checked, SESSIONS)):
        with ThreadPoolExecutor(sessions) as pool:
            list(pool.map(lambda statement: alone(record, statement), statements))


def alone(record: Record, statement: str) -> None:
    """Run a statement in a transaction of its own, beside others."""
    with said(record.where), record.engine.begin() as connection:
        connection.execute(text(f"SET LOCAL maintenance_work_mem = '{MEMORY}'"))
        connection.execute(text(statement))


@contextmanager
def without_indexes(connection: Connection) -> Iterator[None]:
    """Within one transaction, leave the indexes that filing does not need to the end."""
    for statement in missing(connection):
        connection.execute(text(statement))
    left = [index for index in _indexes(TOLD) if index.name not in FILING]
    for index in left:
        index.drop(connection)
    yield
    for index in left:
        index.create(connection)
    end(connection)


def _indexes(among: Sequence[Table]) -> list[Index]:
    return [index for table in among for index in sorted(table.indexes, key=lambda index: str(index.name))]


def _keys() -> Iterator[tuple[Table, str, str]]:
    """The keys that are dropped on PostgreSQL, by the names that it gives them."""
    for table in KEYED:
        yield table, f"{table.name}_pkey", f"PRIMARY KEY USING INDEX {table.name}_pkey"
    for table in LOADED:
        for column in table.c:
            for key in column.foreign_keys:
                of = key.column
                how = f"FOREIGN KEY ({column.name}) REFERENCES {of.table.name} ({of.name}) NOT VALID"
                yield table, f"{table.name}_{column.name}_fkey", how


def _listed(table: Table) -> str:
    return ", ".join(column.name for column in table.primary_key)
