"""Vectors: what a model makes of each word, before it looks at the words around it and after.

The first layers of a spaCy model (`MultiHashEmbed`, Miranda et al. 2022, "Multi hash embeddings in spaCy") see one
word at a time, by a few attributes of it, and take nearly half of the time that all of them do: what they make of a
word is remembered.  The layers behind them (`MaxoutWindowEncoder`) are multiplied out here, a fifth faster than by
thinc: few rows at a time, so that they stay in the processor's cache, and without what only training needs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

KEPT = 50_000  # words; some 20 MB
ROWS = 512  # words multiplied at a time
LAYER = "residual(expand_window>>maxout>>layernorm>>dropout)"
NEARLY_NOUGHT = 1e-8  # what thinc adds to a variance


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


class Around:
    """The vectors of words among the words around them: windows of three words, one layer on the other.

    Parameters
    ----------
    layers
        The weights, the bias, the scale and the shift of each layer; the weights of shape (vectors of three words,
        pieces times width), one piece of all the outputs after the other.
    pad
        How many rows of noughts stand between two documents.
    """

    def __init__(self, layers: Sequence[tuple[Any, Any, Any, Any]], pad: int) -> None:
        self._layers = layers
        self._pad = pad

    def __call__(self, model: Any, given: Sequence[Any], is_train: bool) -> tuple[list[Any], Callable[[Any], Any]]:
        """The vectors of documents, as a layer of a model gives them; it is not for training."""
        import numpy

        if not given:
            return [], lambda slopes: slopes
        width = given[0].shape[1]
        ends = numpy.cumsum([len(one) + self._pad for one in given])
        rows = numpy.zeros((ends[-1] + self._pad, width), numpy.float32)
        for one, end in zip(given, ends, strict=True):
            rows[end - len(one) : end] = one
        window = numpy.zeros((len(rows), 3 * width), numpy.float32)
        for weights, bias, scale, shift in self._layers:
            window[1:, :width] = rows[:-1]
            window[:, width : 2 * width] = rows
            window[:-1, 2 * width :] = rows[1:]
            for some in numpy.array_split(numpy.arange(len(rows)), -(-len(rows) // ROWS)):
                at = slice(some[0], some[-1] + 1)
                pieces = window[at] @ weights
                pieces += bias
                made = pieces[:, :width]
                for piece in range(width, pieces.shape[1], width):
                    numpy.maximum(made, pieces[:, piece : piece + width], out=made)
                made = made - made.mean(axis=1, keepdims=True)
                made *= ((made * made).sum(axis=1, keepdims=True) / width + NEARLY_NOUGHT) ** -0.5
                made *= scale
                made += shift
                rows[at] += made
        return [rows[end - len(one) : end] for one, end in zip(given, ends, strict=True)], lambda slopes: slopes


def remember_vectors(nlp: Language) -> None:
    """Have a model make its vectors so, where its layers are such that they can be."""
    from thinc.api import Model

    if "tok2vec" not in nlp.pipe_names:
        return
    layers = nlp.get_pipe("tok2vec").model.layers  # type: ignore[attr-defined]
    if not layers or not layers[0].layers or layers[0].layers[0].name != "extract_features":
        return
    first, *rest = layers[0].layers
    width = {"nO": layers[0].get_dim("nO")}
    layers[0] = Model("remembered", Vectors(first, rest), dims=width)
    weights = _weights(layers[1]) if len(layers) == 2 else []
    if weights:
        layers[1] = Model("around", Around(weights, layers[1].attrs["pad"]), dims=width)


def _weights(encoder: Any) -> list[tuple[Any, Any, Any, Any]]:
    """The weights of windows of three words, layer by layer; none where the layers are others."""
    found = []
    for residual in encoder.layers[0].layers if encoder.name.startswith("with_array(") else ():
        parts = {one.name: one for one in residual.walk() if not one.layers}
        if residual.name != LAYER or parts["expand_window"].attrs["window_size"] != 1:
            return []
        maxout, norm = parts["maxout"], parts["layernorm"]
        width, pieces, given = maxout.get_param("W").shape
        weights = maxout.get_param("W").transpose(2, 1, 0).reshape(given, pieces * width).copy()
        bias = maxout.get_param("b").T.reshape(pieces * width).copy()
        found.append((weights, bias, norm.get_param("G"), norm.get_param("b")))
    return found
