"""Files of every kind, damaged in every way: a sentence, no traceback, no silent loss."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from bench.places import PROJECT, Reader, python

from helpers import everything, make_newer, mark, numbered, paths_in, take_in, without_power
from paperterm.errors import LibraryReadOnly, PapertermError
from paperterm.library import health, recovery
from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.library.settings import read_settings
from paperterm.model.marks import Marks
from paperterm.model.parse import parse

from . import damaging

Rounds = Callable[[int, int], int]
Told = Callable[[str], None]
PAPERS, MARKED = 120, 40


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with marks, in the state in which a reader left it."""
    folder = tmp_path_factory.mktemp("whole")
    with Library(paths_in(folder)) as library:
        take_in(library, *(numbered(number) for number in range(PAPERS)))
        for entry in everything(library)[:MARKED]:
            mark(library, entry, bookmarked=True, add=("llm/long context",), note="mine")
        library.bring_up_index()
    return folder


def used(paths: Paths) -> dict[str, Marks]:
    """What a reader does; all marks, by paper. Raises `PapertermError`, or works."""
    with Library(paths) as library:
        entries = everything(library)
        marked = {entry.paper.key: entry.marks for entry in entries if entry.marks}
        library.shelves()
        library.tags()
        library.feeds.all()
        for text in ("number", "numbr~", "tag:llm", "note:mine", "-abstract", "number 5*"):
            view = library.find(parse(text, typing=True))
            library.entries(view.ids)
        if entries:
            library.explain(parse("number 7", typing=False), entries[-1].id)
            mark(library, entries[-1], read=True)
            library.undo()
        library.bring_up_index()
    return marked


@pytest.mark.parametrize("name", ["marks", "catalogue"])
def test_a_damaged_database_is_told_and_mended(
    whole: Path, tmp_path: Path, name: str, rounds: Rounds, told: Told
) -> None:
    chance = random.Random(name)
    came: Counter[str] = Counter()
    truth = used(paths_in(whole))
    times = rounds(14, 1000)
    for number in range(times):
        folder = tmp_path / str(number)
        shutil.copytree(whole, folder)
        paths = paths_in(folder)
        how = chance.choice(damaging.ANY)
        how(getattr(paths, name), chance)
        try:
            marked = used(paths)
        except PapertermError as error:
            came["told"] += 1
            assert str(error).endswith(".")
            if how is damaging.a_loop:  # somebody's link, to what may be there tomorrow
                continue
            recovery.outlook(paths)
            recovery.restore(paths)
            marked = used(paths)
            came["lost after restoring"] += len(truth.keys() - marked.keys())
            assert all(finding.well for finding in health.examine(paths)), how
        else:
            came["unharmed" if marked == truth else "altered unnoticed"] += 1
            if name == "marks" and marked != truth:
                came["marks altered unnoticed"] += 1
        shutil.rmtree(folder)
    told(f"{times} damaged files of {name}: {dict(came)}; tracebacks: 0")
    assert not came["lost after restoring"]
    assert not came["marks altered unnoticed"]


def test_a_damaged_index_is_built_anew(
    whole: Path, tmp_path: Path, rounds: Rounds, told: Told
) -> None:
    chance = random.Random("index")
    times = rounds(10, 1000)
    rebuilt = 0
    for number in range(times):
        folder = tmp_path / str(number)
        shutil.copytree(whole, folder)
        paths = paths_in(folder)
        files = sorted(path for path in paths.index.rglob("*") if path.is_file())
        file = chance.choice([path for path in files if path.stat().st_size])
        chance.choice(damaging.ANY)(file, chance)
        try:
            used(paths)
        except PapertermError as error:
            assert str(error).endswith(".")
        list(health.repair(paths))
        with Library(paths) as library:
            view = library.find(parse("number", typing=False))
            assert view.indexed
            assert len(view.ids) == PAPERS
            rebuilt += 1
        shutil.rmtree(folder)
    told(f"{times} damaged indexes: {rebuilt} whole again; tracebacks: 0")


def test_damaged_settings_are_told(tmp_path: Path, rounds: Rounds, told: Told) -> None:
    chance = random.Random("settings")
    good = b'link = "arxiv"\nsort = "day"\nfetch = "asked"\nmailto = "me@example.org"\n[services]\n'
    file = tmp_path / "config.toml"
    times = rounds(100, 30_000)
    wrong = 0
    for _ in range(times):
        if file.is_symlink() or file.is_file():
            file.unlink()
        elif file.is_dir():
            file.rmdir()
        file.write_bytes(good)
        chance.choice(damaging.ANY)(file, chance)
        wrong += bool(read_settings(file).problems)
    told(f"{times} damaged files of settings, {wrong} told; tracebacks: 0")
    assert wrong > times / 2


def run(reader: Reader, *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        python("paperterm", *arguments),
        env=reader.environment,
        cwd=PROJECT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
    )
    return done.returncode, done.stdout + done.stderr


def test_whatever_is_damaged_commands_say_it_in_a_line(
    whole: Path, tmp_path: Path, rounds: Rounds, told: Told
) -> None:
    chance = random.Random("commands")
    commands = (
        *(["search"], ["search", "number"], ["bookmark", "2401.00003"], ["doctor"], ["tags"]),
        *(["doctor", "--json"], ["fetch"], ["export"], ["doctor", "--repair"]),
    )
    times = rounds(4, 300)
    statuses: Counter[int] = Counter()
    for number in range(times):
        reader = Reader(tmp_path, str(number))
        for folder in ("data", "cache", "config", "state"):
            target = reader.home / folder / "paperterm"
            if (whole / folder).exists():
                shutil.copytree(whole / folder, target)
            target.mkdir(parents=True, exist_ok=True)
        (reader.home / "config/paperterm/config.toml").write_text('fetch = "asked"\n')
        files = [p for p in reader.home.rglob("*") if p.is_file() and p.stat().st_size]
        for file in chance.sample(files, min(2, len(files))):
            chance.choice(damaging.ANY)(file, chance)
        status, text = run(reader, *chance.choice(commands))
        statuses[status] += 1
        assert "Traceback" not in text
        assert status in (0, 1), text
        shutil.rmtree(reader.home)
    told(f"{times} commands on two damaged files each, statuses {dict(statuses)}; tracebacks: 0")


def test_a_newer_library_is_read_and_left_as_it_is(whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, tmp_path / "newer")
    paths = paths_in(tmp_path / "newer")
    make_newer(paths.marks)
    make_newer(paths.catalogue)
    with Library(paths) as library:
        assert len([entry for entry in everything(library) if entry.marks.bookmarked]) == MARKED
        assert "newer" in library.read_only
        with pytest.raises(LibraryReadOnly):
            mark(library, everything(library)[0], read=True)


def test_a_read_only_home_can_be_read(nobodys_folder: Path, whole: Path) -> None:
    import os

    folder = nobodys_folder / "home"
    shutil.copytree(whole, folder)
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, 65534, 65534)
        path.chmod(0o500 if path.is_dir() else 0o400)
    with without_power(), Library(paths_in(folder)) as library:
        assert len([entry for entry in everything(library) if entry.marks.bookmarked]) == MARKED
        assert len(library.find(parse("number", typing=False)).ids) == PAPERS
        assert library.read_only
        with pytest.raises(LibraryReadOnly):
            mark(library, everything(library)[0], read=True)
