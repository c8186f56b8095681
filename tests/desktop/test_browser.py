from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from paperterm.desktop.browser import open_url
from paperterm.errors import DesktopError

from .conftest import Fake

LINK = "https://arxiv.org/abs/2408.08066"


def read_when_written(path: Path) -> str:
    deadline = time.monotonic() + 10
    while not path.exists() or not path.read_text().endswith("\n"):
        assert time.monotonic() < deadline, "nothing was started"
        time.sleep(0.02)
    return path.read_text()


def test_on_a_desktop_its_own_opener_gets_the_link(
    fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":99")
    seen = fake("xdg-open", 'echo "$@" > "$SEEN"; sleep 1')
    assert open_url(LINK).told == f"Opened in the browser: {LINK}"
    assert read_when_written(seen) == f"{LINK}\n"


def test_the_browser_that_the_reader_names_gets_the_link(
    fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = fake("mine", 'echo "$@" > "$SEEN"')
    monkeypatch.setenv("BROWSER", "mine")
    open_url(LINK)
    assert read_when_written(seen) == f"{LINK}\n"


def test_a_browser_has_neither_our_terminal_nor_our_streams(
    fake: Fake, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    session = "cut -d' ' -f6 /proc/$$/stat"
    script = f'echo noise; echo noise >&2; (read l; echo "$l:$TERM"; {session}) > "$SEEN"'
    seen = fake("mine", script)
    monkeypatch.setenv("BROWSER", "mine")
    open_url(LINK)
    line, its_session = read_when_written(seen).splitlines()
    assert line == ":"
    assert int(its_session) != os.getsid(0)
    assert capfd.readouterr() == ("", "")


def test_a_browser_that_stays_open_is_neither_waited_for_nor_ended(
    fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = fake("mine", 'sleep 4; echo done > "$SEEN"')
    monkeypatch.setenv("BROWSER", "mine")
    began = time.monotonic()
    open_url(LINK)
    assert time.monotonic() - began < 3.9
    assert read_when_written(seen) == "done\n"


@pytest.mark.parametrize("display", [False, True])
def test_a_browser_that_fails_is_told_with_the_link(
    fake: Fake, monkeypatch: pytest.MonkeyPatch, display: bool
) -> None:
    fake("mine", "exit 3")
    monkeypatch.setenv("BROWSER", "mine")
    if display:
        monkeypatch.setenv("DISPLAY", ":99")
    with pytest.raises(DesktopError, match=LINK):
        open_url(LINK)


@pytest.mark.parametrize("where", [{}, {"DISPLAY": ":10", "SSH_CONNECTION": "a b c d"}])
def test_without_a_desktop_nothing_is_started_and_the_link_is_shown(
    fake: Fake, monkeypatch: pytest.MonkeyPatch, where: dict[str, str]
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    started = [fake(name, 'echo > "$SEEN"') for name in ("xdg-open", "lynx", "w3m", "firefox")]
    for name, value in where.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(DesktopError, match=LINK):
        open_url(LINK)
    assert not any(path.exists() for path in started)


@pytest.mark.parametrize(
    "link",
    [
        "http://arxiv.org/abs/2408.08066",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "--remote=https://x.org",
        "https://x.org/a b",
        "https://x.org/\x1b[2J",
        "https://user:pass@x.org/",
        "vscode://x",
        "",
    ],
)
def test_only_https_links_are_opened(
    fake: Fake, monkeypatch: pytest.MonkeyPatch, link: str
) -> None:
    seen = fake("mine", 'echo > "$SEEN"')
    monkeypatch.setenv("BROWSER", "mine")
    with pytest.raises(DesktopError) as raised:
        open_url(link)
    assert str(raised.value).isprintable()
    assert not seen.exists()


def test_a_module_in_the_current_folder_is_not_run(
    fake: Fake, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen = fake("mine", 'echo "$@" > "$SEEN"')
    monkeypatch.setenv("BROWSER", "mine")
    (tmp_path / "webbrowser.py").write_text("raise SystemExit(0)")
    monkeypatch.chdir(tmp_path)
    open_url(LINK)
    assert read_when_written(seen) == f"{LINK}\n"
