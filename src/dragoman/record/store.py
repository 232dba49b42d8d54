"""The store: opening a record, on SQLite or PostgreSQL."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from dragoman.domain import BadInput

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

HEAD = "0005"  # the newest migration
LOCK = 0xD7A603A  # the advisory lock of whoever writes
WAIT = 60  # seconds to wait for another writer


class Record:
    """A record: where readings, merges and reviews are kept.

    Parameters
    ----------
    where
        A file (SQLite) or a ``postgresql://`` address.
    create
        Make the record where there is none.

    Raises
    ------
    BadInput
        When there is no record and none is to be made, or it cannot be opened.
    """

    def __init__(self, where: str | Path, *, create: bool = False) -> None:
        self.where = str(where)
        self.engine = _engine(self.where, create)
        try:
            with said(self.where):
                self._migrate(create)
        except BaseException:
            self.close()
            raise

    def _migrate(self, create: bool) -> None:
        with self.engine.connect() as connection:
            there = inspect(connection).has_table("alembic_version")
            version = connection.scalar(text("SELECT version_num FROM alembic_version")) if there else None
        if version == HEAD:
            return
        if version is None and not create:
            raise BadInput(f"{self.where}: no record is there; dragoman add makes one")
        from alembic import command
        from alembic.config import Config
        from alembic.util import CommandError

        config = Config()
        config.set_main_option("script_location", str(files("dragoman.record") / "migrations"))
        with self.writing() as connection:
            config.attributes["connection"] = connection
            try:
                command.upgrade(config, "head")
            except CommandError:
                raise BadInput(f"{self.where}: made by a newer Dragoman (schema {version})") from None

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self.engine.dialect.name

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """A connection to ask questions with; one state of the record throughout."""
        with said(self.where), self.engine.connect() as connection:
            if self.dialect == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ")  # noqa: PLW2901
            yield connection

    @contextmanager
    def writing(self, *, beside: bool = False) -> Iterator[Connection]:
        """The one connection that writes: all of it is kept, or nothing.

        With `beside`, one of some that write at once on PostgreSQL, and let nobody else; they know of one another.
        """
        with (
            said(self.where),
            self.engine.connect().execution_options(writing=True) as connection,
            connection.begin(),
        ):
            if self.dialect == "postgresql":
                lock = "pg_advisory_xact_lock_shared" if beside else "pg_advisory_xact_lock"
                connection.execute(text(f"SELECT {lock}(:lock)"), {"lock": LOCK})
            yield connection

    def sound(self) -> str | None:
        """What is wrong with the record, or None (SQLite's integrity check, and every row's references)."""
        with self.asking() as connection:
            if self.dialect != "sqlite":
                return None
            answer = connection.scalar(text("PRAGMA integrity_check"))
            if answer != "ok":
                return str(answer)
            broken = connection.execute(text("PRAGMA foreign_key_check")).first()
            return None if broken is None else f"a row of {broken[0]} has lost what it refers to"

    def close(self) -> None:
        """Let go of the file or server."""
        self.engine.dispose()


@contextmanager
def said(where: str) -> Iterator[None]:
    """Say in one line what a database has to complain of.

    Raises
    ------
    BadInput
        For every fault of the database itself: a full disk, a file that cannot be written, a server that is away.
    """
    try:
        yield
    except DBAPIError as error:
        if error.connection_invalidated or not isinstance(error.orig, Exception):
            raise BadInput(f"{where}: the database went away") from None
        raise BadInput(f"{where}: {_reason(error.orig)}") from None
    except SQLAlchemyError as error:
        raise BadInput(f"{where}: {str(error).splitlines()[0]}") from None


def _reason(error: BaseException) -> str:
    said_so = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    known = {
        "database or disk is full": "the disk is full; nothing of the last batch was kept",
        "disk I/O error": "the disk cannot be written; nothing of the last batch was kept",
        "attempt to write a readonly database": "the record cannot be written to",
        "file is not a database": "is not a record",
        "unable to open database file": "cannot be opened",
        "database is locked": "another process is writing to the record",
    }
    return known.get(said_so, said_so)


def _engine(where: str, create: bool) -> Engine:
    if "://" in where:
        return _postgresql(where)
    path = Path(where)
    if path.is_dir():
        raise BadInput(f"{where}: is a folder, not a record")
    if not path.exists() and not create:
        raise BadInput(f"{where}: no record is there; dragoman add makes one")
    if create and not path.absolute().parent.is_dir():
        raise BadInput(f"{where}: the folder {path.absolute().parent} does not exist")
    engine = create_engine(_address(path), connect_args={"timeout": WAIT})

    @event.listens_for(engine, "connect")
    def _set(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-65536"):
            try:
                connection.execute(f"PRAGMA {pragma}")
            except Exception:  # a record on a read-only disk can still be asked
                if not pragma.startswith("journal_mode"):
                    raise

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _address(path: Path) -> URL:
    """The address of a file; one that cannot be written to is opened so that it can still be asked."""
    from sqlalchemy.engine import URL

    if not path.exists() or (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)):
        return URL.create("sqlite", database=str(path))
    # Without a log to be read along, a file in WAL mode can only be opened where a log could be made, or as immutable.
    log = path.with_name(f"{path.name}-wal")
    how = "mode=ro" if log.exists() and log.stat().st_size else "immutable=1"
    return URL.create("sqlite", database=f"file:{quote(str(path.absolute()))}?{how}", query={"uri": "true"})


def _postgresql(where: str) -> Engine:
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url: URL = make_url(where)
    except ArgumentError:
        raise BadInput(f"{where}: is no address of a database") from None
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise BadInput(f"{url.drivername}: only SQLite files and postgresql:// are kept as records")
    return create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)


def now() -> str:
    """The moment, in UTC, as the record writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def user() -> str:
    """Who is working."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
