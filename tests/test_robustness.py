"""Any input gives a reading whose offsets hold, or one clear line and exit code 2.

DRAGOMAN_EXAMPLES is the number of generated inputs in all (300 without it; 10000 takes a quarter of an hour).
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from offsets import assert_offsets_hold

from dragoman import BadInput, Reading, read
from dragoman.cli import main
from dragoman.examples import BRIEF
from dragoman.reading.bodies import bodies

CASES = Path(__file__).parent / "cases" / "acts"
EXAMPLES = int(os.environ.get("DRAGOMAN_EXAMPLES", "300"))
PIECES = [
    "Ghana recognised Kosovo.", "The Taliban's envoy met Qatar's emir on Sunday.", "“", "”", '"', "''", "‘", "’", "«",
    "»", "\n", "\n\n", "\r\n", "\x00", "\x0c", "\u2028", "\u200f", "\u202e", "\u0301", "\ufeff", "\ufffd", "Ã©", "â€œ",
    " ", "\t", ".", "…", ":", ";", "-", "—", "(", ")", "the same day", "He", "they", "according to him", "said that",
    "KABUL, July 26 (Reuters) - ", "Read more:", "350,000 tonnes", "seventh", "http://example.org/a?b=c", "<script>",
    "\U0001f1fd\U0001f1f0", "İ", "ß", "台灣", "طالبان", "a" * 300,
]  # fmt: skip
WORDS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
SPACED = st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)
ANY = st.text(st.characters(codec=None, exclude_categories=()), max_size=300)  # lone surrogates too
TEXTS = WORDS | SPACED | ANY | st.tuples(WORDS, ANY, SPACED).map("".join)
SOURCES = st.binary(max_size=300) | TEXTS.flatmap(
    lambda text: st.sampled_from(["utf-8", "utf-16", "utf-16-le", "cp1252", "utf-32", "shift-jis"]).map(
        lambda encoding: text.encode(encoding, "replace" if encoding != "utf-8" else "surrogatepass")
    )
)
LARGE: dict[str, Callable[[], str]] = {
    "one word of 5 MB": lambda: "a" * 5_000_000,
    "one line": lambda: "Ghana recognised Kosovo and " * 2_000,
    "the same sentence": lambda: "Ghana recognised Kosovo. " * 2_000,
    "the same paragraph": lambda: "Ghana recognised Kosovo.\n\n" * 2_000,
    "no sentence": lambda: "Taliban, " * 5_000,
    "only quotation marks": lambda: '"' * 50_000,
    "quotations in quotations": lambda: "“‘" * 5_000 + "x" + "’”" * 5_000,
    "blank lines": lambda: "\n" * 50_000 + "Ghana recognised Kosovo." + "\n" * 50_000,
    "marks to the left": lambda: "\u200f" * 50_000,
    "combining marks": lambda: "e" + "\u0301" * 50_000,
    "NULs": lambda: "\x00" * 50_000 + "Ghana recognised Kosovo.",
    "brackets": lambda: "(" * 50_000,
}
STORIES = [
    *BRIEF.read_text(encoding="utf-8").split("\n\n"),
    *(one["text"] for file in CASES.glob("*.yaml") for one in yaml.safe_load(file.read_text(encoding="utf-8"))),
]
often = settings(deadline=None, suppress_health_check=list(HealthCheck))


def read_or_refused(source: str | bytes, published: str | None = "2022-07-26") -> Reading | None:
    """The reading, its offsets checked; None where the input is refused in one line."""
    try:
        reading = read(source, published)
    except BadInput as error:
        assert str(error) and "\n" not in str(error)
        return None
    assert_offsets_hold(reading)
    return reading


@settings(often, max_examples=EXAMPLES * 6 // 10)
@given(TEXTS)
def test_any_text_is_read_or_refused(text: str) -> None:
    read_or_refused(text)


@settings(often, max_examples=EXAMPLES // 10)
@given(st.data())
def test_a_text_may_begin_and_end_anywhere(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from(STORIES))
    begin = data.draw(st.integers(0, len(whole)))
    read_or_refused(whole[begin : data.draw(st.integers(begin, len(whole)))])


@pytest.mark.parametrize("phrase", [" ".join(words) for words in bodies().always])
def test_a_text_may_end_in_a_body(phrase: str) -> None:
    assert read_or_refused(f"Turkey urged {phrase}") is not None


@settings(often, max_examples=EXAMPLES * 2 // 10)
@given(SOURCES)
def test_any_bytes_are_read_or_refused(source: bytes) -> None:
    read_or_refused(source)


@settings(often, max_examples=EXAMPLES // 10)
@given(source=SOURCES, form=st.sampled_from(["terminal", "json", "html"]))
def test_any_bytes_on_standard_input_end_well(source: bytes, form: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        output, errors = io.TextIOWrapper(io.BytesIO(), "utf-8", "surrogatepass"), io.StringIO()
        patch.setattr(sys, "argv", ["dragoman", "read", "-", "--format", form])
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(source)))
        patch.setattr(sys, "stdout", output)
        patch.setattr(sys, "stderr", errors)
        with pytest.raises(SystemExit) as end:
            main()
    if end.value.code:
        assert end.value.code == 2, errors.getvalue()
        assert errors.getvalue().count("\n") == 1 and errors.getvalue().startswith("dragoman: ")


@pytest.mark.parametrize("make", LARGE.values(), ids=LARGE)
def test_large_and_odd_texts_are_read(make: Callable[[], str]) -> None:
    assert read_or_refused(make()) is not None


@pytest.mark.parametrize("text", ["", " \n\t ", "\x00", "\ufeff"])
def test_nothing_to_read_is_refused_or_empty(text: str) -> None:
    reading = read_or_refused(text)
    assert reading is None or not reading.events


@pytest.mark.parametrize(
    "text",
    [
        "May 18th, the first visit of Chad's president to Ghana.",
        "DEPUTY SECRETARY OF STATE ANN DOE\n\n2:00 p.m. Deputy Secretary Doe meets with Chad’s Appointed Ambassador to"
        " the United States Ali Lee at the Department of State.",
    ],
)
def test_a_time_that_a_sentence_hangs_on_comes_to_an_end(text: str) -> None:
    assert [one.kind for one in read(text, "2021-06-01").events]
