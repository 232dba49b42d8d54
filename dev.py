#!/usr/bin/env python3
"""Set up and run Dragoman from a fresh clone, with nothing but Python.

    python3 dev.py read   set up, then read the shipped report
    python3 dev.py test   set up, then check style and types and run all tests

The environment is made in .venv from a lock file and made anew when that changes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "locked"
LEAN, ALL = "requirements.lock", "requirements-dev.lock"  # all that is read with; tests, tools and extras too
KNOWN = ("3.11", "3.12", "3.13")


def interpreter() -> str:
    """A Python that the lock files are made for."""
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    if here in KNOWN:
        return sys.executable
    for version in KNOWN:
        found = shutil.which(f"python{version}")
        if found and subprocess.run([found, "--version"], capture_output=True, check=False).returncode == 0:
            return found
    sys.exit(f"dev.py: Python {', '.join(KNOWN)} is needed; this is {here}")


def run(*command: str | Path) -> None:
    """Run a command in the project's folder; end with its exit code if it fails."""
    code = subprocess.run([str(part) for part in command], cwd=ROOT, check=False).returncode
    if code:
        sys.exit(code)


def set_up(lock: str) -> None:
    """Make .venv as a lock file says; one that holds more already will do."""
    wanted = {one: f"{one} {_digest(one)}" for one in (lock, ALL)}
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text(encoding="utf-8") in wanted.values():
        return
    print("dev.py: making .venv (once; a minute or two)", file=sys.stderr)
    run(interpreter(), "-m", "venv", "--clear", VENV)
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    run(*pip, "--require-hashes", "--requirement", lock)
    run(*pip, "--no-deps", "--no-build-isolation", "--editable", ".")
    STAMP.write_text(wanted[lock], encoding="utf-8")


def _digest(lock: str) -> str:
    return hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in (lock, "pyproject.toml"))).hexdigest()


def read() -> None:
    """Read the shipped report."""
    set_up(LEAN)
    run(PYTHON, "-m", "dragoman", "read", "--example", "--published", "2022-07-26", *sys.argv[2:])


def test() -> None:
    """Check style and types, and run the tests."""
    set_up(ALL)
    run(PYTHON, "-m", "ruff", "check", ".")
    run(PYTHON, "-m", "ruff", "format", "--check", ".")
    run(PYTHON, "-m", "mypy")
    run(PYTHON, "-m", "pytest", "-n", "2", "--dist", "loadgroup", *sys.argv[2:])


if __name__ == "__main__":
    tasks = {"read": read, "test": test}
    if len(sys.argv) < 2 or sys.argv[1] not in tasks:
        sys.exit(__doc__)
    tasks[sys.argv[1]]()
