"""Acts: what is told, by the frames of the lexicon, with who does it to whom."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.domain import EntityKind, Polarity
from dragoman.reading.beside import beside
from dragoman.reading.bodies import bodies
from dragoman.reading.coreference import Speech
from dragoman.reading.echoes import Echo, echoes
from dragoman.reading.frames import Frame, Trigger, frames
from dragoman.reading.headlines import Headlines
from dragoman.reading.matching import Anchors, coordinates, follow, noun_fits, qualified, verb_fits
from dragoman.reading.modality import Mood, mood
from dragoman.reading.offices import offices
from dragoman.reading.parse import Parsed
from dragoman.reading.parties import Parties
from dragoman.reading.parts import parts, vocabulary
from dragoman.reading.reference import Cast, Reference
from dragoman.reading.sides import each_in_the_others, mutual, of_state, other_side, recognisable
from dragoman.reading.syntax import is_passive, lemma, objects, owners, prepositional, subjects, verbs
from dragoman.reading.told import Told

if TYPE_CHECKING:
    from spacy.tokens import Token


CARRYING = frozenset({"ROOT", "xcomp"})  # where "be" is no auxiliary: "continue to be concerned"


class ActReader:
    """Reads the acts of one report."""

    def __init__(self, parsed: Parsed, cast: Cast, parties: Parties, speeches: Callable[[], Sequence[Speech]]) -> None:
        self.parsed = parsed
        self.cast = cast
        self.parties = parties
        self.speeches = speeches
        self.parts = parts(parsed.doc)
        self.vocabulary = vocabulary(self.parts)
        self.found: list[Told] = []
        self.headlines = Headlines(parsed, cast, parties)

    def read(self) -> list[Told]:
        """All acts, in text order, one for each word that tells one."""
        found = self.found
        for index, sentence in enumerate(self.parsed.sentences):
            for at in range(sentence.start, sentence.end):
                told = self._word(at, index)
                if told is not None:
                    found.append(told)
                echoing = self.parts[at].speech == "VERB" and self.parts[at].plain in echoes()
                echo = self._echo(at, index, found) if echoing else None
                if echo is not None:
                    found.append(echo)
            if not any(one.sentence == index for one in found):
                found.extend(self.headlines.read(index))
        return [_at_whom(one, found) for one in self._apart(found)]

    @staticmethod
    def _apart(found: Sequence[Told]) -> list[Told]:
        """Drop what another act already says: the call in a call to recognise, and what only vague actors may do."""
        inner = {one.token.i for one in found}
        found = [one for one in found if not (_only_agreed(one) and _tells(one.tokens, inner))]
        parts = {(token.i, id(one)) for one in found for token in one.tokens}
        of_others = {token for token, _ in parts}
        return [
            one
            for one in found
            if not (one.token.i in of_others and any(token == one.token.i and by != id(one) for token, by in parts))
            and not (one.modality == "possible" and all(actor.form == "body" for actor in one.actors))
            and not _feared(one)
        ]

    def _word(self, at: int, sentence: int) -> Told | None:
        """The act that a word tells."""
        part, known = self.parts[at], frames()
        verb, noun = part.speech in ("VERB", "AUX"), part.speech in ("NOUN", "PROPN")
        candidates = (known.verbs if verb else known.nouns).get(part.lemma, ()) if verb or noun else ()
        if not candidates:
            return None
        token = self.parsed.doc[at]
        if verb and (token.dep_ in ("amod", "compound") or (part.speech == "AUX" and token.dep_ not in CARRYING)):
            return None
        if noun and self._named(token):
            return None
        fits = verb_fits if verb else noun_fits
        for frame in candidates:
            anchors = fits(token, frame.trigger) if frame.possible(self.vocabulary) else None
            if anchors is None:
                continue
            told = self._told(frame, token, anchors, sentence)
            if told is not None:
                return told
        return None

    def _named(self, token: Token) -> bool:
        """Whether a noun is only part of a name ("Call of Duty", "Congress of Berlin")."""
        reference = self.cast.at(token.i)
        return self.parties.words.name[token.i] >= 0 or (reference is not None and reference.form == "person")

    # -- the parts of an act

    def _told(self, frame: Frame, token: Token, anchors: Anchors, sentence: int) -> Told | None:
        act, trigger = frame.act, frame.trigger
        actor_kinds = trigger.actor_kinds or act.actor_kinds or None
        target_kinds = trigger.target_kinds or act.target_kinds or None
        actors = self._part(token, trigger.actor, anchors, actor_kinds, media=act.media, acting=True)
        targets = self._part(
            token, trigger.target, anchors, target_kinds, {one.party for one in actors if one.party}, media=act.media
        )
        if act.of_heads:
            actors = [one for one in actors if not (one.office or "").lower().endswith("members")]  # not for it
            targets = recognisable(self.cast, token, actors, targets, act.of_heads, bool(trigger.object))
        targets, doubts = self._other_side(frame, anchors, actors, targets, sentence)
        if act.of_states and not all(of_state(one) for one in (*actors, *targets)):
            return None
        if act.symmetric and not targets and len(actors) > 1 and mutual(token, trigger):
            actors, targets = actors[:1], actors[1:]
        if not actors:
            actors, doubt = self._speaker(frame, token, anchors)
            if doubt:
                doubts.append(doubt)
                targets = [one for one in targets if one.party != actors[0].party]
        named = trigger.unnamed and any(one.kind == "person" and one.entity for one in targets)
        complete = self._complete(frame, token, actors, targets)
        if named or not (complete or act.requested):
            return None
        words = tuple(thing for things in anchors.values() for thing in things)
        spoken = frame.speech or (act.symmetric and token.pos_ == "NOUN")
        how = mood(token, spoken, act.background, frame.rule.startswith("acts/agreement"))
        if act.requested and how.asked_by is not None:
            return self._requested(frame, token, actors, targets, how, sentence, words)
        if act.requested and how.modality(False) == "requested" and actors and targets:
            caller = self._caller(token)
            if caller is not None and caller.party not in {one.party for one in actors}:
                return self._asked(frame, token, (caller,), actors, how, targets, sentence, words)
        if (how.idle and frame.speech and not act.media) or not complete or _shown(frame, token, actors):
            return None
        if trigger.itself and not _themselves(trigger, actors, targets):
            return None
        targets, taken_for = self._fellows(actors, targets)
        doubts += taken_for
        if self._unread(actors) or self._unread(targets):
            doubts.append("others named in the same list could not be read")
        return self._made(frame, token, actors, targets, how, sentence, words, doubts)

    def _other_side(
        self,
        frame: Frame,
        anchors: Anchors,
        actors: Sequence[Reference],
        targets: list[Reference],
        sentence: int,
    ) -> tuple[list[Reference], list[str]]:
        """The targets, or where none are named those of the act told before, or each of two in the other's place."""
        act, kinds = frame.act, frame.trigger.continues
        if kinds:
            targets = [one for one in targets if one.party or one.candidates]  # "withdrew their recognition"
        if targets or not actors:
            return targets, []
        if act.each and each_in_the_others(anchors, actors):
            return list(actors), []
        if not (act.of_states or kinds):
            return [], []
        found = other_side(self.found, actors, sentence, act.of_states, kinds)
        return found, ["the other side is taken from the act told before it"] if found else []

    def _fellows(self, actors: Sequence[Reference], targets: list[Reference]) -> tuple[list[Reference], list[str]]:
        """Officials named without a polity in one list with a colleague's are of the same one."""
        ours = {one.for_ for one in actors if one.for_}
        theirs = {one.for_ for one in targets if one.for_} - ours
        bare = [
            one
            for one in targets
            if one.office and one.for_ is None and not self.cast.ambiguous_before(one) and self._officer(one)
        ]
        if len(theirs) != 1 or not bare or len({one.sentence for one in targets}) > 1:
            return targets, []
        polity = next(iter(theirs))
        return (
            [replace(one, for_=polity) if one in bare else one for one in targets],
            ["officials without a polity are taken for those of the one named with them"],
        )

    @staticmethod
    def _alone(actors: Sequence[Reference]) -> bool:
        """Whether only those who issue a text are known of "we", who agree with others."""
        return len(actors) == 1 and actors[0].form == "pronoun" and actors[0].plural and bool(actors[0].reason)

    @staticmethod
    def _officer(one: Reference) -> bool:
        """Whether somebody with a name, or one who has an office as nobody else has ("Minister of Justice")."""
        return bool(one.entity) or (not one.plural and len((one.office or "").split()) > 1)

    def _complete(self, frame: Frame, token: Token, actors: Sequence[Reference], targets: Sequence[Reference]) -> bool:
        act, trigger = frame.act, frame.trigger
        if token.lemma_ == "agree" and self._alone(actors):
            return False
        if act.symmetric and not any(of_state(one) for one in (*actors, *targets)):
            return False  # companies among themselves
        if trigger.some_party:
            return bool(actors or targets)
        if trigger.located and not actors and not targets:
            places = [token, *(child for child in token.children if child.dep_ == "relcl")]
            return any(child.lower_ in ("in", "on", "at") for place in places for child in place.children)
        if not actors and not act.actor_optional:
            return False
        if not targets and not (act.target_optional or trigger.target_optional):
            return False
        if act.media and not targets:
            return False
        known = [one for one in (*actors, *targets) if one.party is not None]
        return bool(known) and (len(known) > 1 or not (actors and targets) or bool(actors[0].party))

    def _part(
        self,
        token: Token,
        paths: Sequence[str],
        anchors: Anchors,
        kinds: Collection[EntityKind] | None,
        taken: Collection[str] = (),
        media: bool = False,
        acting: bool = False,
    ) -> list[Reference]:
        """The first of the paths that leads to somebody who can have this part."""
        for path in paths:
            found: dict[tuple[int, str | None], Reference] = {}
            vague: list[Reference] = []  # "foreign ministers", who have a part only in a list with others
            at_place = path.split(".")[-1] in ("in", "at")
            for there in self._whole(token, path, paths, follow(token, path, anchors)):
                if there.i == token.i and path != "self":
                    continue
                for one in self.parties.at(there, adjective=path.endswith(("adj", "poss", "named"))):
                    if one.kind == "place" and path.endswith("adj") and not self._hyphened(there):
                        continue  # "the Tel Aviv bombing": where it was
                    settled = self.parties.acting(one, kinds, media, acting, at_place)
                    if path.endswith("self") and settled is not None and settled.for_ is None:
                        continue
                    if settled is None and one.form == "group":
                        vague.append(one)
                    if settled is not None and settled.party not in taken:
                        found.setdefault((settled.first, settled.party), settled)
            if found:
                return sorted([*found.values(), *vague], key=lambda one: one.first) if vague else list(found.values())
        found_there = self._there(token, paths, kinds, taken)
        if found_there is not None:
            return [found_there]
        nearby = beside(self.parsed.doc, self.cast, token, paths)
        return [
            known
            for one in (self.parties.beside(nearby) if nearby is not None else ())
            if (known := self.parties.acting(one, kinds, media, acting, False)) is not None
            and known.party not in taken
        ]

    def _there(
        self, token: Token, paths: Sequence[str], kinds: Collection[EntityKind] | None, taken: Collection[str]
    ) -> Reference | None:
        """Whom "there" stands for, where an act has its place ("opened an embassy there")."""
        if not {path.rpartition(".")[2] for path in paths} & {"in", "to"} or token.pos_ != "VERB":
            return None
        for place in (token, *objects(token)):
            for child in place.children:
                if child.lower_ == "there" and child.dep_ == "advmod" and child.i > token.i:
                    one = self.parties.there(child)
                    settled = self.parties.acting(one, kinds, False, False, True) if one is not None else None
                    return settled if settled is not None and settled.party not in taken else None
        return None

    def _hyphened(self, token: Token) -> bool:
        """Whether a capital is one of two that a hyphen binds ("Moscow-Kabul talks")."""
        doc = self.parsed.doc
        return any(0 <= at < len(doc) and doc[at].text in ("-", "–") for at in (token.i - 1, token.i + 1))

    @staticmethod
    def _whole(token: Token, path: str, paths: Sequence[str], found: list[Token]) -> list[Token]:
        """With the objects of a verb, those behind "with" before them: the parser has parted one list."""
        if path != "obj" or "with" not in paths or not found or token.pos_ != "VERB":
            return found
        return [*(one for one in prepositional(token, "with") if token.i < one.i < found[0].i), *found]

    def _unread(self, parts: Sequence[Reference]) -> bool:
        """Whether somebody is named in one list with the parts of an act who could not be read."""
        heads = {token for one in parts for token in self.parsed.doc[one.first : one.last]}
        listed = {
            other
            for token in heads
            for other in (*coordinates(token), token.head)
            if "conj" in (other.dep_, token.dep_)
        }
        return any(other.tag_ in ("NNP", "NNPS") and self.cast.at(other.i) is None for other in listed)

    def _speaker(self, frame: Frame, token: Token, anchors: Anchors) -> tuple[list[Reference], str | None]:
        """Where an official tells of "the mission" or "the goal" without saying whose: the speaker's polity."""
        goal = any(
            lemma(there) in verbs()["goals"] for path in frame.trigger.actor for there in follow(token, path, anchors)
        )
        if not goal and not (frame.act.speaker_acts and self._presupposed(token)):
            return [], None
        for speech in reversed(self.speeches()):
            if speech.start <= token.idx < speech.end:
                source = self.cast.at(speech.source)
                if source is not None and source.for_ is not None:
                    return [source], "the actor is taken to be the speaker's side"
        return [], None

    @staticmethod
    def _presupposed(token: Token) -> bool:
        return any(child.lower_ in ("a", "the", "our", "this") for child in token.lefts)

    def _requested(
        self,
        frame: Frame,
        token: Token,
        asked: list[Reference],
        about: list[Reference],
        how: Mood,
        sentence: int,
        words: tuple[Token, ...],
    ) -> Told | None:
        """Turn an act that is asked for into the asking: who asks whom, about what."""
        asking = how.asked_by
        assert asking is not None and frame.act.requested is not None
        verb = asking.pos_ in ("VERB", "AUX")
        who = self._resolved(subjects(asking) if verb else owners(asking))
        if verb:
            others = [
                *objects(asking),
                *prepositional(asking, "on"),
                *prepositional(asking, "to"),
                *prepositional(asking, "from"),
                *prepositional(asking, "upon"),
                *prepositional(asking, "with"),
            ]
        else:
            others = [*prepositional(asking, "to"), *prepositional(asking, "on"), *prepositional(asking, "upon")]
        asked = [one for one in asked if one not in who] or [
            one for one in self._resolved(others) if one not in who and one not in about
        ]
        if not who and verb and is_passive(asking):
            who = self._resolved(list(prepositional(token, "by")))  # "was urged to recognise Kosovo by the US"
        about = [one for one in about if one not in asked] or ([] if self._of_something(token, words) else list(who))
        if not who and not asked:
            return None
        if not about or (not who and not asked):
            return None
        return self._asked(frame, token, who, asked, mood(asking), about, sentence, (*words, asking))

    def _asked(
        self,
        frame: Frame,
        token: Token,
        who: Sequence[Reference],
        asked: Sequence[Reference],
        how: Mood,
        about: Sequence[Reference],
        sentence: int,
        words: tuple[Token, ...],
    ) -> Told:
        assert frame.act.requested is not None
        forbidden = self._forbidden(token)
        told = how.asked_by is None and "requested" in how.effects  # "should recognise" is asked by saying so
        return Told(
            frame,
            token,
            "call-on" if forbidden else frame.act.requested.kind,
            frame.act.requested.type,
            tuple(who),
            tuple(asked),
            "happened" if told else how.modality(False),
            "affirmed" if told else how.polarity,
            tuple(about),
            sentence,
            frame.rule,
            words,
        )

    @staticmethod
    def _forbidden(token: Token) -> bool:
        """Whether what is asked for is that the act be left undone ("urged Ghana not to recognise")."""
        return any(child.dep_ == "neg" for child in token.children)

    def _caller(self, token: Token) -> Reference | None:
        """Who says that an act should be done."""
        for speech in reversed(self.speeches()):
            if speech.start <= token.idx < speech.end:
                source = self.cast.at(speech.source)
                return self.parties.acting(source, None, False, True, False) if source is not None else None
        return None

    @staticmethod
    def _of_something(token: Token, words: Sequence[Token]) -> bool:
        """Whether what is asked for is done to something that is no party ("asked guests to recognise a feat")."""
        verb = token.pos_ in ("VERB", "AUX")
        things = objects(token) if verb else list(prepositional(token, "of"))
        state = {*offices().institutions, *bodies().heads}
        return any(
            (one.tag_.startswith("PRP") and one.lower_ in ("him", "her"))
            or (one.pos_ in ("NOUN", "PROPN") and one not in words and lemma(one) not in state)
            for one in things
        )

    def _resolved(self, tokens: Sequence[Token]) -> list[Reference]:
        found: dict[int, Reference] = {}
        for token in tokens:
            for one in self.parties.at(token, adjective=True):
                settled = self.parties.acting(one, None, False, True, False)
                if settled is not None:
                    found.setdefault(settled.first, settled)
        return list(found.values())

    def _made(
        self,
        frame: Frame,
        token: Token,
        actors: Sequence[Reference],
        targets: Sequence[Reference],
        how: Mood,
        sentence: int,
        words: tuple[Token, ...],
        doubts: list[str],
    ) -> Told:
        act = frame.act
        denials = how.denials + frame.trigger.denies + sum(self._denied(one) for one in actors)
        denials += self._neither((*actors, *targets)) + (self._nothing(token, words) or self._nobody(token))
        if not how.denials and any(self._denied(one) for one in targets):
            denials += 1
        polarity: Polarity = "denied" if denials % 2 else "affirmed"
        if denials > 1:
            doubts.append("denied more than once")
            polarity = "denied" if any(self._denied(one) for one in actors) else polarity
        modality = how.modality(polarity == "denied")
        if act.stative and modality == "happened" and how.tense in ("present", "progressive"):
            modality = "ongoing"
        if frame.trigger.factive:
            polarity, modality = "affirmed", "happened"
        kind, type_ = act.kind, act.type
        if polarity == "denied" and act.denied:
            kind, type_ = act.denied.kind, act.denied.type
        elif modality == "conditional" and act.conditional:
            kind, type_ = act.conditional.kind, act.conditional.type
        elif modality == "planned" and act.agreed and self._agreed(how):
            type_ = act.agreed
        return Told(
            frame,
            token,
            kind,
            type_,
            tuple(actors),
            tuple(targets),
            modality,
            polarity,
            (),
            sentence,
            frame.rule,
            words,
            tuple(doubts),
        )

    @staticmethod
    def _agreed(how: Mood) -> bool:
        return how.outermost is not None and any(
            one.lemma_ in ("agree", "agreement") for one in (how.outermost, *how.outermost.children)
        )

    def _denied(self, one: Reference) -> bool:
        return one.form == "body" and self.parsed.doc[one.first].lower_ in bodies().negative

    def _neither(self, parts: Sequence[Reference]) -> bool:
        """Whether "neither" stands before one of the parts ("met neither the Taliban nor")."""
        doc = self.parsed.doc
        return any(
            any(word.lower_ == "neither" for word in doc[max(one.first - 2, 0) : one.first + 1])
            and not self._denied(one)
            for one in parts
        )

    @staticmethod
    def _nothing(token: Token, words: Sequence[Token]) -> bool:
        """Whether what a verb needs is denied ("sent no aid", "no mission was sent")."""
        return token.pos_ == "VERB" and any(
            child.dep_ == "det" and child.lower_ == "no" for word in words for child in word.children
        )

    def _nobody(self, token: Token) -> bool:
        """Whether a verb's subject is nobody, and no body that is denied by itself ("no envoy of Chad ever met")."""
        return any(
            child.dep_ in ("nsubj", "nsubjpass")
            and any(one.dep_ == "det" and one.lower_ == "no" for one in child.children)
            and (found := self.cast.at(child.i)) is not None
            and found.form != "body"
            for child in token.children
        )

    # -- echoes

    def _echo(self, at: int, sentence: int, found: Sequence[Told]) -> Told | None:
        """ "It follows the example set by X": X did what was told of the subject just before."""
        token = self.parsed.doc[at]
        for echo in echoes()[self.parts[at].plain]:
            named = [*objects(token), *prepositional(token, "in")]  # "following in the footsteps of"
            things = [one for one in named if not echo.object or lemma(one) in echo.object]
            if echo.likewise:
                told = self._likewise(token, sentence, found, echo)
                if told is not None:
                    return told
                continue
            if not things:
                continue
            followers = {one.party for one in self._resolved(subjects(token))}
            before = self._echoed(token, sentence, found, followers, echo.in_act)
            if before is None:
                continue
            others = self._part(token, echo.parties, {"obj": things}, None, {one for one in followers if one})
            if others:
                return replace(
                    before,
                    token=token,
                    actors=tuple(others),
                    modality="happened",
                    polarity="affirmed",
                    sentence=sentence,
                    rule=f"echoes.yaml#{echo.id}",
                    tokens=tuple(things),
                    doubts=(),
                    kind=before.frame.act.kind,
                    type=before.frame.act.type,
                )
        return None

    def _likewise(self, token: Token, sentence: int, found: Sequence[Told], echo: Echo) -> Told | None:
        """ "Peru followed suit", "did the same": Peru does what was told of others before, in its own mood."""
        beside = (child for child in token.children if child.dep_ == "advmod" and child.i > token.i)
        things = [one for one in (*objects(token), *beside) if lemma(one) in echo.object]
        if echo.object_words:
            words = echo.object_words
            marked = [one for one in things if any(child.lower_ in words for child in one.lefts)]
            things = [*(one for one in things if qualified(one, words)), *marked]
        acts = (one for one in reversed(found) if one.kind != "statement" and not one.frame.act.background)
        before = next(acts, None)
        if not things or before is None or sentence - before.sentence > 1 or before.about:
            return None
        if token.tag_ == "VB" and token.dep_ in ("acl", "relcl"):
            return None  # "the second country to do so": told already
        how = mood(token)
        others = [one for one in self._part(token, echo.parties, {}, None, acting=True) if one.party is not None]
        theirs = {one.party for one in (*before.actors, *before.targets)}
        if not others or how.asked_by is not None or any(one.party in theirs for one in others):
            return None
        told = replace(before, token=token, actors=tuple(others), sentence=sentence, tokens=tuple(things), doubts=())
        return replace(
            told,
            kind=before.frame.act.kind,
            type=before.frame.act.type,
            modality=how.modality(how.polarity == "denied"),
            polarity=how.polarity,
            rule=f"echoes.yaml#{echo.id}",
        )

    def _echoed(
        self, token: Token, sentence: int, found: Sequence[Told], followers: Collection[str | None], in_act: bool
    ) -> Told | None:
        if in_act:
            inner = {child.i for one in prepositional(token, "in") for child in (one,)}
            return next((one for one in self._ahead(token, sentence) if one.token.i in inner), None)
        for one in reversed(found):
            if sentence - one.sentence > 2:
                return None
            if any(actor.party in followers for actor in one.actors) or not (followers or subjects(token)):
                return one
        return None

    def _ahead(self, token: Token, sentence: int) -> Iterator[Told]:
        for at in range(token.i + 1, self.parsed.sentences[sentence].end):
            if (told := self._word(at, sentence)) is not None:
                yield told


def _at_whom(one: Told, found: Sequence[Told]) -> Told:
    """An attack that is known as somebody's, with the target of their others in the report, if they have but one."""
    known = one.token.pos_ == "NOUN" and any(child.dep_ == "poss" for child in one.token.children)
    if one.kind != "attack" or one.targets or not one.actors or not known:
        return one
    ours = {actor.party for actor in one.actors}
    others = [other for other in found if other.kind == one.kind and ours == {actor.party for actor in other.actors}]
    hit = {target.party: target for other in others for target in other.targets}
    if len(hit) != 1 or not all(target.kind == "polity" for target in hit.values()):
        return one
    return replace(one, targets=tuple(hit.values()), doubts=(*one.doubts, "the target is taken from another telling"))


def _themselves(trigger: Trigger, actors: Sequence[Reference], targets: Sequence[Reference]) -> bool:
    """Whether those who do what the word says are named themselves, not their officers."""
    if "subj" in trigger.actor:
        return not any(one.form in ("person", "office", "pronoun") or one.for_ for one in actors)
    return not any(one.form in ("person", "office") or one.for_ for one in targets)


def _shown(frame: Frame, token: Token, actors: Sequence[Reference]) -> bool:
    """Whether a participle tells what a deed or a text shows, not what is said ("gave aid, underscoring its role")."""
    deed = token.head
    if frame.act.kind != "statement" or token.tag_ != "VBG" or token.dep_ != "advcl" or deed.pos_ != "VERB":
        return False
    written = verbs()["texts"] - verbs()["utterances"]
    if any(thing.lemma_ in written for thing in objects(deed)):
        return True  # "submitted a report outlining"
    if any(one.form in ("person", "office", "couple") for one in actors):
        return False
    known = frames()
    told = [*known.verbs.get(deed.lemma_, ())]
    told += [one for thing in objects(deed) for one in known.nouns.get(thing.lemma_, ())]
    talking = verbs()["telling"] | verbs()["discussing"] | verbs()["conversing"]
    uttered = any(thing.lemma_ in verbs()["utterances"] for thing in objects(deed))
    return not (deed.lemma_ in talking or uttered or any(one.speech or one.act.type == "CONSULT" for one in told))


def _feared(one: Told) -> bool:
    """Whether an act of the background is only possible, of somebody whom a pronoun stands for."""
    return (
        one.modality == "possible" and one.frame.act.background and any(actor.by == "pronoun" for actor in one.actors)
    )


def _only_agreed(one: Told) -> bool:
    """Whether it is only said that somebody is to do what another act may tell ("agreed to meet")."""
    return one.kind == "statement" and bool(one.frame.trigger.infinitive)


def _tells(tokens: Sequence[Token], acts: Collection[int]) -> bool:
    """Whether one of these words, or what hangs right on it, tells an act of its own."""
    return any(one.i in acts for token in tokens for one in (token, *token.children))
