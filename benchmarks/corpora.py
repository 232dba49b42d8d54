"""The texts that are timed: real ones from the shared folder where it is there, otherwise the brief alone."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

from dragoman.examples import BRIEF

SHARED = Path(__file__).resolve().parents[2] / "shared"
PACKED = {
    "diplomatic": SHARED / "corpus" / "state-releases-2021.jsonl.gz",
    "mixed": SHARED / "corpus" / "current-events-to-2019.jsonl.gz",
}
LONGEST = 6000  # characters: transcripts of press conferences are not news reports


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts with their days of publication."""

    name: str
    texts: tuple[tuple[str, str | None], ...]

    @property
    def characters(self) -> int:
        """Characters in all texts."""
        return sum(len(text) for text, _ in self.texts)


def corpora(sizes: dict[str, int]) -> list[Corpus]:
    """So many texts of each corpus, evenly spaced over it; the brief, repeated, where the corpora are absent."""
    found = [Corpus(name, _spaced(PACKED[name], size)) for name, size in sizes.items() if PACKED[name].is_file()]
    return found or [Corpus("brief", ((BRIEF.read_text(encoding="utf-8"), "2022-07-26"),) * 50)]


def _spaced(file: Path, size: int) -> tuple[tuple[str, str | None], ...]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["text"].strip() and len(row["text"]) <= LONGEST]
    step = max(1, len(rows) // size)
    return tuple((row["text"], row["published"]) for row in rows[::step][:size])
