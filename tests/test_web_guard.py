"""The guard: who is let in, what is refused, and that hostile reports stay text."""

from __future__ import annotations

import re
import socket
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from anyio.from_thread import start_blocking_portal
from sqlalchemy import text
from web_desk import HOSTILE, PASSWORDS, SCRIPT, copied, served

from dragoman import BadInput, Draft
from dragoman.record import Record
from dragoman.web.app import make_app
from dragoman.web.desk import PatientRecord, TooLong
from dragoman.web.guard.rates import Buckets, Rate
from dragoman.web.settings import LARGEST_BODY, Settings
from dragoman.web.worker import Worker

READ = {"text": "Turkey recognised Kosovo.", "published": "2008-02-19"}


def token(page: str) -> str:
    found = re.search(r'name="token" value="([0-9a-f]{64})"', page)
    assert found is not None
    return found[1]


def test_every_answer_carries_a_strict_policy(ask: httpx.Client) -> None:
    for path in ("/", "/api/v1/events", "/static/desk.css", "/nowhere", "/api/v1/nowhere"):
        answer = ask.get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "script-src 'self'" in policy, path
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_pages_hold_no_inline_script_or_style(ask: httpx.Client) -> None:
    for path in ("/", "/standing", "/standing/taliban", "/network", "/search", "/review", "/paste", "/api/v1/docs"):
        page = ask.get(path).text
        assert not re.search(r"<script(?![^>]*\ssrc=)", page), path
        assert not re.search(r"<[^>]+\s(style|on\w+)=", page), path
        fetched = re.findall(r'<(?:script|link|img|iframe)[^>]*\s(?:src|href)="([^"]*)"', page)
        assert fetched and all(re.match("/[^/]", one) for one in fetched), path


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8642", ""])
def test_another_host_name_is_refused(ask: httpx.Client, host: str) -> None:
    assert ask.get("/", headers={"host": host}).status_code == 421


def test_a_name_that_was_given_is_answered_to(public: str) -> None:
    assert httpx.get(f"{public}/sign-in", headers={"host": "desk.example.org"}).status_code == 200


def test_a_form_of_another_site_does_nothing(ask: httpx.Client, desk: str) -> None:
    own = token(ask.get("/paste").text)
    assert ask.post("/paste", data=READ).status_code == 403
    assert ask.post("/paste", data=READ | {"token": "0" * 64}).status_code == 403
    for headers in ({"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}):
        assert ask.post("/paste", data=READ | {"token": own}, headers=headers).status_code == 403, headers
        assert ask.post("/api/v1/read", json=READ, headers=headers).status_code == 403, headers
    port = urlsplit(desk).port or 0
    other = {"origin": f"http://127.0.0.1:{port + 1}", "sec-fetch-site": "same-site"}
    assert ask.post("/paste", data=READ | {"token": own}, headers=other).status_code == 403
    assert ask.post("/paste", data=READ | {"token": own}, headers={"origin": desk}).status_code == 200


def test_a_token_is_good_for_its_own_visit_alone(ask: httpx.Client, desk: str) -> None:
    ask.get("/paste")
    with httpx.Client(base_url=desk) as other:
        assert ask.post("/paste", data=READ | {"token": token(other.get("/paste").text)}).status_code == 403


def test_a_form_sent_as_a_question_to_the_api_does_nothing(ask: httpx.Client) -> None:
    sent = ask.post("/api/v1/read", content='{"text": "Turkey"}', headers={"content-type": "text/plain"})
    assert sent.status_code == 422


def test_what_is_too_large_is_refused(ask: httpx.Client) -> None:
    assert ask.post("/api/v1/read", content=b"x" * (LARGEST_BODY + 1)).status_code == 413

    def chunks() -> object:
        yield from (b"x" * 65536 for _ in range(LARGEST_BODY // 65536 + 2))

    assert ask.post("/api/v1/read", content=chunks()).status_code == 413  # type: ignore[arg-type]
    long = ask.post("/api/v1/read", json={"text": "word " * 30_000})
    assert long.status_code == 422


def test_a_request_that_breaks_off_harms_nobody(ask: httpx.Client, desk: str) -> None:
    where = urlsplit(desk)
    with socket.create_connection((where.hostname or "", where.port or 0)) as line:
        line.sendall(b"POST /api/v1/read HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nhalf")
    assert ask.get("/api/v1/events/count").status_code == 200


def test_a_bucket_fills_again() -> None:
    buckets, rate = Buckets(), Rate(3, 60)
    assert [buckets.wait("a", rate) for _ in range(3)] == [0, 0, 0]
    assert 0 < buckets.wait("a", rate) <= 1
    assert buckets.wait("b", rate) == 0


def test_guessing_passwords_is_slowed_down(keys: tuple[Path, dict[str, str]]) -> None:
    with served(Settings(str(keys[0]), public=True)) as address, httpx.Client(base_url=address) as client:
        sent = {"token": token(client.get("/sign-in").text), "name": "rita", "password": "guess"}
        answers = [client.post("/sign-in", data=sent) for _ in range(7)]
    assert [one.status_code for one in answers[:5]] == [401] * 5
    assert answers[-1].status_code == 429 and int(answers[-1].headers["retry-after"]) > 0


def test_a_public_desk_shows_nothing_to_nobody(public: str) -> None:
    for path in ("/", "/standing/taliban", "/review", "/audit"):
        answer = httpx.get(f"{public}{path}")
        assert answer.status_code == 303 and answer.headers["location"].startswith("/sign-in?to="), path
    for path in ("/api/v1/events", "/api/v1/openapi.json", "/changes.atom"):
        assert httpx.get(f"{public}{path}").status_code == 401, path
    assert httpx.post(f"{public}/api/v1/read", json=READ).status_code == 401


def test_nobody_is_sent_elsewhere_after_signing_in(public: str) -> None:
    for to in ("//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example"):
        page = httpx.get(f"{public}/sign-in", params={"to": to}).text
        assert 'name="to" value="/"' in page, to


def test_signing_in_and_out(public: str) -> None:
    with httpx.Client(base_url=public) as client:
        sent = {"token": token(client.get("/sign-in").text), "name": "ada", "password": PASSWORDS["ada"]}
        entered = client.post("/sign-in", data=sent | {"to": "/standing"})
        assert entered.status_code == 303 and entered.headers["location"] == "/standing"
        cookie = entered.headers["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=strict" in cookie
        page = client.get("/audit")
        assert "sign in" in page.text and page.status_code == 200
        left = client.post("/sign-out", data={"token": token(page.text)})
        assert left.status_code == 303
        assert client.get("/").status_code == 303


def test_roles(public: str, keys: tuple[Path, dict[str, str]]) -> None:
    def sent(name: str, method: str, path: str, **given: object) -> int:
        headers = {"authorization": f"Bearer {keys[1][name]}"}
        return httpx.request(method, f"{public}{path}", headers=headers, timeout=60, **given).status_code  # type: ignore[arg-type]

    event = {"event": "aaaaaaaaaaaa", "action": "accept"}
    assert sent("rita", "GET", "/api/v1/events") == 200
    assert sent("rita", "POST", "/api/v1/decisions", json=event) == 403
    assert sent("rob", "POST", "/api/v1/decisions", json=event) == 400
    assert sent("rita", "POST", "/api/v1/reports", json=READ) == 403
    assert sent("rob", "GET", "/audit") == 403
    assert sent("ada", "GET", "/audit") == 200
    wrong = keys[1]["rita"][:-1] + ("A" if keys[1]["rita"][-1] != "A" else "B")
    assert httpx.get(f"{public}/api/v1/events", headers={"authorization": f"Bearer {wrong}"}).status_code == 401


def test_what_was_done_stands_in_the_chain(keys: tuple[Path, dict[str, str]], public: str) -> None:
    from dragoman.record.ledger import broken

    headers = {"authorization": f"Bearer {keys[1]['rob']}"}
    added = httpx.post(f"{public}/api/v1/reports", json=READ, headers=headers, timeout=60)
    assert added.status_code == 201
    record = Record(keys[0])
    with record.asking() as connection:
        assert list(broken(connection)) == []
        acts = connection.exec_driver_sql('SELECT "by", act, what FROM audit ORDER BY id').all()
    record.close()
    assert ("rob", "add", added.json()["id"]) in [tuple(row) for row in acts]


def test_a_hostile_report_is_text_on_every_page(ask: httpx.Client) -> None:
    reports = ask.get("/api/v1/reports").json()["reports"]
    (hostile,) = [one for one in reports if one["title"] == HOSTILE.title]
    events = ask.get("/api/v1/events", params={"party": "Kosovo", "since": "2008", "until": "2008"}).json()["events"]
    own = [one for one in events if one["report"] == hostile["id"]]
    assert own
    paths = ["/", "/standing", "/standing/XKX", "/pairs/TUR/XKX", "/entities/XKX", "/network?since=2000-01-01"]
    paths += ["/search?q=recognised", f"/search?q={SCRIPT}", f"/reports/{hostile['id']}", "/review", "/changes.atom"]
    paths += [f"/{kind}/{one['id']}" for one in own for kind in ("events", "review")]
    paths += [f"/entities/{part['entity']}" for one in own for part in one["actors"] if part["entity"]]
    shown = 0
    for path in paths:
        page = ask.get(path)
        assert page.status_code == 200, path
        assert "<script>document" not in page.text and "<img src=x" not in page.text, path
        assert 'href="javascript:' not in page.text, path
        assert "49" not in re.findall(r"\{\{.*?\}\}", page.text), path
        shown += "&lt;script&gt;" in page.text
    assert shown >= 5


def test_a_table_runs_nothing_in_a_spreadsheet(ask: httpx.Client, filled: Path, tmp_path: Path) -> None:
    from dragoman import read
    from dragoman.record import add

    where = copied(filled, tmp_path)
    record = Record(where)
    add(record, [(read("Turkey met Iran on Monday.", "2022-01-04", outlet="=HYPERLINK(1)"), "sheet")])
    record.close()
    with served(Settings(str(where))) as address:
        table = httpx.get(f"{address}/api/v1/reports", params={"format": "csv"}).text
    assert "'=HYPERLINK(1)" in table and ",=HYPERLINK" not in table


# -- time limits


def test_a_question_is_broken_off_at_its_deadline(where: str) -> None:
    record = PatientRecord(where, lambda: None, seconds=0.2)
    endless = text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n")
    try:
        with pytest.raises(TooLong, match=r"longer than 0\.2 s"), record.asking() as connection:
            connection.scalar(endless)
        with record.asking() as connection:  # and the next one is answered
            assert connection.scalar(text("SELECT 1")) == 1
    finally:
        record.close()


def test_who_asks_too_much_is_told_so(filled: Path, tmp_path: Path) -> None:
    app = make_app(Settings(str(copied(filled, tmp_path))))

    async def statuses() -> list[int]:
        found = []
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
            for seconds in (10, 0, 10):
                app.state.desk.record.seconds = seconds
                answer = await client.get(f"/api/v1/network?since=1900-01-01&until=2030-01-{10 + seconds}")
                found.append(answer.status_code)
                assert seconds or "ask for less" in answer.json()["detail"]
        return found

    try:
        with start_blocking_portal() as elsewhere:  # the browser's tests leave a loop running in this thread
            assert elsewhere.call(statuses) == [200, 503, 200]
    finally:
        app.state.desk.close()


def test_a_report_that_takes_too_long_is_given_up_and_the_next_is_read() -> None:
    worker = Worker(seconds=0.01)
    draft = Draft("Turkey recognised Kosovo on Monday.", "2008-02-19")
    try:
        with pytest.raises(BadInput, match=r"not be read in 0\.01 s"):
            worker.read(draft)
        worker.seconds = 120
        assert [one.kind for one in worker.read(draft).events] == ["recognition"]
    finally:
        worker.stop()
