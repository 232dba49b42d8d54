"""Finding: who says what, over the whole report.

The weights decide on the cues and their contents; each is given its source and manner here.  Quotations that no cue
gives are then joined to the speaker who is at hand: sentences that stand wholly in quotation marks are the last
speaker's, in the same passage or the next, the paragraph behind a name in capitals and a colon is theirs, and so is
the quotation before a dash and a name.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.domain import Manner, Passage, Span
from dragoman.reading.attribution.attributed import Attributed
from dragoman.reading.attribution.clauses import hull, noun_phrase, overlap
from dragoman.reading.attribution.colons import behind_colon
from dragoman.reading.attribution.decide import Decision, decide
from dragoman.reading.attribution.phrased import phrased
from dragoman.reading.attribution.quotations import is_scare, quotations
from dragoman.reading.attribution.quoting import Quoting, quoting
from dragoman.reading.attribution.signed import signed
from dragoman.reading.attribution.sources import cue_span, denied, relative, said_at, source
from dragoman.reading.attribution.speakers import other_content, tells
from dragoman.reading.attribution.stretches import AROUND
from dragoman.reading.attribution.together import Begin, groups, together
from dragoman.reading.attribution.tree import Tree
from dragoman.reading.attribution.turns import turns
from dragoman.reading.parse import Parsed
from dragoman.reading.syntax import is_passive

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
OWN = frozenset({"i", "we", "you"})
LONGEST = 1500  # characters of one quotation
CLOSED = " .\n"  # what may stand between what somebody said in other words and a quotation of theirs
ASIDE = 150  # characters behind a cue up to which who speaks is still being said
DIRECT = 0.85  # part of a content in quotation marks from which on it is given word for word

Report = tuple[Parsed, str, Sequence[Passage]]  # the parse of a report, its canonical text and its passages


def find_attributions(reports: Sequence[Report]) -> list[list[Attributed]]:
    """Find the attributions of some reports, those of each in text order; together in less time than one by one."""
    return [
        found
        for some in groups([len(parsed.doc) for parsed, _, _ in reports])
        for found in _found_together(reports[some])
    ]


def _found_together(reports: Sequence[Report]) -> Iterator[list[Attributed]]:
    marked = [quotations(text, passages) for _, text, passages in reports]
    columns, begins = together([one for one, _, _ in reports])
    shifted = [
        Span(start=begin.character + one.start, end=begin.character + one.end)
        for begin, among in zip(begins, marked, strict=True)
        for one in among
    ]
    tokens = [begin.token for begin in begins]
    tree = Tree(columns, shifted, tokens)
    decided: list[list[Decision]] = [[] for _ in reports]
    for one in decide(tree):
        decided[bisect_right(tokens, one.cue) - 1].append(one)
    for report, begin, quotes, decisions in zip(reports, begins, marked, decided, strict=True):
        quoted = [quote for quote in quotes if not is_scare(report[1], quote)]
        spoken = turns(*report)
        yield _found(report[0], report[1], quoted, spoken, _cued(report, begin, tree, decisions, quoted, spoken))


def _found(
    parsed: Parsed,
    text: str,
    quoted: Sequence[Span],
    spoken: Mapping[int, Attributed],
    cued: Mapping[int, list[Attributed]],
) -> list[Attributed]:
    """The attributions of a report, with the quotations that no cue gives."""
    found: list[Attributed] = []
    speaker: Attributed | None = None
    speaker_passage = -1
    for index, sentence in enumerate(parsed.sentences):
        passage = parsed.passage_of[index]
        span = Span(start=sentence.start_char, end=sentence.end_char)
        here = cued.get(index, [])
        turn = spoken.get(index)
        if turn is not None:
            speaker, speaker_passage = turn, passage
            found += [turn, *(one for one in here if one.cue != turn.cue)]
            continue
        if not here and speaker is not None and passage - speaker_passage <= 1 and _wholly(span, quoted):
            speaker_passage = passage
            if not any(overlap(one.content, span) for among in cued.values() for one in among):
                found = _go_on(found, speaker, span, text)
        found.extend(here)
        named = [one for one in here if one.source_head is not None]
        if named:
            speaker, speaker_passage = max(named, key=lambda one: one.content.end - one.content.start), passage
    return _distinct(found)


def _cued(
    report: Report,
    begin: Begin,
    tree: Tree,
    decided: Sequence[Decision],
    quoted: Sequence[Span],
    spoken: Mapping[int, Attributed],
) -> dict[int, list[Attributed]]:
    """The attributions by cues, by the sentence of the cue."""
    parsed, text, passages = report
    found: dict[int, list[Attributed]] = defaultdict(list)
    direct = [*quoted, *(one.content for one in spoken.values())]
    sayings = {begin.token + at: one for one in quoting(parsed) for at in one.cues}
    whole: dict[Quoting, Span] = {}  # what the weights take for the content where it holds that of the rule
    phrases = list(phrased(parsed))
    taken = {begin.token + at for phrase in phrases for at in phrase.tokens}
    for one in decided:
        if one.cue in taken:
            continue
        made = _attributed(parsed, begin, tree, one)
        if (known := sayings.get(one.cue)) is not None:
            if made is not None and one.shape in AROUND:
                whole[known] = hull((known.content, made.content))
            continue
        if made is not None and made.cue is not None and text[made.cue.start : made.cue.end] == ":":
            made = behind_colon(made, quoted, text, passages)
        if made is not None and not _own_words(made, direct, text):
            found[tree.sentence.item(one.cue) - begin.sentence].append(_with_quotation(made, quoted))
    for index, here in found.items():
        found[index] = [_broken(one, here, parsed.sentences[index], text, quoted) for one in here]
    for phrase in phrases:
        found[phrase.sentence].append(_with_quotation(phrase.attributed, quoted))
    for known in dict.fromkeys(sayings.values()):
        made_of = known.attributions(whole.get(known, known.content))
        found[known.sentence] += [_with_quotation(one, quoted) for one in made_of]
    for sentence, signature in signed(parsed, text, quoted):
        for at, here in found.items():
            found[at] = [one for one in here if not (one.cue and signature.cue and overlap(one.cue, signature.cue))]
        found[sentence].append(signature)
    return found


def _attributed(parsed: Parsed, begin: Begin, tree: Tree, one: Decision) -> Attributed | None:
    """A decision with its source; None where it says that nobody says so."""
    cue = parsed.doc[one.cue - begin.token]
    content = Span(start=tree.start[one.first] - begin.character, end=tree.end[one.last] - begin.character)
    other = other_content(cue) if one.shape == "subject" else None
    who = source(cue)
    if who is not None and denied(who):
        return None
    if other is None and who is not None and one.shape not in AROUND and one.first <= who.i + begin.token <= one.last:
        who = None
    if who is None and one.shape == "subject" and tells(cue) and not is_passive(cue):
        return None  # somebody who says something is not what is said
    return Attributed(
        noun_phrase(who) if who is not None else None,
        who.i if who is not None else None,
        cue_span(cue),
        content if other is None else other,
        "indirect",
        f"cues.yaml#{_rule(tree, one)}",
        said_at(cue) if cue.pos_ == "VERB" else None,
        any(child.dep_ == "neg" for child in cue.children),
        relative=relative(cue, who) if who is not None else None,
    )


def _rule(tree: Tree, one: Decision) -> str:
    """The frame in which a cue gives its content: a clause (or words that stand alone), or less than a clause."""
    if "xcomp" in one.shape:
        return "infinitive"
    if "dobj" in one.shape:
        return "object"
    if tree.pos[one.cue] in ("VERB", "AUX") and "prep" in one.shape:
        return "about"
    if "ccomp" in one.shape and not any(tree.tag[at] in FINITE for at in range(one.first, one.last + 1)):
        return "infinitive"
    return "clause"


def _own_words(one: Attributed, quoted: Sequence[Span], text: str) -> bool:
    """Whether somebody quoted only speaks of their own thoughts ("I think"), which is no other attribution."""
    if one.source is None or text[one.source.start : one.source.end].lower() not in OWN:
        return False
    return any(quote.start <= one.source.start < quote.end for quote in quoted)


def _with_quotation(one: Attributed, quoted: Sequence[Span]) -> Attributed:
    """Say how much of a content is quoted, and stretch a quoted content to its marks."""
    touching = [quote for quote in quoted if overlap(quote, one.content)]
    cue = one.cue.start if one.cue else -1
    if not touching or any(quote.start <= cue < quote.end for quote in touching):
        return one
    content = one.content
    whole = hull([content, *(quote for quote in touching if quote.end - quote.start < LONGEST)])
    if whole.start <= cue < whole.end and not content.start <= cue < content.end:
        whole = content
    aside = [each for each in (one.cue, one.source) if each is not None and overlap(each, content)]
    manner: Manner = "direct" if _quoted_share(content, [*touching, *aside]) >= DIRECT else "mixed"
    return replace(one, content=whole, manner=manner)


def _broken(
    one: Attributed, others: Sequence[Attributed], sentence: Sentence, text: str, quoted: Sequence[Span]
) -> Attributed:
    """What somebody is quoted with that their cue breaks in two: “We are neighbours,” she said, “but no friends.”"""
    last = one.content.end
    if one.manner != "direct" or one.cue is None or one.cue.start < last or text[last - 2 : last - 1] != ",":
        return one
    more = next((quote for quote in quoted if one.cue.end <= quote.start < sentence.end_char), None)
    if more is None or is_scare(text, more) or any(each is not one and overlap(each.content, more) for each in others):
        return one
    if not text[one.cue.end : more.start].rstrip().endswith(","):
        return one
    return replace(one, content=hull((one.content, more)))


def _quoted_share(span: Span, quoted: Sequence[Span]) -> float:
    """The part of a span that stands in quotation marks."""
    letters = sum(max(0, min(quote.end, span.end) - max(quote.start, span.start)) for quote in quoted)
    return letters / (span.end - span.start)


def _wholly(sentence: Span, quoted: Sequence[Span]) -> bool:
    """Whether a sentence stands in quotation marks as a whole."""
    return _quoted_share(sentence, quoted) >= 0.9


def _go_on(found: list[Attributed], speaker: Attributed, sentence: Span, text: str) -> list[Attributed]:
    """A sentence in quotation marks goes on with what its speaker said, or opens a quotation of theirs.

    It opens one right behind the sentence in which they are given as saying something in other words.
    """
    last = max((at for at, one in enumerate(found) if one.source == speaker.source), default=None)
    if last is None:
        return found
    if found[last].manner != "indirect":
        cue, content = found[last].cue, found[last].content
        told = max(content.end, cue.end if cue is not None else 0)
        between = text[told : sentence.start]
        if between.strip() and (told == content.end or "\n" in between or len(between) > ASIDE):
            return found
        joined = replace(found[last], content=hull((found[last].content, sentence)))
        return [*found[:last], joined, *found[last + 1 :]]
    if text[found[last].content.end : sentence.start].strip(CLOSED):
        return found
    doubt = ("the quotation is taken to be the last speaker's",)
    made = Attributed(
        speaker.source, speaker.source_head, None, sentence, "direct", "cues.yaml#quotation", doubts=doubt
    )
    return [*found, made]


def _distinct(found: Sequence[Attributed]) -> list[Attributed]:
    """One attribution for one content of one source."""
    kept: dict[tuple[int, int, int | None], Attributed] = {}
    for one in found:
        kept.setdefault((one.content.start, one.content.end, one.source_head), one)
    return sorted(kept.values(), key=lambda one: (one.content.start, -one.content.end))
