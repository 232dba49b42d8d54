"""Persons: runs of capitalised words that name somebody.

The reader uses no statistical name finder: a person is told by the company the name keeps (an office, a title, an
apposition, a verb of saying) or by a given name, and by standing as a full name elsewhere in the report.
"""

from __future__ import annotations

from dragoman.reading.name_words import name_words
from dragoman.reading.offices import offices
from dragoman.reading.words import Words

HYPHENS = frozenset({"-", "‑", "–"})
QUOTES = frozenset({'"', "“", "”", "'", "‘", "’", "``", "''"})
ROMAN = frozenset({"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIV", "XVI"})


def name_word(words: Words, token: int) -> bool:
    """Whether a token may be a part of a person's name."""
    if words.name[token] >= 0 or words.lower[token] in offices().titles:
        return False
    return words.capital(token) or words.text[token] in ROMAN


def _second_name(words: Words, token: int) -> bool:
    """Whether the name of a place goes on a person's name ("Mori Takeo")."""
    return (
        words.name[token] in words.places and words.capital(token) and words.end(token - 1) + 1 == words.start[token]
    )


def name_run(words: Words, token: int, last: int) -> int:
    """The end (exclusive) of the run of name words that starts at `token`; `token` itself when there is none."""
    at = token
    while at < last:
        if name_word(words, at) or (at > token and _second_name(words, at)):
            at += 1
        elif at > token and words.text[at] in HYPHENS and _joined(words, at, last):
            at += 2
        elif at > token and words.text[at] in QUOTES and _nickname(words, at, last):
            at += 3
        elif (at > token or words.lower[at] == "al") and words.lower[at] in name_words().particles:
            ahead = at + 1
            while ahead < last and (words.text[ahead] in HYPHENS or words.lower[ahead] in name_words().particles):
                ahead += 1
            if ahead >= last or not (words.capital(ahead) and words.name[ahead] < 0):
                break
            at = ahead + 1
        else:
            break
    return at


def _nickname(words: Words, at: int, last: int) -> bool:
    """Whether a name in quotation marks stands between two others ("José “Pepe” Mujica")."""
    if at + 3 >= last or words.text[at + 2] not in QUOTES:
        return False
    return all(words.capital(there) and words.name[there] < 0 for there in (at + 1, at + 3))


def _joined(words: Words, token: int, last: int) -> bool:
    """Whether a hyphen has no space on either side and a name word behind it ("Al-Thani")."""
    return (
        token + 1 < last
        and words.end(token - 1) == words.start[token]
        and words.end(token) == words.start[token + 1]
        and words.text[token + 1][:1].isalpha()
        and words.name[token + 1] < 0
    )


def skip_titles(words: Words, token: int, last: int) -> int:
    """The first token after any titles ("Dr.", "Sheikh", "His Majesty") that start at `token`."""
    while token < last and words.lower[token] in offices().titles:
        token += 1
        if token < last and words.text[token] == "." and words.end(token - 1) == words.start[token]:
            token += 1
    return token
