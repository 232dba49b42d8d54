"""Decode: bytes to text, by what the bytes are and then by what they are said to be."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dragoman.domain import BadInput
from dragoman.text.misread import SHARE, is_cased, odd_share
from dragoman.text.offsets import ByteMap, Piece

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
FORMATS = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a database"),
)
SINGLE = (
    "cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp437 cp850 cp866 koi8-r koi8-u koi8-t "
    "iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-9 iso8859-10 iso8859-13 "
    "iso8859-14 iso8859-15 iso8859-16 mac-roman mac-cyrillic tis-620"
)
MULTIPLE = "gb18030 gbk gb2312 big5 big5hkscs cp932 shift_jis euc_jp euc_kr cp949 utf-16-le utf-16-be utf-8"
KNOWN = frozenset(codecs.lookup(name).name for name in f"{SINGLE} {MULTIPLE}".split())
WEB = {"ascii": "cp1252", "iso8859-1": "cp1252"}  # as browsers read them: https://encoding.spec.whatwg.org
WIDE = {"utf-16": "utf-16-le", "utf-16le": "utf-16-le", "utf-16-le": "utf-16-le", "utf-16be": "utf-16-be"}
WIDE |= {"utf-16-be": "utf-16-be", "utf-32": "utf-32-le", "utf-32le": "utf-32-le", "utf-32be": "utf-32-be"}
CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
FOREIGN_SHARE = 0.2  # of bytes above 127, from which on the text is not in Latin letters
SAMPLE = 1 << 16
STRAY_MARK = re.compile("^(?:\ufeff|ï»¿)+")  # the latter is the mark read as windows-1252
ESCAPED = re.compile("[\udc80-\udcff]+")  # bytes that are not UTF-8, as Python escapes them
SEVERAL = re.compile("[\x80-\ud7ff\ue000-\U0010ffff]")  # characters of several bytes in UTF-8


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the way back to its bytes; `doubt` says why the encoding is not certain."""

    text: str
    bytemap: ByteMap
    doubt: str | None = None


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode `data`: byte order mark, UTF-8, the `declared` charset, then by statistics.

    Raises
    ------
    BadInput
        When the data are empty, of a binary format, or in no known encoding.
    """
    if not data:
        raise BadInput("nothing to read: the input is empty")
    for mark, name in MARKS:
        if data.startswith(mark):
            return _strict(data, name, len(mark)) or _damaged(data, name, len(mark))
    _refuse_binary(data)
    if not data.isascii() or b"\0" in data:
        return (
            _declared_wide(data, declared)
            or _wide(data)
            or _strict(data, "utf-8")
            or _declared(data, declared)
            or _guessed(data)
        )
    return Decoded(text := data.decode("ascii"), ByteMap(text, "utf-8"))


def decode_text(text: str) -> Decoded:
    """Take text that is decoded already; a leading byte order mark is dropped."""
    kept = STRAY_MARK.sub("", text)
    return Decoded(kept, ByteMap(kept, "utf-8", len(text[: len(text) - len(kept)].encode())))


def _strict(data: bytes, name: str, skipped: int = 0, doubt: str | None = None) -> Decoded | None:
    try:
        text = data[skipped:].decode(name)
        whole = text.encode(name) == data[skipped:]
    except UnicodeError:
        return None
    kept = STRAY_MARK.sub("", text)
    skipped += len(text[: len(text) - len(kept)].encode(name))
    pieces = () if whole else (Piece(0, len(kept), skipped, len(data)),)
    return Decoded(kept, ByteMap(kept, name, skipped, pieces), doubt)


def _damaged(data: bytes, name: str, skipped: int = 0) -> Decoded:
    """Decode with a replacement character for each run of bytes that is not `name`."""
    doubt = f"some bytes are not {name.upper()} and stand as replacement characters"
    if name != "utf-8":
        text = data[skipped:].decode(name, "replace")
        return Decoded(text, ByteMap(text, name, skipped, (Piece(0, len(text), skipped, len(data)),)), doubt)
    escaped = data[skipped:].decode(name, "surrogateescape")
    text = ESCAPED.sub("\ufffd", escaped)
    return Decoded(text, ByteMap(text, name, skipped, tuple(_holes(escaped, skipped))), doubt)


def _holes(escaped: str, byte: int) -> Iterator[Piece]:
    at = length = 0
    for run in ESCAPED.finditer(escaped):
        byte += len(escaped[at : run.start()].encode())
        length += run.start() - at
        size = run.end() - run.start()
        yield Piece(length, length + 1, byte, byte + size)
        at, length, byte = run.end(), length + 1, byte + size


def _refuse_binary(data: bytes) -> None:
    for magic, what in FORMATS:
        if data.startswith(magic):
            raise BadInput(f"the input is {what}, not text")


def _declared_wide(data: bytes, declared: str | None) -> Decoded | None:
    """UTF-16 or UTF-32 as declared, if the bytes are text in it."""
    name = (declared or "").lower().replace("_", "-")
    if name not in WIDE or b"\0" not in data:
        return None
    read = _strict(data, WIDE[name])
    return read if read and "\0" not in read.text else None


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 without a byte order mark: mostly Latin letters, every second byte zero; other zeros are binary."""
    sample = data[:SAMPLE]
    zeros = sample.count(0)
    for name, odd in (("utf-16-le", 1), ("utf-16-be", 0)):
        if zeros * 5 >= len(sample) * 2 and sample[odd::2].count(0) >= 0.95 * zeros and len(data) % 2 == 0:
            return _strict(data, name, doubt=f"taken for {name.upper()}, as every second byte is zero")
    if len(sample) - len(sample.translate(None, CONTROLS)) > len(sample) // 50:
        raise BadInput("the input is binary data, not text")
    return None


def _declared(data: bytes, declared: str | None) -> Decoded | None:
    try:
        name = codecs.lookup(declared or "").name
    except (LookupError, ValueError):
        return None
    name = WEB.get(name, name)
    read = _strict(data, name) if name in KNOWN and name != "utf-8" else None
    if read is None or (odd_share(read.text) < SHARE and (not _is_foreign(data) or is_cased(read.text))):
        return read
    return _instead(data, name, read)


def _is_foreign(data: bytes) -> bool:
    """Whether so many bytes are above 127 that they are not of Latin letters."""
    sample = data[:SAMPLE]
    return len(sample.translate(None, bytes(range(128)))) >= FOREIGN_SHARE * len(sample)


def _instead(data: bytes, name: str, read: Decoded) -> Decoded:
    """What the bytes are by their letters, where these do not fit the encoding that is declared."""
    try:
        guess = _guessed(data)
    except BadInput:
        guess = read
    taken = guess.bytemap.encoding
    if odd_share(guess.text) < odd_share(read.text):
        return replace(guess, doubt=f"{name} is declared, but its letters do not fit: taken for {taken} by them")
    if guess.text != read.text:
        return replace(read, doubt=f"{name} is declared, but by its letters it may be {taken}")
    return read if odd_share(read.text) < SHARE else replace(read, doubt=f"{name} is declared, but does not fit")


def _guessed(data: bytes) -> Decoded:
    sample = data[:SAMPLE]
    escaped = data.decode("utf-8", "surrogateescape")
    bad = sum(1 for _ in ESCAPED.finditer(escaped))
    if len(SEVERAL.findall(escaped)) > 10 * bad:
        return _damaged(data, "utf-8")
    if not _is_foreign(data):
        read = _strict(data, "cp1252", doubt="not UTF-8 and no charset is declared: taken for windows-1252")
        if read:
            return read
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=sorted(KNOWN)).best()
    name = codecs.lookup(best.encoding).name if best else ""
    read = _strict(data, name, doubt=f"no charset is declared: taken for {name} by its letters") if name else None
    if read:
        return read
    raise BadInput("the input is not text in any known encoding")
