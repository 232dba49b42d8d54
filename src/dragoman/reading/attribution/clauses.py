"""Clauses: the spans of sources and contents in the parse."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dragoman.domain import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

TRIMMED = frozenset({",", ";", ":", "-", "–", "—", ".", " ", "\n"})
RELATIVE = frozenset({"relcl", "appos", "acl", "parataxis", "punct", "cc"})


def end(token: Token) -> int:
    """Offset of a token's end."""
    return token.idx + len(token)


def trimmed(words: Iterable[Token]) -> Span | None:
    """The span of some words in a row without the signs at its edges."""
    inside = list(words)
    while inside and (inside[-1].text in TRIMMED or inside[-1].is_space):
        inside.pop()
    while inside and (inside[0].text in TRIMMED or inside[0].is_space):
        inside.pop(0)
    return Span(start=inside[0].idx, end=end(inside[-1])) if inside else None


def subtree_span(token: Token, without: Iterable[Token] = ()) -> Span | None:
    """The span of a token's subtree, less those of some tokens in it that stand at its edges."""
    cut = {inner.i for other in without for inner in other.subtree}
    inside = [inner for inner in token.subtree if inner.i not in cut]
    while inside and inside[-1].text in TRIMMED and inside[-1].text != ".":
        inside.pop()
    while inside and inside[0].text in TRIMMED:
        inside.pop(0)
    if not inside:
        return None
    return Span(start=inside[0].idx, end=end(inside[-1]))


def noun_phrase(head: Token) -> Span:
    """The span of a noun phrase without the clauses and appositions behind it."""
    first = head.left_edge
    last = head
    for child in head.rights:
        if child.dep_ in RELATIVE or child.text == ",":
            break
        last = child.right_edge
    return Span(start=first.idx, end=end(last))


def hull(spans: Iterable[Span]) -> Span:
    """The least span that holds all of some spans."""
    held = list(spans)
    return Span(start=min(one.start for one in held), end=max(one.end for one in held))


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return one.start < other.end and other.start < one.end
