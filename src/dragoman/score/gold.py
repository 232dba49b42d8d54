"""Gold: the files of answers, told by what they hold, made into tasks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from dragoman.domain import BadInput
from dragoman.score import acts, answers, attribution, brief, copies, readouts, times, undated
from dragoman.score.outcome import Item, Task
from dragoman.score.rows import converted, rows

FILES = ("*.json", "*.jsonl", "*.jsonl.gz", "*.yaml")


def tasks(
    paths: Sequence[Path], *, only: tuple[str, ...] = (), limit: int | None = None, times_alone: bool = False
) -> list[Task]:
    """The tasks in some files and folders of gold cases.

    Parameters
    ----------
    paths
        Files, or folders that are searched for files.
    only
        Take only tasks whose names begin so.
    limit
        Take no more than so many cases of each file.
    times_alone
        Take only tasks whose gold is of times.

    Raises
    ------
    BadInput
        When a path is absent, a file is not as it should be, or no task is left.
    """
    made: list[Task] = []
    cases: list[Item] = []
    for path in paths:
        if not path.exists():
            raise BadInput(f"no gold cases at {path}")
        for file in sorted(_files(path)):
            if file.suffix == ".yaml":
                cases += _acts(file)[:limit]
            else:
                made += _file(file, limit)
    if cases:
        made.append(Task("acts", tuple(cases)))
    chosen = [one for one in made if not only or one.name.startswith(only)]
    if times_alone:
        chosen = [one for one in chosen if one.items and all(item.judge_times for item in one.items)]
    if not chosen:
        raise BadInput(f"no such gold cases in {', '.join(map(str, paths))}")
    return chosen


def _files(path: Path) -> Iterator[Path]:
    return (file for pattern in FILES for file in path.rglob(pattern)) if path.is_dir() else iter([path])


def _file(file: Path, limit: int | None) -> list[Task]:
    if file.suffix == ".json":
        return _brief(file)
    lines = rows(file, limit)
    name = f"{file.parent.name}/{file.name.partition('.')[0]}"
    if _with(lines, "attributions"):
        articles = converted(file, lines, list[attribution.Article])
        return [Task(name, tuple(Item(one.text, None, partial(attribution.judge, one)) for one in articles))]
    if _with(lines, "timexes"):
        dated = converted(file, lines, list[times.Dated])
        return [Task(name, tuple(map(_dated, dated)), lambda cases: times.note(dated))]
    if _with(lines, "label") and _with(lines, "a"):
        likened = converted(file, lines, list[copies.Pair])
        counted = tuple(partial(copies.judge, one) for one in likened if one.judged)
        return [Task(name, (), lambda cases: copies.note(likened), counted)]
    if _with(lines, "gold") and _with([lines[0]["gold"]], "counterparts"):
        contacts = converted(file, lines, list[readouts.Readout])
        return [
            Task(
                name,
                tuple(Item(one.text, one.published, partial(readouts.judge, one)) for one in contacts),
                readouts.note,
            )
        ]
    return []


def _with(lines: Sequence[Any], key: str) -> bool:
    """Whether the first of the rows is an object with a key."""
    return bool(lines) and isinstance(lines[0], dict) and key in lines[0]


def _dated(one: times.Dated) -> Item:
    judge_times = partial(times.judge, one)
    return Item(one.text, one.published, lambda reading: judge_times(reading.times), judge_times)


def _brief(file: Path) -> list[Task]:
    raw = rows(file)
    if not _with([raw], "events"):
        return []
    gold = converted(file, raw, answers.Brief)
    report = file.parent / gold.report
    if not report.is_file():
        raise BadInput(f"{file} speaks of a report that is not at {report}")
    text = report.read_text(encoding="utf-8")
    return [
        Task(file.stem, (Item(text, gold.published, partial(brief.judge, gold)),)),
        Task(f"{file.stem}/undated", (Item(text, None, partial(undated.judge, gold.report)),)),
    ]


def _acts(file: Path) -> list[Item]:
    made = converted(file, rows(file), list[acts.ActCase])
    return [Item(one.text, one.published, partial(acts.judge, one)) for one in made]
