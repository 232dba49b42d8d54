"""Together: several reports as one, for what takes nearly as long for one as for twenty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from dragoman.reading.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Span

TOKENS = 1_500  # about as many are put together
APART = 2  # passages that are left out between two reports, so that nothing goes on from one to the next


class Begin(NamedTuple):
    """Where a report begins: its first token, sentence and character."""

    token: int
    sentence: int
    character: int


def together(reports: Sequence[Parsed]) -> tuple[Parsed, list[Begin]]:
    """One parse of several reports, and where each of them begins."""
    if len(reports) == 1:
        return reports[0], [Begin(0, 0, 0)]
    from spacy.tokens import Doc

    doc = Doc.from_docs([one.doc for one in reports], ensure_whitespace=False)
    assert doc is not None  # as there are documents
    begins: list[Begin] = []
    sentences: list[Span] = []
    passage_of: list[int] = []
    token = character = 0
    for one in reports:
        begins.append(Begin(token, len(sentences), character))
        passage = passage_of[-1] + 1 + APART if passage_of else 0
        sentences += [doc[token + each.start : token + each.end] for each in one.sentences]
        passage_of += [passage + each for each in one.passage_of]
        token += len(one.doc)
        character += len(one.text)
    return Parsed(doc, tuple(sentences), tuple(passage_of), "".join(one.text for one in reports)), begins


def groups(sizes: Sequence[int]) -> Iterator[slice]:
    """The reports, by their tokens, that are put together each time."""
    first = tokens = 0
    for at, size in enumerate(sizes):
        tokens += size
        if tokens >= TOKENS or at + 1 == len(sizes):
            yield slice(first, at + 1)
            first, tokens = at + 1, 0
