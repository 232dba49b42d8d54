"""Text search: what somebody typed as a search of the evidence's words, whatever it was that they typed."""

from __future__ import annotations

import re
import unicodedata

from sqlalchemy import ColumnElement, FromClause, column, exists, func, literal, literal_column, select, table
from sqlalchemy.sql.functions import Function

from dragoman.domain import BadInput

PIECE = re.compile(r'"([^"]*)"|([^\s"]+)')
WORD = re.compile(r"[^\W_]+")
MANY = 32  # words and phrases of one search
TOLD = table("told", column("rowid"), column("told"))


def pieces(typed: str) -> str:
    """Each word and quoted phrase in double quotes, which FTS5 and ``websearch_to_tsquery`` take alike.

    Raises
    ------
    BadInput
        When there is no word in it, or there are too many.
    """
    found = []
    for piece in PIECE.finditer(unicodedata.normalize("NFC", typed)):
        words = WORD.findall(piece[1] if piece[1] is not None else piece[2])
        if words:
            found.append(f'"{" ".join(words)}"')
    if not found:
        raise BadInput(f"{typed[:40]!r}: holds no word to search for")
    if len(found) > MANY:
        raise BadInput(f"{len(found)} words and phrases to search for: {MANY} can be asked at once")
    return " ".join(found)


def matches(telling: FromClause, wanted: str, sqlite: bool) -> ColumnElement[bool]:
    """That the evidence of one telling holds what is wanted."""
    if sqlite:
        return exists(select(literal(1)).where(match(wanted), TOLD.c.rowid == telling.c.num))
    config: ColumnElement[str] = literal_column("'dragoman'")
    words: Function[str] = func.to_tsvector(config, telling.c.quote)
    return words.bool_op("@@")(func.websearch_to_tsquery(config, wanted))


def match(wanted: str) -> ColumnElement[bool]:
    """The search itself, on SQLite."""
    return TOLD.c.told.bool_op("MATCH")(wanted)
