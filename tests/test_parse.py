"""The parse: batches, offsets, and parts of speech and lemmas as the model's own rules give them."""

from __future__ import annotations

import gc
from functools import cache

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from dragoman import Draft, Passage, read, read_all
from dragoman.examples import BRIEF
from dragoman.reading.frames import frames
from dragoman.reading.matching import noun_fits, verb_fits
from dragoman.reading.parse import BLANKS, DEFAULT_MODEL, ENDLESS, model, parse
from dragoman.reading.parts import parts, vocabulary
from dragoman.reading.syntax import lemma
from dragoman.reading.vectors import remember_vectors
from dragoman.text import prepare

ODD = [
    "Let's go. There are those who ain't gonna stay, and it's got ta be said; c'mon, y'all.",
    "\n\n  Two   spaces, a\ttab\n and \n lines. ",
    "The minister told 'em: there were no talks, and I do what I do.",
]


@cache
def plain() -> Language:
    """The model as it comes, its word vectors made as ours are."""
    nlp = spacy.load(DEFAULT_MODEL, exclude=["ner"])
    nlp.replace_pipe("tok2vec", "tok2vec")
    nlp.get_pipe("tok2vec").model = model().get_pipe("tok2vec").model  # type: ignore[attr-defined]
    return nlp


def told(nlp: Language, texts: list[str]) -> list[tuple[str, int, bool, str, str, str, str]]:
    """What a pipeline says of each token, the words being told apart as ours are."""
    made = (model().make_doc(text) for text in texts)
    docs = [Doc(nlp.vocab, [token.text for token in doc], [bool(token.whitespace_) for token in doc]) for doc in made]
    return [
        (one.text, one.head.i, bool(one.is_sent_start), one.tag_, one.dep_, one.pos_, one.lemma_)
        for doc in nlp.pipe(docs)
        for one in doc
    ]


def test_parses_and_morphology_are_what_the_model_gives() -> None:
    texts = [*ODD, *(frame.trigger.example for frame in frames().all), BRIEF.read_text(encoding="utf-8")]
    wanted = told(plain(), texts)
    assert len({part for *_, part, _ in wanted}) > 12
    assert told(model(), texts) == wanted
    assert told(model(), texts[::-1]) == told(plain(), texts[::-1])  # by now all words are known


WORDS = [*" '.-\n", "let", "us", "there", "are", "got", "ta", "ai", "n't", "y", "Iran", "met"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(WORDS)))
def test_parse_and_morphology_of_any_words(words: list[str]) -> None:
    text = " ".join(["He", *words])
    assert told(model(), [text]) == told(plain(), [text])


def test_documents_without_words_are_passed_over() -> None:
    texts = ["", "Ghana recognised Kosovo.", ""]
    assert [len(doc) for doc in model().pipe(map(model().make_doc, texts))] == [0, 4, 0]
    assert told(model(), texts) == told(plain(), texts)


@settings(deadline=None)
@given(st.text(st.sampled_from("ab. \t\xa0\n\u2028"), min_size=1) | st.sampled_from(["a" * 199, "a" * 200, *ODD]))
def test_a_document_is_its_report_letter_for_letter(text: str) -> None:
    (parsed,) = parse(model(), [(text, [Passage(start=0, end=len(text), kind="body")])])
    assert parsed.text == text
    assert parsed.doc.text == text.translate(BLANKS)
    unread = [token for token in parsed.doc if not token.is_space and len(token) >= 200]
    assert all(token.is_sent_start for token in unread)


def test_what_goes_on_without_a_stop_is_cut() -> None:
    text = "the envoys of Ghana and Togo met and " * (ENDLESS // 4) + "parted. They met again."
    (parsed,) = parse(model(), [(text, [Passage(start=0, end=len(text), kind="body")])])
    assert max(map(len, parsed.sentences)) <= ENDLESS
    assert sum(map(len, parsed.sentences)) == len(parsed.doc)
    assert parsed.sentences[-1].text == "They met again."


def test_a_frame_fits_only_where_its_words_stand() -> None:
    texts = [frame.trigger.example for frame in frames().all]
    fitting = 0
    for one in parse(model(), [(text, [Passage(start=0, end=len(text), kind="body")]) for text in texts]):
        words = vocabulary(parts(one.doc))
        for token in one.doc:
            for known, fits in ((frames().verbs, verb_fits), (frames().nouns, noun_fits)):
                for frame in known.get(lemma(token), ()):
                    if fits(token, frame.trigger) is not None:
                        fitting += 1
                        assert frame.possible(words)
    assert fitting > len(texts)


def test_parts_are_those_of_the_tokens() -> None:
    text = BRIEF.read_text(encoding="utf-8")
    (parsed,) = parse(model(), [(text, prepare(text).passages)])
    for _ in range(2):  # met first, and then known
        wanted = [(one.pos_, lemma(one), one.lemma_.lower(), one.lower_) for one in parsed.doc]
        assert [tuple(one) for one in parts(parsed.doc)] == wanted


def test_the_search_for_circles_is_left_as_it_was() -> None:
    assert gc.isenabled()
    read("Ghana recognised Kosovo.")
    assert gc.isenabled()
    gc.disable()
    try:
        read("Ghana recognised Kosovo.")
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_report_reads_the_same_alone_and_in_a_batch() -> None:
    texts = [frame.trigger.example for frame in frames().all][:60]
    together = list(read_all(Draft(text) for text in texts))
    assert sum(len(one.events) for one in together) >= 50
    assert together == [read(text) for text in texts]


def test_nothing_that_is_said_goes_on_from_one_report_to_the_next() -> None:
    texts = [
        'The minister of Ghana said: "We recognise Kosovo. It is time.',
        '"It is a mistake," Peru\'s envoy said in Lima.',
        '"It is late. We will not go."',
        "Officials spoke of talks, according",
        "to Norway, Ghana has recognised Kosovo.",
        "MR PRICE: Ghana said",
        "that it will recognise Kosovo.",
    ]
    assert list(read_all(map(Draft, texts))) == [read(text) for text in texts]


def test_vectors_are_those_of_the_model_when_they_are_remembered() -> None:
    import numpy
    import spacy

    own = spacy.load(DEFAULT_MODEL).get_pipe("tok2vec")
    nlp = spacy.load(DEFAULT_MODEL)
    remember_vectors(nlp)
    remembered = nlp.get_pipe("tok2vec")
    docs = [nlp.make_doc(text) for text in (BRIEF.read_text(encoding="utf-8"), "", "Ghana recognised Kosovo.")]
    for _ in range(2):  # learnt, and then remembered
        for one, other in zip(own.predict(docs), remembered.predict(docs), strict=True):  # type: ignore[attr-defined]
            numpy.testing.assert_allclose(one, other, atol=1e-4)
