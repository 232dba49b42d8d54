"""Options that the commands share which take reports in."""

from __future__ import annotations

from typing import Annotated

import typer

RecordOption = Annotated[
    str, typer.Option("--record", metavar="FILE_OR_URL", help="A file, or an address postgresql://…")
]
TextColumn = Annotated[str | None, typer.Option(metavar="NAME", help="Column of the text, in tables and JSON.")]
DateColumn = Annotated[str | None, typer.Option(metavar="NAME", help="Column of the day of publication.")]
TitleColumn = Annotated[str | None, typer.Option(metavar="NAME", help="Column of the title.")]
OutletColumn = Annotated[str | None, typer.Option(metavar="NAME", help="Column of the outlet.")]
UrlColumn = Annotated[str | None, typer.Option(metavar="NAME", help="Column of the address.")]
Delay = Annotated[
    float, typer.Option(min=0, metavar="SECONDS", help="Time between two requests to one host, at least.")
]
Loopback = Annotated[
    bool, typer.Option("--allow-loopback", help="Fetch from this machine too, which is refused otherwise.")
]
DEFAULT = "dragoman.db"
SECONDS = 1.0  # of delay
