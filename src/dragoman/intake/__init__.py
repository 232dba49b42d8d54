"""Intake: a path, an address or standard input to one report's text and what is known of it."""

from dragoman.intake.load import load
from dragoman.intake.source import Source

__all__ = ["Source", "load"]
