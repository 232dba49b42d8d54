"""Paragraphs: where they begin and end, whether lines are paragraphs or were wrapped at a column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x85\u2028\u2029]|\Z)")
WORD = re.compile(r"\S{1,200}")
WIDEST, NARROWEST = 120, 40  # columns at which text is wrapped by mail, wires and archives
RAGGED = 4  # columns by which a wrapped line may fall short
LONG_SHARE = 0.1  # of lines over the widest, from which on a line is a paragraph
WRAPPED_SHARE = 0.6  # of line ends that a column explains
RUNNING_SHARE = 0.4  # of these, lines that go on in lower case
Extent = tuple[int, int]


def paragraphs(text: str) -> list[Extent]:
    """Tell the paragraphs of `text` in order, without the white space around them.

    A blank line always ends a paragraph.  A single line end does, unless the text was wrapped: most of its lines
    then end where the next word would pass one and the same column.  In wrapped text an indented line begins one.
    """
    if text.isprintable():  # holds no line end of any sort
        words = text.strip()
        start = len(text) - len(text.lstrip())
        return [(start, start + len(words))] if words else []
    blocks = list(_blocks(text))
    width = _width(text, blocks)
    found: list[Extent] = []
    for block in blocks:
        found.append(block[0])
        margin = min(_indent(text, line) for line in block) if width else 0
        for before, line in pairwise(block):
            if width and _indent(text, line) <= margin and _runs_on(text, before, line, width):
                found[-1] = (found[-1][0], line[1])
            else:
                found.append(line)
    return found


def _blocks(text: str) -> Iterator[list[Extent]]:
    """Yield runs of lines that are not blank, each line without the white space around it."""
    block: list[Extent] = []
    for match in LINE.finditer(text):
        words = match.group().rstrip()
        line = (match.start() + len(words) - len(words.lstrip()), match.start() + len(words))
        if line[0] < line[1]:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _width(text: str, blocks: list[list[Extent]]) -> int:
    """Tell the column at which `text` was wrapped, or 0."""
    lengths = [end - start for block in blocks for start, end in block]
    short = [length for length in lengths if length <= WIDEST]
    width = max(short, default=0)
    breaks = [pair for block in blocks for pair in pairwise(block)]
    if width < NARROWEST or len(breaks) < 2 or len(lengths) - len(short) > LONG_SHARE * len(lengths):
        return 0
    full = [line for before, line in breaks if _full(text, before, line, width)]
    running = sum(1 for start, _ in full if text[start].islower())
    return width if len(full) >= WRAPPED_SHARE * len(breaks) and running >= RUNNING_SHARE * len(full) else 0


def _full(text: str, before: Extent, line: Extent, width: int) -> bool:
    """Tell whether the first word of `line` would not have fitted on the line `before` it."""
    word = WORD.match(text, line[0])
    return before[1] - before[0] + 1 + (len(word.group()) if word else 0) > width - RAGGED


def _runs_on(text: str, before: Extent, line: Extent, width: int) -> bool:
    return _full(text, before, line, width) or (text[line[0]].islower() and text[before[1] - 1] not in '.!?:"”')


def _indent(text: str, line: Extent) -> int:
    indent = 0
    while indent < line[0] and indent < WIDEST and text[line[0] - indent - 1] in " \t\xa0\u3000":
        indent += 1
    return indent
