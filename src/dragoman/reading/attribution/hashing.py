"""Hashing: features as places in a row of weights, from which no word can be read back.

After Weinberger et al. (2009), "Feature hashing for large scale multitask learning".  A template names columns; the
values of its columns together, and its own number, give a place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dragoman.reading.attribution.tree import Ids, Places

BITS = 18
MULTIPLIERS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)
FINAL = np.uint64(0xFF51AFD7ED558CCD)
HALF = np.uint64(32)
NOTHING = "-"


@cache
def _plan(templates: tuple[str, ...], names: tuple[str, ...]) -> tuple[NDArray[np.intp], Ids]:
    """The columns of each template, three at most, and the seed of each."""
    at = {name: place for place, name in enumerate((NOTHING, *names))}
    parts = [[at[name] for name in template.split()] for template in templates]
    columns = np.array([[*part, *[0] * (3 - len(part))] for part in parts], np.intp).T
    seeds = np.arange(1, len(templates) + 1, dtype=np.uint64) * np.uint64(0xD6E8FEB86659FD93)
    return columns, seeds[:, None]


def hashed(columns: Mapping[str, Ids], templates: Sequence[str]) -> Places:
    """The places of some things' features.

    Parameters
    ----------
    columns
        The columns by name, one value for each thing.
    templates
        The names of one to three columns each.

    Returns
    -------
    ndarray of shape (templates, things)
    """
    plan, seeds = _plan(tuple(templates), tuple(columns))
    values = np.stack([np.zeros_like(next(iter(columns.values()))), *columns.values()])
    mixed = seeds
    for part, multiplier in zip(plan, MULTIPLIERS, strict=True):
        term = values[part] * multiplier
        mixed = (mixed ^ term ^ (term >> HALF)) * FINAL
    mixed = (mixed ^ (mixed >> HALF)) * FINAL
    return (mixed >> np.uint64(64 - BITS)).astype(np.int64)


def binned(values: NDArray[np.int64] | NDArray[np.float64], *edges: float) -> Ids:
    """The bin of each value, between some edges."""
    return np.digitize(values, edges).astype(np.uint64)


def bits(*truths: NDArray[np.bool_]) -> Ids:
    """Some truths as one number."""
    made = np.zeros(len(truths[0]), np.uint64)
    for at, truth in enumerate(truths):
        made |= truth.astype(np.uint64) << np.uint64(at)
    return made


def before(truths: NDArray[np.bool_]) -> Places:
    """How many truths stand before each place, so that those in a stretch are a difference."""
    counted = np.zeros(len(truths) + 1, np.int64)
    np.cumsum(truths, out=counted[1:])
    return counted
