"""Importing a part of a snapshot, and going on with an import that was stopped."""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from helpers import contents
from paperterm.library.door import Library
from paperterm.library.paths import default_paths

from .helpers import Run

COUNT = 12_000
CATEGORIES = ("cs.CL", "cs.CV", "stat.ML cs.LG", "math.CT")
IMPORT = (sys.executable, "-m", "paperterm", "import", "--no-index")


def snapshot(count: int) -> bytes:
    return "".join(f"{json.dumps(line(number))}\n" for number in range(1, count + 1)).encode()


def line(number: int) -> dict[str, object]:
    year = 2020 + number % 5
    return {
        "id": f"2506.{number:05}",
        "title": f"Paper number {number}",
        "abstract": f"  All of paper {number}\nis this.\n",
        "categories": CATEGORIES[number % 4],
        "versions": [{"version": "v1", "created": f"Mon, 1 Jun {year} 00:00:00 GMT"}],
        "update_date": f"{year}-06-02",
        "authors_parsed": [["Lovelace", "Ada", ""]],
    }


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "snapshot.jsonl"
    path.write_bytes(snapshot(COUNT))
    return path


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.jsonl.gz"
    path.write_bytes(gzip.compress(snapshot(40)))
    return path


@pytest.mark.parametrize(
    ("options", "new"),
    [
        ([], 40),
        (["--cat", "cs.CL"], 10),
        (["--cat", "cs"], 30),
        (["--cat", "math", "--cat", "stat.ML"], 20),
        (["--since", "2023"], 16),
        (["--since", "2023-06-02"], 8),
        (["--cat", "cs.CL", "--since", "2024-06"], 2),
    ],
)
def test_only_the_part_that_was_asked_for_comes_in(
    run: Run, small: Path, options: list[str], new: int
) -> None:
    ran = run("import", str(small), *options)
    passed = f", {40 - new} passed over" if new < 40 else ""
    assert ran.out == f"{small}: {new} new, 0 updated, 0 unchanged, 0 refused{passed}\n"
    assert (ran.status, ran.err) == (0, "")
    assert len(run("search").lines) == new


def test_a_part_without_papers_is_no_failure(run: Run, small: Path) -> None:
    ran = run("import", str(small), "--cat", "hep-th")
    assert ran.out == f"{small}: 0 new, 0 updated, 0 unchanged, 0 refused, 40 passed over\n"
    assert (ran.status, ran.err) == (0, "")


def test_other_formats_have_parts_too(run: Run, papers: Path) -> None:
    ran = run("import", str(papers), "--cat", "cs", "--since", "2024-08")
    assert ran.out == f"{papers}: 1 new, 0 updated, 0 unchanged, 0 refused, 3 passed over\n"


def test_a_day_that_is_none_is_bad_usage(run: Run, small: Path) -> None:
    ran = run("import", str(small), "--since", "yester\x1bday")
    assert (ran.status, ran.out) == (2, "")
    assert "no date" in ran.err
    assert "\x1b" not in ran.err


def test_the_index_can_be_left_for_later(run: Run, small: Path) -> None:
    run("import", "--no-index", str(small))
    assert not default_paths().index.exists()
    assert len(run("search", "number").lines) == 40


def test_papers_are_listed_under_the_day_they_were_published(run: Run, small: Path) -> None:
    run("import", str(small))
    assert len(run("search", "day:2023-06-01").lines) == 8


def test_a_large_file_shows_how_quickly_it_goes(terminal: Run, file: Path) -> None:
    with file.open("ab") as stream:
        stream.write(b"\n" * 1_000_000)
    ran = terminal("import", "--no-index", str(file), columns=120)
    assert "papers/s, " in ran.out
    assert " s left" in ran.out
    assert f"{COUNT} new" in ran.out


def stop(file: Path, how: signal.Signals, seconds: float = 0, *, begun: bool = True) -> str:
    """Import for so long, from the first batch on if it has `begun`, else from the first line
    that it tells; all that it told."""
    with subprocess.Popen(
        [*IMPORT, str(file)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr
        told = ""
        if begun:
            _wait_for_a_batch()
        else:
            told = process.stderr.readline()
        time.sleep(seconds)
        process.send_signal(how)
        told += process.stderr.read()
        status = process.wait(60)
        assert status == (130 if how is signal.SIGINT else -how) or (not status and not begun)
        return told


def _wait_for_a_batch() -> None:
    log = default_paths().catalogue.with_name("catalogue.db-wal")
    for _ in range(3_000):
        if log.exists() and log.stat().st_size > 500_000:
            return
        time.sleep(0.01)
    raise AssertionError("nothing came in")


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_ctrl_c_and_the_same_again_is_the_whole_file(
    run: Run, file: Path, pack: type[bytes]
) -> None:
    file.write_bytes(pack(file.read_bytes()))
    told = stop(file, signal.SIGINT)
    assert told.endswith("in the library; the same command goes on there.\n")
    before = len(run("search").lines)
    assert 0 < before < COUNT
    ran = run("import", "--no-index", str(file))
    assert ran.err.startswith(f"{file}: going on after line {before:,}; ")
    assert ran.out == f"{file}: {COUNT - before} new, 0 updated, 0 unchanged, 0 refused\n"
    again = run("import", "--no-index", str(file))  # it is done: there is no place to go on at
    assert again.err == ""
    assert again.out == f"{file}: 0 new, 0 updated, {COUNT} unchanged, 0 refused\n"


def test_from_start_reads_it_all_again(run: Run, file: Path) -> None:
    stop(file, signal.SIGINT)
    before = len(run("search").lines)
    ran = run("import", "--no-index", "--from-start", str(file))
    assert ran.err == ""
    assert f"{COUNT - before} new, 0 updated, {before} unchanged" in ran.out


def test_another_part_of_the_file_is_read_from_its_beginning(run: Run, file: Path) -> None:
    stop(file, signal.SIGINT)
    before = len(run("search").lines)
    ran = run("import", "--no-index", "--cat", "cs.CL", str(file))
    assert ran.err == ""
    assert f"{COUNT - COUNT // 4} passed over" in ran.out
    assert f"going on after line {before:,}" in run("import", "--no-index", str(file)).err


@pytest.mark.parametrize("seed", range(4))
def test_an_import_killed_again_and_again_ends_as_if_it_had_not_been(
    file: Path, home: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(f"killed {seed}")
    packed = file.with_suffix(".gz")
    packed.write_bytes(gzip.compress(file.read_bytes()))
    path = packed if seed % 2 else file
    stop(path, signal.SIGKILL, chance.uniform(0, 0.2))
    told = stop(path, signal.SIGKILL, chance.uniform(0, 0.2), begun=False)
    assert "going on after line" in told
    stop(path, signal.SIGKILL, chance.uniform(0, 0.2), begun=False)
    done = subprocess.run([*IMPORT, str(path)], capture_output=True, text=True, check=True)
    counts = [int(part.split()[0]) for part in done.stdout.rpartition(": ")[2].split(", ")]
    if place := re.search(r"going on after line ([\d,]+);", done.stderr):
        assert counts == [COUNT - int(place[1].replace(",", "")), 0, 0, 0]
    else:  # quicker than its killer
        assert counts == [0, 0, COUNT, 0]
    with Library(default_paths()) as library:
        got = contents(library)
        names = library._catalogue.database.connection.execute("SELECT count(*) FROM alias")
        assert names.fetchone()[0] == COUNT * 2
        kept = library._catalogue.database.connection.execute(
            "SELECT count(*) FROM meta WHERE name LIKE 'import:%'"
        )
        assert kept.fetchone()[0] == 0
    other = home / "undisturbed"
    environment = {**os.environ, "HOME": str(other)}
    subprocess.run([*IMPORT, str(file)], env=environment, capture_output=True, check=True)
    monkeypatch.setenv("HOME", str(other))
    with Library(default_paths()) as library:
        assert contents(library) == got
