"""Languages: which passages are not in the language that a report is read in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from dragoman import lexicon
from dragoman.domain import BadInput, Finding, Passage
from dragoman.text.prepared import Prepared

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SAMPLE = 300  # characters of a passage that are looked at
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
FOREIGN = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")  # letters that are not Latin
FEWEST = 8  # words in Latin letters from which a language can be told,
FEWEST_PLAIN = 4  # not counting those with a capital: names tell no language
FEWEST_FOREIGN = 12  # letters of another alphabet
DOUBT = 0.05  # of the likelihood, that a passage in Latin letters may leave to the language expected


class Read(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A language that is read."""

    name: str
    model: str
    share: float
    example: str
    words: frozenset[str]


class Other(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A language that passages are marked as."""

    name: str
    example: str


class Languages(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``languages.yaml``."""

    read: dict[str, Read]
    others: dict[str, Other]

    def name(self, code: str) -> str:
        """The English name of a language."""
        found: Read | Other | None = self.read.get(code) or self.others.get(code)
        return found.name if found else code


@cache
def languages() -> Languages:
    """Read ``languages.yaml``."""
    return lexicon.entries("languages.yaml", Languages)


def reading_of(code: str) -> Read:
    """What a language is read with.

    Raises
    ------
    BadInput
        When it is not read.
    """
    try:
        return languages().read[code]
    except KeyError:
        known = ", ".join(sorted(languages().read))
        raise BadInput(f"reports in {languages().name(code)!r} are not read; those in {known} are") from None


@cache
def _identifier() -> LanguageIdentifier:
    """The identifier, loaded when a passage is first in doubt (Lui & Baldwin 2012, langid.py)."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    made = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known = languages()
    made.set_languages([*known.read, *known.others])
    return made


def language_of(words: str, expected: str = "en") -> str | None:
    """Tell the language of a passage, where it is surely another than the one expected; else None.

    Words in another alphabet tell it by themselves.  In Latin letters there must be words enough, and hardly any of
    the expected language's commonest among them.
    """
    sample = words[:SAMPLE]
    if not sample.isascii():
        letters = sum(map(str.isalpha, sample))
        foreign = len(FOREIGN.findall(sample))
        if foreign >= FEWEST_FOREIGN and foreign * 2 > letters:
            return _identified(sample, expected, 0.5)
    found = WORD.findall(sample)
    if len(found) < FEWEST:
        return None
    read = reading_of(expected)
    if sum(map(read.words.__contains__, map(str.casefold, found))) >= read.share * len(found):
        return None
    if sum(map(str.islower, found)) < FEWEST_PLAIN:
        return None
    return _identified(sample, expected, DOUBT)


def _identified(sample: str, expected: str, doubt: float) -> str | None:
    """The likeliest language, unless the one expected has more than `doubt` of the likelihood."""
    ranked = _identifier().rank(sample)
    return ranked[0][0] if dict(ranked)[expected] <= doubt else None


@dataclass(frozen=True, slots=True)
class Marked:
    """A report whose passages in other languages are marked; `language` is that of most of it."""

    prepared: Prepared
    language: str

    @property
    def readable(self) -> bool:
        """Whether any passage is in the language that it is read in."""
        return any(one.language is None for one in self.prepared.passages)


def marked(prepared: Prepared, expected: str) -> Marked:
    """Mark the passages that are not in the language expected, with a finding for each language that counts them."""
    apart = [language_of(prepared.text[one.start : one.end], expected) for one in prepared.passages]
    if not any(apart):
        return Marked(prepared, expected)
    passages = tuple(
        msgspec.structs.replace(one, language=language) for one, language in zip(prepared.passages, apart, strict=True)
    )
    findings = (*prepared.findings, *_findings(prepared.text, passages, expected))
    ordered = tuple(sorted(findings, key=lambda one: (one.start, one.end, one.kind)))
    return Marked(replace(prepared, passages=passages, findings=ordered), _most(passages, expected))


def _most(passages: Iterable[Passage], expected: str) -> str:
    sizes: dict[str, int] = defaultdict(int)
    for one in passages:
        sizes[one.language or expected] += one.end - one.start
    return max(sorted(sizes), key=lambda code: (sizes[code], code == expected))


def _findings(text: str, passages: Iterable[Passage], expected: str) -> Iterable[Finding]:
    apart: dict[str, list[Passage]] = defaultdict(list)
    for one in passages:
        if one.language:
            apart[one.language].append(one)
    for code, many in apart.items():
        first, size = many[0], sum(one.end - one.start for one in many)
        count = f"{len(many)} passages" if len(many) > 1 else "1 passage"
        name, read = languages().name(code), languages().name(expected)
        yield Finding(
            kind="language",
            verdict="unresolved",
            start=first.start,
            end=first.end,
            quote=text[first.start : first.end],
            why=f"{count} in {name} ({size:,} characters) {'are' if len(many) > 1 else 'is'} kept and not read; "
            f"{read} is read.",
            figures={"language": code, "passages": len(many), "characters": size},
        )
