from __future__ import annotations

import json
from pathlib import Path

import pytest

from paperterm.library.door import Library
from paperterm.library.paths import default_paths

from .helpers import Run

pytestmark = pytest.mark.usefixtures("stocked")
MAMBA, OTHER = "2312.00752", "2408.08066"


def found(run: Run, text: str) -> set[str]:
    return {line.split("\t")[0].removeprefix("arxiv:") for line in run("search", text).lines}


def test_actions_are_taken_back_and_brought_back(run: Run) -> None:
    run("bookmark", MAMBA, OTHER)
    run("tag", MAMBA, "--add", "ssm")
    run("note", MAMBA, "see S4")
    ran = run("undo", "2")
    assert (ran.status, ran.lines) == (
        0,
        [
            "Took back: note on Mamba: Linear-Time Sequence Modeling.",
            "Took back: tags +ssm on Mamba: Linear-Time Sequence Modeling.",
        ],
    )
    assert found(run, "is:tagged") == set()
    assert run("undo").out == "Took back: bookmark on 2 papers.\n"
    assert found(run, "is:bookmarked") == set()
    assert run("redo", "9").lines[0] == "Brought back: bookmark on 2 papers."
    assert found(run, "is:bookmarked tag:ssm note:s4") == {MAMBA}
    ran = run("redo")
    assert (ran.status, ran.out, ran.err) == (0, "", "Nothing to bring back.\n")


def test_what_was_done_is_told_with_what_is_taken_back(run: Run) -> None:
    run("bookmark", MAMBA, OTHER)
    run("archive", OTHER)
    run("undo")
    told = [line.split("\t") for line in run("history").lines]
    assert [(one[2], one[3], one[4]) for one in told[:2]] == [
        ("archive", "1", "taken back"),
        ("bookmark", "2", ""),
    ]
    as_json = [json.loads(line) for line in run("history", "--json", "-n", "2").lines]
    assert [one["taken_back"] for one in as_json] == [True, False]
    assert [one[5] for one in told[:2]] == ["Mamba Retriever: Dense Retrieval", ""]
    assert (as_json[0]["title"], as_json[1]["title"]) == ("Mamba Retriever: Dense Retrieval", None)
    assert as_json[0]["here"] and as_json[0]["machine"]
    assert as_json[0]["number"] > as_json[1]["number"]
    assert len(run("history", "--all").lines) == len(told)
    assert run("history", "-n", "1").lines[0].split("\t")[2] == "archive"


def test_an_import_is_one_action_whatever_the_number_of_files(run: Run, tmp_path: Path) -> None:
    before = found(run, "")
    files = []
    for number in (1, 2):
        file = tmp_path / f"{number}.jsonl"
        file.write_text(
            "".join(
                json.dumps({"title": f"New {n}", "arxiv_id": f"2511.0{number}00{n}"}) + "\n"
                for n in range(1, 4)
            )
        )
        files.append(str(file))
    run("import", *files, "--no-index")
    assert len(found(run, "")) == len(before) + 6
    assert run("history").lines[0].split("\t")[2] == "import of 1.jsonl, 2.jsonl: 6 new papers"
    assert run("undo").out == "Took back: import of 1.jsonl, 2.jsonl: 6 new papers on 6 papers.\n"
    assert found(run, "") == before
    run("redo")
    assert len(found(run, "")) == len(before) + 6
    assert run("import", files[0], "--no-index").status == 0
    run("undo")
    assert len(found(run, "")) == len(before) + 3


def test_one_of_all_is_taken_back_alone(run: Run) -> None:
    run("bookmark", MAMBA)
    run("archive", OTHER)
    numbers = {line.split("\t")[2]: line.split("\t")[0] for line in run("history").lines}
    assert run("undo", "--only", numbers["bookmark"]).out.startswith("Took back: bookmark on Mamba")
    assert found(run, "is:bookmarked") == set()
    assert found(run, "is:archived") == {OTHER}
    ran = run("undo", "--only", numbers["bookmark"])
    assert (ran.status, ran.out) == (2, "")
    assert run("undo", "--only", "4711").status == 2


def test_nothing_to_take_back_is_no_failure(run: Run) -> None:
    while "Nothing" not in run("undo").err:
        pass
    ran = run("undo", "3")
    assert (ran.status, ran.out, ran.err) == (0, "", "Nothing to take back.\n")


def test_labels_from_elsewhere_are_clean(run: Run) -> None:
    with Library(default_paths()) as library:
        entry = library.named(MAMBA)
        from paperterm.model.marks import Change

        library.mark([Change(entry.paper.key, read=True)], "evil \x1b[2J\n[red]label", [entry])
    for ran in (run("history"), run("history", "--json"), run("undo")):
        assert "\x1b" not in ran.out
        assert "[red]label" in ran.out
