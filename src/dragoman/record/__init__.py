"""The record: many reports, one ledger that can be questioned, corrected and cited.

Begin at `add`: it appends reports and readings to the ledger (`ledger`), and files them in the index (`indexing`),
where tellings are gathered into events (`gathering`) and spellings into persons (`spellings`).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.record.adding import Added, add, known
    from dragoman.record.indexing import rebuild
    from dragoman.record.rows import report_id
    from dragoman.record.store import Record

__all__ = ["Added", "Record", "add", "known", "rebuild", "report_id"]
_PLACES = {"Added": "adding", "add": "adding", "known": "adding", "rebuild": "indexing", "report_id": "rows"}


def __getattr__(name: str) -> object:
    """Load the record, and SQLAlchemy with it, only when it is first asked for: commands stand below this package."""
    if name in __all__:
        return getattr(import_module(f"dragoman.record.{_PLACES.get(name, 'store')}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
