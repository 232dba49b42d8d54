"""The README shows what the tool does today, and names only what exists."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_the_example_is_what_is_read_today() -> None:
    written = runpy.run_path(str(ROOT / "scripts" / "write_readme.py"))["example"]()
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert written in readme, "run python scripts/write_readme.py"


def test_every_linked_file_exists() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")):
        for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"


def test_every_command_shown_exists() -> None:
    from typer.main import get_command

    from dragoman.cli import app

    commands = get_command(app).commands  # type: ignore[attr-defined]
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    named = {
        name
        for page in pages
        for name in re.findall(r"^dragoman ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert named and named <= set(commands)
