"""Quoted: the stretches between quotation marks, and behind a colon, that may be what a cue gives."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.reading.attribution.complements import Found
from dragoman.reading.attribution.tree import Tree

ONWARD = 12  # sentences in quotation marks that may go on with a quotation
BACK = 8
NEAR = 30  # tokens from a cue to the end of its passage, where the next may be what it gives


class Quoted:
    """The quotations of one report, as stretches of its cues.

    Parameters
    ----------
    tree
        The parse.
    """

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.held = [self._quotes(first, stop) for first, stop in tree.sentences]
        self.whole = [self._is_whole(at) for at in range(len(tree.sentences))]

    def _quotes(self, first: int, stop: int) -> list[int]:
        return sorted({quote for quote in self.tree.quote_at[first:stop] if quote >= 0})

    def _is_whole(self, at: int) -> bool:
        """Whether a sentence stands in quotation marks as a whole, but for its stop."""
        if not self.held[at]:
            return False
        first, stop = self.tree.sentences[at]
        quoted = sum(quote >= 0 for quote in self.tree.quote_at[first:stop])
        return quoted + sum(part == "SPACE" for part in self.tree.pos[first:stop]) >= stop - first - 1

    def stretches(self, cue: int) -> Iterator[Found]:
        """The quotations in a cue's sentence, those that go on from it, and the passage that it opens."""
        tree = self.tree
        at = tree.sentence.item(cue)
        here = [quote for quote in self.held[at] if quote != tree.quote_at[cue]]
        for quote in here:
            yield "quote", *tree.quotes[quote], ""
        if len(here) > 1:
            first, last = tree.quotes[here[0]][0], tree.quotes[here[-1]][1]
            yield ("both" if first < cue < last else "quotes"), first, last, ""
        yield from self._onward(cue, at, here)
        before = self._run(cue, at, -1, BACK)
        if before:
            first = tree.quotes[before[-1][0]][0]
            yield "quote-before", first, tree.quotes[before[0][0]][1], ""
            if here:
                yield "quote-before", first, tree.quotes[here[0]][1], "here"
        yield from self._following(cue, at)

    def _run(self, cue: int, at: int, step: int, most: int) -> list[tuple[int, int]]:
        """The quotations of the whole-quoted sentences next to one, with their passages; back only in its passage."""
        tree = self.tree
        found: list[tuple[int, int]] = []
        for other in range(at + step, at + step * (most + 1), step):
            if not 0 <= other < len(tree.sentences) or not self.whole[other]:
                break
            if abs(tree.passage[other] - tree.passage[other - step]) > (step > 0):
                break
            quote = self.held[other][-1]
            if quote != tree.quote_at[cue]:
                found.append((quote, tree.passage[other]))
        return found

    def _onward(self, cue: int, at: int, here: list[int]) -> Iterator[Found]:
        tree = self.tree
        run = self._run(cue, at, 1, ONWARD)
        if not run:
            return
        own = [quote for quote, passage in run if passage == tree.passage[at]]
        lead = next((kid for kid in tree.kids[cue] if tree.dep[kid] == "ccomp" and kid < cue), None)
        for name, quote in (("passage", own[-1] if own else None), ("first", run[0][0]), ("run", run[-1][0])):
            if quote is None:
                continue
            last = tree.quotes[quote][1]
            yield "quote-on", tree.quotes[run[0][0]][0], last, name
            for one in dict.fromkeys((here[0], here[-1]) if here else ()):
                first = tree.quotes[one][0]
                if first > cue:
                    yield "quote-long", first, last, name
                elif one == here[0]:
                    yield "both", first, last, f"long-{name}"
            if lead is not None:
                yield "both", tree.left[lead], last, f"clause-{name}"

    def _following(self, cue: int, at: int) -> Iterator[Found]:
        """What a passage that ends in a colon opens, and what the rest of the passage says in a transcript."""
        tree = self.tree
        first, stop = tree.sentences[at]
        last = at + 1 < len(tree.sentences)
        closing = tree.lower[max(first, stop - 2) : stop]
        step = tree.passage[at + 1] - tree.passage[at] if last else 0
        if last and step == 1 and stop - cue < NEAR and (":" in closing or "-" in closing):
            yield "next", tree.sentences[at + 1][0], tree.sentences[at + 1][1] - 1, ""
            yield "next-all", tree.sentences[at + 1][0], self._passage_end(at + 1), ""
        elif tree.pos[cue] == "PUNCT":
            yield "turn", cue + 1, self._passage_end(at), ""
        if last and step == 0 and stop - cue < 6 and closing[-1] == ":":
            yield "next", tree.sentences[at + 1][0], tree.sentences[at + 1][1] - 1, "same"
            yield "next-all", tree.sentences[at + 1][0], self._passage_end(at + 1), "same"

    def _passage_end(self, at: int) -> int:
        tree = self.tree
        while at + 1 < len(tree.sentences) and tree.passage[at + 1] == tree.passage[at]:
            at += 1
        return tree.sentences[at][1] - 1
