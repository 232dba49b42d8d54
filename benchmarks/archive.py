"""An archive of any size, made of real releases by a seeded generator, with copies and edits among its reports.

They come in the order of their days, as news does.  A report has paragraphs of several releases: excerpts of so few
would be copies of one another, the more the larger the archive.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from corpora import PACKED

OUTLETS = ("Example Times", "Sample Gazette", "Model Herald", "Specimen Post", "Pattern News")
FIRST_DAY = date(2019, 1, 1)
A_DAY = 100  # reports
PARAGRAPHS = (2, 4)  # of a report
COPIED = 0.1  # share of reports that another outlet has taken over, a word or two changed
LATELY = 500  # reports back, at the most, from which a copy is taken


def releases() -> list[dict[str, str]]:
    """The releases that the archive is made of."""
    with gzip.open(PACKED["diplomatic"], "rt", encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if row["text"].strip()]


def archive(size: int, seed: int = 7) -> Iterator[dict[str, str]]:
    """So many reports, the same for the same seed; a longer archive begins with a shorter one."""
    chance = random.Random(seed)
    paragraphs = [one for row in releases() for one in row["text"].split("\n\n")]
    made: list[dict[str, str]] = []
    for number in range(size):
        day = (FIRST_DAY + timedelta(days=number // A_DAY)).isoformat()
        outlet = chance.choice(OUTLETS)
        if made and chance.random() < COPIED:
            report = chance.choice(made)
            text = _edited(report["text"], chance)
        else:
            text = _composed(paragraphs, chance)
        row = {"published": day, "outlet": outlet, "text": text}
        yield row | {"url": f"https://example.org/{number}"}
        made = [*made[-LATELY:], row]


def _composed(paragraphs: list[str], chance: random.Random) -> str:
    return "\n\n".join(chance.choice(paragraphs) for _ in range(chance.randint(*PARAGRAPHS)))


def _edited(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    at = chance.randrange(len(words))
    return " ".join([*words[:at], *words[at + 1 :]]) if len(words) > 20 else text


def write(path: Path, size: int, seed: int = 7) -> None:
    """Write an archive as JSON lines."""
    with path.open("w", encoding="utf-8") as file:
        for row in archive(size, seed):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
