"""The gate: whether a report can hold a diplomatic act at all, told from its words before any parse.

A report passes when, for at least one frame of the lexicon, one of its words and one of each kind of word that it
needs beside it are there, together with enough names or offices to fill its parts.  Background acts (attacks,
arrests, elections) do not open the gate.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from dragoman.domain import Mention
from dragoman.reading.frames import Frame, frames
from dragoman.reading.offices import offices
from dragoman.reading.syntax import irregular

SHORTEST = 3  # letters of a stem


def stems(lemma: str) -> list[str]:
    """What every form of a word begins with: "apply" and "applies" with "appl"."""
    stem = lemma[:-1] if lemma[-1] in "ey" and len(lemma) > SHORTEST else lemma
    return [stem, *irregular().get(lemma, ())]


class Gate:
    """The needs of all frames, and one automaton over their stems."""

    def __init__(self, every: Iterable[Frame]) -> None:
        self._ids: dict[str, int] = {}
        self._needs: dict[int, list[tuple[tuple[frozenset[int], ...], int]]] = {}
        for frame in every:
            if not frame.act.background:
                self._add(frame)
        self._office = {self._id(word) for word in offices().heads}
        patterns = sorted(self._ids, key=self._ids.__getitem__)
        self._automaton = AhoCorasick(patterns, matchkind=MatchKind.Standard)

    def _id(self, stem: str) -> int:
        return self._ids.setdefault(stem, len(self._ids))

    def _group(self, words: Iterable[str]) -> frozenset[int]:
        return frozenset(self._id(stem) for word in words for stem in stems(word))

    def _add(self, frame: Frame) -> None:
        trigger, act = frame.trigger, frame.act
        groups = [
            self._group(words)
            for words in (
                trigger.object,
                trigger.object_words,
                trigger.as_,
                trigger.infinitive,
                trigger.adjective,
                trigger.modifier,
                trigger.words,
                trigger.subject,
                [word for among in trigger.complement.values() for word in among],
            )
            if words
        ]
        optional = act.actor_optional or act.target_optional or trigger.target_optional
        for word in self._group(trigger.lemma):
            self._needs.setdefault(word, []).append((tuple(groups), 1 if optional else 2))

    def passes(self, text: str, names: Sequence[Mention]) -> bool:
        """Whether the report's words can tell an act, with somebody to do it.

        Parameters
        ----------
        text
            The canonical text.
        names
            The names of the lexicon found in it.
        """
        lowered = text.lower()
        found = {
            pattern
            for pattern, start, _ in self._automaton.find_matches_as_indexes(lowered, overlapping=True)
            if start == 0 or not lowered[start - 1].isalpha()
        }
        parties = len(names) + len(found & self._office)
        if not parties:
            return False
        return any(
            parties >= needed and all(not found.isdisjoint(group) for group in groups)
            for word in found
            for groups, needed in self._needs.get(word, ())
        )


@cache
def gate() -> Gate:
    """The gate of the lexicon's frames."""
    return Gate(frames().all)
