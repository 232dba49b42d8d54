"""Vectors: what a model makes of each word before it looks at the words around it, remembered.

The first layers of a spaCy model (`MultiHashEmbed`, Miranda et al. 2022, "Multi hash embeddings in spaCy") see one
word at a time, by a few attributes of it, and take nearly half of the time that all of them do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

KEPT = 50_000  # words; some 20 MB


class Vectors:
    """The vectors of the words met so far.

    Parameters
    ----------
    extract
        The layer that takes documents to the attributes of their words, an array of shape (words, attributes) each.
    embed
        The layers from there to the vectors, one for each word.
    """

    def __init__(self, extract: Any, embed: Sequence[Any]) -> None:
        self._extract = extract
        self._embed = embed
        self._places: dict[bytes, int] = {}
        self._table: Any = None

    def __call__(self, model: Any, docs: Sequence[Doc], is_train: bool) -> tuple[list[Any], Callable[[Any], Any]]:
        """The vectors of documents, as a layer of a model gives them; it is not for training."""
        import numpy

        attributes: list[Any] = [numpy.ascontiguousarray(one) for one in self._extract.predict(docs)]
        together: Any = numpy.concatenate(attributes)
        keys: list[bytes] = (
            together.view(numpy.dtype((numpy.void, together.itemsize * together.shape[1]))).ravel().tolist()
        )
        if len(self._places) > KEPT:
            self._places.clear()
            self._table = None
        new = {key: at for at, key in enumerate(keys) if key not in self._places}
        if new:
            self._learn(list(new), together[list(new.values())])
        places = [self._places[key] for key in keys]
        vectors = self._table[places]
        ends = numpy.cumsum([len(one) for one in attributes])
        return numpy.split(vectors, ends[:-1]), lambda slopes: slopes

    def _learn(self, keys: Sequence[bytes], attributes: Any) -> None:
        import numpy

        made: Any = [attributes]
        for layer in self._embed:
            made = layer.predict(made)
        first, last = len(self._places), len(self._places) + len(keys)
        self._places |= {key: first + at for at, key in enumerate(keys)}
        if self._table is None or last > len(self._table):
            grown = numpy.empty((2 * last, made[0].shape[1]), made[0].dtype)
            grown[:first] = self._table[:first] if first else 0
            self._table = grown
        self._table[first:last] = made[0]


def remember_vectors(nlp: Language) -> None:
    """Have a model remember them, where its layers are such that they can be."""
    from thinc.api import Model

    if "tok2vec" not in nlp.pipe_names:
        return
    layers = nlp.get_pipe("tok2vec").model.layers  # type: ignore[attr-defined]
    if not layers or not layers[0].layers or layers[0].layers[0].name != "extract_features":
        return
    first, *rest = layers[0].layers
    layers[0] = Model("remembered", Vectors(first, rest), dims={"nO": layers[0].get_dim("nO")})
