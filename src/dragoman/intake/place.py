"""Place: where bytes come from, and what is known of them before they are looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.domain import BadInput
from dragoman.intake.columns import USUAL, Columns
from dragoman.intake.dates import Told
from dragoman.intake.document import doubted, take
from dragoman.intake.limits import DEPTH
from dragoman.intake.source import Refused, Source, Taken

if TYPE_CHECKING:
    from dragoman.intake.fetch import Fetcher

Items = Iterator[Taken | Refused]


@dataclass(frozen=True, slots=True)
class Place:
    """A stream of bytes on its way in.

    Attributes
    ----------
    name
        The file, the member of an archive or the address, as people are told of it.
    url, charset
        Where it was fetched from and the charset that was declared there.
    doubt
        Why the encoding of the table or feed that it is in is not certain.
    told
        What is known of its day from elsewhere.
    columns
        Which columns of rows to look into.
    depth
        How many archives it is in.
    fetcher
        Fetches what feeds and sitemaps lead to; None where they are files, which never make us go to the network.
    linked
        How many sitemaps led to it.
    """

    name: str
    url: str | None = None
    charset: str | None = None
    doubt: str | None = None
    told: tuple[Told, ...] = ()
    columns: Columns = USUAL
    depth: int = 0
    fetcher: Fetcher | None = None
    linked: int = 0

    def within(self, name: str, told: tuple[Told, ...] = ()) -> Place:
        """A member of this place, one archive deeper.

        Raises
        ------
        BadInput
            When that is too deep.
        """
        if self.depth >= DEPTH:
            raise BadInput(f"archives within one another more than {DEPTH} deep")
        return replace(self, name=name, depth=self.depth + 1, told=told or self.told)

    def taken(self, source: Source) -> Taken | Refused:
        """Take in one report from here, or say why not."""
        try:
            one = take(source, self.name, url=self.url, told=self.told, columns=self.columns)
            return replace(one, findings=(*doubted(one.text, self.doubt), *one.findings)) if self.doubt else one
        except BadInput as error:
            return Refused(self.name, str(error))
