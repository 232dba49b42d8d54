"""The text stage: canonical text with offsets back to the source, passages and their kinds, and defects."""

from dragoman.text.dateline import Dateline, dateless_finding, dateline
from dragoman.text.offsets import SourceMap
from dragoman.text.prepared import Prepared, prepare
from dragoman.text.stray import parsed_findings

__all__ = ["Dateline", "Prepared", "SourceMap", "dateless_finding", "dateline", "parsed_findings", "prepare"]
