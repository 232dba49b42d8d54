"""Fuzzing: whatever bytes come in, they give reports or reasons, in little time.

``DRAGOMAN_FUZZ=10000 pytest tests/test_intake_fuzz.py --hypothesis-seed=1`` says how many inputs to try and which
they are; the suite tries a few.
"""

from __future__ import annotations

import io
import os
import re
import sys
import time
from random import Random

from bent_inputs import made
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dragoman.intake import Refused, Taken
from dragoman.intake.apart import _WORKER
from dragoman.intake.collection import reports
from dragoman.intake.place import Place
from dragoman.intake.stream import Counted, buffered

INPUTS = int(os.environ.get("DRAGOMAN_FUZZ", "250"))
SIGNS = re.compile(r"cannot be read \(|the worker|takes longer")  # that something was not foreseen
LONGEST = 2.0  # seconds of computing for one input, where a long run is asked for


def computed() -> float:
    """Seconds that this process and the worker have computed."""
    worker = _WORKER._process
    if worker is None or sys.platform != "linux":
        return time.process_time()
    return time.process_time() + time.clock_gettime((~worker.pid << 3) | 2)  # clock_getcpuclockid(3)


def taken_in(data: bytes) -> tuple[list[Taken | Refused], float]:
    """What comes of an input, and how many seconds of computing it took."""
    worker, begun = _WORKER._process, computed()
    found = list(reports(buffered(Counted(io.BytesIO(data))), Place("input")))
    return found, computed() - begun if worker is _WORKER._process else 0.0


@settings(
    max_examples=INPUTS,
    deadline=None,
    database=None,
    derandomize=INPUTS < 1000,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.randoms(use_true_random=True))
def test_any_bytes_give_reports_or_reasons(random: Random) -> None:
    data = made(random)
    found, seconds = taken_in(data)
    assert INPUTS < 1000 or seconds <= LONGEST, (seconds, data)
    for one in found:
        if isinstance(one, Taken):
            assert one.text.strip() and one.source, data
            assert all(one.text[finding.start : finding.end] == finding.quote for finding in one.findings), data
            assert one.text.encode("utf-8"), data
        else:
            assert isinstance(one, Refused) and one.reason and "\n" not in one.reason, data
            assert not SIGNS.search(one.reason), (one.reason, data)
