"""Source: what came in, the bytes of it, and what is known of it before it is read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Literal

from dragoman.domain import DatedBy, Finding

Form = Literal["text", "html", "pdf", "mail", "entry", "row"]


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes that a report was taken from, and how to take it from them again.

    Attributes
    ----------
    data
        The bytes as they were read or fetched; of a file of many reports, those of this one.
    form
        What they are.
    charset
        The charset that was declared with them, outside of them.
    part
        The column that holds the text, where they are a row.
    """

    data: bytes = field(repr=False)
    form: Form
    charset: str | None = None
    part: str | None = None

    @property
    def id(self) -> str:
        """SHA-256 of the bytes."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Taken:
    """A report that was taken in.

    Attributes
    ----------
    origin
        The file, the line or the address that it came from.
    text
        Canonical text: what the reader reads and what offsets refer to.
    published, dated_by
        ISO date of publication, and what it was told by.
    language, author
        What the source says of its language (ISO 639-1) and of who wrote it.
    size
        Its share of its file in bytes.
    findings
        What was noticed on the way in, with offsets into `text`.
    """

    origin: str
    text: str = field(repr=False)
    published: str | None = None
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    size: int = 0
    dated_by: DatedBy | None = None
    language: str | None = None
    findings: tuple[Finding, ...] = ()
    source: Source | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """What could not be taken in, and why."""

    origin: str
    reason: str
    size: int = 0
