"""`paperterm keys`: the app's keys that are in force."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .helpers import Run
from .test_light import loaded


@pytest.fixture
def settings(home: Path) -> Path:
    path = home / ".config/paperterm/config.toml"
    path.parent.mkdir(parents=True)
    return path


def test_every_action_is_told_with_its_keys_for_scripts(run: Run) -> None:
    ran = run("keys")
    assert (ran.status, ran.err) == (0, "")
    told = {line.split("\t")[0]: line.split("\t")[1:] for line in ran.lines}
    assert told["bookmark"] == ["b", "Set or take away a bookmark"]
    assert told["search"][0] == "/"
    assert told["page_down"][0] == "pagedown ctrl+f"
    assert told["close_tags"][0] == "escape q T"


def test_changed_keys_are_told_and_marked(run: Run, settings: Path) -> None:
    settings.write_text('[keys]\nbookmark = ["B", "^o"]\nsort = ""\n')
    found = {one["action"]: one for one in map(json.loads, run("keys", "--json").lines)}
    assert found["bookmark"]["keys"] == ["B", "ctrl+o"]
    assert found["bookmark"]["changed"]
    assert found["sort"]["keys"] == []
    assert not found["tag"]["changed"]
    assert found["tag"]["where"] == "Marking"


def test_on_a_terminal_it_is_a_table_by_chapters(terminal: Run, settings: Path) -> None:
    settings.write_text('[keys]\nbookmark = "B"\nsort = ""\n')
    lines = terminal("keys", columns=60).out.replace("\r", "").splitlines()
    assert max(map(len, (line for line in lines if "\x1b" not in line))) <= 60
    screen = "\n".join(lines)
    assert "* B            bookmark" in screen
    assert "* no key       sort" in screen
    assert "  j ↓          cursor_down" in screen
    assert lines[-1] == "* changed in the settings"


def test_refused_keys_are_told_besides(run: Run, settings: Path) -> None:
    settings.write_text('[keys]\nbookmark = "s"\nsorted = "S"\n')
    ran = run("keys")
    assert ran.status == 0
    assert ran.err.splitlines() == [
        "config.toml: there is no action 'sorted'; did you mean sort?",
        "config.toml: s is the key of sort; bookmark keeps b.",
    ]


def test_what_keys_there_are_is_told_without_the_app() -> None:
    assert loaded("keys") == set()
