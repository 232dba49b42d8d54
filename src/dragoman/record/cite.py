"""Citing: an event with its evidence as plain text, BibTeX, RIS or CSL-JSON.

An event is cited as an entry of a data set, by its lasting id, the day the record was asked, and the report that
tells it, with outlet and day.  RIS: *RIS Format Specifications* (2011); CSL-JSON:
Citation Style Language 1.0.2.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

import msgspec

from dragoman.record.questions.answers import Shown, Telling

ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in "&%$#_"} | {"{": "(", "}": ")", "\\": "/", "~": " ", "^": " "})
TITLE = 200  # characters


def cite(shown: Shown, form: str, on: date) -> str:
    """An event as a citation.

    Parameters
    ----------
    shown
        The event.
    form
        A key of `FORMS`.
    on
        The day on which it was looked up.
    """
    return FORMS[form](shown, on)


def _title(shown: Shown) -> str:
    line = shown.line
    return _flat(f"{line.sentence}, {line.day or 'no day'} [{line.kind}, {line.modality}, {line.polarity}]")


def _flat(said: str) -> str:
    return re.sub(r"[\s\x00-\x1f\x7f]+", " ", said).strip()


def _telling(shown: Shown) -> Telling:
    return next((one for one in shown.tellings if one.line.telling == shown.line.telling), shown.tellings[0])


def _source(one: Telling) -> str:
    words = f"“{_flat(one.evidence[0].quote)}”" if one.evidence else ""
    where = [one.line.outlet, one.line.published, one.url, f"report {one.line.report}"]
    return f"{words} ({', '.join(_flat(part) for part in where if part)}, characters {_range(one)})"


def _range(one: Telling) -> str:
    return f"{one.line.start}–{one.line.end}"


def _plain(shown: Shown, on: date) -> str:
    word = f" Said by {_flat(shown.line.said_by)}." if shown.line.claim and shown.line.said_by else ""
    sources = shown.line.sources
    reports = f"{sources} independent source{'' if sources == 1 else 's'}"
    return f"{_title(shown)}. Dragoman event {shown.id}, {reports}, looked up {on}.{word} {_source(_telling(shown))}."


def _bibtex(shown: Shown, on: date) -> str:
    one = _telling(shown)
    fields = {
        "title": f"{{{_title(shown)[:TITLE].translate(ESCAPED)}}}",
        "author": f"{{{_flat(one.line.outlet or 'unknown outlet').translate(ESCAPED)}}}",
        "date": one.line.published or "",
        "url": one.url or "",
        "urldate": on.isoformat(),
        "howpublished": f"Dragoman event {shown.id}",
        "note": f"{_source(one)}".translate(ESCAPED),
    }
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{dragoman-{shown.id},\n{body}\n}}"


def _ris(shown: Shown, on: date) -> str:
    one = _telling(shown)
    lines = [
        ("TY", "DATA"),
        ("ID", shown.id),
        ("TI", _title(shown)[:TITLE]),
        ("AU", _flat(one.line.outlet or "")),
        ("PY", (one.line.published or "")[:4]),
        ("DA", (one.line.published or "").replace("-", "/")),
        ("UR", one.url or ""),
        ("Y2", on.strftime("%Y/%m/%d")),
        ("DB", "Dragoman"),
        ("N1", _source(one)),
        ("ER", ""),
    ]
    return "\n".join(f"{tag}  - {value}" for tag, value in lines if value or tag == "ER")


def _csl(shown: Shown, on: date) -> str:
    one = _telling(shown)
    item: dict[str, object] = {
        "id": shown.id,
        "type": "dataset",
        "title": _title(shown),
        "author": [{"literal": _flat(one.line.outlet)}] if one.line.outlet else [],
        "container-title": "Dragoman record",
        "number": shown.id,
        "accessed": {"date-parts": [[on.year, on.month, on.day]]},
        "note": _source(one),
    }
    if one.line.published:
        item["issued"] = {"date-parts": [[int(part) for part in one.line.published[:10].split("-")]]}
    if one.url:
        item["URL"] = one.url
    return msgspec.json.format(msgspec.json.encode([item]), indent=2).decode()


FORMS: Mapping[str, Callable[[Shown, date], str]] = {
    "plain": _plain,
    "bibtex": _bibtex,
    "ris": _ris,
    "csl": _csl,
}
