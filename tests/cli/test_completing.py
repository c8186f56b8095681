"""What a shell is told when somebody presses Tab."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from paperterm.library.paths import default_paths

from .helpers import CONTROLS, SOURCES, Run

Complete = Callable[..., list[str]]


@pytest.fixture
def complete(run: Run, monkeypatch: pytest.MonkeyPatch) -> Complete:
    """Completes the last of these words as zsh would ask; gives the values."""

    def complete(*words: str) -> list[str]:
        monkeypatch.setenv("_PAPERTERM_COMPLETE", "zsh_complete")
        monkeypatch.setenv("COMP_WORDS", " ".join(["paperterm", *words]))
        monkeypatch.setenv("COMP_CWORD", str(len(words)))
        ran = run()
        monkeypatch.delenv("_PAPERTERM_COMPLETE")
        assert (ran.status, ran.err) == (0, "")
        assert not CONTROLS.search(ran.out)
        return ran.lines[1::3]

    return complete


@pytest.fixture
def named(run: Run, stocked: None) -> None:
    """A library with tags, a feed and a saved search."""
    run("tag", "2408.08066", "--add", "llm/long context", "--add", "it's", "--add", "[MASK]")
    run("feeds", "add", "arxiv:cs.CL+cs.AI")
    run("searches", "add", "long context", "mamba")


def test_commands_and_those_below_them_are_completed(complete: Complete) -> None:
    assert complete("sea") == ["search", "searches"]
    assert complete("feeds", "re") == ["remove", "resume"]
    assert "browse" in complete("")


def test_options_are_completed_behind_arguments_and_unknown_options(complete: Complete) -> None:
    assert complete("search", "mamba", "--li") == ["--limit"]
    assert complete("search", "--no-such", "--li") == ["--limit"]
    assert complete("--pl") == ["--plain"]


def test_choices_formats_and_colours_are_completed(complete: Complete) -> None:
    assert complete("search", "--sort", "re") == ["relevance"]
    assert complete("completions", "") == ["bash", "zsh", "fish"]
    assert complete("import", "--format", "bib") == ["bibtex"]
    assert complete("tags", "colour", "x", "p") == ["pink"]
    assert complete("config", "get", "ma") == ["mailto"]


@pytest.mark.usefixtures("named")
@pytest.mark.parametrize(
    ("words", "values"),
    [
        (["tag", "x", "--add", "LL"], ["llm", "llm/long context"]),
        (["tag", "x", "--remove", "["], ["[MASK]"]),
        (["tags", "rename", "llm/"], ["llm/long context"]),
        (["tags", "merge", "x", "llm/"], ["llm/long context"]),
        (["tags", "delete", "it"], ["it's"]),
        (["fetch", ""], ["daily-papers", "arxiv:cs.CL+cs.AI"]),
        (["feeds", "remove", "arx"], ["arxiv:cs.CL+cs.AI"]),
        (["search", "--saved", "l"], ["long context"]),
        (["searches", "rename", "long"], ["long context"]),
    ],
    ids=lambda part: "-".join(part).replace("/", "-") if isinstance(part, list) else None,
)
def test_the_readers_own_names_are_completed(
    complete: Complete, words: list[str], values: list[str]
) -> None:
    assert complete(*words) == values


@pytest.mark.usefixtures("named")
def test_a_name_that_was_just_given_is_there_while_the_library_is_open(
    run: Run, complete: Complete
) -> None:
    from paperterm.library.door import Library
    from paperterm.model.marks import Change

    with Library(default_paths()) as library:
        library.mark([Change("arxiv:2408.08066", add=("brand new",))], "tags")
        assert complete("tag", "x", "--add", "bra") == ["brand new"]


@pytest.mark.usefixtures("named")
def test_looking_leaves_no_trace(complete: Complete, home: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*")}
    complete("tag", "x", "--add", "")
    complete("fetch", "")
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*")} == before


def test_without_a_library_there_is_nothing_and_none_is_made(
    complete: Complete, home: Path
) -> None:
    assert complete("tag", "x", "--add", "") == []
    assert complete("search", "--saved", "") == []
    assert list(home.iterdir()) == []


@pytest.mark.usefixtures("named")
@pytest.mark.parametrize("content", [b"", b"garbage" * 999, None], ids=["empty", "garbage", "cut"])
def test_damage_is_nothing_that_a_shell_hears_of(complete: Complete, content: bytes | None) -> None:
    paths = default_paths()
    whole = paths.marks.read_bytes()
    paths.marks.write_bytes(whole[: len(whole) // 3] if content is None else content)
    paths.searches.write_bytes(b"[[search\xff")
    complete("tag", "x", "--add", "")
    assert complete("search", "--saved", "") == []


@pytest.mark.parametrize("instruction", ["x", "tcsh_complete", "bash_x", "bash_complete", "_"])
def test_what_can_not_be_answered_is_answered_with_nothing(shell: Run, instruction: str) -> None:
    ran = shell(env={"_PAPERTERM_COMPLETE": instruction, "COMP_CWORD": "x", "COMP_WORDS": "'"})
    assert (ran.status, ran.out, ran.err) == (0, "", "")


# The scripts


@pytest.mark.parametrize("shell_name", ["bash", "zsh", "fish"])
def test_a_script_asks_paperterm_and_is_one_that_its_shell_reads(
    run: Run, tmp_path: Path, shell_name: str
) -> None:
    script = run("completions", shell_name).out
    assert f"_PAPERTERM_COMPLETE={shell_name}_complete" in script
    if path := shutil.which(shell_name):
        (tmp_path / "script").write_text(script)
        subprocess.run([path, "-n", str(tmp_path / "script")], check=True)


def test_another_shell_is_bad_usage(run: Run) -> None:
    assert run("completions", "cmd").status == 2


BASH = """
eval "$(paperterm completions bash)"
compopt() { :; }
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
_paperterm_completion paperterm
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.mark.usefixtures("named")
@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash here")
@pytest.mark.parametrize(
    ("words", "replies"),
    [
        (["sear"], ["search", "searches"]),
        (["fetch", "arxiv", ":", "cs"], ["cs.CL+cs.AI"]),
        (["fetch", "arxiv", ":"], ["cs.CL+cs.AI"]),
        (["search", "--saved", "=", "lo"], [r"long\ context"]),
        (["tag", "x", "--add", r"llm/long\ c"], [r"llm/long\ context"]),
        (["tag", "x", "--add", "["], [r"\[MASK\]"]),
        (["tag", "x", "--add", "it"], [r"it\'s"]),
    ],
    ids=["command", "colon", "after-colon", "equals", "blank", "brackets", "quote"],
)
def test_bash_gets_words_it_can_put_in_the_line(
    tmp_path: Path, words: list[str], replies: list[str]
) -> None:
    import os
    import sys

    program = tmp_path / "bin" / "paperterm"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m paperterm "$@"\n')
    program.chmod(0o755)
    (tmp_path / "M").touch()  # what [MASK] would be taken for, as a pattern
    done = subprocess.run(
        ["bash", "--norc", "-c", BASH, "bash", "paperterm", *words],
        env={
            **os.environ,
            "PATH": f"{program.parent}:{os.environ['PATH']}",
            "PYTHONPATH": str(SOURCES),
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.splitlines() == replies
    assert done.stderr == ""
