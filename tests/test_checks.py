"""Checks: what a report counts, against those whom it names."""

from __future__ import annotations

import pytest

from dragoman import read


def counted(text: str) -> list[tuple[str, str]]:
    """Verdict and reason of each finding on a count."""
    return [(one.verdict, one.why) for one in read(text, "2025-07-10").findings if one.kind == "count"]


@pytest.mark.parametrize(
    ("text", "verdict", "words"),
    [
        ("Turkey is the fourth country to accept Taliban diplomats, after Pakistan, China and Qatar.",
         "consistent", "3 named before it: Pakistan, China, Qatar"),
        ("Turkey is the second country to accept Taliban diplomats, after Pakistan, China and Qatar.",
         "inconsistent", "where “number 2” needs 1"),
        ("Turkey is the seventh country to accept Taliban diplomats, after Pakistan and China.",
         "unresolved", "“number 7” needs 6, and the others are not named"),
        ("Ghana became the fifth country to recognise Kosovo.", "unresolved", "“number 5” cannot be checked"),
        ("Four countries - Iran, Pakistan, Russia and Turkmenistan - have recognised Abkhazia.",
         "consistent", "4 named: Iran, Pakistan, Russia, Turkmenistan"),
        ("Three countries, Pakistan and Russia, have recognised Abkhazia.", "inconsistent", "2 named"),
        ("Palestine has been recognised by more than 140 states.", "unresolved", "does not name them"),
        ("Russia is the only country to recognise the Taliban. China has recognised the Taliban.",
         "inconsistent", "the report names more that did the same: China"),
        ("Only Russia has recognised the Taliban.", "unresolved", "cannot be told from the report"),
        ("No country has recognised the Taliban. Russia recognised the Taliban.", "ambiguous", "done by Russia"),
    ],
)  # fmt: skip
def test_a_count_is_held_against_those_named_or_said_not_to_be_checkable(text: str, verdict: str, words: str) -> None:
    found = counted(text)
    assert [one for one, _ in found] == [verdict]
    assert words in found[0][1]


@pytest.mark.parametrize(
    "text",
    [
        "No country has recognised the Taliban.",
        "Russia recognised the Taliban. No other country has recognised the Taliban.",
        "Pakistan and Russia have recognised Abkhazia.",
    ],
)
def test_where_nothing_is_counted_against_others_nothing_is_found(text: str) -> None:
    assert counted(text) == []
