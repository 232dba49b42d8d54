"""Tables of the desk, in the record's database: who may come in.  What they did stands in the record's ledger."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, MetaData, String, Table, Text

metadata = MetaData()

user = Table(
    "desk_user",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("role", String(12), nullable=False),  # reader, reviewer or admin
    Column("password", Text, nullable=False),  # argon2id
    Column("made_at", String(32), nullable=False),
    Column("ended_at", String(32)),
)
key = Table(
    "desk_key",
    metadata,
    Column("id", String(12), primary_key=True),  # the part of a key that may be seen
    Column("name", ForeignKey("desk_user.name"), nullable=False, index=True),
    Column("secret", Text, nullable=False),  # argon2id
    Column("made_at", String(32), nullable=False),
    Column("ended_at", String(32)),
)
session = Table(
    "desk_session",
    metadata,
    Column("digest", String(64), primary_key=True),  # SHA-256 of the cookie's token
    Column("name", ForeignKey("desk_user.name"), nullable=False, index=True),
    Column("made_at", String(32), nullable=False),
    Column("ends_at", String(32), nullable=False),
)
