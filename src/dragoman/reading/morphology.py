"""Morphology: the parts of speech and lemmas that a model's rules give, remembered word by word.

spaCy's attribute ruler tries all its patterns on every token of every document, and takes as long as the parser.  But
all that its patterns of one token and the rules of the lemmatizer look at is the word, its tag and its relation: what
they came to once holds wherever these three are the same; and to the ruler all words that no pattern lists are one.
Documents in which a pattern of several tokens matches are left to the rules themselves.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

RULES = ("attribute_ruler", "lemmatizer")
OF_THE_WORD = frozenset({"ORTH", "LOWER", "TAG", "DEP", "IS_SPACE"})  # what a pattern may look at to be remembered
KEPT = 50_000  # words with their tag and relation; in the order of 10 MB

_Key = tuple[int, int, int]  # word, tag, relation
_Looks = tuple[int, int, int, int]  # what the lemmatizer sees: word, part of speech, morphology, lemma given already
_KEY: list[int | str] = ["ORTH", "TAG", "DEP"]
_GIVEN: list[int | str] = ["POS", "MORPH", "LEMMA", "TAG", "DEP"]  # by the attribute ruler


def row_keys(table: Any) -> list[bytes]:
    """The rows of an array, each as its bytes: rows that are alike have the same key."""
    import numpy

    rows: Any = numpy.ascontiguousarray(table)
    keys: list[bytes] = rows.view(numpy.dtype((numpy.void, rows.itemsize * rows.shape[1]))).ravel().tolist()
    return keys


class Morphology:
    """The rules of a model, as one component in their place."""

    def __init__(self, nlp: Language) -> None:
        several = [one for one in _patterns(nlp) if len(one) > 1]
        self._vocab = nlp.vocab
        self._rules = [nlp.get_pipe(name) for name in RULES]
        self._several = _matcher(nlp, several)
        self._first = _matcher(nlp, [one[:1] for one in several])
        self._listed = _Listed([one for one in _patterns(nlp) if len(one) == 1] + [one[:1] for one in several])
        self._places: dict[bytes, int] = {}  # of the words met, each with its tag and relation, in the table
        self._table: Any = None  # part of speech and lemma of each
        self._altered: dict[int, tuple[int, int]] = {}  # tag and relation, where the ruler gives others (white space)
        self._lemmas: dict[_Looks, int] = {}
        self._ruled: dict[_Key, Sequence[int]] = {}  # what the ruler gives to a listed word, or to any other (0)
        self._opening: set[_Key] = set()  # those that a pattern of several tokens may begin with
        self._openers: set[int] = set()  # the same of the words met

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

        rows: Any = numpy.concatenate([doc.to_array(_KEY).reshape(-1, len(_KEY)) for doc in docs])
        keys = row_keys(rows)
        if len(self._places) > KEPT:
            self._forget()
        new = {key: at for at, key in enumerate(keys) if key not in self._places}
        if new:
            self._learn(list(new), [(word, tag, relation) for word, tag, relation in rows[[*new.values()]].tolist()])
        places = [self._places[key] for key in keys]
        columns: Any = self._table[places] if places else None
        first = 0
        for doc in docs:
            last = first + len(doc)
            here = places[first:last]
            if not self._openers.isdisjoint(here) and self._several(doc):
                self._by_rule(doc)
            elif here:
                doc.from_array(["POS", "LEMMA"], columns[first:last])
                for at in () if self._altered.keys().isdisjoint(here) else range(len(doc)):
                    if here[at] in self._altered:
                        doc[at].tag, doc[at].dep = self._altered[here[at]]
            first = last

    def _forget(self) -> None:
        for held in (self._places, self._altered, self._lemmas, self._ruled, self._opening, self._openers):
            held.clear()
        self._table = None

    def _learn(self, names: Sequence[bytes], keys: Sequence[_Key]) -> None:
        """Have the ruler look at words, each with its tag and relation, and the lemmatizer at what it gives them."""
        import numpy

        kinds = [self._kind(key) for key in keys]
        self._rule(dict(zip(kinds, keys, strict=True)))
        ruled = [(key[0], *self._ruled[kind]) for key, kind in zip(keys, kinds, strict=True)]
        looks = [(word, part, features, lemma) for word, part, features, lemma, *_ in ruled]
        self._lemmatize({look: None for look in looks if look not in self._lemmas})
        first = len(self._places)
        for place, (name, key, kind) in enumerate(zip(names, keys, kinds, strict=True), start=first):
            self._places[name] = place
            *_, tag, relation = self._ruled[kind]
            if (tag, relation) != key[1:]:
                self._altered[place] = tag, relation
            if kind in self._opening:
                self._openers.add(place)
        made: Any = numpy.array([(look[1], self._lemmas[look]) for look in looks], dtype=numpy.uint64)
        self._table = made if self._table is None else numpy.concatenate([self._table, made])

    def _lemmatize(self, looks: Collection[_Looks]) -> None:
        """Have the lemmatizer look at words: it sees neither tags nor relations."""
        if not looks:
            return
        import numpy
        from spacy.tokens import Doc

        doc = Doc(self._vocab, words=[self._vocab.strings[word] for word, *_ in looks])
        columns: Any = numpy.array([look[1:] for look in looks], dtype=numpy.uint64)
        doc.from_array(_GIVEN[:3], columns)
        self._rules[-1](doc)
        self._lemmas.update((look, token.lemma) for look, token in zip(looks, doc, strict=True))

    def _kind(self, key: _Key) -> _Key:
        """What the ruler can tell a word by: all words that no pattern lists are the same to it."""
        word, tag, relation = key
        return (word if self._vocab.strings[word] in self._listed else 0, tag, relation)

    def _rule(self, examples: Mapping[_Key, _Key]) -> None:
        """Have the ruler look at an example of each kind.

        They stand together in a document made of nothing else, save those that open a pattern of several tokens.
        """
        new = {kind: key for kind, key in examples.items() if kind not in self._ruled}
        if not new:
            return
        kinds = list(new)
        opening = {at for _, at, _ in self._first(self._document(new.values()))}
        self._opening.update(kind for at, kind in enumerate(kinds) if at in opening)
        together = [kind for at, kind in enumerate(kinds) if at not in opening]
        for group in (together, *([kind] for at, kind in enumerate(kinds) if at in opening)):
            doc = self._document([new[kind] for kind in group])
            self._rules[0](doc)
            made: Any = doc.to_array(_GIVEN).reshape(-1, len(_GIVEN))
            self._ruled.update(zip(group, made.tolist(), strict=True))

    def _document(self, keys: Collection[_Key]) -> Doc:
        from spacy.tokens import Doc

        strings = self._vocab.strings
        words, tags, relations = ([strings[key[at]] for key in keys] for at in range(3))
        return Doc(self._vocab, words=words, tags=tags, deps=relations, heads=list(range(len(words))))

    def _by_rule(self, doc: Doc) -> None:
        for rule in self._rules:
            rule(doc)


class _Listed:
    """The words that patterns of one token look at as such."""

    def __init__(self, patterns: Iterable[list[dict[str, Any]]]) -> None:
        words: set[str] = set()
        expressions: set[str] = set()
        for (token,) in patterns:
            for wanted in (token[name] for name in ("ORTH", "LOWER") if name in token):
                given: dict[str, Any] = wanted if isinstance(wanted, dict) else {"IN": [wanted]}
                for how, value in given.items():
                    if how == "REGEX":
                        expressions.add(value)
                    else:
                        words.update(value)
        self._words = frozenset(words)
        self._expressions = [re.compile(one) for one in expressions]
        self._asked: dict[str, bool] = {}

    def __contains__(self, word: str) -> bool:
        """Whether a word is listed, or is white space, which patterns look at too."""
        if len(self._asked) > KEPT:
            self._asked.clear()
        if word not in self._asked:
            self._asked[word] = self._holds(word)
        return self._asked[word]

    def _holds(self, word: str) -> bool:
        spelt = {word, word.lower()}
        return (
            word.isspace()
            or not spelt.isdisjoint(self._words)
            or any(one.search(form) for one in self._expressions for form in spelt)
        )


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
