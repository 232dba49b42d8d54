"""A news site on loopback, which answers as sites really do, well and badly."""

from __future__ import annotations

import gzip
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PLACES = ["Ankara", "Doha", "Tehran", "Beijing", "Moscow", "Islamabad", "Tashkent", "Ashgabat", "Riyadh", "Jakarta"]
PAGE = """<!DOCTYPE html><html lang="en"><head><title>{title}</title>
<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "{day}T08:00:00Z"}}</script>
<meta property="og:site_name" content="Example News"></head><body><nav>Home News Sport</nav>
<article><h1>{title}</h1>{body}</article></body></html>"""
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {two} "{f"&{one};" * 10}">' for one, two in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><rss><channel><title>&i;</title></channel></rss>"
)


def page(number: int, day: str = "2022-07-26") -> str:
    """A report of its own for each number."""
    place = PLACES[number % len(PLACES)]
    body = "".join(
        f"<p>Turkey's foreign minister met the Taliban's envoy in {place} on Monday, officials said, and both spoke "
        f"of trade on the {number}th day of the talks in their {part} round.</p>"
        for part in ("first", "second", "third")
    )
    return PAGE.format(title=f"Talks number {number} in {place}", day=day, body=body)


def rss(base: str, numbers: range) -> str:
    """A feed that names pages."""
    items = "".join(
        f"<item><title>Talks number {number}</title><link>{base}/page/{number}</link>"
        f"<pubDate>Tue, 26 Jul 2022 09:00:00 GMT</pubDate></item>"
        for number in numbers
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Example News</title>{items}</channel></rss>'


class Site(BaseHTTPRequestHandler):
    """Answers by the path; `asked` counts requests, `named` is how many pages the feed names."""

    protocol_version = "HTTP/1.1"
    asked: Counter[str]
    agents: set[str]
    named: int

    def do_GET(self) -> None:
        path = self.path
        self.asked[path] += 1
        self.agents.add(self.headers["user-agent"])
        if path.startswith("/page/"):
            self._answer(page(int(path[6:])))
        elif (
            made := getattr(self, f"answer_{path.strip('/').replace('.', '_').replace('-', '_')}", None)
        ) is not None:
            made()
        else:
            self._answer("no", 404)

    def _answer(self, body: str | bytes, status: int = 200, **headers: str) -> None:
        data = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        for name, value in {"content-type": "text/html; charset=utf-8", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    @property
    def base(self) -> str:
        return f"http://{self.headers['host']}"

    def answer_robots_txt(self) -> None:
        self._answer("User-agent: Dragoman\nDisallow: /private\n", content_type="text/plain")

    def answer_private(self) -> None:
        self._answer(page(1))

    def answer_moved(self) -> None:
        self._answer("", 301, location="/moved-again")

    def answer_moved_again(self) -> None:
        self._answer("", 302, location="/page/1")

    def answer_packed(self) -> None:
        self._answer(gzip.compress(page(2).encode()), content_encoding="gzip")

    def answer_chunked(self) -> None:
        self.send_response(200)
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        data = page(3).encode()
        for at in range(0, len(data), 100):
            part = data[at : at + 100]
            self.wfile.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
        self.wfile.write(b"0\r\n\r\n")

    def answer_slow(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.close_connection = True
        data = page(4).encode()
        for at in range(0, len(data), 200):
            self.wfile.write(data[at : at + 200])
            time.sleep(0.02)

    def answer_busy(self) -> None:
        if self.asked["/busy"] == 1:
            self._answer("later", 429, retry_after="1")
        else:
            self._answer(page(5))

    def answer_very_busy(self) -> None:
        self._answer("later", 429, retry_after=formatdate(time.time() + 7200, usegmt=True))

    def answer_ailing(self) -> None:
        if self.asked["/ailing"] < 3:
            self._answer("ill", 500)
        else:
            self._answer(page(6))

    def answer_dead(self) -> None:
        self._answer("ill", 503)

    def answer_cut(self) -> None:
        self.send_response(200)
        self.send_header("content-length", "100000")
        self.end_headers()
        self.wfile.write(b"<html><body>")
        self.close_connection = True

    def answer_mislabelled(self) -> None:
        words = "<p>Посол прибыл в Кабул, - сообщило министерство иностранных дел в понедельник.</p>" * 4
        self._answer(f"<html><body><article>{words}</article></body></html>".encode("koi8-r"))

    def answer_endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.close_connection = True
        try:
            while True:
                self.wfile.write(b"word " * 20_000)
        except OSError:
            return

    def answer_dripping(self) -> None:
        self.send_response(200)
        self.end_headers()
        self._drip()

    def answer_dripping_head(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nx-long: ")
        self._drip()

    def _drip(self) -> None:
        self.close_connection = True
        try:
            while True:
                self.wfile.write(b"a")
                time.sleep(0.05)
        except OSError:
            return

    def answer_inside(self) -> None:
        self._answer("", 302, location="http://169.254.169.254/latest/meta-data")

    def answer_bomb(self) -> None:
        self._answer(gzip.compress(b" " * (32 << 20), 9), content_encoding="gzip")

    def answer_bomb_zip(self) -> None:
        self._answer(gzip.compress(gzip.compress(b" " * (32 << 20), 9)), content_type="application/zip")

    def answer_laughs(self) -> None:
        self._answer(LAUGHS, content_type="application/rss+xml")

    def answer_feed(self) -> None:
        tag = f'"{self.named}"'
        if self.headers["if-none-match"] == tag:
            self.send_response(304)
            self.send_header("etag", tag)
            self.send_header("content-length", "0")
            self.end_headers()
        else:
            self._answer(rss(self.base, range(self.named)), etag=tag, content_type="application/rss+xml")

    def answer_odd_feed(self) -> None:
        item = (
            f"<item><title>No page</title><link>{self.base}/none</link><description>&lt;p&gt;Iran reopened its "
            "embassy in Kabul on Monday, officials said.&lt;/p&gt;</description></item>"
            f"<item><title>Ailing</title><link>{self.base}/dead</link></item>"
            f"<item><title>Private</title><link>{self.base}/private</link></item>"
        )
        self._answer(f"<rss version='2.0'><channel><title>Odd</title>{item}</channel></rss>", etag='"odd"')

    def answer_sitemap_xml(self) -> None:
        inner = f"<sitemap><loc>{self.base}/news.xml</loc></sitemap>"
        self._answer(f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{inner}</sitemapindex>")

    def answer_news_xml(self) -> None:
        urls = "".join(
            f"<url><loc>{self.base}/page/{number}</loc><news:news><news:publication><news:name>Example</news:name>"
            f"</news:publication><news:publication_date>2022-07-26</news:publication_date></news:news></url>"
            for number in (7, 8)
        )
        spaces = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
        spaces += "xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'"
        self._answer(gzip.compress(f"<urlset {spaces}>{urls}</urlset>".encode()), content_type="application/gzip")

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the test's output clean."""


class Server(ThreadingHTTPServer):
    """Says nothing of clients that hang up."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Leave it to the client."""


@contextmanager
def running(named: int = 3) -> Iterator[tuple[str, type[Site]]]:
    """Run a site of one's own; yield its address and its handler, which counts."""
    handler = type("OwnSite", (Site,), {"asked": Counter(), "agents": set(), "named": named})
    with Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", handler
        server.shutdown()
        thread.join()
