"""Features of cues: which words may be one, and what is known of each."""

from __future__ import annotations

import numpy as np

from dragoman.reading.attribution.cues import cues
from dragoman.reading.attribution.hashing import before, binned, bits, hashed
from dragoman.reading.attribution.tree import Ids, Places, Tree, number, picked

GOVERNED = ("relcl", "acl")  # what hangs so on a noun has it for its subject, or its object
UPWARD = ["xcomp", "conj", "advcl", "dobj", "attr", "acomp", "pcomp", "prep", "pobj", "ccomp"]
HELPING = frozenset({"aux", "auxpass"})
BESIDE = (-3, -2, -1, 1, 2, 3)  # tokens around a cue where a quotation may open or close
LISTED = """
    lemma pos, lemma tag, lemma, lemma dep, lemma mark comp, lemma comp, lemma particle, lemma prep, lemma obj,
    lemma objtag, lemma subj, lemma subjtag, lemma own, lemma aux, lemma passive, lemma shape, lemma next,
    lemma prev, lemma quoted, lemma near, lemma acomp, lemma advmod, lemma prepobj, lemma det, lemma amod,
    lemma head, lemma headtag dep, lemma agent passive, lemma inner, lemma innertag, lemma last, lemma first,
    prev lemma next, pos dep, tag dep, dep head, dep headpos pos, dep headframes pos, dep headdep pos, head pos,
    shape pos, shape frames, frames tag, frames dep, frames comp mark, frames subjtag, frames subj, frames prep,
    frames quoted, frames near, frames next, frames nexttag, frames headtag dep, headframes tag dep, comp mark pos,
    prep pos, particle pos, obj pos, objtag pos, objframes pos, subj pos, subjtag pos, subjframes pos, aux tag,
    negated pos, marker pos, next pos, prev pos, nexttag pos, prevtag pos, acomp, prepobj pos, prepobjframes pos,
    prepobjtag pos prep, near pos, quoted pos, place pos, left pos, length pos, others pos, amod pos, det pos,
    prevframes pos, nextframes pos, prev next, next next2 pos, prev2 prev pos, subjpos shape pos, subjtag dep pos,
    sense, sense tag, sense dep, sense subjsort, subjsort pos dep, subjsort lemma, sense shape, sense comp mark,
    sense prep, sense particle, sense objtag, sense objsense, objsense lemma, sense headsense dep,
    headsense pos dep, sense quoted, sense next, sense obj, prepobjsense pos prep, prepobjsort prep pos,
    sense objsort, sense acomp, acompsense lemma, posssort sense, sense aux, sense near, agentsort sense,
    subjsort sense comp, subjsort shape pos, nextsense sense, prevsense sense, sense subj, sense tag subjsort,
    innersort lemma
"""
TEMPLATES = tuple(" ".join(one.split()) for one in LISTED.split(","))


def possible_cues(tree: Tree) -> Places:
    """The words of a report that may be cues: main verbs, and other words that the lexicon knows."""
    others = cues().others
    found = []
    for at, (part, dep) in enumerate(zip(tree.pos, tree.dep, strict=True)):
        if part in ("VERB", "AUX"):
            if dep not in HELPING or part == "VERB":
                found.append(at)
        elif part in others and tree.lower[at] in others[part]:
            found.append(at)
    known = np.flatnonzero((tree.ids["sense"] > 0) & tree.among("pos", ("NOUN", "PROPN", "ADJ")))
    cue = np.union1d(np.array(found, np.int64), known)
    return cue[tree.sentence[cue] >= 0]


def subjects(tree: Tree) -> Places:
    """For each token, whose it may be: its subject, that of the verb it hangs on, the noun it hangs on (-1: none)."""
    own = tree.child("nsubj csubj nsubjpass")
    governed = tree.among("dep", GOVERNED)
    upward = tree.among("dep", UPWARD)
    found = own.copy()
    here = np.arange(tree.size)
    for _ in range(4):
        open_ = found < 0
        noun = open_ & governed[here] & (tree.head_of[here] != here)
        found = np.where(noun, tree.head_of[here], found)
        climbs = open_ & ~noun & upward[here]
        here = np.where(climbs, tree.head_of[here], here)
        found = np.where(climbs, own[here], found)
    return found


def cue_features(tree: Tree, cue: Places, subject: Places) -> Places:
    """The places of the features of some cues, of shape (templates, cues)."""
    columns = {**_itself(tree, cue), **_hanging(tree, cue, subject[cue]), **_around(tree, cue)}
    return hashed(columns, TEMPLATES)


def _itself(tree: Tree, cue: Places) -> dict[str, Ids]:
    ids = tree.ids
    named = ids["pos"][cue] == number("PROPN")
    head = tree.head_of[cue]
    made = {name: ids[name][cue] for name in ("pos", "tag", "dep", "frames", "sense")}
    made["lemma"] = np.where(named, ids["lower"][cue], ids["word"][cue])
    made |= {f"head{name}": ids[name][head] for name in ("pos", "tag", "dep", "frames", "sense")}
    made["head"] = ids["word"][head]
    return made


def _hanging(tree: Tree, cue: Places, subject: Places) -> dict[str, Ids]:
    def kid(deps: str, behind: bool = False) -> Places:
        return tree.child(deps, behind=behind)[cue]

    prep, inner = kid("prep", True), kid("pobj pcomp")
    prepobj = np.where(prep >= 0, tree.child("pobj pcomp")[prep], -1)
    obj, acomp = kid("dobj obj"), kid("acomp attr oprd")
    comp = kid("ccomp xcomp acl relcl", True)
    mark = np.where(comp >= 0, tree.child("mark aux")[comp], -1)
    own, passive, agent = kid("nsubj csubj"), kid("auxpass"), kid("prep agent")
    clause = kid("ccomp")
    made = {
        name: tree.at("form", at)
        for name, at in {
            "particle": kid("prt"), "prep": prep, "aux": kid("aux"), "mark": mark, "marker": kid("mark"),
            "det": kid("det"), "agent": agent,
        }.items()
    }  # fmt: skip
    made |= {
        name: tree.at("word", at)
        for name, at in {
            "subj": subject, "own": own, "obj": obj, "prepobj": prepobj, "inner": inner, "acomp": acomp,
            "advmod": kid("advmod"), "amod": kid("amod compound"),
        }.items()
    }  # fmt: skip
    for name, at in {"subj": subject, "obj": obj, "prepobj": prepobj, "inner": inner, "acomp": acomp}.items():
        made |= {f"{name}{column}": tree.at(column, at) for column in ("tag", "pos", "frames", "sense", "sort")}
    made["posssort"] = tree.at("sort", kid("poss"))
    made["agentsort"] = tree.at("sort", kid("agent"))
    made["passive"] = bits(passive >= 0, kid("nsubjpass") >= 0)
    made["negated"] = bits(kid("neg") >= 0)
    made["comp"] = tree.at("dep", comp)
    kids = (kid("nsubjpass"), passive, kid("agent"), obj, kid("parataxis dep"), acomp, kid("neg"), kid("poss"))
    made["shape"] = bits(own >= 0, (clause >= 0) & (clause < cue), *(one >= 0 for one in kids))
    return made


def _around(tree: Tree, cue: Places) -> dict[str, Ids]:
    ids = tree.ids
    first, stop = tree.first_of[cue], tree.stop_of[cue]

    def beside(step: int) -> Places:
        at = cue + step
        return np.where((at >= first) & (at < stop), at, -1)

    quoted = tree.quote >= 0
    counted, known = before(quoted), before(ids["frames"] > 0)
    inside = quoted[cue]
    made = {
        "quoted": bits(inside, counted[stop] > counted[first]),
        "near": bits(*(picked(quoted, beside(step)) for step in BESIDE)),
        "place": binned(cue - first, 1, 2, 3, 5, 8, 12, 20, 30),
        "left": binned(stop - cue, 2, 3, 4, 6, 10, 15, 25),
        "length": binned(stop - first, 6, 10, 15, 25, 40),
        "others": binned(known[stop] - known[first], 1, 2, 3, 4, 6),
        "last": bits(stop - cue <= 3),
        "first": bits(cue - first <= 1),
    }
    for name, step in {"prev": -1, "next": 1, "prev2": -2, "next2": 2}.items():
        made[name] = tree.at("form", beside(step))
    for name, step in {"prev": -1, "next": 1}.items():
        made |= {f"{name}{column}": tree.at(column, beside(step)) for column in ("tag", "frames", "sense")}
    return made
