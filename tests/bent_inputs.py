"""Inputs for fuzzing: good files of every format, bent, packed into one another and bent again."""

from __future__ import annotations

import base64
import csv
import functools
import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from random import Random
from xml.sax.saxutils import escape

from archives import add_to, pdf, record_of
from site_on_loopback import LAUGHS, page, rss

WORDS = [
    "KABUL, July 25 (Reuters) - Turkey reopened its embassy in Kabul on Monday, officials said.",
    "The minister said “we won’t recognise them” – at least not yet.",
    "Посол прибыл в Кабул в понедельник, сообщило министерство.",
    "التقى وزير الخارجية يوم الاثنين بالسفير الصيني في كابل",
    "外交部长星期一在喀布尔会见了中国大使。",
    "Dışişleri Bakanı Kabil’deki yeni yönetimi tanımayacağını söyledi.",
    "À\x80 Ã©tÃ© â€œquotedâ€\x9d ï»¿ ■ ﷽ a\u0301\u202e \ud83d",
    "",
]
CHARSETS = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp1252", "cp1251", "cp1256"),
    *("koi8-r", "gb18030", "big5", "cp932", "euc_kr", "iso2022_jp"),
)
PARTS = [
    b"<", b">", b"<!DOCTYPE x [", b"<![CDATA[", b"&#x10ffff;", b"&amp;", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b'"',
    b",", b"\r\n\r\n", b"{", b"[", b"\\ud800", b"9" * 30, b"-1", b"Content-Length: 9999999999\r\n", b"charset=utf-7",
    b"Content-Transfer-Encoding: base64\r\n", b"=?utf-8?b?////?=", b"\x1f\x8b\x08", b"PK\x03\x04", b"obj", b"stream",
    "\u202e\u0000\u2028".encode(), b"<div>" * 200, b"(" * 300, b"[" * 300, b"1e999", b"<svg/onload=", b"WARC/1.1\r\n",
    b"\x1b$B", b"<meta charset=utf-16>", b"]]>", b"<!--", b"<p" + b" a" * 100, b"endobj", b"<<" * 100, b"/Kids[3 0 R]",
    b"\xc0\x80", b"boundary=", b"%PDF-1.4\n", b"\n\n", b"<script>", b"</article>", b"Date: \r\n", b"0001-01-01",
    b"<!---->" * 60, b"a:b\n" + (b" " * 60 + b"x\n") * 20, b"<?xml?>" * 60, b"a" * 5000, b"<script " * 60,
]  # fmt: skip


def bent(random: Random, data: bytes, most: int = 6) -> bytes:
    """Cut, mix and overwrite."""
    made = bytearray(data)
    for _ in range(random.randint(1, most)):
        at = random.randint(0, len(made))
        how = random.choice(["put", "put", "cut", "drop", "byte", "bytes", "bytes", "repeat", "digit"])
        if how == "put":
            made[at:at] = random.choice(PARTS)
        elif how == "cut" and random.random() < 0.5:
            del made[at:]
        elif how == "drop":
            del made[at : at + random.randint(1, 40)]
        elif how == "byte" and at < len(made):
            made[at] ^= 1 << random.randint(0, 7)
        elif how == "bytes":
            made[at : at + 4] = random.randbytes(random.randint(0, 8))
        elif how == "repeat":
            made[at:at] = made[at : at + 60] * random.randint(1, 20)
        elif how == "digit":
            digits = [place for place in range(at, min(at + 200, len(made))) if 48 <= made[place] <= 57]
            for place in digits[:3]:
                made[place] = random.choice(b"0123456789-")
    return bytes(made)


def words(random: Random) -> str:
    """A story, sound or not."""
    return "\n".join(random.choice(WORDS) for _ in range(random.randint(1, 6)))


def plain(random: Random) -> bytes:
    """Text in some encoding."""
    return words(random).encode(random.choice(CHARSETS), "ignore")


def html(random: Random) -> bytes:
    """A page, perhaps of another encoding than it says."""
    made = page(random.randint(1, 9))
    for _ in range(random.randint(0, 3)):
        at = random.randint(0, len(made))
        made = made[:at] + random.choice(
            [
                words(random),
                f"<meta charset={random.choice(CHARSETS)}>",
                "<meta property='article:published_time' content='2022-13-45T99:00'>",
                "<time datetime='2022-07-26T10:00:00Z' pubdate>",
                '<script type="application/ld+json">{"@graph":[{"@type":["NewsArticle"],"datePublished":9}]}</script>',
                "<table><tr><td>" * 20,
                "<blockquote><ul><li>" * 10,
            ]
        ) + made[at:]  # fmt: skip
    return made.encode(random.choice(CHARSETS), "ignore")


def mail(random: Random) -> bytes:
    """A message of one part or of several."""
    inner = random.choice([plain, html])(random)
    kind = random.choice(["text/plain", "text/html", "text/html; charset=koi8-r", "text/plain; charset=x-nonsense"])
    head = b"From: A <a@example.org>\r\nSubject: =?utf-8?q?T=C3=BCrkiye?=\r\nDate: Tue, 26 Jul 2022 10:00:00 +0000\r\n"
    head += b"Message-ID: <1@example.org>\r\nMIME-Version: 1.0\r\n"
    how = random.choice([b"base64", b"quoted-printable", b"8bit", b"7bit", b"x-uuencode"])
    body = base64.encodebytes(inner) if how == b"base64" else inner
    part = b"Content-Type: %s\r\nContent-Transfer-Encoding: %s\r\n\r\n%s" % (kind.encode(), how, body)
    if random.random() < 0.5:
        return head + part
    parts = b"".join(b"--b\r\n" + part + b"\r\n" for _ in range(random.randint(1, 3)))
    return head + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + parts + b"--b--\r\n"


def rows(random: Random) -> list[dict[str, object]]:
    """Rows of a table."""
    dates: list[object] = ["2022-07-26", "26 July 2022", 1658836800, -1, "07/06/2022", None, True, ["x"], {"a": 1}]
    cells: Callable[[], str] = lambda: random.choice([words(random), f"<p>{words(random)}</p>", "<div>" * 50])  # noqa: E731
    return [
        {"id": number, "date": random.choice(dates), "text": cells(), "title": random.choice(WORDS), "url": "x:"}
        for number in range(random.randint(1, 5))
    ]


def lines(random: Random) -> bytes:
    """JSON, by lines or in one."""
    made = rows(random)
    if random.random() < 0.7:
        return "\n".join(json.dumps(row, ensure_ascii=random.random() < 0.5) for row in made).encode(
            "utf-8", "replace"
        )
    return json.dumps(random.choice([made, made[0], [made], {"text": {"a": 1}}])).encode()


def table(random: Random) -> bytes:
    """Rows of CSV."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=random.choice(",;\t|"))
    made = rows(random)
    writer.writerow(list(made[0]))
    writer.writerows([list(row.values()) for row in made])
    return out.getvalue().encode(random.choice(CHARSETS), "ignore")


@functools.cache
def _parquet(seed: int) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    random = Random(seed)
    made = [
        {"text": str(row["text"]).encode("utf-8", "replace").decode(), "date": str(row["date"])}
        for row in rows(random)
    ]
    out = io.BytesIO()
    packing = random.choice(["none", "snappy", "zstd", "gzip"])
    pq.write_table(pa.Table.from_pylist(made), out, compression=packing, use_dictionary=random.random() < 0.5)
    return out.getvalue()


def parquet(random: Random) -> bytes:
    """A Parquet file."""
    return _parquet(random.randint(0, 40))


def feed(random: Random) -> bytes:
    """RSS, Atom, a sitemap, or a bomb."""
    story = escape(f"<p>{words(random)}</p>")
    says = f"encoding='{random.choice(CHARSETS)}'"
    item = "<item><title>T</title><pubDate>Tue, 26 Jul 2022 09:00:00 GMT</pubDate>"
    item += f"<description>{story}</description></item>"
    entry = f"<entry><title>T</title><published>2022-07-26</published><content type='html'>{story}</content></entry>"
    made = random.choice(
        [
            f"<rss version='2.0'><channel><title>N</title>{item * random.randint(1, 3)}</channel></rss>",
            f"<?xml version='1.0' {says}?><rss version='2.0'><channel>{item}</channel></rss>",
            f"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'>{entry * random.randint(1, 3)}</feed>",
            f"<rdf:RDF xmlns:rdf='r'>{item}</rdf:RDF>",
            rss("https://example.org", range(random.randint(0, 3))),
            f"<urlset><url><loc>https://example.org/1</loc>{story}</url></urlset>",
            LAUGHS,
        ]
    )
    return made.encode(random.choice(["utf-8", "utf-8", "utf-16", "cp1251"]), "ignore")


def document(random: Random) -> bytes:
    """A PDF."""
    made = [one.encode("ascii", "ignore").decode().replace("(", "") for one in words(random).splitlines()]
    return pdf(*made)


def warc(random: Random) -> bytes:
    """Captures of a web archive, perhaps each packed by itself."""
    out = b""
    for number in range(random.randint(1, 3)):
        inner, kind = random.choice(
            [
                (html, "text/html"),
                (plain, "text/plain; charset=utf-8"),
                (document, "application/pdf"),
                (feed, "text/xml"),
            ]
        )
        one = record_of(f"https://example.org/{number}", soft(random, inner(random)), kind=kind)
        out += gzip.compress(one, 1) if random.random() < 0.3 else one
    return out


def soft(random: Random, data: bytes) -> bytes:
    """Bent, or left as it is."""
    return bent(random, data, 3) if random.random() < 0.5 else data


def zipped(random: Random, data: bytes) -> bytes:
    """In a ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(
        out, "w", random.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])
    ) as archive:
        for name in random.sample(["a", "../../b", "/etc/c", "2022-07-26.html", "dir/", ".hidden", "d\n\u202e"], 3):
            archive.writestr(name, data)
    return out.getvalue()


def tarred(random: Random, data: bytes) -> bytes:
    """In a tar archive."""
    out = io.BytesIO()
    kind = random.choice([tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
    with tarfile.open(fileobj=out, mode="w", format=kind) as archive:
        add_to(archive, *random.sample(["a", "../../b", "/etc/c", "x" * 90, "d\u202e"], 2), data=data)
    return out.getvalue()


FORMS: list[Callable[[Random], bytes]] = [plain, html, html, mail, lines, table, parquet, feed, document, warc]
PACKINGS: list[Callable[[Random, bytes], bytes]] = [
    lambda random, data: gzip.compress(data, 1),
    zipped,
    tarred,
    lambda random, data: random.choice(PARTS) + data,
]


def made(random: Random) -> bytes:
    """An input: most are bent inside of what they are packed in, some outside, a few are noise."""
    lot = random.random()
    if lot < 0.05:
        return random.randbytes(random.randint(0, 600))
    if lot < 0.1:
        return "".join(chr(random.randint(0, 0xD7FF)) for _ in range(random.randint(0, 300))).encode()
    data = random.choice(FORMS)(random)
    if random.random() < 0.8:
        data = bent(random, data)
    while random.random() < 0.25:
        data = random.choice(PACKINGS)(random, data)
        if random.random() < 0.3:
            data = bent(random, data, 3)
    return data
