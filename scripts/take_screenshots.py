"""Take the pictures of the desk in docs: the record of the tests' reports, in Debian's Chromium.

PYTHONPATH=src python scripts/take_screenshots.py
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from dragoman import Draft, read_all
from dragoman.examples import BRIEF
from dragoman.intake import Taken, collect
from dragoman.record import Record, add

ROOT = Path(__file__).parent.parent
REPORTS = ROOT / "tests/cases/record/reports.jsonl"
SAID = "Turkey will be the seventh country"
WIDE, PHONE = (1280, 860), (390, 844)


def fill(where: Path) -> None:
    """Read the reports into a record."""
    taken = [one for one in collect([str(REPORTS)]) if isinstance(one, Taken)]
    drafts = [Draft(BRIEF.read_bytes(), "2022-07-26"), *(Draft.of(one) for one in taken)]
    record = Record(where, create=True)
    add(record, [(reading, f"report {at}") for at, reading in enumerate(read_all(drafts))])
    record.close()


def shoot(
    browser: Browser, address: str, name: str, path: str, size: tuple[int, int], scheme: str, said: str = ""
) -> None:
    """One picture; with `said`, of the report that has these words."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        device_scale_factor=1,
    )
    page = context.new_page()
    if said:
        events = page.request.get("/api/v1/events", params={"text": f'"{said}"'}).json()["events"]
        path = path.format(report=events[0]["report"], event=events[0]["id"])
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(600)
    page.screenshot(path=ROOT / "docs" / f"desk-{name}.png")
    context.close()


def main() -> None:
    """Fill a record, serve it, look at it."""
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder) / "dragoman.db"
        fill(where)
        command = [sys.executable, "-m", "dragoman", "serve", "--record", str(where), "--port", "0"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as desk, sync_playwright() as playwright:
            assert desk.stderr is not None
            address = desk.stderr.readline().split(" is open at ")[1].split("/ ")[0]
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            shoot(browser, address, "overview", "/", WIDE, "light")
            shoot(browser, address, "standing", "/standing/taliban?on=2025-07-26", WIDE, "light")
            shoot(browser, address, "report", "/reports/{report}?event={event}", WIDE, "dark", SAID)
            shoot(browser, address, "dossier", "/pairs/CHN/taliban", WIDE, "light")
            shoot(browser, address, "review", "/review", WIDE, "dark")
            shoot(browser, address, "phone", "/standing/taliban?on=2025-07-26", PHONE, "light")
            browser.close()
            desk.terminate()


if __name__ == "__main__":
    main()
