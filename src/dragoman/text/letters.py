"""Letters: which encoding bytes speak for, by how often their letters stand beside one another in many languages."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

SINGLE = "cp437 cp850 cp852 cp866 cp874 koi8-r koi8-u mac-roman mac-cyrillic"
CANDIDATES = frozenset(
    [
        *(f"cp125{number}" for number in range(8)),
        *(f"iso8859-{number}" for number in (1, 2, 5, 6, 7, 8, 9, 15)),
        *SINGLE.split(),
        *("gb18030", "big5hkscs", "cp932", "euc-jp", "cp949"),
    ]
)
SAMPLE = 1 << 15  # bytes
HIGH = re.compile(rb"[\x80-\xff]")
MARKUP = re.compile(rb"<[!?/A-Za-z][^<>]*>?|(?:charset|encoding)\s*=", re.IGNORECASE)
SPACE = re.compile(rb"\s")
NEAR = 60  # bytes of a word before its first letter beyond ASCII
FEW = 0.08  # of all words, up to which only those with letters beyond ASCII are looked at: the others are English
FAINT = 0.06  # confidence, below which the letters tell nothing


@dataclass(frozen=True, slots=True)
class Likely:
    """The encoding that the letters fit best.

    Attributes
    ----------
    encoding
        Its name in Python; None where the letters tell nothing.
    rival
        How well another encoding fits, next to it: 1 where both give the same text, or fit alike.
    sample
        The bytes that were looked at.
    """

    encoding: str | None
    rival: float
    sample: bytes


def likely(data: bytes, rival: str = "cp1252") -> Likely:
    """Tell the encoding of `data` by its letters, and how well `rival` does beside it.

    References
    ----------
    Dan Blanchard, chardet 7 (pairs of letters in 45 languages and more, for each encoding).
    """
    from chardet import detect_all

    sample = _sample(data)
    found = detect_all(sample, ignore_threshold=True, include_encodings=CANDIDATES)
    ranked = [(one["encoding"], one["confidence"]) for one in found if one["encoding"]]
    if not ranked or ranked[0][1] < FAINT:
        return Likely(None, 1.0, sample)
    (best, most), text = ranked[0], _read(sample, rival)
    fit = max((sure for name, sure in ranked if text is not None and _read(sample, name) == text), default=0.0)
    return Likely(codecs.lookup(best).name, fit / most, sample)


def _read(sample: bytes, name: str) -> str | None:
    try:
        return sample.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _sample(data: bytes) -> bytes:
    """The beginning of the text, in whole words; where few words have letters beyond ASCII, these alone.

    Tags are left out: what charset they declare is not for the letters to repeat.
    """
    words = MARKUP.sub(b" ", foreign(data))
    start = MARKUP.sub(b" ", data[:SAMPLE])
    if len(data) > SAMPLE and (last := _last_space(start)):
        start = start[:last]
    return words if not HIGH.search(start) or words.count(b" ") + 1 <= FEW * len(start.split()) else start


def _last_space(data: bytes) -> int:
    return max(data.rfind(mark) for mark in (b" ", b"\n"))


def foreign(data: bytes) -> bytes:
    """The words of `data` with bytes beyond ASCII, from all over it, up to 32 KB."""
    words: list[bytes] = []
    at = size = 0
    while size < SAMPLE and (first := HIGH.search(data, at)):
        before = data[max(first.start() - NEAR, at) : first.start()]
        start = first.start() - len(SPACE.split(before)[-1])
        space = SPACE.search(data, first.end(), first.end() + SAMPLE)
        at = space.start() if space else min(first.end() + SAMPLE, len(data))
        words.append(data[start:at])
        size += at - start + 1
    return b" ".join(words)
