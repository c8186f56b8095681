"""`paperterm tour`, and the tour of somebody's first start."""

from __future__ import annotations

from pathlib import Path

from .helpers import Run
from .test_light import loaded


def test_the_first_steps_are_told_with_the_keys_in_force(run: Run, home: Path) -> None:
    assert len(run("tour").lines) == 5
    settings = home / ".config/paperterm/config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('[keys]\nhelp = "H"\n')
    assert run("tour").lines[-1] == "H shows every key · q leaves"
    assert loaded("tour") == set()


def test_the_first_start_shows_them_and_the_second_does_not(terminal: Run, run: Run) -> None:
    run("config", "set", "fetch", "asked")
    assert "shows every key" in terminal().out
    assert "shows every key" not in terminal().out
