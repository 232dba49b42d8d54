"""Unsure names: acronyms and plain words that are names only where something in the text says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.reading.names import tables
from dragoman.reading.names.bearers import country
from dragoman.reading.names.namesakes import media, telling

if TYPE_CHECKING:
    from dragoman.reading.names.find import Found

NEXT = re.compile(r"(?:['’]s)?[ ,]*(\w+)")
LAST = re.compile(r"(\w+)['’,]? $")
SENTENCE = re.compile(r"(?:^|[.!?:\n][\"'”’)]*\s*|[\"“‘(]\s*)$")
REACH = 24


def believed(text: str, one: Found, support: frozenset[str]) -> bool:
    """Whether an unsure name is one here.

    Parameters
    ----------
    text, one
        The text and the name in it.
    support
        What the text names without doubt, and the countries of those.
    """
    ids = [sense.entity for sense in one.senses]
    if any(id in support or (id not in tables.outlets() and country(id) in support) for id in ids):
        return True
    return any(id in tables.outlets() for id in ids) and _set_as_outlet(text, one)


def _set_as_outlet(text: str, one: Found) -> bool:
    """Beside a word for a medium or a telling verb, alone in parentheses, or "The X" in mid-sentence."""
    before, after = text[max(0, one.start - REACH) : one.start], text[one.end : one.end + REACH]
    follows = NEXT.match(after)
    word = follows[1] if follows else ""
    if word.lower() in media() or word in telling():
        return True
    if before.endswith("(") and after.startswith(")"):
        return True
    preceding = LAST.search(before)
    if preceding is not None and preceding[1].lower() in media():
        return True
    return one.name.startswith("The ") and not word[:1].isupper() and SENTENCE.search(before) is None
