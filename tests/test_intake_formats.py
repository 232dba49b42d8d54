"""Formats: each is told by what it holds, gives its reports with what is known of them, and names what is bad."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import re
import tarfile
import zipfile
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from archives import add_to, pdf, record_of, write_warc
from site_on_loopback import LAUGHS, page, rss

from dragoman.intake import Columns, Refused, Taken, collect
from dragoman.intake.columns import USUAL
from dragoman.intake.sitemap import addresses_of
from dragoman.intake.sniff import what
from dragoman.intake.trace import Trace
from dragoman.text import prepare

PLAIN = "KABUL, July 25 (Reuters) - Turkey reopened its embassy in Kabul on Monday, officials said."
HTML = "<p>Turkey reopened its embassy in Kabul.</p><p>China&nbsp;did so <b>before</b>.</p>"


def taken(place: Path, columns: Columns = USUAL) -> list[Taken]:
    """What is taken in; all of it, and each traced back to its bytes."""
    found = list(collect([str(place)], columns=columns))
    refused = [one for one in found if isinstance(one, Refused)]
    assert not refused, refused
    made = [one for one in found if isinstance(one, Taken)]
    for one in made:
        assert one.source and Trace(one.source, one.text, one.url).same, one.origin
    return made


def refused(place: Path, columns: Columns = USUAL) -> str:
    (one,) = collect([str(place)], columns=columns)
    assert isinstance(one, Refused), one
    assert "\n" not in one.reason
    return one.reason


def mail(html: bool) -> bytes:
    message = EmailMessage()
    message["From"] = "Foreign Ministry <press@example.org>"
    message["Subject"] = "Embassy reopened"
    message["Date"] = "Tue, 26 Jul 2022 10:00:00 +0000"
    message["Message-ID"] = "<1@example.org>"
    if html:
        message.set_content(page(1), subtype="html")
    else:
        message.set_content(PLAIN)
        message.add_attachment(b"\0\1\2", maintype="application", subtype="octet-stream", filename="x.bin")
    return message.as_bytes()


def rows(names: list[str], *cells: list[str], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([names, *cells])
    return out.getvalue()


FORMS = {
    "plain": (PLAIN.encode(), "text", None, None),
    "html": (page(1).encode(), "html", "2022-07-26", "json-ld"),
    "pdf": (
        pdf("Turkey reopened its embassy in", "Kabul on Monday, officials said."),
        "pdf",
        "2022-07-26",
        "metadata",
    ),
    "mail": (mail(False), "mail", "2022-07-26", "header"),
    "mail of HTML": (mail(True), "mail", "2022-07-26", "header"),
    "lines": (
        json.dumps({"text": PLAIN, "date": "2022-07-26T01:00:00+04:30"}).encode(),
        "row",
        "2022-07-26",
        "column",
    ),
    "array": (json.dumps([{"text": PLAIN, "date": 1658836800}], indent=1).encode(), "row", "2022-07-26", "column"),
    "csv": (rows(["id", "date", "text"], ["1", "26 July 2022", PLAIN]).encode(), "row", "2022-07-26", "column"),
    "semicolons": (
        rows(["date", "text"], ["20220726", PLAIN], delimiter=";").encode("utf-16"),
        "row",
        "2022-07-26",
        "column",
    ),
    "cell of HTML": (rows(["id", "text"], ["1", HTML]).encode(), "row", None, None),
    "feed": (
        b"<rss version='2.0'><channel><item><title>T</title><pubDate>Tue, 26 Jul 2022 09:00:00 GMT</pubDate>"
        b"<description>Turkey reopened its embassy in Kabul.</description></item></channel></rss>",
        "entry",
        "2022-07-26",
        "feed",
    ),
    "atom": (
        b"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>News</title><entry><title>T</title>"
        b"<published>2022-07-26T09:00:00Z</published><content type='html'>&lt;p&gt;Turkey reopened its embassy.&lt;/p"
        b"&gt;</content></entry></feed>",
        "entry",
        "2022-07-26",
        "feed",
    ),
}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("how", ["", "gzip", "bzip2", "xz", "zip", "tar.gz", "tar.xz", "zip in zip"])
def test_a_report_is_told_by_its_bytes_in_whatever_it_is_packed(tmp_path: Path, name: str, how: str) -> None:
    data, form, day, by = FORMS[name]
    file = tmp_path / "report"
    file.write_bytes(packed(data, how))
    (one,) = taken(file)
    assert one.source and (one.source.form, one.published, one.dated_by) == (form, day, by)
    assert "Turkey" in one.text and "<" not in one.text and "&" not in one.text


ALONE: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.compress, "bzip2": bz2.compress, "xz": lzma.compress}


def packed(data: bytes, how: str) -> bytes:
    if how in ALONE:
        return ALONE[how](data)
    out = io.BytesIO()
    if how.startswith("zip"):
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("../../escaped/report", packed(data, "zip") if how == "zip in zip" else data)
        return out.getvalue()
    if how.startswith("tar"):
        with tarfile.open(fileobj=out, mode="w:gz" if how == "tar.gz" else "w:xz") as archive:
            add_to(archive, "/etc/report", data=data)
        return out.getvalue()
    return data


def test_what_is_known_of_a_report_comes_with_it(tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_bytes(mail(False))
    (one,) = taken(file)
    assert (one.title, one.outlet, one.text) == ("Embassy reopened", "Foreign Ministry", PLAIN + "\n")
    file.write_bytes(pdf("Turkey reopened its embassy in", "Kabul on Monday, officials said."))
    (one,) = taken(file)
    assert (one.title, one.text) == (
        "Embassy reopened",
        "Turkey reopened its embassy in Kabul on Monday, officials said.",
    )


def test_parquet_is_read_by_the_columns_asked_for(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    table = pa.table({"story": [PLAIN, None, PLAIN + " Again."], "day": [date(2022, 7, 26)] * 3, "more": [1, 2, 3]})
    file = tmp_path / "x"
    pq.write_table(table, file, row_group_size=2)
    first, second, third = collect([str(file)], columns=Columns(text="story", published="day"))
    assert isinstance(first, Taken) and isinstance(third, Taken) and isinstance(second, Refused)
    assert (first.published, first.dated_by, third.text) == ("2022-07-26", "column", PLAIN + " Again.")
    assert first.source and b"more" not in first.source.data
    assert second.origin.endswith(":2") and "no text" in second.reason
    whole = file.read_bytes()
    for how in ("gzip", "zip", "tar.xz"):
        file.write_bytes(packed(whole, how))
        assert len(list(collect([str(file)], columns=Columns(text="story")))) == 3
    file.write_bytes(whole)
    assert "no column text" in refused(file)
    file.write_bytes(file.read_bytes()[:200])
    assert "broken Parquet" in refused(file)


def test_columns_by_name_and_a_table_without_them(tmp_path: Path) -> None:
    file = tmp_path / "x.txt"
    file.write_text(rows(["id", "day", "story", "byline"], ["1", "2022-07-26", PLAIN, "Ada Byron"]))
    assert "its columns are id, day, story, byline" in refused(file)
    (one,) = taken(file, Columns(text="story", published="day"))
    assert (one.text, one.published, one.author) == (PLAIN, "2022-07-26", "Ada Byron")


def test_a_web_archive_gives_its_pages_and_leaves_the_rest(tmp_path: Path) -> None:
    file = tmp_path / "x"
    write_warc(file, range(3))
    extra = [
        record_of("https://example.org/logo", b"\x89PNG", kind="image/png"),
        record_of("https://example.org/gone", b"<html>gone</html>", status="404 Not Found"),
        record_of("https://example.org/robots.txt", b"User-agent: *", kind="text/plain"),
        record_of("https://example.org/mislabelled", page(5).encode("utf-8"), kind="text/html; charset=koi8-r"),
    ]
    file.write_bytes(file.read_bytes() + gzip.compress(b"".join(extra)))
    found = taken(file)
    assert [one.url for one in found] == [f"https://example.org/{name}" for name in (0, 1, 2, "mislabelled")]
    assert all(one.published == "2022-07-26" and one.dated_by == "json-ld" for one in found)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) * 3 // 4])
    kept = list(collect([str(file)]))
    assert [one.url for one in kept[:2] if isinstance(one, Taken)] == [
        "https://example.org/0",
        "https://example.org/1",
    ]
    assert isinstance(kept[-1], Refused) and kept[-1].origin == str(file)


def test_a_folder_is_read_by_name_and_hidden_files_and_links_out_of_it_are_left(tmp_path: Path) -> None:
    inside = tmp_path / "news"
    (inside / "b").mkdir(parents=True)
    (inside / "2022-07-26-a.txt").write_text("Turkey reopened its embassy.")
    (inside / "b" / "c.txt").write_text("China did so before.")
    (inside / ".hidden").write_text("secret")
    (tmp_path / "outside").write_text("outside")
    (inside / "link").symlink_to(tmp_path / "outside")
    first, second = taken(inside)
    assert (first.published, first.dated_by, first.text) == ("2022-07-26", "name", "Turkey reopened its embassy.")
    assert (second.published, second.text) == (None, "China did so before.")


RUSSIAN = (
    "Посол прибыл в Кабул в понедельник, сообщило министерство иностранных дел. Переговоры продолжатся во вторник, "
    "заявил представитель министерства, и после них ожидается заявление."
)
LABELLED = {  # with the wrong charset, or with none
    "mail": "From: a@b.org\nMessage-ID: <1>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=windows-1251\n"
    f"Content-Transfer-Encoding: 8bit\n\n{RUSSIAN}",
    "table": f'date,text\n2022-07-26,"{RUSSIAN}"\n',
    "feed": "<?xml version='1.0' encoding='windows-1251'?><rss version='2.0'><channel><item><title>T</title>"
    f"<description>{RUSSIAN}</description></item></channel></rss>",
    "html": f"<html><head><meta charset=windows-1251></head><body><article><p>{RUSSIAN}</p></article></body></html>",
    "plain": RUSSIAN,
}


@pytest.mark.parametrize("name", LABELLED)
def test_a_wrong_charset_gives_the_right_text_and_the_doubt_in_every_format(tmp_path: Path, name: str) -> None:
    file = tmp_path / "x"
    file.write_bytes(LABELLED[name].encode("koi8-r"))
    (one,) = taken(file)
    assert one.text.strip() == RUSSIAN
    assert [finding.kind for finding in one.findings] == ["encoding"]


def test_a_message_with_broken_headers_is_read_and_its_day_is_not_guessed(tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_bytes(mail(False).replace(b"26 Jul 2022", b"26 Jul 99999999999"))
    (one,) = taken(file)
    assert (one.title, one.text, one.published) == ("Embassy reopened", PLAIN + "\n", None)
    assert [finding.kind for finding in one.findings] == ["published"]
    file.write_bytes(mail(False).replace(b"26 Jul 2022", b"26 \xcbul"))
    assert [one.text for one in taken(file)] == [PLAIN + "\n"]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<!---->" * 500 + b"x", "text"),
        (b"<!-- a -->\n" * 100 + b"<rss>", "feed"),
        (b"a:b\n" + (b" " * 200 + b"x\n") * 50 + b"x", "text"),
        (b"\x93" + b"a" * 1_000_000, "text"),
    ],
)
def test_what_could_be_read_in_very_many_ways_is_told_at_once(data: bytes, kind: str) -> None:
    assert what(data) == kind
    assert kind == "feed" or prepare(data, declared="cp1252").text


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "gzip": (lambda: gzip.compress(b" " * (64 << 20)), "times its size"),
    "bzip2": (lambda: bz2.compress(b" " * (64 << 20)), "times its size"),
    "xz": (lambda: lzma.compress(b" " * (64 << 20), preset=0), "times its size"),
    "gzip of gzip": (lambda: gzip.compress(gzip.compress(b" " * (64 << 20))), "times its size"),
    "zip": (lambda: packed(b" " * (64 << 20), "zip"), "times its size"),
    "nested": (lambda: _nested(6), "more than 3 deep"),
    "laughs": (LAUGHS.encode, "declares entities"),
    "laughs in UTF-16": (lambda: LAUGHS.encode("utf-16"), "declares entities"),
    "locked zip": (lambda: packed(b"x", "zip").replace(b"\x14\0\0\0", b"\x14\0\1\0"), "password"),
    "office document": (lambda: _named("[Content_Types].xml"), "office document"),
    "broken zip": (lambda: b"PK\x03\x04" + b"\0" * 50, "broken ZIP"),
    "broken tar": (lambda: b"a" * 257 + b"ustar" + b"\0" * 300, "tar|no report|holds no|cannot"),
    "broken PDF": (lambda: b"%PDF-1.7 nothing", "PDF document"),
    "scan": (pdf, "no text layer"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "PNG"),
    "program": (lambda: b"\x7fELF" + b"\0" * 40, "program"),
    "sitemap": (lambda: b"<urlset><url><loc>https://example.org/1</loc></url></urlset>", "add the address"),
    "feed without text": (lambda: rss("https://example.org", range(1)).encode(), "no text of it"),
    "unclosed quote": (lambda: b'id,text\n1,"' + b"word " * (5 << 20), "larger|line longer|no table"),
    "long line": (lambda: b'{"text": "' + b"x" * (21 << 20), "longer than 20 MB"),
}


def _nested(depth: int) -> bytes:
    data = b"Turkey reopened its embassy."
    for _ in range(depth):
        data = packed(data, "zip")
    return data


def _named(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize("name", BOMBS)
def test_what_would_harm_or_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    make, why = BOMBS[name]
    file = tmp_path / "report"
    file.write_bytes(make())
    assert re.search(why, refused(file))


def test_a_bad_line_does_not_stop_the_rest(tmp_path: Path) -> None:
    file = tmp_path / "x"
    good = json.dumps({"text": PLAIN})
    file.write_text("\n".join([good, "{not json", "[1]", '{"title": "no text"}', "", good.replace("Turkey", "Iran")]))
    found = list(collect([str(file)]))
    assert [one.origin.rpartition(":")[2] for one in found] == ["1", "2", "3", "4", "6"]
    assert [isinstance(one, Taken) for one in found] == [True, False, False, False, True]


def test_a_file_without_a_name_in_an_archive_is_read(tmp_path: Path) -> None:
    file = tmp_path / "nameless.zip"
    nameless = zipfile.ZipInfo("x")
    nameless.filename = ""
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(nameless, PLAIN)
        archive.writestr("named.txt", PLAIN)
    assert [one.text for one in taken(file)] == [PLAIN, PLAIN]


def test_a_tag_that_is_no_name_does_not_lose_the_rest_of_a_sitemap() -> None:
    data = b"<urlset><url><loc>https://example.org/1</loc></url><http://example.org/2</loc></url></urlset>"
    assert [one.url for one in addresses_of(data).entries] == ["https://example.org/1"]
