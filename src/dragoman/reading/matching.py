"""Matching: whether a word tells an act, by the conditions of its trigger."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from dragoman.reading.frames import Trigger
from dragoman.reading.modality import is_negated
from dragoman.reading.syntax import (
    is_passive,
    lemma,
    light,
    objects,
    prepositional,
    qualifiers,
    step,
    subjects,
    verbs,
    walk,
)

if TYPE_CHECKING:
    from spacy.tokens import Token


AS_STATES = frozenset({"diplomatic", "official", "political"})  # "diplomatic and economic relations" are all of them
Anchors = dict[str, list["Token"]]


def head_noun(token: Token) -> Token:
    """The noun that counts: behind "dozens of", "a group of"."""
    of_family = any(one.lower_ == "family" for one in token.lefts)
    if lemma(token) in verbs()["counting"] and not of_family:
        behind = next(prepositional(token, "of"), None)
        if behind is not None:
            return behind
    return token


def is_noun(token: Token, lemmas: Collection[str]) -> Token | None:
    """The noun of `lemmas` that a phrase is about: its head, what it counts, or a coordinate of it."""
    head = head_noun(token)
    for one in (head, token, *coordinates(head)):
        if lemma(one) in lemmas or one.lower_ in lemmas:
            return one
    for child in head.children:
        named = child.dep_ in ("compound", "nmod") and child.i < head.i
        if (
            (named or child.dep_ == "appos")
            and lemma(child) in lemmas
            and (head.pos_ == "PROPN" or head.lower_ == "general")
        ):
            return child
    return None


def coordinates(token: Token) -> Iterator[Token]:
    """What is coordinated with a token, behind it."""
    for child in token.children:
        if child.dep_ == "conj" and child.pos_ not in ("VERB", "AUX"):
            yield child
            yield from coordinates(child)


def verb_fits(token: Token, trigger: Trigger) -> Anchors | None:
    """The anchors of a verb's match, or None."""
    if (trigger.passive and not is_passive(token)) or (trigger.negated and not is_negated(token)):
        return None
    if not _particles(token, trigger) or not _clauses(token, trigger):
        return None
    anchors: Anchors = {}
    asked = trigger.object or trigger.not_object or trigger.object_words or trigger.not_object_words
    things = objects(token) if asked else []
    if trigger.object:
        things = [*things, *(child for child in token.children if child.dep_ == "oprd")]  # "is named ambassador"
    if trigger.object:
        things = _told_before(token, things)
        matched = [noun for thing in things if (noun := is_noun(thing, trigger.object)) is not None]
        if not matched:
            return None
        listed = [
            thing for thing in things if any(child.lower_ == "of" for child in thing.children)
        ]  # "zeal and work of"
        anchors["obj"] = things = [*matched, *(thing for thing in listed if thing not in matched)]
    if trigger.object_words and not any(qualified(thing, trigger.object_words) for thing in things):
        return None
    if any(qualified(thing, trigger.not_object_words) and not qualified(thing, AS_STATES) for thing in things):
        return None
    if any(is_noun(thing, trigger.not_object) is not None for thing in things):
        return None
    if trigger.subject and not any(is_noun(one, trigger.subject) for one in subjects(token)):
        return None
    if trigger.not_subject and any(is_noun(one, trigger.not_subject) for one in subjects(token)):
        return None
    if trigger.as_ and not _as(token, trigger):
        return None
    if trigger.not_as and any(is_noun(one, trigger.not_as) for one in prepositional(token, "as")):
        return None
    return anchors if _complements(token, trigger, anchors) else None


def _told_before(verb: Token, things: list[Token]) -> list[Token]:
    """With the object of the verb before in the place of "it" ("closed its embassy and has not reopened it")."""
    pronouns = [one for one in things if one.lower_ in ("it", "them") and one.pos_ == "PRON"]
    if not pronouns or verb.dep_ not in ("conj", "advcl") or verb.head.pos_ != "VERB":
        return things
    return [*things, *objects(verb.head)]


def _as(token: Token, trigger: Trigger) -> bool:
    """Whether what stands behind "as" is what the trigger asks for ("as a terrorist organisation")."""
    found = [noun for one in prepositional(token, "as") if (noun := is_noun(one, trigger.as_)) is not None]
    return any(not trigger.as_words or qualified(one, trigger.as_words) for one in found)


def _particles(token: Token, trigger: Trigger) -> bool:
    if not trigger.particle and not trigger.not_particle and not trigger.without:
        return True
    beside = {child.lower_ for child in token.children if child.dep_ in ("prt", "advmod", "prep", "dative", "agent")}
    if trigger.particle and beside.isdisjoint(trigger.particle):
        return False
    right_behind = {child.lower_ for child in token.children if child.i == token.i + 1}
    if not right_behind.isdisjoint(trigger.not_particle):
        return False
    return not any(child.dep_ in trigger.without for child in token.children)


def _clauses(token: Token, trigger: Trigger) -> bool:
    if trigger.words:
        around = {one.lower_ for one in token.subtree}
        if around.isdisjoint(trigger.words):
            return False
    if trigger.adjective and not any(
        child.dep_ in ("acomp", "attr", "oprd") and child.lower_ in trigger.adjective for child in token.children
    ):
        return False
    if trigger.clause and not any(child.dep_ == "ccomp" for child in token.children):
        return False
    if trigger.needs_for and not any(_asked_for(child) for child in token.children):
        return False
    return not (trigger.needs_infinitive and next(infinitives(token), None) is None)


def _asked_for(clause: Token) -> bool:
    """Whether a clause is one of "for X to do"."""
    inner = clause.children
    return clause.tag_ == "VB" and any(one.lower_ == "for" and one.dep_ in ("mark", "prep") for one in inner)


def infinitives(token: Token) -> Iterator[Token]:
    """Infinitives that hang on a word, or on its object or preposition."""
    places = [token, *(child for child in token.children if child.dep_ in ("dobj", "prep", "dative", "pobj"))]
    places += [thing for child in token.children if child.dep_ == "prep" for thing in child.children]
    for place in places:
        for child in place.children:
            if child.tag_ == "VB" and child.dep_ in ("xcomp", "ccomp", "acl", "advcl", "relcl"):
                yield child


def qualified(noun: Token, among: Collection[str]) -> bool:
    """Whether a noun is one of these words or has one of them before it."""
    return (
        noun.lower_ in among
        or lemma(noun) in among
        or any(one.lower_ in among or lemma(one) in among for one in qualifiers(noun))
    )


def _complements(token: Token, trigger: Trigger, anchors: Anchors) -> bool:
    if any(
        is_noun(thing, among) is not None
        for preposition, among in trigger.not_complement.items()
        for thing in prepositional(token, preposition)
    ):
        return False
    if trigger.complement:
        carriers = [token, *(light(token) if token.pos_ not in ("VERB", "AUX") else ())]
        for preposition, among in trigger.complement.items():
            matched = [
                noun
                for carrier in carriers
                for thing in prepositional(carrier, preposition)
                if (noun := is_noun(thing, among)) is not None
            ]
            if matched:
                anchors[preposition] = matched
                break
        else:
            return False
    if trigger.infinitive:
        matched = [verb for verb in infinitives(token) if lemma(verb) in trigger.infinitive]
        if not matched and (verb := next(iter(light(token)), None)) is not None:
            matched = [one for one in infinitives(verb) if lemma(one) in trigger.infinitive]
        if not matched:
            return False
        anchors["xcomp"] = matched
    return True


def noun_fits(token: Token, trigger: Trigger) -> Anchors | None:
    """The anchors of a noun's match, or None."""
    before = {word for one in qualifiers(token) for word in (one.lower_, lemma(one))}
    before |= {child.lower_ for child in token.lefts if child.dep_ == "det" and child.lower_ == "no"}
    if trigger.modifier and before.isdisjoint(trigger.modifier):
        return None
    if not before.isdisjoint(trigger.not_modifier):
        return None
    if (trigger.light_required or trigger.not_light) and not _lent(token, trigger):
        return None
    behind = token.doc[token.i + 1 : token.i + 2]
    if any(one.lower_ in trigger.not_particle for one in (*token.children, *behind)):
        return None  # "Chad's election to the council"
    against = [*prepositional(token, "on"), *prepositional(token, "against")] if trigger.not_object else []
    if any(is_noun(one, trigger.not_object) is not None for one in against):
        return None  # "attacks on the rule of law"
    anchors: Anchors = {}
    return anchors if _complements(token, trigger, anchors) else None


def _lent(token: Token, trigger: Trigger) -> bool:
    """Whether a noun has the light verb that it needs, and none that it must not have."""
    carriers = light(token)
    if trigger.light_required and not carriers:
        return False
    return not any(one.lemma_ in trigger.not_light for one in carriers)


def follow(token: Token, path: str, anchors: Anchors) -> list[Token]:
    """Follow a path from an act's word; where the match settled the first step, start from there."""
    first, _, rest = path.partition(".")
    if first in anchors:
        here: Iterable[Token] = anchors[first]
        for name in rest.split(".") if rest else ():
            here = [there for one in here for there in step(one, name)]
        return list(here)
    return walk(token, path)
