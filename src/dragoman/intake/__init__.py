"""Intake: paths, addresses or standard input to reports' texts and what is known of them."""

from dragoman.intake.collection import collect, total_size
from dragoman.intake.columns import Columns
from dragoman.intake.fetch import Fetcher
from dragoman.intake.load import load
from dragoman.intake.source import Refused, Source, Taken

__all__ = ["Columns", "Fetcher", "Refused", "Source", "Taken", "collect", "load", "total_size"]
