"""Promise: whether a word that can tell an act does so, guessed before any parse from the words and names around it.

A log-linear model over hashed features (Weinberger et al. 2009), learnt by ``scripts/train_gate.py`` from what the
reader finds.  Its weights are whole numbers, so that a sum is the same in whatever order and batch it is made.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from functools import cache
from typing import NamedTuple
from zlib import crc32

import numpy as np

from dragoman import lexicon
from dragoman.domain import Mention
from dragoman.reading.names import catalogue

WEIGHTS = "gate.npy"
BITS = 18
MASK = (1 << BITS) - 1
BEFORE, BEHIND = 6, 9  # units of the context
FAR, MANY = 12, 4  # distances and counts from which on all are one
NUMBER, CAPITAL, EDGE = b"#number", b"#capital", b"#edge"
HASH = ord("#")
NUMBERS = tuple(bytes([at]) for at in range(256))
PUNCTUATION = {",": 1, '"': 2, "“": 2, "”": 2, "(": 3, ")": 3, ";": 3, ":": 3, "–": 3, "—": 3}


class Units(NamedTuple):
    """A sentence as the model sees it: names, unknown capitals and numbers are one unit each, whatever they say."""

    words: list[bytes]  # padded at both ends
    marks: list[int]  # the punctuation before each
    parties: list[int]  # which can be somebody
    at: dict[int, int]  # the unit of each word that can tell an act
    titled: bool


def units(
    text: str,
    spelt: Sequence[str],
    told: Sequence[str],
    starts: Sequence[int],
    named: Sequence[Mention],
    parties: Collection[int],
    telling: Collection[int],
    plain: Collection[str],
    titled: bool,
) -> Units:
    """The units of a sentence.

    Parameters
    ----------
    text, spelt, told, starts
        The text; the sentence's words as they stand there, in lower case, and where they start.
    named
        The names in the sentence.
    parties, telling
        Which words are or begin somebody, and which can tell an act.
    plain
        Words that are no names though they begin with a capital.
    titled
        Whether capitals say nothing in the sentence.
    """
    known = catalogue()
    words, marks, there, at = [EDGE] * BEFORE, [0] * BEFORE, [], {}
    names = iter([*((one.start, one.end, one.entity) for one in named), (1 << 62, 1 << 62, None)])
    start, end, entity = next(names)
    last: object = None  # what the unit before goes on with
    ended = starts[0]
    for place, (written, word, begun) in enumerate(zip(spelt, told, starts, strict=False)):
        while begun >= end:
            start, end, entity = next(names)
        gap = text[ended:begun]
        mark = 0 if gap == " " else max((PUNCTUATION.get(one, 0) for one in gap), default=0)
        ended = begun + len(written)
        goes_on: object = None
        if place in telling:
            at[place] = len(words)
            unit = word.encode()
        elif begun >= start:
            unit = f"#{known[entity].kind}".encode() if entity in known else CAPITAL
            goes_on = start
        elif written[0].isdigit():
            unit = NUMBER
        elif place and written[0].isupper() and not titled and word not in plain:
            unit = CAPITAL
            goes_on = None if mark else CAPITAL
        else:
            unit = word.encode()
        if goes_on is not None and goes_on == last:
            continue
        last = CAPITAL if unit is CAPITAL and mark else goes_on
        if place in parties or unit[0] == HASH and unit is not NUMBER:
            there.append(len(words))
        words.append(unit)
        marks.append(mark)
    return Units([*words, *[EDGE] * BEHIND], [*marks, *[0] * BEHIND], there, at, titled)


def places(sentence: Units, place: int) -> list[int]:
    """Where the weights of a word's features are."""
    words, marks, parties = sentence.words, sentence.marks, sentence.parties
    at = sentence.at[place]
    word = words[at]
    ending = word[-3:]
    first, last = bisect_left(parties, at), bisect_left(parties, at + 1)
    near = NUMBERS[min(at - parties[first - 1], FAR)] if first else EDGE
    then = NUMBERS[min(parties[last] - at, FAR)] if last < len(parties) else EDGE
    many, more = NUMBERS[min(first, MANY)], NUMBERS[min(len(parties) - last, MANY)]
    marked = bytes(marks[at - 1 : at + 3])
    c, b, a, x, y, z = words[at - 3], words[at - 2], words[at - 1], words[at + 1], words[at + 2], words[at + 3]
    begun = NUMBERS[min(at - BEFORE, FAR)]
    left = NUMBERS[min(len(words) - BEHIND - at, FAR)]
    features = [
        (word,), (ending,),
        (a,), (b,), (c,), (x,), (y,), (z,),
        (word, a), (word, b), (word, c), (word, x), (word, y), (word, z),
        (ending, a), (ending, b), (ending, x), (ending, y),
        (word, a[-3:]), (word, x[-3:]), (word, b[-3:]), (word, y[-3:]), (a[-3:],), (x[-3:],), (b[-3:],), (y[-3:],),(c[-3:],), (z[-3:],),
        (b, a), (x, y), (a, x), (word, a, x), (word, x, y), (word, b, a), (ending, a, x), (a[-3:], x[-3:]),
        (marked,), (word, marked),
        (word, near), (word, then), (near, then), (word, near, then), (ending, near, then),
        (word, many), (word, more), (many, more), (word, many, more),
        (word, begun), (word, left), (begun, near), (word, NUMBERS[sentence.titled]),
    ]
    made = [crc32(b" ".join(one), at) & MASK for at, one in enumerate(features)]
    made += [crc32(b"b" + one) & MASK for one in words[at - BEFORE : at]]
    made += [crc32(b"b " + word + b" " + one) & MASK for one in words[at - BEFORE : at]]
    made += [crc32(b"a" + one) & MASK for one in words[at + 1 : at + BEHIND]]
    made += [crc32(b"a " + word + b" " + one) & MASK for one in words[at + 1 : at + BEHIND]]
    return made
