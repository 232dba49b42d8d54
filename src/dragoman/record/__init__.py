"""The record: many reports, one ledger that can be questioned, corrected and cited.

Begin at `add`: it appends reports and readings to the ledger (`ledger`), and files them in the index (`indexing`),
where tellings are gathered into events (`gathering`) and spellings into persons (`spellings`).
"""

from dragoman.record.adding import Added, add, known
from dragoman.record.indexing import rebuild
from dragoman.record.rows import report_id
from dragoman.record.store import Record

__all__ = ["Added", "Record", "add", "known", "rebuild", "report_id"]
