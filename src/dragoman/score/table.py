"""Tables of a scoring: for the terminal, and in Markdown between the marks of a document."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.domain import BadInput
from dragoman.score.outcome import Slip
from dragoman.score.summary import Measure, Summary

if TYPE_CHECKING:
    from rich.console import Console

SHOWN = 12  # slips shown of one cause
HEADS = ("task", "measure", "right", "given", "wanted", "precision", "recall", "F1")


def rows(summaries: Sequence[Summary], before: Mapping[str, Summary]) -> Iterator[list[str]]:
    """The cells of each row; a task is named in its first row only.

    Where there is an earlier scoring, the last cell says by how many points the value of a measure moved, and what was
    counted then if it was another count; where there is an interval, the cell before says it.
    """
    for one in summaries:
        task = f"{one.task} ({one.cases})"
        for name, measure in one.measures.items():
            last = before[one.task].measures.get(name) if one.task in before else None
            yield [
                task,
                name,
                str(measure.right),
                "" if measure.given is None else str(measure.given),
                str(measure.wanted),
                percent(measure.precision),
                percent(measure.recall),
                percent(measure.f1),
                _range(measure),
                _moved(measure, last) if before else "",
            ]
            task = ""


def heads(summaries: Sequence[Summary], compared: bool) -> list[str]:
    """The heads of the columns that have something in them."""
    ranged = any(measure.low is not None for one in summaries for measure in one.measures.values())
    return [*HEADS, *(["95 %"] if ranged else []), *(["moved"] if compared else [])]


def percent(value: float | None) -> str:
    """A share in per cent with one decimal; nothing where there is none."""
    return "" if value is None else f"{100 * value:.1f}"


def _range(measure: Measure) -> str:
    return f"{percent(measure.low)}-{percent(measure.high)}" if measure.low is not None else ""


def _moved(measure: Measure, last: Measure | None) -> str:
    if last is None:
        return "new"
    then = (last.right, last.given, last.wanted)
    counted = "/".join("-" if count is None else str(count) for count in then)
    was = "" if then == (measure.right, measure.given, measure.wanted) else f" (was {counted})"
    if measure.value is None or last.value is None:
        return was.strip()
    by = measure.value - last.value
    return (f"{100 * by:+.1f}" if abs(by) >= 0.0005 else "=") + was


def _cells(summaries: Sequence[Summary], before: Mapping[str, Summary], columns: Sequence[str]) -> list[list[str]]:
    every = [*HEADS, "95 %", "moved"]
    keep = [every.index(column) for column in columns]
    return [[row[i] for i in keep] for row in rows(summaries, before)]


def show(console: Console, summaries: Sequence[Summary], before: Mapping[str, Summary]) -> None:
    """Print the table."""
    from rich.table import Table

    columns = heads(summaries, bool(before))
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column, justify="left" if column in ("task", "measure") else "right", no_wrap=True)
    for row in _cells(summaries, before, columns):
        table.add_row(*row)
    console.print(table)
    if before:
        console.print("moved: points of F1, or of recall where there is no F1; was: right/given/wanted", style="dim")
    for one in summaries:
        last = before.get(one.task)
        if last is not None and last.cases != one.cases:
            said = f"{one.task}: {one.cases} cases, {last.cases} before: not the same were scored"
            console.print(said, style="bold", markup=False, soft_wrap=True)
        note = f"; {one.note}" if one.note else ""
        console.print(f"{one.task}: {one.seconds:.1f} s{note}", style="dim", markup=False, soft_wrap=True)


def show_slips(console: Console, summaries: Sequence[Summary]) -> None:
    """Print what was missed, wrong, spurious, or for a person to judge, grouped by cause, commonest first."""
    for one in summaries:
        grouped: defaultdict[tuple[str, str], list[Slip]] = defaultdict(list)
        for slip in one.slips:
            grouped[slip.sort, slip.cause].append(slip)
        for (sort, cause), slips in sorted(grouped.items(), key=lambda each: (each[0][0], -len(each[1]), each[0])):
            console.print(f"\n{one.task}: {sort}: {cause} ({len(slips)})", style="bold", markup=False, highlight=False)
            for slip in slips[:SHOWN]:
                console.print(f"  {slip.context}", markup=False, highlight=False, soft_wrap=True)
                if slip.detail:
                    console.print(f"    {slip.detail}", style="dim", markup=False, highlight=False, soft_wrap=True)
            if len(slips) > SHOWN:
                often = [f"{detail} ({n})" for detail, n in Counter(slip.detail for slip in slips).most_common(SHOWN)]
                rest = f"  and {len(slips) - SHOWN} more; most often: {', '.join(often)}"
                console.print(rest, style="dim", markup=False, highlight=False, soft_wrap=True)


def markdown(summaries: Sequence[Summary]) -> str:
    """The table in Markdown."""
    columns = heads(summaries, False)
    lines = [columns, ["---" if column in ("task", "measure") else "---:" for column in columns]]
    lines += _cells(summaries, {}, columns)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def replace(path: Path, mark: str, content: str) -> None:
    """Replace what stands in a document between ``<!-- mark -->`` and ``<!-- /mark -->``.

    Raises
    ------
    BadInput
        When the document is absent or has no such marks.
    """
    if not path.is_file():
        raise BadInput(f"no document at {path}")
    text = path.read_text(encoding="utf-8")
    marks = re.compile(rf"(<!-- {mark} -->\n).*?(<!-- /{mark} -->)", re.DOTALL)
    if not marks.search(text):
        raise BadInput(f"{path} has no <!-- {mark} --> ... <!-- /{mark} -->")
    path.write_text(marks.sub(lambda found: f"{found[1]}{content}\n{found[2]}", text), encoding="utf-8")
