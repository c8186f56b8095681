"""The real program in a real pseudo-terminal."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest
from bench.places import PROJECT, Reader, python, starter_reader
from bench.terminal import Terminal


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return starter_reader(tmp_path_factory.mktemp("reader"))


def paperterm(reader: Reader) -> Terminal:
    return Terminal(python("paperterm"), reader.environment, str(PROJECT))


def test_a_first_start_shows_papers_not_emptiness(tmp_path: Path) -> None:
    with paperterm(Reader(tmp_path, "new")) as terminal:
        terminal.wait_for_text("LongWriter-Zero: Mastering")
        terminal.wait_for_text("Summary by paperterm")
        terminal.wait_for_text("84 papers")


@pytest.mark.parametrize("round_", range(6))
def test_a_mark_that_was_shown_survives_a_kill(tmp_path: Path, round_: int) -> None:
    reader = Reader(tmp_path, "marker")
    with paperterm(reader) as terminal:
        terminal.wait_for_text("LongWriter-Zero: Mastering")
        terminal.press("j" * round_ + "b")
        terminal.wait_for(
            lambda screen: any(re.search(r"▌●★ ", line) for line in screen.lines), "the star"
        )
        os.kill(terminal.process, signal.SIGKILL)
    (kept,) = reader.search("is:bookmarked")
    assert kept["bookmarked"] is True
    with paperterm(reader) as terminal:
        terminal.wait_for(
            lambda screen: any(re.search(r"Bookmarks +1", line) for line in screen.lines),
            "the bookmark after reopening",
        )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_the_terminal_is_given_back_when_told_to_leave(reader: Reader, number: int) -> None:
    with paperterm(reader) as terminal:
        terminal.wait_for_text("LongWriter-Zero: Mastering")
        os.kill(terminal.process, number)
        until = time.monotonic() + 10
        while b"\x1b[?1049l" not in terminal.output and time.monotonic() < until:
            terminal.watch(lambda _: True, time.monotonic() + 0.2)
        terminal.settle(0.3)
        assert b"\x1b[?1049l" in terminal.output
        assert b"\x1b[?25h" in terminal.output
        assert b"\x1b[?1000l" in terminal.output


def test_a_paper_is_found_tagged_and_kept(reader: Reader) -> None:
    with paperterm(reader) as terminal:
        terminal.wait_for_text("LongWriter-Zero: Mastering")
        terminal.press("/")
        for key in "mamba ret":
            terminal.press(key)
            time.sleep(0.03)
        terminal.wait_for_text("1 of 84")
        terminal.wait_for_text("Mamba Retriever: Utilizing")
        terminal.press("\r")
        terminal.press("t")
        terminal.wait_for_text("Tags, with commas")
        terminal.press("ir/dense\r")
        terminal.wait_for_text("#ir/dense")
        terminal.press("q")
    assert reader.search("tag:ir")[0]["arxiv_id"] == "2408.08066"


def test_keys_typed_all_at_once_are_carried_out_in_their_order(tmp_path: Path) -> None:
    reader = starter_reader(tmp_path)
    with paperterm(reader) as terminal:
        terminal.wait_for_text("LongWriter-Zero: Mastering")
        terminal.press("/mamba ret\rbtx/y, ssm\r")
        terminal.wait_for_text("#ssm #x/y")
        terminal.press("\x1b")
        terminal.wait_for_text("84 papers")
        terminal.press("jjbhjjl")
        terminal.wait_for_text("2 papers")
        terminal.press("q")
    marked = {paper["arxiv_id"] for paper in reader.search("is:bookmarked")}
    assert marked == {"2408.08066", "2401.17268"}
    assert [paper["arxiv_id"] for paper in reader.search("tag:x/y tag:ssm")] == ["2408.08066"]


def test_it_says_in_a_sentence_that_it_needs_a_terminal(reader: Reader) -> None:
    done = subprocess.run(
        python("paperterm"),
        env=reader.environment,
        cwd=PROJECT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "paperterm search" in done.stderr


def test_damage_is_left_as_it_is_where_the_reader_wants_that(tmp_path: Path) -> None:
    reader = starter_reader(tmp_path)
    marks = reader.home / "data" / "paperterm" / "marks.db"
    marks.write_bytes(b"garbage" * 999)
    with paperterm(reader) as terminal:
        terminal.wait_for_text("r restores")
        terminal.press("q")
        terminal.wait_for_text("doctor --repair")
        terminal.settle(0.5)
        assert b"Traceback" not in terminal.output
        assert b"\x1b[?1049l" in terminal.output
    assert marks.read_bytes() == b"garbage" * 999
    reader.run("doctor", "--repair")
    assert list((reader.home / "data" / "paperterm").glob("marks.db.damaged-*"))
    with paperterm(reader) as terminal:
        terminal.wait_for_text("LongWriter-Zero: Mastering")
