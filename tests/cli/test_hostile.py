"""Nothing that comes from outside reaches the terminal as anything but text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .helpers import CONTROLS, Run

pytestmark = pytest.mark.usefixtures("stocked")


def the_hostile_one(run: Run) -> str:
    [line] = run("search", "owned").lines
    return line.split("\t")[0]


@pytest.mark.parametrize(
    "command",
    [
        ["show"],
        ["show", "--json"],
        ["bookmark"],
        ["tag", "--add", "x"],
        ["tag"],
        ["note"],
        ["copy"],
        ["open"],
    ],
)
def test_no_command_passes_on_a_papers_control_codes(run: Run, command: list[str]) -> None:
    ran = run(*command, the_hostile_one(run))
    assert not CONTROLS.search(ran.out + ran.err)


@pytest.mark.parametrize("command", [["search"], ["search", "--json"], ["export"], ["doctor"]])
def test_no_list_passes_on_a_papers_control_codes(run: Run, command: list[str]) -> None:
    ran = run(*command)
    assert not CONTROLS.search(ran.out + ran.err)


def test_what_looks_like_markup_is_shown_as_it_is(run: Run) -> None:
    ran = run("show", the_hostile_one(run))
    assert "[/] [@click=app.quit]x[/]" in ran.lines[0]
    assert "[MASK]" in ran.lines[0]


def test_a_terminal_gets_no_code_but_our_colours(terminal: Run) -> None:
    shown = re.sub(r"\x1b\[\d+m", "", terminal("search", columns=200).out)
    assert not CONTROLS.search(shown.replace("\r\n", "\n"))
    assert "[MASK]" in shown


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "zzz\x1b]0;x\x07"],
        ["search", "is:\x1b[2J"],
        ["search", "--\x1b[2J"],
        ["search", "--limit", "\x1b[2J"],
        ["search", "--sort", "\x9b2J"],
        ["show", "\x1b[2J"],
        ["bookmark", "\x1b]52;c;eA==\x07"],
        ["tag", "2408.08066", "--add", "\x1b[2Jx"],
        ["note", "\x1b[2J"],
        ["import", "\x1b[2J"],
        ["import", "x", "--format", "\x1b[2J"],
        ["\x1b[2J"],
    ],
)
def test_no_message_repeats_the_control_codes_of_an_argument(
    run: Run, arguments: list[str], tmp_path: Path
) -> None:
    (tmp_path / "x").write_text('{"title": "A Good One"}\n')
    ran = run(*arguments)
    assert not CONTROLS.search(ran.out + ran.err)
    assert ran.err


def test_a_broken_name_of_bytes_is_taken_for_no_paper(shell: Run) -> None:
    ran = shell("show", "\udcff\udcfe")
    assert ran.status == 1
    assert ran.err.startswith("There is no paper ")
