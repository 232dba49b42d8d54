"""Morphology: the parts of speech and lemmas that a model's rules give, remembered word by word.

spaCy's attribute ruler tries all its patterns on every token of every document, and takes as long as the parser.  But
all that its patterns of one token and the rules of the lemmatizer look at is the word, its tag and its relation: what
they came to once holds wherever these three are the same.  Documents in which a pattern of several tokens matches are
left to the rules themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

RULES = ("attribute_ruler", "lemmatizer")
OF_THE_WORD = frozenset({"ORTH", "LOWER", "TAG", "DEP", "IS_SPACE"})  # what a pattern may look at to be remembered
KEPT = 50_000  # words with their tag and relation; in the order of 10 MB

_Key = tuple[int, int, int]  # word, tag, relation
_Given = tuple[int, int, int, int]  # part of speech, lemma, tag, relation


class Morphology:
    """The rules of a model, as one component in their place."""

    def __init__(self, nlp: Language) -> None:
        several = [one for one in _patterns(nlp) if len(one) > 1]
        self._vocab = nlp.vocab
        self._rules = [nlp.get_pipe(name) for name in RULES]
        self._several = _matcher(nlp, several)
        self._first = _matcher(nlp, [one[:1] for one in several])
        self._known: dict[_Key, _Given] = {}
        self._opening: set[_Key] = set()  # those that a pattern of several tokens may begin with

    @staticmethod
    def fits(nlp: Language) -> bool:
        """Whether the rules of a model are such that they can be remembered."""
        if nlp.pipe_names[-2:] != list(RULES) or getattr(nlp.get_pipe("lemmatizer"), "mode", None) != "rule":
            return False
        return all(OF_THE_WORD.issuperset(token) for one in _patterns(nlp) for token in one)

    def __call__(self, doc: Doc) -> Doc:
        """Give the tokens of one parsed document what the rules would give them."""
        self._apply([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], batch_size: int) -> Iterator[Doc]:
        """Do the same for many documents, in batches."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            self._apply(batch)
            yield from batch

    def _apply(self, docs: Sequence[Doc]) -> None:
        import numpy

        keyed: list[list[_Key]] = [list(map(tuple, doc.to_array(["ORTH", "TAG", "DEP"]).tolist())) for doc in docs]
        if len(self._known) > KEPT:
            self._known.clear()
            self._opening.clear()
        known = self._known
        self._learn({key: None for keys in keyed for key in keys if key not in known})
        for doc, keys in zip(docs, keyed, strict=True):
            if not self._opening.isdisjoint(keys) and self._several(doc):
                self._by_rule(doc)
                continue
            given = [known[key] for key in keys]
            columns: Any = numpy.array([one[:2] for one in given], dtype=numpy.uint64).reshape(-1, 2)
            doc.from_array(["POS", "LEMMA"], columns)
            for at, ((_, _, tag, relation), key) in enumerate(zip(given, keys, strict=True)):
                if tag != key[1] or relation != key[2]:  # white space
                    doc[at].tag, doc[at].dep = tag, relation

    def _learn(self, keys: Collection[_Key]) -> None:
        """Have the rules look at words, each with its tag and relation.

        They stand together in a document made of nothing else, save those that open a pattern of several tokens.
        """
        if not keys:
            return
        opening = {at for _, at, _ in self._first(self._document(keys))}
        self._opening.update(key for at, key in enumerate(keys) if at in opening)
        together = [key for at, key in enumerate(keys) if at not in opening]
        for group in (together, *([key] for at, key in enumerate(keys) if at in opening)):
            doc = self._document(group)
            self._by_rule(doc)
            for token, key in zip(doc, group, strict=True):
                self._known[key] = (token.pos, token.lemma, token.tag, token.dep)

    def _document(self, keys: Collection[_Key]) -> Doc:
        from spacy.tokens import Doc

        strings = self._vocab.strings
        words, tags, relations = ([strings[key[at]] for key in keys] for at in range(3))
        return Doc(self._vocab, words=words, tags=tags, deps=relations, heads=list(range(len(words))))

    def _by_rule(self, doc: Doc) -> None:
        for rule in self._rules:
            rule(doc)


def remember(nlp: Language) -> None:
    """Put one component in the place of a model's rules, where they are such that they can be remembered."""
    from spacy.language import Language

    if Morphology.fits(nlp):
        made = Morphology(nlp)
        _index(nlp)
        nlp.select_pipes(disable=[*RULES])
        Language.component("morphology", func=made)
        nlp.add_pipe("morphology")


def _index(nlp: Language) -> None:
    """Make sets of the lists of words that the lemmatizer looks its guesses up in, from the first to the last."""
    lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
    if lookups is not None and lookups.has_table("lemma_index"):
        table = lookups.get_table("lemma_index")
        for part, words in list(table.items()):
            table[part] = frozenset(words)


def _patterns(nlp: Language) -> list[Any]:
    """The patterns of the attribute ruler, each a list of what it wants of one token and the next."""
    return [one for rule in getattr(nlp.get_pipe("attribute_ruler"), "patterns", ()) for one in rule["patterns"]]


def _matcher(nlp: Language, patterns: list[Any]) -> Any:
    from spacy.matcher import Matcher

    matcher = Matcher(nlp.vocab)
    if patterns:
        matcher.add("rule", patterns)
    return matcher if patterns else lambda doc: []
