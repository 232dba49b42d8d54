"""Prepare: from what came in to canonical text, passages and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.domain import BadInput, Finding, Passage, PassageKind
from dragoman.text.dateline import TOP, leading
from dragoman.text.decode import decode, decode_text
from dragoman.text.fragments import fragments, is_remnant
from dragoman.text.notices import Notices
from dragoman.text.offsets import SourceMap
from dragoman.text.paragraphs import Extent, paragraphs
from dragoman.text.repair import repaired
from dragoman.text.repeats import Repeat, repeats
from dragoman.text.trailers import headings, trailers

WRAP = re.compile(r"[^\S\n]*\n\s*")


@dataclass(frozen=True)
class Prepared:
    """A report's canonical text, its passages in order, and the way back to the source bytes."""

    text: str
    passages: tuple[Passage, ...]
    findings: tuple[Finding, ...]
    source_map: SourceMap
    encoding: str


def prepare(source: bytes | str, *, declared: str | None = None) -> Prepared:
    """Make canonical text and passages of `source`.

    The text stays as it was given, code point for code point, save for mojibake, which is repaired and reported, and
    a byte order mark, which is dropped.

    Parameters
    ----------
    source
        Bytes, whose encoding is told from what they are; or text, whose source is then its UTF-8 encoding.
    declared
        Charset that came with the bytes, tried where they are not UTF-8.

    Raises
    ------
    BadInput
        When there is nothing to read in it: empty, binary, or in no known encoding.
    """
    decoded = decode(source, declared) if isinstance(source, bytes) else decode_text(source)
    text, pieces = repaired(decoded.text)
    if not text or text.isspace():
        raise BadInput("nothing to read: the input holds no text")
    extents = paragraphs(text)
    kinds = _kinds([_unwrapped(text[start:end]) for start, end in extents])
    passages, first_of = _passages(text, extents, kinds)
    notices = Notices(text, extents)
    findings = [
        *notices.encoding(decoded.doubt),
        *notices.mojibake(pieces),
        *notices.repeats(kinds.repeats, first_of),
        *notices.trailers(kinds.trailers),
        *notices.fragments(passages),
        *notices.quotes({*kinds.repeats, *kinds.trailers}),
    ]
    return Prepared(
        text,
        tuple(passages),
        tuple(sorted(findings, key=lambda item: (item.start, item.end, item.kind))),
        SourceMap(decoded.bytemap, pieces),
        decoded.bytemap.encoding,
    )


def _unwrapped(words: str) -> str:
    return WRAP.sub(" ", words) if "\n" in words else words


@dataclass(frozen=True, slots=True)
class _Kinds:
    repeats: Mapping[int, Repeat]
    trailers: Mapping[int, str]
    headings: frozenset[int]

    def of(self, index: int) -> PassageKind:
        if index in self.repeats:
            return "repeat"
        if index in self.trailers:
            return "trailer"
        return "heading" if index in self.headings else "body"


def _kinds(words: Sequence[str]) -> _Kinds:
    repeated = repeats(words)
    outside = trailers(words, repeated)
    repeated = {index: repeat for index, repeat in repeated.items() if index not in outside}
    return _Kinds(repeated, outside, frozenset(headings(words, {*repeated, *outside})))


def _passages(text: str, extents: Sequence[Extent], kinds: _Kinds) -> tuple[list[Passage], list[int]]:
    """Make the passages, fragments apart; return them with the first passage of each paragraph."""
    passages: list[Passage] = []
    first_of: list[int] = []
    before = ""
    for index, (start, end) in enumerate(extents):
        first_of.append(len(passages))
        words = text[start:end]
        kind = kinds.of(index)
        if kind == "repeat":
            passages.append(Passage(start=start, end=end, kind=kind, repeats=first_of[kinds.repeats[index].of]))
        elif kind == "body" and is_remnant(words, before):
            passages.append(Passage(start=start, end=end, kind="fragment"))
        elif kind == "body":
            line = leading(words) if index < TOP else 0
            passages += (*_dateline(words, start, line), *_cut(words[line:], start + line))
        else:
            passages.append(Passage(start=start, end=end, kind=kind))
        before = words if kind == "body" else ""
    return passages, first_of


def _dateline(words: str, base: int, stop: int) -> Iterator[Passage]:
    """Yield the dateline in front of a paragraph's first sentence."""
    if stop:
        yield Passage(start=base, end=base + len(words[:stop].rstrip()), kind="dateline")


def _cut(words: str, base: int) -> Iterator[Passage]:
    """Yield the body of a paragraph and the fragments in it, each without the white space around it."""
    at = 0
    for cut in fragments(words):
        yield from _trimmed(words, at, cut.start, base)
        yield Passage(start=base + cut.start, end=base + cut.end, kind="fragment")
        at = cut.end
    yield from _trimmed(words, at, len(words), base)


def _trimmed(words: str, start: int, end: int, base: int) -> Iterator[Passage]:
    piece = words[start:end]
    kept = piece.strip()
    if kept:
        begin = base + start + len(piece) - len(piece.lstrip())
        yield Passage(start=begin, end=begin + len(kept), kind="body")
