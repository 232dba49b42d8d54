"""Encodings: the right text whatever was declared, or a finding that says what is not certain; never in silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.domain import BadInput
from dragoman.text import prepare

RUSSIAN = (
    "Посол прибыл в Кабул в понедельник, сообщило министерство иностранных дел. Переговоры продолжатся во вторник, "
    "заявил представитель министерства."
)
ENGLISH = "The minister said “we won’t recognise them” – at least not yet – in São Paulo’s café, and the envoy agreed."
FRENCH = (
    "Le ministre a déclaré que l’État n’avait pas été reconnu après la réunion de Genève, où étaient les délégués."
)
ARABIC = "التقى وزير الخارجية القائم بالأعمال يوم الاثنين بالسفير الصيني في كابل"


@pytest.mark.parametrize(
    ("text", "written", "declared", "certain"),
    [
        (RUSSIAN, "koi8-r", "koi8-r", True),
        (RUSSIAN, "koi8-r", "utf-8", False),
        (RUSSIAN, "koi8-r", None, False),
        (RUSSIAN, "koi8-r", "windows-1251", False),
        (RUSSIAN, "koi8-r", "windows-1252", False),
        (RUSSIAN, "koi8-r", "iso-8859-1", False),
        (RUSSIAN, "cp1251", "windows-1251", True),
        (RUSSIAN, "cp1251", "koi8-r", False),
        (RUSSIAN, "cp1251", "windows-1252", False),
        (RUSSIAN, "utf-16-le", "utf-16le", True),
        (RUSSIAN, "utf-16", None, True),
        (ARABIC, "cp1256", "windows-1252", False),
        (ENGLISH, "cp1252", "windows-1252", True),
        (ENGLISH, "cp1252", "iso-8859-1", True),
        (ENGLISH, "cp1252", "utf-8", False),
        (ENGLISH, "cp1252", "koi8-r", False),
        (ENGLISH, "utf-8", "windows-1252", True),
        (ENGLISH, "utf-16", "utf-8", True),
        (ENGLISH, "utf-16-be", None, False),
        (FRENCH, "cp1252", "windows-1252", True),
        (FRENCH, "cp1252", "koi8-r", False),
        (FRENCH, "utf-8", "koi8-r", True),
    ],
)
def test_the_right_text_and_a_finding_where_it_had_to_be_told(
    text: str, written: str, declared: str | None, certain: bool
) -> None:
    prepared = prepare(text.encode(written), declared=declared)
    assert prepared.text == text
    assert [one.kind for one in prepared.findings if one.kind in ("encoding", "mojibake")] == (
        [] if certain else ["encoding"]
    )


@given(
    st.sampled_from([RUSSIAN, ENGLISH, FRENCH]),
    st.sampled_from(["koi8-r", "cp1251", "cp1252", "utf-8", "utf-16", "utf-16-le"]),
    st.sampled_from(["koi8-r", "windows-1251", "windows-1252", "iso-8859-1", "utf-8", None]),
)
def test_what_is_not_the_right_text_says_so(text: str, written: str, declared: str | None) -> None:
    try:
        data = text.encode(written)
    except UnicodeEncodeError:
        return
    try:
        prepared = prepare(data, declared=declared)
    except BadInput:
        return
    assert prepared.text == text or any(one.kind in ("encoding", "mojibake") for one in prepared.findings)
