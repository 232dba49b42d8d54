"""Stretches: for each word that may be a cue, the stretches of text that may be what it gives.

They are generous: what hangs on the word in the parse, what stands before and behind it in its sentence, and the
quotations around it.  Which of them it is, the weights decide.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.reading.attribution.complements import BREAKS, OPENERS, SUBJECTS, Found, complements
from dragoman.reading.attribution.quoted import Quoted
from dragoman.reading.attribution.tree import Tree

Stretch = tuple[int, int, int, str, str]  # cue, first and last token, shape, the preposition or the clause's mark
AROUND = frozenset({"both", "subject+"})  # shapes that hold the cue
HUNG = frozenset({"parataxis", "ccomp", "advcl", "dep", "conj"})
PHRASAL = frozenset({"ADP", "SCONJ"})
TRIMMED = frozenset({",", ";", ":", "-", "–", "—", ".", "--", "and", "but"})
COLON = 25  # tokens behind a cue in which a colon opens what is said


class Stretches:
    """The stretches of the cues of one report.

    Parameters
    ----------
    tree
        The parse.
    """

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.quoted = Quoted(tree)

    def of(self, cue: int) -> list[Stretch]:
        """The stretches of one cue, each once, by the first way in which it was found."""
        found: dict[tuple[int, int], Stretch] = {}
        for shape, first, last, by in self._all(cue):
            kept = self._trimmed(first, last)
            if kept is not None and (shape in AROUND or not kept[0] <= cue <= kept[1]):
                found.setdefault(kept, (cue, *kept, shape, by))
        return list(found.values())

    def _trimmed(self, first: int, last: int) -> tuple[int, int] | None:
        """A stretch without the signs at its edges, but with the stop inside of its own quotation marks."""
        tree = self.tree
        while first <= last and (tree.lower[last] in TRIMMED or tree.pos[last] == "SPACE"):
            last -= 1
        while first <= last and (tree.lower[first] in TRIMMED or tree.pos[first] == "SPACE"):
            first += 1
        if first > last:
            return None
        quote = tree.quote_at[first]
        if quote >= 0 and tree.quotes[quote][0] == first and last < tree.quotes[quote][1] <= last + 2:
            last = tree.quotes[quote][1]
        return first, last

    def _all(self, cue: int) -> Iterator[Found]:
        tree = self.tree
        first, stop = tree.sentences[tree.sentence[cue]]
        part = tree.pos[cue]
        yield from complements(tree, cue)
        if part in ("VERB", "AUX"):
            yield from self._parted(cue, stop)
        if part in PHRASAL or part == "VERB":
            yield from self._phrase(cue, first, stop)
        if part in ("VERB", "AUX") and min(tree.left[cue], cue) > first:
            subject = next((kid for kid in tree.kids[cue] if tree.dep[kid] in SUBJECTS and kid < cue), None)
            yield "before", first, tree.left[subject] - 1 if subject is not None else cue - 1, "subject"
        if part in PHRASAL or part in ("VERB", "AUX", "ADV", "PUNCT", "X") or tree.dep[cue] == "ROOT":
            yield from self._rest(cue, stop)
        if part == "ADV":
            yield from self._adverbial(cue, first, stop)
        colon = next((at for at in range(cue, min(stop - 1, cue + COLON)) if tree.lower[at] == ":"), None)
        if colon is not None:
            yield "colon", colon + 1, stop - 1, ""
        yield from self.quoted.stretches(cue)

    def _parted(self, cue: int, stop: int) -> Iterator[Found]:
        """ "A, X said, B", and what a clause that was hung on its content leaves of it."""
        tree = self.tree
        head, left, right = tree.head[cue], tree.left, tree.right
        lead = next((kid for kid in tree.kids[cue] if tree.dep[kid] == "ccomp" and kid < cue), None)
        if lead is not None:
            behind = [kid for kid in tree.kids[cue] if kid > cue and tree.dep[kid] in HUNG | {"dobj"}]
            if behind:
                yield "both", left[lead], right[behind[-1]], ""
            yield "both", left[lead], stop - 1, "$"
        if tree.dep[cue] in HUNG and head != cue and tree.pos[head] in ("VERB", "AUX"):
            if cue > head:
                yield "prior", left[head], left[cue] - 1, ""
            elif right[cue] < head:
                yield "main", right[cue] + 1, right[head], ""
            if right[cue] < right[head] and (cue > head or left[head] < left[cue]):
                yield "both", left[head], right[head], "in"

    def _phrase(self, cue: int, first: int, stop: int) -> Iterator[Found]:
        """ "According to X, A", "A, in the view of X": what stands before and behind the phrase."""
        tree = self.tree
        head = tree.head[cue] if tree.lower[tree.head[cue]] == "according" else cue
        left, right = tree.left[head], tree.right[head]
        if left > first:
            yield "before", first, left - 1, ""
        if right + 1 < stop:
            yield "behind", right + 1, stop - 1, ""
        if tree.pos[cue] not in PHRASAL:
            return
        if left > first and right + 2 < stop:
            yield "both", first, stop - 1, "around"
        governor = tree.head[head]
        if governor != head:
            if tree.left[governor] < left:
                yield "governor", tree.left[governor], left - 1, ""
            if tree.right[governor] > right:
                yield "governor+", right + 1, tree.right[governor], ""
            above = tree.head[governor]
            if above != governor and tree.left[above] < left:
                yield "governor-above", tree.left[above], left - 1, ""

    def _rest(self, cue: int, stop: int) -> Iterator[Found]:
        """All that follows in the sentence, and that up to the comma of another clause."""
        tree = self.tree
        if cue + 1 >= stop:
            return
        yield "rest", cue + 1, stop - 1, ""
        for at in range(cue + 2, stop - 2):
            if tree.lower[at] in BREAKS and (tree.lower[at + 1] in OPENERS or tree.tag[at + 1] == "VBG"):
                yield "rest-cut", cue + 1, at - 1, ""
                return

    def _adverbial(self, cue: int, first: int, stop: int) -> Iterator[Found]:
        """ "Reportedly": the clause that it stands in, and what of it follows."""
        tree = self.tree
        head = tree.head[cue]
        if head != cue:
            yield "clause", tree.left[head], tree.right[head], ""
            if cue > tree.left[head]:
                yield "clause-behind", cue + 1, tree.right[head], ""
        yield "sentence", first, stop - 1, ""
