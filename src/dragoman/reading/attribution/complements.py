"""Complements: the stretches that hang on a word in the parse and may be what it gives, whole and cut short."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.reading.attribution.tree import Tree

Found = tuple[str, int, int, str]  # shape, first and last token, the preposition or the mark of the clause
NO_CONTENT = frozenset(
    {
        "punct",
        "aux",
        "auxpass",
        "neg",
        "prt",
        "cc",
        "det",
        "mark",
        "predet",
        "case",
        "nummod",
        "expl",
        "preconj",
        "intj",
        "quantmod",
    }
)
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
PREPOSITIONS = frozenset({"prep", "agent", "dative"})
GOVERNED = frozenset({"pobj", "pcomp", "ccomp"})
ADDED = frozenset({"conj", "advcl", "relcl", "acl", "prep", "cc", "npadvmod", "parataxis", "appos"})
LINKED = frozenset({"acomp", "attr", "dobj", "oprd"})
COORDINATED = frozenset({"conj", "cc", "parataxis"})
SHARED = frozenset({"dobj", "ccomp", "xcomp", "prep"})
PREDICATED = frozenset({"ccomp", "xcomp", "acomp", "attr", "advcl"})
NOUN = frozenset({"dobj", "pobj", "attr", "nsubj", "nsubjpass"})
BREAKS = frozenset({",", ";", "—", "–", "--"})
OPENERS = frozenset(
    {
        "who",
        "which",
        "while",
        "as",
        "but",
        "and",
        "although",
        "though",
        "where",
        "when",
        "saying",
        "because",
        "after",
        "before",
        "if",
        "whose",
    }
)
CUTS = 3


def complements(tree: Tree, cue: int) -> Iterator[Found]:
    """What hangs on a cue, and on the object or the predicate that makes one cue with it ("made clear that")."""
    yield from _hanging(tree, cue, cue, "")
    verbal = tree.pos[cue] in ("VERB", "AUX")
    for kid in tree.kids[cue]:
        if tree.dep[kid] in LINKED:
            yield from _hanging(tree, cue, kid, "in-")
        elif verbal and tree.dep[kid] in PREPOSITIONS:
            for inner in tree.kids[kid]:
                if tree.dep[inner] == "pobj":
                    yield from _hanging(tree, cue, inner, "within-")
    yield from _subject(tree, cue)
    yield from _governor(tree, cue)
    yield from _shared(tree, cue)
    if tree.pos[cue] == "NOUN" and tree.dep[cue] in NOUN:
        yield from _predicated(tree, cue)


def _hanging(tree: Tree, cue: int, head: int, tag: str) -> Iterator[Found]:
    for kid in tree.kids[head]:
        dep = tree.dep[kid]
        if dep in NO_CONTENT or dep in SUBJECTS or kid == cue:
            continue
        if dep in PREPOSITIONS or (dep == "advmod" and tree.pos[kid] in ("ADP", "SCONJ")):
            yield from _prepositional(tree, head, kid, tag)
            continue
        first, last = tree.left[kid], tree.right[kid]
        if first <= cue <= last:
            if dep in ("ccomp", "xcomp") and cue > first:
                yield f"{tag}{dep}-left", first, cue - 1, ""
            continue
        mark = next((tree.lower[one] for one in tree.kids[kid] if tree.dep[one] in ("mark", "aux")), "")
        yield tag + dep, first, last, mark
        if kid > head:
            yield from ((f"{tag}{dep}-cut", first, end, mark) for end in cuts(tree, kid))
            yield from ((f"{tag}{dep}+", first, end, mark) for end in _behind(tree, head, kid))
        elif not tag and dep in ("ccomp", "xcomp", "advcl"):
            yield f"{dep}-from", tree.sentences[tree.sentence[cue]][0], last, ""


def _prepositional(tree: Tree, head: int, preposition: int, tag: str) -> Iterator[Found]:
    word = tree.lower[preposition]
    yield f"{tag}phrase", tree.left[preposition], tree.right[preposition], word
    for kid in tree.kids[preposition]:
        first, last = tree.left[kid], tree.right[kid]
        if tree.dep[kid] in GOVERNED:
            yield f"{tag}prep", first, last, word
            yield from ((f"{tag}prep-cut", first, end, word) for end in cuts(tree, kid))
            if preposition > head:
                yield from ((f"{tag}prep+", first, end, word) for end in _behind(tree, head, preposition))
        elif tree.dep[kid] == "prep":
            for inner in tree.kids[kid]:
                if tree.dep[inner] in GOVERNED:
                    yield f"{tag}prep", tree.left[inner], tree.right[inner], tree.lower[kid]


def cuts(tree: Tree, head: int) -> Iterator[int]:
    """Where a clause or phrase may end before its end: before what is added to it, and at a comma."""
    added = [kid for kid in tree.kids[head] if kid > head and tree.dep[kid] in ADDED and tree.left[kid] - 1 > head]
    yield from (tree.left[kid] - 1 for kid in added[:CUTS])
    breaks = [at for at in range(tree.left[head] + 2, tree.right[head] - 1) if tree.lower[at] in BREAKS]
    opened = [at for at in breaks if tree.lower[at + 1] in OPENERS or tree.tag[at + 1] == "VBG"]
    for among in (breaks, opened):
        if among:
            yield among[0] - 1
        if len(among) > 1:
            yield among[-1] - 1


def _behind(tree: Tree, head: int, kid: int) -> Iterator[int]:
    """The ends of what follows a complement, one after the other, up to what is coordinated with its head."""
    for other in tree.kids[head]:
        if other <= kid or tree.dep[other] == "punct":
            continue
        if tree.dep[other] in COORDINATED:
            break
        yield tree.right[other]
    if tree.right[head] > tree.right[kid]:
        yield tree.right[head]


def _subject(tree: Tree, cue: int) -> Iterator[Found]:
    """ "X is expected to win": the subject, alone and together with what is said of it."""
    for kid in tree.kids[cue]:
        if tree.dep[kid] not in SUBJECTS:
            continue
        yield ("subject" if kid < cue else "subject-behind"), tree.left[kid], tree.right[kid], tree.dep[kid]
        said = [one for one in tree.kids[cue] if one > cue and tree.dep[one] in PREDICATED | LINKED | {"prep"}]
        if kid < cue and said:
            yield "subject+", tree.left[kid], tree.right[said[0]], tree.dep[said[0]]
            yield "subject+", tree.left[kid], tree.right[said[-1]], tree.dep[said[-1]]


def _governor(tree: Tree, cue: int) -> Iterator[Found]:
    """ "The claims he made", "the expected victory": the noun that the cue says more of."""
    head, dep = tree.head[cue], tree.dep[cue]
    if dep in ("relcl", "acl"):
        yield "antecedent", tree.left[head], max(head, tree.left[cue] - 1), dep
    elif dep in ("amod", "compound", "poss", "nmod"):
        yield "noun", cue + 1, tree.right[head], dep
        yield "noun", cue + 1, head, dep


def _shared(tree: Tree, cue: int) -> Iterator[Found]:
    """ "Mocked and dismissed the plan": the complement of a coordinated verb."""
    head = tree.head[cue]
    if tree.dep[cue] == "conj":
        for kid in tree.kids[head]:
            if tree.dep[kid] in SHARED and head < kid < cue:
                last = min(tree.right[kid], tree.left[cue] - 1)
                yield f"other-{tree.dep[kid]}", tree.left[kid], last, ""
    for verb in tree.kids[cue]:
        if tree.dep[verb] != "conj" or verb < cue:
            continue
        for kid in tree.kids[verb]:
            if kid < verb or tree.dep[kid] not in SHARED:
                continue
            if tree.dep[kid] != "prep":
                yield f"shared-{tree.dep[kid]}", tree.left[kid], tree.right[kid], ""
            else:
                for inner in tree.kids[kid]:
                    if tree.dep[inner] in GOVERNED:
                        yield "shared-prep", tree.left[inner], tree.right[inner], tree.lower[kid]


def _predicated(tree: Tree, cue: int) -> Iterator[Found]:
    """ "The fear is that ...", "took issue with ...": the other complements of a noun's verb."""
    verb = tree.head[cue] if tree.dep[cue] != "pobj" else tree.head[tree.head[cue]]
    for kid in tree.kids[verb]:
        if kid < cue:
            continue
        if tree.dep[kid] in PREDICATED:
            yield f"be-{tree.dep[kid]}", tree.left[kid], tree.right[kid], ""
        elif tree.dep[kid] == "prep":
            for inner in tree.kids[kid]:
                if tree.dep[inner] in GOVERNED:
                    yield "be-prep", tree.left[inner], tree.right[inner], tree.lower[kid]
