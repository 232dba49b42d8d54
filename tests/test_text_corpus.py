"""The text stage on real reports: the brief, and corpora whose paragraphs are nearly all of the story."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from dragoman.reading import parse
from dragoman.text import dateline, parsed_findings, prepare

SHARED = Path(__file__).parents[2] / "shared"
BRIEF = SHARED / "brief" / "taliban-outreach.txt"
CORPORA = {
    "readouts": SHARED / "gold" / "readouts" / "dev.jsonl",
    "articles": SHARED / "gold" / "attribution" / "dev.jsonl",
    "wikinews": SHARED / "gold" / "times" / "meantime.jsonl",
    "releases": SHARED / "corpus" / "state-releases-2021.jsonl.gz",
}


def rows(name: str) -> list[dict[str, Any]]:
    path = CORPORA[name]
    if not path.exists():
        pytest.skip(f"the corpus of {name} is not here")
    data = path.read_bytes()
    lines = (gzip.decompress(data) if path.suffix == ".gz" else data).decode().split("\n")
    return [json.loads(line) for line in lines if line]


def test_the_brief() -> None:
    if not BRIEF.exists():
        pytest.skip("the brief is not here")
    text = BRIEF.read_text(encoding="utf-8")
    prepared = prepare(text)
    assert prepared.text == text
    odd = [(p.kind, text[p.start : p.end][:30]) for p in prepared.passages if p.kind != "body"]
    assert odd == [
        ("fragment", "student."),
        ("fragment", "has been done."),
        ("repeat", "Although the Taliban have made"),
        ("trailer", "Afghan Taliban signs deal with"),
        ("trailer", "Afghan artists find no refuge "),
    ]
    (parsed,) = parse.parse(parse.model(), [(prepared.text, prepared.passages)])
    assert [finding.quote for finding in parsed_findings(parsed)] == ["Seek technical, or developmental assistance."]


@pytest.mark.parametrize("name", ["readouts", "articles", "wikinews", "releases"])
def test_paragraphs_of_real_reports_are_nearly_all_of_the_story(name: str) -> None:
    found: Counter[str] = Counter()
    for row in rows(name)[::4]:
        prepared = prepare(row["text"])
        assert prepared.text == row["text"] or any(finding.kind == "mojibake" for finding in prepared.findings)
        found.update(passage.kind for passage in prepared.passages)
    total = sum(found.values())
    assert (found["trailer"] + found["fragment"] + found["repeat"]) < 0.01 * total
    assert found["body"] > 0.6 * total


def test_the_dates_of_wikinews_are_found() -> None:
    wrong = []
    for row in rows("wikinews"):
        line = dateline(row["text"])
        if line is None or not (row["dct"] is None or line.date == row["dct"][:10]):
            wrong.append((row["id"], line))
    assert len(wrong) <= 2  # one annotation is not an ISO date, one differs from the dateline
