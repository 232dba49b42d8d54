"""Frames: the acts of the lexicon, as the reader uses them.

Each act has a kind and a PLOVER type, and the verbs and nouns that tell it, each with the paths (`syntax.walk`) to its
actor and target and the conditions under which the word tells this act.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import cache

import msgspec

from dragoman import lexicon
from dragoman.domain import EntityKind


class Trigger(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"as_": "as"}):
    """A word that tells an act, and when it does.

    All conditions given must hold.  ``object``, ``subject``, ``as``: lemmas of the head of that part.
    ``object_words``, ``as_words``: one of these is that head or stands before it.  ``modifier``: one of these stands
    before the noun.
    ``complement``: a preposition with one of these lemmas behind it.  What begins with ``not_`` must not be there.
    ``infinitive``: an infinitive of one of these.
    ``adjective``: the verb says of its subject to be one of these.
    ``words``: one of these stands anywhere in the clause.
    """

    lemma: list[str]
    actor: list[str]
    target: list[str]
    example: str
    particle: list[str] = []
    not_particle: list[str] = []
    object: list[str] = []
    object_words: list[str] = []
    not_object: list[str] = []
    not_object_words: list[str] = []
    subject: list[str] = []
    not_subject: list[str] = []
    as_: list[str] = []
    as_words: list[str] = []
    not_as: list[str] = []
    modifier: list[str] = []
    not_modifier: list[str] = []
    complement: dict[str, list[str]] = {}
    not_complement: dict[str, list[str]] = {}
    infinitive: list[str] = []
    adjective: list[str] = []
    words: list[str] = []
    without: list[str] = []
    passive: bool = False
    clause: bool = False
    needs_infinitive: bool = False
    needs_for: bool = False  # a clause "for X to do" hangs on the verb
    light_required: bool = False
    not_light: list[str] = []  # light verbs whose subject only has a part in it ("won the election")
    actor_kinds: list[EntityKind] = []
    target_kinds: list[EntityKind] = []
    target_optional: bool = False
    some_party: bool = False
    factive: bool = False  # the act is told as done however its word is negated ("did not respond to a request")
    unnamed: bool = False  # the target has no name of their own: diplomats are accepted, a named envoy is met
    located: bool = False
    negated: bool = False  # only where the word is negated ("did not comment")
    denies: bool = False  # the word says that the act is left undone ("withheld recognition")
    continues: list[str] = []  # kinds of act told before whose other side it has, where its own words name none
    itself: bool = False  # only where the subject is named itself, not through an officer ("the Taliban took over")

    @property
    def conditions(self) -> int:
        """How many conditions it has: the more, the sooner it is tried."""
        given = (
            self.particle,
            self.object,
            self.object_words,
            self.subject,
            self.as_,
            self.modifier,
            self.complement,
            self.infinitive,
            self.adjective,
            self.words,
            self.passive,
            self.clause,
            self.needs_infinitive,
            self.needs_for,
            self.negated,
        )
        return sum(bool(one) for one in given)


class Turned(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an act becomes when it is denied, asked for or made conditional."""

    kind: str
    type: str


class Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One act of the lexicon."""

    kind: str
    type: str
    verbs: list[Trigger] = []
    nouns: list[Trigger] = []
    symmetric: bool = False
    stative: bool = False
    background: bool = False
    media: bool = False
    travels: bool = False  # the act takes its actors to its targets
    speaker_acts: bool = False
    of_heads: list[str] = []  # done to a state, or to a person as what "as" or an office says; to no capital
    each: bool = False  # done by each of two in the other's country, where none is named ("will open embassies")
    of_states: bool = False  # only between states, regimes and bodies of them
    agreed: str | None = None
    denied: Turned | None = None
    requested: Turned | None = None
    conditional: Turned | None = None
    actor_kinds: list[EntityKind] = []
    target_kinds: list[EntityKind] = []
    actor_optional: bool = False
    target_optional: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A trigger with its act and the id of the rule, and words of each sort that must stand beside its own word."""

    act: Act
    trigger: Trigger
    rule: str
    needs: tuple[frozenset[str], ...]

    def possible(self, there: Set[str]) -> bool:
        """Whether a word of each sort that the trigger asks for is there, by its spelling or its lemma."""
        return all(not words.isdisjoint(there) for words in self.needs)

    @property
    def speech(self) -> bool:
        """Whether the act is done by saying something."""
        return self.rule.startswith("acts/words")


@dataclass(frozen=True, slots=True)
class Frames:
    """All frames by the lemma of their word."""

    verbs: dict[str, list[Frame]]
    nouns: dict[str, list[Frame]]
    all: tuple[Frame, ...]

    @property
    def background(self) -> frozenset[str]:
        """The kinds of acts of the background: attacks, elections and the like."""
        return frozenset(frame.act.kind for frame in self.all if frame.act.background)


def _needs(trigger: Trigger, verb: bool) -> tuple[frozenset[str], ...]:
    """The words of each condition that cannot hold without one of them (`matching`)."""
    sorts: list[Iterable[str]] = [
        [word for among in trigger.complement.values() for word in among],
        trigger.infinitive,
    ]
    if verb:
        sorts += [trigger.object, trigger.object_words, trigger.subject, trigger.particle, trigger.words]
        sorts += [trigger.adjective, trigger.as_, trigger.as_words if trigger.as_ else ()]
    else:
        sorts.append(trigger.modifier)
    return tuple(frozenset(words) for words in sorts if words)


@cache
def frames() -> Frames:
    """Load the files in ``acts/``."""
    verbs: dict[str, list[Frame]] = {}
    nouns: dict[str, list[Frame]] = {}
    every: list[Frame] = []
    for file in lexicon.folder("acts"):
        for name, act in lexicon.entries(file, dict[str, Act]).items():
            for triggers, index in ((act.verbs, verbs), (act.nouns, nouns)):
                for trigger in triggers:
                    frame = Frame(act, trigger, f"{file}#{name}", _needs(trigger, verb=index is verbs))
                    every.append(frame)
                    for lemma in trigger.lemma:
                        index.setdefault(lemma, []).append(frame)
    for index in (verbs, nouns):
        for found in index.values():
            found.sort(key=lambda frame: -frame.trigger.conditions)
    return Frames(verbs, nouns, tuple(every))
