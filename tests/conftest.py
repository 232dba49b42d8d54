"""What tests share: records on SQLite and on a real PostgreSQL server, which is started here from Debian's package."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.record import Record

pytest_plugins = ["web_desk"]
SERVERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


def _as_postgres(*command: str | Path) -> list[str]:
    """The server refuses to run as root."""
    whole = [str(part) for part in command]
    return ["runuser", "-u", "postgres", "--", *whole] if os.geteuid() == 0 else whole


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server on loopback, without the name of a database."""
    if not SERVERS:
        pytest.skip("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    programs = SERVERS[-1]
    folder = Path(tempfile.mkdtemp(prefix="dragoman-postgresql-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off"
    make = _as_postgres(programs / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync")
    control = programs / "pg_ctl"
    try:
        subprocess.run(make, check=True, capture_output=True, cwd=folder)
        start = _as_postgres(control, "-D", data, "-w", "-o", options, "-l", folder / "log", "start")
        subprocess.run(start, check=True, stdout=subprocess.DEVNULL, cwd=folder)
        yield f"postgresql://postgres@127.0.0.1:{port}"
    finally:
        stop = _as_postgres(control, "-D", data, "-m", "immediate", "stop")
        subprocess.run(stop, check=False, capture_output=True, cwd=folder)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database(server: str) -> Iterator[str]:
    """The address of an empty database on the server."""
    import psycopg

    name = f"d{uuid.uuid4().hex[:12]}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield f"{server}/{name}"
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty record is to be made: a file, and an address."""
    return str(tmp_path / "dragoman.db") if request.param == "sqlite" else str(request.getfixturevalue("database"))


@pytest.fixture
def record(where: str) -> Iterator[Record]:
    """An empty record."""
    made = Record(where, create=True)
    yield made
    made.close()
