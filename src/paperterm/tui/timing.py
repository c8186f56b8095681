"""paperterm's own clock: how long from a key in the search bar until its list is painted.

Set ``PAPERTERM_TIMINGS`` to a file, and each answered key adds a line of JSON to it: the text
(`text`), how many papers it found (`found`), and the seconds from the key's arrival to the painted
list (`seconds`), with those of them that finding took (`finding`). For benchmarks; unset, nothing
is measured.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

from textual import events

from paperterm.library.view import View
from paperterm.tui.widgets.in_order import Line

VARIABLE = "PAPERTERM_TIMINGS"


class TimedInput(Line):
    """Knows when its last key came."""

    pressed: float = 0.0
    """In seconds of `time.monotonic`."""

    async def on_event(self, event: events.Event) -> None:
        """Note the time the key was read from the terminal."""
        if isinstance(event, events.Key):
            self.pressed = event.time
        await super().on_event(event)


class Timing:
    """Writes the lines, where they are wanted."""

    def __init__(self) -> None:
        self._file = os.environ.get(VARIABLE)

    @property
    def wanted(self) -> bool:
        """Whether anybody measures."""
        return bool(self._file)

    def note(self, pressed: float, text: str, view: View) -> None:
        """The list of `view` is painted, which answers the key that came at `pressed`."""
        if self._file:
            line = {
                "text": text,
                "found": len(view.ids),
                "seconds": time.monotonic() - pressed,
                "finding": view.seconds,
            }
            with Path(self._file).open("a", encoding="utf-8") as out:
                out.write(json.dumps(line) + "\n")
