"""The record: many reports, one ledger that can be questioned, corrected and cited."""

from dragoman.record.adding import Added, add, known
from dragoman.record.rows import report_id
from dragoman.record.store import Record

__all__ = ["Added", "Record", "add", "known", "report_id"]
