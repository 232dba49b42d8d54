"""Told: an act as it is told in one place, before it becomes an event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.domain import Modality, Polarity
from dragoman.reading.frames import Frame
from dragoman.reading.reference import Reference

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Told:
    """An act as told in one place: its frame and word, its parts, and whether it happened."""

    frame: Frame
    token: Token
    kind: str
    type: str
    actors: tuple[Reference, ...]
    targets: tuple[Reference, ...]
    modality: Modality
    polarity: Polarity
    about: tuple[Reference, ...] = ()
    sentence: int = 0
    rule: str = ""
    tokens: tuple[Token, ...] = ()  # further words of the act: its object, its light verb, who asks
    doubts: tuple[str, ...] = ()
