"""How many of the copies that comparing every two reports finds, the bands find too, and what each costs.

``python benchmarks/copies.py [FILE]``: JSON lines, packed or not, with ``id`` and ``text``; without a file, the
releases of the shared folder.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from itertools import combinations
from pathlib import Path

from corpora import PACKED

from dragoman.record.copies import LIKE, copies_among, likeness, shingles


def main() -> None:
    """Compare, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?", default=PACKED["diplomatic"])
    file = parser.parse_args().file
    with gzip.open(file, "rb") if file.suffix == ".gz" else file.open("rb") as lines:
        texts = {row["id"]: row["text"] for row in map(json.loads, lines)}
    begun = time.process_time()
    found = {frozenset(pair[:2]) for pair in copies_among(texts.items())}
    banded = time.process_time() - begun
    begun = time.process_time()
    shingled = {id: shingles(text) for id, text in texts.items()}
    wanted = {frozenset(pair) for pair in combinations(texts, 2) if likeness(*(shingled[one] for one in pair)) >= LIKE}
    every = time.process_time() - begun
    share = len(found & wanted) / len(wanted) if wanted else 1.0
    print(
        f"{len(texts)} reports: {len(wanted)} pairs by comparing every two ({every:.1f} s), {len(found & wanted)} of "
        f"them by bands ({share:.1%}; {banded:.1f} s, {1000 * banded / len(texts):.2f} ms a report), "
        f"{len(found - wanted)} that are none"
    )


if __name__ == "__main__":
    main()
