"""The pages in a real browser: each of them, the slider, review, pasting, keys, narrow and wide, and axe-core."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect
from web_desk import Complaints, copied, opened, served

from dragoman.web.settings import Settings

PAGES = {
    "overview": "/",
    "tracked": "/standing",
    "standing": "/standing/taliban",
    "dossier": "/pairs/CHN/taliban",
    "regime": "/entities/taliban",
    "person": "/entities/amir-khan-muttaki",
    "network": "/network?since=2020-01-01",
    "search": "/search?q=diplomats",
    "review": "/review",
    "paste": "/paste",
    "api": "/api/v1/docs",
}
WIDTHS = (360, 1440)


@pytest.fixture(scope="session")
def pages(ask: httpx.Client) -> dict[str, str]:
    """The address of each page; those of an event and a report are looked up."""
    (event,) = ask.get("/api/v1/events", params={"text": '"seventh country"', "limit": 1}).json()["events"]
    found = {"event": f"/events/{event['id']}", "report": f"/reports/{event['report']}?event={event['id']}"}
    return PAGES | found


@pytest.fixture
def wide(chromium: Browser, desk: str) -> Iterator[tuple[Page, Complaints]]:
    with opened(chromium, desk) as both:
        yield both


@pytest.fixture
def changing(chromium: Browser, filled: Path, tmp_path: Path) -> Iterator[tuple[Page, Complaints]]:
    """A page on a desk whose record may be changed."""
    with served(Settings(str(copied(filled, tmp_path)))) as address, opened(chromium, address) as both:
        yield both


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_fits_and_has_no_serious_fault(
    chromium: Browser, desk: str, pages: dict[str, str], width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()
    with opened(chromium, desk, width) as (page, complaints):
        page.emulate_media(color_scheme="dark" if width == WIDTHS[0] else "light")
        for name, path in pages.items():
            answer = page.goto(path)
            assert answer is not None and answer.status == 200, name
            expect(page.locator("h1")).to_have_count(1)
            page.wait_for_load_state("networkidle")
            across = page.evaluate("document.documentElement.scrollWidth")
            assert across <= width, f"{name} is {across} px wide on {width}"
            found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
            faults = [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found]
            assert not faults, f"{name}, {width} px: {faults}"
    assert complaints == []


def test_who_accepts_the_talibans_diplomats(wide: tuple[Page, Complaints]) -> None:
    page, _ = wide
    page.goto("/")
    story = page.locator(".lead-story", has=page.get_by_role("link", name="Taliban")).first
    expect(story.locator("li", has_text="accept its diplomats").first).to_contain_text("Pakistan")
    story.get_by_role("link", name="Map, table and every day since").click()
    page.get_by_label("On the day").fill("2022-07-26")
    row = page.locator("tr[data-holder=PAK]")
    expect(row).to_contain_text("accepts diplomats")
    expect(row).to_contain_text("Faran Jeffrey")
    row.get_by_role("link", name="follows the examples set by Pakistan").click()
    evidence = page.locator(".context mark").first
    expect(evidence).to_contain_text("follows the examples set by Pakistan, China, Qatar")
    page.get_by_role("heading", level=3).get_by_role("link").first.click()
    expect(page.locator("mark.lit").first).to_be_in_viewport()
    expect(page.locator("article")).to_contain_text("According to him, Turkey will be the seventh country")


def test_the_slider_moves_through_time(wide: tuple[Page, Complaints]) -> None:
    page, complaints = wide
    page.goto("/standing/taliban")
    expect(page.locator("#map[data-drawn]")).to_have_count(1)
    slider = page.get_by_label("Through time")
    last = page.url
    slider.focus()
    slider.press("Home")
    expect(page.locator("#standing h2").first).not_to_contain_text(
        page.get_by_label("On the day").get_attribute("max") or "2026"
    )
    expect(page).not_to_have_url(last)
    early = page.locator("#standing tbody tr").count()
    drawn = page.locator("#map [class*=rank-]").count()
    slider.press("End")
    expect(page.locator("#standing tbody tr")).not_to_have_count(early)
    expect(page.locator("#map [class*=rank-]")).not_to_have_count(drawn)
    shared = page.url
    assert re.search(r"on=\d{4}-\d\d-\d\d", shared)
    rows = page.locator("#standing tbody").inner_text()
    page.goto(shared)
    assert page.locator("#standing tbody").inner_text() == rows
    assert complaints == []


def test_the_table_is_sorted_by_its_heads(wide: tuple[Page, Complaints]) -> None:
    page, _ = wide
    page.goto("/standing/taliban")
    page.get_by_role("link", name="Who", exact=True).click()
    expect(page.locator("th[aria-sort]")).to_have_text("Who")
    names = page.locator("#standing tbody th").all_inner_texts()
    assert names == sorted(names) and len(names) > 5


def test_search_narrows_by_facets(wide: tuple[Page, Complaints]) -> None:
    page, _ = wide
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("recognised")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=recognised"))
    every = page.locator("li.event").count()
    page.locator(".facet").nth(1).get_by_role("link").last.click()
    expect(page.locator(".facet .chosen")).to_have_count(1)
    assert 0 < page.locator("li.event").count() < every
    page.get_by_label("Who takes part").fill("Nobody Whosoever")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("alert")).to_contain_text("nobody of that name is known")


def test_review_by_keys_and_undo(changing: tuple[Page, Complaints]) -> None:
    page, complaints = changing
    page.goto("/review")
    queue = page.locator(".queue li")
    waiting, first = queue.count(), page.locator("h1").inner_text()
    page.keyboard.press("a")
    expect(page.get_by_text("Kept as decision 1")).to_be_visible()
    expect(page.locator("h1")).not_to_have_text(first)
    assert queue.count() <= waiting
    page.keyboard.press("u")
    expect(page.locator("h1")).to_have_text(first)
    expect(page.locator(".history .undone")).to_have_count(1)
    page.keyboard.press("c")
    page.get_by_label("Field").select_option("place")
    page.locator("[data-pick]").first.dblclick(position={"x": 60, "y": 40})
    chosen = page.evaluate("document.getSelection().toString().trim()")
    assert chosen
    expect(page.get_by_label("Is in truth")).to_have_value(chosen)
    page.get_by_role("button", name="Keep the correction").click()
    expect(page.locator(".history")).to_contain_text("correct place")
    page.goto("/review")
    page.keyboard.press("r")
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator(".queue [aria-current]")).to_have_count(1)
    assert complaints == []


def test_an_event_is_merged_and_the_old_address_leads_on(changing: tuple[Page, Complaints]) -> None:
    page, _ = changing
    page.goto("/search?kind=meeting")
    ids = [str(link.get_attribute("href")).split("/")[-1] for link in page.locator("li.event .said a").all()[:2]]
    page.goto(f"/review/{ids[0]}")
    page.keyboard.press("m")
    page.get_by_label("Id of the other event").fill(ids[1])
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.locator(".telling")).to_have_count(2)
    page.goto(f"/events/{ids[0]}")
    one = page.url
    page.goto(f"/events/{ids[1]}")
    assert page.url == one
    expect(page.locator("#history ~ ol")).to_contain_text("a reviewer put them together")


def test_paste_reads_at_once_and_adds_when_told(changing: tuple[Page, Complaints]) -> None:
    page, complaints = changing
    page.goto("/paste")
    page.get_by_label("Text of the report").fill("Ruritania's neighbour Serbia expelled Kosovo's envoy on Monday.")
    page.get_by_label("Published").fill("2023-03-01")
    page.get_by_label("Outlet").fill("Morning Post")
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("li.item.affirmed").first).to_contain_text("Serbia")
    expect(page.get_by_text("Read, not kept.")).to_be_visible()
    page.get_by_role("button", name="Add it to the record").click()
    expect(page).to_have_url(re.compile("/reports/[0-9a-f]{16}$"))
    expect(page.locator(".facts").first).to_contain_text("Morning Post")
    page.get_by_role("link", name="Overview").click()
    expect(page.locator("#came ~ ol li").first).to_contain_text("Ruritania")
    assert complaints == []


def test_what_cannot_be_read_is_said_on_the_page(wide: tuple[Page, Complaints]) -> None:
    page, _ = wide
    page.goto("/paste")
    page.get_by_label("Text of the report").fill("http://169.254.169.254/latest/meta-data")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("alert")).to_contain_text("169.254.169.254")


def test_the_keyboard_is_enough(wide: tuple[Page, Complaints]) -> None:
    page, _ = wide
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    page.keyboard.press("Enter")
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").startswith("Map, table"):
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/standing/"))
    page.goto("/reports/" + page.request.get("/api/v1/reports").json()["reports"][0]["id"])
    item = page.locator("li.item").first
    item.focus()
    page.keyboard.press("Enter")
    expect(page.locator("mark.lit").first).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_an_empty_record_shows_how_to_begin(chromium: Browser, tmp_path: Path) -> None:
    with served(Settings(str(tmp_path / "new.db"))) as address, opened(chromium, address) as (page, complaints):
        page.goto("/")
        expect(page.locator("h1")).to_have_text("This record is empty")
        page.get_by_role("button", name="Read the example").click()
        expect(page.locator("article")).to_contain_text("The Taliban is reaching out")
        page.goto("/")
        expect(page.locator(".lead-story").first).to_contain_text("accept its diplomats")
        assert complaints == []


def test_signing_in_by_the_page(chromium: Browser, public: str) -> None:
    with opened(chromium, public) as (page, complaints):
        page.goto("/standing/taliban")
        page.get_by_label("Name").fill("rita")
        page.get_by_label("Password").fill("reads-many-papers")
        page.get_by_role("button", name="Sign in").click()
        expect(page).to_have_url(f"{public}/standing/taliban")
        page.goto("/review")
        expect(page.get_by_text("needs the role reviewer")).to_be_visible()
        page.get_by_role("button", name="Sign out").click()
        expect(page.locator("h1")).to_have_text("Sign in")
        assert complaints == []
