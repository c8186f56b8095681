from __future__ import annotations

from .helpers import Run


def test_the_shelf_is_taken_down_but_for_marked_papers_and_put_up_again(run: Run) -> None:
    run("search")
    run("bookmark", "2408.08066")
    run("tag", "2312.00752", "--add", "ssm")
    down = run("starter", "remove")
    assert (down.status, down.err) == (0, "")
    assert down.out == ("Took 82 papers of the starter shelf away; 2 with your marks stayed.\n")
    left = run("search")
    assert {line.split("\t")[0] for line in left.lines} == {"arxiv:2408.08066", "arxiv:2312.00752"}
    assert len(run("search", "mamba").lines) == 2
    up = run("starter", "add")
    assert up.out == "Starter shelf: 82 new, 0 updated, 2 unchanged\n"
    assert len(run("search").lines) == 84
    assert len(run("search", "is:bookmarked").lines) == 1


def test_a_shelf_taken_down_does_not_come_back_by_itself(run: Run) -> None:
    run("search")
    assert run("starter", "remove").out == "Took 84 papers of the starter shelf away.\n"
    ran = run("search")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == "There are no papers in this library yet.\n"
