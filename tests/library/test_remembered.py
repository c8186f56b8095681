"""What the app remembers from one start to the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperterm.library.remembered import remember, remembered

DAMAGED = {
    "no-json": b"{",
    "no-text": b"\xff\xfe",
    "no-mapping": b"[1]",
    "too-deep": b"[" * 100_000,
    "too-long": b'{"a": "' + b"x" * 1_000_000 + b'"}',
}


def test_what_is_remembered_is_there_at_the_next_start(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    assert remembered(folder) == {}
    remember(folder, {"theme": "dark", "layout": {"shelves": 24}})
    remember(folder, {"theme": "light"})
    assert remembered(folder) == {"theme": "light", "layout": {"shelves": 24}}
    remember(folder, {"theme": None})
    assert remembered(folder) == {"layout": {"shelves": 24}}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_remembers_nothing_and_is_whole_again(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "remembered.json").write_bytes(content)
    assert remembered(tmp_path) == {}
    remember(tmp_path, {"theme": "dark"})
    assert remembered(tmp_path) == {"theme": "dark"}


def test_what_cannot_be_remembered_is_no_matter(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    remember(tmp_path / "file", {"theme": "dark"})
    assert remembered(tmp_path / "file") == {}
