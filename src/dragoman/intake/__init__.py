"""Intake: paths, addresses or standard input to reports' texts and what is known of them."""

from dragoman.intake.collection import Refused, Taken, collect, total_size
from dragoman.intake.load import load
from dragoman.intake.source import Source

__all__ = ["Refused", "Source", "Taken", "collect", "load", "total_size"]
