"""Copies: reports that are near-duplicates of one another (syndicated, edited or lightly rewritten) are one source.

Candidates share a band of their MinHash signature (Broder 1997; banding after Leskovec, Rajaraman & Ullman, *Mining of
Massive Datasets*, ch. 3); each is then compared shingle by shingle, so that no pair is taken on an estimate.

A change of one word touches three shingles: at a likeness of 0.6 one word in eleven differs, or the shorter text holds
six tenths of the longer.  Below it lie forms that are filled anew each time (schedules, national days, readouts: under
0.54), above it edited versions of one text (over 0.85).  With 36 bands of 4 rows a pair at 0.6 shares a band with a
probability of 1 - (1 - 0.6⁴)³⁶ = 0.993, one at 0.2 of 0.06.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from rensa import RMinHash

SHINGLE = 3  # words
BANDS, ROWS = 36, 4
SEED = 20221
LIKE = 0.6  # Jaccard
WORD = re.compile(r"\w+")


def shingles(text: str) -> frozenset[str]:
    """The runs of three words of a text, in lower case."""
    words = WORD.findall(text.lower())
    return frozenset(" ".join(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1)))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard likeness of two sets of shingles, 0 to 1."""
    return len(one & other) / len(one | other) if one or other else 1.0


def bands(text: str) -> list[int]:
    """The bands of a text's signature, each a number of 63 bits that tells which band it is too."""
    sketch = RMinHash(num_perm=BANDS * ROWS, seed=SEED)
    sketch.update(list(shingles(text)))
    digest = sketch.digest()
    return [_number(at, digest[at * ROWS : (at + 1) * ROWS]) for at in range(BANDS)]


def _number(band: int, rows: Iterable[int]) -> int:
    """A band as one number (FNV-1a, 64 bits, the highest dropped so that databases hold it)."""
    value = 0xCBF29CE484222325 ^ band
    for row in rows:
        value = ((value ^ row) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value & 0x7FFFFFFFFFFFFFFF


def copies_among(texts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, float]]:
    """The pairs of (id, text) that are copies, each once, the later one first.

    Yields
    ------
    tuple
        (id, id of the earlier one, likeness).
    """
    known: dict[str, frozenset[str]] = {}
    by_band: defaultdict[int, list[str]] = defaultdict(list)
    for report, text in texts:
        own = bands(text)
        shingled = shingles(text)
        for other in dict.fromkeys(one for band in own for one in by_band[band]):
            like = likeness(shingled, known[other])
            if like >= LIKE:
                yield report, other, like
        known[report] = shingled
        for band in own:
            by_band[band].append(report)


def nearest(text: str, candidates: Iterable[str], text_of: Callable[[str], str]) -> list[tuple[str, float]]:
    """Those candidates that are copies of a text, with their likeness."""
    shingled = shingles(text)
    found = ((one, likeness(shingled, shingles(text_of(one)))) for one in candidates)
    return [(one, like) for one, like in found if like >= LIKE]
