"""Coreference: whom pronouns and definite descriptions stand for, by salience over the mentions before them.

Salience follows the usual order of English discourse (Lappin & Leass 1994): the subject of the same or the last
sentence before its objects, nearer before farther.  What remains in doubt keeps its candidates and the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from dragoman.domain import Entity, EntityKind
from dragoman.reading.couples import couple, examples, sayers
from dragoman.reading.descriptions import description_kinds, descriptions, named_heads
from dragoman.reading.homes import headed, home, written_in
from dragoman.reading.issuers import Issuer
from dragoman.reading.names import catalogue, contested, polity
from dragoman.reading.names.tables import regimes
from dragoman.reading.offices import is_past
from dragoman.reading.operators import operators
from dragoman.reading.parse import Parsed
from dragoman.reading.people import People, slug
from dragoman.reading.reference import STATES, Cast, Reference
from dragoman.reading.syntax import agents, subjects, verbs
from dragoman.reading.turns import turns

WINDOW = 3  # sentences looked back
REACH = 9  # tokens of a bracket
RULED = frozenset({"regime", "junta"})  # what nobody calls those for whom they speak
SUBJECT = 2  # the role of whom a sentence is about: only then is an organization "they"
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
ONE_OF_TWO = frozenset({"latter", "former", "other", "second"})
MINISTERIAL = frozenset(
    {"ministry", "minister", "chancellor", "king", "queen", "emir", "sultan", "councilor", "councillor"}
)  # not a department's
HEADS_OF_STATE = frozenset({"president", "vice president"})
HEADS = HEADS_OF_STATE | {"prime minister"}  # of whom each state has one: two that are named are of two
OBJECTS = frozenset({"dobj", "obj", "dative", "iobj"})


@dataclass(frozen=True, slots=True)
class Speech:
    """Where somebody speaks: the tokens of the source, and the offsets of what is said."""

    source: int
    start: int
    end: int
    direct: bool
    index: int


class Coreference:
    """Resolves the references of one cast in text order.

    Who says what is asked for (``speeches``) only where it tells whom a pronoun stands for.
    """

    def __init__(
        self,
        parsed: Parsed,
        cast: Cast,
        people: People,
        entities: Mapping[str, Entity],
        speeches: Callable[[], Sequence[Speech]],
        issuer: Issuer,
    ) -> None:
        self.parsed = parsed
        self.cast = cast
        self.entities = entities
        self.speeches = speeches
        self.issuer = issuer
        self.people = people
        self.turns = turns(parsed)
        self.persons = {slug(spelling): person for person in people.all for spelling in person.spellings}
        self.holders: list[int] = []  # persons with an office, as met so far

    @cached_property
    def origin(self) -> tuple[str | None, bool]:
        """The polity that the report is from, and whether that is its agency's home; asked of few reports."""
        return written_in(self.parsed.text)

    def run(self) -> None:
        """Resolve every reference of the cast, in place."""
        for index, one in enumerate(self.cast.references):
            if one.form == "person":
                self._person(index, one)
            elif one.owner is not None:
                self._owned(index, one)
            if one.form == "pronoun":
                self._pronoun(index, one)
            elif one.form == "group":
                self._group(index, one)
            elif one.form in ("description", "couple") and one.owner is None:
                self._description(index, one)
            elif one.form in ("office", "institution") and one.entity is None:
                self._office(index, self.cast.references[index])

    # -- persons and offices

    def _person(self, index: int, one: Reference) -> None:
        person = self.persons.get(one.entity or "")
        if person is None:
            return
        if is_past(one.office or ""):
            self.cast.resolve(index, entity=person.id, kind="person")
            return
        for_, reason = one.for_ or person.for_, one.reason
        if for_ is None and one.owner is not None:
            self._owned(index, one)
            for_ = self.cast.references[index].for_
        if for_ is None and one.office:
            for_ = None if one.office.lower() in HEADS else self._colleague(index, one)
            reason = "polity taken from the office named before" if for_ else reason
            if for_ is None and self._of_issuer(index, one):
                for_, reason = self.issuer.polity, None
            for_ = for_ or headed(person.id)
            if for_ is None and self.issuer.polity is None:
                for_ = home(self.parsed, self.cast, index, *self.origin)
                reason = "polity taken from who acts before, or from where the report is from" if for_ else reason
        for_ = for_ or headed(person.id)
        person.for_ = person.for_ or for_
        self.cast.resolve(
            index, entity=person.id, for_=for_, office=one.office or person.office, reason=reason, kind="person"
        )
        if one.office or person.office:
            self.holders.append(index)

    def _of_issuer(self, index: int, one: Reference) -> bool:
        """Whether an officer without a polity is one of those who issue the text: not "President Paz"."""
        if self.issuer.polity is None or _words(one.office or "") & MINISTERIAL:
            return False
        if (one.office or "").lower() in HEADS_OF_STATE:
            return (one.entity or "").rpartition("-")[2] in self.issuer.heads
        return self._lone(index)

    def _lone(self, index: int) -> bool:
        """Whether an office without a polity is not one of a list with another's."""
        one = self.cast.references[index]
        if self._role(one) == SUBJECT:
            return True
        return index == 0 or self.cast.references[index - 1].sentence != one.sentence

    def _owned(self, index: int, one: Reference) -> None:
        """ "Its ambassador": the office is the pronoun's antecedent's."""
        if one.for_ is not None or one.owner is None:
            return
        word = self.parsed.doc[one.owner].lower_
        kinds: list[EntityKind] = ["person"] if word in ("his", "her") else ["polity", "regime", "organization"]
        joined = self._joined_before(one, kinds) if word in ("its", "their") else None
        if joined is not None:
            self.cast.resolve(index, for_=joined)
            return
        kinds = description_kinds().get(word, kinds)  # "the junta's minister"
        found = self._antecedents(index, kinds)
        if kinds[0] == "regime":
            found.sort(key=lambda other: (not self._called(other, word), kinds.index(self._kind_of(other))))
        if (
            found
            and one.form == "institution"
            and self.cast.references[found[0]].for_ is None
            and word in ("his", "her")
        ):
            return
        if one.form == "description":  # "his country"
            party = self.cast.references[found[0]].for_ if found else None
            if party is not None and self._kind(party) in STATES:
                self.cast.resolve(index, entity=party, kind=self._kind(party))
            return
        if found and "counterpart" not in (one.office or ""):
            self.cast.resolve(index, for_=self.cast.references[found[0]].party)

    def _joined_before(self, one: Reference, kinds: Collection[EntityKind]) -> str | None:
        """Who stands right before "and its officers", save for a bracket: the officers are theirs."""
        doc, at = self.parsed.doc, one.first - 2
        if at < 0 or doc[at + 1].lower_ != "and":
            return None
        if doc[at].text == ")":
            at = next((before - 1 for before in range(at, max(at - REACH, 0), -1) if doc[before].text == "("), at)
        other = self.cast.at(at)
        return other.party if other is not None and other.kind in kinds and other.sentence == one.sentence else None

    def _colleague(self, index: int, one: Reference) -> str | None:
        """The polity of an office or institution of the same portfolio, named shortly before in the same passage."""
        if self.cast.ambiguous_before(one):
            return None
        words = _portfolio(one.office or "")
        passage = self.parsed.passage_of[one.sentence]
        for other in reversed(self.cast.references[:index]):
            if self.parsed.passage_of[other.sentence] != passage:
                return None
            if other.form == "person" and one.form == "person" and _heads_alike(one, other):
                continue  # two presidents, or two foreign ministers, are not of one country
            if other.office and other.for_ and words & _portfolio(other.office):
                return other.for_
        return None

    def _office(self, index: int, one: Reference) -> None:
        """ "The Foreign Minister": the holder named before, or at least the polity."""
        if one.plural:
            self._several(index, one)
            return
        if one.form == "office" and self.parsed.doc[one.first].lower_ not in ("a", "an"):
            fits = self._holders(one)
            head = (one.office or "").lower() in HEADS_OF_STATE and not self.turns  # who speaks may mean the other's
            if self.issuer.polity and head and not self._of_polity(fits):
                self.cast.resolve(index, for_=one.for_ or self.issuer.polity)
                return  # in a state's release "the President" is that state's, not a company's
            ours = [fit for fit in fits if self.cast.references[fit].for_ == self.issuer.polity]
            fits = ours or fits  # in a release "the Secretary" is the issuer's own
            if fits:
                chosen = self.cast.references[fits[0]]
                rivals = tuple(dict.fromkeys(str(self.cast.references[fit].entity) for fit in fits))
                self.cast.resolve(
                    index,
                    entity=chosen.entity,
                    for_=one.for_ or chosen.for_,
                    candidates=rivals if len(rivals) > 1 else None,
                    reason="several persons hold that office" if len(rivals) > 1 else None,
                )
                return
        if one.for_ is None and (sender := self._sender(one)):
            self.cast.resolve(index, for_=sender)
        elif one.for_ is None and (for_ := self._colleague(index, one)):
            self.cast.resolve(index, for_=for_, reason="polity taken from the office named before")

    def _of_polity(self, fits: Sequence[int]) -> bool:
        """Whether one of the holders of an office holds it for a state or a regime."""
        return any(self._kind(self.cast.references[fit].for_ or "") in STATES for fit in fits)

    def _sender(self, one: Reference) -> str | None:
        """Who appointed or sent those who hold an office ("an ambassador appointed by the Taliban")."""
        for token in self.parsed.doc[one.first : one.last]:
            for child in token.children:
                if child.dep_ in ("acl", "relcl") and child.lemma_ in verbs()["sending"]:
                    for agent in agents(child):
                        sender = self.cast.at(agent.i)
                        if sender is not None:
                            return sender.party
        return None

    def _holders(self, one: Reference) -> list[int]:
        words = _words(one.office or "")
        fits = []
        for other in reversed(self.holders):
            known = self.cast.references[other]
            apart = known.for_ is None and known.sentence == one.sentence  # "President Lee met Kenya's president"
            ours = one.for_ is None or known.for_ == one.for_ or (known.for_ is None and not apart)
            if words <= _words(known.office or "") and ours:
                fits.append(other)
        named = " ".join(word for word in (one.office or "").lower().split() if word != "the")
        leading = [fit for fit in fits if (self.cast.references[fit].office or "").lower().startswith(named)]
        return leading or fits  # "the Secretary" is the Secretary of State sooner than the Foreign Secretary

    def _several(self, index: int, one: Reference) -> None:
        """ "The two ministers", "the leaders": the persons of the sentence before."""
        if one.for_ is not None or self.parsed.doc[one.first].lower_ not in ("the", "both", "two", "these"):
            return
        members = self._fellow_holders(one.office or "") or couple(self.parsed, self.cast, index, ["person"])
        if members:
            self.cast.resolve(index, members=members)

    def _group(self, index: int, one: Reference) -> None:
        """ "The two foreign ministers": those who were named with that office."""
        words = [token.lower_ for token in self.parsed.doc[one.first : one.last]]
        if words[0] in ("the", "both", "two") or self._shares_article(one):
            members = self._fellow_holders(" ".join(word for word in words if word not in ("both", "two")))
            if members:
                self.cast.resolve(index, members=members)

    def _shares_article(self, one: Reference) -> bool:
        """Whether the article of the office before is a group's too ("the Secretary and Foreign Ministers")."""
        doc = self.parsed.doc
        if one.first < 2 or doc[one.first - 1].lower_ not in ("and", "&"):
            return False
        before = self.cast.at(one.first - 2)
        return before is not None and before.form == "office" and doc[before.first].lower_ == "the"

    def _fellow_holders(self, office: str) -> tuple[int, ...]:
        """The two who were named with an office of at least two words."""
        words = {word.removesuffix("s") for word in _words(office)}
        if len(words) < 2:
            return ()
        found: dict[str | None, int] = {}
        for other in self.holders:
            known = self.cast.references[other]
            if words <= {word.removesuffix("s") for word in _words(known.office or "")}:
                found.setdefault(known.entity, other)
        return tuple(found.values()) if len(found) == 2 else ()

    # -- pronouns and descriptions

    def _pronoun(self, index: int, one: Reference) -> None:
        word = self.parsed.doc[one.first].lower_
        if word in descriptions().first_person:
            self._first_person(index, one, word)
            return
        kinds = descriptions().pronouns[word]
        if one.plural:
            told = self._object_before(index)
            if told is not None:
                self.cast.resolve(index, entity=told.entity, for_=told.for_, office=told.office, kind=told.kind)
                return
            if self._together(index, word):
                return
            kinds = [kind for kind in kinds if kind not in ("person", "polity")]
        elif "polity" in kinds:
            if self._subject_unknown(index, one):
                self.cast.resolve(index, reason="whom the sentence before is about is not known")
                return
            kinds = [*kinds, "place"]
        found = self._antecedents(index, kinds)
        if self._recognised(one):
            found.sort(key=lambda other: not _contested(self.cast.references[other].party))
        self._settle(index, one, found, personal="person" in kinds)

    def _recognised(self, one: Reference) -> bool:
        """Whether a pronoun stands for what is, or is not, recognised."""
        token = self.parsed.doc[one.first]
        thing = token.head if token.dep_ == "poss" else token  # "its independence"
        return thing.dep_ in ("dobj", "nsubjpass") and thing.head.lemma_.lower() in ("recognise", "recognize")

    def _object_before(self, index: int) -> Reference | None:
        """The several whom the verb before has as its object, or asks ("thank allies and urge them")."""
        one = self.cast.references[index]
        verb = self.parsed.doc[self._clause(one)]
        asked = self._asked(one)
        if self._role(one) != 1 or not (asked or verb.dep_ == "conj"):
            return None
        for other in reversed(self.cast.references[:index]):
            if one.sentence - other.sentence > 1:
                break
            if not other.plural or other.form not in ("body", "office", "group") or other.party is None:
                continue
            joined = self._role(other) == 1 and self._clause(other) == verb.head.i
            if joined or (asked and other.sentence < one.sentence and self._asked(other)):
                return other
        return None

    def _subject_unknown(self, index: int, one: Reference) -> bool:
        """Whether the sentence before is about a council or the like of which it is not known who it is."""
        if self._role(one) != SUBJECT or not self._main(one):
            return False
        return any(
            other.form == "description" and other.party is None and self._role(other) == SUBJECT and self._main(other)
            for other in self.cast.references[:index]
            if other.sentence == one.sentence - 1
        )

    def _together(self, index: int, word: str) -> bool:
        """Put two in the place of a plural: persons, or states that act as one's fellows."""
        named = (
            examples(self.parsed, self.cast, index) or sayers(self.parsed, self.cast, index) if word == "they" else ()
        )
        if named:
            self.cast.resolve(index, members=named)
            return True
        before = self._couple_before(index) if word == "they" else ()
        if before:
            self.cast.resolve(index, members=before)
            return True
        kinds: list[Collection[EntityKind]] = [STATES] if word in descriptions().states else [["person"], STATES]
        if word == "they" and self._persons_before(index):
            kinds = [["person"]]
        one = self.cast.references[index]
        others = self._fellows_of(one)
        if word in descriptions().sides and self._asked(one):
            fellows = (other for other in self.cast.references[:index] if other.sentence == one.sentence)
            others |= {other.for_ for other in fellows if other.entity in others and other.for_}
        for among in kinds:
            members = couple(self.parsed, self.cast, index, among, word in descriptions().sides, others)
            if members is None:
                self.cast.resolve(index, reason="more than two could be meant")
                return True
            if members:
                self.cast.resolve(index, members=members)
                return True
        return False

    def _persons_before(self, index: int) -> bool:
        """Whether several persons are the subject of the sentence before, so that "they" are no states."""
        here = self.cast.references[index].sentence
        subjects = [
            one
            for one in self.cast.references[:index]
            if one.sentence == here - 1
            and (one.kind == "person" or one.form == "group")
            and self._role(one) == SUBJECT
        ]
        return len(subjects) > 1 or any(len(one.members) > 1 or one.plural for one in subjects)

    def _couple_before(self, index: int) -> tuple[int, ...]:
        """Whom "both sides" were, where they are the subject of the sentence before ("Both sides … They agreed")."""
        one = self.cast.references[index]
        for other in reversed(self.cast.references[:index]):
            if one.sentence - other.sentence > 1:
                break
            if other.form == "couple" and other.sentence < one.sentence and self._role(other) == SUBJECT:
                return other.members
        return ()

    def _fellows_of(self, one: Reference) -> set[str]:
        """Who has another part in the same clause, or is in one list with it: nobody whom it can stand for."""
        clause, role = self._clause(one), self._role(one)
        if self.parsed.doc[clause].pos_ == "ADP":
            clause = self.parsed.doc[clause].head.i
        found = set()
        for other in self.cast.references:
            if other.sentence != one.sentence or other == one or not other.entity:
                continue
            told = (
                role < SUBJECT
                and other.first < one.first
                and self._clause(other) == clause
                and self._role(other) == SUBJECT
            )
            if told or self._coordinated(one, other) or self._coordinated(other, one):
                found.add(other.entity)
        return found

    def _coordinated(self, one: Reference, other: Reference) -> bool:
        """Whether the parser hung a reference on another one before it in a list."""
        return any(
            word.dep_ == "conj" and one.first <= word.head.i < one.last
            for word in self.parsed.doc[other.first : other.last]
        )

    def _first_person(self, index: int, one: Reference, word: str) -> None:
        """In a direct quotation "I" is the speaker, "we" those spoken for; elsewhere those who issue the text."""
        singular = word in ("i", "my", "me")
        for speech in reversed(self.speeches()):
            if speech.direct and speech.start <= one.start < speech.end:
                source = self.cast.at(speech.source)
                if source is None:
                    if self.turns:
                        self._turn(index, one, singular)
                    return
                if singular:
                    self.cast.resolve(
                        index, entity=source.entity, for_=source.for_, office=source.office, kind=source.kind
                    )
                elif source.party:
                    self.cast.resolve(index, entity=source.party, kind=self._kind(source.party))
                return
        if self.turns:
            self._turn(index, one, singular)
        elif singular and self.issuer.author is not None:
            author = self.cast.references[self.issuer.author]
            self.cast.resolve(index, entity=author.entity, for_=author.for_, office=author.office, kind=author.kind)
        elif not singular and self.issuer.jointly:
            self.cast.resolve(index, members=self.issuer.jointly)
        elif not singular and self.issuer.polity:
            self.cast.resolve(
                index, entity=self.issuer.polity, kind="polity", reason="taken for those who issue the text"
            )

    def _turn(self, index: int, one: Reference, singular: bool) -> None:
        """In a transcript "I" is whoever has the turn, "we" those whose officer that is; else nobody known."""
        name = self.turns.get(self.parsed.passage_of[one.sentence])
        known = self.people.known(name) if name else []
        if len(known) == 1 and singular:
            person = known[0]
            self.cast.resolve(index, entity=person.id, for_=person.for_, office=person.office, kind="person")
        elif len(known) == 1 and known[0].for_:
            reason = "taken for those whom the speaker acts for"
            self.cast.resolve(index, entity=known[0].for_, kind=self._kind(known[0].for_), reason=reason)
        else:
            self.cast.resolve(index, reason="who speaks is not known by name")

    def _description(self, index: int, one: Reference) -> None:
        head = self.parsed.doc[one.last - 1].lower_
        if one.form == "couple":
            asked = self._role(one) == SUBJECT or self._asked(one)
            if not asked or not self._together(index, head):
                self.cast.resolve(index, reason="no two fitting before it")
            return
        named = self._named_behind(one)
        if named is None and any(word.lower_ in ONE_OF_TWO for word in self.parsed.doc[one.first : one.last]):
            self.cast.resolve(index, reason="it tells one of two apart")
            return
        if named is not None:
            self.cast.resolve(index, entity=named.entity, kind=named.kind)
            return
        kinds = description_kinds().get(head, ["regime", "polity", "organization"])
        found = self._antecedents(index, kinds)
        words = {word.lower_ for word in self.parsed.doc[one.first : one.last]}
        if head in named_heads() and "ministry" not in words:
            found = [fit for fit in found if head in self._name(fit)]
        if head in RULED:
            found = [fit for fit in found if self.cast.references[fit].entity != self.issuer.polity]
        if not words.isdisjoint(descriptions().contested):
            found = [other for other in found if _contested(self.cast.references[other].party)]
        if "ministry" in words:
            found = [other for other in found if "ministry" in (self.cast.references[other].office or "").lower()]
            states = (self.cast.references[other].party for other in self._antecedents(index, ["regime", "polity"]))
            whose = self.origin[0] or next(states, None)
            if not found and whose:
                reason = "taken for the ministry of where the report is from, or of who acts before"
                self.cast.resolve(index, for_=whose, kind="organization", reason=reason)
                return
        by_kind = sorted(found, key=lambda other: (not self._called(other, head), kinds.index(self._kind_of(other))))
        best = by_kind if kinds[0] == "regime" else found
        self._settle(index, one, best, personal=False)

    def _serves(self, one: Reference, party: str | None, kinds: Sequence[EntityKind]) -> bool:
        """Whether a description may be of those whom somebody is an officer of ("a Taliban envoy … the group")."""
        kind = self._kind(party or "")
        state = self.parsed.doc[one.last - 1].lower_ in ("country", "nation", "kingdom")
        return kind in kinds and (kind != "polity" or state)

    def _called(self, index: int, noun: str) -> bool:
        """Whether a noun is part of what somebody is called ("the junta": Myanmar's, not its rival)."""
        known = regimes().get(self.cast.references[index].party or "")
        return known is not None and any(noun in name.lower().split() for name in (*known.names, *known.also))

    def _asked(self, one: Reference) -> bool:
        """Whether those whom something is asked of are meant ("urged both sides", "called on the parties")."""
        head = self.parsed.doc[one.last - 1]
        above = head.head.head if head.dep_ == "pobj" and head.head.lower_ in ("on", "upon", "to") else head.head
        asking = operators().by_class["VERB"].get(above.lemma_) == "requested"
        return above.pos_ == "VERB" and asking and head.dep_ in (*OBJECTS, "pobj", "nsubj")

    def _named_behind(self, one: Reference) -> Reference | None:
        """ "The military regime in Burma": the description names its country."""
        doc = self.parsed.doc
        if one.last + 1 >= len(doc) or doc[one.last].lower_ not in ("in", "of"):
            return None
        behind = self.cast.at(one.last + 1 if doc[one.last + 1].lower_ != "the" else one.last + 2)
        return behind if behind is not None and behind.form == "name" and behind.kind == "polity" else None

    def _settle(self, index: int, one: Reference, found: list[int], personal: bool) -> None:
        """Put the first of the found in the reference's place, with the doubt where others were as near."""
        if not found:
            self.cast.resolve(index, reason="no fitting antecedent before it")
            return
        chosen = self.cast.references[found[0]]
        near = [other for other in found if self.cast.references[other].sentence == chosen.sentence]
        if one.form == "description" and chosen.kind == "person" and chosen.for_:  # "a Taliban envoy … the group"
            states = tuple(dict.fromkeys(self.cast.references[other].party or "" for other in near))
            if len(states) > 1:
                self.cast.resolve(index, candidates=states, reason="more than one antecedent fits")
            else:
                self.cast.resolve(index, entity=chosen.for_, kind=self._kind(chosen.for_))
            return
        known = (self.cast.references[other] for other in near)
        rivals = tuple(dict.fromkeys(str(other.entity or other.for_) for other in known))
        if personal and len(rivals) == 1 and chosen.entity is not None and self._own_source(index, chosen.entity):
            self.cast.resolve(
                index,
                candidates=rivals,
                kind="person",
                reason="nobody but the speaker of the sentence could be meant",
            )
            return
        doubtful = len(rivals) > 1 and personal
        self.cast.resolve(
            index,
            entity=chosen.entity,
            for_=chosen.for_,
            office=chosen.office,
            kind=chosen.kind,
            candidates=rivals if doubtful else None,
            reason="more than one antecedent fits" if doubtful else None,
        )

    def _own_source(self, index: int, entity: str) -> bool:
        """Whether it is they who say, indirectly, what a pronoun stands in, by "according to" and the like."""
        doc, one, before = self.parsed.doc, self.cast.references[index], self.cast.references[:index]
        governed = (other for other in before if other.entity == entity)
        if not any(doc[token].dep_ == "pobj" for other in governed for token in range(other.first, other.last)):
            return False
        for speech in self.speeches():
            if speech.start <= one.start < speech.end and not speech.direct and speech.source < one.first:
                source = self.cast.at(speech.source)
                if source is not None and doc[speech.source].dep_ == "pobj":
                    return source.entity == entity
        return False

    # -- salience

    def _kind(self, entity: str) -> EntityKind | None:
        known = self.entities.get(entity)
        return known.kind if known else None

    def _name(self, index: int) -> str:
        """What somebody is called there, and by the entity's name."""
        one = self.cast.references[index]
        known = self.entities.get(one.entity or "")
        return f"{self.parsed.doc[one.first : one.last].text} {known.name if known else ''}".lower()

    def _kind_of(self, index: int) -> EntityKind:
        one = self.cast.references[index]
        served = self._kind(one.for_) if one.kind == "person" and one.for_ else None
        return served or one.kind or "body"

    def _role(self, one: Reference) -> int:
        doc = self.parsed.doc
        for token in range(one.first, one.last):
            head = doc[token].head.i
            if one.first <= head < one.last and head != token:
                continue
            if doc[token].dep_ in SUBJECTS:
                return 2
            if doc[token].dep_ in OBJECTS:
                return 1
        return 0

    def _main(self, one: Reference) -> bool:
        """Whether the clause that somebody has a part in is a whole sentence's."""
        return self.parsed.doc[self._clause(one)].dep_ == "ROOT"

    def _acts(self, one: Reference) -> bool:
        """Whether a place stands for a government: it is the subject of a verb that a clause hangs on."""
        verb = self.parsed.doc[self._clause(one)]
        return verb.pos_ == "VERB" and any(child.dep_ in ("ccomp", "xcomp") for child in verb.children)

    def _clause(self, one: Reference) -> int:
        doc = self.parsed.doc
        return next(
            (
                doc[token].head.i
                for token in range(one.first, one.last)
                if not one.first <= doc[token].head.i < one.last
            ),
            one.first,
        )

    def _issues(self, index: int) -> bool:
        """Whether a reference is who issues the text as such, in the byline or as "I": never "he"."""
        author = self.issuer.author
        one = self.cast.references[index]
        if author is None or one.entity != self.cast.references[author].entity:
            return False
        return index == author or self.parsed.doc[one.first].lower_ in descriptions().first_person

    def _blamed(self, one: Reference) -> bool:
        """Whether something is done over what is a pronoun's: not that of those who do it ("left over its vote")."""
        owned = self.parsed.doc[one.first]
        return owned.tag_ == "PRP$" and owned.i > 0 and owned.nbor(-1).lower_ == "over"

    def _doers(self, one: Reference) -> set[str]:
        """Who does what is done to "him" or "them": nobody whom that can stand for ("thanked him for hosting")."""
        token = self.parsed.doc[one.first]
        verb = token.head.head if token.dep_ == "pobj" else token.head
        if one.form != "pronoun" or token.lower_ not in ("him", "them", "it", "her") or verb.pos_ != "VERB":
            return set()
        if token.dep_ not in OBJECTS and token.dep_ != "pobj":
            return set()
        done = (self.cast.at(doer.i) for doer in subjects(verb))
        return {known.entity or known.for_ or "" for known in done if known is not None}

    def _antecedents(self, index: int, kinds: Sequence[EntityKind]) -> list[int]:
        """References before this one that fit, the most salient first, one for each entity."""
        one = self.cast.references[index]
        scored: list[tuple[float, int]] = []
        object_of = self._clause(one) if self._role(one) < SUBJECT else None
        blamed = self._blamed(one)
        doers = self._doers(one)
        fellows = self._fellows_of(one) if one.form == "description" else set()
        for other in range(index - 1, -1, -1):
            known = self.cast.references[other]
            distance = one.sentence - known.sentence
            if distance > WINDOW:
                break
            if (known.plural and kinds == ["person"]) or self._issues(other):
                continue
            if one.plural and known.kind == "organization" and known.entity not in catalogue():
                continue  # what the text itself makes known is one, not "they"
            if known.party is None or (known.by == "demonym" and known.form == "name"):
                continue
            served = one.form == "description" and known.kind == "person" and self._serves(one, known.for_, kinds)
            if known.kind not in kinds and not served:
                continue
            if object_of is not None and distance == 0 and self._clause(known) == object_of and self._role(known):
                continue
            role = self._role(known)
            if known.entity in fellows or (one.plural and known.kind == "organization" and role < SUBJECT):
                continue
            if (known.entity or known.for_) in doers:
                continue
            if blamed and distance == 0 and role == SUBJECT:
                continue
            if known.kind == "place" and not (distance == 0 and role == SUBJECT and self._acts(known)):
                continue
            score: float = (0, 5, 8)[role] - 3 * distance + (1 if known.form == "pronoun" else 0)
            score += (0.5 if role == SUBJECT and self._main(known) else 0) - (4 if served else 0)
            scored.append((score, other))
        scored.sort(key=lambda pair: (-pair[0], -pair[1]))
        best: dict[str, int] = {}
        for _, other in scored:
            known = self.cast.references[other]
            served = known.kind not in kinds and known.for_ is not None
            best.setdefault(str(known.for_ if served else known.entity or other), other)
        return list(best.values())


def _heads_alike(one: Reference, other: Reference) -> bool:
    """Whether two persons have the same office, by its noun and its portfolio."""
    if one.entity == other.entity or not (one.office and other.office):
        return False
    same = _portfolio(one.office) == _portfolio(other.office) or _portfolio(one.office) & {"president", "premier"}
    return bool(same) and one.office.lower().split()[-1:] == other.office.lower().split()[-1:]


def _contested(party: str | None) -> bool:
    """Whether somebody is a regime, or a polity that is no member of the United Nations and not held to be a state."""
    known = catalogue().get(party or "")
    if known is None:
        return False
    return known.kind == "regime" or (known.id in contested() and polity(known.id).status != "member")


def _words(office: str) -> frozenset[str]:
    return frozenset(office.lower().replace("-", " ").split()) - {
        "of",
        "the",
        "and",
        "for",
        "to",
        "&",
        "new",
        "acting",
    }


PORTFOLIOS = {
    "affairs": "",
    "minister": "",
    "ministry": "",
    "secretary": "",
    "department": "",
    "state": "",
} | dict.fromkeys(
    ("deputy", "vice", "assistant", "first", "senior", "special", "chief", "permanent", "general", "principal"), ""
)


def _portfolio(office: str) -> frozenset[str]:
    return _words(office) - PORTFOLIOS.keys()
