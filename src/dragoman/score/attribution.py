"""Attribution: who says what, against articles in which every attribution is marked (PolNeAR, Newell et al. 2018)."""

from __future__ import annotations

from dragoman.domain import Claim, Reading, Span, Value
from dragoman.score.outcome import Case, Slip, context
from dragoman.score.spans import Stretch, length, pairs, shared, union_share
from dragoman.score.tally import Tally, share

LEAST = 0.5  # intersection over union of contents that are the same


class Attributed(Value, frozen=True):
    """A gold attribution; each part may stand in several stretches, or nowhere."""

    source: tuple[Stretch, ...]
    cue: tuple[Stretch, ...]
    content: tuple[Stretch, ...]


class Article(Value, frozen=True):
    """A gold article."""

    id: str
    text: str
    attributions: tuple[Attributed, ...]


def judge(gold: Article, reading: Reading) -> Case:
    """Pair claims with gold attributions by content, then look at the sources and the cues."""
    wanted = [one for one in gold.attributions if one.content]
    claims = reading.claims
    same = pairs(wanted, claims, lambda one, claim: union_share(one.content, _stretch(claim.content)), LEAST)
    sourced = {i: j for i, j in same.items() if wanted[i].source}
    right = {i for i, j in sourced.items() if shared(wanted[i].source, _stretch(claims[j].source_span))}
    cues = [one.cue for one in gold.attributions if one.cue]
    given_cues = [_stretch(claim.cue) for claim in claims if claim.cue is not None]
    same_cues = pairs(cues, given_cues, union_share, 0.0)
    slips = [_missed(gold.text, one, claims) for i, one in enumerate(wanted) if i not in same]
    slips += [
        Slip("wrong", "another source", context(gold.text, *wanted[i].source[0]), _words(gold.text, claims[j]))
        for i, j in sourced.items()
        if i not in right
    ]
    paired = set(same.values())
    slips += [_spurious(gold.text, claim, wanted) for j, claim in enumerate(claims) if j not in paired]
    return Case(
        gold.id,
        {
            "content": Tally(len(same), len(claims), len(wanted)),
            "source, of those found": share(len(right), len(sourced)),
            "content and source": Tally(
                len(right) + len(same) - len(sourced),
                len(claims),
                len(wanted),
            ),
            "cue": Tally(len(same_cues), len(given_cues), len(cues)),
        },
        tuple(slips),
    )


def _stretch(span: Span | None) -> tuple[Stretch, ...]:
    return ((span.start, span.end),) if span is not None else ()


def _missed(text: str, gold: Attributed, claims: tuple[Claim, ...]) -> Slip:
    touching = [claim for claim in claims if shared(gold.content, _stretch(claim.content))]
    cue = text[slice(*gold.cue[0])] if gold.cue else "no cue"
    if not touching:
        cued = any(claim.cue and shared(gold.cue, _stretch(claim.cue)) for claim in claims)
        cause = "cue taken, content elsewhere" if cued else "no claim there"
    else:
        nearest = max(touching, key=lambda claim: union_share(gold.content, _stretch(claim.content)))
        more = length(_stretch(nearest.content)) > length(gold.content)
        cause = "content read too long" if more else "content read too short"
        if len(gold.content) > 1:
            cause += ", gold in pieces"
    return Slip("missed", cause, context(text, *gold.content[0]), f"cue: {cue}")


def _spurious(text: str, claim: Claim, wanted: list[Attributed]) -> Slip:
    near = any(shared(one.content, _stretch(claim.content)) for one in wanted)
    cause = "overlaps a gold content too little" if near else "no gold content there"
    return Slip("spurious", cause, context(text, claim.content.start, claim.content.end), _words(text, claim))


def _words(text: str, claim: Claim) -> str:
    source, cue = claim.source_span, claim.cue
    said_by = text[source.start : source.end] if source else "nobody"
    return f"source: {said_by}; cue: {text[cue.start : cue.end] if cue else 'none'}"
