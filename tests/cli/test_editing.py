"""`paperterm edit`: what it says, and what the other commands say then."""

from __future__ import annotations

import json

import pytest

from .helpers import Run

pytestmark = pytest.mark.usefixtures("stocked")


def test_an_edited_paper_is_shown_searched_exported_and_taken_back(run: Run) -> None:
    ran = run("edit", "2312.00752", "--title", "Selective spaces", "--authors", "Ann, Bob")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == "Edited Selective spaces; title and authors are yours.\n"
    shown = run("show", "2312.00752").out
    assert shown.startswith("Selective spaces\nAnn, Bob\n")
    assert "\ntitle and authors edited by you\n" in shown
    assert json.loads(run("show", "2312.00752", "--json").out)["edited"] == ["title", "authors"]
    assert len(run("search", "selective").lines) == 1
    assert run("search", "linear-time").lines == []
    assert "title = {Selective spaces}" in run("export", "--format", "bibtex", "selective").out
    ran = run("undo")
    assert ran.out.startswith("Took back: edit of title, authors on Mamba: Linear-Time")
    assert run("search", "selective").lines == []
    assert "edited by you" not in run("show", "2312.00752").out


def test_a_field_is_given_back_alone_or_all_of_them_at_once(run: Run) -> None:
    run("edit", "2312.00752", "--date", "2024-01-01", "--abstract", "My words.")
    ran = run("edit", "2312.00752", "--date", "")
    assert ran.out == "Edited Mamba: Linear-Time Sequence Modeling; abstract is yours.\n"
    assert "2023-12-01" in run("show", "2312.00752").out
    ran = run("edit", "2312.00752", "--revert")
    assert ran.out.endswith("is as the services tell it again.\n")
    ran = run("edit", "2312.00752", "--revert")
    assert ran.out.endswith("is as before.\n")


def test_taking_the_same_file_in_again_does_not_overwrite_it(run: Run, papers) -> None:
    run("edit", "2312.00752", "--title", "Selective spaces")
    assert " 0 new, 0 updated, 4 unchanged" in run("import", str(papers)).out
    assert run("show", "2312.00752").out.startswith("Selective spaces\n")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--revert", "--title", "x"),
        ("--date", "yesterday"),
        ("--title", "x" * 2000),
        ("--authors", ","),
    ],
    ids=["nothing", "both", "date", "long", "nobody"],
)
def test_what_makes_no_sense_changes_nothing(run: Run, arguments: tuple[str, ...]) -> None:
    before = run("export").out
    ran = run("edit", "2312.00752", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
    assert run("export").out == before
