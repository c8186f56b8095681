"""`paperterm tour`, and the tour of somebody's first start."""

from __future__ import annotations

import os
from pathlib import Path

from bench.places import python
from bench.terminal import Terminal

from .helpers import Run
from .test_light import loaded


def test_the_first_steps_are_told_with_the_keys_in_force(run: Run, home: Path) -> None:
    assert len(run("tour").lines) == 5
    settings = home / ".config/paperterm/config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('[keys]\nhelp = "H"\n')
    assert run("tour").lines[-1] == "H shows every key · q leaves"
    assert loaded("tour") == set()


def test_the_first_start_shows_them_and_the_second_does_not(run: Run) -> None:
    run("config", "set", "fetch", "asked")
    with Terminal(python("paperterm"), dict(os.environ), str(Path.cwd())) as first:
        first.wait_for_text("shows every key")
    with Terminal(python("paperterm"), dict(os.environ), str(Path.cwd())) as second:
        second.wait_for_text("84 papers")
        second.settle(1.0)
        assert not second.screen.shows("shows every key")
