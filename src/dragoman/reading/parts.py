"""Parts: of each word of a document its part of speech and its lemma, as a column.

To read a column is several times faster than to ask spaCy's tokens one by one; most words tell no act, and are passed
over so.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from dragoman.reading.morphology import row_keys
from dragoman.reading.syntax import lemma

if TYPE_CHECKING:
    from spacy.tokens import Doc

LOOKED_AT: list[int | str] = ["POS", "LEMMA", "TAG", "LOWER"]  # by `lemma`
KEPT = 50_000  # words


class Part(NamedTuple):
    """A word's part of speech, its lemma (`lemma`), that of the model, and the word, in lower case."""

    speech: str
    lemma: str
    plain: str
    lower: str


_known: dict[bytes, Part] = {}


def parts(doc: Doc) -> list[Part]:
    """The parts of a document's words; words that are alike in all that is looked at are looked at once."""
    if len(_known) > KEPT:
        _known.clear()
    keys = row_keys(doc.to_array(LOOKED_AT).reshape(-1, len(LOOKED_AT)))
    for at, key in enumerate(keys):
        if key not in _known:
            token = doc[at]
            _known[key] = Part(token.pos_, lemma(token), token.lemma_.lower(), token.lower_)
    return [_known[key] for key in keys]


def vocabulary(every: Iterable[Part]) -> set[str]:
    """The words that stand in a document, as they are spelt and by their lemmas."""
    return {word for one in every for word in (one.lemma, one.lower)}
