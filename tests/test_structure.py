"""The plan of the house, held: which room may know which, and what is loaded when."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

PROJECT = Path(__file__).parents[1]
ROOMS = (
    "model",
    "storage",
    "search",
    "sources",
    "exports",
    "web",
    "library",
    "desktop",
    "cli",
    "tui",
)

LOADED = """
import json, sys
before = set(sys.modules)
import {module}
print(json.dumps(sorted(set(sys.modules) - before)))
"""


def loaded_by(module: str) -> set[str]:
    """All that importing `module` loads, by its first names."""
    run = subprocess.run(
        [sys.executable, "-c", LOADED.format(module=module)],
        capture_output=True,
        check=True,
        text=True,
    )
    return {name.partition(".")[0] for name in json.loads(run.stdout)}


def third_party(module: str) -> set[str]:
    return loaded_by(module) - set(sys.stdlib_module_names) - {"paperterm"}


def modules_of(room: str) -> list[str]:
    files = sorted((PROJECT / "src" / "paperterm" / room).rglob("*.py"))
    names = [file.relative_to(PROJECT / "src").with_suffix("").parts for file in files]
    return [".".join(parts).removesuffix(".__init__") for parts in names]


def test_imports_go_one_way(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(PROJECT)
    status = lint_imports(config_filename="pyproject.toml", cache_dir=str(tmp_path))
    assert status == 0, capsys.readouterr().out


def test_the_rooms_are_those_of_the_plan():
    there = {path.name for path in (PROJECT / "src" / "paperterm").iterdir() if path.is_dir()}
    assert there - {"__pycache__", "data"} == set(ROOMS)


def test_opening_a_library_loads_no_heavy_package():
    assert third_party("paperterm.library.door") == {"platformdirs"}
    assert third_party("paperterm.library.desk") == {"platformdirs"}


@pytest.mark.parametrize("room", ["model", "storage", "exports", "web", "sources"])
def test_a_plain_room_loads_nothing_but_pythons_own(room):
    for module in modules_of(room):
        assert third_party(module) == set(), module


def test_the_model_does_not_touch_the_disk():
    loaded = set().union(*(loaded_by(module) for module in modules_of("model")))
    assert not loaded & {"sqlite3", "shutil", "tempfile", "socket", "subprocess"}


@pytest.mark.parametrize("module", ["paperterm.search", "paperterm.search.store"])
def test_asking_for_the_index_loads_neither_whoosh_nor_numpy(module):
    assert third_party(module) == set()
