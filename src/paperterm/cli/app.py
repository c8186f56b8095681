"""The one road from the command line to the app: starting it, and what its keys are."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

from paperterm.errors import UsageError
from paperterm.lasting import lasting, look_less_often
from paperterm.library.paths import Paths, default_paths


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


@dataclass(frozen=True, slots=True)
class KeysOf:
    """What the command line tells of an action of the app."""

    action: str
    """Its name in the settings."""
    keys: tuple[str, ...]
    """Those in force, as they are written in the settings."""
    shown: tuple[str, ...]
    """The same as the app shows them."""
    own: tuple[str, ...]
    """Those it has where nothing is set, as they are written in the settings."""
    does: str
    where: str

    @property
    def changed(self) -> bool:
        """Whether the settings give it other keys than its own."""
        return self.keys != self.own


def keys(wanted: Mapping[str, object]) -> tuple[list[KeysOf], tuple[str, ...]]:
    """The keys of every action with ``[keys]`` of the settings, and what of that is refused."""
    # Imported here: most commands do not tell of keys. None of it is Textual.
    from paperterm.tui.actions import BY_ID, Group
    from paperterm.tui.key_names import key_name, written
    from paperterm.tui.keys import keys_of

    found = keys_of(wanted)
    rows = [
        KeysOf(
            action.id,
            tuple(map(written, found.of(action))),
            tuple(map(key_name, found.of(action))),
            tuple(map(written, action.keys)),
            action.help,
            group.value,
        )
        for group in Group
        for action in BY_ID.values()
        if action.group is group
    ]
    return rows, found.problems


def first_steps(wanted: Mapping[str, object]) -> list[str]:
    """The tour, with ``[keys]`` of the settings in force."""
    from paperterm.tui import first_steps
    from paperterm.tui.keys import keys_of

    return [line for line in first_steps.first_steps(keys_of(wanted)) if line]


def _is_terminal(stream: TextIO) -> bool:
    try:
        return stream.isatty()
    except ValueError:  # it is closed
        return False
