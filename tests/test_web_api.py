"""The API: the record's answers as JSON and CSV, in pages, with ETags; whatever is asked, no fault of the server."""

from __future__ import annotations

import csv
import json
import xml.etree.ElementTree as ET
from io import StringIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from web_desk import copied, served

from dragoman import read
from dragoman.show.contract import encoded
from dragoman.web.settings import Settings

EXAMPLES = 6  # of each operation
ATOM = "{http://www.w3.org/2005/Atom}"


def test_pages_by_cursor_hold_every_event_once(ask: httpx.Client) -> None:
    whole = [one["id"] for one in ask.get("/api/v1/events", params={"limit": 1000}).json()["events"]]
    found: list[str] = []
    after = None
    while True:
        page = ask.get("/api/v1/events", params={"limit": 7} | ({"after": after} if after else {})).json()
        found += [one["id"] for one in page["events"]]
        after = page["next"]
        if after is None:
            break
    assert found == whole and len(set(whole)) == len(whole) > 20


def test_csv_says_what_json_says(ask: httpx.Client) -> None:
    asked = {"toward": "Taliban", "limit": "5"}
    for path in ("/api/v1/events", "/api/v1/standing/Taliban", "/api/v1/changes", "/api/v1/claims", "/api/v1/people"):
        given = asked if path.endswith("changes") else {}
        whole = ask.get(path, params=given).json()
        rows = next(value for value in whole.values() if isinstance(value, list))
        answer = ask.get(path, params=given | {"format": "csv"})
        assert answer.headers["content-type"].startswith("text/csv")
        table = list(csv.DictReader(StringIO(answer.text)))
        assert len(table) == len(rows) > 0, path
        assert list(table[0]) == list(rows[0]), path


def test_what_has_not_changed_is_not_sent_again(filled: Path, tmp_path: Path) -> None:
    with (
        served(Settings(str(copied(filled, tmp_path)))) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        for path in ("/api/v1/events", "/standing/taliban"):
            client.get(path)  # from now on the visit is known
            first = client.get(path)
            again = client.get(path, headers={"if-none-match": first.headers["etag"]})
            assert again.status_code == 304 and not again.content, path
        event = client.get("/api/v1/review", params={"limit": 1}).json()["events"][0]["id"]
        tag = client.get("/api/v1/events").headers["etag"]
        made = client.post("/api/v1/decisions", json={"event": event, "action": "reject", "note": "by test"})
        assert made.status_code == 201, made.text
        after = client.get("/api/v1/events", headers={"if-none-match": tag})
        assert after.status_code == 200 and event not in after.text
        undone = client.post("/api/v1/decisions/undo", json={"decision": made.json()["decisions"][0]})
        assert undone.status_code == 201 and event in client.get("/api/v1/events").text
        history = client.get(f"/api/v1/events/{event}").json()["decisions"]
        assert [(one["action"], one["undone"]) for one in history] == [("reject", True), ("undo", False)]


def test_a_reading_is_by_the_contract(ask: httpx.Client) -> None:
    text = "Turkey recognised Kosovo on Monday, the foreign ministry said."
    answer = ask.post("/api/v1/read", json={"text": text, "published": "2008-02-19", "outlet": "Post"})
    assert answer.json() == json.loads(encoded(read(text, "2008-02-19", outlet="Post")))
    report = ask.get("/api/v1/reports").json()["reports"][0]
    reading = ask.get(f"/api/v1/reports/{report['id']}/reading").json()
    for event in reading["events"]:
        for span in event["evidence"]:
            assert reading["report"]["text"][span["start"] : span["end"]] == span["quote"]


def test_an_event_is_cited(ask: httpx.Client) -> None:
    event = ask.get("/api/v1/events", params={"limit": 1}).json()["events"][0]["id"]
    for style, begins in (("plain", ""), ("bibtex", "@misc{"), ("ris", "TY  - DATA"), ("csl", "[")):
        answer = ask.get(f"/api/v1/events/{event}/cite", params={"style": style})
        assert answer.status_code == 200 and answer.text.startswith(begins) and event in answer.text


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/api/v1/events?kind=meetng", 400, "meeting"),
        ("/api/v1/events?actor=Talibam", 400, "Talibam"),
        ("/api/v1/events?since=2022-02-30", 400, "no such day"),
        ("/api/v1/events?after=x", 400, "place in a list"),
        ("/api/v1/events/aaaaaaaaaaaa", 404, "no event"),
        ("/api/v1/standing/taliban?on=yesterday", 400, "2022-07-26"),
        ("/api/v1/changes", 400, "toward or by"),
        ("/api/v1/reports/0000/reading", 404, "no such report"),
        ("/api/v1/events?limit=0", 422, "limit"),
    ],
)
def test_what_cannot_be_answered_is_said_in_a_line(ask: httpx.Client, path: str, status: int, said: str) -> None:
    answer = ask.get(path)
    assert answer.status_code == status
    assert said in answer.json()["detail"] and "\n" not in answer.json()["detail"]


def test_pages_of_changes_go_through_all_of_them(ask: httpx.Client) -> None:
    asked = {"by": "Pakistan"}, {"toward": "Taliban"}
    for given in asked:
        whole = ask.get("/api/v1/changes", params=given | {"limit": "1000"}).json()["changes"]
        found, after = [], ""
        while after is not None:
            page = ask.get(
                "/api/v1/changes", params=given | {"limit": "2"} | ({"after": after} if after else {})
            ).json()
            found += page["changes"]
            after = page["next"]
        assert found == whole and whole
    assert len(whole) > 4


def test_changes_are_a_feed(ask: httpx.Client) -> None:
    feed = ET.fromstring(ask.get("/changes.atom", params={"toward": "taliban"}).content)
    entries = feed.findall(f"{ATOM}entry")
    days = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    assert days == sorted(days, reverse=True) and len(days) > 2
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
    assert any("Russia" in (entry.findtext(f"{ATOM}title") or "") for entry in entries)


def test_nothing_that_is_asked_is_a_fault_of_the_server(filled: Path, tmp_path: Path) -> None:
    import schemathesis
    from hypothesis import HealthCheck, Phase, Verbosity, given, settings
    from schemathesis.core.result import Ok
    from schemathesis.specs.openapi.checks import positive_data_acceptance  # a name may be of nobody: 400

    where = copied(filled, tmp_path)
    with served(Settings(str(where))) as address:
        schema = schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json")
        bounded = settings(
            max_examples=EXAMPLES,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            verbosity=Verbosity.quiet,
            suppress_health_check=list(HealthCheck),
        )
        asked = 0
        for found in schema.get_all_operations():
            assert isinstance(found, Ok)
            operation = found.ok()

            @bounded
            @given(case=operation.as_strategy())
            def conforms(case: schemathesis.Case[Any]) -> None:
                nonlocal asked
                asked += 1
                case.call_and_validate(timeout=60, excluded_checks=[positive_data_acceptance])

            conforms()
    assert asked >= 20 * EXAMPLES / 2


def test_a_record_on_postgresql_is_served_alike(database: str) -> None:
    from dragoman import Draft, read_all
    from dragoman.examples import BRIEF
    from dragoman.record import Record, add

    record = Record(database, create=True)
    add(record, [(reading, "example") for reading in read_all([Draft(BRIEF.read_bytes(), "2022-07-26")])])
    record.close()
    with served(Settings(database)) as address, httpx.Client(base_url=address, timeout=60) as client:
        event = client.get("/api/v1/events", params={"text": "diplomats"}).json()["events"][0]
        paths = [
            "/",
            "/standing",
            "/standing/taliban",
            "/pairs/TUR/taliban",
            "/entities/taliban",
            "/search?q=diplomats",
        ]
        paths += ["/network?since=2020-01-01", "/review", "/changes.atom", "/api/v1/network?since=2020-01-01"]
        paths += [f"/events/{event['id']}", f"/reports/{event['report']}", "/entities/amir-khan-muttaki"]
        assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)
        decided = client.post("/api/v1/decisions", json={"event": event["id"], "action": "accept"})
        assert decided.status_code == 201, decided.text
