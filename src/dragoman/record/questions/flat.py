"""Flat rows: an event as one row of plain values, for CSV and Parquet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dragoman.record.codes import code
from dragoman.record.questions.answers import EventLine, Part

Cell = str | int | float | bool | None
COLUMNS: Mapping[str, tuple[type, str]] = {
    "event_id": (str, "id of the event; stable, `dragoman show` takes it"),
    "kind": (str, "kind of the act, such as `meeting` or `recognition`"),
    "type": (str, "PLOVER event type"),
    "cameo": (str, "CAMEO code, a string that keeps its zeros; empty where CAMEO has none"),
    "goldstein": (float, "Goldstein's intensity of the CAMEO code, -10 to 10"),
    "modality": (str, "`happened`, `ongoing`, `planned`, `requested`, `conditional` or `possible`"),
    "polarity": (str, "`affirmed` or `denied`"),
    "day": (str, "first day, ISO 8601; empty where nothing is known"),
    "day_to": (str, "last day, ISO 8601"),
    "dated": (str, "what the day rests on: `told`, `said` (when it was said), `published` or `unknown`"),
    "place": (str, "place as the text names it"),
    "country": (str, "ISO 3166-1 alpha-3 code of the place"),
    "actors": (str, "who acts: `NAME for POLITY as OFFICE`, apart by semicolons"),
    "targets": (str, "who is acted on, in the same form"),
    "about": (str, "whom it is about (the regime whose recognition is asked for), in the same form"),
    "actor_ids": (str, "polities, regimes and organizations that act, by id, apart by `|`"),
    "target_ids": (str, "those that are acted on, by id"),
    "about_ids": (str, "those it is about, by id"),
    "said_by": (str, "on whose word; empty where the report itself tells it"),
    "claim": (bool, "whether it is told on somebody's word"),
    "sure": (bool, "whether the reader had no doubts"),
    "verdict": (str, "`accept` or `reject`, by a reviewer"),
    "tellings": (int, "reports that tell the event"),
    "sources": (int, "independent ones among them; copies count once"),
    "differ": (str, "fields in which they differ, apart by `|`"),
    "sentence": (str, "the event in plain English"),
    "outlet": (str, "outlet of the report that is quoted"),
    "published": (str, "its day of publication"),
    "report_id": (str, "its id"),
    "quote": (str, "the words that tell the event: `text[start:end]` of the report"),
    "start": (int, "offset of the quote, in code points"),
    "end": (int, "offset behind the quote"),
    "rule": (str, "rule of the lexicon that found it"),
    "added_at": (str, "when the record took this in, UTC"),
}


def flat(line: EventLine) -> dict[str, Cell]:
    """An event as a row, in the order of `COLUMNS`."""
    coded = code(line.kind, line.modality, line.polarity)
    made: dict[str, Cell] = {name: getattr(line, name) for name in COLUMNS if hasattr(line, name)}
    made |= {
        "event_id": line.id,
        "report_id": line.report,
        "cameo": coded.cameo if coded else None,
        "goldstein": coded.goldstein if coded else None,
        "differ": "|".join(line.differ),
    }
    for name, ids, parts in (
        ("actors", "actor_ids", line.actors),
        ("targets", "target_ids", line.targets),
        ("about", "about_ids", line.about),
    ):
        made[name] = written(parts)
        made[ids] = "|".join(dict.fromkeys(one.who for one in parts if one.who))
    return {name: made[name] for name in COLUMNS}


def written(parts: Sequence[Part]) -> str:
    """Parts as a reviewer would write them (`dragoman.record.review.correcting.value_of` takes them back)."""
    found = []
    for one in parts:
        said = one.name or one.who_name
        if said is None:
            continue
        if one.who is not None and one.who != one.entity and one.entity is not None:
            said += f" for {one.who_name}"
        if one.office and one.entity is not None:
            said += f" as {' '.join(one.office.split())}"
        found.append(said.replace(";", ","))
    return "; ".join(found)
