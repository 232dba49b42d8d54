"""Repair: mojibake back to what was written, run by run, with the way back to the source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.text.offsets import Piece, spliced

SURROGATES = re.compile("[\ud800-\udfff]+")
NULS = re.compile("\0+")
LINE = re.compile(r"[^\n]{1,8000}\n?|\n")
PLAIN = re.compile(
    r"[\x00-\x1f!->@-\x7f]+"
)  # ASCII that no repair touches: a space or ``?`` may stand for a lost byte
BLANK = re.compile(r"([ \t]+)")
ROUNDS = 4  # times that text may have been misread
Change = tuple[int, int, str]


def repaired(text: str) -> tuple[str, tuple[Piece, ...]]:
    """Undo mojibake in `text`, and nothing else; return the text and what was replaced by what.

    Curly quotes, odd spaces and control characters stay.  Surrogate halves, which no encoding can hold, become the
    character that a pair of them means, or U+FFFD; so does NUL, which PostgreSQL holds in no text.

    References
    ----------
    Robyn Speer, ftfy, https://doi.org/10.5281/zenodo.2591652 (its ``fix_encoding`` step only).
    """
    if text.isascii() and "\0" not in text:
        return text, ()
    told = text.replace("\0", "\ufffd")
    changes = list(_halves(told)) or list(_mojibake(told))
    return spliced(text, sorted([*changes, *_nuls(text, changes)]) if told != text else changes)


def _nuls(text: str, changes: list[Change]) -> Iterator[Change]:
    """Every NUL that no other change covers."""
    covered = {at for start, end, _ in changes for at in range(start, end)}
    for run in NULS.finditer(text):
        if not covered:
            yield run.start(), run.end(), "\ufffd" * len(run.group())
            continue
        yield from ((at, at + 1, "\ufffd") for at in range(*run.span()) if at not in covered)


def _halves(text: str) -> Iterator[Change]:
    for run in SURROGATES.finditer(text):
        whole = run.group().encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        yield run.start(), run.end(), whole


def _mojibake(text: str) -> Iterator[Change]:
    from ftfy.badness import is_bad

    for line in LINE.finditer(text):
        words = line.group()
        if words.isascii() or not is_bad(words):
            continue
        fixed = _fixed(words).replace("\0", "\ufffd")  # "\xc0\x80" is NUL to some
        if fixed != words:
            yield from _aligned(words, fixed, line.start())


def _fixed(line: str) -> str:
    """Fix a line as a whole or word by word, whichever leaves less mojibake, until nothing changes.

    Word by word helps where a curly quote elsewhere in the line keeps a word from being read as Latin-1.
    """
    from ftfy import fix_encoding
    from ftfy.badness import badness, is_bad

    for _ in range(ROUNDS):
        whole = fix_encoding(line)
        if whole != line and not is_bad(whole):
            return whole
        apart = "".join(fix_encoding(word) if is_bad(word) else word for word in BLANK.split(line))
        best = whole if badness(whole) <= badness(apart) else apart
        if best == line or not is_bad(best):
            return best
        line = best
    return line


def _aligned(old: str, new: str, base: int) -> Iterator[Change]:
    """Tell which runs differ, between the plain ASCII that both share; else the line as a whole."""
    anchors, others = list(PLAIN.finditer(old)), list(PLAIN.finditer(new))
    if [item.group() for item in anchors] != [item.group() for item in others]:
        yield base, base + len(old), new
        return
    gaps = _gaps(anchors, len(old)), _gaps(others, len(new))
    changes = [
        _narrowed(base + start, old[start:end], new[begin:finish])
        for (start, end), (begin, finish) in zip(*gaps, strict=True)
        if old[start:end] != new[begin:finish]
    ]
    if all(words and start < end for start, end, words in changes):
        yield from changes
    else:
        yield base, base + len(old), new


def _narrowed(start: int, old: str, new: str) -> Change:
    """Leave out what both begin and end with, so long as something of each is left."""
    most = min(len(old), len(new)) - 1
    head = 0
    while head < most and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < most - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return start + head, start + len(old) - tail, new[head : len(new) - tail]


def _gaps(anchors: list[re.Match[str]], length: int) -> list[tuple[int, int]]:
    starts = [0, *(item.end() for item in anchors)]
    ends = [*(item.start() for item in anchors), length]
    return list(zip(starts, ends, strict=True))
