"""Fuzzing: whatever bytes come in, they give reports or reasons, in little time.

``DRAGOMAN_FUZZ=100000`` says how many inputs to try; the suite tries a few.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import time

from archives import pdf, record_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from site_on_loopback import LAUGHS, page, rss
from test_intake_formats import FORMS, PLAIN, packed

from dragoman.intake import Refused, Taken
from dragoman.intake.collection import reports
from dragoman.intake.place import Place
from dragoman.intake.stream import Counted, buffered

INPUTS = int(os.environ.get("DRAGOMAN_FUZZ", "250"))
LONGEST = 2.0  # seconds for one input, where a long run is asked for; the best of three counts
SEEDS = [
    *(data for data, _, _, _ in FORMS.values()),
    *(packed(FORMS["lines"][0], how) for how in ("gzip", "zip", "tar.gz", "zip in zip")),
    record_of("https://example.org/1", page(1).encode()),
    gzip.compress(record_of("https://example.org/1", page(1).encode())),
    LAUGHS.encode(),
    rss("https://example.org", range(3)).encode(),
    pdf("Turkey reopened its embassy."),
    json.dumps([{"text": PLAIN}] * 3).encode(),
    page(1).encode("utf-16"),
    PLAIN.encode("utf-32"),
    "Посол прибыл в Кабул.".encode("koi8-r"),
]
PARTS = [
    b"<", b">", b"<!DOCTYPE x [", b"<![CDATA[", b"&#x10ffff;", b"&amp;", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b'"',
    b",", b"\r\n\r\n", b"{", b"[", b"\\ud800", b"9" * 30, b"-1", b"Content-Length: 9999999999\r\n", b"charset=utf-7",
    b"Content-Transfer-Encoding: base64\r\n", b"=?utf-8?b?////?=", b"\x1f\x8b\x08", b"PK\x03\x04", b"obj", b"stream",
    "\u202e\u0000\u2028".encode(), b"<div>" * 200, b"(" * 300, b"[" * 300, b"1e999", b"<svg/onload=", b"WARC/1.1\r\n",
]  # fmt: skip


@st.composite
def bent(draw: st.DrawFn) -> bytes:
    """A good file of some format, cut, mixed and overwritten."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        how = draw(st.sampled_from(["put", "put", "cut", "drop", "byte", "bytes", "repeat", "graft"]))
        if how == "put":
            data[at:at] = draw(st.sampled_from(PARTS))
        elif how == "cut":
            del data[at:]
        elif how == "drop":
            del data[at : at + draw(st.integers(1, 40))]
        elif how == "byte" and at < len(data):
            data[at] = draw(st.integers(0, 255))
        elif how == "bytes":
            data[at : at + 4] = draw(st.binary(max_size=8))
        elif how == "repeat":
            data[at:at] = data[at : at + 60] * draw(st.integers(1, 20))
        elif how == "graft":
            data[at:at] = draw(st.sampled_from(SEEDS))[: draw(st.integers(0, 400))]
    return bytes(data)


def taken_in(data: bytes) -> tuple[list[Taken | Refused], float]:
    """What comes of an input, and how many seconds it took."""
    begun = time.monotonic()
    found = list(reports(buffered(Counted(io.BytesIO(data))), Place("input")))
    return found, time.monotonic() - begun


@settings(
    max_examples=INPUTS,
    deadline=None,
    database=None,
    derandomize=INPUTS < 1000,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(
    st.one_of(bent(), bent(), bent(), st.binary(max_size=600), st.text(max_size=400).map(lambda s: s.encode("utf-8")))
)
def test_any_bytes_give_reports_or_reasons(data: bytes) -> None:
    found, seconds = taken_in(data)
    if INPUTS >= 1000 and seconds > LONGEST:
        assert min(taken_in(data)[1] for _ in range(2)) <= LONGEST
    for one in found:
        if isinstance(one, Taken):
            assert one.text.strip() and one.source
            assert all(one.text[finding.start : finding.end] == finding.quote for finding in one.findings)
            assert one.text.encode("utf-8")
        else:
            assert isinstance(one, Refused) and one.reason and "\n" not in one.reason
            assert "cannot be read (" not in one.reason or "Error:" not in one.reason, one.reason
