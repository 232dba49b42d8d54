"""Attribution and times against marked texts."""

import msgspec
from score_readings import Written

from dragoman.score import attribution, times
from dragoman.score.attribution import Article, Attributed
from dragoman.score.times import Dated, Expression
from dragoman.score.undated import judge as judge_undated

SAID = Written("The minister said the talks failed. Analysts, too, warned of war. Rain fell.")


def stretch(words: str) -> tuple[tuple[int, int], ...]:
    at = SAID.span(words)
    return ((at.start, at.end),)


ARTICLE = Article(
    id="one",
    text=SAID.text,
    attributions=(
        Attributed(stretch("The minister"), stretch("said"), stretch("the talks failed")),
        Attributed(stretch("Analysts"), stretch("warned"), stretch("of war")),
    ),
)


def test_claims_pair_by_content_then_source_and_cue() -> None:
    claims = [
        SAID.claim("talks failed", "minister", "said"),
        SAID.claim("of war.", "The minister", "warned of"),
        SAID.claim("Rain fell"),
    ]
    case = attribution.judge(ARTICLE, SAID.reading(claims=claims))
    content, cue = case.tallies["content"], case.tallies["cue"]
    assert (content.right, content.given, content.wanted) == (2, 3, 2)
    assert case.tallies["source, of those found"].recall == 0.5
    assert case.tallies["content and source"].right == 1
    assert (cue.right, cue.given, cue.wanted) == (2, 2, 2)
    assert [(slip.sort, slip.cause) for slip in case.slips] == [
        ("wrong", "another source"),
        ("spurious", "no gold content there"),
    ]


def test_a_content_read_too_long_is_missed_and_spurious() -> None:
    case = attribution.judge(ARTICLE, SAID.reading(claims=[SAID.claim(SAID.text, "Analysts", "said")]))
    assert case.tallies["content"].right == 0
    assert {slip.cause for slip in case.slips} == {
        "content read too long",
        "overlaps a gold content too little",
    }


DATES = Written("On Monday and in mid-2011, 27-year plans; March 2008. Past the end: 2009.")


def expression(words: str, value: str, type_: str = "DATE") -> Expression:
    at = DATES.span(words)
    return Expression(at.start, at.end, type_, value, words)


DATED = Dated(
    id="one",
    text=DATES.text,
    dct="2008-03-05",
    annotated_end=DATES.text.index("Past"),
    timexes=(
        expression("Monday", "2008-03-03"),
        expression("mid-2011", "2011-06-XX"),
        expression("27-year", "P27Y", "DURATION"),
        expression("March 2008", "2008-03"),
    ),
)


def test_spans_and_values_up_to_the_end_of_the_annotation() -> None:
    found = [
        DATES.time("On Monday", "2008-03-03"),
        DATES.time("mid-2011", "2011"),
        DATES.time("March 2008", "2009-03"),
        DATES.time("2009", "2009"),
    ]
    case = times.judge(DATED, found)
    figures = {name: (one.right, one.given, one.wanted) for name, one in case.tallies.items()}
    assert figures == {"span, relaxed": (3, 3, 3), "span, strict": (2, 3, 3), "value": (1, 2, 2)}
    assert [(slip.sort, slip.cause) for slip in case.slips] == [("wrong", "another value")]
    assert times.note([DATED]).startswith("1 gold values hold an X and are not compared; 0 cases")


def test_causes_of_misses_among_times() -> None:
    case = times.judge(DATED, [DATES.time("Monday", None), DATES.time("March 2008", "P1M", type="DURATION")])
    assert [(slip.sort, slip.cause) for slip in case.slips] == [
        ("missed", "no time there"),
        ("missed", "read as DURATION"),
        ("wrong", "left unresolved"),
    ]


def test_without_a_date_only_a_year_resolves() -> None:
    left, guessed = DATES.time("Monday", None), DATES.time("Monday", "2008-03-03")
    stated = DATES.time("March 2008", "2008-03")
    measure = "relative left unresolved"
    assert judge_undated("one", DATES.reading(times=[left, stated])).tallies[measure].recall == 1
    assert judge_undated("one", DATES.reading(times=[guessed, stated])).tallies[measure].recall == 0


def test_a_day_of_writing_that_is_no_iso_date_is_not_given() -> None:
    assert DATED.published == "2008-03-05"
    assert msgspec.structs.replace(DATED, dct="03-02-2009").published is None
    assert msgspec.structs.replace(DATED, dct=None).published is None
