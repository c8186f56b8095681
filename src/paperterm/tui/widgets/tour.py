"""The tour at the foot of the main screen: five lines that the next key takes away."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.widgets import Static

from paperterm.tui.first_steps import first_steps
from paperterm.tui.keys import Keys
from paperterm.tui.typeset import cut

LEAST_LINES = 12
"""Lines of the screen under which the list needs them all; the style sheet hides it there."""


class Tour(Static):
    """It takes no key: whichever is pressed does its own work, and this goes."""

    DEFAULT_CSS = "Tour { height: auto; padding: 0 1; background: $panel; color: $foreground; }"

    def __init__(self, keys: Keys) -> None:
        """`keys` are in force."""
        super().__init__("", markup=False)
        self._keys = keys

    def on_resize(self) -> None:
        """As wide as there is room."""
        room = max(1, self.app.size.width - 2)
        lines = [cut(line, room) for line in first_steps(self._keys) if line]
        self.update(Content("\n".join(lines)))

    def on_mount(self) -> None:
        """With its lines at once."""
        self.on_resize()

    async def on_click(self, event: events.Click) -> None:
        """A click is as good as a key."""
        event.stop()
        await self.remove()
