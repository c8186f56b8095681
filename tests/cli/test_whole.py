"""A library moves to another home as one file, and everything goes on there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .helpers import Run

pytestmark = pytest.mark.usefixtures("stocked")


@pytest.fixture
def moved(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """All that the reader had done, in a file; the home is an empty one."""
    run("bookmark", "2408.08066")
    run("tag", "2312.00752", "--add", "llm/ssm,to read")
    run("tags", "rename", "to read", "soon")
    run("note", "2510.12285", "Two lines\n\nof Ünïcode.")
    run("remove", "2510.12285")
    run("bookmark", "2312.00752")
    run("undo")
    run("feeds", "add", "arxiv:cs.CL")
    run("searches", "add", "Mine", "tag:soon")
    path = tmp_path / "all.jsonl"
    assert run("export", "-o", str(path)).out == f"Wrote 4 papers to {path}.\n"
    return path


def test_history_and_marks_are_the_same_there_and_undo_goes_on(
    run: Run, moved: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = (
        ("history", "--all", "--json"),
        ("export",),
        ("search", "--json"),
        ("search", "--json", "is:removed"),
        ("tags", "--json"),
        ("searches", "--json"),
        ("feeds", "--json"),
    )
    here = [run(*one).out for one in asked]
    monkeypatch.setenv("HOME", str(tmp_path / "elsewhere"))
    ran = run("import", str(moved))
    assert ran.out == (
        f"{moved}: 4 new, 0 updated, 0 unchanged, 0 refused, with the marks of 3 papers\n"
    )
    assert "the history of that library came along, 9 entries." in ran.err
    assert [run(*one).out for one in asked] == here
    assert run("undo").out == "Took back: feed added: arxiv:cs.CL.\n"
    assert len(run("feeds").lines) == 1
    assert run("undo").out.startswith("Took back: remove")
    assert run("redo").out.startswith("Brought back: remove")
    assert run("undo", "5").out.splitlines()[-1].startswith("Took back: bookmark")


def test_taking_it_in_again_changes_nothing(run: Run, moved: Path) -> None:
    before = run("export").out, run("history", "--json").out
    ran = run("import", str(moved))
    assert ran.out == f"{moved}: 0 new, 0 updated, 4 unchanged, 0 refused\n"
    assert (run("export").out, run("history", "--json").out) == before


def test_a_query_exports_its_papers_and_nothing_else(run: Run, moved: Path) -> None:
    lines = [json.loads(line) for line in run("export", "tag:soon").lines]
    assert [line["title"] for line in lines] == ["Mamba: Linear-Time Sequence Modeling"]
    whole = [json.loads(line) for line in moved.read_text().splitlines()]
    assert len([line for line in whole if "title" in line]) == 4
