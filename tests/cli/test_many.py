"""Marks on all that a query finds: counted first, asked about, done as one action."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

import pytest

from paperterm.library.door import Library
from paperterm.library.paths import default_paths
from paperterm.model.query import Is, Query, State

from .helpers import Run

pytestmark = pytest.mark.usefixtures("stocked")


def count(state: State) -> int:
    with Library(default_paths()) as library:
        return len(library.find(Query(Is(state))).ids)


def test_all_that_a_query_finds_is_marked_as_one_action(run: Run) -> None:
    ran = run("bookmark", "--query", "mamba", "--yes")
    assert (ran.status, ran.out) == (0, "Bookmarked 2 papers.\n")
    assert "The query finds 2 papers.\n" in ran.err
    assert count(State.BOOKMARKED) == 2
    with Library(default_paths()) as library:
        assert len(library.undo().keys) == 2
        assert library.undo().label.startswith("import of papers.jsonl"), "nothing since"


def test_without_a_yes_nobody_is_asked_in_a_script_and_nothing_is_done(run: Run) -> None:
    ran = run("bookmark", "--query", "mamba")
    assert (ran.status, ran.out) == (2, "")
    assert "The query finds 2 papers; --yes marks them, --dry-run only counts." in ran.err
    assert count(State.BOOKMARKED) == 0


@pytest.mark.parametrize(
    "command",
    [
        ("bookmark",),
        ("read",),
        ("archive",),
        ("later", "3d"),
        ("remove",),
        ("tag", "--add", "ssm"),
    ],
)
def test_a_dry_run_only_counts(run: Run, command: tuple[str, ...]) -> None:
    ran = run(*command, "--query", "mamba", "--dry-run")
    assert (ran.status, ran.out) == (0, "")
    assert "The query finds 2 papers; nothing was changed." in ran.err
    with Library(default_paths()) as library:
        assert library.undo().label.startswith("import of papers.jsonl"), "nothing since"


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("read",), "Marked as read: 2 papers.\n"),
        (("archive",), "Archived 2 papers.\n"),
        (("later", "2 weeks"), "Put off until "),
        (("remove",), "Removed 2 papers.\n"),
        (("tag", "--add", "ssm"), "Changed the tags of 2 papers.\n"),
    ],
)
def test_every_mark_takes_a_query(run: Run, command: tuple[str, ...], told: str) -> None:
    command = tuple("2w" if part == "2 weeks" else part for part in command)
    ran = run(*command, "--query", "mamba", "--yes")
    assert ran.status == 0, ran.err
    assert ran.out.startswith(told)
    with Library(default_paths()) as library:
        assert len(library.undo().keys) == 2


def test_papers_are_marked_as_read_and_unread(run: Run) -> None:
    assert run("read", "2408.08066").out == "Marked as read: 1 paper.\n"
    assert count(State.READ) == 1
    assert run("read", "--unread", "2408.08066").out == "Marked as unread: 1 paper.\n"
    assert count(State.READ) == 0


def test_a_query_that_finds_nothing_changes_nothing(run: Run) -> None:
    ran = run("bookmark", "--query", "nonesuchword", "--yes")
    assert (ran.status, ran.out) == (0, "")
    assert "The query finds 0 papers" in ran.err


@pytest.mark.parametrize("query", ["", "  "])
def test_an_empty_query_is_no_way_to_say_everything(run: Run, query: str) -> None:
    ran = run("remove", "--query", query, "--yes")
    assert ran.status == 2
    assert count(State.REMOVED) == 0
    everything = run("remove", "--query", "*", "--dry-run")
    assert "nothing was changed" in everything.err


def test_ids_and_a_query_together_are_bad_usage(run: Run) -> None:
    assert run("bookmark", "2408.08066", "--query", "mamba", "--yes").status == 2
    assert run("bookmark").status == 2
    assert count(State.BOOKMARKED) == 0


def test_the_tags_of_what_a_query_finds_are_printed(run: Run) -> None:
    run("tag", "2408.08066", "--add", "ssm")
    assert run("tag", "--query", "tag:ssm").lines == ["ssm"]


@pytest.mark.parametrize(("answer", "marked"), [(b"y\n", 2), (b"n\n", 0), (b"\n", 0)])
def test_at_a_terminal_the_number_is_told_and_asked_about(answer: bytes, marked: int) -> None:
    ours, theirs = pty.openpty()
    os.write(ours, answer)
    done = subprocess.run(
        [sys.executable, "-m", "paperterm", "bookmark", "--query", "mamba"],
        stdin=theirs,
        capture_output=True,
        timeout=60,
    )
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 0
    assert b"The query finds 2 papers." in done.stderr
    assert b"Bookmark 2 papers? [y/N]" in done.stderr
    assert count(State.BOOKMARKED) == marked
