"""The commands for saved searches, and the file that they stand in, which a hand may write too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperterm.library.saved import blocks

from .helpers import CONTROLS, PAPERS, Ran, Run


@pytest.fixture
def file(home: Path) -> Path:
    """The file of saved searches."""
    return home / ".config" / "paperterm" / "searches.toml"


@pytest.fixture(autouse=True)
def papers(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "papers.jsonl"
    source.write_text("".join(json.dumps(paper) + "\n" for paper in PAPERS))
    run("import", str(source))


def named(run: Run) -> list[tuple[str, str]]:
    told = map(json.loads, run("searches", "--json").lines)
    return [(one["name"], one["query"]) for one in told]


def counts(run: Run) -> list[tuple[int, int]]:
    told = map(json.loads, run("searches", "--json").lines)
    return [(one["papers"], one["new"]) for one in told]


def more(run: Run, tmp_path: Path, *titles: str) -> Ran:
    source = tmp_path / "more.jsonl"
    source.write_text("".join(json.dumps({"title": title}) + "\n" for title in titles))
    return run("import", str(source))


def test_a_search_is_saved_listed_and_done(run: Run) -> None:
    assert "Saved the search 'SSM'" in run("searches", "add", "SSM", "mamba", "-retriever").out
    assert run("searches").out == "SSM\t0\t1\tmamba -retriever\n"
    assert len(run("search", "--saved", "ssm").lines) == 1


def test_what_comes_later_is_new(run: Run, tmp_path: Path) -> None:
    run("searches", "add", "SSM", "mamba")
    run("searches", "add", "Unread", "is:unread")
    more(run, tmp_path, "Mamba again", "Another thing")
    assert counts(run) == [(3, 1), (6, 2)]
    run("remove", "2408.08066")
    assert counts(run) == [(2, 1), (5, 2)]
    run("undo")
    assert counts(run) == [(3, 1), (6, 2)]


def test_searches_are_renamed_edited_moved_removed_and_brought_back(run: Run, file: Path) -> None:
    for name in ("One", "Two", "Three"):
        run("searches", "add", name, "mamba")
    run("searches", "rename", "two", "Zwei")
    run("searches", "edit", "Zwei", "title:mamba", "OR", "x")
    run("searches", "move", "Three", "1")
    assert named(run) == [("Three", "mamba"), ("One", "mamba"), ("Zwei", "title:mamba OR x")]
    before = file.read_text()
    assert "brings it back" in run("searches", "remove", "One").out
    assert len(named(run)) == 2
    assert run("searches", "add", "One").status == 0
    assert file.read_text() == before
    ran = run("searches", "add", "One")
    assert (ran.status, ran.out) == (2, "")
    assert "no removed search" in ran.err


def test_what_a_hand_has_written_stays(run: Run, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    text = '# Mine\n\n# About time\n[[search]]\nname = "One"  # first\nquery = "mamba"\nicon = 3\n'
    file.write_text(text)
    run("searches", "add", "Two", "x")
    run("searches", "rename", "One", "Uno")
    run("searches", "move", "Two", "1")
    told = file.read_text()
    for kept in ("# Mine", "# About time\n[[search]]", "# first", "icon = 3"):
        assert kept in told
    assert named(run) == [("Two", "x"), ("Uno", "mamba")]


def test_what_can_not_be_used_is_told_and_nothing_is_lost(run: Run, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('[[search]]\nname = "One"\nquery = "mamba"\n[[search]]\nname = ""\n')
    ran = run("searches")
    assert ran.lines == ["One\t0\t2\tmamba"]
    assert "the search no. 2 is left out" in ran.err
    file.write_text("[[search]\n")
    assert run("searches").out == ""
    ran = run("searches", "add", "Two", "x")
    assert ran.status == 1
    assert "nothing was changed" in ran.err
    assert file.read_text() == "[[search]\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "", "mamba"),
        ("add", "x" * 61, "mamba"),
        ("add", "x", "m" * 300),
        ("add", "SSM", "again"),
        ("rename", "nobody", "x"),
        ("remove", "nobody"),
        ("move", "SSM", "0"),
        ("edit", "SSM"),
    ],
    ids=lambda arguments: "-".join(arguments)[:20],
)
def test_what_makes_no_sense_is_bad_usage(run: Run, arguments: tuple[str, ...]) -> None:
    run("searches", "add", "SSM", "mamba")
    ran = run("searches", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert named(run) == [("SSM", "mamba")]


def test_names_and_queries_reach_no_terminal_unclean(run: Run) -> None:
    run("searches", "add", "a\x1b[2Jb\u202e", "x\x07y")
    for ran in (run("searches"), run("searches", "--json"), run("searches", "remove", "a\x1b[2Jb")):
        assert not CONTROLS.search(ran.out + ran.err)


_LINES = st.sampled_from(
    ["[[search]]\n", 'name = "a"\n', 'query = """\n', '"""\n', "# a comment\n", "\n", "[other]\n",
     "[[search.more]]\n", "list = [\n", "[1]\n", "]\n", "x = 1", "\r\n", "[[ 'search' ]]\n"]
)  # fmt: skip


@given(st.lists(_LINES, max_size=12).map("".join))
def test_a_file_that_is_taken_apart_is_whole_again(text: str) -> None:
    assert "".join(blocks.split(text)) == text
