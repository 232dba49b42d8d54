"""Kinds of passages: headings, repeats, trailers, fragments, and the body that none of these is."""

from __future__ import annotations

import textwrap

import pytest

from dragoman.text import prepare
from dragoman.text.phrases import TrailerPhrase, phrases, trailer_phrase, words_of
from dragoman.text.repeats import repeats

STORY = (
    "The foreign minister of Georgia met his Armenian counterpart in Tbilisi on Monday to discuss the border.\n"
    "Both sides agreed that the crossing would open to lorries in the spring, the ministry said in a statement.\n"
    "The two countries have not said who will pay for the new bridge over the river."
)


def kinds(text: str) -> list[tuple[str, str]]:
    prepared = prepare(text)
    return [(passage.kind, prepared.text[passage.start : passage.end]) for passage in prepared.passages]


def of_kind(text: str, kind: str) -> list[str]:
    return [words for found, words in kinds(text) if found == kind]


@pytest.mark.parametrize(
    "headline",
    [
        "Afghan Taliban signs deal with Iran to import 350,000 tonnes of oil",
        "Pakistan PM Imran Khan ousted in no-confidence vote",
        'UN chief calls for "immediate ceasefire."',
        "Mali expels French ambassador",
        "Kosovo Opens Embassy In Jerusalem",
        "Why Is Saudi Arabia Courting Syria Again?",
    ],
)
def test_a_stray_headline_after_the_story_is_a_trailer(headline: str) -> None:
    assert of_kind(f"{STORY}\n{headline}", "trailer") == [headline]


@pytest.mark.parametrize(
    "end",
    [
        "He ended by calling the other side “unhelpful.”",
        "The minister of Armenia left Tbilisi without a word to reporters.",
        "Both sides agreed that the crossing would open and that the",
        "It will open in the spring, and lorries from both sides will",
        "– five tonnes of wheat",
    ],
)
def test_the_last_paragraph_of_the_story_is_body(end: str) -> None:
    assert kinds(f"{STORY}\n{end}")[-1] == ("body", end)


def test_a_list_that_the_story_announces_is_no_trailer() -> None:
    listed = "Egypt sends deputy foreign minister\nOman sends envoy to talks"
    text = f"{STORY}\nThe following agreed to attend the talks in Vienna:\n{listed}"
    assert of_kind(text, "trailer") == []


def test_headlines_under_a_list_of_links_are_trailers_even_inside() -> None:
    text = STORY.replace("\nBoth", "\nRelated stories\nTurkey opens airport in Rize\nBoth")
    assert of_kind(text, "trailer") == ["Related stories", "Turkey opens airport in Rize"]


def test_titles_and_headings_stand_before_running_text() -> None:
    first, second, third = STORY.split("\n")
    text = f"Georgia and Armenia to open crossing\nJuly 25, 2022\n{first}\n{second}\nThe bridge\n{third}"
    assert of_kind(text, "heading") == ["Georgia and Armenia to open crossing", "July 25, 2022", "The bridge"]


@pytest.mark.parametrize(
    ("paragraph", "remnant"),
    [
        ("They discussed scholarships for Afghans. student.", "student."),
        ("Its diplomats are welcome in many countries, including China. has been done.", "has been done."),
        ("He met Gen. Bajwa on Monday. of the region\n", "of the region"),
        ("He left for Doha (Qatar). with them. The talks went on.", "with them."),
    ],
)
def test_a_remnant_after_a_sentence_is_a_passage_of_its_own(paragraph: str, remnant: str) -> None:
    assert of_kind(paragraph, "fragment") == [remnant]
    assert not any(words.rstrip().endswith(remnant) for words in of_kind(paragraph, "body"))


@pytest.mark.parametrize(
    "paragraph",
    [
        "He met Gen. Bajwa, Sen. al-Sadr and others, e.g. traders from the U.S. capital.",
        "They were trained in camps there. al-Qaeda denied it.",
        "The company makes phones of all kinds. iPhone sales fell.",
        "It is said to be so... and yet nobody came.",
        "The site was down on Monday. example.com did not answer.",
        "“Why did they leave?” she asked. “No idea!” he said.",
        "It fell by 3. 5 percent, he said. de Gaulle would not have agreed.",
        "Calif. may raise its minimum wage.",
    ],
)
def test_abbreviations_names_and_quotations_leave_no_remnant(paragraph: str) -> None:
    assert of_kind(paragraph, "fragment") == []


def test_a_repeat_points_to_what_it_repeats() -> None:
    first, second, third = STORY.split("\n")
    prepared = prepare("\n\n".join([first, second, first.replace("'", "’"), third, second.replace("would", "should")]))
    assert [(passage.kind, passage.repeats) for passage in prepared.passages] == [
        ("body", None),
        ("body", None),
        ("repeat", 0),
        ("body", None),
        ("repeat", 1),
    ]
    assert [finding.figures["shared"] == 1 for finding in prepared.findings] == [True, False]


@pytest.mark.parametrize(("old", "new"), [("Armenian", "Turkish"), ("on Monday", "on 5 May"), ("met", "never met")])
def test_another_name_figure_or_negation_is_no_repeat(old: str, new: str) -> None:
    first = STORY.partition("\n")[0] + " They will speak again about the border before the end of the month."
    assert repeats([first, first.replace(old, new)]) == {}


def test_short_turns_of_a_transcript_may_be_said_twice() -> None:
    assert of_kind("QUESTION: Thank you.\n\nMR PRICE: Thank you very much.\n\nQUESTION: Thank you.", "repeat") == []


@pytest.mark.parametrize("gap", ["\n\n", "\n", "\n    "])
def test_wrapped_lines_are_one_paragraph(gap: str) -> None:
    paragraphs = STORY.split("\n")
    indent = gap.lstrip("\n")
    wrapped = gap.replace(indent, "").join(textwrap.fill(words, 60, initial_indent=indent) for words in paragraphs)
    assert [" ".join(words.split()) for _, words in kinds(wrapped)] == paragraphs


@pytest.mark.parametrize("phrase", phrases().trailers, ids=lambda phrase: phrase.example)
def test_each_trailer_phrase_finds_its_example(phrase: TrailerPhrase) -> None:
    assert trailer_phrase(phrase.example) == phrase


def test_each_word_list_has_its_example() -> None:
    for name in type(phrases()).__slots__:
        entry = getattr(phrases(), name)
        if hasattr(entry, "words"):
            assert entry.words & {word.rstrip(".") for word in words_of(entry.example.replace("-", " "))}, name
