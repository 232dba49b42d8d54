"""Offices: the phrases that say what a person is for whom ("Malaysia's special adviser to Afghanistan")."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import msgspec

from dragoman import lexicon


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A noun that names an office, and the polity it belongs to where none is named."""

    head: str
    example: str
    of: str | None = None
    voice: bool = False  # speaks for whoever stands behind "for"
    home: bool = False  # is posted nowhere: "to" behind it is no part of the office
    local: bool = False  # several without a polity, "in" a place, are that place's own
    given: bool = False  # a given name too, which it is unless it is said of whom


class Plain(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Holders of an office whom English-language news names without their country."""

    head: str
    of: str
    names: list[str]
    example: str


class Default(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An office in full that belongs to one polity."""

    office: str
    of: str


class Institution(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A noun that stands for a polity's government, or (``self`` false) for an organ of it."""

    head: str
    self: bool
    example: str


class OfficeFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``offices.yaml``."""

    heads: list[Head]
    modifiers: str
    portfolio: str
    terminators: str
    titles: str
    past: str
    defaults: list[Default]
    plain: list[Plain]
    institutions: list[Institution]
    institution_modifiers: str
    groups: str


@dataclass(frozen=True, slots=True)
class Offices:
    """The lexicon of offices, ready for look-up by lower-cased word."""

    heads: dict[str, Head]  # singular and plural forms
    plurals: frozenset[str]
    modifiers: frozenset[str]
    portfolio: frozenset[str]
    terminators: frozenset[str]
    titles: frozenset[str]
    past: frozenset[str]  # words by which somebody has an office no more
    defaults: dict[str, str]
    plain: dict[tuple[str, str], str]  # by the office's noun and the surname
    institutions: dict[str, Institution]
    institution_modifiers: frozenset[str]
    groups: frozenset[str]


def plural(noun: str) -> str:
    """The regular English plural of a noun."""
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    return noun + "s"


@cache
def office_entries() -> OfficeFile:
    """The entries of ``offices.yaml`` as they stand there."""
    return lexicon.entries("offices.yaml", OfficeFile)


@cache
def offices() -> Offices:
    """Load ``offices.yaml``."""
    file = office_entries()
    heads = {one.head: one for one in file.heads}
    plurals = {plural(one.head): one for one in file.heads}
    institutions = {one.head: one for one in file.institutions}
    institutions |= {plural(one.head): one for one in file.institutions}
    groups = file.groups.split()
    return Offices(
        heads=plurals | heads,
        plurals=frozenset(plurals) - frozenset(heads),
        modifiers=frozenset(file.modifiers.split()),
        portfolio=frozenset(file.portfolio.split()),
        terminators=frozenset(file.terminators.split()),
        titles=frozenset(file.titles.split()),
        past=frozenset(file.past.split()),
        defaults={one.office: one.of for one in file.defaults},
        plain={(one.head, name.lower()): one.of for one in file.plain for name in one.names},
        institutions=institutions,
        institution_modifiers=frozenset(file.institution_modifiers.split()) | frozenset(file.modifiers.split()),
        groups=frozenset([*groups, *(plural(one) for one in groups)]),
    )


def default_polity(office: str, head: str, surname: str | None = None) -> str | None:
    """The polity an office belongs to when the text names none ("Secretary of State", "President Biden")."""
    known = offices()
    lower = office.lower()
    if surname and (polity := known.plain.get((head, surname.lower()))):
        return polity
    for name, polity in known.defaults.items():
        if lower.endswith(name) or (f"{name} for " in lower and not lower.startswith(f"{name} for ")):
            return polity  # "Assistant Secretary of State for"; a "Secretary of State for" is another state's
    entry = known.heads.get(head)
    return entry.of if entry else None


def is_past(office: str) -> bool:
    """Whether the words of an office say that it is held no more ("former President")."""
    return not offices().past.isdisjoint(office.lower().replace("-", " ").split())
