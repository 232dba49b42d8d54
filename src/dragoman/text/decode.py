"""Decode: bytes to text, by what the bytes are and then by what they are said to be."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from unicodedata import category

from dragoman.domain import BadInput
from dragoman.text.letters import likely
from dragoman.text.misread import CONTROL, is_misread
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
    "cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp437 cp850 cp852 cp866 cp874 koi8-r koi8-u "
    "koi8-t iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-9 iso8859-10 iso8859-13 "
    "iso8859-14 iso8859-15 iso8859-16 mac-roman mac-cyrillic"
)
MULTIPLE = "gb18030 big5hkscs cp932 euc_jp cp949 utf-16-le utf-16-be"
KNOWN = frozenset(codecs.lookup(name).name for name in f"{SINGLE} {MULTIPLE}".split())
WEB = {  # as browsers read them: https://encoding.spec.whatwg.org
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-16-le",
    "utf-32": "utf-32-le",
}
LABELS = {"windows-874": "cp874", "sjis": "cp932", "windows-949": "cp949", "iso-8859-8-i": "iso8859-8"}
WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
SAMPLE = 1 << 16
UNSOUND = ("Cn", "Co")  # categories of characters that stand in no text: unassigned, for private use
PRINTED = bytes(range(0x20, 0x7F))
MOSTLY = 0.8  # of bytes that are printed ASCII, from which on they are characters each
SPACED = re.compile("[\\s\u3001\u3002\uff0c]")  # what no text is without: spaces, or commas and stops that do without
ESCAPES = (b"\x1b$@", b"\x1b$B")  # by which ISO-2022-JP turns to Japanese
TAKEN = 0.9  # of the fit of the likeliest encoding, up to which the one declared is given up for it
STRAY_MARK = re.compile("^(?:\ufeff|ï»¿)+")  # the latter is the mark read as windows-1252
ESCAPED = re.compile("[\udc80-\udcff]+")  # bytes that are not UTF-8, as Python escapes them
LETTER = re.compile(r"[^\W\d_\x00-\x7f]")
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
        return _wide(data, declared) or _strict(data, "utf-8") or _declared(data, declared) or _guessed(data, declared)
    return _escaped(data, declared) or Decoded(text := data.decode("ascii"), ByteMap(text, "utf-8"))


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


def _wide(data: bytes, declared: str | None) -> Decoded | None:
    """UTF-16 or UTF-32 without a byte order mark, as declared or by its bytes; other zeros are binary."""
    if b"\0" not in data:
        return None
    said = known(declared)
    name = said if said in WIDE else None
    if name and name.startswith("utf-32") and (read := _sound(data, name)):
        return read
    sample = data[:SAMPLE]
    told, read = _wider(data)
    if read and name != told:
        how = "zero" if sample.count(0) * 5 >= len(sample) * 2 else "alike"
        why = f"{f'{name} is declared, but ' if name else ''}taken for {told.upper()}, as every second byte is {how}"
        return replace(read, doubt=why)
    read = read or (_sound(data, name) if name else None)
    if read is None and len(sample) - len(sample.translate(None, CONTROLS)) > len(sample) // 50:
        raise BadInput("the input is binary data, not text")
    return read


def _wider(data: bytes) -> tuple[str, Decoded | None]:
    """UTF-16 by its bytes: of the two of a character the higher one, which tells the alphabet, varies less."""
    sample = data[:SAMPLE]
    told = "utf-16-le" if len(set(sample[1::2])) <= len(set(sample[::2])) else "utf-16-be"
    plain = len(sample) - len(sample.translate(None, PRINTED))
    return told, None if plain > MOSTLY * len(sample) else _sound(data, told)


def _sound(data: bytes, name: str) -> Decoded | None:
    """Decode strictly, if all that comes of it is text."""
    read = _strict(data, name)
    if read is None or not SPACED.search(read.text) or any(category(one) in UNSOUND for one in read.text[:SAMPLE]):
        return None
    return None if "\0" in read.text or CONTROL.search(read.text) else read


def _escaped(data: bytes, declared: str | None) -> Decoded | None:
    """ISO-2022-JP, whose bytes are all ASCII; each character depends on those before, so they stand for it as one."""
    if not any(mark in data for mark in ESCAPES):
        return None
    try:
        text = data.decode("iso2022_jp")
    except UnicodeDecodeError:
        return None
    said = known(declared) == "iso2022_jp"
    doubt = None if said else "taken for ISO-2022-JP by its escapes"
    return Decoded(text, ByteMap(text, "iso2022_jp", 0, (Piece(0, len(text), 0, len(data)),)), doubt)


def known(declared: str | None) -> str | None:
    """The name in Python of the charset that is declared, as browsers take it; None where there is no such one."""
    label = (declared or "").strip().lower()
    while label.startswith("x-"):
        label = label[2:]
    try:
        name = codecs.lookup(LABELS.get(label, label)).name
    except (LookupError, ValueError):
        return None
    return WEB.get(name, name)


def _declared(data: bytes, declared: str | None) -> Decoded | None:
    name = known(declared)
    read = _strict(data, name) if name in KNOWN else None
    if name is None or read is None:
        return None
    told = likely(data, name)
    words = told.sample.decode(name, "ignore")
    misread = is_misread(words)
    if not misread and (told.rival == 1 or not LETTER.search(words)):
        return read
    best = WEB.get(told.encoding or "", told.encoding)
    guess = _strict(data, best) if best else None
    if guess is None or guess.text == read.text:
        return replace(read, doubt=f"{name} is declared, but its letters do not fit") if misread else read
    if told.rival < TAKEN or misread:
        return replace(guess, doubt=f"{name} is declared, but its letters do not fit: taken for {best} by them")
    return replace(read, doubt=f"{name} is declared, but by its letters it may be {best}")


def _guessed(data: bytes, declared: str | None) -> Decoded:
    escaped = data.decode("utf-8", "surrogateescape")
    bad = sum(1 for _ in ESCAPED.finditer(escaped))
    if len(SEVERAL.findall(escaped)) > 10 * bad:
        return _damaged(data, "utf-8")
    why = f"{declared} is declared, which it is not" if declared else "no charset is declared"
    told = likely(data)
    for name in (told.encoding if told.rival < TAKEN else None, "cp1252", told.encoding):
        if name and (read := _strict(data, WEB.get(name, name), doubt=f"{why}: taken for {name} by its letters")):
            return read
    told_wide, wide = _wider(data)
    if wide is None:
        raise BadInput("the input is not text in any known encoding")
    return replace(wide, doubt=f"{why}: taken for {told_wide.upper()} by its bytes")
