"""Intake: reports from files, standard input and a real server on this machine; bad input in one line."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

from dragoman.domain import BadInput
from dragoman.intake import Fetcher, load
from dragoman.intake.limits import LARGEST

HERE = Fetcher(allow_loopback=True, delay=0)
BODY = "".join(
    f"<p>Turkey reopened its embassy in Kabul on Monday, officials said, in paragraph {number} of this report.</p>"
    for number in range(6)
)
HEAD = (
    "<title>Turkey reopens embassy</title>"
    '<meta property="article:published_time" content="2022-07-26T10:00:00Z">'
    '<meta property="og:site_name" content="Example News"><meta name="author" content="Ada Byron">'
)
PAGE = f'<!DOCTYPE html><html lang="en-GB"><head>{HEAD}</head><body><article>{BODY}</article></body></html>'
PLAIN = "Turkey reopens embassy\nJuly 25, 2022\nTurkey reopened its embassy in Kabul on Monday, officials said."


class Handler(BaseHTTPRequestHandler):
    agents: list[str]

    def do_GET(self) -> None:
        type(self).agents.append(self.headers["user-agent"])
        answer = {
            "/page": (200, {"content-type": "text/html"}, PAGE.encode()),
            "/plain": (200, {"content-type": "text/html"}, PLAIN.encode()),
            "/koi8": (200, {"content-type": "text/plain; charset=koi8-r"}, "Посол прибыл в Кабул.".encode("koi8-r")),
            "/moved": (302, {"location": "/plain"}, b""),
            "/inside": (302, {"location": "http://169.254.169.254/latest"}, b""),
            "/mapped": (302, {"location": "http://[64:ff9b::a00:1]/"}, b""),
            "/disk": (302, {"location": "file:///etc/passwd"}, b""),
            "/round": (302, {"location": "/round"}, b""),
            "/large": (200, {}, b"word " * (LARGEST // 5 + 1)),
            "/pdf": (200, {"content-type": "text/plain"}, b"%PDF-1.7"),
            "/void": (200, {}, b""),
            "/bare": (200, {}, b"<html><body></body></html>"),
            "/feed": (200, {}, b'<?xml version="1.0"?><rss><channel></channel></rss>'),
        }.get(self.path, (404, {}, b"no"))
        status, headers, data = answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    Handler.agents = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def test_a_page_brings_its_metadata(server: str) -> None:
    source = load(f"{server}/page", fetcher=HERE)
    assert source.text.count("Turkey reopened its embassy") == 6 and "<p>" not in source.text
    assert (source.title, source.outlet, source.language) == ("Turkey reopens embassy", "Example News", "en")
    assert source.author == "Ada Byron"
    assert (source.published, source.dated_by) == ("2022-07-26", "opengraph")
    assert source.url == f"{server}/page"
    assert source.source and (source.source.data, source.source.form) == (PAGE.encode(), "html")
    assert Handler.agents[-1].startswith("Dragoman/")


def test_text_stays_as_it_is_whatever_it_is_called(server: str, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(PLAIN, encoding="utf-8")
    for where in (str(file), f"{server}/plain", f"{server}/moved"):
        source = load(where, fetcher=HERE)
        assert source.text == PLAIN
        assert (source.published, source.dated_by) == ("2022-07-25", "dateline")
    assert source.url == f"{server}/plain"


def test_a_page_is_told_by_what_it_holds(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_bytes(PAGE.encode("utf-16"))
    source = load(str(file))
    assert source.title == "Turkey reopens embassy" and "<p>" not in source.text


def test_the_charset_of_the_answer_counts(server: str) -> None:
    source = load(f"{server}/koi8", fetcher=HERE)
    assert (source.text, source.published, source.findings) == ("Посол прибыл в Кабул.", None, ())


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(PLAIN.encode())))
    assert load("-").text == PLAIN


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("/none", "answers 404"),
        ("/inside", "169.254.169.254, which is not a public address"),
        ("/mapped", "not a public address"),
        ("/disk", "only http and https"),
        ("/round", "redirects more than"),
        ("/large", "larger than 20 MB"),
        ("/pdf", "PDF"),
        ("/void", "empty"),
        ("/bare", "no report was found"),
        ("/feed", "holds no report"),
    ],
)
def test_bad_answers_are_refused_in_one_line(server: str, path: str, what: str) -> None:
    with pytest.raises(BadInput, match=what) as caught:
        load(server + path, fetcher=HERE)
    message = str(caught.value)
    assert server + path in message and "\n" not in message


def test_the_own_machine_is_not_fetched_from_unless_allowed(server: str) -> None:
    with pytest.raises(BadInput, match="not a public address"):
        load(f"{server}/page")


@pytest.mark.parametrize(
    ("where", "what"),
    [
        ("ftp://example.com/x", "only http and https"),
        ("http://user:word@example.com/", "user name"),
        ("http://", "only http and https"),
        ("http://2130706433/", "not a public address"),
        ("http://[::ffff:10.0.0.1]/", "not a public address"),
        ("no/such/file", "no such file"),
        (".", "is a directory"),
        ("a\0b", "cannot be read"),
        ("a\nb", "no such file"),
    ],
)
def test_bad_places_are_refused_in_one_line(where: str, what: str) -> None:
    with pytest.raises(BadInput, match=what) as caught:
        load(where)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "what"), [(b"", "is empty"), (b" \n", "no text"), (b"\x89PNG\r\n\x1a\n", "PNG image")]
)
def test_files_without_text_are_refused(tmp_path: Path, data: bytes, what: str) -> None:
    file = tmp_path / "report"
    file.write_bytes(data)
    with pytest.raises(BadInput, match=what) as caught:
        load(str(file))
    assert str(file) in str(caught.value)


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "report"
    with file.open("wb") as out:
        out.truncate(LARGEST + 1)
    with pytest.raises(BadInput, match="larger than 20 MB"):
        load(str(file))
