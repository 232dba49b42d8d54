"""What is kept: an answer is made once for each state of the record, however many ask for it at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from web_desk import copied

from dragoman import BadInput, Draft, read_all
from dragoman.record import add
from dragoman.record.standing.ask import Known, following
from dragoman.web.desk import Desk
from dragoman.web.kept import Kept
from dragoman.web.settings import Settings


def test_those_who_ask_at_once_get_the_one_answer() -> None:
    kept, made, asked, ready = Kept(), [], Event(), Event()

    def make() -> str:
        made.append(1)
        asked.set()
        ready.wait(10)
        return "an answer"

    with ThreadPoolExecutor(8) as threads:
        answers = [threads.submit(kept.get, "1", "a question", make) for _ in range(8)]
        asked.wait(10)
        other = threads.submit(kept.get, "1", "another", lambda: "at once")
        ready.set()
        assert other.result(10) == "at once"
        assert [one.result(10) for one in answers] == ["an answer"] * 8
    assert made == [1]
    assert kept.get("2", "a question", lambda: "of another state") == "of another state"


def test_a_question_that_failed_can_be_asked_again() -> None:
    kept = Kept()

    def fail() -> str:
        raise BadInput("not now")

    with pytest.raises(BadInput, match="not now"):
        kept.get("1", "a question", fail)
    assert kept.get("1", "a question", lambda: "an answer") == "an answer"


def test_the_least_used_answers_are_dropped() -> None:
    kept = Kept(2)
    for asked in ("one", "two", "one", "three"):
        kept.get("1", asked, lambda asked=asked: f"{asked} made")  # type: ignore[misc]
    assert kept.get("1", "one", lambda: "made again") == "one made"
    assert kept.get("1", "two", lambda: "made again") == "made again"


def test_steps_that_are_kept_are_those_of_the_record_as_it_is(filled: Path, tmp_path: Path) -> None:
    desk = Desk(Settings(str(copied(filled, tmp_path))))

    def stand(day: str) -> dict[str, str]:
        found = following(desk.histories(("taliban",), (), Known(day)), day)
        return {one.holder: one.recognition.level for one in found}

    try:
        before = stand("2025-12-31")
        assert stand("2023-12-31") != before
        assert "NOR" not in before
        told = Draft("Norway recognised the Taliban on Monday.", "2025-09-02")
        add(desk.record, [(reading, "a report") for reading in read_all([told])])
        assert stand("2025-12-31") == before | {"NOR": "recognises"}
    finally:
        desk.close()
