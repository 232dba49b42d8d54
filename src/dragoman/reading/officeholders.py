"""Officeholders: phrases that hold an office or an institution, with its polity and the person who has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dragoman.domain import Entity
from dragoman.reading.descriptions import description_kinds
from dragoman.reading.name_words import name_words
from dragoman.reading.names.atlas import polity_of_capital
from dragoman.reading.names.namesakes import people
from dragoman.reading.offices import default_polity, offices
from dragoman.reading.persons import HYPHENS, QUOTES, name_run, skip_titles
from dragoman.reading.portfolios import of_government, qualifies_noun, served, with_people
from dragoman.reading.reference import STATES
from dragoman.reading.syntax import verbs
from dragoman.reading.words import POSSESSIVES, Words

EMPLOYS = frozenset({"of", "from", "representing"})
BOUND = frozenset({"general", "designate", "elect"})  # what a hyphen binds to an office
LINKS = frozenset({"of", "for", "to", "on", "from", "at", "in", "representing"})
OWNERS = frozenset({"his", "her", "its", "their"})
LED = frozenset({"led", "backed", "run", "controlled", "aligned", "dominated"})
OWNING = [[word] for word in POSSESSIVES]
ARTICLES = frozenset({"the", "a", "an", "this", "that", "these", "those", "two", "both"})


@dataclass(slots=True)
class OfficePhrase:
    """What was read of one phrase, in tokens; ``name`` is the person's name within it."""

    first: int
    last: int
    head: int
    office_first: int
    office_last: int
    polity: int | None = None  # token of the name that says whose office it is
    default: str | None = None
    owner: int | None = None  # token of a possessive pronoun
    name: tuple[int, int] | None = None
    institution: bool = False
    plural: bool = False
    article: str | None = None
    more: list[int] = field(default_factory=list)  # tokens of further polities with the same office
    extra: list[tuple[int, int]] = field(default_factory=list)  # further offices of the same person


class OfficeScanner:
    """Reads office phrases out of one sentence at a time."""

    def __init__(self, words: Words, entities: Mapping[str, Entity]) -> None:
        self.words = words
        self.entities = entities
        self.known = offices()

    def scan(self, first: int, last: int) -> list[OfficePhrase]:
        """All office and institution phrases among the tokens [first, last), in order."""
        found: list[OfficePhrase] = []
        lower, at, floor = self.words.lower, first, first
        while at < last:
            known = lower[at] in self.known.heads or lower[at] in self.known.institutions
            if known and self._is_head(at) and not self._modifies(at, last):
                phrase = self._phrase(at, floor, last)
                if phrase is not None:
                    if found and self._belongs(phrase, found[-1]):
                        phrase.polity = found[-1].polity
                        phrase.first = found.pop().first
                    if found and self._owned_by(phrase, found[-1]):
                        phrase.owner = found[-1].head
                        phrase.first = found.pop().first
                    found.append(phrase)
                    at = floor = phrase.last
                    continue
            at += 1
        return found

    @staticmethod
    def _belongs(phrase: OfficePhrase, before: OfficePhrase) -> bool:
        """Whether an office follows its institution ("Dutch Ministry of Foreign Affairs Political Director")."""
        return (
            before.institution
            and before.last == phrase.first
            and not phrase.institution
            and phrase.polity is None
            and phrase.article is None
        )

    def _owned_by(self, phrase: OfficePhrase, before: OfficePhrase) -> bool:
        """Whether an office is that of an institution told before ("the movement's foreign minister")."""
        marked = phrase.first - 1 == before.last and self.words.lower[before.last] in POSSESSIVES
        described = before.institution and before.article == "the" and before.polity is None
        ours = phrase.polity is None and phrase.owner is None and not phrase.institution
        return marked and described and ours and self.words.lower[before.head] in description_kinds()

    def _is_head(self, token: int) -> bool:
        word = self.words.lower[token]
        if word not in self.known.heads and word not in self.known.institutions:
            return False
        if self.words.name[token] >= 0 or self._given(token) or self.words.lower[token - 1 : token] == ["family"]:
            return False
        if self.words.lower[token + 1 : token + 2] in (["d'affaires"], ["d’affaires"]):
            return True
        return self.words.tag[token].startswith("NN") or self.words.text[token][:1].isupper()

    def _given(self, token: int) -> bool:
        """Whether this head is somebody's given name ("Foreign Minister Amir Abdollahian"), not "the Qatari Amir"."""
        words, entry = self.words, self.known.heads.get(self.words.lower[token])
        if entry is None or not entry.given or words.lower[token + 1 : token + 2] == ["of"]:
            return False
        return token == 0 or not (words.name[token - 1] >= 0 or words.lower[token - 1] in (*ARTICLES, *POSSESSIVES))

    def _modifies(self, token: int, last: int) -> bool:
        """Whether this head only leads to another head to its right ("deputy political director")."""
        lower, ahead = self.words.lower, token + 1
        if ahead + 1 < last and self.words.text[ahead] in HYPHENS and lower[ahead + 1] in BOUND:
            return False  # "director-general" is one office
        if lower[token : token + 2] == ["military", "and"]:
            ahead += 1  # "military and security leaders"
        while ahead < last:
            word = lower[ahead]
            if self.words.text[token][:1].islower() and self.words.text[ahead][:1].isupper():
                return False  # "minister Amir Khan": the capital begins a name
            if word in self.known.heads or word in self.known.institutions:
                return self._is_head(ahead)
            if word not in self.known.modifiers and not (self.words.text[ahead] in HYPHENS and ahead + 1 < last):
                return False
            ahead += 1
        return False

    def _phrase(self, head: int, floor: int, last: int) -> OfficePhrase | None:
        word = self.words.lower[head]
        institution = word in self.known.institutions
        quoted = head + 1 < last and self.words.text[head + 1] in QUOTES
        office_first = self._left(head, floor, institution)
        phrase = OfficePhrase(office_first, head + 1, head, office_first, head + 1, institution=institution)
        phrase.plural = word in self.known.plurals or self.words.tag[head] in ("NNS", "NNPS")
        if quoted and office_first - 1 >= floor and self.words.text[office_first - 1] in QUOTES:
            phrase.first -= 1  # the "foreign minister" of
            phrase.last += 1
        self._whose(phrase, floor)
        self._designate(phrase, last)
        if institution:
            phrase.last = with_people(self.words, phrase.last)
        self._complement(phrase, last)
        if not institution:
            self._second_office(phrase, last)
            self._named(phrase, last)
        if phrase.polity is None and not phrase.owner:
            surname = self.words.text[phrase.name[1] - 1] if phrase.name else None
            phrase.default = default_polity(self.office(phrase), word, surname)
        return phrase

    def _left(self, head: int, floor: int, institution: bool) -> int:
        """The first token of the modifiers before a head."""
        modifiers = self.known.institution_modifiers if institution else self.known.modifiers
        lower, at = self.words.lower, head
        while at > floor:
            width = self._modifier(at, floor, modifiers)
            if not width:
                break
            at -= width
        while at < head and lower[at] in ("and", "&"):
            at += 1
        return at

    def _modifier(self, at: int, floor: int, modifiers: frozenset[str]) -> int:
        """How many tokens before `at` belong to an office: 0, a word, or two with a joint ("Ministry of")."""
        lower, word = self.words.lower, self.words.lower[at - 1]
        if self.words.name[at - 1] < 0 and (word in modifiers or word in self.known.heads):
            return 1
        if at - 1 <= floor:
            return 0
        if word in LED and at - 3 > floor and self.words.text[at - 2] in HYPHENS and self.words.name[at - 3] < 0:
            return 3  # "army-led government"
        joint = word in ("and", "&") or word in HYPHENS
        if joint and lower[at - 2] in modifiers:
            return 2
        return 2 if word == "of" and lower[at - 2] in self.known.institutions else 0

    def _whose(self, phrase: OfficePhrase, floor: int) -> None:
        """Find the polity, owner or article to the left of a phrase."""
        words, at = self.words, phrase.first
        if at - 1 >= floor and words.text[at - 1] == ")":
            opening = at - 1
            while opening > floor and words.text[opening] != "(" and at - opening < 6:
                opening -= 1
            at = opening if words.text[opening] == "(" else at
        if at - 2 >= floor and words.lower[at - 1] in POSSESSIVES:
            if words.name[at - 2] >= 0:
                at -= 1
            elif words.lower[at - 2] in self.known.institutions:
                at = self._left(at - 2, floor, True)
        at = self._organ_before(at, floor)
        if phrase.plural and at - 2 >= floor and words.lower[at - 1] == "and":
            listed = at - 3 if words.text[at - 2] == "," else at - 2  # "Israeli and regional counterparts"
            if listed >= floor and words.tag[listed] == "JJ" and words.name[listed] >= 0:
                at = listed + 1
        at = self._participle_before(at, floor)
        at = self._region_before(at, floor)
        if at - 1 >= floor and words.name[at - 1] >= 0 and self._employs(at - 1):
            phrase.polity = at - 1
            at = words.name_start(at - 1)
            at = self._posted_by(phrase, at, floor)
            while at - 1 >= floor and words.name[at - 1] >= 0 and self._employs(at - 1):
                at = words.name_start(at - 1)
            phrase.first = max(at, floor)
            self._list_before(phrase, floor)
        described = self._described_before(phrase, floor)
        if described is not None:
            phrase.owner, phrase.first = described, described - 1
            return
        if phrase.first - 1 >= floor:
            before = words.lower[phrase.first - 1]
            if before in OWNERS:
                phrase.owner = phrase.first - 1
                phrase.first -= 1
            elif before in ARTICLES:
                phrase.article = before
                phrase.first -= 1

    def _described_before(self, phrase: OfficePhrase, floor: int) -> int | None:
        """The noun of a description whose office it is ("the junta's foreign minister")."""
        words, noun = self.words, phrase.first - 2
        if phrase.polity is not None or noun - 1 < floor or words.lower[noun + 1] not in POSSESSIVES:
            return None
        described = words.lower[noun] in description_kinds() and words.name[noun] < 0
        return noun if described and words.lower[noun - 1] == "the" else None

    def _of_described(self, phrase: OfficePhrase, at: int, last: int) -> bool:
        """Whether an office is that of somebody described ("president of the breakaway region"), then taken in."""
        described = self._described(at, last) if phrase.polity is None and phrase.owner is None else None
        entry = self.known.heads.get(self.words.lower[phrase.head])
        if described is None or entry is None or not entry.home:
            return False
        phrase.owner, phrase.last = described, described + 1
        return True

    def _owns(self, phrase: OfficePhrase, link: str, polity: int | None, content: int, last: int) -> bool:
        """Whether what is behind a preposition owns something, which is taken in where it is a state's organ."""
        lower = self.words.lower
        owns = lower[content - 1] in POSSESSIVES or (content < last and lower[content] in POSSESSIVES)
        if owns and not self._of_named_organ(phrase, link, polity, content, last):
            self._of_organ(phrase, link, content, last)
        return owns

    def _of_named_organ(self, phrase: OfficePhrase, link: str, polity: int | None, content: int, last: int) -> bool:
        """Whether an office is one of a state's organ ("head of Libya's Presidency Council"), then taken in."""
        if not content < last or self.words.lower[content] not in POSSESSIVES or self.words.name[content - 1] < 0:
            return False
        end = self._organ_end(content, last)
        if end:
            phrase.polity = polity if phrase.polity is None and link == "of" else phrase.polity
            phrase.last = phrase.office_last = end
        return bool(end)

    def _described(self, at: int, last: int) -> int | None:
        """The noun of a description that begins at a token ("the breakaway region")."""
        words, noun = self.words, at + 1
        while noun < last and (words.tag[noun] in ("JJ", "VBN") or words.lower[noun] in self.known.modifiers):
            noun += 1
        described = noun < last and words.lower[noun] in description_kinds() and words.text[noun].islower()
        return noun if described and words.lower[at] == "the" and noun - at < 4 else None

    def _posted_by(self, phrase: OfficePhrase, at: int, floor: int) -> int:
        """The start of the polity that has officers at an organization ("Algeria's U.N. ambassador")."""
        words = self.words
        owner = at - 2 if at - 2 >= floor and words.lower[at - 1] in POSSESSIVES else at - 1
        if owner < floor or words.name[owner] < 0 or phrase.polity is None or not self._organ(phrase.polity):
            return at
        entity = self.entities.get(words.names[words.name[phrase.polity]].entity or "")
        if self._kind(owner) not in STATES or (entity is not None and entity.ids.get("of")):
            return at
        phrase.polity = owner
        return words.name_start(owner)

    def _organ_before(self, at: int, floor: int) -> int:
        """The start of an organ between a polity and an office ("Afghan High Council for Peace Chairman")."""
        words, start, organ = self.words, at, False
        while start > floor and at - start < 9 and words.name[start - 1] < 0:
            if not words.text[start - 1][:1].isupper() and words.lower[start - 1] not in ("of", "for", "and", "on"):
                break
            organ = organ or words.lower[start - 1] in name_words().organization
            start -= 1
        return start if organ and start > floor and words.name[start - 1] >= 0 else at

    def _participle_before(self, at: int, floor: int) -> int:
        """The start of "-appointed" between a polity and an office ("Taliban-appointed diplomats")."""
        words = self.words
        for start in (at, at - 1):
            joint = start - 1
            if joint - 1 >= floor and words.text[joint] in HYPHENS and words.name[joint - 1] >= 0:
                sent = any(words.lower[start] in (verb + "ed", verb + "d") for verb in verbs()["sending"])
                return joint if sent else at
        return at

    def _list_before(self, phrase: OfficePhrase, floor: int) -> None:
        """Take in the polities before the last in "Uzbek, Kazakh and Turkmen officials"."""
        words = self.words
        while phrase.plural and phrase.first - 2 >= floor and words.lower[phrase.first - 1] in ("and", ",", "&"):
            before = phrase.first - 2
            if words.name[before] < 0 or not self._employs(before):
                return
            phrase.more.append(before)
            phrase.first = words.name_start(before)

    def _region_before(self, at: int, floor: int) -> int:
        """The start of a region between an owner and its officer ("Russia's Middle East envoy")."""
        words = self.words
        if at - 3 < floor or words.name[at - 1] < 0 or self._kind(at - 1) != "place":
            return at
        start = words.name_start(at - 1)
        if polity_of_capital(words.names[words.name[at - 1]].entity or "") is not None or start - 1 < floor:
            return at
        return start - 1 if words.lower[start - 1] in POSSESSIVES else at

    def _employs(self, token: int) -> bool:
        """Whether a name can have officers: a polity, a regime, an organization or a capital."""
        entity = self.words.names[self.words.name[token]].entity
        known = self.entities.get(entity) if entity else None
        return known is not None and known.kind in ("polity", "regime", "organization", "place")

    def _designate(self, phrase: OfficePhrase, last: int) -> None:
        words, at = self.words, phrase.last
        if words.lower[at : at + 4] in (["-", "in", "-", "office"], ["-", "in", "-", "chief"]):
            phrase.last = phrase.office_last = at + 4
        elif words.lower[at : at + 2] == ["at", "large"] or (
            at + 1 < last and words.text[at] in HYPHENS and words.lower[at + 1] in BOUND
        ):
            phrase.last = phrase.office_last = at + 2
        elif words.lower[at : at + 4] == ["-", "at", "-", "large"]:
            phrase.last = phrase.office_last = at + 4
        elif words.lower[at - 1] == "chief" and "officer" in words.lower[at : at + 3]:
            phrase.last = phrase.office_last = (
                words.lower.index("officer", at) + 1
            )  # "Chief Operating Officer Ann Lee"
        elif at < last and words.lower[at] in ("general", "designate", "d'affaires", "d’affaires"):
            phrase.last = phrase.office_last = at + 1

    def _complement(self, phrase: OfficePhrase, last: int) -> None:
        """Take in "of Foreign Affairs", "to Afghanistan", "of the Kingdom of Saudi Arabia"."""
        words = self.words
        several = phrase.plural and not phrase.institution and (phrase.polity is None or self._organ(phrase.polity))
        while phrase.last < last and words.lower[phrase.last] in LINKS:
            link, at, content = words.lower[phrase.last], of_government(words, phrase.last + 1), 0
            if link in self._elsewhere(phrase) or (link == "of" and self._of_described(phrase, at, last)):
                return
            polity: int | None = None
            more: list[int] = []
            while at < last:
                if words.name[at] >= 0:
                    if polity is not None and self._employs(at):
                        more.append(at)
                    polity = at if polity is None and self._employs(at) else polity
                    at = words.name_end(at)
                    content = at
                elif self._inside(at, last):
                    at += 1
                    if words.lower[at - 1] not in (",", "the", "a", "an", "and", "&", "his", "her", "its"):
                        content = at
                elif self._joins(at) or (polity is not None and several and self._polities(at, last)):
                    at += 1
                elif (end := self._further(phrase, polity, at, last)) > at:
                    at = content = end
                else:
                    break
            if not content or (link in ("in", "at", "on") and polity is not None):
                phrase.polity = self._local(phrase, link, polity)
                return
            if self._owns(phrase, link, polity, content, last):
                return  # "the minister for Uzbekistan's support": no part of the office
            if (
                qualifies_noun(words, content, last)
                or self._second_head(phrase.last + 1, content)
                or (phrase.plural and self._runs_on(content, last))
            ):
                return
            members = self._of_members(phrase, polity)
            if polity is not None and (phrase.polity is None or members) and self._employed(phrase, link):
                phrase.polity = polity
                phrase.more += more if phrase.plural else []
            phrase.last = phrase.office_last = content

    def _of_organ(self, phrase: OfficePhrase, link: str, content: int, last: int) -> None:
        """Take in a state's organ, whose officer somebody is ("the leader of Cuba's military")."""
        words = self.words
        owner = content - 2 if words.lower[content - 1] in POSSESSIVES else content - 1
        organ = owner + 2
        told = self.known.institution_modifiers | self.known.institutions.keys()
        while organ + 1 < last and words.lower[organ] in told and words.lower[organ + 1] in told:
            organ += 1  # "members of Chad's new government"
        named = words.name[owner] >= 0 and self._employs(owner)
        if link == "of" and named and organ < last and words.lower[organ] in self.known.institutions:
            phrase.polity = phrase.polity if phrase.polity is not None else owner
            phrase.last = phrase.office_last = organ + 1

    def _organ_end(self, mark: int, last: int) -> int:
        """The end of a state's organ behind a mark of possession ("head of Libya's Presidency Council"); else 0."""
        words, at, end = self.words, mark + 1, 0
        while at < last and (words.capital(at) or words.lower[at] in ("of", "and", "for")):
            at += 1
            end = at if words.lower[at - 1] in name_words().organization else end
        institution = at == mark + 1 and at < last and words.lower[at] in self.known.institutions
        return at + 1 if institution else end

    def _kind(self, token: int) -> str | None:
        known = self.entities.get(self.words.names[self.words.name[token]].entity or "")
        return known.kind if known is not None else None

    def _organ(self, token: int | None) -> bool:
        return token is not None and self.words.name[token] >= 0 and self._kind(token) == "organization"

    def _of_members(self, phrase: OfficePhrase, polity: int | None) -> bool:
        """Whether officers of a bloc are told by its members ("the G7 foreign ministers of Canada and France")."""
        return phrase.plural and self._organ(phrase.polity) and polity is not None and self._kind(polity) == "polity"

    def _inside(self, at: int, last: int) -> bool:
        """Whether a token can stand within the words of a portfolio."""
        words = self.words
        if words.lower[at] in POSSESSIVES:
            return at > 0 and words.name[at - 1] >= 0
        return words.lower[at] in self.known.portfolio or (words.text[at] == "," and self._goes_on(at + 1, last))

    def _joins(self, at: int) -> bool:
        """Whether a token is a hyphen glued to the word before it."""
        return at > 0 and self.words.text[at] in HYPHENS and self.words.end(at - 1) == self.words.start[at]

    def _polities(self, at: int, last: int) -> bool:
        """Whether a list of polities goes on at a comma ("ambassadors of Peru, Chad and Iran")."""
        words, closed = self.words, False
        while at < last and (words.text[at] == "," or words.lower[at] in ("and", "&")):
            closed = closed or words.text[at] != ","
            at += 1
            while at < last and words.lower[at] in ("and", "&", "the"):
                closed = closed or words.lower[at] != "the"
                at += 1
            if at >= last or words.name[at] < 0 or not self._employs(at):
                return False
            at = words.name_end(at)
        return closed and (at >= last or not (words.lower[at] in POSSESSIVES or words.text[at][:1].isupper()))

    def _goes_on(self, at: int, last: int) -> bool:
        """Whether a list of portfolios goes on behind a comma, up to a name ("Asia, and North America Ann Lee")."""
        words, closed = self.words, False
        while at < last and (words.lower[at] in self.known.portfolio or words.text[at] == ","):
            closed = closed or words.lower[at] in ("and", "&")
            at += 1
        return closed and at < last and words.lower[at] not in self.known.heads and name_run(words, at, last) > at + 1

    def _runs_on(self, at: int, last: int) -> bool:
        """Whether the name that ends before a token only begins a longer one ("heads of the Rome-based agencies")."""
        words = self.words
        if at >= last or (self._organ(at - 1) and words.lower[at] in name_words().organization):
            return False  # "officials from the NATO Secretariat"
        glued = words.text[at] in HYPHENS and words.end(at - 1) == words.start[at]
        return glued or (words.tag[at].startswith("NNP") and words.lower[at] not in self.known.heads)

    def _local(self, phrase: OfficePhrase, link: str, place: int | None) -> int | None:
        """Whose several officials are: those "in" a place, of whom no polity is named, are its own."""
        head = self.known.heads.get(self.words.lower[phrase.head])
        if phrase.polity is None and phrase.owner is None and phrase.plural and link == "in":
            return place if head is not None and head.local else None
        return phrase.polity

    def _employed(self, phrase: OfficePhrase, link: str) -> bool:
        """Whether the polity behind a preposition is the one that an office belongs to."""
        head = self.known.heads.get(self.words.lower[phrase.head])
        other = self.words.lower[phrase.head].startswith("counterpart")  # "his counterparts from A and B"
        employs = link in EMPLOYS or (link == "for" and head is not None and head.voice)
        return employs and (phrase.owner is None or other)

    def _elsewhere(self, phrase: OfficePhrase) -> set[str]:
        """Prepositions that do not go on with a phrase: "an envoy from", "handed over the embassy to"."""
        head = self.known.heads.get(self.words.lower[phrase.head])
        home = phrase.institution or (head is not None and head.home)
        return ({"to"} if home else set()) | (set() if phrase.plural else {"from", "representing"})

    def _bureau(self, at: int, last: int) -> int:
        """The end of a capitalised run that a word such as "Affairs" or "Bureau" closes; `at` where there is none."""
        words, end = self.words, at
        for ahead in range(at, min(at + 7, last)):
            if words.lower[ahead] in self.known.heads:
                break  # "President of Peru, Minister of Islamic Affairs": another's office
            if words.lower[ahead] in self.known.terminators:
                end = ahead + 1
            elif not words.text[ahead][:1].isupper() and words.lower[ahead] not in (
                "and",
                "&",
                ",",
                "of",
                "for",
                "the",
            ):
                break
        return end

    def _further(self, phrase: OfficePhrase, polity: int | None, at: int, last: int) -> int:
        """The end of what goes on with an office at a token: a bureau, the head it serves, an organ; else `at`."""
        words, end = self.words, at
        if polity is not None:
            organ = self.known.institution_modifiers | self.known.institutions.keys()
            while end < last and words.lower[end] in organ and words.tag[end].startswith("NNP"):
                end += 1
            return end if end > at and words.lower[end - 1] in self.known.institutions else self._bureau(at, last)
        adviser = not phrase.plural and words.lower[phrase.last] == "to"
        return max(self._bureau(at, last), served(words, at, last) if adviser else at)

    def _second_head(self, first: int, last: int) -> bool:
        """Whether a complement runs into another office ("... and minister")."""
        return any(
            self.words.lower[at] in self.known.heads and self.words.lower[at - 1] in ("and", "&")
            for at in range(first + 1, last)
        )

    def _second_office(self, phrase: OfficePhrase, last: int) -> None:
        """Take in a second office of the same person ("Deputy Prime Minister and Minister of Foreign Affairs")."""
        words, at = self.words, phrase.last
        if at + 1 >= last or words.lower[at] not in ("and", "&") or phrase.plural:
            return
        head = at + 1
        while head < last and (
            (words.lower[head] in self.known.modifiers and words.lower[head] not in self.known.heads)
            or words.text[head] in HYPHENS
            or (head == at + 1 and words.name[head] >= 0 and self._single(phrase))
        ):
            head = words.name_end(head) if words.name[head] >= 0 else head + 1
        if head < last and self._is_head(head) and not self._modifies(head, last):
            if words.lower[head] in self.known.institutions or words.lower[head] in self.known.plurals:
                return
            second = OfficePhrase(at + 1, head + 1, head, at + 1, head + 1)
            second.polity = phrase.polity
            self._designate(second, last)
            self._complement(second, last)
            named = skip_titles(words, second.last, last)
            apposed = self._comma_before(phrase.first)
            if phrase.article == "the" and phrase.polity is None and not apposed:
                return  # "The Secretary and Foreign Minister Maas" are two persons
            if name_run(words, named, last) > named or apposed:
                phrase.extra.append((second.office_first, second.office_last))
                phrase.polity = phrase.polity if phrase.polity is not None else second.polity
                phrase.last = second.last

    @staticmethod
    def _single(phrase: OfficePhrase) -> bool:
        """Whether an office without article and name has the next one's holder ("Polish Minister and AU Chair")."""
        return phrase.polity is not None and phrase.article is None and phrase.owner is None

    def _comma_before(self, token: int) -> bool:
        """Whether a person's name and a comma stand before a token ("Ann Lee, the minister and")."""
        words = self.words
        return token > 1 and words.text[token - 1] == "," and words.capital(token - 2) and words.name[token - 2] < 0

    def _named(self, phrase: OfficePhrase, last: int) -> None:
        """Find the person's name behind an office, with or without a comma, and a polity behind the name."""
        words = self.words
        behind = self._aside(phrase.last, last)
        at = skip_titles(words, behind, last)
        if words.text[at : at + 1] == ["Ambassador"] and at == behind and name_run(words, at + 1, last) > at + 2:
            at += 1  # a rank: "Secretary for Foreign Affairs Ambassador Ann Lee"
        end = name_run(words, at, last)
        if end == at and phrase.last + 1 < last and words.text[phrase.last] == "," and not phrase.plural:
            at = skip_titles(words, phrase.last + 1, last)
            end = name_run(words, at, last)
            if end - at < 2 or (end < last and words.text[end] not in (",", ".", ";", ")", "(")):
                return
        if end == at or (phrase.plural and end - at < 2):
            return
        if words.lower[at] in self.known.heads and words.text[at] not in people():
            return  # another's office: "chief of staff for Commission President Ann Lee"
        if end - at == 1 and words.lower[at] in name_words().organization:
            return  # "Executive Council"
        phrase.name = (at, end)
        phrase.last = end
        if end + 1 < last and words.lower[end] == "of":
            polity = end + 1
            while polity < last and words.lower[polity] in ("the", "kingdom", "republic", "state", "of"):
                polity += 1
            if polity < last and words.name[polity] >= 0 and phrase.polity is None and self._employs(polity):
                phrase.polity = polity
                phrase.last = words.name_end(polity)

    def _aside(self, at: int, last: int) -> int:
        """The first token behind a bracket with an abbreviation, if one opens at `at`."""
        if at + 2 < last and self.words.text[at] == "(" and self.words.text[at + 2] == ")":
            return at + 3
        return at

    def office(self, phrase: OfficePhrase) -> str:
        """The words of the office ("special adviser to Afghanistan")."""
        words = self.words

        def text(first: int, last: int) -> str:
            return "".join(
                words.text[at] + (" " if at + 1 < last and words.end(at) < words.start[at + 1] else "")
                for at in range(first, last)
            )

        parts = [text(phrase.office_first, phrase.office_last), *(text(*extra) for extra in phrase.extra)]
        return " and ".join(parts)
