"""Hostile text by every way to a screen, a command line, a clipboard or a file: no code passes."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from bench.places import PROJECT, Reader

from helpers import everything
from paperterm.errors import UsageError
from paperterm.exports.formats import FORMATS
from paperterm.library.door import Library
from paperterm.model.marks import Change
from paperterm.model.text import storable

from .hostile import PIECES, Hostile
from .ttys import Tty, leaks

Rounds = Callable[[int, int], int]
Told = Callable[[str], None]
CODES = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def reader_of(folder: Path, count: int) -> Reader:
    """Someone with so many hostile papers, and marks on them that are as bad."""
    reader = Reader(folder, "hostile")
    hostile = Hostile(count)
    with Library(reader.paths) as library:
        library.add(hostile.record(number) for number in range(count))
        for entry in everything(library)[:20]:
            for change in (
                Change(entry.paper.key, add=(hostile.tag(),)),
                Change(entry.paper.key, bookmarked=True, note=storable(hostile.text())),
            ):
                library.mark([change], hostile.text(), [entry])
        library.bring_up_index()
        with contextlib.suppress(UsageError):
            library.feeds.add("hf-search:[@click=app.quit]q[/] \x1b[2J\u202ex")
    return reader


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Reader:
    full = request.config.getoption("--faults") == "full"
    return reader_of(tmp_path_factory.mktemp("once"), 300 if full else 20)


@pytest.fixture
def reader(once: Reader, tmp_path: Path) -> Reader:
    reader = Reader(tmp_path, "hostile")
    shutil.copytree(once.home, reader.home, dirs_exist_ok=True)
    return reader


def test_the_app_paints_nothing_but_its_own(reader: Reader, rounds: Rounds, told: Told) -> None:
    settings = reader.home / "config" / "paperterm" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('fetch = "asked"\n"\\u001b[2J\\u202e[/]" = 1\n', "utf-8")
    with Tty(reader) as tty:
        tty.wait_for_text("papers")
        tty.taken_in(1)
        rooms = ("t", "T", "n", "e", "F", "A", "D", "?", "\x1c", "U", "H")
        for step in range(rounds(12, 250)):
            tty.press("j")
            tty.taken_in(0.03)
            if step % 5 == 0:
                tty.press("lJJ")
                tty.taken_in(0.05)
                tty.press("h")
            if step % 3 == 0:
                tty.press(rooms[step // 3 % len(rooms)])
                tty.taken_in(0.1)
                tty.press("\x1b")
                tty.taken_in(0.1)
            if step % 7 == 0:
                tty.resize(60 + step % 100, 20 + step % 30)
        tty.resize(120, 36)
        for keys in ("ub", "uu", "ru", "h", "GkGk", "l", "s", "s"):
            tty.press(keys)
            tty.taken_in(0.1)
        for text in ("owned", "[/] [@click=app.quit]", "\x9b2J\u202e", "tag:owned", "note:owned"):
            tty.press(f"/{text}\r")
            tty.taken_in(0.3)
            tty.press("e")
            tty.taken_in(0.3)
            tty.press("\x1b")
            tty.taken_in(0.2)
            tty.press("\x1b")
            tty.taken_in(0.2)
        tty.settle(0.3)  # a sequence that has come in part is no leak
        assert tty.alive(), tty.picture
        found = leaks(bytes(tty.output))
        told(
            f"{len(PIECES)} kinds of hostile text in {len(tty.output):,} bytes; leaks: {found or 0}"
        )
        assert not found
        assert b"javascript:" not in b"".join(re.findall(rb"\x1b\].*?\x07", bytes(tty.output)))


def test_the_clipboard_gets_an_address_and_nothing_else(reader: Reader, told: Told) -> None:
    with Tty(reader) as tty:
        tty.wait_for_text("papers")
        tty.taken_in(1)
        tty.press("y")
        whole = re.compile(rb"\x1b\]52;c;[A-Za-z0-9+/=]+(?:\x07|\x1b\\)")
        tty.wait_for(lambda _: whole.search(bytes(tty.output)) is not None, "the clipboard")
        tty.taken_in(0.3)
        found = leaks(bytes(tty.output))
        (told_to,) = found
        copied = base64.b64decode(told_to.removeprefix("\x1b]52;c;").rstrip("\x07\x1b\\"))
        assert re.fullmatch(rb"https://arxiv\.org/abs/2401\.\d{5}", copied)
    told(f"copied {copied.decode()}; leaks: {len(found) - 1}")


def test_bytes_that_are_no_text_are_no_keys_and_end_nothing(reader: Reader, told: Told) -> None:
    with Tty(reader) as tty:
        tty.wait_for_text("papers")
        tty.taken_in(1)
        for sent in (b"\xe9", b"\xff\xfe\x80", bytes(range(0x80, 0x100))):
            os.write(tty._descriptor, sent)
            tty.taken_in(0.3)
        tty.press("?")
        tty.wait_for_text("Next line")
    told("132 bytes that are no UTF-8; the app answered the next key")


COMMANDS = [
    ["search"],
    ["search", "--json"],
    ["search", "owned"],
    ["search", "\x1b[2J\u202e"],
    ["search", "zzz \x9b2J [/]"],
    ["show", "2401.00001"],
    ["show", "--json", "2401.00009"],
    ["tags"],
    ["tag", "2401.00001"],
    ["note", "2401.00001"],
    ["feeds"],
    ["feeds", "--json"],
    ["doctor"],
    ["doctor", "--json"],
    ["show", "\x1b]0;x\x07"],
    ["import", "\x1b[2J"],
    ["add", "--dry-run", "\x1b[2J"],
]


RUN_ALL = """
import json, os, sys
from paperterm.__main__ import main
from paperterm.cli import group  # once for all of them
for arguments in json.loads(sys.argv[1]):
    child = os.fork()
    if not child:
        sys.argv[1:] = arguments
        status = main()
        sys.stdout.flush()
        os._exit(status)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.write(1, b"\\n-- ended with %d --\\n" % status)
"""
"""Runs commands one after another, each in a process of its own that has all loaded already."""


def ran(reader: Reader, commands: Sequence[Sequence[str]]) -> list[tuple[int, str]]:
    """The status of each command, and what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", RUN_ALL, json.dumps(commands)],
        env=reader.environment,
        cwd=PROJECT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    text = done.stdout.decode("utf-8", "surrogateescape")
    parts = re.split(r"\n-- ended with (-?\d+) --\n", text)
    assert len(parts) == 2 * len(commands) + 1, text
    return [(int(status), told) for told, status in zip(parts[::2], parts[1::2], strict=False)]


def test_no_command_prints_a_code(reader: Reader, rounds: Rounds, told: Told) -> None:
    leaked = []
    commands = COMMANDS[:: rounds(2, 1)]
    for arguments, (status, text) in zip(commands, ran(reader, commands), strict=True):
        assert status in (0, 1, 2), text
        assert "Traceback" not in text
        if found := CODES.findall(text):
            leaked.append((arguments, found[:5]))
    told(f"{len(commands)} commands; leaks: {leaked or 0}")
    assert not leaked


def test_no_export_holds_a_code(reader: Reader, told: Told) -> None:
    leaked = []
    commands = [["export", "--format", name] for name in FORMATS]
    for (*_, name), (status, text) in zip(commands, ran(reader, commands), strict=True):
        assert status == 0, text
        assert text
        if found := CODES.findall(text.replace("\r\n", "\n")):
            leaked.append((name, found[:5]))
    told(f"exports as {', '.join(command[-1] for command in commands)}; leaks: {leaked or 0}")
    assert not leaked
