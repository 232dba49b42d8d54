"""Quotation marks without a partner, and sentences that a mark which closes too early leaves behind."""

from __future__ import annotations

import pytest

from dragoman.reading import parse
from dragoman.text import parsed_findings, prepare
from dragoman.text.quotes import unpaired


def lone(text: str) -> list[tuple[str, int]]:
    extents = []
    at = 0
    for line in text.split("\n"):
        extents.append((at, at + len(line)))
        at += len(line) + 1
    return [(mark.side, mark.start) for mark in unpaired(text, extents)]


@pytest.mark.parametrize(
    "text",
    [
        'He said "yes" and "no."',
        "He said “yes” and ‘no’; it's “a ‘nested’ word”.",
        "Il a dit « oui », „ja“ und »nein«.",
        "“First paragraph.\n“Second paragraph.\n“Third and last.”",
        "``We need this,'' he said. ``It goes on\nand on.''",
        "“It runs on\nwithout a mark\nto the end.”",
        'The screen is 15" wide and 12" high.',
        "The screen is 15'' wide.",
        'A pair "of two sorts” is a pair.',
        '" Spaced as tokens are , " he said .',
        'A rule: """""""" is no quotation.',
        "”Begun with the wrong mark” is begun.",
    ],
)
def test_these_marks_all_have_partners(text: str) -> None:
    assert lone(text) == []


@pytest.mark.parametrize(
    ("text", "side", "at"),
    [
        ('He said "yes and left.', "open", 8),
        ("He said yes” and left.", "close", 11),
        ("“One. “Two.”", "open", 0),
        ("« Oui, a-t-il dit.\n« Non. »\n« Bien.", "open", 28),
    ],
)
def test_a_mark_without_a_partner_is_found(text: str, side: str, at: int) -> None:
    assert lone(text) == [(side, at)]


def test_the_finding_names_the_mark_and_counts_the_others() -> None:
    (finding,) = prepare("He said: “We agree. “They agree, he went on.").findings
    assert (finding.kind, finding.verdict, finding.start, finding.figures) == ("quote", "defect", 9, {"unpaired": 2})


@pytest.mark.parametrize(
    ("text", "stray"),
    [
        (
            '"First, to gain time. Third, the need for support." Seek technical, or developmental assistance.',
            ["Seek technical, or developmental assistance."],
        ),
        (
            "“The aim is to help the people.” Provide food, shelter or medical care.",
            ["Provide food, shelter or medical care."],
        ),
        ('"We need more time for this." Talks continue in Doha.', []),
        ('"We need more time for this." Read the full interview here.', []),
        ('"We need more time for this," he said. Seek technical assistance.', []),
        ("They need support. Seek technical assistance.", []),
        ('"We agree." He left.', []),
    ],
)
def test_an_order_after_a_closing_mark_belongs_to_the_quotation(text: str, stray: list[str]) -> None:
    prepared = prepare(text)
    (parsed,) = parse.parse(parse.model(), [(prepared.text, prepared.passages)])
    found = parsed_findings(parsed)
    assert [finding.quote for finding in found] == stray
    assert all(text[finding.start : finding.end] == finding.quote for finding in found)
