"""Casting: from names, office phrases, bodies and pronouns to the cast of a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from typing import cast as typed

from dragoman.domain import Entity, EntityKind
from dragoman.reading.bodies import BodyPhrase, find_bodies
from dragoman.reading.descriptions import description_kinds, descriptions
from dragoman.reading.frames import frames
from dragoman.reading.name_words import name_words
from dragoman.reading.names import Geography
from dragoman.reading.officeholders import OfficePhrase, OfficeScanner
from dragoman.reading.offices import is_past, offices
from dragoman.reading.organizations import organization_start, private_end
from dragoman.reading.parse import Parsed
from dragoman.reading.people import People, slug
from dragoman.reading.persons import name_run, skip_titles
from dragoman.reading.reference import STATES, Cast, Reference
from dragoman.reading.syntax import verbs
from dragoman.reading.words import POSSESSIVES, Words

if TYPE_CHECKING:
    from spacy.tokens import Token

COUPLING = frozenset({"both", "the"})  # what a couple begins with
PLURAL = 5  # letters that a plural has at least, for its "s" to be one ("Agreements", not "Islas")
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


class Casting:
    """Makes the cast of one report.

    Parameters
    ----------
    parsed, words
        The parsed report and its columns.
    known
        The catalogue of the lexicon, by id; entities first met in this report are added to `entities`.
    places
        What polity a place is the capital of, and what polity an organization is an organ of.
    """

    def __init__(self, parsed: Parsed, words: Words, known: Mapping[str, Entity], places: Geography) -> None:
        self.parsed = parsed
        self.words = words
        self.known = known
        self.places = places
        self.entities: dict[str, Entity] = {}
        self.people = People()
        self.taken: set[int] = set()
        self.scanner = OfficeScanner(words, known)

    def cast(self) -> Cast:
        """All references of the report; persons and polities are resolved, pronouns and descriptions not yet."""
        found: list[Reference] = []
        for index, sentence in enumerate(self.parsed.sentences):
            first, last = sentence.start, sentence.end
            for reference in self._sentence(index, first, last):
                found.append(reference)
        found.extend(self._short_names(found))
        return Cast(found, len(self.parsed.doc))

    def _sentence(self, index: int, first: int, last: int) -> Iterator[Reference]:
        vague = list(find_bodies(self.words, first, last))
        for two in self._couples(index, first, last):
            self.taken.update(range(two.first, two.last))
            yield two
        vague = [one for one in vague if self.taken.isdisjoint(range(one.first, one.last))]
        held = {token for one in vague for token in range(one.first, one.last)} | self.taken
        for phrase in self.scanner.scan(first, last):
            if not held.isdisjoint(range(phrase.first, phrase.last)) and phrase.polity is None:
                continue
            reference = self._office(index, phrase, first)
            if reference is not None:
                self.taken.update(range(reference.first, reference.last))
                yield reference
        for body in vague:
            if self.taken.isdisjoint(range(body.first, body.last)):
                reference = self._body(index, body)
                self.taken.update(range(reference.first, reference.last))
                yield reference
        yield from self._names(index, first, last)
        yield from self._persons(index, first, last)
        yield from self._pronouns(index, first, last)

    # -- offices and institutions

    def _party(self, token: int | None) -> str | None:
        """The polity, regime or organization that a name's token employs for."""
        if token is None:
            return None
        entity = self.words.names[self.words.name[token]].entity
        if entity is None:
            return None
        self._note(entity)
        return self.places.capital_of(entity) or self.places.organ_of(entity) or entity

    def _note(self, entity: str) -> None:
        if entity in self.known:
            self.entities.setdefault(entity, self.known[entity])

    def _office(self, index: int, phrase: OfficePhrase, floor: int) -> Reference | None:
        words, head = self.words, self.words.lower[phrase.head]
        party = self._party(phrase.polity) or phrase.default
        if party:
            self._note(party)
        office = self.scanner.office(phrase)
        name = phrase.name
        first, last = phrase.first, phrase.last
        if name is None and not phrase.institution and not phrase.plural:
            before = self._name_before(phrase.first, floor)
            if before is not None:
                name, first = before, before[0]
        if name is not None:
            former = self._former(phrase)
            if former is not None:
                party, office = None, former
            person = self.people.meet(self._text(*name), party, office)
            return Reference(
                first,
                last,
                words.start[name[0]],
                words.end(name[1] - 1),
                index,
                "person",
                "name",
                "person",
                person.id,
                party,
                office,
                owner=phrase.owner,
                head=phrase.head,
            )
        start, end = words.start[first], words.end(last - 1)
        if phrase.institution:
            return self._institution(index, phrase, party, office, start, end)
        lone = phrase.article is None and phrase.polity is None and not phrase.plural and phrase.owner is None
        if lone and words.text[phrase.head][:1].islower():
            return None
        if phrase.plural and party is None and phrase.owner is None and head in offices().groups:
            return self._group(index, first, last, office)
        return Reference(
            first,
            last,
            start,
            end,
            index,
            "office",
            "office",
            "person",
            None,
            party,
            office,
            phrase.plural,
            owner=phrase.owner,
            head=phrase.head,
            also=tuple(more for token in phrase.more if (more := self._party(token))),
        )

    def _former(self, phrase: OfficePhrase) -> str | None:
        """An office that somebody holds no more, so that they act for nobody by it; None where they still do."""
        words, office = self.words, self.scanner.office(phrase)
        if is_past(office):
            return office
        at = phrase.first - 1
        if at > 0 and words.capital(at) and words.name[at] < 0:
            at -= 1  # "former Bavarian Premier": a word that says of what is no polity that is known
        return f"{words.text[at]} {office}" if at >= 0 and is_past(words.text[at]) else None

    def _institution(
        self, index: int, phrase: OfficePhrase, party: str | None, office: str, start: int, end: int
    ) -> Reference | None:
        head = self.words.lower[phrase.head]
        by_itself = offices().institutions[head].self
        if party is None:
            if phrase.article in ("the", "this", "that") and head in description_kinds():
                return Reference(
                    phrase.first, phrase.last, start, end, index, "description", "description", plural=phrase.plural
                )
            if phrase.owner is None and (by_itself or phrase.article != "the"):
                return None
            return Reference(
                phrase.first,
                phrase.last,
                start,
                end,
                index,
                "institution",
                "description",
                "organization",
                None,
                None,
                office,
                owner=phrase.owner,
            )
        if by_itself and phrase.plural and party in self.known and self.known[party].kind == "organization":
            entity = self._new(f"{self.known[party].name} {self.words.lower[phrase.head]}", "body")
            return Reference(
                phrase.first, phrase.last, start, end, index, "body", "description", "body", entity, plural=True
            )
        if by_itself:
            kind = self.entities[party].kind if party in self.entities else "polity"
            return Reference(
                phrase.first,
                phrase.last,
                start,
                end,
                index,
                "name",
                "name",
                kind,
                party,
                plural=phrase.plural,
                head=phrase.head,
            )
        label = self._label(party)
        entity = self._new(office if label.lower() in office.lower() else f"{label} {office}", "organization")
        return Reference(
            phrase.first, phrase.last, start, end, index, "institution", "name", "organization", entity, party, office
        )

    def _label(self, party: str) -> str:
        return self.known[party].name if party in self.known else party

    def _new(self, name: str, kind: str) -> str:
        entity = slug(name)
        self.entities.setdefault(entity, Entity(id=entity, kind=typed(EntityKind, kind), name=name))
        return entity

    def _name_before(self, token: int, floor: int) -> tuple[int, int] | None:
        """A person's name that ends in a comma right before `token` ("Wang Yu, the ambassador")."""
        words, end = self.words, token - 1
        if end <= floor or words.text[end] != ",":
            return None
        start = end
        while start > floor and start - 1 not in self.taken:
            reach = next((by for by in (1, 2) if start - by >= floor and name_run(words, start - by, end) == end), 0)
            if not reach or (reach == 2 and words.lower[start - 1] not in name_words().particles):
                break
            start -= reach
        if start == end or (end - start < 2 and not self.people.known(self._text(start, end))):
            return None
        start = skip_titles(words, start, end)
        return (start, end) if self._personal(start, end) else None

    def _text(self, first: int, last: int) -> str:
        return self.parsed.text[self.words.start[first] : self.words.end(last - 1)]

    # -- bodies and groups

    def _body(self, index: int, body: BodyPhrase) -> Reference:
        words = self.words
        start, end = words.start[body.first], words.end(body.last - 1)
        bloc = self._bloc(body)
        if bloc is not None:
            entity = self._new(f"{bloc.name} {words.lower[body.last - 1]}", "body")
            first = words.name_start(body.first - 1) if body.first and words.name[body.first - 1] >= 0 else body.first
            return Reference(
                first, body.last, words.start[first], end, index, "body", "description", "body", entity, plural=True
            )
        self.entities.setdefault(body.id, Entity(id=body.id, kind="body", name=body.id.replace("-", " ")))
        return Reference(
            body.first, body.last, start, end, index, "body", "description", "body", body.id, plural=body.plural
        )

    def _bloc(self, body: BodyPhrase) -> Entity | None:
        """The organization named right before a body, whose members they are ("EU countries")."""
        words, before = self.words, body.first - 1
        behind = body.last + 1 + (words.lower[body.last + 1 : body.last + 2] == ["the"])
        if body.plural and words.lower[body.last : body.last + 1] == ["of"] and behind < len(words.name):
            known = self.known.get(words.names[words.name[behind]].entity or "") if words.name[behind] >= 0 else None
            if known is not None and known.kind == "organization":
                return known
        if before < 0 or not body.plural or words.name[before] < 0 or words.name_end(before) != body.first:
            return None
        known = self.known.get(words.names[words.name[before]].entity or "")
        return known if known is not None and known.kind == "organization" else None

    def _group(self, index: int, first: int, last: int, office: str) -> Reference:
        entity = self._new(office, "body")
        start, end = self.words.start[first], self.words.end(last - 1)
        return Reference(
            first, last, start, end, index, "group", "description", "body", entity, office=None, plural=True
        )

    # -- names of the lexicon

    def _names(self, index: int, first: int, last: int) -> Iterator[Reference]:
        words, at = self.words, first
        while at < last:
            if words.name[at] < 0 or at in self.taken:
                at += 1
                continue
            end = min(words.name_end(at), last)
            mention = words.names[words.name[at]]
            longer = private_end(words, self.taken, self.known.get(mention.entity or ""), at, last)
            if longer > end:
                self.taken.update(range(at, longer))
                start, stop = words.start[at], words.end(longer - 1)
                entity = self._new(self._text(at, longer), "organization")
                organ = mention.entity if words.lower[longer - 1] in name_words().organs else None
                yield Reference(at, longer, start, stop, index, "name", "name", "organization", entity, organ)
                at = longer
                continue
            self.taken.update(range(at, end))
            if mention.entity:
                self._note(mention.entity)
            known = self.known.get(mention.entity or "")
            yield Reference(
                at,
                end,
                mention.start,
                mention.end,
                index,
                "name",
                mention.by,
                known.kind if known else None,
                mention.entity,
                self.places.organ_of(mention.entity),
                candidates=mention.candidates,
                reason=mention.reason,
            )
            at = end

    # -- persons without an office

    def _personal(self, first: int, last: int) -> bool:
        words, told = self.words, name_words()
        singular = [word.removesuffix("s") if len(word) > PLURAL else word for word in words.lower[first:last]]
        return not any(
            word in told.organization or word in told.other for word in (*words.lower[first:last], *singular)
        )

    def _persons(self, index: int, first: int, last: int) -> Iterator[Reference]:
        words, at = self.words, first
        while at < last:
            if at in self.taken or not (words.capital(at) and words.tag[at].startswith("NNP")):
                at += 1
                continue
            start = skip_titles(words, at, last)
            titled = start > at
            end = start
            while end < last and end not in self.taken:
                run = name_run(words, end, last)
                if run == end:
                    break
                end = next((token for token in range(end, run) if token in self.taken), run)
            if end == start:
                at = max(start, at + 1)
                continue
            reference = self._named(index, start, end, titled, first, last)
            if reference is not None:
                self.taken.update(range(start, end))
                yield reference
            at = end

    def _named(self, index: int, start: int, end: int, titled: bool, first: int, last: int) -> Reference | None:
        words = self.words
        name = self._text(start, end)
        offsets = words.start[start], words.end(end - 1)
        if not self._personal(start, end):
            if end - start > 1 and any(words.lower[at] in name_words().organization for at in range(start, end)):
                start = organization_start(words, self.taken, start, first)
                name, offsets = self._text(start, end), (words.start[start], offsets[1])
                entity = self._new(name, "organization")
                return Reference(start, end, *offsets, index, "name", "name", "organization", entity)
            return None
        known = self.people.known(name)
        if not known and not titled:
            article = start > first and words.lower[start - 1] in ("the", "a", "an")
            longer = self._longer_name(start, end, first, last)
            if end - start > 5 or article or longer or self._compound(start, end, last):
                return None
            if end - start < 2 and not self._acts(start):
                return None
        party = self._whose(start, first)
        person = self.people.meet(name, party)
        return Reference(start, end, *offsets, index, "person", "name", "person", person.id, party)

    def _whose(self, start: int, first: int) -> str | None:
        """The state before a person's name that it marks as its own ("Malta's Robert Abela")."""
        words, owner = self.words, start - 2
        if owner < first or words.lower[start - 1] not in POSSESSIVES or words.name[owner] < 0:
            return None
        party = self._party(owner)
        known = self.known.get(party or "")
        return party if known is not None and known.kind in STATES else None

    def _longer_name(self, start: int, end: int, first: int, last: int) -> bool:
        """Whether a run is the tail of a longer name, or has its abbreviation behind it ("... Terrorism (ITCT)")."""
        words = self.words
        if end + 2 < last and words.text[end] == "(" and words.text[end + 1].isupper() and words.text[end + 2] == ")":
            return True
        return start - 2 >= first and words.lower[start - 1] == "of" and words.capital(start - 2)

    def _acts(self, token: int) -> bool:
        """Whether a single capitalised word is the subject of a verb that tells an act ("Putin met")."""
        one = self.parsed.doc[token]
        behind = (
            one.dep_ == "pobj" and one.head.lower_ in ("with", "to") and one.head.i == one.i - 1
        )  # "spoke to Putin"
        verb = one.head.head if behind else one.head
        return (
            (behind or one.dep_ in ("nsubj", "nsubjpass", "dobj"))
            and len(one.text) > 2
            and verb.pos_ == "VERB"
            and any(
                (frame.speech and not behind) or frame.act.type == "CONSULT" or "person" in frame.act.target_kinds
                for frame in frames().verbs.get(verb.lemma_, ())
            )
            and not (behind and verb.lemma_ in verbs()["going"])
        ) or self._has_contact(one)

    @staticmethod
    def _has_contact(one: Token) -> bool:
        """Whether a word is the subject of a light verb of a contact ("Putin had a phone call")."""
        light = one.dep_ == "nsubj" and one.head.pos_ == "VERB" and one.head.lemma_ in verbs()["light"]
        things = (child.lemma_ for child in one.head.children if child.dep_ == "dobj") if light else ()
        return any(frame.act.type == "CONSULT" for thing in things for frame in frames().nouns.get(thing, ()))

    def _compound(self, start: int, end: int, last: int) -> bool:
        """Whether a capitalised run only qualifies a common noun behind it ("Nord Stream pipeline")."""
        head = self.parsed.doc[end - 1]
        return head.dep_ in ("compound", "amod", "nmod") and end <= head.head.i < last

    def _short_names(self, found: list[Reference]) -> Iterator[Reference]:
        """Surnames alone, of persons named in full anywhere in the report."""
        words = self.words
        if not self.people.all:
            return
        for index, sentence in enumerate(self.parsed.sentences):
            for at in range(sentence.start, sentence.end):
                if at in self.taken or not words.capital(at) or not words.tag[at].startswith("NNP"):
                    continue
                if words.name[at] >= 0 or len(words.text[at]) < 3:
                    continue
                known = self.people.known(words.text[at])
                if known:
                    self.taken.add(at)
                    yield Reference(
                        at,
                        at + 1,
                        words.start[at],
                        words.end(at),
                        index,
                        "person",
                        "name",
                        "person",
                        known[0].id,
                        candidates=tuple(one.id for one in known) if len(known) > 1 else None,
                        reason="several persons of that name" if len(known) > 1 else None,
                    )

    # -- pronouns and descriptions

    def _pronouns(self, index: int, first: int, last: int) -> Iterator[Reference]:
        words, known = self.words, descriptions()
        nouns = description_kinds()
        for at in range(first, last):
            if at in self.taken:
                continue
            word = words.lower[at]
            if word in known.pronouns or word in known.first_person:
                titled = words.text[at] == "HE" and at + 1 < last and words.tag[at + 1] != "VBD"  # His Excellency
                if not titled and words.tag[at].startswith("PRP"):
                    yield Reference(
                        at,
                        at + 1,
                        words.start[at],
                        words.end(at),
                        index,
                        "pronoun",
                        "pronoun",
                        plural=word in ("they", "them", "their", "themselves", "we", "our", "us"),
                    )
            elif word in nouns and at > first:
                start = at
                while start > first and self._describes(start - 1) and at - start < 2:
                    start -= 1
                whose = start > first and word in ("country", "nation") and words.lower[start - 1] in ("his", "her")
                if whose:
                    self.taken.add(start - 1)
                article = start > first and words.lower[start - 1] in known.articles
                if (article or whose) and words.tag[at].startswith("NN"):
                    yield Reference(
                        start - 1,
                        at + 1,
                        words.start[start - 1],
                        words.end(at),
                        index,
                        "description",
                        "description",
                        plural=words.tag[at] == "NNS",
                        owner=start - 1 if whose else None,
                    )

    def _describes(self, token: int) -> bool:
        """Whether a word can stand between "the" and the noun of a description ("the breakaway region")."""
        return self.words.tag[token] in ("JJ", "VBN") or self.words.lower[token] in offices().modifiers

    def _couples(self, index: int, first: int, last: int) -> Iterator[Reference]:
        """ "Both sides", "the two": where nothing else says whose they are."""
        words = self.words
        for at in range(first, last):
            for one in descriptions().couples if words.lower[at] in COUPLING else ():
                noun = at + len(one.words)
                if words.lower[at:noun] != one.words or noun >= last:
                    continue
                alone = "" in one.nouns and words.tag[noun] in FINITE
                if not alone and words.lower[noun] not in one.nouns:
                    continue
                end = noun if alone else noun + 1
                if words.lower[end : end + 1] != ["of"]:
                    yield Reference(
                        at,
                        end,
                        words.start[at],
                        words.end(end - 1),
                        index,
                        "couple",
                        "description",
                        plural=True,
                    )
                    break

    def settle(self, cast: Cast) -> None:
        """Enter the persons and bodies that the cast came to hold among the entities."""
        for person in self.people.all:
            self.entities[person.id] = Entity(id=person.id, kind="person", name=person.name)
        for one in cast.references:
            for entity in (one.entity, one.for_):
                if entity is not None:
                    self._note(entity)
