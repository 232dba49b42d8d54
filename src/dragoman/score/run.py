"""Run: read the gold cases of a task and have each reading judged."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from dragoman.domain import BadInput
from dragoman.score.outcome import Case, Outcome, Task

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import TaskID

Step = Callable[[], None]


def scored(tasks: Sequence[Task], console: Console, *, times_alone: bool = False) -> list[Outcome]:
    """Score tasks one after the other, with a progress bar on the console."""
    from rich.progress import MofNCompleteColumn, Progress, TimeElapsedColumn

    outcomes: list[Outcome] = []
    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        for task in tasks:
            bar = progress.add_task(task.name, total=len(task.items) + len(task.unread))

            def step(bar: TaskID = bar) -> None:
                progress.advance(bar)

            outcomes.append((run_times if times_alone else run)(task, step))
            progress.remove_task(bar)
    return outcomes


def run(task: Task, step: Step) -> Outcome:
    """Read and judge the cases of a task, in batches; `step` is called after each."""
    from dragoman.reading.reader import Draft, read_all

    begun = time.perf_counter()
    cases: list[Case] = []
    readings = read_all(Draft(item.text, item.published) for item in task.items)
    for item, reading in zip(task.items, readings, strict=True):
        cases.append(item.judge(reading))
        step()
    for judge in task.unread:
        cases.append(judge())
        step()
    return Outcome(task.name, tuple(cases), time.perf_counter() - begun, task.note(cases))


def run_times(task: Task, step: Step) -> Outcome:
    """Score the stage that finds times alone, without a parse: what a tense would settle is left open.

    Raises
    ------
    BadInput
        When the task's gold is not of times.
    """
    from dragoman.reading.times import find_times

    cases: list[Case] = []
    seconds = 0.0
    for item in task.items:
        if item.judge_times is None:
            raise BadInput(f"the gold of {task.name} is not of times")
        begun = time.perf_counter()
        found = find_times(item.text, item.published)
        seconds += time.perf_counter() - begun
        cases.append(item.judge_times(found))
        step()
    lines = sum(item.text.count("\n") + 1 for item in task.items)
    return Outcome(task.name, tuple(cases), seconds, f"{task.note(cases)}; {lines / seconds:,.0f} lines a second")
