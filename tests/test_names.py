"""Names in text: found by what they are written like, settled by what else the text names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.reading.names import catalogue, find_names, find_topics


def entities(text: str) -> list[str | None]:
    return [one.entity for one in find_names(text)]


def read(text: str) -> list[tuple[str, str | None, str]]:
    return [(one.text, one.entity, one.by) for one in find_names(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Malaysia's envoy", [("Malaysia", "MYS", "name")]),
        ("Malaysia’s envoy", [("Malaysia", "MYS", "name")]),
        ("US-Iran talks", [("US", "USA", "alias"), ("Iran", "IRN", "name")]),
        ("the Kabul-based channel", [("Kabul", "kabul", "name")]),
        ("the U.S. and the U.S.'s friends", [("U.S.", "USA", "alias")] * 2),
        ("KABUL: AFGHANISTAN", [("KABUL", "kabul", "name"), ("AFGHANISTAN", "AFG", "name")]),
        ("the Kremlin denied it", [("Kremlin", "RUS", "metonymy")]),
        ("Afghans and an Afghan", [("Afghans", "AFG", "demonym"), ("Afghan", "AFG", "demonym")]),
        ("a Côte d’Ivoire court", [("Côte d’Ivoire", "CIV", "name")]),
        ("Swaziland, Burma and Czechia", [("Swaziland", "SWZ", "alias"), ("Burma", "MMR", "alias"),
                                          ("Czechia", "CZE", "name")]),
    ],
)  # fmt: skip
def test_names_are_found_in_their_forms(text: str, found: list[tuple[str, str, str]]) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "He told us of turkey and china.",
        "Indianapolis, the Usance and the Malines",
        "user@Iran.example",
        "the South American bloc and Latin America",
        "Michael Jordan and Paris Hilton",
        "Ayad al-Iraqi",
        "Mr. Bloomberg and Dr. London",
        "the Paris Agreement and the Vienna Convention",
        "a professor at Pittsburgh University",
    ],
)
def test_what_only_looks_like_a_polity_is_not_read_as_one(text: str) -> None:
    kinds = {catalogue()[one].kind for one in entities(text) if one}
    assert not kinds & {"polity", "outlet"} and "paris" not in entities(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the People's Republic of China and the Republic of China", ["CHN", "TWN"]),
        ("Guinea, Guinea-Bissau, Equatorial Guinea, Papua New Guinea", ["GIN", "GNB", "GNQ", "PNG"]),
        ("Niger, Nigeria, Nigerien, Nigerian", ["NER", "NGA", "NER", "NGA"]),
        ("Sudan, South Sudan, Sudanese, South Sudanese", ["SDN", "SSD", "SDN", "SSD"]),
        ("North Korea and South Korea", ["PRK", "KOR"]),
        ("Dominica and the Dominican Republic", ["DMA", "DOM"]),
        ("Oman, Romania, Roman", ["OMN", "ROU"]),
        ("the Afghan Taliban, the Pakistani Taliban and the TTP", ["taliban", *["pakistani-taliban"] * 2]),
        ("Northern Ireland and Ireland", ["northern-ireland", "IRL"]),
        ("New Mexico and Mexico", ["new-mexico", "MEX"]),
    ],
)
def test_the_longest_name_is_taken(text: str, found: list[str]) -> None:
    assert entities(text) == found


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("Georgia's governor met voters in Atlanta.", "georgia-usa"),
        ("Georgia asked Tbilisi's friends.", "GEO"),
        ("Congo's army lost Goma.", "COD"),
        ("Congolese officials flew to Brazzaville.", "COG"),
        ("Korea and the DPRK", "PRK"),
        ("Tripoli, Lebanon", "tripoli-lbn"),
        ("Tripoli and its militias", "tripoli"),
        ("They met in Brussels.", "brussels"),
    ],
)
def test_namesakes_are_settled_by_the_text(text: str, entity: str) -> None:
    first = find_names(text)[0]
    assert (first.entity, first.candidates) == (entity, None)


def test_a_namesake_that_nothing_settles_keeps_its_candidates_and_the_reason() -> None:
    (mention,) = find_names("The army of Congo fought on.")
    assert mention.entity is None
    assert mention.candidates == ("COD", "COG")
    assert mention.reason is not None and "nothing in the text" in mention.reason


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("GNU software", []),
        ("Libya and the GNU", ["LBY", "libya-gnu"]),
        ("Dawn broke over the town.", []),
        ("Dawn newspaper reported it.", ["dawn"]),
        ("The Independent Election Commission met.", []),
        ("He told The Independent so.", ["the-independent"]),
        ("The Guardian reported it.", ["the-guardian"]),
        ("It happened on Friday. (The Times)", ["the-times"]),
    ],
)
def test_an_unsure_name_needs_a_word_for_it(text: str, found: list[str]) -> None:
    assert entities(text) == found


def test_a_surname_read_once_is_not_a_polity_later() -> None:
    assert entities("Michael Jordan won. Jordan thanked the king of Jordan.") == ["JOR"]


PIECES = ["Georgia", "US", "İran", "’s", " ", "-", "Congo", "The Times", "\n", "Mr. ", ", ", "Lebanon", "Tripoli"]


@given(st.text() | st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_text_is_read_and_offsets_hold(text: str) -> None:
    last = 0
    for mention in find_names(text):
        assert last <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert mention.entity is None or mention.entity in catalogue()
        assert mention.entity is not None or (mention.candidates and mention.reason)
        last = mention.end
    for topic in find_topics(text, 1, max(1, len(text) - 1)):
        assert 1 <= topic.start < topic.end < len(text)


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("discussed banking, education, bilateral cooperation and scholarship for Afghans",
         ["banking", "education", "bilateral cooperation", "scholarship"]),
        ("an inclusive government and respect for women’s rights", ["inclusive government", "women's rights"]),
        ("Counter-Terrorism and the Security of Borders", ["counterterrorism", "security", "border"]),
        ("embankments and insecurity", []),
    ],
)  # fmt: skip
def test_topics_are_found_by_their_phrases(text: str, topics: list[str]) -> None:
    found = find_topics("İ " + text, 2, len(text) + 2)
    assert [one.topic for one in found] == topics
    assert all(("İ " + text)[one.start : one.end].lower() in text.lower() for one in found)
