"""Finding: who says what, over the whole report.

The cues of each sentence give the attributions; quotations are then joined to the speaker who is at hand: in the same
sentence, or, for sentences that stand wholly in quotation marks, the last speaker before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from dragoman.domain import Manner, Passage, Span
from dragoman.reading.attribution.attributed import Attributed
from dragoman.reading.attribution.clauses import hull, overlap
from dragoman.reading.attribution.frames import adverbial, nominal, phrasal, verbal
from dragoman.reading.attribution.quotations import is_scare, quotations
from dragoman.reading.parse import Parsed

OWN = frozenset({"i", "we", "you"})
LONGEST = 1500  # characters of one quotation
TURN = re.compile(r"(?P<name>[A-Z][A-Z.’' -]{2,40}[A-Z]):\s+(?=\S)")


def find_attributions(parsed: Parsed, text: str, passages: Sequence[Passage]) -> list[Attributed]:
    """Find the attributions of a report, in text order.

    Parameters
    ----------
    parsed
        The parse of the report.
    text, passages
        Its canonical text and its passages.
    """
    quoted = quotations(text, passages)
    found: list[Attributed] = []
    speaker: Attributed | None = None
    speaker_passage = -1
    turn: Attributed | None = None
    for index, sentence in enumerate(parsed.sentences):
        passage = parsed.passage_of[index]
        span = Span(start=sentence.start_char, end=sentence.end_char)
        spoken = _turn(parsed, text, passages[passage], index)
        if spoken is not None:
            turn = speaker = spoken
            found.append(spoken)
            speaker_passage = passage
            continue
        here = _cued(parsed, index)
        inside = [quote for quote in quoted if overlap(quote, span) and not is_scare(text, quote)]
        here = [_with_quotation(one, span, inside, text) for one in here if not _own_words(one, inside, text)]
        if not any(one.rule != "cues.yaml#adverb" for one in here) and _wholly(span, inside, text):
            if speaker is not None and passage - speaker_passage <= 1:
                found = _go_on(found, speaker, span)
                speaker_passage = passage
        elif turn is not None and not here and passages[passage].start == span.start:
            turn = None
        found.extend(here)
        outer = [one for one in here if one.source_head is not None]
        if outer:
            speaker, speaker_passage = max(outer, key=lambda one: one.content.end - one.content.start), passage
    return _distinct(found)


def _cued(parsed: Parsed, index: int) -> list[Attributed]:
    sentence = parsed.sentences[index]
    found = list(phrasal(sentence))
    for token in sentence:
        part = token.pos_
        made = None
        if part == "VERB":
            made = verbal(token)
        elif part == "NOUN":
            made = nominal(token)
        elif part == "ADV":
            made = adverbial(token)
        if made is not None:
            found.append(made)
    return found


def _own_words(one: Attributed, quoted: Sequence[Span], text: str) -> bool:
    """Whether somebody quoted only speaks of their own thoughts ("I think"), which is no other attribution."""
    if one.source is None or text[one.source.start : one.source.end].lower() not in OWN:
        return False
    return any(quote.start <= one.source.start < quote.end for quote in quoted)


def _with_quotation(one: Attributed, sentence: Span, quoted: Sequence[Span], text: str) -> Attributed:
    """Say how much of a content is quoted, and stretch a quoted content to its marks."""
    touching = [quote for quote in quoted if overlap(quote, one.content)]
    if not touching:
        return one
    if any(quote.start <= (one.cue.start if one.cue else -1) < quote.end for quote in touching):
        return one
    whole = hull([one.content, *(quote for quote in touching if quote.end - quote.start < LONGEST)])
    if (
        one.cue
        and whole.start <= one.cue.start < whole.end
        and not one.content.start <= one.cue.start < one.content.end
    ):
        whole = one.content
    letters = sum(max(0, min(quote.end, one.content.end) - max(quote.start, one.content.start)) for quote in touching)
    manner: Manner = "direct" if letters >= 0.85 * (one.content.end - one.content.start) else "mixed"
    return replace(one, content=whole, manner=manner)


def _wholly(sentence: Span, quoted: Sequence[Span], text: str) -> bool:
    """Whether a sentence stands in quotation marks as a whole."""
    letters = sum(max(0, min(quote.end, sentence.end) - max(quote.start, sentence.start)) for quote in quoted)
    return letters >= 0.9 * (sentence.end - sentence.start)


def _go_on(found: list[Attributed], speaker: Attributed, sentence: Span) -> list[Attributed]:
    """A sentence in quotation marks goes on with what its speaker said, or opens a quotation of theirs."""
    last = max((at for at, one in enumerate(found) if one.source == speaker.source), default=None)
    if last is not None and found[last].manner != "indirect":
        joined = replace(found[last], content=hull((found[last].content, sentence)))
        return [*found[:last], joined, *found[last + 1 :]]
    doubt = ("the quotation is taken to be the last speaker's",)
    made = Attributed(
        speaker.source, speaker.source_head, None, sentence, "direct", "cues.yaml#quotation", doubts=doubt
    )
    return [*found, made]


def _turn(parsed: Parsed, text: str, passage: Passage, index: int) -> Attributed | None:
    """A turn in a transcript: "SECRETARY BLINKEN: ..."; all of its paragraph is theirs."""
    sentence = parsed.sentences[index]
    if sentence.start_char != passage.start:
        return None
    match = TURN.match(text, passage.start, min(passage.start + 60, passage.end))
    if match is None or match.end() >= passage.end:
        return None
    starts = [token.idx for token in sentence]
    head = sentence[bisect_right(starts, match.end("name") - 1) - 1].i
    return Attributed(
        Span(start=match.start("name"), end=match.end("name")),
        head,
        Span(start=match.end("name"), end=match.end("name") + 1),
        Span(start=match.end(), end=passage.end),
        "direct",
        "cues.yaml#turn",
    )


def _distinct(found: Sequence[Attributed]) -> list[Attributed]:
    """One attribution for one content of one source."""
    kept: dict[tuple[int, int, int | None], Attributed] = {}
    for one in found:
        kept.setdefault((one.content.start, one.content.end, one.source_head), one)
    return sorted(kept.values(), key=lambda one: (one.content.start, -one.content.end))
