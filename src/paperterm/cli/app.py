"""Starting the terminal app: the one road from the command line to it."""

from __future__ import annotations

import os
import sys

from paperterm.cli.output import is_terminal
from paperterm.cli.session import Session
from paperterm.errors import UsageError
from paperterm.lasting import lasting, look_less_often


def start(session: Session) -> int:
    """Run the app until the reader leaves it; its exit status.

    Raises `UsageError` where there is no terminal to run it in. Its picture goes to standard
    error, its keys come from standard input: all three streams have to be a terminal.
    """
    streams = (sys.stdin, sys.stdout, sys.stderr)
    if not all(is_terminal(stream) for stream in streams) or os.environ.get("TERM") == "dumb":
        raise UsageError(
            "The app needs a terminal that it can draw on; "
            "for scripts and pipes there is `paperterm search`."
        )
    from paperterm.library.desk import Desk

    # First, so that the library opens meanwhile.
    desk = Desk(session.paths)
    with lasting():
        # Imported here: Textual takes longer to import than a plain command takes to run.
        from paperterm.tui.app import run

    look_less_often()
    return run(desk, session.settings)
