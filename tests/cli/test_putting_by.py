from __future__ import annotations

import json

import pytest

from .helpers import Run

pytestmark = pytest.mark.usefixtures("stocked")
MAMBA, OTHER = "2312.00752", "2408.08066"


def found(run: Run, state: str) -> set[str]:
    return {line.split("\t")[0].removeprefix("arxiv:") for line in run("search", state).lines}


def test_papers_are_archived_and_taken_out_again(run: Run) -> None:
    before = found(run, "is:inbox")
    ran = run("archive", MAMBA, OTHER)
    assert (ran.status, ran.out) == (0, "Archived 2 papers.\n")
    assert found(run, "is:archived") == {MAMBA, OTHER}
    assert found(run, "is:inbox") == before - {MAMBA, OTHER}
    assert "archived" in run("show", MAMBA).out
    assert run("archive", "--remove", MAMBA).out == "Took out of the archive 1 paper.\n"
    assert found(run, "is:archived") == {OTHER}


def test_papers_are_put_off_and_brought_back(run: Run) -> None:
    ran = run("later", MAMBA, OTHER, "2099-12-31")
    assert (ran.status, ran.out) == (0, "Put off until 2099-12-31: 2 papers.\n")
    assert found(run, "is:later") == {MAMBA, OTHER}
    assert json.loads(run("show", "--json", MAMBA).out)["later"] == "2099-12-31"
    run("archive", OTHER)
    assert found(run, "is:later") == {MAMBA}
    assert run("later", "--remove", MAMBA).out == "No longer put off: 1 paper.\n"
    assert found(run, "is:later") == set()


@pytest.mark.parametrize(
    "arguments", [[MAMBA], [MAMBA, OTHER], [MAMBA, "yesterday"], [MAMBA, "2020-01-01"]]
)
def test_without_a_day_to_come_nothing_is_put_off(run: Run, arguments: list[str]) -> None:
    ran = run("later", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert found(run, "is:later") == set()


def test_removed_papers_are_hidden_and_can_be_restored(run: Run) -> None:
    before = found(run, "")
    assert run("remove", MAMBA).out == "Removed 1 paper.\n"
    assert found(run, "") == before - {MAMBA}
    assert found(run, "mamba") == {OTHER}
    assert found(run, "is:removed") == {MAMBA}
    assert "removed" in run("show", MAMBA).out
    assert run("remove", "--restore", MAMBA).out == "Brought back 1 paper.\n"
    assert found(run, "") == before
