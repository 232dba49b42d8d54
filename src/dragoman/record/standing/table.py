"""Tables of standing for the terminal, and as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from rich.console import Console
from rich.table import Table

from dragoman.record.standing.lines import Coming, Side, Standing, Turn

EVENTS = 3  # ids in a cell
NAME, COLUMN = 26, 19  # characters of a matrix: those who treat, each who is treated ("accepts-diplomats?")


def show(console: Console, found: Sequence[Standing], *, by: bool) -> None:
    """Standing as a table; `by` names the other side first."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("toward" if by else "who", "recognition", "representation", "on whose word", "expected", "flags"):
        table.add_column(head, overflow="fold")
    table.add_column("events", overflow="fold", no_wrap=False)
    several = len({one.toward if not by else one.holder for one in found}) > 1
    for one in found:
        name, other = (one.toward_name, one.holder_name) if by else (one.holder_name, one.toward_name)
        flags = [flag for flag in one.flags if flag != "expected"]
        table.add_row(
            f"{name} ({other})" if several else name,
            _level(one.recognition),
            _level(one.representation),
            "; ".join(dict.fromkeys((*one.recognition.on_word_of, *one.representation.on_word_of))),
            "; ".join(_coming(ahead) for ahead in one.expected),
            ", ".join(flags),
            " ".join(_events(one)[:EVENTS]),
        )
    console.print(table)


def show_turns(console: Console, found: Sequence[Turn]) -> None:
    """Changes as a table."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("day", "who", "toward", "what", "from", "to", "on whose word", "events"):
        table.add_column(head, overflow="fold")
    for one in found:
        basis = " (claim)" if one.basis == "claim" else ""
        before = f"{one.before} (claim)" if one.before == one.after and not basis else one.before  # now it is a fact
        events = " ".join(source.event for source in one.evidence[:EVENTS])
        word = "; ".join(one.on_word_of)
        table.add_row(one.day, one.holder_name, one.toward_name, one.what, before, f"{one.after}{basis}", word, events)
    console.print(table)


def show_matrix(console: Console, found: Sequence[Standing]) -> None:
    """Holders by those who are treated; each cell has recognition / representation, a claim with a question mark.

    As many are beside one another as there is room for without breaking words; the others follow below.
    """
    towards = list({one.toward: one.toward_name for one in found}.items())
    cells = {(one.holder, one.toward): _cell(one) for one in found}
    names = {one.holder: one.holder_name for one in found}
    beside = max((console.width - NAME) // COLUMN, 1)
    for first in range(0, len(towards), beside):
        some = towards[first : first + beside]
        table = Table(box=None, pad_edge=False, header_style="bold")
        table.add_column("", max_width=NAME)
        for _, name in some:
            table.add_column(name, overflow="fold", width=COLUMN - 1)
        for holder, name in names.items():
            row = [cells.get((holder, toward), "") for toward, _ in some]
            if any(row):
                table.add_row(name, *row)
        console.print(table)
        if first + beside < len(towards):
            console.print()


def matrix_csv(found: Sequence[Standing]) -> str:
    """The matrix as CSV, by ids."""
    towards = list(dict.fromkeys(one.toward for one in found))
    cells = {(one.holder, one.toward): _cell(one) for one in found}
    rows = [
        [holder, *(cells.get((holder, toward), "") for toward in towards)]
        for holder in dict.fromkeys(one.holder for one in found)
    ]
    return _csv([["holder", *towards], *rows])


def standings_csv(found: Sequence[Standing]) -> str:
    """Standing as CSV: one row for each pair, lists separated by semicolons."""
    heads = ["holder", "holder_name", "toward", "toward_name"]
    sides = ("recognition", "representation")
    parts = ("level", "basis", "on_facts", "since", "last", "implied", "disputed", "told", "on_word_of", "events")
    heads += [f"{side}_{part}" for side in sides for part in parts]
    heads += ["expected", "asked", "refusals", "flags"]
    rows = [
        [
            *(one.holder, one.holder_name, one.toward, one.toward_name),
            *(cell for side in (one.recognition, one.representation) for cell in _cells(side)),
            ";".join(_coming(ahead) for ahead in one.expected),
            ";".join(_coming(ahead) for ahead in one.asked),
            ";".join(source.event for source in one.refusals),
            ";".join(one.flags),
        ]
        for one in found
    ]
    return _csv([heads, *rows])


def turns_csv(found: Sequence[Turn]) -> str:
    """Changes as CSV."""
    heads = ["day", "holder", "holder_name", "toward", "toward_name", "what", "before", "after", "basis"]
    rows = [
        [
            *(one.day, one.holder, one.holder_name, one.toward, one.toward_name, one.what, one.before, one.after),
            one.basis or "",
            ";".join(one.on_word_of),
            ";".join(source.event for source in one.evidence),
        ]
        for one in found
    ]
    return _csv([[*heads, "on_word_of", "events"], *rows])


def _csv(rows: Iterable[Sequence[object]]) -> str:
    target = StringIO()
    csv.writer(target, lineterminator="\n").writerows(rows)
    return target.getvalue()


def _cells(side: Side) -> list[object]:
    return [
        *(side.level, side.basis or "", side.on_facts, side.since or "", side.last or ""),
        *(str(side.implied).lower(), str(side.disputed).lower(), side.told),
        ";".join(side.on_word_of),
        ";".join(source.event for source in side.evidence),
    ]


def _level(side: Side) -> str:
    if side.basis is None:
        return "·"
    told = side.level
    if side.implied:
        told += " (implied)"
    if side.basis == "claim":
        told += " (claim)" if _nothing(side.on_facts) else f" (claim; as fact {side.on_facts})"
    return f"{told}, since {side.since}" if side.since else told


def _nothing(level: str) -> bool:
    return level in ("silent", "none known")


def _coming(ahead: Coming) -> str:
    claim, denied = ", claim" if ahead.basis == "claim" else "", ", denied" if ahead.against else ""
    return f"{ahead.level} (said {ahead.said}{claim}{denied})"


def _events(one: Standing) -> list[str]:
    sources = (*one.recognition.evidence, *one.recognition.against, *one.representation.evidence)
    ahead = tuple(source for each in one.expected for source in each.evidence)
    flagged = (*one.sanctions, *one.severed)
    return list(dict.fromkeys(source.event for source in (*sources, *ahead, *flagged)))


def _cell(one: Standing) -> str:
    sides = [f"{side.level}{'?' if side.basis == 'claim' else ''}" for side in _sides(one) if side.basis]
    return " / ".join(sides) or "·"


def _sides(one: Standing) -> tuple[Side, Side]:
    return one.recognition, one.representation
