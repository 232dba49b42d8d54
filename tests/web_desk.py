"""A desk over a record of real readings, served on loopback, and a real browser in front of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dragoman import Draft, read_all
from dragoman.examples import BRIEF
from dragoman.intake import Taken, collect
from dragoman.record import Record, add
from dragoman.web.settings import Settings

if TYPE_CHECKING:  # every run of any test loads this module
    import httpx
    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = Path("/usr/bin/chromium")
PATIENCE = 60_000  # milliseconds: a machine may have much else to do
REPORTS = Path(__file__).parent / "cases" / "record" / "reports.jsonl"
PASSWORDS = {"rita": "reads-many-papers", "rob": "reviews-them-all", "ada": "minds-the-desk-1"}
ROLES = {"rita": "reader", "rob": "reviewer", "ada": "admin"}
# What somebody would write who wants a browser to run it: in the text, the title, the outlet and the names.
SCRIPT = '<script>document.title="owned"</script><img src=x onerror="document.title=\'owned\'">'
HOSTILE = Draft(
    f"Turkey recognised Kosovo on Monday, {SCRIPT} said. Foreign Minister Ali {SCRIPT} Babacan met Kosovo's prime "
    'minister Hashim Thaci in Ankara on Tuesday. {{ 7 * 7 }} "onmouseover=alert(1) x="',
    "2008-02-19",
    title=f"Ankara {SCRIPT}",
    outlet=f"Daily {SCRIPT}",
    url="javascript:document.title='owned'",
)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record: the example, the reports of the cases, and a hostile one."""
    where = tmp_path_factory.mktemp("desk") / "dragoman.db"
    taken = [one for one in collect([str(REPORTS)]) if isinstance(one, Taken)]
    drafts = [Draft(BRIEF.read_bytes(), "2022-07-26"), *(Draft.of(one) for one in taken), HOSTILE]
    record = Record(where, create=True)
    add(record, [(reading, f"report {at}") for at, reading in enumerate(read_all(drafts))])
    record.close()
    return where


def copied(filled: Path, folder: Path) -> Path:
    """The record once more, to be changed."""
    where = folder / "dragoman.db"
    where.write_bytes(filled.read_bytes())
    return where


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """The address of a desk while it is served."""
    import uvicorn

    from dragoman.web.app import make_app

    app = make_app(settings)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", access_log=False, lifespan="on"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
        assert thread.is_alive()
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def desk(filled: Path) -> Iterator[str]:
    """A desk on loopback without users, that only looks are had at."""
    with served(Settings(str(filled))) as address:
        yield address


@pytest.fixture(scope="session")
def ask(desk: str) -> Iterator[httpx.Client]:
    """A client of that desk."""
    import httpx

    with httpx.Client(base_url=desk, timeout=60) as client:
        yield client


@pytest.fixture(scope="session")
def keys(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A record with users, and an API key of each."""
    from dragoman.web.access.users import add_key, add_user

    where = copied(filled, tmp_path_factory.mktemp("public"))
    record = Record(where)
    with record.writing() as connection:
        for name, role in ROLES.items():
            add_user(connection, name, role, PASSWORDS[name])
        made = {name: add_key(connection, name) for name in ROLES}
    record.close()
    return where, made


@pytest.fixture(scope="session")
def public(keys: tuple[Path, dict[str, str]]) -> Iterator[str]:
    """A desk for others, with users."""
    with served(Settings(str(keys[0]), public=True, names=frozenset({"desk.example.org"}))) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    if not CHROMIUM.exists():
        pytest.skip("no Chromium is installed (Debian: apt-get install chromium)")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield made
        made.close()


class Complaints(list[str]):
    """What the browser complained of: errors of scripts, and what the policy forbade."""


@contextmanager
def opened(chromium: Browser, address: str, width: int = 1440, height: int = 900) -> Iterator[tuple[Page, Complaints]]:
    """A page of its own, and what it complains of."""
    context: BrowserContext = chromium.new_context(
        base_url=address, viewport={"width": width, "height": height}, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    page, complaints = context.new_page(), Complaints()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    try:
        yield page, complaints
    finally:
        context.close()
