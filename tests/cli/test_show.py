from __future__ import annotations

import json
from pathlib import Path

import pytest

from .helpers import Run

IDS = [
    "2408.08066",
    "arXiv:2408.08066v2",
    "https://arxiv.org/pdf/2408.08066v1",
    "https://huggingface.co/papers/2408.08066",
    "arxiv:2408.08066",
]


@pytest.mark.usefixtures("stocked")
@pytest.mark.parametrize("name", IDS)
def test_a_paper_is_shown_by_any_name_it_has(run: Run, name: str) -> None:
    ran = run("show", name)
    assert (ran.status, ran.err) == (0, "")
    assert ran.lines[:4] == [
        "Mamba Retriever: Dense Retrieval",
        "Hanqi Zhang, Chong Chen and 3 more",
        "2024-08-15 · 20 upvotes · 1 comment · cs.IR · arXiv:2408.08066",
        "https://arxiv.org/abs/2408.08066",
    ]
    assert ran.lines[-1] == "In the information retrieval area, a Mamba does well."


@pytest.mark.usefixtures("stocked")
def test_marks_are_shown(run: Run) -> None:
    run("bookmark", "2408.08066")
    run("tag", "2408.08066", "--add", "ir, llm/long")
    assert "★ bookmarked · #ir #llm/long" in run("show", "2408.08066").lines


@pytest.mark.usefixtures("stocked")
def test_a_paper_known_by_its_title_alone_is_shown_by_its_key(run: Run) -> None:
    keys = [line.split("\t")[0] for line in run("search").lines if "title:" in line]
    assert len(keys) == 1
    ran = run("show", keys[0])
    assert ran.status == 0
    assert "https://huggingface.co/papers?q=" in ran.out


def test_a_summary_of_ours_is_said_to_be_one(run: Run) -> None:
    ran = run("show", "2408.08066")
    assert ran.status == 0
    assert "Summary (the abstract is not here yet)" in ran.lines


@pytest.mark.usefixtures("stocked")
def test_an_abstract_is_not_said_to_be_a_summary(run: Run) -> None:
    assert "Summary" not in run("show", "2408.08066").out


RICH = {
    "title": "Rich",
    "arxiv_id": "2501.00001",
    "abstract": "An abstract.",
    "published": "2025-01-01",
    "updated": "2025-03-02",
    "venue": "Proceedings of \x1b[2J ACL 2025",
    "code": "https://github.com/a/b",
    "project": "https://a.example/",
    "submitter": "A\u202eK",
    "ai_summary": "It does\x07 well.",
    "keywords": ["state space", "\x9b31m scan"],
}


def test_all_that_is_known_is_shown_and_only_ever_as_text(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "rich.jsonl"
    path.write_text(json.dumps(RICH))
    run("import", str(path))
    assert run("show", "2501.00001").lines == [
        "Rich",
        "2025-01-01 · revised 2025-03-02 · arXiv:2501.00001",
        "https://arxiv.org/abs/2501.00001",
        "Venue: Proceedings of \ufffd[2J ACL 2025",
        "Code: https://github.com/a/b",
        "Project: https://a.example/",
        "Put on Daily Papers by AK",
        "",
        "An abstract.",
        "",
        "AI summary (Hugging Face)",
        "It does\ufffd well.",
        "",
        "Keywords: state space, \ufffd31m scan",
    ]
    told = json.loads(run("show", "2501.00001", "--json").out)
    assert {key: told[key] for key in RICH} == RICH


@pytest.mark.usefixtures("stocked")
def test_json_says_nothing_of_what_a_paper_does_not_have(run: Run) -> None:
    told = json.loads(run("show", "2408.08066", "--json").out)
    assert not {"venue", "code", "project", "submitter", "keywords", "updated"} & set(told)


@pytest.mark.usefixtures("stocked")
def test_json_shows_the_same_object_as_search(run: Run) -> None:
    shown = run("show", "2408.08066", "--json").out
    searched = run("search", "title:retriever", "--json").out
    assert shown == searched
    assert json.loads(shown)["id"] == "arxiv:2408.08066"


@pytest.mark.usefixtures("stocked")
@pytest.mark.parametrize("command", [["show"], ["copy"], ["open"], ["bookmark"], ["tag"]])
def test_an_id_that_no_paper_has_is_a_failure_not_bad_usage(run: Run, command: list[str]) -> None:
    ran = run(*command, "2001.00001")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == "There is no paper 2001.00001 in this library.\n"


@pytest.mark.parametrize("arguments", [["show"], ["bookmark"], ["tag", "--add", "x"], ["nosuch"]])
def test_what_is_missing_or_unknown_is_bad_usage(run: Run, arguments: list[str]) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert "--help" in ran.err


@pytest.mark.usefixtures("stocked")
def test_long_text_is_wrapped_to_the_terminal(terminal: Run) -> None:
    ran = terminal("show", "2408.08066", columns=30, env={"NO_COLOR": "1"})
    text = [line for line in ran.lines if not line.startswith(("https://", "2024-"))]
    assert max(map(len, text)) <= 30
    assert "In the information retrieval" in ran.lines
