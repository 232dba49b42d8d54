"""Rows: a reading as rows of the index."""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import msgspec

from dragoman import lexicon
from dragoman.domain import Argument, Attribution, EntityKind, Event, Reading, Report
from dragoman.record.steps import steps

Row = dict[str, Any]
UNKNOWN = ""  # a day that nothing is known of
UNSETTLED = "?"  # a party that was not settled
PERSON = "person"  # a party who acts for nobody known


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Kinds that tell the same act in other words; ``once`` for what is done once and told of long afterwards."""

    group: str
    kinds: list[str]
    days: int
    symmetric: bool = False
    once: bool = False


class MergeFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``merging.yaml``."""

    groups: list[Group]
    days: int
    modalities: dict[str, str]


@cache
def merge_entries() -> MergeFile:
    """Load ``merging.yaml``."""
    return lexicon.entries("merging.yaml", MergeFile)


@cache
def group_of(kind: str) -> Group:
    """The group of a kind; its own where it is in none."""
    entries = merge_entries()
    own = Group(group=kind, kinds=[kind], days=entries.days)
    return next((one for one in entries.groups if kind in one.kinds), own)


@dataclass(slots=True)
class Rows:
    """The rows of one reading, by table; ``num`` of a telling is its place here until it is stored."""

    tellings: list[Row] = field(default_factory=list)
    parties: list[Row] = field(default_factory=list)
    steps: list[Row] = field(default_factory=list)
    claims: list[Row] = field(default_factory=list)
    findings: list[Row] = field(default_factory=list)
    entities: list[Row] = field(default_factory=list)
    persons: list[Row] = field(default_factory=list)


def report_id(report: Report) -> str:
    """The id of a report: of its text and where it came from, so that two outlets' copies are two reports."""
    said = "\0".join([report.text, report.published or "", report.outlet or "", report.url or ""])
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def body(reading: Reading) -> bytes:
    """The reading's JSON without its report's text, deflated."""
    bare = msgspec.structs.replace(reading, report=msgspec.structs.replace(reading.report, text=""))
    return zlib.compress(msgspec.json.encode(bare), 6)


def unbody(stored: bytes, text: str) -> Reading:
    """The reading out of what `body` made."""
    bare = msgspec.json.decode(zlib.decompress(stored), type=Reading)
    return msgspec.structs.replace(bare, report=msgspec.structs.replace(bare.report, text=text))


def rows(reading: Reading, report: str, source: str, added_at: str) -> Rows:
    """All rows of a reading.

    Parameters
    ----------
    reading
        The reading.
    report, source
        The id of its report, and of the report that stands for all copies of it.
    added_at
        When it was added (ISO 8601, UTC).
    """
    made = Rows()
    text = reading.report.text
    filed = {"report_id": report, "source": source, "added_at": added_at}
    seen: dict[str, int] = {}
    for n, event in enumerate(reading.events):
        if event.same_as is not None:
            continue
        base = _origin(report, event)
        seen[base] = seen.get(base, 0) + 1
        origin = base if seen[base] == 1 else _short(f"{base}:{seen[base]}")
        tell(made, reading, event, {"n": n, "origin": origin, "event_id": origin, "verdict": None} | filed)
    for one in reading.claims:
        span = one.source_span
        made.claims.append(
            {
                "report_id": report,
                "speaker": one.source,
                "speaker_text": text[span.start : span.end] if span else None,
                "cue": text[one.cue.start : one.cue.end] if one.cue else None,
                "manner": one.manner,
                "quote": text[one.content.start : one.content.end],
                "start": one.content.start,
                "end": one.content.end,
                "day": (one.said.start if one.said else None) or (reading.report.published or UNKNOWN)[:10],
            }
        )
    made.findings = [
        {"report_id": report, "kind": one.kind, "verdict": one.verdict, "quote": one.quote}
        | {"start": one.start, "end": one.end, "why": one.why}
        for one in reading.findings
    ]
    made.entities = [{"id": one.id, "kind": one.kind, "name": one.name} for one in reading.entities]
    return made


def tell(made: Rows, reading: Reading, event: Event, filed: Row) -> None:
    """Add the rows of one event of a reading.

    Parameters
    ----------
    made
        Where the rows go.
    reading, event
        The event, and the reading that knows its entities; the event may be corrected.
    filed
        The columns of its telling that do not come from the event: where and as what it is filed.
    """
    kinds = {one.id: one.kind for one in reading.entities}
    names = {one.id: one.name for one in reading.entities}
    telling = _telling(reading, event, kinds) | filed
    made.tellings.append(telling)
    _parts(made, event, len(made.tellings) - 1, telling, kinds, names)


def _parts(
    made: Rows,
    event: Event,
    place: int,
    telling: Row,
    kinds: Mapping[str, EntityKind],
    names: Mapping[str, str],
) -> None:
    dated = {"kind": event.kind, "day": telling["day"]}
    for role, parts in (("actor", event.actors), ("target", event.targets), ("about", event.about)):
        for at, part in enumerate(parts):
            person = kinds.get(part.entity or "") == "person"
            who = part.for_ or (None if person else part.entity)
            made.parties.append(
                {"num": place, "role": role, "place": at, "who": who, "entity": part.entity, "office": part.office}
                | dated
            )
            if part.entity is not None and person:
                made.persons.append({"id": part.entity, "polity": part.for_ or "", "name": names[part.entity]})
    # What happened is a step by its last day, or once it is told; what is to come is expected since it was told.
    published = (telling["published"] or "")[:10]
    happened = telling["modality"] in ("happened", "ongoing")
    days = [day for day in (telling["day_to"] if happened else "", published) if day]
    held_by = min(days, default=telling["day"] or telling["added_at"][:10])
    speakers = {part for link in event.attribution for part in (link.source,) if part}
    for at, step in enumerate(steps(event, kinds)):
        own = {part.entity for part in (*event.actors, *event.targets) if step.holder in (part.for_, part.entity)}
        made.steps.append(
            {"num": place, "place": at, "holder": step.holder, "toward": step.toward, "axis": step.axis}
            | {"level": step.level, "way": step.way, "held": step.held, "implied": step.implied}
            | {"claim": telling["claim"] and not speakers & {*own, step.holder}, "day": held_by}
            | {name: telling[name] for name in ("said_by", "published", "added_at")}
        )


def _telling(reading: Reading, event: Event, kinds: Mapping[str, EntityKind]) -> Row:
    report = reading.report
    first, last, dated = _dates(event, report.published)
    evidence = event.evidence[0]
    speakers = [link for link in event.attribution if kinds.get(link.source or "") != "outlet"]
    return {
        "key": _key(event, kinds),
        "kind": event.kind,
        "type": event.type,
        "modality": event.modality,
        "polarity": event.polarity,
        "day": first,
        "day_to": last,
        "dated": dated,
        "place": event.place.name if event.place else None,
        "country": event.place.country if event.place else None,
        "said_by": _said_by(reading, event.attribution, speakers),
        "claim": bool(speakers),
        "sure": not event.doubts,
        "outlet": report.outlet,
        "published": report.published,
        "quote": evidence.quote,
        "start": evidence.start,
        "end": evidence.end,
        "rule": event.rule,
    }


def _said_by(reading: Reading, chain: Sequence[Attribution], speakers: Sequence[Attribution]) -> str | None:
    """The name of the innermost speaker, or of the outlet where it is told on nobody else's word."""
    link = (speakers or chain)[-1] if chain else None
    if link is None:
        return None
    name = next((one.name for one in reading.entities if one.id == link.source), None)
    if name is None and link.source_span is not None:
        name = reading.report.text[link.source_span.start : link.source_span.end]
    return name or f"nobody named ({link.cue})"


def _dates(event: Event, published: str | None) -> tuple[str, str, str]:
    """First and last day of an event, and what they rest on: told, when it was said, or the day of publication."""
    for time, dated in ((event.time, "told"), (event.said, "said")):
        if time is not None and time.start is not None and time.status == "resolved":
            return time.start, time.end or time.start, dated
    day = (published or UNKNOWN)[:10]
    return day, day, "published" if day else "unknown"


def _key(event: Event, kinds: Mapping[str, EntityKind]) -> str:
    """What tellings of one event share: the act, whether it is done, and between whom.

    Where a side is missing or not settled, only the same words tell the same event (in copies).
    """
    group = group_of(event.kind)
    actors, targets, about = (_bearers(parts, kinds) for parts in (event.actors, event.targets, event.about))
    sides = sorted({*actors, *targets}) if group.symmetric else [",".join(actors), ">", ",".join(targets)]
    modality = merge_entries().modalities[event.modality]
    key = "|".join([group.group, modality, *sides, *(["about", *about] if about else [])])
    whole = len(sides) > 1 if group.symmetric else bool(actors and (targets or about))
    if whole and UNSETTLED not in (*actors, *targets, *about):
        return key
    return f"{key}|{_short(' '.join(event.evidence[0].quote.lower().split()))}"


def _bearers(parts: Sequence[Argument], kinds: Mapping[str, EntityKind]) -> list[str]:
    """For whom the parts act; persons who act for nobody known are told apart as persons, not by their spelling."""
    return sorted(
        {PERSON if not part.for_ and kinds.get(part.entity or "") == "person" else _name(part) for part in parts}
    )


def _name(part: Argument) -> str:
    return part.for_ or part.entity or UNSETTLED


def _origin(report: str, event: Event) -> str:
    evidence = event.evidence[0]
    parties = ",".join([*sorted(map(_name, event.actors)), ">", *sorted(map(_name, event.targets))])
    return _short(f"{report}:{event.kind}:{evidence.start}:{evidence.end}:{parties}")


def _short(said: str) -> str:
    """Twelve letters and digits (60 bits) of a SHA-256."""
    return base64.b32encode(hashlib.sha256(said.encode()).digest())[:12].decode().lower()
