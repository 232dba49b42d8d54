"""Columns: which cells of a row hold a report's text, its day and the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

NAMES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "full_text", "article", "maintext"),
    "published": (
        "published",
        "date",
        "published_at",
        "pub_date",
        "publication_date",
        "date_publish",
        "datepublished",
    ),
    "title": ("title", "headline"),
    "outlet": ("outlet", "source", "sources", "publisher", "source_domain"),
    "url": ("url", "link"),
    "language": ("language", "lang"),
    "author": ("author", "authors", "byline", "creator"),
}


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of columns as they were asked for; where None, the usual names are looked for."""

    text: str | None = None
    published: str | None = None
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    author: str | None = None

    def names(self, what: str) -> tuple[str, ...]:
        """The names to look for, in order."""
        asked: str | None = getattr(self, what)
        return NAMES[what] if asked is None else (asked,)

    @property
    def texts(self) -> tuple[str, ...]:
        """The names of the column of the text."""
        return self.names("text")

    def wanted(self, there: list[str]) -> list[str]:
        """Those of the columns that are there which are asked for."""
        known = {name.casefold() for field in fields(self) for name in self.names(field.name)}
        return [name for name in there if name.strip().casefold() in known]

    def cell(self, row: Mapping[str, Any], what: str) -> tuple[str, Any] | None:
        """The first column of those names that holds something, with what it holds; the first of a list."""
        plain = {name.strip().casefold(): name for name in reversed(list(row))}
        for name in self.names(what):
            column = plain.get(name.casefold())
            value = row[column] if column is not None else None
            if isinstance(value, list):
                value = value[0] if value else None
            if column is not None and value is not None and value != "":
                return column, value
        return None

    def words(self, row: Mapping[str, Any], what: str) -> str | None:
        """What the first of those columns says, where it is text."""
        found = self.cell(row, what)
        return found[1].strip() or None if found and isinstance(found[1], str) else None


USUAL = Columns()
