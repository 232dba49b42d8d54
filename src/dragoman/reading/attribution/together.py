"""Together: several reports as one, for what takes nearly as long for one as for twenty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from dragoman.reading.attribution.tree import COLUMNS, OFFSET, Columns
from dragoman.reading.parse import Parsed

TOKENS = 1_500  # about as many are put together
APART = 2  # passages that are left out between two reports, so that nothing goes on from one to the next


class Begin(NamedTuple):
    """Where a report begins: its first token, sentence and character."""

    token: int
    sentence: int
    character: int


def together(reports: Sequence[Parsed]) -> tuple[Columns, list[Begin]]:
    """The columns of several reports as of one, and where each of them begins."""
    begins: list[Begin] = []
    tables = []
    sentences: list[tuple[int, int]] = []
    passages: list[int] = []
    token = character = 0
    for one in reports:
        begins.append(Begin(token, len(sentences), character))
        table = one.doc.to_array(COLUMNS).reshape(len(one.doc), len(COLUMNS))
        table[:, OFFSET] += np.uint64(character)
        tables.append(table)
        passage = passages[-1] + 1 + APART if passages else 0
        sentences += [(token + each.start, token + each.end) for each in one.sentences]
        passages += [passage + each for each in one.passage_of]
        token += len(one.doc)
        character += len(one.text)
    return Columns(np.concatenate(tables), reports[0].doc.vocab.strings, sentences, passages), begins


def groups(sizes: Sequence[int]) -> Iterator[slice]:
    """The reports, by their tokens, that are put together each time."""
    first = tokens = 0
    for at, size in enumerate(sizes):
        tokens += size
        if tokens >= TOKENS or at + 1 == len(sizes):
            yield slice(first, at + 1)
            first, tokens = at + 1, 0
