"""Options: the filter of events as options of the command line, the same for every command that lists events."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

if TYPE_CHECKING:
    from dragoman.record.questions.filters import EventFilter


def _filter(
    actor: Annotated[str | None, typer.Option(help="Who acts: polity, regime, organization or person.")] = None,
    target: Annotated[str | None, typer.Option(help="Who is acted on.")] = None,
    party: Annotated[list[str] | None, typer.Option(help="Who takes part on either side; may be repeated.")] = None,
    kind: Annotated[list[str] | None, typer.Option(help="Kind of event, such as meeting; may be repeated.")] = None,
    type: Annotated[list[str] | None, typer.Option(help="PLOVER type, such as CONSULT; may be repeated.")] = None,
    place: Annotated[str | None, typer.Option(help="A country, or a place as reports name it.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="On or after this day, month or year.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="On or before this day, month or year.")] = None,
    modality: Annotated[
        list[str] | None,
        typer.Option(help="happened, ongoing, planned, requested, conditional or possible; may be repeated."),
    ] = None,
    polarity: Annotated[str | None, typer.Option(help="affirmed or denied.")] = None,
    outlet: Annotated[str | None, typer.Option(help="As told by this outlet.")] = None,
    attributed: Annotated[
        bool | None, typer.Option("--attributed/--unattributed", help="On somebody's word, or the report's own.")
    ] = None,
    text: Annotated[str | None, typer.Option(help='Words, or "phrases", in the evidence.')] = None,
    verdict: Annotated[
        str | None, typer.Option(help="accept, reject or none; without it, rejected ones are left out.")
    ] = None,
    known_by: Annotated[
        str | None, typer.Option(metavar="DATE", help="Only what the record had read by the end of that day.")
    ] = None,
) -> EventFilter:
    from dragoman.record.questions.filters import EventFilter

    return EventFilter(
        actor=actor,
        target=target,
        parties=tuple(party or ()),
        kinds=tuple(kind or ()),
        types=tuple(type or ()),
        place=place,
        since=since,
        until=until,
        modalities=tuple(modality or ()),
        polarity=polarity,
        outlet=outlet,
        attributed=attributed,
        text=text,
        verdict=verdict,
        known=known_by,
    )


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """A command with the options of the filter, which it is given as its first argument, ``given``."""
    own, asked = inspect.signature(command), inspect.signature(_filter)
    options = [one.replace(kind=one.KEYWORD_ONLY) for one in _parameters(_filter)]
    rest = [one for one in _parameters(command) if one.name != "given"]
    positional = [one for one in rest if one.kind is not one.KEYWORD_ONLY]
    keyword = [one for one in rest if one.kind is one.KEYWORD_ONLY]

    @functools.wraps(command)
    def run(**values: Any) -> None:
        filters = {name: values.pop(name) for name in asked.parameters}
        command(_filter(**filters), **values)

    parameters = [*(one.replace(kind=one.POSITIONAL_OR_KEYWORD) for one in positional), *options, *keyword]
    run.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    del run.__wrapped__
    return run


def _parameters(function: Callable[..., Any]) -> list[inspect.Parameter]:
    """The parameters of a function with their annotations as objects."""
    known = function.__globals__ | {"EventFilter": object}
    hints = get_type_hints(function, globalns=known, include_extras=True)
    return [one.replace(annotation=hints[one.name]) for one in inspect.signature(function).parameters.values()]
