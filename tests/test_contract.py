"""The contract: what is written validates against the published schema, and says the same when read back."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

from dragoman import Draft, Reading, read, read_all
from dragoman.examples import BRIEF
from dragoman.show.contract import encoded, schema

TEXTS = [
    "Ghana denied that it would recognise Kosovo.\n\nGhana denied that it would recognise Kosovo.",
    "He met her there on the same day. “We talk,” they said.",
    "KABUL, July 26 (Reuters) - Iran may buy 350,000 tonnes of oil from the Taliban.",
    "<script>alert(1)</script> Turkey met Syria\x00 in İstanbul.",
]


@cache
def validator() -> Draft202012Validator:
    made: dict[str, Any] = json.loads(schema())
    Draft202012Validator.check_schema(made)
    return Draft202012Validator(made)


@pytest.mark.parametrize("published", ["2022-07-26", None])
def test_the_example_validates_and_comes_back(published: str | None) -> None:
    reading = read(BRIEF.read_bytes(), published)
    written = encoded(reading)
    validator().validate(json.loads(written))
    assert msgspec.json.decode(written, type=Reading) == reading


def test_other_readings_validate() -> None:
    for reading in read_all([Draft(text, "2024-01-10") for text in TEXTS]):
        validator().validate(json.loads(encoded(reading)))


def test_a_gated_reading_validates() -> None:
    (reading,) = read_all([Draft("The harvest was good.")], gated=True)
    validator().validate(json.loads(encoded(reading)))


@pytest.mark.parametrize("broken", [{"events": None}, {"report": {}}, {"extra": 1}], ids=str)
def test_the_schema_refuses_what_is_no_reading(broken: dict[str, object]) -> None:
    made = json.loads(encoded(read("Ghana recognised Kosovo."))) | broken
    assert not validator().is_valid(made)
