"""References: the words of a report that stand for somebody, located in its parse.

A reference is a mention on its way to being resolved: a whole noun phrase ("Malaysia's special adviser to Afghanistan
Ahmed Azam Abdul Rahman") with the person, the office and the polity in it.  A `Cast` holds those of one report and
answers which of them a token belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dragoman.domain import Argument, EntityKind, MentionBy

STATES: frozenset[EntityKind] = frozenset({"polity", "regime"})  # what acts as a state
Form = Literal["name", "person", "office", "institution", "group", "body", "pronoun", "description", "couple"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A noun phrase that stands for somebody.

    ``first`` and ``last`` bound the phrase's tokens (``last`` exclusive); ``start`` and ``end`` are the offsets of the
    words that name the entity; ``sentence`` is an index into ``Parsed.sentences``.
    """

    first: int
    last: int
    start: int
    end: int
    sentence: int
    form: Form
    by: MentionBy
    kind: EntityKind | None = None
    entity: str | None = None
    for_: str | None = None
    office: str | None = None
    plural: bool = False
    candidates: tuple[str, ...] | None = None
    reason: str | None = None
    head: int = -1  # token of the office's noun
    owner: int | None = None  # token of the possessive pronoun that says whose office it is
    also: tuple[str, ...] = ()  # further parties that the same office is named for ("Uzbek and Turkmen officials")
    members: tuple[int, ...] = ()  # those a plural stands for, as indices into the cast

    @property
    def party(self) -> str | None:
        """The polity, regime or organization that acts through this reference, or the entity itself."""
        return self.for_ or self.entity

    def argument(self) -> Argument:
        """The same as a part in an event."""
        for_ = self.for_ if self.for_ != self.entity else None
        return Argument(
            entity=self.entity,
            for_=for_,
            office=self.office,
            start=self.start,
            end=self.end,
            candidates=self.candidates,
        )


class Cast:
    """The references of a report, by token."""

    def __init__(self, references: Iterable[Reference], length: int) -> None:
        self.references: list[Reference] = sorted(references, key=lambda one: (one.first, -one.last))
        self._at: list[int | None] = [None] * length
        for index, one in enumerate(self.references):
            for token in range(one.first, one.last):
                if self._at[token] is None:
                    self._at[token] = index

    def at(self, token: int) -> Reference | None:
        """The reference that the token belongs to."""
        index = self._at[token]
        return None if index is None else self.references[index]

    def ambiguous_before(self, one: Reference) -> bool:
        """Whether a name that may be of several stands right before: "the Korean minister" says whose, not which."""
        before = self.at(one.first - 1) if one.first else None
        return before is not None and before.entity is None and bool(before.candidates)

    def index_at(self, token: int) -> int | None:
        """The index of that reference."""
        return self._at[token]

    def resolve(self, index: int, **found: object) -> None:
        """Put what was found out in place of what was known (coreference works through the text in order)."""
        self.references[index] = replace(self.references[index], **found)  # type: ignore[arg-type]

    def between(self, first: int, last: int) -> Sequence[Reference]:
        """The references that lie wholly within the tokens [first, last)."""
        seen = sorted({index for index in self._at[first:last] if index is not None})
        return [one for one in (self.references[index] for index in seen) if one.first >= first and one.last <= last]
