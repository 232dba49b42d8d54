"""The command: `dragoman review`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.domain import BadInput
from dragoman.record.questions.command import DEFAULT, RecordOption, opened
from dragoman.record.questions.options import filtered

if TYPE_CHECKING:
    from dragoman.record.questions.filters import EventFilter
    from dragoman.record.review.agreement import Agreement
    from dragoman.record.review.reviewing import Reviewer


@filtered
def review(
    given: EventFilter,
    *,
    by: Annotated[str | None, typer.Option(help="Who reviews; the user of the system without.")] = None,
    sheet: Annotated[
        Path | None, typer.Option("--import", metavar="FILE", help="Take a reviewed sheet (dragoman export sheet).")
    ] = None,
    undo: Annotated[int | None, typer.Option(metavar="DECISION", help="Take back a decision by its number.")] = None,
    agreement: Annotated[
        tuple[str, str] | None, typer.Option(metavar="A B", help="How far two reviewers agree (Cohen's kappa).")
    ] = None,
    apart: Annotated[
        tuple[str, str] | None, typer.Option(metavar="A B", help="Two spellings (dragoman people) are of two persons.")
    ] = None,
    same: Annotated[
        tuple[str, str] | None, typer.Option(metavar="A B", help="Two spellings are of one person.")
    ] = None,
    record: RecordOption = DEFAULT,
) -> None:
    """Go through events that are in doubt: accept, reject, correct, merge, split, note, undo.

    Decisions are kept as rows with who and when; they win over what was read and last over newer readings.
    """
    if sum(one is not None for one in (sheet, undo, agreement, apart, same)) > 1:
        raise BadInput("--import, --undo, --agreement, --apart and --same are different things to do")
    from dragoman.record.review.agreement import agreement as agreed
    from dragoman.record.review.reviewing import Reviewer

    with opened(record) as there:
        if agreement is not None:
            _show(agreed(there, *agreement))
            return
        reviewer = Reviewer(there, by)
        if sheet is not None:
            from dragoman.record.review.sheet import take

            taken = take(reviewer, sheet)
            typer.echo(
                f"{taken.rows} rows: {taken.judged} accepted or rejected, {taken.corrected} corrections, "
                f"{taken.notes} notes, by {reviewer.by}"
            )
        elif apart or same:
            from dragoman.record.review.naming import settle_names

            moved = settle_names(reviewer, *(apart or same or ("", "")), same=apart is None)
            typer.echo(f"kept, by {reviewer.by}; {moved} spellings stand elsewhere now")
        elif undo is not None:
            typer.echo(f"undone; it concerned {', '.join(reviewer.undo(undo).events) or 'no event that is told now'}")
        else:
            typer.echo(f"{_walk(reviewer, given)} decisions by {reviewer.by}")


def _walk(reviewer: Reviewer, given: EventFilter) -> int:
    from rich.console import Console

    from dragoman.record.review.walk import Walk

    console = Console(highlight=False)

    def ask(question: str) -> str:
        console.print(question, style="cyan", markup=False)
        return console.input("> ")

    return Walk(reviewer, given, console, ask).go()


def _show(found: Agreement) -> None:
    kappa = "undefined: chance alone would have them agree" if found.kappa is None else f"{found.kappa:.3f}"
    typer.echo(
        f"{found.one} and {found.other} judged {found.both} tellings in common and agree on {found.agreed} "
        f"({found.observed:.1%}; {found.expected:.1%} by chance); Cohen's kappa {kappa}"
    )
    for judged, ours in found.table.items():
        typer.echo(f"  {found.one} {judged:<8}" + "".join(f"{name} {number:>4}  " for name, number in ours.items()))
    if found.differ:
        typer.echo(f"  they differ on {' '.join(found.differ[:20])}{' …' if len(found.differ) > 20 else ''}")
