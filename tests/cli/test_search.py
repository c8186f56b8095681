from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from .helpers import PAPERS, Run

FIELDS = [
    *("id", "title", "abstract", "authors", "author_count", "published", "comments", "upvotes"),
    *("url", "arxiv_id", "bookmarked", "tags", "read", "source"),
]


def test_the_first_look_at_an_empty_library_shows_the_starter_shelf(run: Run) -> None:
    first, second = run("search"), run("search")
    assert first.status == 0
    assert len(first.lines) == 84
    assert "`paperterm starter remove`" in first.err
    assert second.out == first.out
    assert second.err == ""


@pytest.mark.usefixtures("stocked")
def test_without_a_query_every_paper_is_a_line_of_id_date_and_title(run: Run) -> None:
    rows = [line.split("\t") for line in run("search").lines]
    assert len(rows) == len(PAPERS)
    assert ["arxiv:2408.08066", "2024-08-15", "Mamba Retriever: Dense Retrieval"] in rows
    assert ["arxiv:2510.12285", "", "Ünïcödé in 語言模型 Models"] in rows


@pytest.mark.usefixtures("stocked")
def test_several_words_are_one_query_and_a_minus_leaves_out(run: Run) -> None:
    both = run("search", "mamba")
    one = run("search", "mamba", "-retriever")
    assert len(both.lines) == 2
    assert one.status == 0
    assert [line.split("\t")[0] for line in one.lines] == ["arxiv:2312.00752"]


@pytest.mark.usefixtures("stocked")
def test_a_note_is_found_by_its_words_and_is_in_the_json(run: Run) -> None:
    run("note", "2312.00752", "Compare with Größe")
    for query in ("is:noted", "has:note", "note:grosse", 'note:"compare with"'):
        (line,) = run("search", query, "--json").lines
        assert json.loads(line)["note"] == "Compare with Größe"
    assert run("search", "note:nothing").out == ""


@pytest.mark.usefixtures("stocked")
@pytest.mark.parametrize("query", [["-mamba"], ["--", "-mamba"], ["-not", "-mamba"]])
def test_a_query_may_begin_with_a_minus(run: Run, query: list[str]) -> None:
    ran = run("search", *query)
    assert ran.status == 0
    assert len(ran.lines) == 2
    assert "mamba" not in ran.out.lower()


@pytest.mark.usefixtures("stocked")
def test_options_are_found_on_both_sides_of_a_minus(run: Run) -> None:
    assert len(run("search", "-mamba", "--limit", "1").lines) == 1
    assert len(run("search", "--limit=1", "-mamba").lines) == 1


@pytest.mark.parametrize(
    "wrong",
    [["--jsno"], ["mamba", "--limt=3"], ["--limit", "0"], ["--limit", "x"], ["--sort", "x"]],
)
def test_a_wrong_option_is_bad_usage_and_prints_no_result(run: Run, wrong: list[str]) -> None:
    ran = run("search", *wrong)
    assert ran.status == 2
    assert ran.out == ""
    assert len(ran.err.splitlines()) == 1
    assert "--help" in ran.err


@pytest.mark.usefixtures("stocked")
def test_the_order_asked_for_by_option_wins_over_the_querys_own(run: Run) -> None:
    by_title = run("search", "mamba", "sort:date", "--sort", "title")
    by_date = run("search", "mamba", "sort:date")
    assert [line.split("\t")[0] for line in by_title.lines] == [
        "arxiv:2312.00752",
        "arxiv:2408.08066",
    ]
    assert by_date.lines == by_title.lines[::-1]


@pytest.mark.usefixtures("stocked")
def test_json_is_one_object_a_line_with_the_promised_fields(run: Run) -> None:
    found = [json.loads(line) for line in run("search", "--json").lines]
    assert [list(each) for each in found] == [FIELDS] * len(PAPERS)
    one = next(each for each in found if each["arxiv_id"] == "2408.08066")
    assert one["url"] == "https://arxiv.org/abs/2408.08066"
    assert one["authors"] == ["Hanqi Zhang", "Chong Chen"]
    assert one["author_count"] == 5
    assert (one["bookmarked"], one["read"], one["tags"]) == (False, False, [])


@pytest.mark.usefixtures("stocked")
def test_finding_nothing_is_told_on_standard_error_and_is_no_failure(run: Run) -> None:
    ran = run("search", "zzzqqq")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == "No paper matches zzzqqq\n"


@pytest.mark.usefixtures("stocked")
def test_what_could_not_be_taken_as_meant_is_told_on_standard_error(run: Run) -> None:
    ran = run("search", "is:wonderful", "mamba")
    assert ran.status == 0
    assert "is:wonderful" in ran.err


@pytest.mark.usefixtures("stocked")
def test_words_are_found_where_the_index_can_not_be_written(run: Run, home: Path) -> None:
    cache = home / ".cache" / "paperterm"
    cache.rename(cache.with_name("away"))
    cache.write_text("a file where the folder should be")
    ran = run("search", "mamba", "retriever")
    assert ran.status == 0
    assert [line.split("\t")[0] for line in ran.lines] == ["arxiv:2408.08066"]
    assert "letter by letter" in ran.err


@pytest.mark.usefixtures("stocked")
def test_a_paper_marked_a_moment_ago_is_found_by_its_mark_and_its_words(run: Run) -> None:
    run("tag", "2312.00752", "--add", "ssm/linear")
    for query in (["tag:ssm"], ["tag:ssm", "mamba"], ["tag:ssm", "-retriever"]):
        assert [line.split("\t")[0] for line in run("search", *query).lines] == ["arxiv:2312.00752"]


@pytest.mark.usefixtures("stocked")
def test_on_a_terminal_a_line_a_paper_fits_with_a_star_and_tags(run: Run, terminal: Run) -> None:
    run("bookmark", "2408.08066")
    run("tag", "2312.00752", "--add", "ssm")
    ran = terminal("search", columns=70, env={"NO_COLOR": "1"})
    assert ran.status == 0
    assert "\x1b" not in ran.out
    assert len(ran.lines) == len(PAPERS)
    starred = [line for line in ran.lines if line.startswith("★")]
    assert len(starred) == 1
    assert "2408.08066" in starred[0]
    tagged = next(line for line in ran.lines if "2312.00752" in line)
    assert tagged.endswith("#ssm")
    assert "2023-12-01" in tagged


@pytest.mark.usefixtures("stocked")
def test_a_terminal_gets_colours_and_a_pipe_does_not(run: Run, terminal: Run) -> None:
    coloured = terminal("search", "mamba", "--limit", "1").out
    assert re.search(r"\x1b\[\d+m", coloured)
    assert "\x1b" not in run("search", "mamba").out
    assert "\x1b" not in terminal("search", "mamba", "--limit", "1", env={"TERM": "dumb"}).out


@pytest.mark.usefixtures("stocked")
def test_on_a_terminal_a_paper_found_by_its_abstract_shows_the_piece_that_matches(
    run: Run, terminal: Run
) -> None:
    plain = {"NO_COLOR": "1"}
    found = terminal("search", "information OR foundation", columns=60, env=plain)
    assert sorted(line for line in found.lines if line.startswith("    ")) == [
        "    Foundation models.",
        "    In the information retrieval area, a Mamba does well.",
    ]
    in_title = terminal("search", "modeling OR dense", columns=60, env=plain)
    assert not [line for line in in_title.lines if line.startswith("    ")]
    assert run("search", "foundation").lines == [
        "arxiv:2312.00752\t2023-12-01\tMamba: Linear-Time Sequence Modeling"
    ]
    assert terminal("search", "--json", "foundation").out.count("\n") == 1


@pytest.mark.usefixtures("stocked")
def test_on_a_terminal_a_paper_found_by_an_author_names_them(terminal: Run) -> None:
    found = terminal("search", "author:chong", columns=60, env={"NO_COLOR": "1"})
    assert found.lines[1:] == ["    Hanqi Zhang, Chong Chen"]


@pytest.mark.usefixtures("stocked")
@pytest.mark.parametrize("columns", [1, 5, 20, 31])
def test_a_piece_of_the_abstract_fits_the_terminal(terminal: Run, columns: int) -> None:
    found = terminal("search", "information well", columns=columns, env={"NO_COLOR": "1"})
    assert all(len(line) <= columns for line in found.lines)


def test_a_piece_of_the_abstract_is_not_to_be_acted_on(
    run: Run, terminal: Run, papers: Path
) -> None:
    assert run("import", str(papers)).status == 0
    found = terminal("search", "abstract", env={"NO_COLOR": "1"})
    assert found.lines[1] == "    An abstract \ufffd[2J\ufffd that owns."


@pytest.mark.usefixtures("stocked")
def test_each_paper_is_explained_when_that_is_asked_for_and_the_guide_comes_once(run: Run) -> None:
    ran = run("search", "--explain", "mamba")
    assert ran.status == 0
    assert ran.lines[0] == "arxiv:2312.00752\t2023-12-01\tMamba: Linear-Time Sequence Modeling"
    assert ran.lines[1] == "    1st of 2 papers found, when the best comes first."
    assert "      title: “Mamba”, once; 2 of 4 papers have it there" in ran.out
    assert "for being the paper of that name" in ran.out
    assert ran.out.count("Score") == 2
    assert ran.out.count("How to read this") == 1
    assert ran.lines[-1] == "    Of papers with the same score the newer comes first."
    assert run("search", "--explain", "mamba", "--limit", "1").out.count("Score") == 1


@pytest.mark.usefixtures("stocked")
@pytest.mark.parametrize("columns", [20, 40, 80])
def test_an_explanation_fits_the_terminal(terminal: Run, columns: int) -> None:
    ran = terminal("search", "--explain", "mamba", columns=columns, env={"NO_COLOR": "1"})
    assert "Score" in ran.out
    assert all(len(line) <= columns for line in ran.lines)


@pytest.mark.usefixtures("stocked")
def test_what_no_words_found_is_listed_without_an_explanation(run: Run) -> None:
    ran = run("search", "--explain", "is:unread")
    assert ran.lines == run("search", "is:unread").lines
    assert "can be explained" in ran.err


def test_an_explanation_is_not_for_programs(run: Run) -> None:
    ran = run("search", "--explain", "--json", "mamba")
    assert (ran.status, ran.out) == (2, "")
    assert "--json" in ran.err
