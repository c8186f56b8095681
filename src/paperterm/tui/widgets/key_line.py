"""The bottom line: the keys that matter here, or what has just happened."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.style import Style
from textual.timer import Timer
from textual.widgets import Static

from paperterm.tui.actions import Action, key_name

_SECONDS = 5.0
"""How long a message stays."""


class KeyLine(Static):
    """Whole items only: what does not fit is left out, never cut."""

    DEFAULT_CSS = """
    KeyLine { height: 1; background: $surface; color: $muted; padding: 0 1; }
    KeyLine.-message { color: $foreground; }
    KeyLine.-error { color: $error; text-style: bold; }
    """

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self._actions: Sequence[Action] = ()
        self._timer: Timer | None = None
        self._saying = False

    def offer(self, actions: Sequence[Action]) -> None:
        """These can be done now."""
        self._actions = actions
        if not self._saying:
            self._paint()

    def say(self, text: str, *, error: bool = False, stay: bool = False) -> None:
        """Show one line for a few seconds (with `stay`, until the next one). Text is clean."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._saying = True
        self.set_class(not error, "-message")
        self.set_class(error, "-error")
        self.update(Content(text))
        if not stay:
            self._timer = self.set_timer(_SECONDS * (2 if error else 1), self.hush)

    def hush(self) -> None:
        """Back to the keys."""
        self._saying = False
        self.remove_class("-message", "-error")
        self._paint()

    def on_resize(self) -> None:
        """Another width, other items."""
        if not self._saying:
            self._paint()

    def _paint(self) -> None:
        room = max(0, self.size.width)
        items: list[Content] = []
        for action in self._actions:
            key = key_name(action.keys[0])
            item = Content.assemble((key, "bold $primary"), f" {action.label}").stylize(
                Style.from_meta({"@click": f"screen.{action.id}"})
            )
            needed = item.cell_length + (2 if items else 0)
            if needed > room:
                continue
            room -= needed
            items.append(item)
        self.update(Content("  ").join(items))
