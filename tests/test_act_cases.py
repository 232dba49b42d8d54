"""Act cases: every sentence is read as it is labelled, save those that say why they are known to be missed."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import msgspec
import pytest
import yaml

from dragoman import Draft, Reading, read_all
from dragoman.score.acts import ActCase, judge

FILES = sorted((Path(__file__).parent / "cases" / "acts").glob("*.yaml"))
CASES = {
    case.text: case
    for file in FILES
    for case in msgspec.convert(yaml.safe_load(file.read_text(encoding="utf-8")), list[ActCase])
}
BRIEF = [
    "meeting",
    "wanted-listing",
    "request-recognition",
    "non-recognition",
    "humanitarian-mission",
    "statement",
    "accept-diplomats",
    "trade-deal",
    "outreach",
    "request-comment",
    "attack",
    "takeover",
]


@cache
def readings() -> dict[str, Reading]:
    """All cases read in one batch."""
    return dict(zip(CASES, read_all(Draft(case.text, case.published) for case in CASES.values()), strict=True))


@pytest.mark.parametrize("case", CASES.values(), ids=lambda case: case.text[:60])
def test_a_case_is_read_as_labelled(case: ActCase, request: pytest.FixtureRequest) -> None:
    if case.miss:
        request.applymarker(pytest.mark.xfail(reason=case.miss, strict=True))
    judged = judge(case, readings()[case.text])
    assert not judged.slips


def test_each_act_of_the_example_has_at_least_thirty_sentences() -> None:
    for kind in BRIEF:
        file = next(one for one in FILES if one.stem == kind)
        assert len(yaml.safe_load(file.read_text(encoding="utf-8"))) >= 30


def test_no_more_than_one_case_in_ten_is_known_to_be_missed() -> None:
    missed = Counter(bool(case.miss) for case in CASES.values())
    assert missed[True] * 10 <= missed.total()
