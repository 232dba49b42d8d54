"""How fast the desk answers over a large record, and whether it stands a steady load.

A seeded generator (`synthetic.py`) makes up the record; `dragoman serve` opens it on loopback.  First twenty clients
go through every page and list, each with other days, parties and words; then requests come at a steady rate, whether
or not the ones before are answered.  Nothing here asserts a time.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import httpx
from process_tree import processor
from read import markdown
from record import filled
from synthetic import KINDS, SEED, TOPICS

from dragoman.score.table import replace

MARK = "web"
EVENTS = 1_000_000
CLIENTS = 20
RATE = 200  # requests a second
SECONDS = 60
LAST = 2024
Row = dict[str, Any]


def paths(pick: random.Random, parties: list[str], ids: dict[str, list[str]]) -> dict[str, str]:
    """Every page and list, with choices of its own."""
    one, other = pick.sample(parties, 2)
    day = f"{pick.randint(2005, LAST)}-{pick.randint(1, 12):02}-{pick.randint(1, 28):02}"
    kind, topic = pick.choice(KINDS)[0], pick.choice(TOPICS)
    event, report = pick.choice(ids["events"]), pick.choice(ids["reports"])
    year = int(day[:4])
    return {
        "overview": "/",
        "all standings": "/standing",
        "standing, at a day": f"/standing/{one}?on={day}",
        "dossier": f"/pairs/{one}/{other}",
        "entity": f"/entities/{one}",
        "event": f"/events/{event}",
        "report": f"/reports/{report}",
        "network, of a year": f"/network?since={year}-01-01&until={year}-12-31",
        "search, a word": f"/search?q={topic}",
        "search, who and kind": f"/search?who={one}&kind={kind}",
        "review": "/review",
        "paste": "/paste",
        "API events": f"/api/v1/events?actor={one}&kind={kind}",
        "API events, CSV": f"/api/v1/events?since={day}&limit=200&format=csv",
        "API timeline": f"/api/v1/timeline/{one}/{other}",
        "API standing": f"/api/v1/standing/{one}?on={day}",
        "API changes": f"/api/v1/changes?toward={one}&since={day}",
        "API people": "/api/v1/people",
        "API claims": f"/api/v1/claims?since={day}",
        "API findings": "/api/v1/findings",
        "API reports": "/api/v1/reports",
        "API review": "/api/v1/review",
        "feed": f"/changes.atom?toward={one}",
    }


@contextmanager
def served(where: Path) -> Iterator[tuple[str, int]]:
    """The desk's address and process."""
    command = [sys.executable, "-m", "dragoman", "serve", "--record", str(where), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as desk:
        assert desk.stderr is not None
        try:
            yield desk.stderr.readline().split(" is open at ")[1].split("/ ")[0], desk.pid
        finally:
            desk.terminate()


def memory(process: int) -> int:
    """Resident KiB of a process."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


class Clock:
    """How long a part took, and the processor time of it that the desk took, and that the clients took beside it."""

    def __init__(self, process: int) -> None:
        self.process = process
        self.begun = self._now()

    def _now(self) -> tuple[float, float, float]:
        return time.perf_counter(), processor(self.process), time.process_time()

    def row(self, taken: list[float], errors: int) -> Row:
        """What there is to say of the answers of this part, given the seconds of each."""
        whole, desk, own = (now - then for now, then in zip(self._now(), self.begun, strict=True))
        return {
            "answered": f"{len(taken) / whole:.0f} a second",
            "median": f"{median(taken) * 1000:.0f} ms",
            "95th percentile": f"{quantiles(taken, n=20)[-1] * 1000:.0f} ms",
            "errors": errors,
            "processor, desk": f"{desk / whole:.0%} of a core",
            "processor, clients": f"{own / whole:.0%} of a core",
        }


async def clients(
    address: str, process: int, number: int, rounds: int, pause: float, ids: dict[str, list[str]]
) -> tuple[list[Row], Row]:
    """Seconds of each page, and of all, with so many clients, each of whom looks at an answer for a while."""
    clock = Clock(process)
    found: defaultdict[str, list[float]] = defaultdict(list)
    failed: defaultdict[str, int] = defaultdict(int)

    async def client(seed: int) -> None:
        pick = random.Random(SEED + seed)
        async with httpx.AsyncClient(base_url=address, timeout=60) as http:
            for _ in range(rounds):
                asked = list(paths(pick, ids["parties"], ids).items())
                pick.shuffle(asked)
                for name, path in asked:
                    begun = time.perf_counter()
                    answer = await http.get(path)
                    found[name].append(time.perf_counter() - begun)
                    failed[name] += answer.status_code != 200
                    await asyncio.sleep(pick.random() * 2 * pause)

    await asyncio.gather(*(client(seed) for seed in range(number)))
    names = list(paths(random.Random(SEED), ids["parties"], ids))
    every = [one for ones in found.values() for one in ones]
    whole = {"what": f"{number} clients"} | clock.row(every, sum(failed.values()))
    pages = [
        {
            "what": name,
            "asked": len(found[name]),
            "median": f"{median(found[name]) * 1000:.0f} ms",
            "95th percentile": f"{quantiles(found[name], n=20)[-1] * 1000:.0f} ms",
            "errors": failed[name],
        }
        for name in names
    ]
    return pages, whole


async def load_of(address: str, process: int, rate: int, seconds: int, ids: dict[str, list[str]]) -> Row:
    """A steady load: a mix of all pages, from a few clients' choices, at a rate that waits for nobody."""
    mix = [path for seed in range(8) for path in paths(random.Random(SEED + seed), ids["parties"], ids).values()]
    random.Random(SEED).shuffle(mix)
    taken: list[float] = []
    errors: list[str] = []
    limits = httpx.Limits(max_connections=100, max_keepalive_connections=100)
    async with httpx.AsyncClient(base_url=address, timeout=60, limits=limits) as http:

        async def ask(path: str) -> None:
            begun = time.perf_counter()
            try:
                answer = await http.get(path)
                if answer.status_code != 200:
                    errors.append(f"{answer.status_code} {path}")
            except httpx.HTTPError as error:
                errors.append(f"{type(error).__name__} {path}")
            taken.append(time.perf_counter() - begun)

        for path in mix:  # every question once, so that what is kept is kept
            await ask(path)
        taken.clear()
        before, clock = memory(process), Clock(process)
        begun = time.perf_counter()
        asked: list[asyncio.Task[None]] = []
        for at, path in zip(range(rate * seconds), itertools.cycle(mix), strict=False):
            await asyncio.sleep(max(0.0, begun + at / rate - time.perf_counter()))
            asked.append(asyncio.create_task(ask(path)))
        await asyncio.gather(*asked)
        row = clock.row(taken, len(errors))
    after = memory(process)
    for error in errors[:5]:
        print(error, file=sys.stderr)
    grown = f"{before / 1024:.0f} to {after / 1024:.0f} MiB ({(after - before) / before:+.1%})"
    return {"what": f"{rate} requests a second for {seconds} s"} | row | {"memory": grown}


def known(address: str) -> dict[str, list[str]]:
    """Ids of the record to ask about: the parties with most events, some events and reports."""
    with httpx.Client(base_url=address, timeout=120) as http:
        events = http.get("/api/v1/events", params={"limit": 1000}).json()["events"]
        reports = http.get("/api/v1/reports", params={"limit": 200}).json()["reports"]
    seen = [part["who"] for one in events for part in (*one["actors"], *one["targets"]) if part["who"]]
    parties = sorted(set(seen), key=seen.count, reverse=True)[:40]
    return {"events": [one["id"] for one in events], "reports": [one["id"] for one in reports], "parties": parties}


def main() -> None:
    """Run the benchmark and print its tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=EVENTS, help=f"events of the record ({EVENTS:,})")
    parser.add_argument("--record", type=Path, help="a record that is there, instead of a made one")
    parser.add_argument("--clients", type=int, default=CLIENTS)
    parser.add_argument("--rounds", type=int, default=5, help="times that each client goes through all pages (5)")
    parser.add_argument(
        "--pause", type=float, default=1.0, help="seconds that a client looks at an answer, on average"
    )
    parser.add_argument("--rate", type=int, default=RATE, help=f"requests a second of the load ({RATE})")
    parser.add_argument("--seconds", type=int, default=SECONDS, help=f"how long the load lasts ({SECONDS})")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument(
        "--write", type=Path, help=f"refresh the tables between <!-- {MARK} --> marks in this document"
    )
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = chosen.record or Path(folder) / "dragoman.db"
        filled(str(where), chosen.events)[0].close()
        with served(where) as (address, process):
            ids = known(address)
            pages, whole = asyncio.run(clients(address, process, chosen.clients, chosen.rounds, chosen.pause, ids))
            steady = asyncio.run(load_of(address, process, chosen.rate, chosen.seconds, ids))
    parts = [whole | {"memory": ""}, steady]
    shown = f"{markdown(pages)}\n\n{markdown(parts)}"
    print(shown)
    if chosen.json:
        chosen.json.write_text(json.dumps([pages, parts], indent=2) + "\n", encoding="utf-8")
    if chosen.write:
        replace(chosen.write, MARK, shown)


if __name__ == "__main__":
    main()
