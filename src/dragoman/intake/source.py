"""Source: what came in, with what is known of it before it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from dragoman.domain import Finding

PublishedBy = Literal["metadata", "dateline"]


@dataclass(frozen=True, slots=True)
class Source:
    """One report as it came in.

    Attributes
    ----------
    data
        The bytes as they were read or fetched.
    text
        Canonical text: what the reader reads and what offsets refer to.
    published, published_by
        ISO date of publication and where it was found: the page's metadata, or the dateline of the text.
    findings
        What the text stage noticed in `text`.
    """

    data: bytes = field(repr=False)
    text: str = field(repr=False)
    title: str | None
    outlet: str | None
    url: str | None
    published: str | None
    published_by: PublishedBy | None
    language: str | None
    findings: tuple[Finding, ...]
