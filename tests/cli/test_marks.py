from __future__ import annotations

import json

import pytest

from paperterm.library.door import Library
from paperterm.library.paths import default_paths

from .helpers import Run

pytestmark = pytest.mark.usefixtures("stocked")


def bookmarked(run: Run) -> set[str]:
    return {line.split("\t")[0] for line in run("search", "is:bookmarked").lines}


def test_papers_are_bookmarked_and_the_bookmark_taken_away(run: Run) -> None:
    ran = run("bookmark", "2408.08066", "https://arxiv.org/abs/2312.00752")
    assert (ran.status, ran.out, ran.err) == (0, "Bookmarked 2 papers.\n", "")
    assert bookmarked(run) == {"arxiv:2408.08066", "arxiv:2312.00752"}
    ran = run("bookmark", "--remove", "2408.08066")
    assert (ran.status, ran.out) == (0, "Took the bookmark from 1 paper.\n")
    assert bookmarked(run) == {"arxiv:2312.00752"}


def test_bookmarking_again_says_that_nothing_changed(run: Run) -> None:
    run("bookmark", "2408.08066")
    again = run("bookmark", "2408.08066")
    more = run("bookmark", "2408.08066", "2408.08066v1", "2312.00752")
    assert (again.status, again.out) == (0, "Nothing to change: 1 paper had it so already.\n")
    assert more.out == "Bookmarked 1 paper; 1 had it so already.\n"


def test_the_known_papers_are_done_when_one_is_unknown(run: Run) -> None:
    ran = run("bookmark", "2001.00001", "2408.08066", "nonsense")
    assert (ran.status, ran.out) == (1, "Bookmarked 1 paper.\n")
    assert len(ran.err.splitlines()) == 2
    assert bookmarked(run) == {"arxiv:2408.08066"}


def test_all_the_papers_of_one_command_are_one_action(run: Run) -> None:
    run("bookmark", "2408.08066", "2312.00752")
    run("tag", "2408.08066", "2312.00752", "--add", "ssm")
    with Library(default_paths()) as library:
        assert library.undo() is not None
        assert library.tags() == []
        assert library.shelves().bookmarks == 2
        assert library.undo() is not None
        assert library.shelves().bookmarks == 0


def test_tags_are_added_taken_away_and_printed(run: Run) -> None:
    ran = run("tag", "2408.08066", "--add", "llm/long, ir", "--add", "#to read")
    assert (ran.status, ran.out) == (0, "Changed the tags of 1 paper.\n")
    assert run("tag", "2408.08066").lines == ["ir", "llm/long", "to read"]
    run("tag", "2408.08066", "--remove", "ir", "--add", "new")
    assert run("tag", "2408.08066").lines == ["llm/long", "new", "to read"]
    told = json.loads(run("show", "2408.08066", "--json").out)
    assert told["tags"] == ["llm/long", "new", "to read"]


def test_tags_of_several_papers_are_printed_after_their_ids(run: Run) -> None:
    run("tag", "2408.08066", "2312.00752", "--add", "ssm")
    assert run("tag", "2408.08066", "2312.00752").lines == [
        "arxiv:2408.08066\tssm",
        "arxiv:2312.00752\tssm",
    ]


@pytest.mark.parametrize("bad", ["", " / ", 'a"b', "x" * 101, "a\x1b[2Jb"])
def test_a_tag_that_is_none_is_bad_usage_and_changes_nothing(run: Run, bad: str) -> None:
    ran = run("tag", "2408.08066", "--add", bad)
    assert (ran.status, ran.out) == (2, "")
    assert "tag" in ran.err
    assert run("tag", "2408.08066").out == ""


def test_tags_are_listed_with_how_many_papers_carry_them(run: Run, terminal: Run) -> None:
    assert run("tags").err == "No paper has a tag yet.\n"
    run("tag", "2408.08066", "2312.00752", "--add", "ssm")
    run("tag", "2408.08066", "--add", "日本語")
    assert run("tags").lines == ["ssm\t2", "日本語\t1"]
    assert terminal("tags").lines == ["ssm          2", "日本語       1"]
