from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers import paths_in
from paperterm.library.door import Library
from paperterm.library.paths import default_paths
from paperterm.model.marks import Change
from paperterm.model.record import Context

from .helpers import CONTROLS, Run

pytestmark = pytest.mark.usefixtures("stocked")


def tags_of(run: Run, name: str) -> list[str]:
    return run("tag", name).lines


def test_tags_are_listed_as_a_tree_with_those_below_counted(run: Run, terminal: Run) -> None:
    run("tag", "2408.08066", "2312.00752", "--add", "llm/long-context")
    run("tag", "2408.08066", "--add", "llm/eval")
    assert run("tags").lines == ["llm\t2", "llm/eval\t1", "llm/long-context\t2"]
    assert run("tags", "list").lines == run("tags").lines
    assert terminal("tags").lines == [
        "llm                  2",
        "  eval               1",
        "  long-context       2",
    ]
    assert max(map(len, terminal("tags", columns=20).lines)) <= 20
    told = [json.loads(line) for line in run("tags", "--json").lines]
    assert told[0] == {"tag": "llm", "papers": 2, "itself": 0, "colour": "red"}


def test_a_rename_says_its_papers_first_and_is_one_action(run: Run) -> None:
    run("tag", "2408.08066", "--add", "llm/x")
    run("tag", "2312.00752", "--add", "llm, ssm")
    dry = run("tags", "rename", "llm", "lm", "--dry-run")
    assert (dry.status, dry.out) == (0, "")
    assert dry.err == "Rename #llm and 1 tag below to #lm on 2 papers.\n"
    assert tags_of(run, "2408.08066") == ["llm/x"]
    ran = run("tags", "rename", "llm", "lm")
    assert (ran.status, ran.err) == (0, dry.err)
    assert ran.out == "Changed the tags of 2 papers; `paperterm undo` takes it back.\n"
    assert tags_of(run, "2408.08066") == ["lm/x"]
    assert tags_of(run, "2312.00752") == ["lm", "ssm"]
    with Library(default_paths()) as library:
        library.undo()
    assert tags_of(run, "2408.08066") == ["llm/x"]


def test_tags_are_merged_and_deleted(run: Run) -> None:
    run("tag", "2408.08066", "--add", "llms")
    run("tag", "2312.00752", "--add", "language models, to read")
    assert run("tags", "merge", "llms", "language models", "llm").status == 0
    assert run("tags").lines == ["llm\t2", "to read\t1"]
    assert run("tags", "delete", "llm").status == 0
    assert run("tags").lines == ["to read\t1"]


@pytest.mark.parametrize(
    "asked",
    [
        ("rename", "nope", "x"),
        ("rename", "ssm", ""),
        ("rename", "ssm", "a,b"),
        ("merge", "ssm"),
        ("merge", "nope", "ssm"),
        ("delete", "nope"),
        ("colour", "ssm", "mauve"),
    ],
)
def test_what_makes_no_sense_is_bad_usage_and_changes_nothing(
    run: Run, asked: tuple[str, ...]
) -> None:
    run("tag", "2312.00752", "--add", "ssm")
    ran = run("tags", *asked)
    assert (ran.status, ran.out) == (2, "")
    assert run("tags").lines == ["ssm\t1"]


def test_nothing_to_change_is_said(run: Run) -> None:
    run("tag", "2312.00752", "--add", "ssm")
    assert run("tags", "rename", "ssm", "ssm").out == "Nothing to change.\n"


def test_a_colour_is_chosen_printed_and_taken_back(run: Run) -> None:
    assert run("tags", "colour", "llm").out == "red\n"
    assert run("tags", "colour", "llm", "pink").out == "#llm is pink; it was red.\n"
    assert run("tags", "colour", "llm/x").out == "pink\n"
    assert run("tags", "colour", "llm", "auto").out == "#llm is red; it was pink.\n"


def test_tags_that_are_nearly_the_same_are_pointed_out(run: Run) -> None:
    run("tag", "2312.00752", "--add", "long context")
    ran = run("tag", "2408.08066", "--add", "Long-Contexts")
    assert "#Long-Contexts is new; #long context is there, and is nearly the same." in ran.err
    assert tags_of(run, "2408.08066") == ["Long-Contexts"]
    assert "Nearly the same: Long-Contexts (1) ≈ long context (1)" in run("tags").err


def test_a_tag_is_used_as_it_is_there_unless_the_reader_insists(run: Run) -> None:
    run("tag", "2312.00752", "--add", "llm")
    run("tag", "2408.08066", "--add", "LLM, LLM/eval")
    assert tags_of(run, "2408.08066") == ["llm", "llm/eval"]
    run("tag", "2408.08066", "--add", "LLM", "--as-typed")
    assert tags_of(run, "2408.08066") == ["LLM", "llm", "llm/eval"]
    run("tag", "2408.08066", "--remove", "LLM", "--remove", "LLM/Eval")
    assert tags_of(run, "2408.08066") == ["llm"]


@pytest.mark.parametrize(
    "tag",
    [
        *("to read", "état", "🔥", "👩\u200d🔬 lab", "日本語", "العربية", "C++", "C#", "@home"),
        *("to-do!", "a:b c", "tag:x", "-x", "OR", "(a", "a*", "it's", "[/x]", "$HOME", "a/b c/d"),
        "x" * 100,
    ],
)
def test_any_tag_goes_around(run: Run, tmp_path: Path, tag: str) -> None:
    """In by the command line, out by export, in again, found by its name, renamed and back."""
    assert run("tag", "2312.00752", "--add", tag).status == 0
    assert tags_of(run, "2312.00752") == [tag]
    assert run("search", f'tag:"{tag}"').lines[0].startswith("arxiv:2312.00752")
    assert len(run("search", f'tag:"{tag}"').lines) == 1
    out = tmp_path / "out.jsonl"
    assert run("export", f'tag:"{tag}"', "-o", str(out)).status == 0
    assert json.loads(out.read_text("utf-8"))["tags"] == [tag]
    assert run("tags", "rename", "--", tag, "other").status == 0
    assert tags_of(run, "2312.00752") == ["other"]
    with Library(paths_in(tmp_path / "elsewhere")) as library, out.open("rb") as stream:
        library.read(stream, Context("out.jsonl"))
        assert library.named("2312.00752").marks.tags == (tag,)


def test_nothing_of_a_tag_reaches_the_terminal_as_it_is(run: Run) -> None:
    with Library(default_paths()) as library:
        entry = library.named("2312.00752")
        library.mark([Change(entry.paper.key, add=("x\x1b[2J/\u202ey",))], "tags", [entry])
    for asked in (("tags",), ("tags", "--json"), ("tags", "delete", "nope")):
        ran = run(*asked)
        assert not CONTROLS.search(ran.out + ran.err)
