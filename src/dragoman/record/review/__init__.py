"""Review: people's decisions on events, which win over what was read; nothing is changed, everything is kept.

`reviewing` is the engine, for the terminal (`walk`), for sheets (`sheet`) and for the web; `queue` holds what is in
doubt; `replaying` puts decisions into the index; `agreement` compares two reviewers.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.record.questions.flat import written
    from dragoman.record.review.correcting import FIELDS
    from dragoman.record.review.queue import unsure
    from dragoman.record.review.reviewing import Made, Reviewer

__all__ = ["FIELDS", "Made", "Reviewer", "unsure", "written"]
_PLACES = {"FIELDS": "correcting", "unsure": "queue", "written": "correcting"}


def __getattr__(name: str) -> object:
    """Load the review, and SQLAlchemy with it, only when it is first asked for: its command stands in this package."""
    if name in __all__:
        return getattr(import_module(f"dragoman.record.review.{_PLACES.get(name, 'reviewing')}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
