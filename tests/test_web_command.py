"""The commands of the desk: what they refuse, and letting people in and out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dragoman import BadInput
from dragoman.cli import app


def ran(*command: str, given: str = "") -> Result:
    return CliRunner().invoke(app, command, input=given)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["--host", "0.0.0.0"], "--public"),
        (["--public"], "has no users"),
        (["--record", "nowhere/at/all.db"], "does not exist"),
    ],
)
def test_serving_is_refused_in_one_line(
    command: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    error = ran("serve", *command).exception
    assert isinstance(error, BadInput) and said in str(error) and "\n" not in str(error)


def test_people_are_let_in_and_out(tmp_path: Path) -> None:
    where = ["--record", str(tmp_path / "dragoman.db")]
    assert ran("users", "add", "ada", "--role", "admin", *where, given="minds-the-desk-1\n").exit_code == 0
    assert "is a user already" in str(ran("users", "add", "ada", *where, given="minds-the-desk-1\n").exception)
    assert isinstance(ran("users", "add", "bo", *where, given="short\n").exception, BadInput)
    assert isinstance(ran("users", "add", "bo", "--role", "king", *where, given="long-enough-1\n").exception, BadInput)
    key = ran("users", "key", "ada", *where).stdout.strip()
    assert key.startswith("dgm_")
    assert ran("users", "role", "ada", "reader", *where).exit_code == 0
    listed = ran("users", "list", *where).stdout
    assert "ada  reader" in listed and key[:16] in listed and key[17:] not in listed
    assert ran("users", "revoke", key[4:16], *where).exit_code == 0
    assert ran("users", "remove", "ada", *where).exit_code == 0
    assert "ended" in ran("users", "list", *where).stdout
    told = ran("users", "log", *where).stdout
    assert [line.split("  ")[3] for line in told.splitlines()] == [
        "user-add",
        "key-add",
        "user-role",
        "key-revoke",
        "user-remove",
    ]
    assert ran("verify", *where).exit_code == 0


def test_serving_ends_without_a_word_when_it_is_told_to(tmp_path: Path) -> None:
    command = ["serve", "--record", str(tmp_path / "dragoman.db"), "--port", "0"]
    begun = subprocess.Popen([sys.executable, "-m", "dragoman", *command], stderr=subprocess.PIPE, text=True)
    assert begun.stderr and "is open at" in begun.stderr.readline()
    begun.terminate()
    assert begun.communicate(timeout=30)[1] == ""
    assert begun.returncode == 0


def test_without_its_packages_it_says_what_to_install(tmp_path: Path) -> None:
    hiding = (
        "import sys\n"
        "class Hidden:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'fastapi': sys.meta_path[:] = [one for one in sys.meta_path if one is self]\n"
        "sys.meta_path.insert(0, Hidden())\n"
        "sys.argv = ['dragoman', 'serve']\n"
        "from dragoman.cli import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", hiding], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 2
    assert done.stderr == "dragoman: the desk needs more packages: pip install 'dragoman[web]'\n"
    assert not (tmp_path / "dragoman.db").exists()
