"""The command `read`: what it shows, and one line with exit code 2 for what it cannot read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.cli import main

TEXT = "Ghana recognised Kosovo on Sunday."
HEAVY = ("spacy", "sqlalchemy", "rich.console", "jinja2", "trafilatura", "fastapi", "yaml", "httpx")


def run(*arguments: str, patch: pytest.MonkeyPatch) -> int:
    """Run the command line in this process; its exit code."""
    patch.setattr(sys, "argv", ["dragoman", *arguments])
    with pytest.raises(SystemExit) as end:
        main()
    return end.value.code if isinstance(end.value.code, int) else 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["read", "no-such-file.txt"], "no-such-file.txt"),
        (["read", "."], "."),
        (["read", "picture.png"], "picture.png"),
        (["read", "empty.txt"], "empty.txt"),
        (["read", "report.txt", "--model", "no_such_model"], "no_such_model"),
        (["read", "report.txt", "--published", "yesterday"], "yesterday"),
        (["read", "report.txt", "--published", "2022-02-30"], "2022-02-30"),
        (["read", "report.txt", "--format", "pdf"], "pdf"),
        (["read", "report.txt", "--output", "no/such/folder/it.html"], "no/such/folder"),
        (["read", "report.txt", "--output", "."], "."),
        (["read", "http://127.0.0.1:9/report.html"], "127.0.0.1"),
        (["read", "ftp://example.org/report"], "ftp"),
        (["read"], "--example"),
        (["read", ""], "--example"),
        (["read", "report.txt", "--format", "pdf"], "dragoman read --help"),
        (["read", "report.txt", "--example"], "--example"),
        (["read", "report.txt", "--no-such-option"], "--no-such-option"),
        (["no-such-command"], "no-such-command"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else value,
)
def test_what_cannot_be_read_is_said_in_one_line(
    arguments: list[str],
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "report.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    assert run(*arguments, patch=monkeypatch) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("dragoman: ") and shown.err.count("\n") == 1 and says in shown.err
    assert sorted(tmp_path.iterdir()) == before


def test_without_a_date_it_is_said_that_days_are_open(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert run("read", "--example", patch=monkeypatch) == 0
    shown = capsys.readouterr().out
    assert "no publication date" in shown and "“Sunday”, not settled" in shown
    assert all(len(line.rstrip()) <= 80 for line in shown.splitlines())


def test_standard_input_that_is_closed_is_said_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert run("read", "-", patch=monkeypatch) == 2
    assert capsys.readouterr().err == "dragoman: standard input: is closed\n"


def test_a_sayer_without_a_name_is_given_in_the_words_of_the_text_and_an_office_is_said_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    report = tmp_path / "report.txt"
    report.write_text("Turkey accepted diplomats of the Taliban, a tired clerk said.", encoding="utf-8")
    assert run("read", str(report), patch=monkeypatch) == 0
    shown = capsys.readouterr().out
    assert "says  a tired clerk" in shown
    assert "Turkey accepted diplomats of Taliban\n" in shown.replace(" \n", "\n").replace("  ", "") + "\n"


@pytest.mark.parametrize("form", ["terminal", "json", "html"])
def test_a_file_is_written_whole(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.txt").write_text(TEXT, encoding="utf-8")
    assert run("read", "report.txt", "--format", form, "--output", "it", patch=monkeypatch) == 0
    assert "Kosovo" in (tmp_path / "it").read_text(encoding="utf-8")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["it", "report.txt"]


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom dragoman.cli import main\nsys.argv = ['dragoman', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    print('modules', *sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stdout.rpartition("modules")[2].split()
    assert "typer" in loaded
    assert not [name for name in HEAVY if name in loaded]
