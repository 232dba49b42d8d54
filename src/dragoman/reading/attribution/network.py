"""Network: what the candidates tell of one another, as a small neural network's correction of the log-linear odds."""

from __future__ import annotations

from functools import cache

import numpy as np

from dragoman import lexicon
from dragoman.reading.attribution.candidates import Candidates, Row
from dragoman.reading.attribution.context import base, context
from dragoman.reading.attribution.tree import Tree

NETWORK = "attribution_network.npy"
OUTPUTS = 2  # cue; cue and content


@cache
def network() -> Row:
    """The network that is shipped: for each hidden unit a column of its weights, its bias and what it tells."""
    with lexicon.opened(NETWORK) as file:
        held: Row = np.load(file)
    return held


def chances(tree: Tree, among: Candidates, by: Row) -> Row:
    """The probabilities that each candidate is a cue, and that both it and its content are right, of shape (n, 2)."""
    hidden = np.maximum(context(tree, among) @ by[: -OUTPUTS - 1] + by[-OUTPUTS - 1], 0)
    odds = base(among) + hidden @ by[-OUTPUTS:].T
    made: Row = 1 / (1 + np.exp(-odds))
    return made
