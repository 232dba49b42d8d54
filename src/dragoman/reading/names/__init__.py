"""Names: polities, contested regimes, organizations, outlets and places, and topics, found in text by the lexicon."""

from dragoman.reading.names.atlas import (
    Geography,
    catalogue,
    distance_km,
    geography,
    place,
    polity,
    polity_of_capital,
    regime,
)
from dragoman.reading.names.find import find_names
from dragoman.reading.names.resolve import capital_of, resolve, suggestions
from dragoman.reading.names.tables import Contested, Polity, Regime, Site, contested
from dragoman.reading.names.topics import find_topics

__all__ = [
    "Contested",
    "Geography",
    "Polity",
    "Regime",
    "Site",
    "capital_of",
    "catalogue",
    "contested",
    "distance_km",
    "find_names",
    "find_topics",
    "geography",
    "place",
    "polity",
    "polity_of_capital",
    "regime",
    "resolve",
    "suggestions",
]
