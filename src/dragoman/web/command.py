"""The commands: `dragoman serve` and `dragoman users`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.domain import BadInput
from dragoman.record.options import DEFAULT, RecordOption
from dragoman.web.settings import LOOPBACK, PORT, Settings

if TYPE_CHECKING:
    from sqlalchemy import Connection

NEEDED = ("fastapi", "uvicorn", "argon2", "python_multipart")
Name = Annotated[str, typer.Argument(metavar="NAME")]

users = typer.Typer(name="users", help="Who may come to a desk that is served to others.")


def serve(
    record: RecordOption = DEFAULT,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes any that is free.")] = PORT,
    host: Annotated[
        str, typer.Option(help="Address to listen on; others than this machine's own need --public.")
    ] = "",
    public: Annotated[bool, typer.Option("--public", help="Let others in; everybody signs in.")] = False,
    name: Annotated[
        list[str] | None, typer.Option(metavar="HOST", help="Host name the desk answers to; may be repeated.")
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Serve a record as pages and an API."""
    _installed()
    host = host or ("0.0.0.0" if public else "127.0.0.1")
    if not public and host not in LOOPBACK:
        raise BadInput(f"{host}: others could come in by that address; ask for --public, and add users first")
    settings = Settings(record, host, port, public, frozenset(one.lower() for one in name or ()))
    if public:
        with _record(record) as connection:
            from dragoman.web.access.users import any_users

            if not any_users(connection):
                raise BadInput(f"{record}: has no users; dragoman users add NAME --role admin makes the first")
    from dragoman.web.run import run

    run(settings, open_)


def _installed() -> None:
    from importlib.util import find_spec

    if any(find_spec(one) is None for one in NEEDED):
        raise BadInput("the desk needs more packages: pip install 'dragoman[web]'")


@contextmanager
def _record(where: str) -> Iterator[Connection]:
    from dragoman.record import Record

    record = Record(where, create=True)
    try:
        with record.writing() as connection:
            yield connection
    finally:
        record.close()


@contextmanager
def _changing(where: str, act: str, what: str) -> Iterator[Connection]:
    """A connection to change users with; the audit tells of it."""
    _installed()
    from dragoman.record.store import user
    from dragoman.web.access import audit

    with _record(where) as connection:
        yield connection
        audit.note(connection, user(), "command line", act, what)


def _password() -> str:
    """A password: asked for twice at a terminal, else the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))


@users.command()
def add(
    name: Name,
    role: Annotated[str, typer.Option(help="reader, reviewer or admin.")] = "reader",
    record: RecordOption = DEFAULT,
) -> None:
    """Let somebody in; the password is asked for, or read from standard input."""
    with _changing(record, "user-add", f"{name} {role}") as connection:
        from dragoman.web.access.users import add_user

        add_user(connection, name, role, _password())
    typer.echo(f"{name} may come in as {role}")


@users.command()
def password(name: Name, record: RecordOption = DEFAULT) -> None:
    """Give somebody a new password; their sessions end."""
    with _changing(record, "user-password", name) as connection:
        from dragoman.web.access.users import set_password

        set_password(connection, name, _password())
    typer.echo(f"{name} has a new password")


@users.command()
def role(
    name: Name,
    role: Annotated[str, typer.Argument(metavar="ROLE", help="reader, reviewer or admin.")],
    record: RecordOption = DEFAULT,
) -> None:
    """Give somebody another role."""
    with _changing(record, "user-role", f"{name} {role}") as connection:
        from dragoman.web.access.users import set_role

        set_role(connection, name, role)
    typer.echo(f"{name} is {role} now")


@users.command()
def remove(name: Name, record: RecordOption = DEFAULT) -> None:
    """Let somebody in no longer; what they did stays in the record."""
    with _changing(record, "user-remove", name) as connection:
        from dragoman.web.access.users import end_user

        end_user(connection, name)
    typer.echo(f"{name} may come in no longer")


@users.command()
def key(name: Name, record: RecordOption = DEFAULT) -> None:
    """Make an API key for somebody; it is shown this once."""
    with _changing(record, "key-add", name) as connection:
        from dragoman.web.access.users import add_key

        made = add_key(connection, name)
    typer.echo(made)


@users.command(name="revoke")
def revoke(
    shown: Annotated[str, typer.Argument(metavar="KEY", help="The twelve characters after dgm_.")],
    record: RecordOption = DEFAULT,
) -> None:
    """Withdraw an API key."""
    with _changing(record, "key-revoke", shown) as connection:
        from dragoman.web.access.users import end_key

        end_key(connection, shown)
    typer.echo(f"{shown} is good for nothing now")


@users.command(name="list")
def list_(record: RecordOption = DEFAULT) -> None:
    """Show users and keys."""
    _installed()
    with _record(record) as connection:
        from dragoman.web.access.users import keys
        from dragoman.web.access.users import users as all_users

        for one in all_users(connection):
            ended = f", ended {one.ended_at[:10]}" if one.ended_at else ""
            typer.echo(f"{one.name}  {one.role}, since {one.made_at[:10]}{ended}")
        for shown, of, made, until in keys(connection):
            typer.echo(f"  key dgm_{shown}_… of {of}, since {made[:10]}{f', ended {until[:10]}' if until else ''}")


@users.command()
def log(record: RecordOption = DEFAULT) -> None:
    """Show what was done through the desk, the newest last (dragoman verify checks that nothing was changed)."""
    _installed()
    with _record(record) as connection:
        from dragoman.web.access.audit import entries

        for row in reversed(entries(connection)):
            typer.echo(f"{row.at[:19]}  {row.by}  {row.address}  {row.act}  {row.what}".rstrip())
