"""Modality and polarity: whether an act happened, is going on, planned, asked for or only possible, or denied.

The act's word is followed upwards through infinitives, participles and nouns to the finite verb that carries it
("has not agreed to recognise"); each governor has its effect, as the lexicon says.  Saurí & Pustejovsky (2012),
"Are you sure that this happened?", give the lattice of sources and cues that this follows.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.domain import Modality, Polarity
from dragoman.reading.numerals import ordinal
from dragoman.reading.operators import operators
from dragoman.reading.syntax import before_infinitive, coordinate, copula_of, light, objects, prepositional, verbs

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

Strength = ("happened", "ongoing", "planned", "possible", "requested", "conditional")
COMPLEMENTS = frozenset(["xcomp", "ccomp", "dobj", "obj", "attr", "acomp", "oprd", "nsubj", "nsubjpass", "dep"])
CLAUSAL = frozenset({"xcomp", "ccomp", "advcl", "pcomp", "acl", "relcl", "conj", "dep", "csubj", "appos", "prep"})

INDEFINITE = frozenset({"a", "an", "any", "another", "such"})
OCCASIONS = frozenset({"opportunity", "occasion", "chance", "moment", "action"})
LIKELY = frozenset({"possible", "likely", "certain", "sure", "conceivable", "due", "expected", "scheduled", "set"})
LIMITS = frozenset({"until", "till"})  # a condition of what is not done or not yet, else only how long it lasts
ASKED = frozenset({"whether"})  # begins a question; a clause beside the act it does not make a condition
SEQUENCE = frozenset({"before", "after", "when", "while", "upon"})  # their gerund is done when the verb above is


_CLOCK = re.compile(r"\d{1,2}:\d\d")  # how an entry of a schedule begins


@dataclass(slots=True)
class Mood:
    """What governs an act: its effects from the inside out, the denials, the tense, and who asks for it."""

    effects: list[str] = field(default_factory=list)  # of its own auxiliaries and conjunctions
    idle: bool = False  # an act of speech that is only what something is for ("efforts to urge", "a notice to stress")
    verbal: bool = False  # told by a verb, of its own or a light one
    governed: list[str] = field(default_factory=list)  # of the words above it
    denials: int = 0
    tense: str | None = None
    speech: bool = False
    background: bool = False
    told: bool = (
        False  # its own words say that it is past, whatever is made of it above ("discussed the recent visit")
    )
    asked_by: Token | None = None
    negative_at: list[Token] = field(default_factory=list)
    outermost: Token | None = None

    @property
    def polarity(self) -> Polarity:
        """Affirmed unless denied an odd number of times."""
        return "denied" if self.denials % 2 else "affirmed"

    def modality(self, denied: bool) -> Modality:
        """The strongest of the effects; a denial in the present or the present perfect still holds."""
        effects = self.effects if denied else [*self.effects, *self.governed]
        known = [effect for effect in effects if effect in Strength]
        if known:
            strongest = max(known, key=Strength.index)
            if strongest != "happened":
                return strongest  # type: ignore[return-value]
        if self.tense == "progressive":
            return "ongoing"
        if denied and self.tense in ("present", "perfect"):
            return "ongoing"
        return "happened"


def mood(act: Token, speech: bool = False, background: bool = False, pact: bool = False) -> Mood:
    """Follow an act's word upwards and collect what bears on whether it happened.

    An act of speech for which people talk ("spoke with him to reaffirm") is as real as the talk; somebody's attack
    that is only discussed is one that happened; what is agreed on is still to be done, save a pact.
    """
    found = Mood(speech=speech, background=background)
    at = act
    if act.pos_ not in ("VERB", "AUX"):
        at = _nominal(act, found, pact)
        if found.told or _taken_as_fact(act, background):
            return found
    found.verbal = at.pos_ in ("VERB", "AUX") and at.lemma_ != "be"
    for _ in range(8):
        found.outermost = at
        if at.pos_ in ("VERB", "AUX"):
            _own(at, found)
        above = _governor(at, found)
        if above is None:
            break
        at = above
    if _asked_whether(act.sent) and (found.verbal or not _definite(act)):
        found.effects.append("possible")
    aloud = found.speech and found.outermost is not None and _wished_aloud(found.outermost.head)
    if found.tense is None and not found.effects and not found.governed and not aloud and _bare(found.outermost):
        found.effects.append("possible")  # an infinitive that nothing carries is no news
    return found


def _asked_whether(sentence: Span) -> bool:
    """Whether a sentence asks if something is so ("Did Ghana recognise", also behind "QUESTION:")."""
    if sentence[-1].text != "?":
        return False
    colon = next((at for at, one in enumerate(sentence[:3]) if one.text == ":"), -1)
    return len(sentence) > colon + 1 and sentence[colon + 1].tag_ in ("VBZ", "VBP", "VBD", "MD")


def _taken_as_fact(noun: Token, background: bool) -> bool:
    """Whether an act's noun is somebody's, or known, and is only judged or spoken of ("condemned Russia's attack")."""
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    whose = any(child.dep_ == "poss" or child.lower_ == "the" or _whose_name(child) for child in noun.lefts)
    spoken_of = verbs()["discussing"] | verbs()["ending"]
    judged = verb.lemma_ in operators().factive or (background and verb.lemma_ in spoken_of)
    judged = judged and whose
    if background and verb.lemma_ in operators().presupposing:
        judged = not any(child.lower_ in ("any", "such", "no") for child in noun.lefts)  # "investigate an attack"
    return judged and noun.dep_ in ("dobj", "pobj")


def _whose_name(word: Token) -> bool:
    named = word.pos_ == "PROPN" or (word.pos_ == "ADJ" and word.text[:1].isupper())
    return word.dep_ in ("compound", "amod", "nmod") and named  # "U.S. sanctions", "Israeli airstrikes"


def _bare(verb: Token | None) -> bool:
    """Whether a verb is an infinitive, or an imperative without a subject."""
    while verb is not None and verb.dep_ == "conj" and verb.head.tag_ in ("VB", "VBP"):
        verb = verb.head
    if verb is None or verb.tag_ != "VB":
        return False
    if any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children):
        return True
    return not any(child.dep_ in ("nsubj", "nsubjpass") and child.i < verb.i for child in verb.children)


def is_negated(token: Token) -> bool:
    """Whether a word has a negation of its own."""
    negations = operators().negations
    return any(
        child.lower_ in negations and child.dep_ in ("neg", "det", "advmod", "preconj", "cc")
        for child in token.children
    )


def _nominal(noun: Token, found: Mood, pact: bool) -> Token:
    """Read what stands around an act's noun; return where to go on from."""
    known = operators()
    for child in noun.lefts:
        if child.lower_ == "no" or child.dep_ == "neg":
            found.denials += 1
        effect = known.before.get(child.lower_)
        if effect == "happened":
            found.told = True
        elif effect == "denied":
            found.denials += 1
        elif effect:
            found.told = found.told or effect == "ongoing"
            found.effects.append(effect)
    later = [known.before.get(child.lower_) for child in noun.rights if child.dep_ == "acl" and child.tag_ == "VBN"]
    found.effects += [
        effect for effect in (_generic(noun), *later) if effect in ("planned", "possible", "conditional")
    ]
    if _definite(noun) and any(one.dep_ == "acl" and one.lower_ == "held" for one in noun.rights):
        found.told = True  # "to build on the talks held in Doha"
        return noun
    verb = next(iter(light(noun)), None)
    if verb is not None and is_negated(verb) and _said_of(verb):
        found.denials -= 1  # "the election will not be free": it is held
    if verb is not None:
        effect = "planned" if verb.lemma_ == "agree" and not pact else known.light.get(verb.lemma_)
        if verb.lemma_ == "offer" and found.speech:
            effect = "possible"  # "offered Peru a truce"
        if effect == "denied":
            found.denials += 1
        elif effect:
            found.effects.append(effect)
        return verb
    if noun.dep_ == "pobj" and noun.head.head.lemma_ == "be":
        return noun.head.head  # "is on the list"
    return noun


def _generic(noun: Token) -> str | None:
    """How far an act's noun tells of any such act ("an attack would invoke the treaty", "attacks are a crime")."""
    verb = noun.head
    if noun.dep_ == "attr" and verb.lower_ == "is":
        alike = [one for one in verb.children if one.dep_ == "nsubj" and one.lemma_ == noun.lemma_]
        return _generic(alike[0]) if alike else None
    if noun.dep_ not in ("nsubj", "nsubjpass") or any(one.dep_ in ("poss", "relcl", "acl") for one in noun.children):
        return None
    before = {one.lower_ for one in noun.lefts if one.dep_ == "det"}
    some = before & INDEFINITE or not (before or light(noun))
    if some and any(one.lower_ in ("would", "could", "might") for one in verb.children):
        return "conditional"
    if before & INDEFINITE and verb.lower_ == "is" and any(one.dep_ == "attr" for one in verb.children):
        return "possible"  # "an attack on one is an attack on all"
    return "possible" if not before and noun.tag_ == "NNS" and verb.lower_ == "are" and verb.pos_ == "AUX" else None


def _own(verb: Token, found: Mood) -> None:
    """A verb's own auxiliaries, negation, tense and conjunction."""
    known = operators()
    tense: str | None = None
    marked = verb
    before = coordinate(verb)
    shares = verb.dep_ == "conj" and before.pos_ in ("VERB", "AUX") and _same_form(verb, before)
    if shares and not any(child.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass") for child in verb.children):
        marked = before
    children = list(marked.children)
    auxiliaries = [child for child in children if child.dep_ in ("aux", "auxpass")]
    if _auxiliaries(marked, auxiliaries, found):
        tense = "modal"
    if is_negated(verb) or (marked is not verb and is_negated(marked) and marked.tag_ == verb.tag_):
        found.denials += 1
        found.negative_at.append(verb)
    marks = [child.lower_ for child in children if child.dep_ == "mark"]
    asked = "whether" in marks and any(child.lower_ == "to" for child in auxiliaries)  # "weighs whether to recognise"
    if any(word in known.conditions for word in marks):
        found.effects.append("possible" if asked else "conditional")
    if verb.tag_ in ("VBZ", "VBP") and any(child.lower_ == "once" and child.i < verb.i for child in children):
        found.effects.append("conditional")  # "once the minister designates them"
    if verb.tag_ in ("VBZ", "VBP") and any(child.lower_ == "when" and child.i < verb.i for child in children):
        found.effects.append("conditional" if found.background else "planned")  # "when the envoy visits Chad"
    if "for" in marks and _infinitive_form(verb):
        found.effects.append("possible")  # "it is time for Ghana to recognise"
    if any(child.dep_ == "advmod" and child.lower_ in known.approximators for child in verb.children):
        found.effects.append("possible")  # "had almost reached agreement"
    _conditions(verb, any(child.tag_ == "MD" for child in auxiliaries), found)
    words = [child.lower_ for child in auxiliaries]
    if tense is None:
        tense = _tense(marked, words)
    if found.tense is None and tense is not None:
        found.tense = tense
    if any(child.lower_ == "longer" and child.dep_ == "advmod" for child in children):
        found.denials += 1


def _conditions(verb: Token, modal: bool, found: Mood) -> None:
    """What a clause of condition beside a verb makes of it."""
    known = operators()
    if found.speech and found.outermost == verb and not modal and verb.tag_ in ("VBD", "VBZ", "VBP"):
        return  # "threatens war if they move": the threat is on no condition
    waits = (known.conditions & LIMITS) if found.denials or found.effects else frozenset()
    if conditioned(verb, (known.conditions - LIMITS - ASKED) | waits) or (
        modal and conditioned(verb, known.future_conditions)
    ):
        found.effects.append("conditional")


def _infinitive_form(verb: Token) -> bool:
    """Whether a verb is an infinitive, active or passive ("to expel", "to be expelled")."""
    return verb.tag_ == "VB" or (verb.tag_ == "VBN" and any(child.tag_ == "VB" for child in verb.children))


def _same_form(verb: Token, before: Token) -> bool:
    """Whether a verb's form can go on with the auxiliaries of the one before it ("will recognise and open")."""
    if verb.tag_ in ("VB", "VBN", "VBG"):
        return True
    return verb.tag_ == "VBP" and before.tag_ == "VB"


def _auxiliaries(verb: Token, auxiliaries: list[Token], found: Mood) -> bool:
    """The effects of a verb's auxiliaries; whether one of them is modal."""
    inverted = _inverted(verb, auxiliaries)
    effects = ["conditional"] if inverted else []
    if verb.tag_ == "VBZ" and _scheduled(verb):
        effects.append("planned")  # of a schedule: "4:00 p.m. The Secretary meets with"
    topmost = verb.dep_ == "ROOT" or (verb.dep_ == "relcl" and verb.head.dep_ == "ROOT")
    if topmost and verb.tag_ == "VB" and any(child.lower_ == "to" for child in auxiliaries):
        effects.append("planned")  # a headline: "President to meet envoy"
    modal = False
    for child in auxiliaries:
        effect = operators().auxiliaries.get(child.lower_)
        if effect is None or (inverted and effect == "requested"):
            continue
        modal = True
        effects.append("planned" if effect == "conditional" and _reported(verb) else effect)
    found.effects += effects
    return modal


def _scheduled(verb: Token) -> bool:
    """Whether a sentence is an entry of a schedule: a time of day begins it, or is a sentence right before it."""
    doc, first = verb.doc, verb.sent.start
    before = doc[first - 1].sent if first else verb.sent
    return any(_CLOCK.fullmatch(one[0].text) for one in (verb.sent, before if len(before) < 5 else verb.sent))


def _inverted(verb: Token, auxiliaries: list[Token]) -> bool:
    """Whether an auxiliary before the subject makes a condition ("Had X met Y, Z would have protested")."""
    subject = next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)
    before = [one for one in auxiliaries if subject is not None and one.i < subject.i]
    if verb.dep_ != "ROOT":
        return any(one.lower_ in ("had", "should", "were") for one in before)
    asked = verb.sent[-1].text == "?"  # the parser may make the condition the main clause ("costs should X invade")
    return any(one.text == "should" and one.i > verb.sent.start and not asked for one in before)


def _reported(verb: Token) -> bool:
    """Whether "would" is a "will" told in the past ("said it would recognise"): no condition stands with it."""
    verb, own = (verb.head if verb.dep_ == "conj" and verb.head.pos_ == "VERB" else verb), verb
    head = verb.head
    told = verb.dep_ == "ccomp" and head.pos_ == "VERB" and head.tag_ in ("VBD", "VBN")
    told = told or any(one.dep_ in ("advcl", "parataxis") and one.lower_ == "said" for one in verb.rights)
    return told and not conditioned(own, operators().conditions)


def conditioned(verb: Token, marks: Collection[str]) -> bool:
    """Whether an adverbial clause of a verb, not a gerund ("when speaking"), begins with one of these conjunctions."""
    return any(
        mark.dep_ in ("mark", "advmod") and mark.lower_ in marks
        for clause in verb.children
        if clause.dep_ == "advcl" and (clause.tag_ != "VBG" or any(one.dep_ == "aux" for one in clause.children))
        for mark in clause.children
    )


def _tense(verb: Token, auxiliaries: list[str]) -> str | None:
    present = {"is", "are", "am", "'s", "'re", "’s", "’re", "do", "does"}
    if any(word in ("has", "have", "'ve", "’ve") for word in auxiliaries):
        return "progressive" if verb.tag_ == "VBG" else "perfect"
    if "had" in auxiliaries or "was" in auxiliaries or "were" in auxiliaries or "did" in auxiliaries:
        return "past"
    if any(word in present for word in auxiliaries):
        performed = verb.lemma_ in verbs()["performed"]
        return "progressive" if verb.tag_ == "VBG" and not performed else "present"
    if verb.tag_ == "VBD":
        return "past"
    return "present" if verb.tag_ in ("VBZ", "VBP") else None


def _effect(token: Token, found: Mood) -> bool:
    """Apply a governor's effect; say whether it has one."""
    effect = operators().by_class.get(token.pos_, {}).get(token.lemma_.lower())
    if token.lower_ == "able" and token.head.lemma_ == "be" and token.head.tag_ == "VBD":
        effect = "none"  # "were able to meet"
    if token.lemma_ == "go" and token.tag_ == "VBG":
        effect = "planned"  # "is going to recognise"
    if _not_yet(token):
        effect = "denied"
    if effect is None:
        return False
    if effect == "denied":
        found.denials += 1
    elif effect != "none":
        found.governed.append(effect)
    if effect == "requested" and found.asked_by is None:
        found.asked_by = token
    if token.pos_ == "NOUN" and is_negated(token):
        found.denials += 1
    return True


def _not_yet(verb: Token) -> bool:
    """Whether a verb says of an infinitive that it is still undone ("has yet to recognise", "is yet to")."""
    yet = [one for one in verb.subtree if one.lower_ == "yet" and one.dep_ == "advmod"]
    if verb.lemma_ == "be":
        return any(one.i + 1 < len(one.doc) and one.nbor().lower_ == "to" and one.i == verb.i + 1 for one in yet)
    return verb.lemma_ == "have" and bool(yet)


def _governor(token: Token, found: Mood) -> Token | None:
    """The word above that still bears on the act, with its effect applied; None where the act stands by itself."""
    head, relation = coordinate(token), token.dep_
    if head == token:
        return None
    finite = found.tense is not None and token.pos_ in ("VERB", "AUX")
    if finite and relation in ("nsubj", "nsubjpass"):
        return None  # a finite verb is nobody's subject: the parser took the next clause for the main one
    if found.verbal and _content_denied(head, relation):
        found.denials += 1
        return None
    if relation == "acl" and found.speech and head.lemma_ in verbs()["utterances"]:
        return head  # "delivered remarks to congratulate"
    if relation in ("prep", "agent") or head.pos_ in ("ADP", "SCONJ", "PART"):
        return _through_preposition(token, found)
    if head.pos_ in ("VERB", "AUX"):
        return _under_verb(token, head, relation, finite, found)
    if head.lower_ == "one" and relation in CLAUSAL and head.dep_ == "attr":
        return head.head  # "is one of four nations to recognise"
    if head.pos_ in ("NOUN", "ADJ", "PROPN") and relation in CLAUSAL and not finite:
        return _under_noun(token, head, relation, found)
    return None


def _under_noun(token: Token, head: Token, relation: str, found: Mood) -> Token | None:
    """What a noun or adjective makes of an infinitive or participle that hangs on it."""
    if relation in ("relcl", "acl") and token.tag_ == "VB":
        if head.dep_ == "attr":
            return head.head
        if _singled_out(head):
            found.tense = found.tense or "past"
            return None
    if relation == "relcl":
        return None
    if head.pos_ == "NOUN" and _seized(head.head):
        return head.head
    if relation == "acl" and token.lemma_ in verbs()["amounting"]:
        return head  # "talks leading to elections"
    if relation == "acl" and token.tag_ == "VBN" and token.lemma_ in verbs()["holding"]:
        _as_above(head.head.head if head.dep_ == "pobj" else head.head, found)
        return None  # "will attend a summit hosted by"
    if _effect(head, found):
        found.idle = found.idle or (found.speech and head.pos_ == "NOUN")
        return head
    return head if head.pos_ == "ADJ" and head.dep_ in ("acomp", "xcomp") else None


def _as_above(verb: Token, found: Mood, *, wished: bool = True) -> None:
    """Give an act the mood of the verb that it goes with, where that is still to be done; a denial is its own.

    With `wished` false it has to be planned: what is only wished for, or possible, says nothing of the act.
    """
    if verb.pos_ in ("VERB", "AUX"):
        above = mood(verb).modality(False)
        if above == "planned" or (wished and above != "happened" and above != "ongoing"):
            found.effects.append("planned" if above == "requested" else above)


def _content_denied(noun: Token, relation: str) -> bool:
    """Whether what a clause says of a noun is denied with it: a report that is denied, those whom one is not among."""
    copula = copula_of(noun) if relation == "relcl" else None
    if copula is not None:
        return is_negated(copula)  # "was not among the states that recognised"
    return relation in ("acl", "ccomp", "relcl") and noun.pos_ == "NOUN" and _disowned(noun)


def _disowned(noun: Token) -> bool:
    """Whether a noun is of what is only said, and is denied with its content."""
    verb = noun.head
    denied = operators().by_class.get("VERB", {}).get(verb.lemma_.lower()) == "denied"
    return noun.lemma_ in verbs()["reported"] and noun.dep_ == "dobj" and denied


def _singled_out(noun: Token) -> bool:
    """Whether a noun is told apart by doing what its infinitive says ("the first to recognise", "one of four to")."""
    if any(child.tag_ == "JJS" or child.lower_ in ("only", "last") or ordinal(child.lower_) for child in noun.lefts):
        return True
    return noun.dep_ == "pobj" and noun.head.head.lower_ == "one"


def _under_verb(token: Token, head: Token, relation: str, finite: bool, found: Mood) -> Token | None:
    if relation == "conj" and head.i != token.head.i and token.tag_ == "VB":
        return _governor(head, found)
    if relation == "conj":
        shares = not any(child.dep_ in ("nsubj", "nsubjpass") for child in token.children)
        return _governor_of_conjunct(head, found) if shares and (not finite or token.tag_ == head.tag_) else None
    if relation == "advcl":
        return _under_adverbial(token, head, finite, found)
    if relation not in COMPLEMENTS or (relation == "ccomp" and finite and token.i < head.i):
        return None
    said_of = next((child for child in head.children if child.dep_ == "acomp"), None)
    if relation == "ccomp" and head.lemma_ == "be" and said_of is not None and _effect(said_of, found):
        return head
    if found.background and relation == "xcomp" and token.tag_ == "VBG" and head.lemma_ in verbs()["ending"]:
        found.effects.append("happened" if head.tag_ in ("VBD", "VBN") else "ongoing")
        return None  # "until they stop shelling the town": they do so now
    if relation in ("xcomp", "ccomp") and head.lemma_ in verbs()["ordering"] and not finite:
        found.governed.append("planned")
        return head
    if relation == "xcomp" and found.speech and _wished_aloud(head):
        return None
    if relation == "xcomp" and head.lemma_ in verbs()["wishing"] and _own_wish(token, head):
        found.governed.append("possible")
        return head
    verbal = token.pos_ in ("VERB", "AUX")
    if _effect(head, found) or token.pos_ == "ADJ" or (head.lemma_ in verbs()["amounting"] and not verbal):
        return head
    if verbal:
        return _infinitive(token, head, finite, found) if relation == "xcomp" else None
    if relation in ("dobj", "obj") or (relation in ("nsubj", "nsubjpass") and is_negated(head) and not _said_of(head)):
        return head
    return None


def _said_of(verb: Token) -> bool:
    """Whether a verb says what its subject is like, so that only this is denied with it ("will not be free")."""
    return verb.lemma_ == "be" and any(one.dep_ == "acomp" and one.lemma_ not in LIKELY for one in verb.children)


def _under_adverbial(token: Token, head: Token, finite: bool, found: Mood) -> Token | None:
    """A participle shares its verb's mood; an infinitive of purpose is planned."""
    if finite or found.tense is not None:
        return None
    if (
        token.tag_ == "VBG"
        and token.i > head.i
        and all(one.dep_ in ("prt", "neg") for one in token.doc[head.i + 1 : token.i])
    ):
        _effect(head, found)  # the parser takes the gerund of "ruled out recognising" for an adverbial
        return head
    if token.tag_ == "VBG" and token.left_edge.i > head.i and token.left_edge.nbor(-1).text == ",":
        while head.dep_ == "xcomp" and head.tag_ == "VB" and head.head.pos_ == "VERB":
            head = head.head  # "refused to recognise it, urging others": it did urge them
        return head
    said_of = next((child for child in head.children if child.dep_ == "attr"), None)
    if said_of is not None and token.tag_ == "VB" and _singled_out(said_of):
        return head  # "becomes the second country to recognise"
    if not _infinitive_form(token) or not any(child.lower_ == "to" for child in token.children):
        return head
    able = before_infinitive(token)
    if able is not None and able.head.i == head.i and _effect(able, found):
        found.idle = found.speech
        return head
    if _effect(head, found) or _conversing(token, head, found) or _seized(head) or _done_together(head):
        return head
    found.effects.append("planned")
    found.idle = found.speech and head.lemma_ not in verbs()["going"]
    return head if head.tag_ == "VB" else None


def _seized(verb: Token) -> bool:
    """Whether a verb says that somebody does what they have the occasion to ("took the opportunity to thank")."""
    return verb.lemma_ in ("take", "use", "seize") and any(one.lemma_ in OCCASIONS for one in objects(verb))


def _done_together(verb: Token) -> bool:
    """Whether several are said to have done what their infinitive says ("worked together to provide aid")."""
    return (
        verb.lemma_ == "work"
        and verb.tag_ in ("VBD", "VBN")
        and any(one.lower_ == "together" for one in verb.children)
    )


def _wished_aloud(verb: Token) -> bool:
    """Whether who speaks does an act of speech by wishing to ("I want to thank", "we would like to congratulate")."""
    subjects = [child.lower_ for child in verb.children if child.dep_ == "nsubj"]
    if verb.lemma_ == "wish" and verb.tag_ in ("VBZ", "VBP"):
        return True  # "the department wishes to thank"
    return verb.lemma_ in ("want", "wish", "like") and bool(subjects) and subjects[0] in ("i", "we")


def _own_wish(token: Token, head: Token) -> bool:
    """Whether whoever wishes is to do it ("France wants to recognise", not "wants Peru to", "to be recognised")."""
    return not any(child.dep_ in ("nsubj", "auxpass") for child in token.children) and not any(
        child.dep_ in ("dobj", "dative") and head.i < child.i < token.i for child in head.children
    )


def _conversing(token: Token, head: Token, found: Mood) -> bool:
    """Whether an act of speech is done in the talk above it, not something that the talk was only about."""
    talking = head.lemma_ in verbs()["conversing"] or any(
        one.lemma_ in verbs()["touch"] for one in prepositional(head, "in")
    )
    talking = talking or any(one.lemma_ in verbs()["utterances"] for one in objects(head))
    return (
        found.speech
        and talking
        and not any(one.lemma_ in verbs()["empty_nouns"] for one in token.doc[head.i : token.i])
    )


def _infinitive(token: Token, head: Token, finite: bool, found: Mood) -> Token | None:
    """What is "to be done" is planned, save where a goal is only described."""
    if _conversing(token, head, found):
        return head
    if head.lemma_ in verbs()["going"] and token.tag_ == "VB":
        found.effects.append("planned")  # "flies to Chad to hold talks"
        return head
    if head.lemma_ == "be" and token.tag_ == "VB":
        subject = next((child for child in head.children if child.dep_ == "nsubj"), None)
        said_of = any(child.dep_ in ("attr", "acomp") for child in head.children)  # "it was a pleasure to welcome"
        if _not_yet(head):
            found.denials += 1
        elif not said_of and (subject is None or subject.lemma_.lower() not in verbs()["goals"]):
            found.effects.append("planned")
        return head
    return None if finite else head


def _governor_of_conjunct(head: Token, found: Mood) -> Token | None:
    """Go on above the first of coordinated verbs, whose own auxiliaries were counted already."""
    return _governor(head, found) if head.pos_ in ("VERB", "AUX") else None


def _of_noun_above(token: Token, word: str, above: Token, found: Mood) -> bool:
    """Whether the noun above says all: "denied reports of an attack", "support for elections"."""
    if word == "of" and above.pos_ == "NOUN" and _disowned(above):
        found.denials += 1
        return True
    if word == "for" and above.lemma_ in verbs()["backing"] and token.pos_ == "NOUN" and not _definite(token):
        found.effects.append("possible")
        return True
    return False


def _gerund_settled(word: str, above: Token, found: Mood) -> bool:
    """Whether a preposition before a gerund says all that there is to say of its mood."""
    if word in SEQUENCE and found.tense is None:
        _as_above(above, found, wished=word != "after")  # "wishes to return after leaving": it has left
        return True  # "will see Chad before visiting Mali"
    if word == "from" and found.speech and _denies(above):
        found.idle = True  # "barred officials from criticising": nobody says anything
        return True
    return False


def _denies(verb: Token) -> bool:
    return operators().by_class.get(verb.pos_, {}).get(verb.lemma_.lower()) == "denied"


def _definite(noun: Token) -> bool:
    return any(child.dep_ == "poss" or child.lower_ in ("the", "this", "these", "those") for child in noun.lefts)


def _parts(preposition: Token, word: str) -> bool:
    """Whether a preposition says that the act behind it is left undone ("rather than", "decided against")."""
    if word == "than":
        return preposition.nbor(-1).lower_ == "rather"
    return word != "against" or preposition.head.lemma_.lower() in operators().deciding


def _through_preposition(token: Token, found: Mood) -> Token | None:
    known = operators()
    preposition = token if token.dep_ in ("prep", "agent") else token.head
    word = preposition.lower_
    if word in known.without and _parts(preposition, word):
        found.denials += 1
        return None
    if word == "for" and token.pos_ == "NOUN" and preposition.head.lemma_ in verbs()["going"]:
        return preposition.head  # "will travel to Chad for talks"
    leading = preposition.head.lower_ if word == "of" else word  # "ahead of"
    if leading in known.ahead and token.pos_ == "NOUN":
        found.effects.append("planned")
        return None
    above = preposition.head
    if token.tag_ == "VBG" and _gerund_settled(word, above, found):
        return None
    if _of_noun_above(token, word, above, found):
        return None
    if above.lower_ in known.without and _parts(above, above.lower_):
        found.denials += 1
        return None
    if above is preposition:
        return None
    if above.pos_ == "ADP":
        above = above.head
    if above.pos_ in ("NOUN", "ADJ", "ADV", "VERB", "AUX") and word not in ("after", "during", "by", "with", "since"):
        if above.pos_ == "VERB" and word == "on" and above.lemma_ == "call":
            return None
        if token.pos_ == "NOUN" and above.lemma_.lower() in verbs()["goals"]:
            return None  # "the goal of the mission" does not put the mission in doubt
        if _effect(above, found):
            found.idle = found.idle or (found.speech and found.verbal and above.pos_ == "NOUN")
            return above
        if token.pos_ == "NOUN" and above.lemma_ in verbs()["amounting"]:
            return above
    return None
