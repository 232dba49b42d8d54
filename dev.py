#!/usr/bin/env python3
"""Set up and run Dragoman from a fresh clone, with nothing but Python.

    python3 dev.py read   set up, then read the shipped report
    python3 dev.py test   set up, then check style and types and run all tests

The environment is made in .venv from the lock files and made anew when they change.
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
LOCKS = (ROOT / "requirements.lock", ROOT / "requirements-dev.lock", ROOT / "pyproject.toml")
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


def set_up() -> None:
    """Make .venv as the lock files say."""
    wanted = hashlib.sha256(b"".join(lock.read_bytes() for lock in LOCKS)).hexdigest()
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted and PYTHON.exists():
        return
    print("dev.py: making .venv (once; about a minute)", file=sys.stderr)
    run(interpreter(), "-m", "venv", "--clear", VENV)
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    run(*pip, "--require-hashes", "--requirement", "requirements-dev.lock")
    run(*pip, "--no-deps", "--no-build-isolation", "--editable", ".")
    STAMP.write_text(wanted, encoding="utf-8")


def read() -> None:
    """Read the shipped report."""
    run(PYTHON, "-m", "dragoman", "read", "--example", "--published", "2022-07-26", *sys.argv[2:])


def test() -> None:
    """Check style and types, and run the tests."""
    run(PYTHON, "-m", "ruff", "check", ".")
    run(PYTHON, "-m", "ruff", "format", "--check", ".")
    run(PYTHON, "-m", "mypy")
    run(PYTHON, "-m", "pytest", "-n", "2", *sys.argv[2:])


if __name__ == "__main__":
    tasks = {"read": read, "test": test}
    if len(sys.argv) < 2 or sys.argv[1] not in tasks:
        sys.exit(__doc__)
    set_up()
    tasks[sys.argv[1]]()
