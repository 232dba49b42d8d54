"""Persons' names that hold the name of a polity or place ("Michael Jordan", "Paris Hilton", "al-Iraqi")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.reading.names.index import index
from dragoman.reading.names.namesakes import given, people, titles
from dragoman.reading.offices import offices

if TYPE_CHECKING:
    from dragoman.reading.names.find import Found

BEFORE = re.compile(r"(?:([A-Z][\w'’]+)(?: [A-Z]\.)? |\b(?:[Aa]l|[Ee]l|[Uu]l|[Uu]r|[Aa]n|[Aa]d|[Aa]s|[Aa]sh|[Aa]t)-)$")
AFTER = re.compile(r" (?:[A-Z]\. )?([A-Z][a-z]+)")
TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Prof|Lt|Col|Sgt|Capt|Maj|Adm|Sir|Dame|Lord|Lady)\.? $")
INITIAL = re.compile(r" [A-Z]\. [A-Z]{2,}")
PLACED = re.compile(r"\b(?:in|to|from|of|at|with|between|and|against|by|the|for|near|into|outside) $", re.IGNORECASE)
POST = re.compile(r"([\w-]+) of (?:the )?$")
SENTENCE = re.compile(r"(?:^|[.!?:;\n(—–-][\"'”’)]*\s*|[\"“‘]\s*)$")
REACH = 40


def drop_persons(text: str, found: Sequence[Found]) -> list[Found]:
    """Leave out the names that are part of a person's, and their later uses alone as that person's."""
    inside = [_personal(text, one) for one in found]
    surnames = {one.name for one, held in zip(found, inside, strict=True) if held}
    kept = []
    for one, held in zip(found, inside, strict=True):
        if held:
            continue
        if one.name in surnames and text[one.end : one.end + 1] != "'" and not _placed(text, one):
            continue
        kept.append(one)
    return kept


def _placed(text: str, one: Found) -> bool:
    return PLACED.search(text[max(0, one.start - REACH) : one.start]) is not None


def _first(text: str, at: int) -> bool:
    """Whether the word at `at` begins a sentence, where a capital says nothing."""
    return SENTENCE.search(text[max(0, at - 4) : at]) is not None


def _plain(word: str) -> bool:
    """Whether a word with a capital is known to be no part of a person's name."""
    return word.isupper() or word.lower() in titles() or word in index().spoken


def _personal(text: str, one: Found) -> bool:
    if " " in one.name:
        return False
    if text[one.start : one.end].isupper():
        return one.name in given() and INITIAL.match(text, one.end) is not None
    if TITLE.search(text[max(0, one.start - REACH) : one.start]):
        return True
    before = BEFORE.search(text[max(0, one.start - REACH) : one.start])
    if before is not None:
        word = before[1]
        if word is None or (word in people() and word not in given()):
            return True
        if one.name in given() and not _first(text, one.start - len(before[0])) and not _plain(word):
            return True
    if one.name in given():
        post = POST.search(text[max(0, one.start - REACH) : one.start])
        if post is not None and post[1].lower() in offices().heads:
            return False  # "Prime Minister of Israel Benjamin Netanyahu"
        after = AFTER.match(text[one.end : one.end + REACH])
        return after is not None and after[1].lower() not in titles()
    return False
