"""The page of one reading, in a real browser: self-contained, and what is read lights up in the report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dragoman import Reading, read
from dragoman.examples import BRIEF
from dragoman.show.page import page

HOSTILE = "<script>document.title='taken'</script> Ghana recognised <b>Kosovo</b> on Sunday."


def events_of(reading: Reading, kind: str) -> list[str]:
    return [event.id for event in reading.events if event.kind == kind]


@pytest.fixture(scope="module")
def brief() -> Reading:
    return read(BRIEF.read_bytes(), "2022-07-26")


@pytest.fixture
def opened(chromium: Browser, brief: Reading, tmp_path: Path) -> Iterator[Page]:
    """The example's page, opened as a file; anything it asks of a network fails the test."""
    file = tmp_path / "reading.html"
    file.write_text(page(brief), encoding="utf-8")
    asked: list[str] = []
    tab = chromium.new_page(viewport={"width": 1280, "height": 800})
    tab.on("request", lambda request: asked.append(request.url))
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.goto(file.as_uri())
    yield tab
    assert asked == [file.as_uri()] and not errors
    tab.close()


def lit(tab: Page, role: str) -> str:
    return " ".join(" ".join(tab.locator(f"mark.lit.{role}").all_inner_texts()).split())


def test_hovering_an_event_lights_its_evidence_and_parts(opened: Page, brief: Reading) -> None:
    meeting = events_of(brief, "meeting")[0]
    opened.hover(f"#{meeting} .said")
    expect(opened.locator(f"#{meeting}")).to_have_class("item affirmed lit")
    assert "Amir Khan Muttaki" in lit(opened, "actor")
    assert "Ahmed Azam Abdul Rahman" in lit(opened, "target")
    assert lit(opened, "time") == "Sunday"
    assert "met Malaysia's special adviser" in lit(opened, "evidence")
    opened.hover("h1")
    expect(opened.locator("mark.lit")).to_have_count(0)


def test_a_click_holds_and_a_second_lets_go(opened: Page, brief: Reading) -> None:
    deal = events_of(brief, "trade-deal")[0]
    opened.click(f"#{deal} .said")
    expect(opened.locator("mark.lit.target").first).to_be_in_viewport()
    opened.hover("h1")
    assert lit(opened, "target") == "Iran"
    opened.click(f"#{deal} .said")
    opened.hover("h1")
    expect(opened.locator("mark.lit")).to_have_count(0)


def test_the_keyboard_is_enough(opened: Page, brief: Reading) -> None:
    opened.locator("#e1").focus()
    assert "Malaysia" in lit(opened, "target")
    opened.keyboard.press("Enter")
    opened.keyboard.press("Tab")
    expect(opened.locator("#e2")).to_be_focused()
    expect(opened.locator("#e2")).to_have_class("item affirmed lit")
    opened.keyboard.press("Escape")
    opened.locator("#e2").blur()
    expect(opened.locator("mark.lit")).to_have_count(0)


def test_a_folded_repeat_opens_for_its_evidence(opened: Page, brief: Reading) -> None:
    twice = next(event.id for event in brief.events if len(event.evidence) == 2)
    assert opened.locator(f"#{twice} blockquote").count() == 2
    opened.locator("details summary").click()
    opened.hover(f"#{twice} .said")
    assert lit(opened, "evidence").count("no nation has so far agreed") == 2


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_nothing_is_wider_than_the_window(opened: Page, width: int) -> None:
    opened.set_viewport_size({"width": width, "height": 800})
    assert opened.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_narrow_screen_the_report_stands_above_the_events(opened: Page) -> None:
    opened.set_viewport_size({"width": 360, "height": 740})
    opened.locator("#e2").scroll_into_view_if_needed()
    report, events = opened.locator("article").bounding_box(), opened.locator("#e1").bounding_box()
    assert report and events and report["y"] + report["height"] <= events["y"]


def test_markup_in_a_report_is_text(chromium: Browser, tmp_path: Path) -> None:
    file = tmp_path / "hostile.html"
    file.write_text(page(read(HOSTILE)), encoding="utf-8")
    tab = chromium.new_page()
    tab.goto(file.as_uri())
    assert tab.title() != "taken"
    assert (
        "<script>document.title='taken'</script> Ghana recognised <b>Kosovo</b>" in tab.locator("article").inner_text()
    )
    assert tab.locator("article script, article b:not(.key b)").count() == 0
    tab.close()
