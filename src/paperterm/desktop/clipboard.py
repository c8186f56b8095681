"""The clipboard: the best way there is, and the truth about which way the text went.

In this order: the desktop's own tool, when the reader sits in front of it, with its exit status
seen; tmux's buffer; an escape sequence (OSC 52), which no terminal acknowledges; a file.
"""

from __future__ import annotations

import base64
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pyperclip

from paperterm.desktop.children import run
from paperterm.desktop.surroundings import has_desktop
from paperterm.errors import DesktopError
from paperterm.model.text import shown
from paperterm.storage.files import write_whole

LONGEST_SEQUENCE = 75_000
"""Bytes of text, encoded, that terminals take in one OSC 52."""

_LONGEST_TOLD = 200


class Way(StrEnum):
    """Which way a text went."""

    NATIVE = "native"
    TMUX = "tmux"
    TERMINAL = "terminal"
    """Sent, and nobody knows whether it was taken."""
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Copied:
    """What became of a text, and how to say it: ``Copied to the clipboard: https://…``."""

    way: Way
    told: str


@dataclass(frozen=True, slots=True)
class _Tool:
    """A program that takes what it is to copy on its standard input."""

    command: tuple[str, ...]
    encoding: str = "utf-8"


# pyperclip finds the tool. We run it: pyperclip does not look at the exit status, and lets the
# tool write over the screen.
_TOOLS = {
    "copy_wl": _Tool(("wl-copy",)),
    "copy_xclip": _Tool(("xclip", "-selection", "clipboard")),
    "copy_xsel": _Tool(("xsel", "--clipboard", "--input")),
    "copy_osx_pbcopy": _Tool(("pbcopy",)),
    "copy_wsl": _Tool(("clip.exe",), "utf-16-le"),
}
_CALLED = ("copy_windows", "copy_osx_pyobjc")
"""Those of pyperclip's ways that start no program, and raise when they fail."""


def copy(
    text: str,
    *,
    write_terminal: Callable[[str], None] | None,
    fallback: Path,
    environ: Mapping[str, str] = os.environ,
    several: bool = False,
) -> Copied:
    """Copy `text`, made one line without control characters; `several` lines stay apart.

    `write_terminal` writes to the reader's terminal as it is; None when there is none. `fallback`
    is the file to write when there is no other way. Raises `DesktopError`, with the text in it,
    when not even that can be written.
    """
    lines = text.split("\n") if several else [text]
    text = "\n".join(filter(None, map(shown, lines)))
    if not text:
        raise DesktopError("There is nothing to copy.")
    failures: list[str] = []
    if has_desktop(environ) and (name := _mechanism(environ)):
        if not (failure := _copy_natively(name, text, environ)):
            return Copied(Way.NATIVE, f"Copied to the clipboard: {_short(text)}")
        failures.append(failure)
    if environ.get("TMUX"):
        if not (failure := run(["tmux", "load-buffer", "-w", "-"], environ, text.encode())):
            told = "Copied to tmux's buffer, and sent on to the terminal"
            return Copied(Way.TMUX, _told(told, text, failures))
        failures.append(failure)
    if write_terminal and _send(text, write_terminal, environ):
        told = "Sent to the terminal, which does not say whether it took it"
        return Copied(Way.TERMINAL, _told(told, text, failures))
    _write_file(fallback, text)
    return Copied(
        Way.FILE, _told(f"Written to {fallback}, as no clipboard was found", text, failures)
    )


def ways(environ: Mapping[str, str] = os.environ) -> list[str]:
    """The ways that `copy` would try, best first, in a reader's words."""
    found: list[str] = []
    if has_desktop(environ) and (name := _mechanism(environ)):
        found.append(_TOOLS[name].command[0] if name in _TOOLS else "the system's own")
    if environ.get("TMUX"):
        found.append("tmux")
    if _takes_sequences(environ):
        found.append("the terminal (OSC 52)")
    return [*found, "a file"]


def _mechanism(environ: Mapping[str, str]) -> str:
    """The name of pyperclip's way of copying here that we can use, or empty."""
    tools = [tool.command[0] for tool in _TOOLS.values()]
    # Without a tool pyperclip goes on to Qt, which ends the whole process if it meets no display.
    on_x11 = sys.platform not in ("darwin", "win32", "cygwin")
    if on_x11 and not any(shutil.which(tool, path=environ.get("PATH")) for tool in tools):
        return ""
    name = str(getattr(pyperclip.determine_clipboard()[0], "__name__", ""))
    return name if name in _TOOLS or name in _CALLED else ""


def _copy_natively(name: str, text: str, environ: Mapping[str, str]) -> str:
    """Copy by one of pyperclip's ways; why that failed, or empty."""
    if tool := _TOOLS.get(name):
        return run(tool.command, environ, text.encode(tool.encoding))
    try:
        pyperclip.determine_clipboard()[0](text)
    except (pyperclip.PyperclipException, OSError) as error:
        return f"the system's clipboard failed: {shown(str(error))}"
    return ""


def _takes_sequences(environ: Mapping[str, str]) -> bool:
    return environ.get("TERM", "") not in ("", "dumb")


def _send(text: str, write: Callable[[str], None], environ: Mapping[str, str]) -> bool:
    encoded = base64.b64encode(text.encode()).decode("ascii")
    if not _takes_sequences(environ) or len(encoded) > LONGEST_SEQUENCE:
        return False
    try:
        write(f"\x1b]52;c;{encoded}\x07")
    except OSError:
        return False
    return True


def _write_file(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, f"{text}\n".encode())
    except OSError as error:
        raise DesktopError(
            f"There is no clipboard here, and {path} can't be written ({error.strerror}); "
            f"this was to be copied: {text}"
        ) from error


def _told(what: str, text: str, failures: list[str]) -> str:
    why = f" ({'; '.join(failures)})" if failures else ""
    return f"{what}{why}: {_short(text)}"


def _short(text: str) -> str:
    if "\n" in text:
        return f"{text.count(chr(10)) + 1:,} lines"
    return text if len(text) <= _LONGEST_TOLD else f"{text[: _LONGEST_TOLD - 1]}…"
