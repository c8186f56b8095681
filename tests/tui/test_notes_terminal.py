"""Notes in a real terminal: kills, hang-ups, and other editors that are given the screen."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

import pytest
from bench.places import PROJECT, Reader, python, starter_reader
from bench.terminal import Terminal

FIRST = "LongWriter-Zero: Mastering"
ID = "2506.18841"


@pytest.fixture(scope="module")
def _starter(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return starter_reader(tmp_path_factory.mktemp("reader"))


@pytest.fixture
def reader(_starter: Reader) -> Reader:
    """The same one, without a note."""
    _starter.run("note", ID, "--remove")
    for path in (_starter.paths.state / "drafts").glob("*"):
        path.unlink()
    for path in _starter.paths.state.glob("note-*"):
        path.unlink()
    return _starter


def paperterm(reader: Reader, **more: str) -> Terminal:
    return Terminal(python("paperterm"), reader.at_the_app() | more, str(PROJECT))


def editor(folder: Path, script: str) -> str:
    """An editor with an argument of its own; ``$2`` is the file."""
    path = folder / "an editor"
    path.write_text(f'#!/bin/sh\ntest "$1" = -w || exit 9\n{script}\n')
    path.chmod(0o755)
    return f"'{path}' -w"


def drafts(reader: Reader) -> list[Path]:
    return sorted((reader.paths.state / "drafts").glob("*.json"))


def wait_until(there, what: str) -> None:
    until = time.monotonic() + 30
    while not there():
        assert time.monotonic() < until, what
        time.sleep(0.02)


def test_what_was_typed_survives_a_kill_and_is_offered_again(reader: Reader) -> None:
    with paperterm(reader) as terminal:
        terminal.wait_for_text(FIRST)
        terminal.press("n")
        terminal.wait_for_text("Note · ")
        terminal.press("half a thought")
        terminal.wait_for_text("half a thought")
        wait_until(lambda: drafts(reader), "a draft")
        wait_until(lambda: "thought" in json.loads(drafts(reader)[0].read_text())["text"], "all")
        os.kill(terminal.process, signal.SIGKILL)
    assert reader.run("note", ID) == ""
    with paperterm(reader) as terminal:
        terminal.wait_for_text(FIRST)
        terminal.press("n")
        terminal.wait_for_text("half a thought")
        terminal.press(", now whole\x1b")
        terminal.wait_for_text("Note kept")
    assert reader.run("note", ID) == "half a thought, now whole\n"
    assert drafts(reader) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_note_that_is_open_is_kept_when_told_to_leave(reader: Reader, number: int) -> None:
    with paperterm(reader) as terminal:
        terminal.wait_for_text(FIRST)
        terminal.press("nto be kept")
        terminal.wait_for_text("to be kept")
        os.kill(terminal.process, number)
    wait_until(lambda: reader.run("note", ID) == "to be kept\n", "the note")
    assert drafts(reader) == []


def test_another_editor_gets_the_screen_and_the_note_and_gives_both_back(
    reader: Reader, tmp_path: Path
) -> None:
    reader.run("note", ID, "first line")
    script = 'ls -l "$2"; cat "$2"; stty -a | grep -o " icanon"; read more; echo "$more" >> "$2"'
    with paperterm(reader, VISUAL=editor(tmp_path, script)) as terminal:
        terminal.wait_for_text("first line")
        before = len(terminal.output)
        terminal.press("N")
        wait_until(
            lambda: (
                terminal.watch(lambda _: False, time.monotonic() + 0.2)
                or b"icanon" in terminal.output
            ),
            "the editor",
        )
        its_own = bytes(terminal.output[before:])
        assert b"\x1b[?1049l" in its_own
        assert b"-rw-------" in its_own
        assert b".md" in its_own
        terminal.press("second line\r")
        terminal.wait_for_text("Note kept")
        assert terminal.output.rindex(b"\x1b[?1049h") > before
        terminal.press("b")
        terminal.wait_for_text("★ LongWriter-Zero")
        terminal.press("b")
    assert reader.run("note", ID) == "first line\nsecond line\n"
    assert list(reader.paths.state.glob("note-*")) == []


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("exit 3", "failed with status 3"),
        ('echo words > "$2"; exit 3', "What you have written is kept in"),
        ('echo words > "$2"; kill -9 $$', "was ended by signal 9"),
        ("printf '\\377' > \"$2\"", "not text in UTF-8"),
    ],
)
def test_an_editor_that_fails_changes_nothing(
    reader: Reader, tmp_path: Path, script: str, told: str
) -> None:
    reader.run("note", ID, "as before")
    with paperterm(reader, VISUAL=editor(tmp_path, script)) as terminal:
        terminal.wait_for_text("as before")
        terminal.press("N")
        terminal.wait_for_text("The note is as before.")
        terminal.wait_for_text(told)
        terminal.press("j")
        terminal.wait_for_text("▌●  LongWriter: Unleashing")
    assert reader.run("note", ID) == "as before\n"
    kept = list(reader.paths.state.glob("note-*.md"))
    assert len(kept) == ("> " in script)


def test_ctrl_c_in_another_editor_is_the_editors(reader: Reader, tmp_path: Path) -> None:
    script = (
        'trap "echo caught > \\"$2\\"; exit 0" INT; echo "it waits"; while :; do sleep 0.1; done'
    )
    with paperterm(reader, VISUAL=editor(tmp_path, script)) as terminal:
        terminal.wait_for_text(FIRST)
        terminal.press("N")
        wait_until(
            lambda: (
                terminal.watch(lambda _: False, time.monotonic() + 0.2)
                or b"it waits" in terminal.output
            ),
            "the editor",
        )
        terminal.press("\x03")
        terminal.wait_for_text("Note kept")
    assert reader.run("note", ID) == "caught\n"
