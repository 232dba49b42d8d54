"""Review: people's decisions on events, which win over what was read; nothing is changed, everything is kept."""

from dragoman.record.review.agreement import Agreement, agreement
from dragoman.record.review.correcting import FIELDS, written
from dragoman.record.review.queue import unsure
from dragoman.record.review.reviewing import Made, Reviewer

__all__ = ["FIELDS", "Agreement", "Made", "Reviewer", "agreement", "unsure", "written"]
