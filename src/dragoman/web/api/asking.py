"""Asking: the filters and pages that several questions share."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Depends, Query
from pydantic import BaseModel, Field

from dragoman.domain import Modality, Polarity
from dragoman.record.questions import EventFilter
from dragoman.web.api.answer import Shape

Text = Annotated[str | None, Field(max_length=200)]
Limit = Annotated[int, Query(ge=1, le=1000, description="Rows of a page.")]
After = Annotated[str | None, Query(max_length=200, description="The `next` of the page before.")]
Day = Annotated[str | None, Query(max_length=40, description="A day such as 2022-07-26.")]
Name = Annotated[str | None, Query(max_length=200)]
Form = Annotated[Shape, Query(alias="format", description="json, or csv.")]


class Filters(BaseModel):
    """Which events; what is not given does not restrict."""

    actor: Text = Field(None, description="Who acts: any common name, or an id.")
    target: Text = Field(None, description="Who is acted on.")
    party: list[Annotated[str, Field(max_length=200)]] = Field(
        [], max_length=4, description="Those who all take part."
    )
    kind: list[Annotated[str, Field(max_length=40)]] = Field([], max_length=20)
    type: list[Annotated[str, Field(max_length=40)]] = Field([], max_length=20)
    place: Text = None
    since: Text = Field(None, description="A day, month or year.")
    until: Text = None
    modality: list[Modality] = Field([], max_length=6)
    polarity: Polarity | None = None
    outlet: Text = None
    attributed: bool | None = Field(None, description="On somebody's word, or told by the report itself.")
    text: Text = Field(None, description="Words and “phrases” of the evidence.")
    sure: bool | None = None
    verdict: Literal["accept", "reject", "none"] | None = None
    known: Text = Field(None, description="The record as it was at the end of that day.")

    def asked(self) -> EventFilter:
        """As the record takes it."""
        return EventFilter(
            actor=self.actor,
            target=self.target,
            parties=tuple(self.party),
            kinds=tuple(self.kind),
            types=tuple(self.type),
            place=self.place,
            since=self.since,
            until=self.until,
            modalities=tuple(self.modality),
            polarity=self.polarity,
            outlet=self.outlet,
            attributed=self.attributed,
            text=self.text,
            sure=self.sure,
            verdict=self.verdict,
            known=self.known,
        )


def _asked(given: Annotated[Filters, Query()]) -> EventFilter:
    return given.asked()


Events = Annotated[EventFilter, Depends(_asked)]
