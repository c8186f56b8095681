"""The ways a text may go, with real processes that play the tools."""

from __future__ import annotations

import base64
import time
from pathlib import Path

import pytest

from paperterm.desktop.clipboard import LONGEST_SEQUENCE, Copied, Way, copy, ways
from paperterm.errors import DesktopError

from .conftest import Fake

LINK = "https://arxiv.org/abs/2408.08066"
TAKES = 'echo "$@" > "$SEEN.args"; cat > "$SEEN"'


@pytest.fixture
def display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":99")


@pytest.fixture
def tmux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMUX", "/tmp/tmux-0/default,1,0")


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("TERM", "xterm")
    return []


def copied(tmp_path: Path, text: str = LINK, sent: list[str] | None = None) -> Copied:
    write = None if sent is None else sent.append
    return copy(text, write_terminal=write, fallback=tmp_path / "state" / "copied.txt")


@pytest.mark.usefixtures("display")
@pytest.mark.parametrize("tool", ["xclip", "xsel"])
def test_on_a_desktop_its_tool_takes_the_text(tmp_path: Path, fake: Fake, tool: str) -> None:
    seen = fake(tool, TAKES)
    came = copied(tmp_path)
    assert came == Copied(Way.NATIVE, f"Copied to the clipboard: {LINK}")
    assert seen.read_text() == LINK
    assert "clipboard" in Path(f"{seen}.args").read_text()


def test_on_wayland_its_tool_takes_the_text(
    tmp_path: Path, fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    seen = fake("wl-copy", TAKES)
    fake("wl-paste", "exit 1")
    assert copied(tmp_path).way is Way.NATIVE
    assert seen.read_text() == LINK


@pytest.mark.usefixtures("display")
def test_a_tool_that_fails_is_not_believed_and_stays_off_the_screen(
    tmp_path: Path, fake: Fake, capfd: pytest.CaptureFixture[str]
) -> None:
    fake("xclip", 'echo "Error: Can\'t open \x1b[2Jdisplay: :99" >&2; echo noise; exit 1')
    came = copied(tmp_path)
    assert came.way is Way.FILE
    assert "xclip failed: Error: Can't open" in came.told
    assert came.told.isprintable()
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("display")
def test_a_tool_that_stays_in_the_background_is_not_waited_for(tmp_path: Path, fake: Fake) -> None:
    seen = fake("xclip", f"{TAKES}; sleep 5 &")
    began = time.monotonic()
    assert copied(tmp_path).way is Way.NATIVE
    assert time.monotonic() - began < 2
    assert seen.read_text() == LINK


@pytest.mark.usefixtures("display")
def test_a_tool_that_hangs_is_given_up_and_ended(tmp_path: Path, fake: Fake) -> None:
    seen = fake("xclip", 'sleep 60 & echo $! > "$SEEN"; wait')
    began = time.monotonic()
    came = copied(tmp_path)
    assert time.monotonic() - began < 5
    assert came.way is Way.FILE
    assert "did not answer" in came.told
    assert not runs(int(seen.read_text()))


def runs(pid: int) -> bool:
    """Whether a process is still there after a moment, and not merely waiting to be buried."""
    for _ in range(50):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return False
        except OSError:
            return False
        time.sleep(0.02)
    return True


@pytest.mark.usefixtures("display", "tmux")
@pytest.mark.parametrize("over_ssh", [False, True])
def test_over_ssh_the_desktop_there_is_left_alone(
    tmp_path: Path, fake: Fake, monkeypatch: pytest.MonkeyPatch, over_ssh: bool
) -> None:
    native, multiplexer = fake("xclip", TAKES), fake("tmux", TAKES)
    if over_ssh:
        monkeypatch.setenv("SSH_CONNECTION", "10.0.0.1 50000 10.0.0.2 22")
    assert copied(tmp_path).way is (Way.TMUX if over_ssh else Way.NATIVE)
    assert native.exists() != over_ssh
    assert multiplexer.exists() == over_ssh


@pytest.mark.usefixtures("tmux")
def test_inside_tmux_its_buffer_takes_the_text(tmp_path: Path, fake: Fake, sent: list[str]) -> None:
    seen = fake("tmux", TAKES)
    came = copied(tmp_path, sent=sent)
    assert came.way is Way.TMUX
    assert came.told.startswith("Copied to tmux's buffer")
    assert seen.read_text() == LINK
    assert Path(f"{seen}.args").read_text() == "load-buffer -w -\n"
    assert sent == []


@pytest.mark.usefixtures("tmux")
def test_when_tmux_fails_the_terminal_is_next(tmp_path: Path, fake: Fake, sent: list[str]) -> None:
    fake("tmux", "echo no server running >&2; exit 1")
    came = copied(tmp_path, sent=sent)
    assert came.way is Way.TERMINAL
    assert "no server running" in came.told
    assert len(sent) == 1


def test_the_terminal_gets_one_sequence_and_nothing_is_claimed(
    tmp_path: Path, sent: list[str]
) -> None:
    came = copied(tmp_path, sent=sent)
    assert came.way is Way.TERMINAL
    assert "Copied" not in came.told
    assert "does not say whether" in came.told
    [sequence] = sent
    assert sequence.startswith("\x1b]52;c;")
    assert sequence.endswith("\x07")
    assert base64.b64decode(sequence[7:-1]).decode() == LINK


def test_a_text_too_long_for_the_terminal_goes_to_a_file(tmp_path: Path, sent: list[str]) -> None:
    long = "x" * LONGEST_SEQUENCE
    came = copied(tmp_path, long, sent)
    assert came.way is Way.FILE
    assert sent == []
    assert (tmp_path / "state" / "copied.txt").read_text() == f"{long}\n"
    assert len(came.told) < 400


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_would_print_the_sequence_is_spared(
    tmp_path: Path, sent: list[str], monkeypatch: pytest.MonkeyPatch, term: str
) -> None:
    monkeypatch.setenv("TERM", term)
    assert copied(tmp_path, sent=sent).way is Way.FILE
    assert sent == []


def test_a_terminal_that_is_gone_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")

    def gone(sequence: str) -> None:
        raise OSError(5, "Input/output error")

    assert copy(LINK, write_terminal=gone, fallback=tmp_path / "x").way is Way.FILE


def test_without_any_clipboard_a_file_is_written_and_named(tmp_path: Path) -> None:
    came = copied(tmp_path)
    path = tmp_path / "state" / "copied.txt"
    assert came.way is Way.FILE
    assert str(path) in came.told
    assert LINK in came.told
    assert path.read_text() == f"{LINK}\n"


def test_when_not_even_a_file_can_be_written_the_text_is_not_lost(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    with pytest.raises(DesktopError, match=r"2408\.08066"):
        copied(tmp_path)


@pytest.mark.usefixtures("display")
def test_what_is_copied_is_one_line_without_controls(tmp_path: Path, fake: Fake) -> None:
    seen = fake("xclip", TAKES)
    copied(tmp_path, "rm -rf\n/\x1b[2J \u202eevil\ud800")
    assert seen.read_text() == "rm -rf /\ufffd[2J evil\ufffd"


def test_nothing_is_not_copied(tmp_path: Path) -> None:
    with pytest.raises(DesktopError, match="nothing to copy"):
        copied(tmp_path, " \n ")


def test_the_ways_there_are_can_be_told(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ways() == ["a file"]
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("TMUX", "x")
    monkeypatch.setenv("DISPLAY", ":0")
    assert ways() == ["tmux", "the terminal (OSC 52)", "a file"]
    fake("xclip", "")
    assert ways() == ["xclip", "tmux", "the terminal (OSC 52)", "a file"]
