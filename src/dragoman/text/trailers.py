"""Trailers and headings: which paragraphs are no running text of the story."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dragoman.text import headlines
from dragoman.text.phrases import trailer_phrase

LONGEST_HEADING = 14  # words; a title at the top may be longer
SHORTEST_STRAY = 4  # words of a headline that stands for another story
NEW_WORDS = 0.4  # share of content words that the story has not used before
FEWEST_WORDS = 40  # of running text before a stray headline
STOPPED = 0.6  # share of longer paragraphs of the story that end in a full stop

BOILERPLATE = "Navigation, credit or copyright, not part of the story."
FOLLOWS = "A headline under a list of links to other stories."
STRAY = "A headline of another story: it stands after the end of this one and speaks of other things."


def trailers(paragraphs: Sequence[str], skip: Collection[int]) -> dict[int, str]:
    """Find boilerplate, links to other stories, and stray headlines at the end; say why for each.

    A stray headline is a single line of one sentence after the last running paragraph, without a full stop of its
    own (or next to one without it, and in the language of headlines), that speaks of other things than the story.
    """
    found = _phrased(paragraphs)
    if len(paragraphs) == 1:
        return found  # with no story before it
    last = len(paragraphs)
    while last and (last - 1 in found or last - 1 in skip):
        last -= 1
    body = [at for at in range(last) if at not in found and at not in skip]
    run = _run(paragraphs, body)
    before = body[: len(body) - len(run)]
    if not run or not _is_story([paragraphs[at] for at in before]) or paragraphs[before[-1]].endswith(":"):
        return found
    spoken: set[str] = set().union(*(headlines.content_words(paragraphs[at]) for at in before))
    for at in run:
        if _speaks_of_else(paragraphs[at], spoken):
            found[at] = STRAY
        else:
            break
    return found if all(at in found for at in run) else {at: why for at, why in found.items() if at not in run}


def _phrased(paragraphs: Sequence[str]) -> dict[int, str]:
    found: dict[int, str] = {}
    linked = False
    for at, words in enumerate(paragraphs):
        phrase = trailer_phrase(words)
        if phrase:
            found[at] = BOILERPLATE
            linked = phrase.opens
        elif linked and headlines.is_line(words) and headlines.unstopped(words):
            found[at] = FOLLOWS
        else:
            linked = False
    return found


def _run(paragraphs: Sequence[str], body: Sequence[int]) -> list[int]:
    """Tell the longest run at the end of `body` that is of headlines, with one at least that no stop ends."""
    run: list[int] = []
    for at in reversed(body):
        if not _may_be_headline(paragraphs[at]):
            break
        run.insert(0, at)
    strays = {at for at in run if _is_stray(paragraphs[at])}
    while run and not (run[0] in strays or (len(run) > 1 and run[1] in strays)):
        del run[0]
    return run


def _may_be_headline(words: str) -> bool:
    if not (headlines.is_line(words) and headlines.one_sentence(words)):
        return False
    return _is_stray(words) or headlines.telegraphic(words)


def _is_stray(words: str) -> bool:
    """Tell whether `words` are a headline even if no other stands next to them."""
    if words.count(" ") + 1 < SHORTEST_STRAY:
        return False
    if words.endswith(("?", "!")):
        return headlines.title_case(words)
    if headlines.partly_quoted(words):
        return headlines.telegraphic(words)
    return headlines.unstopped(words) and not headlines.running(words)


def _is_story(paragraphs: Sequence[str]) -> bool:
    longer = [words for words in paragraphs if words.count(" ") >= 8]
    stopped = [words for words in longer if headlines.ENDS_SENTENCE.search(words[-8:])]
    return sum(words.count(" ") for words in stopped) >= FEWEST_WORDS and len(stopped) >= STOPPED * len(longer)


def _speaks_of_else(words: str, spoken: set[str]) -> bool:
    own = headlines.content_words(words)
    return bool(own) and len(own - spoken) >= NEW_WORDS * len(own)


def headings(paragraphs: Sequence[str], skip: Collection[int]) -> set[int]:
    """Find the title and the headings: short lines without a full stop, with running text after them."""
    found: set[int] = set()
    top = True
    body_follows = _body_follows(paragraphs, skip)
    for at, words in enumerate(paragraphs):
        if at in skip:
            continue
        if body_follows[at] and _is_heading(words, top=top):
            found.add(at)
        else:
            top = False
    return found


def _is_heading(words: str, *, top: bool) -> bool:
    if not (headlines.is_line(words) and headlines.one_sentence(words)):
        return False
    if top and headlines.title_case(words):
        return True
    return headlines.unstopped(words) and (top or words.count(" ") < LONGEST_HEADING)


def _body_follows(paragraphs: Sequence[str], skip: Collection[int]) -> list[bool]:
    follows = [False] * len(paragraphs)
    seen = False
    for at in range(len(paragraphs) - 1, -1, -1):
        follows[at] = seen
        words = paragraphs[at]
        seen = seen or (at not in skip and headlines.ENDS_SENTENCE.search(words[-8:]) is not None)
    return follows
