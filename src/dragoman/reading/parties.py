"""Parties: from a token of the parse to those who can have a part in an act."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.domain import Entity, EntityKind
from dragoman.reading.bodies import bodies
from dragoman.reading.matching import coordinates, head_noun
from dragoman.reading.name_words import name_words
from dragoman.reading.names import Geography, catalogue
from dragoman.reading.offices import is_past, offices
from dragoman.reading.reference import Cast, Reference
from dragoman.reading.syntax import possessors, prepositional, qualifiers
from dragoman.reading.words import POSSESSIVES, Words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LIST_WORDS = frozenset({",", "and", "&", "or", "nor", "plus", ";"})
ARTICLES = frozenset(
    {"the", "a", "an", "both", "neither", "either", "then", "also", "even", "top", "other", "several"}
)
ACTING: frozenset[EntityKind] = frozenset({"person", "polity", "regime", "organization", "body"})
NEAR = 3  # words that say what somebody is before their name
OPENING = frozenset({"—", "–", ":", "("})
LOOKAHEAD = 9  # tokens between a body and the examples of it


class Parties:
    """Resolves tokens to references, with coordination, examples and metonymy.

    Parameters
    ----------
    cast, words
        Those of the report.
    places
        What polity a place lies in and is the capital of.
    entities
        The entities met in the report, by id.
    """

    def __init__(self, cast: Cast, words: Words, places: Geography, entities: Mapping[str, Entity]) -> None:
        self.cast = cast
        self.words = words
        self.places = places
        self.entities = entities

    def at(self, token: Token, adjective: bool = False) -> list[Reference]:
        """Those a token stands for: the reference it is in, with those coordinated with it."""
        index = self.cast.index_at(token.i)
        if index is None:
            counted = head_noun(token)
            index = self.cast.index_at(counted.i) if counted is not token else None
        if index is None:
            index = next((at for child in token.children if child.dep_ == "appos" for at in self._in(child)), None)
        owned = self._owned(index, token)
        if owned is not None:
            return self.at(owned, adjective)
        people = token.lower_ == "people" and any(child.lower_ == "the" for child in token.lefts)
        if index is None and (people or token.lower_ == "capital"):  # "the Libyan capital", "the Libyan people"
            whose = (*qualifiers(token), *possessors(token), *prepositional(token, "of"))
            index = next((at for one in whose for at in self._in(one)), None)
        if index is None and token.lower_ == "office":  # "the president's office"
            index = next((at for one in possessors(token) for at in self._in(one)), None)
        if index is None:
            return [one for other in self._beside(token) for one in self._one(self.cast.index_at(other.i), token.doc)]
        posted = self._posted(index, token)
        if posted is not None:
            others = (self._posted(index, one) for one in coordinates(token))
            return [posted, *(one for one in others if one is not None)]
        found = dict.fromkeys(self._before(index, token.doc)) | {index: None}
        for other in self._listed(index, adjective, token.doc):
            found[other] = None
        reference = self.cast.references[index]
        for word in token.doc[reference.first : reference.last]:
            for joined in coordinates(word):
                behind = self.cast.index_at(joined.i)
                behind = self.cast.index_at(head_noun(joined).i) if behind is None else behind
                if behind is None:  # "his partner, Ann Lee"
                    apposed = (at for child in joined.children if child.dep_ == "appos" for at in self._in(child))
                    behind = next(apposed, None)
                if behind is not None:
                    found[behind] = None
        return [one for each in found for one in self._one(each, token.doc)]

    def beside(self, token: Token) -> list[Reference]:
        """Those a token stands for where the parse is lost: with whoever stands before an "and" right before it."""
        found = self.at(token)
        index = self.cast.index_at(token.i)
        one = self.cast.references[index] if index is not None else None
        if (
            one is None
            or one.form == "pronoun"
            or one.first < 2
            or self.words.lower[one.first - 1] not in ("and", "&")
        ):
            return found
        before = self.cast.index_at(one.first - 2)
        other = self.cast.references[before] if before is not None else None
        if other is None or other in found or other.sentence != one.sentence or other.form not in ("person", "office"):
            return found
        return [*self._one(before, token.doc), *found]

    def _beside(self, token: Token) -> Iterator[Token]:
        """What is coordinated with a noun that is nobody, save what goes on its "of" ("people of Peru and Chile")."""
        among = {one.kind for thing in prepositional(token, "of") if (one := self.cast.at(thing.i)) is not None}
        for other in coordinates(token):
            one = self.cast.at(other.i)
            if one is not None and one.kind not in among:
                yield other

    def there(self, token: Token) -> Reference | None:
        """The place or state that "there" goes back to: the one named last before it."""
        index = max((at for word in token.doc[: token.i] for at in self._in(word)), default=-1)
        for one in reversed(self.cast.references[: index + 1]):
            if one.form == "name" and one.by != "demonym" and one.kind in ("place", "polity", "regime"):
                here = self.cast.references[index]
                return one if here.sentence - one.sentence < 2 else None
        return None

    def _in(self, token: Token) -> Iterator[int]:
        index = self.cast.index_at(token.i)
        if index is not None:
            yield index

    def _owned(self, index: int | None, token: Token) -> Token | None:
        """What an institution owns whose name the parser parted ("the Ministry of the Interior's Special Brigade")."""
        if index is None or self.cast.references[index].form != "institution":
            return None
        for thing in prepositional(token, "of"):
            behind = self.cast.at(thing.i)
            if (
                behind is not None
                and behind.kind == "organization"
                and any(one.dep_ == "poss" for one in thing.children)
            ):
                return thing
        return None

    def _posted(self, index: int, token: Token) -> Reference | None:
        """The polity behind an office's "to" or "in", asked for by itself ("recalled its ambassador to Chad")."""
        one, words = self.cast.references[index], self.words
        if is_past(one.office or "") or one.head < 0 or token.i <= one.head or words.name[token.i] < 0:
            return None
        mention = words.names[words.name[token.i]]
        known = self.entities.get(mention.entity or "") or catalogue().get(mention.entity or "")
        if known is None or known.id == one.party:
            return None
        return Reference(
            token.i,
            words.name_end(token.i),
            mention.start,
            mention.end,
            one.sentence,
            "name",
            mention.by,
            known.kind,
            known.id,
        )

    def _one(self, index: int | None, doc: Doc) -> Iterator[Reference]:
        if index is None:
            return
        one = self.cast.references[index]
        if one.members:
            for member in (self.cast.references[at] for at in one.members):
                yield member
                yield from (replace(member, for_=party) for party in member.also)
        elif one.form == "body":
            examples = list(self._examples(one, doc))
            yield from examples or [one]
        else:
            yield one
            yield from (replace(one, for_=party) for party in one.also)

    def _listed(self, index: int, adjective: bool, doc: Doc) -> Iterator[int]:
        """Those that stand in one list with a reference, going by commas and "and"."""
        one, words = self.cast.references[index], self.words
        if one.form == "pronoun" and not one.entity:
            return
        pending: list[int] = []
        at = one.last
        closed = False
        while at < len(words.text):
            start = self._behind_bracket(at)
            at, ends = self._separated(start, adjective)
            closed = closed or ends
            at += start < at < len(words.text) - 1 and self._abbreviated(at)
            at = self._named_ahead(at, doc) if start < at < len(words.text) else at
            behind = self.cast.index_at(at) if at < len(words.text) else None
            if start == at or behind is None or not start < self.cast.references[behind].first <= at:
                break
            other = self.cast.references[behind]
            if self._subject(other, one, doc):
                return  # "after talks between Chad and Niger, Peru and Chile left"
            if other.form in ("pronoun", "description") or other.sentence != one.sentence:
                break
            if not adjective and words.lower[other.last : other.last + 1] in ([word] for word in POSSESSIVES):
                break  # "Ghana and Chad's envoy"
            if not adjective and other.form == "name" and self._qualifies(other, doc):
                break
            pending.append(behind)
            at = other.last
            if closed and words.lower[start] != ",":
                break
        if closed:
            yield from pending

    def _named_ahead(self, at: int, doc: Doc) -> int:
        """The token of a person's name that begins with what they are ("Chadian banker Ann Lee"); else the same."""
        known = self.cast.at(at)
        head = doc[at].head
        if head.i <= at or (known is not None and (known.form != "name" or known.by != "demonym")):
            return at
        person = self.cast.at(head.i)
        if person is None or person.form != "person" or not at < person.first <= at + NEAR:
            return at
        within = all(head.is_ancestor(doc[token]) for token in range(at, person.first))
        return person.first if within and head.dep_ in ("conj", "appos") else at

    def _separated(self, at: int, adjective: bool) -> tuple[int, bool]:
        """The token behind what separates two of a list, and whether the list ends with the second."""
        words, closed = self.words, False
        while at < len(words.text):
            word = words.lower[at]
            if words.lower[at : at + 3] == ["as", "well", "as"]:
                at, closed = at + 3, True
                continue
            bound = words.text[at] in ("-", "–")
            passed = word in LIST_WORDS or word in ARTICLES or word in offices().titles
            if not passed and not (adjective and (bound or word in POSSESSIVES)):
                break
            closed = closed or bound or word in ("and", "&", "or", "nor")
            at += 1
        return at, closed

    def _behind_bracket(self, at: int) -> int:
        """The token behind a bracket that opens at one ("the Police (PNP), and"); the same where none does."""
        text = self.words.text
        if text[at] != "(":
            return at
        return next((end + 1 for end in range(at + 1, min(at + LOOKAHEAD, len(text))) if text[end] == ")"), at)

    def _before(self, index: int, doc: Doc) -> Iterator[int]:
        """Who stands before "and", where the parse takes them to qualify it ("the Secretary and Minister Rau")."""
        one, words = self.cast.references[index], self.words
        at = one.first - 1
        if one.form == "pronoun" or at < 1 or words.lower[at] not in ("and", "&"):
            return
        if words.text[at - 1] == ",":
            yield from self._opening(index, doc)
            return
        before = self.cast.index_at(at - 1)
        if before is None or self.cast.references[before].sentence != one.sentence:
            return
        other = self.cast.references[before]
        heads = {doc[token].head.i for token in range(other.first, other.last)}
        joined = any(one.first <= head < one.last for head in heads) or self._opens(other, one, doc)
        if other.form != "pronoun" and joined:
            yield from self._before(before, doc)
            yield before

    def _opening(self, index: int, doc: Doc) -> list[int]:
        """Who stands before the last of several that open a sentence as its subject ("Ann, Bo, and Cy met")."""
        one = self.cast.references[index]
        found: list[int] = []
        at = one.first
        start = doc[at].sent.start
        while at > start:
            before = at - 1
            before -= before > start and self._abbreviated(before)
            while before > start and self.words.lower[before] in LIST_WORDS:
                before -= 1
            other = self.cast.index_at(before)
            known = self.cast.references[other] if other is not None else None
            if other is None or known is None or known.form not in ("person", "office"):
                return []
            found.insert(0, other)
            at = known.first
        return found if self._is_subject(one, doc) else []

    def _abbreviated(self, token: int) -> bool:
        """Whether a word abbreviates the bureau of the office right behind it ("EUR Assistant Secretary Lee")."""
        words = self.words
        if not words.text[token].isupper() or words.name[token] >= 0 or self.cast.index_at(token) is not None:
            return False
        behind = self.cast.at(token + 1)
        return behind is not None and bool(behind.office)

    def _opens(self, other: Reference, one: Reference, doc: Doc) -> bool:
        """Whether somebody opens a sentence whose subject is the next one named: both are ("Ann and Bo met")."""
        persons = other.form in ("person", "office") and one.form in ("person", "office")
        return persons and other.first == doc[other.first].sent.start and self._is_subject(one, doc)

    @staticmethod
    def _is_subject(one: Reference, doc: Doc) -> bool:
        return any(word.dep_ in ("nsubj", "nsubjpass") for word in doc[one.first : one.last])

    @staticmethod
    def _qualifies(other: Reference, doc: Doc) -> bool:
        """Whether a name only qualifies what stands behind it ("Australia and U.S. company Moderna")."""
        token = doc[other.last - 1]
        named = token.head.pos_ == "PROPN" or token.head.lower_ in name_words().organization
        return token.dep_ in ("compound", "nmod", "amod") and token.head.i >= other.last and named

    def _subject(self, other: Reference, one: Reference, doc: Doc) -> bool:
        """Whether a reference begins a clause of its own, not one whose subject is the list that it closes."""
        tag = self.words.tag
        if other.last >= len(tag) or tag[other.last] not in ("VBD", "VBZ", "VBP", "MD"):
            return False
        verb = doc[other.last].head if tag[other.last] == "MD" else doc[other.last]
        subjects = [child.i for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
        return not any(one.first <= at < one.last for at in subjects)

    def _examples(self, body: Reference, doc: Doc) -> Iterator[Reference]:
        """Those named as examples of a body ("countries far away, such as Malaysia and Indonesia")."""
        words = self.words
        for at in range(body.last, min(body.last + LOOKAHEAD, len(words.text))):
            if words.tag[at] in ("VBD", "VBZ", "VBP", "MD") or words.text[at] in (".", ";"):
                return
            dashed = at == body.last and words.text[at] in OPENING  # "four countries — Russia, China and"
            for cue in bodies().examples:
                if dashed or tuple(words.lower[at : at + len(cue)]) == cue:
                    first = at + (1 if dashed else len(cue))
                    while first < len(words.text) and words.lower[first] in ARTICLES:
                        first += 1
                    index = self.cast.index_at(first) if first < len(words.text) else None
                    if index is not None:
                        yield self.cast.references[index]
                        yield from (self.cast.references[other] for other in self._listed(index, False, doc))
                        return

    def acting(
        self, one: Reference, kinds: Collection[EntityKind] | None, media: bool, acting: bool, at_place: bool
    ) -> Reference | None:
        """The reference as a party, or None when it cannot be one; a place becomes the polity that it stands for."""
        if one.kind == "place" and one.entity is not None:
            if acting and one.first and self.words.lower[one.first - 1] in ("capital", "city", "town"):
                return None  # "protests in the capital Lima demand"
            capital = self.places.capital_of(one.entity)
            contested = self.places.seat_of_regime(one.entity)
            polity = capital if acting or contested else self.places.country_of(one.entity) or capital
            if polity is None or (kinds is not None and "place" not in kinds and "polity" not in kinds):
                return None
            if capital is None and not at_place and not (kinds and "place" in kinds):
                return None
            return replace(one, entity=polity, for_=None, kind="regime" if contested else "polity", by="metonymy")
        if one.by == "demonym" and one.form == "name" and self.words.tag[one.first] in ("NNS", "NNPS"):
            return None
        kind = one.kind
        if kind == "outlet":
            return one if media else None
        if one.form == "pronoun" and one.party is None:
            unknown = one.reason and not (kinds and set(kinds) == {"person"})  # "communities hosting them"
            return one if one.candidates or unknown else None
        if kind is None and one.entity is None and one.for_ is None:
            return None
        if kind not in ACTING:
            return None
        if kinds is not None and kind not in kinds:
            stands_for = self.entities.get(one.party or "")
            if stands_for is None or stands_for.kind not in kinds:
                return None
        return one
