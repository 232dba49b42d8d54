"""Numerals: numbers in English words and figures."""

from __future__ import annotations

import re

ONES = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = {
    word: 10 * (at + 2)
    for at, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])
}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
SHORT_SCALES = {"m": 10**6, "mn": 10**6, "bn": 10**9, "k": 1_000}
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12,
}  # fmt: skip
FIGURE = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?$")
FIGURE_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)$")


def cardinal(text: str) -> float | None:
    """The number that words or figures say ("two and a half million", "350,000"), or None.

    Parameters
    ----------
    text
        A number by itself, without its unit.
    """
    total, part, seen = 0.0, 0.0, False
    for word in re.split(r"[\s-]+", text.lower().strip()):
        if word in ("and", "a", "an", ""):
            if word in ("a", "an") and not seen:
                part, seen = 1.0, True
            continue
        if word == "half":
            part += 0.5
            seen = True
            continue
        figure = FIGURE.match(word)
        if figure:
            part, seen = part + float(figure[0].replace(",", "")), True
        elif word in ONES or word in TENS:
            part, seen = part + ONES.get(word, TENS.get(word, 0)), True
        elif word in SCALES or word in SHORT_SCALES:
            scale = SCALES.get(word, SHORT_SCALES.get(word, 1))
            part = (part or 1.0) * scale
            seen = True
            if scale >= 1_000:
                total, part = total + part, 0.0
        else:
            return None
    return total + part if seen else None


def ordinal(word: str) -> int | None:
    """The rank that an ordinal says ("seventh", "21st", "twenty-first"), or None."""
    word = word.lower()
    figure = FIGURE_ORDINAL.match(word)
    if figure:
        return int(figure[1])
    head, _, last = word.rpartition("-")
    base = TENS.get(head, 0) if head else 0
    if head and not base:
        return None
    if last in ORDINALS:
        return base + ORDINALS[last]
    if last.endswith("ieth") and last[:-4] + "y" in TENS and not head:
        return TENS[last[:-4] + "y"]
    if last.endswith("th"):
        value = ONES.get(last[:-2]) or SCALES.get(last[:-2])
        return base + value if value else None
    return None
