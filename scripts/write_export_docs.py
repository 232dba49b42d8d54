"""Write the tables of columns into docs/export.md."""

from pathlib import Path

from dragoman.export.documented import MARK, document
from dragoman.score.table import replace

replace(Path(__file__).parent.parent / "docs" / "export.md", MARK, document())
