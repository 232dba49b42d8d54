"""Syntax: the steps by which an act's parts are reached from its word in the parse.

A path is written in the lexicon as steps joined by dots, ``obj.by``: from the verb to its object, and from there to
whoever it is "by".  Each step takes a token to the tokens it leads to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from dragoman import lexicon
from dragoman.reading.name_words import name_words
from dragoman.reading.offices import offices

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECT = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECT = frozenset({"nsubjpass", "csubjpass"})
OBJECT = frozenset({"dobj", "obj"})
PREPOSITION = frozenset({"prep", "agent", "dative", "prt", "advmod"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
INNER = frozenset({"ccomp", "xcomp", "acl", "relcl", "advcl"})  # clauses within another
PLACED = frozenset({"where", "when", "why"})  # relatives that are no party to what their clause says
AROUND = frozenset(
    {"during", "after", "before", "since", "amid", "following", "despite", "about", "against", "over", "by"}
)
# before the contact in which, or after which, one acts
WITHIN = frozenset({"after", "during", "following", "in", "at", "for", "on"})
COPULAS = frozenset({"be", "become", "remain"})
UPWARD = frozenset({"xcomp", "conj", "advcl", "pcomp", "ccomp", "dep"})


class _Verbs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    light: list[str]
    happening: list[str]
    object_control: list[str]
    placing: list[str]
    empty_nouns: list[str]
    sending: list[str]
    discussing: list[str]
    conversing: list[str]
    telling: list[str]
    going: list[str]
    shared: list[str]
    impersonal: list[str]
    honouring: list[str]
    touch: list[str]
    utterances: list[str]
    writings: list[str]
    reported: list[str]
    judging: list[str]
    holding: list[str]
    protesting: list[str]
    performed: list[str]
    aside: list[str]
    ending: list[str]
    backing: list[str]
    one_sided: list[str]
    transitive: list[str]
    amounting: list[str]
    wishing: list[str]
    ordering: list[str]
    goals: list[str]
    counting: list[str]
    signing: list[str]
    texts: list[str]
    irregular: dict[str, list[str]]


@cache
def verbs() -> dict[str, frozenset[str]]:
    """Load ``verbs.yaml``: the classes of verbs that the steps rest on."""
    file = _file()
    return {name: frozenset(getattr(file, name)) for name in _Verbs.__struct_fields__ if name != "irregular"}


@cache
def irregular() -> dict[str, list[str]]:
    """Forms of verbs that do not begin like the verb."""
    return _file().irregular


@cache
def _bases() -> dict[str, str]:
    return {form: lemma for lemma, forms in irregular().items() for form in forms}


def lemma(token: Token) -> str:
    """The lower-cased lemma; the model keeps the plural of nouns it takes for names and the past of some verbs."""
    found = token.lemma_.lower()
    if token.tag_ == "NNPS" and found.endswith("s"):
        return found[:-1]
    if token.tag_ == "NNS" and found.endswith("os") and token.lower_.endswith("oses"):
        return token.lower_[:-1]  # "doses", of which the model makes "dos"
    misread = found == token.lower_ or "-" in found or found.endswith("tte")  # "readmitted"
    if token.pos_ == "VERB" and misread:
        return _bases().get(token.lower_, found)
    return found


@cache
def _file() -> _Verbs:
    return lexicon.entries("verbs.yaml", _Verbs)


def is_passive(verb: Token) -> bool:
    """Whether a verb form is passive: an auxiliary of it, or a past participle that qualifies a noun."""
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children):
        return True
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        return True
    if verb.dep_ == "advcl" and verb.tag_ == "VBN" and not _own_auxiliary(verb):
        return True  # "Asked for comment, the ministry ..."
    if verb.dep_ != "conj" or _own_auxiliary(verb) or verb.head.pos_ not in ("VERB", "AUX"):
        return False
    bare = verb.lemma_ in verbs()["transitive"] and not any(child.dep_ in OBJECT for child in verb.children)
    return (verb.tag_ == "VBN" or (verb.tag_ == "VBD" and bare)) and is_passive(verb.head)


def _own_auxiliary(verb: Token) -> bool:
    return any(child.dep_ in ("aux", "auxpass", "nsubj") for child in verb.children)


def agents(verb: Token) -> list[Token]:
    """Those by whom a passive act is done, also where the parser hung "by" on what stands behind "as"."""
    found = [
        thing
        for child in verb.children
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by")
        for thing in child.children
        if thing.dep_ == "pobj"
    ]
    return found or [one for named in _objects_of(verb, "as") for one in _objects_of(named, "by")]


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Those who do what a verb says, through passives, relatives, control and coordination."""
    if depth > 6:
        return []
    talk = _talk(verb)
    if talk is not None:
        return subjects(talk, depth + 1)
    if verb.tag_ == "VBG" and any(child.lower_ == "by" for child in verb.children) and not _own_auxiliary(verb):
        found = [one for one in agents(verb) if one.pos_ == "PROPN"]
        if found:
            return found  # "over continued shelling by Pakistan"
    if is_passive(verb):
        found = agents(verb)
        if found or verb.dep_ != "conj":
            return found
        return agents(verb.head) if verb.head.pos_ in ("VERB", "AUX") else []
    return _active(verb, depth)


def _talk(verb: Token) -> Token | None:
    """The verb of talking whose doer tells what a participle behind it says ("spoke with them stressing")."""
    if verb.tag_ != "VBG":
        return None
    preposition = verb.head if verb.dep_ == "pcomp" else verb.head.head if verb.dep_ == "acl" else verb
    talk = preposition.head
    if preposition.lower_ == "against" and talk.pos_ == "VERB" and talk.lemma_ in verbs()["protesting"]:
        return talk
    told = preposition.lower_ in ("with", "to") and talk.lemma_ in verbs()["conversing"] and talk.pos_ == "VERB"
    told = told and verb.lemma_ in verbs()["telling"]
    return talk if told else None


def _active(verb: Token, depth: int) -> list[Token]:
    own = [child for child in verb.children if child.dep_ in SUBJECT and child.i < verb.i]
    own = own or [child for child in verb.children if child.dep_ in SUBJECT]
    if own and not _in_row(verb, own):
        return _relative(_behind_heading(own), verb)
    head = coordinate(verb)
    if head == verb or _apposed(verb) or (verb.dep_ == "advcl" and _finite(verb)):
        return _first_told(verb, depth)
    if verb.dep_ in ("relcl", "acl"):
        return _antecedent(verb, depth)
    if verb.dep_ in ("amod", "compound"):
        return []
    if verb.dep_ == "pcomp" or (verb.dep_ == "ccomp" and head.pos_ == "ADP"):
        return _of_gerund(head, depth)
    near = _right_before(verb)
    if verb.dep_ == "conj" and _finite(verb) and _of_object_list(near) and near.pos_ in ("NOUN", "PROPN"):
        return [near]  # taken for the object of what stands before ("ensures assistance goes to")
    if verb.dep_ in UPWARD and head.pos_ in ("VERB", "AUX"):
        controlling = verb.dep_ in ("xcomp", "ccomp") or (verb.dep_ == "advcl" and verb.tag_ == "VB")
        if controlling and head.lemma_.lower() in verbs()["object_control"]:
            asked = (list(prepositional(head, word)) for word in ("on", "to", "with", "upon", "for"))
            controlled = _decided_by(verb, head) or objects(head) or next((found for found in asked if found), [])
            if controlled:
                return controlled
        if verb.dep_ == "conj" and verb.tag_ in ("VBD", "VBZ", "VBP") and is_passive(head):
            passive = [one for one in head.children if one.dep_ in PASSIVE_SUBJECT]
            if passive:
                return _relative(passive, head)
        if verb.dep_ == "conj" or not is_passive(head):
            return _shared(verb, head, depth)
        return [child for child in head.children if child.dep_ in PASSIVE_SUBJECT]
    if verb.dep_ in ("xcomp", "ccomp", "advcl") and head.pos_ in ("ADJ", "NOUN"):
        return _governed(head, depth)
    return []


def _in_row(verb: Token, own: list[Token]) -> bool:
    """Whether a verb's subject is the object of one that the parser took for its adjective.

    As in a row of verbs: "has delayed elections, disqualified lawmakers, undermined papers, and".
    """
    noun = own[0]
    first = noun.left_edge
    taken = first.dep_ == "amod" and first.lower_.endswith("ed") and first.i > 0 and first.nbor(-1).text == ","
    return taken and len(own) == 1 and noun.i < verb.i and verb.dep_ == "conj" and verb.head.pos_ == "VERB"


def _apposed(verb: Token) -> bool:
    """Whether a verb that a comma alone joins to a passive is a name's participle ("his son, detained priest Bo")."""
    head = verb.head
    bare = verb.dep_ == "conj" and verb.tag_ in ("VBD", "VBN") and not _own_auxiliary(verb) and is_passive(head)
    joined = any(one.dep_ == "cc" for one in head.children)
    return bare and not joined and any(one.dep_ in OBJECT for one in verb.children)


def _decided_by(verb: Token, head: Token) -> list[Token]:
    """Who took the decision that an infinitive carries out ("criticised the decision in May by Peru to recognise")."""
    marked = verb.tag_ == "VB" and any(child.lower_ == "to" for child in verb.lefts)
    decisions = [one for one in objects(head) if one.lemma_ in verbs()["empty_nouns"]] if marked else []
    if not decisions or is_passive(head):
        return []
    between = (one for one in verb.doc[decisions[0].i + 1 : verb.i] if one.lower_ == "by")
    return [thing for one in between for thing in one.children if thing.dep_ == "pobj"]


def _of_gerund(preposition: Token, depth: int) -> list[Token]:
    """Who does what a gerund behind a preposition says: whom a verb judges for it, or who does the verb."""
    above = preposition.head
    if preposition.lower_ == "for" and above.dep_ in OBJECT and above.pos_ == "PRON":
        above = above.head  # "thanked him for hosting"
    if preposition.lower_ == "for" and above.lemma_ in verbs()["judging"]:
        return objects(above)
    thing = objects(above) if above.lemma_.lower() in verbs()["object_control"] else []
    return thing or _governed(above, depth)


def _right_before(verb: Token) -> Token:
    """The word before a verb and its auxiliaries."""
    at, doc = verb.i, verb.doc
    while at > verb.sent.start and doc[at - 1].head == verb and doc[at - 1].dep_ in ("aux", "neg", "auxpass"):
        at -= 1
    return doc[at - 1] if at > verb.sent.start else verb


def _of_object_list(noun: Token) -> bool:
    """Whether a noun is an object, or coordinated with one."""
    while noun.dep_ == "conj" and noun.head.pos_ in ("NOUN", "PROPN"):
        noun = noun.head
    return noun.dep_ in OBJECT


def _behind_heading(own: list[Token]) -> list[Token]:
    """The subjects of a verb without the words of a heading before a colon ("Oil spill: Peru urges Chad to")."""
    last = own[-1]
    for noun in (child for child in last.children if child.dep_ == "conj" and child.pos_ == "NOUN"):
        if last.head.tag_ == "VBZ" and last.pos_ == "PROPN" and possessors(noun):
            return [noun]  # "Ann and Bo's decision shows"
    colon = next((one.i for one in last.doc[own[0].i : last.i] if one.text.endswith(":")), -1)
    return [one for one in own if one.i > colon]


def _first_told(verb: Token, depth: int) -> list[Token]:
    """The subject of the first of a row of verbs that the parser hung on the second ("praised X, thanked Y, and")."""
    for inner in verb.children:
        alike = inner.dep_ == "ccomp" and inner.i < verb.i and inner.tag_ == verb.tag_ and inner.pos_ == "VERB"
        if alike and any(child.dep_ == "conj" for child in verb.children):
            return subjects(inner, depth + 1)
    return []


def _shared(verb: Token, head: Token, depth: int) -> list[Token]:
    """The subject that a verb has from the verb above it, save an "it" that is nobody ("it is important to note")."""
    decided = _decided_by(verb, head)
    if decided:
        return decided
    able = before_infinitive(verb)
    if able is not None and able.head.i == head.i:
        whose = possessors(able) or [one for one in qualifiers(able) if one.pos_ == "PROPN"]
        if whose:
            return whose  # "limited their ability to attack", "stressed U.S. readiness to meet"
    honour = next((one for one in head.children if one.dep_ == "attr" and one.lemma_ in verbs()["honouring"]), None)
    if honour is not None:
        return possessors(honour)  # "it is my pleasure to welcome"
    nobody = any(one.dep_ == "acomp" and one.lemma_ in verbs()["impersonal"] for one in head.children)
    return [one for one in subjects(head, depth + 1) if not (nobody and one.lower_ == "it")]


def before_infinitive(verb: Token) -> Token | None:
    """The noun right before "to" whose infinitive a verb is, wherever the parser hung it ("ability to attack")."""
    able = verb.doc[max(verb.i - 2, 0)]
    known = able.dep_ in OBJECT and able.lemma_ in verbs()["empty_nouns"] and verb.nbor(-1).lower_ == "to"
    return able if verb.tag_ == "VB" and verb.i > 1 and known else None


def _governed(head: Token, depth: int) -> list[Token]:
    """The subject of what governs a participle or infinitive: a verb, an adjective, a noun such as "decision"."""
    if head.pos_ in ("VERB", "AUX"):
        if is_passive(head):
            return [child for child in head.children if child.dep_ in PASSIVE_SUBJECT]
        nobody = head.lemma_ == "come"  # "when it comes to threatening"
        return [one for one in subjects(head, depth + 1) if not (nobody and one.lower_ == "it")]
    if head.pos_ in ("ADJ", "ADV") and head.head.pos_ in ("VERB", "AUX"):
        return subjects(head.head, depth + 1)
    return owners(head, depth + 1)


def _relative(found: list[Token], verb: Token) -> list[Token]:
    """Put the antecedent in the place of a relative pronoun, and the subject in that of a predicate noun."""
    above = verb.head
    if verb.dep_ == "conj" and above.dep_ == "relcl" and found[0].lower_ in ("who", "which") and found[0].i > above.i:
        return [above.head]  # "who is wanted and who met the envoy"
    if verb.dep_ in ("relcl", "acl") and found[0].lower_ in RELATIVE:
        copula = copula_of(verb.head)
        text = _text_above(verb.head) if found[0].lower_ == "which" else None
        if text is not None:
            return [text]  # "the resolution on rights in Chad, which calls for"
        if found[0].lower_ == "which" and lemma(verb.head) in offices().heads:
            above = verb.head.head  # "his talks with counterparts, which affirmed": what persons are with
            return [above.head] if verb.head.dep_ == "pobj" else []
        return (subjects(copula) if copula is not None else []) or [verb.head]
    return found


def _text_above(noun: Token) -> Token | None:
    """The text on whose subject a noun is, that says what a clause behind both says."""
    for above in noun.ancestors:
        if above.pos_ in ("VERB", "AUX"):
            return None
        if above.pos_ == "NOUN" and above.lemma_ in verbs()["texts"]:
            return above
    return None


def copula_of(noun: Token) -> Token | None:
    """The copula that says of somebody that they are, or are among, what a common noun names."""
    if noun.pos_ != "NOUN":
        return None
    verb = noun.head
    if noun.dep_ == "pobj" and verb.lower_ == "among":
        verb = verb.head
    elif noun.dep_ != "attr":
        return None
    return verb if verb.lemma_ in COPULAS else None


def _antecedent(verb: Token, depth: int) -> list[Token]:
    """The doer of an infinitive or participle that hangs on a noun ("the seventh country to accept")."""
    noun = verb.head
    above = noun.head.head
    apart = verb.tag_ == "VBG" and verb.nbor(-1).text == "," and noun.dep_ == "pobj" and noun.pos_ == "PROPN"
    if apart and above.pos_ == "VERB" and verb.lemma_ in verbs()["telling"] | verbs()["judging"]:
        return subjects(above, depth + 1)  # "withdrew its envoy from Paris, denouncing"
    if noun.dep_ == "attr" and noun.head.lemma_ in COPULAS and verb.tag_ in ("VB", "VBG"):
        return subjects(noun.head, depth + 1)
    if verb.tag_ == "VB" and noun.dep_ in OBJECT:
        given = [child for child in noun.head.children if child.dep_ == "dative" and child.pos_ != "ADP"]
        if given:
            return given  # "gave Hamas ten days to recognise"
    if noun.dep_ == "appos" and verb.tag_ == "VB":
        return [noun.head]
    if verb.tag_ == "VBG" and noun.lemma_ in verbs()["writings"] and noun.dep_ in OBJECT:
        return owners(noun, depth + 1)  # "sent a letter asking for"
    infinitive = any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)
    if (verb.tag_ == "VB" or infinitive) and noun.lemma_.lower() in verbs()["empty_nouns"] | verbs()["utterances"]:
        return owners(noun, depth + 1)
    return [noun]


def owners(noun: Token, depth: int = 0) -> list[Token]:
    """Whose a noun is: possessor, nationality, "by", "of", or the subject of the light verb it completes."""
    found = [child for child in noun.children if child.dep_ == "poss"]
    found = found or [thing for child in noun.children if child.lower_ == "by" for thing in child.children]
    found = found or list(qualifiers(noun))
    found = found or [one for one in prepositional(noun, "of") if one.pos_ not in ("VERB", "AUX")]
    anybody = noun.lemma_.lower() in verbs()["shared"] and noun.head.lemma_ not in verbs()["light"]
    completes = noun.dep_ in OBJECT | {"attr"} and noun.head.pos_ in ("VERB", "AUX")
    if not found and completes and not anybody and depth < 6:
        return subjects(noun.head, depth + 1)
    return found


def objects(verb: Token) -> list[Token]:
    """What a verb is done to, also when the clause is passive or hangs on the noun."""
    if is_passive(verb):
        found = [child for child in verb.children if child.dep_ in PASSIVE_SUBJECT]
        if found:
            return _relative(found, verb)
        if verb.dep_ == "acl":
            if not _own_auxiliary(verb):
                return [verb.head]
            found = _antecedent(verb, 0)  # "the first to be recognised", "its demand to be recognised"
            return (owners(verb.head) or found) if found == [verb.head] else found
        if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
            head = coordinate(verb)
            if head.pos_ not in ("VERB", "AUX"):
                return []  # a verb that the parser took for a noun
            return objects(head) if is_passive(head) else subjects(head)
        if verb.dep_ in ("xcomp", "ccomp", "advcl"):
            return _governed(verb.head, 0)
        return _governed(verb.head.head, 0) if verb.dep_ == "pcomp" else []
    found = [child for child in verb.children if child.dep_ in OBJECT]
    if verb.dep_ == "relcl" and len(found) == 1 and found[0].lower_ in ("whom", "which") and found[0].i < verb.i:
        return [verb.head]  # "Lee, whom Peru does not recognise"
    found = found or [child for child in verb.children if child.dep_ == "dative" and child.pos_ != "ADP"]
    found = found or [
        thing for child in verb.children if child.dep_ == "prt" for thing in child.children if thing.dep_ == "pobj"
    ]
    if not found:
        found = [child for child in verb.children if _name_for_adverb(child, verb)]
    if not found:
        # the parser takes the object of an infinitive for the subject of a small clause ("help him lobby")
        found = [
            child
            for inner in verb.children
            if inner.dep_ == "ccomp" and inner.i > verb.i
            for child in inner.children
            if child.dep_ in SUBJECT and child.i > verb.i and not _finite(inner)
        ]
    if not found and verb.dep_ == "relcl":
        relative = [child for child in verb.children if child.lower_ in RELATIVE and child.dep_ not in SUBJECT]
        if relative or not any(child.lower_ in RELATIVE or child.lower_ in PLACED for child in verb.children):
            return [verb.head]
    if not found and verb.dep_ == "conj" and verb.head.pos_ == "VERB" and verb.i < verb.head.i:
        return objects(verb.head)
    return found or _object_of_both(verb)


def _object_of_both(verb: Token) -> list[Token]:
    """The object that a verb shares with the one joined to it right behind ("invaded and partly occupied Chad")."""
    for joined in verb.children:
        between = verb.doc[verb.i + 1 : joined.i]
        right_behind = all(one.dep_ in ("cc", "advmod") and one.head in (verb, joined) for one in between)
        if joined.dep_ == "conj" and joined.pos_ == "VERB" and joined.i > verb.i and right_behind:
            return [child for child in joined.children if child.dep_ in OBJECT] if len(between) else []
    return []


def _name_for_adverb(child: Token, verb: Token) -> bool:
    """Whether a name behind a verb is one of somebody that the parser took for a time ("met President Luis Paz")."""
    named = child.dep_ == "npadvmod" and child.tag_ == "NNP" and child.i > verb.i
    return named and child.lower_ not in name_words().other


def coordinate(verb: Token) -> Token:
    """The verb that a verb is coordinated with, where its form shows that the parser took another; else its head."""
    head = verb.head
    if verb.dep_ != "conj" or head.pos_ not in ("VERB", "AUX"):
        return head
    if verb.tag_ in ("VBD", "VBZ", "VBP") and _modal(head) and head.dep_ == "ccomp":
        return head.head  # "said that it would be met and urged": the sayer urged
    if head.dep_ == "relcl" and _finite(verb) and _of_object(head) and (_of_clause(verb) or objects(verb)):
        told = next((one for one in head.ancestors if one.tag_ == verb.tag_ and one.pos_ == "VERB"), None)
        if told is not None:
            return told  # "discussed the steps we took and reiterated that": who discussed reiterated
    if head.dep_ in INNER and _goes_on_above(verb, head):
        told = next((one for one in head.ancestors if one.tag_ == verb.tag_ and one.pos_ == "VERB"), None)
        if told is not None:
            return told  # "voiced concern that Russia has troops and urged": who voiced it urged
    if verb.nbor(-1).lower_ == "and" or any(child.dep_ == "auxpass" for child in verb.children):
        for inner in head.children:
            clause = _finite(inner) or inner.pos_ == "NOUN"  # its verb may be taken for a noun
            near = inner.dep_ == "advcl" and head.i < inner.i < verb.i and clause
            if near and not any(one.lower_ == "," for one in verb.doc[inner.i : verb.i]):
                return inner  # "while X gains support and is recognised": not what the main verb's subject does
    if verb.tag_ == "VB" and _finite(head) and not _modal(head) and not _own_auxiliary(verb):
        for inner in reversed(verb.doc[head.i + 1 : verb.i]):
            marked = inner.tag_ == "VB" and any(child.lower_ == "to" for child in inner.lefts)
            if marked and inner.dep_ != "conj" and head.is_ancestor(inner):
                return inner  # "calls on Hamas to change and recognise": Hamas is to recognise
    return head


def _goes_on_above(verb: Token, head: Token) -> bool:
    """Whether a verb's form shows that it is coordinated with one above the clause that it was hung on.

    As in "voiced concern that Russia has troops and urged", "commend the talks launched by Chad and express hope".
    """
    past = verb.tag_ == "VBD" and head.tag_ in ("VB", "VBZ", "VBP")
    participle = head.tag_ in ("VBN", "VBG") and _finite(verb) and not _own_auxiliary(head) and head.dep_ != "relcl"
    return past or participle or (verb.tag_ == "VBP" and head.tag_ == "VB")


def _of_object(verb: Token) -> bool:
    """Whether a relative clause has a subject, so that it says what was done to its noun ("the steps we took")."""
    own = [child for child in verb.children if child.dep_ in SUBJECT]
    return bool(own) and own[0].lower_ not in RELATIVE and not any(child.dep_ in OBJECT for child in verb.children)


def _of_clause(verb: Token) -> bool:
    return any(child.dep_ == "ccomp" for child in verb.children)


def _modal(verb: Token) -> bool:
    return any(child.tag_ == "MD" for child in verb.children)


def _finite(verb: Token) -> bool:
    return verb.tag_ in ("VBD", "VBZ", "VBP") or _modal(verb)


def prepositional(token: Token, word: str) -> Iterator[Token]:
    """The objects of a preposition of a verb or noun, also where the parser hung it on the object beside it."""
    places: list[Token] = [token]
    if token.pos_ in ("VERB", "AUX"):
        places += [
            child
            for child in token.children
            if child.dep_ in OBJECT
            or child.dep_ in ("prt", "advmod", "npadvmod", "acomp", "attr")
            or (child.dep_ == "prep" and child.lower_ not in (word, "according", "along", "together"))
        ]
        places += [
            thing
            for child in token.children
            if child.dep_ == "prep" and child.lower_ != word
            for thing in child.children
            if thing.dep_ == "pobj" and thing.i > token.i
        ]
    found = [thing for place in places for thing in _objects_of(place, word)]
    if not found and token.pos_ not in ("VERB", "AUX"):
        # the parser may hang a second preposition on the object of the first ("a deal with Iran for the supply of")
        found = [
            thing
            for child in token.children
            if child.dep_ == "prep" and child.lower_ != word
            for inner in child.children
            if inner.dep_ == "pobj" and (word != "of" or inner.pos_ == "PROPN")  # a common noun's "of" is its own
            for thing in _objects_of(inner, word)
        ]
    yield from found


def _objects_of(place: Token, word: str) -> Iterator[Token]:
    for child in place.children:
        if child.dep_ == "advcl" and any(one.dep_ == "mark" and one.lower_ == word for one in child.children):
            # the parser takes "with X to discuss" for a clause of X's
            yield from (one for one in child.children if one.dep_ in SUBJECT)
        if child.lower_ == word and (child.dep_ in PREPOSITION or (child.dep_ == "conj" and child.pos_ == "ADP")):
            again = (one for one in child.children if one.dep_ == "conj" and one.lower_ == word)
            yield from (thing for one in again for thing in one.children if thing.dep_ == "pobj")
            for thing in child.children:
                if thing.dep_ == "pcomp" and thing.lower_ == "visiting":
                    yield from (one for one in thing.children if one.dep_ == "dobj")  # "with visiting Minister Lee"
                elif thing.dep_ in ("pobj", "pcomp", "dobj"):
                    yield thing
                elif thing.dep_ == "prep" or (thing.dep_ == "conj" and thing.lower_ == word):  # "on A and on B"
                    yield from (inner for inner in thing.children if inner.dep_ == "pobj")


def qualifiers(noun: Token) -> Iterator[Token]:
    """Words before a noun that may name a party ("a Turkish delegation", "Taliban-Iran talks")."""
    for child in noun.lefts:
        if child.dep_ in ("amod", "compound", "nmod", "npadvmod", "nummod"):
            yield child
            yield from (
                inner for inner in child.children if inner.dep_ in ("amod", "compound", "nmod", "punct", "conj")
            )


def light(noun: Token) -> list[Token]:
    """The light verb that a noun completes ("held a meeting"), or that says that it took place."""
    head = noun.head
    if noun.dep_ == "conj" and head.dep_ in OBJECT:
        head = head.head
    if head.pos_ not in ("VERB", "AUX"):
        if head.lower_ in AROUND:
            return []
        carried = noun.dep_ == "pobj" and head.lower_ != "for" and head.head.pos_ == "VERB"
        if carried and head.lower_ == "with" and head.head.lemma_ in verbs()["happening"]:
            return []  # "reforms, beginning with the election"
        if (
            carried
            and head.lower_ == "in"
            and head.i > head.head.i
            and any(one.dep_ in OBJECT and one.lower_ != "part" for one in head.head.children)
        ):
            return []  # "held a meeting with them in the climate talks", no "took part in the talks"
        if carried and head.head.lemma_ in verbs()["light"]:
            return [head.head]
        signed = noun.dep_ == "pobj" and head.lower_ == "of" and head.head.lemma_.lower() in verbs()["signing"]
        return [head.head] if signed else []
    lemma = head.lemma_.lower()
    if noun.dep_ in OBJECT or noun.dep_ in PASSIVE_SUBJECT:
        return [head] if lemma in verbs()["light"] else []
    return [head] if noun.dep_ in SUBJECT and lemma in verbs()["happening"] else []


def around(noun: Token) -> list[Token]:
    """Who does what was done after, during or in a contact with others ("said after a call with the president")."""
    head = noun.head
    verb = head.head
    if noun.dep_ != "pobj" or head.lower_ not in WITHIN or verb.pos_ not in ("VERB", "AUX"):
        return []
    if not any(child.lower_ in ("with", "to") for child in noun.children):
        return []
    while verb.dep_ == "xcomp" and not _finite(verb) and verb.head.pos_ in ("VERB", "AUX"):
        verb = verb.head
    said = verb.lemma_ in ("say", "be") or verb.lemma_ in verbs()["telling"]
    going = head.lower_ == "for" and verb.lemma_ in verbs()["going"]
    if head.lower_ in ("in", "at", "for", "on") and not (said or going):
        return []  # "partake in talks with Israel"
    return [] if is_passive(verb) else subjects(verb)


def host(noun: Token) -> list[Token]:
    """Who is on a list, under a ban: the subject of "is on", the object of "put on"."""
    head = noun.head
    if noun.dep_ == "pobj" and head.dep_ in ("prep", "agent"):
        verb = head.head
        if verb.pos_ not in ("VERB", "AUX"):
            return [verb]
        if verb.lemma_.lower() in verbs()["placing"]:
            return objects(verb)
        return subjects(verb)
    if noun.dep_ in OBJECT:
        return subjects(head)
    return []


def possessors(noun: Token) -> list[Token]:
    """Who has what a noun names ("Iran's acceptance")."""
    return [child for child in noun.children if child.dep_ == "poss"]


def clauses(verb: Token, relation: str) -> list[Token]:
    """Clauses that hang on a verb, or on what it says of its subject, by a relation ("called for X to do")."""
    places = [verb, *(child for child in verb.children if child.dep_ == "acomp")]
    return [one for place in places for one in place.children if one.dep_ == relation and one.pos_ in ("VERB", "AUX")]


STEPS: dict[str, Callable[[Token], Iterable[Token]]] = {
    "subj": subjects,
    "obj": objects,
    "poss": possessors,
    "named": lambda token: [one for one in possessors(token) if one.tag_ != "PRP$"],
    "adj": qualifiers,
    "light": light,
    "host": host,
    "around": around,
    "advcl": lambda token: clauses(token, "advcl"),
    "ccomp": lambda token: clauses(token, "ccomp"),
    "xcomp": lambda token: clauses(token, "xcomp"),
    "dative": lambda token: [child for child in token.children if child.dep_ == "dative" and child.pos_ != "ADP"],
    "listed": lambda token: [child for child in token.children if child.dep_ == "conj"],
    "self": lambda token: [token],
    "land": lambda token: prepositional(token, "in"),  # whose country what is done "in" it is for
    "helped": lambda token: [
        one for inner in clauses(token, "advcl") if inner.lemma_ == "help" for one in objects(inner)
    ],
    "above": lambda token: [token.head] if token.dep_ in OBJECT and token.head.pos_ == "VERB" else [],
}


def step(token: Token, name: str) -> Iterable[Token]:
    """Take one step; a name that is no step of its own is a preposition."""
    if name == "by" and token.pos_ not in ("VERB", "AUX"):
        found = list(prepositional(token, "by"))
        parts = [one for one in prepositional(token, "on") if one.lower_ == "part"]
        found = found or [one for part in parts for one in prepositional(part, "of")]  # "on the part of"
        return found or [
            agent
            for child in token.children
            if child.dep_ in ("acl", "relcl") and child.lemma_ not in verbs()["judging"]
            for agent in agents(child)
        ]
    taken = STEPS.get(name)
    return taken(token) if taken is not None else prepositional(token, name)


def walk(token: Token, path: str) -> list[Token]:
    """Follow a whole path; the tokens at its end."""
    here = [token]
    for name in path.split("."):
        here = [there for one in here for there in step(one, name)]
    return here
