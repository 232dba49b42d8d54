"""Synthetic readings: any number of events between states, seeded, as reports would tell them.

Who acts is drawn with a few states in most of the news (Zipf's law, as GDELT and ICEWS count them), over twenty-five
years; one event in ten is somebody's claim, some are planned or denied, one in seven is told by a second report.
"""

from __future__ import annotations

import hashlib
import os
import random
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from itertools import accumulate, islice
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq

from dragoman.cluster.columns import batch, schema
from dragoman.cluster.load import load as load_readings
from dragoman.cluster.readings import Readings
from dragoman.domain import (
    Argument,
    Attribution,
    Claim,
    Entity,
    Event,
    Evidence,
    Maker,
    Mention,
    Passage,
    Reading,
    Report,
    Span,
    Time,
)
from dragoman.reading.names import catalogue
from dragoman.record import Record

SEED = 20220726
PER_REPORT = 8  # events
PER_FILE = 2000  # reports
FIRST, DAYS = date(2000, 1, 1), 9131  # twenty-five years
KINDS = (  # kind, type, the words between the two, how often
    ("meeting", "CONSULT", "met a minister of", 300),
    ("call", "CONSULT", "telephoned with", 120),
    ("visit", "CONSULT", "sent a delegation to", 120),
    ("talks", "CONSULT", "held talks with", 120),
    ("condemn", "ACCUSE", "condemned", 110),
    ("aid", "AID", "gave aid to", 80),
    ("praise", "SUPPORT", "praised", 60),
    ("demand", "REQUEST", "made demands on", 40),
    ("sanction", "SANCTION", "imposed sanctions on", 12),
    ("lift-sanction", "CONCEDE", "lifted its sanctions on", 4),
    ("open-mission", "SUPPORT", "opened an embassy in", 6),
    ("close-mission", "SANCTION", "closed its embassy in", 2),
    ("accredit-ambassador", "SUPPORT", "accredited an ambassador of", 10),
    ("recall-ambassador", "SANCTION", "recalled its ambassador from", 4),
    ("sever-relations", "SANCTION", "severed relations with", 1),
    ("recognition", "SUPPORT", "recognised", 6),
    ("withdraw-recognition", "SANCTION", "withdrew its recognition of", 2),
    ("non-recognition", "REJECT", "refused to recognise", 3),
)
ABOUT = """trade fishery railway vaccine water border prisoner student grain gas pipeline visa refugee flood earthquake
    satellite port airline customs tariff mining forest wheat debt election treaty archive museum""".split()  # noqa: SIM905
TOPICS = [f"{one}{other}" for one in ABOUT for other in ABOUT]  # each in about one sentence of a hundred and thirty
MAKER = Maker(reader="synthetic", model="none", lexicon="none")


def readings(events: int, seed: int = SEED) -> Iterator[tuple[Reading, str]]:
    """Readings that hold so many events, each with the name of its report."""
    pick = random.Random(seed)
    states = [one for one in catalogue().values() if one.kind == "polity"]
    regimes = [one for one in catalogue().values() if one.kind == "regime"]
    parties = [*states[:30], *regimes, *states[30:]]
    pick.shuffle(parties)
    weights = list(accumulate(1 / rank for rank in range(1, len(parties) + 1)))
    often = list(accumulate(each[3] for each in KINDS))
    before: list[tuple[int, Entity, Entity, int]] = []
    for number in range(-(-events // PER_REPORT)):
        day = number * DAYS * PER_REPORT // events
        told = []
        for _ in range(min(PER_REPORT, events - number * PER_REPORT)):
            again = pick.choice(before) if before and pick.random() < 1 / 7 else None
            kind = again[0] if again else pick.choices(range(len(KINDS)), cum_weights=often)[0]
            one, other = (again[1], again[2]) if again else pick.choices(parties, cum_weights=weights, k=2)
            while other is one:
                other = pick.choice(parties)
            told.append((kind, one, other, day if again is None else again[3]))
        before = [*before, *told][-40:]
        yield _reading(number, day, told, pick)


def write(folder: Path, events: int, seed: int = SEED) -> list[str]:
    """Write readings that hold so many events as Parquet; the names of the files, in order."""
    shares = os.cpu_count() or 1
    with ProcessPoolExecutor(shares, mp_context=get_context("spawn")) as pool:
        made = pool.map(_write, *zip(*((folder, events, seed, at, shares) for at in range(shares)), strict=True))
        return sorted(name for names in made for name in names)


def _write(folder: Path, events: int, seed: int, share: int, shares: int) -> list[str]:
    names = []
    given = readings(events, seed)
    for number, part in enumerate(iter(lambda: list(islice(given, PER_FILE)), [])):
        if number % shares == share:
            names.append(f"readings/month=unknown/{number:06}.parquet")
            path = folder / names[-1]
            path.parent.mkdir(parents=True, exist_ok=True)
            with pq.ParquetWriter(path, schema(), compression="zstd") as file:
                for at in range(0, len(part), PER_FILE // 4):
                    file.write_batch(batch((*one, None) for one in part[at : at + PER_FILE // 4]))
    return names


def load(record: Record, events: int) -> float:
    """Load so many events into a record; the seconds that it took, without those in which they were made up."""
    with TemporaryDirectory() as folder:
        names = write(Path(folder), events)
        begun = time.perf_counter()
        load_readings(record, Readings(folder), names)
        return time.perf_counter() - begun


def _reading(
    number: int, day: int, told: Sequence[tuple[int, Entity, Entity, int]], pick: random.Random
) -> tuple[Reading, str]:
    published = FIRST + timedelta(day + 1)
    text, made, claims = "", [], []
    mentions: list[Mention] = []
    for at, (kind, one, other, when) in enumerate(told):
        sentence = _Sentence(len(text), kind, one, other, FIRST + timedelta(when), pick)
        text += f"{sentence.text}\n\n"
        made.append(sentence.event(f"e{at + 1}", at))
        mentions += sentence.mentions
        claims += sentence.claims
    report = Report(
        id=hashlib.sha256(text.encode()).hexdigest(),
        title=f"Report {number}",
        outlet=f"Outlet {pick.randrange(200)}",
        url=None,
        published=published.isoformat(),
        language="en",
        text=text,
    )
    reading = Reading(
        report=report,
        passages=tuple(Passage(start=one.evidence[0].start, end=one.evidence[0].end, kind="body") for one in made),
        entities=tuple({one.id: one for _, *two, _ in told for one in two if isinstance(one, Entity)}.values()),
        mentions=tuple(mentions),
        events=tuple(made),
        claims=tuple(claims),
        times=(),
        quantities=(),
        findings=(),
        made_by=MAKER,
    )
    return reading, f"synthetic:{number}"


class _Sentence:
    """One sentence, and the event that it tells."""

    def __init__(self, at: int, kind: int, one: Entity, other: Entity, day: date, pick: random.Random) -> None:
        self.kind, self.type, words, _ = KINDS[kind]
        about = " ".join(pick.choices(TOPICS, k=6))
        self.text = f"{one.name} {words} {other.name} on {day:%d %B %Y}, {about}."
        self.at, self.day = at, day
        self.one = Argument(entity=one.id, start=at, end=at + len(one.name))
        start = at + len(one.name) + len(words) + 2
        self.other = Argument(entity=other.id, start=start, end=start + len(other.name))
        self.claimed = pick.random() < 0.1
        self.modality = "planned" if pick.random() < 0.06 else "happened"
        self.polarity = "denied" if self.kind == "non-recognition" or pick.random() < 0.02 else "affirmed"
        self.whole = Span(start=at, end=at + len(self.text))
        self.mentions = [
            Mention(entity=one.id, start=self.one.start, end=self.one.end, text=one.name, by="name"),
            Mention(entity=other.id, start=self.other.start, end=self.other.end, text=other.name, by="name"),
        ]
        self.claims = (
            [Claim(source="FRA", source_span=None, cue=None, content=self.whole, manner="indirect")]
            if self.claimed
            else []
        )

    def event(self, id: str, passage: int) -> Event:
        stamp = self.day.isoformat()
        attribution = (Attribution(source="FRA", cue="said", manner="indirect"),) if self.claimed else ()
        written = f"{self.day:%d %B %Y}"
        start = self.at + self.text.index(written)
        time = Time(
            timex=stamp,
            type="DATE",
            start=stamp,
            end=stamp,
            granularity="day",
            anchor=None,
            status="resolved",
            text=written,
            at=Span(start=start, end=start + len(written)),
        )
        return Event(
            id=id,
            type=self.type,
            kind=self.kind,
            actors=(self.one,),
            targets=(self.other,),
            time=time,
            modality="planned" if self.modality == "planned" else "happened",
            polarity="denied" if self.polarity == "denied" else "affirmed",
            attribution=attribution,
            evidence=(Evidence(start=self.whole.start, end=self.whole.end, quote=self.text, passage=passage),),
            rule="synthetic",
        )
