"""Sides: who can be on the sides of an act between states, and who is, where the words leave it out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.reading.frames import Trigger
from dragoman.reading.names import catalogue
from dragoman.reading.reference import STATES, Cast, Reference
from dragoman.reading.syntax import is_passive, lemma, light, objects, prepositional, verbs
from dragoman.reading.told import Told

if TYPE_CHECKING:
    from spacy.tokens import Token

REACH = 3  # sentences behind an act in which what goes on with it may leave the other side out


def recognisable(
    cast: Cast,
    token: Token,
    actors: Sequence[Reference],
    targets: Sequence[Reference],
    heads: Sequence[str],
    owned: bool,
) -> list[Reference]:
    """Those who can be recognised: no capital, and a person only in an office, which "as" may give.

    Parameters
    ----------
    heads
        Nouns of offices whose holder is recognised as such ("as president").
    owned
        Whether it is something of theirs that is recognised: a capital may stand for its state ("Rabat's claim").
    """
    things = objects(token)
    if any(one.lower_ == "other" and any(child.lower_ == "each" for child in one.children) for one in things):
        return list(actors)  # "recognised each other"
    named = list(prepositional(token, "as"))
    posts = [post for one in named if (post := cast.at(one.i)) is not None]
    office = any(lemma(one) in heads for one in named)
    honoured = next(prepositional(token, "for"), None) is not None and not named  # "recognise Ann Lee for her work"
    found = []
    for one in targets:
        capital = one.by == "metonymy" and one.kind != "regime" and not owned  # a regime's seat stands for it
        if capital or (honoured and one.kind == "person"):
            continue
        if one.kind != "person" or one.for_:
            found.append(one)
            continue
        post = next((post for post in posts if post.kind == "person" and post.for_), None)
        if post is not None:
            found.append(replace(one, for_=post.for_, office=post.office or one.office))
        elif one.office or office:
            found.append(one)
    return found


def of_state(one: Reference) -> bool:
    """Whether a party is a state, a regime, a body, or an organization that the catalogue knows."""
    return one.kind != "organization" or one.for_ is not None or one.entity in catalogue()


def other_side(
    told_before: Sequence[Told], actors: Sequence[Reference], sentence: int, any_act: bool, kinds: Collection[str]
) -> list[Reference]:
    """With whom ties are, where it was told so before ("recognises Abkhazia and establishes relations").

    Parameters
    ----------
    any_act
        Whether any act of the same sentence tells it.
    kinds
        The kinds of act that tell it in the sentences before, too ("Peru recognised Kosovo. It later withdrew").
    """
    ours = {one.party for one in actors}
    for told in reversed(told_before):
        if sentence - told.sentence > (REACH if kinds else 0):
            break
        if not (told.kind in kinds or (any_act and told.sentence == sentence)):
            continue
        before = [one for one in told.actors if one.party not in ours]
        behind = [*told.about, *(one for one in told.targets if not told.about)]
        behind = [one for one in behind if one.party not in ours]
        sides = behind if len(behind) == len(told.about or told.targets) else before
        sides = [_state(one) for one in sides] if any_act else sides
        affirmed = told.polarity == "affirmed" or told.kind in kinds
        if affirmed and sides and {one.kind for one in sides} <= STATES:
            return sides
    return []


def each_in_the_others(anchors: Mapping[str, Sequence[Token]], actors: Sequence[Reference]) -> bool:
    """Whether two states do an act each toward the other, by its object's plural ("will open embassies")."""
    several = any(one.tag_ in ("NNS", "NNPS") for one in anchors.get("obj", ()))
    return several and len(actors) == 2 and all(one.kind in STATES for one in actors)


def _state(one: Reference) -> Reference:
    """The state that an officer or an embassy belongs to, in its place."""
    known = catalogue().get(one.for_ or "")
    if known is None or known.kind not in STATES:
        return one
    return replace(one, entity=known.id, for_=None, kind=known.kind, office=None)


def mutual(token: Token, trigger: Trigger) -> bool:
    """Whether several do an act with each other that names no other side: not to an object, not "our call"."""
    if token.pos_ in ("VERB", "AUX"):
        return "with" in trigger.target and not ("obj" in trigger.target and objects(token))
    apart = any(verb.lemma_ in verbs()["one_sided"] and not is_passive(verb) for verb in light(token))
    apart = apart and next(prepositional(token, "between"), None) is None
    return not apart and not any(child.tag_ == "PRP$" for child in token.children)
