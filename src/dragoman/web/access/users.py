"""Users: who may come in, their passwords, sessions and API keys.

Passwords and keys are kept as argon2id hashes (RFC 9106), sessions as SHA-256 digests of a random token: whoever reads
the database can come in with none of them.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, select, update

from dragoman.domain import BadInput
from dragoman.record.store import now
from dragoman.web import tables
from dragoman.web.access.roles import ROLES, Role, Visitor

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST = 10  # characters of a password
SESSION = timedelta(hours=12)
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}")
KEY = re.compile(r"dgm_([a-z0-9]{12})_([A-Za-z0-9_-]{43})")


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may come in."""

    name: str
    role: Role
    made_at: str
    ended_at: str | None


@cache
def hasher() -> PasswordHasher:
    """Argon2id with the library's parameters (those of RFC 9106 for little memory)."""
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobody() -> str:
    """A hash to check the passwords of unknown names against, so that they take as long as known ones."""
    return hasher().hash(secrets.token_urlsafe())


def _fits(hashed: str, given: str) -> bool:
    from argon2.exceptions import VerificationError

    try:
        return hasher().verify(hashed, given)
    except VerificationError:
        return False


def any_users(connection: Connection) -> bool:
    """Whether there are users at all."""
    return connection.scalar(select(tables.user.c.name).limit(1)) is not None


def users(connection: Connection) -> list[User]:
    """All users."""
    columns = tables.user.c
    asked = select(columns.name, columns.role, columns.made_at, columns.ended_at).order_by(columns.name)
    return [User(*row) for row in connection.execute(asked)]


def add_user(connection: Connection, name: str, role: str, password: str) -> None:
    """Let somebody in; a name that has ended comes back with a new password.

    Raises
    ------
    BadInput
        When the name, role or password will not do, or the name is taken.
    """
    if not NAME.fullmatch(name):
        raise BadInput(f"{name!r}: a user's name is of letters, digits, dot, dash and underline, 63 at most")
    if role not in ROLES:
        raise BadInput(f"{role}: the roles are {', '.join(ROLES)}")
    hashed = _hashed(password)
    columns = tables.user.c
    there = connection.execute(select(columns.ended_at).where(columns.name == name)).one_or_none()
    if there is not None and there.ended_at is None:
        raise BadInput(f"{name}: is a user already")
    values = {"role": role, "password": hashed, "made_at": now(), "ended_at": None}
    if there is None:
        connection.execute(insert(tables.user).values(name=name, **values))
    else:
        connection.execute(update(tables.user).where(columns.name == name).values(**values))


def _hashed(password: str) -> str:
    if len(password) < SHORTEST:
        raise BadInput(f"a password has {SHORTEST} characters at least")
    return hasher().hash(password)


def set_password(connection: Connection, name: str, password: str) -> None:
    """Give a user a new password; all their sessions end."""
    _known(connection, name)
    changed = update(tables.user).where(tables.user.c.name == name)
    connection.execute(changed.values(password=_hashed(password)))
    connection.execute(delete(tables.session).where(tables.session.c.name == name))


def set_role(connection: Connection, name: str, role: str) -> None:
    """Give a user another role."""
    if role not in ROLES:
        raise BadInput(f"{role}: the roles are {', '.join(ROLES)}")
    _known(connection, name)
    connection.execute(update(tables.user).where(tables.user.c.name == name).values(role=role))


def end_user(connection: Connection, name: str) -> None:
    """Let somebody in no longer: sessions and keys end with them; what they did stays."""
    _known(connection, name)
    at = now()
    connection.execute(update(tables.user).where(tables.user.c.name == name).values(ended_at=at))
    keys = tables.key.c
    connection.execute(update(tables.key).where(keys.name == name, keys.ended_at.is_(None)).values(ended_at=at))
    connection.execute(delete(tables.session).where(tables.session.c.name == name))


def _known(connection: Connection, name: str) -> None:
    columns = tables.user.c
    if connection.scalar(select(columns.name).where(columns.name == name, columns.ended_at.is_(None))) is None:
        raise BadInput(f"{name}: no such user")


def by_password(connection: Connection, name: str, password: str) -> Visitor | None:
    """Who a name and password are of, or nobody."""
    columns = tables.user.c
    asked = select(columns.role, columns.password).where(columns.name == name, columns.ended_at.is_(None))
    row = connection.execute(asked).one_or_none()
    right = _fits(row.password if row else _nobody(), password)
    return Visitor(name, row.role, "session") if row is not None and right else None


def begin_session(connection: Connection, name: str) -> str:
    """The token of a new session; sessions that are over are cleared away."""
    token, at = secrets.token_urlsafe(32), datetime.now(UTC)
    connection.execute(delete(tables.session).where(tables.session.c.ends_at < now()))
    connection.execute(
        insert(tables.session).values(
            digest=_digest(token), name=name, made_at=now(), ends_at=(at + SESSION).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        )
    )
    return token


def end_session(connection: Connection, token: str) -> None:
    """Sign out."""
    connection.execute(delete(tables.session).where(tables.session.c.digest == _digest(token)))


def by_session(connection: Connection, token: str) -> Visitor | None:
    """Who a session's token is of, or nobody."""
    of, sessions = tables.user.c, tables.session.c
    asked = (
        select(of.name, of.role)
        .join(tables.session, sessions.name == of.name)
        .where(sessions.digest == _digest(token), sessions.ends_at > now(), of.ended_at.is_(None))
    )
    row = connection.execute(asked).one_or_none()
    return Visitor(row.name, row.role, "session") if row else None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def add_key(connection: Connection, name: str) -> str:
    """A new API key of a user; it is shown this once and kept as a hash."""
    _known(connection, name)
    shown = "".join(secrets.choice("abcdefghijklmnopqrstuvwxyz0123456789") for _ in range(12))
    secret = secrets.token_urlsafe(32)
    values = {"id": shown, "name": name, "secret": hasher().hash(secret), "made_at": now()}
    connection.execute(insert(tables.key).values(**values))
    return f"dgm_{shown}_{secret}"


def end_key(connection: Connection, shown: str) -> None:
    """Withdraw an API key, named by the part that may be seen."""
    columns = tables.key.c
    ended = update(tables.key).where(columns.id == shown, columns.ended_at.is_(None)).values(ended_at=now())
    if not connection.execute(ended).rowcount:
        raise BadInput(f"{shown}: no such key")


def keys(connection: Connection) -> list[tuple[str, str, str, str | None]]:
    """All keys: the part that may be seen, whose, since when, until when."""
    columns = tables.key.c
    asked = select(columns.id, columns.name, columns.made_at, columns.ended_at).order_by(columns.made_at)
    return [(one, name, made, ended) for one, name, made, ended in connection.execute(asked)]


class Keys:
    """Checks API keys; the slow hash is reckoned once for each key, what it is good for is asked every time."""

    def __init__(self) -> None:
        self._right: dict[str, str] = {}

    def visitor(self, connection: Connection, given: str) -> Visitor | None:
        """Who a key is of, or nobody."""
        found = KEY.fullmatch(given)
        if found is None:
            return None
        of, columns = tables.user.c, tables.key.c
        asked = (
            select(of.name, of.role, columns.secret)
            .join(tables.key, columns.name == of.name)
            .where(columns.id == found[1], columns.ended_at.is_(None), of.ended_at.is_(None))
        )
        row = connection.execute(asked).one_or_none()
        if row is None:
            return None
        digest = _digest(given)
        if self._right.get(digest) != row.secret:
            if not _fits(row.secret, found[2]):
                return None
            self._right[digest] = row.secret
        return Visitor(row.name, row.role, "key")
