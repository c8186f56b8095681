"""Whatever ends, stops or shakes the app: the terminal is given back, the status is honest."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bench.places import PROJECT, Reader, starter_reader

from .ttys import PATIENCE, Tty

Rounds = Callable[[int, int], int]
Told = Callable[[str], None]
THERE = "LongWriter-Zero: Mastering"
ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return starter_reader(tmp_path_factory.mktemp("reader"))


@pytest.mark.parametrize("number", ENDING)
def test_it_leaves_when_told_to(reader: Reader, number: int, rounds: Rounds, told: Told) -> None:
    chance = random.Random(number)
    taken: list[str] = []
    times = rounds(1, 25)
    for time_ in range(times):
        with Tty(reader) as tty:
            if time_ == 0:
                tty.wait_for_text(THERE)
            else:  # in the midst of whatever it may be at, once the terminal is taken
                tty.wait_for(lambda _, tty=tty: b"1049" in tty.on, "the app")
                tty.taken_in(chance.uniform(0, 1.5))
                tty.press(chance.choice(("/mamba", "b", "?", "jjjt", "")))
            tty.signal(number)
            assert tty.ended() == 128 + number
            taken += tty.taken
            assert b"Traceback" not in tty.output
    name = signal.Signals(number).name
    told(f"injected {times} {name}; terminals not given back: {len(taken)}")
    assert not taken


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGQUIT])
def test_it_leaves_when_told_to_though_it_was_started_by_a_script(
    reader: Reader, number: int, told: Told
) -> None:
    behind = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
    behind += "signal.signal(signal.SIGQUIT, signal.SIG_IGN)\n"
    start = f"{behind}from paperterm.__main__ import main; raise SystemExit(main())"
    with Tty(reader, command=[sys.executable, "-c", start]) as tty:
        tty.wait_for_text(THERE)
        tty.signal(number)
        assert tty.ended() == 128 + number
        told(f"injected {signal.Signals(number).name}, ignored; not given back: {len(tty.taken)}")
        assert not tty.taken


def test_a_stray_sigcont_changes_nothing(reader: Reader, rounds: Rounds, told: Told) -> None:
    times = rounds(8, 200)
    with Tty(reader) as tty:
        tty.wait_for_text(THERE)
        for _ in range(times):
            tty.signal(signal.SIGCONT)
            tty.taken_in(0.02)
        tty.press("?")
        tty.wait_for_text("Esc closes")
        tty.taken_in(0.3)  # it may still be laid out anew
        tty.press("\x1b")
        tty.taken_in(0.3)  # what follows an escape at once belongs to it
        tty.wait_for(lambda screen: not screen.shows("Esc closes"), "the list again")
        tty.press("q")
        assert tty.ended() == 0
        told(f"injected {times} stray SIGCONT; not given back: {tty.taken or 0}")
        assert not tty.taken


def test_it_can_be_stopped_and_go_on(reader: Reader, rounds: Rounds, told: Told) -> None:
    times = rounds(3, 50)
    taken: list[str] = []
    with Tty(reader) as tty:
        tty.wait_for_text(THERE)
        for _ in range(times):
            tty.signal(signal.SIGTSTP)
            assert tty.stopped()
            tty.taken_in(0.1)
            taken += tty.taken
            tty.screen._clear()
            tty.signal(signal.SIGCONT)
            tty.wait_for_text(THERE)
            tty.wait_for(lambda _: b"1049" in tty.on, "the app's screen")
        tty.press("q")
        assert tty.ended() == 0
        taken += tty.taken
    told(f"injected {times} SIGTSTP and SIGCONT; not given back: {len(taken)}")
    assert not taken


@pytest.mark.parametrize("deaf", [False, True], ids=["", "ignoring SIGHUP"])
def test_it_ends_when_its_terminal_is_closed(reader: Reader, deaf: bool, told: Told) -> None:
    ignoring = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n" if deaf else ""
    start = f"{ignoring}from paperterm.__main__ import main; raise SystemExit(main())"
    with Tty(reader, command=[sys.executable, "-c", start]) as tty:
        tty.wait_for_text(THERE)
        tty.close()
        begun = time.monotonic()
        assert tty.ended(30) == 129
        told(f"closed its terminal; it ended {time.monotonic() - begun:.1f} s later")


def test_it_ends_even_where_the_terminal_takes_nothing(reader: Reader, told: Told) -> None:
    start = (
        "import paperterm.tui.terminal as t; t._GRACE = 1.5;"
        "from paperterm.__main__ import main; raise SystemExit(main())"
    )
    with Tty(reader, command=[sys.executable, "-c", start]) as tty:
        tty.wait_for_text(THERE)
        for _ in range(40):  # until what it paints has nowhere to go
            tty.press("?")
            time.sleep(0.02)
        tty.signal(signal.SIGTERM)
        begun, until = time.monotonic(), time.monotonic() + 30
        while tty.alive() and time.monotonic() < until:
            time.sleep(0.05)
        assert not tty.alive()
        assert tty.status == 143
        told(f"stopped reading the terminal; it ended {time.monotonic() - begun:.1f} s later")


@pytest.mark.parametrize(
    "where", ["MainScreen.action_help", "Session.sheet", "ReaderDriver.run_input_thread"]
)
def test_an_exception_inside_gives_the_terminal_back(
    reader: Reader, where: str, told: Told
) -> None:
    cls, _, method = where.partition(".")
    module = {"MainScreen": "screens.main", "Session": "session", "ReaderDriver": "terminal"}[cls]
    wait = "" if cls == "MainScreen" else "time.sleep(0.5);"
    start = (
        f"import time; from paperterm.tui.{module} import {cls}\n"
        f"def fail(*_):\n    secret = 'b3duZWQ'; {wait} raise RuntimeError('SECRET')\n"
        f"{cls}.{method} = fail\n"
        "from paperterm.__main__ import main; raise SystemExit(main())"
    )
    with Tty(reader, command=[sys.executable, "-c", start]) as tty:
        if cls == "MainScreen":
            tty.wait_for_text(THERE)
            tty.press("?")
        assert tty.ended() == 70
        shown = tty.output.decode()
        told(f"raised in {where}; not given back: {tty.taken or 0}")
        assert not tty.taken
        assert "Traceback" not in shown
        assert "SECRET" not in shown
        assert "b3duZWQ" not in shown
        assert "paperterm met a problem it did not expect (RuntimeError" in shown


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Callable[..., str]]:
    if not shutil.which("tmux"):
        pytest.skip("there is no tmux")
    socket = str(tmp_path / "tmux")

    def run(*arguments: str) -> str:
        return subprocess.run(
            ["tmux", "-S", socket, "-f", "/dev/null", *arguments],
            capture_output=True,
            text=True,
        ).stdout

    yield run
    run("kill-server")


def test_it_ends_when_tmux_is_killed(reader: Reader, tmux: Callable[..., str], told: Told) -> None:
    told_to = [f"{name}={value}" for name, value in reader.environment.items() if name != "TERM"]
    tmux(
        *("new-session", "-d", "-x", "100", "-y", "30", "-c", str(PROJECT)),
        *("env", *told_to, sys.executable, "-m", "paperterm"),
    )
    until = time.monotonic() + PATIENCE
    while "LongWriter-Zero" not in tmux("capture-pane", "-p") and time.monotonic() < until:
        time.sleep(0.1)
    process = int(tmux("list-panes", "-F", "#{pane_pid}"))
    begun = time.monotonic()
    tmux("kill-server")
    while Path(f"/proc/{process}").exists() and time.monotonic() < begun + 30:
        time.sleep(0.05)
    assert not Path(f"/proc/{process}").exists()
    told(f"killed tmux; it ended {time.monotonic() - begun:.1f} s later")
