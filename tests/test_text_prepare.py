"""Canonical text and passages: the same text, all of it, in order, with the way back to its bytes."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dragoman.domain import BadInput
from dragoman.text import Prepared, prepare

PIECES = st.sampled_from(
    [
        "Kabul met Doha on Sunday.",
        "has been done.",
        "“We agree.”",
        '"',
        "\n",
        "\n\n",
        "\r\n",
        "\u2028",
        "\x00",
        "\u200f",
        "\xa0",
        "Ã©",
        "â€œ",
        "Read more: here",
        "Taliban signs deal with Iran",
        "\ufeff",
        "KABUL, July 25 (Reuters) – ",
        " ",
        "e.g. ",
        "…",
        "Seek ties.",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=40).map("".join))


def holds(prepared: Prepared, source: bytes) -> None:
    text, at = prepared.text, 0
    for index, passage in enumerate(prepared.passages):
        assert at <= passage.start < passage.end <= len(text)
        assert not text[at : passage.start].strip()
        assert not text[passage.start].isspace() and not text[passage.end - 1].isspace()
        assert (passage.repeats is None) == (passage.kind != "repeat")
        assert passage.repeats is None or passage.repeats < index
        at = passage.end
    assert not text[at:].strip()
    for finding in prepared.findings:
        assert text[finding.start : finding.end] == finding.quote
    before = (0, 0)
    for passage in prepared.passages:
        low, high = prepared.source_map.source(passage.start, passage.end)
        assert before[0] <= low < high <= len(source) and before[1] <= high
        before = (low, high)


@settings(max_examples=600, deadline=None)
@example("the \xc0\x80 word")  # NUL, as some write it
@given(TEXTS)
def test_any_text_is_covered_in_order_and_comes_back_to_its_bytes(text: str) -> None:
    source = text.encode("utf-8", "surrogatepass")
    try:
        prepared = prepare(text)
    except BadInput:
        assert not text.strip("\ufeff").strip() or text.startswith(("\ufeff", "ï»¿"))
        return
    holds(prepared, source)
    again = prepare(prepared.text)
    assert (again.text, again.passages) == (prepared.text, prepared.passages)
    if not any(finding.kind == "mojibake" for finding in prepared.findings):
        for start in range(0, len(prepared.text), 7):
            low, high = prepared.source_map.source(start, start + 5)
            assert source[low:high] == prepared.text[start : start + 5].encode()


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.binary(), TEXTS.map(lambda text: text.encode("utf-16", "replace")), st.binary(min_size=200)))
def test_any_bytes_are_read_or_refused_in_one_line(data: bytes) -> None:
    try:
        holds(prepare(data), data)
    except BadInput as error:
        assert str(error) and "\n" not in str(error)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 2_000_000,
        "word " * 400_000,
        '"' * 2_000_000,
        "\0" * 2_000_000,
        "\u200f" * 2_000_000,
        "A b. c d. " * 200_000,
    ],
    ids=["one word", "one line", "quotes", "nul", "marks", "fragments"],
)
def test_two_megabytes_of_anything_are_prepared(text: str) -> None:
    prepared = prepare(text)
    assert prepared.text == text.replace("\0", "\ufffd")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_encodings_are_told_from_the_bytes(encoding: str) -> None:
    text = "The minister said: “We will not recognise it”.\nHe left Kabul – for Doha.\n"
    data = text.encode(encoding)
    prepared = prepare(data)
    assert prepared.text == text
    start = text.index("Kabul")
    low, high = prepared.source_map.source(start, start + 5)
    assert data[low:high] == "Kabul".encode(prepared.encoding)
    assert any(finding.kind == "encoding" for finding in prepared.findings) == (encoding in {"cp1252", "utf-16-le"})


def test_a_declared_charset_settles_what_the_bytes_do_not() -> None:
    text = "Министр иностранных дел встретился с послом."
    prepared = prepare(text.encode("koi8-r"), declared="KOI8-R")
    assert (prepared.text, prepared.encoding, prepared.findings) == (text, "koi8-r", ())


def test_cyrillic_without_a_declaration_is_guessed_and_said_to_be() -> None:
    text = "Министр иностранных дел Афганистана встретился с послом России в Кабуле и обсудил признание."
    prepared = prepare(text.encode("koi8-r"))
    assert prepared.text == text
    assert [(finding.kind, finding.verdict) for finding in prepared.findings] == [("encoding", "ambiguous")]


def test_damaged_utf8_keeps_the_rest_and_its_offsets() -> None:
    data = "Çavuşoğlu met “him” – “her” – “them” in Kabul".encode() + b"\xff and left."
    prepared = prepare(data)
    assert "\ufffd and left." in prepared.text
    start = prepared.text.index("left")
    low, high = prepared.source_map.source(start, start + 4)
    assert data[low:high] == b"left"


def test_mojibake_is_repaired_and_nothing_else_is_touched() -> None:
    text = "“Quoted” words\xa0stay.\nâ€œWe willâ€\x9d, said FranÃ§ois.\r\nDone\u200f."
    prepared = prepare(text)
    assert prepared.text == "“Quoted” words\xa0stay.\n“We will”, said François.\r\nDone\u200f."
    (finding,) = prepared.findings
    assert (finding.kind, finding.verdict, finding.figures) == ("mojibake", "defect", {"runs": 3})
    start = prepared.text.index("François")
    low, high = prepared.source_map.source(start, start + 8)
    assert text.encode()[low:high].decode() == "FranÃ§ois"


def test_text_misread_twice_is_repaired_next_to_curly_quotes() -> None:
    assert prepare("President FranÃ\x83Â§ois said “yes”.").text == "President François said “yes”."


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b" \n\t", "no text"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "ZIP"),
        (b"\x00\x01\x02\x03" * 50, "binary"),
        ("", "no text"),
        ("\ufeff\n", "no text"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes | str, what: str) -> None:
    with pytest.raises(BadInput, match=what):
        prepare(data)
