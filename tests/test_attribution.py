"""Attribution: who says what, by the cues of the lexicon and the weights that are shipped."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import Claim, lexicon, read
from dragoman.domain import BadInput
from dragoman.reading.attribution.cues import cue_entries
from dragoman.reading.attribution.decide import WEIGHTS, weights
from dragoman.reading.attribution.hashing import BITS, hashed
from dragoman.reading.attribution.network import NETWORK, network

ROOT = Path(__file__).resolve().parents[1]
TRAIN = ROOT / "scripts" / "train_attribution.py"
CUES = cue_entries()
EXAMPLES = [CUES.about_example, CUES.phrases.example, CUES.adverbs.example]
EXAMPLES += [group.example for group in CUES.frames]
EXAMPLES += [sense.example for sense in (*CUES.verbs, *CUES.nouns, *CUES.adjectives, *CUES.sources)]
MADE_UP = [
    ("Anna said that the bridge was safe.", ("Anna", "said", "that the bridge was safe")),
    ("“The well is dry,” said Bela.", ("Bela", "said", "“The well is dry,”")),
    ("According to Carla, the train left.", ("Carla", "According to", "the train left")),
    ("Dora wants to see the sea. It rained.", ("Dora", "wants", "to see the sea")),
]


def told(text: str) -> list[tuple[str | None, str | None, str]]:
    """Source, cue and content of each claim, in words."""
    return [_words(text, claim) for claim in read(text).claims]


def _words(text: str, claim: Claim) -> tuple[str | None, str | None, str]:
    source, cue = claim.source_span, claim.cue
    return (
        text[source.start : source.end] if source else None,
        text[cue.start : cue.end] if cue else None,
        text[claim.content.start : claim.content.end],
    )


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_cue_gives_a_claim(example: str) -> None:
    found = told(example)
    assert found
    assert found[0][1]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("The minister said on Monday that talks would resume.", ("The minister", "said", "that talks would resume")),
        ("Talks will resume, the minister said.", ("the minister", "said", "Talks will resume")),
        ("“Talks will resume,” the minister said.", ("the minister", "said", "“Talks will resume,”")),
        ("According to him, Turkey will open an embassy.", ("him", "According to", "Turkey will open an embassy")),
        ("Turkey will open an embassy, according to Li.", ("Li", "according to", "Turkey will open an embassy")),
        ("The ministry denied that talks had begun.", ("The ministry", "denied", "that talks had begun")),
        ("Haqqani urged all countries to recognise the Taliban.",
         ("Haqqani", "urged", "all countries to recognise the Taliban")),
        ("The ambassador, citing the attack, criticised the plan.", ("The ambassador", "criticised", "the plan")),
    ],
)  # fmt: skip
def test_a_claim_has_its_source_its_cue_and_clean_edges(text: str, claim: tuple[str, str, str]) -> None:
    assert claim in told(text)


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("Li said he saw no need for talks, telling reporters that the bridge was safe.", "Li", "telling"),
        ("Li said the talks were over, and urged that everybody go home.", "Li", "urged"),
        ("The decision angered the ministers of the region.", "the ministers", "angered"),
        ("The ministers were angered that the talks had failed.", "The ministers", "angered"),
        ("Anna spent the week praising the plan of the ministry.", "Anna", "praising"),
        ("“How high is the wall?” asked the boy, who wore a hat.", "the boy", "asked"),
    ],
)
def test_the_source_is_found_through_the_clauses_around_a_cue(text: str, source: str, cue: str) -> None:
    found = [one for one in told(text) if one[1] and cue in one[1]]
    assert found
    assert found[0][0] and source in found[0][0]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("The agency quoted the envoy as saying that the talks had failed.",
         [("The agency", "quoted", "the envoy as saying that the talks had failed"),
          ("the envoy", "saying", "that the talks had failed")]),
        ("The talks had failed, the agency quoted the envoy as saying.",
         [("the agency", "quoted", "The talks had failed"), ("the envoy", "saying", "The talks had failed")]),
        ("The envoy was cited as saying that the talks had failed.",
         [("The envoy", "was cited as saying", "that the talks had failed")]),
    ],
)  # fmt: skip
def test_who_is_quoted_and_who_quotes_are_told_apart(text: str, claims: list[tuple[str, str, str]]) -> None:
    assert set(claims) <= set(told(text))


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("In the minister's view, the talks failed.", ("the minister's", "view", "the talks failed")),
        ("The talks, in the view of one envoy, have failed.",
         ("one envoy", "in the view of", "The talks, in the view of one envoy, have failed")),
        ("The deal was a mistake, in the words of Li.", ("Li", "in the words of", "The deal was a mistake")),
    ],
)  # fmt: skip
def test_a_phrase_names_the_source_of_its_sentence(text: str, claim: tuple[str, str, str]) -> None:
    assert claim in told(text)


def test_a_quotation_that_its_cue_breaks_is_one() -> None:
    text = "“We are neighbours, and neighbours talk,” Anna said, “but the road is still closed to all of us.”"
    assert ("Anna", "said", text) in told(text)


def test_a_quotation_goes_on_behind_the_words_that_say_who_speaks() -> None:
    text = "“They come, they smile, they leave,” says Farida, a former judge of the town. “Nobody stays long enough.”"
    spoken = [content for source, _, content in told(text) if source == "Farida"]
    assert any("They come" in one for one in spoken)
    assert any("Nobody stays" in one for one in spoken)


def test_a_relative_pronoun_is_the_source_where_it_is_known_who_it_stands_for() -> None:
    known = told("The plan was made by Olaf Scholz, who said that the talks had failed.")
    assert ("who", "said", "that the talks had failed") in known
    unknown = told("The plan was made by a tired architect, who said that the talks had failed.")
    assert ("a tired architect", "said", "that the talks had failed") in unknown


def test_a_colon_gives_only_the_quotation_behind_it() -> None:
    found = told("Motwani: “The road is closed.” Nobody came to the town.")
    assert ("Motwani", ":", "“The road is closed.”") in found


def test_the_land_that_a_report_begins_with_says_nothing() -> None:
    text = "Turkmenistan: The ministry has informed that its envoy met the ambassador of Iran. The talks went on."
    assert "Turkmenistan" not in {source for source, _, _ in told(text)}


def test_questions_and_answers_are_turns_by_their_letters() -> None:
    text = "Q. Will the talks go on?\n\nA. Nobody knows. Li said that they had failed.\n\nA. list of towns"
    found = told(text)
    assert ("Q", ".", "Will the talks go on?") in found
    assert ("A", ".", "Nobody knows. Li said that they had failed.") in found
    assert ("Li", "said", "that they had failed") in found
    assert not [one for one in told("A. list of the towns\n\nLi said that it rained.") if one[0] == "A"]


def test_attributions_stand_in_one_another() -> None:
    text = "The spokesman said that the minister believes that the talks failed."
    found = told(text)
    assert ("The spokesman", "said", "that the minister believes that the talks failed") in found
    assert ("the minister", "believes", "that the talks failed") in found


def test_what_somebody_says_by_the_words_of_another_is_said_by_both() -> None:
    found = told("According to Li, the minister said that the talks failed.")
    assert ("Li", "According to", "the minister said that the talks failed") in found
    assert ("the minister", "said", "that the talks failed") in found


def test_a_quotation_goes_on_over_sentences_and_paragraphs() -> None:
    text = "“We came to talk,” Motwani said. “We stayed for a week.\n\n“Nobody came. We left.”\n\nIt rained."
    claims = read(text).claims
    spoken = [one for one in claims if one.source_span and text[one.source_span.start :].startswith("Motwani")]
    assert spoken
    assert all(one.manner == "direct" for one in spoken)
    for words in ("We came", "We stayed", "Nobody came. We left"):
        assert any(words in text[one.content.start : one.content.end] for one in spoken)
    assert all("rained" not in text[one.content.start : one.content.end] for one in claims)


def test_a_quotation_behind_indirect_speech_is_the_speakers_and_says_that_it_was_taken_so() -> None:
    text = "According to Motwani, the talks had one goal. “They wanted to be seen.” The talks ended."
    quoted = [one for one in read(text).claims if "They wanted" in text[one.content.start : one.content.end]]
    assert [one.manner for one in quoted] == ["direct"]
    assert quoted[0].source_span and text[quoted[0].source_span.start :].startswith("Motwani")
    assert quoted[0].doubts


@pytest.mark.parametrize(
    ("text", "manner"),
    [
        ("“Talks will resume soon,” the minister said.", "direct"),
        ("The minister said that talks would resume.", "indirect"),
        ("The minister said that talks would resume “as soon as the guns fall silent” in the east.", "mixed"),
    ],
)
def test_the_manner_says_how_much_is_quoted(text: str, manner: str) -> None:
    assert [one.manner for one in read(text).claims][:1] == [manner]


@pytest.mark.parametrize("dash", ["-", "\u2014", "\u2015"])
def test_a_dash_of_either_sort_gives_the_quotation_before_it_to_the_name_behind_it(dash: str) -> None:
    text = (
        f"It rained.\n\n“We came to talk. We stayed for a whole week.” {dash} Motwani, a teacher\n\nThe talks ended."
    )
    assert ("Motwani", dash, "“We came to talk. We stayed for a whole week.”") in told(text)


def test_a_closing_mark_that_opens_a_line_opens_a_quotation() -> None:
    text = "It rained.\n\n”We came to talk. We stayed for a whole week.” — Motwani\n\nThe talks ended."
    assert ("Motwani", "—", "”We came to talk. We stayed for a whole week.”") in told(text)


def test_a_turn_of_a_transcript_may_stand_in_quotation_marks() -> None:
    text = 'The interview follows.\n\n"MOTWANI: The talks will resume on Monday. We stay.\n\n"LI WEI: Nobody came.'
    found = told(text)
    assert ("MOTWANI", ":", "The talks will resume on Monday. We stay.") in found
    assert ("LI WEI", ":", "Nobody came.") in found


def test_nobody_is_no_source() -> None:
    assert not [one for one in told("No official said that talks had begun.") if one[1] == "said"]


WORDS = [
    "Ann",
    "said",
    "“",
    "”",
    '"',
    "''",
    "according",
    "to",
    ":",
    "-",
    "that",
    "he",
    "reportedly",
    ".",
    ",",
    "\n\n",
    "the",
    "talks",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join) | st.text(max_size=80))
def test_whatever_the_text_claims_lie_in_it(text: str) -> None:
    try:
        reading = read(text)
    except BadInput:
        return
    canonical = reading.report.text
    for claim in reading.claims:
        for span in (claim.source_span, claim.cue, claim.content):
            if span is not None:
                assert 0 <= span.start < span.end <= len(canonical)
        content = canonical[claim.content.start : claim.content.end]
        assert content == content.strip()


def test_the_weights_and_the_network_are_small_and_hold_no_words() -> None:
    size = 0
    for name in (WEIGHTS, NETWORK):
        with lexicon.opened(name) as file:
            size += len(file.read())
    assert size < 10_000_000
    assert weights().cue.shape == weights().content.shape == (1 << BITS,)
    for numbers in (weights().cue, weights().content, network()):
        assert np.isfinite(numbers).all() and numbers.any()


def test_a_feature_is_a_place_and_nothing_else() -> None:
    columns = {"one": np.array([1, 1, 2], np.uint64), "other": np.array([5, 6, 5], np.uint64)}
    places = hashed(columns, ("one", "one other"))
    assert places.shape == (2, 3)
    assert places.dtype == np.int64 and (places >= 0).all() and (places < 1 << BITS).all()
    assert places[0, 0] == places[0, 1] != places[0, 2]
    assert len(set(places[1].tolist())) == 3


def _marked(text: str, part: str) -> list[list[int]]:
    at = text.index(part)
    return [[at, at + len(part)]]


def test_the_same_articles_train_the_same_weights(tmp_path: Path) -> None:
    articles = tmp_path / "articles.jsonl"
    rows = [
        {
            "id": str(at),
            "text": text,
            "attributions": [
                {name: _marked(text, part) for name, part in zip(("source", "cue", "content"), parts, strict=True)}
            ],
        }
        for at, (text, parts) in enumerate(MADE_UP)
    ]
    articles.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        subprocess.run(
            [sys.executable, str(TRAIN), str(articles), "--out", str(folder)], check=True, capture_output=True
        )
    for name, shape in ((WEIGHTS, (2, 1 << BITS)), (NETWORK, network().shape)):
        first, second = (folder / name for folder in folders)
        assert first.read_bytes() == second.read_bytes()
        assert np.load(first).shape == shape
        assert np.load(first).any()
