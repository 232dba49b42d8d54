"""Headlines: what a title or a heading looks like, told from its words alone."""

from __future__ import annotations

import re

from dragoman.text.phrases import WORD, phrases, words_of

LONGEST = 200  # characters
MOST_WORDS = 25
ENDS_SENTENCE = re.compile(r"[.!?…][\"'’”»)\]\s]*$")
CLOSES_SENTENCE = re.compile(r"([^\W\d_]+)[.!?][\"”»)\]]*\s+[\"“«(\[]?[A-Z]")
ADDRESS = re.compile(r"https?:|www\.|@\w|\w\.(?:com|org|net|gov)\b|\S{60}")
BULLET = re.compile(r"[-–—*•●◦▪·‣○■□✓#>|]+(?:\s|$)|\(?[0-9a-zA-Z]{1,2}[.)]\s")
QUOTED_END = re.compile(r"\w\W*\s[\"“«‘][^\"“”«»]{2,80}[.!?…][\"”»’]$")
QUOTED = re.compile(r"[\"“«][^\"“”«»]*[\"”»]")
SPEAKER = re.compile(r"[A-Z][A-Z .’'-]+:\s")


def is_line(words: str) -> bool:
    """Tell whether `words` can be a headline at all: one short line that begins as a sentence does."""
    if len(words) > LONGEST or "\n" in words or BULLET.match(words) or SPEAKER.match(words) or ADDRESS.search(words):
        return False
    first = next((char for char in words if char.isalnum()), "")
    return (first.isupper() or first.isdigit()) and words.count(" ") < MOST_WORDS and words[0] not in "([{"


def unstopped(words: str) -> bool:
    """Tell whether no full stop, colon or comma ends `words`, and no word that must go on."""
    if ENDS_SENTENCE.search(words) or words.rstrip("\"'’”»)]")[-1:] in {":", ",", ";", "-", "–", "—", "&", "/"}:
        return False
    last = words_of(words[-40:])[-1:]
    return not last or last[0] not in phrases().unfinished.words


def one_sentence(words: str) -> bool:
    """Tell whether no sentence ends inside `words`."""
    short = phrases().abbreviations.words
    return not any(len(found[1]) > 1 and found[1].casefold() not in short for found in CLOSES_SENTENCE.finditer(words))


def title_case(words: str) -> bool:
    """Tell whether the longer words are capitalised, at least three and four fifths of them."""
    long = [word for word in WORD.findall(words) if len(word) > 3]
    return len(long) >= 3 and sum(1 for word in long if word[0].isupper() or word[0].isdigit()) >= 0.8 * len(long)


def partly_quoted(words: str) -> bool:
    """Tell whether the full stop at the end is that of words quoted inside the sentence."""
    return QUOTED_END.search(words) is not None


def telegraphic(words: str) -> bool:
    """Tell whether `words` are in the language of headlines: no articles, no auxiliaries, no past tense."""
    known = phrases()
    own = words_of(QUOTED.sub(" ", words))
    return not any(
        word in known.running_prose.words or word in known.irregular_pasts.words or _is_past(word) for word in own
    )


def running(words: str) -> bool:
    """Tell whether `words` have the articles and auxiliaries of running prose: two or more."""
    if title_case(words):
        return False
    return sum(1 for word in words_of(QUOTED.sub(" ", words)) if word in phrases().running_prose.words) > 1


def _is_past(word: str) -> bool:
    return len(word) > 4 and word.endswith("ed") and not word.endswith("eed")


def content_words(words: str) -> set[str]:
    """Words that carry what `words` are about, without endings that number and case add."""
    left_out = phrases().function_words.words
    return {word.removesuffix("'s").rstrip("s") for word in words_of(words) if word not in left_out and len(word) > 1}
