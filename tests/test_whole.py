"""Files are written whole or not at all, and in the place of nothing but a file."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from dragoman.domain import BadInput
from dragoman.whole import whole


def put(output: Path, text: str) -> None:
    """Write a text whole."""
    with whole(output) as made:
        made.write_text(text, encoding="utf-8")


def test_a_file_takes_the_place_of_another_and_a_link_leads_to_it(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "file")
    put(tmp_path / "file", "one")
    put(tmp_path / "link", "two")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_text(encoding="utf-8") == "two"
    assert len(list(tmp_path.iterdir())) == 2


def test_what_fails_on_the_way_leaves_what_was_there(tmp_path: Path) -> None:
    put(tmp_path / "file", "one")
    with pytest.raises(ValueError, match="halfway"), whole(tmp_path / "file") as made:
        made.write_text("tw", encoding="utf-8")
        raise ValueError("halfway")
    assert [one.read_text(encoding="utf-8") for one in tmp_path.iterdir()] == ["one"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_device_or_a_pipe_is_left_where_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(BadInput, match="is no file"):
        put(pipe, "one")
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize(
    ("name", "says"), [("-", "name a file"), (".", "is a folder"), ("none/it", "cannot be written")]
)
def test_what_is_no_file_is_said(name: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadInput, match=says):
        put(Path(name), "one")
    assert list(tmp_path.iterdir()) == []
