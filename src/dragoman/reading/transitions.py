"""Transitions: a model's parser, which takes one step in all documents of a batch at a time.

spaCy's own loop over the steps gives up the interpreter's lock, and asks for it again dozens of times in each step of
each document, which takes half of its time.  Here the loop holds the lock: the scores of a step are made, and the
steps taken, by functions of spaCy's as they are there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


class Transitions:
    """The parser of a model, as one component in its place.

    Parameters
    ----------
    parser
        The component, a greedy parser by transitions (Honnibal & Johnson 2015, "An improved non-monotonic transition
        system for dependency parsing").
    """

    def __init__(self, parser: Any) -> None:
        self._parser = parser

    @staticmethod
    def fits(nlp: Language) -> bool:
        """Whether a model has such a parser."""
        return "parser" in nlp.pipe_names and nlp.get_pipe("parser").cfg["beam_width"] == 1  # type: ignore[attr-defined]

    def __call__(self, doc: Doc) -> Doc:
        """Parse one document."""
        self._parse([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], batch_size: int) -> Iterator[Doc]:
        """Parse many documents, in batches."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            self._parse(batch)
            yield from batch

    def _parse(self, batch: list[Doc]) -> None:
        docs = [doc for doc in batch if len(doc)]
        if not docs:
            return
        states = self._parser.moves.init_batch(docs)
        step = self._parser.model.predict(docs)
        going = [state for state in states if not state.is_final()]
        while going:
            going = self._parser.transition_states(going, step.predict(going))
        self._parser.set_annotations(docs, states)


def step_together(nlp: Language) -> None:
    """Put one component in the place of a model's parser, where it is such a one."""
    from spacy.language import Language

    if Transitions.fits(nlp):
        Language.component("transitions", func=Transitions(nlp.get_pipe("parser")))
        nlp.add_pipe("transitions", after="parser")
        nlp.select_pipes(disable=["parser"])
