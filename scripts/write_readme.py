"""Write what Dragoman reads out of the example into README.md, between its markers; a test keeps it fresh.

python scripts/write_readme.py
"""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

from rich.console import Console

from dragoman import read
from dragoman.examples import BRIEF
from dragoman.show.terminal import WIDTH, show

README = Path(__file__).resolve().parent.parent / "README.md"
MARKED = re.compile(r"(?<=<!-- example -->\n).*?(?=<!-- /example -->)", re.DOTALL)
SHOWN = ("meeting", "request-recognition", "accept-diplomats")  # kinds whose first events are quoted
FINDINGS = ("distance: inconsistent", "count: consistent")


def example() -> str:
    """Those parts of the reading of the example that the README quotes, as a code block."""
    file = StringIO()
    show(read(BRIEF.read_bytes(), "2022-07-26"), Console(file=file, width=WIDTH, highlight=False))
    lines = [line.rstrip() for line in file.getvalue().splitlines()]
    blocks = [block.split("\n") for block in "\n".join(lines).split("\n\n")]
    quoted: list[str] = ["$ dragoman read --example --published 2022-07-26", "…"]
    wanted = list(SHOWN)
    for block in blocks:
        kind = next((kind for kind in wanted if any(line.strip().startswith(f"{kind} (") for line in block)), None)
        if kind is not None:
            wanted.remove(kind)
            quoted += [*block, ""]
    quoted += [*_findings(lines), "…", lines[-1]]
    return "\n".join(["```", *quoted, "```", ""])


def _findings(lines: list[str]) -> list[str]:
    kept: list[str] = []
    keeping = False
    for line in lines:
        if line.startswith("  •"):
            keeping = any(finding in line for finding in FINDINGS)
        if keeping and line:
            kept.append(line)
        keeping = keeping and bool(line)
    return kept


if __name__ == "__main__":
    README.write_text(MARKED.sub(lambda _: example(), README.read_text(encoding="utf-8")), encoding="utf-8")
