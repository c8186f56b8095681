"""A machine without a desktop, and fake programs to put on it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Fake = Callable[[str, str], Path]


@pytest.fixture(autouse=True)
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No display, no tmux, no terminal, and nothing on the PATH but what the test puts there."""
    if sys.platform != "linux":
        pytest.skip("the fakes are Linux's tools")
    for name in list(os.environ):
        if name.startswith(("SSH_", "WSL_")):
            monkeypatch.delenv(name)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "TMUX", "BROWSER", "TERM"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))


@pytest.fixture
def fake(tmp_path: Path) -> Fake:
    """Put a shell script on the PATH; returns the file it may write as ``$SEEN``."""

    def fake(name: str, script: str) -> Path:
        seen = tmp_path / f"{name}.seen"
        path = tmp_path / "bin" / name
        path.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\nSEEN='{seen}'\n{script}\n")
        path.chmod(0o755)
        return seen

    return fake
