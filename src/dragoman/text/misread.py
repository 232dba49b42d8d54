"""Misread: words that no one writes, which tell that bytes were read in the wrong single-byte encoding."""

from __future__ import annotations

import re

SAMPLE = 20_000  # characters
WORD = re.compile(r"[^\W\d_]*[^\W\d_\x00-\x7f][^\W\d_]*|\S*[\u2500-\u25ff\u2320\u2321\u221a]\S*")  # not all ASCII
ACCENTED = re.compile("[\u00a1-\u024f]{3}")  # three letters with marks on end stand in no language of Latin letters
LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
OTHER = re.compile("[\u0370-\u08ff]|[\u2500-\u25ff\u2320\u2321\u221a]")  # other alphabets, and what draws boxes
SWAPPED = re.compile(r"[а-яёα-ω][А-ЯЁΑ-Ω]")  # KOI8 has large letters where windows-1251 has small ones
FEWEST = 2  # swapped words
SHARE = 0.3  # of odd words among those that are not all ASCII, from which on a text was misread


def odd_share(text: str) -> float:
    """Share of odd words among those with letters beyond ASCII."""
    words = WORD.findall(text[:SAMPLE])
    odd = sum(map(_is_odd, words))
    if sum(SWAPPED.search(word) is not None for word in words) >= FEWEST:
        odd += sum(word.isupper() for word in words)
    return odd / len(words) if words else 0.0


def is_cased(text: str) -> bool:
    """Whether words beyond ASCII have capitals where writers put them, and only there: a misread text has them not."""
    words = [word for word in WORD.findall(text[:SAMPLE]) if word.isalpha()]
    return any(word[0].isupper() for word in words) and all(word[1:].islower() for word in words if word[1:])


def _is_odd(word: str) -> bool:
    if ACCENTED.search(word) or SWAPPED.search(word):
        return True
    return OTHER.search(word) is not None and (LATIN.search(word) is not None or not word.isalpha())
