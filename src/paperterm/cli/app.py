"""The one road from the command line to the app: starting it, and what its keys are."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, TextIO

from paperterm.errors import UsageError
from paperterm.lasting import lasting, look_less_often
from paperterm.library.paths import Paths, default_paths

if TYPE_CHECKING:
    from paperterm.tui.told import KeysOf as KeysOf


def start(paths: Paths | None = None) -> int:
    """Run the app until the reader leaves it; its exit status.

    Raises `UsageError` where there is no terminal to run it in. Its picture goes to standard
    error, its keys come from standard input: all three streams have to be a terminal.
    """
    streams = (sys.stdin, sys.stdout, sys.stderr)
    if not all(map(_is_terminal, streams)) or os.environ.get("TERM") == "dumb":
        raise UsageError(
            "The app needs a terminal that it can draw on. `paperterm browse --plain` is a "
            "conversation in lines that works everywhere; for scripts there is `paperterm search`."
        )
    from paperterm.library.desk import Desk

    # First, so that the library opens meanwhile.
    desk = Desk(paths or default_paths())
    with lasting():
        # Imported here: Textual takes longer to import than a plain command takes to run.
        from paperterm.library.settings import read_settings
        from paperterm.tui.app import run

    look_less_often()
    return run(desk, read_settings(desk.paths.settings))


def keys(wanted: Mapping[str, object]) -> tuple[list[KeysOf], tuple[str, ...]]:
    """The keys of every action with ``[keys]`` of the settings, and what of that is refused."""
    # Imported here: most commands do not tell of keys. None of it is Textual.
    from paperterm.tui import told as of_the_app

    return of_the_app.keys(wanted)


def first_steps(wanted: Mapping[str, object]) -> list[str]:
    """The tour, with ``[keys]`` of the settings in force."""
    from paperterm.tui import told as of_the_app

    return of_the_app.first_steps(wanted)


def _is_terminal(stream: TextIO) -> bool:
    try:
        return stream.isatty()
    except ValueError:  # it is closed
        return False
