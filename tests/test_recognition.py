"""Recognition and relations in dated news: the answer key by hand, where the corpus is at hand."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from dragoman import Argument, Draft, Event, Reading, read_all

HERE = Path(__file__).parent
KEY = HERE / "cases" / "recognition" / "current-events.csv"
CORPUS = HERE.parent.parent / "shared" / "corpus" / "current-events-to-2019.jsonl.gz"
SYMMETRIC = {"establish-relations", "restore-relations"}
ALIKE = [SYMMETRIC, {"sever-relations", "suspend-relations"}]
DONE = ("happened", "ongoing")
Row = dict[str, str]


@cache
def key() -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {}
    with KEY.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows.setdefault(row["item"], []).append(row)
    return rows


@cache
def readings() -> dict[str, Reading]:
    if not CORPUS.exists():
        pytest.skip("the corpus of current events is not here")
    with gzip.open(CORPUS, "rt", encoding="utf-8") as file:
        items = [item for line in file if (item := json.loads(line))["id"] in key()]
    drafts = [Draft(item["text"], published=item["published"]) for item in items]
    return {item["id"]: reading for item, reading in zip(items, read_all(drafts), strict=True)}


def _parties(arguments: Sequence[Argument]) -> list[set[str]]:
    return [{one for one in (each.entity, each.for_) if one} for each in arguments]


def _all_there(wanted: str, found: list[set[str]]) -> bool:
    return wanted == "*" or all(any(set(one.split("/")) & each for each in found) for one in wanted.split())


def _none_else(wanted: str, found: list[set[str]]) -> bool:
    known = {name for one in wanted.split() for name in one.split("/")}
    return wanted == "*" or all(known & each for each in found)


def _kind(event: Event, row: Row) -> bool:
    if row["standing"] == "not held" and row["kind"] == "recognition":
        return event.kind in ("recognition", "conditional-recognition", "non-recognition")
    return any({event.kind, row["kind"]} <= one for one in ALIKE) or event.kind == row["kind"]


def _standing(event: Event, row: Row) -> bool:
    done = event.modality in DONE
    if row["kind"] == "request-recognition" or row["standing"] == "optional":
        return True
    if row["standing"] == "held":
        return done and (event.polarity == "affirmed" or event.kind == "non-recognition")
    return not done or event.polarity == "denied"


def _answers(event: Event, row: Row) -> bool:
    """Whether an event is the one of the row, with nobody else on its sides; some of a long list may be missing."""
    if not (_kind(event, row) and _standing(event, row)):
        return False
    actors, targets = _parties(event.actors), _parties([*event.targets, *event.about])
    if row["kind"] in SYMMETRIC:
        both = f"{row['holders']} {row['toward']}" if "*" not in (row["holders"], row["toward"]) else "*"
        return _all_there(both, actors + targets) or (bool(targets) and _none_else(both, actors + targets))
    if row["kind"] == "request-recognition":
        return _none_else(row["holders"], actors)
    there = _all_there(row["holders"], actors) and _all_there(row["toward"], targets)
    return there or (_none_else(row["holders"], actors) and _none_else(row["toward"], targets))


def _judged(item: str, reading: Reading) -> tuple[int, int, int, int]:
    """Held steps found and wanted; events right and judged."""
    rows = [row for row in key()[item] if row["kind"]]
    kinds = {row["kind"] for rows_ in key().values() for row in rows_ if row["kind"]} | {"conditional-recognition"}
    events = [one for one in reading.events if one.kind in kinds and one.same_as is None]
    held = [row for row in rows if row["standing"] == "held"]
    found = sum(any(_answers(event, row) for event in events) for row in held)
    if any(row["standing"] == "open" for row in key()[item]):
        return found, len(held), 0, 0
    right = sum(any(_answers(event, row) for row in rows) for event in events)
    return found, len(held), right, len(events)


def test_recognition_and_relations_are_read_as_by_hand() -> None:
    found, wanted, right, given = (
        sum(column) for column in zip(*(_judged(*one) for one in readings().items()), strict=True)
    )
    assert wanted > 200
    assert found / wanted >= 0.88, f"{found} of {wanted} found"
    assert right / given >= 0.95, f"{right} of {given} right"
