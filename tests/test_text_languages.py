"""Languages: passages that are not in the language read are told, marked, counted and left."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman import BadInput, read
from dragoman.text.languages import language_of, languages

ENGLISH = [one.example for one in languages().read.values()]
RUSSIAN = languages().others["ru"].example


@pytest.mark.parametrize("code", sorted(languages().others))
def test_every_other_language_is_told_from_english(code: str) -> None:
    assert language_of(languages().others[code].example) == code


@pytest.mark.parametrize(
    "words",
    [
        *ENGLISH,
        "Taliban, Islamabad, Beijing, Doha, Ankara, Tehran, Moscow, Riyadh, Abu Dhabi",
        "TALIBAN NAME NEW AMBASSADOR TO CHINA AFTER KABUL TALKS",
        "Amir Khan Muttaqi, Sirajuddin Haqqani and Mullah Abdul Ghani Baradar attended.",
        "Президент: yes",
        "",
    ],
)
def test_english_and_what_is_too_short_to_tell_is_read(words: str) -> None:
    assert language_of(words) is None


def test_a_passage_in_another_language_is_kept_marked_and_counted() -> None:
    first = "Turkey's foreign minister met the Taliban's envoy in Ankara on Monday, officials said."
    last = (
        "China accepted the Taliban's ambassador on Tuesday, the foreign ministry said in a statement "
        "that was shorter than many that it had put out before and that came at the end of a long week in the capital."
    )
    reading = read(f"{first}\n\n{RUSSIAN}\n\n{RUSSIAN[:-1]} снова.\n\n{last}", published="2022-07-26")
    assert reading.report.language == "en"
    assert [one.language for one in reading.passages] == [None, "ru", "ru", None]
    assert {event.kind for event in reading.events} == {"meeting", "accept-diplomats"}
    finding = next(one for one in reading.findings if one.kind == "language")
    assert (finding.quote, finding.figures["passages"], finding.figures["language"]) == (RUSSIAN, 2, "ru")
    assert "2 passages in Russian" in finding.why


def test_a_report_in_another_language_is_kept_and_not_parsed() -> None:
    reading = read(RUSSIAN)
    assert (reading.report.language, reading.report.text, reading.events) == ("ru", RUSSIAN, ())
    assert {one.kind for one in reading.findings} == {"gate", "language"}


def test_a_language_that_is_not_read_is_refused() -> None:
    with pytest.raises(BadInput, match="French"):
        read("Le ministre est arrivé.", language="fr")


@given(st.text(max_size=400))
def test_any_text_has_a_known_language_or_none(words: str) -> None:
    assert language_of(words) in {None, *languages().others}
