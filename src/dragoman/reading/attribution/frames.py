"""Frames: for each cue in the parse, its source and content."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dragoman.domain import Span
from dragoman.reading.attribution.attributed import Attributed
from dragoman.reading.attribution.clauses import end, hull, noun_phrase, subtree_span
from dragoman.reading.attribution.cues import Cues, cues
from dragoman.reading.syntax import owners, subjects

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

CLAUSES = frozenset({"ccomp", "parataxis"})
INFINITIVES = frozenset({"xcomp"})
OBJECTS = frozenset({"dobj", "obj"})
NOBODY = frozenset({"it", "there", "this", "that", "which", "what"})
AUXILIARY = frozenset({"aux", "auxpass", "neg", "prt"})


def verbal(token: Token) -> Attributed | None:
    """What a verb gives as somebody's words."""
    known = cues()
    lemma = token.lemma_.lower()
    frames = known.verbs.get(lemma)
    if frames is None and lemma not in known.about:
        return None
    if token.dep_ in ("amod", "compound"):
        return None
    content, rule = _content(token, lemma, known)
    if content is None:
        return None
    source = _source(token, lemma, known)
    if source is None:
        return None
    span = noun_phrase(source)
    if content.start <= span.start < content.end:
        if content.start < token.idx < content.end:
            return None
        content = Span(start=content.start, end=content.end)
    return Attributed(
        span,
        source.i,
        cue_span(token),
        content,
        "indirect",
        f"cues.yaml#{rule}",
        said_at(token),
        any(child.dep_ == "neg" for child in token.children),
    )


def cue_span(token: Token) -> Span:
    """The verb with its auxiliaries and particles."""
    parts = [token, *(child for child in token.children if child.dep_ in AUXILIARY and abs(child.i - token.i) < 4)]
    return Span(start=min(one.idx for one in parts), end=max(end(one) for one in parts))


def said_at(token: Token) -> Span | None:
    """When it was said: "said in February that", "said on Monday"."""
    for child in token.children:
        if child.dep_ == "npadvmod" or (child.dep_ == "advmod" and child.lower_ in ("yesterday", "today")):
            return subtree_span(child)
        if child.dep_ == "prep" and child.lower_ in ("on", "in", "at") and child.i > token.i:
            thing = next((one for one in child.children if one.dep_ == "pobj"), None)
            if thing is not None and (thing.pos_ == "PROPN" or thing.like_num):
                return Span(start=child.idx, end=end(thing.right_edge))
    return None


def _source(token: Token, lemma: str, known: Cues) -> Token | None:
    found = [one for one in subjects(token) if one.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X")]
    if not found:
        return _inverted(token)
    if any(child.lower_ in ("no", "neither") and child.dep_ == "det" for child in found[0].children):
        return None
    if found[0].lower_ in NOBODY and found[0].pos_ in ("PRON", "DET"):
        return None
    return found[0]


def _inverted(token: Token) -> Token | None:
    """The subject behind its verb ("..., said X") that the parser took for something else."""
    for child in token.rights:
        if (
            child.dep_ in ("nsubj", "dobj", "dep", "attr")
            and child.pos_ in ("PROPN", "PRON")
            and child.i - token.i < 4
        ):
            return child
    return None


def _content(token: Token, lemma: str, known: Cues) -> tuple[Span | None, str]:
    frames = known.verbs.get(lemma, frozenset())
    children = list(token.children)
    if "clause" in frames:
        clauses = [child for child in children if child.dep_ in CLAUSES and _worded(child)]
        if clauses:
            return _clause_span(clauses, token), "clause"
    if "named" in frames:
        named = [child for child in children if child.dep_ in ("oprd", "ccomp", "xcomp") or child.dep_ in OBJECTS]
        if any(child.dep_ in ("oprd", "ccomp", "xcomp") for child in named):
            return _span_of(named), "named"
    if "infinitive" in frames:
        infinitives = [child for child in children if child.dep_ in INFINITIVES or _small_clause(child, token)]
        if infinitives:
            objects = [child for child in children if child.dep_ in OBJECTS and child.i > token.i]
            return _span_of([*objects, *infinitives]), "infinitive"
    for child in children:
        if child.dep_ == "prep" and child.lower_ in known.about.get(lemma, ()) and child.n_rights:
            return subtree_span(child, ()), "about"
    if "object" in frames and token.tag_ != "VBN":
        things = [child for child in children if child.dep_ in OBJECTS and child.i > token.i]
        if things:
            behind = [
                child
                for child in children
                if child.dep_ == "prep" and child.i > things[-1].i and child.lower_ in ("as", "for", "of")
            ]
            return _span_of([*things, *behind]), "object"
    return None, ""


def _worded(child: Token) -> bool:
    """Whether a complement is a clause and not a stray sign."""
    return child.pos_ not in ("PUNCT", "SYM", "SPACE")


def _small_clause(child: Token, token: Token) -> bool:
    return child.dep_ == "ccomp" and child.tag_ == "VB" and child.i > token.i


def _clause_span(clauses: list[Token], verb: Token) -> Span | None:
    """The clauses before and behind the verb; "A, X said, B" is one content."""
    spans = [span for one in clauses if (span := subtree_span(one, _outside(one, verb))) is not None]
    return hull(spans) if spans else None


def _outside(clause: Token, verb: Token) -> Iterator[Token]:
    """The cue's own clause, where the parser hung it inside of what is said."""
    return (child for child in clause.children if child.i == verb.i)


def _span_of(tokens: list[Token]) -> Span | None:
    spans = [span for one in tokens if (span := subtree_span(one)) is not None]
    return hull(spans) if spans else None


def nominal(token: Token) -> Attributed | None:
    """What a noun gives as somebody's words ("the minister's claim that ...")."""
    if token.lemma_.lower() not in cues().nouns:
        return None
    clause = next(
        (
            child
            for child in token.children
            if child.dep_ in ("acl", "ccomp", "relcl")
            and child.i > token.i
            and any(inner.lower_ in ("that", "to") and inner.i < child.i for inner in child.lefts)
            and not any(
                inner.dep_ in ("nsubj", "nsubjpass", "dobj") and inner.tag_ in ("WDT", "WP") for inner in child.lefts
            )
        ),
        None,
    )
    if clause is None:
        return None
    source = next((one for one in owners(token) if one.pos_ in ("NOUN", "PROPN", "PRON")), None)
    content = subtree_span(clause)
    if source is None or content is None or content.start <= source.idx < content.end:
        return None
    cue = Span(start=token.idx, end=end(token))
    return Attributed(noun_phrase(source), source.i, cue, content, "indirect", "cues.yaml#noun")


def phrasal(sentence: Sentence) -> Iterator[Attributed]:
    """ "According to X, ...", "..., according to X."""
    for token in sentence:
        for words in cues().phrases.get(token.lower_, ()):
            last = token.i + len(words) - 1
            if last + 1 >= sentence.end:
                continue
            doc = token.doc
            if tuple(one.lower_ for one in doc[token.i : last + 1]) != words:
                continue
            made = _phrase(sentence, token.i, last)
            if made is not None:
                yield made


def _phrase(sentence: Sentence, first: int, last: int) -> Attributed | None:
    doc = sentence.doc
    head = next((child for child in doc[last].children if child.dep_ in ("pobj", "pcomp") and child.i > last), None)
    if head is None:
        head = doc[last + 1]
    source = noun_phrase(head)
    stop = _phrase_end(sentence, first, head)
    cue = Span(start=doc[first].idx, end=end(doc[last]))
    before = _trimmed(sentence, sentence.start, first)
    behind = _trimmed(sentence, stop, sentence.end)
    if first - sentence.start <= 2 or before is None:
        content = behind
    elif behind is None or behind.end - behind.start < 12:
        content = before
    else:
        content = hull((before, behind))
    if content is None:
        return None
    return Attributed(source, head.i, cue, content, "indirect", "cues.yaml#phrase")


def _phrase_end(sentence: Sentence, first: int, head: Token) -> int:
    """The first token behind the phrase and all that is said of the source, up to the comma that closes it."""
    doc = sentence.doc
    verb = doc[first].head
    stop = head.right_edge.i + 1
    starts = [child.left_edge.i for child in verb.children if child.dep_ in ("nsubj", "nsubjpass", "expl")]
    if verb.i > head.i and starts and min(starts) > head.i:
        return min(starts)
    at = stop
    while at < sentence.end and doc[at].text != ",":
        at += 1
    return at if at < sentence.end and doc[first].i - sentence.start <= 2 else stop


def _trimmed(sentence: Sentence, first: int, last: int) -> Span | None:
    doc = sentence.doc
    while first < last and ((doc[first].is_punct and doc[first].text not in ('"', "“", "(")) or doc[first].is_space):
        first += 1
    while last > first and (doc[last - 1].is_space or doc[last - 1].text in (",", ";", ":", "and", "but", ".")):
        last -= 1
    return Span(start=doc[first].idx, end=end(doc[last - 1])) if last > first else None


def adverbial(token: Token) -> Attributed | None:
    """ "Reportedly": somebody says so, nobody is named."""
    if token.lower_ not in cues().adverbs or token.head.pos_ not in ("VERB", "AUX"):
        return None
    content = subtree_span(token.head)
    if content is None:
        return None
    cue = Span(start=token.idx, end=end(token))
    return Attributed(None, None, cue, content, "indirect", "cues.yaml#adverb")
