"""Fetching from a real site on loopback: what it answers is taken, tried again or refused, and nothing hangs."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import httpx
import pytest
from site_on_loopback import Site, running

from dragoman.domain import BadInput
from dragoman.intake import Fetcher, Refused, Taken, collect
from dragoman.intake.answer import Later, ask
from dragoman.intake.limits import LARGEST

Running = tuple[str, type[Site]]


@pytest.fixture
def site() -> Iterator[Running]:
    with running() as one:
        yield one


def fetcher(delay: float = 0.0) -> Fetcher:
    return Fetcher(allow_loopback=True, delay=delay, backoff=0.01)


def taken(base: str, path: str) -> Taken | Refused:
    (one,) = collect([f"{base}/{path}"], fetcher=fetcher())
    return one


@pytest.mark.parametrize(
    ("path", "number"), [("moved", 1), ("packed", 2), ("chunked", 3), ("slow", 4), ("busy", 5), ("ailing", 6)]
)
def test_a_report_comes_however_it_is_served(site: Running, path: str, number: int) -> None:
    base, handler = site
    one = taken(base, path)
    assert isinstance(one, Taken), one
    assert one.title and one.title.startswith(f"Talks number {number} ")
    assert (one.published, one.dated_by, one.outlet) == ("2022-07-26", "json-ld", "Example News")
    assert one.text.count("Taliban's envoy") == 3
    assert handler.agents == {agent for agent in handler.agents if agent.startswith("Dragoman/")}


def test_who_is_busy_is_asked_again_when_they_say_and_who_is_ill_thrice(site: Running) -> None:
    base, handler = site
    assert isinstance(taken(base, "busy"), Taken) and handler.asked["/busy"] == 2
    assert isinstance(taken(base, "ailing"), Taken) and handler.asked["/ailing"] == 3
    with pytest.raises(Later, match="503"):
        fetcher().get(f"{base}/dead")
    assert handler.asked["/dead"] == 3
    with pytest.raises(Later, match="429") as caught:
        fetcher().get(f"{base}/very-busy")
    assert handler.asked["/very-busy"] == 1 and caught.value.after and 7000 < caught.value.after <= 7200


def test_robots_txt_is_kept_to_and_read_once(site: Running) -> None:
    base, handler = site
    asking = fetcher()
    with pytest.raises(BadInput, match=r"robots\.txt"):
        asking.get(f"{base}/private")
    asking.get(f"{base}/page/1")
    asking.get(f"{base}/page/2")
    assert (handler.asked["/robots.txt"], handler.asked["/private"]) == (1, 0)


def test_a_host_is_not_asked_faster_than_the_delay(site: Running) -> None:
    base, _ = site
    asking = fetcher(delay=0.2)
    begun = time.monotonic()
    for number in range(3):
        asking.get(f"{base}/page/{number}")
    assert time.monotonic() - begun > 0.4


def test_what_has_not_changed_is_not_sent_again(site: Running) -> None:
    base, handler = site
    first = fetcher().get(f"{base}/feed")
    again = fetcher().get(f"{base}/feed", etag=first.etag)
    assert (again.unchanged, again.data, again.etag) == (True, b"", first.etag)
    handler.named += 1
    assert not fetcher().get(f"{base}/feed", etag=first.etag).unchanged


def test_a_wrong_charset_gives_the_right_text_or_says_so(site: Running) -> None:
    one = taken(site[0], "mislabelled")
    assert isinstance(one, Taken)
    assert "Посол прибыл в Кабул" in one.text
    assert [finding.kind for finding in one.findings] == ["encoding"]


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("endless", f"larger than {LARGEST >> 20} MB"),
        ("inside", "169.254.169.254, which is not a public address"),
        ("bomb", "larger than|times its size"),
        ("bomb-zip", "times its size"),
        ("laughs", "declares entities"),
        ("cut", "cannot be fetched"),
        ("none", "answers 404"),
    ],
)
def test_what_would_harm_is_refused_in_one_line(site: Running, path: str, why: str) -> None:
    one = taken(site[0], path)
    assert isinstance(one, Refused)
    assert re.search(why, one.reason) and "\n" not in one.reason


@pytest.mark.parametrize("path", ["dripping", "dripping-head"])
def test_who_sends_a_byte_now_and_then_is_not_waited_for(site: Running, path: str) -> None:
    with httpx.Client() as client, pytest.raises(Later, match="takes longer"):
        ask(client, httpx.URL(f"{site[0]}/{path}"), {}, time.monotonic() + 0.3, allow_loopback=True, most=LARGEST)


def test_this_machine_is_not_fetched_from_unless_allowed(site: Running) -> None:
    base, handler = site
    (one,) = collect([f"{base}/page/1"], fetcher=Fetcher(delay=0))
    assert isinstance(one, Refused) and "not a public address" in one.reason
    assert not handler.asked


def test_a_feed_has_its_pages_fetched(site: Running) -> None:
    found = list(collect([f"{site[0]}/feed"], fetcher=fetcher()))
    assert [one.title for one in found if isinstance(one, Taken)] == [
        f"Talks number {n} in {place}" for n, place in enumerate(("Ankara", "Doha", "Tehran"))
    ]


def test_where_a_page_cannot_be_had_the_feed_s_own_text_is_taken(site: Running) -> None:
    first, second, third = collect([f"{site[0]}/odd-feed"], fetcher=fetcher())
    assert isinstance(first, Taken) and first.text == "Iran reopened its embassy in Kabul on Monday, officials said."
    assert isinstance(second, Refused) and "503" in second.reason
    assert isinstance(third, Refused) and "robots.txt" in third.reason


def test_a_sitemap_leads_to_sitemaps_and_these_to_pages(site: Running) -> None:
    found = list(collect([f"{site[0]}/sitemap.xml"], fetcher=fetcher()))
    assert [(one.title, one.published) for one in found if isinstance(one, Taken)] == [
        ("Talks number 7 in Ashgabat", "2022-07-26"),
        ("Talks number 8 in Riyadh", "2022-07-26"),
    ]
