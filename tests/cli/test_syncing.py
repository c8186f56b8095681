"""`paperterm sync`: two homes that a folder keeps alike, from the command line."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .helpers import Run

KEY = "2312.00752"


@pytest.fixture
def at(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Goes to another computer's home; the first time, the starter shelf is there."""

    def at(name: str) -> Path:
        place = tmp_path / name
        place.mkdir(exist_ok=True)
        monkeypatch.setenv("HOME", str(place))
        return place

    return at


@pytest.fixture
def carried(tmp_path: Path) -> str:
    """The folder that is the same on both computers."""
    (tmp_path / "carried").mkdir()
    return str(tmp_path / "carried")


def test_what_is_done_on_one_machine_is_there_on_the_other(run: Run, at, carried: str) -> None:
    at("desktop")
    run("search", "mamba")
    run("bookmark", KEY)
    ran = run("sync", carried)
    assert (ran.status, ran.out) == (0, "1 machine: nothing new, wrote 1.\n")
    at("laptop")
    ran = run("sync", carried)
    assert (ran.status, ran.out) == (0, "2 machines: took over 1 action, wrote 0.\n")
    assert f"arxiv:{KEY}" in run("search", "is:bookmarked").out
    run("tag", KEY, "--add", "ssm")
    run("undo")
    assert (
        run("sync", carried, "--json").out
        == json.dumps({"heard": 0, "told": 2, "machines": 2, "missing": {}, "problems": []}) + "\n"
    )


def test_without_a_folder_it_is_that_of_the_settings(run: Run, at, carried: str) -> None:
    place = at("desktop")
    ran = run("sync")
    assert (ran.status, ran.out) == (2, "")
    assert "Which folder?" in ran.err
    settings = place / ".config" / "paperterm" / "config.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(f'sync = "{carried}"\n')
    assert run("sync").status == 0


def test_a_folder_that_is_not_there_is_told_in_a_sentence(run: Run, at, tmp_path: Path) -> None:
    at("desktop")
    ran = run("sync", str(tmp_path / "unmounted"))
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.count("\n") == 1
    assert "There is no folder" in ran.err
    assert "kept" in ran.err


def test_a_damaged_file_is_told_and_the_rest_is_taken_over(run: Run, at, carried: str) -> None:
    at("desktop")
    run("search", "mamba")
    run("bookmark", KEY)
    run("sync", carried)
    (file,) = Path(carried).glob("*/*.jsonl")
    file.write_bytes(b"\x1b]0;owned\x07\n" + file.read_bytes())
    at("laptop")
    ran = run("sync", carried)
    assert ran.status == 1
    assert ran.out == "2 machines: took over 1 action, wrote 0.\n"
    assert "A line of" in ran.err
    assert "\x1b" not in ran.err


def test_a_file_that_has_half_come_is_told_and_nothing_is_wrong(run: Run, at, carried: str) -> None:
    at("desktop")
    run("search", "mamba")
    run("bookmark", KEY)
    run("sync", carried)
    (file,) = Path(carried).glob("*/*.jsonl")
    whole = file.read_bytes()
    file.write_bytes(whole[:-9])
    at("laptop")
    ran = run("sync", carried)
    assert (ran.status, ran.out) == (0, "2 machines: nothing new, wrote 0.\n")
    name = f"{file.parent.name}/{file.name}"
    assert ran.err == f"The end of {name} did not come yet; it is read when it is there.\n"
    file.write_bytes(whole)
    ran = run("sync", carried)
    assert (ran.out, ran.err) == ("2 machines: took over 1 action, wrote 0.\n", "")


@contextlib.contextmanager
def watching(folder: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "paperterm", "sync", folder, "--watch"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_watching_goes_on_until_it_is_interrupted(run: Run, at, carried: str) -> None:
    at("desktop")
    run("search", "mamba")
    run("bookmark", KEY)
    with watching(carried) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "1 machine: nothing new, wrote 1.\n"
        at("laptop")
        run("search", "mamba")
        run("read", KEY)
        run("sync", carried)
        assert process.stdout.readline() == "2 machines: took over 1 action, wrote 0.\n"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        assert (process.returncode, out) == (130, "")
        assert "Traceback" not in err
