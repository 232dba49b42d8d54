"""Issuers: whose release a text is, by its standing lines, its byline, or because it says so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import msgspec

from dragoman import lexicon
from dragoman.reading.parse import Parsed
from dragoman.reading.reference import Cast
from dragoman.reading.words import Words

JOINT_WITHIN = 4  # sentences at the head of a text among which it says who issues it
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
TWO = 2  # of whom one may be only spoken of ("The United States and Chad are partners. We")
CIRCUMSTANCES = frozenset({"on", "at", "following", "after", "during", "which", "who", ":"})


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A standing line and the polity whose office puts it above its releases."""

    phrase: str
    of: str
    example: str


class Joint(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of "the following statement was released by the Governments of …"."""

    texts: list[str]
    verbs: list[str]
    example: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    issuers: list[Line]
    joint: Joint
    heads: dict[str, list[str]]
    many: str
    titles: list[str]
    head: int


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who "we" are in a release: one polity, or those of a joint statement (indices into the cast); and who "I" is."""

    polity: str | None = None
    author: int | None = None
    jointly: tuple[int, ...] = ()

    @property
    def heads(self) -> list[str]:
        """Surnames of those who were the head of the state that issues the text, or stood in for them."""
        return issuers().heads.get(self.polity or "", [])


@cache
def issuers() -> _File:
    """Load ``issuers.yaml``."""
    return lexicon.entries("issuers.yaml", _File)


def issuer(parsed: Parsed, words: Words, cast: Cast, title: str | None = None) -> Issuer:
    """Who issues the text, as far as its head tells, and its title that it is of several."""
    known = issuers()
    head = parsed.text[: known.head]
    polity = next((one.of for one in known.issuers if one.phrase in head), None) if known.many not in head else None
    author = _byline(parsed, cast, polity)
    if author is not None:
        polity = polity or cast.references[author].for_
    jointly = (
        _jointly(parsed, words, cast) or _together(parsed, cast, polity, title) or _undersigned(parsed, words, cast)
    )
    return Issuer(polity, author, jointly)


def _byline(parsed: Parsed, cast: Cast, polity: str | None) -> int | None:
    """The officer whose name and office are the whole first line ("Ann Lee, Secretary of State")."""
    for index, one in enumerate(cast.references[:1]):
        line = parsed.sentences[0]
        whole = one.first <= line.start and one.last >= line.end
        if whole and one.form == "person" and one.office and (one.for_ or polity):
            return index
    return None


def _together(parsed: Parsed, cast: Cast, polity: str | None, title: str | None) -> tuple[int, ...]:
    """The polities and organizations, its own among them, that a release begins with as the subject of its text."""
    for sentence in parsed.sentences[:JOINT_WITHIN] if polity else ():
        verb = next((word.i for word in sentence if word.tag_ in FINITE), None)
        if verb is None:
            continue
        named: dict[str, int] = {}
        for token in range(sentence.start, verb):
            index = cast.index_at(token)
            one = cast.references[index] if index is not None else None
            if index is not None and one is not None and one.form == "name" and one.by != "demonym" and one.entity:
                named.setdefault(one.entity, index)
        several = len(named) > (1 if any(one in (title or "") for one in issuers().titles) else TWO)
        return tuple(named.values()) if several and polity in named else ()
    return ()


def _undersigned(parsed: Parsed, columns: Words, cast: Cast) -> tuple[int, ...]:
    """The organization whose undersigned members a statement says that it is of."""
    for sentence in parsed.sentences[:JOINT_WITHIN]:
        words = columns.lower[sentence.start : sentence.end]
        if issuers().many not in words:
            continue
        for token in range(sentence.start + words.index(issuers().many), sentence.end):
            index = cast.index_at(token)
            if index is not None and cast.references[index].kind == "organization":
                return (index,)
    return ()


def _jointly(parsed: Parsed, columns: Words, cast: Cast) -> tuple[int, ...]:
    """The polities and organizations by which a joint statement says that it is issued."""
    known = issuers().joint
    for sentence in parsed.sentences[:JOINT_WITHIN]:
        words = columns.lower[sentence.start : sentence.end]
        if "by" not in words or words.index("by") == 0 or words[words.index("by") - 1] not in known.verbs:
            continue
        by = words.index("by")
        if not any(word in known.texts for word in words[:by]):
            continue
        end = next((at for at in range(by + 1, len(words)) if words[at] in CIRCUMSTANCES), len(words))
        named: dict[str, int] = {}
        for token in range(sentence.start + by + 1, sentence.start + end):
            index = cast.index_at(token)
            one = cast.references[index] if index is not None else None
            if one is None:
                continue
            officers = (one.form == "office" and one.party is not None) or (one.form == "person" and one.office)
            if officers or one.kind in ("polity", "regime", "organization"):
                named.setdefault(f"{one.entity} {one.for_}", cast.index_at(token) or 0)
        if len(named) > 1:
            return tuple(named.values())
    return ()
