"""Running other people's programs without letting them near our terminal."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence

from paperterm.model.text import shown

_LONGEST_REASON = 200
"""Characters of a program's own words that are passed on."""

_staying: list[subprocess.Popen[bytes]] = []
"""Programs that were left running, kept so that they are asked after when they have ended."""


def run(
    command: Sequence[str],
    environ: Mapping[str, str],
    given: bytes = b"",
    seconds: float = 2.0,
    *,
    may_stay: bool = False,
) -> str:
    """Run `command` with `given` on its standard input; why it failed, or empty when it did not.

    Success is an exit status of 0 seen within `seconds`; with `may_stay`, a program that still
    runs then has succeeded too and is left alone. The program has no terminal and writes to
    files, never to pipes: clipboard tools leave a child behind that would hold a pipe open.
    """
    _staying[:] = [process for process in _staying if process.poll() is None]
    with tempfile.TemporaryFile() as its_input, tempfile.TemporaryFile() as its_words:
        its_input.write(given)
        its_input.seek(0)
        try:
            process = subprocess.Popen(
                command,
                stdin=its_input,
                stdout=subprocess.DEVNULL,
                stderr=its_words,
                env=dict(environ),
                start_new_session=True,
            )
        except OSError as error:
            return f"{command[0]} can't be started: {error.strerror or error}"
        try:
            status = process.wait(seconds)
        except subprocess.TimeoutExpired:
            if may_stay:
                _staying.append(process)
                return ""
            _end(process)
            return f"{command[0]} did not answer within {seconds:g} seconds"
        if status == 0:
            return ""
        its_words.seek(0)
        reason = shown(its_words.read(4096).decode(errors="replace"))[:_LONGEST_REASON]
        return f"{command[0]} failed: {reason or f'status {status}'}"


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program that hangs, and whatever it has started in its session."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
