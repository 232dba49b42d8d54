"""Near-duplicates: pairs of texts, edited versions of one page and others that only share a template."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.domain import Value
from dragoman.record.copies import LIKE, copies_among, likeness, shingles
from dragoman.score.outcome import Case, Slip
from dragoman.score.tally import Tally

COPY = "near-duplicate"
APART = "check-by-hand"  # begins the labels of pairs that only share a template
SHOWN = 90  # characters of each text in a slip


class Version(Value, frozen=True):
    """One of the texts of a pair."""

    id: str
    text: str
    title: str | None = None


class Pair(Value, frozen=True):
    """Two texts, and what they are to one another."""

    kind: str
    label: str
    a: Version
    b: Version

    @property
    def judged(self) -> bool:
        """Whether the label says that it is a copy or that it is none (a page changed largely is neither)."""
        return self.label == COPY or self.label.startswith(APART)


def judge(gold: Pair) -> Case:
    """See whether the record would take one for a copy of the other."""
    wanted = gold.label == COPY
    given = any(True for _ in copies_among([("a", gold.a.text), ("b", gold.b.text)]))
    slips: tuple[Slip, ...] = ()
    if given != wanted:
        like = likeness(shingles(gold.a.text), shingles(gold.b.text))
        texts = " | ".join(" ".join(one.text.split())[:SHOWN] for one in (gold.a, gold.b))
        cause = "no band shared" if wanted and like >= LIKE else gold.kind
        slips = (Slip("missed" if wanted else "spurious", cause, texts, f"likeness {like:.3f}"),)
    return Case(f"{gold.a.id} {gold.b.id}", {"pairs": Tally(int(given and wanted), int(given), int(wanted))}, slips)


def note(pairs: Sequence[Pair]) -> str:
    """What is left out, and how wide the gap is between the copies and the others."""
    likenesses = [(one, likeness(shingles(one.a.text), shingles(one.b.text))) for one in pairs if one.judged]
    least = min((like for one, like in likenesses if one.label == COPY), default=None)
    most = max((like for one, like in likenesses if one.label != COPY), default=None)
    gap = f"; likeness {most:.2f} at most of others, {least:.2f} at least of copies" if least and most else ""
    return f"{len(pairs) - len(likenesses)} pairs changed too much to be either are left out{gap}; taken from {LIKE}"
