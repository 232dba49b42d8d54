"""Misread: words that no one writes, which tell that bytes were read in the wrong encoding."""

from __future__ import annotations

import re

WORD = re.compile(  # that is not all ASCII, from where it begins
    r"(?<![^\W\d_])[A-Za-z]*+[^\W\d_\x00-\x7f][^\W\d_]*|(?<!\S)[^\s\u2500-\u25ff\u2320\u2321\u221a]*+"
    r"[\u2500-\u25ff\u2320\u2321\u221a]\S*"
)
ACCENTED = re.compile("[\u00a1-\u024f]{3}")  # three letters with marks on end stand in no language of Latin letters
LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
OTHER = re.compile("[\u0370-\u08ff]|[\u2500-\u25ff\u2320\u2321\u221a]")  # other alphabets, and what draws boxes
SWAPPED = re.compile(r"[а-яёα-ω][А-ЯЁΑ-Ω]")  # KOI8 has large letters where windows-1251 has small ones
SIGN = "\u00a1-\u00b6\u00b8-\u00bf\u00d7\u00f7\u02c6-\u02dd\u0384\u0385\u2020-\u2022\u2030\u20ac\u2122"
INSIDE = re.compile(  # what stands inside of no word: signs, marks of other scripts, capitals between small letters
    rf"[^\W\d_][{SIGN}][^\w\s]{{0,3}}[^\W\d_]|[A-Za-z][\u060c\u061b\u061f][^\w\s]{{0,3}}[A-Za-z]"
    r"|[A-Za-z][\u2018\u201c][^\w\s]{1,3}[A-Za-z]|[a-z][\u00c0-\u00d6\u00d8-\u00de][a-z]"
)
CONTROL = re.compile("[\x80-\x84\x86-\x9f]")  # of no text; windows-1252 and its like have letters there
OLDER = re.compile("[\0-\x08\x0e-\x1a\x1c-\x1f]")  # controls that strays of are in many a text
STRAYS = 0.01  # of all characters
FEWEST = 2  # swapped words
SHARE = 0.3  # of odd words among those that are not all ASCII, from which on a text was misread


def is_misread(text: str) -> bool:
    """Whether so many of the words beyond ASCII are odd that these are not the letters that were written."""
    strays = len(OLDER.findall(text)) > STRAYS * len(text)
    return strays or CONTROL.search(text) is not None or odd_share(text) >= SHARE


def odd_share(text: str) -> float:
    """Share of odd words among those with letters beyond ASCII."""
    words = WORD.findall(text)
    signs = len(INSIDE.findall(text))
    odd = sum(map(_is_odd, words)) + signs
    if sum(SWAPPED.search(word) is not None for word in words) >= FEWEST:
        odd += sum(word.isupper() for word in words)
    return odd / max(len(words), signs, 1)


def _is_odd(word: str) -> bool:
    if ACCENTED.search(word) or SWAPPED.search(word):
        return True
    return OTHER.search(word) is not None and (LATIN.search(word) is not None or not word.isalpha())
