"""The reader's own editor: a text is given to it in a file, and taken from there."""

from __future__ import annotations

import contextlib
import os
import shlex
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from paperterm.errors import DesktopError
from paperterm.model.text import shown


@contextlib.contextmanager
def edited(
    text: str,
    folder: Path,
    tell: Callable[[str], None],
    environ: Mapping[str, str] = os.environ,
    *,
    called: tuple[str, str] = ("note-", ".md"),
) -> Iterator[str]:
    """What the reader's editor makes of `text`; it has the terminal until it ends.

    The file it is in is private, in `folder`, `called` so at the beginning and end of its name, and
    gone when the block ends well. When the block
    or the editor fails, what was written stays in it and `tell` is told where; a text that was
    not touched is deleted. Raises `DesktopError`; then nothing has become of the text. Call it in
    the main thread.
    """
    command = command_of(environ)
    with _file_of(text, folder, tell, called) as path:
        _run(command, path)
        try:
            content = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise DesktopError("What the editor has left is not text in UTF-8.") from error
        except OSError as error:
            raise DesktopError(f"The editor has left no file ({error.strerror}).") from error
        yield content


def command_of(environ: Mapping[str, str]) -> list[str]:
    """The editor with its arguments: ``code -w``. Raises `DesktopError` where none is set."""
    line = environ.get("VISUAL") or environ.get("EDITOR") or ""
    try:
        command = shlex.split(line)
    except ValueError as error:
        raise DesktopError(f"The editor {shown(line)} makes no sense: {error}.") from error
    if not command:
        raise DesktopError("No editor is set; $VISUAL or $EDITOR names one.")
    return command


def _run(command: list[str], path: Path) -> None:
    name = shown(Path(command[0]).name)
    try:
        process = subprocess.Popen([*command, str(path)])
    except OSError as error:
        raise DesktopError(f"{name} can't be started: {error.strerror}.") from error
    with process, _keyboard_is_its_own():
        status = process.wait()
    if status:
        ended = f"was ended by signal {-status}" if status < 0 else f"failed with status {status}"
        raise DesktopError(f"{name} {ended}.")


@contextlib.contextmanager
def _keyboard_is_its_own() -> Iterator[None]:
    """Ctrl-C and Ctrl-\\ are for the editor to understand, though the system tells us too."""
    numbers = (signal.SIGINT, signal.SIGQUIT)
    before = {number: signal.signal(number, signal.SIG_IGN) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def _file_of(
    text: str, folder: Path, tell: Callable[[str], None], called: tuple[str, str]
) -> Iterator[Path]:
    path, content = _begun(text, folder, called)
    try:
        yield path
    except BaseException:
        if _is_changed(path, content):
            tell(f"What you have written is kept in {path}.")
        else:
            path.unlink(missing_ok=True)
        raise
    path.unlink(missing_ok=True)


def _begun(text: str, folder: Path, called: tuple[str, str]) -> tuple[Path, bytes]:
    content = f"{text}\n".encode() if text else b""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=called[0], suffix=called[1], dir=folder)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
    except OSError as error:
        raise DesktopError(f"{folder} can't be written to: {error.strerror}.") from error
    return Path(name), content


def _is_changed(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() not in (b"", content)
    except OSError:
        return False
