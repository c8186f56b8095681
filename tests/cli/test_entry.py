"""The console entry: starting the app, versions, and what is told when something goes wrong."""

from __future__ import annotations

import re

import pytest

import paperterm
from paperterm.library.door import Library

from .helpers import Run


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").out == f"paperterm {paperterm.__version__}\n"


def test_every_command_has_help(run: Run) -> None:
    listed = run("--help").out.partition("Commands:")[2].split("\n")
    commands = [line.split()[0] for line in listed if line.strip()]
    assert len(commands) == 36
    for command in commands:
        ran = run(command, "--help")
        assert ran.status == 0
        assert ran.out.isascii()
        assert ran.out.startswith(f"Usage: paperterm {command}")


@pytest.mark.parametrize(
    "group", [[], ["config"], ["feeds"], ["notes"], ["searches"], ["starter"], ["tags"]]
)
def test_what_a_command_does_is_listed_in_a_whole_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch, group: list[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    listed = run(*group, "--help").out.partition("Commands:")[2]
    lines = [line for line in listed.splitlines() if line.strip()]
    assert lines
    assert [line for line in lines if not line.endswith(".") or line.endswith("..")] == []


def test_a_command_that_does_not_exist_is_told_with_the_nearest(run: Run) -> None:
    ran = run("serach", "mamba")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("No such command 'serach'. (Did you mean one of: 'search', ")


@pytest.mark.parametrize("arguments", [[], ["--debug"]])
def test_without_a_terminal_the_app_says_so_and_is_bad_usage(
    shell: Run, arguments: list[str]
) -> None:
    ran = shell(*arguments)
    assert (ran.status, ran.out) == (2, "")
    sentence = ran.err.splitlines()[-1]
    assert "terminal" in sentence
    assert "`paperterm search`" in sentence
    assert "`paperterm browse --plain`" in sentence
    assert arguments or len(ran.err.splitlines()) == 1


def test_a_dumb_terminal_is_no_place_for_the_app(terminal: Run) -> None:
    ran = terminal(env={"TERM": "dumb"})
    assert ran.status == 2
    assert "`paperterm search`" in ran.out
    assert "`paperterm browse --plain`" in ran.out


@pytest.mark.usefixtures("stocked")
def test_an_unexpected_error_is_one_line_that_names_the_place(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: object) -> object:
        raise TypeError("secret \x1b[2J detail")

    monkeypatch.setattr(Library, "tags", broken)
    ran = run("tags")
    assert (ran.status, ran.out) == (70, "")
    assert re.fullmatch(r"paperterm met .* \(TypeError in tags\.py:\d+\)\. .*\n", ran.err)
    assert "secret" not in ran.err
    debugged = run("--debug", "tags")
    assert debugged.status == 70
    assert "Traceback" in debugged.err
    assert "secret" in debugged.err
    assert "\x1b" not in debugged.err


def test_a_setting_that_is_wrong_is_told_once_and_stops_nothing(run: Run, home: object) -> None:
    from pathlib import Path

    settings = Path(str(home)) / ".config/paperterm/config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('sort = "backwards"\n')
    run("starter", "add")
    ran = run("search")
    assert (ran.status, len(ran.lines)) == (0, 84)
    assert len(ran.err.splitlines()) == 1
    assert "backwards" in ran.err
